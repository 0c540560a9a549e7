// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Shared strings: immutable bytes, Latin-1 or UTF-16, with their hash computed at creation.
///
/// offset \| what
/// -------\|------------------------------------------------------------------------------
/// 0    \| header; its word is the hash
/// 8    \| bits 0..59 number of units, bits 60..61 representation
/// 16    \| the units: one byte each, or two (UTF-16, lone surrogates kept)
///
/// Text compares and hashes by code unit, whatever its representation; bytes equal text only where
/// both are ASCII.
///
/// **Thread safety:** thread-safe after publication.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** object.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <shoal/object/reference.hpp>

namespace shoal {

/// What a unit is: a byte without a meaning, a Latin-1 character, or a UTF-16 code unit.
enum class string_form : std::uint8_t { bytes, latin1, utf16 };

/// Where the units begin in the object.
inline constexpr std::uint32_t string_units_offset = 16;

/// The units of a string that is shared, or is about to be.
class string_view {
 public:
  constexpr string_view(string_form form, const void* units, std::uint64_t length) noexcept
      : units_(units), length_(length), form_(form) {}
  // NOLINTNEXTLINE(google-explicit-constructor): bytes are what C++ has
  string_view(std::string_view bytes) noexcept
      : units_(bytes.data()), length_(bytes.size()), form_(string_form::bytes) {}
  template <detail::text_owner Bytes>
  // NOLINTNEXTLINE(google-explicit-constructor): a std::string
  string_view(const Bytes& bytes) noexcept : string_view(std::string_view(bytes)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  string_view(const char* bytes) noexcept : string_view(std::string_view(bytes)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  string_view(std::u16string_view text) noexcept
      : units_(text.data()), length_(text.size()), form_(string_form::utf16) {}

  /// The form; how many units; where they are; how many bytes they take.
  [[nodiscard]] string_form form() const noexcept { return form_; }
  /** The form; how many units; where they are; how many bytes they take. */ [[nodiscard]] std::uint64_t length() const noexcept { return length_; }
  /** The form; how many units; where they are; how many bytes they take. */ [[nodiscard]] const void* units() const noexcept { return units_; }
  /** The form; how many units; where they are; how many bytes they take. */ [[nodiscard]] std::uint64_t bytes() const noexcept {
    return form_ == string_form::utf16 ? length_ * 2 : length_;
  }
  /// **Precondition:** i \< length().
  [[nodiscard]] std::uint16_t operator[](std::uint64_t i) const noexcept {
    if (form_ != string_form::utf16) return static_cast<const std::uint8_t*>(units_)[i];
    std::uint16_t unit;
    std::memcpy(&unit, static_cast<const std::byte*>(units_) + 2 * i, 2);
    return unit;
  }

 private:
  const void* units_;
  std::uint64_t length_;
  string_form form_;
};

namespace detail {

struct string_body {
  header head;
  payload<std::uint64_t> meta;  // length and representation
};
static_assert(sizeof(string_body) == string_units_offset);

// A 64 by 64 bit multiplication folded to 64: the mixing step of the string hash.
[[nodiscard]] inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using wide = unsigned __int128;
  const wide product = wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline constexpr std::uint64_t hash_seed = 0x9e37'79b9'7f4a'7c15;
inline constexpr std::uint64_t hash_step = 0xd1b5'4a32'd192'ed03;

[[nodiscard]] inline std::uint32_t finish_hash(std::uint64_t state, std::uint64_t length) noexcept {
  const std::uint64_t mixed = fold(state ^ length, hash_step);
  return static_cast<std::uint32_t>(mixed ^ (mixed >> 32));
}

[[nodiscard]] inline bool is_narrow(const string_view& text) noexcept {
  for (std::uint64_t i = 0; i < text.length(); ++i) {
    if (text[i] > 0xff) return false;
  }
  return true;
}

[[nodiscard]] inline std::uint64_t meta_of(const string_view& text) noexcept {
  return text.length() | std::uint64_t{static_cast<std::uint8_t>(text.form())} << 60;
}
[[nodiscard]] inline std::uint64_t meta_at(const void* object) noexcept {
  return static_cast<const string_body*>(object)->meta.get();
}

}  // namespace detail

/// By code unit: equal strings hash equally whatever their forms. Not keyed: a host that interns
/// hostile input bounds it first.
[[nodiscard]] inline std::uint32_t hash_of(const string_view& text) noexcept {
  std::uint64_t state = detail::hash_seed;
  const std::uint64_t length = text.length();
  if (text.form() != string_form::utf16) {
    const auto* units = static_cast<const std::byte*>(text.units());
    std::uint64_t i = 0;
    for (; i + 8 <= length; i += 8) {
      std::uint64_t block;
      std::memcpy(&block, units + i, 8);
      state = detail::fold(state ^ block, detail::hash_step);
    }
    std::uint64_t block = 0;
    if (i < length) {
      std::memcpy(&block, units + i, length - i);
      state = detail::fold(state ^ block, detail::hash_step);
    }
    return detail::finish_hash(state, length);
  }
  // UTF-16 that Latin-1 could hold must hash as Latin-1 does: eight narrowed units a block.
  const std::uint64_t per_block = detail::is_narrow(text) ? 8 : 4;
  const unsigned shift = per_block == 8 ? 8 : 16;
  for (std::uint64_t i = 0; i < length; i += per_block) {
    std::uint64_t block = 0;
    for (std::uint64_t j = 0; j < per_block && i + j < length; ++j) {
      block |= std::uint64_t{text[i + j]} << (shift * j);
    }
    state = detail::fold(state ^ block, detail::hash_step);
  }
  return detail::finish_hash(state, length);
}

/// Texts are equal by code unit, whatever their forms; bytes equal a text where both are ASCII.
[[nodiscard]] inline bool equal(const string_view& a, const string_view& b) noexcept {
  if (a.length() != b.length()) return false;
  if (a.form() == b.form()) {
    return a.length() == 0 || std::memcmp(a.units(), b.units(), a.bytes()) == 0;
  }
  const bool has_bytes = a.form() == string_form::bytes || b.form() == string_form::bytes;
  for (std::uint64_t i = 0; i < a.length(); ++i) {
    if (a[i] != b[i] || (has_bytes && a[i] > 0x7f)) return false;
  }
  return true;
}

/// Negative, zero or positive: by code unit, the shorter first. Bytes and text that only look alike
/// are not equal: bytes come first.
[[nodiscard]] inline int compare(const string_view& a, const string_view& b) noexcept {
  const std::uint64_t common = a.length() < b.length() ? a.length() : b.length();
  for (std::uint64_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  if (a.length() != b.length()) return a.length() < b.length() ? -1 : 1;
  if (equal(a, b)) return 0;
  return a.form() == string_form::bytes ? -1 : 1;
}

/// Bytes of the object that holds the text; 0: too large.
[[nodiscard]] inline std::uint64_t string_bytes(const string_view& text) noexcept {
  constexpr std::uint64_t longest = std::uint64_t{1} << 48;
  return text.length() > longest ? 0 : string_units_offset + text.bytes();
}

/// Fills in a fresh string behind its header. **Precondition:** string_bytes(text) bytes.
inline void write_string(void* memory, const string_view& text) noexcept {
  auto* bytes = static_cast<std::byte*>(memory);
  static_cast<detail::string_body*>(memory)->meta.set(detail::meta_of(text));
  if (text.length() != 0) std::memcpy(bytes + string_units_offset, text.units(), text.bytes());
}

/// **Precondition:** the object is a string.
[[nodiscard]] inline string_view string_at(const void* object) noexcept {
  const std::uint64_t meta = detail::meta_at(object);
  return {static_cast<string_form>((meta >> 60) & 3),
          static_cast<const std::byte*>(object) + string_units_offset,
          meta & ((std::uint64_t{1} << 60) - 1)};
}

namespace detail {
// By value: the fast half then keeps the view in registers.
[[nodiscard]] SHOAL_SLOW inline bool has_text_slow(const void* object, string_view text) noexcept {
  return equal(string_at(object), text);
}
}  // namespace detail

/// Equality of a shared string with a text, which usually is of the same form. **Precondition:** the
/// object is a string.
[[nodiscard]] SHOAL_INLINE bool has_text(const void* object, const string_view& text) noexcept {
  if (detail::meta_at(object) != detail::meta_of(text)) [[unlikely]]
    return detail::has_text_slow(object, text);
  return text.length() == 0 ||
         std::memcmp(static_cast<const std::byte*>(object) + string_units_offset, text.units(),
                     text.bytes()) == 0;
}

/// The hash of the text, as hash_of has it. **Precondition:** the object is a string.
[[nodiscard]] inline std::uint32_t string_hash_at(const void* object) noexcept {
  return header_of(object).word.get();
}

}  // namespace shoal
