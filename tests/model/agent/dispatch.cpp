// SPDX-License-Identifier: BSL-1.0
// Dispatch: a call runs once at most and ends exactly once, who sees the end sees what was done
// before it, nobody sleeps for ever, and the last of the two holders frees the request.

#include "agents.hpp"

using namespace shoal;

namespace {

// What a message's word points to: written by the poster, then by the call, then read by the poster.
struct parcel {
  payload<std::uint32_t> question;
  payload<std::uint32_t> answer;
};

// The first agents own a handle each, and have a host's loop.
template <unsigned Threads, unsigned Owners = 1>
struct calling : trial::agents<Threads> {
  struct owner {
    trial::host_loop loop;
    payload<std::uint32_t> sum;  // the target
    handle bound;
  };
  owner owners[Owners];
  parcel parcels[Threads];

  agent_options options_of(unsigned index) override {
    if (index >= Owners) return {};
    return {.hooks = {.self = &owners[index].loop, .post_task = trial::host_loop::post_task}};
  }
  void before() override {
    trial::agents<Threads>::before();
    for (unsigned i = 0; i < Owners; ++i) {
      owners[i].sum.set(0);
      agent& me = **this->joined[i];
      const entered here(me);
      scope in(me);
      const auto target = reinterpret_cast<std::uintptr_t>(&owners[i].sum);
      const local made = me.make_thread_bound(in, target, bound_policy::dispatch).value();
      owners[i].bound = handle(me, made.get());
    }
  }
  void after() override {
    for (std::optional<attachment>& each : this->joined) each.reset();
    for (owner& each : owners) each.bound.reset();
    const cluster_account left = this->shared.account();
    trial::check(left.dispatches == 0, "both sides have let go of every request");
    trial::check(left.orphan_handles == 0, "and of its handles");
  }

