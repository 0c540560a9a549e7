// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The product back end of cell.hpp: Boost.Atomic on raw words of 1 to 8 bytes.
///
/// Only cell.hpp includes this file. atomic_model.hpp offers the same names over Relacy.
///
/// **Thread safety:** every function may be called by any thread on any live word.
/// <br>**Progress:** wait-free for load and store; lock-free for the rest.
/// <br>**Layer:** base.

#include <bit>
#include <cstdint>
#include <type_traits>

#include <boost/atomic/atomic_ref.hpp>

#include <shoal/base/order.hpp>

namespace shoal {
namespace detail::atomic {

template <class T>
inline constexpr bool lock_free = boost::atomic_ref<T>::is_always_lock_free;

// Boost asserts the alignment that cell<T> has already; said here, the test folds away also in
// builds without NDEBUG.
template <class T>
SHOAL_INLINE boost::atomic_ref<T> at(const T& word) noexcept {
  return boost::atomic_ref<T>(
      *static_cast<T*>(__builtin_assume_aligned(const_cast<T*>(&word), sizeof(T))));
}

template <class T, class O>
SHOAL_INLINE T load(const T& word, O) noexcept {
  return at(word).load(O::native());
}

template <class T, class O>
SHOAL_INLINE void store(T& word, T value, O) noexcept {
  at(word).store(value, O::native());
}

// The first value of a word that no other thread can see yet.
template <class T>
SHOAL_INLINE void initialize(T& word, T value) noexcept {
  word = value;
}

// The memory from `address` on gets a new life as other words.
inline void forget(void*, std::size_t) noexcept {}

template <class T, class O>
SHOAL_INLINE T exchange(T& word, T value, O) noexcept {
  return at(word).exchange(value, O::native());
}

template <class T, class S, class F>
SHOAL_INLINE bool compare_exchange(T& word, T& expected, T desired, S, F) noexcept {
  return at(word).compare_exchange_strong(expected, desired, S::native(), F::native());
}

template <class T, class O>
SHOAL_INLINE T fetch_add(T& word, T value, O) noexcept {
  if constexpr (std::is_floating_point_v<T>) {
    // As Boost does it, but for its first guess, which is a plain read and so a race; and in a
    // register for integers, where compare_exchange wants it.
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const auto where = at(reinterpret_cast<bits&>(word));
    bits seen = where.load(boost::memory_order::relaxed);
    while (!where.compare_exchange_weak(
        seen, std::bit_cast<bits>(static_cast<T>(std::bit_cast<T>(seen) + value)), O::native(),
        boost::memory_order::relaxed)) {
    }
    return std::bit_cast<T>(seen);
  } else {
    return at(word).fetch_add(value, O::native());
  }
}

template <class T, class O>
SHOAL_INLINE T fetch_sub(T& word, T value, O) noexcept {
  return at(word).fetch_sub(value, O::native());
}

template <class T, class O>
SHOAL_INLINE T fetch_and(T& word, T value, O) noexcept {
  return at(word).fetch_and(value, O::native());
}

template <class T, class O>
SHOAL_INLINE T fetch_or(T& word, T value, O) noexcept {
  return at(word).fetch_or(value, O::native());
}

template <class T, class O>
SHOAL_INLINE T fetch_xor(T& word, T value, O) noexcept {
  return at(word).fetch_xor(value, O::native());
}

}  // namespace detail::atomic
}  // namespace shoal
