// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Fences of which one side pays for both.
///
/// A race in which each of two threads writes a word and then reads the other's is won by at least one
/// of them only if both have a full fence in between. Where one side is hot and the other about to
/// sleep anyway, the hot one has fence_light, which costs nothing, and the other fence_heavy, which has
/// the kernel put a full fence into every running thread of the process.
/// @verbatim
///   A: one.store(1); fence_light(); other.load()
///   B: other.store(1); fence_heavy(); one.load()       at least one of the loads reads 1 @endverbatim
///
/// Two light fences order nothing between their threads. Each fence is told its named place, whose
/// order is acq_rel: what it acquires and releases is between it and the fences that it pairs with.
///
/// **Thread safety:** thread-safe.
/// <br>**Progress:** fence_light is wait-free; fence_heavy calls the kernel, some microseconds.
/// <br>**Layer:** base.
/// <br>**Follows:** P1202 (D. Goldblatt), asymmetric fences; membarrier(2).

#include <shoal/base/cell.hpp>

#if !defined(SHOAL_MODEL)
#include <boost/atomic/fences.hpp>

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace shoal {

#if !defined(SHOAL_MODEL)

/// Gets the process ready for fence_heavy. The first time in a process with several threads it takes
/// some milliseconds. May fail where the kernel or a sandbox refuses; fence_heavy then answers false.
inline void prepare_fence_heavy() noexcept {
  static_cast<void>(syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0));
}

/// Keeps the compiler from moving accesses across it.
template <class O>
SHOAL_INLINE void fence_light(O) noexcept {
  boost::atomic_signal_fence(boost::memory_order::seq_cst);
}

/// False: the kernel refuses, and there was no fence.
template <class O>
[[nodiscard]] bool fence_heavy(O) noexcept {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0;
}

#endif

}  // namespace shoal

#if defined(SHOAL_MODEL)
#include <shoal/base/fence_model.hpp>
#endif
