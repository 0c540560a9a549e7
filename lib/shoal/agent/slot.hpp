// SPDX-License-Identifier: BSL-1.0
#pragma once

// agent_slot: the memory an agent lives in, one after another; and world, the way to stop them all.
//
// Slots are never freed before their cluster, so a late signal to an agent that is gone wakes at
// most a stranger, who looks again.

#include <shoal/agent/agent.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

struct alignas(64) agent_slot {
  explicit agent_slot(agent_slot* others) noexcept : next(others) {}

  // Wakes the agent from wait_for.
  void wake() noexcept {
    // Release: pairs with agent.signal; what the wake-up is about was written before.
    signal.fetch_add(1, order<"agent.wake">(release));
    signal.wake_all();
  }

  presence here;
  wait_word signal{0};
  cell<std::uint32_t> interrupted{0};
  agent_slot* const next;  // the cluster's other slots

  lock inbox;                  // of what follows, up to last
  std::uint64_t open_for = 0;  // the identity whose dispatches are taken; 0: nobody's
  void (*post_task)(void* self) noexcept = nullptr;
  void* host = nullptr;
  dispatch_request* first = nullptr;
  dispatch_request* last = nullptr;

  agent* living = nullptr;      // under the cluster's world lock
  bool taken = false;           // likewise
  std::uint64_t waits_for = 0;  // identity; under the cluster's waits lock
  bool may_nest = true;         // likewise
  alignas(agent) std::byte place[sizeof(agent)];
};

// The world stands still while one of these lives: every agent but `by` is claimed, and none joins
// or goes. `by` may be null: a thread that is no agent.
struct world {
  world(cluster& stopped, agent* by) noexcept;
  ~world();
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  static agent_slot* slots_of(cluster& of) noexcept;
  template <class Each>
  static void for_each_agent(cluster& of, Each&& each) noexcept {
    for (agent_slot* slot = slots_of(of); slot != nullptr; slot = slot->next) {
      if (slot->living != nullptr) each(*slot->living);
    }
  }
  static trace_statistics trace(cluster& of) noexcept;

  cluster& cluster_;
  agent* by_;
};

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
