// SPDX-License-Identifier: BSL-1.0
#pragma once

// wait_queue: waiting for a field, an array's element or an agent-local word to be other than it is.
//
// A wait compares and goes to sleep in one step for all who notify: whoever stores and then notifies
// either is seen by the comparison or finds the wait. Nothing is kept beside the field, which is one like
// any other; the queues are the parking lot's, by address.
//
// answer of wait | what has happened
// ---------------|-------------------------------------------------------------------------------
//   ok           | notified
//   not_equal    | it held something else: it was not slept
//   timed_out    | the deadline came first, and no notice was taken
//   interrupted  | agent::interrupt came first, likewise
//   others       | nothing: see each function
//
// Waits are ordered: notify ends the oldest first. There are no wake-ups but by notify. An agent that
// waits is parked all the while.
//
// Thread safety: thread-safe.
// Progress: blocking: the lock of a queue, briefly; a wait as long as it is told.
// Layer: sync.
// Follows: ECMAScript's Atomics.wait and notify; the waitqueue of WebAssembly's
//   shared-everything-threads.

#include <bit>
#include <cstddef>
#include <cstdint>

#include <shoal/sync/async.hpp>

namespace shoal::inline SHOAL_ABI {

namespace detail {

// What a field is compared as: scalars bitwise, as compare_exchange does.
template <class T>
[[nodiscard]] bool same_field(const T& one, const T& other) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<std::uint32_t>(one) == std::bit_cast<std::uint32_t>(other);
  } else if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other);
  } else {
    return one == other;
  }
}
template <value_encoding E>
[[nodiscard]] bool same_field(basic_value<E> one, basic_value<E> other) noexcept {
  return same_value<E>(one.word(), other.word());
}
[[nodiscard]] inline bool same_field(const reference& one, const reference& other) noexcept {
  return one.address() == other.address();
}

}  // namespace detail

// What there is to do with places that agents wait at. Objects are named by locals, which outlive what
// they hold; references must be of a type that has the field.
struct wait_queue {
  // For notify: all who wait.
  static constexpr std::size_t all = ~std::size_t{0};

