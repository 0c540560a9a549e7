// SPDX-License-Identifier: BSL-1.0

#include <utility>

#include <shoal/heap/heap_context.hpp>

#include "space.hpp"

namespace shoal::inline SHOAL_ABI {

heap_context::heap_context(heap& shared) noexcept
    : chain_(&own_chain_), heap_(shared), own_chain_(*this) {
  heap_.add(*this);
}

void heap_context::close() noexcept {
  if (!open_) return;
  SHOAL_ASSERT(chains_ == &own_chain_ && own_chain_.next_ == nullptr,
               "destroy the scope chains of a context before it closes");
  SHOAL_ASSERT(own_chain_.slots() == 0, "end every scope before its context closes");
#if SHOAL_CHECKS >= 2
  SHOAL_ASSERT_FULL(own_chain_.depth_ == 0, "end every scope before its context closes");
#endif
  own_chain_.reset_to(scope_mark{});
  own_chain_.release_chunks();
  if (handles_ != nullptr) std::exchange(handles_, nullptr)->close();
  leave();
  swap_holes();
  leave();
  heap_.leave_run(run_);
  heap_.remove(*this);
}

void heap_context::abandon() noexcept {
  while (chains_ != nullptr) {
    scope_chain& gone = *chains_;
    chains_ = gone.next_;
    gone.next_ = gone.previous_ = nullptr;
    gone.release_chunks();  // no reset: its thread may have been in the middle of a change
  }
  chains_ = chain_ = &own_chain_;
  if (handles_ != nullptr) handles_->mend();
  block_ = nullptr;
  start_ = cursor_ = limit_ = 0;
  medium_ = {};
  run_ = {};
  heap_.torn_ = true;
}

bool heap_context::fits(std::size_t bytes, bool wide) const noexcept {
  const std::size_t pad = wide ? cursor_ & heap::granule_bytes : 0;
  const std::size_t room = limit_ - cursor_;
  return room >= pad && bytes <= room - pad;
}

void* heap_context::allocate_slow(std::size_t bytes, std::uint32_t type_index, std::uint32_t word,
                                  bool wide) noexcept {
  SHOAL_ASSERT(open_, "a closed context allocates nothing");
  if (bytes > heap::large_bytes) {
    void* object = heap_.allocate_large(bytes);
    if (object == nullptr) return nullptr;
    retired_bytes_ += whole(bytes);
    write_header(object, type_index, word);
    return object;
  }
  // A medium object does not cost smaller ones a hole that has room for many of them.
  const bool beside = limit_ - cursor_ >= detail::kept_bytes && !fits(bytes, wide);
  if (beside) swap_holes();
  void* object = nullptr;
  if (fits(bytes, wide) || refill(bytes, wide)) {
    if (wide && (cursor_ & heap::granule_bytes) != 0) skip_granule();
    object = take(whole(bytes), type_index, word);
  }
  if (beside) swap_holes();
  return object;
}

bool heap_context::refill(std::size_t bytes, bool wide) noexcept {
  do {
    detail::block* next = heap_.take_block(run_);
    if (next == nullptr) return false;  // the current hole stays, for smaller objects
    retire();
    block_ = next;
    start_ = reinterpret_cast<std::uintptr_t>(detail::slab::start_of(next)) + next->hole.get();
    cursor_ = start_;
    limit_ = start_ - next->hole.get() + heap::block_bytes;
  } while (!fits(bytes, wide));  // the hole of a block that somebody left may be short
  return true;
}

void heap_context::retire() noexcept {
  if (cursor_ != limit_) detail::write_filler(reinterpret_cast<void*>(cursor_), limit_ - cursor_);
  retired_bytes_ += cursor_ - start_;
  block_ = nullptr;
  start_ = cursor_ = limit_ = 0;
}

void heap_context::leave() noexcept {
  detail::block* left = block_;
  const std::uintptr_t rest = cursor_;
  const bool worth = limit_ - cursor_ >= detail::kept_bytes;
  retire();
  if (!worth) return;
  left->hole.set(static_cast<std::uint32_t>(
      rest - reinterpret_cast<std::uintptr_t>(detail::slab::start_of(left))));
  heap_.leave_block(left);
}

void heap_context::swap_holes() noexcept {
  std::swap(block_, medium_.block);
  std::swap(start_, medium_.start);
  std::swap(cursor_, medium_.cursor);
  std::swap(limit_, medium_.limit);
}

void heap_context::fill_holes() noexcept {
  for (int i = 0; i < 2; ++i) {
    // The next object's header goes over the filler's.
    if (cursor_ != limit_) {
      detail::write_filler(reinterpret_cast<void*>(cursor_), limit_ - cursor_);
    }
    swap_holes();
  }
}

void heap_context::shade(std::uint64_t address) noexcept {
  SHOAL_ASSERT_FULL(address == 0 || heap_.is_live_object(reinterpret_cast<const void*>(
                                        static_cast<std::uintptr_t>(address))),
                    "what is shaded is an object");
  if (address != 0) ++shaded_;
}

void heap_context::shade_dropped(detail::handle_slot* slot) noexcept {
  // Relaxed: the slot is the caller's to drop, and shading reads nothing of the object.
  shade(detail::handle_slot::address_of(slot->word.load(order<"handle.shade">(relaxed))));
}

void heap_context::set_allocation_hook(void (*hook)(void* self, heap_context& context), void* self,
                                       std::uint64_t every_n, std::uint64_t seed) noexcept {
  hook_ = hook;
  hook_self_ = self;
  every_ = hook == nullptr ? 0 : every_n;
  random_ = seed;
  draw_hook();
}

void heap_context::draw_hook() noexcept {
  until_hook_ = every_;
  if (every_ == 0 || random_ == 0) return;
  // xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  until_hook_ = 1 + random_ % (2 * every_);
}

void heap_context::run_hook() noexcept {
  hook_(hook_self_, *this);
  draw_hook();
}

bool heap_context::make_pool() noexcept {
  SHOAL_ASSERT(open_, "a closed context makes no handles");
  handles_ = try_make<detail::handle_pool>(heap_.metadata(), heap_);
  return handles_ != nullptr;
}

std::size_t heap_context::live_handles() const noexcept {
  return handles_ == nullptr ? 0 : handles_->live();
}

std::size_t heap_context::scope_slots() const noexcept {
  std::size_t slots = 0;
  for (const scope_chain* chain = chains_; chain != nullptr; chain = chain->next_) {
    slots += chain->slots();
  }
  return slots;
}

std::uint64_t heap_context::bytes_allocated() const noexcept {
  return retired_bytes_ + (cursor_ - start_) + (medium_.cursor - medium_.start);
}

}  // namespace shoal::inline SHOAL_ABI
