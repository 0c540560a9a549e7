// SPDX-License-Identifier: BSL-1.0

#include <shoal/agent/agent.hpp>

#include <cstdio>

#include "slot.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::agent_slot;
using detail::dispatch_request;
using detail::world;

namespace {

// What release_bound posts: lets go of the target, on its owner.
bool release_on_owner(agent& owner, std::uint64_t, dispatch_message& message) noexcept {
  return bound_release(owner.locals(), message.objects[0].get(owner.context()).address()) ==
         errc::ok;
}

}  // namespace

#if SHOAL_CHECKS >= 2
// Whom an agent waits for, under the cluster's waits lock, if nothing but that one sets it free; null:
// nobody. An agent in a ring of these stays in it, and what it holds it holds.
const agent_slot* world::whom(cluster& all, const agent_slot& slot) noexcept {
  const dispatch_request* const call = slot.waits_for;
  errc how;
  if (slot.waits_owner == nullptr && (call == nullptr || call->has_ended(how))) return nullptr;
  if (slot.waits_owner == nullptr) {
    const agent_slot* const owner = all.find(call->owner);
    const bool serves = owner != nullptr && owner->waits_owner == nullptr &&
                        (owner->waits_for == nullptr || (owner->may_nest && call->is_posted()));
    return serves ? nullptr : owner;
  }
  // Relaxed, both: of an agent in a ring neither changes.
  const std::uint32_t wanted = slot.waits_owner->load(order<"agent.ring_owner">(relaxed));
  const agent_slot* each = wanted == 0 ? nullptr : slots_of(all);
  while (each != nullptr && each->present.load(order<"agent.ring_present">(relaxed)) != wanted) {
    each = each->next;
  }
  return each;
}

// Prints the ring that this agent is in, if it is in one, and waits of mutexes are among it: of others the
// agent is told.
void world::print_ring(cluster& all, const agent_slot& start) noexcept {
  std::size_t most = 1;
  for (const agent_slot* slot = slots_of(all); slot != nullptr; slot = slot->next) ++most;
  bool has_mutex = false;
  const agent_slot* each = &start;
  do {
    has_mutex = has_mutex || each->waits_owner != nullptr;
    each = whom(all, *each);
    if (each == nullptr || --most == 0) return;  // none, or a ring of others
  } while (each != &start);
  if (!has_mutex) return;
  std::fprintf(stderr, "shoal: deadlock: each of these agents waits for the next\n");
  do {
    const agent& who = *each->living;
    std::fprintf(stderr, "  agent %llu (%.*s): ", static_cast<unsigned long long>(who.identity()),
                 static_cast<int>(who.role().size()), who.role().data());
    if (each->waits_owner != nullptr) {
      std::fprintf(stderr, "for the mutex at %p\n", each->waits_at);
    } else {
      std::fprintf(stderr, "for a call to it\n");
    }
    each = whom(all, *each);
  } while (each != nullptr && each != &start);
  std::fflush(stderr);
}
#endif

errc agent::wrong_agent_slow(reference bound) noexcept {
  if (cluster_.is_forked()) return errc::forked;
  return cluster_.find(bound_owner(bound.address())) == nullptr ? errc::owner_gone
                                                                : errc::wrong_agent;
}

