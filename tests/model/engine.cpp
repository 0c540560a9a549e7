// SPDX-License-Identifier: BSL-1.0
// The functions of namespace shoal::model over Relacy.
//
// Relacy gives the schedules and the rule which older values a load may return: its atomic_data
// keeps who wrote each value and what it released. The values, the words and their lives are kept
// here. A thread's clock (acq_rel_order_) says for every thread up to which of its events this one
// knows of: "happens after" is a comparison.

#include "engine.hpp"

#include <sys/mman.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

// After the standard headers, as its last lines make keywords and functions into macros.
#include <relacy/relacy.hpp>
#undef new
#undef delete
#undef malloc
#undef calloc
#undef realloc
#undef free
#undef assert
#undef errno

#include <shoal/base/base.hpp>

#include "model.hpp"

namespace engine {
namespace {

using shoal::memory_order;

constexpr unsigned newest_values = rl::atomic_history_size;
constexpr std::size_t widest = 16;

// Containers whose memory Relacy does not count as the body's.
template <class T>
using list = std::vector<T, rl::raw_allocator<T>>;

// One word: what it is, its values, and who has used it when.
struct shadow {
  bool plain;
  std::uint8_t bytes;
  std::uint8_t last;  // the newest value
  std::uint8_t sleepers;
  std::uint8_t sleeping[max_threads];
  rl::atomic_data* data;
  unsigned char values[newest_values][widest];
  rl::timestamp_t used[max_threads];     // each thread's last access; of plain words: read
  rl::timestamp_t written[max_threads];  // of plain words
  rl::timestamp_t wakers[max_threads];   // what those who woke here knew of
};

// The words of 16 bytes of memory.
struct line {
  std::uintptr_t number;
  shadow* at[widest];
};

// What has happened to a stretch of memory; the newest entry that covers an address holds.
struct region {
  enum state : std::uint8_t { fresh, everyones, dead };
  std::uintptr_t begin;
  std::uintptr_t end;
  state what;
  std::uint8_t thread;
  rl::timestamp_t when;
};

struct block {
  std::uintptr_t begin;
  std::size_t bytes;
  std::size_t alignment;
  bool live;
  bool reusable;
};

enum class step : std::uint8_t {
  load, store, modify, exchanged, not_exchanged, initialise, forget, read, write, sleep, no_sleep,
  woken, timed_out, wake, allocate, release, yield, found,
};
constexpr const char* step_names[] = {
    "load", "store", "modify", "compare_exchange, stored", "compare_exchange, missed", "initialise",
    "forget", "plain read", "plain write", "sleep", "no sleep, the word has changed", "woken",
    "timed out", "wake", "allocate", "release", "yield", "found",
};

struct event {
  step what;
  std::uint8_t thread;
  std::uint8_t bytes;
  bool older;  // a value that is not the newest
  memory_order order;
  const char* name;
  std::uintptr_t address;
  std::uint64_t before;
  std::uint64_t after;
};

struct place_record {
  const char* name;
  int asked;
  int in_force;
  bool ran;
};

struct weakening {
  char name[96];
  int to;  // -1: one step
};

enum class phase : std::uint8_t { outside, before, threads, after };

// The memory of the bodies: always at the same addresses, so that a hash of an address is the same
// in a replay.
constexpr std::uintptr_t arena_address = 0x10'0000'0000;
constexpr std::size_t arena_bytes = std::size_t{64} << 20;
constexpr std::size_t reserve_bytes = std::size_t{1} << 30;
constexpr unsigned char unwritten = 0xa5;
constexpr std::size_t events_kept = 4096;
constexpr std::size_t spurious_wakes = 4;  // in one run

struct world {
  phase at = phase::outside;
  bool random = true;
  unsigned char* arena = nullptr;
  std::size_t arena_used = 0;
  std::size_t reserve_used = 0;
  std::int64_t clock = 0;
  std::size_t spurious_left = 0;
  rl::thread_info_base* threads[max_threads] = {};

  list<std::uint32_t> slots;  // hash table over lines: index + 1
  list<line> lines;
  list<shadow*> spare;
  list<region> regions;
  list<block> blocks;

  event events[events_kept];
  std::size_t event_count = 0;
  char finding[512] = {};

