// SPDX-License-Identifier: BSL-1.0
#pragma once

// agent_slot: the memory an agent lives in, one after another; and world, the way to stop them all.
//
// gate | what creation asks before it moves the cursor: one word for all that may stand against it.
// -----|------------------------------------------------------------------------------------
//   0  | forked: this process is the child, and nobody has mended the cluster
//   1  | open: a fresh object is a header and zeros
//   2  | words: create writes the encoding's undefined, which is not 0
//   3  | forbidden: nothing is shared any more
//
// An agent's gate is the word before it, the last of a page that fork wipes: so that it is one load.
//
// Slots are never freed before their cluster, so a late signal to an agent that is gone wakes at
// most a stranger, who looks again.

#include <shoal/agent/agent.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

struct alignas(64) agent_slot {
  explicit agent_slot(agent_slot* others) noexcept : next(others) {}

  // Maps it, behind the page of its gate; null: no memory.
  [[nodiscard]] static agent_slot* try_open(agent_slot* others) noexcept;
  void close() noexcept;

  [[nodiscard]] cell<std::uint32_t>& gate() noexcept {
    return *(reinterpret_cast<cell<std::uint32_t>*>(this) - 1);
  }

  // Wakes the agent from wait_for.
  void wake() noexcept {
    // Release: pairs with agent.signal; what the wake-up is about was written before.
    signal.fetch_add(1, order<"agent.wake">(release));
    signal.wake_all();
  }

  alignas(agent) std::byte place[sizeof(agent)];  // first, as agents find their gate before it
  presence here;
  wait_word signal{0};
  cell<std::uint32_t> interrupted{0};
  // The short identity that is attached, also while its release hooks run; 0: none.
  cell<std::uint32_t> present{0};
  agent_slot* const next;  // the cluster's other slots

  lock inbox;                  // of what follows, up to posted_tasks
  std::uint64_t open_for = 0;  // the identity whose dispatches are taken; 0: nobody's
  void (*post_task)(void* self) noexcept = nullptr;
  void* host = nullptr;
  dispatch_request* first = nullptr;
  dispatch_request* last = nullptr;
  agent_task* first_task = nullptr;  // posted
  agent_task* last_task = nullptr;
  std::size_t posted_tasks = 0;
  dispatch_request* serving = nullptr;  // taken out to be run, the innermost first; the agent's own
  agent_task* tasks = nullptr;          // begun and not over, the oldest first; the agent's own
  agent_task** tasks_end = &tasks;      // likewise
  std::uint64_t tasks_begun = 0;        // likewise

  agent* living = nullptr;                      // under the cluster's agents lock
  bool taken = false;                           // likewise
  const dispatch_request* waits_for = nullptr;  // under the cluster's waits lock; null: it goes on
  bool may_nest = true;                         // likewise
#if SHOAL_CHECKS >= 2
  const void* waits_at = nullptr;                    // likewise
  const cell<std::uint32_t>* waits_owner = nullptr;  // likewise: who holds that
#endif
};

// The world stands still while one of these lives: every agent but `by` is claimed, and none joins
// or goes. `by` may be null: a thread that is no agent. While it is being made agents still attach and
// detach; only one that attaches parked and detaches, again and again, could hold it up.
struct world {
  world(cluster& stopped, agent* by) noexcept;
  ~world();
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  static agent_slot* slots_of(const cluster& of) noexcept;
  template <class Each>
  static void for_each_agent(cluster& of, Each&& each) noexcept {
    for (agent_slot* slot = slots_of(of); slot != nullptr; slot = slot->next) {
      if (slot->living != nullptr) each(*slot->living);
    }
  }
  static trace_statistics trace(cluster& of) noexcept;
#if SHOAL_CHECKS >= 2
  // Under the cluster's waits lock.
  static const agent_slot* whom(cluster& all, const agent_slot& slot) noexcept;
  static void print_ring(cluster& all, const agent_slot& start) noexcept;
#endif

  [[nodiscard]] bool is_by(const agent_slot& slot) const noexcept;

  cluster& cluster_;
  agent* by_;
};

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
