// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/mutex.hpp>

#include "mutexes.hpp"
#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::handed_over;
using detail::mutex_body;
using detail::pending_wait;
using detail::woken;

// Under the lock of its queue: somebody is in it.
void detail::say_awaited(mutex_body& body) noexcept {
  // Relaxed: who unlocks without that lock is ordered by the fence that follows.
  body.awaited.store(1, order<"mutex.await">(relaxed));
}

// Then. False: the kernel refuses, and an owner that unlocks at this moment may not see it.
bool detail::announce() noexcept {
  // Pairs with mutex.unlock_fence; this sees the mutex free, or its owner sees that it is awaited.
  return fence_heavy(order<"mutex.await_fence">(acq_rel));
}

parking_lot::passage detail::plan_passage(agent& by, mutex_body& body, bool several) noexcept {
  using passage = parking_lot::passage;
  // Relaxed: a guess, but of this agent's own mutex.
  const std::uint32_t guess = body.owner.load(order<"mutex.plan">(relaxed));
  if (guess == by.short_identity()) {
    say_awaited(body);  // this agent itself looks as it unlocks
    return passage::move_all;
  }
  if (guess == 0 && !several) return passage::wake_first;
  say_awaited(body);
  if (!announce()) return passage::wake_all;
  // Relaxed: ordered by the fence.
  const std::uint32_t owner = body.owner.load(order<"mutex.plan_again">(relaxed));
  return owner != 0 && by.cluster().is_attached(owner) ? passage::move_all : passage::wake_first;
}

// Under the lock of its queue: nobody is left in it.
void detail::say_unawaited(mutex_body& body) noexcept {
  // Relaxed: changes under that lock only.
  body.awaited.store(0, order<"mutex.last_out">(relaxed));
}

namespace {

using detail::say_unawaited;

// How one that waits joins the queue of a mutex; what the parking lot asks.
struct joining {
  mutex_body& body;
  cluster& all;
  detail::naps& naps;

  bool validate() noexcept {
    // Relaxed: a first look; after the fence is another.
    if (body.owner.load(order<"mutex.validate">(relaxed)) == 0) return false;
    detail::say_awaited(body);
    return true;
  }
  bool confirm() noexcept {
    if (!naps.are_needed() && !detail::announce()) {
      naps.need();
      return false;
    }
    // Relaxed: ordered by the fence. Whoever has it now will see that it is awaited, or has left before
    // this one queued up.
    const std::uint32_t now = body.owner.load(order<"mutex.confirm">(relaxed));
    return now != 0 && all.is_attached(now);
  }
  void gone(bool more) noexcept {
    if (!more) say_unawaited(body);
  }
};

#if SHOAL_CHECKS >= 2 && !defined(SHOAL_MODEL)
// From its first sleep on an agent that waits with no deadline says so: rings of agents that do are
// printed.
class noted_wait {
 public:
  noted_wait(agent& by, mutex_body& body, deadline until) noexcept
      : by_(by), body_(body), is_wanted_(until.is_never()) {}
  ~noted_wait() {
    if (is_noted_) by_.note_wait(nullptr, nullptr);
  }
  noted_wait(const noted_wait&) = delete;
  noted_wait& operator=(const noted_wait&) = delete;

  void note() noexcept {
    if (!is_wanted_ || std::exchange(is_noted_, true)) return;
    by_.note_wait(detail::mutex_of(body_), &body_.owner);
  }

 private:
  agent& by_;
  mutex_body& body_;
  const bool is_wanted_;
  bool is_noted_ = false;
};
#endif

}  // namespace

result<local> mutex::make(agent& by, scope& in) noexcept {
  // Here, so that waiting needs no memory.
  if (parking_lot::of(by.cluster()) == nullptr) return errc::out_of_memory;
  return by.make_builtin(in, builtin::mutex, mutex_bytes);
}

