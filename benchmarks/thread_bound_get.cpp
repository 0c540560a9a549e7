// SPDX-License-Identifier: BSL-1.0
// What does a thread-bound handle cost on its owner, beside a plain load of the same word?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t handle_count = 64;

struct handles {
  std::vector<void*> all;

  handles() {
    shoal::agent& agent = the_world().agent;
    shoal::scope scope(agent);
    for (std::size_t i = 0; i < handle_count; ++i) {
      all.push_back(
          need(agent.make_thread_bound(scope, i + 1, shoal::bound_policy::error), "no handle")
              .get()
              .address());
    }
  }
  static handles& get() {
    static handles only;
    return only;
  }
};

struct body {
  std::uint64_t head;
  std::uint64_t owner;
  std::uint64_t target;
};

}  // namespace

void register_figures() {
  compare(
      "thread_bound/get", 2,
      [](benchmark::State& state) {
        void* const* const all = handles::get().all.data();
        each(state, handle_count,
             [=](std::size_t i) { keep(static_cast<const body*>(all[i])->target); });
      },
      [](benchmark::State& state) {
        void* const* const all = handles::get().all.data();
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, handle_count, [=, &agent](std::size_t i) {
          std::uint64_t target = 0;
          if (agent.bound_target(shoal::reference(all[i]), target) != shoal::errc::ok)
              [[unlikely]] {
            give_up("no target");
          }
          keep(target);
        });
      });
}

}  // namespace bench
