// SPDX-License-Identifier: BSL-1.0

#include <new>
#include <utility>

#include <shoal/heap/heap_context.hpp>

namespace shoal::inline SHOAL_ABI {

scope_chain::scope_chain(heap_context& context) noexcept
    : context_(context), next_(context.chains_) {
  if (next_ != nullptr) next_->previous_ = this;
  context.chains_ = this;
}

scope_chain::~scope_chain() {
  SHOAL_ASSERT(context_.chain_ != this || &context_.own_chain_ == this,
               "switch to another chain before this one is destroyed");
  release_chunks();
  if (previous_ != nullptr) {
    previous_->next_ = next_;
  } else if (context_.chains_ == this) {  // else it was abandoned
    context_.chains_ = next_;
  }
  if (next_ != nullptr) next_->previous_ = previous_;
}

std::uint64_t* scope_chain::push_slow(std::uint64_t address) noexcept {
  detail::scope_chunk* next = chunk_ == nullptr ? first_ : chunk_->next;
  if (next == nullptr) {
    const metadata_hook& memory = context_.shared().metadata();
    void* place =
        memory.allocate(memory.self, sizeof(detail::scope_chunk), alignof(detail::scope_chunk));
    if (place == nullptr) return nullptr;
    next = new (place) detail::scope_chunk;
    next->previous = chunk_;
    next->next = nullptr;
    next->base = slots();
    (chunk_ == nullptr ? first_ : chunk_->next) = next;
  }
  chunk_ = next;
  top_ = next->slots;
  end_ = next->slots + detail::scope_chunk::slot_count;
  *top_ = address;
  return top_++;
}

void scope_chain::scribble_from(const scope_mark& mark) noexcept {
  for (detail::scope_chunk* chunk = chunk_; chunk != nullptr; chunk = chunk->previous) {
    const bool last = chunk == mark.chunk_;
    std::uint64_t* const end =
        chunk == chunk_ ? top_ : chunk->slots + detail::scope_chunk::slot_count;
    std::uint64_t* slot = last ? mark.top_ : chunk->slots;
    SHOAL_ASSERT(slot <= end, "a chain is reset to a mark below its top, and scopes end in order");
    while (slot != end) *slot++ = detail::dead_slot;
    if (last) return;
  }
  SHOAL_ASSERT(mark.chunk_ == nullptr, "a chain is reset to a mark below its top");
}

void scope_chain::release_chunks() noexcept {
  const metadata_hook& memory = context_.shared().metadata();
  chunk_ = nullptr;
  top_ = end_ = nullptr;
  while (first_ != nullptr) {
    // Out of the list first: a fork in between leaves one that can still be destroyed.
    detail::scope_chunk* const gone = std::exchange(first_, first_->next);
    memory.release(memory.self, gone, sizeof(detail::scope_chunk), alignof(detail::scope_chunk));
  }
#if SHOAL_CHECKS >= 2
  depth_ = 0;
#endif
}

}  // namespace shoal::inline SHOAL_ABI
