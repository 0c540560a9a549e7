// SPDX-License-Identifier: BSL-1.0

#include <algorithm>
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
  // Threads that a fork has left behind drop nothing any more.
  while (torn_ && orphans_ != nullptr) orphans_->discard();
  SHOAL_ASSERT(orphans_ == nullptr, "drop every handle before its heap closes");
  while (slabs_ != nullptr) {
    detail::slab* next = slabs_->next.get();
    options_.pages.release(options_.pages.self, slabs_, slab_bytes, slab_bytes);
    slabs_ = next;
  }
  while (large_ != nullptr) {
    detail::large_object* next = large_->next.get();
    options_.pages.release(options_.pages.self, large_, large_->page_bytes.get(),
                           detail::page_bytes);
    large_ = next;
  }
  free().~free_blocks();
}

void heap::abandon() noexcept {
  torn_ = true;
  contexts_ = nullptr;
  orphans_ = nullptr;
  if (!lock_.is_held()) return;
  slabs_ = nullptr;
  large_ = nullptr;
}

heap::free_blocks& heap::free() noexcept {
  return *std::launder(reinterpret_cast<free_blocks*>(free_storage_));
}

std::size_t heap::bytes_reserved() const noexcept {
  // Relaxed: a figure; nothing is read because of it.
  return reserved_.load(order<"heap.reserved">(relaxed));
}

