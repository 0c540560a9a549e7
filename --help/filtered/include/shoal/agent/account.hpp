// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// account: what is held, by whom. All zeros once everything is gone.
///
/// **Thread safety:** plain values; to_json is reentrant.
/// <br>**Progress:** wait-free; to_json costs a few snprintfs and asks for no memory.
/// <br>**Layer:** agent.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <shoal/base/base.hpp>

namespace shoal {

/// Of one agent. Read on the agent, or by cluster::account at a stopped moment of each agent.
struct agent_account {
  std::uint64_t identity = 0;
  std::uint64_t prototypes = 0;       ///< bindings in its own realm
  std::uint64_t agent_locals = 0;     ///< slots it has set, thread-local functions included
  std::uint64_t scope_slots = 0;      ///< in use, over all chains
  std::uint64_t handles = 0;          ///< persistent and weak
  std::uint64_t thread_bound = 0;     ///< words it owns
  std::uint64_t bytes_allocated = 0;  ///< of shared objects, ever
};

/// Of a cluster.
struct cluster_account {
  std::uint64_t agents = 0;          ///< attached
  agent_account sum;                 ///< over the attached agents; its identity is 0
  std::uint64_t orphan_handles = 0;  ///< of agents that are gone
  std::uint64_t types = 0;           ///< declared and not retired, builtins apart
  std::uint64_t interned_strings = 0;
  std::uint64_t heap_bytes_used = 0;
  std::uint64_t heap_bytes_reserved = 0;
  std::uint64_t dispatches = 0;  ///< requests posted and not yet let go by both sides
};

/// Of one type of a cluster.
struct type_account {
  std::uint32_t type_index = 0;
  std::string_view name;         ///< valid during the call that gives it
  std::uint64_t prototypes = 0;  ///< realms that have bound it: each agent's, a shared one once
  std::uint64_t objects = 0;     ///< instances that no trace has found dead
  std::uint64_t bytes = 0;       ///< of them
};

/// As JSON, one object, with a final 0. Answers the bytes it needs, the 0 apart; what does not fit
/// is cut, as snprintf does. A type's name is cut at some 250 bytes of JSON.
SHOAL_API std::size_t to_json(const agent_account& from, char* text, std::size_t room) noexcept;
/** As JSON, one object, with a final 0. Answers the bytes it needs, the 0 apart; what does not fit is cut, as snprintf does. A type's name is cut at some 250 bytes of JSON. */ SHOAL_API std::size_t to_json(const type_account& from, char* text, std::size_t room) noexcept;
/** As JSON, one object, with a final 0. Answers the bytes it needs, the 0 apart; what does not fit is cut, as snprintf does. A type's name is cut at some 250 bytes of JSON. */ SHOAL_API std::size_t to_json(const cluster_account& from, char* text, std::size_t room) noexcept;

}  // namespace shoal
