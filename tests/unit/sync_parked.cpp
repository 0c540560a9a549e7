// SPDX-License-Identifier: BSL-1.0

// An agent asleep on a mutex, a condition, a wait queue or a mailbox is parked all the while: who stops
// the world does not need its thread to run, whatever becomes of the wait meanwhile, and the thread does
// not come back before the world goes on.
//
// Two ways to be sure. The thread stands still in a signal handler, in the middle of its sleep, while its
// wait is notified, handed over, interrupted or over, and the world is stopped again and again. And the
// same is done while the world stands, from the stopping agent's own roots hook: the thread wakes, and
// stays outside.
//
// Seen to fail: a sleep that ends by entering whether the agent is claimed or not (the second case).

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>

#include "sync_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::blocked_region;
using shoal::condition;
using shoal::deadline;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::mailbox;
using shoal::mutex;
using shoal::parking_lot;
using shoal::received;
using shoal::scope;
using shoal::typed_field;
using shoal::unlock_token;
using shoal::wait_queue;
using sync_test::millisecond;

namespace {

// Its signal handlers run once a system call is over, which is what the sleep of an agent is.
constexpr bool stands_still = SHOAL_TSAN == 0;

enum class place : std::uint8_t { mutex, condition, moved, field, send, receive };
constexpr place places[] = {place::mutex, place::condition, place::moved,
                            place::field, place::send,      place::receive};

// What becomes of a wait.
enum class moment : std::uint8_t {
  asleep,       // nothing
  given,        // what it waits for: a notice, a value, room, a chance to lock
  handed_over,  // a mutex
  interrupted,
  late,  // its deadline passes
  interrupted_and_given,
  late_and_given,
};
constexpr moment moments[] = {moment::asleep,        moment::given, moment::handed_over,
                              moment::interrupted,   moment::late,  moment::interrupted_and_given,
                              moment::late_and_given};

[[nodiscard]] const char* name_of(place what) {
  static constexpr const char* names[] = {"mutex", "condition", "moved",
                                          "field", "send",      "receive"};
  return names[static_cast<int>(what)];
}
[[nodiscard]] const char* name_of(moment what) {
  static constexpr const char* names[] = {"asleep",        "given", "handed over",
                                          "interrupted",   "late",  "interrupted and given",
                                          "late and given"};
  return names[static_cast<int>(what)];
}
[[nodiscard]] constexpr bool is_late(moment what) {
  return what == moment::late || what == moment::late_and_given;
}
[[nodiscard]] constexpr bool is_interrupted(moment what) {
  return what == moment::interrupted || what == moment::interrupted_and_given;
}
[[nodiscard]] constexpr bool is_given(moment what) {
  return what == moment::given || what == moment::handed_over ||
         what == moment::interrupted_and_given || what == moment::late_and_given;
}

// A thread that runs nothing but this handler, for ten seconds at most.
std::atomic<bool> still{false};
std::atomic<bool> go_on{false};
std::atomic<bool> gave_up{false};

void stand_still(int) {
  const int before = errno;
  still = true;
  const timespec moment{.tv_sec = 0, .tv_nsec = 100'000};
  for (int i = 0; !go_on; ++i) {
    if (i == 100'000) gave_up = true;
    if (gave_up) break;
    nanosleep(&moment, nullptr);
  }
  still = false;
  errno = before;
}

// How often the thread has gone to sleep in the kernel; -1: it does not say.
[[nodiscard]] long sleeps_of(pid_t thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%d/status", static_cast<int>(thread));
  std::FILE* const file = std::fopen(path, "r");
  if (file == nullptr) return -1;
  long count = -1;
  char line[256];
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::sscanf(line, "voluntary_ctxt_switches: %ld", &count) == 1) break;
  }
  std::fclose(file);
  return count;
}

// One wait, of an agent of another thread.
struct one_wait {
  one_wait(place where, deadline until) : at(where), end(until) {
    if (at == place::mutex) REQUIRE(mutex::lock(me, m, token) == errc::ok);
    if (at == place::send) REQUIRE(mailbox::try_send(me, box, 1) == errc::ok);
    thread = std::thread([this] { sleep(); });
    while (answer == none && parking_lot::made(*w).waiting() != 1) me.poll();
    // Once it counts as waiting, it answers who stops the world by going to sleep.
    static_cast<void>(me.account_cluster());
    if (at == place::moved && answer == none) {
      REQUIRE(mutex::lock(me, m, token) == errc::ok);
      moved = condition::notify(me, c).value() == 1;
    }
  }
  ~one_wait() {
    may_end = true;
    if (token) token.unlock();
    const blocked_region away(me);
    thread.join();
  }
  one_wait(const one_wait&) = delete;
  one_wait& operator=(const one_wait&) = delete;

