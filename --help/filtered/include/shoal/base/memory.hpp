// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Where Shoal's own data lives: metadata from a hook of the runtime, tables in reserved address
/// space, and two nothrow containers for cold paths.
///
/// Standard containers end the program when memory runs out and exceptions are off. Here running out
/// is an answer.
///
/// **Thread safety:** a hook must be thread-safe; the containers are reentrant.
/// <br>**Progress:** as the hook's where memory is asked for or given back; opening and closing a
/// reserved_table calls the system; the rest is wait-free.
/// <br>**Layer:** base.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include <shoal/base/assert.hpp>
#include <shoal/base/cell.hpp>

#if !defined(SHOAL_MODEL)
#include <sys/mman.h>
#endif

namespace shoal {

/// The runtime's memory for metadata (types, tables, registries). Neither function may throw or call
/// back into Shoal; allocate answers null when there is none. Alignment is a power of two \<= 64.
struct metadata_hook {
  void* (*allocate)(void* self, std::size_t bytes, std::size_t alignment) noexcept;
  void (*release)(void* self, void* memory, std::size_t bytes, std::size_t alignment) noexcept;
  void* self = nullptr;
};

namespace detail {
#if defined(SHOAL_MODEL)
inline void* allocate_aligned(void*, std::size_t bytes, std::size_t alignment) noexcept {
  return model::allocate(bytes, alignment);
}
inline void release_aligned(void*, void* memory, std::size_t bytes, std::size_t) noexcept {
  model::release(memory, bytes);
}
#else
inline void* allocate_aligned(void*, std::size_t bytes, std::size_t alignment) noexcept {
  return ::operator new(bytes, std::align_val_t(alignment), std::nothrow);
}
inline void release_aligned(void*, void* memory, std::size_t, std::size_t alignment) noexcept {
  ::operator delete(memory, std::align_val_t(alignment), std::nothrow);
}
#endif

// charged: counted as used when mapped, as memory that will be; uncharged: what is never touched is
// not; read_only: nor is what is read, where the system overcommits nothing.
enum class mapping : std::uint8_t { charged, uncharged, read_only };

// Zeroed pages of the system's, in address space of their own. Null: refused.
[[nodiscard]] inline void* map_pages(std::size_t bytes, mapping how) noexcept {
#if defined(SHOAL_MODEL)
  static_cast<void>(how);
  return model::reserve(bytes);
#else
  void* const pages =
      mmap(nullptr, bytes, how == mapping::read_only ? PROT_READ : PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | (how == mapping::charged ? 0 : MAP_NORESERVE), -1, 0);
  return pages == MAP_FAILED ? nullptr : pages;
#endif
}
inline void unmap_pages(void* pages, std::size_t bytes) noexcept {
#if defined(SHOAL_MODEL)
  model::unreserve(pages, bytes);
#else
  munmap(pages, bytes);
#endif
}
}  // namespace detail

/// operator new (nothrow), for those who have nothing else in mind.
inline constexpr metadata_hook default_metadata{detail::allocate_aligned, detail::release_aligned,
                                                nullptr};

/// One T in the runtime's memory; null when there is none.
template <class T, class... Args>
[[nodiscard]] T* try_make(const metadata_hook& memory, Args&&... args) noexcept {
  void* place = memory.allocate(memory.self, sizeof(T), alignof(T));
  return place == nullptr ? nullptr : new (place) T(std::forward<Args>(args)...);
}

/// Ends an object of try_make; null: does nothing.
template <class T>
void destroy(const metadata_hook& memory, T* object) noexcept {
  if (object == nullptr) return;
  object->~T();
  detail::atomic::forget(object, sizeof(T));
  memory.release(memory.self, object, sizeof(T), alignof(T));
}

/// A growing array whose growth can fail. T: movable without failing.
template <class T>
class buffer {
 public:
  explicit buffer(const metadata_hook& memory) noexcept : memory_(memory) {}
  buffer(buffer&& from) noexcept
      : memory_(from.memory_),
        data_(std::exchange(from.data_, nullptr)),
        size_(std::exchange(from.size_, 0)),
        capacity_(std::exchange(from.capacity_, 0)) {}
  buffer& operator=(buffer&&) = delete;
  ~buffer() {
    clear();
    if (data_ != nullptr) memory_.release(memory_.self, data_, capacity_ * sizeof(T), alignof(T));
  }

