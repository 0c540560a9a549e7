// SPDX-License-Identifier: BSL-1.0
// Sleeping and waking, and the clock.

#include "engine/world.hpp"
#include "model.hpp"

namespace shoal::inline SHOAL_ABI {
namespace model {

using namespace engine;

bool wait(const void* word, std::uint32_t expected, bool timed, std::int64_t until) noexcept {
  if (!in_run()) std::abort();
  rl::context& c = rl::ctx();
  c.sched();
  world& w = the();
  shadow& s = shadow_of(word, 4, false);
  rl::thread_info_base& t = self();
  // The kernel compares under the lock that wakers take: what an earlier waker knew of is seen, but
  // a store that no wake has followed yet may not be.
  const auto threads = static_cast<std::size_t>(c.get_thread_count());
  rl::timestamp_t clock[max_threads];
  std::memcpy(clock, t.acq_rel_order_, threads * sizeof clock[0]);
  for (std::size_t i = 0; i < threads; ++i) {
    if (t.acq_rel_order_[i] < s.wakers[i]) t.acq_rel_order_[i] = s.wakers[i];
  }
  const unsigned index = read(t, s.data, memory_order::relaxed, false);
  restore_others(t, clock);
  if (index >= newest_values) fail_unseen(word, "wait");
  used(s);
  if (low_bits(s.values[index], 4) != expected) {
    record(step::no_sleep, word, 4, low_bits(s.values[index], 4));
    return true;
  }
  if (w.at != phase::threads) {
    fail(rl::test_result_deadlock, "a sleep at %s, where no other thread runs",
         describe(number_of(word)).text);
  }
  record(step::sleep, word, 4, expected);
  s.sleeping[s.sleepers++] = static_cast<std::uint8_t>(t.index_);
  const rl::unpark_reason why =
      c.park_current_thread(timed, w.spurious_left != 0, false, rl::debug_info());
  if (why == rl::unpark_reason_normal) {
    record(step::woken, word, 4);
    return true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < s.sleepers; ++i) {
    if (s.sleeping[i] != t.index_) s.sleeping[kept++] = s.sleeping[i];
  }
  s.sleepers = static_cast<std::uint8_t>(kept);
  if (why == rl::unpark_reason_timeout) {
    if (w.clock < until) w.clock = until;
    record(step::timed_out, word, 4);
    return false;
  }
  if (w.spurious_left != 0) --w.spurious_left;
  record(step::woken, word, 4);
  return true;
}

void wake(const void* word, bool all) noexcept {
  if (!in_run()) return;
  rl::context& c = rl::ctx();
  c.sched();
  record(step::wake, word, 4, all ? 2 : 1);
  // No use of the word: the kernel only looks for sleepers at the address, which may be released.
  line* in = find_line(number_of(word) / widest, false);
  shadow* s = in == nullptr ? nullptr : in->at[number_of(word) % widest];
  if (s == nullptr) return;
  const rl::thread_info_base& t = self();
  const auto threads = static_cast<std::size_t>(c.get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (s->wakers[i] < t.acq_rel_order_[i]) s->wakers[i] = t.acq_rel_order_[i];
  }
  while (s->sleepers != 0) {
    const unsigned which = c.rand(s->sleepers, rl::sched_type_user);
    const int thread = s->sleeping[which];
    s->sleeping[which] = s->sleeping[--s->sleepers];
    c.unpark_thread(thread, false, rl::debug_info());
    if (!all) return;
  }
}

std::int64_t now() noexcept { return ++the().clock; }

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI

namespace trial {

void yield() {
  if (!engine::in_run()) return;
  engine::record({.what = "yield"});
  rl::ctx().yield(1, rl::debug_info());
}

}  // namespace trial
