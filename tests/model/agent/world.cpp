// SPDX-License-Identifier: BSL-1.0
// Stopping the world: who stops it sees no other agent at work and all that they have written, of
// two who stop it at once each has it alone, and agents that come and go meanwhile are served or
// not there.

#include "agents.hpp"

using namespace shoal;

namespace {

// What an agent's runtime has: its own while it is entered, visit_roots' while the world stands.
struct own {
  payload<std::uint32_t> count;

  void add_one() { count.set(count.get() + 1); }
  static void visit_roots(void* self, agent&, root_visitor&) noexcept {
    static_cast<own*>(self)->add_one();
  }
  agent_options options() { return {.hooks = {.self = this, .visit_roots = visit_roots}}; }
};

template <unsigned Threads>
struct working : trial::agents<Threads> {
  own mine[Threads];

  agent_options options_of(unsigned index) override { return mine[index].options(); }
  void before() override {
    trial::agents<Threads>::before();
    for (own& each : mine) each.count.set(0);
  }
  void trace(unsigned index, agent& me) {
    mine[index].add_one();
    me.debug_trace();
    mine[index].add_one();
  }
};

// One stops the world, the other works, polls, and goes away for a while.
struct stopper : working<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      trace(0, me);
      return;
    }
    mine[1].add_one();
    me.poll();
    mine[1].add_one();
    me.leave();
    me.enter();
    mine[1].add_one();
  }
  void after() override {
    trial::check(mine[0].count.get() == 3 && mine[1].count.get() == 4, "nothing is lost");
  }
};
// Seen to fail, of 1000 seeds: presence.enter 132, presence.leave 776, presence.unclaim 336,
//   presence.reenter 204.
const trial::enrol<stopper> one("agent/world/one_stops",
                                {.catches = "presence.enter presence.leave presence.unclaim "
                                            "presence.reenter",
                                 .iterations = 4'000,
                                 .depth = 20'000});

template <unsigned Threads>
struct all_stop : working<Threads> {
  void run(unsigned index, agent& me) override { this->trace(index, me); }
  void after() override {
    for (own& each : this->mine) trial::check(each.count.get() == 2 + Threads, "nothing is lost");
  }
};
// Seen to fail, of 1000 seeds: presence.enter 246, presence.leave 1000, presence.unclaim 422,
//   presence.reenter 176; where a stopper stays entered
//   while it waits for another, seed 2.
const trial::enrol<all_stop<2>> two("agent/world/two_stop",
                                    {.catches = "presence.enter presence.leave "
                                                "presence.unclaim presence.reenter",
                                     .iterations = 2'000,
                                     .depth = 20'000});
// Seen to fail where the world is let go of before its agents are: seed 143.
const trial::enrol<all_stop<3>> three("agent/world/three_stop",
                                      {.iterations = 1'000, .depth = 20'000});

// A thread that is no agent sums the agents up, each at a safepoint.
struct summing : trial::agents<2> {
  cluster_account seen;

  void thread(unsigned index) override {
    if (index == 1) {
      seen = shared.account();
    } else {
      agents<2>::thread(index);
    }
  }
  void run(unsigned, agent& me) override {
    scope in(me);
    const local text = me.make_string(in, "hello").value();
    const local other = in.hold(text.get());
    handle one(me, text.get());
    me.poll();
    handle two(me, other.get());
    handle three(me, text.get());
    me.poll();
    two.drop_from(me);
    three.drop_from(me);
    one.drop_from(me);
  }
  void after() override {
    trial::check(seen.agents == 2, "both are there");
    trial::check(seen.sum.handles < 2 || seen.sum.handles == 3, "as it was at a safepoint");
    trial::check(seen.sum.scope_slots == 0 || seen.sum.scope_slots == 2, "likewise");
    trial::check(shared.account().sum.handles == 0, "all gone");
  }
};
// Seen to fail, of 1000 seeds: presence.leave 289.
const trial::enrol<summing> account("agent/world/account", {.iterations = 2'000, .depth = 20'000});

// An agent comes and goes meanwhile: once its detach has returned, nobody calls its hooks any more.
struct come_and_go : working<2> {
  void thread(unsigned index) override {
    if (index == 0) {
      working<2>::thread(0);
      return;
    }
    joined[1].reset();
    own* const host = try_make<own>(default_metadata);
    host->count.set(0);
    {
      const attachment here = shared.attach(host->options()).value();
      host->add_one();
      here->poll();
      host->add_one();
    }
    const std::uint32_t count = host->count.get();
    trial::check(count == 2 || count == 3, "traced once at most");
    destroy(default_metadata, host);
  }
  void run(unsigned index, agent& me) override { trace(index, me); }
};
// Seen to fail where a detach does not take the world's lock: seed 1.
const trial::enrol<come_and_go> visitor("agent/world/come_and_go",
                                        {.iterations = 4'000, .depth = 20'000});

// A thread whose agent is entered, and so holds up the stop, attaches another and detaches it. Its
// hooks run while the world does not stand still.
struct passing_by : working<2> {
  own third;
  type bound;

  static void release(void* self, agent&, std::uint64_t, released) noexcept {
    static_cast<own*>(self)->add_one();
  }
  void before() override {
    working<2>::before();
    third.count.set(0);
    bound = (*joined[0])->declare("Bound", {}).value();
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      trace(0, me);
      return;
    }
    mine[1].add_one();
    {
      agent_options options = third.options();
      options.hooks.release = release;
      options.parked = true;
      const attachment worker = shared.attach(options).value();
      trial::check(worker->realm().bind(bound, 8) == errc::ok, "bound");
    }
    mine[1].add_one();
    me.poll();
    mine[1].add_one();
  }
  void after() override {
    trial::check(mine[0].count.get() == 3 && mine[1].count.get() == 4, "nothing is lost");
    trial::check(third.count.get() == 1 || third.count.get() == 2, "released, traced once at most");
  }
};
const trial::enrol<passing_by> third("agent/world/passing_by",
                                     {.iterations = 4'000, .depth = 20'000});

// The same, of a thread of its own, whose hook answers and goes on: what it wrote before is seen by who
// stops the world without having claimed it anew.
struct answering_hook : passing_by {
  static constexpr unsigned threads = 3;

  static void release(void* self, agent& by, std::uint64_t, released) noexcept {
    static_cast<own*>(self)->add_one();
    { const blocked_region away(by); }
    static_cast<own*>(self)->add_one();
  }
  void thread(unsigned index) override {
    if (index != 2) {
      working<2>::thread(index);
      return;
    }
    agent_options options = third.options();
    options.hooks.release = release;
    options.parked = true;
    const attachment worker = shared.attach(options).value();
    trial::check(worker->realm().bind(bound, 8) == errc::ok, "bound");
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      trace(0, me);
      return;
    }
    mine[1].add_one();
    me.poll();
    mine[1].add_one();
    me.poll();
    mine[1].add_one();
  }
  void after() override {
    trial::check(mine[0].count.get() == 3 && mine[1].count.get() == 4, "nothing is lost");
    trial::check(third.count.get() == 2 || third.count.get() == 3, "released, traced once at most");
  }
};
// Seen to fail, of 1000 seeds: presence.still 2.
const trial::enrol<answering_hook> hooked("agent/world/answering_hook",
                                          {.catches = "presence.still",
                                           .iterations = 20'000,
                                           .depth = 20'000});

}  // namespace
