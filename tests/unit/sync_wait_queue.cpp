// SPDX-License-Identifier: BSL-1.0

// Wait queues: comparing and going to sleep are one step, the oldest wait ends first, and of a notice, a
// time-out and an interrupt at the same moment none is lost.

#include <atomic>
#include <chrono>
#include <csignal>
#include <limits>

#include "sync_world.hpp"

using agent_test::ending;
using agent_test::in_child;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::deadline;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::scope;
using shoal::typed_field;
using shoal::wait_queue;
using sync_test::millisecond;
using sync_test::shared_mutex;

namespace {

// An object with a field of every kind that agents of other threads wait at.
struct place : shared_mutex {
  shoal::type kind = me.declare("Place", {{"i32", shoal::i32},
                                          {"i64", shoal::i64},
                                          {"u8", shoal::u8},
                                          {"flag", shoal::boolean},
                                          {"f64", shoal::f64},
                                          {"any", shoal::any},
                                          {"ref", shoal::ref}})
                         .value();
  local object = me.create(in, kind).value();
  handle sent_object{me, object};
  typed_field<std::int32_t> number = typed<std::int32_t>("i32");

  template <class T>
  [[nodiscard]] typed_field<T> typed(const char* name) {
    return shoal::typed<T>(kind, name).value();
  }
  template <class Act>
  std::thread at_it(Act act, shoal::agent_options options = {}) {
    return on_another(
        [this, act](agent& by, const local&) {
          scope its(by);
          act(by, its.hold(sent_object.get(by)));
        },
        options);
  }
};

}  // namespace

TEST_CASE("who waits at a field is notified, and not_equal where it holds something else") {
  place p;
  CHECK(wait_queue::wait(p.me, p.object, p.number, 5) == errc::not_equal);
  CHECK(wait_queue::notify(p.me, p.object, p.number) == 0);
  std::thread other = p.at_it([&](agent& by, const local& object) {
    CHECK(wait_queue::wait(by, object, p.number, 0) == errc::ok);
    CHECK(by.load(object, p.number) == 7);
  });
  p.until_waiting(1);
  p.me.store(p.object, p.number, 7, shoal::seq_cst);
  CHECK(wait_queue::notify(p.me, p.object, p.number, 0) == 0);
  CHECK(wait_queue::notify(p.me, p.object, p.typed<std::int64_t>("i64")) == 0);
  CHECK(wait_queue::notify(p.me, p.object, p.number) == 1);
  p.join(other);
}

TEST_CASE("every kind of field is waited at, as compare_exchange compares") {
  place p;
  const deadline now = deadline::after(0);
  const auto answers = [&](auto where, auto same, auto another) {
    CHECK(wait_queue::wait(p.me, p.object, where, same, now) == errc::timed_out);
    CHECK(wait_queue::wait(p.me, p.object, where, another, now) == errc::not_equal);
  };
  answers(p.number, 0, 1);
  answers(p.typed<std::int64_t>("i64"), 0, std::int64_t{1} << 40);
  answers(p.typed<std::uint8_t>("u8"), std::uint8_t{0}, std::uint8_t{200});
  answers(p.typed<bool>("flag"), false, true);
  answers(p.typed<double>("f64"), 0.0, -0.0);
  p.me.store(p.object, p.typed<double>("f64"), std::numeric_limits<double>::quiet_NaN());
  answers(p.typed<double>("f64"), std::numeric_limits<double>::quiet_NaN(), 0.0);

  const local text = p.me.make_string(p.in, "a text that is equal").value();
  const local equal = p.me.make_string(p.in, "a text that is equal").value();
  const local another = p.me.make_string(p.in, "another").value();
  REQUIRE(p.me.store(p.object, p.typed<shoal::reference>("ref"), text) == errc::ok);
  answers(p.typed<shoal::reference>("ref"), text.get(), equal.get());
  using value = shoal::value;
  const auto any = p.typed<value>("any");
  REQUIRE(p.me.store(p.object, any, value(text.get())) == errc::ok);
  answers(any, value(equal.get()), value(another.get()));
  // As an interpreter does it.
  const shoal::field where = p.kind.field("i32").value();
  CHECK(wait_queue::wait(p.me, p.object, where, datum::of(0.0), now) == errc::timed_out);
  CHECK(wait_queue::wait(p.me, p.object, where, datum::of(true), now) == errc::not_equal);
}

