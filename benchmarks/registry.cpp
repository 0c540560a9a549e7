// SPDX-License-Identifier: BSL-1.0
// What does it cost two agents at once to register types that are known already, and does it stay
// the same from 1 to 10,000 types?
//
// registry/<types>       keys in random order over all types. The floor is what one thread pays to
//                        find the same keys in a std::unordered_map of its own, without comparing
//                        layouts: no lock, nothing shared. Both grow with what the caches hold.
// registry_hot/<types>   the same 16 keys of however many types: the caches hold them, so what
// grows
//                        is the table's own cost. This is the flat one.

#include <unordered_map>

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t look_ups = 4096;
constexpr std::size_t hot_keys = 16;
// One key alone is what branch prediction knows by heart; what must not show is a lock or a search
// that grows.
constexpr double flat_limit = 1.5;
constexpr int iterations = 40;  // of all look-ups, a repetition

struct types {
  std::vector<std::string> keys;
  shoal::cohort cohort;
  std::unordered_map<std::string_view, std::uint32_t> by_hand;
  std::vector<std::string_view> order[2];      // of each thread, over all keys
  std::vector<std::string_view> hot_order[2];  // over a few of them

  explicit types(std::size_t n) : cohort(the_world().cluster.types()) {
    keys.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      // All equally long.
      keys.push_back("module/declaration/number/" + std::to_string(10'000'000 + i * 919));
      const shoal::type made = register_one(keys.back());
      by_hand.emplace(keys.back(), made.index());
    }
    random next(n);
    for (int thread = 0; thread < 2; ++thread) {
      for (std::size_t i = 0; i < look_ups; ++i) {
        order[thread].push_back(keys[next.below(n)]);
        const std::size_t few = n < hot_keys ? n : hot_keys;
        // Spread over the whole table.
        hot_order[thread].push_back(keys[next.below(few) * (n / few)]);
      }
    }
  }

  // As a program does that evaluates its declaration again.
  [[nodiscard]] shoal::type register_one(std::string_view key) {
    return need(cohort.register_struct(
                    key, {.name = key, .fields = {{"x", shoal::f64}, {"y", shoal::f64}}}),
                "a type is refused");
  }
};

// Made when the first case runs, and never taken down.
types& data(std::size_t n) {
  static auto& made = *new std::unordered_map<std::size_t, types*>;
  types*& here = made[n];
  if (here == nullptr) here = new types(n);
  return *here;
}

using orders = std::vector<std::string_view> (types::*)[2];

void figure(const std::string& family, std::size_t n, orders which) {
  const std::string name = family + "/" + std::to_string(n);
  compare_timed(
      name, no_limit, iterations,
      [=](benchmark::State& state) {
        types& here = data(n);
        for (auto _ : state) {
          const auto start = clock::now();
          for (const std::string_view key : (here.*which)[0]) {
            keep(here.by_hand.find(key)->second);
            forget_memory();
          }
          state.SetIterationTime(seconds_since(start));
        }
        state.counters["ops"] = look_ups;
      },
      [=](benchmark::State& state) {
        types& here = data(n);
        for (auto _ : state) {
          state.SetIterationTime(both([](int) {},
                                      [&](int thread) {
                                        for (const std::string_view key : (here.*which)[thread]) {
                                          keep(here.register_one(key).index());
                                          forget_memory();
                                        }
                                      }));
        }
        state.counters["ops"] = look_ups;
        // Beside the figure of one type.
        if (family == "registry_hot" && n != 1) state.counters["flat_limit"] = flat_limit;
      });
}

}  // namespace

void register_figures() {
  for (const std::size_t n : {1, 100, 10000}) figure("registry", n, &types::order);
  for (const std::size_t n : {1, 100, 10000}) figure("registry_hot", n, &types::hot_order);
}

}  // namespace bench
