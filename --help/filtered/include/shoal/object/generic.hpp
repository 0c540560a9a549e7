// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Generic access: fields and elements whose kind is known at run time only, as datums.
///
/// What an interpreter's obj[name] does. Every store checks kind and range first, and writes nothing
/// where it answers an error.
///
/// **Thread safety, progress:** as access.hpp. **Layer:** object.
/// <br>**Errors of what stores:** wrong_kind, out_of_range, wrong_type (a typed `ref`), unshared_value, and
/// out_of_memory where a number must be boxed.

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <shoal/object/access.hpp>
#include <shoal/object/array.hpp>
#include <shoal/object/datum.hpp>

namespace shoal {

/// Calls f.operator()\<kind\>() for a kind known at run time.
template <class F>
SHOAL_INLINE decltype(auto) with_kind(field_kind kind, F&& f) {
  switch (kind) {
    case field_kind::any:
      return f.template operator()<field_kind::any>();
    case field_kind::ref:
      return f.template operator()<field_kind::ref>();
    case field_kind::boolean:
      return f.template operator()<field_kind::boolean>();
    case field_kind::i8:
      return f.template operator()<field_kind::i8>();
    case field_kind::i16:
      return f.template operator()<field_kind::i16>();
    case field_kind::i32:
      return f.template operator()<field_kind::i32>();
    case field_kind::i64:
      return f.template operator()<field_kind::i64>();
    case field_kind::u8:
      return f.template operator()<field_kind::u8>();
    case field_kind::u16:
      return f.template operator()<field_kind::u16>();
    case field_kind::u32:
      return f.template operator()<field_kind::u32>();
    case field_kind::u64:
      return f.template operator()<field_kind::u64>();
    case field_kind::f32:
      return f.template operator()<field_kind::f32>();
    case field_kind::f64:
      return f.template operator()<field_kind::f64>();
    case field_kind::v128:
      break;
  }
  return f.template operator()<field_kind::v128>();
}

/// What a cell of that kind holds, as a datum.
template <value_encoding E, field_kind Kind>
[[nodiscard]] datum to_datum(storage_of<Kind> stored) noexcept {
  if constexpr (Kind == field_kind::any) {
    return decode<E>(stored);
  } else if constexpr (Kind == field_kind::ref) {
    return datum::of_object(reinterpret_cast<void*>(stored));
  } else if constexpr (Kind == field_kind::boolean) {
    return datum::of(stored != 0);
  } else if constexpr (Kind == field_kind::v128) {
    return datum::of(stored);
  } else if constexpr (Kind == field_kind::f32 || Kind == field_kind::f64) {
    return datum::of(double{stored});
  } else if constexpr (std::is_signed_v<storage_of<Kind>>) {
    return datum::of(std::int64_t{stored});
  } else {
    return datum::of(std::uint64_t{stored});
  }
}

namespace detail {

// Numbers with an exact value only: 3.0 is an integer, 3.5 and NaN are not.
template <class T>
[[nodiscard]] errc to_integer(const datum& from, T& stored) noexcept {
  using limits_of = std::numeric_limits<T>;
  switch (from.what) {
    case datum::form::integer:
      if constexpr (std::is_signed_v<T>) {
        if (from.integer < limits_of::min() || from.integer > limits_of::max()) {
          return errc::out_of_range;
        }
      } else {
        if (from.integer < 0 || static_cast<std::uint64_t>(from.integer) > limits_of::max()) {
          return errc::out_of_range;
        }
      }
      stored = static_cast<T>(from.integer);
      return errc::ok;
    case datum::form::natural:
      if constexpr (std::is_same_v<T, std::uint64_t>) {
        stored = from.natural;
        return errc::ok;
      } else {
        return errc::out_of_range;
      }
    case datum::form::number:
      if (std::trunc(from.number) != from.number || std::isinf(from.number)) {
        return errc::wrong_kind;
      }
      if (from.number >= -0x1p63 && from.number < 0x1p63) {
        return to_integer(datum::of(static_cast<std::int64_t>(from.number)), stored);
      }
      if (from.number >= 0 && from.number < 0x1p64) {
        return to_integer(datum::of(static_cast<std::uint64_t>(from.number)), stored);
      }
      return errc::out_of_range;
    default:
      return errc::wrong_kind;
  }
}

template <class T>
[[nodiscard]] errc to_floating(const datum& from, T& stored) noexcept {
  switch (from.what) {
    case datum::form::integer: {
      const auto number = static_cast<double>(from.integer);
      // An integer that a double cannot hold exactly would come back as another one.
      if (number >= 0x1p63 || static_cast<std::int64_t>(number) != from.integer) {
        return errc::out_of_range;
      }
      stored = static_cast<T>(number);
      return errc::ok;
    }
    case datum::form::natural: {
      const auto number = static_cast<double>(from.natural);
      if (number >= 0x1p64 || static_cast<std::uint64_t>(number) != from.natural) {
        return errc::out_of_range;
      }
      stored = static_cast<T>(number);
      return errc::ok;
    }
    case datum::form::number:
      stored = static_cast<T>(from.number);  // f32 rounds: that is what declaring it asks for
      return errc::ok;
    default:
      return errc::wrong_kind;
  }
}

}  // namespace detail

/// A datum as that kind stores it. `may_refer(object)` answers whether a typed `ref` accepts the
/// object; `box` is encode's. **Errors:** wrong_kind, out_of_range, unshared_value, wrong_type; those of
/// encode.
template <value_encoding E, field_kind Kind, class MayRefer, class Box>
[[nodiscard]] errc from_datum(const datum& from, storage_of<Kind>& stored, MayRefer&& may_refer,
                              Box&& box) noexcept {
  if constexpr (Kind == field_kind::any) {
    return encode<E>(from, stored, box);
  } else if constexpr (Kind == field_kind::ref) {
    if (from.what == datum::form::null || from.what == datum::form::undefined) {
      stored = 0;
      return errc::ok;
    }
    if (from.what == datum::form::local) return errc::unshared_value;
    if (from.what != datum::form::reference) return errc::wrong_kind;
    if (!may_refer(from.object)) return errc::wrong_type;
    stored = reinterpret_cast<std::uintptr_t>(from.object);
    return errc::ok;
  } else if (from.what == datum::form::local) {
    return errc::unshared_value;
  } else if constexpr (Kind == field_kind::boolean) {
    if (from.what != datum::form::boolean) return errc::wrong_kind;
    stored = from.truth ? 1 : 0;
    return errc::ok;
  } else if constexpr (Kind == field_kind::v128) {
    if (from.what != datum::form::vector) return errc::wrong_kind;
    stored = from.vector;
    return errc::ok;
  } else if constexpr (Kind == field_kind::f32 || Kind == field_kind::f64) {
    return detail::to_floating(from, stored);
  } else {
    return detail::to_integer(from, stored);
  }
}

/// What is there, as a datum. Of all below: `where` is the field's or element's own place, of that
/// kind.
template <value_encoding E, memory_order O = memory_order::unordered>
[[nodiscard]] datum load_generic(const void* where, field_kind kind,
                                 order_constant<O> o = {}) noexcept {
  return with_kind(kind, [&]<field_kind Kind>() -> datum {
    const auto& place = cell_at<storage_of<Kind>>(where);
    if constexpr (holds_references(Kind)) {
      return to_datum<E, Kind>(load_any(place, o));
    } else {
      return to_datum<E, Kind>(load_scalar(place, o));
    }
  });
}

/// Stores a datum. **Errors:** those of from_datum.
template <value_encoding E, store_guard G, class MayRefer, class Box,
          memory_order O = memory_order::unordered>
[[nodiscard]] errc store_generic(G& guard, void* where, field_kind kind, const datum& value,
                                 MayRefer&& may_refer, Box&& box,
                                 order_constant<O> o = {}) noexcept {
  return with_kind(kind, [&]<field_kind Kind>() -> errc {
    auto& place = cell_at<storage_of<Kind>>(where);
    storage_of<Kind> stored{};
    const errc fits = from_datum<E, Kind>(value, stored, may_refer, box);
    if (fits != errc::ok) return fits;
    if constexpr (Kind == field_kind::any) {
      return store_any(guard, place, stored, o);
    } else if constexpr (Kind == field_kind::ref) {
      store_ref(guard, place, reinterpret_cast<void*>(stored), o);
    } else {
      store_scalar(place, stored, o);
    }
    return errc::ok;
  });
}

/// Stores `desired` and gives back what was there. **Errors:** those of from_datum.
template <value_encoding E, store_guard G, class MayRefer, class Box,
          memory_order O = memory_order::unordered>
[[nodiscard]] errc exchange_generic(G& guard, void* where, field_kind kind, const datum& desired,
                                    datum& old, MayRefer&& may_refer, Box&& box,
                                    order_constant<O> o = {}) noexcept {
  return with_kind(kind, [&]<field_kind Kind>() -> errc {
    auto& place = cell_at<storage_of<Kind>>(where);
    storage_of<Kind> stored{};
    const errc fits = from_datum<E, Kind>(desired, stored, may_refer, box);
    if (fits != errc::ok) return fits;
    if constexpr (Kind == field_kind::any) {
      std::uint64_t before = 0;
      const errc done = exchange_any(guard, place, stored, before, o);
      if (done == errc::ok) old = to_datum<E, Kind>(before);
      return done;
    } else if constexpr (Kind == field_kind::ref) {
      old = datum::of_object(exchange_ref(guard, place, reinterpret_cast<void*>(stored), o));
    } else {
      old = to_datum<E, Kind>(exchange_scalar(place, stored, o));
    }
    return errc::ok;
  });
}

/// Stores `desired` where the field holds `expected`; `seen` receives what it held. `expected` is
/// converted as a store would convert it; what cannot be converted misses. **Errors:** not_equal, those
/// of from_datum for `desired`.
template <value_encoding E, store_guard G, class MayRefer, class Box,
          memory_order O = memory_order::unordered>
[[nodiscard]] errc compare_exchange_generic(G& guard, void* where, field_kind kind,
                                            const datum& expected, const datum& desired,
                                            datum& seen, MayRefer&& may_refer, Box&& box,
                                            order_constant<O> o = {}) noexcept {
  return with_kind(kind, [&]<field_kind Kind>() -> errc {
    auto& place = cell_at<storage_of<Kind>>(where);
    storage_of<Kind> stored{};
    storage_of<Kind> wanted{};
    const errc fits = from_datum<E, Kind>(desired, stored, may_refer, box);
    if (fits != errc::ok) return fits;
    if constexpr (Kind == field_kind::any) {
      // Compared as datums, so that no box is made for what is only looked at.
      std::uint64_t before = 0;
      const auto is_expected = [&](std::uint64_t held) noexcept {
        return same_datum(decode<E>(held), expected);
      };
      const errc done = compare_exchange_any(guard, place, is_expected, stored, before, o);
      if (done == errc::ok || done == errc::not_equal) seen = to_datum<E, Kind>(before);
      return done;
    } else {
      const auto any_object = [](void*) noexcept { return true; };
      if (from_datum<E, Kind>(expected, wanted, any_object, box) != errc::ok) {
        seen = load_generic<E>(where, kind, detail::failure_of<O>);
        return errc::not_equal;
      }
      bool done;
      if constexpr (Kind == field_kind::ref) {
        void* held = reinterpret_cast<void*>(wanted);
        done = compare_exchange_ref(guard, place, held, reinterpret_cast<void*>(stored), o);
        seen = datum::of_object(held);
      } else {
        done = compare_exchange_scalar(place, wanted, stored, o);
        seen = to_datum<E, Kind>(wanted);
      }
      return done ? errc::ok : errc::not_equal;
    }
  });
}

/// Adds to an integer or floating field and gives back what was there. Integers wrap. **Errors:**
/// wrong_kind, out_of_range.
template <value_encoding E, memory_order O = memory_order::unordered>
[[nodiscard]] errc fetch_add_generic(void* where, field_kind kind, const datum& by, datum& old,
                                     order_constant<O> o = {}) noexcept {
  return with_kind(kind, [&]<field_kind Kind>() -> errc {
    if constexpr (is_integer(Kind) || Kind == field_kind::f32 || Kind == field_kind::f64) {
      auto& place = cell_at<storage_of<Kind>>(where);
      storage_of<Kind> amount{};
      errc fits;
      if constexpr (is_integer(Kind)) {
        // A negative amount subtracts, in unsigned fields too.
        using bits = std::make_signed_t<storage_of<Kind>>;
        bits signed_amount{};
        fits = detail::to_integer(by, amount);
        if (fits == errc::out_of_range && detail::to_integer(by, signed_amount) == errc::ok) {
          amount = static_cast<storage_of<Kind>>(signed_amount);
          fits = errc::ok;
        }
      } else {
        fits = detail::to_floating(by, amount);
      }
      if (fits != errc::ok) return fits;
      old = to_datum<E, Kind>(fetch_add_scalar(place, amount, o));
      return errc::ok;
    } else {
      return errc::wrong_kind;
    }
  });
}

}  // namespace shoal
