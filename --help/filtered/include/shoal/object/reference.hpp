// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// reference: the address of a shared object, or null, for the code that runs right now.
///
/// A raw reference is valid until its agent's next safepoint; a scope slot or a handle keeps the
/// object longer. With checks=full it also carries its agent's safepoint count, and using a stale
/// one aborts.
///
/// **Thread safety:** a plain value; thread-bound.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** object.

#include <cstddef>
#include <cstdint>

#include <shoal/object/header.hpp>

namespace shoal {

/// Counts an agent's safepoints, for checks=full. Written by the agent's own thread only.
class safepoint_clock {
 public:
  /// At each safepoint; and how many there were.
  void tick() noexcept { ++count_; }
  /** At each safepoint; and how many there were. */ [[nodiscard]] constexpr std::uint64_t count() const noexcept { return count_; }

 private:
  std::uint64_t count_ = 0;
};

/** reference: the address of a shared object, or null, for the code that runs right now.<p>A raw reference is valid until its agent's next safepoint; a scope slot or a handle keeps the object longer. With checks=full it also carries its agent's safepoint count, and using a stale one aborts. */ class reference {
 public:
  constexpr reference() noexcept = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr reference(std::nullptr_t) noexcept {}
  /// Unchecked: the caller answers for its life (a tier-0 runtime's own object).
  explicit constexpr reference(void* address) noexcept : address_(address) {}

#if SHOAL_CHECKS >= 2
  constexpr reference(void* address, const safepoint_clock& clock) noexcept
      : address_(address), clock_(&clock), stamp_(clock.count()) {}
#else
  constexpr reference(void* address, const safepoint_clock&) noexcept : address_(address) {}
#endif

  /// The object; null for none. checks=full: of this safepoint, or it ends the program.
  [[nodiscard]] SHOAL_INLINE void* address() const noexcept {
#if SHOAL_CHECKS >= 2
    SHOAL_ASSERT_FULL(address_ == nullptr || clock_ == nullptr || clock_->count() == stamp_,
                      "a raw reference was used after a safepoint; keep it in a scope or a handle");
#endif
    return address_;
  }
  /// The address as a `ref` field holds it.
  [[nodiscard]] SHOAL_INLINE std::uint64_t bits() const noexcept {
    return reinterpret_cast<std::uintptr_t>(address());
  }
  /// Whether there is one.
  explicit operator bool() const noexcept { return address_ != nullptr; }
  /// **Precondition:** not null.
  [[nodiscard]] SHOAL_INLINE std::uint32_t type_index() const noexcept {
    SHOAL_ASSERT_FULL(address_ != nullptr, "null has no type");
    return header_of(address()).type_index.get();
  }

  friend bool operator==(const reference& a, const reference& b) noexcept {
    return a.address_ == b.address_;
  }

 private:
  void* address_ = nullptr;
#if SHOAL_CHECKS >= 2
  const safepoint_clock* clock_ = nullptr;
  std::uint64_t stamp_ = 0;
#endif
};

}  // namespace shoal
