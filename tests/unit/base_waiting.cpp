// SPDX-License-Identifier: BSL-1.0

// Deadlines, the wait word and the internal lock.

#include <atomic>
#include <chrono>
#include <limits>
#include <ratio>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <shoal/base/base.hpp>

using shoal::deadline;
using shoal::order;
using shoal::wait_word;

TEST_CASE("never never comes") {
  CHECK(deadline::never().is_never());
  CHECK(deadline::never().remaining() == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(deadline::never().has_passed());
  CHECK(deadline::after(std::numeric_limits<std::int64_t>::max()).is_never());
}

TEST_CASE("a deadline of no time or less has passed") {
  CHECK(deadline::after(0).has_passed());
  CHECK(deadline::after(0).remaining() == 0);
  CHECK(deadline::after(-5).has_passed());
  CHECK(deadline::after(std::numeric_limits<std::int64_t>::min()).has_passed());
  CHECK_FALSE(deadline::after(0).is_never());
}

TEST_CASE("a deadline far away has not passed") {
  CHECK_FALSE(deadline::after(std::int64_t{3'600'000'000'000}).has_passed());
}

TEST_CASE("a deadline takes any duration, and rounds it up") {
  using namespace std::chrono_literals;
  const auto lies_within = [](deadline until, std::int64_t least, std::int64_t most) {
    const std::int64_t left = until.remaining();
    return left > least && left <= most;
  };
  const std::int64_t second = 1'000'000'000;
  CHECK(lies_within(deadline::after(10s), 0, 10 * second));
  CHECK(lies_within(deadline::after(1h), 3'500 * second, 3'600 * second));
  CHECK(lies_within(deadline::after(90min), 5'300 * second, 5'400 * second));
  CHECK(lies_within(deadline::after(2.5h), 8'900 * second, 9'000 * second));
  using third = std::chrono::duration<std::int64_t, std::ratio<1, 3>>;
  CHECK(lies_within(deadline::after(third(301)), 100 * second, 100 * second + 333'333'334));
  using day = std::chrono::duration<std::uint32_t, std::ratio<86'400>>;
  CHECK(lies_within(deadline::after(day(2)), 172'700 * second, 172'800 * second));

  // A picosecond is no wait of nothing.
  using picosecond = std::chrono::duration<std::int64_t, std::pico>;
  const std::int64_t before = deadline::now();
  CHECK(deadline::after(picosecond(1)).nanoseconds() > before);
  CHECK(deadline::after(picosecond(std::numeric_limits<std::int64_t>::max())).remaining() >
        9'000'000 * second);
  CHECK(deadline::after(std::chrono::duration<double, std::pico>(0.5)).nanoseconds() > before);
  // Whatever the period is, and however large the count.
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  using tiny = std::chrono::duration<std::int64_t, std::ratio<1, std::int64_t{1} << 62>>;
  CHECK(lies_within(deadline::after(tiny(std::int64_t{1} << 52)), 0, second / 1'024 + 1));
  using tiniest = std::chrono::duration<std::int64_t, std::ratio<1, most>>;
  CHECK(lies_within(deadline::after(tiniest(most)), 0, second + 1));
  CHECK(deadline::after(tiniest(1'000'000'000)).nanoseconds() > before);
}

TEST_CASE("a duration of nothing has passed, and one beyond the clock's range never does") {
  using namespace std::chrono_literals;
  using seconds = std::chrono::duration<double>;
  CHECK(deadline::after(0s).has_passed());
  CHECK(deadline::after(-1h).has_passed());
  CHECK(deadline::after(seconds(-0.5)).has_passed());
  CHECK(deadline::after(seconds(std::numeric_limits<double>::quiet_NaN())).has_passed());
  CHECK(deadline::after(std::chrono::hours::min()).has_passed());
  CHECK(deadline::after(std::chrono::hours::max()).is_never());
  CHECK(deadline::after(std::chrono::nanoseconds::max()).is_never());
  CHECK(deadline::after(std::chrono::duration<std::uint64_t>(~std::uint64_t{0})).is_never());
  CHECK(deadline::after(seconds(1e300)).is_never());
  CHECK(deadline::after(std::chrono::duration<int, std::exa>(1)).is_never());
  CHECK(deadline::after(std::chrono::duration<float>(3e38F)).is_never());
  CHECK(deadline::after(seconds(std::numeric_limits<double>::infinity())).is_never());
}

TEST_CASE("a wait on another value returns at once") {
  wait_word word{1};
  CHECK(word.wait(2));
}

TEST_CASE("a wait ends with its deadline") {
  wait_word word{1};
  while (word.wait(1, deadline::after(1))) {  // may return early without reason
  }
  CHECK_FALSE(word.wait(1, deadline::after(-1)));
}

TEST_CASE("a sleeper is woken") {
  wait_word word{0};
  std::thread sleeper([&] {
    while (word.load(order<"test.look">(shoal::acquire)) == 0) word.wait(0);
  });
  word.store(1, order<"test.set">(shoal::release));
  word.wake_one();
  sleeper.join();
}

TEST_CASE("all sleepers are woken") {
  wait_word word{0};
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 4; ++i) {
    sleepers.emplace_back([&] {
      while (word.load(order<"test.look">(shoal::acquire)) == 0) word.wait(0);
    });
  }
  word.store(1, order<"test.set">(shoal::release));
  word.wake_all();
  for (auto& each : sleepers) each.join();
}

TEST_CASE("a lock is held by one at a time") {
  shoal::lock lock;
  std::uint64_t count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5000; ++j) {
        const shoal::locked hold(lock);
        ++count;
      }
    });
  }
  for (auto& each : threads) each.join();
  CHECK(count == 20'000);
  CHECK_FALSE(lock.is_held());
}

TEST_CASE("a lock says whether it is held") {
  shoal::lock lock;
  {
    const shoal::locked hold(lock);
    CHECK(lock.is_held());
  }
  CHECK_FALSE(lock.is_held());
}
