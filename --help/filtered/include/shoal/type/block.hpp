// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// One block of metadata that holds several arrays and their text.
///
/// A descriptor is read by every agent and freed at once, so all of it lies together. The parts are
/// taken twice in the same order: from no block, to learn its size, and from the block.
///
/// **Thread safety:** reentrant.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** type.

#include <cstddef>
#include <cstring>
#include <string_view>

#include <shoal/base/base.hpp>

namespace shoal {
namespace detail {

// Hands out the parts of a block, in order; without one, null, and adds them up.
class block_cursor {
 public:
  explicit block_cursor(void* base) noexcept : base_(static_cast<char*>(base)) {}
  template <class T>
  T* take(std::size_t count) noexcept {
    at_ = (at_ + alignof(T) - 1) & ~(alignof(T) - 1);
    char* place = base_ == nullptr ? nullptr : base_ + at_;
    at_ += count * sizeof(T);
    return static_cast<T*>(static_cast<void*>(place));
  }
  [[nodiscard]] std::size_t size() const noexcept { return at_; }

 private:
  char* base_;
  std::size_t at_ = 0;
};

// Copies text into a block.
class text_cursor {
 public:
  explicit text_cursor(char* at) noexcept : at_(at) {}
  std::string_view copy(std::string_view text) noexcept {
    if (text.empty()) return {};
    std::memcpy(at_, text.data(), text.size());
    const std::string_view copied(at_, text.size());
    at_ += text.size();
    return copied;
  }

 private:
  char* at_;
};

}  // namespace detail
}  // namespace shoal
