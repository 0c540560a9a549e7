// SPDX-License-Identifier: BSL-1.0
// Mailboxes: each value arrives once and in order, with what was done before; room and closing are
// heard of likewise; whoever waits is woken, and a time-out or an interrupt at the same moment loses
// nothing.

#include "../agent/agents.hpp"

#include <shoal/sync/sync.hpp>

using namespace shoal;

namespace {

template <unsigned Threads>
struct mailing : trial::agents<Threads> {
  handle sent;
  payload<std::uint32_t> news[4];

  virtual std::uint32_t capacity() const { return 1; }
  void before() override {
    trial::agents<Threads>::before();
    for (payload<std::uint32_t>& each : news) each.set(0);
    agent& first = **this->joined[0];
    const entered here(first);
    scope in(first);
    sent = handle(first, mailbox::make(first, in, capacity()).value().get());
  }
  errc send(agent& me, std::int32_t number, deadline until = deadline::never()) {
    scope in(me);
    return mailbox::send(me, in.hold(sent.get(me.context())), number, until);
  }
  errc receive(agent& me, std::int32_t& number, deadline until = deadline::never()) {
    scope in(me);
    received got(in);
    const errc how = mailbox::receive(me, in.hold(sent.get(me.context())), got, until);
    if (how == errc::ok) number = got.get().as_int32();
    return how;
  }
  void close(agent& me) {
    scope in(me);
    trial::check(mailbox::close(me, in.hold(sent.get(me.context()))) == errc::ok, "closed");
  }
  std::int32_t take(agent& me) {
    std::int32_t number = 0;
    trial::check(receive(me, number) == errc::ok, "received");
    return number;
  }
  void put(agent& me, std::int32_t number) { trial::check(send(me, number) == errc::ok, "sent"); }
  void nobody_waits() {
    trial::check(parking_lot::made(this->shared).waiting() == 0, "nobody waits any more");
  }
};

// Each waits for the other: for a value, for room, for a value.
struct two : mailing<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      news[0].set(7);
      put(me, 1);
      put(me, 2);
      trial::check(news[1].get() == 8, "who sends sees what the receiver that made room did");
      put(me, 3);
      return;
    }
    news[1].set(8);
    trial::check(take(me) == 1, "the first comes first");
    trial::check(news[0].get() == 7, "who receives sees what the sender did");
    trial::check(take(me) == 2, "then the second");
    trial::check(take(me) == 3, "then the third");
  }
  void after() override { nobody_waits(); }
};
// Seen to fail, of 1000 seeds: mailbox.is_full and mailbox.filled 536, mailbox.is_free and mailbox.emptied
//   254; mailbox.filled_fence:acquire 157, :release 144; mailbox.emptied_fence:acquire 101, :release 227;
//   mailbox.await_fence:acquire 334, :release 232.
const trial::enrol<two> turns(
    "sync/mailbox/two",
    {.catches =
         "mailbox.is_full mailbox.filled mailbox.is_free mailbox.emptied "
         "mailbox.filled_fence:acquire mailbox.filled_fence:release mailbox.emptied_fence:acquire "
         "mailbox.emptied_fence:release mailbox.await_fence:acquire mailbox.await_fence:release",
     .iterations = 6'000,
     .depth = 20'000});

// Two send to one, or one to two.
struct three : mailing<3> {
  void run(unsigned index, agent& me) override {
    if (index != 0) {
      put(me, static_cast<std::int32_t>(index));
      put(me, static_cast<std::int32_t>(index) + 10);
      return;
    }
    std::int32_t last[3] = {};
    for (int i = 0; i < 4; ++i) {
      const std::int32_t number = take(me);
      trial::check(last[number % 10] == number - 10 || (last[number % 10] == 0 && number < 10),
                   "in the order of each sender");
      last[number % 10] = number;
    }
    trial::check(last[1] == 11 && last[2] == 12, "all of them");
  }
  void after() override { nobody_waits(); }
};
const trial::enrol<three> many_to_one("sync/mailbox/three", {.iterations = 5'000, .depth = 20'000});

struct shared_out : mailing<3> {
  std::int32_t had[3] = {};

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      put(me, 1);
      put(me, 2);
      return;
    }
    had[index] = take(me);
  }
  void after() override {
    trial::check(had[1] + had[2] == 3 && had[1] != had[2], "each once");
    nobody_waits();
  }
};
const trial::enrol<shared_out> one_to_many("sync/mailbox/shared_out",
                                           {.iterations = 5'000, .depth = 20'000});

// Two places at once: turns are given out of order, and a wake-up may come for one that is not yet
// there.
template <bool Sends>
struct out_of_turn : mailing<4> {
  std::int32_t had[4] = {};

  std::uint32_t capacity() const override { return 2; }
  void before() override {
    mailing<4>::before();
    if (!Sends) return;
    agent& first = **joined[0];
    const entered here(first);
    put(first, 5);
    put(first, 6);
  }
  void run(unsigned index, agent& me) override {
    if (index < 2) {
      put(me, static_cast<std::int32_t>(index) + 1);
    } else {
      had[index] = take(me);
    }
  }
  void after() override {
    trial::check(had[2] != had[3] && had[2] != 0 && had[3] != 0, "each once");
    nobody_waits();
  }
};
// Seen to fail, where who has been woken wakes nobody else: the first at seed 649, the second at 132.
const trial::enrol<out_of_turn<false>> values_out_of_turn("sync/mailbox/values_out_of_turn",
                                                          {.iterations = 8'000, .depth = 30'000});
