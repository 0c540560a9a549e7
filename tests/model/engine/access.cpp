// SPDX-License-Identifier: BSL-1.0
// What cells and payloads do.

#include "engine/world.hpp"
#include "model.hpp"

namespace engine {
namespace {

unsigned write(const shadow& word, memory_order order) {
  rl::thread_info_base& t = self();
  switch (order) {
    case memory_order::seq_cst:
      return t.atomic_store_seq_cst(word.data);
    case memory_order::release:
    case memory_order::acq_rel:
      return t.atomic_store_release(word.data);
    default:
      return t.atomic_store_relaxed(word.data);
  }
}

unsigned read_and_write(const shadow& word, memory_order order) {
  rl::thread_info_base& t = self();
  bool aba = false;
  switch (order) {
    case memory_order::seq_cst:
      return t.atomic_rmw_seq_cst(word.data, aba);
    case memory_order::acq_rel:
      return t.atomic_rmw_acq_rel(word.data, aba);
    case memory_order::acquire:
      return t.atomic_rmw_acquire(word.data, aba);
    case memory_order::release:
      return t.atomic_rmw_release(word.data, aba);
    default:
      return t.atomic_rmw_relaxed(word.data, aba);
  }
}

// A change finds the newest value, though nobody may have published the word to this thread.
void must_know(const shadow& word, const char* name) {
  const rl::thread_info_base& t = self();
  for (std::size_t i = 0; i < thread_count(); ++i) {
    if (t.acq_rel_order_[i] >= word.written[i]) continue;
    fail(rl::test_result_unitialized_access,
         "%s changes a word whose first value was not published to this thread", name);
  }
}

bool releases(memory_order order) {
  return order == memory_order::release || order == memory_order::acq_rel ||
         order == memory_order::seq_cst;
}

// Who reads values[index] with this order synchronises with the release of another thread.
void synchronise(const shadow& word, unsigned index, shoal::model::place at) {
  const bool acquires = at.order == memory_order::acquire || at.order == memory_order::acq_rel ||
                        at.order == memory_order::seq_cst;
  if (acquires && word.released[index] != nullptr && word.releaser[index] != self().index_)
    see_edge(word.released[index], at.name);
}

// Makes values[index] the newest. `change`: of a value that was read, whose release goes on.
void set_newest(shadow& word, unsigned index, const void* value, shoal::model::place at,
                bool change = false) {
  if (releases(at.order)) {
    word.released[index] = at.name;
    word.releaser[index] = static_cast<std::uint8_t>(self().index_);
  } else {
    word.released[index] = change ? word.released[word.last] : nullptr;
    word.releaser[index] = word.releaser[word.last];
  }
  std::memcpy(word.values[index], value, word.bytes);
  word.last = static_cast<std::uint8_t>(index);
  used(word);
}

event step_of(const char* what, shoal::model::place at, const void* word, std::size_t bytes) {
  return {.what = what,
          .name = at.name,
          .order = name_of(at.order),
          .address = number_of(word),
          .bytes = bytes};
}

void record_read(event step, const shadow& word, unsigned index) {
  step.before = low_bits(word.values[index], word.bytes);
  step.older = index != word.last;
  record(step);
}

void record_write(event step, const void* before, const void* after) {
  step.before = low_bits(before, step.bytes);
  step.after = low_bits(after, step.bytes);
  step.writes = true;
  record(step);
}

}  // namespace

unsigned read(const shadow& word, memory_order order, bool newest, const char* name) {
  rl::thread_info_base& t = self();
  unsigned index;
  switch (order) {
    case memory_order::seq_cst:
      index = newest ? t.atomic_load_seq_cst_rmw(word.data) : t.atomic_load_seq_cst(word.data);
      break;
    case memory_order::acquire:
    case memory_order::acq_rel:
      index = newest ? t.atomic_load_acquire_rmw(word.data) : t.atomic_load_acquire(word.data);
      break;
    default:
      index = newest ? t.atomic_load_relaxed_rmw(word.data) : t.atomic_load_relaxed(word.data);
      break;
  }
  if (index >= newest_values) {
    fail(rl::test_result_unitialized_access,
         "%s may read a word before its first value is there: it was not published to this thread",
         name);
  }
  return index;
}

}  // namespace engine

