// SPDX-License-Identifier: BSL-1.0
// The steps of a run, the newest of them, and what was found at its end.

#include "engine/world.hpp"
#include "model.hpp"

namespace engine {
namespace {

constexpr std::size_t events_kept = 4096;

event events[events_kept];
std::size_t event_count = 0;
char found[512] = {};

}  // namespace

void record(event step) {
  step.thread = rl::ctx().threadx_->index_;
  events[event_count++ % events_kept] = step;
}

void record(const char* what, const void* address, std::size_t bytes, std::uint64_t value) {
  record({.what = what, .address = number_of(address), .bytes = bytes, .before = value});
}

void clear_trace() {
  event_count = 0;
  found[0] = '\0';
}

const char* finding() { return found; }

void fail(rl::test_result_e kind, const char* format, ...) {
  va_list list;
  va_start(list, format);
  std::vsnprintf(found, sizeof found, format, list);
  va_end(list);
  if (!in_run()) {
    std::fprintf(stderr, "outside of a run: %s\n", found);
    std::abort();
  }
  record({.what = found});
  rl::ctx().fail_test(found, kind, rl::debug_info());
  std::abort();  // never: the fibre is not resumed
}

described describe(std::uintptr_t address) {
  described out;
  const auto offset = static_cast<unsigned long long>(address - arena_address);
  if (address >= arena_address && offset < arena_bytes + reserve_bytes) {
    std::snprintf(out.text, sizeof out.text, "+0x%llx", offset);
  } else {
    std::snprintf(out.text, sizeof out.text, "0x%llx", static_cast<unsigned long long>(address));
  }
  return out;
}

void print_trace(std::size_t steps) {
  std::size_t count = event_count < events_kept ? event_count : events_kept;
  if (steps < count) count = steps;
  for (std::size_t i = event_count - count; i != event_count; ++i) {
    const event& e = events[i % events_kept];
    std::printf("  %5zu  thread %d  ", i, e.thread);
    if (e.name != nullptr) std::printf("%s: ", e.name);
    std::printf("%s", e.what);
    if (e.order != nullptr) std::printf(" %s", e.order);
    if (e.address != 0) {
      std::printf(", %zu bytes at %s", e.bytes, describe(e.address).text);
      if (e.writes || e.before != 0 || e.name != nullptr) {
        std::printf(": 0x%llx", static_cast<unsigned long long>(e.before));
      }
      if (e.writes) std::printf(" -> 0x%llx", static_cast<unsigned long long>(e.after));
      if (e.older) std::printf(" (not the newest)");
    }
    std::printf("\n");
  }
}

}  // namespace engine

namespace shoal::inline SHOAL_ABI {
namespace model {

void contract_broken(const char* condition, const char* advice, const char* file,
                     int line) noexcept {
  engine::fail(rl::test_result_user_assert_failed, "%s:%d: %s (%s)", file, line, advice, condition);
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI

namespace trial {

void check(bool holds, const char* what, const char* file, int line) {
  if (holds) return;
  engine::fail(rl::test_result_user_assert_failed, "%s:%d: %s", file, line, what);
}

}  // namespace trial
