// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// How error sentences name keys, types and fields.
///
/// Names are the host's bytes, of any length; a sentence has room for some of them. They are cut
/// between characters of UTF-8 and end in "..." then.
///
/// **Thread safety:** plain values.
/// <br>**Progress:** wait-free; each costs a snprintf.
/// <br>**Layer:** type.

#include <cinttypes>
#include <cstddef>
#include <cstdio>
#include <string_view>

#include <shoal/type/descriptor.hpp>

namespace shoal {
namespace detail {

// A piece of a sentence. Used as key_text(key).text within one full expression.
struct sentence_part {
  char text[96] = {};

 protected:
  static constexpr std::size_t longest_name = 48;

  // Bytes of `name` that fit, whole characters only.
  [[nodiscard]] static int fitting(std::string_view name) noexcept {
    if (name.size() <= longest_name) return static_cast<int>(name.size());
    std::size_t size = longest_name;
    while (size != 0 && (static_cast<unsigned char>(name[size]) & 0xc0) == 0x80) --size;
    return static_cast<int>(size);
  }
  void put_name(const char* before, std::string_view name) noexcept {
    const int size = fitting(name);
    std::snprintf(text, sizeof text, "%s'%.*s%s'", before, size, name.empty() ? "" : name.data(),
                  static_cast<std::size_t>(size) < name.size() ? "..." : "");
  }
};

// 'x', [3] or symbol 0x1f.
struct key_text : sentence_part {
  explicit key_text(const field_key& key) noexcept {
    if (key.what == field_key::form::integer) {
      std::snprintf(text, sizeof text, "[%" PRIu64 "]", key.number);
    } else if (key.what == field_key::form::symbol) {
      std::snprintf(text, sizeof text, "symbol 0x%" PRIx64, key.number);
    } else {
      put_name("", key.name);
    }
  }
};

// type 'Point', or: an unnamed type.
struct type_text : sentence_part {
  explicit type_text(std::string_view name) noexcept {
    if (name.empty()) {
      std::snprintf(text, sizeof text, "an unnamed type");
    } else {
      put_name("type ", name);
    }
  }
  explicit type_text(const descriptor& from) noexcept : type_text(from.name) {}
};

}  // namespace detail
}  // namespace shoal
