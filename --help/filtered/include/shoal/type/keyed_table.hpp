// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// keyed_table: a hash table of pointers that every agent looks things up in and few insert into.
///
/// The same key must give every agent the same entry (registered types, structural types, interned
/// strings), and nearly every look-up is a hit. So a hit takes no lock and writes nothing, whatever
/// the number of entries; inserting and removing take a lock of the table's own.
///
/// A table of slots is replaced by one of twice the size when it is three quarters full; the old
/// one stays until close() or trim(), because somebody may still be reading it. All old ones
/// together are smaller than the current one, as long as entries are not removed by the million.
///
/// slot.entry \| meaning
/// -----------\|----------------------------------------------------------------------------
/// null      \| never used since what follows was last empty: ends every look-up
/// removed   \| was an entry; look-ups pass over it, an insertion may use it again
/// other     \| the entry; its hash is in slot.hash
///
/// A slot may be used again while a slow reader is in it: it then compares the old entry's key or
/// the new one's, in full, and what it misses was removed meanwhile. Entries are the caller's: one
/// that was removed may be freed only when no look-up that began before can still be running.
///
/// **Thread safety:** find, insert and remove are thread-safe; open, close and trim are not.
/// <br>**Progress:** find is wait-free for a given size of table; the others are blocking. insert's lock is
/// held for one probe, or for moving all entries when the table grows.
/// <br>**Layer:** type.

#include <cstddef>
#include <cstdint>
#include <new>

#include <shoal/type/hash.hpp>

namespace shoal {

/** keyed_table: a hash table of pointers that every agent looks things up in and few insert into.<p>The same key must give every agent the same entry (registered types, structural types, interned strings), and nearly every look-up is a hit. So a hit takes no lock and writes nothing, whatever the number of entries; inserting and removing take a lock of the table's own.<p>A table of slots is replaced by one of twice the size when it is three quarters full; the old one stays until close() or trim(), because somebody may still be reading it. All old ones together are smaller than the current one, as long as entries are not removed by the million.<p>slot.entry \| meaning -----------\|---------------------------------------------------------------------------- null      \| never used since what follows was last empty: ends every look-up removed   \| was an entry; look-ups pass over it, an insertion may use it again other     \| the entry; its hash is in slot.hash<p>A slot may be used again while a slow reader is in it: it then compares the old entry's key or the new one's, in full, and what it misses was removed meanwhile. Entries are the caller's: one that was removed may be freed only when no look-up that began before can still be running. */ template <class Entry>
class keyed_table {
 public:
  /// What insert did. Neither flag: the entry was there before.
  struct inserted {
    Entry* entry;  ///< in the table; null: it is not
    bool is_new = false;
    bool no_memory = false;
  };

  explicit keyed_table(const metadata_hook& memory) noexcept : memory_(memory) {}
  keyed_table(const keyed_table&) = delete;
  keyed_table& operator=(const keyed_table&) = delete;
  ~keyed_table() { close(); }

  /// The entry with that hash for which equal(entry) holds; null: none.
  template <class Equal>
  [[nodiscard]] SHOAL_INLINE Entry* find(std::uint64_t hash, Equal&& equal) const noexcept {
    // Acquire: pairs with keyed_table.grow; the slots of the table are read next.
    const slots* table = table_.load(order<"keyed_table.table">(acquire));
    return table == nullptr ? nullptr : find_in(*table, hash, equal);
  }

  /// Finds, or inserts what make() answers. make runs under the lock, at most once, when nothing
  /// can fail any more but itself: null from it inserts nothing. It may ask for no memory and call
  /// nothing of this table.
  template <class Equal, class Make>
  inserted insert(std::uint64_t hash, Equal&& equal, Make&& make) noexcept {
    slots* spare = nullptr;  // asked for while the lock is not held
    for (;;) {
      std::size_t wanted = 0;
      {
        const locked held(lock_);
        if (const slots* table = current()) {
          if (Entry* found = find_in(*table, hash, equal)) {
            free_one(spare);
            return {found};
          }
        }
        wanted = wanted_capacity();
        if (wanted != 0 && spare != nullptr && spare->capacity() == wanted) {
          grow_into(*spare);
          spare = nullptr;
          wanted = 0;
        }
        if (wanted == 0) {
          Entry* made = make();
          if (made != nullptr) place(hash, made);
          free_one(spare);
          return {made, made != nullptr};
        }
      }
      free_one(spare);
      spare = allocate(wanted);
      if (spare == nullptr) return {nullptr, false, true};
    }
  }

  /// Takes the entry out. False: it is not in (any more).
  bool remove(std::uint64_t hash, const Entry* entry) noexcept {
    const locked held(lock_);
    slots* table = current();
    if (table == nullptr) return false;
    for (std::size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
      slot& place = table->at(at);
      // Relaxed: entries change under the lock only, which is held.
      Entry* const seen = place.entry.load(order<"keyed_table.locked_entry">(relaxed));
      if (seen == nullptr) return false;
      if (seen != entry) continue;
      --entries_;
      take_out(*table, at);
      return true;
    }
  }

  /// Calls visit(entry) for each. **Precondition:** nobody inserts or removes, and what was inserted
  /// happened before.
  template <class Visit>
  void for_each(Visit&& visit) const noexcept {
    const slots* table = current();
    if (table == nullptr) return;
    for (std::size_t at = 0; at <= table->mask; ++at) {
      // Relaxed: nobody inserts or removes meanwhile, and what was inserted happened before.
      Entry* entry = table->at(at).entry.load(order<"keyed_table.each_entry">(relaxed));
      if (entry != nullptr && entry != removed()) visit(*entry);
    }
  }

  /// Entries and bytes of slots, old tables included. Statistics.
  [[nodiscard]] std::size_t size() noexcept {
    const locked held(lock_);
    return entries_;
  }
  /** Entries and bytes of slots, old tables included. Statistics. */ [[nodiscard]] std::size_t bytes() noexcept {
    const locked held(lock_);
    std::size_t sum = 0;
    for (const slots* table = current(); table != nullptr; table = table->older) {
      sum += table->bytes();
    }
    return sum;
  }

  /// In the child of a fork: whether a thread that is gone was changing it.
  [[nodiscard]] bool is_busy() const noexcept { return lock_.is_held(); }

  /// Frees the tables that have been replaced. **Precondition:** no look-up is running.
  void trim() noexcept {
    if (slots* table = current()) {
      free_all(table->older);
      table->older = nullptr;
    }
  }

  /// Forgets every entry and frees all tables. **Precondition:** nobody else uses it.
  void close() noexcept {
    free_all(current());
    table_.initialize(nullptr);
    entries_ = 0;
    used_ = 0;
  }

 private:
  struct slot {
    cell<Entry*> entry;
    cell<std::uint64_t> hash;
  };

  // A header, with its slots behind it.
  struct alignas(16) slots {
    std::size_t mask;  // capacity - 1
    slots* older;      // the one it has replaced

    [[nodiscard]] slot& at(std::size_t i) const noexcept {
      return *std::launder(
          static_cast<slot*>(const_cast<void*>(static_cast<const void*>(this + 1))) + i);
    }
    [[nodiscard]] std::size_t capacity() const noexcept { return mask + 1; }
    [[nodiscard]] std::size_t bytes() const noexcept {
      return sizeof(slots) + capacity() * sizeof(slot);
    }
  };

  static constexpr std::size_t smallest = 16;

  [[nodiscard]] static Entry* removed() noexcept {
    return reinterpret_cast<Entry*>(static_cast<std::uintptr_t>(1));  // no Entry is there
  }

  // The table in force, for who holds the lock, or while nobody changes it.
  [[nodiscard]] slots* current() const noexcept {
    // Relaxed: tables are replaced under the lock only.
    return table_.load(order<"keyed_table.locked_table">(relaxed));
  }

  template <class Equal>
  SHOAL_INLINE static Entry* find_in(const slots& table, std::uint64_t hash,
                                     Equal&& equal) noexcept {
    // At least a quarter of the slots is null, so this ends.
    for (std::size_t at = hash & table.mask;; at = (at + 1) & table.mask) {
      const slot& place = table.at(at);
      // Acquire: pairs with keyed_table.insert; the entry's key is read next.
      Entry* const entry = place.entry.load(order<"keyed_table.find">(acquire));
      if (entry == nullptr) return nullptr;
      // Relaxed: written before keyed_table.insert, and only a hint: equal() decides.
      if (entry != removed() && place.hash.load(order<"keyed_table.hash">(relaxed)) == hash &&
          equal(static_cast<const Entry&>(*entry))) {
        return entry;
      }
    }
  }

  // Slots the next table needs for one more entry; 0: the current one has room.
  [[nodiscard]] std::size_t wanted_capacity() const noexcept {
    const slots* table = current();
    if (table == nullptr) return smallest;
    if ((used_ + 1) * 4 <= table->capacity() * 3) return 0;
    // Mostly removed ones: the same size will do.
    return entries_ * 8 < table->capacity() * 3 ? table->capacity() : table->capacity() * 2;
  }

  void place(std::uint64_t hash, Entry* entry) noexcept {
    slots& table = *current();
    for (std::size_t at = hash & table.mask;; at = (at + 1) & table.mask) {
      slot& free = table.at(at);
      // Relaxed: entries change under the lock only, which is held.
      Entry* const seen = free.entry.load(order<"keyed_table.free">(relaxed));
      if (seen != nullptr && seen != removed()) continue;
      used_ += seen == nullptr;
      ++entries_;
      // Relaxed: seen with the entry, through keyed_table.insert.
      free.hash.store(hash, order<"keyed_table.set_hash">(relaxed));
      // Release: pairs with keyed_table.find; the entry's key and the slot's hash
      // were written before.
      free.entry.store(entry, order<"keyed_table.insert">(release));
      return;
    }
  }

  // Empties slot `at`, and those before it that nobody needs to pass over any more: no key's way
  // leads through a slot that a null follows.
  void take_out(slots& table, std::size_t at) noexcept {
    const auto entry_at = [&](std::size_t i) -> cell<Entry*>& {
      return table.at(i & table.mask).entry;
    };
    // Relaxed, all of them: under the lock, and what a reader no longer finds publishes nothing.
    if (entry_at(at + 1).load(order<"keyed_table.follower">(relaxed)) != nullptr) {
      entry_at(at).store(removed(), order<"keyed_table.remove">(relaxed));
      return;
    }
    do {
      // Relaxed, both: under the lock, and what a reader no longer finds publishes nothing.
      entry_at(at).store(nullptr, order<"keyed_table.empty">(relaxed));
      --used_;
      --at;
    } while (entry_at(at).load(order<"keyed_table.before">(relaxed)) == removed());
  }

  // Moves all entries and publishes the table.
  void grow_into(slots& bigger) noexcept {
    const slots* table = current();
    bigger.older = const_cast<slots*>(table);
    for (std::size_t i = 0; table != nullptr && i <= table->mask; ++i) {
      const slot& from = table->at(i);
      // Relaxed, both: entries change under the lock only, which is held.
      Entry* entry = from.entry.load(order<"keyed_table.move">(relaxed));
      if (entry == nullptr || entry == removed()) continue;
      const std::uint64_t hash = from.hash.load(order<"keyed_table.move_hash">(relaxed));
      std::size_t at = hash & bigger.mask;
      // Relaxed: nobody sees the new table yet.
      while (bigger.at(at).entry.load(order<"keyed_table.fresh">(relaxed)) != nullptr) {
        at = (at + 1) & bigger.mask;
      }
      bigger.at(at).hash.initialize(hash);
      bigger.at(at).entry.initialize(entry);
    }
    used_ = entries_;
    // Release: pairs with keyed_table.table; the slots were written before, and the
    // keys of their entries by or before who held the lock.
    table_.store(&bigger, order<"keyed_table.grow">(release));
  }

  [[nodiscard]] slots* allocate(std::size_t capacity) noexcept {
    const std::size_t bytes = sizeof(slots) + capacity * sizeof(slot);
    void* place = memory_.allocate(memory_.self, bytes, alignof(slots));
    if (place == nullptr) return nullptr;
    auto* table = new (place) slots{capacity - 1, nullptr};
    auto* first = static_cast<slot*>(static_cast<void*>(table + 1));
    for (std::size_t i = 0; i < capacity; ++i) new (first + i) slot;
    return table;
  }
  void free_one(slots* table) noexcept {
    if (table == nullptr) return;
    const std::size_t bytes = table->bytes();
    detail::atomic::forget(table, bytes);
    memory_.release(memory_.self, table, bytes, alignof(slots));
  }
  void free_all(slots* newest) noexcept {
    while (newest != nullptr) {
      slots* older = newest->older;
      free_one(newest);
      newest = older;
    }
  }

  cell<slots*> table_{nullptr};
  const metadata_hook memory_;
  lock lock_;
  std::size_t entries_ = 0;
  std::size_t used_ = 0;  // slots that are not null
};

}  // namespace shoal
