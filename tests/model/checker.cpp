// SPDX-License-Identifier: BSL-1.0
// The model suite: every test under Relacy, which picks the schedule and simulates the memory
// model. A seed is a schedule; a failure prints the seed that replays it. `model --help` says more.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.hpp"
#include "engine/relacy.hpp"
#include "engine/scheduler.hpp"
#include "model.hpp"

namespace {

constexpr const char* usage =
    "model                          every test, then every test with each order that it must "
    "notice\n"
    "model --test=base/lock         the tests whose names begin so\n"
    "      --seed=N                 the first seed; alone: only this one, with its trace\n"
    "      --iterations=N           how many seeds\n"
    "      --weaken=NAME[:ORDER]    with this order weaker: finding a failure is the aim\n"
    "      --search                 every schedule with few preemptions, instead of random ones\n"
    "      --caught-by              with --weaken: the first test that notices, and how\n"
    "      --mutate                 weaken every order that a test runs: how many seeds notice?\n"
    "      --edges                  which release was seen by which acquire, and in which test\n"
    "      --orders                 the orders that ran, and which tests must notice them\n"
    "      --list                   the tests, their threads, and the orders that each must "
    "notice\n"
    "      --help                   this\n";

const trial::subject* current;
std::uint64_t schedules_left;  // of a search

// A body as Relacy wants it. Relacy counts threads at compile time.
template <int Threads>
struct suite : rl::test_suite<suite<Threads>, Threads> {
  trial::body* body = nullptr;

  void before() {
    if (schedules_left-- == 0) rl::ctx().rl_until("enough", rl::debug_info());
    body = current->make(engine::begin(current->bytes));
    body->before();
    engine::started();
  }
  void thread(unsigned index) { body->thread(index); }
  void after() {
    engine::finished();
    body->after();
    body->~body();
    engine::end();
  }
};

template <int Threads>
rl::test_result_e simulate(rl::test_params& how, bool random) {
  rl::ostringstream state;
  if (random)
    return rl::run_test<suite<Threads>, engine::seeded_scheduler<Threads>>(how, state, false);
  return rl::run_test<suite<Threads>, rl::context_bound_scheduler<Threads>>(how, state, false);
}

struct outcome {
  bool failed;
  bool complete;            // a search that has seen all it wanted to see
  std::uint64_t seed;       // of the failure
  std::uint64_t schedules;  // seen
  std::string what;
};

outcome run(const trial::subject& test, bool random, std::uint64_t seed, std::uint64_t iterations) {
  static std::ostream nowhere(nullptr);
  current = &test;
  schedules_left = iterations;
  engine::set_random(random);
  rl::test_params how;
  how.iteration_count = seed + iterations - 1;
  how.output_stream = &nowhere;
  how.progress_stream = &nowhere;
  how.search_type = random ? rl::sched_random : rl::sched_bound;
  how.context_bound = test.how.preemptions;
  how.execution_depth_limit = test.how.depth;
  if (random) how.initial_state = std::to_string(seed).c_str();
  rl::test_result_e result{};
  switch (test.threads) {
    case 2:
      result = simulate<2>(how, random);
      break;
    case 3:
      result = simulate<3>(how, random);
      break;
    case 4:
      result = simulate<4>(how, random);
      break;
    default:
      std::fprintf(stderr, "%s: 2 to 4 threads\n", test.name);
      std::exit(2);
  }
  const bool enough = result == rl::test_result_until_condition_hit;
  const bool failed = result != rl::test_result_success && !enough;
  outcome out{failed, !random && !failed && !enough, how.stop_iteration,
              how.stop_iteration - (random ? seed : 1) + 1, ""};
  if (failed) {
    out.what = rl::test_result_str(result);
    if (engine::finding()[0] != '\0') out.what = out.what + ": " + engine::finding();
  }
  return out;
}

struct arguments {
  std::string_view test;
  std::string weaken;
  std::uint64_t seed = 1;
  std::uint64_t iterations = 0;  // 0: what the test says
  bool one_seed = false;
  bool search = false;
  bool mutate = false;
  bool caught_by = false;
  bool orders = false;
  bool edges = false;
  bool list = false;
  bool help = false;
};

std::uint64_t iterations_of(const trial::subject& test, const arguments& asked) {
  return asked.iterations != 0 ? asked.iterations : test.how.iterations;
}

bool weaken(std::string_view how) {
  const std::size_t colon = how.find(':');
  const std::string to(colon == how.npos ? "" : how.substr(colon + 1));
  const std::size_t length = colon == how.npos ? how.size() : colon;
  return engine::weaken(how.data(), length, to.empty() ? nullptr : to.c_str());
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    if (space != 0) out.emplace_back(text.substr(0, space));
    text.remove_prefix(space == text.npos ? text.size() : space + 1);
  }
  return out;
}

