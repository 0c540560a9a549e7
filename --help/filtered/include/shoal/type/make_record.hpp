// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// make_record: a record from a declaration that check_spec has found right.
///
/// Everything that can fail happens here, before an index is taken and before any lock. One block
/// holds the record, its arrays and their text; keys that are inherited stay in the parent's block,
/// which lives longer.
///
/// **Thread safety:** reentrant.
/// <br>**Progress:** O(n log n) for n fields. Asks for metadata, never under a lock.
/// <br>**Layer:** type.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <new>
#include <span>
#include <string_view>
#include <utility>

#include <shoal/type/block.hpp>
#include <shoal/type/layout.hpp>
#include <shoal/type/record.hpp>

namespace shoal {
namespace detail {

// What records are made from, besides a spec.
struct record_terms {
  const metadata_hook& memory;
  std::uint32_t header_bytes;
};

// A record under construction, released unless it is taken.
class record_in_making {
 public:
  explicit record_in_making(const metadata_hook& memory) noexcept : memory_(memory) {}
  ~record_in_making() { release_record(memory_, record_); }
  record_in_making(const record_in_making&) = delete;
  record_in_making& operator=(const record_in_making&) = delete;

  // Asks for the block whose parts divide(cursor) takes, the record first. False: no memory.
  template <class Divide>
  [[nodiscard]] bool try_allocate(Divide&& divide) noexcept {
    block_cursor sizes(nullptr);
    divide(sizes);
    void* block = memory_.allocate(memory_.self, sizes.size(), alignof(type_record));
    if (block == nullptr) return false;
    block_cursor parts(block);
    divide(parts);
    record_ = new (block) type_record{};
    record_->what.block = block;
    record_->what.block_bytes = sizes.size();
    return true;
  }
  // Precondition: try_allocate was true.
  void set_names(std::string_view name, const registration_key& key, text_cursor& text) noexcept {
    record_->what.name = text.copy(name);
    record_->key = key;
    record_->key.name = text.copy(key.name);
    record_->key.place = text.copy(key.place);
  }
  [[nodiscard]] descriptor& what() noexcept { return record_->what; }
  [[nodiscard]] type_record* take() noexcept { return std::exchange(record_, nullptr); }

