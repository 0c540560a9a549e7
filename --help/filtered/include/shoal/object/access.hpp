// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Field access: one untorn load, store or read-modify-write on a field of a shared object.
///
/// The caller names the field (offset and kind) and the order; both fold away when they are
/// constants. Stores of `any` and `ref` take a guard: whoever owns the heap says there what may be
/// shared and whether the write barrier is on, and it inlines into the store.
/// @verbatim
///   kinds        | unordered means                           | why
///   -------------|-------------------------------------------|-------------------------------------
///   any, ref     | acquire (load), release (store), acq_rel  | what a reference points to is always
///                | (the rest)                                | seen initialised
///   scalars      | relaxed; never hoisted, never torn        | one plain mov on x86-64 @endverbatim
///
/// **Thread safety:** thread-safe. References in and out are raw: see reference.hpp.
/// <br>**Progress:** loads and scalar stores are wait-free, the rest lock-free (compare_exchange of `any`
/// retries while others write). No load writes.
/// <br>**Layer:** object.
/// <br>**Follows:** TC39 proposal-structs (unordered and seq_cst access), Wasm shared-everything-threads
/// (acquire and release access).

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <shoal/object/reference.hpp>

namespace shoal {

/// Who owns the heap says what a reference store must do.
/// shareable(word)    may this `any` word be in a shared object?
/// barrier_active()   is the write barrier on? Idle: one predicted test.
/// shade(word)        the barrier's work for one reference, as an `any` word or as an address
/// clang-format off
template <class G>
concept store_guard = requires(G& guard, std::uint64_t word, void* address) {
  { guard.shareable(word) } noexcept -> std::same_as<bool>;
  { guard.barrier_active() } noexcept -> std::same_as<bool>;
  { guard.shade_value(word) }
  noexcept;
  { guard.shade(address) }
  noexcept;
};
// clang-format on

/// For a runtime whose heap needs no barrier of Shoal's.
template <value_encoding E = nan_box>
struct unbarriered {
  /// What store_guard asks: the encoding decides, and there is nothing to shade.
  [[nodiscard]] static SHOAL_INLINE bool shareable(std::uint64_t word) noexcept {
    return E::shareable(word);
  }
  /** What store_guard asks: the encoding decides, and there is nothing to shade. */ [[nodiscard]] static constexpr bool barrier_active() noexcept { return false; }
  /** What store_guard asks: the encoding decides, and there is nothing to shade. */ static constexpr void shade_value(std::uint64_t) noexcept {}
  /** What store_guard asks: the encoding decides, and there is nothing to shade. */ static constexpr void shade(void*) noexcept {}
};

namespace detail {

// At least acquire (loads), release (stores) or both: for words that may be references.
template <memory_order Order>
inline constexpr order_constant<(Order == memory_order::seq_cst ? Order : memory_order::acquire)>
    reference_load{};
template <memory_order Order>
inline constexpr order_constant<(Order == memory_order::seq_cst ? Order : memory_order::release)>
    reference_store{};
template <memory_order Order>
inline constexpr order_constant<(Order == memory_order::seq_cst ? Order : memory_order::acq_rel)>
    reference_update{};
// What a failed compare_exchange has done: only read.
template <memory_order Order>
inline constexpr order_constant<(Order == memory_order::release   ? memory_order::relaxed
                                 : Order == memory_order::acq_rel ? memory_order::acquire
                                                                  : Order)>
    failure_of{};

}  // namespace detail

/// The cell of a field.
template <class T>
[[nodiscard]] SHOAL_INLINE cell<T>& cell_of(void* object, std::uint32_t offset) noexcept {
  SHOAL_ASSERT_FULL(object != nullptr, "an access names an object, not null");
  return cell_at<T>(static_cast<std::byte*>(object) + offset);
}
/** The cell of a field. */ template <class T>
[[nodiscard]] SHOAL_INLINE const cell<T>& cell_of(const void* object,
                                                  std::uint32_t offset) noexcept {
  SHOAL_ASSERT_FULL(object != nullptr, "an access names an object, not null");
  return cell_at<T>(static_cast<const std::byte*>(object) + offset);
}

// Scalars and v128. T is storage_of<kind>; a boolean field is a std::uint8_t here.

/** Scalars and v128. T is storage_of\<kind\>; a boolean field is a std::uint8_t here. */ template <class T, memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE T load_scalar(const cell<T>& where, order_constant<O> = {}) noexcept {
  // Pairs with field.store, field.exchange, field.cas, field.add, field.sub, field.and, field.or and
  // field.xor; what the writer did before is seen, where the orders of both ask for it.
  return where.load(order<"field.load">(order_constant<O>{}));
}

/** Scalars and v128. T is storage_of\<kind\>; a boolean field is a std::uint8_t here. */ template <class T, memory_order O = memory_order::unordered>
SHOAL_INLINE void store_scalar(cell<T>& where, std::type_identity_t<T> value,
                               order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.cas_missed; what was written before is seen, where the orders of
  // both ask for it.
  where.store(value, order<"field.store">(order_constant<O>{}));
}

/** Scalars and v128. T is storage_of\<kind\>; a boolean field is a std::uint8_t here. */ template <class T, memory_order O = memory_order::unordered>
SHOAL_INLINE T exchange_scalar(cell<T>& where, std::type_identity_t<T> value,
                               order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.exchange; what was written before is seen, where the orders of
  // both ask for it.
  return where.exchange(value, order<"field.exchange">(order_constant<O>{}));
}

/// Compares bitwise, so a NaN equals itself and +0 differs from -0. `expected` receives what was
/// read. True: stored.
template <class T, memory_order O = memory_order::unordered>
SHOAL_INLINE bool compare_exchange_scalar(cell<T>& where, T& expected,
                                          std::type_identity_t<T> desired,
                                          order_constant<O> = {}) noexcept {
  // Success: pairs with field.load and field.cas; what was written before is seen, where the orders
  // of both ask for it.
  // Failure: pairs with field.store; what was written before is seen, where the orders of both ask
  // for it.
  return where.compare_exchange(expected, desired, order<"field.cas">(order_constant<O>{}),
                                order<"field.cas_missed">(detail::failure_of<O>));
}

/// Each answers what was there. add is for integers, which wrap, and for f32 and f64; sub, and, or
/// and xor are for integers.
template <class T, memory_order O = memory_order::unordered>
SHOAL_INLINE T fetch_add_scalar(cell<T>& where, std::type_identity_t<T> value,
                                order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.add; what was written before is seen, where the orders of both
  // ask for it.
  return where.fetch_add(value, order<"field.add">(order_constant<O>{}));
}
/** Each answers what was there. add is for integers, which wrap, and for f32 and f64; sub, and, or and xor are for integers. */ template <std::integral T, memory_order O = memory_order::unordered>
SHOAL_INLINE T fetch_sub_scalar(cell<T>& where, std::type_identity_t<T> value,
                                order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.sub; what was written before is seen, where the orders of both
  // ask for it.
  return where.fetch_sub(value, order<"field.sub">(order_constant<O>{}));
}
/** Each answers what was there. add is for integers, which wrap, and for f32 and f64; sub, and, or and xor are for integers. */ template <std::integral T, memory_order O = memory_order::unordered>
SHOAL_INLINE T fetch_and_scalar(cell<T>& where, std::type_identity_t<T> value,
                                order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.and; what was written before is seen, where the orders of both
  // ask for it.
  return where.fetch_and(value, order<"field.and">(order_constant<O>{}));
}
/** Each answers what was there. add is for integers, which wrap, and for f32 and f64; sub, and, or and xor are for integers. */ template <std::integral T, memory_order O = memory_order::unordered>
SHOAL_INLINE T fetch_or_scalar(cell<T>& where, std::type_identity_t<T> value,
                               order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.or; what was written before is seen, where the orders of both
  // ask for it.
  return where.fetch_or(value, order<"field.or">(order_constant<O>{}));
}
/** Each answers what was there. add is for integers, which wrap, and for f32 and f64; sub, and, or and xor are for integers. */ template <std::integral T, memory_order O = memory_order::unordered>
SHOAL_INLINE T fetch_xor_scalar(cell<T>& where, std::type_identity_t<T> value,
                                order_constant<O> = {}) noexcept {
  // Pairs with field.load and field.xor; what was written before is seen, where the orders of both
  // ask for it.
  return where.fetch_xor(value, order<"field.xor">(order_constant<O>{}));
}

// `any`: a word in the cluster's encoding.

/** `any`: a word in the cluster's encoding. */ template <memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE std::uint64_t load_any(const cell<std::uint64_t>& where,
                                                  order_constant<O> = {}) noexcept {
  static_assert(detail::is_load_order(O), "a load is unordered, acquire or seq_cst");
  // Acquire: pairs with any.store, any.exchange, any.exchange_barriered, any.cas and ref.store (of a
  // `ref` field); the header and fields behind a reference are read next.
  return where.load(order<"any.load">(detail::reference_load<O>));
}

namespace detail {

// How a guard travels to the slow half. One that only refers to its state says so
// (using by_value = void), and the fast half then need not have it in memory.
template <class G>
struct guard_argument_of {
  using type = G&;
};
template <class G>
requires requires { typename G::by_value; }
struct guard_argument_of<G> {
  using type = G;
};
template <class G>
using guard_argument = typename guard_argument_of<G>::type;

// With the barrier on: the new value is shaded, and, by exchange, the old one. Out of line, so that
// compilers take the other way for the usual one.
template <store_guard G, memory_order O>
[[nodiscard]] SHOAL_SLOW std::uint64_t exchange_any_barriered(guard_argument<G> guard,
                                                              cell<std::uint64_t>& where,
                                                              std::uint64_t word,
                                                              order_constant<O>) noexcept {
  guard.shade_value(word);
  // Release: pairs with any.load and any.exchange_barriered; what this agent has written to a fresh
  // object is seen. Acquire: pairs with any.exchange_barriered; the object that `old` refers to is
  // shaded next.
  const std::uint64_t old =
      where.exchange(word, order<"any.exchange_barriered">(reference_update<O>));
  guard.shade_value(old);
  return old;
}
template <store_guard G, memory_order O>
[[nodiscard]] SHOAL_SLOW void* exchange_ref_barriered(guard_argument<G> guard,
                                                      cell<std::uint64_t>& where, void* object,
                                                      order_constant<O>) noexcept {
  guard.shade(object);
  // Release: pairs with ref.load and ref.exchange_barriered; what this agent has written to a fresh
  // object is seen. Acquire: pairs with ref.exchange_barriered; `old` is shaded next.
  void* old =
      reinterpret_cast<void*>(where.exchange(reinterpret_cast<std::uintptr_t>(object),
                                             order<"ref.exchange_barriered">(reference_update<O>)));
  guard.shade(old);
  return old;
}

// What compare_exchange_any does between the shades.
template <class Predicate, memory_order O>
[[nodiscard]] SHOAL_INLINE errc replace_any(cell<std::uint64_t>& where,
                                            const Predicate& is_expected, std::uint64_t desired,
                                            std::uint64_t& seen, order_constant<O>) noexcept {
  // Acquire: pairs with any.store and any.cas; is_expected may look into what the word refers to.
  std::uint64_t word = where.load(order<"any.cas_load">(reference_load<O>));
  do {
    if (!is_expected(word)) {
      seen = word;
      return errc::not_equal;
    }
    // Success release: pairs with any.load, any.cas_load, any.cas and any.cas_missed; what this agent
    // has written to a fresh object is seen. Success acquire: pairs with any.store and any.cas; the
    // object that was replaced may be followed.
    // Failure acquire: pairs with any.store and any.cas; is_expected may look into what the word
    // refers to.
  } while (!where.compare_exchange(word, desired, order<"any.cas">(reference_update<O>),
                                   order<"any.cas_missed">(reference_load<O>)));
  seen = word;
  return errc::ok;
}

// What is to be stored is shaded before, what was replaced after.
template <store_guard G, class Predicate, memory_order O>
[[nodiscard]] SHOAL_SLOW errc compare_exchange_any_barriered(
    guard_argument<G> guard, cell<std::uint64_t>& where, Predicate is_expected,
    std::uint64_t desired, std::uint64_t& seen, order_constant<O> o) noexcept {
  guard.shade_value(desired);
  const errc done = replace_any(where, is_expected, desired, seen, o);
  if (done == errc::ok) guard.shade_value(seen);
  return done;
}

}  // namespace detail

/// Answers unshared_value, with nothing written, for a word that may not be shared.
template <store_guard G, memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE errc store_any(G& guard, cell<std::uint64_t>& where, std::uint64_t word,
                                          order_constant<O> o = {}) noexcept {
  static_assert(detail::is_store_order(O), "a store is unordered, release or seq_cst");
  if (!guard.shareable(word)) [[unlikely]]
    return errc::unshared_value;
  if (guard.barrier_active()) [[unlikely]] {
    static_cast<void>(detail::exchange_any_barriered<G>(guard, where, word, o));
    return errc::ok;
  }
  // Release: pairs with any.load, any.cas_load, any.cas, any.cas_missed, any.exchange and
  // instance.reference; what this agent has written to a fresh object is seen.
  where.store(word, order<"any.store">(detail::reference_store<O>));
  return errc::ok;
}

/// `old` receives what was there. **Errors:** unshared_value, with nothing written.
template <store_guard G, memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE errc exchange_any(G& guard, cell<std::uint64_t>& where,
                                             std::uint64_t word, std::uint64_t& old,
                                             order_constant<O> o = {}) noexcept {
  if (!guard.shareable(word)) [[unlikely]]
    return errc::unshared_value;
  if (guard.barrier_active()) [[unlikely]] {
    old = detail::exchange_any_barriered<G>(guard, where, word, o);
    return errc::ok;
  }
  // Release: pairs with any.load and any.exchange; what this agent has written to a fresh object is
  // seen. Acquire: pairs with any.store and any.exchange; `old` may be followed.
  old = where.exchange(word, order<"any.exchange">(detail::reference_update<O>));
  return errc::ok;
}

/// Stores `desired` if `is_expected(word)` holds for the field's word. `seen` receives what was
/// read. What equality means is the runtime's: see same_value. **Errors:** not_equal (it was another
/// one); unshared_value, with nothing read or written.
template <store_guard G, class Predicate, memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE errc compare_exchange_any(G& guard, cell<std::uint64_t>& where,
                                                     const Predicate& is_expected,
                                                     std::uint64_t desired, std::uint64_t& seen,
                                                     order_constant<O> o = {}) noexcept {
  if (!guard.shareable(desired)) [[unlikely]]
    return errc::unshared_value;
  if (guard.barrier_active()) [[unlikely]] {
    std::uint64_t word = 0;  // so that `seen` need not be in memory
    const errc done = detail::compare_exchange_any_barriered<G, Predicate>(
        guard, where, is_expected, desired, word, o);
    seen = word;
    return done;
  }
  return detail::replace_any(where, is_expected, desired, seen, o);
}

// `ref`: the address of a shared object, or null. The caller has checked a typed field's type.

/** `ref`: the address of a shared object, or null. The caller has checked a typed field's type. */ template <memory_order O = memory_order::unordered>
[[nodiscard]] SHOAL_INLINE void* load_ref(const cell<std::uint64_t>& where,
                                          order_constant<O> = {}) noexcept {
  static_assert(detail::is_load_order(O), "a load is unordered, acquire or seq_cst");
  // Acquire: pairs with ref.store, ref.exchange, ref.exchange_barriered and ref.cas; the header and
  // fields of the object are read next.
  return reinterpret_cast<void*>(where.load(order<"ref.load">(detail::reference_load<O>)));
}

/** `ref`: the address of a shared object, or null. The caller has checked a typed field's type. */ template <store_guard G, memory_order O = memory_order::unordered>
SHOAL_INLINE void store_ref(G& guard, cell<std::uint64_t>& where, void* object,
                            order_constant<O> o = {}) noexcept {
  static_assert(detail::is_store_order(O), "a store is unordered, release or seq_cst");
  if (guard.barrier_active()) [[unlikely]] {
    static_cast<void>(detail::exchange_ref_barriered<G>(guard, where, object, o));
    return;
  }
  // Release: pairs with ref.load, any.load, ref.cas_missed, ref.exchange and instance.reference; what
  // this agent has written to a fresh object is seen.
  where.store(reinterpret_cast<std::uintptr_t>(object),
              order<"ref.store">(detail::reference_store<O>));
}

/** `ref`: the address of a shared object, or null. The caller has checked a typed field's type. */ template <store_guard G, memory_order O = memory_order::unordered>
SHOAL_INLINE void* exchange_ref(G& guard, cell<std::uint64_t>& where, void* object,
                                order_constant<O> o = {}) noexcept {
  if (guard.barrier_active()) [[unlikely]]
    return detail::exchange_ref_barriered<G>(guard, where, object, o);
  // Release: pairs with ref.load and ref.exchange; what this agent has written to a fresh object is
  // seen. Acquire: pairs with ref.store and ref.exchange; the object that was there may be followed.
  return reinterpret_cast<void*>(
      where.exchange(reinterpret_cast<std::uintptr_t>(object),
                     order<"ref.exchange">(detail::reference_update<O>)));
}

/// By identity. `expected` receives what was read. True: stored.
template <store_guard G, memory_order O = memory_order::unordered>
SHOAL_INLINE bool compare_exchange_ref(G& guard, cell<std::uint64_t>& where, void*& expected,
                                       void* desired, order_constant<O> = {}) noexcept {
  const bool barrier = guard.barrier_active();
  if (barrier) [[unlikely]]
    guard.shade(desired);
  std::uint64_t word = reinterpret_cast<std::uintptr_t>(expected);
  // Success release: pairs with ref.load, ref.cas and ref.cas_missed; what this agent has written to
  // a fresh object is seen. Success acquire: pairs with ref.cas; `expected` may be followed.
  // Failure acquire: pairs with ref.store and ref.cas; `expected` may be followed.
  const bool done = where.compare_exchange(word, reinterpret_cast<std::uintptr_t>(desired),
                                           order<"ref.cas">(detail::reference_update<O>),
                                           order<"ref.cas_missed">(detail::reference_load<O>));
  expected = reinterpret_cast<void*>(word);
  if (barrier && done) [[unlikely]]
    guard.shade(expected);
  return done;
}

}  // namespace shoal
