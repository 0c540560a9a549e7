// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// prototype_table: a realm's words by type index, where a look-up has no bounds test, also where
/// the system refuses address space for every type.
///
/// kind     \| an entry lies in                \| at data(), where fast paths look
/// ---------\|---------------------------------\|--------------------------------------------------
/// reserved \| address space of its own        \| the entries
/// grown    \| a segment of metadata memory,   \| the cluster's table of unbound entries, which
/// \| made when something is to be    \| nobody writes: each look-up finds "unbound", goes
/// \| written to one of its entries   \| the slow way it has anyway, and asks find()
///
/// An entry stays where it is, and a segment stays, until close.
///
/// **Thread safety:** thread-safe, but for try_open and close.
/// <br>**Progress:** data and find are wait-free; obtain is lock-free, but for the metadata hook.
/// <br>**Layer:** local.
/// <br>**Follows:** the two-level array of Dechev, Pirkelbauer and Stroustrup, "Lock-free Dynamically
/// Resizable Arrays", OPODIS 2006; with segments of one size, as the directory never grows.

#include <cstddef>
#include <cstdint>

#include <shoal/local/local_space.hpp>

namespace shoal {

/// Where a realm keeps its table.
enum class realm_table : std::uint8_t {
  /// In address space for every type of the cluster; where that is refused, grown.
  reserved,
  /// In metadata memory, as far as types are bound. For hosts with very many realms and a limit on
  /// address space: what is bound is found by a call, some loads later.
  grown,
};

namespace detail {

class prototype_table {
 public:
  using entry = cell<std::uint64_t>;
  static constexpr std::uint32_t segment_entries = 512;  // a page

  explicit prototype_table(const metadata_hook& memory) noexcept : memory_(memory) {}
  prototype_table(const prototype_table&) = delete;
  prototype_table& operator=(const prototype_table&) = delete;
  ~prototype_table() { close(); }

  // False: no memory, and nothing is open.
  [[nodiscard]] bool try_open(const local_space& space, realm_table kind) noexcept {
    SHOAL_ASSERT(data_ == nullptr, "a table is opened once");
    size_ = space.types().max_types();
    if (kind == realm_table::reserved && reserved_.try_open(size_)) {
      data_ = reserved_.data();
      return true;
    }
    directory_ = make_cells<cell<entry*>>(segments());
    if (directory_ == nullptr) return false;
    data_ = space.unbound_entries();
    return true;
  }

  // Precondition: nobody else uses it.
  void close() noexcept {
    for (std::uint32_t i = 0; directory_ != nullptr && i < segments(); ++i) {
      // Relaxed: nobody else uses the table any more.
      free_cells(directory_[i].load(order<"prototype_table.close">(relaxed)), entries_of(i));
    }
    free_cells(directory_, segments());
    directory_ = nullptr;
    reserved_.close();
    data_ = nullptr;
    size_ = 0;
  }

  [[nodiscard]] SHOAL_INLINE const entry* data() const noexcept { return data_; }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] bool is_grown() const noexcept { return directory_ != nullptr; }

  // The entry of that type; null: there is none yet, so it is unbound.
  [[nodiscard]] entry* find(std::uint32_t index) const noexcept {
    SHOAL_ASSERT(index != 0 && index < size_, "a type of another type space");
    if (!is_grown()) return &reserved_[index];
    // Acquire: pairs with prototype_table.publish; the segment's entries were made before.
    entry* segment =
        directory_[index / segment_entries].load(order<"prototype_table.segment">(acquire));
    return segment == nullptr ? nullptr : segment + index % segment_entries;
  }

  // The entry of that type, to be written. Null: no memory.
  [[nodiscard]] SHOAL_SLOW entry* obtain(std::uint32_t index) noexcept {
    if (entry* known = find(index)) return known;
    const std::uint32_t segment = index / segment_entries;
    entry* fresh = make_cells<entry>(entries_of(segment));
    if (fresh == nullptr) return find(index);  // another agent may have had the last memory
    entry* seen = nullptr;
    // Success release: pairs with prototype_table.segment and prototype_table.taken; the entries
    // were made before.
    // Failure acquire: pairs with prototype_table.publish; the first agent's entries are used next.
    if (directory_[segment].compare_exchange(seen, fresh, order<"prototype_table.publish">(release),
                                             order<"prototype_table.taken">(acquire))) {
      return fresh + index % segment_entries;
    }
    free_cells(fresh, entries_of(segment));
    return seen + index % segment_entries;
  }

 private:
  [[nodiscard]] std::uint32_t segments() const noexcept {
    return size_ / segment_entries + (size_ % segment_entries != 0 ? 1 : 0);
  }
  // The last segment ends with the table.
  [[nodiscard]] std::uint32_t entries_of(std::uint32_t segment) const noexcept {
    const std::uint32_t left = size_ - segment * segment_entries;
    return left < segment_entries ? left : segment_entries;
  }

  // n zeroed cells; null: no memory.
  template <class Cell>
  [[nodiscard]] Cell* make_cells(std::uint32_t n) noexcept {
    void* place = memory_.allocate(memory_.self, n * sizeof(Cell), alignof(Cell));
    if (place == nullptr) return nullptr;
    auto* first = static_cast<Cell*>(place);
    for (std::uint32_t i = 0; i < n; ++i) new (first + i) Cell;
    return first;
  }
  template <class Cell>
  void free_cells(Cell* first, std::uint32_t n) noexcept {
    if (first == nullptr) return;
    atomic::forget(first, n * sizeof(Cell));
    memory_.release(memory_.self, first, n * sizeof(Cell), alignof(Cell));
  }

  const entry* data_ = nullptr;  // first: what fast paths load
  std::uint32_t size_ = 0;
  reserved_table<entry> reserved_;
  cell<entry*>* directory_ = nullptr;  // a segment for every segment_entries types, or null
  const metadata_hook memory_;
};

}  // namespace detail
}  // namespace shoal
