// SPDX-License-Identifier: BSL-1.0
// The inlined fast paths of the public headers, each beside the same work written by hand. check.py
// compares what the compilers make of x_shoal and x_floor; count.py counts what one call of each
// executes, on real objects.
//
// Compiled with -DSPOILED, some of Shoal's halves are worse than they should be, and both must find
// them.

#include "paths.hpp"

#include <boost/atomic/atomic_ref.hpp>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace {

constexpr std::uint64_t tag_pair = 0xfffe'0000'0000'0000;
constexpr std::uint64_t local_tag = 0x0004'0000'0000'0000;

template <class T>
SHOAL_INLINE boost::atomic_ref<T> by_hand(void* object, std::uint64_t offset) noexcept {
  return boost::atomic_ref<T>(*reinterpret_cast<T*>(static_cast<char*>(object) + offset));
}

// Boost's add for floating point guesses its first value with a plain read, which is a race.
template <class T>
SHOAL_INLINE T add_by_hand(boost::atomic_ref<T> where, T value, boost::memory_order how) noexcept {
  if constexpr (std::is_floating_point_v<T>) {
    T seen = where.load(boost::memory_order::relaxed);
    while (!where.compare_exchange_weak(seen, seen + value, how, boost::memory_order::relaxed)) {
    }
    return seen;
  } else {
    return where.fetch_add(value, how);
  }
}

SHOAL_INLINE std::uint64_t& by_hand_place(void* object, std::uint32_t offset) noexcept {
  return *reinterpret_cast<std::uint64_t*>(static_cast<char*>(object) + offset);
}

template <class T>
SHOAL_INLINE boost::atomic_ref<T> by_hand(T& word) noexcept {
  return boost::atomic_ref<T>(word);
}

SHOAL_INLINE bool is_subtype(context* c, std::uint32_t sub, std::uint32_t super) noexcept {
  const type_by_hand* const below = by_hand(c->types[sub]).load(boost::memory_order::acquire);
  const type_by_hand* const above = by_hand(c->types[super]).load(boost::memory_order::acquire);
  return below->depth >= above->depth && below->ancestors[above->depth] == super;
}

SHOAL_INLINE void write_header_by_hand(void* object, std::uint32_t type_index,
                                       std::uint32_t word) noexcept {
  const std::uint64_t both = std::uint64_t{word} << 32 | type_index;
  std::memcpy(object, &both, sizeof both);
}

// Room for that many bytes, with their header written.
SHOAL_INLINE void* bump_by_hand(context* c, std::size_t bytes, std::size_t asked,
                                std::uint32_t type_index, std::uint32_t word) noexcept {
  if (asked > c->limit - c->cursor) [[unlikely]]
    return next_block(c, bytes, type_index);
  void* object = reinterpret_cast<void*>(c->cursor);
  c->cursor += bytes;
  write_header_by_hand(object, type_index, word);
  return object;
}

SHOAL_INLINE std::uint64_t* push_by_hand(context* c, std::uint64_t object) noexcept {
  if (c->top == c->end) [[unlikely]]
    return more_slots(c, object);
  *c->top = object;
  return c->top++;
}

SHOAL_INLINE void change_by_hand(context* c, std::uint32_t from, std::uint32_t to) noexcept {
  if (!by_hand(c->state).compare_exchange_strong(from, to, boost::memory_order::acq_rel))
      [[unlikely]] {
    wake_or_wait(c);
  }
}

}  // namespace

#if defined(SPOILED)
// Mistakes as they happen: a stronger order, a check that is not folded, a copy through memory.
#define SHOAL_ORDER_unordered shoal::seq_cst
#else
#define SHOAL_ORDER_unordered shoal::unordered
#endif
#define SHOAL_ORDER_acquire shoal::acquire
#define SHOAL_ORDER_release shoal::release
#define SHOAL_ORDER_seq_cst shoal::seq_cst
#define BOOST_ORDER_unordered boost::memory_order::relaxed
#define BOOST_ORDER_acquire boost::memory_order::acquire
#define BOOST_ORDER_release boost::memory_order::release
#define BOOST_ORDER_seq_cst boost::memory_order::seq_cst

// ---------------------------------------------------------------------------- scalar fields

