// SPDX-License-Identifier: BSL-1.0
// Asynchronous waits: each is told once, whatever else happens at that moment, and whoever waits beside
// it, asleep, loses nothing by it.

#include "../agent/agents.hpp"

#include <shoal/sync/sync.hpp>

using namespace shoal;

namespace {

struct outcome {
  std::uint32_t times = 0;
  errc how = errc::ok;
  payload<std::uint32_t>* count = nullptr;  // is counted up with the mutex held

  static void locked(void* self, agent&, errc how, unlock_token&& token) noexcept {
    auto& me = *static_cast<outcome*>(self);
    ++me.times;
    me.how = how;
    const unlock_token mine(std::move(token));
    trial::check(!mine.was_abandoned(), "its last owner has unlocked it");
    if (mine && me.count != nullptr) me.count->set(me.count->get() + 1);
  }
  static void settled(void* self, agent&, errc how) noexcept {
    auto& me = *static_cast<outcome*>(self);
    ++me.times;
    me.how = how;
  }
  static void had(void* self, agent&, errc how, received&) noexcept {
    auto& me = *static_cast<outcome*>(self);
    ++me.times;
    me.how = how;
  }
  // Serves until it has been told.
  void until(agent& me) const {
    for (;;) {
      const std::uint32_t seen = me.signal();
      me.serve();
      if (times != 0) break;
      me.sleep(seen, me.next_deadline());
    }
    trial::check(times == 1, "told once");
  }
};

template <unsigned Threads>
struct waits : trial::agents<Threads> {
  handle sent_mutex;
  handle sent_condition;
  handle sent_box;
  payload<std::uint32_t> count;

  void before() override {
    trial::agents<Threads>::before();
    count.set(0);
    agent& first = **this->joined[0];
    const entered here(first);
    scope in(first);
    sent_mutex = handle(first, mutex::make(first, in).value().get());
    sent_condition = handle(first, condition::make(first, in).value().get());
    sent_box = handle(first, mailbox::make(first, in, 1).value().get());
  }
  void lock_async(agent& me, outcome& into, deadline until = deadline::never()) {
    scope in(me);
    into.count = &count;
    trial::check(mutex::lock_async(me, in.hold(sent_mutex.get(me.context())), outcome::locked,
                                   &into, until) == errc::ok,
                 "begun");
  }
  void add_asleep(agent& me) {
    scope in(me);
    unlock_token token;
    trial::check(mutex::lock(me, in.hold(sent_mutex.get(me.context())), token) == errc::ok &&
                     !token.was_abandoned(),
                 "locked");
    count.set(count.get() + 1);
  }
  void add_async(agent& me) {
    outcome mine;
    lock_async(me, mine);
    mine.until(me);
    trial::check(mine.how == errc::ok, "had");
  }
  void after() override {
    trial::check(parking_lot::made(this->shared).waiting() == 0, "nobody waits any more");
  }
};

struct beside : waits<2> {
  void run(unsigned index, agent& me) override { index == 0 ? add_async(me) : add_asleep(me); }
  void after() override {
    waits<2>::after();
    trial::check(count.get() == 2, "nothing is lost");
  }
};
const trial::enrol<beside> one_beside("sync/async/beside", {.iterations = 3'000, .depth = 20'000});

struct among : waits<3> {
  void run(unsigned index, agent& me) override { index != 2 ? add_async(me) : add_asleep(me); }
  void after() override {
    waits<3>::after();
    trial::check(count.get() == 3, "nothing is lost");
  }
};
const trial::enrol<among> several("sync/async/among", {.iterations = 3'000, .depth = 20'000});

struct refused : waits<2> {
  void before() override {
    trial::refuse_fences(true);
    waits<2>::before();
  }
  void run(unsigned index, agent& me) override { index == 0 ? add_async(me) : add_asleep(me); }
  void after() override {
    waits<2>::after();
    trial::refuse_fences(false);
    trial::check(count.get() == 2, "nothing is lost");
  }
};
const trial::enrol<refused> without_fences("sync/async/refused",
                                           {.iterations = 3'000, .depth = 20'000});

// An agent goes with a wait that may just have been notified.
struct leaving : waits<2> {
  outcome mine;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      lock_async(me, mine);
      joined[0].reset();
      joined[0].emplace(shared.attach({.parked = true}).value());
      (*joined[0])->enter();
    } else {
      add_asleep(me);
      add_asleep(me);
    }
  }
  void after() override {
    waits<2>::after();
    trial::check(mine.times == 1, "told once");
    trial::check(count.get() == (mine.how == errc::ok ? 3 : 2), "nothing is lost");
  }
};
const trial::enrol<leaving> gone("sync/async/leaving", {.iterations = 3'000, .depth = 20'000});

