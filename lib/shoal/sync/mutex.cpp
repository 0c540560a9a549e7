// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/mutex.hpp>

#include "mutexes.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::mutex_state;
using detail::mutex_word;

namespace {

// What the parking lot gives who is woken.
enum : std::uint64_t { woken, handed_over };

#if defined(SHOAL_MODEL)
constexpr unsigned spins = 1;
#else
// Sections of some dozens of instructions end within it.
constexpr unsigned spins = 40;
#endif

// Lets the core's other thread work, and tells it that this one spins.
void pause() noexcept {
#if defined(__x86_64__) && !defined(SHOAL_MODEL)
  __builtin_ia32_pause();
#endif
}

[[nodiscard]] std::uintptr_t address_of(const mutex_state& state) noexcept {
  return reinterpret_cast<std::uintptr_t>(&state);
}

}  // namespace

result<local> mutex::make(agent& by, scope& in) noexcept {
  // Here, so that waiting needs no memory.
  if (parking_lot::of(by.cluster()) == nullptr) return errc::out_of_memory;
  return by.make_builtin(in, builtin::mutex, mutex_bytes);
}

errc unlock_token::lock_slow(agent& by, mutex_state& state, deadline until, bool waits) noexcept {
  // Its owner may be gone, and who holds the lock of a queue.
  if (by.cluster().is_forked()) return errc::forked;
  const std::uint64_t mine = mutex_word::held_by(by.identity());
  parking_lot& lot = parking_lot::made(by.cluster());
  unsigned spun = 0;
  for (;;) {
    // Relaxed: what is seen is tried by an exchange, or checked again under the queue's lock.
    std::uint64_t seen = state.load(order<"mutex.look">(relaxed));
    const std::uint64_t owner = mutex_word::owner(seen);
    if (owner == 0) {
      // Success acquire: pairs with mutex.unlock and mutex.unlock_slow; what the last owner did is
      // read next. Failure relaxed: it is tried again.
      if (state.compare_exchange(seen, mine | (seen & mutex_word::awaited),
                                 order<"mutex.lock_slow">(acquire),
                                 order<"mutex.lock_missed">(relaxed))) {
        fill(by, state);
        return errc::ok;
      }
      continue;
    }
    if (owner == by.identity()) return errc::deadlock;
    if (waits && spun < spins && (seen & mutex_word::awaited) == 0) {
      if (spun == 0 && until.has_passed()) return errc::timed_out;
      ++spun;
      pause();
      continue;
    }
    if (!by.cluster().is_attached(owner)) {
      // Relaxed: is_attached has taken the lock under which the owner has left. On failure another
      // agent has taken it over.
      if (state.compare_exchange(seen, mine | (seen & mutex_word::awaited),
                                 order<"mutex.take_over">(relaxed),
                                 order<"mutex.take_over_missed">(relaxed))) {
        fill(by, state);
        abandoned_ = true;
        return errc::ok;
      }
      continue;
    }
    if (!waits || until.has_passed()) return errc::timed_out;
    if (!by.may_block()) return errc::cannot_block;
    if ((seen & mutex_word::awaited) == 0 &&
        // Relaxed, both: only who takes the queue's lock acts on it.
        !state.compare_exchange(seen, seen | mutex_word::awaited, order<"mutex.await">(relaxed),
                                order<"mutex.await_missed">(relaxed))) {
      continue;
    }
    const std::uint64_t held = seen | mutex_word::awaited;
    std::uint64_t token = woken;
    const park_result how = lot.park(
        by, detail::parked_at::mutex, address_of(state),
        [&]() noexcept {
          // Relaxed: who wakes has the same lock.
          return state.load(order<"mutex.validate">(relaxed)) == held &&
                 by.cluster().is_attached(owner);
        },
        [&](bool more) noexcept {
          // Relaxed: it protects nothing; who holds the mutex only wakes nobody in vain.
          if (!more) {
            static_cast<void>(
                state.fetch_and(~mutex_word::awaited, order<"mutex.give_up">(relaxed)));
          }
        },
        until, token);
    switch (how) {
      case park_result::unparked:
        if (token == handed_over) {
          fill(by, state);
          return errc::ok;
        }
        spun = 0;
        break;
      case park_result::invalid:
        break;
      case park_result::timed_out:
        return errc::timed_out;
      case park_result::interrupted:
        return errc::interrupted;
    }
  }
}

void unlock_token::unlock_slow(agent& by, bool fair) noexcept {
  mutex_state& state = *state_;
  if (by.cluster().is_forked()) {
    // Relaxed: in the child of a fork one thread is left, and nobody waits.
    state.store(0, order<"mutex.unlock_forked">(relaxed));
    return;
  }
  auto decide = [&](const parking_lot::chosen& next) noexcept -> std::uint64_t {
    const std::uint64_t rest = next.more ? mutex_word::awaited : 0;
    const bool hand_over = next.identity != 0 && (fair || next.fair);
    // Release: pairs with mutex.lock and mutex.lock_slow; what was done under it is seen by the next
    // owner. One that it is handed over to has it from the parking lot.
    state.store(hand_over ? mutex_word::held_by(next.identity) | rest : rest,
                order<"mutex.unlock_slow">(release));
    return hand_over ? handed_over : woken;
  };
  static_cast<void>(parking_lot::made(by.cluster()).unpark_one(address_of(state), decide));
}

void detail::abandon_mutexes(parking_lot& lot, agent& leaving) noexcept {
  lot.unpark_if(
      parked_at::mutex,
      [&](std::uintptr_t address) noexcept {
        // Relaxed: the agent's own thread wrote what it looks for.
        return mutex_word::owner(cell_at<std::uint64_t>(reinterpret_cast<void*>(address))
                                     .load(order<"mutex.abandon">(relaxed))) == leaving.identity();
      },
      woken);
}

}  // namespace shoal::inline SHOAL_ABI
