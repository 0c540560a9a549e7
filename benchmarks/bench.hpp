// SPDX-License-Identifier: BSL-1.0
#pragma once

// What every benchmark here shares: how a figure stands beside its floor, loops that compilers
// can't shorten, and one world to measure in.
//
// A figure is a name, its floor (hand-written C++ for the same work on the same data) and Shoal's
// half, registered together and run interleaved. Every case has the counter `ops`, how many
// operations one iteration is; Shoal's half has `limit` where DESIGN.md section 7 names one. What
// the ratio is, tools/bench.py works out from the repetitions.

#include <benchmark/benchmark.h>

#include <atomic>
#include <boost/atomic/atomic_ref.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <shoal/shoal.hpp>
#include <string>
#include <thread>
#include <vector>

namespace bench {

// Each file defines it: registers the file's figures.
void register_figures();

// True for runs that only show that the program works: as little work as possible.
inline bool smoke = false;

[[noreturn]] inline void give_up(const char* why) {
  std::fprintf(stderr, "benchmark: %s\n", why);
  std::exit(1);
}

// ---------------------------------------------------------------------------- for compilers

using xmm = std::uint64_t __attribute__((vector_size(16)));

// The value must have been computed, and be in a register.
template <class T>
SHOAL_INLINE void keep(const T& value) {
  if constexpr (sizeof(T) == 16) {
    xmm bits;
    std::memcpy(&bits, &value, sizeof bits);
    asm volatile("" : : "x"(bits));
  } else if constexpr (std::is_floating_point_v<T>) {
    asm volatile("" : : "x"(value));
  } else {
    asm volatile("" : : "r"(value));
  }
}

// The same value, of which the compiler knows nothing.
template <class T>
SHOAL_INLINE T opaque(T value) {
  if constexpr (std::is_floating_point_v<T> || sizeof(T) == 16) {
    asm volatile("" : "+x"(value));
  } else {
    asm volatile("" : "+r"(value));
  }
  return value;
}

// As a call of unknown code would: nothing in memory is known afterwards.
SHOAL_INLINE void forget_memory() { asm volatile("" : : : "memory"); }

// operation(i) for i in [0, n), per iteration; memory is forgotten after each. The floor and
// Shoal's half run the same loop.
template <class Operation>
SHOAL_INLINE void each(benchmark::State& state, std::size_t n, Operation&& operation) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < n; ++i) {
      operation(i);
      forget_memory();
    }
  }
  state.counters["ops"] = static_cast<double>(n);
}

// ---------------------------------------------------------------------------- figures

inline constexpr double no_limit = 0;

// Registers one case. `configure` may set what Google Benchmark offers (manual time, iterations).
template <class Body>
benchmark::internal::Benchmark* add(const std::string& name, const char* counter, double limit,
                                    Body body) {
  return benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    body(state);
    if (limit != no_limit) state.counters[counter] = limit;
  });
}

// A figure: what Shoal takes, at most `limit` times what the floor takes.
template <class Floor, class Shoal>
void compare(const std::string& name, double limit, Floor floor, Shoal shoal) {
  add(name + "/floor", "", no_limit, floor);
  add(name + "/shoal", "limit", limit, shoal);
}

// The same for cases that measure their time themselves (state.SetIterationTime), of so many
// iterations a repetition.
template <class Floor, class Shoal>
void compare_timed(const std::string& name, double limit, int iterations, Floor floor,
                   Shoal shoal) {
  const int n = smoke ? 1 : iterations;
  add(name + "/floor", "", no_limit, floor)->UseManualTime()->Iterations(n);
  add(name + "/shoal", "limit", limit, shoal)->UseManualTime()->Iterations(n);
}

// Another way of doing what `name` does; Shoal takes at most `limit` times as long.
template <class Body>
void peer(const std::string& name, const std::string& which, double limit, Body body) {
  add(name + "/" + which, "peer_limit", limit, body);
}

template <class Body>
void peer_timed(const std::string& name, const std::string& which, int iterations, Body body) {
  add(name + "/" + which, "", no_limit, body)->UseManualTime()->Iterations(smoke ? 1 : iterations);
}

// For the results: which version of a peer this is, or that its cases are missing.
inline constexpr char not_installed[] = "not installed";
inline void about_peer(const std::string& name, const std::string& version) {
  benchmark::AddCustomContext("peer " + name, version);
}

