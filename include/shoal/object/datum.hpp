// SPDX-License-Identifier: BSL-1.0
#pragma once

// datum: one number, truth, reference or vector outside of any encoding, and its way in and out of
// `any` words.
//
// Fast paths know a field's kind at compile time and need none of this. A runtime's generic access
// (obj[name] = v) reads a field of any kind as a datum and stores a datum with the errors that its
// user should see. Integers keep all their 64 bits: what an `any` field cannot hold is boxed.
//
// Thread safety: a plain value; a reference in it is raw (reference.hpp).
// Progress: wait-free, but for what encode's `box` does. same_datum reads strings that hash alike.
// Layer: object.
// Follows: ECMAScript's SameValue, in same_datum and same_value.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <shoal/object/reference.hpp>
#include <shoal/object/string.hpp>

namespace shoal::inline SHOAL_ABI {

struct datum {
  enum class form : std::uint8_t {
    undefined,
    null,
    boolean,
    integer,    // an i64
    natural,    // a u64 above every i64
    number,     // a double
    reference,  // an object; never null
    vector,     // 16 bytes
    word,       // an immediate of the runtime's own encoding
    local,      // an unshared word of the runtime's
  };

  form what = form::undefined;
  union {
    bool truth;
    std::int64_t integer;
    std::uint64_t natural;
    double number;
    void* object;
    vec128 vector;
    std::uint64_t word = 0;
  };

  // A datum of that form.
  [[nodiscard]] static datum undefined() noexcept { return {}; }
  [[nodiscard]] static datum null() noexcept { return with(form::null); }
  [[nodiscard]] static datum of(bool truth) noexcept {
    datum d = with(form::boolean);
    d.truth = truth;
    return d;
  }
  [[nodiscard]] static datum of(int integer) noexcept { return of(std::int64_t{integer}); }
  [[nodiscard]] static datum of(std::int64_t integer) noexcept {
    datum d = with(form::integer);
    d.integer = integer;
    return d;
  }
  // An integer where an i64 holds it.
  [[nodiscard]] static datum of(std::uint64_t natural) noexcept {
    if (natural <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return of(static_cast<std::int64_t>(natural));
    }
    datum d = with(form::natural);
    d.natural = natural;
    return d;
  }
  [[nodiscard]] static datum of(double number) noexcept {
    datum d = with(form::number);
    d.number = number;
    return d;
  }
  // Null becomes null.
  [[nodiscard]] static datum of_object(void* object) noexcept {
    if (object == nullptr) return null();
    datum d = with(form::reference);
    d.object = object;
    return d;
  }
  [[nodiscard]] static datum of(vec128 vector) noexcept {
    datum d = with(form::vector);
    d.vector = vector;
    return d;
  }
  // An unshared word of the runtime's, which every store refuses: unshared_value.
  [[nodiscard]] static datum of_local(std::uint64_t word) noexcept {
    datum d = with(form::local);
    d.word = word;
    return d;
  }
  // An immediate of the runtime's own encoding, which `any` fields hold as it is.
  [[nodiscard]] static datum of_word(std::uint64_t word) noexcept {
    datum d = with(form::word);
    d.word = word;
    return d;
  }

