// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// descriptor: the shared, immutable record that is a type identity.
///
/// Every instance carries the dense index of its descriptor. A descriptor is metadata of the
/// cluster: made once, never changed after its index can be seen, released when the type space
/// closes or the type is retired.
///
/// **Thread safety:** thread-safe; everything here is read-only after publication.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** type.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <shoal/type/kind.hpp>

namespace shoal {

/// What the instances of a type are.
enum class shape : std::uint8_t {
  structure,
  array,
  string,
  boxed_integer,          ///< an i64, u64 or f64 that an `any` field cannot hold
  type_handle,            ///< names a type, with rights
  thread_local_function,  ///< names an agent-local slot
  thread_bound,           ///< a word that only its owner may see
  mutex,                  ///< a lock that one agent holds
  condition,              ///< where agents that hold a mutex wait
  mailbox,                ///< a ring of values on their way from agents to agents
  filler,                 ///< memory of a heap that holds no object
};

/// As an error sentence says it: "a struct", "an array", ...
[[nodiscard]] constexpr const char* name_of(shape what) noexcept {
  constexpr const char* names[] = {"a struct",
                                   "an array",
                                   "a string",
                                   "a boxed number",
                                   "a type handle",
                                   "a thread-local function",
                                   "a thread-bound handle",
                                   "a mutex",
                                   "a condition",
                                   "a mailbox",
                                   "a filler"};
  return names[static_cast<std::uint8_t>(what)];
}

/// The types that every type space has, at fixed indices. Index 0 is never given.
struct builtin {
  enum : std::uint32_t {
    none = 0,
    filler = 1,
    string,
    boxed_i64,
    boxed_u64,
    boxed_f64,  ///< only in encodings without words for every double
    type_handle,
    thread_local_function,
    thread_bound,
    mutex,
    condition,
    mailbox,
    array_of_any = 16,  ///< + field_kind: an array type for each kind
    first_user = 32,
  };
  /// The index of the array type of a kind.
  [[nodiscard]] static constexpr std::uint32_t array_of(field_kind kind) noexcept {
    return array_of_any + static_cast<std::uint32_t>(kind);
  }
};

/// Constants of this version; beyond each is an error.
struct limits {
  static constexpr std::uint32_t fields = 1u << 16;          ///< per type, inherited ones included
  static constexpr std::uint32_t types = 1u << 20;           ///< per cluster, index 0 included
  static constexpr std::uint32_t depth = 1u << 10;           ///< of inheritance
  static constexpr std::uint32_t instance_bytes = 1u << 24;  ///< of a struct, header included
  static constexpr std::uint32_t quick_bytes = 1u << 13;     ///< of a struct made by moving a cursor
  static constexpr std::uint32_t agent_locals = 1u << 16;    ///< slots per cluster
  static constexpr std::uint32_t name_bytes = 1u << 16;      ///< of a key or of a type's name
  static constexpr std::uint32_t mailbox_values = 1u << 24;  ///< the largest capacity of a mailbox
};

namespace detail {
// What owns text and shows it as a std::string_view does: a std::string, say.
template <class T>
concept text_owner = std::is_convertible_v<const T&, std::string_view> &&
                     !std::is_convertible_v<const T&, const char*> &&
                     !std::is_same_v<T, std::string_view>;
}  // namespace detail

/// The key of a field: a name, an integer, or a word of the host's (a symbol). A name is a view, as
/// std::string_view is, whatever it is made from: a call reads it while it runs and keeps no view.
struct field_key {
  enum class form : std::uint8_t { name, integer, symbol };

