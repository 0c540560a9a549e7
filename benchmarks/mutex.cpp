// SPDX-License-Identifier: BSL-1.0
// What does it cost to lock and unlock a mutex, alone and with another agent that wants it too?
//
// mutex/uncontended        one agent; the floor is a compare_exchange, a store and a load
// mutex/contended/short    two agents on two cores; the section adds to a counter
// mutex/contended/long     likewise; some hundred nanoseconds in it, and as many outside
// mutex/fairness/2         two agents lock as often as they can for a while, with long sections: how
// mutex/fairness/4         long each wait was, and who had how much of the mutex; four, on fewer cores
//
// The floor of the contended cases is std::mutex.

#include <pthread.h>

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <thread>
#include <utility>

#include "bench.hpp"

#if HAS_ABSL
#include <absl/base/config.h>
#include <absl/synchronization/mutex.h>
#endif
#if HAS_TBB
#include <oneapi/tbb/spin_mutex.h>
#include <oneapi/tbb/version.h>
#endif

namespace bench {
namespace {

constexpr std::size_t times = 64;
constexpr std::size_t contended_times = 200'000;
constexpr unsigned long_steps = 100;
// Of which we ask no more than of two agents on cores of their own.
constexpr double longest_wait_limit = 5e6;
constexpr double least_share_limit = 0.8;

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

// The peers as std::mutex is.
class pthread_spin {
 public:
  pthread_spin() { pthread_spin_init(&spin_, PTHREAD_PROCESS_PRIVATE); }
  void lock() { pthread_spin_lock(&spin_); }
  void unlock() { pthread_spin_unlock(&spin_); }

 private:
  pthread_spinlock_t spin_;
};
#if HAS_ABSL
class absl_mutex {
 public:
  void lock() { mutex_.Lock(); }
  void unlock() { mutex_.Unlock(); }

