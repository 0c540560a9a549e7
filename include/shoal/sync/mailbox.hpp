// SPDX-License-Identifier: BSL-1.0
#pragma once

// mailbox: a shared object through which agents hand values to one another, in order.
//
// It holds as many values as it was made for. Who sends waits while it is full, who receives while it
// is empty; any number of agents may do either. Its values are `any` fields: whatever may lie in one can
// be sent, a mailbox too, and is kept alive while it is in there. One that was received is not: the
// slot is emptied.
//
//   send                                     | receive
//   -----------------------------------------|-----------------------------------------
//   claims the position at the tail          | claims the position at the head
//   stores the value into its slot           | takes the value out, leaves undefined
//   gives the slot's turn to who receives    | gives the slot's turn to the next lap
//   wakes a receiver, if one waits           | wakes a sender, if one waits
//
// Claiming is one compare-exchange, and the rest are plain stores unless somebody waits: who has queued
// up to wait puts a fence into every thread before it sleeps (fence.hpp), so that either it sees the turn
// or who gives the turn sees that it waits. Where the kernel refuses that, it sleeps in naps.
// object/ring.hpp has the words. The values of one sender are received in the order in which it has sent
// them, and those of several in the order of their claims. Of those that wait, who has waited longest is
// woken first, and competes with whoever comes by.
//
// An agent that is stopped between claim and turn (the system has taken its core away, say) holds up who
// wants that very slot: after it the same lap's receiver, and the next lap's sender. Those spin for a
// moment and then park, as if the mailbox were empty or full, and the try forms say that it is; who
// has claimed another slot goes on. No safepoint is in between, so that a stopped world has no
// such agent. One that was there at a fork is gone in the child, and its slot is never passed: a mailbox
// that others may have been using is best left alone there.
//
// Who waits is parked all the while: nobody who stops the world waits for it. It serves no calls
// meanwhile. A wait for values or room that nobody can send or make any more is not found out.
//
// What an agent did before it sent is seen by who receives; what one did before it received, by who
// sends into the room that it has made; and what one did before it closed, by who is told `closed`.
//
// Thread safety: thread-safe; a `received` is thread-bound.
// Progress: try_send, try_receive, close: lock-free but for the waking of who waits, which takes the
//   lock of a queue. send and receive likewise while there is room, or a value; else blocking.
// Layer: sync.
// Follows: D. Vyukov, "Bounded MPMC queue" (2010), with a turn for each lap, as crossbeam's ArrayQueue
//   (Rust) has it, so that any capacity will do; Go's channels for what closing means.

#include <cstdint>
#include <type_traits>

#include <shoal/sync/async.hpp>

