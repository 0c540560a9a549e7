// SPDX-License-Identifier: BSL-1.0
// The main of every benchmark. --smoke: runs each case once and as short as it can. Without it:
// 21 repetitions of all cases, interleaved at random, unless flags of Google Benchmark say
// otherwise.

#include "bench.hpp"

int main(int count, char** arguments) {
  static char repetitions[] = "--benchmark_repetitions=21";
  static char interleaved[] = "--benchmark_enable_random_interleaving=true";
  static char time[] = "--benchmark_min_time=0.01";
  static char once[] = "--benchmark_min_time=0.000001";
  std::vector<char*> all{arguments[0]};
  for (int i = 1; i < count; ++i) bench::smoke |= std::strcmp(arguments[i], "--smoke") == 0;
  if (bench::smoke) {
    all.push_back(once);
  } else {
    all.insert(all.end(), {repetitions, interleaved, time});
  }
  // Later flags win.
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--smoke") != 0) all.push_back(arguments[i]);
  }
  int used = static_cast<int>(all.size());
  benchmark::Initialize(&used, all.data());
  if (benchmark::ReportUnrecognizedArguments(used, all.data())) return 1;
    // What the results say about themselves.
#if defined(__clang__)
  benchmark::AddCustomContext("compiler", "clang " __clang_version__);
#else
  benchmark::AddCustomContext("compiler", "gcc " __VERSION__);
#endif
  benchmark::AddCustomContext("checks", SHOAL_CHECKS == 0   ? "off"
                                        : SHOAL_CHECKS == 1 ? "fast"
                                                            : "full");
  bench::register_figures();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