std::size_t heap::bytes_used() const noexcept {
  // Relaxed: a figure; nothing is read because of it.
  return used_.load(order<"heap.used">(relaxed));
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

bool heap::try_use(std::size_t bytes) noexcept {
  // Relaxed, all of them: a count; nothing is read because of it.
  std::uint64_t used = used_.load(order<"heap.use_read">(relaxed));
  do {
    if (bytes > options_.limit || used > options_.limit - bytes) return false;
  } while (!used_.compare_exchange(used, used + bytes, order<"heap.use">(relaxed),
                                   order<"heap.use_retry">(relaxed)));
  return true;
}

void heap::unuse(std::size_t bytes) noexcept {
  // Relaxed: a count; nothing is read because of it.
  used_.fetch_sub(bytes, order<"heap.unuse">(relaxed));
}

namespace {

// Not under TSan: Boost's free list of nodes writes a link plainly while another pop reads it
// atomically, whose compare_exchange then drops what it read (the links are tagged). And no
// checker of ours runs Boost's atomics.
#if SHOAL_TSAN || defined(SHOAL_MODEL)
constexpr bool queue_left_blocks = false;
#else
constexpr bool queue_left_blocks = true;
#endif

// Relaxed, all of them: such a list is changed under the lock, and a block that a look without it
// misses is there next time.
detail::block* pop(cell<detail::block*>& list, lock& its) noexcept {
  if (list.load(order<"heap.list_look">(relaxed)) == nullptr) return nullptr;
  const locked held(its);
  detail::block* top = list.load(order<"heap.list_top">(relaxed));
  if (top != nullptr) list.store(top->next.get(), order<"heap.list_pop">(relaxed));
  return top;
}

void push(cell<detail::block*>& list, detail::block* what, const locked&) noexcept {
  // Relaxed, both: such a list is changed under the lock, which is held.
  what->next.set(list.load(order<"heap.list_below">(relaxed)));
  list.store(what, order<"heap.list_push">(relaxed));
}

}  // namespace

detail::block* heap::take_block(run& own) noexcept {
  // What contexts have left comes first: it is touched memory, and counted as used already.
  detail::block* left = nullptr;
  if (queue_left_blocks && free().queue.pop(left)) return left;
  left = pop(spare_, lock_);
  if (left != nullptr) return left;
  if (!try_use(block_bytes)) return nullptr;
  if (own.left == 0 && !take_run(own)) {
    unuse(block_bytes);
    return nullptr;
  }
  --own.left;
  detail::block* fresh = own.next++;
  fresh->hole.set(0);
  fresh->begun.set(1);
  return fresh;
}

bool heap::take_run(run& own) noexcept {
  detail::block* unbegun = pop(unbegun_, lock_);
  if (unbegun != nullptr) {
    own = {unbegun, 1, own.size};
    return true;
  }
  for (;;) {
    // Acquire: pairs with heap.fill; the slab's record is used next.
    detail::slab* from = filling_.load(order<"heap.filling">(acquire));
    if (from != nullptr) {
      // Relaxed: each index is answered once, and only its taker uses the block.
      const std::uint64_t index = from->unused.fetch_add(own.size, order<"heap.take">(relaxed));
      if (index < detail::slab::block_count) {
        const auto there = static_cast<std::uint32_t>(detail::slab::block_count - index);
        own = {&from->blocks[index], std::min(own.size, there),
               std::min(2 * own.size, detail::longest_run)};
        return true;
      }
    }
    if (!next_slab(from)) return false;
  }
}

void heap::leave_run(run& own) noexcept {
  const locked held(lock_);
  for (; own.left != 0; --own.left) push(unbegun_, own.next++, held);
}

bool heap::next_slab(detail::slab* exhausted) noexcept {
  const auto go_on = [&](const locked&) {
    // Relaxed: the slab that is being filled is changed under the lock only, which is held.
    if (filling_.load(order<"heap.filling_read">(relaxed)) != exhausted) return true;
    detail::slab* next = exhausted == nullptr ? slabs_ : exhausted->next.get();
    if (next == nullptr) return false;
    // Release: pairs with heap.filling; the slab's record was written before.
    filling_.store(next, order<"heap.fill">(release));
    return true;
  };
  {
    locked held(lock_);
    if (go_on(held)) return true;
  }
  // Without the lock: two agents may each bring a slab, and the second is used later.
  void* pages = options_.pages.allocate(options_.pages.self, slab_bytes, slab_bytes);
  if (pages == nullptr) return false;
  SHOAL_ASSERT(detail::slab::of(pages) == pages,
               "a page supply keeps to the alignment it is asked for");
  auto* fresh = new (pages) detail::slab;
  fresh->next.set(nullptr);
  // Relaxed: nobody else knows the slab yet.
  fresh->unused.store(detail::slab::first_block, order<"slab.unused">(relaxed));
  // Relaxed: a figure; nothing is read because of it.
  reserved_.fetch_add(slab_bytes, order<"heap.reserve">(relaxed));
  locked held(lock_);
  detail::slab* last = exhausted == nullptr ? slabs_ : exhausted;
  while (last != nullptr && last->next.get() != nullptr) last = last->next.get();
  if (last == nullptr) {
    slabs_ = fresh;
  } else {
    last->next.set(fresh);
  }
  return go_on(held);
}

void heap::leave_block(detail::block* left) noexcept {
  if (queue_left_blocks && free().queue.bounded_push(left)) return;
  locked held(lock_);
  push(spare_, left, held);
}

void* heap::allocate_large(std::size_t bytes) noexcept {
  if (bytes > SIZE_MAX / 2) return nullptr;
  const std::size_t pages =
      (sizeof(detail::large_object) + bytes + detail::page_bytes - 1) & ~(detail::page_bytes - 1);
  if (!try_use(pages)) return nullptr;
  void* memory = options_.pages.allocate(options_.pages.self, pages, detail::page_bytes);
  if (memory == nullptr) {
    unuse(pages);
    return nullptr;
  }
  // Relaxed: a figure; nothing is read because of it.
  reserved_.fetch_add(pages, order<"heap.reserve_large">(relaxed));
  auto* fresh = new (memory) detail::large_object;
  fresh->page_bytes.set(pages);
  fresh->mark = 0;
  fresh->dead = false;
  locked held(lock_);
  fresh->next.set(large_);
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
  // With the list: a fork in the middle of a close finds what is left to do.
  context.open_ = false;
}

}  // namespace shoal::inline SHOAL_ABI
