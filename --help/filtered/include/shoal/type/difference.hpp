// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// same_layout and first_difference: whether two types have one layout, and else where they part.
///
/// What counts: the shape; of a struct the parent's identity, the number and order of its own
/// fields, and of each its key, kind, `const`, target and offset; the size of an instance; of an
/// array the element's kind and target. What does not count: the type's name and behaviours, and
/// whether equal offsets were computed or given.
/// A `ref` to the type itself equals another's `ref` to itself.
///
/// **Thread safety:** pure functions over immutable data.
/// <br>**Progress:** wait-free, O(n) for n fields of the type's own.
/// <br>**Layer:** type.

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include <shoal/type/record.hpp>

namespace shoal {
namespace detail {

// Equal but for the offset.
[[nodiscard]] inline bool declared_alike(const field_entry& a, const descriptor& in_a,
                                         const field_entry& b, const descriptor& in_b) noexcept {
  if (a.key != b.key || a.where.kind != b.where.kind || a.where.constant != b.where.constant) {
    return false;
  }
  return refers_to_self(a.where, in_a)
             ? refers_to_self(b.where, in_b)
             : !refers_to_self(b.where, in_b) && a.where.ref_type == b.where.ref_type;
}

// 'next': const ref to type 40
struct field_text {
  field_text(const field_entry& entry, const descriptor& in) noexcept {
    char target[32] = "";
    if (refers_to_self(entry.where, in)) {
      std::snprintf(target, sizeof target, " to the type itself");
    } else if (entry.where.ref_type != 0) {
      std::snprintf(target, sizeof target, " to type %u", entry.where.ref_type);
    }
    std::snprintf(text, sizeof text, "%s: %s%s%s", key_text(entry.key).text,
                  entry.where.constant ? "const " : "", name_of(entry.where.kind), target);
  }
  char text[144];
};

}  // namespace detail

[[nodiscard]] inline bool same_layout(const descriptor& a, const descriptor& b) noexcept {
  if (a.layout_hash != b.layout_hash || a.what != b.what || a.parent != b.parent ||
      a.own_fields != b.own_fields || a.size != b.size || a.element != b.element ||
      a.ref_type != b.ref_type) {
    return false;
  }
  // Equal parents: the inherited fields are the same.
  for (std::uint32_t i = a.field_count - a.own_fields; i < a.field_count; ++i) {
    if (a.fields[i].where.offset != b.fields[i].where.offset ||
        !detail::declared_alike(a.fields[i], a, b.fields[i], b)) {
      return false;
    }
  }
  return true;
}

/// ok, or layout_mismatch with the first difference in the words of who declares `here`:
/// "field 2 is 'y': f64 here, 'y': f32 in the registered type".
[[nodiscard]] SHOAL_SLOW inline error first_difference(const descriptor& here,
                                                       const descriptor& registered) noexcept {
  constexpr errc code = errc::layout_mismatch;
  const detail::type_text name(here);
  if (here.what != registered.what) {
    return error(code, "%s is %s here, %s in the registered type", name.text, name_of(here.what),
                 name_of(registered.what));
  }
  if (here.what == shape::array) {
    if (here.element == registered.element && here.ref_type == registered.ref_type) return errc::ok;
    return error(code,
                 "%s has elements of kind %s (target type %u) here, %s (%u) in the "
                 "registered type",
                 name.text, name_of(here.element), here.ref_type, name_of(registered.element),
                 registered.ref_type);
  }
  if (here.parent != registered.parent) {
    return error(
        code, "%s extends %s here, %s in the registered type", name.text,
        here.parent == nullptr ? "nothing" : detail::type_text(*here.parent).text,
        registered.parent == nullptr ? "nothing" : detail::type_text(*registered.parent).text);
  }
  // What was declared first: one field more or less also moves others.
  const field_entry* ours = here.fields + (here.field_count - here.own_fields);
  const field_entry* theirs = registered.fields + (registered.field_count - registered.own_fields);
  const std::uint32_t both = std::min(here.own_fields, registered.own_fields);
  for (std::uint32_t i = 0; i < both; ++i) {
    if (detail::declared_alike(ours[i], here, theirs[i], registered)) continue;
    return error(code, "field %u is %s here, %s in the registered type", i + 1,
                 detail::field_text(ours[i], here).text,
                 detail::field_text(theirs[i], registered).text)
        .about(i);
  }
  if (here.own_fields > both) {
    return error(code, "field %u is %s here, missing in the registered type", both + 1,
                 detail::field_text(ours[both], here).text)
        .about(both);
  }
  if (registered.own_fields > both) {
    return error(code, "field %u is missing here, %s in the registered type", both + 1,
                 detail::field_text(theirs[both], registered).text)
        .about(both);
  }
  for (std::uint32_t i = 0; i < both; ++i) {
    if (ours[i].where.offset == theirs[i].where.offset) continue;
    return error(code, "field %u, %s, is at offset %u here, %u in the registered type", i + 1,
                 detail::field_text(ours[i], here).text, ours[i].where.offset,
                 theirs[i].where.offset)
        .about(i);
  }
  if (here.size != registered.size) {
    return error(code, "%s has %u bytes here, %u in the registered type", name.text, here.size,
                 registered.size);
  }
  return errc::ok;
}

}  // namespace shoal
