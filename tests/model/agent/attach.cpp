// SPDX-License-Identifier: BSL-1.0
// Agents that join and leave one cluster at once.

#include <shoal/agent/agent.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct two_agents : trial::body {
  static constexpr unsigned threads = 2;
  cluster shared{{.limit = 8u << 20, .max_types = 64}};
  type point;

  void before() override { trial::check(shared.status() == errc::ok, "opened"); }
  void thread(unsigned index) override {
    attachment joined = shared.attach({}).value();
    (void)index;
  }
};
const trial::enrol<two_agents> attaching("agent/attach/two",
                                         {.iterations = 2'000, .depth = 20'000});

}  // namespace
