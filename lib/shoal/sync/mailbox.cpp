// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/mailbox.hpp>

#include <algorithm>
#include <limits>

#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::ring;

namespace {

[[nodiscard]] std::uintptr_t location_of(const cell<std::uint64_t>& word) noexcept {
  return reinterpret_cast<std::uintptr_t>(&word);
}

// ring_guard, in an encoding that is known at run time.
struct any_guard {
  using by_value = void;
  agent& by;
  [[nodiscard]] static constexpr bool shareable(std::uint64_t) noexcept { return true; }
  [[nodiscard]] bool barrier_active() const noexcept { return by.context().barrier_active(); }
  void shade_value(std::uint64_t word) noexcept {
    const encoding& words = by.cluster().words();
    if (words.is_reference(word)) by.context().shade(words.address_of(word));
  }
  void shade(void* object) noexcept {
    by.context().shade(reinterpret_cast<std::uintptr_t>(object));
  }
};

constexpr std::uint64_t no_position = ~std::uint64_t{0};

// Whether who wants the position may go on: its turn has come, or another has claimed it.
[[nodiscard]] bool has_turn(ring& in, std::uint64_t position, std::uint64_t full) noexcept {
  const ring::place here = in.place_of(position);
  // Relaxed: ordered by the fence of who is about to wait; what is acted upon is acquired.
  return here.slot.turn.load(order<"mailbox.look">(relaxed)) >= (here.lap | full);
}
[[nodiscard]] bool has_room(ring& in) noexcept {
  // Relaxed: who closes wakes under the lock that this is read under; an old position has had its turn.
  const std::uint64_t at = in.tail.load(order<"mailbox.look_tail">(relaxed));
  return (at & ring::closed) != 0 || has_turn(in, at, 0);
}
[[nodiscard]] bool has_value(ring& in) noexcept {
  // Relaxed, both: who closes wakes under the lock that this is read under; an old position has had its
  // turn.
  const std::uint64_t at = in.head.load(order<"mailbox.look_head">(relaxed));
  return in.tail.load(order<"mailbox.look_end">(relaxed)) == (at | ring::closed) ||
         has_turn(in, at, ring::full);
}

// Once it has queued up and said so. False: the kernel refuses, and who gives its turn at this moment may
// not see it.
[[nodiscard]] bool fence_turns() noexcept {
  // Pairs with mailbox.filled_fence and mailbox.emptied_fence; this sees the turn, or who gives it sees
  // that it is awaited. Who passes a wake-up on sees what those whom it might wake have seen.
  return fence_heavy(order<"mailbox.await_fence">(acq_rel));
}

// Under the lock of the queue of those who wait: nobody is left in it.
void forget_awaited(cell<std::uint64_t>& awaited) noexcept {
  // Relaxed: changes under that lock only.
  awaited.store(0, order<"mailbox.last_out">(relaxed));
}

void wake_first(parking_lot& lot, cell<std::uint64_t>& awaited) noexcept {
  auto decide = [&](const parking_lot::chosen& next) noexcept -> parking_lot::decision {
    if (!next.more) forget_awaited(awaited);
    return {0};
  };
  static_cast<void>(lot.unpark_one(location_of(awaited), decide));
}

}  // namespace

namespace detail {

// How one that waits joins a queue, and what it does when it is done; what the parking lot asks.
template <class Ready>
struct ring_queue {
  cell<std::uint64_t>& awaited;
  detail::naps& naps;
  Ready ready;

  bool validate() noexcept {
    if (ready()) return false;
    // Relaxed: changes under this lock only, and who looks without it is ordered by the fence.
    awaited.store(1, order<"mailbox.await">(relaxed));
    return true;
  }
  bool confirm() noexcept {
    if (!naps.are_needed() && !fence_turns()) {
      naps.need();
      return false;
    }
    return !ready();
  }
  void gone(bool more) noexcept {
    if (!more) forget_awaited(awaited);
  }
  // Turns are not given in their order: one that was given while an earlier one was not has woken an
  // agent in vain. So who leaves wakes the next if that can go on.
  void pass_on(parking_lot& lot) noexcept {
    // Relaxed: who waits has parked before the wake-up of this one, or looks again.
    if (awaited.load(order<"mailbox.others_wait">(relaxed)) != 0 && ready())
      wake_first(lot, awaited);
  }
};

}  // namespace detail