namespace shoal::inline SHOAL_ABI {

namespace detail {

// Whether it takes no values any more; who sees that sees what the closer did before.
[[nodiscard]] SHOAL_INLINE bool is_closed(const ring& box) noexcept {
  // Acquire: pairs with mailbox.close; what the closer did before is seen.
  return (box.tail.load(order<"mailbox.closed">(acquire)) & ring::closed) != 0;
}

// Sends at that position; false: its slot is not free, or another agent has claimed it.
template <store_guard G>
[[nodiscard]] SHOAL_INLINE bool send_at(G& guard, ring& to, std::uint64_t at,
                                        std::uint64_t word) noexcept {
  const ring::place here = to.place_of(at);
  // Acquire: pairs with mailbox.emptied and mailbox.filled; what the receiver did before is seen, and
  // its undefined comes before this value.
  if (here.slot.turn.load(order<"mailbox.is_free">(acquire)) != here.lap) [[unlikely]]
    return false;
  // Relaxed: the turn orders what is in the slot. On failure the next one is tried.
  if (!to.tail.compare_exchange(at, here.next, order<"mailbox.claim">(relaxed),
                                order<"mailbox.claim_missed">(relaxed))) [[unlikely]]
    return false;
  static_cast<void>(store_any(guard, here.slot.value, word));
  // Release: pairs with mailbox.is_full and mailbox.is_free; the value is read next, and what its
  // sender did before is seen.
  here.slot.turn.store(here.lap | ring::full, order<"mailbox.filled">(release));
  return true;
}

// Sends at the tail as it is now; false: look for why (mailbox.cpp). Precondition: the guard takes the
// word.
template <store_guard G>
[[nodiscard]] SHOAL_INLINE bool send_first(G& guard, ring& to, std::uint64_t word) noexcept {
  // Relaxed: what is seen is tried by an exchange.
  const std::uint64_t at = to.tail.load(order<"mailbox.tail">(relaxed));
  return (at & ring::closed) == 0 && send_at(guard, to, at, word);
}

// Receives from that position; false: its slot is not full, or another agent has claimed it.
template <store_guard G>
[[nodiscard]] SHOAL_INLINE bool receive_at(G& guard, ring& from, std::uint64_t at,
                                           std::uint64_t undefined, std::uint64_t& word) noexcept {
  const ring::place here = from.place_of(at);
  // Acquire: pairs with mailbox.filled and mailbox.emptied; the value is read next, and what its sender
  // did before is seen.
  if (here.slot.turn.load(order<"mailbox.is_full">(acquire)) != (here.lap | ring::full))
      [[unlikely]]
    return false;
  // Relaxed: the turn orders what is in the slot. On failure the next one is tried.
  if (!from.head.compare_exchange(at, here.next, order<"mailbox.take">(relaxed),
                                  order<"mailbox.take_missed">(relaxed))) [[unlikely]]
    return false;
  word = load_any(here.slot.value);
  static_cast<void>(store_any(guard, here.slot.value, undefined));
  // Release: pairs with mailbox.is_free and mailbox.is_full; the slot is empty, and what the receiver
  // did before is seen.
  here.slot.turn.store(here.next_lap, order<"mailbox.emptied">(release));
  return true;
}

// Receives from the head as it is now; false: look for why (mailbox.cpp).
template <store_guard G>
[[nodiscard]] SHOAL_INLINE bool receive_first(G& guard, ring& from, std::uint64_t undefined,
                                              std::uint64_t& word) noexcept {
  // Relaxed: what is seen is tried by an exchange.
  return receive_at(guard, from, from.head.load(order<"mailbox.head">(relaxed)), undefined, word);
}

// What stores into a mailbox ask, where a word has been looked at already.
template <value_encoding E>
struct ring_guard {
  using by_value = void;
  heap_context& by;
  [[nodiscard]] static constexpr bool shareable(std::uint64_t) noexcept { return true; }
  [[nodiscard]] SHOAL_INLINE bool barrier_active() const noexcept { return by.barrier_active(); }
  void shade_value(std::uint64_t word) noexcept {
    if (E::data.is_reference(word)) by.shade(E::data.address_of(word));
  }
  void shade(void* object) noexcept { by.shade(reinterpret_cast<std::uintptr_t>(object)); }
};

}  // namespace detail

// Where a value is received into: it takes one slot of a scope, which holds the object that the last value
// refers to, until the scope ends or the next value comes.
class [[nodiscard]] received {
 public:
  // Precondition: the innermost scope of its chain.
  explicit received(scope& in) noexcept : held_(in.hold(nullptr)) {}
  received(const received&) = delete;
  received& operator=(const received&) = delete;

  // Whether there was memory for the slot.
  explicit operator bool() const noexcept { return static_cast<bool>(held_); }
  // The last value. E must be the cluster's encoding. Precondition: one has been received.
  template <value_encoding E = nan_box>
  [[nodiscard]] basic_value<E> get() const noexcept {
    SHOAL_ASSERT(has_value_, "ask for a value after one has been received");
    return basic_value<E>::of_word(word_);
  }
  // What it refers to; holds null where it is no object (get().is_object()).
  [[nodiscard]] const local& object() const noexcept { return held_; }

 private:
  friend struct mailbox;

  SHOAL_INLINE void fill(std::uint64_t word, const reference& object) noexcept {
    word_ = word;
    has_value_ = true;
    held_.set(object);
  }

  local held_;
  std::uint64_t word_ = 0;
  bool has_value_ = false;
};

// How an asynchronous wait for a value has ended; ok: with it.
using on_received = void (*)(void* self, agent& by, errc how, received& what) noexcept;

namespace detail {
struct mailbox_waits;
}  // namespace detail

// What there is to do with a mailbox. In a shared field it is a `ref` or `any` like every object.
//
// Preconditions of all of it: the agent is entered; the local outlives what it holds; the mailbox is of
// the agent's cluster. E must be the cluster's encoding (checks=full looks).
struct mailbox {
  // A fresh one, open and empty, for that many values. A safepoint, as all creation is. Errors:
  // out_of_range (a capacity of 0), too_large (one beyond limits::mailbox_values); out_of_memory,
  // sharing_forbidden, forked.
  [[nodiscard]] SHOAL_API static result<local> make(agent& by, scope& in,
                                                    std::uint32_t capacity) noexcept;

