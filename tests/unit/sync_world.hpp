// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of floor 6 share: a mutex, and agents of other threads that use it.

#include "agent_world.hpp"

namespace sync_test {

using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::blocked_region;
using shoal::handle;
using shoal::local;
using shoal::mutex;
using shoal::parking_lot;
using shoal::scope;

inline constexpr std::int64_t millisecond = 1'000'000;

// A mutex that threads of their own lock.
struct shared_mutex {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope in{me};
  local m = mutex::make(me, in).value();
  handle sent{me, m};

  [[nodiscard]] std::size_t waiting() { return parking_lot::made(*w).waiting(); }

  // An agent of another thread does that, with the mutex.
  template <class Act>
  std::thread on_another(Act act, shoal::agent_options options = {}) {
    return std::thread([this, act, options] {
      attachment there = w.attach(options);
      scope its(*there);
      act(*there, its.hold(sent.get(*there)));
    });
  }
  // Until that many wait; the agent of this thread goes on answering.
  void until_waiting(std::size_t n) {
    while (waiting() != n) me.poll();
  }
  void join(std::thread& other) {
    const blocked_region away(me);
    other.join();
  }
};

}  // namespace sync_test