// Time is over, or the host gives up, at about the moment of the notice.
template <bool Cancels>
struct given_up : waits<2> {
  outcome mine;
  std::size_t notified = 0;
  agent_local word = shared.locals().make_slot(0).value();

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      const errc begun = wait_queue::wait_async(me, word, 0, outcome::settled, &mine,
                                                Cancels ? deadline::never() : deadline::after(12));
      if (begun == errc::timed_out) {
        mine.times = 1;
        mine.how = begun;
      }
      trial::check(begun == errc::ok || mine.how == errc::timed_out, "begun, or late");
      if (Cancels) static_cast<void>(cancel_waits(me, &mine));
      mine.until(me);
    } else {
      notified = wait_queue::notify(me, word);
    }
  }
  void after() override {
    waits<2>::after();
    trial::check((mine.how == errc::ok) == (notified == 1), "a notice is had, or was not given");
  }
};
const trial::enrol<given_up<false>> late("sync/async/timed_out",
                                         {.iterations = 3'000, .depth = 20'000});
const trial::enrol<given_up<true>> cancelled("sync/async/cancelled",
                                             {.iterations = 3'000, .depth = 20'000});

// Notified with the mutex held, so that it moves, or free.
template <bool Held, bool Timed>
struct at_condition : waits<2> {
  outcome mine;
  bool is_ready = false;
  std::size_t notified = 0;

  void run(unsigned index, agent& me) override {
    scope in(me);
    const local m = in.hold(sent_mutex.get(me.context()));
    const local c = in.hold(sent_condition.get(me.context()));
    unlock_token token;
    trial::check(mutex::lock(me, m, token) == errc::ok, "locked");
    if (index == 0) {
      if (count.get() != 0) {
        is_ready = true;
        return;
      }
      trial::check(
          condition::wait_async(me, c, token, outcome::locked, &mine,
                                Timed ? deadline::after(30) : deadline::never()) == errc::ok,
          "begun");
      trial::check(!token, "given up");
      mine.until(me);
      return;
    }
    count.set(1);
    if (!Held) token.unlock();
    notified = condition::notify(me, c).value();
  }
  void after() override {
    waits<2>::after();
    if (is_ready) return;
    trial::check(mine.how == (notified == 1 ? errc::ok : errc::timed_out),
                 "a notice is had, or was not given");
  }
};
const trial::enrol<at_condition<true, false>> moved("sync/async/condition_held",
                                                    {.iterations = 3'000, .depth = 20'000});
const trial::enrol<at_condition<false, false>> woken("sync/async/condition_unheld",
                                                     {.iterations = 3'000, .depth = 20'000});
const trial::enrol<at_condition<true, true>> moved_late("sync/async/condition_timed",
                                                        {.iterations = 3'000, .depth = 20'000});

// A value, and room for the next.
template <bool Sends>
struct at_mailbox : waits<2> {
  void run(unsigned index, agent& me) override {
    scope in(me);
    const local box = in.hold(sent_box.get(me.context()));
    received got(in);
    for (int i = 0; i < 2; ++i) {
      outcome mine;
      if ((index == 0) == Sends) {
        trial::check(index != 0
                         ? mailbox::send(me, box, i) == errc::ok
                         : mailbox::send_async(me, box, i, outcome::settled, &mine) == errc::ok,
                     "sent, or begun");
      } else {
        trial::check(index != 0 ? mailbox::receive(me, box, got) == errc::ok
                                : mailbox::receive_async(me, box, outcome::had, &mine) == errc::ok,
                     "received, or begun");
      }
      if (index == 0) {
        mine.until(me);
        trial::check(mine.how == errc::ok, "had");
      }
    }
  }
};
const trial::enrol<at_mailbox<true>> sending("sync/async/sending",
                                             {.iterations = 3'000, .depth = 20'000});
const trial::enrol<at_mailbox<false>> receiving("sync/async/receiving",
                                                {.iterations = 3'000, .depth = 20'000});

}  // namespace
