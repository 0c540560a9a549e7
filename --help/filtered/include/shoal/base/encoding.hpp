// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The value encoding of a cluster: what the 64 bits of an `any` field say.
///
/// It is data (struct encoding), so that compiled code, C and a JIT share it, and a policy (the
/// concept value_encoding), so that C++ fast paths have it as constants. nan_box is the default; a
/// runtime with another encoding writes the same functions for its own words.
///
/// **Thread safety:** pure functions.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** base.

#include <bit>
#include <concepts>
#include <cstdint>

#include <shoal/base/assert.hpp>

namespace shoal {

/// Which words are references, and what a fresh field holds.
/// @verbatim
///   shared reference     (word & reference_mask) == reference_tag; address = word & address_mask
///   unshared reference   (word & unshared_mask) == unshared_tag, and not a shared reference;
///                        never stored in a shared object
///   anything else        an immediate value: no collector looks at it @endverbatim
struct encoding {
  std::uint64_t reference_mask;
  std::uint64_t reference_tag;
  std::uint64_t address_mask;
  std::uint64_t unshared_mask;
  std::uint64_t unshared_tag;
  std::uint64_t undefined;  ///< of a fresh `any` field
  std::uint64_t null;       ///< of an empty `ref` field, when it is read as a value

  friend constexpr bool operator==(const encoding&, const encoding&) = default;

  /// Whether a word refers to a shared object; and to which.
  [[nodiscard]] constexpr bool is_reference(std::uint64_t word) const noexcept {
    return (word & reference_mask) == reference_tag;
  }
  /** Whether a word refers to a shared object; and to which. */ [[nodiscard]] constexpr std::uint64_t address_of(std::uint64_t word) const noexcept {
    return word & address_mask;
  }
};

/// What a word is, for code that converts. `local` is an unshared reference.
enum class value_kind : std::uint8_t {
  undefined,
  null,
  boolean,
  int32,
  float64,
  reference,
  local,
  other,  ///< an immediate of the runtime's own, which Shoal stores and does not read
};

/// The policy. `shareable` says whether a word may be stored in a shared object: cheap, and inlined
/// into every `any` store. An encoding that has no words for some doubles (low-bit tags) also has
/// holds_double(number) -\> bool: those it cannot hold are boxed, and never given to from_double.
/// clang-format off
template <class E>
concept value_encoding = requires(std::uint64_t word, double number, std::int32_t integer,
                                  bool truth, std::uint64_t address, bool text) {
  { E::data } -> std::convertible_to<const encoding&>;
  { E::shareable(word) } noexcept -> std::same_as<bool>;
  { E::kind_of(word) } noexcept -> std::same_as<value_kind>;
  { E::from_double(number) } noexcept -> std::same_as<std::uint64_t>;
  { E::from_int32(integer) } noexcept -> std::same_as<std::uint64_t>;
  { E::from_bool(truth) } noexcept -> std::same_as<std::uint64_t>;
  { E::from_reference(address, text) } noexcept -> std::same_as<std::uint64_t>;
  { E::to_double(word) } noexcept -> std::same_as<double>;
  { E::to_int32(word) } noexcept -> std::same_as<std::int32_t>;
  { E::to_bool(word) } noexcept -> std::same_as<bool>;
};
// clang-format on

/// The one NaN that is ever encoded. Any other bits of a NaN could look like a reference.
inline constexpr std::uint64_t canonical_nan = 0x7ff8'0000'0000'0000;

/// The default encoding: a NaN box in which zero is undefined, so that zeroed memory is initialised
/// memory. Doubles are stored with an offset, which keeps the low tags free.
///
/// bits 63..48   \| meaning                            \| bits 47..0
/// --------------\|------------------------------------\|------------------------------------------
/// 0x0000       \| special                            \| 0 undefined, 1 null, 2 false, 3 true
/// 0x0001       \| int32                              \| the integer, zero-extended
/// 0x0002       \| reference to a shared object       \| its address
/// 0x0003       \| reference to a shared string       \| its address
/// 0x0004, 5    \| local: an unshared word of an agent\| the agent's own; refused by every store
/// 0x0006..ffff \| double                             \| its bits + 0x0006'0000'0000'0000
struct nan_box {
  static constexpr std::uint64_t int32_tag = 0x0001'0000'0000'0000;
  static constexpr std::uint64_t object_tag = 0x0002'0000'0000'0000;
  static constexpr std::uint64_t string_tag = 0x0003'0000'0000'0000;
  static constexpr std::uint64_t local_tag = 0x0004'0000'0000'0000;
  static constexpr std::uint64_t double_offset = 0x0006'0000'0000'0000;
  static constexpr std::uint64_t tag_pair = 0xfffe'0000'0000'0000;  ///< 2 and 3 are one pair, 4 and 5
  static constexpr std::uint64_t payload = 0x0000'ffff'ffff'ffff;
  static constexpr std::uint64_t undefined = 0;
  static constexpr std::uint64_t null = 1;