#define LOAD(kind, T, order)                                                                 \
  extern "C" T load_##kind##_##order##_shoal(agent& a, void* object, std::uint32_t offset) { \
    return a.load(reference(object), typed_field<T>{offset}, SHOAL_ORDER_##order);           \
  }                                                                                          \
  extern "C" T load_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset) {   \
    return by_hand<T>(object, offset).load(BOOST_ORDER_##order);                             \
  }                                                                                          \
  PATH(load_##kind##_##order, d.self, d.object, d.at<T>())
#define STORE(kind, T, order)                                                                  \
  extern "C" void store_##kind##_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                                 T value) {                                    \
    a.store(reference(object), typed_field<T>{offset}, value, SHOAL_ORDER_##order);            \
  }                                                                                            \
  extern "C" void store_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                                 T value) {                                    \
    by_hand<T>(object, offset).store(value, BOOST_ORDER_##order);                              \
  }                                                                                            \
  PATH(store_##kind##_##order, d.self, d.object, d.at<T>(), T{})
#define UPDATE(kind, T, order)                                                                  \
  extern "C" T exchange_##kind##_##order##_shoal(agent& a, void* object, std::uint32_t offset,  \
                                                 T value) {                                     \
    return a.exchange(reference(object), typed_field<T>{offset}, value, SHOAL_ORDER_##order);   \
  }                                                                                             \
  extern "C" T exchange_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset,    \
                                                 T value) {                                     \
    return by_hand<T>(object, offset).exchange(value, BOOST_ORDER_##order);                     \
  }                                                                                             \
  extern "C" T fetch_add_##kind##_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                                  T value) {                                    \
    return a.fetch_add(reference(object), typed_field<T>{offset}, value, SHOAL_ORDER_##order);  \
  }                                                                                             \
  extern "C" T fetch_add_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                                  T value) {                                    \
    return add_by_hand(by_hand<T>(object, offset), value, BOOST_ORDER_##order);                 \
  }                                                                                             \
  extern "C" bool compare_exchange_##kind##_##order##_shoal(                                    \
      agent& a, void* object, std::uint32_t offset, T* expected, T desired) {                   \
    return a.compare_exchange(reference(object), typed_field<T>{offset}, *expected, desired,    \
                              SHOAL_ORDER_##order);                                             \
  }                                                                                             \
  extern "C" bool compare_exchange_##kind##_##order##_floor(                                    \
      agent&, void* object, std::uint32_t offset, T* expected, T desired) {                     \
    return by_hand<T>(object, offset)                                                           \
        .compare_exchange_strong(*expected, desired, BOOST_ORDER_##order);                      \
  }                                                                                             \
  PATH(exchange_##kind##_##order, d.self, d.object, d.at<T>(), T{})                             \
  PATH(fetch_add_##kind##_##order, d.self, d.object, d.at<T>(), T{})                            \
  PATH(compare_exchange_##kind##_##order, d.self, d.object, d.at<T>(), d.room, T{})
// Of integers only.
#define COMBINE(what, kind, T, order)                                                              \
  extern "C" T fetch_##what##_##kind##_##order##_shoal(agent& a, void* object,                     \
                                                       std::uint32_t offset, T value) {            \
    return a.fetch_##what(reference(object), typed_field<T>{offset}, value, SHOAL_ORDER_##order);  \
  }                                                                                                \
  extern "C" T fetch_##what##_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset, \
                                                       T value) {                                  \
    return by_hand<T>(object, offset).fetch_##what(value, BOOST_ORDER_##order);                    \
  }                                                                                                \
  PATH(fetch_##what##_##kind##_##order, d.self, d.object, d.at<T>(), T{})
#define SCALAR(kind, T)      \
  LOAD(kind, T, unordered)   \
  LOAD(kind, T, acquire)     \
  LOAD(kind, T, seq_cst)     \
  STORE(kind, T, unordered)  \
  STORE(kind, T, release)    \
  STORE(kind, T, seq_cst)    \
  UPDATE(kind, T, unordered) \
  UPDATE(kind, T, seq_cst)
#define INTEGER(kind, T)         \
  SCALAR(kind, T)                \
  COMBINE(sub, kind, T, seq_cst) \
  COMBINE(and, kind, T, seq_cst) \
  COMBINE(or, kind, T, seq_cst)  \
  COMBINE(xor, kind, T, seq_cst)

INTEGER(i8, std::int8_t)
INTEGER(i16, std::int16_t)
INTEGER(i32, std::int32_t)
INTEGER(i64, std::int64_t)
INTEGER(u8, std::uint8_t)
INTEGER(u16, std::uint16_t)
INTEGER(u32, std::uint32_t)
INTEGER(u64, std::uint64_t)
SCALAR(f32, float)
SCALAR(f64, double)

// A boolean is a byte that is 0 or 1, and true where it is not 0.
#define BOOLEAN_LOAD(order)                                                                 \
  extern "C" bool load_bool_##order##_shoal(agent& a, void* object, std::uint32_t offset) { \
    return a.load(reference(object), typed_field<bool>{offset}, SHOAL_ORDER_##order);       \
  }                                                                                         \
  extern "C" bool load_bool_##order##_floor(agent&, void* object, std::uint32_t offset) {   \
    return by_hand<std::uint8_t>(object, offset).load(BOOST_ORDER_##order) != 0;            \
  }                                                                                         \
  PATH(load_bool_##order, d.self, d.object, d.at<bool>())
#define BOOLEAN_STORE(order)                                                               \
  extern "C" void store_bool_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                             bool value) {                                 \
    a.store(reference(object), typed_field<bool>{offset}, value, SHOAL_ORDER_##order);     \
  }                                                                                        \
  extern "C" void store_bool_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                             bool value) {                                 \
    by_hand<std::uint8_t>(object, offset).store(value ? 1 : 0, BOOST_ORDER_##order);       \
  }                                                                                        \
  PATH(store_bool_##order, d.self, d.object, d.at<bool>(), true)
BOOLEAN_LOAD(unordered)
BOOLEAN_LOAD(acquire)
BOOLEAN_LOAD(seq_cst)
BOOLEAN_STORE(unordered)
BOOLEAN_STORE(release)
BOOLEAN_STORE(seq_cst)

extern "C" bool exchange_bool_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                            bool value) {
  return a.exchange(reference(object), typed_field<bool>{offset}, value, shoal::seq_cst);
}
extern "C" bool exchange_bool_seq_cst_floor(agent&, void* object, std::uint32_t offset,
                                            bool value) {
  return by_hand<std::uint8_t>(object, offset)
             .exchange(value ? 1 : 0, boost::memory_order::seq_cst) != 0;
}
PATH(exchange_bool_seq_cst, d.self, d.object, d.at<bool>(), false)

extern "C" bool compare_exchange_bool_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                                    bool* expected, bool desired) {
  return a.compare_exchange(reference(object), typed_field<bool>{offset}, *expected, desired,
                            shoal::seq_cst);
}
extern "C" bool compare_exchange_bool_seq_cst_floor(agent&, void* object, std::uint32_t offset,
                                                    bool* expected, bool desired) {
  std::uint8_t seen = *expected ? 1 : 0;
  const bool done =
      by_hand<std::uint8_t>(object, offset)
          .compare_exchange_strong(seen, desired ? 1 : 0, boost::memory_order::seq_cst);
  *expected = seen != 0;
  return done;
}
PATH(compare_exchange_bool_seq_cst, d.self, d.object, d.at<bool>(), d.room, false)

// A field that is looked up while the program runs: its kind is compared first.
extern "C" std::int32_t load_field_i32_shoal(agent& a, void* object, const shoal::field* where) {
  return a.load<std::int32_t>(reference(object), *where);
}
extern "C" std::int32_t load_field_i32_floor(agent&, void* object, const shoal::field* where) {
  if (where->kind != shoal::i32) [[unlikely]]
    wrong_kind();
  return by_hand<std::int32_t>(object, where->offset).load(boost::memory_order::relaxed);
}
PATH(load_field_i32, d.self, d.object, &d.field<std::int32_t>())

extern "C" void store_field_i32_shoal(agent& a, void* object, const shoal::field* where,
                                      std::int32_t value) {
  a.store(reference(object), *where, value);
}
extern "C" void store_field_i32_floor(agent&, void* object, const shoal::field* where,
                                      std::int32_t value) {
  if (where->kind != shoal::i32 || where->constant) [[unlikely]]
    wrong_kind();
  by_hand<std::int32_t>(object, where->offset).store(value, boost::memory_order::relaxed);
}
PATH(store_field_i32, d.self, d.object, &d.field<std::int32_t>(), 0)

// ---------------------------------------------------------------------------- v128

using xmm = std::uint64_t __attribute__((vector_size(16)));

SHOAL_INLINE vec128& wide_by_hand(void* object, std::uint32_t offset) noexcept {
  return *reinterpret_cast<vec128*>(static_cast<char*>(object) + offset);
}

#define WIDE_LOAD(order)                                                                        \
  extern "C" void load_v128_##order##_shoal(agent& a, void* object, std::uint32_t offset,       \
                                            vec128* out) {                                      \
    *out = a.load(reference(object), typed_field<vec128>{offset}, shoal::order);                \
  }                                                                                             \
  extern "C" void load_v128_##order##_floor(agent&, void* object, std::uint32_t offset,         \
                                            vec128* out) {                                      \
    xmm bits;                                                                                   \
    asm volatile("vmovdqa %1, %0" : "=x"(bits) : "m"(wide_by_hand(object, offset)) : "memory"); \
    std::memcpy(out, &bits, sizeof bits);                                                       \
  }                                                                                             \
  PATH(load_v128_##order, d.self, d.object, d.at<vec128>(), d.room)
WIDE_LOAD(unordered)
WIDE_LOAD(acquire)
WIDE_LOAD(seq_cst)

// Ordered as a seq_cst store is: nothing passes it.
#define WIDE_STORE(order, after)                                                           \
  extern "C" void store_v128_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                             const vec128* value) {                        \
    a.store(reference(object), typed_field<vec128>{offset}, *value, shoal::order);         \
  }                                                                                        \
  extern "C" void store_v128_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                             const vec128* value) {                        \
    xmm bits;                                                                              \
    std::memcpy(&bits, value, sizeof bits);                                                \
    asm volatile("vmovdqa %1, %0" after                                                    \
                 : "=m"(wide_by_hand(object, offset))                                      \
                 : "x"(bits)                                                               \
                 : "memory", "cc");                                                        \
  }                                                                                        \
  PATH(store_v128_##order, d.self, d.object, d.at<vec128>(), d.room.of<vec128>())
WIDE_STORE(unordered, "")
WIDE_STORE(release, "")
WIDE_STORE(seq_cst, "\n\tlock orq $0, (%%rsp)")

SHOAL_INLINE bool wide_cas_by_hand(vec128& word, vec128& expected, vec128 desired) noexcept {
  bool done;
  asm volatile("lock cmpxchg16b %1"
               : "=@ccz"(done), "+m"(word), "+a"(expected.low), "+d"(expected.high)
               : "b"(desired.low), "c"(desired.high)
               : "memory");
  return done;
}

extern "C" void exchange_v128_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                            const vec128* value, vec128* old) {
  *old = a.exchange(reference(object), typed_field<vec128>{offset}, *value, shoal::seq_cst);
}
extern "C" void exchange_v128_seq_cst_floor(agent&, void* object, std::uint32_t offset,
                                            const vec128* value, vec128* old) {
  vec128& word = wide_by_hand(object, offset);
  const vec128 desired = *value;
  xmm bits;
  asm volatile("vmovdqa %1, %0" : "=x"(bits) : "m"(word));
  vec128 seen;
  std::memcpy(&seen, &bits, sizeof seen);
  while (!wide_cas_by_hand(word, seen, desired)) {
  }
  *old = seen;
}
PATH(exchange_v128_seq_cst, d.self, d.object, d.at<vec128>(), d.room.of<vec128>(), d.more)

extern "C" bool compare_exchange_v128_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                                    vec128* expected, const vec128* desired) {
  return a.compare_exchange(reference(object), typed_field<vec128>{offset}, *expected, *desired,
                            shoal::seq_cst);
}
extern "C" bool compare_exchange_v128_seq_cst_floor(agent&, void* object, std::uint32_t offset,
                                                    vec128* expected, const vec128* desired) {
  return wide_cas_by_hand(wide_by_hand(object, offset), *expected, *desired);
}
PATH(compare_exchange_v128_seq_cst, d.self, d.object, d.at<vec128>(), d.room, d.more.of<vec128>())

// ---------------------------------------------------------------------------- any and ref

#define ANY_LOAD(order, native)                                                                   \
  extern "C" std::uint64_t load_any_##order##_shoal(agent& a, void* object,                       \
                                                    std::uint32_t offset) {                       \
    return a.load(reference(object), typed_field<shoal::value>{offset}, shoal::order).word();     \
  }                                                                                               \
  extern "C" std::uint64_t load_any_##order##_floor(agent&, void* object, std::uint32_t offset) { \
    return by_hand<std::uint64_t>(object, offset).load(boost::memory_order::native);              \
  }                                                                                               \
  extern "C" void* load_ref_##order##_shoal(agent& a, void* object, std::uint32_t offset) {       \
    return a.load(reference(object), typed_field<reference>{offset}, shoal::order).address();     \
  }                                                                                               \
  extern "C" void* load_ref_##order##_floor(agent&, void* object, std::uint32_t offset) {         \
    return by_hand<void*>(object, offset).load(boost::memory_order::native);                      \
  }                                                                                               \
  PATH(load_any_##order, d.self, d.object, d.at<shoal::value>())                                  \
  PATH(load_ref_##order, d.self, d.object, d.at<reference>())
ANY_LOAD(unordered, acquire)
ANY_LOAD(acquire, acquire)
ANY_LOAD(seq_cst, seq_cst)

#define ANY_STORE(order, native)                                                                   \
  extern "C" errc store_any_##order##_shoal(agent& a, void* object, std::uint32_t offset,          \
                                            std::uint64_t word) {                                  \
    return a.store(reference(object), typed_field<shoal::value>{offset},                           \
                   shoal::value::of_word(word), shoal::order);                                     \
  }                                                                                                \
  extern "C" errc store_any_##order##_floor(context* c, void* object, std::uint32_t offset,        \
                                            std::uint64_t word) {                                  \
    if ((word & tag_pair) == local_tag) [[unlikely]]                                               \
      return errc::unshared_value;                                                                 \
    if (c->barrier) [[unlikely]] {                                                                 \
      barriered_store(c, &by_hand_place(object, offset), word);                                    \
      return errc::ok;                                                                             \
    }                                                                                              \
    by_hand<std::uint64_t>(object, offset).store(word, boost::memory_order::native);               \
    return errc::ok;                                                                               \
  }                                                                                                \
  extern "C" errc store_ref_##order##_shoal(agent& a, void* object, std::uint32_t offset,          \
                                            void* value) {                                         \
    return a.store(reference(object), typed_field<reference>{offset}, reference(value),            \
                   shoal::order);                                                                  \
  }                                                                                                \
  extern "C" errc store_ref_##order##_floor(context* c, void* object, std::uint32_t offset,        \
                                            void* value) {                                         \
    if (c->barrier) [[unlikely]] {                                                                 \
      barriered_store(c, &by_hand_place(object, offset), reinterpret_cast<std::uintptr_t>(value)); \
      return errc::ok;                                                                             \
    }                                                                                              \
    by_hand<std::uint64_t>(object, offset)                                                         \
        .store(reinterpret_cast<std::uintptr_t>(value), boost::memory_order::native);              \
    return errc::ok;                                                                               \
  }                                                                                                \
  PATH(store_any_##order, d.self, d.object, d.at<shoal::value>(), shoal::value().word())           \
  PATH(store_ref_##order, d.self, d.object, d.at<reference>(), nullptr)
ANY_STORE(unordered, release)
ANY_STORE(release, release)
ANY_STORE(seq_cst, seq_cst)

extern "C" errc exchange_any_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                           std::uint64_t word, std::uint64_t* old) {
  shoal::value seen;
  const errc code = a.exchange(reference(object), typed_field<shoal::value>{offset},
                               shoal::value::of_word(word), seen, shoal::seq_cst);
  *old = seen.word();
  return code;
}
extern "C" errc exchange_any_seq_cst_floor(context* c, void* object, std::uint32_t offset,
                                           std::uint64_t word, std::uint64_t* old) {
  if ((word & tag_pair) == local_tag) [[unlikely]] {
    *old = 0;
    return errc::unshared_value;
  }
  if (c->barrier) [[unlikely]]
    return barriered_exchange(c, &by_hand_place(object, offset), word, old);
  *old = by_hand<std::uint64_t>(object, offset).exchange(word, boost::memory_order::seq_cst);
  return errc::ok;
}
PATH(exchange_any_seq_cst, d.self, d.object, d.at<shoal::value>(), shoal::value().word(), d.room)

extern "C" errc exchange_ref_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                           void* value, void** old) {
  reference seen;
  const errc code = a.exchange(reference(object), typed_field<reference>{offset}, reference(value),
                               seen, shoal::seq_cst);
  *old = seen.address();
  return code;
}
extern "C" errc exchange_ref_seq_cst_floor(context* c, void* object, std::uint32_t offset,
                                           void* value, void** old) {
  if (c->barrier) [[unlikely]] {
    return barriered_exchange(c, &by_hand_place(object, offset),
                              reinterpret_cast<std::uintptr_t>(value),
                              reinterpret_cast<std::uint64_t*>(old));
  }
  *old = by_hand<void*>(object, offset).exchange(value, boost::memory_order::seq_cst);
  return errc::ok;
}
PATH(exchange_ref_seq_cst, d.self, d.object, d.at<reference>(), nullptr, d.room)

