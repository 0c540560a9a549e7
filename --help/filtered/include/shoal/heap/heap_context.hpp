// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// heap_context: one agent's half of the shared heap: allocation, roots and the write barrier.
///
/// Allocation bumps a cursor through a hole that belongs to this agent alone; only a new block, a
/// large object and a full limit leave the inlined path. Memory comes zeroed from the page supply
/// and is used once, so nothing is zeroed here.
///
/// Allocation is publication: a fresh object is private until a reference to it is stored. That
/// store is the release: every store of an `any` or `ref`, unordered ones too, is at least release,
/// and their loads acquire, so whoever finds the object sees its header and its zeroed or
/// initialised fields. Allocation itself issues no order.
///
/// **Thread safety:** thread-bound, to whoever is the agent at the moment; the heap reads it
/// stopped-world.
/// <br>**Progress:** wait-free but for a hole's end.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/handle_pool.hpp>
#include <shoal/heap/scope_chain.hpp>
#include <shoal/heap/shared_heap.hpp>

namespace shoal {

/** heap_context: one agent's half of the shared heap: allocation, roots and the write barrier.<p>Allocation bumps a cursor through a hole that belongs to this agent alone; only a new block, a large object and a full limit leave the inlined path. Memory comes zeroed from the page supply and is used once, so nothing is zeroed here.<p>Allocation is publication: a fresh object is private until a reference to it is stored. That store is the release: every store of an `any` or `ref`, unordered ones too, is at least release, and their loads acquire, so whoever finds the object sees its header and its zeroed or initialised fields. Allocation itself issues no order.<p>stopped-world. */ class alignas(64) heap_context {
 public:
  /// Asks for no memory.
  SHOAL_API explicit heap_context(heap& shared) noexcept;
  ~heap_context() { close(); }
  /** Asks for no memory. */ heap_context(const heap_context&) = delete;
  /** Asks for no memory. */ heap_context& operator=(const heap_context&) = delete;

  /// Leaves the heap: what is left of the current blocks is for others, live handles become orphans
  /// of the heap. A second time does nothing. **Precondition:** no scope, and no chain but its own.
  SHOAL_API void close() noexcept;

  /// The heap that it allocates from.
  [[nodiscard]] heap& shared() const noexcept { return heap_; }

  /// A new object of exactly `bytes` (its instance_bytes, rounded up to 8; at least 8), with this
  /// header and a zeroed body; null: out of memory. A safepoint. Before the next one the caller
  /// writes what the size is computed from (the length or meta word of an array or string).
  [[nodiscard]] SHOAL_INLINE void* try_allocate(std::size_t bytes, std::uint32_t type_index,
                                                std::uint32_t word) noexcept {
    allocation_point();
    // Holes are whole granules, so what fits still fits rounded up.
    if (__builtin_expect(bytes > heap::large_bytes || bytes > limit_ - cursor_, 0)) {
      return allocate_slow(bytes, type_index, word, false);
    }
    return take(whole(bytes), type_index, word);
  }

  /// The same for sizes that are whole granules already.
  [[nodiscard]] SHOAL_INLINE void* try_allocate_whole(std::size_t bytes, std::uint32_t type_index,
                                                      std::uint32_t word) noexcept {
    SHOAL_ASSERT_FULL(bytes == whole(bytes), "the size is a multiple of 8");
    allocation_point();
    if (__builtin_expect(bytes > heap::large_bytes || bytes > limit_ - cursor_, 0)) {
      return allocate_slow(bytes, type_index, word, false);
    }
    return take(bytes, type_index, word);
  }

  /// The inlined half of try_allocate_whole: null also where it would have to look for room.
  /// <br>**Precondition:** bytes \<= large_bytes, or more than any hole.
  [[nodiscard]] SHOAL_INLINE void* try_bump(std::size_t bytes, std::uint32_t type_index,
                                            std::uint32_t word) noexcept {
    allocation_point();
    if (__builtin_expect(bytes > limit_ - cursor_, 0)) return nullptr;
    return take(bytes, type_index, word);
  }

  /// The same at a multiple of 16, for types with a v128.
  [[nodiscard]] SHOAL_INLINE void* try_allocate_wide(std::size_t bytes, std::uint32_t type_index,
                                                     std::uint32_t word) noexcept {
    allocation_point();
    const std::size_t pad = cursor_ & heap::granule_bytes;
    const std::size_t room = limit_ - cursor_;
    if (__builtin_expect(bytes > heap::large_bytes || room < pad || bytes > room - pad, 0)) {
      return allocate_slow(bytes, type_index, word, true);
    }
    if (pad != 0) skip_granule();
    return take(whole(bytes), type_index, word);
  }

  /// True while stores must shade. Latched at a safepoint, never in the middle of an operation.
  [[nodiscard]] SHOAL_INLINE bool barrier_active() const noexcept {
    return __builtin_expect(barrier_, 0);
  }

  /// Marks the object at `address` (0: none) for the collector that runs. While barrier_active(), a
  /// reference store shades the new and, by exchange, the old value; exchange and compare_exchange
  /// shade new before and old after, with no safepoint inside; initialising stores keep the
  /// insertion half (the new value); loads have none. Whatever the holder's colour; twice is fine.
  /// There is no collector yet, and nothing to do.
  SHOAL_API SHOAL_SLOW void shade(std::uint64_t address) noexcept;

  /// For the collector and for tests of barriers. Only at a safepoint of this agent.
  void set_barrier(bool active) noexcept { barrier_ = active; }
  /// How often shade was called.
  [[nodiscard]] std::uint64_t shaded() const noexcept { return shaded_; }

  /// Dates raw references (checks=full). Ticks at every allocation; the agent ticks it at its other
  /// safepoints.
  [[nodiscard]] SHOAL_INLINE safepoint_clock& clock() noexcept { return clock_; }
  /** Dates raw references (checks=full). Ticks at every allocation; the agent ticks it at its other safepoints. */ [[nodiscard]] SHOAL_INLINE const safepoint_clock& clock() const noexcept { return clock_; }

  /// checks=full: `hook` runs before every n-th allocation, with no lock held, and may trace. With a
  /// seed the distance is drawn anew from [1, 2n] each time. Null or 0: none. At lower check levels
  /// it never runs.
  SHOAL_API void set_allocation_hook(void (*hook)(void* self, heap_context& context), void* self,
                                     std::uint64_t every_n, std::uint64_t seed = 0) noexcept;

  /// The chain that scopes use now.
  [[nodiscard]] SHOAL_INLINE scope_chain& chain() noexcept { return *chain_; }
  /// Goes on with another chain of this context; answers the one that was current.
  scope_chain& switch_chain(scope_chain& to) noexcept {
    SHOAL_ASSERT(&to.context() == this, "a scope chain stays with the agent it was made for");
    scope_chain& from = *chain_;
    chain_ = &to;
    return from;
  }
  /// The one it was made with.
  [[nodiscard]] scope_chain& own_chain() noexcept { return own_chain_; }

  /// In the child of a fork, of a context whose thread is gone, before it closes: no chain of it is a
  /// root any more, and what it was filling is lost, as it may be half changed.
  SHOAL_API void abandon() noexcept;

  /// For hosts that unwind by longjmp: a height of the current chain, and the way back to it.
  [[nodiscard]] scope_mark mark() const noexcept { return chain_->mark(); }
  /** For hosts that unwind by longjmp: a height of the current chain, and the way back to it. */ void reset_to(const scope_mark& mark) noexcept { chain_->reset_to(mark); }

  /// Handles made here that have not been dropped; scope slots in use, over all chains.
  [[nodiscard]] SHOAL_API std::size_t live_handles() const noexcept;
  /** Handles made here that have not been dropped; scope slots in use, over all chains. */ [[nodiscard]] SHOAL_API std::size_t scope_slots() const noexcept;
  /// All that was ever allocated here, in granules as bytes.
  [[nodiscard]] SHOAL_API std::uint64_t bytes_allocated() const noexcept;

  /// For handle.hpp: a slot, or null. Thread-bound, as everything here.
  [[nodiscard]] SHOAL_INLINE detail::handle_slot* try_make_slot(std::uint64_t address,
                                                                detail::slot_state state) noexcept {
    if (__builtin_expect(handles_ == nullptr, 0) && !make_pool()) return nullptr;
    return handles_->try_make(address, state);
  }
  /// Gives a slot back, wherever it was made.
  SHOAL_INLINE void drop_slot(detail::handle_slot* slot) noexcept {
    if (barrier_active()) shade_dropped(slot);
    if (__builtin_expect(detail::handle_block::of(slot)->pool.get() != handles_, 0)) {
      detail::handle_pool::drop_remote(slot);
    } else {
      handles_->drop(slot);
    }
  }

 private:
  friend class heap;
  friend class scope_chain;
  friend class detail::tracer;

  // A hole for objects that did not fit into the current one and are too large to give it up for.
  struct hole {
    detail::block* block = nullptr;
    std::uintptr_t start = 0;
    std::uintptr_t cursor = 0;
    std::uintptr_t limit = 0;
  };

  SHOAL_INLINE void allocation_point() noexcept {
#if SHOAL_CHECKS >= 2
    clock_.tick();
    if (until_hook_ != 0 && --until_hook_ == 0) run_hook();
#endif
  }
  [[nodiscard]] static constexpr std::size_t whole(std::size_t bytes) noexcept {
    return (bytes + heap::granule_bytes - 1) & ~(heap::granule_bytes - 1);
  }
  // Precondition: whole granules, and room for them.
  SHOAL_INLINE void* take(std::size_t bytes, std::uint32_t type_index,
                          std::uint32_t word) noexcept {
    void* object = reinterpret_cast<void*>(cursor_);
    if (object == nullptr) __builtin_unreachable();  // there was room
    cursor_ += bytes;
    write_header(object, type_index, word);
    return object;
  }
  SHOAL_INLINE void skip_granule() noexcept {
    write_header(reinterpret_cast<void*>(cursor_), builtin::filler, 1);
    cursor_ += heap::granule_bytes;
  }

  SHOAL_API SHOAL_SLOW void* allocate_slow(std::size_t bytes, std::uint32_t type_index,
                                           std::uint32_t word, bool wide) noexcept;
  SHOAL_API SHOAL_SLOW void run_hook() noexcept;
  SHOAL_API SHOAL_SLOW bool make_pool() noexcept;
  SHOAL_API SHOAL_SLOW void shade_dropped(detail::handle_slot* slot) noexcept;
  void draw_hook() noexcept;
  [[nodiscard]] bool fits(std::size_t bytes, bool wide) const noexcept;
  [[nodiscard]] bool refill(std::size_t bytes, bool wide) noexcept;
  void retire() noexcept;  // gives the rest of the current hole up
  void leave() noexcept;   // gives it to others
  void swap_holes() noexcept;
  // Puts fillers over the holes, so that their blocks can be walked. Stopped-world.
  void fill_holes() noexcept;

  // What compiled code inlines comes first.
  std::uintptr_t cursor_ = 0;
  std::uintptr_t limit_ = 0;  // of the hole
  bool barrier_ = false;
  scope_chain* chain_;
  detail::handle_pool* handles_ = nullptr;  // null until the first handle

  heap& heap_;
  detail::block* block_ = nullptr;  // of the current hole
  std::uintptr_t start_ = 0;
  hole medium_;
  heap::run run_;
  std::uint64_t retired_bytes_ = 0;
  std::uint64_t shaded_ = 0;
  safepoint_clock clock_;
  std::uint64_t until_hook_ = 0;
  std::uint64_t every_ = 0;
  std::uint64_t random_ = 0;
  void (*hook_)(void* self, heap_context& context) = nullptr;
  void* hook_self_ = nullptr;
  scope_chain* chains_ = nullptr;  // all of them
  heap_context* next_ = nullptr;   // of the heap's contexts
  heap_context* previous_ = nullptr;
  bool open_ = true;
  scope_chain own_chain_;
};

}  // namespace shoal
