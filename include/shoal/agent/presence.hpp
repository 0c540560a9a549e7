// SPDX-License-Identifier: BSL-1.0
#pragma once

// presence: whether an agent is in the cluster's world right now, and how others ask it to answer.
//
// bits             | state          | who may change it, and how
// -----------------|----------------|-------------------------------------------------------
//  0               | parked         | the agent: enter -> entered. Another: claim -> claimed
//  entered         | entered        | the agent: leave -> parked. Another: claim -> both bits
//  entered, asked  | asked          | the agent, at its next safepoint: leave -> claimed
//  asked           | claimed        | the claimer: unclaim -> parked. The agent's enter sleeps; its
//                  |                | detach: take_back -> both bits, under the cluster's agents lock
//
// An agent that is entered answers at its next safepoint, by leaving and entering again; by leaving
// it hands itself over, so the claimer needs no luck to find it parked. One that is parked is
// claimed and served without running. Nobody waits for an agent that sleeps.
//
// Thread safety: enter, leave and poll are thread-bound to the agent; the rest is thread-safe.
// Progress: poll is wait-free; enter and leave are wait-free while nobody claims, else blocking.
// Layer: agent.

#include <pthread.h>

#include <cstdint>

#include <shoal/heap/heap.hpp>
#include <shoal/local/local.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

class presence {
 public:
  SHOAL_INLINE void enter() noexcept {
    if (!try_enter()) [[unlikely]]
      enter_slow();
  }
  // False: it is claimed; enter_slow waits.
  [[nodiscard]] SHOAL_INLINE bool try_enter() noexcept {
    std::uint32_t seen = parked;
    // Success acquire: pairs with presence.unclaim; what the claimer changed is seen. And
    // pairs with presence.leave; what this agent wrote on another thread is seen, though who moved it
    // has ordered that too.
    // Failure relaxed: presence.reenter looks again.
    if (!state_.compare_exchange(seen, entered, order<"presence.enter">(acquire),
                                 order<"presence.enter_missed">(relaxed))) [[unlikely]] {
      return false;
    }
    note_thread(true);
    return true;
  }

  SHOAL_INLINE void leave() noexcept {
    SHOAL_ASSERT_FULL(is_entered(), "an agent leaves what it has entered");
    note_thread(false);
    // Release: pairs with presence.claim, presence.claimed and presence.still; what this agent wrote
    // is seen by who serves it. And pairs with presence.enter; what this agent wrote is seen by its next
    // thread.
    const std::uint32_t was = state_.fetch_sub(entered, order<"presence.leave">(release));
    if (was != entered) [[unlikely]]
      state_.wake_all();
  }

  // A safepoint: true where somebody asks this agent to answer.
  [[nodiscard]] SHOAL_INLINE bool is_asked() const noexcept {
    // Relaxed: answering is leave and enter, which are ordered.
    return (state_.load(order<"presence.poll">(relaxed)) & asked) != 0;
  }

  [[nodiscard]] bool is_entered() const noexcept {
    // Relaxed: only the agent's own thread writes the bit, and the answer is for that thread.
    return (state_.load(order<"presence.look">(relaxed)) & entered) != 0;
  }

  // Waits until the agent is parked and holds it there. Precondition: one claimer at a time (the
  // cluster's world lock), and not the thread that has entered the agent.
  void claim() noexcept {
    SHOAL_ASSERT_FULL(!is_entered_here(),
                      "an entered agent cannot wait for itself: account_cluster() of the agent, or "
                      "leave it first");
    // Acquire: pairs with presence.leave and presence.unclaim; the agent's memory is read next.
    std::uint32_t seen = state_.fetch_or(asked, order<"presence.claim">(acquire)) | asked;
    while (seen != claimed) {
      state_.wait(seen);
      // Acquire: pairs with presence.leave and presence.unclaim; the agent's memory is read next.
      seen = state_.load(order<"presence.claimed">(acquire));
    }
  }

  void unclaim() noexcept {
    // Release: pairs with presence.enter and presence.reenter; the claimer's changes are seen. And
    // pairs with presence.claim, presence.claimed and presence.still; the next claimer sees these
    // changes, though a lock has ordered that too.
    state_.store(parked, order<"presence.unclaim">(release));
    state_.wake_all();
  }

  // Enters an agent to detach it, also where it is claimed: the thread that does may be the one that
  // the claimer waits for. Precondition: the cluster's agents lock is held, so that the world is not
  // stopped; who stops it looks again, with is_claimed.
  void take_back() noexcept {
    // Relaxed: the lock has ordered what the last claimer did.
    state_.fetch_or(entered, order<"presence.take_back">(relaxed));
    note_thread(true);
  }
  // Whether it is claimed still. Precondition: as take_back.
  [[nodiscard]] bool is_claimed() const noexcept {
    // Acquire: pairs with presence.leave and presence.unclaim; what one has written that took itself
    // back, and answered again in a hook of its detach, is read next.
    return state_.load(order<"presence.still">(acquire)) == claimed;
  }

  // In the child of a fork, for the agent that survives: whoever asked is gone.
  void forget_claim() noexcept {
    // Relaxed: in the child of a fork one thread is left.
    state_.fetch_and(entered, order<"presence.forget">(relaxed));
  }

  SHOAL_SLOW void enter_slow() noexcept {
    std::uint32_t seen = parked;
    // Success acquire: pairs with presence.unclaim; what the claimer changed is seen. Failure
    // relaxed: it is tried again.
    while (!state_.compare_exchange(seen, entered, order<"presence.reenter">(acquire),
                                    order<"presence.reenter_missed">(relaxed))) {
      SHOAL_ASSERT(seen == claimed, "an agent is entered once, by one thread at a time");
      state_.wait(claimed);
      seen = parked;
    }
    note_thread(true);
  }

 private:
  static constexpr std::uint32_t parked = 0;
  static constexpr std::uint32_t entered = 1;
  static constexpr std::uint32_t asked = 2;
  static constexpr std::uint32_t claimed = asked;

  // With full checks: the thread that has entered the agent, 0 before it leaves.
#if SHOAL_CHECKS >= 2 && !defined(SHOAL_MODEL)
  void note_thread(bool here) noexcept {
    // Relaxed: only the thread that has written it itself acts on it, in presence.thread.
    thread_.store(here ? this_thread() : 0, order<"presence.note_thread">(relaxed));
  }
  [[nodiscard]] bool is_entered_here() const noexcept {
    // Relaxed: a thread sees what it has written itself, in presence.note_thread.
    return is_entered() && thread_.load(order<"presence.thread">(relaxed)) == this_thread();
  }
  [[nodiscard]] static std::uint64_t this_thread() noexcept {
    return static_cast<std::uint64_t>(pthread_self());
  }
  cell<std::uint64_t> thread_{0};
#else
  SHOAL_INLINE void note_thread(bool) noexcept {}
  [[nodiscard]] static bool is_entered_here() noexcept { return false; }
#endif

  wait_word state_{parked};
};

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