  // Sends a value, and waits for room until the deadline. A safepoint where it waits. Errors, with
  // nothing sent: wrong_type (null, or no mailbox), unshared_value, closed, timed_out, interrupted; where
  // it would have to wait, cannot_block (an agent that may not), out_of_memory and forked.
  template <value_encoding E = nan_box>
  [[nodiscard]] static SHOAL_INLINE errc send(agent& by, const local& to,
                                              std::type_identity_t<basic_value<E>> what,
                                              deadline until = deadline::never()) noexcept {
    if (send_at_once<E>(by, to, what)) [[likely]]
      return errc::ok;
    return send_slow(by, to, what.word(), E::shareable(what.word()), until);
  }
  // Sends a value if there is room now. Errors: wrong_type, unshared_value, closed; timed_out (it is full,
  // or an agent is in the middle of making room).
  template <value_encoding E = nan_box>
  [[nodiscard]] static SHOAL_INLINE errc
  try_send(agent& by, const local& to, std::type_identity_t<basic_value<E>> what) noexcept {
    if (send_at_once<E>(by, to, what)) [[likely]]
      return errc::ok;
    return try_send_slow(by, to, what.word(), E::shareable(what.word()));
  }

  // Receives the value that was sent first, and waits for one until the deadline. A safepoint where it
  // waits. Errors, with `into` unchanged: wrong_type, out_of_memory (`into` has no slot), closed (and
  // nothing is left in it), timed_out, interrupted; where it would have to wait, cannot_block and forked.
  template <value_encoding E = nan_box>
  [[nodiscard]] static SHOAL_INLINE errc receive(agent& by, const local& from, received& into,
                                                 deadline until = deadline::never()) noexcept {
    if (receive_at_once<E>(by, from, into)) [[likely]]
      return errc::ok;
    return receive_slow(by, from, into, until);
  }
  // Receives a value if there is one now. Errors: wrong_type, out_of_memory, closed; timed_out (it is
  // empty, or an agent is in the middle of sending).
  template <value_encoding E = nan_box>
  [[nodiscard]] static SHOAL_INLINE errc try_receive(agent& by, const local& from,
                                                     received& into) noexcept {
    if (receive_at_once<E>(by, from, into)) [[likely]]
      return errc::ok;
    return try_receive_slow(by, from, into);
  }

  // Sends a value without sleeping: now where there is room, and later where there is not; done(self, ...)
  // is told in a later serve (async.hpp). One that waits is kept alive, and may be overtaken by what the
  // agent sends meanwhile. Errors, and none is begun: wrong_type, unshared_value, closed, out_of_memory,
  // forked; owner_gone, of an agent that is detaching. done is told ok, closed, timed_out or cancelled.
  template <value_encoding E = nan_box>
  [[nodiscard]] static errc send_async(agent& by, const local& to,
                                       std::type_identity_t<basic_value<E>> what, on_settled done,
                                       void* self, deadline until = deadline::never()) noexcept {
    if (!E::shareable(what.word())) return errc::unshared_value;
    return send_later(by, to, what.word(), done, self, until);
  }
  // Receives a value without sleeping: done(self, ...) has it, in a later serve (async.hpp). What it is
  // given is good until it returns: a handle keeps an object for longer. Errors, and none is begun:
  // wrong_type, out_of_memory, forked; owner_gone, of an agent that is detaching. done is told ok, with
  // the value; closed, timed_out, cancelled or out_of_memory.
  [[nodiscard]] SHOAL_API static errc receive_async(agent& by, const local& from, on_received done,
                                                    void* self,
                                                    deadline until = deadline::never()) noexcept;

  // No value is sent from now on; what is in it can still be received. All that wait are woken. A second
  // time does nothing. Errors: wrong_type.
  [[nodiscard]] SHOAL_API static errc close(agent& by, const local& what) noexcept;

  // Whether it has been closed. Precondition, of these three: a mailbox (is_mailbox).
  [[nodiscard]] static bool is_closed(const reference& what) noexcept {
    return detail::is_closed(ring_of(what));
  }
  // How many values were in it at some moment; what is on its way in or out counts or not.
  [[nodiscard]] SHOAL_API static std::uint32_t size(const reference& what) noexcept;
  // How many it holds at most.
  [[nodiscard]] static std::uint32_t capacity(const reference& what) noexcept {
    return static_cast<std::uint32_t>(ring_of(what).capacity());
  }