void report(const trial::subject& test, const outcome& seen, const std::string& weakened,
            bool search) {
  std::printf("FAIL %s\n  %s\n  replay: --test=%s", test.name, seen.what.c_str(), test.name);
  if (search) {
    std::printf(" --search");
  } else {
    std::printf(" --seed=%llu", static_cast<unsigned long long>(seen.seed));
  }
  if (!weakened.empty()) std::printf(" --weaken=%s", weakened.c_str());
  std::printf("\n");
  engine::print_trace(60);
}

// One test as the suite runs it. True: as it must be.
bool pass(const trial::subject& test, const arguments& asked) {
  const std::uint64_t iterations = iterations_of(test, asked);
  const auto start = std::chrono::steady_clock::now();
  outcome seen = run(test, true, asked.seed, iterations);
  if (test.how.must_fail != nullptr) {
    const bool right = seen.failed && seen.what.find(test.how.must_fail) != seen.what.npos;
    std::printf("%s %-36s seed %llu fails, as it must: %s\n", right ? "ok  " : "FAIL", test.name,
                static_cast<unsigned long long>(seen.seed), seen.what.c_str());
    if (!right) std::printf("  wanted: %s\n", test.how.must_fail);
    return right;
  }
  if (seen.failed) {
    report(test, seen, "", false);
    return false;
  }
  std::uint64_t schedules = seen.schedules;
  if (test.how.preemptions != 0) {
    seen = run(test, false, 1, 1'000'000);
    if (seen.failed) {
      report(test, seen, "", true);
      return false;
    }
    schedules += seen.schedules;
  }
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  std::printf("ok   %-36s %llu schedules, %lld ms%s\n", test.name,
              static_cast<unsigned long long>(schedules), static_cast<long long>(spent.count()),
              test.how.preemptions == 0 ? ""
              : seen.complete           ? ", search complete"
                                        : ", search cut short");
  bool all = true;
  for (const std::string& order : words(test.how.catches)) {
    if (!weaken(order)) {
      std::printf("FAIL %s: no order %s\n", test.name, order.c_str());
      return false;
    }
    seen = run(test, true, asked.seed, iterations);
    const bool ran = engine::weakened_ran();
    engine::weaken_nothing();
    if (seen.failed) {
      std::printf("ok   %-36s notices %s at seed %llu\n", test.name, order.c_str(),
                  static_cast<unsigned long long>(seen.seed));
    } else {
      std::printf("FAIL %-36s does not notice %s in %llu seeds%s\n", test.name, order.c_str(),
                  static_cast<unsigned long long>(iterations), ran ? "" : ", it never ran weaker");
      all = false;
    }
  }
  return all;
}

