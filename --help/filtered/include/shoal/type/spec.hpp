// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// field_spec, type_spec, array_spec: what a host writes to declare a type.
/// @verbatim
///   space.declare("Point", {{"x", shoal::f64}, {"y", shoal::f64}, {"next", shoal::any}})
///   space.declare({.name = "Node",
///                  .fields = {{"id", shoal::i64, true}, field_spec{"next", shoal::ref}.of_self()},
///                  .extends = point}) @endverbatim
///
/// Nothing here allocates or owns: a spec is views of the caller's data, read during the call.
///
/// **Thread safety:** plain values.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** type.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include <shoal/type/identity.hpp>

namespace shoal {

/// The offset of a field that the library places.
inline constexpr std::uint32_t computed = ~std::uint32_t{0};

/** field_spec, type_spec, array_spec: what a host writes to declare a type.<p>Nothing here allocates or owns: a spec is views of the caller's data, read during the call. */ struct field_spec {
  field_key key;
  field_kind kind;
  bool constant = false;            ///< set once, at creation
  std::uint32_t offset = computed;  ///< or given, from the start of the object, header included
  type ref_type = {};               ///< of a `ref`: what it must be; null: any object
  bool ref_self = false;            ///< of a `ref`: it must be of the type being declared

  /// The same field: set at creation only; at a given offset; a `ref` to instances of a type; to
  /// instances of the type that is being declared.
  [[nodiscard]] constexpr field_spec as_const() const noexcept {
    field_spec copy(*this);
    copy.constant = true;
    return copy;
  }
  /** The same field: set at creation only; at a given offset; a `ref` to instances of a type; to instances of the type that is being declared. */ [[nodiscard]] constexpr field_spec at(std::uint32_t bytes) const noexcept {
    field_spec copy(*this);
    copy.offset = bytes;
    return copy;
  }
  /** The same field: set at creation only; at a given offset; a `ref` to instances of a type; to instances of the type that is being declared. */ [[nodiscard]] constexpr field_spec of(type target) const noexcept {
    field_spec copy(*this);
    copy.ref_type = target;
    return copy;
  }
  /** The same field: set at creation only; at a given offset; a `ref` to instances of a type; to instances of the type that is being declared. */ [[nodiscard]] constexpr field_spec of_self() const noexcept {
    field_spec copy(*this);
    copy.ref_self = true;
    return copy;
  }
};

/// A view of Ts in a row. Made from a braced list it lives as long as the list: to the end of the
/// statement. A spec that is to be kept is made from a named array.
template <class T>
class spec_list {
 public:
  constexpr spec_list() noexcept = default;
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winit-list-lifetime"  // as said above
#endif
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr spec_list(std::initializer_list<T> list) noexcept : items_(list.begin(), list.size()) {}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr spec_list(std::span<const T> items) noexcept : items_(items) {}
  /// Arrays, buffers, vectors.
  template <class Range>
  requires requires(const Range& range) { std::span<const T>(range); }
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr spec_list(const Range& range) noexcept : items_(range) {}

  [[nodiscard]] constexpr std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return items_[i]; }
  [[nodiscard]] constexpr auto begin() const noexcept { return items_.begin(); }
  [[nodiscard]] constexpr auto end() const noexcept { return items_.end(); }

 private:
  std::span<const T> items_;
};

/// The fields of a declaration.
using field_list = spec_list<field_spec>;

/** field_spec, type_spec, array_spec: what a host writes to declare a type.<p>Nothing here allocates or owns: a spec is views of the caller's data, read during the call. */ struct type_spec {
  std::string_view name = {};  ///< for people; need not be unique
  field_list fields = {};
  type extends = {};       ///< null: nothing
  std::uint32_t size = 0;  ///< bytes of an instance that another language knows; 0: as needed
  spec_list<behaviour> behaviours = {};
};

/** field_spec, type_spec, array_spec: what a host writes to declare a type.<p>Nothing here allocates or owns: a spec is views of the caller's data, read during the call. */ struct array_spec {
  field_kind element;
  type ref_type = {};          ///< of `ref` elements: what they must be; null: any object
  bool constant = false;       ///< refused: elements get their values after creation
  std::string_view name = {};  ///< empty: "array of f64"
};

}  // namespace shoal
