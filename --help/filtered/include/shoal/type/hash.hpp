// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Hashes of words and bytes, for the look-up tables of types, keys and names.
///
/// Good distribution in all 64 bits; no defence against keys chosen to collide, because every table
/// here compares in full and belongs to one program.
///
/// **Thread safety:** pure functions.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** type.
/// <br>**Follows:** the finaliser of A. Appleby's MurmurHash3 (public domain).

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <shoal/base/base.hpp>

namespace shoal {

/// Every bit of the answer depends on every bit of `word`; a bijection.
[[nodiscard]] constexpr std::uint64_t hash_word(std::uint64_t word) noexcept {
  word ^= word >> 33;
  word *= 0xff51afd7ed558ccd;
  word ^= word >> 33;
  word *= 0xc4ceb9fe1a85ec53;
  word ^= word >> 33;
  return word;
}

/// A hash of a sequence: combine(combine(seed, a), b).
[[nodiscard]] constexpr std::uint64_t hash_combine(std::uint64_t hash,
                                                   std::uint64_t word) noexcept {
  return hash_word(std::rotl(hash, 23) ^ (word + 0x9e3779b97f4a7c15));
}

/// The length counts: "a", "b" and "ab", "" differ.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view text,
                                              std::uint64_t seed = 0) noexcept {
  std::uint64_t hash = seed ^ (text.size() * 0x9e3779b97f4a7c15);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (std::rotl(hash, 27) ^ word) * 0x9fb21c651e98df25;
    hash ^= hash >> 31;
  }
  std::uint64_t rest = 0;
  if (left != 0) std::memcpy(&rest, at, left);
  return hash_word(std::rotl(hash, 27) ^ (rest + left));
}

}  // namespace shoal
