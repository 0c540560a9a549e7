// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// registration_key: what agents that declare the same type agree on beforehand.
///
/// The key is the host's: where the declaration stands in the source (chunk, line, name and a hash
/// of its text), or what a module exports, or any text. User code never sees it.
///
/// **Thread safety:** a plain value; views of the caller's text.
/// <br>**Progress:** wait-free; a hash or a compare reads all of the text.
/// <br>**Layer:** type.

#include <cstdint>
#include <string_view>

#include <shoal/type/descriptor.hpp>
#include <shoal/type/hash.hpp>

namespace shoal {

/** registration_key: what agents that declare the same type agree on beforehand.<p>The key is the host's: where the declaration stands in the source (chunk, line, name and a hash of its text), or what a module exports, or any text. User code never sees it. */ struct registration_key {
  enum class form : std::uint8_t { text, source, exported };

  constexpr registration_key() noexcept = default;
  // NOLINTNEXTLINE(google-explicit-constructor): cohort.register_struct("Point", ...)
  constexpr registration_key(std::string_view text) noexcept : name(text) {}
  template <detail::text_owner Text>
  // NOLINTNEXTLINE(google-explicit-constructor): a std::string
  constexpr registration_key(const Text& text) noexcept : name(text) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr registration_key(const char* text) noexcept
      : name(text == nullptr ? std::string_view() : std::string_view(text)) {}

  /// The same declaration, evaluated again or elsewhere. Where several stand in one line under one
  /// name, the hash of the declaration's text tells them apart.
  [[nodiscard]] static constexpr registration_key of_source(std::string_view chunk,
                                                            std::uint64_t line,
                                                            std::string_view name,
                                                            std::uint64_t declaration) noexcept {
    registration_key key(name);
    key.what = form::source;
    key.place = chunk;
    key.line = line;
    key.declaration = declaration;
    return key;
  }
  /// What a module exports under a name.
  [[nodiscard]] static constexpr registration_key of_export(std::string_view module,
                                                            std::string_view name) noexcept {
    registration_key key(name);
    key.what = form::exported;
    key.place = module;
    return key;
  }

  [[nodiscard]] constexpr bool empty() const noexcept { return name.empty() && place.empty(); }
  friend constexpr bool operator==(const registration_key&,
                                   const registration_key&) noexcept = default;

  form what = form::text;
  std::uint64_t line = 0;
  std::uint64_t declaration = 0;
  std::string_view place = {};  ///< chunk or module
  std::string_view name = {};
};

/// Equal keys hash equally.
[[nodiscard]] inline std::uint64_t hash_of(const registration_key& key) noexcept {
  std::uint64_t hash = hash_bytes(key.name, static_cast<std::uint64_t>(key.what));
  if (key.what == registration_key::form::text) return hash;
  hash = hash_bytes(key.place, hash);
  return hash_combine(hash_combine(hash, key.line), key.declaration);
}

}  // namespace shoal
