// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// What the floor above keeps in a cluster, and how it puts agents to sleep and wakes them.
///
/// **Thread safety:** waker::wake is thread-safe; the functions of an extension are called as they say.
/// <br>**Progress:** wake is wait-free, and calls the kernel.
/// <br>**Layer:** agent.

#include <shoal/agent/presence.hpp>

namespace shoal {

class agent;

namespace detail {
struct agent_slot;
}  // namespace detail

/// Wakes an agent from agent::sleep. A plain value; good until the cluster goes, also when the agent
/// has: it then wakes at most a stranger, who looks again.
class waker {
 public:
  /// Of nobody.
  constexpr waker() noexcept = default;

  /// **Precondition:** of an agent.
  SHOAL_API void wake() const noexcept;

 private:
  friend class agent;
  explicit constexpr waker(detail::agent_slot* of) noexcept : slot_(of) {}
  detail::agent_slot* slot_ = nullptr;
};

/// One for each cluster, at most; see cluster::extend. Each function is given its extension.
struct cluster_extension {
  /// On an agent's thread, in its detach, when its release hooks have run and is_attached says no.
  void (*left)(cluster_extension& self, agent& leaving) noexcept = nullptr;
  /// In the child of a fork, while it is mended: of all threads this one is left.
  void (*forked)(cluster_extension& self) noexcept = nullptr;
  /// The cluster goes.
  void (*close)(cluster_extension& self) noexcept = nullptr;
};

}  // namespace shoal
