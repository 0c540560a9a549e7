// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// jemalloc_pages(): a page supply over an arena of jemalloc that holds nothing else.
///
/// For programs that link jemalloc anyway: freed slabs and large objects are kept and reused, and
/// their unused pages go back by madvise. Lives in libshoal-jemalloc (pkg-config shoal-jemalloc),
/// because jemalloc replaces malloc and can't be loaded with dlopen.
///
/// **Thread safety:** thread-safe.
/// <br>**Progress:** blocking (jemalloc's arena locks).
/// <br>**Layer:** heap.

#include <shoal/heap/page_supply.hpp>

namespace shoal {

/// Where the arena could not be made, its allocate answers null.
[[nodiscard]] SHOAL_API const page_supply& jemalloc_pages() noexcept;

}  // namespace shoal
