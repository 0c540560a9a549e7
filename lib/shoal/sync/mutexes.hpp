// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the parking lot and conditions have to know of mutexes.

#include <shoal/sync/mutex.hpp>

namespace shoal::inline SHOAL_ABI::detail {

// What the parking lot gives who waited for a mutex, or is to lock it next.
enum : std::uint64_t { woken, handed_over };

// Where agents wait for it.
[[nodiscard]] inline std::uintptr_t address_of(const mutex_body& body) noexcept {
  return reinterpret_cast<std::uintptr_t>(&body.owner);
}

// The mutex that it is of.
[[nodiscard]] inline void* mutex_of(mutex_body& body) noexcept {
  return reinterpret_cast<std::byte*>(&body) - header_bytes;
}

// Under the lock of its queue: somebody is in it.
void say_awaited(mutex_body& body) noexcept;
// Likewise: nobody is left in it.
void say_unawaited(mutex_body& body) noexcept;
// After say_awaited. False: the kernel refuses, and an owner that unlocks at this moment may not see it.
[[nodiscard]] bool announce() noexcept;

// What becomes of those who are to lock a mutex next, under the lock of its bucket. Where some move into
// its queue, whoever holds it, or is the first to have it, will see that it is awaited.
[[nodiscard]] parking_lot::passage plan_passage(agent& by, mutex_body& body, bool several) noexcept;

// An agent leaves: who waits for a mutex that it holds is told to look again.
void abandon_mutexes(parking_lot& lot, agent& leaving) noexcept;

}  // namespace shoal::inline SHOAL_ABI::detail
