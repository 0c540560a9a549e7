// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/condition.hpp>

#include "mutexes.hpp"
#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::condition_word;
using detail::mutex_body;
using detail::pending_wait;

namespace {

// Under the lock of its queue: nobody is left in it.
void forget_waited(condition_word& waited) noexcept {
  // Relaxed: changes under that lock only, and who looks without it is ordered by the mutex.
  waited.store(0, order<"condition.last_out">(relaxed));
}

}  // namespace

result<local> condition::make(agent& by, scope& in) noexcept {
  return by.make_builtin(in, builtin::condition, condition_bytes);
}

errc condition::wait(agent& by, const local& what, unlock_token& token, deadline until) noexcept {
  SHOAL_ASSERT(token.by_ == &by, "an agent that waits at a condition holds a mutex");
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it waits");
  void* const object = what.get().address();
  if (object == nullptr || !is_condition(object)) return errc::wrong_type;
  if (!by.may_block()) return errc::cannot_block;
  if (by.cluster().is_forked()) return errc::forked;
  condition_word& waited = detail::word_of_condition(object);
  mutex_body& body = *token.body_;
  std::uint64_t outcome = detail::woken;
  const park_result how = parking_lot::made(by.cluster())
                              .park(
                                  by,
                                  {.what = detail::parked_at::condition,
                                   .address = reinterpret_cast<std::uintptr_t>(&waited),
                                   .then = detail::address_of(body)},
                                  [&]() noexcept {
                                    // Relaxed: who notifies with the mutex held has locked it since.
                                    waited.store(1, order<"condition.wait">(relaxed));
                                    return true;
                                  },
                                  [&]() noexcept {
                                    unlock_token::unlock(by, body);
                                    return true;
                                  },
                                  [&](bool more) noexcept {
                                    if (!more) forget_waited(waited);
                                  },
                                  until, outcome);
  token.abandoned_ = false;
  if (how != park_result::unparked || outcome != detail::handed_over) {
    const unlock_token::answer had =
        unlock_token::lock(by, body, deadline::never(), unlock_token::patience::insists);
    SHOAL_ASSERT(had.code == errc::ok || by.cluster().is_forked(),
                 "an agent that waits at a condition holds its mutex once");
    token.abandoned_ = had.abandoned;
  }
  switch (how) {
    case park_result::timed_out:
      return errc::timed_out;
    case park_result::interrupted:
      return errc::interrupted;
    default:
      return errc::ok;
  }
}

// Asynchronous waits

namespace {

// From now on it waits for its mutex, and nothing ends that.
bool turn_to_mutex(agent& by, pending_wait& wait, errc outcome, bool was_in_queue) noexcept {
  wait.does = &detail::mutex_wait;
  wait.end = deadline::never();
  wait.outcome = outcome;
  wait.insists = true;
  wait.has_queued = was_in_queue;
  wait.node.aim({.what = detail::parked_at::mutex, .address = detail::address_of(*wait.mutex)});
  return detail::pursue_mutex(by, wait);
}

bool leave_queue(agent& by, pending_wait& wait, bool also_moved) noexcept {
  return wait.withdraw(parking_lot::made(by.cluster()), also_moved, [&](bool more) noexcept {
    if (more) return;
    if (wait.node.moved) {
      detail::say_unawaited(*wait.mutex);
    } else {
      forget_waited(detail::word_of_condition(wait.object.get(by.context()).address()));
    }
  });
}

void run_waiting(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  wait.arrived(parking_lot::made(by.cluster()));
  static_cast<void>(turn_to_mutex(by, wait, errc::ok, wait.node.moved));
}

bool expire_waiting(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  return leave_queue(by, wait, false) && turn_to_mutex(by, wait, errc::timed_out, false);
}

bool cancel_waiting(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  if (!leave_queue(by, wait, by.is_detaching())) return false;
  wait.settle_without_lock(by, errc::cancelled);
  return true;
}

constexpr pending_wait::kind condition_wait{
    {run_waiting, expire_waiting, cancel_waiting, pending_wait::abandon}, false};

}  // namespace

errc condition::wait_async(agent& by, const local& what, unlock_token& token, on_locked done,
                           void* self, deadline until) noexcept {
  SHOAL_ASSERT(done != nullptr, "an asynchronous wait has a function to call");
  SHOAL_ASSERT(token.by_ == &by, "an agent that waits at a condition holds a mutex");
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it waits");
  void* const object = what.get().address();
  if (object == nullptr || !is_condition(object)) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  condition_word& waited = detail::word_of_condition(object);
  mutex_body& body = *token.body_;
  errc why;
  pending_wait* const wait =
      pending_wait::begin(condition_wait, by,
                          {.what = detail::parked_at::condition,
                           .address = reinterpret_cast<std::uintptr_t>(&waited),
                           .then = detail::address_of(body)},
                          what, self, until, why);
  if (wait == nullptr) return why;
  wait->with = handle(by, reference(detail::mutex_of(body), by.context().clock()));
  if (!wait->with) {
    wait->forget(by);
    return errc::out_of_memory;
  }
  wait->locked = done;
  wait->mutex = &body;
  static_cast<void>(token.take());
  static_cast<void>(wait->queue_up(
      parking_lot::made(by.cluster()),
      [&]() noexcept {
        // Relaxed: who notifies with the mutex held has locked it since.
        waited.store(1, order<"condition.wait_async">(relaxed));
        return true;
      },
      [&]() noexcept {
        unlock_token::unlock(by, body);
        return true;
      },
      [](bool) noexcept {}));
  return errc::ok;
}

result<std::size_t> condition::notify_slow(agent& by, condition_word& waited,
                                           std::size_t n) noexcept {
  if (by.cluster().is_forked()) return errc::forked;
  return parking_lot::made(by.cluster())
      .notify(
          reinterpret_cast<std::uintptr_t>(&waited), n,
          [&](std::uintptr_t mutex, bool several) noexcept {
            return detail::plan_passage(by, *reinterpret_cast<mutex_body*>(mutex), several);
          },
          [&](bool more) noexcept {
            if (!more) forget_waited(waited);
          },
          detail::woken);
}

}  // namespace shoal::inline SHOAL_ABI
