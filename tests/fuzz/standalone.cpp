// SPDX-License-Identifier: BSL-1.0

// A main for compilers without libFuzzer: runs a fuzz program on files, or on those of a folder.
// usage: PROGRAM FILE-OR-FOLDER...

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

namespace fs = std::filesystem;

extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* count, char*** arguments);

int main(int count, char** arguments) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&count, &arguments);
  std::vector<fs::path> files;
  for (int i = 1; i < count; ++i) {
    if (!fs::is_directory(arguments[i])) {
      files.emplace_back(arguments[i]);
      continue;
    }
    for (const auto& each : fs::directory_iterator(arguments[i])) files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& each : files) {
    std::ifstream file(each, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
      std::fprintf(stderr, "cannot read %s\n", each.c_str());
      return 1;
    }
    // Said before it runs: what ends the program has no other way to say which it was.
    std::printf("%s\n", each.filename().c_str());
    std::fflush(stdout);
    // A copy of its own size, so that a sanitizer sees its end.
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu files\n", files.size());
  return files.empty() ? 1 : 0;
}
