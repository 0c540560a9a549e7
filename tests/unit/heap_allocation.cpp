// SPDX-License-Identifier: BSL-1.0

// Allocation: places, zeroes, limits, and what happens when memory runs out.

#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

#include "heap_world.hpp"

using heap_test::world;
using shoal::heap;
using shoal::heap_context;

namespace {

std::uintptr_t bits(const void* place) { return reinterpret_cast<std::uintptr_t>(place); }

bool is_zero(const void* object, std::size_t bytes) {
  const auto* byte = static_cast<const unsigned char*>(object);
  for (std::size_t i = 8; i < bytes; ++i) {
    if (byte[i] != 0) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a fresh object has its header, a zeroed body and a place of its own") {
  world w;
  heap_context context(*w.heap);
  void* before = nullptr;
  for (int i = 0; i < 20'000; ++i) {
    void* object = context.try_allocate(24, w.point.index(), 7);
    REQUIRE(object != nullptr);
    REQUIRE(bits(object) % 8 == 0);
    CHECK(shoal::header_of(object).type_index.get() == w.point.index());
    CHECK(shoal::header_of(object).word.get() == 7);
    CHECK(is_zero(object, 24));
    if (before != nullptr) CHECK(is_zero(before, 24));  // nothing overlaps
    before = object;
  }
  CHECK(context.bytes_allocated() == 20'000 * 24);
}

TEST_CASE("sizes are rounded up to granules") {
  world w;
  heap_context context(*w.heap);
  const auto first = bits(world::make_array(context, shoal::u8, 1));
  const auto second = bits(world::make_array(context, shoal::u8, 8));
  const auto third = bits(world::make_array(context, shoal::u8, 9));
  CHECK(second - first == 16);
  CHECK(third - second == 16);
  CHECK(context.bytes_allocated() == 16 + 16 + 24);
}

TEST_CASE("wide objects lie at multiples of 16, whatever lies before them") {
  world w;
  heap_context context(*w.heap);
  for (int i = 0; i < 10'000; ++i) {
    if (i % 3 != 0) REQUIRE(world::make(context, w.point) != nullptr);
    void* object = world::make(context, w.wide);
    REQUIRE(object != nullptr);
    CHECK(bits(object) % 16 == 0);
    CHECK(is_zero(object, w.wide->size));
  }
  void* large = world::make_array(context, shoal::v128, 10'000);
  REQUIRE(large != nullptr);
  CHECK(bits(large) % 16 == 0);
  CHECK(w.heap->verify().sound());
}

TEST_CASE("objects over 8 KiB have pages of their own") {
  world w;
  heap_context context(*w.heap);
  REQUIRE(world::make_array(context, shoal::u8, 8192 - 8) != nullptr);
  CHECK(w.heap->bytes_used() == heap::block_bytes);
  CHECK(w.heap->bytes_reserved() == heap::slab_bytes);
  void* large = world::make_array(context, shoal::u8, 8193 - 8);
  REQUIRE(large != nullptr);
  CHECK(w.heap->bytes_used() == heap::block_bytes + 12'288);
  CHECK(w.heap->bytes_reserved() == heap::slab_bytes + 12'288);
  CHECK(w.pages.bytes == static_cast<std::int64_t>(w.heap->bytes_reserved()));
  CHECK(is_zero(large, 8193));
  CHECK(w.heap->verify().objects == 2);
}

TEST_CASE("an array may have more than 2^32 elements") {
  world w;
  heap_context context(*w.heap);
  constexpr std::uint64_t length = (std::uint64_t{1} << 32) + 100;
  void* array = world::make_array(context, shoal::u8, length);
  if (array == nullptr) {
    MESSAGE("skipped: the system refuses the address space");
    return;
  }
  CHECK(shoal::array_length(array) == length);
  shoal::elements<std::uint8_t> bytes(array);
  bytes[length - 1].store(42, shoal::order<"test.set">(shoal::release));
  CHECK(bytes[length - 1].load(shoal::order<"test.get">(shoal::acquire)) == 42);
  CHECK(bytes[0].load(shoal::order<"test.get">(shoal::acquire)) == 0);
  CHECK(w.heap->bytes_used() > length);
  CHECK(w.heap->verify().bytes > length);
  shoal::handle keep(context, shoal::reference(array));
  CHECK(w.heap->trace_stopped_world().live_bytes > length);
  keep.drop_from(context);
  CHECK(w.heap->trace_stopped_world().dead_objects == 1);
  CHECK_FALSE(w.heap->is_live_object(array));
}

TEST_CASE("the limit is hard, and what is left of it can be used") {
  world w(3 * heap::block_bytes);
  heap_context context(*w.heap);
  CHECK(world::make_array(context, shoal::u8, 4 * heap::block_bytes) == nullptr);
  CHECK(w.heap->bytes_used() == 0);
  std::size_t count = 0;
  while (world::make(context, w.point) != nullptr) ++count;
  CHECK(count == 3 * (heap::block_bytes / 24));
  CHECK(w.heap->bytes_used() == 3 * heap::block_bytes);
  CHECK(world::make_array(context, shoal::u8, 9000) == nullptr);
  CHECK(world::make(context, w.link) != nullptr);  // the rest of the last block: 16 bytes
  CHECK(world::make(context, w.link) == nullptr);
  CHECK(w.heap->verify().sound());
}

TEST_CASE("a limit below one block gives nothing") {
  world w(heap::block_bytes - 1);
  heap_context context(*w.heap);
  CHECK(world::make(context, w.point) == nullptr);
  CHECK(w.heap->bytes_reserved() == 0);
}

TEST_CASE("impossible sizes are refused") {
  world w;
  heap_context context(*w.heap);
  for (const std::size_t bytes : {~std::size_t{0}, ~std::size_t{7}, std::size_t{1} << 63,
                                  (std::size_t{1} << 63) - 64, std::size_t{1} << 60}) {
    CHECK(context.try_allocate(bytes, w.point.index(), 0) == nullptr);
    CHECK(context.try_allocate_wide(bytes, w.point.index(), 0) == nullptr);
  }
  CHECK(w.heap->bytes_used() == 0);
  REQUIRE(world::make(context, w.link) != nullptr);
  CHECK(context.try_allocate(~std::size_t{0}, w.point.index(), 0) == nullptr);
}

TEST_CASE("a medium object leaves the hole to smaller ones") {
  world w;
  heap_context context(*w.heap);
  // 60 KiB are taken; 4 KiB are left, where 5000 bytes do not fit.
  for (int i = 0; i < 60; ++i) REQUIRE(world::make_array(context, shoal::u8, 1016) != nullptr);
  const auto before = bits(world::make(context, w.link));
  void* medium = world::make_array(context, shoal::u8, 5000);
  REQUIRE(medium != nullptr);
  CHECK(is_zero(medium, 5008));
  CHECK(bits(world::make(context, w.link)) == before + 16);
  CHECK(w.heap->bytes_used() == 2 * heap::block_bytes);
  CHECK(w.heap->verify().objects == 63);
}

TEST_CASE("what a context leaves of its block is used by the next") {
  world w;
  for (int i = 0; i < 500; ++i) {
    heap_context context(*w.heap);
    void* object = world::make(context, w.node);
    REQUIRE(object != nullptr);
    CHECK(is_zero(object, 32));
  }
  CHECK(w.heap->bytes_used() == heap::block_bytes);
  CHECK(w.heap->contexts() == 0);
  CHECK(w.heap->verify().objects == 500);
}

TEST_CASE("no left block is lost, however many there are") {
  world w;
  constexpr int many = 200;
  for (int round = 0; round < 2; ++round) {
    std::vector<std::unique_ptr<heap_context>> contexts;
    for (int i = 0; i < many; ++i) {
      contexts.push_back(std::make_unique<heap_context>(*w.heap));
      REQUIRE(world::make(*contexts.back(), w.node) != nullptr);
    }
    CHECK(w.heap->contexts() == many);
    CHECK(w.heap->bytes_used() == many * heap::block_bytes);
  }
  CHECK(w.heap->verify().objects == 2 * many);
}

TEST_CASE("a short hole that somebody left is no trap for what does not fit into it") {
  world w(2 * heap::block_bytes);
  heap_context other(*w.heap);
  {
    heap_context context(*w.heap);
    for (int i = 0; i < 63; ++i) REQUIRE(world::make_array(context, shoal::u8, 1016) != nullptr);
  }
  while (world::make(other, w.point) != nullptr && w.heap->bytes_used() < 2 * heap::block_bytes) {
  }
  // Both blocks are used, and 1 KiB is left in the first.
  heap_context context(*w.heap);
  for (int i = 0; i < 20; ++i) static_cast<void>(world::make_array(context, shoal::u8, 4000));
  std::size_t links = 0;
  while (world::make(context, w.link) != nullptr) ++links;
  CHECK(links <= heap::block_bytes / 16);
  CHECK(w.heap->verify().sound());
}

TEST_CASE("a context can be closed early, and twice") {
  world w;
  heap_context context(*w.heap);
  REQUIRE(world::make(context, w.node) != nullptr);
  context.close();
  context.close();
  CHECK(w.heap->contexts() == 0);
  CHECK(context.live_handles() == 0);
  CHECK(context.bytes_allocated() == 32);
}

TEST_CASE("every page request that fails is an answer, and nothing leaks") {
  for (const bool and_all_that_follow : {false, true}) {
    for (std::int64_t n = 0; n < 7; ++n) {
      world w;
      w.pages.fail_at = n;
      w.pages.fail_on = and_all_that_follow;
      int failures = 0;
      {
        heap_context context(*w.heap);
        for (int i = 0; i < 5; ++i) {
          if (world::make(context, w.node) == nullptr) ++failures;
          const std::size_t used = w.heap->bytes_used();
          if (world::make_array(context, shoal::u8, 10'000) == nullptr) {
            ++failures;
            CHECK(w.heap->bytes_used() == used);
          }
        }
        // A whole slab of blocks, and one more.
        for (int i = 0; i < 57 * 8; ++i) {
          if (world::make_array(context, shoal::u8, 8184) == nullptr) ++failures;
        }
      }
      CHECK(failures > 0);
      CHECK(w.heap->verify().sound());
      CHECK(w.pages.bytes == static_cast<std::int64_t>(w.heap->bytes_reserved()));
      w.heap.reset();
      CHECK(w.pages.bytes == 0);
      CHECK(w.metadata.bytes == 0);
    }
  }
}

TEST_CASE("several threads allocate at once and share the limit") {
  constexpr std::size_t blocks = 40;
  world w(blocks * heap::block_bytes);
  std::atomic<std::size_t> made{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      // Contexts come and go, so that blocks change hands.
      for (;;) {
        heap_context context(*w.heap);
        void* last = nullptr;
        for (int i = 0; i < 5000; ++i) {
          void* object = world::make(context, w.node);
          if (object == nullptr) return;
          w.set(object, "next", last);
          last = object;
          ++made;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const shoal::verify_result found = w.heap->verify();
  CHECK(found.sound());
  CHECK(found.objects == made);
  CHECK(w.heap->bytes_used() == blocks * heap::block_bytes);
  // At most the ends that are too short to leave, and a last hole for each thread.
  CHECK(made * 32 >= (blocks - 4) * heap::block_bytes);
}

TEST_CASE("for_each_object shows every object once with its size") {
  world w;
  heap_context context(*w.heap);
  REQUIRE(world::make(context, w.node) != nullptr);
  REQUIRE(world::make(context, w.wide) != nullptr);
  REQUIRE(world::make_array(context, shoal::i32, 0) != nullptr);
  REQUIRE(world::make_array(context, shoal::i32, 5000) != nullptr);
  struct sum {
    std::size_t objects = 0;
    std::size_t bytes = 0;
  } all;
  w.heap->for_each_object(
      [](void* self, const void*, const shoal::descriptor&, std::size_t bytes) noexcept {
        ++static_cast<sum*>(self)->objects;
        static_cast<sum*>(self)->bytes += bytes;
      },
      &all);
  CHECK(all.objects == 4);
  CHECK(all.bytes == 32 + 32 + 16 + 20'008);
}

TEST_CASE("the hook runs before every n-th allocation in full checks only") {
  world w;
  heap_context context(*w.heap);
  int runs = 0;
  const auto count = [](void* self, heap_context&) { ++*static_cast<int*>(self); };
  const std::uint64_t before = context.clock().count();
  context.set_allocation_hook(count, &runs, 10);
  for (int i = 0; i < 1000; ++i) REQUIRE(world::make(context, w.link) != nullptr);
#if SHOAL_CHECKS >= 2
  CHECK(runs == 100);
  CHECK(context.clock().count() == before + 1000);
  runs = 0;
  context.set_allocation_hook(count, &runs, 10, 42);
  for (int i = 0; i < 10'000; ++i) REQUIRE(world::make(context, w.link) != nullptr);
  CHECK(runs > 700);
  CHECK(runs < 1300);
  context.set_allocation_hook(nullptr, nullptr, 0);
  const int last = runs;
  for (int i = 0; i < 1000; ++i) REQUIRE(world::make(context, w.link) != nullptr);
  CHECK(runs == last);
#else
  CHECK(runs == 0);
  CHECK(context.clock().count() == before);
#endif
}

TEST_CASE("mmap_pages answers zeroed memory at the alignment that is asked for") {
  const shoal::page_supply& supply = shoal::mmap_pages();
  for (const std::size_t alignment : {std::size_t{4096}, heap::block_bytes, heap::slab_bytes}) {
    void* pages = supply.allocate(supply.self, heap::slab_bytes, alignment);
    REQUIRE(pages != nullptr);
    CHECK(bits(pages) % alignment == 0);
    CHECK(is_zero(pages, heap::slab_bytes));
    supply.release(supply.self, pages, heap::slab_bytes, alignment);
  }
  CHECK(supply.allocate(supply.self, std::size_t{1} << 62, 4096) == nullptr);
  CHECK(supply.allocate(supply.self, ~std::size_t{0} - 4095, heap::slab_bytes) == nullptr);
}
