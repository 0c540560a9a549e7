// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// type: a type identity as C++ holds it, one pointer to its descriptor.
///
/// Two are equal where they are the same identity; equal layouts alone do not make them so. Holding
/// one does not keep the type alive: a type handle does, or whatever made the host sure.
///
/// **Thread safety:** a plain value over immutable data.
/// <br>**Progress:** wait-free. Look-ups by key hash the key: fast paths keep the `field` they answer.
/// <br>**Layer:** type.

#include <cstdint>
#include <span>
#include <string_view>

#include <shoal/type/describe.hpp>
#include <shoal/type/descriptor.hpp>
#include <shoal/type/hash.hpp>

namespace shoal {

/// Equal keys hash equally.
[[nodiscard]] inline std::uint64_t hash_of(const field_key& key) noexcept {
  const auto seed = static_cast<std::uint64_t>(key.what);
  return key.what == field_key::form::name ? hash_bytes(key.name, seed)
                                           : hash_combine(seed, key.number);
}

/// The field with that key, inherited ones included; null: none.
[[nodiscard]] inline const field_entry* find_field(const descriptor& in,
                                                   const field_key& key) noexcept {
  if (in.field_count == 0) return nullptr;
  // The table is at most half full, so there is a 0, which ends the search.
  for (std::uint64_t at = hash_of(key);; ++at) {
    const std::uint32_t number = in.name_table[at & in.name_mask];
    if (number == 0) return nullptr;
    if (in.fields[number - 1].key == key) return &in.fields[number - 1];
  }
}

/** type: a type identity as C++ holds it, one pointer to its descriptor.<p>Two are equal where they are the same identity; equal layouts alone do not make them so. Holding one does not keep the type alive: a type handle does, or whatever made the host sure. */ class type {
 public:
  /// No type: false as a bool, and nothing else may be asked of it.
  constexpr type() noexcept = default;
  // NOLINTNEXTLINE(google-explicit-constructor): `type point = space.declare(...).value();`
  /** No type: false as a bool, and nothing else may be asked of it. */ constexpr type(const descriptor* identity) noexcept : identity_(identity) {}

  explicit constexpr operator bool() const noexcept { return identity_ != nullptr; }
  [[nodiscard]] constexpr const descriptor* get() const noexcept { return identity_; }
  [[nodiscard]] constexpr const descriptor& operator*() const noexcept { return *identity_; }
  [[nodiscard]] constexpr const descriptor* operator->() const noexcept { return identity_; }

  /// **Precondition of what follows:** not null.
  [[nodiscard]] std::string_view name() const noexcept { return identity_->name; }
  /** **Precondition of what follows:** not null. */ [[nodiscard]] std::uint32_t index() const noexcept { return identity_->index; }
  /// What it extends; null: nothing.
  [[nodiscard]] type parent() const noexcept { return identity_->parent; }
  /// Whether it is that type, or extends it, however far: O(1).
  [[nodiscard]] bool is_a(type super) const noexcept { return shoal::is_a(*identity_, *super); }

  /// Inherited ones first, then its own in order of declaration.
  [[nodiscard]] std::span<const field_entry> fields() const noexcept {
    return {identity_->fields, identity_->field_count};
  }
  /// How many they are; and whether one of them has that key.
  [[nodiscard]] std::uint32_t field_count() const noexcept { return identity_->field_count; }
  /** How many they are; and whether one of them has that key. */ [[nodiscard]] bool has_field(const field_key& key) const noexcept {
    return find_field(*identity_, key) != nullptr;
  }

  /// The field with that key, inherited ones included; or unknown_field.
  [[nodiscard]] result<shoal::field> field(const field_key& key) const noexcept {
    const field_entry* found = find_field(*identity_, key);
    if (found == nullptr) [[unlikely]] {
      return error(errc::unknown_field, "%s has no field %s", detail::type_text(*identity_).text,
                   detail::key_text(key).text);
    }
    return found->where;
  }

  /// The behaviour it declares for that role, else for the default role; else its parent's,
  /// likewise; else the empty name.
  [[nodiscard]] std::string_view behaviour_for(std::string_view role) const noexcept {
    for (const descriptor* at = identity_; at != nullptr; at = at->parent) {
      const behaviour* chosen = nullptr;
      for (std::uint32_t i = 0; i < at->behaviour_count; ++i) {
        const behaviour& one = at->behaviours[i];
        if (one.role == role) return one.name;
        if (one.role.empty() && chosen == nullptr) chosen = &one;
      }
      if (chosen != nullptr) return chosen->name;
    }
    return {};
  }

  friend constexpr bool operator==(type, type) noexcept = default;

 private:
  const descriptor* identity_ = nullptr;
};

}  // namespace shoal