result<dispatch_request*> agent::post_request(const reference& bound, dispatch_call call,
                                              dispatch_message&& message) noexcept {
  const std::uint64_t owner = bound_owner(bound.address());
  auto* request =
      try_make<dispatch_request>(cluster_.metadata(), cluster_.metadata(), cluster_.dispatches_);
  if (request == nullptr) return errc::out_of_memory;
  request->poster = &slot_;
  request->owner = owner;
  request->run = call;
  request->bound = handle(heap_, bound);
  for (std::size_t i = 0; i < dispatch_message::word_count; ++i) {
    request->message.words[i] = message.words[i];
  }
  for (std::size_t i = 0; i < dispatch_message::object_count; ++i) {
    request->message.objects[i] = std::move(message.objects[i]);
  }
  if (!request->bound) {
    request->discard();
    return errc::out_of_memory;
  }
  agent_slot* const target = cluster_.find(owner);
  bool posted = false;
  if (target != nullptr) {
    const locked hold(target->inbox);
    if (target->open_for == owner) {  // it may have gone since it was found
      if (target->last != nullptr) {
        target->last->next = request;
      } else {
        target->first = request;
      }
      target->last = request;
      posted = true;
      // Under the lock, so that the owner's host is still there.
      if (target->post_task != nullptr) target->post_task(target->host);
    }
  }
  if (!posted) {
    request->discard();
    return error(errc::owner_gone, "the agent that owns the handle has gone");
  }
  target->wake();
  return request;
}

result<dispatch> agent::post(const reference& bound, dispatch_call call,
                             dispatch_message&& message) noexcept {
  if (!bound || !is_thread_bound(bound.address())) {
    return error(errc::wrong_type, "only thread-bound handles have an owner to call");
  }
  if (policy_of(bound.address()) != bound_policy::dispatch) {
    return error(errc::wrong_agent, "this thread-bound handle does not allow calls to its owner");
  }
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  result<dispatch_request*> posted = post_request(bound, call, std::move(message));
  if (!posted) return posted.error();
  return dispatch(*posted);
}

errc agent::release_bound(const reference& bound) noexcept {
  if (!bound || !is_thread_bound(bound.address())) return errc::wrong_type;
  const errc here = bound_release(local_, bound.address());
  if (here != errc::wrong_agent) return here;
  if (cluster_.is_forked()) return errc::forked;
  dispatch_message message;
  message.objects[0] = handle(heap_, bound);
  if (!message.objects[0]) return errc::out_of_memory;
  result<dispatch_request*> posted = post_request(bound, release_on_owner, std::move(message));
  if (!posted) return posted.code();
  (*posted)->drop();
  return errc::ok;
}

std::size_t agent::serve() noexcept {
  if (cluster_.is_forked()) return 0;
  SHOAL_ASSERT_FULL(is_entered(), "an agent is entered while it serves");
  local_.release_dead();
  std::size_t served = 0;
  for (;;) {
    dispatch_request* request;
    {
      const locked hold(slot_.inbox);
      request = slot_.first;
      if (request == nullptr) break;
      slot_.first = request->next;
      if (slot_.first == nullptr) slot_.last = nullptr;
      // Where after_fork_child finds it: one of two lists has it at any moment.
      request->next = slot_.serving;
      slot_.serving = request;
    }
    stop_waiting();
    if (request->begin()) {
      ++served;
      tick();
      std::uint64_t target = 0;
      const bool alive = bound_get(local_, request->bound.get(heap_).address(), target) == errc::ok;
      ++serving_;
      const bool ran = alive && request->run(*this, target, request->message);
      --serving_;
      request->finish(!alive ? errc::owner_gone : ran ? errc::ok : errc::dispatch_failed);
    }
    request->poster->wake();
    slot_.serving = request->next;
    request->drop();
  }
  if (slot_.tasks == nullptr) return served;
  ++serving_;
  served += run_posted();
  --serving_;
  return served + end_tasks(
                      [](void* self, agent_task& each) noexcept {
                        if (!each.until.has_passed()) return false;
                        each.until = deadline::never();  // once
                        return each.does->expire(each, *static_cast<agent*>(self));
                      },
                      this);
}

// Tasks

bool agent::is_detaching() const noexcept { return slot_.open_for == 0; }  // its own to write

bool agent::begin(agent_task& what) noexcept {
  if (is_detaching()) return false;
  what.number = ++slot_.tasks_begun;
  what.link = slot_.tasks_end;
  slot_.tasks_end = &what.later;
  *what.link = &what;  // last, for the child of a fork
  return true;
}

