// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// cell\<T\>: one word that several threads read and write at once, never torn.
///
/// The only atomic type of Shoal. It is exactly as large as T and has no state beside it, so a field
/// at an offset of an object is one: cell_at\<T\>(address). Every access writes its order out: a host's
/// says load(shoal::acquire), Shoal's own load(order\<"thing.step"\>(acquire)).
///
/// T: a trivially copyable type of 1, 2, 4 or 8 bytes, or vec128 (16 bytes).
///
/// **Thread safety:** every function may be called by any thread.
/// <br>**Progress:** load and store are wait-free; the others are lock-free. Never a lock, for any T.
/// <br>**Layer:** base.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <shoal/base/assert.hpp>
#include <shoal/base/order.hpp>
#include <shoal/base/vec128.hpp>

#if defined(SHOAL_MODEL)
#include <shoal/base/atomic_model.hpp>
#else
#include <shoal/base/atomic_product.hpp>
#endif

namespace shoal {

namespace detail {
// Of a compare_exchange: Boost asks for this at run time, in builds with assertions.
constexpr bool allows_failure(memory_order success, memory_order failure) noexcept {
  const auto is_relaxed = [](memory_order one) {
    return one == memory_order::unordered || one == memory_order::relaxed;
  };
  return is_relaxed(failure) || success == memory_order::seq_cst ||
         (!is_relaxed(success) && failure != memory_order::seq_cst);
}
}  // namespace detail

/** cell\<T\>: one word that several threads read and write at once, never torn.<p>The only atomic type of Shoal. It is exactly as large as T and has no state beside it, so a field at an offset of an object is one: cell_at\<T\>(address). Every access writes its order out: a host's says load(shoal::acquire), Shoal's own load(order\<"thing.step"\>(acquire)).<p>T: a trivially copyable type of 1, 2, 4 or 8 bytes, or vec128 (16 bytes). */ template <class T>
class alignas(sizeof(T)) cell {
  static_assert(std::is_trivially_copyable_v<T>, "a cell holds a trivially copyable type");
  static_assert(std::is_same_v<T, vec128> || detail::atomic::lock_free<T>,
                "a field that needs a lock is not a shared field");

 public:
  cell() noexcept { detail::atomic::initialize(word_, T{}); }
  explicit cell(T value) noexcept { detail::atomic::initialize(word_, value); }
  cell(const cell&) = delete;
  cell& operator=(const cell&) = delete;

  /// Sets the first value. **Precondition:** no other thread can reach the cell yet; what makes it
  /// reachable is a release.
  SHOAL_INLINE void initialize(T value) noexcept { detail::atomic::initialize(word_, value); }

  /// The word, read with that order: unordered, relaxed, acquire or seq_cst.
  template <class O>
  [[nodiscard]] SHOAL_INLINE T load(O order) const noexcept {
    static_assert(detail::is_load_order(O::value), "a load is unordered, acquire or seq_cst");
    return detail::atomic::load(word_, order);
  }

  /// Writes the word: unordered, relaxed, release or seq_cst.
  template <class O>
  SHOAL_INLINE void store(T value, O order) noexcept {
    static_assert(detail::is_store_order(O::value), "a store is unordered, release or seq_cst");
    detail::atomic::store(word_, value, order);
  }

  /// Writes it, and answers what was there.
  template <class O>
  SHOAL_INLINE T exchange(T value, O order) noexcept {
    return detail::atomic::exchange(word_, value, order);
  }

  /// Bitwise. On failure `expected` receives what was read.
  template <class S, class F>
  [[nodiscard]] SHOAL_INLINE bool compare_exchange(T& expected, T desired, S success,
                                                   F failure) noexcept {
    static_assert(detail::is_load_order(F::value), "what fails has only read");
    static_assert(detail::allows_failure(S::value, F::value),
                  "failure is not ordered more strongly than success");
    return detail::atomic::compare_exchange(word_, expected, desired, success, failure);
  }

  /// Each answers what was there. Integers wrap; fetch_add is for float and double too.
  template <class O>
  SHOAL_INLINE T fetch_add(T value, O order) noexcept {
    return detail::atomic::fetch_add(word_, value, order);
  }
  /** Each answers what was there. Integers wrap; fetch_add is for float and double too. */ template <class O>
  SHOAL_INLINE T fetch_sub(T value, O order) noexcept {
    return detail::atomic::fetch_sub(word_, value, order);
  }
  /** Each answers what was there. Integers wrap; fetch_add is for float and double too. */ template <class O>
  SHOAL_INLINE T fetch_and(T value, O order) noexcept {
    return detail::atomic::fetch_and(word_, value, order);
  }
  /** Each answers what was there. Integers wrap; fetch_add is for float and double too. */ template <class O>
  SHOAL_INLINE T fetch_or(T value, O order) noexcept {
    return detail::atomic::fetch_or(word_, value, order);
  }
  /** Each answers what was there. Integers wrap; fetch_add is for float and double too. */ template <class O>
  SHOAL_INLINE T fetch_xor(T value, O order) noexcept {
    return detail::atomic::fetch_xor(word_, value, order);
  }

 private:
  T word_;
};

/// The cell at an address: a field of an object, an element of an array, an entry of a table.
/// <br>**Precondition:** aligned to sizeof(T), and always accessed with this T.
/// Without std::launder, which has nothing to do here (no const, no reference, no virtual member),
/// and for which GCC 12 computes the address in an instruction of its own.
template <class T>
[[nodiscard]] SHOAL_INLINE cell<T>& cell_at(void* address) noexcept {
  static_assert(sizeof(cell<T>) == sizeof(T));
  return *static_cast<cell<T>*>(address);
}

/// The same, to be read only.
template <class T>
[[nodiscard]] SHOAL_INLINE const cell<T>& cell_at(const void* address) noexcept {
  return *static_cast<const cell<T>*>(address);
}

}  // namespace shoal