unlock_token::answer unlock_token::lock_slow(agent& by, mutex_body& body, deadline until,
                                             patience how_long) noexcept {
  cluster& all = by.cluster();
  // Its owner may be gone, and who holds the lock of a queue.
  if (all.is_forked()) return {errc::forked};
  const std::uint32_t mine = by.short_identity();
  parking_lot& lot = parking_lot::made(all);
  const bool waits = how_long != patience::tries;
  unsigned spun = 0;
  detail::naps naps;
#if SHOAL_CHECKS >= 2 && !defined(SHOAL_MODEL)
  noted_wait noted(by, body, until);
#endif
  for (;;) {
    // Relaxed: what is seen is tried by an exchange; of an owner that seems gone has_left makes sure first.
    std::uint32_t owner = body.owner.load(order<"mutex.look">(relaxed));
    if (owner == 0) {
      // Success acquire: pairs with mutex.unlock and mutex.unlock_slow; what the last
      // owner did is read next. Failure relaxed: it is tried again.
      if (body.owner.compare_exchange(owner, mine, order<"mutex.lock_slow">(acquire),
                                      order<"mutex.lock_missed">(relaxed))) {
        return {errc::ok};
      }
      continue;
    }
    if (owner == mine) return {errc::deadlock};
    // Relaxed: a guess at how long it will take.
    if (waits && spun < detail::spins &&
        body.awaited.load(order<"mutex.look_awaited">(relaxed)) == 0) {
      if (spun == 0 && until.has_passed()) return {errc::timed_out};
      ++spun;
      detail::pause();
      continue;
    }
    // At first without a lock: an agent that has attached this moment may not be seen.
    if (!all.is_attached(owner) && all.has_left(owner)) {
      // Relaxed: has_left has acquired what the owner did. On failure another agent has taken it over.
      if (body.owner.compare_exchange(owner, mine, order<"mutex.take_over">(relaxed),
                                      order<"mutex.take_over_missed">(relaxed))) {
        return {errc::ok, true};
      }
      continue;
    }
    if (!waits || until.has_passed()) return {errc::timed_out};
    if (!by.may_block()) return {errc::cannot_block};
    std::uint64_t token = woken;
    joining me{body, all, naps};
#if SHOAL_CHECKS >= 2 && !defined(SHOAL_MODEL)
    noted.note();
#endif
    const park_result how = lot.park(
        by,
        {.what = detail::parked_at::mutex,
         .address = detail::address_of(body),
         .is_interruptible = how_long != patience::insists},
        [&]() noexcept { return me.validate(); }, [&]() noexcept { return me.confirm(); },
        [&](bool more) noexcept { me.gone(more); }, naps.until(until), token);
    switch (how) {
      case park_result::unparked:
        if (token == handed_over) return {errc::ok};
        spun = 0;
        break;
      case park_result::invalid:
        break;
      case park_result::timed_out:
        break;  // or had a nap: what is to be answered, the next look says
      case park_result::interrupted:
        return {errc::interrupted};
    }
  }
}

void unlock_token::unlock_slow(agent& by, mutex_body& body, bool fair) noexcept {
  if (by.cluster().is_forked()) {
    // Relaxed: in the child of a fork one thread is left, and nobody waits.
    body.owner.store(0, order<"mutex.unlock_forked">(relaxed));
    return;
  }
  auto decide = [&](const parking_lot::chosen& next) noexcept -> parking_lot::decision {
    const bool hand_over = next.identity != 0 && (fair || next.fair);
    if (!next.more) say_unawaited(body);
    // Release: pairs with mutex.lock and mutex.lock_slow; what was done under it is seen by the next
    // owner. One that it is handed over to has it from the parking lot.
    body.owner.store(hand_over ? next.identity : 0, order<"mutex.unlock_slow">(release));
    return {hand_over ? handed_over : woken, hand_over};
  };
  static_cast<void>(parking_lot::made(by.cluster()).unpark_one(detail::address_of(body), decide));
}

