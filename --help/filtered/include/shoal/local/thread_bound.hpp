// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Thread-bound handles: a shared object whose target, a word of its owner's, only the owner sees.
///
/// Where its words are: bound_body.hpp.
///
/// **Thread safety:** owner and policy are thread-safe; the target is thread-bound.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** local.
/// <br>**Follows:** Wasm shared-everything-threads (thread-bound data), Dart's ShareableBox.

#include <cstdint>

#include <shoal/local/local_context.hpp>

namespace shoal {

/// What an agent that is not the owner gets.
enum class bound_policy : std::uint32_t {
  error,     ///< errc::wrong_agent
  null,      ///< nothing, and no error
  dispatch,  ///< errc::wrong_agent here; agents offer to post a call to the owner
};

/// By its header. **Precondition:** a shared object.
[[nodiscard]] inline bool is_thread_bound(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::thread_bound;
}

/// **Precondition of all below:** the object is a thread-bound handle.
[[nodiscard]] inline bound_policy policy_of(const void* object) noexcept {
  return static_cast<bound_policy>(header_of(object).word.get());
}
/** **Precondition of all below:** the object is a thread-bound handle. */ [[nodiscard]] SHOAL_INLINE std::uint64_t bound_owner(const void* object) noexcept {
  return static_cast<const detail::thread_bound_body*>(object)->owner.get();
}

/// Fills in a fresh handle behind its header; `entry` is from own_bound.
inline void write_thread_bound(void* memory, const local_context& owner, std::uint64_t target,
                               std::uint32_t entry) noexcept {
  auto& body = detail::bound_body(memory);
  body.owner.set(owner.identity());
  body.target.set(target);
  body.entry.set(entry);
}

/// The target, on its owner. Elsewhere: wrong_agent, or, by policy, ok and a target of 0; on the
/// owner after a release: owner_gone.
[[nodiscard]] SHOAL_INLINE errc bound_get(const local_context& context, const void* object,
                                          std::uint64_t& target) noexcept {
  const auto& body = *static_cast<const detail::thread_bound_body*>(object);
  if (body.owner.get() == context.identity()) [[likely]] {
    target = body.target.get();
    if (target != 0) [[likely]]
      return errc::ok;
    return body.entry.get() == detail::thread_bound_body::no_entry ? errc::owner_gone : errc::ok;
  }
  target = 0;
  return policy_of(object) == bound_policy::null ? errc::ok : errc::wrong_agent;
}

/// Lets go of the target, once: the owner's release hook gets it. **Errors:** wrong_agent, owner_gone
/// (released before).
[[nodiscard]] inline errc bound_release(local_context& context, void* object) noexcept {
  auto& body = detail::bound_body(object);
  if (body.owner.get() != context.identity()) return errc::wrong_agent;
  const std::uint32_t entry = body.entry.get();
  if (!context.owns_bound(entry, object)) return errc::owner_gone;
  body.forget();
  context.release(context.disown_bound(entry), released::thread_bound);
  return errc::ok;
}

}  // namespace shoal
