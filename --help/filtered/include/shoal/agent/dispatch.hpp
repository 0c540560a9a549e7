// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// dispatch: a call posted to the owner of a thread-bound handle, and its one ending.
///
/// state         \| who ends it, by one compare_exchange
/// --------------\|------------------------------------------------------------------------
/// posted       \| the owner: -\> running. The poster: -\> timed_out, interrupted, cannot_block,
/// \| would_deadlock. The owner's detach: -\> owner_gone
/// running      \| the owner: -\> ok, dispatch_failed. The poster, who will not wait any longer: -\>
/// \| timed_out, interrupted, cannot_block, would_deadlock (what the call gives back is
/// \| then dropped)
/// ended        \| nobody
///
/// The message goes in with arguments and comes back with results. Its objects are persistent
/// handles, so both ways they are roots until taken.
///
/// **Thread safety:** a dispatch belongs to the agent that posted it; the request behind it is shared by
/// poster and owner.
/// <br>**Progress:** wait-free; who lets go of a request last gives its memory back to the metadata hook.
/// <br>**Layer:** agent.
/// <br>**Follows:** .NET's dispatch by argument affinity (dotnet/runtime 96319) in what it is for.

#include <cstdint>
#include <utility>

#include <shoal/agent/presence.hpp>

namespace shoal {

class agent;

/// What goes to the owner of a handle, and comes back.
struct dispatch_message {
  static constexpr std::size_t word_count = 6;
  static constexpr std::size_t object_count = 4;
  std::uint64_t words[word_count] = {};  ///< the host's; no references
  handle objects[object_count];
};

/// Runs on the owner, entered, with the handle's target. True: it ran; false: the host's call
/// failed, and the message says how.
using dispatch_call = bool (*)(agent& owner, std::uint64_t target,
                               dispatch_message& message) noexcept;

namespace detail {

struct agent_slot;

// Counted by its two holders; the last one frees it.
struct dispatch_request {
  enum : std::uint32_t { posted = 0x1000, running = 0x1001 };  // else an errc

  dispatch_request(const metadata_hook& from, cell<std::uint64_t>& counter) noexcept
      : memory(from), count(counter) {
    // Relaxed: a statistic; nothing is read because of it.
    count.fetch_add(1, order<"dispatch.count">(relaxed));
  }

