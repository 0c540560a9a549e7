// SPDX-License-Identifier: BSL-1.0
// What does it cost to lock and unlock a mutex, alone and with another agent that wants it too?
//
// mutex/uncontended        one agent; the floor is a compare_exchange, a store and a load
// mutex/contended/short    two agents on two cores; the section adds to a counter
// mutex/contended/long     likewise; some hundred nanoseconds in it, and as many outside
//
// The floor of the contended cases is std::mutex.

#include <pthread.h>

#include <array>
#include <mutex>
#include <thread>

#include "bench.hpp"

#if HAS_ABSL
#include <absl/synchronization/mutex.h>
#endif
#if HAS_TBB
#include <oneapi/tbb/spin_mutex.h>
#endif

namespace bench {
namespace {

constexpr std::size_t times = 64;
constexpr std::size_t contended_times = 200'000;
constexpr unsigned long_steps = 100;

// What is done under the lock, and beside it: each step waits for the one before.
SHOAL_INLINE void work(std::uint64_t& on, unsigned steps) {
  std::uint64_t value = on;
  for (unsigned i = 0; i < steps; ++i) value = value * 0x9e37'79b9'7f4a'7c15 + 1;
  on = value;
}

// On lines of their own.
struct alignas(64) counter {
  std::uint64_t value = 0;
};

// Each of two threads locks so often.
template <class Section>
double contend(unsigned steps, counter& shared, Section&& section) {
  std::array<counter, 2> own;
  return both([](int) {},
              [&](int thread) {
                const std::size_t n = smoke ? 64 : contended_times;
                for (std::size_t i = 0; i < n; ++i) {
                  section(thread, [&] { work(shared.value, steps + 1); });
                  work(own[static_cast<std::size_t>(thread)].value, steps);
                }
              });
}

template <class Mutex>
void contend_std(benchmark::State& state, unsigned steps) {
  Mutex mutex;
  counter shared;
  for (auto _ : state) {
    state.SetIterationTime(contend(steps, shared, [&](int, auto&& section) {
      mutex.lock();
      section();
      mutex.unlock();
    }));
  }
  state.counters["ops"] = static_cast<double>(smoke ? 64 : contended_times);
}

void contend_shoal(benchmark::State& state, unsigned steps) {
  counter shared;
  for (auto _ : state) {
    shoal::cluster cluster;
    std::vector<shoal::attachment> joined;
    for (int i = 0; i < 2; ++i)
      joined.push_back(need(cluster.attach({.parked = true}), "no agent"));
    shoal::handle sent;
    {
      const shoal::entered here(*joined[0]);
      shoal::scope scope(*joined[0]);
      sent = shoal::handle(*joined[0], need(shoal::mutex::make(*joined[0], scope), "no mutex"));
    }
    state.SetIterationTime(
        both([&](int thread) { joined[static_cast<std::size_t>(thread)]->enter(); },
             [&](int thread) {
               shoal::agent& agent = *joined[static_cast<std::size_t>(thread)];
               shoal::scope scope(agent);
               const shoal::local mutex = scope.hold(sent.get(agent));
               counter own;
               const std::size_t n = smoke ? 64 : contended_times;
               for (std::size_t i = 0; i < n; ++i) {
                 {
                   shoal::unlock_token token;
                   if (shoal::mutex::lock(agent, mutex, token) != shoal::errc::ok)
                     give_up("no lock");
                   work(shared.value, steps + 1);
                 }
                 work(own.value, steps);
                 agent.poll();
               }
               keep(own.value);
             },
             [&](int thread) { joined[static_cast<std::size_t>(thread)]->leave(); }));
  }
  state.counters["ops"] = static_cast<double>(smoke ? 64 : contended_times);
}

template <class Lock, class Unlock>
void alone(benchmark::State& state, Lock&& lock, Unlock&& unlock) {
  each(state, times, [&](std::size_t) {
    lock();
    forget_memory();
    unlock();
  });
}

}  // namespace

void register_figures() {
  const std::string uncontended = "mutex/uncontended";
  compare(
      uncontended, no_limit,
      [](benchmark::State& state) {
        alignas(8) static std::uint32_t words[2] = {};
        boost::atomic_ref<std::uint32_t> owner(words[0]);
        boost::atomic_ref<std::uint32_t> awaited(words[1]);
        const auto mine = opaque(std::uint32_t{64});
        alone(
            state,
            [&] {
              std::uint32_t seen = 0;
              if (!owner.compare_exchange_strong(seen, mine, boost::memory_order::acquire,
                                                 boost::memory_order::relaxed)) [[unlikely]]
                give_up("locked");
            },
            [&] {
              owner.store(0, boost::memory_order::release);
              if (awaited.load(boost::memory_order::relaxed) != 0) [[unlikely]]
                give_up("awaited");
            });
      },
      [](benchmark::State& state) {
        shoal::agent& agent = *opaque(&the_world().agent);
        shoal::scope scope(agent);
        const shoal::local mutex = need(shoal::mutex::make(agent, scope), "no mutex");
        each(state, times, [&](std::size_t) {
          shoal::unlock_token token;
          if (shoal::mutex::lock(agent, mutex, token) != shoal::errc::ok) [[unlikely]]
            give_up("no lock");
          forget_memory();
          token.unlock();
        });
      });
  peer(uncontended, "std_mutex", 0.7, [](benchmark::State& state) {
    // Until a process has had a second thread, glibc leaves out what makes it one.
    std::thread([] {}).join();
    static std::mutex mutex;
    alone(
        state, [&] { mutex.lock(); }, [&] { mutex.unlock(); });
  });
  peer(uncontended, "pthread_spin", no_limit, [](benchmark::State& state) {
    static pthread_spinlock_t spin;
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    alone(
        state, [&] { pthread_spin_lock(&spin); }, [&] { pthread_spin_unlock(&spin); });
  });
#if HAS_ABSL
  peer(uncontended, "absl_mutex", no_limit, [](benchmark::State& state) {
    static absl::Mutex mutex;
    alone(
        state, [&] { mutex.Lock(); }, [&] { mutex.Unlock(); });
  });
#endif
#if HAS_TBB
  peer(uncontended, "tbb_spin_mutex", no_limit, [](benchmark::State& state) {
    static tbb::spin_mutex mutex;
    alone(
        state, [&] { mutex.lock(); }, [&] { mutex.unlock(); });
  });
#endif
  for (const auto& [name, steps] : {std::pair{"short", 0u}, std::pair{"long", long_steps}}) {
    compare_timed(
        std::string("mutex/contended/") + name, 1.0, 3,
        [steps = steps](benchmark::State& state) { contend_std<std::mutex>(state, steps); },
        [steps = steps](benchmark::State& state) { contend_shoal(state, steps); });
  }
}

}  // namespace bench
