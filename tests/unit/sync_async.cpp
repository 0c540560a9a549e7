// SPDX-License-Identifier: BSL-1.0

// Asynchronous waits: each ends once, on its agent, in serve or as the agent goes; none is lost.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>

#include "sync_world.hpp"

using agent_test::ending;
using agent_test::host;
using agent_test::in_child;
using shoal::agent;
using shoal::attachment;
using shoal::cancel_waits;
using shoal::condition;
using shoal::deadline;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::mailbox;
using shoal::mutex;
using shoal::received;
using shoal::scope;
using shoal::unlock_token;
using shoal::wait_queue;
using sync_test::millisecond;
using sync_test::shared_mutex;

namespace {

using value = shoal::basic_value<shoal::nan_box>;

// What one wait has been told.
struct told {
  int times = 0;
  errc how = errc::pending;
  bool abandoned = false;
  std::optional<unlock_token> token;  // kept
  value got;
  std::function<void(agent&)> then;
  std::thread::id on;

  void note(agent& by, errc code) {
    ++times;
    how = code;
    on = std::this_thread::get_id();
    if (then) then(by);
  }
  static void locked(void* self, agent& by, errc how, unlock_token&& had) noexcept {
    auto& me = *static_cast<told*>(self);
    CHECK(static_cast<bool>(had) == (how == errc::ok || (how == errc::timed_out && had)));
    me.abandoned = had.was_abandoned();
    if (had) me.token.emplace(std::move(had));
    me.note(by, how);
  }
  static void settled(void* self, agent& by, errc how) noexcept {
    static_cast<told*>(self)->note(by, how);
  }
  static void had(void* self, agent& by, errc how, received& what) noexcept {
    auto& me = *static_cast<told*>(self);
    if (how == errc::ok) me.got = what.get();
    me.note(by, how);
  }
  [[nodiscard]] bool is(errc code) const { return times == 1 && how == code; }
};

// A host whose loop is the test: it counts how often it is asked to serve.
struct looping {
  host its;
  std::atomic<int> asked{0};
  looping() {
    its.posted = [this] { ++asked; };
  }
};

struct async_world : shared_mutex {
  local c = condition::make(me, in).value();
  handle sent_condition{me, c};

  // Another agent has the mutex, stage 1, and from stage 2 on goes without unlocking it.
  std::thread owner_that_goes(std::atomic<int>& stage) {
    std::thread owner([&] {
      alignas(unlock_token) static std::byte lost[sizeof(unlock_token)];
      attachment there = w.attach();
      scope its(*there);
      REQUIRE(mutex::lock(*there, its.hold(sent.get(*there)), *new (lost) unlock_token) ==
              errc::ok);
      stage = 1;
      while (stage < 2) there->poll();
    });
    while (stage < 1) me.poll();
    return owner;
  }

  // Until it has been told, at most for a while.
  void until(const told& what, int times = 1) {
    const deadline end = deadline::after(20'000 * millisecond);
    while (what.times < times && !end.has_passed()) {
      me.serve();
      me.poll();
    }
    REQUIRE(what.times == times);
  }
  errc lock_async(told& into, deadline end = deadline::never()) {
    return mutex::lock_async(me, m, told::locked, &into, end);
  }
};

}  // namespace

TEST_CASE("a free mutex is had in serve, not before, and the host is asked to serve") {
  agent_test::world w;
  looping loop;
  attachment here = w.attach({.hooks = loop.its.hooks()});
  agent& me = *here;
  scope in(me);
  const local m = mutex::make(me, in).value();
  told first;
  REQUIRE(mutex::lock_async(me, m, told::locked, &first) == errc::ok);
  CHECK(loop.asked == 1);
  CHECK(first.times == 0);
  CHECK(me.serve() == 1);
  CHECK(first.is(errc::ok));
  CHECK(first.on == std::this_thread::get_id());
  unlock_token token;
  CHECK(mutex::try_lock(me, m, token) == errc::deadlock);
  first.token->unlock();
  CHECK(mutex::try_lock(me, m, token) == errc::ok);
  CHECK(me.serve() == 0);
  CHECK(first.times == 1);
}

TEST_CASE("a mutex that another agent holds is had when that one unlocks it") {
  async_world s;
  std::atomic<int> stage{0};
  std::thread other = s.on_another([&](agent& by, const local& m) {
    unlock_token token;
    CHECK(mutex::lock(by, m, token) == errc::ok);
    stage = 1;
    while (stage != 2) by.poll();
  });
  while (stage != 1) s.me.poll();
  told first;
  told second;
  REQUIRE(s.lock_async(first) == errc::ok);
  REQUIRE(s.lock_async(second) == errc::ok);
  CHECK(s.waiting() == 2);
  CHECK(s.me.serve() == 0);
  CHECK(first.times == 0);
  stage = 2;
  s.join(other);
  s.until(first);
  CHECK(first.how == errc::ok);
  s.me.serve();
  CHECK(second.times == 0);
  first.token->unlock();
  s.until(second);
  CHECK(second.how == errc::ok);
  CHECK(s.waiting() == 0);
}

TEST_CASE("an agent may wait for a mutex that it holds itself") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told waits;
  REQUIRE(s.lock_async(waits) == errc::ok);
  CHECK(s.me.serve() == 0);
  SUBCASE("unlocked") { token.unlock(); }
  SUBCASE("unlocked fairly: nothing is handed to a task, so others may have it meanwhile") {
    token.unlock_fair();
    std::thread other = s.on_another([](agent& by, const local& m) {
      unlock_token its;
      CHECK(mutex::try_lock(by, m, its) == errc::ok);
    });
    s.join(other);
  }
  CHECK(waits.times == 0);
  CHECK(s.me.serve() == 1);
  CHECK(waits.is(errc::ok));
}

