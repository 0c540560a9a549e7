// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Field kinds: how a field of a shared object is stored.
///
/// **Thread safety:** constants and pure functions.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** type.
/// <br>**Follows:** Wasm shared-everything-threads for the sized kinds, TC39 for `any`.

#include <cstdint>

#include <shoal/base/base.hpp>

namespace shoal {

/// Each kind is also a name in namespace shoal: shoal::f64.
enum class field_kind : std::uint8_t {
  any,      ///< a value: one 64-bit word in the cluster's encoding
  ref,      ///< the address of a shared object, or null; may name a type, which is then checked
  boolean,  ///< one byte, 0 or 1
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64,
  f32,
  f64,
  v128,  ///< 16 bytes, read and written at once
};
/** Each kind is also a name in namespace shoal: shoal::f64. */ using enum field_kind;

/// Kinds are numbered from 0.
inline constexpr std::uint32_t field_kind_count = 14;

/// False for a number that is no kind.
[[nodiscard]] constexpr bool is_kind(field_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind) < field_kind_count;
}

/// Bytes of a field; also its alignment.
[[nodiscard]] constexpr std::uint32_t size_of(field_kind kind) noexcept {
  constexpr std::uint8_t sizes[field_kind_count] = {8, 8, 1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 16};
  return sizes[static_cast<std::uint32_t>(kind)];
}

/// True for the kinds that a collector reads.
[[nodiscard]] constexpr bool holds_references(field_kind kind) noexcept {
  return kind == field_kind::any || kind == field_kind::ref;
}

/// True for i8 to u64.
[[nodiscard]] constexpr bool is_integer(field_kind kind) noexcept {
  return kind >= field_kind::i8 && kind <= field_kind::u64;
}

/// As a declaration writes it: "any", "ref", "bool", "i8", ...
[[nodiscard]] constexpr const char* name_of(field_kind kind) noexcept {
  constexpr const char* names[field_kind_count] = {"any", "ref", "bool", "i8",  "i16",
                                                   "i32", "i64", "u8",   "u16", "u32",
                                                   "u64", "f32", "f64",  "v128"};
  return is_kind(kind) ? names[static_cast<std::uint32_t>(kind)] : "no kind";
}

namespace detail {
template <field_kind Kind>
struct storage_of;
template <>
struct storage_of<field_kind::any> {
  using type = std::uint64_t;
};
template <>
struct storage_of<field_kind::ref> {
  using type = std::uint64_t;
};
template <>
struct storage_of<field_kind::boolean> {
  using type = std::uint8_t;
};
template <>
struct storage_of<field_kind::i8> {
  using type = std::int8_t;
};
template <>
struct storage_of<field_kind::i16> {
  using type = std::int16_t;
};
template <>
struct storage_of<field_kind::i32> {
  using type = std::int32_t;
};
template <>
struct storage_of<field_kind::i64> {
  using type = std::int64_t;
};
template <>
struct storage_of<field_kind::u8> {
  using type = std::uint8_t;
};
template <>
struct storage_of<field_kind::u16> {
  using type = std::uint16_t;
};
template <>
struct storage_of<field_kind::u32> {
  using type = std::uint32_t;
};
template <>
struct storage_of<field_kind::u64> {
  using type = std::uint64_t;
};
template <>
struct storage_of<field_kind::f32> {
  using type = float;
};
template <>
struct storage_of<field_kind::f64> {
  using type = double;
};
template <>
struct storage_of<field_kind::v128> {
  using type = vec128;
};
}  // namespace detail

/// The C++ type of a field's cell.
template <field_kind Kind>
using storage_of = typename detail::storage_of<Kind>::type;

}  // namespace shoal
