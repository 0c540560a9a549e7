// SPDX-License-Identifier: BSL-1.0
#pragma once

// condition: a shared object that agents which hold a mutex wait at, until others notify it.
//
// offset | what
// -------|---------------------------------------------------------------------------------------
//   0    | header
//   8    | waited, u32: whether an agent waits here; 0: none
//  12    | nothing
//
// waited | who changes it, under the lock of the parking lot's queue
// -------|----------------------------------------------------------------------------------------
//   0    | who begins to wait -> 1
//   1    | who notifies the last one, or is the last to give up -> 0
//
// A wait unlocks the mutex, sleeps and locks the mutex again, in one step for all who notify with the
// mutex held. Who is notified while the mutex is held moves into that one's queue, still asleep, and is
// woken when it is its turn: no herd wakes to find the mutex held. From then on it has been notified,
// whatever becomes of its deadline.
//
// Every wait ends with the mutex held, also one that has timed out or was interrupted. There are no
// wake-ups but by notify. An agent that waits is parked all the while.
//
// Thread safety: thread-safe; what notify finds is what waits before it, in the order of the mutex.
// Progress: notify is wait-free where nobody waits, else blocking: the locks of two queues, briefly.
//   wait blocks.
// Layer: sync.
// Follows: TC39 proposal-structs' Atomics.Condition; F. Pizlo, "Locking in WebKit" (2016).

#include <cstddef>
#include <cstdint>

#include <shoal/sync/mutex.hpp>

namespace shoal::inline SHOAL_ABI {

// Bytes of a condition.
inline constexpr std::uint32_t condition_bytes = 16;

namespace detail {

using condition_word = cell<std::uint32_t>;

[[nodiscard]] SHOAL_INLINE condition_word& word_of_condition(void* condition) noexcept {
  return cell_at<std::uint32_t>(static_cast<std::byte*>(condition) + header_bytes);
}

}  // namespace detail

// Whether it is one, by its header. Precondition: a shared object.
[[nodiscard]] SHOAL_INLINE bool is_condition(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::condition;
}

// What there is to do with a condition. In a shared field it is a `ref` or `any` like every object.
struct condition {
  // For notify: all who wait.
  static constexpr std::size_t all = ~std::size_t{0};

  // A fresh one. A safepoint. Errors: out_of_memory, sharing_forbidden, forked.
  [[nodiscard]] SHOAL_API static result<local> make(agent& by, scope& in) noexcept;

  // Unlocks the token's mutex, sleeps until it is notified or until the deadline, and locks the mutex
  // again, however long that takes: the token holds it whatever is answered, and says whether its last
  // owner has abandoned it. A safepoint. Errors: timed_out, interrupted: it was not notified; and, with
  // nothing done, wrong_type (null, or no condition), cannot_block (an agent that may not block) and
  // forked. Preconditions: the token holds a mutex of the agent; the locals outlive what they hold.
  [[nodiscard]] SHOAL_API static errc wait(agent& by, const local& what, unlock_token& token,
                                           deadline until = deadline::never()) noexcept;

  // Waits until predicate() is true, which is asked with the mutex held: first of all, after each notice,
  // and when the deadline has passed. ok: it was true. Errors: those of wait.
  template <class Predicate>
  [[nodiscard]] static errc wait_for(agent& by, const local& what, unlock_token& token,
                                     Predicate&& predicate,
                                     deadline until = deadline::never()) noexcept {
    errc how = errc::ok;
    while (!predicate()) {
      if (how != errc::ok) return how;
      how = wait(by, what, token, until);
      if (how != errc::ok && how != errc::timed_out) return how;
    }
    return errc::ok;
  }

  // Unlocks the token's mutex and waits without sleeping: done(self, ...) has a token again, in a later
  // serve (async.hpp). To wait for a predicate, done asks it, with the mutex held, and else waits again
  // with that token. Preconditions: those of wait; the token is empty afterwards. Errors, with the token
  // as it was: wrong_type (null, or no condition), out_of_memory, forked; owner_gone, of an agent that
  // is detaching. done is told ok or timed_out, with the mutex; or cancelled, without.
  [[nodiscard]] SHOAL_API static errc wait_async(agent& by, const local& what, unlock_token& token,
                                                 on_locked done, void* self,
                                                 deadline until = deadline::never()) noexcept;

  // Ends the waits of the first n that wait, in their order, one if nothing is said (a wait queue's
  // notify: all); answers how many that were. With n == 0, none. Errors: wrong_type (null, or no
  // condition), forked.
  [[nodiscard]] static SHOAL_INLINE result<std::size_t> notify(agent& by, const local& what,
                                                               std::size_t n = 1) noexcept {
    void* const object = what.get().address();
    if (object == nullptr || !is_condition(object)) [[unlikely]]
      return errc::wrong_type;
    detail::condition_word& waited = detail::word_of_condition(object);
    // Relaxed: who waits said so before it unlocked the mutex.
    if (waited.load(order<"condition.is_waited">(relaxed)) == 0) return std::size_t{0};
    return notify_slow(by, waited, n);
  }

 private:
  SHOAL_API SHOAL_SLOW static result<std::size_t> notify_slow(agent& by,
                                                              detail::condition_word& waited,
                                                              std::size_t n) noexcept;
};

}  // namespace shoal::inline SHOAL_ABI
