// SPDX-License-Identifier: BSL-1.0

// Strings as floor 2 has them: hashes, equality and order over three forms.

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <shoal/object/object.hpp>

using shoal::string_form;
using shoal::string_view;

namespace {

// One text in the forms that can hold it, with storage.
struct texts {
  std::vector<std::string> narrow;
  std::vector<std::u16string> wide;
};

string_view latin1(const std::string& units) {
  return {string_form::latin1, units.data(), units.size()};
}
string_view bytes(const std::string& units) { return std::string_view(units); }
string_view utf16(const std::u16string& units) { return std::u16string_view(units); }

std::u16string widen(const std::string& units) {
  std::u16string wide;
  for (const char each : units) wide += static_cast<char16_t>(static_cast<unsigned char>(each));
  return wide;
}

int sign(int n) { return n < 0 ? -1 : n > 0 ? 1 : 0; }

}  // namespace

TEST_CASE("ASCII is one text in all three forms, of any length") {
  for (std::size_t length = 0; length < 70; ++length) {
    std::string narrow;
    for (std::size_t i = 0; i < length; ++i) narrow += static_cast<char>('a' + i % 26);
    const std::u16string wide = widen(narrow);
    const string_view forms[] = {bytes(narrow), latin1(narrow), utf16(wide)};
    for (const string_view& a : forms) {
      for (const string_view& b : forms) {
        CHECK(shoal::equal(a, b));
        CHECK(shoal::hash_of(a) == shoal::hash_of(b));
        CHECK(shoal::compare(a, b) == 0);
      }
    }
  }
}

TEST_CASE("Latin-1 and UTF-16 are one text, of any length and whatever unit is beyond ASCII") {
  for (std::size_t length = 1; length < 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string narrow(length, 'x');
      narrow[at] = '\xe9';
      const std::u16string wide = widen(narrow);
      CHECK(shoal::equal(latin1(narrow), utf16(wide)));
      CHECK(shoal::hash_of(latin1(narrow)) == shoal::hash_of(utf16(wide)));
      CHECK(shoal::compare(latin1(narrow), utf16(wide)) == 0);
    }
  }
}

TEST_CASE("bytes equal text only where both are ASCII") {
  const std::string narrow = "caf\xe9";
  const std::u16string wide = widen(narrow);
  CHECK_FALSE(shoal::equal(bytes(narrow), latin1(narrow)));
  CHECK_FALSE(shoal::equal(bytes(narrow), utf16(wide)));
  CHECK_FALSE(shoal::equal(utf16(wide), bytes(narrow)));
  CHECK(shoal::equal(bytes(narrow), bytes(narrow)));
}

TEST_CASE("lone surrogates are kept and compared as units") {
  const std::u16string high{static_cast<char16_t>(0xd800)};
  const std::u16string low{static_cast<char16_t>(0xdc00)};
  const std::u16string pair{static_cast<char16_t>(0xd800), static_cast<char16_t>(0xdc00)};
  CHECK(shoal::equal(utf16(high), utf16(high)));
  CHECK_FALSE(shoal::equal(utf16(high), utf16(low)));
  CHECK_FALSE(shoal::equal(utf16(pair), utf16(high)));
  CHECK(shoal::compare(utf16(high), utf16(low)) < 0);
  CHECK(utf16(high)[0] == 0xd800);
}

TEST_CASE("the same units in other places are other strings") {
  for (const auto& [a, b] : {std::pair<std::string, std::string>{"ab", "ba"},
                             {"a", "aa"},
                             {"", "a"},
                             {std::string("\0", 1), ""},
                             {std::string("a\0", 2), "a"},
                             {std::string(8, 'x'), std::string(9, 'x')}}) {
    CHECK_FALSE(shoal::equal(bytes(a), bytes(b)));
    CHECK(shoal::hash_of(bytes(a)) != shoal::hash_of(bytes(b)));
    CHECK(shoal::compare(bytes(a), bytes(b)) != 0);
  }
}

TEST_CASE("strings are ordered by unit, the shorter first, bytes before text") {
  const std::string units[] = {"", "a", "aa", "ab", "b", "\x7f", "\x80", "\xff"};
  for (std::size_t i = 0; i < std::size(units); ++i) {
    for (std::size_t j = 0; j < std::size(units); ++j) {
      CHECK(sign(shoal::compare(bytes(units[i]), bytes(units[j]))) ==
            sign(static_cast<int>(i) - static_cast<int>(j)));
      CHECK(sign(shoal::compare(latin1(units[i]), utf16(widen(units[j])))) ==
            sign(static_cast<int>(i) - static_cast<int>(j)));
    }
  }
  const std::string high = "\xff";
  CHECK(shoal::compare(bytes(high), latin1(high)) == -1);
  CHECK(shoal::compare(latin1(high), bytes(high)) == 1);
  CHECK(shoal::compare(utf16(u"\u0100"), latin1(high)) > 0);
}

TEST_CASE("a string object says what was written") {
  alignas(8) std::byte memory[64] = {};
  const std::u16string wide = u"x\u4e00";
  CHECK(shoal::string_bytes(utf16(wide)) == 16 + 4);
  shoal::write_header(memory, shoal::builtin::string, shoal::hash_of(utf16(wide)));
  shoal::write_string(memory, utf16(wide));
  CHECK(shoal::string_at(memory).form() == string_form::utf16);
  CHECK(shoal::string_at(memory).length() == 2);
  CHECK(shoal::equal(shoal::string_at(memory), utf16(wide)));
  CHECK(shoal::string_hash_at(memory) == shoal::hash_of(utf16(wide)));
}

TEST_CASE("a string object has the texts that are equal to its own, in any form") {
  const std::string narrow = "an identifier";
  const std::u16string wide = widen(narrow);
  const std::vector<string_view> same = {bytes(narrow), latin1(narrow), utf16(wide)};
  const std::string beyond = "caf\xe9";
  const std::u16string wide_beyond = widen(beyond);
  const std::string other = "an identifieR";
  const std::u16string wide_other = widen(other);
  const std::string none;
  const std::string shorter = "an identifie";
  const std::vector<string_view> others = {bytes(none), bytes(other), bytes(shorter),
                                           utf16(wide_other)};
  for (const string_view& written : same) {
    alignas(8) std::byte object[64];
    shoal::write_header(object, shoal::builtin::string, hash_of(written));
    write_string(object, written);
    for (const string_view& text : same) CHECK(has_text(object, text));
    for (const string_view& text : others) CHECK_FALSE(has_text(object, text));
  }
  alignas(8) std::byte object[64];
  shoal::write_header(object, shoal::builtin::string, 0);
  write_string(object, latin1(beyond));
  CHECK(has_text(object, utf16(wide_beyond)));
  CHECK_FALSE(has_text(object, bytes(beyond)));
  write_string(object, bytes(""));
  CHECK(has_text(object, bytes("")));
  CHECK(has_text(object, string_view(std::string_view())));
  CHECK(has_text(object, utf16(std::u16string())));
}

TEST_CASE("a string beyond every heap has no size") {
  const string_view endless(string_form::utf16, nullptr, std::uint64_t{1} << 59);
  CHECK(shoal::string_bytes(endless) == 0);
  CHECK(shoal::string_bytes(string_view("")) == 16);
}
