// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// handle_pool: the slots of one context's persistent handles, in blocks of metadata memory.
///
/// Not for users: handle.hpp is. The owner pops and pushes its free slots without atomics beyond the
/// slot itself. Everybody else pushes a dropped slot on the pool's list, which the owner takes over
/// whole when it runs out. When the owner's context closes, the heap adopts the blocks that still
/// have live slots: orphans, which live until their last handle goes.
///
/// state of a slot  \| word                     \| may change it
/// -----------------\|--------------------------\|------------------------------------------------
/// strong          \| address + 0              \| who holds the handle
/// weak            \| address + 1              \| who holds the handle; a trace, to 1
/// free            \| next free slot + 2       \| the owner; of an orphan, who holds the heap's lock
/// dropping        \| next dropped slot + 3    \| who drops it; once listed, the owner
///
/// **Thread safety:** drop_remote is thread-safe; the rest is thread-bound to the owner.
/// <br>**Progress:** make and drop are wait-free but for a block's end; drop_remote is lock-free, and
/// blocking for an orphan.
/// <br>**Layer:** heap.
/// <br>**Follows:** R. K. Treiber, "Systems Programming" (1986), with pop replaced by take-all: no ABA.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/shared_heap.hpp>

namespace shoal {
namespace detail {

enum class slot_state : std::uint64_t { strong, weak, free, dropping };
inline constexpr std::uint64_t slot_state_mask = 7;

struct handle_slot {
  cell<std::uint64_t> word;
  payload<std::uint64_t> index;  // in its block

  [[nodiscard]] static constexpr slot_state state_of(std::uint64_t word) noexcept {
    return static_cast<slot_state>(word & slot_state_mask);
  }
  // The object, or the next slot.
  [[nodiscard]] static constexpr std::uint64_t address_of(std::uint64_t word) noexcept {
    return word & ~slot_state_mask;
  }
  [[nodiscard]] std::uint64_t tagged(slot_state state) const noexcept {
    return reinterpret_cast<std::uintptr_t>(this) | static_cast<std::uint64_t>(state);
  }
  [[nodiscard]] static handle_slot* slot_of(std::uint64_t word) noexcept {
    return reinterpret_cast<handle_slot*>(static_cast<std::uintptr_t>(address_of(word)));
  }
};

struct handle_block {
#if defined(SHOAL_MODEL)
  static constexpr std::size_t slot_count = 3;  // each is a step, and blocks must run out
#else
  static constexpr std::size_t slot_count = 126;
#endif

  payload<handle_pool*> pool;
  handle_block* next;  // and previous: the owner's; of an orphan, under the heap's lock
  handle_block* previous;
  std::uint64_t live;  // of an orphan; under the heap's lock
  handle_slot slots[slot_count];

  [[nodiscard]] static SHOAL_INLINE handle_block* of(handle_slot* slot) noexcept {
    return reinterpret_cast<handle_block*>(
        reinterpret_cast<std::uintptr_t>(slot - slot->index.get()) - offsetof_slots());
  }
  [[nodiscard]] static constexpr std::size_t offsetof_slots() noexcept {
    return 3 * sizeof(void*) + sizeof(std::uint64_t);
  }
};

class handle_pool {
 public:
  explicit handle_pool(heap& shared) noexcept : heap_(shared) {}

  // A slot of this state that holds the object, or null when there is no memory for it.
  [[nodiscard]] SHOAL_INLINE handle_slot* try_make(std::uint64_t address,
                                                   slot_state state) noexcept {
    handle_slot* slot = free_;
    if (__builtin_expect(slot == nullptr, 0)) {
      slot = refill();
      if (slot == nullptr) return nullptr;
    }
    // Relaxed: the link was written by the owner, or taken over with handle.take.
    free_ = handle_slot::slot_of(slot->word.load(order<"handle.pop">(relaxed)));
    // Relaxed: the handle is handed over in order, as every plain object of C++ is, and a scan stops
    // the world (one beside running agents would need a release here).
    slot->word.store(address | static_cast<std::uint64_t>(state), order<"handle.make">(relaxed));
    return slot;
  }

  // Precondition: a live slot of this pool.
  SHOAL_INLINE void drop(handle_slot* slot) noexcept {
    // Relaxed: only the owner follows the link; a scan sees that the slot is free, or still live.
    slot->word.store(
        reinterpret_cast<std::uintptr_t>(free_) | static_cast<std::uint64_t>(slot_state::free),
        order<"handle.free">(relaxed));
    free_ = slot;
  }

  // Drops a live slot of any pool, from any thread.
  SHOAL_API static void drop_remote(handle_slot* slot) noexcept;

  // Slots that are strong or weak. Exact for the owner.
  [[nodiscard]] std::size_t live() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

  [[nodiscard]] heap& shared() const noexcept { return heap_; }

  // In the child of a fork, for an owner whose thread is gone, perhaps while it linked a block in.
  void mend() noexcept;

  // Gives the live slots to the heap and everything else back; `this` is gone.
  void close() noexcept;

  // Gives everything back, live slots too: those who would drop them are gone. `this` is gone.
  void discard() noexcept;

 private:
  friend class shoal::heap;
  friend class tracer;

  SHOAL_API SHOAL_SLOW handle_slot* refill() noexcept;
  static void drop_orphan(handle_slot* slot) noexcept;
  void release_block(handle_block* block) noexcept;

  handle_slot* free_ = nullptr;
  handle_block* blocks_ = nullptr;
  heap& heap_;
  handle_pool* next_ = nullptr;  // of the heap's orphans
  handle_pool* previous_ = nullptr;
  // What others dropped: slot_state::dropping links, or `orphaned`. On a line of its own, as it is
  // written by other cores.
  static constexpr std::uint64_t orphaned = 1;
  alignas(64) cell<std::uint64_t> dropped_{0};
};

}  // namespace detail
}  // namespace shoal
