// SPDX-License-Identifier: BSL-1.0

#include <jemalloc/jemalloc.h>

#include <shoal/heap/jemalloc_supply.hpp>

namespace shoal::inline SHOAL_ABI {
namespace {

struct arena_pages {
  // Flags for an arena of our own; 0: there is none.
  static int arena_flags() noexcept {
    static const int flags = [] {
      unsigned arena = 0;
      std::size_t size = sizeof arena;
      if (mallctl("arenas.create", &arena, &size, nullptr, 0) != 0) return 0;
      // No thread cache: slabs and large objects come seldom, and must not stay with a thread.
      return static_cast<int>(MALLOCX_ARENA(arena)) | MALLOCX_TCACHE_NONE;
    }();
    return flags;
  }

  static void* allocate(void*, std::size_t bytes, std::size_t alignment) noexcept {
    const int flags = arena_flags();
    if (flags == 0) return nullptr;
    return mallocx(bytes, flags | static_cast<int>(MALLOCX_ALIGN(alignment)) | MALLOCX_ZERO);
  }

  static void release(void*, void* memory, std::size_t bytes, std::size_t alignment) noexcept {
    sdallocx(memory, bytes, arena_flags() | static_cast<int>(MALLOCX_ALIGN(alignment)));
  }
};

constexpr page_supply jemalloc_supply{arena_pages::allocate, arena_pages::release, nullptr};

}  // namespace

const page_supply& jemalloc_pages() noexcept { return jemalloc_supply; }

}  // namespace shoal::inline SHOAL_ABI
