// SPDX-License-Identifier: BSL-1.0
#pragma once

// async: what asynchronous waits have in common, for agents that have an event loop and may not sleep.
//
// mutex::lock_async, condition::wait_async, wait_queue::wait_async, mailbox::send_async and
// receive_async begin a wait and return at once. It ends once, by a call of the function that it was
// given, on its agent's thread, with the `self` that it was given:
//
// in                | when, and how
// ------------------|--------------------------------------------------------------------------
//  agent::serve     | it has what it waited for, or its deadline has passed. The host's post_task asks
//                   | for serve() where there is something; agent::next_deadline says when the next
//                   | deadline is due, for the loop's timer. A wait_for of an agent that nests serves too
//  cancel_waits     | cancelled
//  detach           | cancelled; ok where a field has been notified, or a value was sent already. A notice of
//                   | a condition is used up; values and locks are left to others
//
// The function is never called from within the call that begins the wait, and never null. It may do what
// other code of the agent does, begin waits and serve too, but not detach; it never unwinds. What is
// answered instead of ok as a wait is begun has begun none: the function is not called.
//
// `self` is good until the function has been called: cancel_waits leaves those that have been notified,
// and detaching calls it for all that are left.
//
// Waits queue up together with those of threads that sleep, first come first served; but what one agent
// is woken for and does not serve holds up no thread behind it, its own neither: that is woken too. An
// interrupt ends no asynchronous wait. A pending wait keeps alive what it waits for, until it is over:
// one that nobody will ever notify stays until its deadline or its agent's end.
//
// Neither beginning a wait nor cancelling one is a safepoint by itself; serve is one.
//
// In the child of a fork the survivor's waits go on (cluster::after_fork_child), and those of others are
// gone without a call.
//
// Thread safety: thread-bound to the agent.
// Progress: blocking: the locks of queues, briefly; never sleeps. cancel_waits and agent::next_deadline
//   look at all of the agent's.
// Layer: sync.
// Follows: TC39 proposal-structs' Atomics.Mutex.lockAsync and Atomics.Condition.waitAsync; ECMAScript's
//   Atomics.waitAsync.

#include <cstddef>

#include <shoal/sync/parking_lot.hpp>

namespace shoal::inline SHOAL_ABI {

// How an asynchronous wait has ended.
using on_settled = void (*)(void* self, agent& by, errc how) noexcept;

// Ends, as cancelled, those of the agent's asynchronous waits that were begun with that `self` and have
// not been notified; answers how many. What has been notified is still told, in serve. Precondition: the
// agent is entered.
SHOAL_API std::size_t cancel_waits(agent& by, const void* self) noexcept;

}  // namespace shoal::inline SHOAL_ABI
