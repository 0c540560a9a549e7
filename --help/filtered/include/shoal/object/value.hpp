// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// value: one word of an `any` field in a given encoding; and typed fields, whose kind was checked
/// when they were looked up, so that no access has to.
///
/// **Thread safety:** plain values; a reference in a value is raw (reference.hpp).
/// <br>**Progress:** wait-free. typed by key hashes the key.
/// <br>**Layer:** object.

#include <cstdint>
#include <type_traits>

#include <shoal/object/access.hpp>
#include <shoal/object/datum.hpp>

namespace shoal {

/// A word that knows its encoding. Plain data; a reference in it is raw.
template <value_encoding E>
class basic_value {
 public:
  using encoding_type = E;

  /// Undefined.
  constexpr basic_value() noexcept : word_(E::data.undefined) {}
  /// Of a number: one that the encoding holds without a box.
  /// NOLINTBEGIN(google-explicit-constructor): numbers and objects are values
  constexpr basic_value(double number) noexcept : word_(E::from_double(number)) {}
  /** Of a number: one that the encoding holds without a box. */ constexpr basic_value(std::int32_t integer) noexcept : word_(E::from_int32(integer)) {}
  /** Of a number: one that the encoding holds without a box. */ constexpr basic_value(bool truth) noexcept : word_(E::from_bool(truth)) {}
  /** Of a number: one that the encoding holds without a box. */ constexpr basic_value(std::nullptr_t) noexcept : word_(E::data.null) {}
  /** Of a number: one that the encoding holds without a box. */ basic_value(const reference& object) noexcept
      : word_(!object ? E::data.null
                      : E::from_reference(object.bits(), object.type_index() == builtin::string)) {}
  // NOLINTEND(google-explicit-constructor)
  template <class T>
  basic_value(T*) = delete;  ///< a pointer would turn into a bool

  /// The values that are none, and one from a word that a field has held.
  [[nodiscard]] static constexpr basic_value undefined() noexcept { return {}; }
  /** The values that are none, and one from a word that a field has held. */ [[nodiscard]] static constexpr basic_value null() noexcept { return basic_value(nullptr); }
  /** The values that are none, and one from a word that a field has held. */ [[nodiscard]] static constexpr basic_value of_word(std::uint64_t word) noexcept {
    basic_value v;
    v.word_ = word;
    return v;
  }

  /// The word, and what it is.
  [[nodiscard]] constexpr std::uint64_t word() const noexcept { return word_; }
  /** The word, and what it is. */ [[nodiscard]] constexpr value_kind kind() const noexcept { return E::kind_of(word_); }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_undefined() const noexcept { return word_ == E::data.undefined; }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_null() const noexcept { return word_ == E::data.null; }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_bool() const noexcept { return kind() == value_kind::boolean; }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_int32() const noexcept { return kind() == value_kind::int32; }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_double() const noexcept { return kind() == value_kind::float64; }
  /** The word, and what it is. */ [[nodiscard]] constexpr bool is_object() const noexcept {
    return kind() == value_kind::reference;
  }

  /// **Precondition of each:** the value is one.
  [[nodiscard]] constexpr bool as_bool() const noexcept { return E::to_bool(checked(is_bool())); }
  /** **Precondition of each:** the value is one. */ [[nodiscard]] constexpr std::int32_t as_int32() const noexcept {
    return E::to_int32(checked(is_int32()));
  }
  /** **Precondition of each:** the value is one. */ [[nodiscard]] constexpr double as_double() const noexcept {
    return E::to_double(checked(is_double()));
  }
  /** **Precondition of each:** the value is one. */ [[nodiscard]] reference as_object(const safepoint_clock& clock) const noexcept {
    return {reinterpret_cast<void*>(E::data.address_of(checked(is_object()))), clock};
  }
  /// A number of either form, or anything else, outside of the encoding.
  [[nodiscard]] datum as_datum() const noexcept { return decode<E>(word_); }

  /// Bitwise; same_value is what compare_exchange uses.
  friend constexpr bool operator==(basic_value, basic_value) = default;

 private:
  [[nodiscard]] constexpr std::uint64_t checked(bool is) const noexcept {
    SHOAL_ASSERT(is, "a value is of another kind than the one asked for");
    return word_;
  }
  std::uint64_t word_;
};

/// In the default encoding.
using value = basic_value<nan_box>;

namespace detail {
template <class T>
struct kind_of_type;
template <class E>
struct kind_of_type<basic_value<E>> {
  static constexpr field_kind kind = field_kind::any;
};
template <field_kind Kind>
struct is_kind {
  static constexpr field_kind kind = Kind;
};
template <>
struct kind_of_type<reference> : is_kind<field_kind::ref> {};
template <>
struct kind_of_type<bool> : is_kind<field_kind::boolean> {};
template <>
struct kind_of_type<std::int8_t> : is_kind<field_kind::i8> {};
template <>
struct kind_of_type<std::int16_t> : is_kind<field_kind::i16> {};
template <>
struct kind_of_type<std::int32_t> : is_kind<field_kind::i32> {};
template <>
struct kind_of_type<std::int64_t> : is_kind<field_kind::i64> {};
template <>
struct kind_of_type<std::uint8_t> : is_kind<field_kind::u8> {};
template <>
struct kind_of_type<std::uint16_t> : is_kind<field_kind::u16> {};
template <>
struct kind_of_type<std::uint32_t> : is_kind<field_kind::u32> {};
template <>
struct kind_of_type<std::uint64_t> : is_kind<field_kind::u64> {};
template <>
struct kind_of_type<float> : is_kind<field_kind::f32> {};
template <>
struct kind_of_type<double> : is_kind<field_kind::f64> {};
template <>
struct kind_of_type<vec128> : is_kind<field_kind::v128> {};
template <class T>
consteval field_kind checked_kind() {
  constexpr bool has_kind = requires { kind_of_type<T>::kind; };
  static_assert(has_kind,
                "a field is a value, reference, bool, std::int8_t to std::uint64_t, "
                "float, double or vec128");
  if constexpr (has_kind) return kind_of_type<T>::kind;
}
}  // namespace detail

/// The field kind that a C++ type reads and writes: value for any, reference for ref, double for f64
/// and so on.
template <class T>
inline constexpr field_kind kind_of_type = detail::checked_kind<std::remove_const_t<T>>();

/// A field known to hold a T. Of a `const` field, T is const: it can be read, not stored.
template <class T>
struct typed_field {
  std::uint32_t offset = 0;
  std::uint32_t ref_type = 0;
};

/// **Errors:** wrong_kind; constant_field where the field is const and T is not.
template <class T>
[[nodiscard]] result<typed_field<T>> typed(const field& where) noexcept {
  if (where.kind != kind_of_type<T>) {
    return error(errc::wrong_kind, "the field is %s, not %s", name_of(where.kind),
                 name_of(kind_of_type<T>));
  }
  if (where.constant && !std::is_const_v<T>) {
    return error(errc::constant_field, "the field is const: ask for a typed_field<const T>");
  }
  return typed_field<T>{where.offset, where.ref_type};
}
/// By key. **Errors also:** unknown_field.
template <class T>
[[nodiscard]] result<typed_field<T>> typed(const type& owner, const field_key& key) noexcept {
  result<field> found = owner.field(key);
  if (!found) return found.error();
  return typed<T>(*found);
}

}  // namespace shoal
