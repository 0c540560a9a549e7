// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// vec128: the 16 bytes of a `v128` field, and their untorn accesses.
///
/// Boost's 16-byte loads are a locked cmpxchg16b before 1.82, which writes, and a lock pool without
/// -mcx16. Intel and AMD guarantee that an aligned 16-byte AVX access is atomic where AVX exists
/// (Intel SDM vol. 3, 9.1.1; AMD APM vol. 2, 7.3.2); ARM does for ldp and stp where LSE2 exists (ARM
/// DDI 0487, B2.2.1). Elsewhere has_vec128() is false and declaring such a field is refused.
///
/// **Thread safety:** every function may be called by any thread.
/// <br>**Progress:** load and store are wait-free; exchange and compare_exchange are lock-free.
/// <br>**Layer:** base.

#include <cstdint>
#include <cstring>

#include <shoal/base/config.hpp>
#include <shoal/base/order.hpp>

#if SHOAL_TSAN && !defined(SHOAL_MODEL)
// The functions of the sanitizer's run time (its header is not packaged with every gcc).
extern "C" {
__extension__ typedef __int128 shoal_int128;
shoal_int128 __tsan_atomic128_load(const volatile shoal_int128* word, int order) noexcept;
void __tsan_atomic128_store(volatile shoal_int128* word, shoal_int128 value, int order) noexcept;
int __tsan_atomic128_compare_exchange_strong(volatile shoal_int128* word, shoal_int128* expected,
                                             shoal_int128 desired, int success,
                                             int failure) noexcept;
}
#endif
#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

namespace shoal {

/// Sixteen bytes as two words, the low one first.
struct alignas(16) vec128 {
  std::uint64_t low;
  std::uint64_t high;

