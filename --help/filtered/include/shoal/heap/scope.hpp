// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// scope and local: how running code holds shared objects across safepoints.
///
/// A raw reference is valid until the agent's next safepoint; a local keeps its object until its
/// scope ends. Locals may be passed down, and stay live in blocked regions. To pass an object up,
/// take the local in the outer scope first and set it inside the inner one:
/// @verbatim
///   local answer = outer.hold(nullptr);
///   { scope inner(context); ...; answer.set(found); } @endverbatim
///
/// For longer than a scope: handle.hpp.
///
/// **Thread safety:** thread-bound.
/// <br>**Progress:** wait-free; hold may ask for metadata.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/heap_context.hpp>

namespace shoal {

/// A scope's slot, which stands for the object in it. A copy is the same slot. Null: out of memory.
class local {
 public:
  constexpr local() noexcept = default;

  /// Whether there is a slot. What it holds may still be null.
  explicit operator bool() const noexcept { return slot_ != nullptr; }

  /// The object; null for a null local. Valid until the next safepoint, like every raw reference.
  [[nodiscard]] SHOAL_INLINE reference get() const noexcept {
    if (slot_ == nullptr) return {};
#if SHOAL_CHECKS >= 2
    SHOAL_ASSERT_FULL(*slot_ != detail::dead_slot, "a local was used after its scope had ended");
    return reference(pointer(), *clock_);
#else
    return reference(pointer());
#endif
  }
  // NOLINTNEXTLINE(google-explicit-constructor): a local stands for its object
  /** The object; null for a null local. Valid until the next safepoint, like every raw reference. */ SHOAL_INLINE operator reference() const noexcept { return get(); }

  /// Holds another object from now on. **Precondition:** not a null local.
  SHOAL_INLINE void set(const reference& object) noexcept {
    SHOAL_ASSERT(slot_ != nullptr, "look whether there was memory for the local first");
    *slot_ = object.bits();
  }

 private:
  friend class scope;
#if SHOAL_CHECKS >= 2
  local(std::uint64_t* slot, const safepoint_clock& clock) noexcept : slot_(slot), clock_(&clock) {}
#else
  local(std::uint64_t* slot, const safepoint_clock&) noexcept : slot_(slot) {}
#endif
  [[nodiscard]] void* pointer() const noexcept {
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(*slot_));
  }

  std::uint64_t* slot_ = nullptr;
#if SHOAL_CHECKS >= 2
  const safepoint_clock* clock_ = nullptr;
#endif
};

/** scope and local: how running code holds shared objects across safepoints.<p>A raw reference is valid until the agent's next safepoint; a local keeps its object until its scope ends. Locals may be passed down, and stay live in blocked regions. To pass an object up, take the local in the outer scope first and set it inside the inner one:<p>For longer than a scope: handle.hpp. */ class [[nodiscard]] scope {
 public:
  /// Begins on the context's current chain.
  [[nodiscard]] explicit scope(heap_context& context) noexcept
      : chain_(context.chain()), start_(chain_.mark()) {
#if SHOAL_CHECKS >= 2
    depth_ = ++chain_.depth_;
#endif
  }
  /// Gives its slots back. Scopes end in the reverse order of their beginning; a longjmp may skip
  /// some, if the chain is then reset to a mark.
  ~scope() { chain_.reset_to(start_); }
  /** Gives its slots back. Scopes end in the reverse order of their beginning; a longjmp may skip some, if the chain is then reset to a mark. */ scope(const scope&) = delete;
  /** Gives its slots back. Scopes end in the reverse order of their beginning; a longjmp may skip some, if the chain is then reset to a mark. */ scope& operator=(const scope&) = delete;
  static void* operator new(std::size_t) = delete;  ///< the heap knows no reverse order

  /// A local that holds the object. Null: no memory for the slot; the object is as valid as it was.
  /// <br>**Precondition:** the innermost scope of its chain.
  [[nodiscard]] SHOAL_INLINE local hold(const reference& object) noexcept {
#if SHOAL_CHECKS >= 2
    SHOAL_ASSERT_FULL(depth_ == chain_.depth_, "a local is taken in the innermost scope");
#endif
    return local(chain_.try_push(object.bits()), chain_.context().clock());
  }

  /// The context whose chain it uses.
  [[nodiscard]] heap_context& context() const noexcept { return chain_.context(); }

 private:
  scope_chain& chain_;
  const scope_mark start_;
#if SHOAL_CHECKS >= 2
  std::uint32_t depth_;
#endif
};

}  // namespace shoal