  // NOLINTNEXTLINE(google-explicit-constructor): {"x", shoal::f64} is how a field is written
  constexpr field_key(const char* text) noexcept
      : name(text == nullptr ? std::string_view() : std::string_view(text)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr field_key(std::string_view text) noexcept : name(text) {}
  template <detail::text_owner Text>
  // NOLINTNEXTLINE(google-explicit-constructor): a std::string
  constexpr field_key(const Text& text) noexcept : name(text) {}
  template <std::integral Number>
  field_key(Number) = delete;  ///< 0 would be a null pointer: say of_integer
  /// What an array-like object calls its elements: 1 and "1" differ here; a runtime that has them
  /// equal converts before.
  [[nodiscard]] static constexpr field_key of_integer(std::uint64_t number) noexcept {
    return field_key(form::integer, number);
  }
  /// The word must mean the same on every agent, and outlive the type.
  [[nodiscard]] static constexpr field_key of_symbol(std::uint64_t word) noexcept {
    return field_key(form::symbol, word);
  }

  std::string_view name;     ///< of a name
  std::uint64_t number = 0;  ///< of an integer or symbol
  form what = form::name;

  friend constexpr bool operator==(const field_key&, const field_key&) = default;

 private:
  constexpr field_key(form kind, std::uint64_t bits) noexcept : number(bits), what(kind) {}
};

struct descriptor;

/// One field of a type, as fast paths hold it: where it is and how it is stored. Plain data, so that
/// an inline cache can keep it. Valid while its owner type lives.
struct field {
  std::uint32_t offset = 0;  ///< from the start of the object, header included
  field_kind kind = field_kind::any;
  bool constant = false;       ///< set once, at creation
  std::uint32_t owner = 0;     ///< index of the type that declares it; its subtypes have it too
  std::uint32_t ref_type = 0;  ///< of a typed `ref`: the index it must be; 0: any object
};

/// Instances of a struct type, as fast paths that make them hold it: plain data, so that an inline
/// cache can keep it. Valid while the type lives.
struct blueprint {
  static constexpr std::uint32_t never_quick = 0xffff'ffff;

  std::uint32_t type_index = 0;
  std::uint32_t quick_bytes = never_quick;  ///< descriptor::quick_bytes
};

/// A field with its key, as a descriptor keeps it.
struct field_entry {
  field_key key;
  field where;
};

/// A behaviour name that a type declares for a role: what a resolver loads (a module specifier,
/// say). The empty role is the default.
struct behaviour {
  std::string_view role;
  std::string_view name;
};

/// All arrays live in the descriptor's own metadata block.
struct descriptor {
  std::uint32_t index;  ///< the type index
  shape what;
  field_kind element;   ///< of an array
  bool wide;            ///< instances are 16-aligned (a v128 field or element)
  bool has_references;  ///< a collector must look inside
  bool given;           ///< its own fields were declared with offsets
  bool structural;      ///< found by its layout: only the host binds it
  std::uint32_t size;   ///< of a struct: bytes of an instance, header included; else 0
  std::uint32_t quick_bytes =
      blueprint::never_quick;  ///< the same where moving a cursor makes one; else more than any room
  std::uint32_t given_bytes;   ///< the first bytes that another language arranges; else 0
  std::uint32_t ref_type;      ///< of an array of typed `ref`; else 0
  std::uint32_t depth;         ///< 0: no parent
  std::uint32_t field_count;   ///< inherited ones first
  std::uint32_t own_fields;    ///< the last own_fields of them are its own
  std::uint32_t reference_count;  ///< entries of reference_offsets
  std::uint32_t behaviour_count;
  const descriptor* parent;         ///< null: none
  const std::uint32_t* ancestors;   ///< [depth + 1] type indices, the root first, itself last
  const field_entry* fields;        ///< [field_count] in order of declaration
  const std::uint32_t* name_table;  ///< hash table over keys: private to type/
  std::uint32_t name_mask;
  const std::uint32_t* reference_offsets;  ///< of the `any` and `ref` fields, ascending
  const behaviour* behaviours;             ///< [behaviour_count]
  std::string_view name;
  std::uint64_t layout_hash;  ///< equal layouts have equal hashes
  void* block;                ///< the metadata block and its size, for its release
  std::size_t block_bytes;
};

/// True where `sub` is `super` or declared, however far, as extending it. O(1).
[[nodiscard]] inline bool is_a(const descriptor& sub, const descriptor& super) noexcept {
  return sub.depth >= super.depth && sub.ancestors[super.depth] == super.index;
}

}  // namespace shoal
