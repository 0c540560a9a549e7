// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// header: the first 8 bytes of every shared object.
///
/// bytes 0..3 \| type index   \| 1 to max_types - 1: never 0, never changed once published
/// bytes 4..7 \| word         \| by shape: an array's length (0: see array.hpp), a string's hash, an
/// \|              \| agent-local slot, rights; 0 for a struct
///
/// No mark, lock or hash bits: it is immutable after publication, so a read needs no order of its
/// own, only that the reference was loaded as a reference.
///
/// **Thread safety:** thread-safe after publication.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** object.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include <shoal/type/type.hpp>

namespace shoal {

/** header: the first 8 bytes of every shared object.<p>bytes 0..3 \| type index   \| 1 to max_types - 1: never 0, never changed once published bytes 4..7 \| word         \| by shape: an array's length (0: see array.hpp), a string's hash, an \|              \| agent-local slot, rights; 0 for a struct<p>No mark, lock or hash bits: it is immutable after publication, so a read needs no order of its own, only that the reference was loaded as a reference. */ struct header {
  payload<std::uint32_t> type_index;
  payload<std::uint32_t> word;
};
static_assert(sizeof(header) == 8 && alignof(header) == 4);
static_assert(offsetof(header, type_index) == 0 && offsetof(header, word) == 4);

/// Its size.
inline constexpr std::uint32_t header_bytes = sizeof(header);

/// The header of an object of Shoal. **Precondition:** not null.
[[nodiscard]] SHOAL_INLINE const header& header_of(const void* object) noexcept {
  return *std::launder(static_cast<const header*>(object));
}

/// Writes the header of memory that no other thread can see yet.
SHOAL_INLINE void write_header(void* memory, std::uint32_t type_index,
                               std::uint32_t word) noexcept {
#if defined(SHOAL_MODEL)
  auto* place = std::launder(static_cast<header*>(memory));
  place->type_index.set(type_index);
  place->word.set(word);
#else
  // One store where compilers make two of it.
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t both = std::uint64_t{word} << 32 | type_index;
  std::memcpy(memory, &both, sizeof both);
#endif
}

/// How floors 0 to 3 find the type index of an object. A runtime with headers of its own gives its
/// own policy with the same function.
struct shoal_header {
  /// The whole policy. **Precondition:** not null.
  [[nodiscard]] static SHOAL_INLINE std::uint32_t type_index_of(const void* object) noexcept {
    return header_of(object).type_index.get();
  }
};

}  // namespace shoal
