// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Memory orders, as constants that have names.
///
/// Users write shoal::unordered, acquire, release, acq_rel or seq_cst. They are types, so an order
/// is always a compile-time constant: passed at run time, a compiler must emit the strongest one.
///
/// Inside Shoal an order is written order\<"registry.publish"\>(release). In products the name costs
/// nothing. In a model build it is the key of a table, so that one binary can weaken any order at
/// run time (--weaken=NAME); the lint and docs/reference/memory-order.md read the names.
///
/// **Thread safety, progress:** constants only; nothing here runs. **Layer:** base.
/// <br>**Follows:** TC39 proposal-structs and Wasm shared-everything-threads for `unordered`, C++20
/// [atomics.order] for the rest. Unordered on `any` and `ref` fields is release (store) and acquire
/// (load), so that what a reference points to is always seen initialised.

#include <cstddef>

#include <shoal/base/config.hpp>

#if defined(SHOAL_MODEL)
#include <shoal/base/order_model.hpp>
#else
#include <boost/memory_order.hpp>
#endif

namespace shoal {

/// The orders, from weak to strong; the values have no meaning beyond telling them apart.
enum class memory_order : unsigned char { unordered, relaxed, acquire, release, acq_rel, seq_cst };

#if !defined(SHOAL_MODEL)
namespace detail {
// As Boost.Atomic has it. Its orders are compile-time constants too.
constexpr boost::memory_order native_order(memory_order of) noexcept {
  switch (of) {
    case memory_order::acquire:
      return boost::memory_order::acquire;
    case memory_order::release:
      return boost::memory_order::release;
    case memory_order::acq_rel:
      return boost::memory_order::acq_rel;
    case memory_order::seq_cst:
      return boost::memory_order::seq_cst;
    default:
      return boost::memory_order::relaxed;
  }
}
}  // namespace detail
#endif

/// An order as a type, and so a constant wherever it is used. A host's own accesses to a cell take it
/// as it is; in Shoal's code an order has a name, without which the model build does not compile.
template <memory_order Order>
struct order_constant {
  static constexpr memory_order value = Order;
#if !defined(SHOAL_MODEL)
  /// As Boost.Atomic has it.
  static constexpr boost::memory_order native() noexcept { return detail::native_order(Order); }
#endif
};

/// The orders of accesses. explanation/memory-model.md says what each gives.
inline constexpr order_constant<memory_order::unordered> unordered{};
/** The orders of accesses. explanation/memory-model.md says what each gives. */ inline constexpr order_constant<memory_order::acquire> acquire{};
/** The orders of accesses. explanation/memory-model.md says what each gives. */ inline constexpr order_constant<memory_order::release> release{};
/** The orders of accesses. explanation/memory-model.md says what each gives. */ inline constexpr order_constant<memory_order::acq_rel> acq_rel{};
/** The orders of accesses. explanation/memory-model.md says what each gives. */ inline constexpr order_constant<memory_order::seq_cst> seq_cst{};

/// Not for field accesses, where `unordered` says more; for words of the library and its hosts.
inline constexpr order_constant<memory_order::relaxed> relaxed{};

namespace detail {

// A load has nothing to release, and a store nothing to acquire.
constexpr bool is_load_order(memory_order order) noexcept {
  return order != memory_order::release && order != memory_order::acq_rel;
}
constexpr bool is_store_order(memory_order order) noexcept {
  return order != memory_order::acquire && order != memory_order::acq_rel;
}

template <std::size_t Size>
struct order_name {
  // NOLINTNEXTLINE(google-explicit-constructor): a string literal is the argument
  consteval order_name(const char (&from)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) text[i] = from[i];
  }
  char text[Size]{};
};

// An order at one named place. `value` is what the code asks for.
template <order_name Name, memory_order Order>
struct named_order {
  static constexpr memory_order value = Order;
  static constexpr const char* name() noexcept { return Name.text; }
#if defined(SHOAL_MODEL)
  // What the checker runs with: `value`, unless --weaken names this place.
  static memory_order native() noexcept {
    return static_cast<memory_order>(model::order_in_force(name(), static_cast<int>(Order)));
  }
#else
  static constexpr boost::memory_order native() noexcept { return native_order(Order); }
#endif
};

}  // namespace detail

/// Gives an order its name: order\<"thing.step"\>(acquire).
template <detail::order_name Name, memory_order Order>
consteval auto order(order_constant<Order>) noexcept {
  return detail::named_order<Name, Order>{};
}

}  // namespace shoal
