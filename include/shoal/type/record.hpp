// SPDX-License-Identifier: BSL-1.0
#pragma once

// type_record: a descriptor with what only the type space knows, in one block of metadata.
//
// Everything that can fail happens here, before an index is taken and before any lock: the record
// is complete but for its index, which give_index writes in.
//
// Thread safety: reentrant.
// Progress: O(n log n) for n fields. Asks for metadata, never under a lock.
// Layer: type.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <new>

#include <shoal/type/block.hpp>
#include <shoal/type/layout.hpp>
#include <shoal/type/registration_key.hpp>

namespace shoal::inline SHOAL_ABI {
namespace detail {

class type_registry;

struct type_record {
  descriptor what;           // first: a descriptor is where its record is
  type_record* next;         // in a list of retired ones
  type_registry* listed_in;  // null: none
  std::uint64_t key_hash;    // the hash it is listed by
  registration_key key;
};

[[nodiscard]] inline type_record& record_of(const descriptor& identity) noexcept {
  // The record was made as one, and is constant only to those who see the descriptor.
  return *static_cast<type_record*>(const_cast<void*>(static_cast<const void*>(&identity)));
}

// In a record that has no index yet: a `ref` to the type itself.
inline constexpr std::uint32_t self_index = ~std::uint32_t{0};

[[nodiscard]] inline bool refers_to_self(const field& where, const descriptor& in) noexcept {
  return where.ref_type != 0 && (where.ref_type == self_index || where.ref_type == in.index);
}

// What records are made from, besides a spec that has been checked (type_space).
struct record_terms {
  const metadata_hook& memory;
  std::uint32_t header_bytes;
};

inline void release_record(const metadata_hook& memory, type_record* record) noexcept {
  if (record == nullptr) return;
  memory.release(memory.self, record->what.block, record->what.block_bytes, alignof(type_record));
}

// The first bytes of a type's instances that are not ours to arrange.
[[nodiscard]] inline std::uint32_t given_bytes_of(bool given, std::uint32_t size, std::uint32_t end,
                                                  type parent) noexcept {
  const std::uint32_t inherited = parent ? parent->given_bytes : 0;
  return std::max(inherited, size != 0 ? size : given ? end : 0);
}

[[nodiscard]] inline std::uint64_t hash_shape(std::uint32_t parent, std::size_t fields) noexcept {
  return hash_combine(parent, fields);
}
[[nodiscard]] inline std::uint64_t hash_field(std::uint64_t hash, const field_key& key,
                                              field_kind kind, bool constant,
                                              std::uint32_t ref_type) noexcept {
  return hash_combine(hash_combine(hash, hash_of(key)), std::uint64_t{ref_type} << 16 |
                                                            static_cast<std::uint64_t>(kind) << 8 |
                                                            std::uint64_t{constant});
}

// The hash of the layout a spec declares: by parent, and each own field's key, kind, `const` and
// target. Not by offsets, so that it is known before they are.
[[nodiscard]] inline std::uint64_t hash_of(const type_spec& spec) noexcept {
  std::uint64_t hash = hash_shape(spec.extends ? spec.extends.index() : 0, spec.fields.size());
  for (const field_spec& one : spec.fields) {
    const std::uint32_t target = one.ref_self   ? self_index
                                 : one.ref_type ? one.ref_type.index()
                                                : 0;
    hash = hash_field(hash, one.key, one.kind, one.constant, target);
  }
  return hash;
}

[[nodiscard]] inline std::uint64_t hash_of(const array_spec& spec) noexcept {
  return hash_combine(~std::uint64_t{0}, (spec.ref_type ? spec.ref_type.index() : 0) << 8 |
                                             static_cast<std::uint32_t>(spec.element));
}

// Enters field number `number` in the table of names. False: a field has that key already, whose
// number + 1 is left in `seen`.
[[nodiscard]] inline bool enter_name(const descriptor& in, std::uint32_t* table,
                                     std::uint32_t number, std::uint32_t& seen) noexcept {
  const field_key& key = in.fields[number].key;
  for (std::uint64_t at = hash_of(key);; ++at) {
    std::uint32_t& entry = table[at & in.name_mask];
    if (entry == 0) {
      entry = number + 1;
      return true;
    }
    if (in.fields[entry - 1].key == key) {
      seen = entry;
      return false;
    }
  }
}

// Makes the record of a struct type. Precondition: check_spec answered ok.
[[nodiscard]] SHOAL_SLOW inline result<type_record*> make_record(
    const record_terms& terms, const type_spec& spec, const registration_key& key) noexcept {
  const type parent = spec.extends;
  const std::uint32_t inherited = parent ? parent.field_count() : 0;
  const std::uint32_t own = static_cast<std::uint32_t>(spec.fields.size());
  const std::uint32_t total = inherited + own;
  const std::uint32_t depth = parent ? parent->depth + 1 : 0;
  const bool given = own != 0 && spec.fields[0].offset != computed;

  std::uint32_t names = 1;
  while (names < 2 * total) names *= 2;
  std::uint32_t references = parent ? parent->reference_count : 0;
  std::size_t text_bytes = spec.name.size() + key.name.size() + key.place.size();
  for (const field_spec& one : spec.fields) {
    text_bytes += one.key.name.size();
    references += holds_references(one.kind);
  }
  for (const behaviour& one : spec.behaviours) text_bytes += one.role.size() + one.name.size();

  type_record* record = nullptr;
  field_entry* fields = nullptr;
  behaviour* behaviours = nullptr;
  std::uint32_t *ancestors = nullptr, *table = nullptr, *offsets = nullptr;
  char* text_start = nullptr;
  const auto divide = [&](block_cursor block) {
    record = block.take<type_record>(1);
    fields = block.take<field_entry>(total);
    behaviours = block.take<behaviour>(spec.behaviours.size());
    ancestors = block.take<std::uint32_t>(depth + 1);
    table = block.take<std::uint32_t>(names);
    offsets = block.take<std::uint32_t>(references);
    text_start = block.take<char>(text_bytes);
    return block.size();
  };
  const std::size_t bytes = divide(block_cursor(nullptr));
  void* block = terms.memory.allocate(terms.memory.self, bytes, alignof(type_record));
  if (block == nullptr) return errc::out_of_memory;
  divide(block_cursor(block));

  new (record) type_record{};
  descriptor& made = record->what;
  made.block = block;
  made.block_bytes = bytes;
  made.what = shape::structure;
  made.given = given;
  made.depth = depth;
  made.field_count = total;
  made.own_fields = own;
  made.reference_count = references;
  made.behaviour_count = static_cast<std::uint32_t>(spec.behaviours.size());
  made.parent = parent.get();
  made.ancestors = ancestors;
  made.fields = fields;
  made.name_table = table;
  made.name_mask = names - 1;
  made.reference_offsets = offsets;
  made.behaviours = behaviours;
  text_cursor text(text_start);
  made.name = text.copy(spec.name);
  record->key = key;
  record->key.name = text.copy(key.name);
  record->key.place = text.copy(key.place);
  for (std::uint32_t i = 0; i < depth; ++i) ancestors[i] = parent->ancestors[i];
  ancestors[depth] = 0;
  for (const behaviour& one : spec.behaviours) {
    new (behaviours++) behaviour{text.copy(one.role), text.copy(one.name)};
  }

  // A name is copied once: inherited keys stay in the parent's block, which lives longer.
  for (std::uint32_t i = 0; i < inherited; ++i) new (fields + i) field_entry(parent->fields[i]);
  for (std::uint32_t i = 0; i < own; ++i) {
    const field_spec& one = spec.fields[i];
    field_entry* made_field = new (fields + inherited + i) field_entry{one.key, {}};
    made_field->key.name = text.copy(one.key.name);
    made_field->where.kind = one.kind;
    made_field->where.constant = one.constant;
    made_field->where.offset = one.offset;
    made_field->where.ref_type = one.ref_self   ? self_index
                                 : one.ref_type ? one.ref_type.index()
                                                : 0;
  }
  made.layout_hash = hash_of(spec);

  std::fill_n(table, names, 0u);
  for (std::uint32_t i = 0; i < total; ++i) {
    std::uint32_t seen = 0;
    if (enter_name(made, table, i, seen)) continue;
    const error why =
        seen <= inherited
            ? error(errc::inherited_field, "%s declares field %s, which it inherits from %s",
                    type_text(spec.name).text, key_text(fields[i].key).text,
                    type_text(*parent).text)
            : error(errc::duplicate_field, "%s declares field %s twice, as fields %u and %u",
                    type_text(spec.name).text, key_text(fields[i].key).text, seen - inherited,
                    i - inherited + 1);
    release_record(terms.memory, record);
    return why.about(i - inherited);
  }

  const layout_request request{{fields, total},    inherited,
                               terms.header_bytes, parent ? parent->given_bytes : 0,
                               spec.size,          spec.name};
  const error misplaced =
      given ? check_fields(terms.memory, request) : place_fields(terms.memory, request);
  if (misplaced.code() != errc::ok) {
    release_record(terms.memory, record);
    return misplaced;
  }

  std::uint32_t end = std::max(terms.header_bytes, request.given_bytes);
  for (std::uint32_t i = 0; i < total; ++i) {
    const field& where = fields[i].where;
    end = std::max(end, where.offset + size_of(where.kind));
    made.wide |= where.kind == field_kind::v128;
    if (holds_references(where.kind)) *offsets++ = where.offset;
  }
  std::sort(offsets - references, offsets);
  made.has_references = references != 0;
  if (spec.size != 0 && spec.size < end) {
    const error why(errc::field_outside, "%s is given %u bytes, but its fields need %u",
                    type_text(spec.name).text, spec.size, end);
    release_record(terms.memory, record);
    return why;
  }
  made.given_bytes = given_bytes_of(given, spec.size, end, parent);
  made.size = round_up(std::max(end, spec.size), made.wide ? 16 : 8);
  return record;
}

// Makes the record of an array type. Precondition: check_spec answered ok.
[[nodiscard]] SHOAL_SLOW inline result<type_record*> make_record(
    const record_terms& terms, const array_spec& spec, const registration_key& key) noexcept {
  char standard[32];
  std::snprintf(standard, sizeof standard, "array of %s", name_of(spec.element));
  const std::string_view name = spec.name.empty() ? std::string_view(standard) : spec.name;

  const std::size_t text_bytes = name.size() + key.name.size() + key.place.size();
  block_cursor sizes(nullptr);
  sizes.take<type_record>(1);
  sizes.take<std::uint32_t>(1);
  sizes.take<char>(text_bytes);
  void* block = terms.memory.allocate(terms.memory.self, sizes.size(), alignof(type_record));
  if (block == nullptr) return errc::out_of_memory;

  block_cursor parts(block);
  auto* record = new (parts.take<type_record>(1)) type_record{};
  auto* ancestors = parts.take<std::uint32_t>(1);
  text_cursor text(parts.take<char>(text_bytes));
  *ancestors = 0;
  record->key = key;
  record->key.name = text.copy(key.name);
  record->key.place = text.copy(key.place);
  descriptor& made = record->what;
  made.block = block;
  made.block_bytes = sizes.size();
  made.what = shape::array;
  made.element = spec.element;
  made.wide = spec.element == field_kind::v128;
  made.has_references = holds_references(spec.element);
  made.ref_type = spec.ref_type ? spec.ref_type.index() : 0;
  made.ancestors = ancestors;
  made.name = text.copy(name);
  made.layout_hash = hash_of(spec);
  return record;
}

// Writes the index of a record that nobody else can see yet.
inline void give_index(type_record& record, std::uint32_t index) noexcept {
  descriptor& made = record.what;
  made.index = index;
  const_cast<std::uint32_t*>(made.ancestors)[made.depth] = index;
  auto* fields = const_cast<field_entry*>(made.fields);
  for (std::uint32_t i = made.field_count - made.own_fields; i < made.field_count; ++i) {
    fields[i].where.owner = index;
    if (fields[i].where.ref_type == self_index) fields[i].where.ref_type = index;
  }
}

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
