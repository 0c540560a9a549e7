// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the stress programs share: options and seeds, rounds, workers with a watchdog, and a ledger
// of the words that are handed to Shoal and come back through release hooks.
//
// A program runs rounds of about a second, each in a cluster of its own, until its time is up. The
// seed of a round is printed; --seed=N --rounds=1 plays the choices of that round again (threads
// still run as they like).
//
// Options: --seconds=N, --minutes=N, --seed=N, --rounds=N, --threads=N.

#include <atomic>
#include <chrono>
#include <cinttypes>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <shoal/shoal.hpp>

namespace stress {

inline std::uint64_t current_seed = 0;

// Ends the program, with what is wrong and the seed.
[[noreturn, gnu::format(printf, 1, 2)]] inline void fail(const char* format, ...) {
  std::fflush(stdout);
  std::fprintf(stderr, "FAILED: ");
  std::va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fprintf(stderr, "\nrun again with --seed=%" PRIu64 " --rounds=1\n", current_seed);
  std::fflush(stderr);
  std::abort();
}
#define STRESS_CHECK(condition, ...)               \
  do {                                             \
    if (!(condition)) ::stress::fail(__VA_ARGS__); \
  } while (false)

class random {
 public:
  explicit random(std::uint64_t seed) noexcept : state_(seed * 2 + 0x9e37'79b9'7f4a'7c15) {}
  // SplitMix64 (Steele, Lea, Flood, 2014).
  std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9e37'79b9'7f4a'7c15);
    z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
    z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
    return z ^ (z >> 31);
  }
  // [0, end)
  unsigned below(unsigned end) noexcept { return static_cast<unsigned>(next() % end); }
  bool one_in(unsigned n) noexcept { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

// Words that release hooks must give back exactly once. A word is its number times 16 plus 8, so
// that it is a prototype word too.
class ledger {
 public:
  explicit ledger(std::uint32_t room = 1U << 20) : states_(room) {}

  // A new word, in the caller's hands. 0: the ledger is full.
  std::uint64_t make() noexcept {
    const std::uint32_t number = next_.fetch_add(1, std::memory_order_relaxed);
    if (number >= states_.size()) {
      next_.store(static_cast<std::uint32_t>(states_.size()), std::memory_order_relaxed);
      return 0;
    }
    return std::uint64_t{number} << 4 | 8;
  }
  // Handed over: Shoal has it from before the call, as it may come back during it.
  void hand_over(std::uint64_t word) noexcept { move(word, mine, handed, "handed over"); }
  // The call refused it.
  void keep(std::uint64_t word) noexcept { move(word, handed, kept, "kept"); }
  // A release hook got it.
  void release(std::uint64_t word) noexcept { move(word, handed, released, "released"); }
  [[nodiscard]] bool is_handed(std::uint64_t word) const noexcept {
    return state(word).load(std::memory_order_acquire) == handed;
  }
  // After all agents are gone.
  void check_all_returned() const {
    const std::size_t end = std::min<std::size_t>(next_.load(), states_.size());
    for (std::size_t i = 0; i < end; ++i) {
      STRESS_CHECK(states_[i].load() != handed, "word %zu was never released", i);
    }
  }
  [[nodiscard]] std::uint64_t made() const noexcept { return next_.load(); }

 private:
  enum : std::uint8_t { mine, handed, released, kept };

  const std::atomic<std::uint8_t>& state(std::uint64_t word) const noexcept {
    const std::uint64_t number = word >> 4;
    STRESS_CHECK((word & 15) == 8 && number < states_.size(), "0x%" PRIx64 " is no word of ours",
                 word);
    return states_[number];
  }
  void move(std::uint64_t word, std::uint8_t from, std::uint8_t to, const char* what) noexcept {
    auto& place = const_cast<std::atomic<std::uint8_t>&>(state(word));
    const std::uint8_t was = place.exchange(to, std::memory_order_acq_rel);
    STRESS_CHECK(was == from, "word %" PRIu64 " is %s in state %d", word >> 4, what, was);
  }

  std::vector<std::atomic<std::uint8_t>> states_;
  std::atomic<std::uint32_t> next_{0};
};

struct options {
  double seconds = 2;
  std::uint64_t seed = static_cast<std::uint64_t>(
      std::chrono::steady_clock::now().time_since_epoch().count() % 1'000'000);
  std::uint64_t rounds = ~std::uint64_t{0};
  unsigned threads = 0;  // 0: as the program likes

  options(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
      const std::string text = arguments[i];
      const auto value = [&](const char* name) -> const char* {
        const std::string prefix = std::string(name) + "=";
        return text.rfind(prefix, 0) == 0 ? arguments[i] + prefix.size() : nullptr;
      };
      if (const char* s = value("--seconds")) {
        seconds = std::strtod(s, nullptr);
      } else if (const char* m = value("--minutes")) {
        seconds = std::strtod(m, nullptr) * 60;
      } else if (const char* n = value("--seed")) {
        seed = std::strtoull(n, nullptr, 0);
      } else if (const char* r = value("--rounds")) {
        rounds = std::strtoull(r, nullptr, 0);
      } else if (const char* t = value("--threads")) {
        threads = static_cast<unsigned>(std::strtoul(t, nullptr, 0));
      } else {
        std::fprintf(stderr, "unknown option %s\n", text.c_str());
        std::exit(2);
      }
    }
  }
};

// Seconds of one round.
inline constexpr double round_seconds = 0.5;

// Calls round(seed, number) until the time is up, or that often.
template <class Round>
int rounds(const options& chosen, Round&& round) {
  const auto began = std::chrono::steady_clock::now();
  std::uint64_t number = 0;
  do {
    current_seed = chosen.seed + number;
    std::printf("--seed=%" PRIu64 " ", current_seed);
    std::fflush(stdout);
    round(current_seed, number);
    std::printf("\n");
    ++number;
  } while (number < chosen.rounds && std::chrono::steady_clock::now() - began <
                                         std::chrono::duration<double>(chosen.seconds));
  std::printf("ok, %" PRIu64 " rounds\n", number);
  return 0;
}

// One thread of a round.
struct worker {
  unsigned index;
  stress::random random;
  const std::atomic<bool>& over;  // the round's time is up
  std::atomic<const char*> doing{"starting"};