// Weakens each order that the test runs and counts the seeds that notice.
void mutate(const trial::subject& test, const arguments& asked) {
  const std::uint64_t iterations = asked.iterations != 0 ? asked.iterations : 1000;
  engine::forget_orders();
  run(test, true, asked.seed, iterations);
  std::vector<engine::place_seen> places(4096);
  places.resize(engine::orders_seen(places.data(), places.size()));
  std::printf("%s: seeds of %llu that fail\n", test.name,
              static_cast<unsigned long long>(iterations));
  std::set<std::string> done;
  for (const engine::place_seen& place : places) {
    if (!place.weaker_exists || !done.insert(place.name).second) continue;
    std::vector<std::string> ways{place.name};
    if (std::strcmp(place.order, "acq_rel") == 0) {
      ways.push_back(std::string(place.name) + ":acquire");
      ways.push_back(std::string(place.name) + ":release");
    }
    if (std::strcmp(place.order, "seq_cst") == 0)
      ways.push_back(std::string(place.name) + ":relaxed");
    for (const std::string& way : ways) {
      weaken(way);
      std::uint64_t failures = 0;
      std::uint64_t first = 0;
      std::string what;
      const std::uint64_t end = asked.seed + iterations;
      for (std::uint64_t seed = asked.seed; seed < end;) {
        const outcome seen = run(test, true, seed, end - seed);
        if (!seen.failed) break;
        if (failures++ == 0) {
          first = seen.seed;
          what = seen.what.substr(0, 60);
        }
        seed = seen.seed + 1;
      }
      engine::weaken_nothing();
      std::printf("  %-34s %-8s %6llu  first %llu  %s\n", way.c_str(), place.order,
                  static_cast<unsigned long long>(failures), static_cast<unsigned long long>(first),
                  what.c_str());
    }
  }
}

// The first test that notices the weakened order, those that must notice it first. False: none.
bool caught_by(const std::vector<const trial::subject*>& tests, const arguments& asked) {
  const auto names_it = [&](const trial::subject* test) {
    for (const std::string& order : words(test->how.catches)) {
      if (order == asked.weaken) return true;
    }
    return false;
  };
  bool ran = false;
  for (const bool wanted : {true, false}) {
    for (const trial::subject* test : tests) {
      if (test->how.must_fail != nullptr || names_it(test) != wanted) continue;
      // Where nobody says that the test notices, it may be slow to: a few seeds.
      constexpr std::uint64_t few = 2'000;
      const std::uint64_t all = iterations_of(*test, asked);
      weaken(asked.weaken);
      outcome seen = run(*test, true, asked.seed, wanted || all < few ? all : few);
      if (!seen.failed && wanted && test->how.preemptions != 0)
        seen = run(*test, false, 1, 1'000'000);
      ran = ran || engine::weakened_ran();
      engine::weaken_nothing();
      if (!seen.failed) continue;
      std::printf("%s, schedule %llu: %s\n", test->name, static_cast<unsigned long long>(seen.seed),
                  seen.what.c_str());
      return true;
    }
  }
  std::printf("%s\n", ran ? "no test notices" : "no test runs it");
  return false;
}

void print_edges(const trial::subject& test, const arguments& asked) {
  engine::forget_edges();
  run(test, true, asked.seed, iterations_of(test, asked));
  std::vector<engine::edge> seen(1024);
  seen.resize(engine::edges_seen(seen.data(), seen.size()));
  for (const engine::edge& one : seen)
    std::printf("%s %s %s\n", one.release, one.acquire, test.name);
}

void print_orders(const std::vector<const trial::subject*>& tests) {
  std::vector<engine::place_seen> places(4096);
  places.resize(engine::orders_seen(places.data(), places.size()));
  std::set<std::string> lines;
  for (const engine::place_seen& place : places) {
    std::string line(place.name);
    line.resize(line.size() < 36 ? 36 : line.size() + 1, ' ');
    line += place.order;
    line.resize(line.size() < 46 ? 46 : line.size() + 1, ' ');
    for (const trial::subject* test : tests) {
      for (const std::string& order : words(test->how.catches)) {
        if (order.substr(0, order.find(':')) == place.name) line = line + " " + test->name;
      }
    }
    lines.insert(line);
  }
  for (const std::string& line : lines) std::printf("%s\n", line.c_str());
}

