// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// local_space: what the contexts of one cluster have in common. The numbering of agent-local slots
/// and of contexts, the types, and what is read where a realm has no table of its own.
///
/// **Thread safety:** thread-safe.
/// <br>**Progress:** wait-free, except close-time walks.
/// <br>**Layer:** local.

#include <cstdint>

#include <shoal/local/hooks.hpp>

namespace shoal {

/// One slot index with a separate word on each agent (Wasm: a thread-local global). Plain data that
/// any agent may hold; a slot is never given twice.
struct agent_local {
  std::uint32_t slot = 0;
  std::uint64_t initial = 0;  ///< what every agent's word is before the agent sets it
};

/** local_space: what the contexts of one cluster have in common. The numbering of agent-local slots and of contexts, the types, and what is read where a realm has no table of its own. */ class local_space {
 public:
  explicit local_space(type_space& types, const metadata_hook& memory = default_metadata) noexcept
      : types_(types), memory_(memory) {}

  /// False: no address space for the tables; the space is of no use.
  [[nodiscard]] bool try_open() noexcept {
    if (!owned_.try_open(limits::agent_locals)) return false;
    if (unbound_.try_open(types_.max_types())) return true;
    owned_.close();
    return false;
  }

  /// A new slot, on every agent at once. `kind`: what the release hook is told when a context that
  /// has set it closes; agent_local or thread_local_function. **Errors:** too_many_slots.
  [[nodiscard]] result<agent_local> make_slot(std::uint64_t initial,
                                              released kind = released::agent_local) noexcept {
    // Relaxed, all of them: the slot's number is all that is claimed here; its entry is written before the
    // caller can hand the slot to anybody.
    std::uint32_t slot = next_slot_.load(order<"local.slot_next">(relaxed));
    do {
      if (slot == limits::agent_locals) {
        return error(errc::too_many_slots, "all %u agent-local slots are taken",
                     limits::agent_locals);
      }
    } while (!next_slot_.compare_exchange(slot, slot + 1, order<"local.slot_claim">(relaxed),
                                          order<"local.slot_missed">(relaxed)));
    // Relaxed: read at the end of an agent, which the caller's hand-over of the slot precedes.
    owned_[slot].store(static_cast<std::uint8_t>(kind), order<"local.slot_kind">(relaxed));
    return agent_local{slot, initial};
  }

  /// How many slots have been given; and what a slot was made as.
  [[nodiscard]] std::uint32_t slots() const noexcept {
    // Relaxed: a context walks its own table, where a slot it has not set is zero.
    return next_slot_.load(order<"local.slot_count">(relaxed));
  }
  /** How many slots have been given; and what a slot was made as. */ [[nodiscard]] released kind_of(std::uint32_t slot) const noexcept {
    // Relaxed: whoever has set the slot was handed it, and that handing over was ordered.
    return static_cast<released>(owned_[slot].load(order<"local.slot_kind_read">(relaxed)));
  }

  /// What stands for a slot where an address is asked for, the same for all contexts.
  [[nodiscard]] std::uintptr_t address_of(const agent_local& local) const noexcept {
    return reinterpret_cast<std::uintptr_t>(&owned_[local.slot]);
  }

  /// A number that no context has had before; never 0.
  [[nodiscard]] std::uint64_t next_identity() noexcept {
    // Relaxed: unique by the read-modify-write itself.
    return identities_.fetch_add(1, order<"local.identity">(relaxed));
  }

  /// What next_identity answers, if nobody asks it meanwhile; and, for tests, from where it goes on.
  [[nodiscard]] std::uint64_t upcoming_identity() const noexcept {
    // Relaxed: a number; nothing is read because of it.
    return identities_.load(order<"local.upcoming">(relaxed));
  }
  /** What next_identity answers, if nobody asks it meanwhile; and, for tests, from where it goes on. */ void debug_skip_identities(std::uint64_t next) noexcept {
    // Relaxed: unique still, as numbers only grow.
    if (next > upcoming_identity()) identities_.store(next, order<"local.skip">(relaxed));
  }

  /// For every type an entry that is unbound for good: what the fast paths of a realm read whose own
  /// table is grown. Reserved here, since a system that refuses a realm's table would refuse this.
  [[nodiscard]] const cell<std::uint64_t>* unbound_entries() const noexcept {
    return unbound_.data();
  }

  /// What it was made with.
  [[nodiscard]] type_space& types() const noexcept { return types_; }
  /** What it was made with. */ [[nodiscard]] const metadata_hook& memory() const noexcept { return memory_; }

 private:
  type_space& types_;
  const metadata_hook memory_;
  cell<std::uint32_t> next_slot_{0};
  cell<std::uint64_t> identities_{1};
  reserved_table<cell<std::uint8_t>> owned_;
  reserved_table<const cell<std::uint64_t>> unbound_;
};

}  // namespace shoal