 private:
  absl::Mutex mutex_;
};
#endif

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
void contend_by(benchmark::State& state, unsigned steps) {
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

// Agents with a mutex that all of them know.
struct agents {
  shoal::cluster cluster;
  std::vector<shoal::attachment> joined;
  shoal::handle mutex;

  explicit agents(int n) {
    for (int i = 0; i < n; ++i)
      joined.push_back(need(cluster.attach({.parked = true}), "no agent"));
    shoal::agent& first = (*this)[0];
    const shoal::entered here(first);
    shoal::scope scope(first);
    mutex = shoal::handle(first, need(shoal::mutex::make(first, scope), "no mutex"));
  }
  shoal::agent& operator[](int i) { return *joined[static_cast<std::size_t>(i)]; }
};

void contend_shoal(benchmark::State& state, unsigned steps) {
  counter shared;
  for (auto _ : state) {
    agents joined(2);
    state.SetIterationTime(both([&](int thread) { joined[thread].enter(); },
                                [&](int thread) {
                                  shoal::agent& agent = joined[thread];
                                  shoal::scope scope(agent);
                                  const shoal::local mutex = scope.hold(joined.mutex.get(agent));
                                  counter own;
                                  const std::size_t n = smoke ? 64 : contended_times;
                                  for (std::size_t i = 0; i < n; ++i) {
                                    {
                                      shoal::unlock_token token;
                                      if (shoal::mutex::lock(agent, mutex, token) !=
                                          shoal::errc::ok)
                                        give_up("no lock");
                                      work(shared.value, steps + 1);
                                    }
                                    work(own.value, steps);
                                    agent.poll();
                                  }
                                  keep(own.value);
                                },
                                [&](int thread) { joined[thread].leave(); }));
  }
  state.counters["ops"] = static_cast<double>(smoke ? 64 : contended_times);
}

template <class Mutex>
void alone(benchmark::State& state) {
  static Mutex mutex;
  each(state, times, [&](std::size_t) {
    mutex.lock();
    forget_memory();
    mutex.unlock();
  });
}

// The waits of one thread: how many lasted from 2^k to 2^(k+1) nanoseconds.
struct alignas(64) waits {
  std::array<std::uint64_t, 40> of{};
  std::uint64_t locks = 0;
  std::uint64_t longest = 0;

  void add(clock::duration wait) {
    const auto ns = static_cast<std::uint64_t>(std::chrono::nanoseconds(wait).count());
    ++of[std::min(static_cast<std::size_t>(std::bit_width(ns | 1)) - 1, of.size() - 1)];
    ++locks;
    longest = std::max(longest, ns);
  }
};

// One thread until `end`: section(work) locks, calls work, and unlocks.
template <class Section>
void lock_until(clock::time_point end, counter& shared, waits& mine, Section&& section) {
  counter own;
  for (auto before = clock::now(); before < end; before = clock::now()) {
    section([&] {
      mine.add(clock::now() - before);
      work(shared.value, long_steps);
    });
    work(own.value, long_steps);
  }
  keep(own.value);
}

[[nodiscard]] clock::time_point end_of_a_while() {
  return clock::now() + std::chrono::milliseconds(smoke ? 2 : 200);
}

void tell(benchmark::State& state, const std::vector<waits>& all) {
  std::uint64_t locks = 0;
  std::uint64_t longest = 0;
  std::uint64_t least = ~std::uint64_t{0};
  std::uint64_t most = 0;
  for (const waits& one : all) {
    locks += one.locks;
    longest = std::max(longest, one.longest);
    least = std::min(least, one.locks);
    most = std::max(most, one.locks);
  }
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  // Of what each should have.
  const double fair = number(locks) / static_cast<double>(all.size());
  state.counters["ops"] = number(locks);
  state.counters["longest"] = number(longest);
  state.counters["least"] = number(least) / fair;
  state.counters["most"] = number(most) / fair;
  for (std::size_t k = 0; k < all[0].of.size(); ++k) {
    std::uint64_t sum = 0;
    for (const waits& one : all) sum += one.of[k];
    if (sum != 0) state.counters["waits_" + std::to_string(k)] = number(sum);
  }
}

template <class Mutex>
void be_fair(benchmark::State& state, int threads) {
  for (auto _ : state) {
    Mutex mutex;
    counter shared;
    std::vector<waits> all(static_cast<std::size_t>(threads));
    const auto end = end_of_a_while();
    state.SetIterationTime(together(
        threads, [](int) {},
        [&](int thread) {
          lock_until(end, shared, all[static_cast<std::size_t>(thread)], [&](auto&& section) {
            mutex.lock();
            section();
            mutex.unlock();
          });
        },
        [](int) {}));
    tell(state, all);
  }
}

void be_fair_shoal(benchmark::State& state, int threads) {
  for (auto _ : state) {
    agents joined(threads);
    counter shared;
    std::vector<waits> all(static_cast<std::size_t>(threads));
    const auto end = end_of_a_while();
    state.SetIterationTime(together(
        threads, [&](int thread) { joined[thread].enter(); },
        [&](int thread) {
          shoal::agent& agent = joined[thread];
          shoal::scope scope(agent);
          const shoal::local mutex = scope.hold(joined.mutex.get(agent));
          lock_until(end, shared, all[static_cast<std::size_t>(thread)], [&](auto&& section) {
            {
              shoal::unlock_token token;
              if (shoal::mutex::lock(agent, mutex, token) != shoal::errc::ok) give_up("no lock");
              section();
            }
            agent.poll();
          });
        },
        [&](int thread) { joined[thread].leave(); }));
    tell(state, all);
    if (threads == 2) {
      state.counters["longest_limit"] = longest_wait_limit;
      state.counters["least_limit"] = least_share_limit;
    }
  }
}

constexpr char uncontended[] = "mutex/uncontended";
constexpr std::pair<const char*, unsigned> sections[] = {{"short", 0}, {"long", long_steps}};
constexpr int fairness_of[] = {2, 4};
[[nodiscard]] std::string contended(const char* length) {
  return std::string("mutex/contended/") + length;
}
[[nodiscard]] std::string fairness(int threads) {
  return "mutex/fairness/" + std::to_string(threads);
}

template <class Mutex>
void other_mutex(const char* name, const char* type) {
  peer(uncontended, name, no_limit, alone<Mutex>);
  for (const auto& [length, steps] : sections) {
    peer_timed(contended(length), name, 3,
               [steps = steps](benchmark::State& state) { contend_by<Mutex>(state, steps); });
  }
  about_bytes("mutex", type, sizeof(Mutex));
}

}  // namespace

void register_figures() {
  compare(
      uncontended, no_limit,
      [](benchmark::State& state) {
        alignas(8) static std::uint32_t words[2] = {};
        boost::atomic_ref<std::uint32_t> owner(words[0]);
        boost::atomic_ref<std::uint32_t> awaited(words[1]);
        const auto mine = opaque(std::uint32_t{64});
        each(state, times, [&](std::size_t) {
          std::uint32_t seen = 0;
          if (!owner.compare_exchange_strong(seen, mine, boost::memory_order::acquire,
                                             boost::memory_order::relaxed)) [[unlikely]]
            give_up("locked");
          forget_memory();
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
    alone<std::mutex>(state);
  });
  about_bytes("mutex", "Shoal", shoal::mutex_bytes);
  about_bytes("mutex", "std::mutex", sizeof(std::mutex));
  for (const auto& [length, steps] : sections) {
    compare_timed(
        contended(length), 1.0, 3,
        [steps = steps](benchmark::State& state) { contend_by<std::mutex>(state, steps); },
        [steps = steps](benchmark::State& state) { contend_shoal(state, steps); });
  }
  for (const int threads : fairness_of) {
    compare_timed(
        fairness(threads), no_limit, 1,
        [threads](benchmark::State& state) { be_fair<std::mutex>(state, threads); },
        [threads](benchmark::State& state) { be_fair_shoal(state, threads); });
  }
  other_mutex<pthread_spin>("pthread_spin", "pthread_spinlock_t");
#if HAS_ABSL
  other_mutex<absl_mutex>("absl_mutex", "absl::Mutex");
  about_peer("absl::Mutex", std::to_string(ABSL_LTS_RELEASE_VERSION));
  for (const int threads : fairness_of) {
    peer_timed(fairness(threads), "absl_mutex", 1,
               [threads](benchmark::State& state) { be_fair<absl_mutex>(state, threads); });
  }
#else
  about_peer("absl::Mutex", not_installed);
#endif
#if HAS_TBB
  other_mutex<tbb::spin_mutex>("tbb_spin_mutex", "tbb::spin_mutex");
  about_peer("tbb::spin_mutex", TBB_runtime_version());
#else
  about_peer("tbb::spin_mutex", not_installed);
#endif
}

}  // namespace bench