TEST_CASE("who comes in vain queues up at the front again") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told first;
  told second;
  REQUIRE(s.lock_async(first) == errc::ok);
  REQUIRE(s.lock_async(second) == errc::ok);
  std::string order;
  first.then = [&](agent&) { order += '1'; };
  second.then = [&](agent&) { order += '2'; };
  token.unlock();  // the first is posted, and finds it locked again
  CHECK(s.waiting() == 2);
  REQUIRE(mutex::try_lock(s.me, s.m, token) == errc::ok);
  CHECK(s.me.serve() == 1);
  CHECK(s.waiting() == 2);
  token.unlock_fair();
  s.until(first);
  CHECK(order == "1");
  first.token->unlock();
  s.until(second);
  CHECK(order == "12");
}

TEST_CASE("a wait that comes in vain has the mutex in the end") {
  async_world s;
  std::atomic<bool> done{false};
  std::vector<std::thread> others;
  for (int i = 0; i < 2; ++i) {
    others.push_back(s.on_another([&](agent& by, const local& m) {
      while (!done) {
        unlock_token token;
        CHECK(mutex::lock(by, m, token) == errc::ok);
      }
    }));
  }
  for (int i = 0; i < 200; ++i) {
    told waits;
    REQUIRE(s.lock_async(waits) == errc::ok);
    s.until(waits);
    CHECK(waits.how == errc::ok);
    waits.token->unlock();
  }
  done = true;
  for (std::thread& each : others) s.join(each);
}

TEST_CASE("a deadline ends a wait in serve; next_deadline says when to call it") {
  async_world s;
  CHECK(s.me.next_deadline().is_never());
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told never;
  told later;
  told soon;
  told at_once;
  const deadline first = deadline::after(3 * millisecond);
  REQUIRE(s.lock_async(never) == errc::ok);
  REQUIRE(s.lock_async(later, deadline::after(10'000'000 * millisecond)) == errc::ok);
  REQUIRE(s.lock_async(soon, first) == errc::ok);
  CHECK(s.me.next_deadline().nanoseconds() == first.nanoseconds());
  for (const std::int64_t after : {std::int64_t{0}, std::int64_t{-7}}) {
    at_once.times = 0;
    REQUIRE(s.lock_async(at_once, deadline::after(after)) == errc::ok);
    CHECK(at_once.times == 0);
    CHECK(s.me.serve() >= 1);
    CHECK(at_once.is(errc::timed_out));
    CHECK_FALSE(at_once.token.has_value());
  }
  s.until(soon);
  CHECK(soon.how == errc::timed_out);
  CHECK(never.times + later.times == 0);
  token.unlock();
  s.until(never);
  CHECK(never.how == errc::ok);
  never.token->unlock();
  s.until(later);
  CHECK(later.how == errc::ok);
  // Beyond the clock's range is never.
  later.token->unlock();
  told far;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  REQUIRE(s.lock_async(far, deadline::after(INT64_MAX)) == errc::ok);
  CHECK(s.me.next_deadline().is_never());
  CHECK(cancel_waits(s.me, &far) == 1);
}

TEST_CASE("what is cancelled is told so, once, and no other") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told mine[2];
  told other;
  REQUIRE(s.lock_async(mine[0]) == errc::ok);
  REQUIRE(s.lock_async(other) == errc::ok);
  CHECK(cancel_waits(s.me, &mine[1]) == 0);
  CHECK(cancel_waits(s.me, &mine[0]) == 1);
  CHECK(mine[0].is(errc::cancelled));
  CHECK(cancel_waits(s.me, &mine[0]) == 0);
  CHECK(s.waiting() == 1);
  token.unlock();
  // It has been notified.
  CHECK(cancel_waits(s.me, &other) == 0);
  CHECK(s.me.serve() == 1);
  CHECK(other.is(errc::ok));
}

