// SPDX-License-Identifier: BSL-1.0

#include <shoal/heap/page_supply.hpp>

#include <cstdint>

namespace shoal::inline SHOAL_ABI {
namespace {

struct mappings {
  static std::byte* map(std::size_t bytes) noexcept {
    return static_cast<std::byte*>(detail::map_pages(bytes, detail::mapping::uncharged));
  }

  static void* allocate(void*, std::size_t bytes, std::size_t alignment) noexcept {
    constexpr std::size_t every_page = 4096;
    if (alignment <= every_page) return map(bytes);
    if (bytes > SIZE_MAX - alignment) return nullptr;
    std::byte* mapped = map(bytes + alignment);
    if (mapped == nullptr) return nullptr;
    const std::size_t before =
        (alignment - reinterpret_cast<std::uintptr_t>(mapped) % alignment) % alignment;
    if (before != 0) detail::unmap_pages(mapped, before);
    detail::unmap_pages(mapped + before + bytes, alignment - before);
    return mapped + before;
  }

  static void release(void*, void* memory, std::size_t bytes, std::size_t) noexcept {
    detail::unmap_pages(memory, bytes);
  }
};

constexpr page_supply mmap_supply{mappings::allocate, mappings::release, nullptr};

}  // namespace

const page_supply& mmap_pages() noexcept { return mmap_supply; }

}  // namespace shoal::inline SHOAL_ABI