void agent::finish(agent_task& what) noexcept {
  *what.link = what.later;
  (what.later != nullptr ? what.later->link : slot_.tasks_end) = what.link;
  what.later = nullptr;
  what.link = nullptr;
}

agent_task* agent::tasks() const noexcept { return slot_.tasks; }

deadline agent::next_deadline() const noexcept {
  deadline next = deadline::never();
  for (const agent_task* each = slot_.tasks; each != nullptr; each = each->later) {
    next = deadline::first(next, each->until);
  }
  return next;
}

void waker::post(agent_task& what) const noexcept {
  {
    const locked hold(slot_->inbox);
    what.next = nullptr;
    what.is_posted = true;
    if (slot_->last_task != nullptr) {
      slot_->last_task->next = &what;
    } else {
      slot_->first_task = &what;
    }
    slot_->last_task = &what;
    ++slot_->posted_tasks;
    // Under the lock, so that the agent's host is still there.
    if (slot_->open_for != 0 && slot_->post_task != nullptr) slot_->post_task(slot_->host);
  }
  slot_->wake();
}

// Those that are there now; what they have posted is for the next time.
std::size_t agent::run_posted() noexcept {
  std::size_t room;
  {
    const locked hold(slot_.inbox);
    room = slot_.posted_tasks;
  }
  std::size_t count = 0;
  for (; count < room && !cluster_.is_forked(); ++count) {
    agent_task* task;
    {
      const locked hold(slot_.inbox);
      task = slot_.first_task;
      if (task == nullptr) break;  // a call has served them
      slot_.first_task = task->next;
      if (slot_.first_task == nullptr) slot_.last_task = nullptr;
      --slot_.posted_tasks;
      task->is_posted = false;
    }
    tick();
    task->does->run(*task, *this);
  }
  return count;
}

std::size_t agent::end_tasks(bool (*end)(void* self, agent_task& each) noexcept,
                             void* self) noexcept {
  const std::uint64_t last = slot_.tasks_begun;
  std::size_t count = 0;
  ++serving_;
  for (agent_task* each = slot_.tasks;
       each != nullptr && each->number <= last && !cluster_.is_forked();) {
    if (end(self, *each)) {
      ++count;
      each = slot_.tasks;  // any of them may be over
    } else {
      each = each->later;
    }
  }
  --serving_;
  return count;
}

// As the agent detaches. What is about to be posted is waited for: it is in others' hands.
void agent::cancel_tasks() noexcept {
  while (slot_.tasks != nullptr) {
    const std::uint32_t seen = signal();
    static_cast<void>(run_posted());
    agent_task* each = slot_.tasks;
    while (each != nullptr && !each->does->cancel(*each, *this)) each = each->later;
    if (each == nullptr && slot_.tasks != nullptr) sleep(seen, deadline::never());
  }
}

bool agent::take_interrupt() noexcept {
  // Acquire: pairs with agent.interrupt; what the interrupter did before is seen.
  return slot_.interrupted.exchange(0, order<"agent.take_interrupt">(acquire)) != 0;
}

bool agent::clear_interrupt() noexcept { return take_interrupt(); }

bool agent::is_interrupted() const noexcept {
  // Relaxed: agent.signal orders it, and taking it acquires.
  return slot_.interrupted.load(order<"agent.is_interrupted">(relaxed)) != 0;
}

std::uint32_t agent::signal() const noexcept {
  // Acquire: pairs with agent.wake; what the wake-up is about is looked at next.
  return slot_.signal.load(order<"agent.signal">(acquire));
}

void agent::sleep(std::uint32_t seen, deadline until) noexcept {
  const blocked_region asleep(*this);
  slot_.signal.wait(seen, until);
}

void waker::wake() const noexcept { slot_->wake(); }

