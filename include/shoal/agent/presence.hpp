// SPDX-License-Identifier: BSL-1.0
#pragma once

// presence: whether an agent is in the cluster's world right now, and how others ask it to answer.
//
// state     | who may leave it, and how
// ----------|---------------------------------------------------------------------------
//  parked   | the agent: enter -> entered. Another: claim -> claimed
//  entered  | the agent: leave -> parked
//  claimed  | the claimer: unclaim -> parked. The agent's enter sleeps meanwhile
//
// An agent that is entered answers at its next safepoint, by leaving and entering again; one that
// is parked is claimed and served without running. Nobody waits for an agent that sleeps.
//
// Thread safety: enter, leave and poll are thread-bound to the agent; the rest is thread-safe.
// Progress: poll is wait-free; enter and leave are wait-free while nobody claims, else blocking.
// Layer: agent.

#include <cstdint>

#include <shoal/heap/heap.hpp>
#include <shoal/local/local.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

class presence {
 public:
  SHOAL_INLINE void enter() noexcept {
    std::uint32_t seen = parked;
    // Success acquire: pairs with presence.unclaim; what the claimer changed is seen.
    // Failure relaxed: enter_slow looks again.
    if (!state_.compare_exchange(seen, entered, order<"presence.enter">(acquire),
                                 order<"presence.enter_missed">(relaxed))) [[unlikely]] {
      enter_slow();
    }
  }

  SHOAL_INLINE void leave() noexcept {
    SHOAL_ASSERT_FULL(is_entered(), "an agent leaves what it has entered");
    // Release: pairs with presence.claim; what this agent wrote is seen by who serves it.
    // Seq_cst: pairs with presence.request; leave stores the state and then loads the request, a
    // claimer stores the request and then loads the state. One of them sees the other.
    state_.exchange(parked, order<"presence.leave">(seq_cst));
    if (request_.load(order<"presence.asked">(seq_cst)) != 0) [[unlikely]]
      state_.wake_all();
  }

  // A safepoint: true where somebody asks this agent to answer.
  [[nodiscard]] SHOAL_INLINE bool is_asked() const noexcept {
    // Relaxed: answering is leave and enter, which are ordered.
    return request_.load(order<"presence.poll">(relaxed)) != 0;
  }

  [[nodiscard]] bool is_entered() const noexcept {
    // Relaxed: true for the agent's own thread, which wrote it.
    return state_.load(order<"presence.look">(relaxed)) == entered;
  }

  // Waits until the agent is parked and holds it there. Precondition: one claimer at a time (the
  // cluster's world lock), and not the agent itself.
  void claim() noexcept {
    request_.store(1, order<"presence.request">(seq_cst));
    std::uint32_t seen = parked;
    // Success acquire: pairs with presence.leave; the agent's memory is read next.
    // Seq_cst: with presence.request, as presence.leave says.
    while (!state_.compare_exchange(seen, claimed, order<"presence.claim">(seq_cst),
                                    order<"presence.claim_missed">(seq_cst))) {
      state_.wait(seen);
      seen = parked;
    }
  }

  void unclaim() noexcept {
    // Relaxed: an agent that still sees the request answers once more, to nobody.
    request_.store(0, order<"presence.unrequest">(relaxed));
    // Release: pairs with presence.enter and presence.reenter; the claimer's changes are seen.
    state_.store(parked, order<"presence.unclaim">(release));
    state_.wake_all();
  }

 private:
  static constexpr std::uint32_t parked = 0;
  static constexpr std::uint32_t entered = 1;
  static constexpr std::uint32_t claimed = 2;

  SHOAL_SLOW void enter_slow() noexcept {
    std::uint32_t seen = parked;
    // Acquire: pairs with presence.unclaim, as presence.enter does.
    while (!state_.compare_exchange(seen, entered, order<"presence.reenter">(acquire),
                                    order<"presence.reenter_missed">(relaxed))) {
      SHOAL_ASSERT(seen == claimed, "an agent is entered once, by one thread at a time");
      state_.wait(claimed);
      seen = parked;
    }
  }

  wait_word state_{parked};
  cell<std::uint32_t> request_{0};
};

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