  // The poster's: ends it as `code`, unless it has ended; answers how it has.
  errc end(errc code) noexcept {
    std::uint32_t seen = posted;
    // Relaxed, both: of a call that the poster gives up neither it nor the owner reads anything. How
    // it has ended otherwise, dispatch.look reads.
    while (!state.compare_exchange(seen, static_cast<std::uint32_t>(code),
                                   order<"dispatch.end">(relaxed),
                                   order<"dispatch.ended">(relaxed))) {
      errc how;
      if (has_ended(how)) return how;
    }
    return code;
  }
  // The owner's: ends it only if nobody has begun.
  void end_posted(errc code) noexcept {
    std::uint32_t seen = posted;
    // Success release: pairs with dispatch.look; what the owner did before it left is seen.
    // Failure relaxed: the owner has begun it, or the poster has given up; nothing is read.
    static_cast<void>(state.compare_exchange(seen, static_cast<std::uint32_t>(code),
                                             order<"dispatch.end_posted">(release),
                                             order<"dispatch.begun">(relaxed)));
  }
  // In the child of a fork: whether poster and owner both hold it.
  [[nodiscard]] bool is_held_twice() const noexcept {
    // Relaxed: in the child of a fork one thread is left.
    return holders.load(order<"dispatch.holders">(relaxed)) == 2;
  }
  // In the child of a fork, for an owner whose thread is gone: ends it, begun or not.
  void orphan() noexcept {
    end_posted(errc::owner_gone);
    finish(errc::owner_gone);
  }
  // The owner's: takes it to run. False: it has ended.
  bool begin() noexcept {
    std::uint32_t seen = posted;
    // Relaxed, both: the inbox's lock has ordered the message; of a call that the poster has given
    // up nothing is read.
    return state.compare_exchange(seen, running, order<"dispatch.begin">(relaxed),
                                  order<"dispatch.missed">(relaxed));
  }
  // The owner's: how the run went. Unless the poster has given up meanwhile.
  void finish(errc code) noexcept {
    std::uint32_t seen = running;
    // Success release: pairs with dispatch.look; the poster reads the results in the message next.
    // Failure relaxed: the poster has given up, and nobody reads the results.
    static_cast<void>(state.compare_exchange(seen, static_cast<std::uint32_t>(code),
                                             order<"dispatch.finish">(release),
                                             order<"dispatch.abandoned">(relaxed)));
  }
  [[nodiscard]] bool has_ended(errc& how) const noexcept {
    // Acquire: pairs with dispatch.finish and dispatch.end_posted; what the owner wrote before it
    // ended the call is read next.
    const std::uint32_t seen = state.load(order<"dispatch.look">(acquire));
    how = static_cast<errc>(seen);
    return seen != posted && seen != running;
  }
  // For who holds the cluster's waits lock, and only of an owner that waits.
  [[nodiscard]] bool is_posted() const noexcept {
    // Relaxed: under `waits_`, an owner that waits has begun it before it took that lock to say so,
    // or does not begin it meanwhile; nothing is read because of it.
    return state.load(order<"dispatch.is_posted">(relaxed)) == posted;
  }
  void drop() noexcept {
    // Pairs with dispatch.drop of the other holder; what a holder did with the message comes before
    // the last of the two frees it.
    if (holders.fetch_sub(1, order<"dispatch.drop">(acq_rel)) == 1) discard();
  }
  // Precondition: nobody else holds it.
  void discard() noexcept {
    // Relaxed: a statistic; nothing is read because of it.
    count.fetch_sub(1, order<"dispatch.uncount">(relaxed));
    const metadata_hook from = memory;
    destroy(from, this);
  }

  cell<std::uint32_t> state{posted};
  cell<std::uint32_t> holders{2};
  dispatch_request* next = nullptr;  // in the owner's inbox, then among those it serves
  agent_slot* poster = nullptr;      // to be signalled
  std::uint64_t owner = 0;           // identity
  handle bound;                      // the thread-bound object
  dispatch_call run = nullptr;
  dispatch_message message;
  const metadata_hook memory;
  cell<std::uint64_t>& count;  // the cluster's
};

}  // namespace detail

/** dispatch: a call posted to the owner of a thread-bound handle, and its one ending.<p>state         \| who ends it, by one compare_exchange --------------\|------------------------------------------------------------------------ posted       \| the owner: -\> running. The poster: -\> timed_out, interrupted, cannot_block, \| would_deadlock. The owner's detach: -\> owner_gone running      \| the owner: -\> ok, dispatch_failed. The poster, who will not wait any longer: -\> \| timed_out, interrupted, cannot_block, would_deadlock (what the call gives back is \| then dropped) ended        \| nobody<p>The message goes in with arguments and comes back with results. Its objects are persistent handles, so both ways they are roots until taken.<p>poster and owner. */ class [[nodiscard]] dispatch {
 public:
  dispatch(dispatch&& from) noexcept : request_(std::exchange(from.request_, nullptr)) {}
  dispatch& operator=(dispatch&&) = delete;
  /// Lets the call go on by itself; nobody hears of its end.
  ~dispatch() {
    if (request_ != nullptr) request_->drop();
  }

  /// Whether it has ended, and how: ok, dispatch_failed, owner_gone, timed_out, interrupted,
  /// cannot_block, would_deadlock or forked.
  [[nodiscard]] bool has_ended(errc& how) const noexcept { return request_->has_ended(how); }

  /// What came back. **Precondition:** it has ended as ok or dispatch_failed.
  [[nodiscard]] dispatch_message& message() noexcept { return request_->message; }

 private:
  friend class agent;
  explicit dispatch(detail::dispatch_request* request) noexcept : request_(request) {}
  detail::dispatch_request* request_;
};

}  // namespace shoal
