// SPDX-License-Identifier: BSL-1.0
// The bodies of the model suite on real threads, over the product's atomics: for TSan, and for the
// orders that the compiler and the machine really give.
//
//   model_threads --help

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "model.hpp"

namespace trial {

void check(bool holds, const char* what, const char* file, int line) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: %s\n", file, line, what);
  std::fflush(stderr);
  std::abort();
}

void read_plain(const void*, std::size_t) {}

void refuse_fences(bool) {}

void yield() { std::this_thread::yield(); }

}  // namespace trial

namespace {

// All threads leave together, as nearly as a spin can do it.
class starting_line {
 public:
  explicit starting_line(unsigned threads) : threads_(threads) {}
  void arrive() {
    const std::uint64_t turn = turn_.load(std::memory_order_acquire);
    if (waiting_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads_) {
      waiting_.store(0, std::memory_order_relaxed);
      turn_.store(turn + 1, std::memory_order_release);
      return;
    }
    for (unsigned spins = 0; turn_.load(std::memory_order_acquire) == turn; ++spins) {
      if (spins > 1000) std::this_thread::yield();
    }
  }

 private:
  const unsigned threads_;
  std::atomic<unsigned> waiting_{0};
  std::atomic<std::uint64_t> turn_{0};
};

// So long at most for a test whose number nobody asked for.
constexpr auto patience = std::chrono::milliseconds(500);

// Answers how many times.
std::uint64_t repeat(const trial::subject& test, std::uint64_t iterations, bool asked_for) {
  // A page, as under the checker: bodies hold heaps and agents, which are aligned more than most.
  struct alignas(4096) page {
    std::byte bytes[4096];
  };
  const auto place = std::make_unique<page[]>(test.bytes / sizeof(page) + 1);
  trial::body* body = nullptr;
  starting_line ready(test.threads);
  starting_line done(test.threads);
  const auto begun = std::chrono::steady_clock::now();
  std::uint64_t times = 0;  // written by the first thread while the others wait for it
  bool over = false;
  const auto one = [&](unsigned index) {
    for (;;) {
      if (index == 0) {
        over = times == iterations ||
               (!asked_for && std::chrono::steady_clock::now() - begun > patience);
        if (!over) {
          ++times;
          body = test.make(place.get());
          body->before();
        }
      }
      ready.arrive();
      if (over) return;
      body->thread(index);
      done.arrive();
      if (index == 0) {
        body->after();
        body->~body();
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < test.threads; ++i) others.emplace_back(one, i);
  one(0);
  for (std::thread& other : others) other.join();
  return times;
}

constexpr const char* usage =
    "model_threads                     every test, many times, for half a second at most\n"
    "model_threads --test=base/lock    the tests whose names begin so\n"
    "              --except=PART       not those with PART in their names; may be said again\n"
    "              --iterations=N      how many times\n"
    "              --help              this\n";

}  // namespace

int main(int count, char** values) {
  std::string_view prefix;
  std::vector<std::string_view> excepted;
  std::uint64_t iterations = 0;
  for (int i = 1; i < count; ++i) {
    const std::string_view text = values[i];
    if (text.starts_with("--test=")) {
      prefix = text.substr(7);
    } else if (text.starts_with("--except=")) {
      excepted.push_back(text.substr(9));
    } else if (text.starts_with("--iterations=")) {
      iterations = std::strtoull(text.data() + 13, nullptr, 10);
    } else if (text == "--help" || text == "-h") {
      std::printf("%s", usage);
      return 0;
    } else {
      std::fprintf(stderr, "unknown argument: %s\n%s", values[i], usage);
      return 2;
    }
  }
  for (const trial::subject* test = trial::subject::first; test != nullptr; test = test->next) {
    const std::string_view name = test->name;
    bool wanted = test->how.must_fail == nullptr && name.starts_with(prefix);
    for (const std::string_view part : excepted) wanted = wanted && name.find(part) == name.npos;
    if (!wanted) continue;
    const bool asked_for = iterations != 0;
    const std::uint64_t runs =
        repeat(*test, asked_for ? iterations : test->how.iterations / 4, asked_for);
    std::printf("ok   %-36s %llu runs\n", test->name, static_cast<unsigned long long>(runs));
    std::fflush(stdout);
  }
  return 0;
}