bool parse(int count, char** values, arguments& asked) {
  for (int i = 1; i < count; ++i) {
    const std::string_view text = values[i];
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const std::string_view value = equals == text.npos ? "" : text.substr(equals + 1);
    if (name == "--test") {
      asked.test = value;
    } else if (name == "--weaken") {
      asked.weaken = value;
    } else if (name == "--seed") {
      asked.seed = std::strtoull(value.data(), nullptr, 10);
      asked.one_seed = true;
    } else if (name == "--iterations") {
      asked.iterations = std::strtoull(value.data(), nullptr, 10);
    } else if (name == "--search") {
      asked.search = true;
    } else if (name == "--mutate") {
      asked.mutate = true;
    } else if (name == "--caught-by") {
      asked.caught_by = true;
    } else if (name == "--edges") {
      asked.edges = true;
    } else if (name == "--orders") {
      asked.orders = true;
    } else if (name == "--list") {
      asked.list = true;
    } else if (name == "--help" || name == "-h") {
      asked.help = true;
    } else {
      std::fprintf(stderr, "unknown argument: %s\n%s", values[i], usage);
      return false;
    }
  }
  if (asked.one_seed && asked.iterations != 0) asked.one_seed = false;
  if (asked.seed == 0) asked.seed = 1;
  return true;
}

}  // namespace

int main(int count, char** values) {
  arguments asked;
  if (!parse(count, values, asked)) return 2;
  if (asked.help) {
    std::printf("%s", usage);
    return 0;
  }

  std::vector<const trial::subject*> tests;
  for (const trial::subject* test = trial::subject::first; test != nullptr; test = test->next) {
    if (std::string_view(test->name).substr(0, asked.test.size()) == asked.test) {
      tests.insert(tests.begin(), test);
    }
  }
  if (tests.empty()) {
    std::fprintf(stderr, "no test is called so\n");
    return 2;
  }

  if (asked.caught_by) {
    if (asked.weaken.empty() || !weaken(asked.weaken)) {
      std::fprintf(stderr, "--caught-by needs --weaken=NAME[:ORDER]\n");
      return 2;
    }
    return caught_by(tests, asked) ? 0 : 1;
  }

  bool good = true;
  for (const trial::subject* test : tests) {
    std::fflush(stdout);
    if (asked.list) {
      std::printf("%-36s %u threads  %s\n", test->name, test->threads, test->how.catches);
    } else if (asked.edges) {
      if (test->how.must_fail == nullptr) print_edges(*test, asked);
    } else if (asked.orders) {
      if (test->how.must_fail == nullptr) run(*test, true, asked.seed, iterations_of(*test, asked));
    } else if (asked.mutate) {
      if (test->how.must_fail == nullptr) mutate(*test, asked);
    } else if (asked.one_seed || asked.search || !asked.weaken.empty()) {
      if (!asked.weaken.empty() && !weaken(asked.weaken)) {
        std::fprintf(stderr, "no such order: %s\n", asked.weaken.c_str());
        return 2;
      }
      const std::uint64_t iterations = asked.one_seed ? 1
                                       : asked.search ? 1'000'000
                                                      : iterations_of(*test, asked);
      const outcome seen = run(*test, !asked.search, asked.seed, iterations);
      if (seen.failed) {
        report(*test, seen, asked.weaken, asked.search);
        good = false;
      } else {
        std::printf("ok   %s, %llu schedules%s\n", test->name,
                    static_cast<unsigned long long>(seen.schedules),
                    seen.complete ? ", search complete" : "");
        if (asked.one_seed) engine::print_trace(~std::size_t{0});
        if (!asked.weaken.empty() && !engine::weakened_ran()) {
          std::printf("     %s never ran weaker\n", asked.weaken.c_str());
        }
      }
      engine::weaken_nothing();
    } else {
      good = pass(*test, asked) && good;
    }
  }
  if (asked.orders) print_orders(tests);
  return good ? 0 : 1;
}
