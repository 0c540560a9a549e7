// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/mutex.hpp>

#include <algorithm>

#include "mutexes.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::mutex_body;

namespace {

// What the parking lot gives who is woken.
enum : std::uint64_t { woken, handed_over };

#if defined(SHOAL_MODEL)
constexpr unsigned spins = 1;
#else
// Sections of some dozens of instructions end within it.
constexpr unsigned spins = 40;
#endif

// How long who waits sleeps at most, at first and later, if it could not make sure that the owner sees
// it.
constexpr std::int64_t first_nap = 1'000'000;
constexpr std::int64_t last_nap = 64'000'000;

// Lets the core's other thread work, and tells it that this one spins.
void pause() noexcept {
#if defined(__x86_64__) && !defined(SHOAL_MODEL)
  __builtin_ia32_pause();
#endif
}

[[nodiscard]] std::uintptr_t address_of(const mutex_body& body) noexcept {
  return reinterpret_cast<std::uintptr_t>(&body.owner);
}

// Before it parks, an agent says so. False: the kernel refuses, and an owner that unlocks at this moment
// may not see it.
[[nodiscard]] bool announce(mutex_body& body) noexcept {
  // Relaxed: ordered by the fence.
  body.awaited.store(1, order<"mutex.await">(relaxed));
  // Pairs with mutex.unlock_fence; this sees the mutex free, or its owner sees that it is awaited.
  return fence_heavy(order<"mutex.await_fence">(acq_rel));
}

// Under the lock of its queue in the parking lot: nobody is left in it.
void forget_awaited(mutex_body& body) noexcept {
  // Relaxed: who is about to park looks again under the same lock.
  body.awaited.store(0, order<"mutex.last_out">(relaxed));
}

}  // namespace

result<local> mutex::make(agent& by, scope& in) noexcept {
  // Here, so that waiting needs no memory.
  if (parking_lot::of(by.cluster()) == nullptr) return errc::out_of_memory;
  return by.make_builtin(in, builtin::mutex, mutex_bytes);
}

unlock_token::answer unlock_token::lock_slow(agent& by, mutex_body& body, deadline until,
                                             bool waits) noexcept {
  const cluster& all = by.cluster();
  // Its owner may be gone, and who holds the lock of a queue.
  if (all.is_forked()) return {errc::forked};
  const std::uint32_t mine = by.short_identity();
  parking_lot& lot = parking_lot::made(all);
  unsigned spun = 0;
  std::int64_t nap = first_nap;
  for (;;) {
    // Relaxed: what is seen is tried by an exchange, or checked again under the queue's lock.
    std::uint32_t owner = body.owner.load(order<"mutex.look">(relaxed));
    if (owner == 0) {
      // Success acquire: pairs with mutex.unlock and mutex.unlock_slow; what the last
      // owner did is read next. Failure relaxed: it is tried again.
      if (body.owner.compare_exchange(owner, mine, order<"mutex.lock_slow">(acquire),
                                      order<"mutex.lock_missed">(relaxed))) {
        return {errc::ok};
      }
      continue;
    }
    if (owner == mine) return {errc::deadlock};
    // Relaxed: a guess at how long it will take.
    if (waits && spun < spins && body.awaited.load(order<"mutex.look_awaited">(relaxed)) == 0) {
      if (spun == 0 && until.has_passed()) return {errc::timed_out};
      ++spun;
      pause();
      continue;
    }
    if (!all.is_attached(owner)) {
      // Relaxed: is_attached has acquired what the owner did. On failure another agent has taken it
      // over.
      if (body.owner.compare_exchange(owner, mine, order<"mutex.take_over">(relaxed),
                                      order<"mutex.take_over_missed">(relaxed))) {
        return {errc::ok, true};
      }
      continue;
    }
    if (!waits || until.has_passed()) return {errc::timed_out};
    if (!by.may_block()) return {errc::cannot_block};
    deadline at_most = until;
    if (!announce(body)) {
      at_most = deadline::first(until, deadline::after(nap));
      nap = std::min(nap * 2, last_nap);
    }
    std::uint64_t token = woken;
    const park_result how = lot.park(
        by, detail::parked_at::mutex, address_of(body),
        [&]() noexcept {
          // Relaxed, both: who wakes has the same lock, and who unlocks without it is ordered by the
          // fences.
          return body.awaited.load(order<"mutex.validate_awaited">(relaxed)) != 0 &&
                 body.owner.load(order<"mutex.validate">(relaxed)) == owner &&
                 all.is_attached(owner);
        },
        [&](bool more) noexcept {
          if (!more) forget_awaited(body);
        },
        at_most, token);
    switch (how) {
      case park_result::unparked:
        if (token == handed_over) return {errc::ok};
        spun = 0;
        break;
      case park_result::invalid:
        break;
      case park_result::timed_out:
        break;  // or had a nap: what is to be answered, the next look says
      case park_result::interrupted:
        return {errc::interrupted};
    }
  }
}

void unlock_token::unlock_slow(agent& by, mutex_body& body, bool fair) noexcept {
  if (by.cluster().is_forked()) {
    // Relaxed: in the child of a fork one thread is left, and nobody waits.
    body.owner.store(0, order<"mutex.unlock_forked">(relaxed));
    return;
  }
  auto decide = [&](const parking_lot::chosen& next) noexcept -> std::uint64_t {
    const bool hand_over = next.identity != 0 && (fair || next.fair);
    if (!next.more) forget_awaited(body);
    // Release: pairs with mutex.lock and mutex.lock_slow; what was done under it is seen by the next
    // owner. One that it is handed over to has it from the parking lot.
    body.owner.store(hand_over ? next.identity : 0, order<"mutex.unlock_slow">(release));
    return hand_over ? handed_over : woken;
  };
  static_cast<void>(parking_lot::made(by.cluster()).unpark_one(address_of(body), decide));
}

// It is free already, and may be another's by now.
void unlock_token::wake_slow(agent& by, mutex_body& body) noexcept {
  if (by.cluster().is_forked()) return;  // nobody is left who waits
  auto decide = [&](const parking_lot::chosen& next) noexcept -> std::uint64_t {
    if (!next.more) forget_awaited(body);
    std::uint32_t nobody = 0;
    // Success acquire: pairs with mutex.unlock; it goes from its last owner to the next one by way of
    // this agent. One that unlocked slowly had the queue's lock. Failure relaxed: who has it now wakes
    // the next.
    if (next.fair &&
        body.owner.compare_exchange(nobody, next.identity, order<"mutex.pass_on">(acquire),
                                    order<"mutex.pass_on_missed">(relaxed))) {
      return handed_over;
    }
    return woken;
  };
  static_cast<void>(parking_lot::made(by.cluster()).unpark_one(address_of(body), decide));
}

void detail::abandon_mutexes(parking_lot& lot, agent& leaving) noexcept {
  lot.unpark_if(
      parked_at::mutex,
      [&](std::uintptr_t address) noexcept {
        // Relaxed: the agent's own thread wrote what it looks for.
        return cell_at<std::uint32_t>(reinterpret_cast<void*>(address))
                   .load(order<"mutex.abandon">(relaxed)) == leaving.short_identity();
      },
      woken);
}

}  // namespace shoal::inline SHOAL_ABI
