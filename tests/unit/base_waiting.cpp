// SPDX-License-Identifier: BSL-1.0

// Deadlines, the wait word and the internal lock.

#include <atomic>
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
