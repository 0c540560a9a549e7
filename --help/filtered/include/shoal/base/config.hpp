// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Version, check level and the few macros of Shoal.
///
/// The check level is part of the name of the inline namespace, so that two parts of a program built
/// with different levels do not link instead of disagreeing about the size of a reference.
///
/// SHOAL_CHECKS  0 off: contracts are not checked.
/// 1 fast: contract breaks that cost a compare or two abort with a message (default).
/// 2 full: also stale references, whole-structure walks, and the test tracer.
/// SHOAL_MODEL   defined: atomics, waits and metadata run under the Relacy checker (tests/model).
///
/// **Thread safety, progress:** macros only; nothing here runs. **Layer:** base.

#define SHOAL_VERSION_MAJOR 0
#define SHOAL_VERSION_MINOR 1
#define SHOAL_VERSION_PATCH 0

#ifndef SHOAL_CHECKS
#define SHOAL_CHECKS 1
#endif

#if defined(SHOAL_MODEL)
#define SHOAL_ABI v0_model
#elif SHOAL_CHECKS == 0
#define SHOAL_ABI v0_off
#elif SHOAL_CHECKS == 1
#define SHOAL_ABI v0_fast
#elif SHOAL_CHECKS == 2
#define SHOAL_ABI v0_full
#else
#error "SHOAL_CHECKS is 0 (off), 1 (fast) or 2 (full)"
#endif

#if defined(__SANITIZE_THREAD__)
#define SHOAL_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SHOAL_TSAN 1
#endif
#endif
#ifndef SHOAL_TSAN
#define SHOAL_TSAN 0
#endif

/// Forced: a field access that is not inlined is a defect, also where the caller is large.
#define SHOAL_INLINE __attribute__((always_inline)) inline
/// The cold half of a fast path: kept out of line, and out of the way of the hot code.
#define SHOAL_SLOW __attribute__((noinline, cold))
/// Out-of-line functions of libshoal.
#define SHOAL_API __attribute__((visibility("default")))