TEST_CASE("a v128 is waited at, where the machine reads one at once") {
  shared_mutex s;
  const auto declared = s.me.declare("Wide", {{"v128", shoal::v128}});
  if (!declared) {
    CHECK(declared.code() == errc::unsupported_kind);
    return;
  }
  const auto where = shoal::typed<shoal::vec128>(*declared, "v128").value();
  const local object = s.me.create(s.in, *declared).value();
  const deadline now = deadline::after(0);
  CHECK(wait_queue::wait(s.me, object, where, shoal::vec128{}, now) == errc::timed_out);
  CHECK(wait_queue::wait(s.me, object, where, shoal::vec128{1, 0}, now) == errc::not_equal);
}

TEST_CASE("an element of an array and an agent-local are places to wait at") {
  place p;
  const local array = p.me.create_array(p.in, shoal::i32, 4).value();
  const handle sent_array(p.me, array);
  shoal::element_place second;
  REQUIRE(p.me.element(array, 1, second) == errc::ok);
  const shoal::agent_local slot = p.w->locals().make_slot(3).value();
  std::thread first = p.on_another([&](agent& by, const local&) {
    scope its(by);
    const local same = its.hold(sent_array.get(by));
    shoal::element_place at;
    REQUIRE(by.element(same, 1, at) == errc::ok);
    CHECK(wait_queue::wait(by, at, datum::of(0.0)) == errc::ok);
  });
  std::thread other = p.on_another([&](agent& by, const local&) {
    CHECK(wait_queue::wait(by, slot, 4) == errc::not_equal);
    CHECK(wait_queue::wait(by, slot, 3) == errc::ok);
  });
  p.until_waiting(2);
  CHECK(wait_queue::notify(p.me, second) == 1);
  CHECK(wait_queue::notify(p.me, slot) == 1);
  p.join(first);
  p.join(other);
}

TEST_CASE("bad input, agents that may not block, and deadlines of every kind") {
  place p;
  CHECK(wait_queue::wait(p.me, local(), p.number, 0) == errc::wrong_type);
  CHECK(wait_queue::notify(p.me, local(), p.number) == 0);
  std::thread other = p.at_it(
      [&](agent& by, const local& object) {
        CHECK(wait_queue::wait(by, object, p.number, 0) == errc::cannot_block);
        CHECK(wait_queue::wait(by, object, p.number, 1) == errc::cannot_block);
      },
      {.may_block = false});
  p.join(other);
  const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t after : {std::int64_t{0}, std::int64_t{-1}, lowest}) {
    CHECK(wait_queue::wait(p.me, p.object, p.number, 0, deadline::after(after)) == errc::timed_out);
  }
  const std::int64_t began = deadline::now();
  CHECK(wait_queue::wait(p.me, p.object, p.number, 0, deadline::after(20 * millisecond)) ==
        errc::timed_out);
  CHECK(deadline::now() - began >= 20 * millisecond);
  // Beyond the clock's range is never.
  const deadline far = deadline::after(std::numeric_limits<std::int64_t>::max());
  CHECK(far.is_never());
  std::thread waits = p.at_it([&](agent& by, const local& object) {
    CHECK(wait_queue::wait(by, object, p.number, 0, far) == errc::ok);
  });
  p.until_waiting(1);
  CHECK(wait_queue::notify(p.me, p.object, p.number) == 1);
  p.join(waits);
}

