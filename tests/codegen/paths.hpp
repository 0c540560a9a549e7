// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the paths written by hand keep for themselves, and how every path is called when its
// instructions are counted (count.cpp).

#include <shoal/shoal.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

using shoal::agent;
using shoal::errc;
using shoal::reference;
using shoal::typed_field;
using shoal::vec128;

struct object_header {
  std::uint32_t type_index;
  std::uint32_t word;
};

struct bound_body {
  object_header head;
  std::uint64_t owner;
  std::uint64_t target;
};

struct mutex_body {
  object_header head;
  std::uint32_t owner;
  std::uint32_t awaited;
};

struct ring_slot {
  std::uint64_t turn;
  std::uint64_t value;
};

// Room for 2^n values; on lines of their own: who sends, who receives, and what all read.
struct ring_body {
  std::uint64_t mask;
  ring_slot* slots;
  alignas(64) std::uint64_t tail;
  std::uint64_t values_awaited;
  alignas(64) std::uint64_t head;
  std::uint64_t room_awaited;
};

struct string_body {
  object_header head;
  std::uint64_t meta;
  char units[1];
};

struct string_table {
  std::size_t mask;
  struct {
    string_body* entry;
    std::uint64_t hash;
  } slots[16];
};

struct type_by_hand {
  std::uint32_t index;
  std::uint32_t depth;
  const std::uint32_t* ancestors;
};

struct handle_by_hand {
  std::uint64_t object;
  handle_by_hand* next;
};

using host_function = std::uint64_t (*)(std::uint64_t);

// What a runtime without Shoal would keep for itself.
struct context {
  std::uintptr_t cursor;
  std::uintptr_t limit;
  bool barrier;
  std::uint64_t* prototypes;
  std::uint64_t* functions;
  std::uint64_t identity;
  std::uint32_t request;
  std::uint32_t state;    // 1: in the world
  std::uint32_t entered;  // how often, nested
  std::uint64_t* locals;
  std::uint64_t* top;  // of the objects that running code holds
  std::uint64_t* end;
  handle_by_hand* free_handles;
  string_table* strings;
  type_by_hand** types;
  std::uint64_t epoch;
};

// Their slow halves.
extern "C" {
[[gnu::cold]] void barriered_store(context*, std::uint64_t* place, std::uint64_t word) noexcept;
[[gnu::cold]] errc barriered_exchange(context*, std::uint64_t* place, std::uint64_t word,
                                      std::uint64_t* old) noexcept;
[[gnu::cold]] errc barriered_replace(context*, std::uint64_t* place, std::uint64_t* expected,
                                     std::uint64_t desired) noexcept;
[[gnu::cold]] void shade(context*, std::uint64_t word) noexcept;
[[gnu::cold]] bool same_by_content(std::uint64_t a, std::uint64_t b) noexcept;
[[gnu::cold]] std::uint64_t first_sight(context*, std::uint32_t type_index) noexcept;
[[gnu::cold]] void* next_block(context*, std::size_t bytes, std::uint32_t type_index) noexcept;
[[gnu::cold]] void answer(context*) noexcept;
[[gnu::cold]] void wrong_kind() noexcept;
[[gnu::cold]] void wake_or_wait(context*) noexcept;
[[gnu::cold]] errc wait_for(context*, mutex_body*) noexcept;
[[gnu::cold]] std::uint64_t* more_slots(context*, std::uint64_t object) noexcept;
[[gnu::cold]] handle_by_hand* more_handles(context*) noexcept;
// What thread-local functions are bound to. Its instructions are not the path's.
std::uint64_t bound_function(std::uint64_t argument) noexcept;
}

// An agent, or its context by hand: the first argument of either half.
struct either {
  agent& a;
  context& c;
  operator agent&() const { return a; }
  operator context*() const { return &c; }
};

// What a path writes an answer to, or reads an operand from.
struct scratch {
  vec128 bytes{};
  template <class T>
  [[nodiscard]] T* of() {
    bytes = {};
    return reinterpret_cast<T*>(&bytes);
  }
  template <class T>
  operator T*() {
    return of<T>();
  }
};

// Not in the world: what enters must have left.
struct parked : either {
  explicit parked(const either& of) : either(of) {
    a.leave();
    c.state = 0;
  }
  parked(const parked&) = delete;
  ~parked() {
    a.enter();
    c.state = 1;
  }
};

// In the world, by a guard around this one.
struct nested : parked {
  explicit nested(const either& of) : parked(of), outer(a) {
    c.state = 1;
    ++c.entered;
  }
  ~nested() { --c.entered; }
  shoal::entered outer;
};

// What both halves work on: the same objects.
struct data {
  explicit data(const either& of) : self(of) {}
  either self;
  scratch room;
  scratch more;
  void* object = nullptr;                   // with a field of every kind, each 0 or null
  const shoal::descriptor* type = nullptr;  // whose objects are made by moving a cursor
  void* instance = nullptr;                 // of it
  shoal::field fields[shoal::field_kind_count];
  void* arrays[shoal::field_kind_count] = {};
  shoal::blueprint blueprint;
  void* function = nullptr;  // thread-local, bound to bound_function
  void* bound = nullptr;     // thread-bound
  shoal::agent_local local;  // set
  std::string_view text;     // interned
  std::uint32_t hash = 0;
  shoal::scope* scope = nullptr;
  shoal::local held;
  shoal::handle handle;
  shoal::weak_handle weak;
  shoal::local lock;  // a mutex
  shoal::local box;   // a mailbox, empty
  shoal::received* got = nullptr;
  ring_body* ring = nullptr;
  handle_by_hand* by_hand = nullptr;

  template <class T>
  [[nodiscard]] const shoal::field& field() const {
    return fields[static_cast<std::uint32_t>(shoal::kind_of_type<T>)];
  }
  template <class T>
  [[nodiscard]] std::uint32_t at() const {
    return field<T>().offset;
  }
  template <class T>
  [[nodiscard]] void* array() const {
    return arrays[static_cast<std::uint32_t>(shoal::kind_of_type<T>)];
  }
};

// One path. All of them are a list, for count.cpp.
struct path {
  using call = void (*)(data&);
  path(const char* is_called, call shoal_half, call floor_half)
      : name(is_called), shoal(shoal_half), floor(floor_half), next(first) {
    first = this;
  }
  const char* name;
  call shoal;
  call floor;
  path* next;
  inline static path* first = nullptr;
};

// A function of which the compiler does not know which it is, so that it is called.
template <class F>
SHOAL_INLINE F* unknown(F* function) {
  asm volatile("" : "+r"(function));
  return function;
}

// PATH(name, arguments...): calls name_shoal and name_floor with these, `d` being the data.
#define PATH(name, ...)                                                               \
  static const path name##_path(                                                      \
      #name, [](data& d) { static_cast<void>(unknown(&name##_shoal)(__VA_ARGS__)); }, \
      [](data& d) { static_cast<void>(unknown(&name##_floor)(__VA_ARGS__)); });
// The same where the halves have different data: first what comes before, `x`.
#define PATH_WITH(name, shoals, floors, ...)                    \
  static const path name##_path(                                \
      #name,                                                    \
      [](data& d) {                                             \
        auto&& x = shoals;                                      \
        static_cast<void>(unknown(&name##_shoal)(__VA_ARGS__)); \
      },                                                        \
      [](data& d) {                                             \
        auto&& x = floors;                                      \
        static_cast<void>(unknown(&name##_floor)(__VA_ARGS__)); \
      });