 private:
  friend struct detail::mailbox_waits;

  [[nodiscard]] static detail::ring& ring_of(const reference& what) noexcept {
    SHOAL_ASSERT(what && is_mailbox(what.address()), "only a mailbox is asked about its values");
    return detail::ring::at(what.address());
  }
  // The mailbox that it holds; null: none.
  [[nodiscard]] static SHOAL_INLINE detail::ring* find(agent& by, const local& what) noexcept {
    SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it sends or receives");
    static_cast<void>(by);
    void* const object = what.get().address();
    return object != nullptr && is_mailbox(object) ? &detail::ring::at(object) : nullptr;
  }

  // False: the slow halves say why, or try again.
  template <value_encoding E>
  [[nodiscard]] static SHOAL_INLINE bool send_at_once(agent& by, const local& to,
                                                      basic_value<E> what) noexcept {
    SHOAL_ASSERT_FULL(E::data == by.cluster().words(), "name the cluster's encoding at the call");
    detail::ring* const ring = find(by, to);
    detail::ring_guard<E> guard{by.context()};
    if (ring == nullptr || !E::shareable(what.word()) ||
        !detail::send_first(guard, *ring, what.word())) [[unlikely]]
      return false;
    wake_receiver(by, *ring);
    return true;
  }
  template <value_encoding E>
  [[nodiscard]] static SHOAL_INLINE bool receive_at_once(agent& by, const local& from,
                                                         received& into) noexcept {
    SHOAL_ASSERT_FULL(E::data == by.cluster().words(), "name the cluster's encoding at the call");
    detail::ring* const ring = find(by, from);
    detail::ring_guard<E> guard{by.context()};
    std::uint64_t word = 0;
    if (ring == nullptr || !into || !detail::receive_first(guard, *ring, E::data.undefined, word))
        [[unlikely]]
      return false;
    into.fill(word,
              E::data.is_reference(word) ? object_at(by, E::data.address_of(word)) : reference());
    wake_sender(by, *ring);
    return true;
  }
  [[nodiscard]] static SHOAL_INLINE reference object_at(agent& by, std::uint64_t address) noexcept {
    return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)), by.context().clock()};
  }

  // After a turn was given.
  static SHOAL_INLINE void wake_receiver(agent& by, detail::ring& in) noexcept {
    // Pairs with mailbox.await_fence; who is about to wait sees the turn, or this sees that it waits.
    fence_light(order<"mailbox.filled_fence">(acq_rel));
    // Relaxed: ordered by the fence.
    if (in.values_awaited.load(order<"mailbox.values_awaited">(relaxed)) != 0) [[unlikely]]
      wake_one(by, in.values_awaited);
  }
  static SHOAL_INLINE void wake_sender(agent& by, detail::ring& in) noexcept {
    // Pairs with mailbox.await_fence; who is about to wait sees the turn, or this sees that it waits.
    fence_light(order<"mailbox.emptied_fence">(acq_rel));
    // Relaxed: ordered by the fence.
    if (in.room_awaited.load(order<"mailbox.room_awaited">(relaxed)) != 0) [[unlikely]]
      wake_one(by, in.room_awaited);
  }

  [[nodiscard]] SHOAL_API static errc send_later(agent& by, const local& to, std::uint64_t word,
                                                 on_settled done, void* self,
                                                 deadline until) noexcept;
  // One try, in the cluster's encoding.
  [[nodiscard]] static errc send_one(agent& by, detail::ring& to, std::uint64_t word) noexcept;
  [[nodiscard]] static errc receive_one(agent& by, detail::ring& from, received& into) noexcept;
  // Not SHOAL_SLOW: GCC 12 takes what follows an inlined function that ends in a cold call for cold.
  SHOAL_API static void wake_one(agent& by, cell<std::uint64_t>& awaited) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW static errc try_send_slow(agent& by, const local& to,
                                                               std::uint64_t word,
                                                               bool is_shareable) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW static errc send_slow(agent& by, const local& to,
                                                           std::uint64_t word, bool is_shareable,
                                                           deadline until) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW static errc try_receive_slow(agent& by, const local& from,
                                                                  received& into) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW static errc receive_slow(agent& by, const local& from,
                                                              received& into,
                                                              deadline until) noexcept;
};

}  // namespace shoal::inline SHOAL_ABI
