// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the parts of the engine share: the state of one run.
//
// Relacy gives the schedules and the rule which older values a load may return: its atomic_data
// keeps who wrote each value and what it released. The values, the words and their lives are kept
// here. A thread's clock (acq_rel_order_) says for every thread up to which of its events this one
// knows of: "happens after" is a comparison of clocks.
//
//   trace.cpp    the steps of a run, and its finding
//   words.cpp    shadows, found by address; regions of memory
//   access.cpp   what cells and payloads do
//   memory.cpp   what lies under them, and the begin and end of a run
//   wait.cpp     sleeping, waking, the clock
//   orders.cpp   which order a named place runs with

#include <cstddef>
#include <cstdint>
#include <shoal/base/base.hpp>

#include "engine/engine.hpp"
#include "engine/relacy.hpp"

namespace engine {

using shoal::memory_order;

inline constexpr unsigned newest_values = rl::atomic_history_size;
inline constexpr std::size_t widest = 16;

// The memory of the bodies: always at the same addresses, so that a hash of an address is the same
// in a replay. Blocks first, then what reserve gives.
inline constexpr std::uintptr_t arena_address = 0x10'0000'0000;
inline constexpr std::size_t arena_bytes = std::size_t{64} << 20;
inline constexpr std::size_t reserve_bytes = std::size_t{1} << 30;

// One word: what it is, its values, and who has used it when.
struct shadow {
  bool plain;
  std::uint8_t bytes;
  std::uint8_t last;  // the newest value
  std::uint8_t sleepers;
  std::uint8_t sleeping[max_threads];
  rl::atomic_data* data;
  unsigned char values[newest_values][widest];
  const char* released[newest_values];   // the order that who reads the value synchronises with
  std::uint8_t releaser[newest_values];  // and its thread
  rl::timestamp_t used[max_threads];     // each thread's last access; of plain words: read
  rl::timestamp_t written[max_threads];  // of plain words; of others: the first value
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

enum class phase : std::uint8_t { outside, before, threads, after };

struct world {
  phase at = phase::outside;
  bool random = true;
  rl::thread_info_base* threads[max_threads] = {};

  list<std::uint32_t> slots;  // hash table over lines: index + 1
  list<line> lines;
  list<shadow*> spare;
  list<region> regions;

  unsigned char* arena = nullptr;
  std::size_t arena_used = 0;
  std::size_t reserve_used = 0;
  list<block> blocks;

  std::int64_t clock = 0;
  std::size_t spurious_left = 0;
};

inline world& the() {
  static world one;
  return one;
}

// Outside of a run (a static object, the program's end) there is one thread and no shadow.
inline bool in_run() { return the().at != phase::outside; }

inline rl::thread_info_base& self() {
  rl::thread_info_base& thread = *rl::ctx().threadx_;
  the().threads[thread.index_] = &thread;
  return thread;
}

inline std::size_t thread_count() { return static_cast<std::size_t>(rl::ctx().get_thread_count()); }

inline std::uintptr_t number_of(const void* address) {
  return reinterpret_cast<std::uintptr_t>(address);
}

inline std::uint64_t low_bits(const void* value, std::size_t bytes) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, value, bytes < 8 ? bytes : 8);
  return bits;
}

// What a thread knows of the others, to go back to after a load that must teach it nothing.
class knowledge {
 public:
  explicit knowledge(const rl::thread_info_base& t) {
    std::memcpy(clock_, t.acq_rel_order_, thread_count() * sizeof clock_[0]);
  }
  void restore(rl::thread_info_base& t) const {
    for (std::size_t i = 0; i < thread_count(); ++i) {
      if (i != static_cast<std::size_t>(t.index_)) t.acq_rel_order_[i] = clock_[i];
    }
  }

 private:
  rl::timestamp_t clock_[max_threads];
};

// trace.cpp ---------------------------------------------------------------------------------------

// A step of the current thread. `name` and `order` may be null; `writes`: before -> after.
struct event {
  const char* what;
  const char* name = nullptr;
  const char* order = nullptr;
  std::uintptr_t address = 0;
  std::size_t bytes = 0;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  bool writes = false;
  bool older = false;  // has read a value that is not the newest
  int thread = 0;
};
void record(event step);
void record(const char* what, const void* address, std::size_t bytes, std::uint64_t value = 0);
void clear_trace();

// Ends the run.
[[noreturn]] void fail(rl::test_result_e kind, const char* format, ...)
    __attribute__((format(printf, 2, 3)));

// Where in the body's memory an address is.
struct described {
  char text[48];
};
described describe(std::uintptr_t address);

// orders.cpp
const char* name_of(memory_order order);
void see_edge(const char* release, const char* acquire);

// words.cpp ---------------------------------------------------------------------------------------

// The shadow of a word, made where there is none; its first value is what lies in memory.
shadow& shadow_of(const void* word, std::size_t bytes, bool plain);
// The shadow, or null.
shadow* find_shadow(const void* word);
// Forgets a shadow that is in no line any more.
void drop(shadow* word);
// Forgets all; where Relacy has not done so already (after a failure), also its part of them.
void drop_all(bool also_relacys);

// Ends the lives of all words in a stretch of memory, which must happen after every access to them.
void end_lives(std::uintptr_t begin, std::size_t bytes, const char* how);
void add_region(std::uintptr_t begin, std::size_t bytes, region::state what);

// Reads a value of the word, as an index into its values: any that this thread may still see, or
// the newest. `name` is of the access.
unsigned read(const shadow& word, memory_order order, bool newest, const char* name);
// This thread has just accessed the word.
void used(shadow& word);
// Whether a thread knows of every access to the word.
bool knows_all(const rl::thread_info_base& t, const shadow& word);

}  // namespace engine
