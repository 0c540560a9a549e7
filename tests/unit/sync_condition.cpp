// SPDX-License-Identifier: BSL-1.0

// Conditions: a wait gives the mutex up and has it back, whoever is notified goes on, nobody else does.

#include <algorithm>
#include <atomic>
#include <chrono>

#include "sync_world.hpp"

using agent_test::host;
using shoal::agent;
using shoal::attachment;
using shoal::condition;
using shoal::deadline;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::mutex;
using shoal::scope;
using shoal::unlock_token;
using sync_test::millisecond;
using sync_test::shared_mutex;

namespace {

struct shared_condition : shared_mutex {
  local c = condition::make(me, in).value();
  handle sent_condition{me, c};
  bool ready = false;    // under the mutex
  std::size_t came = 0;  // under the mutex: how many have had it since they were started

  // An agent of another thread holds the mutex and does that.
  template <class Act>
  std::thread holding(Act act, shoal::agent_options options = {}) {
    return on_another(
        [this, act](agent& by, const local& its_mutex) {
          scope its(by);
          const local its_condition = its.hold(sent_condition.get(by));
          unlock_token token;
          REQUIRE(mutex::lock(by, its_mutex, token) == errc::ok);
          ++came;
          act(by, its_condition, token);
        },
        options);
  }
  // Until that is so, asked with the mutex held.
  template <class Predicate>
  void until(Predicate so) {
    for (;; me.poll()) {
      unlock_token token;
      lock(token);
      if (so()) return;
    }
  }
  // Until that many have had the mutex and given it up, to wait at the condition.
  void until_at_condition(std::size_t n) {
    until([&] { return came == n; });
  }
  void lock(unlock_token& token) { REQUIRE(mutex::lock(me, m, token) == errc::ok); }
  std::size_t notify(std::size_t n = 1) { return condition::notify(me, c, n).value(); }
};

}  // namespace

TEST_CASE("who waits is notified, has the mutex again, and sees what was done under it") {
  shared_condition s;
  int value = 0;
  std::thread other = s.holding([&](agent& by, const local& c, unlock_token& token) {
    CHECK(condition::wait_for(by, c, token, [&] { return s.ready; }) == errc::ok);
    CHECK(token);
    CHECK(value == 7);
  });
  s.until_at_condition(1);
  {
    unlock_token token;
    s.lock(token);
    value = 7;
    s.ready = true;
    CHECK(s.notify() == 1);
    CHECK(s.waiting() == 1);  // in the mutex's queue by now
    CHECK(s.notify() == 0);
  }
  s.join(other);
  CHECK(s.waiting() == 0);
}

TEST_CASE("with the mutex free, or another's, who is notified goes on all the same") {
  shared_condition s;
  for (const bool held : {false, true}) {
    for (const std::size_t n : {std::size_t{1}, std::size_t{3}}) {
      s.came = 0;
      CAPTURE(held);
      CAPTURE(n);
      std::atomic<int> ended{0};
      std::vector<std::thread> others;
      for (std::size_t i = 0; i < n; ++i) {
        others.push_back(s.holding([&](agent& by, const local& c, unlock_token& token) {
          CHECK(condition::wait(by, c, token) == errc::ok);
          ++ended;
        }));
      }
      s.until_at_condition(n);
      std::atomic<int> stage{0};
      std::thread holder;
      if (held) {
        holder = s.on_another([&](agent& by, const local& m) {
          unlock_token token;
          CHECK(mutex::lock(by, m, token) == errc::ok);
          stage = 1;
          while (stage != 2) by.poll();
        });
        while (stage != 1) s.me.poll();
      }
      CHECK(s.notify(n) == n);
      if (held) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        CHECK(ended == 0);
        stage = 2;
        s.join(holder);
      }
      for (std::thread& each : others) s.join(each);
      CHECK(ended == static_cast<int>(n));
      CHECK(s.waiting() == 0);
    }
  }
}

TEST_CASE("notify ends the waits of as many as it says, first come first served") {
  shared_condition s;
  constexpr int agents = 5;
  std::vector<int> order;  // under the mutex
  std::vector<std::thread> others;
  for (int i = 0; i < agents; ++i) {
    others.push_back(s.holding([&, i](agent& by, const local& c, unlock_token& token) {
      CHECK(condition::wait(by, c, token) == errc::ok);
      order.push_back(i);
    }));
    s.until_at_condition(static_cast<std::size_t>(i) + 1);
  }
  CHECK(s.notify(0) == 0);
  CHECK(s.notify(2) == 2);
  s.until([&] { return order.size() == 2; });
  {
    unlock_token token;
    s.lock(token);
    CHECK(s.notify(condition::all) == 3);
    CHECK(s.notify(condition::all) == 0);
  }
  for (std::thread& each : others) s.join(each);
  CHECK(order.size() == agents);
  std::sort(order.begin(), order.begin() + 2);
  CHECK(std::vector<int>(order.begin(), order.begin() + 2) == std::vector<int>{0, 1});
}