 private:
  static datum with(form what) noexcept {
    datum d;
    d.what = what;
    return d;
  }
};

// What a datum is, for messages: "a number", "an object", ...
[[nodiscard]] constexpr const char* name_of(datum::form form) noexcept {
  switch (form) {
    case datum::form::undefined:
      return "undefined";
    case datum::form::null:
      return "null";
    case datum::form::boolean:
      return "a boolean";
    case datum::form::integer:
    case datum::form::natural:
      return "an integer";
    case datum::form::number:
      return "a number";
    case datum::form::reference:
      return "a shared object";
    case datum::form::vector:
      return "a vector";
    case datum::form::local:
      return "an unshared value";
    default:
      return "a value of the host's";
  }
}

// Boxed integers, and doubles of encodings that cannot hold them all: header, then 8 bytes.
inline constexpr std::uint32_t boxed_integer_bytes = 16;

namespace detail {
struct boxed_integer_body {
  header head;
  payload<std::uint64_t> bits;
};
static_assert(sizeof(boxed_integer_body) == boxed_integer_bytes);
}  // namespace detail

// Fills in a fresh box behind its header.
inline void write_boxed_integer(void* memory, std::uint64_t bits) noexcept {
  static_cast<detail::boxed_integer_body*>(memory)->bits.set(bits);
}

// An object as a datum: boxed numbers are the numbers they hold.
[[nodiscard]] inline datum datum_of_object(void* object) noexcept {
  if (object == nullptr) return datum::null();
  const std::uint32_t type = header_of(object).type_index.get();
  if (type >= builtin::boxed_i64 && type <= builtin::boxed_f64) {
    const std::uint64_t bits = static_cast<detail::boxed_integer_body*>(object)->bits.get();
    if (type == builtin::boxed_f64) return datum::of(std::bit_cast<double>(bits));
    return type == builtin::boxed_i64 ? datum::of(static_cast<std::int64_t>(bits))
                                      : datum::of(bits);
  }
  return datum::of_object(object);
}

// A word as a datum.
template <value_encoding E>
[[nodiscard]] datum decode(std::uint64_t word) noexcept {
  switch (E::kind_of(word)) {
    case value_kind::undefined:
      return datum::undefined();
    case value_kind::null:
      return datum::null();
    case value_kind::boolean:
      return datum::of(E::to_bool(word));
    case value_kind::int32:
      return datum::of(std::int64_t{E::to_int32(word)});
    case value_kind::float64:
      return datum::of(E::to_double(word));
    case value_kind::reference:
      return datum_of_object(reinterpret_cast<void*>(E::data.address_of(word)));
    case value_kind::local:
      return datum::of_local(word);
    default:
      return datum::of_word(word);
  }
}

// The word of a datum. `box(bits, type_index)` makes a boxed number and answers its address, or
// null. It is called at most once, and only for integers beyond int32 and for doubles that the
// encoding has no words for. Errors: out_of_memory (box), wrong_kind (a vector), unshared_value.
template <value_encoding E, class Box>
[[nodiscard]] errc encode(const datum& from, std::uint64_t& word, Box&& box) noexcept {
  const auto boxed = [&](std::uint64_t bits, std::uint32_t type) {
    void* object = box(bits, type);
    if (object == nullptr) return errc::out_of_memory;
    word = E::from_reference(reinterpret_cast<std::uintptr_t>(object), false);
    return errc::ok;
  };
  switch (from.what) {
    case datum::form::undefined:
      word = E::data.undefined;
      return errc::ok;
    case datum::form::null:
      word = E::data.null;
      return errc::ok;
    case datum::form::boolean:
      word = E::from_bool(from.truth);
      return errc::ok;
    case datum::form::integer:
      if (from.integer == static_cast<std::int32_t>(from.integer)) {
        word = E::from_int32(static_cast<std::int32_t>(from.integer));
        return errc::ok;
      }
      return boxed(static_cast<std::uint64_t>(from.integer), builtin::boxed_i64);
    case datum::form::natural:
      return boxed(from.natural, builtin::boxed_u64);
    case datum::form::number:
      if constexpr (requires { E::holds_double(from.number); }) {
        if (!E::holds_double(from.number)) {
          return boxed(std::bit_cast<std::uint64_t>(from.number), builtin::boxed_f64);
        }
      }
      word = E::from_double(from.number);
      return errc::ok;
    case datum::form::reference:
      word = E::from_reference(reinterpret_cast<std::uintptr_t>(from.object),
                               header_of(from.object).type_index.get() == builtin::string);
      return errc::ok;
    case datum::form::vector:
      return errc::wrong_kind;
    case datum::form::local:
      return errc::unshared_value;
    default:
      word = from.word;
      return E::shareable(word) ? errc::ok : errc::unshared_value;
  }
}

namespace detail {

// TC39's SameValue on two numbers of any form.
[[nodiscard]] inline bool same_number(const datum& a, const datum& b) noexcept {
  using form = datum::form;
  if (a.what == b.what) {
    if (a.what != form::number) return a.natural == b.natural;
    if (a.number != a.number) return b.number != b.number;
    return a.number == b.number && std::signbit(a.number) == std::signbit(b.number);
  }
  if (a.what == form::number) return same_number(b, a);
  if (b.what != form::number) return false;  // an i64 is never a natural above every i64
  if (b.number == 0) return a.what == form::integer && a.integer == 0 && !std::signbit(b.number);
  if (a.what == form::integer) {
    return b.number >= -0x1p63 && b.number < 0x1p63 &&
           static_cast<std::int64_t>(b.number) == a.integer &&
           static_cast<double>(static_cast<std::int64_t>(b.number)) == b.number;
  }
  return b.number >= 0x1p63 && b.number < 0x1p64 &&
         static_cast<std::uint64_t>(b.number) == a.natural;
}

[[nodiscard]] inline bool is_number(const datum& d) noexcept {
  return d.what == datum::form::integer || d.what == datum::form::natural ||
         d.what == datum::form::number;
}

}  // namespace detail

// SameValue: numbers by value (NaN equals NaN, +0 and -0 differ), strings by content, the rest by
// identity. Follows ECMA-262, SameValue.
[[nodiscard]] inline bool same_datum(const datum& a, const datum& b) noexcept {
  if (detail::is_number(a) && detail::is_number(b)) return detail::same_number(a, b);
  if (a.what != b.what) return false;
  switch (a.what) {
    case datum::form::undefined:
    case datum::form::null:
      return true;
    case datum::form::boolean:
      return a.truth == b.truth;
    case datum::form::vector:
      return a.vector == b.vector;
    case datum::form::reference:
      return a.object == b.object || (header_of(a.object).type_index.get() == builtin::string &&
                                      header_of(b.object).type_index.get() == builtin::string &&
                                      string_hash_at(a.object) == string_hash_at(b.object) &&
                                      equal(string_at(a.object), string_at(b.object)));
    default:
      return a.word == b.word;
  }
}

namespace detail {
// Apart, as it is large; not cold, as a compare_exchange that misses is nothing unusual.
template <value_encoding E>
[[nodiscard, gnu::noinline]] bool same_value_slow(std::uint64_t a, std::uint64_t b) noexcept {
  return same_datum(decode<E>(a), decode<E>(b));
}
}  // namespace detail

// SameValue on two `any` words; boxed integers by value.
template <value_encoding E>
[[nodiscard]] SHOAL_INLINE bool same_value(std::uint64_t a, std::uint64_t b) noexcept {
  return a == b || detail::same_value_slow<E>(a, b);
}

}  // namespace shoal::inline SHOAL_ABI
