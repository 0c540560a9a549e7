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

#include <cstdint>
#include <ctime>
#include <limits>
#include <ratio>
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
  // The same of a std::chrono::duration, rounded up: a wait is not shorter than what was said.
  template <class Duration>
  requires requires(Duration length) {
    length.count();
    Duration::period::num;
  }
  [[nodiscard]] static deadline after(Duration length) noexcept {
    return after(nanoseconds_of<typename Duration::period>(length.count()));
  }

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

  // Forever, where it is beyond the range; 0 of what is negative or no number.
  template <class Period, class Count>
  [[nodiscard]] static constexpr std::int64_t nanoseconds_of(Count count) noexcept {
    using in_each = std::ratio_multiply<Period, std::giga>;
    if (!(count > Count{0})) return 0;
    if constexpr (std::is_floating_point_v<Count>) {
      const Count exact =
          count * static_cast<Count>(in_each::num) / static_cast<Count>(in_each::den);
      if (!(exact < static_cast<Count>(forever))) return forever;
      const auto whole = static_cast<std::int64_t>(exact);
      return static_cast<Count>(whole) < exact ? whole + 1 : whole;
    } else {
      if (static_cast<std::uint64_t>(count) > std::uint64_t{forever}) return forever;
      const auto many = static_cast<std::int64_t>(count);
      // Part by part, so that only what is beyond the range overflows.
      const std::int64_t rest = many % in_each::den;
      std::int64_t whole = 0;
      std::int64_t part = 0;
      const bool is_beyond =
          __builtin_mul_overflow(many / in_each::den, in_each::num, &whole) ||
          __builtin_mul_overflow(rest, in_each::num, &part) ||
          __builtin_add_overflow(whole, (part + in_each::den - 1) / in_each::den, &whole);
      return is_beyond ? forever : whole;
    }
  }

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
