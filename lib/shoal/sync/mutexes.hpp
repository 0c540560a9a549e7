// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the parking lot has to know of mutexes.

#include <shoal/sync/parking_lot.hpp>

namespace shoal::inline SHOAL_ABI::detail {

// An agent leaves: who waits for a mutex that it holds is told to look again.
void abandon_mutexes(parking_lot& lot, agent& leaving) noexcept;

}  // namespace shoal::inline SHOAL_ABI::detail