SHOAL_INLINE errc replace_any_by_hand(context* c, void* object, std::uint32_t offset,
                                      std::uint64_t* expected, std::uint64_t desired) noexcept {
  if ((desired & tag_pair) == local_tag) [[unlikely]]
    return errc::unshared_value;
  if (c->barrier) [[unlikely]]
    return barriered_replace(c, &by_hand_place(object, offset), expected, desired);
  boost::atomic_ref<std::uint64_t> word = by_hand<std::uint64_t>(object, offset);
  std::uint64_t seen = word.load(boost::memory_order::seq_cst);
  do {
    if (seen != *expected && !same_by_content(seen, *expected)) [[unlikely]] {
      *expected = seen;
      return errc::not_equal;
    }
  } while (!word.compare_exchange_strong(seen, desired, boost::memory_order::seq_cst));
  *expected = seen;
  return errc::ok;
}

extern "C" errc compare_exchange_any_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                                   std::uint64_t* expected, std::uint64_t desired) {
  shoal::value seen = shoal::value::of_word(*expected);
  const errc code = a.compare_exchange(reference(object), typed_field<shoal::value>{offset}, seen,
                                       shoal::value::of_word(desired), shoal::seq_cst);
  *expected = seen.word();
  return code;
}
extern "C" errc compare_exchange_any_seq_cst_floor(context* c, void* object, std::uint32_t offset,
                                                   std::uint64_t* expected, std::uint64_t desired) {
  return replace_any_by_hand(c, object, offset, expected, desired);
}
PATH(compare_exchange_any_seq_cst, d.self, d.object, d.at<shoal::value>(), d.room,
     shoal::value().word())

