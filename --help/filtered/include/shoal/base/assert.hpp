// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Assertions: for contract breaks of the caller and for our own bugs, never for what a host must
/// handle (that is result.hpp).
///
/// SHOAL_ASSERT(condition, "what the caller should have done")       from checks=fast
/// SHOAL_ASSERT_FULL(condition, "...")                               checks=full only
///
/// **Thread safety:** thread-safe.
/// <br>**Progress:** a test and a branch; a contract that is broken ends the program.
/// <br>**Layer:** base.

#include <cstdio>
#include <cstdlib>

#include <shoal/base/config.hpp>

namespace shoal {
#if defined(SHOAL_MODEL)
namespace model {
// Ends the run of the checker that this code is part of: a finding, with its seed.
[[noreturn]] void contract_broken(const char* condition, const char* advice, const char* file,
                                  int line) noexcept;
}  // namespace model
#endif

namespace detail {

#if defined(SHOAL_MODEL)
using model::contract_broken;
#else
// Prints where and what, then aborts.
[[noreturn]] SHOAL_SLOW inline void contract_broken(const char* condition, const char* advice,
                                                    const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: shoal: %s (%s)\n", file, line, advice, condition);
  std::fflush(stderr);
  std::abort();
}
#endif

}  // namespace detail
}  // namespace shoal

#define SHOAL_CHECK_(condition, advice)              \
  (__builtin_expect(static_cast<bool>(condition), 1) \
       ? static_cast<void>(0)                        \
       : ::shoal::detail::contract_broken(#condition, advice, __FILE__, __LINE__))

#if SHOAL_CHECKS >= 1
#define SHOAL_ASSERT(condition, advice) SHOAL_CHECK_(condition, advice)
#else
#define SHOAL_ASSERT(condition, advice) static_cast<void>(sizeof(static_cast<bool>(condition)))
#endif

#if SHOAL_CHECKS >= 2
#define SHOAL_ASSERT_FULL(condition, advice) SHOAL_CHECK_(condition, advice)
#else
#define SHOAL_ASSERT_FULL(condition, advice) static_cast<void>(sizeof(static_cast<bool>(condition)))
#endif