namespace {

using detail::ring_queue;

// Tries until it is done; parks in between. `ready` says whether another try is worth while.
template <class Try, class Ready>
errc wait_until(agent& by, cell<std::uint64_t>& awaited, deadline until, Try attempt,
                Ready ready) noexcept {
  // Who would give the turn may be gone, and who holds the lock of a queue.
  if (by.cluster().is_forked()) return errc::forked;
  parking_lot& lot = parking_lot::made(by.cluster());
  unsigned spun = 0;
  detail::naps naps;
  ring_queue<Ready> me{awaited, naps, ready};
  for (;;) {
    const errc how = attempt();
    if (how != errc::timed_out) {
      me.pass_on(lot);
      return how;
    }
    // Relaxed: a guess; who joins those who wait need not spin.
    if (spun < detail::spins && awaited.load(order<"mailbox.crowded">(relaxed)) == 0) {
      if (spun == 0 && until.has_passed()) return errc::timed_out;
      ++spun;
      detail::pause();
      continue;
    }
    if (until.has_passed()) return errc::timed_out;
    if (!by.may_block()) return errc::cannot_block;
    std::uint64_t token = 0;
    const park_result parked = lot.park(
        by, {.what = detail::parked_at::location, .address = location_of(awaited)},
        [&]() noexcept { return me.validate(); }, [&]() noexcept { return me.confirm(); },
        [&](bool more) noexcept { me.gone(more); }, naps.until(until), token);
    if (parked == park_result::timed_out && until.has_passed()) return errc::timed_out;
    if (parked == park_result::interrupted) return errc::interrupted;
  }
}

}  // namespace

result<local> mailbox::make(agent& by, scope& in, std::uint32_t capacity) noexcept {
  if (capacity == 0) return error(errc::out_of_range, "a mailbox holds at least one value");
  if (capacity > limits::mailbox_values) {
    return error(errc::too_large, "a mailbox holds at most %u values",
                 static_cast<unsigned>(limits::mailbox_values));
  }
  // Here, so that waiting needs no memory.
  if (parking_lot::of(by.cluster()) == nullptr) return errc::out_of_memory;
  result<local> made = by.make_builtin(
      in, builtin::mailbox, static_cast<std::uint32_t>(mailbox_bytes(capacity)), capacity);
  if (!made) return made;
  ring& fresh = ring::at(made->get().address());
  fresh.index_mask.set(detail::ring_mask(capacity));
  const std::uint64_t undefined = by.cluster().words().undefined;
  if (undefined != 0) {
    for (std::uint64_t i = 0; i < capacity; ++i) fresh.nth(i).value.initialize(undefined);
  }
  return made;
}

void mailbox::wake_one(agent& by, cell<std::uint64_t>& awaited) noexcept {
  // In the child of a fork nobody waits, and the lock of a queue may be held by who is gone.
  if (by.cluster().is_forked()) return;
  wake_first(parking_lot::made(by.cluster()), awaited);
}

errc mailbox::try_send_slow(agent& by, const local& to, std::uint64_t word,
                            bool is_shareable) noexcept {
  ring* const box = find(by, to);
  if (box == nullptr) return errc::wrong_type;
  return is_shareable ? send_one(by, *box, word) : errc::unshared_value;
}

errc mailbox::send_slow(agent& by, const local& to, std::uint64_t word, bool is_shareable,
                        deadline until) noexcept {
  const errc done = try_send_slow(by, to, word, is_shareable);
  if (done != errc::timed_out) return done;
  const encoding& words = by.cluster().words();
  scope in(by);
  if (words.is_reference(word) && !in.hold(object_at(by, words.address_of(word))))
    return errc::out_of_memory;
  ring& box = ring_of(to);
  return wait_until(
      by, box.room_awaited, until, [&]() noexcept { return send_one(by, box, word); },
      [&]() noexcept { return has_room(box); });
}

errc mailbox::try_receive_slow(agent& by, const local& from, received& into) noexcept {
  ring* const box = find(by, from);
  if (box == nullptr) return errc::wrong_type;
  return into ? receive_one(by, *box, into) : errc::out_of_memory;
}