extern "C" errc compare_exchange_ref_seq_cst_shoal(agent& a, void* object, std::uint32_t offset,
                                                   void** expected, void* desired) {
  reference seen(*expected);
  const errc code = a.compare_exchange(reference(object), typed_field<reference>{offset}, seen,
                                       reference(desired), shoal::seq_cst);
  *expected = seen.address();
  return code;
}
extern "C" errc compare_exchange_ref_seq_cst_floor(context* c, void* object, std::uint32_t offset,
                                                   void** expected, void* desired) {
  if (c->barrier) [[unlikely]] {
    return barriered_replace(c, &by_hand_place(object, offset),
                             reinterpret_cast<std::uint64_t*>(expected),
                             reinterpret_cast<std::uintptr_t>(desired));
  }
  return by_hand<void*>(object, offset)
                 .compare_exchange_strong(*expected, desired, boost::memory_order::seq_cst)
             ? errc::ok
             : errc::not_equal;
}
PATH(compare_exchange_ref_seq_cst, d.self, d.object, d.at<reference>(), d.room, nullptr)

// A `ref` that names a type: the object's is looked at before it is stored.
extern "C" errc store_ref_typed_shoal(agent& a, void* object, std::uint32_t offset, void* value,
                                      std::uint32_t ref_type) {
  return a.store(reference(object), typed_field<reference>{offset, ref_type}, reference(value));
}
extern "C" errc store_ref_typed_floor(context* c, void* object, std::uint32_t offset, void* value,
                                      std::uint32_t ref_type) {
  if (value != nullptr) {
    const std::uint32_t index = static_cast<object_header*>(value)->type_index;
    if (index != ref_type && !is_subtype(c, index, ref_type)) [[unlikely]]
      return errc::wrong_type;
  }
  if (c->barrier) [[unlikely]] {
    barriered_store(c, &by_hand_place(object, offset), reinterpret_cast<std::uintptr_t>(value));
    return errc::ok;
  }
  by_hand<std::uint64_t>(object, offset)
      .store(reinterpret_cast<std::uintptr_t>(value), boost::memory_order::release);
  return errc::ok;
}
PATH(store_ref_typed, d.self, d.object, d.at<reference>(), d.instance, d.type->index)

