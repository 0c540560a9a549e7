// SPDX-License-Identifier: BSL-1.0

#include <new>
#include <utility>

#include <shoal/heap/handle_pool.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

static_assert(offsetof(handle_block, slots) == handle_block::offsetof_slots());

handle_slot* handle_pool::refill() noexcept {
  // Relaxed: only whether to try handle.take, which is the one that counts.
  if (dropped_.load(order<"handle.look">(relaxed)) != 0) {
    // Acquire: pairs with handle.give; the links of the list are read next.
    std::uint64_t next = dropped_.exchange(0, order<"handle.take">(acquire));
    while (next != 0) {
      handle_slot* slot = handle_slot::slot_of(next);
      // Relaxed: handle.take has acquired the links.
      next = handle_slot::address_of(slot->word.load(order<"handle.take_next">(relaxed)));
      drop(slot);
    }
    return free_;
  }
  const metadata_hook& memory = heap_.metadata();
  void* place = memory.allocate(memory.self, sizeof(handle_block), alignof(handle_block));
  if (place == nullptr) return nullptr;
  auto* block = new (place) handle_block;
  block->pool.set(this);
  block->live = 0;
  block->previous = nullptr;
  block->next = blocks_;
  if (blocks_ != nullptr) blocks_->previous = block;
  blocks_ = block;
  for (std::uint32_t i = handle_block::slot_count; i-- > 0;) {
    block->slots[i].index.set(i);
    drop(&block->slots[i]);
  }
  return free_;
}

void handle_pool::drop_remote(handle_slot* slot) noexcept {
  handle_pool& pool = *handle_block::of(slot)->pool.get();
  // The deletion half for a thread that may be no agent. Relaxed: the slot is the caller's to drop,
  // and shading reads nothing of the object.
  pool.heap_.shade(handle_slot::address_of(slot->word.load(order<"handle.drop_read">(relaxed))));
  // Relaxed: a guess that the exchange corrects.
  std::uint64_t head = pool.dropped_.load(order<"handle.give_guess">(relaxed));
  do {
    if (head == orphaned) {
      drop_orphan(slot);
      return;
    }
    // Not `free` yet: closing counts as live what is neither free nor on the list, and this slot
    // may still have to be counted down under the lock. Relaxed: handle.give publishes the link.
    slot->word.store(head | static_cast<std::uint64_t>(slot_state::dropping),
                     order<"handle.link">(relaxed));
    // Success release: pairs with handle.take and handle.orphan; the slot's link was written before.
    // Failure relaxed: `orphaned` is followed by the lock, and anything else is only linked to.
  } while (!pool.dropped_.compare_exchange(head, reinterpret_cast<std::uintptr_t>(slot),
                                           order<"handle.give">(release),
                                           order<"handle.give_again">(relaxed)));
}

void handle_pool::mend() noexcept {
  handle_block* previous = nullptr;
  for (handle_block* block = blocks_; block != nullptr; block = block->next) {
    block->previous = std::exchange(previous, block);
  }
}

void handle_pool::close() noexcept {
  heap& shared = heap_;
  handle_block* empty = nullptr;
  bool gone = false;
  {
    locked held(shared.lock_);
    // Acquire: pairs with handle.give; the links of the list are read next. From here on whoever
    // drops comes to the lock.
    std::uint64_t next = dropped_.exchange(orphaned, order<"handle.orphan">(acquire));
    while (next != 0) {
      handle_slot* slot = handle_slot::slot_of(next);
      // Relaxed: handle.orphan has acquired the links.
      next = handle_slot::address_of(slot->word.load(order<"handle.orphan_next">(relaxed)));
      drop(slot);
    }
    handle_block* block = blocks_;
    while (block != nullptr) {
      handle_block* after = block->next;
      block->live = 0;
      for (const handle_slot& slot : block->slots) {
        // Relaxed: a slot turns from live to dropping without the lock, and both count.
        const std::uint64_t word = slot.word.load(order<"handle.count_orphans">(relaxed));
        if (handle_slot::state_of(word) != slot_state::free) ++block->live;
      }
      if (block->live == 0) {
        (block->previous != nullptr ? block->previous->next : blocks_) = after;
        if (after != nullptr) after->previous = block->previous;
        block->next = empty;
        empty = block;
      } else {
        shared.orphan_count_ += block->live;
        shared.orphan_bytes_ += sizeof(handle_block);
      }
      block = after;
    }
    gone = blocks_ == nullptr;
    if (!gone) {
      shared.orphan_bytes_ += sizeof(handle_pool);
      next_ = shared.orphans_;
      if (next_ != nullptr) next_->previous_ = this;
      shared.orphans_ = this;
    }
  }
  // Hooks run without the lock. Nobody can reach what is released: it had no live slot.
  while (empty != nullptr) {
    handle_block* after = empty->next;
    destroy(shared.metadata(), empty);
    empty = after;
  }
  if (gone) destroy(shared.metadata(), this);
}

void handle_pool::drop_orphan(handle_slot* slot) noexcept {
  handle_block* block = handle_block::of(slot);
  handle_pool* pool = block->pool.get();
  heap& shared = pool->heap_;
  {
    locked held(shared.lock_);
    // Relaxed: read under the lock, which is held.
    slot->word.store(static_cast<std::uint64_t>(slot_state::free),
                     order<"handle.drop_orphan">(relaxed));
    --shared.orphan_count_;
    if (--block->live != 0) return;
    shared.orphan_bytes_ -= sizeof(handle_block);
    (block->previous != nullptr ? block->previous->next : pool->blocks_) = block->next;
    if (block->next != nullptr) block->next->previous = block->previous;
    if (pool->blocks_ != nullptr) {
      pool = nullptr;
    } else {
      shared.orphan_bytes_ -= sizeof(handle_pool);
      (pool->previous_ != nullptr ? pool->previous_->next_ : shared.orphans_) = pool->next_;
      if (pool->next_ != nullptr) pool->next_->previous_ = pool->previous_;
    }
  }
  destroy(shared.metadata(), block);
  destroy(shared.metadata(), pool);
}

void handle_pool::discard() noexcept {
  heap& shared = heap_;
  (previous_ != nullptr ? previous_->next_ : shared.orphans_) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  while (blocks_ != nullptr) {
    handle_block* after = blocks_->next;
    destroy(shared.metadata(), blocks_);
    blocks_ = after;
  }
  destroy(shared.metadata(), this);
}

std::size_t handle_pool::live() const noexcept {
  std::size_t live = 0;
  for (const handle_block* block = blocks_; block != nullptr; block = block->next) {
    for (const handle_slot& slot : block->slots) {
      // Relaxed: a figure; others may drop meanwhile.
      const auto state = handle_slot::state_of(slot.word.load(order<"handle.count">(relaxed)));
      if (state == slot_state::strong || state == slot_state::weak) ++live;
    }
  }
  return live;
}

std::size_t handle_pool::bytes() const noexcept {
  std::size_t bytes = sizeof(handle_pool);
  for (const handle_block* block = blocks_; block != nullptr; block = block->next) {
    bytes += sizeof(handle_block);
  }
  return bytes;
}

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
