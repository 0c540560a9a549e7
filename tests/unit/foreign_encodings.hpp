// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two encodings of other runtimes, as value_encoding asks for them.

#include <bit>
#include <cstdint>

#include <shoal/base/base.hpp>

namespace foreign {

// As JavaScriptCore's: pointers are bare addresses, doubles are offset by 2^49, int32 has the top
// 15 bits, and undefined is not zero. Bit 2 of a pointer says that it is an agent's own.
struct pointer_box {
  static constexpr std::uint64_t number_tag = 0xfffe'0000'0000'0000;
  static constexpr std::uint64_t other_tag = 0x2;
  static constexpr std::uint64_t local_tag = 0x4;
  static constexpr std::uint64_t pointer_mask = number_tag | other_tag | local_tag;
  static constexpr std::uint64_t double_offset = std::uint64_t{1} << 49;

  static constexpr shoal::encoding data{.reference_mask = pointer_mask,
                                        .reference_tag = 0,
                                        .address_mask = 0x0000'ffff'ffff'fff8,
                                        .unshared_mask = pointer_mask,
                                        .unshared_tag = local_tag,
                                        .undefined = 0x0a,
                                        .null = 0x02};

  [[nodiscard]] static constexpr bool shareable(std::uint64_t word) noexcept {
    return (word & pointer_mask) != local_tag;
  }
  [[nodiscard]] static constexpr shoal::value_kind kind_of(std::uint64_t word) noexcept {
    using enum shoal::value_kind;
    if ((word & number_tag) == number_tag) return int32;
    if ((word & number_tag) != 0) return float64;
    if (word == 0x0a) return undefined;
    if (word == 0x02) return null;
    if (word == 0x06 || word == 0x07) return boolean;
    if ((word & pointer_mask) == local_tag) return shoal::value_kind::local;
    if ((word & pointer_mask) == 0 && word != 0) return reference;
    return other;
  }
  [[nodiscard]] static constexpr std::uint64_t from_double(double number) noexcept {
    const std::uint64_t bits =
        number != number ? shoal::canonical_nan : std::bit_cast<std::uint64_t>(number);
    return bits + double_offset;
  }
  [[nodiscard]] static constexpr std::uint64_t from_int32(std::int32_t integer) noexcept {
    return number_tag | static_cast<std::uint32_t>(integer);
  }
  [[nodiscard]] static constexpr std::uint64_t from_bool(bool truth) noexcept {
    return truth ? 0x07 : 0x06;
  }
  [[nodiscard]] static constexpr std::uint64_t from_reference(std::uint64_t address,
                                                              bool) noexcept {
    return address;
  }
  [[nodiscard]] static constexpr std::uint64_t from_local(std::uint64_t word) noexcept {
    return ((word << 3) & data.address_mask) | local_tag;
  }
  [[nodiscard]] static constexpr double to_double(std::uint64_t word) noexcept {
    return std::bit_cast<double>(word - double_offset);
  }
  [[nodiscard]] static constexpr std::int32_t to_int32(std::uint64_t word) noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(word));
  }
  [[nodiscard]] static constexpr bool to_bool(std::uint64_t word) noexcept { return word == 0x07; }
};
static_assert(shoal::value_encoding<pointer_box>);

// Low-bit tags: small integers in the upper half above a 0 bit; references with 01, an agent's own
// with 11 in the low bits; the few specials have bit 2 with 01. There are no words for doubles but
// those that a small integer says as well, +0 apart: the others are boxed.
struct low_bits {
  static constexpr shoal::encoding data{.reference_mask = 7,
                                        .reference_tag = 1,
                                        .address_mask = ~std::uint64_t{7},
                                        .unshared_mask = 7,
                                        .unshared_tag = 3,
                                        .undefined = 0x05,
                                        .null = 0x0d};

  [[nodiscard]] static constexpr bool shareable(std::uint64_t word) noexcept {
    return (word & 7) != 3;
  }
  [[nodiscard]] static constexpr shoal::value_kind kind_of(std::uint64_t word) noexcept {
    using enum shoal::value_kind;
    if ((word & 1) == 0) return int32;
    switch (word & 7) {
      case 1:
        return reference;
      case 3:
        return shoal::value_kind::local;
      default:
        return word == 0x05                   ? undefined
               : word == 0x0d                 ? null
               : word == 0x15 || word == 0x1d ? boolean
                                              : other;
    }
  }
  [[nodiscard]] static constexpr bool holds_double(double number) noexcept {
    return number >= -0x1p31 && number < 0x1p31 && number != 0 &&
           static_cast<double>(static_cast<std::int32_t>(number)) == number;
  }
  [[nodiscard]] static constexpr std::uint64_t from_double(double number) noexcept {
    return from_int32(static_cast<std::int32_t>(number));
  }
  [[nodiscard]] static constexpr std::uint64_t from_int32(std::int32_t integer) noexcept {
    return std::uint64_t{static_cast<std::uint32_t>(integer)} << 32;
  }
  [[nodiscard]] static constexpr std::uint64_t from_bool(bool truth) noexcept {
    return truth ? 0x1d : 0x15;
  }
  [[nodiscard]] static constexpr std::uint64_t from_reference(std::uint64_t address,
                                                              bool) noexcept {
    return address | 1;
  }
  [[nodiscard]] static constexpr std::uint64_t from_local(std::uint64_t word) noexcept {
    return (word << 3) | 3;
  }
  [[nodiscard]] static constexpr double to_double(std::uint64_t word) noexcept {
    return to_int32(word);
  }
  [[nodiscard]] static constexpr std::int32_t to_int32(std::uint64_t word) noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(word >> 32));
  }
  [[nodiscard]] static constexpr bool to_bool(std::uint64_t word) noexcept { return word == 0x1d; }
};
static_assert(shoal::value_encoding<low_bits>);

}  // namespace foreign