  // Sleeps while the field is `expected`, as compare_exchange compares, until it is notified or until
  // the deadline; one that has passed looks, and does not sleep. O is the order in which it is read. A
  // safepoint. Errors: not_equal, timed_out and interrupted as above; cannot_block (an agent that may not
  // block, whatever the field holds: it may use wait_async), wrong_type (null), out_of_memory, forked.
  template <class T, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait(agent& by, const local& object, typed_field<T> where,
                                 std::type_identity_t<std::remove_const_t<T>> expected,
                                 deadline until = deadline::never(),
                                 order_constant<O> o = {}) noexcept {
    return wait_at(
        by, address_of(object, where.offset),
        [&]() noexcept { return detail::same_field(by.load(object.get(), where, o), expected); },
        until);
  }
  // The same on a field that was looked up while the program runs, or on an array's element (see
  // agent::element), whose array a local holds. What is expected is compared by value: see same_datum;
  // what an f32 holds, as the f64 that it widens to.
  // Errors: those of the first.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait(agent& by, const local& object, const field& where,
                                 const datum& expected, deadline until = deadline::never(),
                                 order_constant<O> o = {}) noexcept {
    return wait_at(
        by, address_of(object, where.offset),
        [&]() noexcept { return same_datum(by.template get<E>(object.get(), where, o), expected); },
        until);
  }
  // Errors: those of the first.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait(agent& by, const element_place& where, const datum& expected,
                                 deadline until = deadline::never(),
                                 order_constant<O> o = {}) noexcept {
    return wait_at(
        by, reinterpret_cast<std::uintptr_t>(where.address),
        [&]() noexcept { return same_datum(by.template get<E>(where, o), expected); }, until);
  }
  // The same on an agent-local, whose word is the agent's own: each agent compares its own, and whoever
  // notifies wakes them all alike. Errors: those of the first.
  [[nodiscard]] static errc wait(agent& by, const agent_local& where, std::uint64_t expected,
                                 deadline until = deadline::never()) noexcept {
    return wait_at(
        by, by.cluster().locals().address_of(where),
        [&]() noexcept { return by.get(where) == expected; }, until);
  }

  // Waits there without sleeping: done(self, ...) is told in a later serve (async.hpp). Errors, and none
  // is begun: not_equal; timed_out, where the deadline has passed already; wrong_type, out_of_memory and
  // forked as of wait; owner_gone, of an agent that is detaching. done is told ok, timed_out or
  // cancelled.
  template <class T, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait_async(agent& by, const local& object, typed_field<T> where,
                                       std::type_identity_t<std::remove_const_t<T>> expected,
                                       on_settled done, void* self,
                                       deadline until = deadline::never(),
                                       order_constant<O> o = {}) noexcept {
    return wait_at_async(
        by, object, address_of(object, where.offset),
        [&]() noexcept { return detail::same_field(by.load(object.get(), where, o), expected); },
        done, self, until);
  }
  // Errors: those of the first.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait_async(agent& by, const local& object, const field& where,
                                       const datum& expected, on_settled done, void* self,
                                       deadline until = deadline::never(),
                                       order_constant<O> o = {}) noexcept {
    return wait_at_async(
        by, object, address_of(object, where.offset),
        [&]() noexcept { return same_datum(by.template get<E>(object.get(), where, o), expected); },
        done, self, until);
  }
  // Precondition: the element is of that array. Errors: those of the first.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] static errc wait_async(agent& by, const local& array, const element_place& where,
                                       const datum& expected, on_settled done, void* self,
                                       deadline until = deadline::never(),
                                       order_constant<O> o = {}) noexcept {
    return wait_at_async(
        by, array, reinterpret_cast<std::uintptr_t>(where.address),
        [&]() noexcept { return same_datum(by.template get<E>(where, o), expected); }, done, self,
        until);
  }
  // Errors: those of the first.
  [[nodiscard]] static errc wait_async(agent& by, const agent_local& where, std::uint64_t expected,
                                       on_settled done, void* self,
                                       deadline until = deadline::never()) noexcept {
    return wait_at_async(
        by, local(), by.cluster().locals().address_of(where),
        [&]() noexcept { return by.get(where) == expected; }, done, self, until);
  }

  // Ends the waits of the first n that wait there, all if nothing is said (a condition's notify: one);
  // answers how many that were. Store first, then notify. In the child of a fork, until it is mended, and
  // at null: 0.
  template <class T>
  static std::size_t notify(agent& by, const local& object, typed_field<T> where,
                            std::size_t n = all) noexcept {
    return notify_at(by, address_of(object, where.offset), n);
  }
  static std::size_t notify(agent& by, const local& object, const field& where,
                            std::size_t n = all) noexcept {
    return notify_at(by, address_of(object, where.offset), n);
  }
  static std::size_t notify(agent& by, const element_place& where, std::size_t n = all) noexcept {
    return notify_at(by, reinterpret_cast<std::uintptr_t>(where.address), n);
  }
  static std::size_t notify(agent& by, const agent_local& where, std::size_t n = all) noexcept {
    return notify_at(by, by.cluster().locals().address_of(where), n);
  }

 private:
  // 0: of null.
  [[nodiscard]] static std::uintptr_t address_of(const local& object,
                                                 std::uint32_t offset) noexcept {
    const auto start = reinterpret_cast<std::uintptr_t>(object.get().address());
    return start == 0 ? 0 : start + offset;
  }

  template <class IsExpected>
  [[nodiscard]] static errc wait_at(agent& by, std::uintptr_t address, IsExpected&& is_expected,
                                    deadline until) noexcept {
    return wait_at(
        by, address, &is_expected,
        [](void* self) noexcept {
          return (*static_cast<std::remove_reference_t<IsExpected>*>(self))();
        },
        until);
  }
  [[nodiscard]] SHOAL_API static errc wait_at(agent& by, std::uintptr_t address, void* self,
                                              bool (*is_expected)(void* self) noexcept,
                                              deadline until) noexcept;
  template <class IsExpected>
  [[nodiscard]] static errc wait_at_async(agent& by, const local& object, std::uintptr_t address,
                                          IsExpected&& is_expected, on_settled done, void* self,
                                          deadline until) noexcept {
    return wait_at_async(
        by, object, address, &is_expected,
        [](void* asked) noexcept {
          return (*static_cast<std::remove_reference_t<IsExpected>*>(asked))();
        },
        done, self, until);
  }
  [[nodiscard]] SHOAL_API static errc wait_at_async(agent& by, const local& object,
                                                    std::uintptr_t address, void* asked,
                                                    bool (*is_expected)(void* asked) noexcept,
                                                    on_settled done, void* self,
                                                    deadline until) noexcept;
  SHOAL_API static std::size_t notify_at(agent& by, std::uintptr_t address, std::size_t n) noexcept;
};

}  // namespace shoal::inline SHOAL_ABI