TEST_CASE("notify ends the oldest waits first, and as many as it says") {
  place p;
  constexpr int agents = 6;
  std::atomic<int> next{0};
  std::vector<int> order(agents, -1);
  std::vector<std::thread> others;
  for (int i = 0; i < agents; ++i) {
    others.push_back(p.at_it([&, i](agent& by, const local& object) {
      CHECK(wait_queue::wait(by, object, p.number, 0) == errc::ok);
      order[static_cast<std::size_t>(next++)] = i;
    }));
    p.until_waiting(static_cast<std::size_t>(i) + 1);
  }
  for (int i = 0; i < agents; ++i) {
    CHECK(wait_queue::notify(p.me, p.object, p.number, 1) == 1);
    while (next != i + 1) p.me.poll();
  }
  for (std::thread& each : others) p.join(each);
  for (int i = 0; i < agents; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
}

// A signal handler that returns ends the kernel's sleep early (EINTR), and no wait.
TEST_CASE("a signal ends no wait") {
  struct sigaction quiet {};
  struct sigaction before {};
  quiet.sa_handler = [](int) {};
  REQUIRE(sigaction(SIGUSR1, &quiet, &before) == 0);
  place p;
  std::atomic<bool> ended{false};
  std::atomic<pthread_t> its{};
  std::thread other = p.at_it([&](agent& by, const local& object) {
    its = pthread_self();
    CHECK(wait_queue::wait(by, object, p.number, 0) == errc::ok);
    ended = true;
  });
  p.until_waiting(1);
  for (int i = 0; i < 50; ++i) {
    pthread_kill(its, SIGUSR1);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    CHECK_FALSE(ended);
  }
  CHECK(wait_queue::notify(p.me, p.object, p.number) == 1);
  p.join(other);
  sigaction(SIGUSR1, &before, nullptr);
}

namespace {

// For a while it only looks, so that both are quick where there is a core for each.
void breathe(agent& by) {
  static thread_local unsigned breaths = 0;
  by.poll();
  if (++breaths % 1024 == 0) std::this_thread::yield();
}

// As many rounds of a notice and an interrupt at the same moment as SHOAL_ROUNDS says.
[[nodiscard]] int rounds_of(int usual) {
  const char* chosen = std::getenv("SHOAL_ROUNDS");
  return chosen == nullptr ? usual : std::atoi(chosen);
}

}  // namespace

// V8's trial loses 150 of 8,977 such notices: its waiter calls them time-outs.
TEST_CASE("a notice and an interrupt, or a time-out, at the same moment: neither is lost") {
  place p;
  const int rounds = rounds_of(2'000);
  std::atomic<agent*> waits{nullptr};
  std::atomic<int> turn{0};  // even: the waiter's; odd: its notifier's
  std::atomic<int> answer{0};
  std::thread other = p.at_it([&](agent& by, const local& object) {
    waits = &by;
    for (int i = 0; i < rounds; ++i) {
      while (turn.load(std::memory_order_acquire) != 2 * i) breathe(by);
      const bool timed = i % 2 == 0;
      turn.store(2 * i + 1, std::memory_order_release);
      const errc how = wait_queue::wait(by, object, p.number, 0,
                                        timed ? deadline::after(i % 7 * 1'000) : deadline::never());
      // Not notified yet, where it was interrupted: so that it is found out by whom.
      answer = static_cast<int>(how);
      turn.store(2 * i + 3, std::memory_order_release);
      while (turn.load(std::memory_order_acquire) != 2 * i + 4) breathe(by);
      turn.store(2 * (i + 1), std::memory_order_release);
    }
  });
  while (waits.load() == nullptr) p.me.poll();
  std::int64_t lost = 0;
  std::int64_t notified = 0;
  std::int64_t otherwise = 0;
  for (int i = 0; i < rounds; ++i) {
    while (turn.load(std::memory_order_acquire) != 2 * i + 1 &&
           turn.load(std::memory_order_acquire) != 2 * i + 3) {
      breathe(p.me);
    }
    const bool timed = i % 2 == 0;
    for (int spin = 0; spin < i % 13 * 20; ++spin) p.me.poll();
    if (!timed) waits.load()->interrupt();
    const std::size_t woken = wait_queue::notify(p.me, p.object, p.number);
    while (turn.load(std::memory_order_acquire) != 2 * i + 3) breathe(p.me);
    const auto how = static_cast<errc>(answer.load());
    if ((how == errc::ok) != (woken == 1)) ++lost;
    if (!timed && waits.load()->is_interrupted() != (how == errc::ok)) ++lost;
    static_cast<void>(waits.load()->clear_interrupt());
    (how == errc::ok ? notified : otherwise) += 1;
    turn.store(2 * i + 4, std::memory_order_release);
  }
  p.join(other);
  CHECK(lost == 0);
  MESSAGE(rounds << " rounds: " << notified << " notified, " << otherwise << " otherwise");
}

TEST_CASE("in a child that nobody has mended waits answer forked") {
  place p;
  const ending how = in_child([&] {
    CHILD_CHECK(wait_queue::wait(p.me, p.object, p.number, 0) == errc::forked);
    CHILD_CHECK(wait_queue::notify(p.me, p.object, p.number) == 0);
    CHILD_CHECK(p.w->after_fork_child(&p.me) == errc::ok);
    CHILD_CHECK(wait_queue::wait(p.me, p.object, p.number, 0, deadline::after(1)) ==
                errc::timed_out);
    return 0;
  });
  CHECK(how.errors == "");
  CHECK(how.code == 0);
}