TEST_CASE("bad input begins nothing") {
  async_world s;
  unlock_token token;
  told never;
  CHECK(mutex::lock_async(s.me, local(), told::locked, &never) == errc::wrong_type);
  CHECK(mutex::lock_async(s.me, s.c, told::locked, &never) == errc::wrong_type);
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  CHECK(condition::wait_async(s.me, s.m, token, told::locked, &never) == errc::wrong_type);
  CHECK(condition::wait_async(s.me, local(), token, told::locked, &never) == errc::wrong_type);
  CHECK(token);
  CHECK(mailbox::receive_async(s.me, s.m, told::had, &never) == errc::wrong_type);
  CHECK(mailbox::send_async(s.me, local(), value(1), told::settled, &never) == errc::wrong_type);
  CHECK(s.me.serve() == 0);
  CHECK(s.me.tasks() == nullptr);
  CHECK(never.times == 0);
}

TEST_CASE("an agent that goes is told of its waits, and holds up nobody") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told first;
  told second;
  told third;
  bool begun_late = false;
  std::atomic<bool> go{false};
  std::thread other = s.on_another([&](agent& by, const local& m) {
    CHECK(mutex::lock_async(by, m, told::locked, &first) == errc::ok);
    CHECK(mutex::lock_async(by, m, told::locked, &second) == errc::ok);
    first.then = [&](agent& my) {
      scope its(my);
      begun_late = true;
      CHECK(mutex::lock_async(my, its.hold(s.sent.get(my)), told::locked, &third) ==
            errc::owner_gone);
    };
    while (!go) by.poll();
  });
  s.until_waiting(2);
  SUBCASE("while they wait") {
    go = true;
    s.join(other);
    CHECK(first.is(errc::cancelled));
    CHECK(second.is(errc::cancelled));
  }
  SUBCASE("when one has been woken") {
    token.unlock();
    go = true;
    s.join(other);
    CHECK(first.is(errc::cancelled));
    CHECK(second.is(errc::cancelled));
  }
  SUBCASE("when one has been handed the mutex") {
    token.unlock_fair();
    go = true;
    s.join(other);
    CHECK(first.is(errc::cancelled));
    CHECK(second.is(errc::cancelled));
  }
  CHECK_FALSE(first.token.has_value());  // nobody would unlock it
  CHECK_FALSE(second.token.has_value());
  CHECK(begun_late);
  CHECK(third.times == 0);
  CHECK(s.waiting() == 0);
  if (!token) REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  CHECK_FALSE(token.was_abandoned());
}

TEST_CASE("who waits for the mutex of an agent that goes is told that it was abandoned") {
  async_world s;
  std::atomic<int> stage{0};
  std::thread owner = s.owner_that_goes(stage);
  told waits;
  REQUIRE(s.lock_async(waits) == errc::ok);
  stage = 2;
  s.join(owner);
  s.until(waits);
  CHECK(waits.how == errc::ok);
  CHECK(waits.abandoned);
}

// Seen to fail: an agent that went unlocked what it had taken over, and nobody was told.
TEST_CASE("a mutex stays abandoned where the next who has it goes at once") {
  async_world s;
  told waits;
  std::atomic<int> stage{0};
  std::thread owner = s.owner_that_goes(stage);
  std::thread other = s.on_another([&](agent& by, const local& m) {
    CHECK(mutex::lock_async(by, m, told::locked, &waits) == errc::ok);
    stage = 2;
    while (stage != 3) by.poll();
  });
  s.join(owner);
  stage = 3;
  s.join(other);
  CHECK(waits.is(errc::cancelled));
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  CHECK(token.was_abandoned());
}

