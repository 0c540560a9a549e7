// SPDX-License-Identifier: BSL-1.0
// Thread-bound handles while their owner goes: others see that it is there or that it has gone, and
// never the target; the word is let go of once, on its owner.

#include "agents.hpp"

using namespace shoal;

namespace {

// Agent 0 owns a word, which its host frees when it is told to.
struct bound_word : trial::agents<2> {
  trial::host_loop loop;
  handle bound;
  payload<std::uint32_t> released;

  static void let_go_of(void* self, agent& me, std::uint64_t word, shoal::released what) noexcept {
    auto& all = *static_cast<bound_word*>(self);
    trial::check(me.identity() == all.owner && what == shoal::released::thread_bound,
                 "on its owner");
    all.released.set(all.released.get() + 1);
    trial::referent::release(nullptr, me, word, what);
  }
  static void post_task(void* self) noexcept {
    trial::host_loop::post_task(&static_cast<bound_word*>(self)->loop);
  }
  agent_options options_of(unsigned index) override {
    if (index != 0) return {};
    return {.hooks = {.self = this, .release = let_go_of, .post_task = post_task}};
  }
  virtual bool keeps() { return true; }
  void before() override {
    agents<2>::before();
    released.set(0);
    agent& me = **joined[0];
    owner = me.identity();
    const entered here(me);
    scope in(me);
    const local made =
        me.make_thread_bound(in, trial::referent::make(7), bound_policy::dispatch).value();
    if (keeps()) bound = handle(me, made.get());
  }
  void after() override {
    for (std::optional<attachment>& each : joined) each.reset();
    trial::check(released.get() == 1, "let go of once");
    bound.reset();
  }
  std::uint64_t owner = 0;
};

// The owner goes while another one looks.
struct looked_at : bound_word {
  cell<std::uint32_t> gone{0};

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      joined[0]->detach();
      // Release: pairs with bound_test.is_gone.
      gone.store(1, order<"bound_test.gone">(shoal::release));
      return;
    }
    for (unsigned i = 0; i < 2; ++i) {
      // Acquire: pairs with bound_test.gone.
      const bool late = gone.load(order<"bound_test.is_gone">(acquire)) != 0;
      std::uint64_t target = 8;
      const errc code = me.bound_target(bound.get(me.context()), target);
      trial::check(code == errc::owner_gone || (!late && code == errc::wrong_agent),
                   "it is there, or it has gone");
      trial::check(target == 0, "nobody else sees the target");
    }
  }
};
// Seen to fail where a detached agent is still found: seed 35.
const trial::enrol<looked_at> look("agent/thread_bound/owner_goes",
                                   {.iterations = 2'000, .depth = 20'000});

// Another one lets go of the word while the owner serves it, does so itself, or goes.
template <bool Itself>
struct let_go : bound_word {
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      me.serve();
      if (Itself) release(me);
      joined[0]->detach();
      return;
    }
    release(me);
    if (!Itself) release(me);
  }
  void release(agent& me) {
    const errc code = me.release_bound(bound.get(me.context()));
    trial::check(code == errc::ok || code == errc::owner_gone, "let go of, or it was before");
  }
};
// Seen to fail, of 1000 seeds: dispatch.drop and its halves 69.
const trial::enrol<let_go<false>> posted("agent/thread_bound/release",
                                         {.iterations = 2'000, .depth = 20'000});
// Seen to fail where it is not looked at whether the word has been let go of: seed 3.
const trial::enrol<let_go<true>> again("agent/thread_bound/release_both",
                                       {.iterations = 2'000, .depth = 20'000});

// The owner lets go of it while another one calls: the call has the word or does not run.
struct called : bound_word {
  static bool read(agent&, std::uint64_t target, dispatch_message&) noexcept {
    trial::check(trial::referent::of(target).number.get() == 7, "the word's own");
    return true;
  }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      me.serve();
      trial::check(me.release_bound(bound.get(me.context())) == errc::ok, "let go of");
      loop.serve(me, 1);
      return;
    }
    dispatch call = me.post(bound.get(me.context()), read, {}).value();
    const errc how = me.wait_for(call);
    trial::check(how == errc::ok || how == errc::owner_gone, "it ran, or there was nothing left");
  }
};
// Seen to fail, of 1000 seeds: agent.wake 143, agent.signal 143, dispatch.drop and its halves 764.
const trial::enrol<called> calls("agent/thread_bound/called", {.catches = "agent.wake agent.signal",
                                                               .iterations = 2'000,
                                                               .depth = 20'000});

// A trace on another agent finds the handle dead: the owner is told, and lets go of the word.
struct buried : bound_word {
  bool keeps() override { return false; }
  void run(unsigned index, agent& me) override {
    if (index == 0) {
      loop.serve(me, 1);
      trial::check(released.get() == 1, "let go of when served");
    } else {
      me.debug_trace();
    }
  }
};
// Seen to fail where the owner is not told: seed 1.
const trial::enrol<buried> dies("agent/thread_bound/buried",
                                {.iterations = 2'000, .depth = 20'000});

}  // namespace
