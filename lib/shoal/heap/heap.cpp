// SPDX-License-Identifier: BSL-1.0

#include <boost/lockfree/queue.hpp>
#include <new>

#include <shoal/heap/heap_context.hpp>

#include "space.hpp"

namespace shoal::inline SHOAL_ABI {

struct heap::free_blocks {
  boost::lockfree::queue<detail::block*, boost::lockfree::capacity<32>> queue;
};

heap::heap(const options& chosen) noexcept : options_(chosen) {
  static_assert(sizeof(free_blocks) <= sizeof free_storage_ && alignof(free_blocks) <= 64);
  new (free_storage_) free_blocks;
}

heap::~heap() {
  SHOAL_ASSERT(contexts_ == nullptr, "close every context before its heap");
  SHOAL_ASSERT(orphans_ == nullptr, "drop every handle before its heap closes");
  while (slabs_ != nullptr) {
    detail::slab* next = slabs_->next;
    options_.pages.release(options_.pages.self, slabs_, slab_bytes, slab_bytes);
    slabs_ = next;
  }
  while (large_ != nullptr) {
    detail::large_object* next = large_->next;
    options_.pages.release(options_.pages.self, large_, large_->page_bytes, detail::page_bytes);
    large_ = next;
  }
  free().~free_blocks();
}

heap::free_blocks& heap::free() noexcept {
  return *std::launder(reinterpret_cast<free_blocks*>(free_storage_));
}

std::size_t heap::bytes_reserved() const noexcept {
  return reserved_.load(
      order<"heap.reserved">(relaxed));  // a figure; nothing is read because of it
}

std::size_t heap::bytes_used() const noexcept {
  return used_.load(order<"heap.used">(relaxed));  // a figure; nothing is read because of it
}

std::size_t heap::orphan_handles() const noexcept {
  locked held(lock_);
  return orphan_count_;
}

std::size_t heap::orphan_handle_bytes() const noexcept {
  locked held(lock_);
  return orphan_bytes_;
}

std::size_t heap::contexts() const noexcept {
  locked held(lock_);
  return context_count_;
}

void heap::shade(std::uint64_t) noexcept {}

bool heap::try_use(std::size_t bytes, const locked&) noexcept {
  // Relaxed: written under the lock only; the figures read it without.
  const std::uint64_t used = used_.load(order<"heap.use_read">(relaxed));
  if (bytes > options_.limit || used > options_.limit - bytes) return false;
  used_.store(used + bytes, order<"heap.use">(relaxed));
  return true;
}

detail::block* heap::take_block() noexcept {
  // What contexts have left comes first: it is touched memory, and counted as used already.
  detail::block* left = nullptr;
  if (free().queue.pop(left)) return left;
  for (;;) {
    {
      locked held(lock_);
      if (spare_ != nullptr) {
        left = spare_;
        spare_ = left->next;
        return left;
      }
      if (filling_ != nullptr) {
        if (!try_use(block_bytes, held)) return nullptr;
        detail::block* fresh = &filling_->blocks[filling_->unused++];
        if (filling_->unused == detail::slab::block_count) filling_ = filling_->next;
        fresh->hole = 0;
        return fresh;
      }
      if (options_.limit < block_bytes || bytes_used() > options_.limit - block_bytes) {
        return nullptr;
      }
    }
    if (!add_slab()) return nullptr;
  }
}

bool heap::add_slab() noexcept {
  // Without the lock: two agents may each bring a slab, and the second is used later.
  void* pages = options_.pages.allocate(options_.pages.self, slab_bytes, slab_bytes);
  if (pages == nullptr) return false;
  SHOAL_ASSERT(detail::slab::of(pages) == pages,
               "a page supply keeps to the alignment it is asked for");
  auto* fresh = new (pages) detail::slab;
  fresh->next = nullptr;
  fresh->unused = detail::slab::first_block;
  reserved_.fetch_add(slab_bytes, order<"heap.reserve">(relaxed));  // a figure
  locked held(lock_);
  detail::slab** end = filling_ != nullptr ? &filling_ : &slabs_;
  while (*end != nullptr) end = &(*end)->next;
  *end = fresh;
  if (filling_ == nullptr) filling_ = fresh;
  return true;
}

void heap::leave_block(detail::block* left) noexcept {
  // Not under TSan: Boost's free list of nodes writes a link plainly while another pop reads it
  // atomically, whose compare_exchange then drops what it read (the links are tagged).
  if (SHOAL_TSAN == 0 && free().queue.bounded_push(left)) return;
  locked held(lock_);
  left->next = spare_;
  spare_ = left;
}

void* heap::allocate_large(std::size_t bytes) noexcept {
  if (bytes > SIZE_MAX / 2) return nullptr;
  const std::size_t pages =
      (sizeof(detail::large_object) + bytes + detail::page_bytes - 1) & ~(detail::page_bytes - 1);
  {
    locked held(lock_);
    if (!try_use(pages, held)) return nullptr;
  }
  void* memory = options_.pages.allocate(options_.pages.self, pages, detail::page_bytes);
  locked held(lock_);
  if (memory == nullptr) {
    // Relaxed, and a plain subtraction: under the lock, as heap.use.
    used_.store(bytes_used() - pages, order<"heap.unuse">(relaxed));
    return nullptr;
  }
  reserved_.fetch_add(pages, order<"heap.reserve_large">(relaxed));  // a figure
  auto* fresh = new (memory) detail::large_object;
  fresh->page_bytes = pages;
  fresh->mark = 0;
  fresh->dead = false;
  fresh->next = large_;
  large_ = fresh;
  return fresh->object();
}

void heap::add(heap_context& context) noexcept {
  locked held(lock_);
  context.next_ = contexts_;
  if (contexts_ != nullptr) contexts_->previous_ = &context;
  contexts_ = &context;
  ++context_count_;
}

void heap::remove(heap_context& context) noexcept {
  locked held(lock_);
  (context.previous_ != nullptr ? context.previous_->next_ : contexts_) = context.next_;
  if (context.next_ != nullptr) context.next_->previous_ = context.previous_;
  --context_count_;
}

}  // namespace shoal::inline SHOAL_ABI