TEST_CASE("a condition is waited at, with the mutex given up, and had again with the notice") {
  async_world s;
  unlock_token token;
  told waits;
  const auto wait = [&](deadline end = deadline::never()) {
    waits.times = 0;
    if (!token) REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    REQUIRE(condition::wait_async(s.me, s.c, token, told::locked, &waits, end) == errc::ok);
    CHECK_FALSE(token);
  };
  const auto is_free = [&] {
    unlock_token probe;
    return mutex::try_lock(s.me, s.m, probe) == errc::ok;
  };
  SUBCASE("notified, with the mutex free") {
    wait();
    CHECK(is_free());
    CHECK(s.me.serve() == 0);
    CHECK(condition::notify(s.me, s.c).value() == 1);
    CHECK(s.me.serve() == 1);
    CHECK(waits.is(errc::ok));
    CHECK(waits.token.has_value());
  }
  SUBCASE("notified, with the mutex held: it moves to the mutex's queue") {
    wait(deadline::after(2 * millisecond));
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    CHECK(condition::notify(s.me, s.c).value() == 1);
    CHECK(condition::notify(s.me, s.c).value() == 0);
    CHECK(s.waiting() == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(s.me.serve() == 0);  // no time-out any more
    CHECK(waits.times == 0);
    token.unlock();
    s.until(waits);
    CHECK(waits.how == errc::ok);
  }
  SUBCASE("timed out: it has the mutex all the same, as soon as that is free") {
    wait(deadline::after(millisecond));
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    CHECK(s.me.serve() == 0);
    CHECK(waits.times == 0);
    CHECK(condition::notify(s.me, s.c).value() == 0);
    token.unlock();
    s.until(waits);
    CHECK(waits.how == errc::timed_out);
    CHECK(waits.token.has_value());
  }
  SUBCASE("cancelled") {
    wait();
    CHECK(cancel_waits(s.me, &waits) == 1);
    CHECK(waits.is(errc::cancelled));
    CHECK_FALSE(waits.token.has_value());
    CHECK(condition::notify(s.me, s.c).value() == 0);
    CHECK(is_free());
  }
  SUBCASE("not cancelled any more once it has been notified, or has timed out") {
    for (const bool is_notified : {true, false}) {
      wait(is_notified ? deadline::never() : deadline::after(1));
      REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
      if (is_notified) CHECK(condition::notify(s.me, s.c).value() == 1);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      CHECK(s.me.serve() == 0);
      CHECK(cancel_waits(s.me, &waits) == 0);
      token.unlock();
      s.until(waits);
      CHECK(waits.how == (is_notified ? errc::ok : errc::timed_out));
      waits.token.reset();
    }
  }
  CHECK(s.waiting() == 0);
}

TEST_CASE("an agent that goes with a wait in the queue of a mutex that is held is not held up") {
  async_world s;
  told waits;
  std::atomic<int> stage{0};
  unlock_token token;
  std::thread other = s.on_another([&](agent& by, const local& m) {
    scope its(by);
    unlock_token held;
    REQUIRE(mutex::lock(by, m, held) == errc::ok);
    CHECK(condition::wait_async(by, its.hold(s.sent_condition.get(by)), held, told::locked,
                                &waits) == errc::ok);
    stage = 1;
    while (stage != 2) by.poll();
  });
  while (stage != 1) s.me.poll();
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  CHECK(condition::notify(s.me, s.c).value() == 1);
  stage = 2;
  s.join(other);
  CHECK(waits.is(errc::cancelled));
  token.unlock();
  CHECK(s.waiting() == 0);
}

TEST_CASE("conditions notify threads and tasks, and the tasks of an agent in their order") {
  async_world s;
  std::string order;  // under the mutex
  told waits[2];
  const auto wait_async = [&](int i) {
    unlock_token token;
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    REQUIRE(condition::wait_async(s.me, s.c, token, told::locked, &waits[i]) == errc::ok);
  };
  waits[0].then = [&](agent&) {
    order += 'a';
    waits[0].token.reset();
  };
  waits[1].then = [&](agent&) {
    order += 'c';
    waits[1].token.reset();
  };
  wait_async(0);
  std::thread other = s.on_another([&](agent& by, const local& m) {
    scope its(by);
    unlock_token token;
    REQUIRE(mutex::lock(by, m, token) == errc::ok);
    CHECK(condition::wait(by, its.hold(s.sent_condition.get(by)), token) == errc::ok);
    order += 'b';
  });
  s.until_waiting(2);
  wait_async(1);
  {
    unlock_token token;
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    CHECK(condition::notify(s.me, s.c, condition::all).value() == 3);
  }
  s.until(waits[0]);
  s.until(waits[1]);
  s.join(other);
  CHECK(order.size() == 3);
  CHECK(order.find('a') < order.find('c'));
}

TEST_CASE("fields are waited at as Atomics.waitAsync does") {
  async_world s;
  const shoal::type counter = s.me.declare("Counter", {{"n", shoal::i32}}).value();
  const local o = s.me.create(s.in, counter).value();
  const shoal::field n = counter.field("n").value();
  const auto zero = agent_test::integer(0);
  told waits;
  told second;
  CHECK(wait_queue::wait_async(s.me, o, n, agent_test::integer(1), told::settled, &waits) ==
        errc::not_equal);
  CHECK(wait_queue::wait_async(s.me, o, n, zero, told::settled, &waits, deadline::after(0)) ==
        errc::timed_out);
  CHECK(wait_queue::wait_async(s.me, o, n, zero, told::settled, &waits, deadline::after(-1)) ==
        errc::timed_out);
  CHECK(s.me.tasks() == nullptr);
  REQUIRE(wait_queue::wait_async(s.me, o, n, zero, told::settled, &waits) == errc::ok);
  REQUIRE(wait_queue::wait_async(s.me, o, n, zero, told::settled, &second,
                                 deadline::after(millisecond)) == errc::ok);
  SUBCASE("the oldest first") {
    CHECK(wait_queue::notify(s.me, o, n, 1) == 1);
    CHECK(s.me.serve() >= 1);
    CHECK(waits.is(errc::ok));
    s.until(second);
    CHECK(second.how == errc::timed_out);
    CHECK(wait_queue::notify(s.me, o, n) == 0);
  }
  SUBCASE("all, and one that was notified has not timed out") {
    CHECK(wait_queue::notify(s.me, o, n) == 2);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    CHECK(s.me.serve() == 2);
    CHECK(waits.is(errc::ok));
    CHECK(second.is(errc::ok));
  }
  SUBCASE("a wait keeps its object alive, and an agent that goes gives it up") {
    static_cast<void>(s.me.debug_trace());
    CHECK(cancel_waits(s.me, &waits) == 1);
    s.until(second);
  }
  CHECK(s.waiting() == 0);
}

TEST_CASE("elements and agent-locals are waited at as well") {
  async_world s;
  const local array = s.me.create_array(s.in, shoal::u32, 3).value();
  shoal::element_place third;
  REQUIRE(s.me.element(array.get(), 2, third) == errc::ok);
  told waits;
  REQUIRE(wait_queue::wait_async(s.me, array, third, agent_test::integer(0), told::settled,
                                 &waits) == errc::ok);
  CHECK(wait_queue::notify(s.me, third) == 1);
  s.until(waits);
  CHECK(waits.how == errc::ok);
}

TEST_CASE("a mailbox is received from and sent into without sleeping") {
  async_world s;
  const local box = mailbox::make(s.me, s.in, 2).value();
  told gets[2];
  told puts[3];
  SUBCASE("values that come later") {
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[0]) == errc::ok);
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[1]) == errc::ok);
    CHECK(s.me.serve() == 0);
    REQUIRE(mailbox::send(s.me, box, 7) == errc::ok);
    REQUIRE(mailbox::send(s.me, box, 8) == errc::ok);
    s.until(gets[0]);
    s.until(gets[1]);
    CHECK(gets[0].got == value(7));
    CHECK(gets[1].got == value(8));
  }
  SUBCASE("room that comes later") {
    for (int i = 0; i < 3; ++i) {
      REQUIRE(mailbox::send_async(s.me, box, i, told::settled, &puts[i]) == errc::ok);
    }
    CHECK(s.me.serve() == 2);
    CHECK(puts[0].is(errc::ok));
    CHECK(puts[1].is(errc::ok));
    CHECK(puts[2].times == 0);
    received got(s.in);
    REQUIRE(mailbox::receive(s.me, box, got) == errc::ok);
    CHECK(got.get() == value(0));
    s.until(puts[2]);
    CHECK(puts[2].how == errc::ok);
    REQUIRE(mailbox::receive(s.me, box, got) == errc::ok);
    REQUIRE(mailbox::receive(s.me, box, got) == errc::ok);
    CHECK(got.get() == value(2));
  }
  SUBCASE("what waits to be sent lives, and so does what was received") {
    const shoal::type point = s.me.declare("Point", {{"x", shoal::any}}).value();
    REQUIRE(mailbox::send(s.me, box, 1) == errc::ok);
    REQUIRE(mailbox::send(s.me, box, 2) == errc::ok);
    {
      scope its(s.me);
      const local p = s.me.create(its, point).value();
      REQUIRE(mailbox::send_async(s.me, box, value(p), told::settled, &puts[0]) == errc::ok);
    }
    static_cast<void>(s.me.debug_trace());
    received got(s.in);
    REQUIRE(mailbox::receive(s.me, box, got) == errc::ok);
    s.until(puts[0]);
    REQUIRE(mailbox::receive(s.me, box, got) == errc::ok);
    bool is_point = false;
    gets[0].then = [&](agent& by) {
      static_cast<void>(by.debug_trace());
      is_point = gets[0].got.is_object() && by.debug_verify().sound();
    };
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[0]) == errc::ok);
    s.until(gets[0]);
    CHECK(is_point);
  }
  SUBCASE("closing ends them") {
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[0]) == errc::ok);
    REQUIRE(mailbox::close(s.me, box) == errc::ok);
    s.until(gets[0]);
    CHECK(gets[0].how == errc::closed);
    CHECK(mailbox::send_async(s.me, box, 1, told::settled, &puts[0]) == errc::closed);
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[1]) == errc::ok);
    s.until(gets[1]);
    CHECK(gets[1].how == errc::closed);
  }
  SUBCASE("deadlines and cancelling") {
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[0], deadline::after(millisecond)) ==
            errc::ok);
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets[1]) == errc::ok);
    s.until(gets[0]);
    CHECK(gets[0].how == errc::timed_out);
    CHECK(cancel_waits(s.me, &gets[1]) == 1);
    CHECK(gets[1].is(errc::cancelled));
  }
  CHECK(s.me.tasks() == nullptr);
  CHECK(s.waiting() == 0);
}