  static bool add(agent&, std::uint64_t target, dispatch_message& message) noexcept {
    auto& total = *reinterpret_cast<payload<std::uint32_t>*>(target);
    auto& what = *reinterpret_cast<parcel*>(message.words[0]);
    total.set(total.get() + what.question.get());
    what.answer.set(total.get());
    return true;
  }
  result<dispatch> post(agent& me, unsigned to, parcel& what, std::uint32_t question,
                        dispatch_call call = add) {
    what.question.set(question);
    dispatch_message message;
    message.words[0] = reinterpret_cast<std::uintptr_t>(&what);
    return me.post(owners[to].bound.get(me.context()), call, std::move(message));
  }
};

// One calls and waits.
struct answered : calling<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 1);
      return;
    }
    dispatch call = post(me, 0, parcels[1], 3).value();
    trial::check(me.wait_for(call) == errc::ok, "it ran");
    trial::check(parcels[1].answer.get() == 3, "the answer is there");
  }
};
// Seen to fail, of 1000 seeds: agent.wake 134, agent.signal 134, dispatch.look 230,
//   dispatch.finish 230, dispatch.drop and its halves 809.
const trial::enrol<answered> waits("agent/dispatch/answered",
                                   {.catches = "agent.wake agent.signal dispatch.look "
                                               "dispatch.finish dispatch.drop:acquire "
                                               "dispatch.drop:release",
                                    .iterations = 2'000,
                                    .depth = 20'000});

// One calls and looks now and then.
struct polled : calling<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 1);
      return;
    }
    dispatch call = post(me, 0, parcels[1], 3).value();
    errc how;
    for (unsigned i = 0; i < 8; ++i) {
      if (call.has_ended(how)) {
        trial::check(how == errc::ok, "it ran");
        trial::check(parcels[1].answer.get() == 3, "the answer is there");
        return;
      }
      trial::yield();
    }
  }
};
// Seen to fail, of 1000 seeds: dispatch.look 978, dispatch.finish 978, dispatch.drop and its
//   halves 1000.
const trial::enrol<polled> looks("agent/dispatch/polled",
                                 {.catches = "dispatch.look dispatch.finish "
                                             "dispatch.drop:acquire dispatch.drop:release",
                                  .iterations = 2'000,
                                  .depth = 20'000});

// Two call at once.
struct two_posters : calling<3> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 2);
      return;
    }
    dispatch call = post(me, 0, parcels[index], index).value();
    trial::check(me.wait_for(call) == errc::ok, "it ran");
    trial::check(parcels[index].answer.get() >= index, "the answer is there");
  }
  void after() override {
    const std::uint32_t one = parcels[1].answer.get();
    const std::uint32_t other = parcels[2].answer.get();
    trial::check((one == 1 && other == 3) || (one == 3 && other == 2), "one after the other");
    calling<3>::after();
  }
};
// Seen to fail, of 1000 seeds: agent.wake 175, agent.signal 175, dispatch.look 281,
//   dispatch.finish 281, dispatch.drop and its halves 804.
const trial::enrol<two_posters> two("agent/dispatch/two_posters",
                                    {.catches = "agent.wake agent.signal dispatch.look "
                                                "dispatch.finish",
                                     .iterations = 2'000,
                                     .depth = 20'000});

// The poster waits no longer than that, or may not wait at all, while the owner takes the call.
struct given_up : calling<2> {
  errc how = errc::ok;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 1);
      return;
    }
    dispatch call = post(me, 0, parcels[1], 3).value();
    how = me.wait_for(call, deadline::after(4));
    errc again;
    trial::check(call.has_ended(again) && again == how, "it ends once");
    trial::check(me.wait_for(call) == how, "for good");
    if (how == errc::ok) trial::check(parcels[1].answer.get() == 3, "the answer is there");
  }
  virtual errc otherwise() { return errc::timed_out; }
  void after() override {
    trial::check(how == errc::ok || how == otherwise(), "it ran, or the poster gave up");
    const std::uint32_t sum = owners[0].sum.get();
    trial::check(sum == 3 || (sum == 0 && how != errc::ok), "it ran once at most");
    calling<2>::after();
  }
};
// Seen to fail, of 1000 seeds: dispatch.look 238, dispatch.finish 238, dispatch.drop and its
//   halves 809.
const trial::enrol<given_up> timed("agent/dispatch/timed_out",
                                   {.catches = "dispatch.look dispatch.finish "
                                               "dispatch.drop:acquire dispatch.drop:release",
                                    .iterations = 2'000,
                                    .depth = 20'000});
struct may_not_wait : given_up {
  agent_options options_of(unsigned index) override {
    agent_options how = given_up::options_of(index);
    how.may_block = index == 0;
    return how;
  }
  errc otherwise() override { return errc::cannot_block; }
};
// Seen to fail, of 1000 seeds: dispatch.look 242, dispatch.finish 242, dispatch.drop and its
//   halves 1000.
const trial::enrol<may_not_wait> unblocking("agent/dispatch/cannot_block",
                                            {.catches = "dispatch.look dispatch.finish "
                                                        "dispatch.drop:acquire "
                                                        "dispatch.drop:release",
                                             .iterations = 2'000,
                                             .depth = 20'000});

// The owner goes while the poster waits.
struct gone : calling<2> {
  std::optional<dispatch> call;
  payload<std::uint32_t> last_words;

  void before() override {
    calling<2>::before();
    agent& me = **joined[1];
    const entered here(me);
    call.emplace(post(me, 0, parcels[1], 3).value());
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      last_words.set(7);
      joined[0]->detach();
      return;
    }
    trial::check(me.wait_for(*call) == errc::owner_gone, "the owner has gone");
    trial::check(last_words.get() == 7, "what it did before it left is seen");
    call.reset();
  }
};
// Seen to fail, of 1000 seeds: agent.wake 8, agent.signal 8, dispatch.look 275,
//   dispatch.end_posted 275, dispatch.drop and its halves 1000; where nobody is woken, seed 1.
const trial::enrol<gone> leaves("agent/dispatch/owner_gone",
                                {.catches = "agent.wake agent.signal dispatch.look "
                                            "dispatch.end_posted dispatch.drop:acquire "
                                            "dispatch.drop:release",
                                 .iterations = 2'000,
                                 .depth = 20'000});

// The owner looks into its inbox once, and goes, while the poster posts and waits.
struct perhaps_served : calling<2> {
  payload<std::uint32_t> last_words;
  errc how = errc::ok;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      me.serve();
      last_words.set(7);
      joined[0]->detach();
      return;
    }
    result<dispatch> call = post(me, 0, parcels[1], 3);
    how = call ? me.wait_for(*call) : call.code();
    if (how == errc::ok) {
      trial::check(parcels[1].answer.get() == 3, "the answer is there");
    } else {
      trial::check(how == errc::owner_gone, "it ran, or the owner has gone");
      trial::check(last_words.get() == 7, "what it did before it left is seen");
    }
  }
  void after() override {
    trial::check((owners[0].sum.get() == 3) == (how == errc::ok), "it ran, or did not");
    calling<2>::after();
  }
};
// Seen to fail, of 1000 seeds: agent.wake 6, agent.signal 6, dispatch.look 7, dispatch.finish 7,
//   dispatch.drop and its halves 68.
const trial::enrol<perhaps_served> serves_and_leaves("agent/dispatch/served_or_gone",
                                                     {.iterations = 4'000, .depth = 20'000});

// The owner goes while the poster posts: every schedule with few preemptions.
struct posts_to_leaver : calling<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      joined[0]->detach();
      return;
    }
    result<dispatch> call = post(me, 0, parcels[1], 3);
    const errc how = call ? me.wait_for(*call) : call.code();
    trial::check(how == errc::owner_gone, "nobody runs it");
  }
};
// Seen to fail, of 1000 seeds: dispatch.drop and its halves 68; where the owner is not looked at
//   again under its inbox's lock.
const trial::enrol<posts_to_leaver> too_late("agent/dispatch/leaving", {.iterations = 1'000,
                                                                        .depth = 20'000,
                                                                        .preemptions = 1});

