// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// payload\<T\>: a plain word that one thread writes before it publishes, and others read after.
///
/// In products it is a T, so that the compiler may keep it in a register and TSan sees a missing
/// publication; in a model build it is a checked variable, so that Relacy sees one too.
///
/// **Thread safety:** reads may be concurrent; a write must happen before every read.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** base.

#include <shoal/base/cell.hpp>

namespace shoal {

/** payload\<T\>: a plain word that one thread writes before it publishes, and others read after.<p>In products it is a T, so that the compiler may keep it in a register and TSan sees a missing publication; in a model build it is a checked variable, so that Relacy sees one too. */ template <class T>
class alignas(sizeof(T)) payload {
 public:
#if defined(SHOAL_MODEL)
  payload() noexcept { model::forget(&word_, sizeof(T)); }
#else
  payload() noexcept = default;
#endif
  payload(const payload&) = delete;
  payload& operator=(const payload&) = delete;

#if defined(SHOAL_MODEL)
  [[nodiscard]] T get() const noexcept { return model::read_plain(word_); }
  void set(T value) noexcept { model::write_plain(word_, value); }
#else
  /// A plain read, and a plain write.
  [[nodiscard]] SHOAL_INLINE T get() const noexcept { return word_; }
  /** A plain read, and a plain write. */ SHOAL_INLINE void set(T value) noexcept { word_ = value; }
#endif

 private:
  T word_;
};

}  // namespace shoal