TEST_CASE("what a wait is told may begin the next, which the same serve does not run") {
  async_world s;
  const local box = mailbox::make(s.me, s.in, 8).value();
  told gets;
  int runs = 0;
  gets.then = [&](agent& by) {
    if (++runs < 5) {
      CHECK(mailbox::receive_async(by, box, told::had, &gets) == errc::ok);
    }
  };
  for (int i = 0; i < 5; ++i) REQUIRE(mailbox::send(s.me, box, i) == errc::ok);
  REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets) == errc::ok);
  for (int i = 1; i <= 5; ++i) {
    CHECK(s.me.serve() == 1);
    CHECK(gets.times == i);
    CHECK(gets.got == value(i - 1));
  }
  CHECK(s.me.serve() == 0);
}

TEST_CASE("an agent that may not block waits like this") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told waits;
  std::atomic<int> stage{0};
  std::thread other = s.on_another(
      [&](agent& by, const local& m) {
        unlock_token its;
        CHECK(mutex::lock(by, m, its) == errc::cannot_block);
        CHECK(mutex::lock_async(by, m, told::locked, &waits) == errc::ok);
        stage = 1;
        while (waits.times == 0) {
          by.serve();
          by.poll();
        }
        waits.token.reset();
      },
      {.may_block = false});
  while (stage != 1) s.me.poll();
  token.unlock();
  s.join(other);
  CHECK(waits.is(errc::ok));
}

