// SPDX-License-Identifier: BSL-1.0
// The internal lock: one holder at a time, every holder sees what the last one wrote, and nobody
// sleeps for ever.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

template <unsigned Threads, unsigned Rounds>
struct counting : trial::body {
  static constexpr unsigned threads = Threads;
  lock guard;
  payload<std::uint32_t> count;

  void before() override { count.set(0); }
  void thread(unsigned) override {
    for (unsigned i = 0; i < Rounds; ++i) {
      locked hold(guard);
      count.set(count.get() + 1);
    }
  }
  void after() override { trial::check(count.get() == Threads * Rounds, "no increment is lost"); }
};

// Seen to fail, of 1000 seeds: lock.acquire 564, lock.acquire_slow 571, lock.release 1000.
const trial::enrol<counting<2, 2>> two("base/lock/two_threads",
                                       {.catches = "lock.acquire lock.acquire_slow lock.release",
                                        .preemptions = 2});
// With a third thread there are sleepers behind a sleeper, whom an unlock must not forget.
// Seen to fail, of 1000 seeds: lock.acquire 748, lock.acquire_slow 688, lock.release 1000.
const trial::enrol<counting<3, 1>> three("base/lock/three_threads",
                                         {.catches = "lock.acquire lock.acquire_slow lock.release",
                                          .preemptions = 2});
const trial::enrol<counting<4, 2>> four("base/lock/four_threads", {.iterations = 5'000});

}  // namespace
