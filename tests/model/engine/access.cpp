// SPDX-License-Identifier: BSL-1.0
// What cells and payloads do.

#include "engine/world.hpp"
#include "model.hpp"

namespace engine {
namespace {

std::uint64_t low_bits(const void* value, std::size_t bytes) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, value, bytes < 8 ? bytes : 8);
  return bits;
}

[[noreturn]] void fail_unseen(const void* word, const char* name) {
  fail(rl::test_result_unitialized_access,
       "%s may read the word at %s before its first value is there: it was not published to this "
       "thread",
       name, describe(number_of(word)).text);
}

unsigned read(rl::thread_info_base& t, rl::atomic_data* data, memory_order order, bool newest) {
  switch (order) {
    case memory_order::seq_cst:
      return newest ? t.atomic_load_seq_cst_rmw(data) : t.atomic_load_seq_cst(data);
    case memory_order::acquire:
    case memory_order::acq_rel:
      return newest ? t.atomic_load_acquire_rmw(data) : t.atomic_load_acquire(data);
    default:
      return newest ? t.atomic_load_relaxed_rmw(data) : t.atomic_load_relaxed(data);
  }
}

unsigned read_and_write(rl::thread_info_base& t, rl::atomic_data* data, memory_order order) {
  bool aba = false;
  switch (order) {
    case memory_order::seq_cst:
      return t.atomic_rmw_seq_cst(data, aba);
    case memory_order::acq_rel:
      return t.atomic_rmw_acq_rel(data, aba);
    case memory_order::acquire:
      return t.atomic_rmw_acquire(data, aba);
    case memory_order::release:
      return t.atomic_rmw_release(data, aba);
    default:
      return t.atomic_rmw_relaxed(data, aba);
  }
}

// Takes back what a load has made known of other threads.
void restore_others(rl::thread_info_base& t, const rl::timestamp_t* clock) {
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (i != static_cast<std::size_t>(t.index_)) t.acq_rel_order_[i] = clock[i];
  }
}

}  // namespace
}  // namespace engine

namespace shoal::inline SHOAL_ABI {
namespace model {

using namespace engine;

void initialise(void* word, std::size_t bytes, const void* value) noexcept {
  if (!in_run()) {
    std::memcpy(word, value, bytes);
    return;
  }
  end_lives(number_of(word), bytes, "initialise");
  shadow& made = shadow_of(word, bytes, false);
  // The bytes in memory were never this word's: its history begins here.
  rl::context& c = rl::ctx();
  c.atomic_dtor(made.data);
  made.data = c.atomic_ctor(&made);
  const unsigned index = self().atomic_store_relaxed(made.data);
  std::memcpy(made.values[index], value, bytes);
  made.last = static_cast<std::uint8_t>(index);
  used(made);
  record(step::initialise, word, bytes, low_bits(value, bytes));
}

void load(const void* word, std::size_t bytes, place at, void* value) noexcept {
  if (!in_run()) {
    std::memcpy(value, word, bytes);
    return;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  const unsigned index = read(self(), s.data, at.order, false);
  if (index >= newest_values) fail_unseen(word, at.name);
  std::memcpy(value, s.values[index], bytes);
  used(s);
  record(step::load, at.name, at.order, word, bytes, low_bits(value, bytes), 0, index != s.last);
}

void store(void* word, std::size_t bytes, place at, const void* value) noexcept {
  if (!in_run()) {
    std::memcpy(word, value, bytes);
    return;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  rl::thread_info_base& t = self();
  unsigned index;
  switch (at.order) {
    case memory_order::seq_cst:
      index = t.atomic_store_seq_cst(s.data);
      break;
    case memory_order::release:
    case memory_order::acq_rel:
      index = t.atomic_store_release(s.data);
      break;
    default:
      index = t.atomic_store_relaxed(s.data);
      break;
  }
  const std::uint64_t before = low_bits(s.values[s.last], bytes);
  std::memcpy(s.values[index], value, bytes);
  s.last = static_cast<std::uint8_t>(index);
  used(s);
  record(step::store, at.name, at.order, word, bytes, before, low_bits(value, bytes));
}

void modify(void* word, std::size_t bytes, place at, operation change, const void* operand,
            void* before) noexcept {
  if (!in_run()) {
    std::memcpy(before, word, bytes);
    change(word, operand);
    return;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  const unsigned index = read_and_write(self(), s.data, at.order);
  alignas(widest) unsigned char value[widest];
  std::memcpy(value, s.values[s.last], bytes);
  std::memcpy(before, value, bytes);
  change(value, operand);
  std::memcpy(s.values[index], value, bytes);
  s.last = static_cast<std::uint8_t>(index);
  used(s);
  record(step::modify, at.name, at.order, word, bytes, low_bits(before, bytes),
         low_bits(value, bytes));
}

bool compare_exchange(void* word, std::size_t bytes, void* expected, const void* desired,
                      place success, place failure) noexcept {
  if (!in_run()) {
    const bool equal = std::memcmp(word, expected, bytes) == 0;
    std::memcpy(equal ? word : expected, equal ? desired : word, bytes);
    return equal;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  rl::thread_info_base& t = self();
  rl::timestamp_t clock[max_threads];
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  std::memcpy(clock, t.acq_rel_order_, threads * sizeof clock[0]);

  // As a load, which misses where it finds something else.
  unsigned index = read(t, s.data, failure.order, false);
  if (index >= newest_values) fail_unseen(word, failure.name);
  if (std::memcmp(s.values[index], expected, bytes) == 0) {
    // What it found may be old. Only the newest value can be exchanged.
    restore_others(t, clock);
    if (std::memcmp(s.values[s.last], expected, bytes) == 0) {
      index = read_and_write(t, s.data, success.order);
      std::memcpy(s.values[index], desired, bytes);
      s.last = static_cast<std::uint8_t>(index);
      used(s);
      record(step::exchanged, success.name, success.order, word, bytes, low_bits(expected, bytes),
             low_bits(desired, bytes));
      return true;
    }
    index = read(t, s.data, failure.order, true);
  }
  std::memcpy(expected, s.values[index], bytes);
  used(s);
  record(step::not_exchanged, failure.name, failure.order, word, bytes, low_bits(expected, bytes),
         0, index != s.last);
  return false;
}

void plain_read(const void* word, std::size_t bytes) noexcept {
  if (!in_run()) return;
  shadow& s = shadow_of(word, bytes, true);
  rl::thread_info_base& t = self();
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (t.acq_rel_order_[i] < s.written[i]) {
      fail(rl::test_result_data_race, "a plain read races with a write of thread %zu, at %s", i,
           describe(number_of(word)).text);
    }
  }
  t.own_acq_rel_order_ += 1;
  used(s);
  record(step::read, word, bytes, low_bits(word, bytes));
}

void plain_write(void* word, std::size_t bytes) noexcept {
  if (!in_run()) return;
  shadow& s = shadow_of(word, bytes, true);
  rl::thread_info_base& t = self();
  if (!knows_all(t, s)) {
    fail(rl::test_result_data_race, "a plain write races with an access of another thread, at %s",
         describe(number_of(word)).text);
  }
  t.own_acq_rel_order_ += 1;
  s.written[t.index_] = t.own_acq_rel_order_;
  record(step::write, word, bytes);
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI

namespace trial {

void read_plain(const void* word, std::size_t bytes) { shoal::model::plain_read(word, bytes); }

}  // namespace trial