// A runtime with other words than the cluster's, whose translation costs nothing.
struct as_they_are {
  using shared = shoal::nan_box;
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return word; }
  static std::uint64_t to_own(std::uint64_t word) noexcept { return word; }
};
using translated = shoal::translated<as_they_are>;

extern "C" std::uint64_t load_translated_shoal(agent& a, void* object, std::uint32_t offset) {
  return translated(a).load(reference(object), typed_field<shoal::value>{offset});
}
extern "C" std::uint64_t load_translated_floor(agent&, void* object, std::uint32_t offset) {
  return by_hand<std::uint64_t>(object, offset).load(boost::memory_order::acquire);
}
PATH(load_translated, d.self, d.object, d.at<shoal::value>())

extern "C" errc store_translated_shoal(agent& a, void* object, std::uint32_t offset,
                                       std::uint64_t word) {
  return translated(a).store(reference(object), typed_field<shoal::value>{offset}, word);
}
extern "C" errc store_translated_floor(context* c, void* object, std::uint32_t offset,
                                       std::uint64_t word) {
  if ((word & tag_pair) == local_tag) [[unlikely]]
    return errc::unshared_value;
  if (c->barrier) [[unlikely]] {
    barriered_store(c, &by_hand_place(object, offset), word);
    return errc::ok;
  }
  by_hand<std::uint64_t>(object, offset).store(word, boost::memory_order::release);
  return errc::ok;
}
PATH(store_translated, d.self, d.object, d.at<shoal::value>(), shoal::value().word())

extern "C" errc exchange_translated_shoal(agent& a, void* object, std::uint32_t offset,
                                          std::uint64_t word, std::uint64_t* old) {
  return translated(a).exchange(reference(object), typed_field<shoal::value>{offset}, word, *old,
                                shoal::seq_cst);
}
extern "C" errc exchange_translated_floor(context* c, void* object, std::uint32_t offset,
                                          std::uint64_t word, std::uint64_t* old) {
  if ((word & tag_pair) == local_tag) [[unlikely]]
    return errc::unshared_value;
  if (c->barrier) [[unlikely]]
    return barriered_exchange(c, &by_hand_place(object, offset), word, old);
  *old = by_hand<std::uint64_t>(object, offset).exchange(word, boost::memory_order::seq_cst);
  return errc::ok;
}
PATH(exchange_translated, d.self, d.object, d.at<shoal::value>(), shoal::value().word(), d.room)

extern "C" errc compare_exchange_translated_shoal(agent& a, void* object, std::uint32_t offset,
                                                  std::uint64_t* expected, std::uint64_t desired) {
  return translated(a).compare_exchange(reference(object), typed_field<shoal::value>{offset},
                                        *expected, desired, shoal::seq_cst);
}
extern "C" errc compare_exchange_translated_floor(context* c, void* object, std::uint32_t offset,
                                                  std::uint64_t* expected, std::uint64_t desired) {
  return replace_any_by_hand(c, object, offset, expected, desired);
}
PATH(compare_exchange_translated, d.self, d.object, d.at<shoal::value>(), d.room,
     shoal::value().word())

// ---------------------------------------------------------------------------- arrays