  /// Room for that many, in all. False: no memory, nothing changed.
  [[nodiscard]] bool try_reserve(std::size_t capacity) noexcept {
    if (capacity <= capacity_) return true;
    if (capacity > SIZE_MAX / sizeof(T) / 2) return false;
    std::size_t grown = capacity_ < 8 ? 8 : capacity_ * 2;
    if (grown < capacity) grown = capacity;
    auto* place = static_cast<T*>(memory_.allocate(memory_.self, grown * sizeof(T), alignof(T)));
    if (place == nullptr) return false;
    for (std::size_t i = 0; i < size_; ++i) {
      new (place + i) T(std::move(data_[i]));
      data_[i].~T();
    }
    // The old room last: a fork in between leaves a buffer that can still be destroyed.
    T* const old = std::exchange(data_, place);
    const std::size_t old_capacity = std::exchange(capacity_, grown);
    if (old != nullptr) memory_.release(memory_.self, old, old_capacity * sizeof(T), alignof(T));
    return true;
  }

  /// False: no memory; the value is gone.
  [[nodiscard]] bool try_push(T value) noexcept {
    if (size_ == capacity_ && !try_reserve(size_ + 1)) return false;
    new (data_ + size_++) T(std::move(value));
    return true;
  }

  /// **Precondition:** not empty.
  [[nodiscard]] T pop() noexcept {
    SHOAL_ASSERT(size_ != 0, "pop from an empty buffer");
    T value(std::move(data_[--size_]));
    data_[size_].~T();
    return value;
  }

  /// Destroys the elements, and keeps the room.
  void clear() noexcept {
    while (size_ != 0) data_[--size_].~T();
  }

  /// As a std::vector has them.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /** As a std::vector has them. */ [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /** As a std::vector has them. */ [[nodiscard]] T* data() noexcept { return data_; }
  /** As a std::vector has them. */ [[nodiscard]] const T* data() const noexcept { return data_; }
  /** As a std::vector has them. */ [[nodiscard]] T& operator[](std::size_t i) noexcept { return data_[i]; }
  /** As a std::vector has them. */ [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  /** As a std::vector has them. */ [[nodiscard]] T* begin() noexcept { return data_; }
  /** As a std::vector has them. */ [[nodiscard]] T* end() noexcept { return data_ + size_; }
  /** As a std::vector has them. */ [[nodiscard]] const T* begin() const noexcept { return data_; }
  /** As a std::vector has them. */ [[nodiscard]] const T* end() const noexcept { return data_ + size_; }

 private:
  const metadata_hook memory_;
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// A table of zeroed words in address space of its own: entries never move, untouched pages cost
/// nothing, and there is no bounds test. T: all-zero bytes are its first value; const where they are
/// its only one, as read-only pages are not charged even where the system overcommits nothing.
template <class T>
class reserved_table {
 public:
  reserved_table() noexcept = default;
  reserved_table(const reserved_table&) = delete;
  reserved_table& operator=(const reserved_table&) = delete;
  ~reserved_table() { close(); }

  /// False where the system refuses the address space.
  [[nodiscard]] bool try_open(std::size_t entries) noexcept {
    SHOAL_ASSERT(data_ == nullptr, "a table is opened once");
    constexpr auto how =
        std::is_const_v<T> ? detail::mapping::read_only : detail::mapping::uncharged;
    void* place = detail::map_pages(entries * sizeof(T), how);
    if (place == nullptr) return false;
    data_ = static_cast<T*>(place);
    entries_ = entries;
    return true;
  }

  /// Gives the address space back. A table that is not open stays so.
  void close() noexcept {
    if (data_ == nullptr) return;
    detail::unmap_pages(const_cast<std::remove_const_t<T>*>(data_), entries_ * sizeof(T));
    data_ = nullptr;
    entries_ = 0;
  }

  /// Its first entry, and how many there are; null and 0 where it is not open.
  [[nodiscard]] T* data() const noexcept { return data_; }
  /** Its first entry, and how many there are; null and 0 where it is not open. */ [[nodiscard]] std::size_t entries() const noexcept { return entries_; }
  /** Its first entry, and how many there are; null and 0 where it is not open. */ SHOAL_INLINE T& operator[](std::size_t i) const noexcept { return data_[i]; }

 private:
  T* data_ = nullptr;
  std::size_t entries_ = 0;
};

}  // namespace shoal