errc mailbox::receive_slow(agent& by, const local& from, received& into, deadline until) noexcept {
  const errc done = try_receive_slow(by, from, into);
  if (done != errc::timed_out) return done;
  ring& box = ring_of(from);
  return wait_until(
      by, box.values_awaited, until, [&]() noexcept { return receive_one(by, box, into); },
      [&]() noexcept { return has_value(box); });
}

errc mailbox::send_one(agent& by, ring& to, std::uint64_t word) noexcept {
  any_guard guard{by};
  for (std::uint64_t tried = no_position;;) {
    // Relaxed: a slot of a later lap was acquired from who has moved the tail; a slot is tried by an
    // exchange.
    const std::uint64_t at = to.tail.load(order<"mailbox.tail_again">(relaxed));
    if ((at & ring::closed) != 0) return detail::is_closed(to) ? errc::closed : errc::timed_out;
    if (at == tried) return errc::timed_out;
    if (detail::send_at(guard, to, at, word)) break;
    tried = at;
  }
  wake_receiver(by, to);
  return errc::ok;
}

errc mailbox::receive_one(agent& by, ring& from, received& into) noexcept {
  const encoding& words = by.cluster().words();
  any_guard guard{by};
  std::uint64_t word = 0;
  for (std::uint64_t tried = no_position;;) {
    // Relaxed: a slot of a later lap was acquired from who has moved the head; a slot is tried by an
    // exchange.
    const std::uint64_t at = from.head.load(order<"mailbox.head_again">(relaxed));
    if (at == tried) {
      // Acquire: pairs with mailbox.close; what the closer did before is seen.
      const std::uint64_t end = from.tail.load(order<"mailbox.end">(acquire));
      return end == (at | ring::closed) ? errc::closed : errc::timed_out;
    }
    if (detail::receive_at(guard, from, at, words.undefined, word)) break;
    tried = at;
  }
  into.fill(word, words.is_reference(word) ? object_at(by, words.address_of(word)) : reference());
  wake_sender(by, from);
  return errc::ok;
}

// Asynchronous waits

struct detail::mailbox_waits {
  // For room to send into, or for a value.
  template <bool Sends>
  struct side {
    static cell<std::uint64_t>& awaited(ring& box) noexcept {
      return Sends ? box.room_awaited : box.values_awaited;
    }
    static auto join(ring& box, naps& naps) noexcept {
      const auto ready = [&box]() noexcept { return Sends ? has_room(box) : has_value(box); };
      return ring_queue<std::remove_const_t<decltype(ready)>>{awaited(box), naps, ready};
    }
    static ring& box_of(agent& by, const pending_wait& wait) noexcept {
      return mailbox::ring_of(wait.object.get(by.context()));
    }

    // In its queue; false: there is something to look at.
    static bool queue(agent& by, pending_wait& wait) noexcept {
      auto me = join(box_of(by, wait), wait.naps);
      return wait.queue_up(
          parking_lot::made(by.cluster()), [&]() noexcept { return me.validate(); },
          [&]() noexcept { return me.confirm(); }, [&](bool more) noexcept { me.gone(more); });
    }
    static bool leave(agent& by, pending_wait& wait) noexcept {
      ring& box = box_of(by, wait);
      return wait.withdraw(parking_lot::made(by.cluster()), false, [&](bool more) noexcept {
        if (!more) forget_awaited(awaited(box));
      });
    }
    // It is over, or in its queue. True: over.
    static bool pursue(agent& by, pending_wait& wait) noexcept {
      ring& box = box_of(by, wait);
      for (;;) {
        scope in(by);
        received into(in);
        errc done = errc::out_of_memory;
        if (by.is_detaching()) {  // what it would take, nobody would have
          done = errc::cancelled;
        } else if constexpr (Sends) {
          done = mailbox::send_one(by, box, wait.word);
        } else if (into) {
          done = mailbox::receive_one(by, box, into);
        }
        if (done != errc::timed_out) join(box, wait.naps).pass_on(parking_lot::made(by.cluster()));
        if (done != errc::timed_out || wait.end.has_passed()) {
          end(by, wait, done, into);
          return true;
        }
        if (queue(by, wait) || by.cluster().is_forked()) return false;
      }
    }
    static void end(agent& by, pending_wait& wait, errc how, received& into) noexcept {
      if constexpr (Sends) {
        static_cast<void>(into);
        wait.settle(by, how);
      } else {
        wait.settle_by(by, [&]() noexcept { wait.received(wait.self, by, how, into); });
      }
    }