#define ELEMENT(kind, T)                                                                        \
  extern "C" T element_load_##kind##_shoal(agent&, void* array, std::uint64_t i) {              \
    shoal::cell<T>* const found = shoal::find_element<T>(array, i);                             \
    if (found == nullptr) [[unlikely]]                                                          \
      return T{};                                                                               \
    return shoal::load_scalar(*found);                                                          \
  }                                                                                             \
  extern "C" T element_load_##kind##_floor(agent&, void* array, std::uint64_t i) {              \
    const auto* head = static_cast<const object_header*>(array);                                \
    if (i >= head->word) [[unlikely]]                                                           \
      return T{};                                                                               \
    return by_hand<T>(array, 8 + i * sizeof(T)).load(boost::memory_order::relaxed);             \
  }                                                                                             \
  PATH(element_load_##kind, d.self, d.array<T>(), 3)                                            \
  extern "C" bool element_store_##kind##_shoal(agent&, void* array, std::uint64_t i, T value) { \
    shoal::cell<T>* const found = shoal::find_element<T>(array, i);                             \
    if (found == nullptr) [[unlikely]]                                                          \
      return false;                                                                             \
    shoal::store_scalar(*found, value);                                                         \
    return true;                                                                                \
  }                                                                                             \
  extern "C" bool element_store_##kind##_floor(agent&, void* array, std::uint64_t i, T value) { \
    const auto* head = static_cast<const object_header*>(array);                                \
    if (i >= head->word) [[unlikely]]                                                           \
      return false;                                                                             \
    by_hand<T>(array, 8 + i * sizeof(T)).store(value, boost::memory_order::relaxed);            \
    return true;                                                                                \
  }                                                                                             \
  PATH(element_store_##kind, d.self, d.array<T>(), 3, T{})
ELEMENT(i32, std::int32_t)
ELEMENT(f64, double)

extern "C" std::uint64_t element_load_any_shoal(agent&, void* array, std::uint64_t i) {
  const shoal::cell<std::uint64_t>* const found = shoal::find_element<std::uint64_t>(array, i);
  if (found == nullptr) [[unlikely]]
    return 0;
  return shoal::load_any(*found);
}
extern "C" std::uint64_t element_load_any_floor(agent&, void* array, std::uint64_t i) {
  const auto* head = static_cast<const object_header*>(array);
  if (i >= head->word) [[unlikely]]
    return 0;
  return by_hand<std::uint64_t>(array, 8 + i * 8).load(boost::memory_order::acquire);
}
PATH(element_load_any, d.self, d.array<shoal::value>(), 3)

// For loops over an array: it is looked at once.
extern "C" std::int32_t elements_load_i32_shoal(const shoal::elements<std::int32_t>* all,
                                                std::uint64_t i) {
  return shoal::load_scalar((*all)[i]);
}
extern "C" std::int32_t elements_load_i32_floor(void* const* first, std::uint64_t i) {
  return by_hand<std::int32_t>(*first, i * 4).load(boost::memory_order::relaxed);
}
PATH_WITH(elements_load_i32, shoal::elements<std::int32_t>(d.array<std::int32_t>()),
          d.array<std::int32_t>(), &x, 3)

extern "C" std::uint64_t array_length_shoal(void* array) { return shoal::array_length(array); }
extern "C" std::uint64_t array_length_floor(void* array) {
  const std::uint32_t word = static_cast<object_header*>(array)->word;
  if (word == 0) [[unlikely]]
    return by_hand_place(array, 8);
  return word;
}
PATH(array_length, d.array<std::int32_t>())

// ---------------------------------------------------------------------------- behaviour

extern "C" std::uint64_t prototype_of_shoal(agent& a, void* object) {
#if defined(SPOILED)
  return a.type_of_object(reference(object)) ? a.prototype_of(reference(object)).word() : 0;
#else
  return a.prototype_of(reference(object)).word();
#endif
}
extern "C" std::uint64_t prototype_of_floor(context* c, void* object) {
  const std::uint32_t index = static_cast<object_header*>(object)->type_index;
  const std::uint64_t word =
      boost::atomic_ref<std::uint64_t>(c->prototypes[index]).load(boost::memory_order::acquire);
  if (word < 8) [[unlikely]]
    return first_sight(c, index);
  return word;
}

PATH(prototype_of, d.self, d.object)

// The same for a runtime that has a realm and no agent.
extern "C" std::uint64_t realm_prototype_of_shoal(shoal::realm& realm, shoal::local_context& locals,
                                                  void* object) {
  return realm.prototype_of(locals, object).word();
}
extern "C" std::uint64_t realm_prototype_of_floor(context* c, shoal::local_context&, void* object) {
  const std::uint32_t index = static_cast<object_header*>(object)->type_index;
  const std::uint64_t word = by_hand(c->prototypes[index]).load(boost::memory_order::acquire);
  if (word < 8) [[unlikely]]
    return first_sight(c, index);
  return word;
}
PATH_WITH(realm_prototype_of, d.self.a.realm(), &d.self.c, x, d.self.a.locals(), d.object)

extern "C" std::uint64_t realm_peek_shoal(shoal::realm& realm, std::uint32_t index) {
  return realm.peek(index).word();
}
extern "C" std::uint64_t realm_peek_floor(context* c, std::uint32_t index) {
  return by_hand(c->prototypes[index]).load(boost::memory_order::acquire);
}
PATH_WITH(realm_peek, d.self.a.realm(), &d.self.c, x, d.type->index)

extern "C" std::uint64_t realm_epoch_shoal(shoal::realm& realm) { return realm.epoch(); }
extern "C" std::uint64_t realm_epoch_floor(context* c) {
  return by_hand(c->epoch).load(boost::memory_order::acquire);
}
PATH_WITH(realm_epoch, d.self.a.realm(), &d.self.c, x)

extern "C" const shoal::descriptor* type_of_object_shoal(agent& a, void* object) {
  return a.type_of_object(reference(object)).get();
}
extern "C" const type_by_hand* type_of_object_floor(context* c, void* object) {
  return by_hand(c->types[static_cast<object_header*>(object)->type_index])
      .load(boost::memory_order::acquire);
}
PATH(type_of_object, d.self, d.object)

extern "C" std::uint64_t binding_shoal(agent& a, void* function) {
  return a.binding(reference(function));
}
extern "C" std::uint64_t binding_floor(context* c, void* function) {
  return c->functions[static_cast<object_header*>(function)->word];
}

PATH(binding, d.self, d.function)

extern "C" errc thread_local_call_shoal(agent& a, void* function, std::uint64_t* out) {
  return shoal::call_binding<std::uint64_t(std::uint64_t)>(a.locals(), function, *out, 7);
}
extern "C" errc thread_local_call_floor(context* c, void* function, std::uint64_t* out) {
  const std::uint64_t word = c->functions[static_cast<object_header*>(function)->word];
  *out = reinterpret_cast<host_function>(word)(7);
  return errc::ok;
}
PATH(thread_local_call, d.self, d.function, d.room)

extern "C" std::uint64_t agent_local_get_shoal(agent& a, const shoal::agent_local* local) {
  return a.get(*local);
}
extern "C" std::uint64_t agent_local_get_floor(context* c, const shoal::agent_local* local) {
  return c->locals[local->slot];
}
PATH(agent_local_get, d.self, &d.local)

extern "C" errc thread_bound_get_shoal(agent& a, void* object, std::uint64_t* target) {
#if defined(SPOILED)
  const std::uint64_t* volatile through_memory = target;
  const errc code = a.bound_target(reference(object), *target);
  return through_memory == nullptr ? errc::owner_gone : code;
#else
  return a.bound_target(reference(object), *target);
#endif
}
extern "C" errc thread_bound_get_floor(context* c, void* object, std::uint64_t* target) {
  const auto* body = static_cast<const bound_body*>(object);
  if (body->owner != c->identity) [[unlikely]] {
    *target = 0;
    return errc::wrong_agent;
  }
  *target = body->target;
  if (*target == 0) [[unlikely]]
    return errc::owner_gone;
  return errc::ok;
}
PATH(thread_bound_get, d.self, d.bound, d.room)

extern "C" void* find_interned_shoal(agent& a, const char* text, std::size_t length,
                                     std::uint32_t hash) {
  return a.find_interned(std::string_view(text, length), hash).address();
}
extern "C" void* find_interned_floor(context* c, const char* text, std::size_t length,
                                     std::uint32_t hash) {
  string_table& table = *c->strings;
  for (std::size_t at = hash & table.mask;; at = (at + 1) & table.mask) {
    string_body* const found = by_hand(table.slots[at].entry).load(boost::memory_order::acquire);
    if (found == nullptr) [[unlikely]]
      return nullptr;
    if (table.slots[at].hash == hash && found->meta == length &&
        std::memcmp(found->units, text, length) == 0) {
      return found;
    }
  }
}
PATH(find_interned, d.self, d.text.data(), d.text.size(), d.hash)

// ---------------------------------------------------------------------------- creation

extern "C" void* create_shoal(agent& a, const shoal::descriptor* what) {
  return a.try_create(shoal::type(what)).address();
}
// The descriptor's size, index and kind of allocation are asked for, and the memory is zeroed.
extern "C" void* create_floor(context* c, const shoal::descriptor* what) {
  return bump_by_hand(c, (what->size + std::size_t{7}) & ~std::size_t{7}, what->size, what->index,
                      0);
}
PATH(create, d.self, d.type)

extern "C" void* create_blueprint_shoal(agent& a, const shoal::blueprint* what) {
  return a.try_create(*what).address();
}
extern "C" void* create_blueprint_floor(context* c, const shoal::blueprint* what) {
  return bump_by_hand(c, what->quick_bytes, what->quick_bytes, what->type_index, 0);
}
PATH(create_blueprint, d.self, &d.blueprint)

// As agents do that need to know why not, with the object held in a scope.
extern "C" void* create_held_shoal(agent& a, shoal::scope& in, const shoal::descriptor* what) {
  const shoal::result<shoal::local> made = a.create(in, what);
  return made ? made->get().address() : nullptr;
}
extern "C" void* create_held_floor(context* c, shoal::scope&, const shoal::descriptor* what) {
  void* object =
      bump_by_hand(c, (what->size + std::size_t{7}) & ~std::size_t{7}, what->size, what->index, 0);
  if (object == nullptr) [[unlikely]]
    return nullptr;
  const std::uint64_t* held = push_by_hand(c, reinterpret_cast<std::uintptr_t>(object));
  if (held == nullptr) [[unlikely]]
    return nullptr;
  return reinterpret_cast<void*>(*held);
}
PATH(create_held, d.self, *d.scope, d.type)

// For runtimes that have the heap alone.
extern "C" void* allocate_shoal(shoal::heap_context& heap, std::size_t bytes,
                                std::uint32_t type_index) {
  return heap.try_allocate(bytes, type_index, 0);
}
extern "C" void* allocate_floor(context* c, std::size_t bytes, std::uint32_t type_index) {
  return bump_by_hand(c, (bytes + 7) & ~std::size_t{7}, bytes, type_index, 0);
}
PATH_WITH(allocate, d.self.a.context(), &d.self.c, x, 32, d.type->index)

extern "C" void* allocate_whole_shoal(shoal::heap_context& heap, std::size_t bytes,
                                      std::uint32_t type_index) {
  return heap.try_allocate_whole(bytes, type_index, 0);
}
extern "C" void* allocate_whole_floor(context* c, std::size_t bytes, std::uint32_t type_index) {
  return bump_by_hand(c, bytes, bytes, type_index, 0);
}
PATH_WITH(allocate_whole, d.self.a.context(), &d.self.c, x, 32, d.type->index)

extern "C" void* allocate_wide_shoal(shoal::heap_context& heap, std::size_t bytes,
                                     std::uint32_t type_index) {
  return heap.try_allocate_wide(bytes, type_index, 0);
}
extern "C" void* allocate_wide_floor(context* c, std::size_t bytes, std::uint32_t type_index) {
  const std::size_t pad = c->cursor & 8;
  const std::size_t whole = (bytes + 7) & ~std::size_t{7};
  if (pad + bytes > c->limit - c->cursor) [[unlikely]]
    return next_block(c, whole, type_index);
  if (pad != 0) {
    // What lies between is an object of its own, so that the heap can be walked.
    write_header_by_hand(reinterpret_cast<void*>(c->cursor), 1, 1);
    c->cursor += 8;
  }
  void* object = reinterpret_cast<void*>(c->cursor);
  c->cursor += whole;
  write_header_by_hand(object, type_index, 0);
  return object;
}
PATH_WITH(allocate_wide, d.self.a.context(), &d.self.c, x, 32, d.type->index)

// ---------------------------------------------------------------------------- held objects

extern "C" void* scope_hold_shoal(agent& a, void* object) {
  shoal::scope scope(a);
  const shoal::local held = scope.hold(reference(object));
  asm volatile("" : : : "memory");
  return held.get().address();
}
extern "C" void* scope_hold_floor(context* c, void* object) {
  std::uint64_t* const mark = c->top;
  const std::uint64_t* held = push_by_hand(c, reinterpret_cast<std::uintptr_t>(object));
  asm volatile("" : : : "memory");
  void* found = held == nullptr ? nullptr : reinterpret_cast<void*>(*held);
  c->top = mark;
  return found;
}
PATH(scope_hold, d.self, d.object)

extern "C" void* local_get_shoal(shoal::local held) { return held.get().address(); }
extern "C" void* local_get_floor(const std::uint64_t* held) {
  return reinterpret_cast<void*>(*held);
}
PATH_WITH(local_get, d.held, d.self.c.end, x)

extern "C" void local_set_shoal(shoal::local held, void* object) { held.set(reference(object)); }
extern "C" void local_set_floor(std::uint64_t* held, void* object) {
  *held = reinterpret_cast<std::uintptr_t>(object);
}
PATH_WITH(local_set, d.held, d.self.c.end, x, d.object)

extern "C" void* handle_make_shoal(agent& a, void* object) {
  return shoal::handle(a.context(), reference(object)).release();
}
extern "C" void* handle_make_floor(context* c, void* object) {
  handle_by_hand* made = c->free_handles;
  if (made == nullptr) [[unlikely]] {
    made = more_handles(c);
    if (made == nullptr) return nullptr;
  }
  c->free_handles = made->next;
  by_hand(made->object)
      .store(reinterpret_cast<std::uintptr_t>(object), boost::memory_order::release);
  return made;
}
PATH(handle_make, d.self, d.object)

extern "C" void handle_drop_shoal(agent& a, void* made) {
  shoal::handle::adopt(made).drop_from(a.context());
}
extern "C" void handle_drop_floor(context* c, void* made) {
  auto* const dropped = static_cast<handle_by_hand*>(made);
  by_hand(dropped->object).store(0, boost::memory_order::relaxed);
  dropped->next = c->free_handles;
  c->free_handles = dropped;
}
PATH_WITH(handle_drop, unknown (&handle_make_shoal)(d.self, d.object),
          unknown (&handle_make_floor)(d.self, d.object), d.self, x)

extern "C" void* handle_get_shoal(agent& a, const shoal::handle* held) {
  return held->get(a.context()).address();
}
extern "C" void* handle_get_floor(context*, handle_by_hand* const* held) {
  return reinterpret_cast<void*>(by_hand((*held)->object).load(boost::memory_order::acquire));
}
PATH_WITH(handle_get, &d.handle, &d.by_hand, d.self, x)

extern "C" void* weak_handle_get_shoal(agent& a, const shoal::weak_handle* held) {
  return held->get(a.context()).address();
}
extern "C" void* weak_handle_get_floor(context* c, handle_by_hand* const* held) {
  const std::uint64_t word = by_hand((*held)->object).load(boost::memory_order::acquire);
  if (c->barrier) [[unlikely]]
    shade(c, word);
  return reinterpret_cast<void*>(word);
}
PATH_WITH(weak_handle_get, &d.weak, &d.by_hand, d.self, x)

// ---------------------------------------------------------------------------- safepoints

extern "C" void poll_shoal(agent& a) { a.poll(); }
extern "C" void poll_floor(context* c) {
  if (boost::atomic_ref<std::uint32_t>(c->request).load(boost::memory_order::relaxed) != 0)
      [[unlikely]] {
    answer(c);
  }
}
PATH(poll, d.self)

extern "C" void blocked_region_shoal(agent& a) {
  const shoal::blocked_region region(a);
  asm volatile("" : : : "memory");
}
extern "C" void blocked_region_floor(context* c) {
  change_by_hand(c, 1, 0);
  asm volatile("" : : : "memory");
  change_by_hand(c, 0, 1);
}
PATH(blocked_region, d.self)

#define ENTERED(name, how)                          \
  extern "C" void name##_shoal(agent& a) {          \
    const shoal::entered here(a);                   \
    asm volatile("" : : : "memory");                \
  }                                                 \
  extern "C" void name##_floor(context* c) {        \
    if (c->entered++ == 0) change_by_hand(c, 0, 1); \
    asm volatile("" : : : "memory");                \
    if (--c->entered == 0) change_by_hand(c, 1, 0); \
  }                                                 \
  PATH(name, how(d.self))
