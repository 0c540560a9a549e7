// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// handle and weak_handle: how unshared code holds a shared object for as long as it likes.
///
/// A handle is a root wherever it is kept: in a host's object, on the C heap, in another thread. It
/// is made by an agent and may be read and dropped by any; a thread that is none may drop it too. An
/// agent that drops its own handle should say drop_from(context): that is the fast path. The agent
/// that made it may be gone; the heap may not.
///
/// **Thread safety:** reentrant; get() may be called by several agents at once.
/// <br>**Progress:** wait-free for make, get and drop_from on the owner, but for a block's end; lock-free
/// elsewhere, and blocking for the drop of an orphan.
/// <br>**Layer:** heap.

#include <cstdint>
#include <utility>

#include <shoal/heap/heap_context.hpp>

namespace shoal {

namespace detail {

// The life of a slot, for both kinds.
class slot_holder {
 public:
  constexpr slot_holder() noexcept = default;
  slot_holder(slot_holder&& from) noexcept : slot_(std::exchange(from.slot_, nullptr)) {}
  slot_holder& operator=(slot_holder&& from) noexcept {
    if (this != &from) {
      reset();
      slot_ = std::exchange(from.slot_, nullptr);
    }
    return *this;
  }
  ~slot_holder() { reset(); }

  // Whether there is a slot: false for an empty handle, and where there was no memory for one.
  explicit operator bool() const noexcept { return slot_ != nullptr; }

  // Lets go, from any thread.
  void reset() noexcept {
    if (slot_ != nullptr) handle_pool::drop_remote(std::exchange(slot_, nullptr));
  }
  // Lets go, on an agent. Fast where the handle was made on it.
  SHOAL_INLINE void drop_from(heap_context& context) noexcept {
    if (slot_ != nullptr) context.drop_slot(std::exchange(slot_, nullptr));
  }

  // For the C interface: the handle as one word, which must come back by the kind's adopt().
  [[nodiscard]] void* release() noexcept { return std::exchange(slot_, nullptr); }

 protected:
  explicit slot_holder(handle_slot* slot) noexcept : slot_(slot) {}

  // Precondition: a slot of that state, if any.
  template <slot_state State>
  [[nodiscard]] SHOAL_INLINE reference read(const heap_context& user) const noexcept {
    if (slot_ == nullptr) return {};
    // Relaxed: whoever has the handle was handed it after handle.make, and so after all that its
    // maker knew of the object.
    const std::uint64_t word = slot_->word.load(order<"handle.get">(relaxed));
    const std::uint64_t address = word - static_cast<std::uint64_t>(State);
    return reference(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)), user.clock());
  }

 private:
  handle_slot* slot_ = nullptr;
};

}  // namespace detail

/** handle and weak_handle: how unshared code holds a shared object for as long as it likes.<p>A handle is a root wherever it is kept: in a host's object, on the C heap, in another thread. It is made by an agent and may be read and dropped by any; a thread that is none may drop it too. An agent that drops its own handle should say drop_from(context): that is the fast path. The agent that made it may be gone; the heap may not. */ class [[nodiscard]] handle : public detail::slot_holder {
 public:
  constexpr handle() noexcept = default;
  /// Empty where there is no memory for the slot; the object is as valid as it was.
  [[nodiscard]] SHOAL_INLINE handle(heap_context& context, const reference& object) noexcept
      : slot_holder(context.try_make_slot(object.bits(), detail::slot_state::strong)) {}
  /** Empty where there is no memory for the slot; the object is as valid as it was. */ handle(handle&&) noexcept = default;
  /** Empty where there is no memory for the slot; the object is as valid as it was. */ handle& operator=(handle&&) noexcept = default;

  /// The object; null for an empty handle. `user` is the agent that asks.
  [[nodiscard]] SHOAL_INLINE reference get(const heap_context& user) const noexcept {
    return read<detail::slot_state::strong>(user);
  }

  /// What release() has answered, once.
  [[nodiscard]] static handle adopt(void* released) noexcept {
    return handle(static_cast<detail::handle_slot*>(released));
  }

 private:
  explicit handle(detail::handle_slot* slot) noexcept : slot_holder(slot) {}
};

/// Does not keep its object alive.
class [[nodiscard]] weak_handle : public detail::slot_holder {
 public:
  constexpr weak_handle() noexcept = default;
  [[nodiscard]] SHOAL_INLINE weak_handle(heap_context& context, const reference& object) noexcept
      : slot_holder(context.try_make_slot(object.bits(), detail::slot_state::weak)) {}
  weak_handle(weak_handle&&) noexcept = default;
  weak_handle& operator=(weak_handle&&) noexcept = default;

  /// The object, or null once it has been found dead. With a collector, a get while it marks shades.
  [[nodiscard]] SHOAL_INLINE reference get(heap_context& user) const noexcept {
    const reference object = read<detail::slot_state::weak>(user);
    if (user.barrier_active()) user.shade(object.bits());
    return object;
  }

  /// What release() has answered, once.
  [[nodiscard]] static weak_handle adopt(void* released) noexcept {
    return weak_handle(static_cast<detail::handle_slot*>(released));
  }

 private:
  explicit weak_handle(detail::handle_slot* slot) noexcept : slot_holder(slot) {}
};

}  // namespace shoal
