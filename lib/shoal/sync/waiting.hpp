// SPDX-License-Identifier: BSL-1.0
#pragma once

// What waits of this floor have in common: a moment of spinning first, and naps where the kernel refuses
// the fence that makes sure that a wake-up comes.

#include <algorithm>
#include <cstdint>

#include <shoal/sync/parking_lot.hpp>

namespace shoal::inline SHOAL_ABI::detail {

#if defined(SHOAL_MODEL)
inline constexpr unsigned spins = 1;
#else
// What takes some dozens of instructions ends within it.
inline constexpr unsigned spins = 40;
#endif

// Lets the core's other thread work, and tells it that this one spins.
inline void pause() noexcept {
#if defined(__x86_64__) && !defined(SHOAL_MODEL)
  __builtin_ia32_pause();
#endif
}

// How long one wait sleeps at most.
class naps {
 public:
  // Whether a fence has been refused, and it must wake by itself.
  [[nodiscard]] bool are_needed() const noexcept { return needed_; }
  void need() noexcept { needed_ = true; }

  // When to look again, for who waits until then.
  [[nodiscard]] deadline until(deadline end) noexcept {
    if (!needed_) return end;
    const std::int64_t length = next_;
    next_ = std::min(next_ * 2, longest);
    return deadline::first(end, deadline::after(length));
  }

 private:
  static constexpr std::int64_t longest = 64'000'000;
  std::int64_t next_ = 1'000'000;
  bool needed_ = false;
};

}  // namespace shoal::inline SHOAL_ABI::detail