TEST_CASE("an interrupt ends no asynchronous wait") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told waits;
  REQUIRE(s.lock_async(waits) == errc::ok);
  s.me.interrupt();
  CHECK(s.me.serve() == 0);
  CHECK(s.me.clear_interrupt());
  token.unlock();
  s.until(waits);
  CHECK(waits.how == errc::ok);
}

TEST_CASE("without memory a wait is not begun, and nothing is lost") {
  async_world s;
  int failed = 0;
  for (int at = 0; at < 12; ++at) {
    unlock_token token;
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    told waits;
    std::vector<handle> full;  // so that a handle needs memory too
    for (int i = 0; i < 40 * at; ++i) full.emplace_back(s.me, s.m);
    s.w.metadata.fail_at = s.w.metadata.requests + at % 2;
    const errc code = condition::wait_async(s.me, s.c, token, told::locked, &waits);
    s.w.metadata.fail_at = -1;
    if (code == errc::ok) {
      CHECK(cancel_waits(s.me, &waits) == 1);
    } else {
      CHECK(code == errc::out_of_memory);
      CHECK(token);
      CHECK(waits.times == 0);
      ++failed;
    }
    CHECK(s.me.tasks() == nullptr);
  }
  CHECK(failed != 0);
}

TEST_CASE("threads and tasks exclude each other, and none waits for ever") {
  async_world s;
  constexpr int agents = 3;
  constexpr int rounds = 400;
  std::uint64_t count = 0;  // under the mutex
  std::vector<std::thread> others;
  for (int i = 0; i < agents; ++i) {
    others.push_back(s.on_another([&, i](agent& by, const local& m) {
      if (i == 0) {
        for (int k = 0; k < rounds; ++k) {
          unlock_token token;
          CHECK(mutex::lock(by, m, token) == errc::ok);
          ++count;
        }
        return;
      }
      std::vector<told> waits(rounds);
      int done = 0;
      int begun = 0;
      while (done != rounds) {
        if (begun != rounds && begun - done < 4) {
          told& each = waits[static_cast<std::size_t>(begun++)];
          each.then = [&](agent&) {
            CHECK(each.how == errc::ok);
            ++count;
            ++done;
            each.token.reset();
          };
          CHECK(mutex::lock_async(by, m, told::locked, &each) == errc::ok);
        }
        by.serve();
        by.poll();
      }
    }));
  }
  for (std::thread& each : others) s.join(each);
  CHECK(count == agents * rounds);
  CHECK(s.waiting() == 0);
}