  static constexpr encoding data{.reference_mask = tag_pair,
                                 .reference_tag = object_tag,
                                 .address_mask = payload,
                                 .unshared_mask = tag_pair,
                                 .unshared_tag = local_tag,
                                 .undefined = undefined,
                                 .null = null};

  /// See value_encoding.
  [[nodiscard]] static constexpr bool shareable(std::uint64_t word) noexcept {
    return (word & tag_pair) != local_tag;
  }

  /// See value_encoding.
  [[nodiscard]] static constexpr value_kind kind_of(std::uint64_t word) noexcept {
    if (word >= double_offset) return value_kind::float64;
    switch (word >> 48) {
      case 0:
        return word == undefined ? value_kind::undefined
               : word == null    ? value_kind::null
               : word <= 3       ? value_kind::boolean
                                 : value_kind::other;
      case 1:
        return value_kind::int32;
      case 2:
      case 3:
        return value_kind::reference;
      default:
        return value_kind::local;
    }
  }

  /// Words of values. Every NaN becomes canonical_nan.
  [[nodiscard]] static constexpr std::uint64_t from_double(double number) noexcept {
    const std::uint64_t bits =
        number != number ? canonical_nan : std::bit_cast<std::uint64_t>(number);
    return bits + double_offset;
  }
  /** Words of values. Every NaN becomes canonical_nan. */ [[nodiscard]] static constexpr std::uint64_t from_int32(std::int32_t integer) noexcept {
    return int32_tag | static_cast<std::uint32_t>(integer);
  }
  /** Words of values. Every NaN becomes canonical_nan. */ [[nodiscard]] static constexpr std::uint64_t from_bool(bool truth) noexcept {
    return truth ? 3 : 2;
  }
  /** Words of values. Every NaN becomes canonical_nan. */ [[nodiscard]] static constexpr std::uint64_t from_reference(std::uint64_t address,
                                                              bool text) noexcept {
    return address | (text ? string_tag : object_tag);
  }
  /// A word of the agent's own, for its own tables; every shared store refuses it.
  [[nodiscard]] static constexpr std::uint64_t from_local(std::uint64_t word) noexcept {
    return local_tag | (word & payload);
  }

  /// **Precondition of each:** kind_of(word) is that kind.
  [[nodiscard]] static constexpr double to_double(std::uint64_t word) noexcept {
    return std::bit_cast<double>(word - double_offset);
  }
  /** **Precondition of each:** kind_of(word) is that kind. */ [[nodiscard]] static constexpr std::int32_t to_int32(std::uint64_t word) noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(word));
  }
  /** **Precondition of each:** kind_of(word) is that kind. */ [[nodiscard]] static constexpr bool to_bool(std::uint64_t word) noexcept { return word == 3; }
};
static_assert(value_encoding<nan_box>);

}  // namespace shoal