ENTERED(entered, parked)
ENTERED(entered_again, nested)

// ---------------------------------------------------------------------------- locks

extern "C" errc mutex_shoal(agent& a, shoal::local lock) {
  shoal::unlock_token token;
  const errc code = shoal::mutex::lock(a, lock, token);
  asm volatile("" : : : "memory");
  return code;
}
extern "C" errc mutex_floor(context* c, mutex_body* lock) {
  std::uint32_t nobody = 0;
  const auto mine = static_cast<std::uint32_t>(c->identity);
  if (!by_hand(lock->owner).compare_exchange_strong(nobody, mine, boost::memory_order::acquire))
      [[unlikely]]
    return wait_for(c, lock);
  asm volatile("" : : : "memory");
  by_hand(lock->owner).store(0, boost::memory_order::release);
  asm volatile("" : : : "memory");
  if (by_hand(lock->awaited).load(boost::memory_order::relaxed) != 0) [[unlikely]]
    wake_or_wait(c);
  return errc::ok;
}
PATH_WITH(mutex, d.lock, static_cast<mutex_body*>(d.lock.get().address()), d.self, x)

// ---------------------------------------------------------------------------- mailboxes

// A value in, and out again: a ring of which each slot says whose turn it is.
extern "C" errc mailbox_shoal(agent& a, shoal::local box, shoal::received* got,
                              std::uint64_t word) {
  const errc sent = shoal::mailbox::try_send(a, box, shoal::value::of_word(word));
  if (sent != errc::ok) [[unlikely]]
    return sent;
  asm volatile("" : : : "memory");
  return shoal::mailbox::try_receive(a, box, *got);
}
extern "C" errc mailbox_floor(context* c, ring_body* box, std::uint64_t* got, std::uint64_t word) {
  if ((word & tag_pair) == local_tag) [[unlikely]]
    return errc::unshared_value;
  std::uint64_t at = by_hand(box->tail).load(boost::memory_order::relaxed);
  ring_slot* slot = &box->slots[at & box->mask];
  if (by_hand(slot->turn).load(boost::memory_order::acquire) != at) [[unlikely]]
    return errc::timed_out;
  if (!by_hand(box->tail).compare_exchange_strong(at, at + 1, boost::memory_order::relaxed))
      [[unlikely]]
    return errc::timed_out;
  if (c->barrier) [[unlikely]]
    barriered_store(c, &slot->value, word);
  else
    by_hand(slot->value).store(word, boost::memory_order::relaxed);
  by_hand(slot->turn).store(at + 1, boost::memory_order::release);
  asm volatile("" : : : "memory");
  if (by_hand(box->values_awaited).load(boost::memory_order::relaxed) != 0) [[unlikely]]
    wake_or_wait(c);
  asm volatile("" : : : "memory");
  at = by_hand(box->head).load(boost::memory_order::relaxed);
  slot = &box->slots[at & box->mask];
  if (by_hand(slot->turn).load(boost::memory_order::acquire) != at + 1) [[unlikely]]
    return errc::timed_out;
  if (!by_hand(box->head).compare_exchange_strong(at, at + 1, boost::memory_order::relaxed))
      [[unlikely]]
    return errc::timed_out;
  *got = by_hand(slot->value).load(boost::memory_order::relaxed);
  constexpr std::uint64_t undefined = shoal::value().word();
  if (c->barrier) [[unlikely]]
    barriered_store(c, &slot->value, undefined);
  else
    by_hand(slot->value).store(undefined, boost::memory_order::relaxed);
  by_hand(slot->turn).store(at + box->mask + 1, boost::memory_order::release);
  asm volatile("" : : : "memory");
  if (by_hand(box->room_awaited).load(boost::memory_order::relaxed) != 0) [[unlikely]]
    wake_or_wait(c);
  return errc::ok;
}
static const path mailbox_path(
    "mailbox",
    [](data& d) {
      static_cast<void>(unknown(&mailbox_shoal)(d.self, d.box, d.got, shoal::value(1).word()));
    },
    [](data& d) {
      static_cast<void>(unknown(&mailbox_floor)(d.self, d.ring, d.room, shoal::value(1).word()));
    });
