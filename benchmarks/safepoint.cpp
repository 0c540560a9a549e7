// SPDX-License-Identifier: BSL-1.0
// What do a safepoint and a blocked region cost when nobody asks anything of the agent?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t times = 64;

// What a runtime without Shoal would keep for itself.
struct by_hand_context {
  std::uint32_t request = 0;
  std::uint32_t state = 1;
};
by_hand_context here;

[[gnu::noinline, gnu::cold]] void answer(by_hand_context*) { give_up("nobody has asked"); }

}  // namespace

void register_figures() {
  compare(
      "safepoint/poll", 1.2,
      [](benchmark::State& state) {
        by_hand_context* const context = opaque(&here);
        each(state, times, [=](std::size_t) {
          if (boost::atomic_ref<std::uint32_t>(context->request)
                  .load(boost::memory_order::relaxed) != 0) [[unlikely]] {
            answer(context);
          }
        });
      },
      [](benchmark::State& state) {
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, times, [&agent](std::size_t) { agent.poll(); });
      });
  // Two uncontended compare_exchange on one word.
  compare(
      "safepoint/blocked_region", 1.3,
      [](benchmark::State& state) {
        by_hand_context* const context = opaque(&here);
        each(state, times, [=](std::size_t) {
          boost::atomic_ref<std::uint32_t> word(context->state);
          std::uint32_t entered = 1;
          if (!word.compare_exchange_strong(entered, 0)) [[unlikely]]
            answer(context);
          forget_memory();
          std::uint32_t parked = 0;
          if (!word.compare_exchange_strong(parked, 1)) [[unlikely]]
            answer(context);
        });
      },
      [](benchmark::State& state) {
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, times, [&agent](std::size_t) {
          const shoal::blocked_region region(agent);
          forget_memory();
        });
      });
}

}  // namespace bench