    static void run(agent_task& task, agent& by) noexcept {
      auto& wait = static_cast<pending_wait&>(task);
      wait.arrived(parking_lot::made(by.cluster()));
      if (wait.is_done) {
        wait.settle(by, errc::ok);
      } else {
        static_cast<void>(pursue(by, wait));
      }
    }
    static bool expire(agent_task& task, agent& by) noexcept {
      auto& wait = static_cast<pending_wait&>(task);
      return leave(by, wait) && pursue(by, wait);
    }
    static bool cancel(agent_task& task, agent& by) noexcept {
      auto& wait = static_cast<pending_wait&>(task);
      if (!leave(by, wait)) return false;
      scope in(by);
      received nothing(in);
      end(by, wait, errc::cancelled, nothing);
      return true;
    }
    static constexpr pending_wait::kind kind{{run, expire, cancel, pending_wait::abandon}, true};

    static pending_wait* begin(agent& by, const local& at, ring& box, void* self, deadline until,
                               errc& why) noexcept {
      return pending_wait::begin(
          kind, by, {.what = parked_at::location, .address = location_of(awaited(box))}, at, self,
          until, why);
    }
  };
};

errc mailbox::send_later(agent& by, const local& to, std::uint64_t word, on_settled done,
                         void* self, deadline until) noexcept {
  using waits = detail::mailbox_waits::side<true>;
  SHOAL_ASSERT(done != nullptr, "an asynchronous wait has a function to call");
  ring* const box = find(by, to);
  if (box == nullptr) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  errc why;
  detail::pending_wait* const wait = waits::begin(by, to, *box, self, until, why);
  if (wait == nullptr) return why;
  wait->settled = done;
  const encoding& words = by.cluster().words();
  if (words.is_reference(word)) {
    wait->with = handle(by, object_at(by, words.address_of(word)));
    if (!wait->with) {
      wait->forget(by);
      return errc::out_of_memory;
    }
  }
  wait->word = word;
  const errc sent = send_one(by, *box, word);
  if (sent == errc::closed) {
    wait->forget(by);
    return sent;
  }
  wait->is_done = sent == errc::ok;
  if (wait->is_done || !waits::queue(by, *wait)) wait->look();
  return errc::ok;
}

errc mailbox::receive_async(agent& by, const local& from, on_received done, void* self,
                            deadline until) noexcept {
  using waits = detail::mailbox_waits::side<false>;
  SHOAL_ASSERT(done != nullptr, "an asynchronous wait has a function to call");
  ring* const box = find(by, from);
  if (box == nullptr) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  errc why;
  detail::pending_wait* const wait = waits::begin(by, from, *box, self, until, why);
  if (wait == nullptr) return why;
  wait->received = done;
  if (!waits::queue(by, *wait)) wait->look();
  return errc::ok;
}

errc mailbox::close(agent& by, const local& what) noexcept {
  ring* const box = find(by, what);
  if (box == nullptr) return errc::wrong_type;
  // Release: pairs with mailbox.closed and mailbox.end; what was done before is seen by who is told.
  const std::uint64_t before = box->tail.fetch_or(ring::closed, order<"mailbox.close">(release));
  if ((before & ring::closed) != 0 || by.cluster().is_forked()) return errc::ok;
  // All of them, once: a receiver may have to wait again, for a value that is on its way.
  parking_lot& lot = parking_lot::made(by.cluster());
  for (const cell<std::uint64_t>* awaited : {&box->values_awaited, &box->room_awaited}) {
    static_cast<void>(
        lot.unpark(location_of(*awaited), std::numeric_limits<std::size_t>::max(), 0));
  }
  return errc::ok;
}

std::uint32_t mailbox::size(const reference& what) noexcept {
  const ring& box = ring_of(what);
  // Relaxed, both: a figure; nothing is read because of it.
  const std::uint64_t head = box.head.load(order<"mailbox.size_head">(relaxed));
  const std::uint64_t tail = box.tail.load(order<"mailbox.size_tail">(relaxed)) & ~ring::closed;
  const std::uint64_t values = box.count_before(tail) - box.count_before(head);
  // Read one after the other, they may be more than a lap apart, in either direction.
  return tail < head ? 0 : static_cast<std::uint32_t>(std::min(values, box.capacity()));
}

}  // namespace shoal::inline SHOAL_ABI
