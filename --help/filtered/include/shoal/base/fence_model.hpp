// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The model back end of fence.hpp: fences that a checker sees.
///
/// A light one leaves what it releases in one word and takes what it acquires from another, a heavy one
/// the other way round. So each light one and each heavy one are ordered, one way or both, and two of a
/// kind are not.
///
/// **Thread safety, progress:** a checker runs its threads as fibres of one thread.
/// <br>**Layer:** base, model builds only.

#include <cstdint>

#include <shoal/base/fence.hpp>

namespace shoal {
namespace model {

inline cell<std::uint32_t> of_light{0};
inline cell<std::uint32_t> of_heavy{0};
inline bool refuses_fences = false;  // as a kernel may

// What one half of a fence's order is.
template <class O, memory_order Half>
struct half_of {
  static constexpr memory_order value = Half;
  static constexpr const char* name() noexcept { return O::name(); }
  static memory_order native() noexcept {
    const memory_order in_force = O::native();
    return in_force == memory_order::acq_rel || in_force == Half ? Half : memory_order::relaxed;
  }
};

template <class O>
void fence(cell<std::uint32_t>& mine, cell<std::uint32_t>& others) noexcept {
  mine.fetch_add(1, half_of<O, memory_order::release>());
  others.fetch_add(0, half_of<O, memory_order::acquire>());
}

}  // namespace model

inline void prepare_fence_heavy() noexcept {}
template <class O>
void fence_light(O) noexcept {
  if (!model::refuses_fences) model::fence<O>(model::of_light, model::of_heavy);
}
template <class O>
[[nodiscard]] bool fence_heavy(O) noexcept {
  if (!model::refuses_fences) model::fence<O>(model::of_heavy, model::of_light);
  return !model::refuses_fences;
}

}  // namespace shoal
