// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Type handles: the shared value that one sends so that another agent may use a type.
///
/// offset \| what
/// -------\|-----------------------------------
/// 0    \| header; its word is the rights
/// 8    \| the type index, u64
///
/// Who holds one can construct instances or bind a prototype, as its rights say. Rights can only be
/// dropped when a handle is passed on, never added; the host's own C++ code holds `type` instead and
/// needs none.
///
/// **Thread safety:** thread-safe after publication.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** object.
/// <br>**Follows:** object capabilities; the "kind" of M. Hofman's type registration gist (2023).

#include <cstdint>

#include <shoal/object/reference.hpp>

namespace shoal {

/// What the holder of a handle may do. Bits.
enum class type_rights : std::uint32_t { none = 0, construct = 1, bind = 2, all = 3 };

/// Sets of rights; and whether all of `needed` are among those held.
[[nodiscard]] constexpr type_rights operator&(type_rights a, type_rights b) noexcept {
  return static_cast<type_rights>(static_cast<std::uint32_t>(a) & static_cast<std::uint32_t>(b));
}
/** Sets of rights; and whether all of `needed` are among those held. */ [[nodiscard]] constexpr type_rights operator|(type_rights a, type_rights b) noexcept {
  return static_cast<type_rights>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
/** Sets of rights; and whether all of `needed` are among those held. */ [[nodiscard]] constexpr bool allows(type_rights held, type_rights needed) noexcept {
  return (held & needed) == needed;
}

/// Bytes of a handle.
inline constexpr std::uint32_t type_handle_bytes = 16;

namespace detail {
struct type_handle_body {
  header head;
  payload<std::uint64_t> index;
};
static_assert(sizeof(type_handle_body) == type_handle_bytes);
}  // namespace detail

/// By its header. **Precondition:** a shared object.
[[nodiscard]] inline bool is_type_handle(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::type_handle;
}

/// **Precondition of both:** the object is a type handle.
[[nodiscard]] inline type_rights rights_of(const void* object) noexcept {
  return static_cast<type_rights>(header_of(object).word.get());
}
/** **Precondition of both:** the object is a type handle. */ [[nodiscard]] inline std::uint32_t handled_type(const void* object) noexcept {
  return static_cast<std::uint32_t>(
      static_cast<const detail::type_handle_body*>(object)->index.get());
}

/// Fills in a fresh handle behind its header.
inline void write_type_handle(void* memory, std::uint32_t type_index) noexcept {
  static_cast<detail::type_handle_body*>(memory)->index.set(type_index);
}

}  // namespace shoal
