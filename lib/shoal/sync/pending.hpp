// SPDX-License-Identifier: BSL-1.0
#pragma once

// pending_wait: an asynchronous wait, whatever it waits for.
//
// Its agent keeps it among its tasks (extension.hpp); the parking lot has its node in a queue, or whoever
// has notified it has posted it. What it waits for is kept alive by handles of its own, until it is over.
//
// One that is posted looks at what it has waited for, and is over, or queues up again at the front.

#include <shoal/sync/sync.hpp>

#include "waiting.hpp"

namespace shoal::inline SHOAL_ABI::detail {

struct pending_wait final : agent_task {
  // What it waits for: what `does` refers to.
  struct kind : agent_task::calls {
    // In the child of a fork: it looks again, as whoever would have notified it may be gone.
    bool looks_again;
  };

  // Null: no memory, or the agent is detaching; `why` says so.
  [[nodiscard]] static pending_wait* begin(const kind& what, agent& by, const park_spot& at,
                                           const local& kept, void* self, deadline until,
                                           errc& why) noexcept;
  // It never was.
  void forget(agent& by) noexcept;

  // Has it looked at in the next serve(), in no queue.
  void look() noexcept { node.who.post(*this); }
  // In a queue of the parking lot; false: it was not to wait.
  template <class Validate, class Confirm, class Gone>
  [[nodiscard]] bool queue_up(parking_lot& lot, Validate&& validate, Confirm&& confirm,
                              Gone&& gone) noexcept {
    node.is_late = has_queued;
    node.taken = false;
    is_queued = lot.queue_up(node, has_queued, validate, confirm, gone);
    until = is_queued ? naps.until(end) : deadline::never();
    has_queued = has_queued || is_queued;
    return is_queued;
  }
  // Out of its queue, and of that into which it was moved if that is to be left too. False: it is posted,
  // or about to be, or has been moved.
  template <class Gone>
  [[nodiscard]] bool withdraw(parking_lot& lot, bool also_moved, Gone&& gone) noexcept {
    if (!is_queued || !lot.withdraw(node, also_moved, gone)) return false;
    is_queued = false;
    return true;
  }
  // It was posted.
  void arrived(parking_lot& lot) noexcept {
    if (std::exchange(is_queued, false)) lot.arrived();
  }

  // Each of these ends it: tells the host, and frees it.

  // With the mutex, as its outcome says; false, and it goes on: somebody else holds it, or this agent.
  [[nodiscard]] bool try_lock(agent& by) noexcept;
  void settle_without_lock(agent& by, errc how) noexcept;
  void settle(agent& by, errc how) noexcept;
  template <class Tell>
  void settle_by(agent& by, Tell&& tell) noexcept {
    by.finish(*this);
    tell();
    free();
  }
  void free() noexcept;

  // In the child of a fork, where all queues are empty.
  static void mend(parking_lot& lot, agent& survivor) noexcept;
  static void abandon(agent_task& self) noexcept { static_cast<pending_wait&>(self).free(); }

  pending_wait(const kind& which, const metadata_hook& from, agent& by, const park_spot& at,
               void* host, deadline last) noexcept
      : agent_task(which), memory(from), self(host), end(last), node(at, by, this) {}

  [[nodiscard]] const kind& what() const noexcept { return static_cast<const kind&>(*does); }

  const metadata_hook memory;
  void* const self;  // the host's
  union {
    on_locked locked = nullptr;
    on_settled settled;
    on_received received;
  };
  deadline end;
  detail::naps naps;
  bool has_queued = false;  // once
  bool is_queued = false;   // in a queue, or posted from one
  errc outcome = errc::ok;  // once it has the mutex
  bool insists = false;     // on the mutex: its wait at a condition has ended
  mutex_body* mutex = nullptr;
  bool is_done = false;    // it has been sent; its host is to be told
  std::uint64_t word = 0;  // to be sent
  handle object;           // that it waits at
  handle with;             // a condition's mutex; a reference that is to be sent
  parked node;
};

// Has the mutex, or is in its queue until it has it. True: it is over.
bool pursue_mutex(agent& by, pending_wait& wait) noexcept;
extern const pending_wait::kind mutex_wait;

}  // namespace shoal::inline SHOAL_ABI::detail