// The owner goes, and its place is taken by another agent at once, which serves.
struct stranger : calling<2> {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      joined[0]->detach();
      joined[0].emplace(shared.attach(options_of(0)).value());
      trial::check((*joined[0])->serve() == 0, "there is nothing for the newcomer");
      return;
    }
    result<dispatch> call = post(me, 0, parcels[1], 3);
    const errc how = call ? me.wait_for(*call) : call.code();
    trial::check(how == errc::owner_gone, "nobody runs it");
  }
};
// Seen to fail, of 1000 seeds: dispatch.drop and its halves 41.
const trial::enrol<stranger> replaced("agent/dispatch/stranger",
                                      {.iterations = 2'000, .depth = 20'000});

// The poster goes, and leaves an object in the message.
struct poster_gone : calling<2> {
  static bool look(agent& me, std::uint64_t, dispatch_message& message) noexcept {
    scope in(me);
    const reference text = message.objects[0].get(me.context());
    trial::check(string_at(text.address()).length() == 5, "the object is there");
    return true;
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 1);
      return;
    }
    {
      scope in(me);
      dispatch_message message;
      message.objects[0] = handle(me, me.make_string(in, "hello").value().get());
      const dispatch call =
          me.post(owners[0].bound.get(me.context()), look, std::move(message)).value();
    }
    joined[1]->detach();
  }
};
// Seen to fail, of 1000 seeds: dispatch.drop and its halves 784.
const trial::enrol<poster_gone> orphan("agent/dispatch/poster_gone",
                                       {.catches = "dispatch.drop:acquire "
                                                   "dispatch.drop:release",
                                        .iterations = 2'000,
                                        .depth = 20'000});

// Each calls the other, and waits. Who does not nest serves nobody while it waits.
template <unsigned Nesting>
struct each_other : calling<2, 2> {
  errc how[2] = {};

  agent_options options_of(unsigned index) override {
    agent_options how = calling<2, 2>::options_of(index);
    how.may_nest = index < Nesting;
    return how;
  }
  void run(unsigned index, agent& me) override {
    {
      dispatch call = post(me, 1 - index, parcels[index], 3).value();
      how[index] = me.wait_for(call);
      if (how[index] == errc::ok) {
        trial::check(parcels[index].answer.get() == 3, "the answer is there");
      }
    }
    owners[index].loop.serve(me, 1);
  }
  void after() override {
    const unsigned refused =
        (how[0] == errc::would_deadlock ? 1u : 0u) + (how[1] == errc::would_deadlock ? 1u : 0u);
    const unsigned ran = (how[0] == errc::ok ? 1u : 0u) + (how[1] == errc::ok ? 1u : 0u);
    trial::check(refused + ran == 2, "a call runs, or gives way");
    // Where one of the two nests, it serves the other one, which goes on.
    trial::check(refused == (Nesting == 0 ? 1 : 0), "one gives way where nobody nests");
    calling<2, 2>::after();
  }
};
// Seen to fail, of 1000 seeds: agent.wake 174, agent.signal 174, dispatch.look 229,
//   dispatch.finish 229, dispatch.drop and its halves 779.
const trial::enrol<each_other<2>> nesting("agent/dispatch/each_other",
                                          {.catches = "agent.wake agent.signal dispatch.look "
                                                      "dispatch.finish",
                                           .iterations = 2'000,
                                           .depth = 20'000});
// Seen to fail, of 1000 seeds: agent.wake 304, agent.signal 304, dispatch.look 178,
//   dispatch.finish 178, dispatch.drop and its halves 999.
const trial::enrol<each_other<1>> one_nests("agent/dispatch/one_nests",
                                            {.catches = "agent.wake agent.signal dispatch.look "
                                                        "dispatch.finish",
                                             .iterations = 2'000,
                                             .depth = 20'000});
// Seen to fail, of 1000 seeds: agent.wake 189, agent.signal 189, dispatch.look 176,
//   dispatch.finish 176, dispatch.drop and its halves 1000; where nobody gives way, seed 1.
const trial::enrol<each_other<0>> giving_way("agent/dispatch/would_deadlock",
                                             {.catches = "agent.wake agent.signal dispatch.look "
                                                         "dispatch.finish",
                                              .iterations = 2'000,
                                              .depth = 20'000});

// First one calls the other, then the other way round: nobody waits for who waits, though the first
// may not have left its wait yet when the second begins.
struct in_turn : calling<2, 2> {
  agent_options options_of(unsigned index) override {
    agent_options how = calling<2, 2>::options_of(index);
    how.may_nest = false;
    return how;
  }
  void run(unsigned index, agent& me) override {
    if (index == 1) owners[1].loop.serve(me, 1);
    {
      dispatch call = post(me, 1 - index, parcels[index], 3).value();
      trial::check(me.wait_for(call) == errc::ok, "it ran");
    }
    if (index == 0) owners[0].loop.serve(me, 1);
  }
};
// Seen to fail, of 1000 seeds: agent.wake 155, agent.signal 155, dispatch.drop and its halves
//   968; where a wait counts until its agent has woken up, seed 1.
const trial::enrol<in_turn> turns("agent/dispatch/in_turn", {.catches = "agent.wake agent.signal",
                                                             .iterations = 2'000,
                                                             .depth = 20'000});

// Three in a ring, one of which does not nest: 1 waits for 0, which waits for 2, which waits for 1.
// Meanwhile 0 waits for another call inside, and when that ends its first wait closes the ring.
struct hidden_wait : calling<3, 3> {
  agent_options options_of(unsigned index) override {
    agent_options how = calling<3, 3>::options_of(index);
    how.may_nest = index != 1;
    return how;
  }
  template <unsigned To>
  static bool pass_on(agent& me, dispatch_message& message, dispatch_call next) {
    auto& all = *reinterpret_cast<hidden_wait*>(message.words[0]);
    dispatch call = all.post_to(me, To, next);
    wait(me, call);
    return true;
  }
  static void wait(agent& me, dispatch& call) {
    const errc how = me.wait_for(call);
    trial::check(how == errc::ok || how == errc::would_deadlock, "it ran, or gave way");
  }
  static bool nothing(agent&, std::uint64_t, dispatch_message&) noexcept { return true; }
  static bool first(agent& me, std::uint64_t, dispatch_message& message) noexcept {
    return pass_on<2>(me, message, second);
  }
  static bool inside(agent& me, std::uint64_t, dispatch_message& message) noexcept {
    return pass_on<2>(me, message, nothing);
  }
  static bool second(agent& me, std::uint64_t, dispatch_message& message) noexcept {
    auto& all = *reinterpret_cast<hidden_wait*>(message.words[0]);
    static_cast<void>(all.post_to(me, 0, inside));
    for (unsigned i = 0; i < 4; ++i) {
      if (me.serve() != 0) break;
      trial::yield();
    }
    return pass_on<1>(me, message, nothing);
  }
  dispatch post_to(agent& me, unsigned to, dispatch_call call) {
    dispatch_message message;
    message.words[0] = reinterpret_cast<std::uintptr_t>(this);
    return me.post(owners[to].bound.get(me.context()), call, std::move(message)).value();
  }
  void run(unsigned index, agent& me) override {
    if (index == 1) {
      dispatch call = post_to(me, 0, first);
      wait(me, call);
    }
    owners[index].loop.serve(me, index == 1 ? 1 : 2);
  }
};
// Seen to fail, of 1000 seeds: agent.wake 319, agent.signal 319, dispatch.drop and its halves
//   1000; where the outer wait is not looked at again, 969.
const trial::enrol<hidden_wait> ring("agent/dispatch/hidden_wait",
                                     {.iterations = 2'000, .depth = 20'000});

// A call that calls back, and waits inside.
struct calls_back : calling<2, 2> {
  static bool back(agent& me, std::uint64_t target, dispatch_message& message) noexcept {
    auto& all = *reinterpret_cast<calls_back*>(message.words[1]);
    result<dispatch> inner = all.post(me, 1, all.parcels[0], 5);
    trial::check(inner && me.wait_for(*inner) == errc::ok, "it ran where the outer one waits");
    trial::check(all.parcels[0].answer.get() == 5, "the inner answer is there");
    return add(me, target, message);
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      owners[0].loop.serve(me, 1);
      return;
    }
    parcels[1].question.set(3);
    dispatch_message message;
    message.words[0] = reinterpret_cast<std::uintptr_t>(&parcels[1]);
    message.words[1] = reinterpret_cast<std::uintptr_t>(this);
    dispatch call = me.post(owners[0].bound.get(me.context()), back, std::move(message)).value();
    trial::check(me.wait_for(call) == errc::ok, "it ran");
    trial::check(parcels[1].answer.get() == 3, "the answer is there");
  }
};
// Seen to fail, of 1000 seeds: agent.wake 51, agent.signal 51, dispatch.look 272,
//   dispatch.finish 272, dispatch.drop and its halves 996.
const trial::enrol<calls_back> inside("agent/dispatch/calls_back",
                                      {.catches = "agent.wake agent.signal dispatch.look "
                                                  "dispatch.finish",
                                       .iterations = 2'000,
                                       .depth = 20'000});

}  // namespace
