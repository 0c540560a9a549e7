// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// agent_hooks: what an agent asks of its runtime. All of it is optional.
///
/// Hooks run on the agent's thread, at a safepoint, with no lock of Shoal held, and never unwind
/// through Shoal. Two exceptions are named below.
///
/// **Thread safety:** thread-bound to the agent, but for the two exceptions.
/// <br>**Progress:** a hook takes the time it takes; who stops the world waits for it, unless its agent is
/// parked or in a blocked region.
/// <br>**Layer:** agent.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/heap.hpp>
#include <shoal/local/local.hpp>

namespace shoal {

class agent;

/** agent_hooks: what an agent asks of its runtime. All of it is optional.<p>Hooks run on the agent's thread, at a safepoint, with no lock of Shoal held, and never unwind through Shoal. Two exceptions are named below. */ struct agent_hooks {
  void* self = nullptr;

  /// Shoal lets go of a word it was handed: a prototype, an agent-local, a binding, a thread-bound
  /// target. Once per word handed over. A prototype of a shared realm may still be in use by another
  /// of its agents: see local_hooks.
  void (*release)(void* self, agent&, std::uint64_t word, released what) noexcept = nullptr;

  /// First sight of a type. Null: unbound stays unbound.
  resolve_answer (*resolve_prototype)(void* self, agent&,
                                      const resolve_request&) noexcept = nullptr;

  /// Shared objects that the runtime holds by other means than scopes and handles. Exception: of a
  /// parked agent it runs on the collector's thread, and may not touch the runtime's heap.
  void (*visit_roots)(void* self, agent&, root_visitor&) noexcept = nullptr;

  /// "There is work for you": call agent::serve on the agent's thread when you can. Exception: it
  /// runs on the thread that posts, with the agent's inbox locked: it wakes the agent's own loop,
  /// and calls nothing of Shoal.
  void (*post_task)(void* self) noexcept = nullptr;

  /// A few words for a value that may not be shared ("a function"), for error messages. Writes at
  /// most `room` bytes with the final 0.
  void (*describe)(void* self, agent&, std::uint64_t word, char* text,
                   std::size_t room) noexcept = nullptr;
};

}  // namespace shoal