void agent::interrupt() noexcept {
  // Release: pairs with agent.take_interrupt; what the interrupter did before is seen. An exchange:
  // of several interrupters that one wait sees as one, it sees what each has done.
  static_cast<void>(slot_.interrupted.exchange(1, order<"agent.interrupt">(release)));
  slot_.wake();
}

// Says that this agent waits for a request, unless that closes a ring of waits in which nobody goes
// on. Of such a ring each request is
//   posted, and its owner waits and does not nest: nobody begins it;
//   or running, and its owner waits, inside of it: who runs a call while it waits says so before it
//   begins (stop_waiting).
// Any other request sets its poster free, and then the rest: one that has ended, or that an owner
// who nests will serve. Time and interrupts aside, which end what they end.
//
// None is missed. From when an agent has said what it waits for until it takes that back, both under
// the lock, it begins and finishes no request. So the last of a ring to say so finds it as it will
// stay: what the others wait for, and each request as its owner has left it before it said so.
// None is made up. While the lock is held nobody but its poster changes a request of the ring, and
// only to end it: what has not ended when it is looked at had not when the first one was.
bool agent::would_deadlock(const dispatch_request& request) noexcept {
  const locked hold(cluster_.waits_);
  const dispatch_request* at = &request;
  errc how;
  // At most one link for each agent: a longer chain would be a ring of others, and one was told so.
  for (agent_slot* link = world::slots_of(cluster_);
       link != nullptr && at != nullptr && !at->has_ended(how); link = link->next) {
    agent_slot* const slot = cluster_.find(at->owner);
    if (slot == nullptr || (slot->may_nest && at->is_posted())) break;
    if (slot == &slot_) return true;
    at = slot->waits_for;
  }
  slot_.waits_for = &request;
#if SHOAL_CHECKS >= 2
  world::print_ring(cluster_, slot_);
#endif
  return false;
}

#if SHOAL_CHECKS >= 2
void agent::note_wait(const void* object, const cell<std::uint32_t>* owner) noexcept {
  const locked hold(cluster_.waits_);
  slot_.waits_at = object;
  slot_.waits_owner = owner;
  if (object != nullptr) world::print_ring(cluster_, slot_);
}
#endif

// Before a call runs, and after a wait: whoever looks for a ring finds that this agent goes on.
void agent::stop_waiting() noexcept {
  if (slot_.waits_for == nullptr) return;  // nobody else writes it
  const locked hold(cluster_.waits_);
  slot_.waits_for = nullptr;
}

errc agent::wait_for(dispatch& posted, deadline until) noexcept {
  dispatch_request& request = *posted.request_;
  SHOAL_ASSERT(request.poster == &slot_, "an agent waits for what it has posted itself");
  errc how;
  if (request.has_ended(how)) return how;
  if (cluster_.is_forked()) return request.end(errc::forked);
  if (request.owner == identity()) {
    // Its own: nobody else will run it.
    if (may_nest_) serve();
    if (request.has_ended(how)) return how;
    return request.end(errc::would_deadlock);
  }
  if (!may_block_) return request.end(errc::cannot_block);
  if (would_deadlock(request)) return request.end(errc::would_deadlock);
  for (;;) {
    const std::uint32_t seen = signal();
    if (request.has_ended(how)) break;
    // A call that has ended after all leaves it to the next wait.
    if (is_interrupted()) {
      how = request.end(errc::interrupted);
      if (how == errc::interrupted) take_interrupt();
      break;
    }
    if (may_nest_) serve();
    if (request.has_ended(how)) break;
    // Whoever has closed a ring while a call ran here could not see it.
    if (slot_.waits_for != &request && would_deadlock(request)) {
      how = request.end(errc::would_deadlock);
      break;
    }
    if (until.has_passed()) {
      how = request.end(errc::timed_out);
      break;
    }
    // Of its tasks too the deadlines are served.
    sleep(seen, may_nest_ ? deadline::first(until, next_deadline()) : until);
  }
  stop_waiting();
  return how;
}

}  // namespace shoal::inline SHOAL_ABI
