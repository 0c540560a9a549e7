// SPDX-License-Identifier: BSL-1.0
// Agents that poll rarely, blocked ones, parked ones: whoever stops the world is answered by each.
//
// A request is answered at the next poll of every agent that is entered: an agent that enters again
// before the one that asked is awake must not make it miss one poll after another. What a request
// waits for is counted in polls of the agent that computes, so that a busy machine does not matter
// much; more than a hundred for one request, twice in a round, is a failure.
//
// Seen to fail: a presence whose agents leave and enter again without handing themselves over (most
// rounds of half a second had requests that several hundred polls did not answer).

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr auto between_polls = std::chrono::microseconds(500);

struct storm {
  cluster world;
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> polls{0};
  std::atomic<std::uint64_t> longest{0};  // in polls
  std::atomic<std::uint64_t> late{0};     // requests that a hundred polls did not answer
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
    in.polls.fetch_add(1);
    joined->poll();
  }
}

void ask(storm& in, worker& me) {
  attachment joined = in.world.attach({.role = "asks", .parked = true}).value();
  while (me.goes_on()) {
    me.now("asking");
    const std::uint64_t began = in.polls.load();
    {
      const entered now(*joined);
      static_cast<void>(joined->account_cluster());
    }
    const std::uint64_t took = in.polls.load() - began;
    in.requests.fetch_add(1);
    if (took > 100) in.late.fetch_add(1);
    if (took > in.longest.load()) in.longest.store(took);
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
    STRESS_CHECK(in.late.load() < 2,
                 "%" PRIu64 " of %" PRIu64 " requests waited for up to %" PRIu64 " polls",
                 in.late.load(), in.requests.load(), in.longest.load());
    std::printf("%" PRIu64 " requests, %" PRIu64 " polls, at most %" PRIu64 " for one",
                in.requests.load(), in.polls.load(), in.longest.load());
  });
}
