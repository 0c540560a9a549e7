// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// check_spec: what can be wrong with a declaration before its fields are placed.
///
/// Needs no memory. Each mistake has its own errc, and a sentence that names the type and the field.
///
/// **Thread safety:** reentrant.
/// <br>**Progress:** wait-free, O(n) for n fields.
/// <br>**Layer:** type.

#include <cstdint>

#include <shoal/type/type_table.hpp>

namespace shoal {
namespace detail {

struct check_terms {
  const type_table& types;
  bool has_vec128;
};

// True where `one` is a live type of this space.
[[nodiscard]] inline bool is_known(const type_table& types, type one) noexcept {
  return one.index() < types.max_types() && types.at(one.index()) == one.get();
}

[[nodiscard]] inline bool is_too_long(std::string_view text) noexcept {
  return text.size() > limits::name_bytes;
}

// What a field or element of a kind may be. `what` names it in the sentence: field 'x' of type 'T'.
[[nodiscard]] SHOAL_SLOW inline error check_kind(const check_terms& terms, field_kind kind,
                                                 type ref_type, bool ref_self, const char* what,
                                                 const char* of) noexcept {
  if (!is_kind(kind)) {
    return error(errc::bad_kind, "%s of %s has kind number %u, which is none", what, of,
                 static_cast<unsigned>(kind));
  }
  if (kind == field_kind::v128 && !terms.has_vec128) {
    return error(errc::unsupported_kind,
                 "%s of %s is v128, but this machine does not read and write 16 bytes at once",
                 what, of);
  }
  if (!ref_type && !ref_self) return errc::ok;
  if (kind != field_kind::ref) {
    return error(errc::bad_ref_type, "%s of %s names a target type, but its kind is %s, not ref",
                 what, of, name_of(kind));
  }
  if (ref_type && ref_self) {
    return error(errc::bad_ref_type, "%s of %s names two target types", what, of);
  }
  if (ref_type && !is_known(terms.types, ref_type)) {
    return error(errc::bad_ref_type, "%s of %s refers to %s, which is not of this cluster", what,
                 of, type_text(*ref_type).text);
  }
  if (ref_type && ref_type->what == shape::filler) {
    return error(errc::bad_ref_type, "%s of %s refers to a type that no object has", what, of);
  }
  return errc::ok;
}

[[nodiscard]] SHOAL_SLOW inline error check_parent(const check_terms& terms, type parent,
                                                   const char* of) noexcept {
  const type_text name(*parent);
  if (!is_known(terms.types, parent)) {
    return error(errc::bad_parent, "%s extends %s, which is not of this cluster", of, name.text);
  }
  if (parent->what != shape::structure) {
    return error(errc::bad_parent, "%s extends %s, which is %s and not a struct", of, name.text,
                 name_of(parent->what));
  }
  if (parent->depth + 1 >= limits::depth) {
    return error(errc::bad_parent, "%s extends %s, which is %u types deep already; %u is the limit",
                 of, name.text, parent->depth + 1, limits::depth);
  }
  return errc::ok;
}

[[nodiscard]] SHOAL_SLOW inline error check_spec(const check_terms& terms,
                                                 const type_spec& spec) noexcept {
  const type_text of(spec.name);
  if (is_too_long(spec.name)) {
    return error(errc::too_large, "the name of %s has %zu bytes; %u is the limit", of.text,
                 spec.name.size(), limits::name_bytes);
  }
  if (spec.size > limits::instance_bytes) {
    return error(errc::too_large, "%s is given %u bytes; %u is the limit", of.text, spec.size,
                 limits::instance_bytes);
  }
  if (spec.extends) {
    const error wrong = check_parent(terms, spec.extends, of.text);
    if (wrong.code() != errc::ok) return wrong;
  }
  const std::uint32_t inherited = spec.extends ? spec.extends.field_count() : 0;
  if (spec.fields.size() > limits::fields - inherited) {
    return error(errc::too_many_fields, "%s has %zu fields and inherits %u; %u in all is the limit",
                 of.text, spec.fields.size(), inherited, limits::fields);
  }
  bool long_behaviour = spec.behaviours.size() > limits::fields;
  for (const behaviour& one : spec.behaviours) {
    long_behaviour = long_behaviour || is_too_long(one.role) || is_too_long(one.name);
  }
  if (long_behaviour) {
    return error(errc::too_large, "%s has too many or too long behaviours; %u each is the limit",
                 of.text, limits::name_bytes);
  }
  const bool given = has_given_offsets(spec);
  for (std::uint32_t i = 0; i < spec.fields.size(); ++i) {
    const field_spec& one = spec.fields[i];
    if (one.key.what == field_key::form::name && one.key.name.empty()) {
      return error(errc::empty_key, "field %u of %s has no key", i + 1, of.text).about(i);
    }
    const key_text key(one.key);
    if (is_too_long(one.key.name)) {
      return error(errc::too_large, "the key of field %s of %s has %zu bytes; %u is the limit",
                   key.text, of.text, one.key.name.size(), limits::name_bytes)
          .about(i);
    }
    char what[112];
    std::snprintf(what, sizeof what, "field %s", key.text);
    const error wrong = check_kind(terms, one.kind, one.ref_type, one.ref_self, what, of.text);
    if (wrong.code() != errc::ok) return wrong.about(i);
    if ((one.offset != computed) != given) {
      return error(errc::mixed_offsets, "field %s of %s has %s offset, unlike the fields before it",
                   key.text, of.text, given ? "no given" : "a given")
          .about(i);
    }
  }
  return errc::ok;
}

[[nodiscard]] SHOAL_SLOW inline error check_spec(const check_terms& terms,
                                                 const array_spec& spec) noexcept {
  const type_text of(spec.name.empty() ? std::string_view("array") : spec.name);
  if (is_too_long(spec.name)) {
    return error(errc::too_large, "the name of %s has %zu bytes; %u is the limit", of.text,
                 spec.name.size(), limits::name_bytes);
  }
  if (spec.constant) {
    return error(errc::bad_const,
                 "%s has const elements, but elements get their values after creation", of.text);
  }
  return check_kind(terms, spec.element, spec.ref_type, false, "the element", of.text);
}

// True where the declaration surely has the layout of `there`. False may mean that it takes making
// the layout to see: a given one and a computed one can be equal.
[[nodiscard]] inline bool surely_declares(const type_table& types, const type_spec& spec,
                                          const descriptor& there) noexcept {
  if (there.what != shape::structure || there.own_fields != spec.fields.size() ||
      there.parent != spec.extends.get()) {
    return false;
  }
  const bool given = has_given_offsets(spec);
  if (given != there.given) return false;
  std::uint32_t end = 0;
  const field_entry* entry = there.fields + (there.field_count - there.own_fields);
  for (const field_spec& one : spec.fields) {
    const field& where = entry->where;
    if (one.kind != where.kind || one.constant != where.constant || one.key != entry->key) {
      return false;
    }
    if (given ? one.offset != where.offset : one.offset != computed) return false;
    if (one.ref_self) {
      if (one.ref_type || where.ref_type != there.index) return false;
    } else if (one.ref_type) {
      // A `ref` to the type by its name is another layout than one to the type itself.
      if (one.ref_type.index() != where.ref_type || where.ref_type == there.index ||
          !is_known(types, one.ref_type)) {
        return false;
      }
    } else if (where.ref_type != 0) {
      return false;
    }
    end = where.offset + size_of(where.kind) > end ? where.offset + size_of(where.kind) : end;
    ++entry;
  }
  if (there.given_bytes != given_bytes_of(given, spec.size, end, spec.extends)) return false;
  if (spec.size == 0) return true;
  // A size that is too small is a mistake, also where the same fields without one are known.
  for (std::uint32_t i = 0; i < there.field_count; ++i) {
    const field& where = there.fields[i].where;
    if (where.offset + size_of(where.kind) > spec.size) return false;
  }
  return there.given_bytes == spec.size;
}

[[nodiscard]] inline bool surely_declares(const type_table& types, const array_spec& spec,
                                          const descriptor& there) noexcept {
  return there.what == shape::array && there.element == spec.element && !spec.constant &&
         (spec.ref_type ? there.ref_type == spec.ref_type.index() && is_known(types, spec.ref_type)
                        : there.ref_type == 0);
}

}  // namespace detail
}  // namespace shoal