namespace shoal::inline SHOAL_ABI {
namespace model {

using namespace engine;

void initialize(void* word, std::size_t bytes, const void* value) noexcept {
  if (!in_run()) {
    std::memcpy(word, value, bytes);
    return;
  }
  end_lives(number_of(word), bytes, "initialize");
  shadow& s = shadow_of(word, bytes, false);
  // The bytes in memory were never this word's: its history begins here, with nothing to read
  // before this value.
  rl::context& c = rl::ctx();
  c.atomic_dtor(s.data);
  s.data = c.atomic_ctor(&s);
  set_newest(s, write(s, memory_order::relaxed), value, {nullptr, memory_order::relaxed});
  s.written[self().index_] = self().own_acq_rel_order_;
  record("initialize", word, bytes, low_bits(value, bytes));
}

void load(const void* word, std::size_t bytes, place at, void* value) noexcept {
  if (!in_run()) {
    std::memcpy(value, word, bytes);
    return;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  const unsigned index = read(s, at.order, false, at.name);
  std::memcpy(value, s.values[index], bytes);
  used(s);
  synchronise(s, index, at);
  record_read(step_of("load", at, word, bytes), s, index);
}

void store(void* word, std::size_t bytes, place at, const void* value) noexcept {
  if (!in_run()) {
    std::memcpy(word, value, bytes);
    return;
  }
  rl::ctx().sched();
  shadow& s = shadow_of(word, bytes, false);
  record_write(step_of("store", at, word, bytes), s.values[s.last], value);
  set_newest(s, write(s, at.order), value, at);
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
  must_know(s, at.name);
  alignas(widest) unsigned char value[widest];
  std::memcpy(before, s.values[s.last], bytes);
  std::memcpy(value, before, bytes);
  change(value, operand);
  record_write(step_of("modify", at, word, bytes), before, value);
  synchronise(s, s.last, at);
  set_newest(s, read_and_write(s, at.order), value, at, true);
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
  // As a load, which misses where it finds something else.
  const knowledge before(self());
  unsigned index = read(s, failure.order, false, failure.name);
  if (std::memcmp(s.values[index], expected, bytes) == 0) {
    // What it found may be old. Only the newest value can be exchanged.
    before.restore(self());
    if (std::memcmp(s.values[s.last], expected, bytes) == 0) {
      must_know(s, success.name);
      record_write(step_of("compare_exchange", success, word, bytes), expected, desired);
      synchronise(s, s.last, success);
      set_newest(s, read_and_write(s, success.order), desired, success, true);
      return true;
    }
    index = read(s, failure.order, true, failure.name);
  }
  std::memcpy(expected, s.values[index], bytes);
  used(s);
  synchronise(s, index, failure);
  record_read(step_of("compare_exchange missed", failure, word, bytes), s, index);
  return false;
}

void plain_read(const void* word, std::size_t bytes) noexcept {
  if (!in_run()) return;
  shadow& s = shadow_of(word, bytes, true);
  rl::thread_info_base& t = self();
  for (std::size_t i = 0; i < thread_count(); ++i) {
    if (t.acq_rel_order_[i] < s.written[i]) {
      fail(rl::test_result_data_race, "a plain read races with a write of thread %zu, at %s", i,
           describe(number_of(word)).text);
    }
  }
  t.own_acq_rel_order_ += 1;
  used(s);
  record("plain read", word, bytes, low_bits(word, bytes));
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
  record("plain write", word, bytes);
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI

namespace trial {

void read_plain(const void* word, std::size_t bytes) { shoal::model::plain_read(word, bytes); }

}  // namespace trial
