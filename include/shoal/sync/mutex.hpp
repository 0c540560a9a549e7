// SPDX-License-Identifier: BSL-1.0
#pragma once

// mutex: a shared object that one agent holds at a time.
//
// offset | what
// -------|---------------------------------------------------------------------------------------
//   0    | header
//   8    | the owner, u32: the short identity of the agent that holds it; 0: nobody
//  12    | awaited, u32: whether an agent is parked, or about to park; 0: none
//
// owner | who changes it
// ------|------------------------------------------------------------------------------------------
//   0   | any agent -> itself; who has just unlocked -> who has waited longest (handed over)
//   an  | that agent -> 0, or who has waited longest (handed over); once it has detached, any agent ->
//  agent| itself (abandoned)
//
// awaited | who changes it, under the lock of the parking lot's queue
// --------|----------------------------------------------------------------------------------------
//   0     | who queues up -> 1
//   1     | who wakes the last one, or is the last to give up -> 0
//
// Unlocking is a store, where others have a second compare-exchange: an agent that has queued up puts a
// fence into every thread before it sleeps (fence.hpp), so that either it sees the mutex free or its
// owner sees that it waits. Where the kernel refuses to, waits look again after 1 ms, 2, 4 and so on, up
// to 64.
//
// An agent that finds it held spins for a moment, then parks. Unlocking wakes who has waited longest,
// which competes with whoever comes by; at least once in a millisecond of contention it is handed over
// instead, so that no thread waits for ever. An asynchronous wait only competes, from the front. An owner
// that detaches leaves the mutex abandoned: the next to lock it is told, and whatever it protects may be
// half changed.
//
// Who locks gets an unlock token, the only way to unlock. An agent that waits is parked all the while:
// nobody who stops the world waits for it. It serves no calls meanwhile, and a ring of waits in which
// there is a mutex does not end, but for that of one agent and one mutex: with checks=full, who closes it
// prints its agents and what they wait for on stderr, unless one of them waits with a deadline.
//
// A mutex that was left 2^32 agents ago, and that nobody has wanted since, is taken for that of the
// agent that has the same short identity.
//
// Thread safety: a mutex is thread-safe; a token is thread-bound to the agent that has locked.
// Progress: locking and unlocking are wait-free while nobody else wants it; else blocking, and
//   lock-free for unlock but for the lock of a queue.
// Layer: sync.
// Follows: TC39 proposal-structs' Atomics.Mutex and its UnlockToken; F. Pizlo, "Locking in WebKit"
//   (2016); A. d'Antras, parking_lot (Rust), for the fair hand-over; D. Dice and others, "Quickly
//   Reacquirable Locks" (2003), for an unlock without an atomic update.

#include <cstdint>
#include <utility>

#include <shoal/sync/async.hpp>

namespace shoal::inline SHOAL_ABI {

// Bytes of a mutex.
inline constexpr std::uint32_t mutex_bytes = 16;

namespace detail {

struct pending_wait;

// What follows the header.
struct mutex_body {
  cell<std::uint32_t> owner;
  cell<std::uint32_t> awaited;
};
static_assert(header_bytes + sizeof(mutex_body) == mutex_bytes);

[[nodiscard]] SHOAL_INLINE mutex_body& body_of_mutex(void* mutex) noexcept {
  return *reinterpret_cast<mutex_body*>(static_cast<std::byte*>(mutex) + header_bytes);
}

}  // namespace detail

// Whether it is one, by its header. Precondition: a shared object.
[[nodiscard]] SHOAL_INLINE bool is_mutex(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::mutex;
}

// The proof of holding a mutex. Empty until mutex::lock or try_lock fills it, and again once it has been
// unlocked: it may then be used anew. Unlocks when it goes.
class [[nodiscard]] unlock_token {
 public:
  unlock_token() noexcept = default;
  unlock_token(unlock_token&& from) noexcept
      : by_(std::exchange(from.by_, nullptr)), body_(from.body_), abandoned_(from.abandoned_) {}
  // Unlocks what it holds itself, if it does.
  unlock_token& operator=(unlock_token&& from) noexcept {
    if (this == &from) return *this;
    if (by_ != nullptr) unlock();
    by_ = std::exchange(from.by_, nullptr);
    body_ = from.body_;
    abandoned_ = from.abandoned_;
    return *this;
  }
  SHOAL_INLINE ~unlock_token() {
    if (by_ != nullptr) unlock();
  }

  // Whether it holds a mutex.
  explicit operator bool() const noexcept { return by_ != nullptr; }
  // Whether the mutex's last owner went without unlocking it: what it protects may be half changed.
  [[nodiscard]] bool was_abandoned() const noexcept { return abandoned_; }

  // Unlocks; who comes by first has it next. Precondition: not empty, on the agent that has locked.
  SHOAL_INLINE void unlock() noexcept {
    agent& by = take();
    unlock(by, *body_);
  }
  // Unlocks; the thread that has waited longest has it next. Preconditions: those of unlock.
  void unlock_fair() noexcept {
    agent& by = take();
    unlock_slow(by, *body_, true);
  }

 private:
  friend struct condition;
  friend struct mutex;
  friend struct detail::pending_wait;

  enum class patience : std::uint8_t {
    tries,
    waits,    // until the deadline, or an interrupt
    insists,  // until it has the mutex
  };
  struct answer {
    errc code;
    bool abandoned = false;
  };