// For the results: how many bytes one of `what` takes, of Shoal or of a peer.
inline void about_bytes(const std::string& what, const std::string& whose, std::size_t bytes) {
  benchmark::AddCustomContext("bytes " + what + "/" + whose, std::to_string(bytes));
}

// Objects of so many bytes that half of a second cache holds, and more than the cores' own caches
// hold.
[[nodiscard]] inline std::size_t batch(std::size_t bytes) {
  return smoke ? 64 : (std::size_t{384} << 10) / bytes;
}
[[nodiscard]] inline std::size_t large_batch(std::size_t bytes) {
  return smoke ? 64 : (std::size_t{8} << 20) / bytes;
}

// ---------------------------------------------------------------------------- time by hand

using clock = std::chrono::steady_clock;

[[nodiscard]] inline double seconds_since(clock::time_point start) {
  return std::chrono::duration<double>(clock::now() - start).count();
}

// Runs work(0) here and work(1) on a thread of its own, from the same moment on, and answers the
// mean of what each took in seconds. prepare(i) runs before and finish(i) after it, on the same
// threads, untimed.
template <class Prepare, class Work, class Finish>
double both(Prepare&& prepare, Work&& work, Finish&& finish) {
  std::atomic<int> ready{0};
  double took[2] = {};
  const auto half = [&](int which) {
    prepare(which);
    ready.fetch_add(1);
    while (ready.load(std::memory_order_acquire) != 2) {
    }
    const auto start = clock::now();
    work(which);
    took[which] = seconds_since(start);
    finish(which);
  };
  std::thread other([&] { half(1); });
  half(0);
  other.join();
  return (took[0] + took[1]) / 2;
}

template <class Prepare, class Work>
double both(Prepare&& prepare, Work&& work) {
  return both(prepare, work, [](int) {});
}

// Runs work(i) on so many threads, from the same moment on, and answers the seconds until the last is
// done. prepare(i) runs before and finish(i) after it, untimed.
template <class Prepare, class Work, class Finish>
double together(int threads, Prepare&& prepare, Work&& work, Finish&& finish) {
  std::atomic<int> ready{0};
  std::atomic<int> done{0};
  clock::time_point start;
  double took = 0;
  const auto part = [&](int which) {
    prepare(which);
    if (ready.fetch_add(1) + 1 == threads) {
      start = clock::now();
      ready.fetch_add(1);
    }
    while (ready.load(std::memory_order_acquire) != threads + 1) std::this_thread::yield();
    work(which);
    if (done.fetch_add(1) + 1 == threads) took = seconds_since(start);
    finish(which);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(part, i);
  part(0);
  for (std::thread& each : others) each.join();
  return took;
}

// ---------------------------------------------------------------------------- a world

template <class T>
[[nodiscard]] T need(shoal::result<T> made, const char* what) {
  if (!made.has_value()) give_up(what);
  return std::move(made).value();
}

// One cluster with this thread as its agent.
struct world {
  shoal::cluster cluster;
  shoal::attachment here;
  shoal::agent& agent;

  world() : here(need(cluster.attach({.role = "main"}), "no agent")), agent(*here) {}

  [[nodiscard]] shoal::type declare(std::string_view name, shoal::field_list fields) {
    return need(agent.declare(name, fields), "a type is refused");
  }
  // An object that lives as long as this world: its heap only grows.
  [[nodiscard]] void* create(const shoal::type& what) {
    void* object = agent.try_create(what).address();
    if (object == nullptr) give_up("no memory");
    return object;
  }
  [[nodiscard]] std::vector<void*> create(const shoal::type& what, std::size_t n) {
    std::vector<void*> objects(n);
    for (void*& object : objects) object = create(what);
    return objects;
  }
};

// The one that most files measure in. Made once, so that the halves of a figure share their data.
[[nodiscard]] inline world& the_world() {
  static world only;
  return only;
}

// A small generator: xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
class random {
 public:
  explicit random(std::uint64_t seed) : state_(seed * 0x9e37'79b9'7f4a'7c15 | 1) {}
  std::uint64_t operator()() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  // In [0, n).
  std::size_t below(std::size_t n) { return static_cast<std::size_t>((*this)() >> 16) % n; }

 private:
  std::uint64_t state_;
};

}  // namespace bench
