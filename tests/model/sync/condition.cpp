// SPDX-License-Identifier: BSL-1.0
// Conditions and wait queues: who waits is notified and has the mutex again, a notice at the moment of a
// time-out or an interrupt is not lost, and storing before notifying is enough.

#include "../agent/agents.hpp"

#include <shoal/sync/sync.hpp>

using namespace shoal;

namespace {

template <unsigned Threads>
struct waiting : trial::agents<Threads> {
  handle sent_mutex;
  handle sent_condition;
  payload<std::uint32_t> ready;

  void before() override {
    trial::agents<Threads>::before();
    ready.set(0);
    agent& first = **this->joined[0];
    const entered here(first);
    scope in(first);
    sent_mutex = handle(first, mutex::make(first, in).value().get());
    sent_condition = handle(first, condition::make(first, in).value().get());
  }
  // Takes one of what is ready. True: it was there before the wait ended otherwise.
  errc take(agent& me, deadline until = deadline::never()) {
    scope in(me);
    const local m = in.hold(sent_mutex.get(me.context()));
    const local c = in.hold(sent_condition.get(me.context()));
    unlock_token token;
    const errc had = mutex::lock(me, m, token);
    if (had == errc::interrupted) return had;
    trial::check(had == errc::ok, "locked");
    const errc how = condition::wait_for(
        me, c, token, [&] { return ready.get() != 0; }, until);
    trial::check(static_cast<bool>(token), "a wait ends with the mutex");
    if (how == errc::ok) ready.set(ready.get() - 1);
    return how;
  }
  // Makes so many ready, and notifies as many, with the mutex held or after.
  std::size_t give(agent& me, std::uint32_t n, bool held) {
    scope in(me);
    const local m = in.hold(sent_mutex.get(me.context()));
    const local c = in.hold(sent_condition.get(me.context()));
    unlock_token token;
    trial::check(mutex::lock(me, m, token) == errc::ok, "locked");
    ready.set(ready.get() + n);
    if (!held) token.unlock();
    return condition::notify(me, c, n).value();
  }
  void after() override {
    trial::check(parking_lot::made(this->shared).waiting() == 0, "nobody waits any more");
  }
};

struct held : waiting<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      trial::check(take(me) == errc::ok, "had");
    } else {
      give(me, 1, true);
    }
  }
};
const trial::enrol<held> holding("sync/condition/held", {.iterations = 3'000, .depth = 20'000});

struct unheld : waiting<3> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      trial::check(take(me) == errc::ok, "had");
    } else if (index == 1) {
      give(me, 1, false);
    } else {
      // The mutex is another's at about that moment.
      scope in(me);
      unlock_token token;
      trial::check(mutex::lock(me, in.hold(sent_mutex.get(me.context())), token) == errc::ok,
                   "locked");
      ready.set(ready.get());
    }
  }
};
const trial::enrol<unheld> not_holding("sync/condition/unheld",
                                       {.iterations = 6'000, .depth = 20'000});

template <bool Held>
struct several : waiting<3> {
  void run(unsigned index, agent& me) override {
    if (index != 2) {
      trial::check(take(me) == errc::ok, "had");
    } else {
      give(me, 2, Held);
    }
  }
};
const trial::enrol<several<true>> all_of_them("sync/condition/several_held",
                                              {.iterations = 5'000, .depth = 20'000});
const trial::enrol<several<false>> all_at_once("sync/condition/several_unheld",
                                               {.iterations = 5'000, .depth = 20'000});

struct timed : waiting<2> {
  errc how = errc::ok;
  std::size_t notified = 0;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      how = take(me, deadline::after(8));
    } else {
      notified = give(me, 1, true);
    }
  }
  void after() override {
    waiting<2>::after();
    trial::check(how == errc::ok || how == errc::timed_out, "had, or given up");
    // Whoever was notified is not timed out, however late it has the mutex.
    trial::check(notified == 0 || how == errc::ok, "a notice is no time-out");
  }
};
const trial::enrol<timed> giving_up("sync/condition/timed_out",
                                    {.iterations = 5'000, .depth = 20'000});

struct interrupted : waiting<3> {
  errc how = errc::ok;
  std::size_t notified = 0;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      how = take(me);
    } else if (index == 1) {
      notified = give(me, 1, true);
    } else {
      (*joined[0])->interrupt();
    }
  }
  void after() override {
    waiting<3>::after();
    trial::check(how == errc::ok || how == errc::interrupted, "had, or interrupted");
    trial::check(notified == 0 || how == errc::ok, "a notice is no interrupt");
    trial::check((*joined[0])->clear_interrupt() == (how == errc::ok), "it ends one wait, or none");
  }
};
const trial::enrol<interrupted> interrupting("sync/condition/interrupted",
                                             {.iterations = 5'000, .depth = 20'000});

// Who notifies leaves with the mutex in its hands.
struct left : waiting<2> {
  alignas(unlock_token) std::byte lost[sizeof(unlock_token)];

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      scope in(me);
      const local m = in.hold(sent_mutex.get(me.context()));
      const local c = in.hold(sent_condition.get(me.context()));
      unlock_token token;
      trial::check(mutex::lock(me, m, token) == errc::ok, "locked");
      while (ready.get() == 0) {
        trial::check(condition::wait(me, c, token) == errc::ok, "notified");
      }
      trial::check(token.was_abandoned(), "told");
      return;
    }
    {
      scope in(me);
      const local m = in.hold(sent_mutex.get(me.context()));
      const local c = in.hold(sent_condition.get(me.context()));
      trial::check(mutex::lock(me, m, *new (lost) unlock_token) == errc::ok, "locked");
      ready.set(1);
      trial::check(condition::notify(me, c).has_value(), "notified");
    }
    joined[1].reset();
  }
  void thread(unsigned index) override {
    (*joined[index])->enter();
    run(index, **joined[index]);
    if (index == 0) (*joined[index])->leave();
  }
};
const trial::enrol<left> leaving("sync/condition/abandoned",
                                 {.iterations = 4'000, .depth = 20'000});

// The first wait of a cluster, and who stores before it asks whether anybody waits.
struct first_wait : trial::agents<2> {
  cell<std::uint32_t> word{0};
  payload<std::uint32_t> news;

  void before() override {
    trial::agents<2>::before();
    news.set(0);
  }
  void run(unsigned index, agent& me) override {
    if (index == 1) {
      news.set(7);
      // Release, acquire: of the test's own field.
      word.store(1, order<"wait_test.change">(release));
      if (parking_lot* const lot = parking_lot::if_made(shared)) {
        lot->unpark(reinterpret_cast<std::uintptr_t>(&word), 1, 0);
      }
      return;
    }
    std::uint64_t token = 0;
    const park_result how = parking_lot::of(shared)->park(
        me,
        {.what = detail::parked_at::location, .address = reinterpret_cast<std::uintptr_t>(&word)},
        [this]() noexcept { return word.load(order<"wait_test.look">(acquire)) == 0; },
        [](bool) noexcept {}, deadline::never(), token);
    trial::check(how == park_result::unparked || how == park_result::invalid, "told, or too late");
    trial::check(news.get() == 7, "what was done before is seen");
  }
};
const trial::enrol<first_wait> first_of_all(
    "sync/wait_queue/first", {.catches = "cluster.ask:acquire cluster.ask:release "
                                         "cluster.extend:acquire cluster.extend:release",
                              .iterations = 2'000,
                              .depth = 20'000});

}  // namespace
