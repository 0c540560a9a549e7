// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// thread_bound_body: where a thread-bound handle keeps what.
///
/// offset \| what
/// -------\|---------------------------------------------------------------------------------
/// 0    \| header; its word is the policy: what other agents get
/// 8    \| the owner's identity, u64; never reused, so a handle outlives its owner safely
/// 16    \| the target; read and written on the owner only
/// 24    \| the owner's entry for it, u32; after release: no entry
///
/// **Thread safety:** the owner's identity is for everybody; the target and the entry are thread-bound.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** local.

#include <cstdint>

#include <shoal/object/object.hpp>

namespace shoal {

/// Bytes of a handle.
inline constexpr std::uint32_t thread_bound_bytes = 32;

namespace detail {
struct thread_bound_body {
  static constexpr std::uint32_t no_entry = ~std::uint32_t{0};
  header head;
  payload<std::uint64_t> owner;
  payload<std::uint64_t> target;
  payload<std::uint32_t> entry;
  payload<std::uint32_t> unused;

  // Its word has been, or is about to be, released.
  void forget() noexcept {
    entry.set(no_entry);
    target.set(0);
  }
};
static_assert(sizeof(thread_bound_body) == thread_bound_bytes);
inline thread_bound_body& bound_body(void* object) noexcept {
  return *static_cast<thread_bound_body*>(object);
}
}  // namespace detail

}  // namespace shoal
