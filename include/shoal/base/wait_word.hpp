// SPDX-License-Identifier: BSL-1.0
#pragma once

// wait_word: a 32-bit word to sleep on, and the moments a sleep may end at.
//
// The one place where Shoal blocks. Everything that waits (an internal lock, an agent that is
// claimed, a dispatch) sleeps here, so that models have one primitive to simulate.
//
// Thread safety: every function may be called by any thread.
// Progress: wait is blocking; the others are wait-free. wake calls the kernel.
// Layer: base.

#include <concepts>
#include <cstdint>
#include <ctime>
#include <limits>
#include <type_traits>

#include <shoal/base/cell.hpp>

#if !defined(SHOAL_MODEL)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace shoal::inline SHOAL_ABI {

#if defined(SHOAL_MODEL)
namespace model {
// The checker's clock: each reading is later, and none is before a deadline that has ended a wait.
[[nodiscard]] std::int64_t now() noexcept;
}  // namespace model
#endif

namespace detail {

// What a std::chrono::duration has, whose header takes long to read.
template <class T>
concept duration_like = (T::period::num > 0) && std::is_arithmetic_v<typename T::rep>;

}  // namespace detail

// A moment of the monotonic clock, in nanoseconds; steps of the wall clock do not move it.
class deadline {
 public:
  // A moment that never comes.
  [[nodiscard]] static constexpr deadline never() noexcept { return deadline(forever); }

  // That many nanoseconds from now. Zero or less has passed already; what lies beyond the clock's
  // range is never.
  [[nodiscard]] static deadline after(std::int64_t nanoseconds) noexcept {
    const std::int64_t start = now();
    if (nanoseconds <= 0) return deadline(start);
    return deadline(nanoseconds > forever - start ? forever : start + nanoseconds);
  }
  // The same of a std::chrono::duration, in nanoseconds rounded up.
  template <detail::duration_like Duration>
  [[nodiscard]] static deadline after(Duration length) noexcept {
    using period = typename Duration::period;
    const auto count = static_cast<long double>(length.count());
    const long double exact = count * period::num * 1e9L / period::den;
    // What is no number has passed.
    if (!(exact > 0)) return after(std::int64_t{0});
    if (!(exact < static_cast<long double>(forever))) return never();
    const auto whole = static_cast<std::int64_t>(exact);
    return after(whole + (static_cast<long double>(whole) < exact ? 1 : 0));
  }
  // Of what? Nanoseconds are whole; seconds are std::chrono::duration<double>.
  template <std::floating_point Number>
  static deadline after(Number) = delete;

  // Whichever comes first.
  [[nodiscard]] static constexpr deadline first(deadline one, deadline other) noexcept {
    return one.at_ < other.at_ ? one : other;
  }

  // What it is: never, in the past, or a reading of now().
  [[nodiscard]] bool is_never() const noexcept { return at_ == forever; }
  [[nodiscard]] bool has_passed() const noexcept { return !is_never() && now() >= at_; }
  [[nodiscard]] std::int64_t nanoseconds() const noexcept { return at_; }
  // How many nanoseconds are left; 0 where it has passed.
  [[nodiscard]] std::int64_t remaining() const noexcept {
    if (is_never()) return forever;
    const std::int64_t left = at_ - now();
    return left > 0 ? left : 0;
  }

  // The monotonic clock, in nanoseconds.
  [[nodiscard]] static std::int64_t now() noexcept {
#if defined(SHOAL_MODEL)
    return model::now();
#else
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
#endif
  }

 private:
  static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
  explicit constexpr deadline(std::int64_t at) noexcept : at_(at) {}
  std::int64_t at_;
};

#if !defined(SHOAL_MODEL)

class wait_word : public cell<std::uint32_t> {
 public:
  using cell::cell;

  // Sleeps while the word is `expected`, until woken or until the deadline. May return early
  // without reason (a signal, a wake-up meant for an earlier sleeper): look at the word again.
  // Returns false only when the deadline has passed.
  bool wait(std::uint32_t expected, deadline until = deadline::never()) noexcept {
    timespec at{};
    at.tv_sec = static_cast<std::time_t>(until.nanoseconds() / 1'000'000'000);
    at.tv_nsec = static_cast<long>(until.nanoseconds() % 1'000'000'000);
    const long answer = syscall(SYS_futex, this, FUTEX_WAIT_BITSET_PRIVATE, expected,
                                until.is_never() ? nullptr : &at, nullptr, FUTEX_BITSET_MATCH_ANY);
    return answer == 0 || errno != ETIMEDOUT;
  }

  // Wakes one sleeper, or all.
  void wake_one() noexcept { syscall(SYS_futex, this, FUTEX_WAKE_PRIVATE, 1); }
  void wake_all() noexcept {
    syscall(SYS_futex, this, FUTEX_WAKE_PRIVATE, std::numeric_limits<int>::max());
  }
};

#endif

}  // namespace shoal::inline SHOAL_ABI

#if defined(SHOAL_MODEL)
#include <shoal/base/wait_word_model.hpp>
#endif
