// SPDX-License-Identifier: BSL-1.0
// Shadows, found by address, and what has happened to the memory that they lie over.

#include "engine/world.hpp"

namespace engine {
namespace {

line* find_line(std::uintptr_t number, bool make) {
  world& w = the();
  if (w.lines.size() * 2 >= w.slots.size()) {
    const std::size_t grown = w.slots.empty() ? 4096 : w.slots.size() * 2;
    w.slots.assign(grown, 0);
    for (std::size_t i = 0; i < w.lines.size(); ++i) {
      std::size_t at = (w.lines[i].number * 0x9e3779b97f4a7c15) >> 20;
      while (w.slots[at & (grown - 1)] != 0) ++at;
      w.slots[at & (grown - 1)] = static_cast<std::uint32_t>(i + 1);
    }
  }
  const std::size_t mask = w.slots.size() - 1;
  std::size_t at = (number * 0x9e3779b97f4a7c15) >> 20;
  for (;; ++at) {
    const std::uint32_t index = w.slots[at & mask];
    if (index == 0) break;
    if (w.lines[index - 1].number == number) return &w.lines[index - 1];
  }
  if (!make) return nullptr;
  w.lines.push_back({number, {}});
  w.slots[at & mask] = static_cast<std::uint32_t>(w.lines.size());
  return &w.lines.back();
}

const region* region_of(std::uintptr_t address) {
  const world& w = the();
  for (std::size_t i = w.regions.size(); i != 0; --i) {
    const region& r = w.regions[i - 1];
    if (address >= r.begin && address < r.end) return &r;
  }
  return nullptr;
}

// A first value, as if `thread` had stored it relaxed at its time `when`.
unsigned store_at(rl::thread_info_base& thread, rl::timestamp_t when, rl::atomic_data* data) {
  const rl::timestamp_t now = thread.own_acq_rel_order_;
  thread.own_acq_rel_order_ = when - 1;
  const unsigned index = thread.atomic_store_relaxed(data);
  thread.own_acq_rel_order_ = now;
  return index;
}

shadow* make_shadow() {
  world& w = the();
  shadow* made;
  if (w.spare.empty()) {
    made = static_cast<shadow*>(std::malloc(sizeof(shadow)));
  } else {
    made = w.spare.back();
    w.spare.pop_back();
  }
  std::memset(static_cast<void*>(made), 0, sizeof *made);
  return made;
}

void end_life(line& in, std::size_t offset, const char* how) {
  shadow* word = in.at[offset];
  const std::uintptr_t address = in.number * widest + offset;
  if (word->sleepers != 0) {
    fail(rl::test_result_access_to_freed_memory, "%s of a word that a thread sleeps on, at %s", how,
         describe(address).text);
  }
  if (!knows_all(self(), *word)) {
    fail(rl::test_result_data_race, "%s races with an access of another thread, at %s", how,
         describe(address).text);
  }
  in.at[offset] = nullptr;
  drop(word);
}

}  // namespace

void add_region(std::uintptr_t begin, std::size_t bytes, region::state what) {
  world& w = the();
  rl::thread_info_base& t = self();
  const std::uintptr_t end = begin + bytes;
  // The payloads of one object come one after the other.
  if (!w.regions.empty()) {
    region& last = w.regions.back();
    if (last.end == begin && last.what == what && last.thread == t.index_ &&
        last.when == t.own_acq_rel_order_) {
      last.end = end;
      return;
    }
  }
  t.own_acq_rel_order_ += 1;
  std::size_t kept = 0;
  for (const region& r : w.regions) {
    if (r.begin < begin || r.end > end) w.regions[kept++] = r;
  }
  w.regions.resize(kept);
  w.regions.push_back(
      {begin, end, what, static_cast<std::uint8_t>(t.index_), t.own_acq_rel_order_});
}

void drop(shadow* word) {
  if (word->data != nullptr) rl::ctx().atomic_dtor(word->data);
  the().spare.push_back(word);
}

void drop_all(bool also_relacys) {
  world& w = the();
  for (line& in : w.lines) {
    for (shadow* word : in.at) {
      if (word == nullptr) continue;
      if (!also_relacys) word->data = nullptr;
      drop(word);
    }
  }
  w.lines.clear();
  w.slots.assign(w.slots.size(), 0);
  w.regions.clear();
}

// The shadow of a word, made where there is none; its first value is what lies in memory.
shadow& shadow_of(const void* word, std::size_t bytes, bool plain) {
  const std::uintptr_t address = number_of(word);
  if (address < 4096) {
    fail(rl::test_result_access_to_freed_memory, "access through a null pointer, at %s",
         describe(address).text);
  }
  if (address % bytes != 0) {
    fail(rl::test_result_user_assert_failed, "misaligned: %zu bytes at %s", bytes,
         describe(address).text);
  }
  line& in = *find_line(address / widest, true);
  const std::size_t offset = address % widest;
  if (shadow* found = in.at[offset]; found != nullptr) {
    if (found->bytes != bytes || found->plain != plain) {
      fail(rl::test_result_user_assert_failed,
           "mixed accesses: %s of %zu bytes at %s, which is %s of %u", plain ? "plain" : "atomic",
           bytes, describe(address).text, found->plain ? "plain" : "atomic", found->bytes);
    }
    return *found;
  }
  for (std::size_t i = 0; i < widest; ++i) {
    if (in.at[i] != nullptr && i < offset + bytes && i + in.at[i]->bytes > offset) {
      fail(rl::test_result_user_assert_failed,
           "mixed accesses: %zu bytes at %s cross a word of %u bytes", bytes,
           describe(address).text, in.at[i]->bytes);
    }
  }
  const region* where = region_of(address);
  if (where != nullptr && where->what == region::dead) {
    fail(rl::test_result_access_to_freed_memory, "access to released memory at %s",
         describe(address).text);
  }
  shadow* made = make_shadow();
  made->plain = plain;
  made->bytes = static_cast<std::uint8_t>(bytes);
  rl::thread_info_base& t = self();
  const bool fresh = where != nullptr && where->what == region::fresh;
  if (fresh) made->written[where->thread] = where->when;
  if (!plain) {
    made->data = rl::ctx().atomic_ctor(made);
    // What everyone sees was written at time 1, when every clock of a run begins.
    const unsigned index = fresh ? store_at(*the().threads[where->thread], where->when, made->data)
                                 : store_at(t, 1, made->data);
    made->last = static_cast<std::uint8_t>(index);
    std::memcpy(made->values[index], word, bytes);
  }
  in.at[offset] = made;
  return *made;
}

shadow* find_shadow(const void* word) {
  line* in = find_line(number_of(word) / widest, false);
  return in == nullptr ? nullptr : in->at[number_of(word) % widest];
}

// Whether this thread knows of every access to the word.
bool knows_all(const rl::thread_info_base& t, const shadow& word) {
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (t.acq_rel_order_[i] < word.used[i] || t.acq_rel_order_[i] < word.written[i]) return false;
  }
  return true;
}

// Ends the lives of all words in a stretch of memory.
void end_lives(std::uintptr_t begin, std::size_t bytes, const char* how) {
  world& w = the();
  const std::uintptr_t end = begin + bytes;
  const auto one = [&](line& in) {
    for (std::size_t i = 0; i < widest; ++i) {
      if (in.at[i] == nullptr) continue;
      const std::uintptr_t address = in.number * widest + i;
      if (address < end && address + in.at[i]->bytes > begin) end_life(in, i, how);
    }
  };
  const std::uintptr_t first = begin / widest;
  const std::uintptr_t last = (end - 1) / widest;
  if (last - first < w.lines.size()) {
    for (std::uintptr_t n = first; n <= last; ++n) {
      if (line* in = find_line(n, false); in != nullptr) one(*in);
    }
  } else {
    for (line& in : w.lines) {
      if (in.number >= first && in.number <= last) one(in);
    }
  }
}

void used(shadow& word) {
  rl::thread_info_base& t = self();
  word.used[t.index_] = t.own_acq_rel_order_;
}

}  // namespace engine