 private:
  const metadata_hook& memory_;
  type_record* record_ = nullptr;
};

// The arrays of a struct type's descriptor, while they are filled.
struct struct_parts {
  std::span<field_entry> fields;
  std::uint32_t inherited;
  std::span<std::uint32_t> name_table;
  std::span<std::uint32_t> reference_offsets;
};

// Copies the inherited fields, then the spec's.
inline void copy_fields(const struct_parts& parts, const type_spec& spec,
                        text_cursor& text) noexcept {
  field_entry* next = parts.fields.data();
  for (std::uint32_t i = 0; i < parts.inherited; ++i) {
    new (next++) field_entry(spec.extends->fields[i]);
  }
  for (const field_spec& one : spec.fields) {
    auto* made = new (next++) field_entry{one.key, {}};
    made->key.name = text.copy(one.key.name);
    made->where.kind = one.kind;
    made->where.constant = one.constant;
    made->where.offset = one.offset;
    made->where.ref_type = target_of(one);
  }
}

// Fills the hash table of keys. Finds keys that are there twice.
[[nodiscard]] inline error enter_keys(const struct_parts& parts, const type_spec& spec) noexcept {
  std::fill(parts.name_table.begin(), parts.name_table.end(), 0u);
  for (std::uint32_t i = 0; i < parts.fields.size(); ++i) {
    const field_key& key = parts.fields[i].key;
    std::uint64_t at = hash_of(key);
    std::uint32_t* entry = nullptr;
    // The number of a field with that key, + 1; 0: none.
    while (*(entry = &parts.name_table[at++ & (parts.name_table.size() - 1)]) != 0) {
      if (parts.fields[*entry - 1].key == key) break;
    }
    if (*entry == 0) {
      *entry = i + 1;
      continue;
    }
    const std::uint32_t number = i - parts.inherited;
    return (*entry <= parts.inherited
                ? error(errc::inherited_field, "%s declares field %s, which it inherits from %s",
                        type_text(spec.name).text, key_text(key).text,
                        type_text(*spec.extends).text)
                : error(errc::duplicate_field, "%s declares field %s twice, as fields %u and %u",
                        type_text(spec.name).text, key_text(key).text, *entry - parts.inherited,
                        number + 1))
        .about(number);
  }
  return errc::ok;
}

// Places the fields, or checks where they are; then fills in what follows from it.
[[nodiscard]] inline error arrange(const record_terms& terms, const struct_parts& parts,
                                   const type_spec& spec, descriptor& made) noexcept {
  const layout_request request{
      .fields = parts.fields,
      .inherited = parts.inherited,
      .header_bytes = terms.header_bytes,
      .given_bytes = spec.extends ? spec.extends->given_bytes : 0,
      .size = spec.size,
      .name = spec.name,
  };
  const error misplaced =
      made.given ? check_fields(terms.memory, request) : place_fields(terms.memory, request);
  if (misplaced.code() != errc::ok) return misplaced;

  std::uint32_t end = std::max(terms.header_bytes, request.given_bytes);
  std::uint32_t* reference = parts.reference_offsets.data();
  for (const field_entry& one : parts.fields) {
    end = std::max(end, one.where.offset + size_of(one.where.kind));
    made.wide = made.wide || one.where.kind == field_kind::v128;
    if (holds_references(one.where.kind)) *reference++ = one.where.offset;
  }
  std::sort(parts.reference_offsets.begin(), parts.reference_offsets.end());
  if (spec.size != 0 && spec.size < end) {
    return error(errc::field_outside, "%s is given %u bytes, but its fields need %u",
                 type_text(spec.name).text, spec.size, end);
  }
  made.given_bytes = given_bytes_of(made.given, spec.size, end, spec.extends);
  made.size = round_up(std::max(end, spec.size), made.wide ? 16 : 8);
  if (!made.wide && made.size <= limits::quick_bytes) made.quick_bytes = made.size;
  return errc::ok;
}

// Makes the record of a struct type. Precondition: check_spec answered ok.
// Errors: out_of_memory, duplicate_field, inherited_field, field_outside, those of place_fields or
// check_fields.
[[nodiscard]] SHOAL_SLOW inline result<type_record*> make_record(
    const record_terms& terms, const type_spec& spec, const registration_key& key) noexcept {
  const type parent = spec.extends;
  const std::uint32_t inherited = parent ? parent.field_count() : 0;
  const auto own = static_cast<std::uint32_t>(spec.fields.size());
  const std::uint32_t total = inherited + own;
  const std::uint32_t depth = parent ? parent->depth + 1 : 0;
  std::uint32_t names = 1;
  while (names < 2 * total) names *= 2;
  std::uint32_t references = parent ? parent->reference_count : 0;
  std::size_t text_bytes = spec.name.size() + key.name.size() + key.place.size();
  for (const field_spec& one : spec.fields) {
    text_bytes += one.key.name.size();
    references += holds_references(one.kind);
  }
  for (const behaviour& one : spec.behaviours) text_bytes += one.role.size() + one.name.size();

  record_in_making making(terms.memory);
  struct_parts parts{};
  parts.inherited = inherited;
  behaviour* behaviours = nullptr;
  std::uint32_t* ancestors = nullptr;
  char* text_start = nullptr;
  const bool has_memory = making.try_allocate([&](block_cursor& block) noexcept {
    block.take<type_record>(1);
    text_start = block.take<char>(text_bytes);  // next to the key that a registry compares
    parts.fields = {block.take<field_entry>(total), total};
    behaviours = block.take<behaviour>(spec.behaviours.size());
    ancestors = block.take<std::uint32_t>(depth + 1);
    parts.name_table = {block.take<std::uint32_t>(names), names};
    parts.reference_offsets = {block.take<std::uint32_t>(references), references};
  });
  if (!has_memory) return errc::out_of_memory;

  text_cursor text(text_start);
  making.set_names(spec.name, key, text);
  if (parent) std::copy_n(parent->ancestors, depth, ancestors);
  ancestors[depth] = 0;
  for (std::size_t i = 0; i < spec.behaviours.size(); ++i) {
    new (behaviours + i)
        behaviour{text.copy(spec.behaviours[i].role), text.copy(spec.behaviours[i].name)};
  }
  copy_fields(parts, spec, text);

  descriptor& made = making.what();
  made.what = shape::structure;
  made.given = has_given_offsets(spec);
  made.has_references = references != 0;
  made.depth = depth;
  made.field_count = total;
  made.own_fields = own;
  made.reference_count = references;
  made.behaviour_count = static_cast<std::uint32_t>(spec.behaviours.size());
  made.parent = parent.get();
  made.ancestors = ancestors;
  made.fields = parts.fields.data();
  made.name_table = parts.name_table.data();
  made.name_mask = names - 1;
  made.reference_offsets = parts.reference_offsets.data();
  made.behaviours = behaviours;
  made.layout_hash = hash_of(spec);

  const error twice = enter_keys(parts, spec);
  if (twice.code() != errc::ok) return twice;
  const error misplaced = arrange(terms, parts, spec, made);
  if (misplaced.code() != errc::ok) return misplaced;
  return making.take();
}

// Makes the record of an array type. Precondition: check_spec answered ok. Errors: out_of_memory.
[[nodiscard]] SHOAL_SLOW inline result<type_record*> make_record(
    const record_terms& terms, const array_spec& spec, const registration_key& key) noexcept {
  char standard[32];
  std::snprintf(standard, sizeof standard, "array of %s", name_of(spec.element));
  const std::string_view name = spec.name.empty() ? std::string_view(standard) : spec.name;

  const std::size_t text_bytes = name.size() + key.name.size() + key.place.size();
  record_in_making making(terms.memory);
  std::uint32_t* ancestors = nullptr;
  char* text_start = nullptr;
  const bool has_memory = making.try_allocate([&](block_cursor& block) noexcept {
    block.take<type_record>(1);
    ancestors = block.take<std::uint32_t>(1);
    text_start = block.take<char>(text_bytes);
  });
  if (!has_memory) return errc::out_of_memory;
  text_cursor text(text_start);
  making.set_names(name, key, text);
  *ancestors = 0;
  descriptor& made = making.what();
  made.what = shape::array;
  made.element = spec.element;
  made.wide = spec.element == field_kind::v128;
  made.has_references = holds_references(spec.element);
  made.ref_type = spec.ref_type ? spec.ref_type.index() : 0;
  made.ancestors = ancestors;
  made.layout_hash = hash_of(spec);
  return making.take();
}

}  // namespace detail
}  // namespace shoal