TEST_CASE("every wait ends with the mutex: by its deadline, by an interrupt, or not begun") {
  shared_condition s;
  unlock_token token;
  s.lock(token);
  for (const std::int64_t after : {std::int64_t{0}, std::int64_t{-5}, 3 * millisecond}) {
    CHECK(condition::wait(s.me, s.c, token, deadline::after(after)) == errc::timed_out);
    CHECK(token);
  }
  CHECK(condition::wait_for(
            s.me, s.c, token, [] { return false; }, deadline::after(millisecond)) ==
        errc::timed_out);
  s.me.interrupt();
  CHECK(condition::wait(s.me, s.c, token) == errc::interrupted);
  CHECK(token);
  CHECK_FALSE(s.me.is_interrupted());
  CHECK(condition::wait(s.me, s.m, token) == errc::wrong_type);
  CHECK(condition::wait(s.me, local(), token) == errc::wrong_type);
  CHECK(condition::notify(s.me, s.m).code() == errc::wrong_type);
  CHECK(condition::notify(s.me, local()).code() == errc::wrong_type);
  CHECK(token);
  token.unlock();
  std::thread other = s.holding(
      [](agent& by, const local& c, unlock_token& its) {
        CHECK(condition::wait(by, c, its) == errc::cannot_block);
        CHECK(its);
      },
      {.may_block = false});
  s.join(other);
  CHECK(s.notify() == 0);
  CHECK(s.waiting() == 0);
}

TEST_CASE(
    "a wait that was notified is no time-out, and no interrupt, however long the mutex takes") {
  shared_condition s;
  std::atomic<agent*> waits{nullptr};
  std::thread other = s.holding([&](agent& by, const local& c, unlock_token& its) {
    waits = &by;
    CHECK(condition::wait(by, c, its, deadline::after(50 * millisecond)) == errc::ok);
    CHECK(its);
    CHECK(by.clear_interrupt());  // is for the next wait
  });
  s.until_at_condition(1);
  unlock_token token;
  s.lock(token);
  CHECK(s.notify() == 1);
  waits.load()->interrupt();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(s.waiting() == 1);
  token.unlock();
  s.join(other);
}

TEST_CASE(
    "an agent that waits at a condition is parked: who stops the world does not wait for it") {
  shared_condition s;
  std::thread other = s.holding([&](agent& by, const local& c, unlock_token& token) {
    CHECK(condition::wait(by, c, token) == errc::ok);
  });
  s.until_at_condition(1);
  for (int i = 0; i < 100; ++i) CHECK(s.me.account_cluster().agents == 2);
  {
    unlock_token token;
    s.lock(token);
    CHECK(s.notify() == 1);
    for (int i = 0; i < 100; ++i) CHECK(s.me.account_cluster().agents == 2);
  }
  s.join(other);
}

TEST_CASE("who moves to a mutex that its owner leaves is told") {
  shared_condition s;
  std::thread other = s.holding([&](agent& by, const local& c, unlock_token& token) {
    CHECK(condition::wait(by, c, token) == errc::ok);
    CHECK(token.was_abandoned());
  });
  s.until_at_condition(1);
  alignas(unlock_token) static std::byte lost[sizeof(unlock_token)];
  std::thread owner([&] {
    attachment there = s.w.attach();
    scope its(*there);
    const local m = its.hold(s.sent.get(*there));
    const local c = its.hold(s.sent_condition.get(*there));
    REQUIRE(mutex::lock(*there, m, *new (lost) unlock_token) == errc::ok);
    CHECK(condition::notify(*there, c).value() == 1);
  });
  s.join(owner);
  s.join(other);
}

TEST_CASE("conditions with waits that end in every way lose no notice") {
  shared_condition s;
  constexpr int agents = 3;
  constexpr int rounds = 3'000;
  std::int64_t tickets = 0;  // under the mutex
  std::int64_t taken = 0;
  std::atomic<int> working{agents};
  std::vector<std::thread> others;
  for (int i = 0; i < agents; ++i) {
    others.push_back(s.holding([&, i](agent& by, const local& c, unlock_token& token) {
      for (int k = 0; k < rounds;) {
        const bool timed = (k + i) % 3 == 0;
        const errc how = condition::wait_for(
            by, c, token, [&] { return tickets > 0; },
            timed ? deadline::after(k % 20 * 1'000) : deadline::never());
        CHECK((how == errc::ok || (timed && how == errc::timed_out)));
        if (how != errc::ok) {
          ++k;
          continue;
        }
        --tickets;
        ++taken;
        ++k;
      }
      --working;
    }));
  }
  std::int64_t given = 0;
  while (working != 0) {
    {
      unlock_token token;
      REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
      if (tickets < 2) {
        ++tickets;
        ++given;
        if (given % 2 == 0) static_cast<void>(s.notify());
      }
    }
    if (given % 2 != 0) static_cast<void>(s.notify(given % 5 == 0 ? condition::all : 1));
    s.me.poll();
  }
  for (std::thread& each : others) s.join(each);
  CHECK(given == taken + tickets);
  CHECK(s.waiting() == 0);
}