// It is free already, and may be another's by now.
void unlock_token::wake_slow(agent& by, mutex_body& body) noexcept {
  if (by.cluster().is_forked()) return;  // nobody is left who waits
  auto decide = [&](const parking_lot::chosen& next) noexcept -> parking_lot::decision {
    if (!next.more) say_unawaited(body);
    std::uint32_t nobody = 0;
    // Success acquire: pairs with mutex.unlock; it goes from its last owner to the next one by way of
    // this agent. One that unlocked slowly had the queue's lock. Failure relaxed: who has it now wakes
    // the next.
    if (next.fair &&
        body.owner.compare_exchange(nobody, next.identity, order<"mutex.pass_on">(acquire),
                                    order<"mutex.pass_on_missed">(relaxed))) {
      return {handed_over, true};
    }
    return {woken};
  };
  static_cast<void>(parking_lot::made(by.cluster()).unpark_one(detail::address_of(body), decide));
}

// Asynchronous waits

namespace {

// False: it is free, or was.
bool queue_for_mutex(agent& by, pending_wait& wait) noexcept {
  cluster& all = by.cluster();
  joining me{*wait.mutex, all, wait.naps};
  return wait.queue_up(
      parking_lot::made(all), [&]() noexcept { return me.validate(); },
      [&]() noexcept { return me.confirm(); }, [&](bool more) noexcept { me.gone(more); });
}

bool leave_queue(agent& by, pending_wait& wait) noexcept {
  return wait.withdraw(parking_lot::made(by.cluster()), false, [&](bool more) noexcept {
    if (!more) say_unawaited(*wait.mutex);
  });
}

void run_locking(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  wait.arrived(parking_lot::made(by.cluster()));
  static_cast<void>(detail::pursue_mutex(by, wait));
}

bool expire_locking(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  return leave_queue(by, wait) && detail::pursue_mutex(by, wait);
}

bool cancel_locking(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  if (wait.insists && !by.is_detaching()) return false;
  if (!leave_queue(by, wait)) return false;
  wait.settle_without_lock(by, errc::cancelled);
  return true;
}

}  // namespace

const pending_wait::kind detail::mutex_wait{
    {run_locking, expire_locking, cancel_locking, pending_wait::abandon}, true};

bool detail::pursue_mutex(agent& by, pending_wait& wait) noexcept {
  for (;;) {
    if (wait.try_lock(by)) return true;
    if (wait.end.has_passed()) {
      wait.settle_without_lock(by, errc::timed_out);
      return true;
    }
    if (queue_for_mutex(by, wait) || by.cluster().is_forked()) return false;
  }
}

errc mutex::lock_async(agent& by, const local& what, on_locked done, void* self,
                       deadline until) noexcept {
  SHOAL_ASSERT(done != nullptr, "an asynchronous wait has a function to call");
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it locks");
  void* const object = what.get().address();
  if (object == nullptr || !is_mutex(object)) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  mutex_body& body = detail::body_of_mutex(object);
  errc why;
  pending_wait* const wait =
      pending_wait::begin(detail::mutex_wait, by,
                          {.what = detail::parked_at::mutex, .address = detail::address_of(body)},
                          what, self, until, why);
  if (wait == nullptr) return why;
  wait->locked = done;
  wait->mutex = &body;
  if (!queue_for_mutex(by, *wait)) wait->look();
  return errc::ok;
}

void detail::abandon_mutexes(parking_lot& lot, agent& leaving) noexcept {
  lot.unpark_if(
      parked_at::mutex,
      [&](std::uintptr_t address) noexcept {
        // Relaxed: the agent's own, or handed over to it before it went on.
        return cell_at<std::uint32_t>(reinterpret_cast<void*>(address))
                   .load(order<"mutex.abandon">(relaxed)) == leaving.short_identity();
      },
      woken);
}

}  // namespace shoal::inline SHOAL_ABI
