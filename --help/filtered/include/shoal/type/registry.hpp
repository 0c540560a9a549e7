// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// type_registry: types that are found again by a hash and a rule of equality.
///
/// The common half of cohorts (equal keys) and structural types (equal layouts): of N agents that
/// declare the same at once, one gives its candidate an index, and the others get that one. A
/// registry does not keep types alive: the host's hook is asked before a type is handed out again,
/// and retiring a type takes it out.
///
/// **Thread safety:** find, find_or_adopt and remove are thread-safe; close is not.
/// <br>**Progress:** find is as keyed_table's; the others are blocking.
/// <br>**Layer:** type.

#include <cstdint>

#include <shoal/type/difference.hpp>
#include <shoal/type/keyed_table.hpp>
#include <shoal/type/type_table.hpp>

namespace shoal {

/// Asked before a registry hands out a type that it has found. A collector keeps the type alive then
/// (a weak get); false: it is dying already, and its key is free for a new identity. Without the
/// hook every type that is not retired lives.
struct weak_hook {
  bool (*hold)(void* self, const descriptor& found) noexcept = nullptr;
  void* self = nullptr;
};

namespace detail {

class type_registry {
 public:
  struct outcome {
    type_record* record;  // null: `code` says why
    bool adopted;         // the candidate now belongs to the table of types
    errc code;
  };

  // The registries of a space. The lock guards the list, and type_record::listed_in of them all.
  struct list {
    lock membership;
    type_registry* first = nullptr;

    // In the child of a fork: whether a thread that is gone was changing it, or one of them.
    [[nodiscard]] bool is_busy() const noexcept {
      if (membership.is_held()) return true;
      for (const type_registry* each = first; each != nullptr; each = each->next_) {
        if (each->entries_.is_busy()) return true;
      }
      return false;
    }
  };

  // Joins the list, and leaves it when it goes.
  type_registry(type_table& types, list& all, weak_hook weak) noexcept
      : types_(types), all_(all), weak_(weak), entries_(types.memory()) {
    const locked held(all_.membership);
    next_ = all_.first;
    all_.first = this;
  }
  ~type_registry() {
    const locked held(all_.membership);
    type_registry** place = &all_.first;
    while (*place != this) place = &(*place)->next_;
    *place = next_;
  }
  type_registry(const type_registry&) = delete;
  type_registry& operator=(const type_registry&) = delete;

  // The live type with that hash for which equal(record) holds; null: none.
  template <class Equal>
  [[nodiscard]] type_record* find(std::uint64_t hash, Equal&& equal) noexcept {
    for (;;) {
      type_record* found = entries_.find(hash, equal);
      if (found == nullptr || holds(*found)) return found;
      remove(*found);
    }
  }

  // The same, or else `candidate`, which gets an index and is published. Losing a race costs no
  // index: it is given under the lock that decides the race.
  template <class Equal>
  [[nodiscard]] outcome find_or_adopt(std::uint64_t hash, Equal&& equal,
                                      type_record& candidate) noexcept {
    for (bool reclaimed = false;;) {
      bool full = false;
      const auto done = entries_.insert(hash, equal, [&]() noexcept -> type_record* {
        candidate.key_hash = hash;
        candidate.listed_in = this;
        full = !types_.adopt(candidate);
        return full ? nullptr : &candidate;
      });
      if (done.is_new) return {done.entry, true, errc::ok};
      if (done.no_memory) return {nullptr, false, errc::out_of_memory};
      if (!full) {
        if (holds(*done.entry)) return {done.entry, false, errc::ok};
        remove(*done.entry);
      } else if (!reclaimed && types_.reclaim() != 0) {
        reclaimed = true;
      } else {
        return {nullptr, false, errc::too_many_types};
      }
    }
  }

  // Takes a type out of whatever registry lists it.
  static void remove(type_record& record, lock& membership) noexcept {
    const locked held(membership);
    if (record.listed_in == nullptr) return;
    record.listed_in->entries_.remove(record.key_hash, &record);
    record.listed_in = nullptr;
  }

  [[nodiscard]] std::size_t size() noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() noexcept { return entries_.bytes(); }
  void trim() noexcept { entries_.trim(); }

  // Its types live on, unlisted. Precondition: nobody else uses the registry.
  void close() noexcept {
    {
      const locked held(all_.membership);
      entries_.for_each([](type_record& record) { record.listed_in = nullptr; });
    }
    entries_.close();
  }

 private:
  [[nodiscard]] bool holds(const type_record& found) const noexcept {
    return weak_.hold == nullptr || weak_.hold(weak_.self, found.what);
  }
  void remove(type_record& record) noexcept { remove(record, all_.membership); }

  type_table& types_;
  list& all_;
  type_registry* next_ = nullptr;  // of the list
  const weak_hook weak_;
  keyed_table<type_record> entries_;
};

}  // namespace detail
}  // namespace shoal