  // What it waits for.
  void give(bool fair) {
    scope inner(me);
    received got(inner);
    switch (at) {
      case place::mutex:
      case place::moved:
        fair ? token.unlock_fair() : token.unlock();
        break;
      case place::condition:
        CHECK(condition::notify(me, c).value() == 1);
        break;
      case place::field:
        CHECK(wait_queue::notify(me, object, number) == 1);
        break;
      case place::send:
        CHECK(mailbox::try_receive(me, box, got) == errc::ok);
        break;
      case place::receive:
        CHECK(mailbox::try_send(me, box, 1) == errc::ok);
        break;
    }
    given = true;
  }
  void let(moment what) {
    if (is_interrupted(what)) sleeper.load()->interrupt();
    while (is_late(what) && !end.has_passed()) std::this_thread::yield();
    if (is_given(what)) give(what == moment::handed_over);
  }
  // What the wait answers then, perhaps after it has been given what it waits for.
  [[nodiscard]] errc expected(moment what) const {
    if (is_given(what) || what == moment::asleep || at == place::moved) return errc::ok;
    return is_late(what) ? errc::timed_out : errc::interrupted;
  }
  void finish(moment what) {
    const errc wanted = expected(what);
    if (wanted == errc::ok && !given) give(false);
    while (answer == none) me.poll();
    CHECK(static_cast<errc>(answer.load()) == wanted);
    // An interrupt that has not ended this wait is for the next one.
    CHECK(sleeper.load()->is_interrupted() == (is_interrupted(what) && wanted == errc::ok));
    CHECK(parking_lot::made(*w).waiting() == 0);
  }
  // As it is while it is asleep.
  void check_parked() {
    CHECK(answer == none);
    CHECK_FALSE(sleeper.load()->is_entered());
    CHECK(parking_lot::made(*w).waiting() == 1);
  }
  void stop_the_world() {
    for (int i = 0; i < 5; ++i) {
      CHECK(me.account_cluster().agents == 2);
      static_cast<void>(me.debug_trace());
      CHECK(me.debug_verify().sound());
      const blocked_region away(me);
      CHECK(w->account().agents == 2);
    }
  }

  static constexpr int none = -1;

  const place at;
  const deadline end;
  host mine;
  world w;
  attachment here = w.attach({.hooks = mine.hooks()});
  agent& me = *here;
  scope in{me};
  shoal::type kind = me.declare("Place", {{"number", shoal::i32}}).value();
  typed_field<std::int32_t> number = shoal::typed<std::int32_t>(kind, "number").value();
  local m = mutex::make(me, in).value();
  local c = condition::make(me, in).value();
  local box = mailbox::make(me, in, 1).value();
  local object = me.create(in, kind).value();
  handle sent[4] = {{me, m}, {me, c}, {me, box}, {me, object}};
  unlock_token token;  // of this agent's
  bool moved = false;
  bool given = false;
  std::atomic<agent*> sleeper{nullptr};
  std::atomic<pid_t> task{0};
  std::atomic<int> answer{none};
  std::atomic<bool> may_end{false};
  std::thread thread;

