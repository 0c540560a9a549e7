// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the floor above keeps in a cluster, how it puts agents to sleep and wakes them, and what it has
// them run.
//
// Thread safety: waker is thread-safe; the functions of a task and of an extension are called as they
//   say.
// Progress: wake is wait-free, and calls the kernel; post takes the lock of an inbox, and runs a hook.
// Layer: agent.

#include <shoal/agent/presence.hpp>

namespace shoal::inline SHOAL_ABI {

class agent;

namespace detail {
struct agent_slot;
}  // namespace detail

// What goes on without a thread that waits for it, and ends on its agent's: in agent::serve, or as the
// agent detaches. Kept by who begins it until then.
//
// state       | who changes it
// ------------|------------------------------------------------------------------------------------
//  begun      | the agent (agent::begin) -> posted, by whoever ends what it waits for
//             | the agent -> over, in expire, cancel or abandon
//  posted     | the agent, in serve: -> begun, and runs it
//  over       | the agent (agent::finish)
struct agent_task {
  // Each is given its task, on the agent's thread. expire and cancel end it, unless it is about to be
  // posted, or is: then they answer false.
  struct calls {
    void (*run)(agent_task& self, agent& by) noexcept;     // it was posted
    bool (*expire)(agent_task& self, agent& by) noexcept;  // its time is over
    bool (*cancel)(agent_task& self, agent& by) noexcept;  // its agent leaves
    // In the child of a fork, for an agent that is gone: frees it.
    void (*abandon)(agent_task& self) noexcept;
  };

  explicit agent_task(const calls& how) noexcept : does(&how) {}

  // The agent's own.
  const calls* does;
  deadline until = deadline::never();  // when it expires
  agent_task* later = nullptr;         // of the agent, the next one begun
  agent_task** link = nullptr;         // where it hangs; null: over
  std::uint64_t number = 0;            // of the agent, in the order in which they were begun

  // Under the lock of the inbox.
  agent_task* next = nullptr;
  bool is_posted = false;
};

// Wakes an agent from agent::sleep. A plain value; good until the cluster goes, also when the agent
// has: it then wakes at most a stranger, who looks again.
class waker {
 public:
  // Of nobody.
  constexpr waker() noexcept = default;

  // Precondition: of an agent.
  SHOAL_API void wake() const noexcept;
  // Has the agent run a task that it has begun, and wakes it. Precondition: not posted yet; so the agent
  // is there.
  SHOAL_API void post(agent_task& what) const noexcept;

 private:
  friend class agent;
  explicit constexpr waker(detail::agent_slot* of) noexcept : slot_(of) {}
  detail::agent_slot* slot_ = nullptr;
};

// One for each cluster, at most; see cluster::extend. Each function is given its extension.
struct cluster_extension {
  // On an agent's thread, in its detach, when its release hooks have run and is_attached says no.
  void (*left)(cluster_extension& self, agent& leaving) noexcept = nullptr;
  // In the child of a fork, while it is mended: of all threads this one is left, and that agent, which
  // may be null.
  void (*forked)(cluster_extension& self, agent* survivor) noexcept = nullptr;
  // The cluster goes.
  void (*close)(cluster_extension& self) noexcept = nullptr;
};

}  // namespace shoal::inline SHOAL_ABI
