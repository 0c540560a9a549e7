// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// heap: the shared heap of a cluster.
///
/// Slabs of 4 MiB from a page supply are carved into blocks of 64 KiB, which heap contexts take one
/// at a time and bump through; objects over 8 KiB have pages of their own. The first 512 KiB of a
/// slab are its mark bytes, one per granule, found by mask and shift; they are touched by the first
/// trace. This heap only grows: memory comes back when it closes.
///
/// **Thread safety:** thread-safe, except what says stopped-world: there the caller has stopped every
/// agent of the heap, no context opens or closes meanwhile, and what the agents wrote is visible.
/// <br>**Progress:** wait-free for the figures; the rest is blocking, briefly, and may call the page supply.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/heap/page_supply.hpp>
#include <shoal/heap/tracer.hpp>

namespace shoal {

class heap_context;

namespace detail {
struct slab;
struct block;
struct large_object;
class handle_pool;
struct handle_slot;
}  // namespace detail

/// What a heap is made of.
struct heap_options {
  std::size_t limit = ~std::size_t{0};  ///< bytes_used() never exceeds it
  page_supply pages = mmap_pages();
  metadata_hook metadata = default_metadata;
  const type_space* types = nullptr;  ///< outlives the heap; null: no traces, no verification
  encoding words = nan_box::data;
};

/** heap: the shared heap of a cluster.<p>Slabs of 4 MiB from a page supply are carved into blocks of 64 KiB, which heap contexts take one at a time and bump through; objects over 8 KiB have pages of their own. The first 512 KiB of a slab are its mark bytes, one per granule, found by mask and shift; they are touched by the first trace. This heap only grows: memory comes back when it closes.<p>agent of the heap, no context opens or closes meanwhile, and what the agents wrote is visible. */ class alignas(64) heap {
 public:
  using options = heap_options;

  static constexpr std::size_t granule_bytes = 8;
  static constexpr std::size_t block_bytes = std::size_t{64} << 10;
  static constexpr std::size_t slab_bytes = std::size_t{4} << 20;
  static constexpr std::size_t large_bytes = std::size_t{8} << 10;  ///< over it: pages of its own
  static_assert(limits::quick_bytes <= large_bytes);

  /// Asks for no memory: that begins with the first allocation.
  SHOAL_API explicit heap(const options& chosen) noexcept;
  /// **Precondition:** no context and no handle is left.
  SHOAL_API ~heap();
  /** **Precondition:** no context and no handle is left. */ heap(const heap&) = delete;
  /** **Precondition:** no context and no handle is left. */ heap& operator=(const heap&) = delete;

  /// Pages held from the supply, mark bytes and unused blocks included. Zero when nothing was ever
  /// allocated.
  [[nodiscard]] SHOAL_API std::size_t bytes_reserved() const noexcept;
  /// Blocks that have been taken, whole, and large objects with their pages: what the limit bounds.
  [[nodiscard]] SHOAL_API std::size_t bytes_used() const noexcept;
  /// Handles whose context has closed, and the memory that stays because of them.
  [[nodiscard]] SHOAL_API std::size_t orphan_handles() const noexcept;
  /** Handles whose context has closed, and the memory that stays because of them. */ [[nodiscard]] SHOAL_API std::size_t orphan_handle_bytes() const noexcept;
  /// Contexts that are open.
  [[nodiscard]] SHOAL_API std::size_t contexts() const noexcept;

  /// In the child of a fork: whether a thread that is gone was changing it.
  [[nodiscard]] bool is_busy() const noexcept { return lock_.is_held(); }
  /// In the child of a fork that cannot be mended: it may be destroyed, though contexts and handles are
  /// left. What a thread that is gone was changing is not given back.
  SHOAL_API void abandon() noexcept;

  /// What it was made of.
  [[nodiscard]] const options& chosen() const noexcept { return options_; }
  /** What it was made of. */ [[nodiscard]] const type_space* types() const noexcept { return options_.types; }
  /** What it was made of. */ [[nodiscard]] const encoding& words() const noexcept { return options_.words; }
  /** What it was made of. */ [[nodiscard]] const metadata_hook& metadata() const noexcept { return options_.metadata; }

  /// For assertions: whether an address that was once an object's still is one, and has not been
  /// found dead. May say yes for an address inside an object.
  [[nodiscard]] SHOAL_API bool is_live_object(const void* object) const noexcept;

  /// Shades for a thread that is no agent. Nothing to do before there is a collector.
  SHOAL_API void shade(std::uint64_t address) noexcept;

  /// Marks from the scopes and handles of every context, the orphan handles and hooks.roots; clears
  /// weak handles, calls hooks.weak, then fills what was not reached with 0xDB under a filler's
  /// header (of a large object the first MiB). Never fails: without memory for a mark stack it walks
  /// the heap again instead. Stopped-world. **Precondition:** types were given.
  SHOAL_API trace_statistics trace_stopped_world(const trace_hooks& hooks = {}) noexcept;

  /// Walks everything: each object is valid, and each reference of an object, scope or handle is to
  /// the start of a live one. Stopped-world. **Precondition:** types were given.
  [[nodiscard]] SHOAL_API verify_result verify() noexcept;

  /// Calls `each` for every object that no trace has found dead, in no order. Stopped-world.
  /// <br>**Precondition:** types were given.
  SHOAL_API void for_each_object(void (*each)(void* self, const void* object,
                                              const descriptor& type, std::size_t bytes) noexcept,
                                 void* self) noexcept;

 private:
  friend class heap_context;
  friend class detail::handle_pool;
  friend class detail::tracer;
  struct free_blocks;  // Boost.Lockfree, which is no matter of our users' builds

  // Neighbouring blocks that a context has to itself and has not begun: two cores that write next
  // to each other all the time slow each other down. Runs grow with what a context uses.
  struct run {
    detail::block* next = nullptr;
    std::uint32_t left = 0;
    std::uint32_t size = 1;  // of the next run, in blocks
  };

  // A block with a hole at its end, or null. Counted as used.
  [[nodiscard]] detail::block* take_block(run& own) noexcept;
  [[nodiscard]] bool take_run(run& own) noexcept;
  // What a context that goes has not begun is for others.
  void leave_run(run& own) noexcept;
  // Takes a block back from a context that goes; its hole is for the next.
  void leave_block(detail::block* left) noexcept;
  // Zeroed and 16-aligned, or null.
  [[nodiscard]] void* allocate_large(std::size_t bytes) noexcept;
  // Goes on to the slab after `exhausted`, or to one that somebody else has gone on to.
  [[nodiscard]] bool next_slab(detail::slab* exhausted) noexcept;
  [[nodiscard]] bool try_use(std::size_t bytes) noexcept;
  void unuse(std::size_t bytes) noexcept;
  void add(heap_context& context) noexcept;
  void remove(heap_context& context) noexcept;
  [[nodiscard]] free_blocks& free() noexcept;

  const options options_;
  mutable lock lock_;  // of all lists below; holders ask for no memory
  detail::slab* slabs_ = nullptr;
  // Slabs before it have no unused block; those after it nobody has a block of. Changed under the
  // lock.
  cell<detail::slab*> filling_{nullptr};
  // Changed under the lock: left blocks that did not fit into free(), and those never begun, which
  // nobody counts.
  cell<detail::block*> spare_{nullptr};
  cell<detail::block*> unbegun_{nullptr};
  detail::large_object* large_ = nullptr;
  heap_context* contexts_ = nullptr;
  detail::handle_pool* orphans_ = nullptr;
  std::size_t context_count_ = 0;
  std::size_t orphan_count_ = 0;
  std::size_t orphan_bytes_ = 0;
  bool torn_ = false;  // by a fork: objects may be half made, the last ones of their blocks
  cell<std::uint64_t> reserved_{0};
  cell<std::uint64_t> used_{0};
  // A queue of at most 32 blocks, without a lock.
  alignas(64) std::byte free_storage_[2432];
};

}  // namespace shoal
