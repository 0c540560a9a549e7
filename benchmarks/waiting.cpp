// SPDX-License-Identifier: BSL-1.0
// What does it cost two agents to hand the turn to one another, asleep in between?
//
// condition/ping_pong    each waits for its turn at a condition, a round is two turns
// wait_queue/ping_pong   each waits at a field for its turn
//
// The floor is std::mutex with std::condition_variable; of the wait queue, the futex by hand.

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "bench.hpp"

#if HAS_ABSL
#include <absl/synchronization/mutex.h>
#endif

namespace bench {
namespace {

constexpr std::size_t rounds_of_each = 2'000;

[[nodiscard]] std::size_t rounds() { return smoke ? 16 : rounds_of_each; }

void count_rounds(benchmark::State& state) {
  state.counters["ops"] = static_cast<double>(rounds());
}

void std_condition(benchmark::State& state) {
  for (auto _ : state) {
    std::mutex mutex;
    std::condition_variable turned;
    int turn = 0;
    state.SetIterationTime(both([](int) {},
                                [&](int mine) {
                                  for (std::size_t i = 0; i < rounds(); ++i) {
                                    std::unique_lock hold(mutex);
                                    turned.wait(hold, [&] { return turn == mine; });
                                    turn = 1 - mine;
                                    turned.notify_one();
                                  }
                                }));
  }
  count_rounds(state);
}

#if HAS_ABSL
void absl_condition(benchmark::State& state) {
  for (auto _ : state) {
    absl::Mutex mutex;
    absl::CondVar turned;
    int turn = 0;
    state.SetIterationTime(both([](int) {},
                                [&](int mine) {
                                  for (std::size_t i = 0; i < rounds(); ++i) {
                                    const absl::MutexLock hold(&mutex);
                                    while (turn != mine) turned.Wait(&mutex);
                                    turn = 1 - mine;
                                    turned.Signal();
                                  }
                                }));
  }
  count_rounds(state);
}
#endif

void futex(std::uint32_t& word, int what, std::uint32_t value) {
  syscall(SYS_futex, &word, what | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

void futex_by_hand(benchmark::State& state) {
  for (auto _ : state) {
    alignas(64) std::uint32_t turn = 0;
    boost::atomic_ref<std::uint32_t> word(turn);
    state.SetIterationTime(both([](int) {},
                                [&](int which) {
                                  const auto mine = static_cast<std::uint32_t>(which);
                                  for (std::size_t i = 0; i < rounds(); ++i) {
                                    while (word.load(boost::memory_order::acquire) != mine) {
                                      futex(turn, FUTEX_WAIT, 1 - mine);
                                    }
                                    word.store(1 - mine, boost::memory_order::release);
                                    futex(turn, FUTEX_WAKE, 1);
                                  }
                                }));
  }
  count_rounds(state);
}

// Two agents, and an object with the turn that both know.
struct table {
  shoal::cluster cluster;
  std::vector<shoal::attachment> joined;
  shoal::type type;
  shoal::typed_field<std::int32_t> turn;
  shoal::handle place;
  shoal::handle mutex;
  shoal::handle condition;

  table() {
    for (int i = 0; i < 2; ++i)
      joined.push_back(need(cluster.attach({.parked = true}), "no agent"));
    shoal::agent& first = *joined[0];
    const shoal::entered here(first);
    shoal::scope scope(first);
    type = need(first.declare("Table", {{"turn", shoal::i32}}), "no type");
    turn = need(shoal::typed<std::int32_t>(type, "turn"), "no field");
    place = shoal::handle(first, need(first.create(scope, type), "no object"));
    mutex = shoal::handle(first, need(shoal::mutex::make(first, scope), "no mutex"));
    condition = shoal::handle(first, need(shoal::condition::make(first, scope), "no condition"));
  }
  template <class Work>
  double both_work(Work&& work) {
    return both([&](int which) { joined[static_cast<std::size_t>(which)]->enter(); },
                [&](int which) {
                  shoal::agent& me = *joined[static_cast<std::size_t>(which)];
                  shoal::scope scope(me);
                  work(me, scope, which);
                },
                [&](int which) { joined[static_cast<std::size_t>(which)]->leave(); });
  }
};

void shoal_condition(benchmark::State& state) {
  for (auto _ : state) {
    table shared;
    state.SetIterationTime(shared.both_work([&](shoal::agent& me, shoal::scope& scope, int mine) {
      const shoal::local place = scope.hold(shared.place.get(me));
      const shoal::local mutex = scope.hold(shared.mutex.get(me));
      const shoal::local turned = scope.hold(shared.condition.get(me));
      for (std::size_t i = 0; i < rounds(); ++i) {
        shoal::unlock_token token;
        if (shoal::mutex::lock(me, mutex, token) != shoal::errc::ok ||
            shoal::condition::wait_for(me, turned, token, [&] {
              return me.load(place, shared.turn) == mine;
            }) != shoal::errc::ok) {
          give_up("no turn");
        }
        me.store(place, shared.turn, 1 - mine);
        static_cast<void>(shoal::condition::notify(me, turned));
      }
    }));
  }
  count_rounds(state);
}

void shoal_wait_queue(benchmark::State& state) {
  for (auto _ : state) {
    table shared;
    state.SetIterationTime(shared.both_work([&](shoal::agent& me, shoal::scope& scope, int mine) {
      const shoal::local place = scope.hold(shared.place.get(me));
      for (std::size_t i = 0; i < rounds(); ++i) {
        while (me.load(place, shared.turn, shoal::acquire) != mine) {
          const shoal::errc how = shoal::wait_queue::wait(me, place, shared.turn, 1 - mine);
          if (how != shoal::errc::ok && how != shoal::errc::not_equal) give_up("no turn");
        }
        me.store(place, shared.turn, 1 - mine, shoal::release);
        shoal::wait_queue::notify(me, place, shared.turn, 1);
      }
    }));
  }
  count_rounds(state);
}

}  // namespace

void register_figures() {
  compare_timed("condition/ping_pong", 1.1, 3, std_condition, shoal_condition);
  about_bytes("condition", "Shoal", shoal::condition_bytes);
  about_bytes("condition", "std::condition_variable", sizeof(std::condition_variable));
#if HAS_ABSL
  peer_timed("condition/ping_pong", "absl_condvar", 3, absl_condition);
  about_bytes("condition", "absl::CondVar", sizeof(absl::CondVar));
#endif
  compare_timed("wait_queue/ping_pong", no_limit, 3, futex_by_hand, shoal_wait_queue);
}

}  // namespace bench
