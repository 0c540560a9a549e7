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
  const knowledge before(t);
  for (std::size_t i = 0; i < thread_count(); ++i) {
    if (t.acq_rel_order_[i] < s.wakers[i]) t.acq_rel_order_[i] = s.wakers[i];
  }
  const unsigned index = read(s, memory_order::relaxed, false, "wait");
  before.restore(t);
  used(s);
  const std::uint64_t seen = low_bits(s.values[index], 4);
  if (seen != expected) {
    record("no sleep, the word has changed", word, 4, seen);
    return true;
  }
  if (w.at != phase::threads) {
    fail(rl::test_result_deadlock, "a sleep at %s, where no other thread runs",
         describe(number_of(word)).text);
  }
  record("sleep", word, 4, seen);
  s.sleeping[s.sleepers++] = static_cast<std::uint8_t>(t.index_);
  const rl::unpark_reason why =
      c.park_current_thread(timed, w.spurious_left != 0, false, rl::debug_info());
  if (why == rl::unpark_reason_normal) {
    record("woken", word, 4);  // who woke has taken this thread off the list
    return true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < s.sleepers; ++i) {
    if (s.sleeping[i] != t.index_) s.sleeping[kept++] = s.sleeping[i];
  }
  s.sleepers = static_cast<std::uint8_t>(kept);
  if (why == rl::unpark_reason_timeout) {
    if (w.clock < until) w.clock = until;
    record("timed out", word, 4);
    return false;
  }
  if (w.spurious_left != 0) --w.spurious_left;
  record("woken by nobody", word, 4);
  return true;
}

void wake(const void* word, bool all) noexcept {
  if (!in_run()) return;
  rl::context& c = rl::ctx();
  c.sched();
  record(all ? "wake all" : "wake one", word, 4);
  // No use of the word: the kernel only looks for sleepers at the address, which may be released.
  shadow* s = find_shadow(word);
  if (s == nullptr) return;
  const rl::thread_info_base& t = self();
  for (std::size_t i = 0; i < thread_count(); ++i) {
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

void refuse_fences(bool refuses) { shoal::model::refuses_fences = refuses; }

void yield() {
  if (!engine::in_run()) return;
  engine::record({.what = "yield"});
  rl::ctx().yield(1, rl::debug_info());
}

}  // namespace trial
