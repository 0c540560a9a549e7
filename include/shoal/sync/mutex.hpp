// SPDX-License-Identifier: BSL-1.0
#pragma once

// mutex: a shared object that one agent holds at a time.
//
// offset | what
// -------|---------------------------------------------------------------------------------------
//   0    | header
//   8    | the state, u64:
//
// bits 2..63 of the state | bit 0 | meaning; who may change it
// ------------------------|-------|--------------------------------------------------------------
//   0                     |   0   | free: any agent -> held
//   an agent's identity   |   0   | held: the owner -> free; another -> held, awaited
//   an agent's identity   |   1   | held, awaited: some agent is parked, or about to park. The owner,
//                         |       | under the lock of the queue -> free, or another's (handed over)
//   0                     |   1   | free, and others still wait: any agent -> held, awaited
//
// An agent that finds it held spins for a moment, then parks. Unlocking wakes who has waited longest,
// which competes with whoever comes by; at least once in a millisecond of contention it is handed over
// instead, so that nobody waits for ever. An owner that detaches leaves the mutex abandoned: the next
// to lock it is told, and whatever it protects may be half changed.
//
// Who locks gets an unlock token, the only way to unlock. An agent that waits is parked all the while:
// nobody who stops the world waits for it. It serves no calls meanwhile, and a ring of waits in which
// there is a mutex is not found out, but for that of one agent and one mutex.
//
// Thread safety: a mutex is thread-safe; a token is thread-bound to the agent that has locked.
// Progress: locking and unlocking are wait-free while nobody else wants it; else blocking, and
//   lock-free for unlock but for the lock of a queue.
// Layer: sync.
// Follows: TC39 proposal-structs' Atomics.Mutex and its UnlockToken; F. Pizlo, "Locking in WebKit"
//   (2016); A. d'Antras, parking_lot (Rust), for the fair hand-over.

#include <cstdint>
#include <utility>

#include <shoal/sync/parking_lot.hpp>

namespace shoal::inline SHOAL_ABI {

// Bytes of a mutex.
inline constexpr std::uint32_t mutex_bytes = 16;

namespace detail {

using mutex_state = cell<std::uint64_t>;

struct mutex_word {
  static constexpr std::uint64_t awaited = 1;
  static constexpr unsigned owner_shift = 2;

  [[nodiscard]] static constexpr std::uint64_t held_by(std::uint64_t identity) noexcept {
    return identity << owner_shift;
  }
  // 0: free.
  [[nodiscard]] static constexpr std::uint64_t owner(std::uint64_t word) noexcept {
    return word >> owner_shift;
  }
};

[[nodiscard]] SHOAL_INLINE mutex_state& state_of_mutex(void* mutex) noexcept {
  return cell_at<std::uint64_t>(static_cast<std::byte*>(mutex) + header_bytes);
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
      : by_(std::exchange(from.by_, nullptr)), state_(from.state_), abandoned_(from.abandoned_) {}
  unlock_token& operator=(unlock_token&&) = delete;
  ~unlock_token() {
    if (by_ != nullptr) unlock();
  }

  // Whether it holds a mutex.
  explicit operator bool() const noexcept { return by_ != nullptr; }
  // Whether the mutex's last owner went without unlocking it: what it protects may be half changed.
  [[nodiscard]] bool was_abandoned() const noexcept { return abandoned_; }

  // Unlocks; who comes by first has it next. Precondition: not empty, on the agent that has locked.
  SHOAL_INLINE void unlock() noexcept {
    agent& by = take();
    std::uint64_t seen = detail::mutex_word::held_by(by.identity());
    // Success release: pairs with mutex.lock and mutex.lock_slow; what was done under it is seen by the
    // next owner. Failure relaxed: somebody waits, and unlock_slow looks again.
    if (!state_->compare_exchange(seen, 0, order<"mutex.unlock">(release),
                                  order<"mutex.unlock_missed">(relaxed))) [[unlikely]] {
      unlock_slow(by, false);
    }
  }
  // Unlocks; who has waited longest has it next. Preconditions: those of unlock.
  void unlock_fair() noexcept { unlock_slow(take(), true); }

 private:
  friend struct mutex;

  SHOAL_INLINE void fill(agent& by, detail::mutex_state& state) noexcept {
    by_ = &by;
    state_ = &state;
    abandoned_ = false;
  }
  agent& take() noexcept {
    SHOAL_ASSERT(by_ != nullptr, "a token is unlocked that holds no mutex");
    SHOAL_ASSERT_FULL(by_->is_entered(), "an agent is entered while it unlocks");
    return *std::exchange(by_, nullptr);
  }
  SHOAL_API SHOAL_SLOW void unlock_slow(agent& by, bool fair) noexcept;
  [[nodiscard]] SHOAL_INLINE errc fill_or(agent& by, const local& mutex, deadline until,
                                          bool waits) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW errc lock_slow(agent& by, detail::mutex_state& state,
                                                    deadline until, bool waits) noexcept;

  agent* by_ = nullptr;
  detail::mutex_state* state_ = nullptr;
  bool abandoned_ = false;
};

// Both ways to lock are one way to look.
errc unlock_token::fill_or(agent& by, const local& mutex, deadline until, bool waits) noexcept {
  SHOAL_ASSERT(by_ == nullptr, "a token holds one mutex at a time");
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it locks");
  void* const object = mutex.get().address();
  if (object == nullptr || !is_mutex(object)) [[unlikely]]
    return errc::wrong_type;
  detail::mutex_state& state = detail::state_of_mutex(object);
  std::uint64_t seen = 0;
  // Success acquire: pairs with mutex.unlock and mutex.unlock_slow; what the last owner did is read
  // next. Failure relaxed: lock_slow looks again.
  if (!state.compare_exchange(seen, detail::mutex_word::held_by(by.identity()),
                              order<"mutex.lock">(acquire), order<"mutex.busy">(relaxed)))
      [[unlikely]] {
    return lock_slow(by, state, until, waits);
  }
  fill(by, state);
  return errc::ok;
}

// What there is to do with a mutex. In a shared field it is a `ref` or `any` like every object.
struct mutex {
  // A fresh one, free. A safepoint, as all creation is. Errors: out_of_memory, sharing_forbidden,
  // forked.
  [[nodiscard]] SHOAL_API static result<local> make(agent& by, scope& in) noexcept;

  // Locks it, and waits for it until the deadline. A safepoint where it waits. Errors: wrong_type
  // (null, or no mutex), deadlock (the agent holds it already), timed_out, interrupted; cannot_block,
  // of an agent that may not block, where another one holds it; forked, where it is not free.
  // Preconditions: the token is empty; the local outlives what it holds; the mutex is of the agent's
  // cluster; the agent unlocks before it detaches.
  [[nodiscard]] static SHOAL_INLINE errc lock(agent& by, const local& what, unlock_token& token,
                                              deadline until = deadline::never()) noexcept {
    return token.fill_or(by, what, until, true);
  }

  // Locks it if nobody holds it now. Errors: wrong_type, deadlock (the agent holds it already),
  // timed_out (another one does), forked. Preconditions: those of lock.
  [[nodiscard]] static SHOAL_INLINE errc try_lock(agent& by, const local& what,
                                                  unlock_token& token) noexcept {
    return token.fill_or(by, what, deadline::never(), false);
  }
};

}  // namespace shoal::inline SHOAL_ABI