  static SHOAL_INLINE void unlock(agent& by, detail::mutex_body& body) noexcept {
    // Relaxed: who must be seen is seen after the fence; this is for those who may be handed it.
    if (body.awaited.load(order<"mutex.is_awaited">(relaxed)) != 0) [[unlikely]] {
      unlock_slow(by, body, false);
      return;
    }
    // Release: pairs with mutex.lock, mutex.lock_slow and mutex.pass_on; what was done under it is seen
    // by the next owner.
    body.owner.store(0, order<"mutex.unlock">(release));
    // Pairs with mutex.await_fence; who awaits it sees it free, or this sees who awaits it.
    fence_light(order<"mutex.unlock_fence">(acq_rel));
    // Relaxed: ordered by the fence.
    if (__builtin_expect(body.awaited.load(order<"mutex.is_awaited_still">(relaxed)) == 0, 1))
      return;
    wake_slow(by, body);
  }
  static SHOAL_INLINE answer lock(agent& by, detail::mutex_body& body, deadline until,
                                  patience how_long) noexcept {
    std::uint32_t seen = 0;
    // Success acquire: pairs with mutex.unlock and mutex.unlock_slow; what the last owner did is read
    // next. Failure relaxed: lock_slow looks again.
    if (body.owner.compare_exchange(seen, by.short_identity(), order<"mutex.lock">(acquire),
                                    order<"mutex.busy">(relaxed))) [[likely]] {
      return {errc::ok};
    }
    return lock_slow(by, body, until, how_long);
  }

  agent& take() noexcept {
    SHOAL_ASSERT(by_ != nullptr, "a token is unlocked that holds no mutex");
    SHOAL_ASSERT_FULL(by_->is_entered(), "an agent is entered while it unlocks");
    // Relaxed: this agent's own.
    SHOAL_ASSERT_FULL(body_->owner.load(order<"mutex.is_own">(relaxed)) == by_->short_identity(),
                      "a mutex is unlocked by the agent that holds it");
    return *std::exchange(by_, nullptr);
  }
  [[nodiscard]] SHOAL_INLINE errc fill(agent& by, const local& mutex, deadline until,
                                       patience how_long) noexcept {
    SHOAL_ASSERT(by_ == nullptr, "a token holds one mutex at a time");
    SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it locks");
    void* const object = mutex.get().address();
    if (object == nullptr || !is_mutex(object)) [[unlikely]]
      return errc::wrong_type;
    detail::mutex_body& body = detail::body_of_mutex(object);
    const answer had = lock(by, body, until, how_long);
    if (had.code != errc::ok) return had.code;
    by_ = &by;
    body_ = &body;
    abandoned_ = had.abandoned;
    return errc::ok;
  }

  // None of these is given the token, so that it may live in registers.
  [[nodiscard]] SHOAL_API SHOAL_SLOW static answer lock_slow(agent& by, detail::mutex_body& body,
                                                             deadline until,
                                                             patience how_long) noexcept;
  SHOAL_API SHOAL_SLOW static void unlock_slow(agent& by, detail::mutex_body& body,
                                               bool fair) noexcept;
  SHOAL_API SHOAL_SLOW static void wake_slow(agent& by, detail::mutex_body& body) noexcept;

  agent* by_ = nullptr;
  detail::mutex_body* body_ = nullptr;
  bool abandoned_ = false;
};

// How an asynchronous wait for a mutex has ended. Where the token holds it, it unlocks as the function
// returns, unless it is moved away: beside a handle that keeps the mutex alive, and to be unlocked before
// the agent detaches.
using on_locked = void (*)(void* self, agent& by, errc how, unlock_token&& token) noexcept;

// What there is to do with a mutex. In a shared field it is a `ref` or `any` like every object.
struct mutex {
  // A fresh one, free. A safepoint, as all creation is. The first one of a process that has several
  // threads takes some milliseconds (fence.hpp). Errors: out_of_memory, sharing_forbidden, forked.
  [[nodiscard]] SHOAL_API static result<local> make(agent& by, scope& in) noexcept;

  // Locks it, and waits for it until the deadline. A safepoint where it waits. Errors: wrong_type
  // (null, or no mutex), deadlock (the agent holds it already), timed_out, interrupted; cannot_block,
  // of an agent that may not block, where another one holds it (it may use lock_async); forked, where
  // it is not free. Preconditions: the token is empty; the local outlives what it holds; the mutex is of
  // the agent's cluster; no token of the agent's is used or ends once it has begun to detach.
  [[nodiscard]] static SHOAL_INLINE errc lock(agent& by, const local& what, unlock_token& token,
                                              deadline until = deadline::never()) noexcept {
    return token.fill(by, what, until, unlock_token::patience::waits);
  }

  // Locks it if nobody holds it now. Errors: wrong_type, deadlock (the agent holds it already),
  // timed_out (another one does), forked. Preconditions: those of lock.
  [[nodiscard]] static SHOAL_INLINE errc try_lock(agent& by, const local& what,
                                                  unlock_token& token) noexcept {
    return token.fill(by, what, deadline::never(), unlock_token::patience::tries);
  }

  // Locks it without sleeping: done(self, ...) has the token, in a later serve (async.hpp); also of a
  // mutex that the agent itself holds now, once that is unlocked. It takes the mutex when it is served,
  // not before, and is never handed it over: if another agent has it by then, it waits on, first in the
  // queue. Errors, and none is begun: wrong_type (null, or no mutex), out_of_memory, forked; owner_gone,
  // of an agent that is detaching. done is told ok, with the token; timed_out or cancelled, without.
  [[nodiscard]] SHOAL_API static errc lock_async(agent& by, const local& what, on_locked done,
                                                 void* self,
                                                 deadline until = deadline::never()) noexcept;
};

}  // namespace shoal::inline SHOAL_ABI