 private:
  void sleep() {
    attachment there = w.attach();
    agent& by = *there;
    scope its(by);
    local held[4];
    for (int i = 0; i < 4; ++i) held[i] = its.hold(sent[i].get(by));
    received got(its);
    task = static_cast<pid_t>(syscall(SYS_gettid));
    sleeper = &by;
    unlock_token its_token;
    errc how{};
    switch (at) {
      case place::mutex:
        how = mutex::lock(by, held[0], its_token, end);
        break;
      case place::condition:
      case place::moved:
        CHECK(mutex::lock(by, held[0], its_token) == errc::ok);
        how = condition::wait(by, held[1], its_token, end);
        break;
      case place::field:
        how = wait_queue::wait(by, held[3], number, 0, end);
        break;
      case place::send:
        how = mailbox::send(by, held[2], 2, end);
        break;
      case place::receive:
        how = mailbox::receive(by, held[2], got, end);
        break;
    }
    CHECK(static_cast<bool>(its_token) == (at == place::condition || at == place::moved ||
                                           (at == place::mutex && how == errc::ok)));
    answer = static_cast<int>(how);
    // Signals are sent to this thread.
    const blocked_region away(by);
    while (!may_end) std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
};

// Calls attempt(until) for a wait that is not over before it is looked at, and is at that moment: with
// deadlines that are further away until one is far enough.
template <class Attempt>
void in_time(moment what, bool timed, Attempt attempt) {
  constexpr std::int64_t hour = 3'600'000 * millisecond;
  if (!is_late(what)) {
    REQUIRE(attempt(timed ? deadline::after(hour) : deadline::never()));
    return;
  }
  std::int64_t length = 10 * millisecond;
  while (!attempt(deadline::after(length))) {
    length *= 2;
    REQUIRE(length < hour);
  }
}

template <class Attempt>
void everywhere(bool is_racing, Attempt attempt) {
  for (const place where : places) {
    for (const moment what : moments) {
      for (const bool timed : {false, true}) {
        if (is_late(what) && !timed) continue;
        // Which of the two it sees first is chance.
        if (is_racing && is_given(what) && (is_interrupted(what) || is_late(what))) continue;
        CAPTURE(std::string(name_of(where)));
        CAPTURE(std::string(name_of(what)));
        CAPTURE(timed);
        in_time(what, timed, [&](deadline until) { return attempt(where, what, until); });
      }
    }
  }
}

}  // namespace

TEST_CASE("who stops the world does not wait for an agent that sleeps, whatever ends its wait") {
  struct sigaction stand {};
  struct sigaction before {};
  stand.sa_handler = stand_still;
  REQUIRE(sigaction(SIGUSR1, &stand, &before) == 0);
  everywhere(!stands_still, [](place where, moment what, deadline until) {
    one_wait s(where, until);
    if (stands_still) {
      go_on = false;
      pthread_kill(s.thread.native_handle(), SIGUSR1);
      while (!still && !gave_up) std::this_thread::yield();
    }
    const bool in_time = s.answer == s.none && !until.has_passed();
    if (in_time) {
      CHECK(s.moved == (where == place::moved));
      if (stands_still) s.check_parked();
      s.let(what);
      s.stop_the_world();
      if (stands_still) s.check_parked();
    }
    go_on = true;
    while (still) std::this_thread::yield();
    CHECK_FALSE(gave_up);
    if (in_time) s.finish(what);
    return in_time;
  });
  sigaction(SIGUSR1, &before, nullptr);
}

TEST_CASE("who is woken while the world stands stays parked until it goes on") {
  everywhere(false, [](place where, moment what, deadline until) {
    one_wait s(where, until);
    bool in_time = false;
    bool armed = true;  // of the first trace only
    s.mine.roots = [&](agent& by, shoal::root_visitor&) {
      if (&by != &s.me || !std::exchange(armed, false)) return;
      // It is in the kernel by then; otherwise it is woken earlier than that.
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      const long sleeps = sleeps_of(s.task);
      in_time = s.answer == s.none && !until.has_passed();
      if (!in_time) return;
      s.check_parked();
      s.let(what);
      // Until it has been woken, and sleeps again: outside.
      const deadline patience =
          deadline::after(what == moment::asleep || sleeps < 0 ? millisecond : 2'000 * millisecond);
      while (sleeps_of(s.task) == sleeps && !patience.has_passed()) std::this_thread::yield();
      CHECK((what == moment::asleep || sleeps < 0 || sleeps_of(s.task) != sleeps));
      s.check_parked();
    };
    static_cast<void>(s.me.debug_trace());
    s.mine.roots = nullptr;
    if (in_time) s.finish(what);
    return in_time;
  });
}
