// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Shared arrays: a fixed number of elements of one kind.
/// @verbatim
///   length         | header word | offset 8         | elements
///   ---------------|-------------|------------------|-----------------------------------
///   1 to 2^32 - 1  | the length  | the elements     | at 8; at 16 where one is 16 bytes
///   0, or longer   | 0           | the length, u64  | at 16 @endverbatim
///
/// So the usual bounds test is one compare with the header's word, and an array may be as long as
/// its heap.
///
/// **Thread safety:** thread-safe after publication; elements are cells.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** object.

#include <cstddef>
#include <cstdint>

#include <shoal/object/access.hpp>

namespace shoal {

/// What the header word can say; longer arrays have their length in the body.
inline constexpr std::uint64_t longest_short_array = 0xffff'ffff;

/// The word of the header of an array of that length.
[[nodiscard]] constexpr std::uint32_t array_header_word(std::uint64_t length) noexcept {
  return length <= longest_short_array ? static_cast<std::uint32_t>(length) : 0;
}

/// Where the elements start.
[[nodiscard]] constexpr std::uint32_t elements_offset(field_kind kind,
                                                      std::uint32_t header_word) noexcept {
  return header_word == 0 || size_of(kind) == 16 ? 16 : 8;
}

/// Bytes of an array; 0: beyond what 64 bits or any heap hold.
[[nodiscard]] constexpr std::uint64_t array_bytes(field_kind kind, std::uint64_t length) noexcept {
  constexpr std::uint64_t most = std::uint64_t{1} << 47;
  if (length > most / size_of(kind)) return 0;
  return elements_offset(kind, array_header_word(length)) + length * size_of(kind);
}

namespace detail {
// Of an array whose header word is 0.
struct long_array_body {
  header head;
  payload<std::uint64_t> length;
};
}  // namespace detail

/// **Precondition:** the object is an array.
[[nodiscard]] SHOAL_INLINE std::uint64_t array_length(const void* object) noexcept {
  const std::uint32_t word = header_of(object).word.get();
  if (word != 0) [[likely]]
    return word;
  return static_cast<const detail::long_array_body*>(object)->length.get();
}

/// Writes the length of an array whose header word is 0, before anybody can see it.
inline void write_array_length(void* object, std::uint64_t length) noexcept {
  static_cast<detail::long_array_body*>(object)->length.set(length);
}

namespace detail {
template <class T>
[[nodiscard]] SHOAL_SLOW cell<T>* find_element_slow(void* object, std::uint64_t i) noexcept {
  const bool is_long = header_of(object).word.get() == 0;
  return is_long && i < array_length(object)
             ? &cell_at<T>(static_cast<std::byte*>(object) + 16 + i * sizeof(T))
             : nullptr;
}
}  // namespace detail

/// One element; null: the array is shorter. **Precondition:** an array whose elements are stored as T.
template <class T>
[[nodiscard]] SHOAL_INLINE cell<T>* find_element(void* object, std::uint64_t i) noexcept {
  if (i >= header_of(object).word.get()) [[unlikely]]
    return detail::find_element_slow<T>(object, i);
  return &cell_at<T>(static_cast<std::byte*>(object) + (sizeof(T) == 16 ? 16 : 8) + i * sizeof(T));
}

/// An array in use: where its elements are and how many. For one element find_element is quicker.
template <class T>
class elements {
 public:
  /// **Precondition:** an array whose elements are stored as T.
  explicit SHOAL_INLINE elements(void* object) noexcept
      : first_(static_cast<std::byte*>(object) +
               (sizeof(T) == 16 || header_of(object).word.get() == 0 ? 16 : 8)),
        length_(array_length(object)) {}

  /// How many elements there are.
  [[nodiscard]] std::uint64_t length() const noexcept { return length_; }
  /// **Precondition:** i \< length().
  [[nodiscard]] SHOAL_INLINE cell<T>& operator[](std::uint64_t i) const noexcept {
    SHOAL_ASSERT_FULL(i < length_, "an array index is below the length");
    return cell_at<T>(first_ + i * sizeof(T));
  }

 private:
  std::byte* first_;
  std::uint64_t length_;
};

/// How many elements a bulk operation handles before its caller should answer a safepoint.
inline constexpr std::uint64_t bulk_slice = 4096;

/// Copies n elements, each untorn and unordered; overlapping ranges of one array copy as if through
/// a third place. **Precondition:** both ranges are inside, n \<= bulk_slice or the caller needs no
/// safepoint.
template <class T>
void copy_scalars(elements<T> to, std::uint64_t at, elements<T> from, std::uint64_t start,
                  std::uint64_t n) noexcept {
  if (n == 0) return;
  const bool backwards = &to[0] == &from[0] && at > start;
  for (std::uint64_t k = 0; k < n; ++k) {
    const std::uint64_t i = backwards ? n - 1 - k : k;
    store_scalar(to[at + i], load_scalar(from[start + i]));
  }
}

/// Stores one value into n elements, each untorn and unordered. **Precondition:** the range is
/// inside, n \<= bulk_slice or the caller needs no safepoint.
template <class T>
void fill_scalars(elements<T> to, std::uint64_t at, std::uint64_t n, T value) noexcept {
  for (std::uint64_t i = 0; i < n; ++i) store_scalar(to[at + i], value);
}

}  // namespace shoal
