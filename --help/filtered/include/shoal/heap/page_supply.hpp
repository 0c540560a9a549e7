// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// page_supply: where the shared heap gets its pages.
///
/// An object that is given to the heap, so that a program chooses its page allocator when it links
/// and not when we do. mmap_pages() is always there; jemalloc_supply.hpp has another.
///
/// **Thread safety:** the functions of a supply must be thread-safe.
/// <br>**Progress:** as the allocator behind it.
/// <br>**Layer:** heap.

#include <cstddef>

#include <shoal/object/object.hpp>

namespace shoal {

/// Neither function may throw or call back into Shoal.
struct page_supply {
  /// `bytes` of zeroed memory at a multiple of `alignment` (a power of two, at least 4096), or null.
  /// Both are multiples of 4096. Memory that is never touched should cost nothing.
  void* (*allocate)(void* self, std::size_t bytes, std::size_t alignment) noexcept;
  /// Takes back one answer of allocate, whole, with what was asked for.
  void (*release)(void* self, void* memory, std::size_t bytes, std::size_t alignment) noexcept;
  /** Takes back one answer of allocate, whole, with what was asked for. */ void* self = nullptr;
};

/// Anonymous private mappings of the system.
[[nodiscard]] SHOAL_API const page_supply& mmap_pages() noexcept;

}  // namespace shoal