  list<place_record> places;
  list<std::uint32_t> place_slots;
  list<weakening> weakened;
  bool weakened_ran = false;
};

world& the() {
  static world one;
  return one;
}

bool in_run() { return the().at != phase::outside; }

rl::thread_info_base& self() {
  rl::thread_info_base& thread = *rl::ctx().threadx_;
  the().threads[thread.index_] = &thread;
  return thread;
}

// Findings ----------------------------------------------------------------------------------------

void record(step what, const char* name, memory_order order, const void* address,
            std::size_t bytes, std::uint64_t before, std::uint64_t after, bool older = false) {
  world& w = the();
  const auto thread = static_cast<std::uint8_t>(rl::ctx().threadx_->index_);
  w.events[w.event_count++ % events_kept] = {
      what,  thread, static_cast<std::uint8_t>(bytes < 255 ? bytes : 255),
      older, order,  name,
      reinterpret_cast<std::uintptr_t>(address), before, after};
}

void record(step what, const void* address, std::size_t bytes, std::uint64_t value = 0) {
  record(what, nullptr, memory_order::relaxed, address, bytes, value, value);
}

[[noreturn]] void fail(rl::test_result_e kind, const char* format, ...) {
  world& w = the();
  va_list list;
  va_start(list, format);
  std::vsnprintf(w.finding, sizeof w.finding, format, list);
  va_end(list);
  if (!in_run()) {
    std::fprintf(stderr, "outside of a run: %s\n", w.finding);
    std::abort();
  }
  record(step::found, w.finding, memory_order::relaxed, nullptr, 0, 0, 0);
  rl::ctx().fail_test(w.finding, kind, rl::debug_info());
  std::abort();  // never: the fibre is not resumed
}

// Where in the body's memory an address is.
struct described {
  char text[48];
};
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

// Words -------------------------------------------------------------------------------------------

std::uintptr_t number_of(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

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

void add_region(std::uintptr_t begin, std::size_t bytes, region::state what) {
  world& w = the();
  rl::thread_info_base& t = self();
  t.own_acq_rel_order_ += 1;
  const std::uintptr_t end = begin + bytes;
  std::size_t kept = 0;
  for (const region& r : w.regions) {
    if (r.begin < begin || r.end > end) w.regions[kept++] = r;
  }
  w.regions.resize(kept);
  w.regions.push_back({begin, end, what, static_cast<std::uint8_t>(t.index_), t.own_acq_rel_order_});
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

void drop(shadow* word) {
  if (word->data != nullptr) rl::ctx().atomic_dtor(word->data);
  the().spare.push_back(word);
}

// The shadow of a word, made where there is none; its first value is what lies in memory.
shadow& shadow_of(const void* word, std::size_t bytes, bool plain) {
  const std::uintptr_t address = number_of(word);
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
  if (plain) {
    if (fresh) made->written[where->thread] = where->when;
  } else {
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

// Whether this thread knows of every access to the word.
bool knows_all(const rl::thread_info_base& t, const shadow& word) {
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (t.acq_rel_order_[i] < word.used[i] || t.acq_rel_order_[i] < word.written[i]) return false;
  }
  return true;
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

std::uint64_t low_bits(const void* value, std::size_t bytes) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, value, bytes < 8 ? bytes : 8);
  return bits;
}

[[noreturn]] void fail_unseen(const void* word, const char* name) {
  fail(rl::test_result_unitialized_access,
       "%s may read the word at %s before its first value is there: it was not published to this "
       "thread", name, describe(number_of(word)).text);
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

// Takes back what a load has made known of other threads.
void restore_others(rl::thread_info_base& t, const rl::timestamp_t* clock) {
  const auto threads = static_cast<std::size_t>(rl::ctx().get_thread_count());
  for (std::size_t i = 0; i < threads; ++i) {
    if (i != static_cast<std::size_t>(t.index_)) t.acq_rel_order_[i] = clock[i];
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

// Orders ------------------------------------------------------------------------------------------

constexpr const char* order_names[] = {"unordered", "relaxed", "acquire",
                                       "release",   "acq_rel", "seq_cst"};

int one_weaker(int order) {
  switch (static_cast<memory_order>(order)) {
    case memory_order::seq_cst:
      return static_cast<int>(memory_order::acq_rel);
    case memory_order::acq_rel:
    case memory_order::acquire:
    case memory_order::release:
      return static_cast<int>(memory_order::relaxed);
    default:
      return order;
  }
}

int weakened_order(const char* name, int asked) {
  for (const weakening& one : the().weakened) {
    if (std::strcmp(one.name, name) == 0) return one.to < 0 ? one_weaker(asked) : one.to;
  }
  return asked;
}

}  // namespace

bool weaken(const char* name, std::size_t length, const char* to) {
  weakening one{{}, -1};
  if (length >= sizeof one.name) return false;
  std::memcpy(one.name, name, length);
  if (to != nullptr) {
    for (int i = 0; i < 6; ++i) {
      if (std::strcmp(to, order_names[i]) == 0) one.to = i;
    }
    if (one.to < 0) return false;
  }
  world& w = the();
  w.weakened.push_back(one);
  for (place_record& place : w.places) place.in_force = weakened_order(place.name, place.asked);
  w.weakened_ran = false;
  return true;
}

void weaken_nothing() {
  world& w = the();
  w.weakened.clear();
  w.weakened_ran = false;
  for (place_record& place : w.places) place.in_force = place.asked;
}

bool weakened_ran() { return the().weakened_ran; }

std::size_t orders_seen(place_seen* into, std::size_t room) {
  std::size_t count = 0;
  for (const place_record& place : the().places) {
    if (!place.ran || count == room) continue;
    into[count++] = {place.name, order_names[place.asked], one_weaker(place.asked) != place.asked};
  }
  return count;
}

void forget_orders() {
  for (place_record& place : the().places) place.ran = false;
}

// Runs --------------------------------------------------------------------------------------------

void set_random(bool random) { the().random = random; }

const char* finding() { return the().finding; }

void* begin(std::size_t bytes) {
  world& w = the();
  if (w.arena == nullptr) {
    void* place = mmap(reinterpret_cast<void*>(arena_address), arena_bytes + reserve_bytes,
                       PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (place != reinterpret_cast<void*>(arena_address)) {
      std::fprintf(stderr, "no memory at the address of the model's arena\n");
      std::abort();
    }
    w.arena = static_cast<unsigned char*>(place);
  }
  // What a failed run has left, Relacy has freed already.
  for (line& in : w.lines) {
    for (shadow* word : in.at) {
      if (word != nullptr) w.spare.push_back(word);
    }
  }
  w.lines.clear();
  w.slots.assign(w.slots.size(), 0);
  w.regions.clear();
  w.blocks.clear();
  w.arena_used = 0;
  if (w.reserve_used != 0) madvise(w.arena + arena_bytes, w.reserve_used, MADV_DONTNEED);
  w.reserve_used = 0;
  w.clock = 0;
  w.spurious_left = w.random ? spurious_wakes : 0;
  w.event_count = 0;
  w.finding[0] = '\0';
  w.at = phase::before;
  self();
  void* place = w.arena;
  std::memset(place, unwritten, bytes);
  w.arena_used = (bytes + 4095) & ~std::size_t{4095};
  return place;
}

void started() { the().at = phase::threads; }
void finished() { the().at = phase::after; }

void end() {
  world& w = the();
  for (const block& one : w.blocks) {
    if (one.live) {
      fail(rl::test_result_memory_leak, "%zu bytes at %s are never released", one.bytes,
           describe(one.begin).text);
    }
  }
  for (line& in : w.lines) {
    for (shadow*& word : in.at) {
      if (word != nullptr) drop(word);
      word = nullptr;
    }
  }
  w.lines.clear();
  w.slots.assign(w.slots.size(), 0);
  w.at = phase::outside;
}

void print_trace(std::size_t steps) {
  const world& w = the();
  std::size_t count = w.event_count < events_kept ? w.event_count : events_kept;
  if (steps < count) count = steps;
  for (std::size_t i = w.event_count - count; i != w.event_count; ++i) {
    const event& e = w.events[i % events_kept];
    std::printf("  %5zu  thread %u  ", i, e.thread);
    switch (e.what) {
      case step::found:
        std::printf("found: %s\n", e.name);
        break;
      case step::yield:
        std::printf("yield\n");
        break;
      case step::load:
      case step::not_exchanged:
        std::printf("%-30s %s  %s -> 0x%llx%s\n", e.name, step_names[int(e.what)],
                    describe(e.address).text, static_cast<unsigned long long>(e.before),
                    e.older ? "  (not the newest)" : "");
        break;
      case step::store:
      case step::modify:
      case step::exchanged:
        std::printf("%-30s %s %s  %s: 0x%llx -> 0x%llx\n", e.name, step_names[int(e.what)],
                    order_names[int(e.order)], describe(e.address).text,
                    static_cast<unsigned long long>(e.before),
                    static_cast<unsigned long long>(e.after));
        break;
      default:
        std::printf("%-30s %s of %u  0x%llx\n", step_names[int(e.what)], describe(e.address).text,
                    e.bytes, static_cast<unsigned long long>(e.after));
        break;
    }
  }
}

}  // namespace engine

// What Shoal's headers call -----------------------------------------------------------------------

namespace shoal::inline SHOAL_ABI {
namespace model {

using namespace engine;

int order_in_force(const char* name, int asked) noexcept {
  world& w = the();
  if (w.place_slots.empty()) w.place_slots.assign(4096, 0);
  std::size_t at = (reinterpret_cast<std::uintptr_t>(name) * 0x9e3779b97f4a7c15 +
                    static_cast<std::size_t>(asked) * 0x517cc1b727220a95) >> 40;
  for (;; ++at) {
    const std::uint32_t index = w.place_slots[at % 4096];
    if (index == 0) break;
    place_record& place = w.places[index - 1];
    if (place.name != name || place.asked != asked) continue;
    place.ran = true;
    if (place.in_force != place.asked) w.weakened_ran = true;
    return place.in_force;
  }
  if (w.places.size() >= 3000) std::abort();
  w.places.push_back({name, asked, weakened_order(name, asked), true});
  w.place_slots[at % 4096] = static_cast<std::uint32_t>(w.places.size());
  if (w.places.back().in_force != asked) w.weakened_ran = true;
  return w.places.back().in_force;
}

// Outside of a run (a static object, the program's end) there is one thread and no shadow.

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

void forget(void* address, std::size_t bytes) noexcept {
  if (!in_run() || bytes == 0) return;
  end_lives(number_of(address), bytes, "a new life");
  add_region(number_of(address), bytes, region::fresh);
  record(step::forget, address, bytes);
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

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (!in_run()) return std::aligned_alloc(alignment, (bytes + alignment - 1) & ~(alignment - 1));
  world& w = the();
  block* found = nullptr;
  for (std::size_t i = w.blocks.size(); i != 0 && found == nullptr; --i) {
    block& one = w.blocks[i - 1];
    if (one.reusable && one.bytes == bytes && one.alignment >= alignment) found = &one;
  }
  if (found == nullptr) {
    const std::size_t aligned = alignment < widest ? widest : alignment;
    w.arena_used = (w.arena_used + aligned - 1) & ~(aligned - 1);
    if (w.arena_used + bytes > arena_bytes) return nullptr;
    w.blocks.push_back({number_of(w.arena) + w.arena_used, bytes, aligned, false, false});
    found = &w.blocks.back();
    w.arena_used += (bytes + widest - 1) & ~(widest - 1);
  }
  found->live = true;
  found->reusable = false;
  auto* place = reinterpret_cast<void*>(found->begin);
  std::memset(place, unwritten, bytes);
  add_region(found->begin, bytes, region::fresh);
  record(step::allocate, place, bytes);
  return place;
}

void release(void* memory, std::size_t bytes) noexcept {
  const std::uintptr_t begin = number_of(memory);
  const bool in_arena = begin >= arena_address && begin < arena_address + arena_bytes;
  if (!in_run() || !in_arena) {
    std::free(memory);
    return;
  }
  world& w = the();
  for (block& one : w.blocks) {
    if (one.begin != begin || !one.live) continue;
    if (one.bytes != bytes) {
      fail(rl::test_result_double_free, "release of %zu bytes at %s, which are %zu", bytes,
           describe(begin).text, one.bytes);
    }
    end_lives(begin, bytes, "release");
    one.live = false;
    // Used again at once, or never: the first finds old addresses taken for new ones, the second
    // finds uses after release.
    one.reusable = w.random && rl::ctx().rand(2, rl::sched_type_mem_realloc) == 0;
    add_region(begin, bytes, region::dead);
    record(step::release, memory, bytes);
    return;
  }
  fail(rl::test_result_double_free, "release of memory at %s that is not in use",
       describe(begin).text);
}

void* reserve(std::size_t bytes) noexcept {
  if (!in_run()) return std::calloc(1, bytes);
  world& w = the();
  bytes = (bytes + 4095) & ~std::size_t{4095};
  if (w.reserve_used + bytes > reserve_bytes) return nullptr;
  void* place = w.arena + arena_bytes + w.reserve_used;
  w.reserve_used += bytes;
  add_region(number_of(place), bytes, region::everyones);
  record(step::allocate, place, bytes);
  return place;
}

void unreserve(void* memory, std::size_t bytes) noexcept {
  const std::uintptr_t begin = number_of(memory);
  if (!in_run() || begin < arena_address || begin >= arena_address + arena_bytes + reserve_bytes) {
    std::free(memory);
    return;
  }
  end_lives(begin, bytes, "release");
  add_region(begin, bytes, region::dead);
  record(step::release, memory, bytes);
}

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

void contract_broken(const char* condition, const char* advice, const char* file,
                     int line) noexcept {
  fail(rl::test_result_user_assert_failed, "%s:%d: %s (%s)", file, line, advice, condition);
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI

namespace trial {

void check(bool holds, const char* what, std::source_location where) {
  if (holds) return;
  engine::fail(rl::test_result_user_assert_failed, "%s:%u: %s", where.file_name(),
               static_cast<unsigned>(where.line()), what);
}

void read_plain(const void* word, std::size_t bytes) { shoal::model::plain_read(word, bytes); }

void yield() {
  if (!engine::in_run()) return;
  engine::record(engine::step::yield, nullptr, 0);
  rl::ctx().yield(1, rl::debug_info());
}

}  // namespace trial
