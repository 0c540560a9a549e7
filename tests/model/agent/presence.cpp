// SPDX-License-Identifier: BSL-1.0
// Presence: an agent that is entered and a claimer never touch the agent's memory at once, each
// sees what the other has written, and neither sleeps for ever.

#include <shoal/agent/presence.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

// What belongs to the agent while it is entered, and to the claimer while it holds it.
struct agents_own : trial::body {
  detail::presence presence;
  payload<std::uint32_t> own;
  std::uint32_t added = 0;

  void before() override { own.set(0); }
  void add_one() { own.set(own.get() + 1); }
  void stay(unsigned polls) {
    presence.enter();
    add_one();
    for (unsigned i = 0; i < polls; ++i) {
      if (!presence.is_asked()) continue;
      presence.leave();
      presence.enter();
      add_one();
      ++added;
    }
    presence.leave();
  }
  void serve() {
    presence.claim();
    add_one();
    presence.unclaim();
  }
};

struct one_claim : agents_own {
  static constexpr unsigned threads = 2;
  void thread(unsigned index) override {
    if (index == 0) {
      stay(1);
      stay(0);
    } else {
      serve();
    }
  }
  void after() override { trial::check(own.get() == 3 + added, "nothing is lost"); }
};
// Seen to fail, of 1000 seeds: presence.enter 298, presence.leave 523, presence.claim 302,
//   presence.claimed 221, presence.unclaim 712, presence.reenter 414.
const trial::enrol<one_claim> claiming(
    "agent/presence/one_claim",
    {.catches = "presence.enter presence.leave presence.claim presence.claimed presence.unclaim "
                "presence.reenter",
     .preemptions = 2});

struct two_claims : agents_own {
  static constexpr unsigned threads = 2;
  void thread(unsigned index) override {
    if (index == 0) {
      stay(2);
    } else {
      serve();
      serve();
    }
  }
  void after() override { trial::check(own.get() == 3 + added, "nothing is lost"); }
};
const trial::enrol<two_claims> again("agent/presence/two_claims", {.preemptions = 2});

// Two claimers, one after the other by a lock, as the cluster's world lock does it.
struct two_claimers : agents_own {
  static constexpr unsigned threads = 3;
  lock world;
  void thread(unsigned index) override {
    if (index == 0) {
      stay(1);
      stay(1);
      return;
    }
    const locked alone(world);
    serve();
  }
  void after() override { trial::check(own.get() == 4 + added, "nothing is lost"); }
};
const trial::enrol<two_claimers> others("agent/presence/two_claimers", {.iterations = 5'000});

}  // namespace
