// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// type_record: a descriptor with what only the type space knows, in one block of metadata.
///
/// It is made complete but for its index (make_record.hpp), so that nothing can fail once an index
/// is taken. Types of equal layout have equal hashes, which a spec has before its record is made.
///
/// **Thread safety:** reentrant.
/// <br>**Progress:** wait-free; release_record is as the metadata hook's release.
/// <br>**Layer:** type.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <shoal/type/registration_key.hpp>
#include <shoal/type/spec.hpp>

namespace shoal {
namespace detail {

class type_registry;

struct type_record {
  descriptor what;             // first: a descriptor is where its record is
  payload<type_record*> next;  // in a list of retired ones
  type_registry* listed_in;    // null: none
  std::uint64_t key_hash;      // the hash it is listed by
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

// True where the spec's own fields have given offsets: check_spec sees to it that all have or none.
[[nodiscard]] inline bool has_given_offsets(const type_spec& spec) noexcept {
  return spec.fields.size() != 0 && spec.fields[0].offset != computed;
}

// What a field will have as its ref_type, as long as the type has no index.
[[nodiscard]] inline std::uint32_t target_of(const field_spec& one) noexcept {
  return one.ref_self ? self_index : one.ref_type ? one.ref_type.index() : 0;
}

// The hash of the layout a spec declares: by parent, and each own field's key, kind, `const` and
// target. Not by offsets, so that it is known before they are.
[[nodiscard]] inline std::uint64_t hash_of(const type_spec& spec) noexcept {
  const std::uint32_t parent = spec.extends ? spec.extends.index() : 0;
  std::uint64_t hash = hash_combine(parent, spec.fields.size());
  for (const field_spec& one : spec.fields) {
    const std::uint64_t stored = std::uint64_t{target_of(one)} << 16 |
                                 static_cast<std::uint64_t>(one.kind) << 8 |
                                 std::uint64_t{one.constant};
    hash = hash_combine(hash_combine(hash, hash_of(one.key)), stored);
  }
  return hash;
}

[[nodiscard]] inline std::uint64_t hash_of(const array_spec& spec) noexcept {
  return hash_combine(~std::uint64_t{0}, (spec.ref_type ? spec.ref_type.index() : 0) << 8 |
                                             static_cast<std::uint32_t>(spec.element));
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
}  // namespace shoal