TEST_CASE("in the child of a fork the survivor's waits go on, and those of others are gone") {
  async_world s;
  const shoal::type counter = s.me.declare("Counter", {{"n", shoal::i32}}).value();
  const local o = s.me.create(s.in, counter).value();
  const shoal::field n = counter.field("n").value();
  const local box = mailbox::make(s.me, s.in, 1).value();
  std::atomic<int> stage{0};
  told others;
  std::thread other = s.on_another([&](agent& by, const local& m) {
    unlock_token token;
    REQUIRE(mutex::lock(by, m, token) == errc::ok);
    CHECK(mutex::lock_async(by, m, told::locked, &others) == errc::ok);
    by.leave();
    stage = 1;
    while (stage != 2) std::this_thread::yield();
    by.enter();
  });
  while (stage != 1) s.me.poll();
  told locks;
  told sees[2];
  told gets;
  REQUIRE(s.lock_async(locks) == errc::ok);
  for (told& each : sees) {
    REQUIRE(wait_queue::wait_async(s.me, o, n, agent_test::integer(0), told::settled, &each) ==
            errc::ok);
  }
  REQUIRE(mailbox::receive_async(s.me, box, told::had, &gets) == errc::ok);
  const ending how = in_child([&] {
    CHILD_CHECK(s.me.serve() == 0);
    CHILD_CHECK(cancel_waits(s.me, &locks) == 0);
    CHILD_CHECK(s.lock_async(locks) == errc::forked);
    CHILD_CHECK(s.w->after_fork_child(&s.me) == errc::ok);
    s.me.serve();
    s.me.serve();
    CHILD_CHECK(locks.is(errc::ok));
    CHILD_CHECK(locks.abandoned);
    CHILD_CHECK(others.times == 0);
    CHILD_CHECK(wait_queue::notify(s.me, o, n, 1) == 1);
    s.me.serve();
    CHILD_CHECK(sees[0].is(errc::ok) && sees[1].times == 0);
    CHILD_CHECK(mailbox::send(s.me, box, 3) == errc::ok);
    s.me.serve();
    CHILD_CHECK(gets.is(errc::ok) && gets.got == value(3));
    CHILD_CHECK(cancel_waits(s.me, &sees[1]) == 1);
    CHILD_CHECK(s.waiting() == 0);
    CHILD_CHECK(s.me.tasks() == nullptr);
    return 0;
  });
  CHECK(how.errors == "");
  CHECK(how.code == 0);
  stage = 2;
  s.join(other);
  CHECK(others.times == 1);
  for (told* each : {&locks, &sees[0], &sees[1], &gets}) {
    static_cast<void>(cancel_waits(s.me, each));
    s.me.serve();
    CHECK(each->times == 1);
  }
}

