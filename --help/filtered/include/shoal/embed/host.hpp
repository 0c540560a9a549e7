// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// host: what a runtime implements, as a C++ class; and the hooks that call it.
/// @verbatim
///   struct my_host {
///     void release(shoal::agent&, std::uint64_t word, shoal::released what) noexcept;
///     shoal::resolve_answer resolve_prototype(shoal::agent&, const shoal::resolve_request&)
///     noexcept;
///   };
///   cluster.attach({.role = "main", .hooks = shoal::hooks_of(my)}); @endverbatim
///
/// empty_host.hpp has a complete one to copy. The words of values are the encoding's matter
/// (base/encoding.hpp); metadata memory is the cluster's (metadata_hook).
///
/// Every function runs on the agent's thread, at a safepoint, with no lock of Shoal held, and throws
/// nothing; visit_roots and post_task are the exceptions that agent_hooks names.
///
/// **Thread safety:** a host is thread-bound to its agents, but for those two; hooks_of is reentrant.
/// <br>**Progress:** hooks_of is wait-free; the functions take the time they take (agent_hooks).
/// <br>**Layer:** embed.

#include <concepts>
#include <cstddef>
#include <cstdint>

#include <shoal/agent/agent.hpp>

namespace shoal {

// clang-format off
/** host: what a runtime implements, as a C++ class; and the hooks that call it.<p>empty_host.hpp has a complete one to copy. The words of values are the encoding's matter (base/encoding.hpp); metadata memory is the cluster's (metadata_hook).<p>Every function runs on the agent's thread, at a safepoint, with no lock of Shoal held, and throws nothing; visit_roots and post_task are the exceptions that agent_hooks names. */ template <class H>
concept host = requires(H& it, agent& of, std::uint64_t word, released what,
                        const resolve_request& asked) {
  { it.release(of, word, what) }
  noexcept;
  { it.resolve_prototype(of, asked) } noexcept -> std::same_as<resolve_answer>;
};
// clang-format on

/// What a host may have besides.
template <class H>
concept has_roots = requires(H& it, agent& of, root_visitor& visit) {
  { it.visit_roots(of, visit) }
  noexcept;
};
/** What a host may have besides. */ template <class H>
concept has_tasks = requires(H& it) {
  { it.post_task() }
  noexcept;
};
/** What a host may have besides. */ template <class H>
concept has_words = requires(H& it, agent& of, std::uint64_t word, char* text, std::size_t room) {
  { it.describe(of, word, text, room) }
  noexcept;
};

/// The hooks of a host, which must outlive the agent.
template <host H>
[[nodiscard]] agent_hooks hooks_of(H& it) noexcept {
  agent_hooks hooks;
  hooks.self = &it;
  // One of another signature would never be called.
  static_assert(
      has_roots<H> || !requires { &H::visit_roots; },
      "visit_roots is called as void visit_roots(agent&, root_visitor&) noexcept");
  static_assert(
      has_tasks<H> || !requires { &H::post_task; },
      "post_task is called as void post_task() noexcept");
  static_assert(
      has_words<H> || !requires { &H::describe; },
      "describe is called as void describe(agent&, std::uint64_t word, char* text, "
      "std::size_t room) noexcept");
  hooks.release = [](void* self, agent& of, std::uint64_t word, released what) noexcept {
    static_cast<H*>(self)->release(of, word, what);
  };
  hooks.resolve_prototype = [](void* self, agent& of, const resolve_request& asked) noexcept {
    return static_cast<H*>(self)->resolve_prototype(of, asked);
  };
  if constexpr (has_roots<H>) {
    hooks.visit_roots = [](void* self, agent& of, root_visitor& visit) noexcept {
      static_cast<H*>(self)->visit_roots(of, visit);
    };
  }
  if constexpr (has_tasks<H>) {
    hooks.post_task = [](void* self) noexcept { static_cast<H*>(self)->post_task(); };
  }
  if constexpr (has_words<H>) {
    hooks.describe = [](void* self, agent& of, std::uint64_t word, char* text,
                        std::size_t room) noexcept {
      static_cast<H*>(self)->describe(of, word, text, room);
    };
  }
  return hooks;
}

}  // namespace shoal
