// SPDX-License-Identifier: BSL-1.0

// Value encodings: the default NaN box and two foreign ones.

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "foreign_encodings.hpp"

using shoal::nan_box;
using shoal::value_kind;

namespace {

constexpr std::uint64_t address = 0x0000'7fff'1234'5678;

#define ENCODINGS nan_box, foreign::pointer_box, foreign::low_bits

// Doubles at every edge that an encoding may trip over.
const double doubles[] = {0.0,
                          -0.0,
                          1.0,
                          -1.0,
                          0.1,
                          std::numeric_limits<double>::denorm_min(),
                          -std::numeric_limits<double>::denorm_min(),
                          std::numeric_limits<double>::min(),
                          std::numeric_limits<double>::max(),
                          std::numeric_limits<double>::lowest(),
                          std::numeric_limits<double>::infinity(),
                          -std::numeric_limits<double>::infinity(),
                          2147483647.0,
                          -2147483648.0,
                          2147483648.0,
                          0x1p53,
                          0x1.fffffffffffffp1023};

}  // namespace

TEST_CASE("zero is undefined in the default encoding") {
  CHECK(nan_box::data.undefined == 0);
  CHECK(nan_box::kind_of(0) == value_kind::undefined);
}

TEST_CASE_TEMPLATE("a double comes back bit by bit, or is none that the encoding holds", E,
                   ENCODINGS) {
  for (const double each : doubles) {
    CAPTURE(each);
    if constexpr (requires { E::holds_double(each); }) {
      if (!E::holds_double(each)) continue;
    }
    const std::uint64_t word = E::from_double(each);
    CHECK(E::shareable(word));
    CHECK_FALSE(E::data.is_reference(word));
    const value_kind kind = E::kind_of(word);
    CHECK((kind == value_kind::float64 || kind == value_kind::int32));
    const double back = kind == value_kind::float64 ? E::to_double(word) : E::to_int32(word);
    CHECK(std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(each));
  }
}

TEST_CASE_TEMPLATE("an int32 comes back", E, ENCODINGS) {
  using limits = std::numeric_limits<std::int32_t>;
  for (const std::int32_t each : {0, 1, -1, 1000, limits::min(), limits::max()}) {
    const std::uint64_t word = E::from_int32(each);
    CHECK(E::kind_of(word) == value_kind::int32);
    CHECK(E::to_int32(word) == each);
    CHECK(E::shareable(word));
    CHECK_FALSE(E::data.is_reference(word));
  }
}

TEST_CASE_TEMPLATE("undefined, null, true and false are four words, none of them a reference", E,
                   ENCODINGS) {
  const std::uint64_t words[] = {E::data.undefined, E::data.null, E::from_bool(true),
                                 E::from_bool(false)};
  const value_kind kinds[] = {value_kind::undefined, value_kind::null, value_kind::boolean,
                              value_kind::boolean};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(E::kind_of(words[i]) == kinds[i]);
    CHECK(E::shareable(words[i]));
    CHECK_FALSE(E::data.is_reference(words[i]));
    for (std::size_t j = 0; j < i; ++j) CHECK(words[i] != words[j]);
  }
  CHECK(E::to_bool(E::from_bool(true)));
  CHECK_FALSE(E::to_bool(E::from_bool(false)));
}

TEST_CASE_TEMPLATE("a reference keeps its address, and may be shared", E, ENCODINGS) {
  for (const bool text : {false, true}) {
    const std::uint64_t word = E::from_reference(address, text);
    CHECK(E::kind_of(word) == value_kind::reference);
    CHECK(E::data.is_reference(word));
    CHECK(E::data.address_of(word) == address);
    CHECK(E::shareable(word));
  }
}

TEST_CASE_TEMPLATE("a word of an agent's own may not be shared, and its data say the same", E,
                   ENCODINGS) {
  for (const std::uint64_t each : {std::uint64_t{0}, std::uint64_t{1}, address}) {
    const std::uint64_t word = E::from_local(each);
    CHECK(E::kind_of(word) == value_kind::local);
    CHECK_FALSE(E::shareable(word));
    CHECK_FALSE(E::data.is_reference(word));
    CHECK((word & E::data.unshared_mask) == E::data.unshared_tag);
  }
}

TEST_CASE_TEMPLATE("every NaN is encoded as the one NaN", E, nan_box, foreign::pointer_box) {
  const std::uint64_t canonical = E::from_double(std::bit_cast<double>(shoal::canonical_nan));
  for (const std::uint64_t sign : {std::uint64_t{0}, std::uint64_t{1} << 63}) {
    for (std::uint64_t top = 0; top < 16; ++top) {
      for (const std::uint64_t low : {std::uint64_t{1}, address, nan_box::payload}) {
        const double nan = std::bit_cast<double>(sign | 0x7ff0'0000'0000'0000 | top << 48 | low);
        REQUIRE(std::isnan(nan));
        CHECK(E::from_double(nan) == canonical);
      }
    }
  }
  CHECK(E::kind_of(canonical) == value_kind::float64);
  CHECK(std::isnan(E::to_double(canonical)));
}

TEST_CASE_TEMPLATE("no double's word is a reference or refused, over the whole range of exponents",
                   E, nan_box, foreign::pointer_box) {
  bool right = true;
  for (std::uint64_t top = 0; top < 0x10000; ++top) {
    for (const std::uint64_t low : {std::uint64_t{0}, std::uint64_t{1}, address}) {
      const double each = std::bit_cast<double>(top << 48 | low);
      const std::uint64_t word = E::from_double(each);
      right = right && E::kind_of(word) == value_kind::float64 && E::shareable(word) &&
              !E::data.is_reference(word);
    }
  }
  CHECK(right);
}

TEST_CASE_TEMPLATE("an encoding's data and its functions agree on every tag", E, ENCODINGS) {
  bool right = true;
  for (std::uint64_t high = 0; high < 0x10000; ++high) {
    for (std::uint64_t low = 0; low < 16; ++low) {
      const std::uint64_t word = high << 48 | 0x1000 | low;
      right = right && E::data.is_reference(word) == (E::kind_of(word) == value_kind::reference) &&
              E::shareable(word) == (E::kind_of(word) != value_kind::local);
    }
  }
  CHECK(right);
}

TEST_CASE("the last double below the tags of the default encoding is -infinity") {
  CHECK(nan_box::from_double(-HUGE_VAL) == 0xfff6'0000'0000'0000);
  CHECK(nan_box::from_double(0.0) == nan_box::double_offset);
}
