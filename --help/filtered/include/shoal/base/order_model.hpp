// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The model back end of order.hpp: which order a named place runs with.
///
/// Headers declare what they need of a checker and include none of it, so that its macros and its
/// operator new stay out of Shoal. tests/model/engine/ defines these functions over Relacy.
///
/// **Thread safety, progress:** a checker runs its threads as fibres of one thread.
/// <br>**Layer:** base, model builds only.

#include <shoal/base/config.hpp>

namespace shoal {
namespace model {

// The order of the place `name`, as a value of memory_order: `asked`, which the code has written,
// unless --weaken=NAME makes it weaker. Remembers every name, for --orders.
//
//   asked             | weakened
//   ------------------|-------------------------------------------------
//   seq_cst           | acq_rel; for a load acquire, for a store release
//   acq_rel           | relaxed; --weaken=NAME:acquire takes one half only
//   acquire, release  | relaxed
//   relaxed, unordered| as it is
[[nodiscard]] int order_in_force(const char* name, int asked) noexcept;

}  // namespace model
}  // namespace shoal
