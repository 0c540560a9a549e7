// SPDX-License-Identifier: BSL-1.0
// The inlined fast paths, each beside the same work written by hand: check.py compares what the
// compilers make of x_shoal and x_floor.
//
// Compiled with -DSPOILED, some of Shoal's halves are worse than they should be, and check.py must
// find each of them.

#include <shoal/shoal.hpp>

#include <boost/atomic/atomic_ref.hpp>
#include <cstdint>
#include <type_traits>

using shoal::agent;
using shoal::errc;
using shoal::reference;
using shoal::typed_field;
using shoal::vec128;

// What a runtime without Shoal would keep for itself.
struct context {
  std::uintptr_t cursor;
  std::uintptr_t limit;
  bool barrier;
  std::uint64_t* prototypes;
  std::uint64_t* functions;
  std::uint64_t identity;
  std::uint32_t request;
};

struct object_header {
  std::uint32_t type_index;
  std::uint32_t word;
};

struct bound_body {
  object_header head;
  std::uint64_t owner;
  std::uint64_t target;
};

// Their slow halves.
extern "C" {
[[gnu::cold]] void barriered_store(context*, std::uint64_t* place, std::uint64_t word) noexcept;
[[gnu::cold]] std::uint64_t first_sight(context*, std::uint32_t type_index) noexcept;
[[gnu::cold]] void* next_block(context*, std::size_t bytes, std::uint32_t type_index) noexcept;
[[gnu::cold]] void answer(context*) noexcept;
}

namespace {

constexpr std::uint64_t tag_pair = 0xfffe'0000'0000'0000;
constexpr std::uint64_t local_tag = 0x0004'0000'0000'0000;

template <class T>
SHOAL_INLINE boost::atomic_ref<T> by_hand(void* object, std::uint32_t offset) noexcept {
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
  }
#define STORE(kind, T, order)                                                                  \
  extern "C" void store_##kind##_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                                 T value) {                                    \
    a.store(reference(object), typed_field<T>{offset}, value, SHOAL_ORDER_##order);            \
  }                                                                                            \
  extern "C" void store_##kind##_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                                 T value) {                                    \
    by_hand<T>(object, offset).store(value, BOOST_ORDER_##order);                              \
  }
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
    return by_hand<T>(object, offset).fetch_add(value, BOOST_ORDER_##order);                    \
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
  }
#define SCALAR(kind, T)     \
  LOAD(kind, T, unordered)  \
  LOAD(kind, T, acquire)    \
  LOAD(kind, T, seq_cst)    \
  STORE(kind, T, unordered) \
  STORE(kind, T, release)   \
  STORE(kind, T, seq_cst)   \
  UPDATE(kind, T, seq_cst)

SCALAR(i8, std::int8_t)
SCALAR(i16, std::int16_t)
SCALAR(i32, std::int32_t)
SCALAR(i64, std::int64_t)
SCALAR(u8, std::uint8_t)
SCALAR(u16, std::uint16_t)
SCALAR(u32, std::uint32_t)
SCALAR(u64, std::uint64_t)
SCALAR(f32, float)
SCALAR(f64, double)

// A boolean is a byte that is 0 or 1, and true where it is not 0.
#define BOOLEAN_LOAD(order)                                                                 \
  extern "C" bool load_bool_##order##_shoal(agent& a, void* object, std::uint32_t offset) { \
    return a.load(reference(object), typed_field<bool>{offset}, SHOAL_ORDER_##order);       \
  }                                                                                         \
  extern "C" bool load_bool_##order##_floor(agent&, void* object, std::uint32_t offset) {   \
    return by_hand<std::uint8_t>(object, offset).load(BOOST_ORDER_##order) != 0;            \
  }
#define BOOLEAN_STORE(order)                                                               \
  extern "C" void store_bool_##order##_shoal(agent& a, void* object, std::uint32_t offset, \
                                             bool value) {                                 \
    a.store(reference(object), typed_field<bool>{offset}, value, SHOAL_ORDER_##order);     \
  }                                                                                        \
  extern "C" void store_bool_##order##_floor(agent&, void* object, std::uint32_t offset,   \
                                             bool value) {                                 \
    by_hand<std::uint8_t>(object, offset).store(value ? 1 : 0, BOOST_ORDER_##order);       \
  }
BOOLEAN_LOAD(unordered)
BOOLEAN_LOAD(acquire)
BOOLEAN_LOAD(seq_cst)
BOOLEAN_STORE(unordered)
BOOLEAN_STORE(release)
BOOLEAN_STORE(seq_cst)

// ---------------------------------------------------------------------------- v128

using xmm = std::uint64_t __attribute__((vector_size(16)));

extern "C" void load_v128_unordered_shoal(agent& a, void* object, std::uint32_t offset,
                                          vec128* out) {
  *out = a.load(reference(object), typed_field<vec128>{offset}, shoal::unordered);
}
extern "C" void load_v128_unordered_floor(agent&, void* object, std::uint32_t offset, vec128* out) {
  xmm bits;
  asm volatile("vmovdqa %1, %0"
               : "=x"(bits)
               : "m"(*reinterpret_cast<vec128*>(static_cast<char*>(object) + offset)));
  std::memcpy(out, &bits, sizeof bits);
}
extern "C" void store_v128_unordered_shoal(agent& a, void* object, std::uint32_t offset,
                                           const vec128* value) {
  a.store(reference(object), typed_field<vec128>{offset}, *value, shoal::unordered);
}
extern "C" void store_v128_unordered_floor(agent&, void* object, std::uint32_t offset,
                                           const vec128* value) {
  xmm bits;
  std::memcpy(&bits, value, sizeof bits);
  asm volatile("vmovdqa %1, %0"
               : "=m"(*reinterpret_cast<vec128*>(static_cast<char*>(object) + offset))
               : "x"(bits));
}

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
  }
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
  }
ANY_STORE(unordered, release)
ANY_STORE(release, release)
ANY_STORE(seq_cst, seq_cst)

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

extern "C" std::uint64_t binding_shoal(agent& a, void* function) {
  return a.binding(reference(function));
}
extern "C" std::uint64_t binding_floor(context* c, void* function) {
  return c->functions[static_cast<object_header*>(function)->word];
}

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

// ---------------------------------------------------------------------------- creation, poll

extern "C" void* create_shoal(agent& a, const shoal::descriptor* what) {
  return a.try_create(shoal::type(what)).address();
}
// The descriptor's size, index and kind of allocation are asked for, and the memory is zeroed.
extern "C" void* create_floor(context* c, const shoal::descriptor* what) {
  const std::size_t bytes = what->size;
  if (bytes > c->limit - c->cursor) [[unlikely]]
    return next_block(c, bytes, what->index);
  auto* object = reinterpret_cast<object_header*>(c->cursor);
  c->cursor += (bytes + 7) & ~std::size_t{7};
  object->type_index = what->index;
  object->word = 0;
  return object;
}

extern "C" void poll_shoal(agent& a) { a.poll(); }
extern "C" void poll_floor(context* c) {
  if (boost::atomic_ref<std::uint32_t>(c->request).load(boost::memory_order::relaxed) != 0)
      [[unlikely]] {
    answer(c);
  }
}