// Seen to fail: a task alone was woken, and its agent was asleep behind it.
TEST_CASE("a task that nobody serves holds up no thread that sleeps behind it") {
  async_world s;
  told waits;
  unlock_token token;
  SUBCASE("at a mutex, of the same agent") {
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    std::thread other = s.on_another([&](agent& by, const local& m) {
      CHECK(mutex::lock_async(by, m, told::locked, &waits) == errc::ok);
      unlock_token its;
      CHECK(mutex::lock(by, m, its, deadline::after(20'000 * millisecond)) == errc::ok);
    });
    s.until_waiting(2);
    SUBCASE("unlocked") { token.unlock(); }
    SUBCASE("unlocked fairly") { token.unlock_fair(); }
    s.join(other);
    CHECK(waits.is(errc::cancelled));
  }
  SUBCASE("at a condition") {
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    REQUIRE(condition::wait_async(s.me, s.c, token, told::locked, &waits) == errc::ok);
    std::thread other = s.on_another([&](agent& by, const local& m) {
      scope its(by);
      unlock_token mine;
      CHECK(mutex::lock(by, m, mine) == errc::ok);
      CHECK(condition::wait(by, its.hold(s.sent_condition.get(by)), mine) == errc::ok);
    });
    s.until_waiting(2);
    SUBCASE("notified with the mutex held") {
      REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
      CHECK(condition::notify(s.me, s.c, condition::all).value() == 2);
      token.unlock();
    }
    SUBCASE("notified with the mutex free") {
      CHECK(condition::notify(s.me, s.c, condition::all).value() == 2);
    }
    s.join(other);
    s.until(waits);
  }
  SUBCASE("at a mailbox") {
    const local box = mailbox::make(s.me, s.in, 2).value();
    REQUIRE(mailbox::receive_async(s.me, box, told::had, &waits) == errc::ok);
    const handle sent(s.me, box);
    std::thread other = s.on_another([&](agent& by, const local&) {
      scope its(by);
      received got(its);
      CHECK(mailbox::receive(by, its.hold(sent.get(by)), got) == errc::ok);
    });
    s.until_waiting(2);
    REQUIRE(mailbox::send(s.me, box, 1) == errc::ok);
    s.join(other);
    REQUIRE(mailbox::send(s.me, box, 2) == errc::ok);
    s.until(waits);
    CHECK(waits.got == value(2));
  }
}

// Seen to fail: a thread that was to lock another mutex counted as the first that is woken.
TEST_CASE("a condition may serve several mutexes, and a task of one holds up no thread of it") {
  async_world s;
  const local second = mutex::make(s.me, s.in).value();
  const handle sent_second(s.me, second);
  told waits;
  {
    unlock_token token;
    REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
    REQUIRE(condition::wait_async(s.me, s.c, token, told::locked, &waits) == errc::ok);
  }
  std::vector<std::thread> others;
  for (const bool is_second : {true, false}) {
    others.push_back(s.on_another([&, is_second](agent& by, const local& m) {
      scope its(by);
      unlock_token token;
      const local mine = is_second ? its.hold(sent_second.get(by)) : m;
      CHECK(mutex::lock(by, mine, token) == errc::ok);
      CHECK(condition::wait(by, its.hold(s.sent_condition.get(by)), token) == errc::ok);
    }));
    s.until_waiting(is_second ? 2 : 3);
  }
  unlock_token token;  // all wait, once their mutexes can be had
  REQUIRE(mutex::lock(s.me, second, token) == errc::ok);
  token.unlock();
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  token.unlock();
  CHECK(condition::notify(s.me, s.c, condition::all).value() == 3);
  for (std::thread& each : others) s.join(each);
  s.until(waits);
  CHECK(waits.how == errc::ok);
}

// Seen to fail: whoever was late went in front of those who had been late before.
TEST_CASE("waits that come in vain together keep their order") {
  async_world s;
  std::atomic<int> stage{0};
  std::thread owner = s.owner_that_goes(stage);
  std::string order;
  told waits[4];
  for (int i = 0; i < 4; ++i) {
    waits[i].then = [&, i](agent&) {
      order += static_cast<char>('0' + i);
      waits[i].token.reset();
    };
    REQUIRE(s.lock_async(waits[i]) == errc::ok);
  }
  stage = 2;
  s.join(owner);  // all are told to look
  unlock_token token;
  REQUIRE(mutex::try_lock(s.me, s.m, token) == errc::ok);
  CHECK(token.was_abandoned());
  CHECK(s.me.serve() == 4);
  CHECK(s.waiting() == 4);
  token.unlock();
  s.until(waits[3]);
  CHECK(order == "0123");
}

// Seen to fail: it went on for as long as they did.
TEST_CASE("what begins again as it ends does not keep serve or cancel_waits from returning") {
  async_world s;
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told waits;
  waits.then = [&](agent&) {
    if (waits.times < 1'000) CHECK(s.lock_async(waits, deadline::after(0)) == errc::ok);
  };
  REQUIRE(s.lock_async(waits, deadline::after(0)) == errc::ok);
  CHECK(s.me.serve() == 1);
  CHECK(waits.times == 1);
  CHECK(cancel_waits(s.me, &waits) == 1);
  CHECK(waits.times == 2);
  waits.times = 1'000;
  CHECK(cancel_waits(s.me, &waits) == 1);
}

// Seen to fail: only what was posted ended the sleep.
TEST_CASE("an agent that nests is told of deadlines while it waits for a call") {
  async_world s;
  std::atomic<int> stage{0};
  handle bound;
  std::thread other([&] {
    attachment there = s.w.attach();
    agent& its = *there;
    scope in(its);
    bound = handle(its, its.make_thread_bound(in, 1, shoal::bound_policy::dispatch).value());
    stage = 1;
    while (stage != 2) its.poll();
    its.serve();
  });
  while (stage != 1) s.me.poll();
  unlock_token token;
  REQUIRE(mutex::lock(s.me, s.m, token) == errc::ok);
  told waits;
  waits.then = [&](agent&) { stage = 2; };
  REQUIRE(s.lock_async(waits, deadline::after(2 * millisecond)) == errc::ok);
  auto posted =
      s.me.post(bound.get(s.me),
                [](agent&, std::uint64_t, shoal::dispatch_message&) noexcept { return true; }, {});
  REQUIRE(posted.has_value());
  CHECK(s.me.wait_for(*posted, deadline::after(20'000 * millisecond)) == errc::ok);
  CHECK(waits.is(errc::timed_out));
  s.join(other);
  bound.reset();
}
