// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// lock: the internal lock, for cold paths only (declaring, growing, attaching).
///
/// Not for users: the mutex of floor 6 is a shared object. No hook of a host runs while one is held,
/// and no page or metadata is asked for unless the function says so, so that holders are brief.
///
/// **Thread safety:** thread-safe. Not recursive.
/// <br>**Progress:** blocking.
/// <br>**Layer:** base.
/// <br>**Follows:** U. Drepper, "Futexes Are Tricky" (2011), the third mutex.

#include <shoal/base/wait_word.hpp>

namespace shoal {

/// state \| meaning
/// ------\|-----------------------------------------------
/// 0   \| free
/// 1   \| held, nobody sleeps
/// 2   \| held, somebody may sleep: unlocking must wake
class lock {
 public:
  /// Waits until it is free, and holds it. Not recursive.
  void acquire() noexcept {
    std::uint32_t seen = 0;
    // Success acquire: pairs with lock.release; what the last holder wrote is read next.
    // Failure relaxed: lock.acquire_slow looks again.
    if (!state_.compare_exchange(seen, 1, order<"lock.acquire">(shoal::acquire),
                                 order<"lock.busy">(relaxed))) {
      acquire_slow();
    }
  }

  /// **Precondition:** this thread holds it.
  void release() noexcept {
    // Release: pairs with lock.acquire and lock.acquire_slow; this holder's writes are seen.
    if (state_.exchange(0, order<"lock.release">(shoal::release)) == 2) state_.wake_one();
  }

  /// For the child of a fork, which has one thread: whether a thread that is gone held it.
  [[nodiscard]] bool is_held() const noexcept {
    // Relaxed: in the child of a fork one thread is left.
    return state_.load(order<"lock.look">(relaxed)) != 0;
  }

 private:
  SHOAL_SLOW void acquire_slow() noexcept {
    // Acquire: pairs with lock.release; what the last holder wrote is read next.
    while (state_.exchange(2, order<"lock.acquire_slow">(shoal::acquire)) != 0) state_.wait(2);
  }

  wait_word state_{0};
};

/// Holds a lock for a block; passed as an argument it proves that the lock is held.
class [[nodiscard]] locked {
 public:
  [[nodiscard]] explicit locked(lock& held) noexcept : held_(held) { held_.acquire(); }
  ~locked() { held_.release(); }
  locked(const locked&) = delete;
  locked& operator=(const locked&) = delete;

 private:
  lock& held_;
};

}  // namespace shoal
