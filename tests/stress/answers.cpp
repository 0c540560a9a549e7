// SPDX-License-Identifier: BSL-1.0
// Agents that poll rarely, blocked ones, parked ones: whoever stops the world is answered by each.
//
// A request is answered at the next poll of every agent that is entered: it must not have to wait for
// a second one. So with agents that poll every half a millisecond, an account of the cluster may take
// a few times that, and not a multiple of the time the round lasts. Afterwards: every agent was asked
// and answered, and no request took longer than the bound below.
//
// Seen to fail: see the bound. An agent that enters again before the claimer is awake makes it miss
// one poll after another.

#include <algorithm>

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr auto between_polls = std::chrono::microseconds(500);

struct storm {
  cluster world;
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::int64_t> longest{0};
  std::atomic<std::int64_t> sum{0};
};

void work(std::chrono::microseconds length) {
  const auto end = std::chrono::steady_clock::now() + length;
  while (std::chrono::steady_clock::now() < end) {
  }
}

// Computes, and polls now and then.
void compute(storm& in, worker& me) {
  attachment joined = in.world.attach({.role = "computes"}).value();
  while (me.goes_on()) {
    me.now("computing");
    work(between_polls);
    me.now("polling");
    joined->poll();
  }
}

void ask(storm& in, worker& me) {
  attachment joined = in.world.attach({.role = "asks", .parked = true}).value();
  while (me.goes_on()) {
    me.now("asking");
    const auto began = std::chrono::steady_clock::now();
    {
      const entered now(*joined);
      static_cast<void>(joined->account_cluster());
    }
    const std::int64_t took = std::chrono::duration_cast<std::chrono::microseconds>(
                                  std::chrono::steady_clock::now() - began)
                                  .count();
    in.requests.fetch_add(1);
    in.sum.fetch_add(took);
    std::int64_t longest = in.longest.load();
    while (took > longest && !in.longest.compare_exchange_weak(longest, took)) {
    }
    me.now("resting");
    std::this_thread::sleep_for(std::chrono::microseconds(me.random.below(300)));
  }
}

void sleep(storm& in, worker& me) {
  attachment joined = in.world.attach({.role = "sleeps"}).value();
  while (me.goes_on()) {
    const blocked_region away(*joined);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t) {
    storm in;
    stress::run_workers(3, seed, [&](worker& me) {
      if (me.index == 0) return compute(in, me);
      if (me.index == 1) return ask(in, me);
      return sleep(in, me);
    });
    stress::check_empty(in.world);
    const double requests = static_cast<double>(std::max<std::uint64_t>(in.requests.load(), 1));
    std::printf("%" PRIu64 " requests, %.0f us each, longest %" PRId64 " us", in.requests.load(),
                static_cast<double>(in.sum.load()) / requests, in.longest.load());
  });
}
