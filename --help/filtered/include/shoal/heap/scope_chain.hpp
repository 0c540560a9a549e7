// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// scope_chain: the LIFO of slots by which running code holds shared objects.
///
/// Belongs to an execution context: a thread's native stack, a coroutine, a fibre, a Wasm stack. A
/// heap context has one of its own and may have more (heap_context::switch_chain); all of them are
/// roots. Users hold slots through scope and local (scope.hpp); a host that unwinds by longjmp takes
/// a mark before and resets to it after.
///
/// Slots come in chunks of metadata memory. A chunk that is left is kept for the next push.
///
/// **Thread safety:** thread-bound to the agent of its heap context.
/// <br>**Progress:** wait-free; a push at a chunk's end may ask for metadata.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/shared_heap.hpp>

namespace shoal {

namespace detail {

struct scope_chunk {
  static constexpr std::size_t slot_count = 125;

  scope_chunk* previous;
  scope_chunk* next;
  std::uint64_t base;  // slots in the chunks before
  std::uint64_t slots[slot_count];
};
static_assert(sizeof(scope_chunk) == 1024);

// What checks=full leaves in a slot that a reset has given back.
inline constexpr std::uint64_t dead_slot = 0xdbdb'dbdb'dbdb'dbdb;

}  // namespace detail

/// A height of a chain. Valid until the chain is reset below it.
class scope_mark {
 private:
  friend class scope_chain;
  detail::scope_chunk* chunk_ = nullptr;
  std::uint64_t* top_ = nullptr;
#if SHOAL_CHECKS >= 2
  std::uint32_t depth_ = 0;
#endif
};

/** scope_chain: the LIFO of slots by which running code holds shared objects.<p>Belongs to an execution context: a thread's native stack, a coroutine, a fibre, a Wasm stack. A heap context has one of its own and may have more (heap_context::switch_chain); all of them are roots. Users hold slots through scope and local (scope.hpp); a host that unwinds by longjmp takes a mark before and resets to it after.<p>Slots come in chunks of metadata memory. A chunk that is left is kept for the next push. */ class scope_chain {
 public:
  /// Empty; a root of `context` from now on.
  SHOAL_API explicit scope_chain(heap_context& context) noexcept;
  /// **Precondition:** not the current chain of its context.
  SHOAL_API ~scope_chain();
  /** **Precondition:** not the current chain of its context. */ scope_chain(const scope_chain&) = delete;
  /** **Precondition:** not the current chain of its context. */ scope_chain& operator=(const scope_chain&) = delete;

  /// The context that it is a root of.
  [[nodiscard]] heap_context& context() const noexcept { return context_; }

  /// A slot that holds the object at `address` (0: none), or null when there is no memory for it.
  [[nodiscard]] SHOAL_INLINE std::uint64_t* try_push(std::uint64_t address) noexcept {
    if (__builtin_expect(top_ == end_, 0)) return push_slow(address);
    *top_ = address;
    return top_++;
  }

  /// How high it is now, for reset_to.
  [[nodiscard]] SHOAL_INLINE scope_mark mark() const noexcept {
    scope_mark here;
    here.chunk_ = chunk_;
    here.top_ = top_;
#if SHOAL_CHECKS >= 2
    here.depth_ = depth_;
#endif
    return here;
  }

  /// Gives back every slot pushed since. Destructors of scopes that began since need not run.
  SHOAL_INLINE void reset_to(const scope_mark& mark) noexcept {
#if SHOAL_CHECKS >= 2
    scribble_from(mark);
    depth_ = mark.depth_;
#endif
    top_ = mark.top_;
    if (__builtin_expect(chunk_ != mark.chunk_, 0)) {
      // A mark from before the first chunk: that one stays, so that the next push is a fast one.
      chunk_ = mark.chunk_ == nullptr ? first_ : mark.chunk_;
      if (mark.chunk_ == nullptr) top_ = chunk_->slots;
      end_ = chunk_->slots + detail::scope_chunk::slot_count;
    }
  }

  /// Slots in use.
  [[nodiscard]] std::size_t slots() const noexcept {
    return chunk_ == nullptr ? 0
                             : static_cast<std::size_t>(chunk_->base) +
                                   static_cast<std::size_t>(top_ - chunk_->slots);
  }

 private:
  friend class heap_context;
  friend class scope;
  friend class detail::tracer;

  SHOAL_API SHOAL_SLOW std::uint64_t* push_slow(std::uint64_t address) noexcept;
  SHOAL_API void scribble_from(const scope_mark& mark) noexcept;
  void release_chunks() noexcept;

  std::uint64_t* top_ = nullptr;  // the next free slot
  std::uint64_t* end_ = nullptr;  // of the current chunk
  detail::scope_chunk* chunk_ = nullptr;
  detail::scope_chunk* first_ = nullptr;
  heap_context& context_;
  scope_chain* next_ = nullptr;  // the context's chains
  scope_chain* previous_ = nullptr;
#if SHOAL_CHECKS >= 2
  std::uint32_t depth_ = 0;  // scopes that are open
#endif
};

}  // namespace shoal
