// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a slab and a large object lie in their pages.
//
// slab (4 MiB, aligned to itself)
//   bytes 0 .. 512 Ki - 1    one mark byte per granule of the slab. The first eight blocks are
//   these
//                            bytes themselves, so their own marks, the first 64 KiB, are free:
//                            struct slab is there
//   blocks 8 .. 63           objects, from the start of each block on
//
// large object (pages of its own)
//   bytes 0 .. 63            struct large_object
//   bytes 64 ..              the object
//
// Thread safety: lists under the heap's lock; blocks are taken without it, by counting; a block's
// record belongs to who has taken the block.
// Layer: heap.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/shared_heap.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

struct block {
  payload<block*> next;          // of the heap's spare or unbegun blocks
  payload<std::uint32_t> hole;   // where its last hole begins, when nobody has the block
  payload<std::uint32_t> begun;  // 1: has objects, or will have at once
};

struct slab {
  static constexpr std::size_t block_count = heap::slab_bytes / heap::block_bytes;
  static constexpr std::size_t first_block =
      heap::slab_bytes / heap::granule_bytes / heap::block_bytes;

  payload<slab*> next;
  cell<std::uint64_t> unused;  // blocks from here on were never taken; may count on beyond the last
  block blocks[block_count];

  // Where they end. Stopped-world.
  [[nodiscard]] std::size_t taken() const noexcept {
    // Relaxed: the world is stopped, and nobody takes a block.
    const std::uint64_t count = unused.load(order<"slab.taken">(relaxed));
    return count < block_count ? static_cast<std::size_t>(count) : block_count;
  }
  [[nodiscard]] static slab* of(const void* place) noexcept {
    return reinterpret_cast<slab*>(reinterpret_cast<std::uintptr_t>(place) &
                                   ~(heap::slab_bytes - 1));
  }
  [[nodiscard]] std::byte* start_of(std::size_t index) noexcept {
    return reinterpret_cast<std::byte*>(this) + index * heap::block_bytes;
  }
  [[nodiscard]] static std::byte* start_of(block* taken) noexcept {
    slab* home = of(taken);
    return home->start_of(static_cast<std::size_t>(taken - home->blocks));
  }
};
static_assert(slab::first_block == 8);
static_assert(sizeof(slab) <= heap::block_bytes / heap::granule_bytes * slab::first_block);

// Of an object in a block.
[[nodiscard]] inline std::uint8_t& mark_byte(const void* object) noexcept {
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(object) & (heap::slab_bytes - 1);
  return reinterpret_cast<std::uint8_t*>(slab::of(object))[offset / heap::granule_bytes];
}

struct alignas(64) large_object {
  payload<large_object*> next;
  payload<std::size_t> page_bytes;
  std::uint8_t mark;
  bool dead;

  [[nodiscard]] void* object() noexcept { return this + 1; }
  [[nodiscard]] static large_object* of(const void* object) noexcept {
    return reinterpret_cast<large_object*>(reinterpret_cast<std::uintptr_t>(object)) - 1;
  }
};
static_assert(sizeof(large_object) == 64);

inline constexpr std::size_t page_bytes = 4096;

// Blocks of a run at most. Neighbours were measured to disturb each other below 256 KiB.
inline constexpr std::uint32_t longest_run = 8;

// A rest of a hole that is worth keeping when an object does not fit into it.
inline constexpr std::size_t kept_bytes = 512;

// Covers `bytes` with a filler; what lies behind its header stays. Large ones are never walked.
inline void write_filler(void* place, std::size_t bytes) noexcept {
  const std::size_t granules = bytes / heap::granule_bytes;
  write_header(place, builtin::filler,
               granules > 0xffff'ffff ? 0xffff'ffff : static_cast<std::uint32_t>(granules));
}

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