  friend constexpr bool operator==(const vec128&, const vec128&) = default;
};

/// True where this machine reads and writes 16 aligned bytes at once.
[[nodiscard]] inline bool has_vec128() noexcept {
#if defined(SHOAL_MODEL)
  return true;
#elif defined(__x86_64__)
  return __builtin_cpu_supports("avx") != 0;
#elif defined(__aarch64__) && defined(__linux__)
  return (getauxval(AT_HWCAP) & (1UL << 25)) != 0;  // HWCAP_USCAT, which LSE2 sets
#else
  return false;
#endif
}

#if !defined(SHOAL_MODEL)
namespace detail::atomic {

#if SHOAL_TSAN

// Through TSan's own functions, so that it sees the accesses.
constexpr int tsan_order(boost::memory_order order) noexcept {
  switch (order) {
    case boost::memory_order::acquire:
      return __ATOMIC_ACQUIRE;
    case boost::memory_order::release:
      return __ATOMIC_RELEASE;
    case boost::memory_order::acq_rel:
      return __ATOMIC_ACQ_REL;
    case boost::memory_order::seq_cst:
      return __ATOMIC_SEQ_CST;
    default:
      return __ATOMIC_RELAXED;
  }
}

template <class O>
inline vec128 load(const vec128& word, O) noexcept {
  const shoal_int128 bits = __tsan_atomic128_load(
      reinterpret_cast<const volatile shoal_int128*>(&word), tsan_order(O::native()));
  vec128 value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class O>
inline void store(vec128& word, vec128 value, O) noexcept {
  shoal_int128 bits;
  std::memcpy(&bits, &value, sizeof bits);
  __tsan_atomic128_store(reinterpret_cast<volatile shoal_int128*>(&word), bits,
                         tsan_order(O::native()));
}

template <class S, class F>
inline bool compare_exchange(vec128& word, vec128& expected, vec128 desired, S, F) noexcept {
  shoal_int128 wanted;
  shoal_int128 bits;
  std::memcpy(&wanted, &expected, sizeof wanted);
  std::memcpy(&bits, &desired, sizeof bits);
  const bool done = __tsan_atomic128_compare_exchange_strong(
                        reinterpret_cast<volatile shoal_int128*>(&word), &wanted, bits,
                        tsan_order(S::native()), tsan_order(F::native())) != 0;
  std::memcpy(&expected, &wanted, sizeof expected);
  return done;
}

#elif defined(__x86_64__)

// A vector register's worth of bits; the generic vector type needs no -mavx.
using xmm = std::uint64_t __attribute__((vector_size(16)));

template <class O>
SHOAL_INLINE vec128 load(const vec128& word, O) noexcept {
  xmm bits;
  // x86 loads are acquire; a seq_cst load relies on the seq_cst store's fence. The memory clobber
  // keeps the compiler from moving others across an ordered one, and an unordered one from being
  // hoisted: volatile does that.
  if constexpr (O::value == memory_order::unordered || O::value == memory_order::relaxed) {
    asm volatile("vmovdqa %1, %0" : "=x"(bits) : "m"(word));
  } else {
    asm volatile("vmovdqa %1, %0" : "=x"(bits) : "m"(word) : "memory");
  }
  vec128 value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class O>
SHOAL_INLINE void store(vec128& word, vec128 value, O) noexcept {
  xmm bits;
  std::memcpy(&bits, &value, sizeof bits);
  if constexpr (O::value == memory_order::seq_cst) {
    asm volatile("vmovdqa %1, %0\n\tlock orq $0, (%%rsp)"
                 : "=m"(word)
                 : "x"(bits)
                 : "memory", "cc");
  } else if constexpr (O::value == memory_order::release) {
    asm volatile("vmovdqa %1, %0" : "=m"(word) : "x"(bits) : "memory");
  } else {
    asm volatile("vmovdqa %1, %0" : "=m"(word) : "x"(bits));
  }
}

template <class S, class F>
SHOAL_INLINE bool compare_exchange(vec128& word, vec128& expected, vec128 desired, S, F) noexcept {
  bool done;
  asm volatile("lock cmpxchg16b %1"
               : "=@ccz"(done), "+m"(word), "+a"(expected.low), "+d"(expected.high)
               : "b"(desired.low), "c"(desired.high)
               : "memory");
  return done;
}

#elif defined(__aarch64__)

template <class O>
SHOAL_INLINE vec128 load(const vec128& word, O) noexcept {
  vec128 value;
  if constexpr (O::value == memory_order::seq_cst) asm volatile("dmb ish" ::: "memory");
  asm volatile("ldp %0, %1, %2" : "=r"(value.low), "=r"(value.high) : "Q"(word));
  if constexpr (O::value == memory_order::acquire || O::value == memory_order::seq_cst) {
    asm volatile("dmb ishld" ::: "memory");
  }
  return value;
}

template <class O>
SHOAL_INLINE void store(vec128& word, vec128 value, O) noexcept {
  if constexpr (O::value == memory_order::release || O::value == memory_order::seq_cst) {
    asm volatile("dmb ish" ::: "memory");
  }
  asm volatile("stp %1, %2, %0" : "=Q"(word) : "r"(value.low), "r"(value.high));
  if constexpr (O::value == memory_order::seq_cst) asm volatile("dmb ish" ::: "memory");
}

template <class S, class F>
SHOAL_INLINE bool compare_exchange(vec128& word, vec128& expected, vec128 desired, S, F) noexcept {
  // One exclusive pair for every order: acquire and release, ordered also with the ldar and stlr of
  // seq_cst words, as this is never on a fast path. In one piece: an access between its halves, a
  // spilled register say, may lose the reservation for ever. What was read is stored back where it
  // is not the expected one, so that the pair is known untorn also without LSE2.
  std::uint64_t low;
  std::uint64_t high;
  std::uint64_t next_low;
  std::uint64_t next_high;
  std::uint32_t failed;
  asm volatile(
      "0:\n\t"
      "ldaxp %[low], %[high], %[word]\n\t"
      "cmp %[low], %[expected_low]\n\t"
      "ccmp %[high], %[expected_high], #0, eq\n\t"
      "csel %[next_low], %[desired_low], %[low], eq\n\t"
      "csel %[next_high], %[desired_high], %[high], eq\n\t"
      "stlxp %w[failed], %[next_low], %[next_high], %[word]\n\t"
      "cbnz %w[failed], 0b"
      : [word] "+Q"(word), [low] "=&r"(low), [high] "=&r"(high), [next_low] "=&r"(next_low),
        [next_high] "=&r"(next_high), [failed] "=&r"(failed)
      : [expected_low] "r"(expected.low), [expected_high] "r"(expected.high),
        [desired_low] "r"(desired.low), [desired_high] "r"(desired.high)
      : "memory", "cc");
  const bool done = low == expected.low && high == expected.high;
  expected = {low, high};
  return done;
}

#else
#error "16-byte accesses are written for x86-64 and aarch64"
#endif

template <class O>
SHOAL_INLINE vec128 exchange(vec128& word, vec128 value, O success) noexcept {
  // Relaxed, both: a guess of what is there, which the exchange that succeeds confirms.
  vec128 seen = load(word, order<"vec128.guess">(relaxed));
  while (!compare_exchange(word, seen, value, success, order<"vec128.retry">(relaxed))) {
  }
  return seen;
}

SHOAL_INLINE void initialize(vec128& word, vec128 value) noexcept { word = value; }

}  // namespace detail::atomic
#endif

}  // namespace shoal