  [[nodiscard]] bool goes_on() const noexcept { return !over.load(std::memory_order_relaxed); }
  void now(const char* what) noexcept { doing.store(what, std::memory_order_relaxed); }
};

// Runs f(worker&) on each thread for a round. Threads that do not come to an end are a failure that
// names what each was doing.
template <class F>
void run_workers(unsigned threads, std::uint64_t seed, F&& f, double seconds = round_seconds) {
  std::atomic<bool> over{false};
  std::atomic<unsigned> running{threads};
  std::vector<std::unique_ptr<worker>> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.push_back(std::unique_ptr<worker>(
        new worker{.index = i, .random = random(seed * 64 + i), .over = over}));
  }
  std::vector<std::thread> all;
  for (auto& one : workers) {
    all.emplace_back([&f, &running, &mine = *one] {
      f(mine);
      mine.now("done");
      running.fetch_sub(1);
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over.store(true);
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (running.load() != 0) {
    if (std::chrono::steady_clock::now() > patience) {
      for (const auto& one : workers) {
        std::fprintf(stderr, "worker %u: %s\n", one->index, one->doing.load());
      }
      fail("threads do not come to an end");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (std::thread& one : all) one.join();
}

// What must hold of a cluster when every agent, scope and handle is gone: nothing is counted, a
// trace finds no object alive, and the heap can be walked.
inline void check_empty(shoal::cluster& of) {
  const shoal::cluster_account left = of.account();
  char text[512];
  shoal::to_json(left, text, sizeof text);
  STRESS_CHECK(left.agents == 0 && left.orphan_handles == 0 && left.dispatches == 0 &&
                   left.sum.prototypes == 0 && left.sum.agent_locals == 0 &&
                   left.sum.scope_slots == 0 && left.sum.handles == 0 && left.sum.thread_bound == 0,
               "something is left: %s", text);
  shoal::attachment last = of.attach({.role = "last"}).value();
  const shoal::verify_result sound = last->debug_verify();
  STRESS_CHECK(sound.sound(), "%" PRIu64 " broken references of %" PRIu64, sound.broken,
               sound.references);
  const shoal::trace_statistics traced = last->debug_trace();
  STRESS_CHECK(traced.live_objects == 0, "%" PRIu64 " objects live without a root",
               traced.live_objects);
  const shoal::cluster_account after = last->account_cluster();
  STRESS_CHECK(after.interned_strings == 0, "%" PRIu64 " strings are interned and unreached",
               after.interned_strings);
  STRESS_CHECK(last->debug_verify().sound(), "the trace broke the heap");
}

}  // namespace stress
