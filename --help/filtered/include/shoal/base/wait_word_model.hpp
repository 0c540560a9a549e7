// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The model back end of wait_word.hpp: a sleep that a checker sees.
///
/// The compare and the falling asleep are one step, as in the kernel. A sleeper whom nobody wakes is
/// a deadlock, which fails. Being woken makes nothing visible: what the waker wrote is seen through
/// the orders of the words alone. A sleep may end for no reason, and by its deadline at any moment
/// once it has one; the clock is the checker's.
///
/// tests/model/engine/ defines the functions of namespace model.
///
/// **Thread safety, progress:** as wait_word.hpp.
/// <br>**Layer:** base, model builds only.

#include <cstdint>

#include <shoal/base/wait_word.hpp>

namespace shoal {
namespace model {

// False: the moment `until` has come.
bool wait(const void* word, std::uint32_t expected, bool timed, std::int64_t until) noexcept;
void wake(const void* word, bool all) noexcept;

}  // namespace model

class wait_word : public cell<std::uint32_t> {
 public:
  using cell::cell;

  bool wait(std::uint32_t expected, deadline until = deadline::never()) noexcept {
    return model::wait(this, expected, !until.is_never(), until.nanoseconds());
  }
  void wake_one() noexcept { model::wake(this, false); }
  void wake_all() noexcept { model::wake(this, true); }
};

}  // namespace shoal
