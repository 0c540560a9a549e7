// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// empty_host: a complete host that does nothing. Copy it, and fill it in from the top.
///
/// **Thread safety, progress:** as it is here, reentrant and wait-free. What is filled in keeps to
/// agent_hooks: post_task comes from other threads, visit_roots may.
/// <br>**Layer:** embed.

#include <cstdio>

#include <shoal/embed/host.hpp>

namespace shoal {

/** empty_host: a complete host that does nothing. Copy it, and fill it in from the top. */ struct empty_host {
  /// Let go of a word that was handed to Shoal: unroot a prototype, close a target.
  void release(agent&, std::uint64_t /*word*/, released /*what*/) noexcept {}

  /// First sight of a type on this agent: load the module that asked.behaviour names and answer
  /// resolve_answer::bind(word); or refuse, pending, or no prototype, as here.
  resolve_answer resolve_prototype(agent&, const resolve_request& /*asked*/) noexcept {
    return resolve_answer::no_prototype();
  }

  /// Shared objects that this runtime holds by other means than scopes and handles.
  void visit_roots(agent&, root_visitor&) noexcept {}

  /// Another thread has posted work: make the agent's loop call agent::serve.
  void post_task() noexcept {}

  /// A few words for a value that may not be shared, for error messages.
  void describe(agent&, std::uint64_t /*word*/, char* text, std::size_t room) noexcept {
    std::snprintf(text, room, "a value of this agent's");
  }
};
static_assert(host<empty_host> && has_roots<empty_host> && has_tasks<empty_host> &&
              has_words<empty_host>);

}  // namespace shoal
