// SPDX-License-Identifier: BSL-1.0
// The memory under the words, and the begin and the end of a run.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/world.hpp"

namespace engine {
namespace {

constexpr unsigned char unwritten = 0xa5;
constexpr std::size_t page = 4096;
constexpr std::size_t spurious_wakes = 4;  // in one run

// Zeroes what a run has touched of the reserve. Much is reserved and little used, always the same: to
// keep those pages is cheaper than to fault them in for every run.
void clear_reserve(unsigned char* begin, std::size_t bytes) {
  if (bytes == 0) return;
  static const int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  static list<std::uint64_t> pages;
  pages.resize(bytes / page);
  const auto wanted = static_cast<ssize_t>(pages.size() * sizeof(std::uint64_t));
  if (pread(map, pages.data(), static_cast<std::size_t>(wanted),
            static_cast<off_t>(number_of(begin) / page * sizeof(std::uint64_t))) != wanted) {
    madvise(begin, bytes, MADV_DONTNEED);
    return;
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i] >> 62 != 0) std::memset(begin + i * page, 0, page);  // present, or swapped out
  }
}

}  // namespace

void set_random(bool random) { the().random = random; }

void* begin(std::size_t bytes) {
  world& w = the();
  if (w.arena == nullptr) {
    void* place = mmap(reinterpret_cast<void*>(arena_address), arena_bytes + reserve_bytes,
                       PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (place != reinterpret_cast<void*>(arena_address)) {
      std::fprintf(stderr, "no memory at the address of the model's arena\n");
      std::abort();
    }
    w.arena = static_cast<unsigned char*>(place);
  }
  drop_all(false);  // what a failed run has left: Relacy has freed its part already
  w.blocks.clear();
  w.arena_used = 0;
  clear_reserve(w.arena + arena_bytes, w.reserve_used);
  w.reserve_used = 0;
  w.clock = 0;
  w.spurious_left = w.random ? spurious_wakes : 0;
  clear_trace();
  w.at = phase::before;
  self();
  void* place = w.arena;
  std::memset(place, unwritten, bytes);
  w.arena_used = (bytes + page - 1) & ~(page - 1);
  return place;
}

void started() { the().at = phase::threads; }
void finished() { the().at = phase::after; }

void end() {
  world& w = the();
  for (const block& one : w.blocks) {
    if (one.live) {
      fail(rl::test_result_memory_leak, "%zu bytes at %s are never released", one.bytes,
           describe(one.begin).text);
    }
  }
  drop_all(true);
  w.at = phase::outside;
}

}  // namespace engine

namespace shoal::inline SHOAL_ABI {
namespace model {

using namespace engine;

void forget(void* address, std::size_t bytes) noexcept {
  if (!in_run() || bytes == 0) return;
  end_lives(number_of(address), bytes, "a new life");
  add_region(number_of(address), bytes, region::fresh);
  record("a new life", address, bytes);
}

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (!in_run()) return std::aligned_alloc(alignment, (bytes + alignment - 1) & ~(alignment - 1));
  world& w = the();
  block* found = nullptr;
  for (std::size_t i = w.blocks.size(); i != 0 && found == nullptr; --i) {
    block& one = w.blocks[i - 1];
    if (one.reusable && one.bytes == bytes && one.alignment >= alignment) found = &one;
  }
  if (found == nullptr) {
    const std::size_t aligned = alignment < widest ? widest : alignment;
    w.arena_used = (w.arena_used + aligned - 1) & ~(aligned - 1);
    if (w.arena_used + bytes > arena_bytes) return nullptr;
    w.blocks.push_back({number_of(w.arena) + w.arena_used, bytes, aligned, false, false});
    found = &w.blocks.back();
    w.arena_used += (bytes + widest - 1) & ~(widest - 1);
  }
  found->live = true;
  found->reusable = false;
  auto* place = reinterpret_cast<void*>(found->begin);
  std::memset(place, unwritten, bytes);
  add_region(found->begin, bytes, region::fresh);
  record("allocate", place, bytes);
  return place;
}

void release(void* memory, std::size_t bytes) noexcept {
  const std::uintptr_t begin = number_of(memory);
  const bool in_arena = begin >= arena_address && begin < arena_address + arena_bytes;
  if (!in_run() || !in_arena) {
    std::free(memory);
    return;
  }
  world& w = the();
  for (block& one : w.blocks) {
    if (one.begin != begin || !one.live) continue;
    if (one.bytes != bytes) {
      fail(rl::test_result_double_free, "release of %zu bytes at %s, which are %zu", bytes,
           describe(begin).text, one.bytes);
    }
    end_lives(begin, bytes, "release");
    one.live = false;
    // Used again at once, or never: the first finds old addresses taken for new ones, the second
    // finds uses after release.
    one.reusable = w.random && rl::ctx().rand(2, rl::sched_type_mem_realloc) == 0;
    add_region(begin, bytes, region::dead);
    record("release", memory, bytes);
    return;
  }
  fail(rl::test_result_double_free, "release of memory at %s that is not in use",
       describe(begin).text);
}

void* reserve(std::size_t bytes) noexcept {
  if (!in_run()) return std::calloc(1, bytes);
  world& w = the();
  bytes = (bytes + page - 1) & ~(page - 1);
  if (w.reserve_used + bytes > reserve_bytes) return nullptr;
  void* place = w.arena + arena_bytes + w.reserve_used;
  w.reserve_used += bytes;
  add_region(number_of(place), bytes, region::everyones);
  record("allocate", place, bytes);
  return place;
}

void unreserve(void* memory, std::size_t bytes) noexcept {
  const std::uintptr_t begin = number_of(memory);
  if (!in_run() || begin < arena_address || begin >= arena_address + arena_bytes + reserve_bytes) {
    std::free(memory);
    return;
  }
  end_lives(begin, bytes, "release");
  add_region(begin, bytes, region::dead);
  record("release", memory, bytes);
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI
