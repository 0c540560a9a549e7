// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// type_table: the dense table from type index to descriptor, and who gets which index when.
///
/// An index is in every instance's header and in every table of prototypes, so using one again is a
/// matter of memory safety: a type that is retired keeps its index and its descriptor until the
/// host's quiesce hook says that nobody can hold either. Without the hook no index is used again.
///
/// **Thread safety:** at, adopt, retire and reclaim are thread-safe; open and close are not.
/// <br>**Progress:** at is wait-free; adopt and retire take a lock for some ten instructions; reclaim calls
/// the host's hook, with no lock held.
/// <br>**Layer:** type.

#include <cstddef>
#include <cstdint>

#include <shoal/type/record.hpp>

namespace shoal {

/// Asks the host whether agents have let go of what was retired. `round` is 0 when a batch of
/// retired types is asked about for the first time; the host may note there which point in time it
/// waits for. True: since then every agent has itself been where it held no descriptor, `field` or
/// index of a type retired before. False: not yet; the same batch is asked about again, with its
/// `round`.
struct quiesce_hook {
  bool (*has_passed)(void* self, std::uint64_t& round) noexcept = nullptr;
  void* self = nullptr;
};

namespace detail {

class type_table {
 public:
  type_table(const metadata_hook& memory, quiesce_hook quiesce) noexcept
      : memory_(memory), quiesce_(quiesce) {}
  type_table(const type_table&) = delete;
  type_table& operator=(const type_table&) = delete;
  ~type_table() { close(); }

  // False: the system has no address space for it.
  [[nodiscard]] bool try_open(std::uint32_t max_types) noexcept {
    if (!types_.try_open(max_types)) return false;
    if (next_free_.try_open(max_types)) return true;
    types_.close();
    return false;
  }

  // The type with that index; null: none, or retired. Precondition: index < max_types().
  [[nodiscard]] SHOAL_INLINE const descriptor* at(std::uint32_t index) const noexcept {
    SHOAL_ASSERT_FULL(index < types_.entries(), "a type index comes from an object or a type");
    // Acquire: pairs with type_table.publish; the descriptor is read next.
    return types_[index].load(order<"type_table.at">(acquire));
  }

  [[nodiscard]] bool is_busy() const noexcept { return lock_.is_held(); }
  [[nodiscard]] const metadata_hook& memory() const noexcept { return memory_; }
  [[nodiscard]] std::uint32_t max_types() const noexcept {
    return static_cast<std::uint32_t>(types_.entries());
  }
  // Types declared and not retired, built-in ones not counted; and bytes of all descriptors that
  // are not freed. Relaxed: statistics; nothing is read because of them.
  [[nodiscard]] std::uint32_t count() const noexcept {
    return count_.load(order<"type_table.count">(relaxed));
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return bytes_.load(order<"type_table.bytes">(relaxed));
  }
  // One more than the greatest index ever given.
  [[nodiscard]] std::uint32_t end() noexcept {
    const locked held(lock_);
    return end_;
  }

  // Publishes a built-in type, whose record lives elsewhere.
  void adopt_builtin(type_record& record, std::uint32_t index) noexcept {
    give_index(record, index);
    publish(record);
  }

  // Gives the record an index and publishes it; from now on the table owns it. False: every index
  // is taken, and the record is still the caller's.
  [[nodiscard]] bool adopt(type_record& record) noexcept {
    std::uint32_t index = 0;
    {
      const locked held(lock_);
      if (first_free_ != 0) {
        index = first_free_;
        first_free_ = next_free_[index];
      } else if (end_ < types_.entries()) {
        index = end_++;
      } else {
        return false;
      }
    }
    // The index is ours alone until it is published.
    give_index(record, index);
    publish(record);
    // Relaxed, both: statistics; nothing is read because of them.
    count_.fetch_add(1, order<"type_table.declared">(relaxed));
    bytes_.fetch_add(record.what.block_bytes, order<"type_table.allocated">(relaxed));
    return true;
  }

  // Takes the type out of the table. Its descriptor stays readable until reclaim has freed it.
  // Precondition: it has no instance, and nobody retires it as well.
  void retire(type_record& record) noexcept {
    SHOAL_ASSERT(at(record.what.index) == &record.what, "a type is retired once, by its own space");
    // Relaxed: null publishes nothing, and who still reads the descriptor may.
    types_[record.what.index].store(nullptr, order<"type_table.retire">(relaxed));
    // Relaxed: a statistic; nothing is read because of it.
    count_.fetch_sub(1, order<"type_table.retired">(relaxed));
    const locked held(lock_);
    record.next.set(retired_);
    retired_ = &record;
  }

  // Frees the retired types that the host says nobody holds. Answers how many.
  std::size_t reclaim() noexcept {
    if (quiesce_.has_passed == nullptr) return 0;
    std::uint64_t round = 0;
    {
      const locked held(lock_);
      if (asking_) return 0;  // another thread is at it
      if (asked_ == nullptr) {
        asked_ = retired_;
        retired_ = nullptr;
        round_ = 0;
      }
      if (asked_ == nullptr) return 0;
      asking_ = true;
      round = round_;
    }
    const bool passed = quiesce_.has_passed(quiesce_.self, round);
    std::size_t freed = 0;
    type_record* batch = nullptr;
    {
      const locked held(lock_);
      round_ = round;
      asking_ = false;
      if (passed) {
        batch = asked_;
        asked_ = nullptr;
      }
    }
    while (batch != nullptr) {
      type_record* record = batch;
      batch = record->next.get();
      const std::uint32_t index = record->what.index;
      free_record(record);
      const locked held(lock_);
      next_free_[index] = first_free_;
      first_free_ = index;
      ++freed;
    }
    return freed;
  }

  // Frees everything. Precondition: nobody else uses it.
  void close() noexcept {
    for (std::uint32_t index = builtin::first_user; index < end_; ++index) {
      // Relaxed: nobody else uses the table any more.
      const descriptor* left = types_[index].load(order<"type_table.close">(relaxed));
      if (left != nullptr) free_record(&record_of(*left));
    }
    free_list(retired_);
    free_list(asked_);
    retired_ = asked_ = nullptr;
    end_ = builtin::first_user;
    first_free_ = 0;
    types_.close();
    next_free_.close();
  }

 private:
  void publish(type_record& record) noexcept {
    // Release: pairs with type_table.at; the descriptor was written before.
    types_[record.what.index].store(&record.what, order<"type_table.publish">(release));
  }
  void free_record(type_record* record) noexcept {
    // Relaxed: a statistic; nothing is read because of it.
    bytes_.fetch_sub(record->what.block_bytes, order<"type_table.freed">(relaxed));
    release_record(memory_, record);
  }
  void free_list(type_record* first) noexcept {
    while (first != nullptr) {
      type_record* next = first->next.get();
      free_record(first);
      first = next;
    }
  }

  const metadata_hook memory_;
  const quiesce_hook quiesce_;
  reserved_table<cell<const descriptor*>> types_;
  reserved_table<std::uint32_t> next_free_;  // by index: the next that may be used again
  cell<std::uint32_t> count_{0};
  cell<std::size_t> bytes_{0};
  lock lock_;
  std::uint32_t end_ = builtin::first_user;
  std::uint32_t first_free_ = 0;
  type_record* retired_ = nullptr;  // not asked about yet
  type_record* asked_ = nullptr;    // the batch that the host is asked about
  std::uint64_t round_ = 0;
  bool asking_ = false;
};

}  // namespace detail
}  // namespace shoal
