// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the fuzz programs share: how bytes become choices, and how a program says what is wrong.
//
// Each program is LLVMFuzzerTestOneInput: the bytes choose operations, and a model written here,
// slow and simple, says what each must answer. libFuzzer finds bytes; standalone.cpp replays files.

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

// Choices, one after the other; 0 when the bytes have run out.
class source {
 public:
  source(const std::uint8_t* data, std::size_t size) noexcept : at_(data), left_(size) {}

  [[nodiscard]] bool empty() const noexcept { return left_ == 0; }
  std::uint8_t byte() noexcept {
    if (left_ == 0) return 0;
    --left_;
    return *at_++;
  }
  // [0, end); end at most 256.
  unsigned below(unsigned end) noexcept { return byte() % end; }
  bool one_in(unsigned n) noexcept { return below(n) == n - 1; }
  bool flag() noexcept { return (byte() & 1) != 0; }
  template <class T>
  T take() noexcept {
    T value{};
    const std::size_t there = left_ < sizeof value ? left_ : sizeof value;
    if (there != 0) std::memcpy(&value, at_, there);
    at_ += there;
    left_ -= there;
    return value;
  }
  template <class T, std::size_t N>
  T one_of(const T (&list)[N]) noexcept {
    return list[below(N)];
  }

 private:
  const std::uint8_t* at_;
  std::size_t left_;
};

// Ends the program: for libFuzzer and for a replay alike.
[[noreturn, gnu::format(printf, 3, 4)]] inline void fail(const char* file, int line,
                                                         const char* format, ...) {
  std::fprintf(stderr, "%s:%d: ", file, line);
  std::va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
  std::fflush(stderr);
  std::abort();
}

}  // namespace fuzz

// FUZZ_CHECK(condition, "what it was: %d", x)
#define FUZZ_CHECK(condition, ...)                                   \
  do {                                                               \
    if (!(condition)) ::fuzz::fail(__FILE__, __LINE__, __VA_ARGS__); \
  } while (false)