const trial::enrol<out_of_turn<true>> room_out_of_turn("sync/mailbox/room_out_of_turn",
                                                       {.iterations = 8'000, .depth = 30'000});

// The kernel puts no fences into other threads.
struct refused : mailing<3> {
  void before() override {
    trial::refuse_fences(true);
    mailing<3>::before();
  }
  void run(unsigned index, agent& me) override {
    if (index != 0) {
      put(me, static_cast<std::int32_t>(index));
      return;
    }
    trial::check(take(me) + take(me) == 3, "each once");
  }
  void after() override {
    trial::refuse_fences(false);
    nobody_waits();
  }
};
const trial::enrol<refused> refusing("sync/mailbox/refused",
                                     {.iterations = 5'000, .depth = 20'000});

// A sender, who closes, and a receiver that takes what there is until nothing more can come.
struct closing : mailing<3> {
  errc how = errc::ok;
  int had = 0;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      how = send(me, 1);
      if (how == errc::ok) how = send(me, 2);
      trial::check(how == errc::ok || how == errc::closed, "sent, or too late");
      if (how == errc::closed) trial::check(news[0].get() == 7, "who is told sees what was done");
    } else if (index == 1) {
      news[0].set(7);
      close(me);
    } else {
      std::int32_t number = 0;
      errc received = errc::ok;
      while ((received = receive(me, number)) == errc::ok) {
        trial::check(number == ++had, "in order");
      }
      trial::check(received == errc::closed, "until it is closed");
      trial::check(news[0].get() == 7, "who is told sees what was done");
    }
  }
  void after() override {
    trial::check(how == errc::closed || had == 2, "what was sent is received");
    nobody_waits();
  }
};
// Seen to fail, of 1000 seeds: mailbox.close 886, mailbox.closed 839, mailbox.end 672.
const trial::enrol<closing> ending("sync/mailbox/closing",
                                   {.catches = "mailbox.close mailbox.closed mailbox.end",
                                    .iterations = 5'000,
                                    .depth = 20'000});

// Two wait for one value, and are told that it was the last.
struct last_value : mailing<4> {
  int had = 0;
  errc how = errc::ok;
  cell<std::uint32_t> values{0};

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      how = send(me, 1);
    } else if (index == 1) {
      close(me);
    } else {
      std::int32_t number = 0;
      errc received = errc::ok;
      while ((received = receive(me, number)) == errc::ok) {
        // Relaxed: a sum.
        values.fetch_add(1, order<"mailbox_test.count">(relaxed));
      }
      trial::check(received == errc::closed, "until it is closed");
    }
  }
  void after() override {
    trial::check((how == errc::ok ? 1u : 0u) == values.load(order<"mailbox_test.sum">(relaxed)),
                 "what was sent is received, once");
    nobody_waits();
  }
};
// Seen to fail, where who has been woken wakes nobody else, at seed 1029.
const trial::enrol<last_value> last("sync/mailbox/last_value",
                                    {.iterations = 8'000, .depth = 30'000});

// One gives up at about the moment at which it is woken: the other has the value then.
struct timed : mailing<3> {
  errc how = errc::ok;
  int had = 0;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      put(me, 1);
      put(me, 2);
      return;
    }
    std::int32_t number = 0;
    if (index == 1) {
      how = receive(me, number, deadline::after(6));
      return;
    }
    take(me);
    std::int32_t last = 0;
    scope in(me);
    received got(in);
    // A value that nobody has taken is still there.
    had = receive(me, last, deadline::after(40)) == errc::ok ? 2 : 1;
  }
  void after() override {
    trial::check(how == errc::ok || how == errc::timed_out, "had, or given up");
    trial::check(had == 1 || how == errc::timed_out, "each value once");
    agent& me = **joined[0];
    const entered here(me);
    scope in(me);
    received got(in);
    const errc left = mailbox::try_receive(me, in.hold(sent.get(me.context())), got);
    trial::check((left == errc::ok ? 1 : 0) + had + (how == errc::ok ? 1 : 0) == 2,
                 "nothing is lost");
    nobody_waits();
  }
};
// Seen to fail, where the parking lot looked twice whether the time was over, at seed 100.
const trial::enrol<timed> giving_up("sync/mailbox/timed_out",
                                    {.iterations = 6'000, .depth = 20'000});

struct interrupted : mailing<3> {
  errc how = errc::ok;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      std::int32_t number = 0;
      how = receive(me, number);
    } else if (index == 1) {
      put(me, 1);
    } else {
      (*joined[0])->interrupt();
    }
  }
  void after() override {
    trial::check(how == errc::ok || how == errc::interrupted, "had, or interrupted");
    agent& me = **joined[0];
    trial::check(me.clear_interrupt() == (how == errc::ok), "it ends one wait, or none");
    const entered here(me);
    scope in(me);
    received got(in);
    const errc left = mailbox::try_receive(me, in.hold(sent.get(me.context())), got);
    trial::check((left == errc::ok) == (how == errc::interrupted), "nothing is lost");
    nobody_waits();
  }
};
const trial::enrol<interrupted> interrupting("sync/mailbox/interrupted",
                                             {.iterations = 6'000, .depth = 20'000});

}  // namespace
