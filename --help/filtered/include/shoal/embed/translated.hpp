// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// translated: `any` fields for an agent whose runtime has other words than its cluster.
///
/// A cluster has one encoding. An agent of another runtime turns words at every load and store,
/// inlined, by a policy of its own; nothing in the shared objects knows.
///
/// **Thread safety, progress:** those of the agent. **Layer:** embed.

#include <concepts>
#include <cstdint>

#include <shoal/agent/agent.hpp>

namespace shoal {

/// The policy: the cluster's encoding, and both ways. A word of the runtime's that has no place in a
/// shared object becomes one that is not shareable there (nan_box::from_local, say), so that the
/// store refuses it.
/// clang-format off
template <class T>
concept word_translation = value_encoding<typename T::shared> && requires(std::uint64_t word) {
  { T::to_shared(word) } noexcept -> std::same_as<std::uint64_t>;
  { T::to_own(word) } noexcept -> std::same_as<std::uint64_t>;
};
// clang-format on

/** translated: `any` fields for an agent whose runtime has other words than its cluster.<p>A cluster has one encoding. An agent of another runtime turns words at every load and store, inlined, by a policy of its own; nothing in the shared objects knows. */ template <word_translation T>
class translated {
 public:
  using value = basic_value<typename T::shared>;

  explicit translated(agent& by) noexcept : agent_(by) {}

  /// The field's value as the runtime's own word.
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE std::uint64_t load(const reference& object, typed_field<value> where,
                                                order_constant<O> o = {}) const noexcept {
    return T::to_own(agent_.load(object, where, o).word());
  }
  /// **Errors:** unshared_value.
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc store(const reference& object, typed_field<value> where,
                                        std::uint64_t own,
                                        order_constant<O> o = {}) const noexcept {
    return agent_.store(object, where, value::of_word(T::to_shared(own)), o);
  }
  /** **Errors:** unshared_value. */ template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc exchange(const reference& object, typed_field<value> where,
                                           std::uint64_t own, std::uint64_t& old,
                                           order_constant<O> o = {}) const noexcept {
    value seen;
    const errc done = agent_.exchange(object, where, value::of_word(T::to_shared(own)), seen, o);
    if (done == errc::ok) old = T::to_own(seen.word());
    return done;
  }
  /// `expected` receives what was read. An expected word that cannot be shared misses. **Errors:**
  /// not_equal, unshared_value.
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc compare_exchange(const reference& object,
                                                   typed_field<value> where,
                                                   std::uint64_t& expected, std::uint64_t desired,
                                                   order_constant<O> o = {}) const noexcept {
    value seen = value::of_word(T::to_shared(expected));
    const errc done =
        agent_.compare_exchange(object, where, seen, value::of_word(T::to_shared(desired)), o);
    if (done == errc::ok || done == errc::not_equal) expected = T::to_own(seen.word());
    return done;
  }

 private:
  agent& agent_;
};

}  // namespace shoal
