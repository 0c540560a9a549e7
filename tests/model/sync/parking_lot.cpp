// SPDX-License-Identifier: BSL-1.0
// The parking lot by itself: who is woken sees what was done before, whoever is there when the word
// changes is woken or never sleeps, and of a wake-up and an interrupt neither is lost.

#include "../agent/agents.hpp"

#include <shoal/sync/sync.hpp>

using namespace shoal;

namespace {

template <unsigned Threads>
struct parking : trial::agents<Threads> {
  cell<std::uint32_t> word{0};
  payload<std::uint32_t> news;
  parking_lot* lot = nullptr;

  void before() override {
    trial::agents<Threads>::before();
    lot = parking_lot::of(this->shared);
  }
  [[nodiscard]] std::uintptr_t address() const { return reinterpret_cast<std::uintptr_t>(&word); }
  // Until the word changes.
  park_result park(agent& me, std::uint64_t& token, deadline until = deadline::never()) {
    return lot->park(
        me, {.what = detail::parked_at::location, .address = address()},
        [this]() noexcept {
          // Relaxed: the bucket's lock orders it.
          return word.load(order<"parking_test.look">(relaxed)) == 0;
        },
        [](bool) noexcept {}, until, token);
  }
  void change() { word.store(1, order<"parking_test.change">(relaxed)); }
};

// Its token says whether it was woken by who has news.
struct told : parking<2> {
  void run(unsigned index, agent& me) override {
    if (index == 1) {
      news.set(7);
      change();
      lot->unpark(address(), 1, 5);
      return;
    }
    std::uint64_t token = 0;
    const park_result how = park(me, token);
    trial::check(how == park_result::unparked || how == park_result::invalid, "told, or too late");
    trial::check((token == 5) == (how == park_result::unparked), "with the token");
    // Invalid: the bucket's lock may have ordered nothing yet.
    if (how == park_result::unparked) trial::check(news.get() == 7, "what was done before is seen");
  }
};
// Seen to fail, of 1000 seeds: parking.look 54, parking.unpark 54, agent.wake 51, agent.signal 51.
const trial::enrol<told> telling("sync/parking/told",
                                 {.catches = "parking.look parking.unpark agent.wake agent.signal",
                                  .iterations = 3'000,
                                  .depth = 20'000});

// Two wait, and are woken in turn; the first that came is the first.
struct in_turn : parking<3> {
  cell<std::uint64_t> woken{0};

  void run(unsigned index, agent& me) override {
    if (index == 2) {
      while (lot->waiting() != 2) {
        const std::uint32_t seen = me.signal();
        if (lot->waiting() != 2) me.sleep(seen, deadline::after(2));
      }
      trial::check(lot->unpark_one(address(),
                                   [](const parking_lot::chosen& who) noexcept {
                                     return parking_lot::decision{who.more ? std::uint64_t{1} : 9};
                                   }),
                   "one");
      trial::check(lot->unpark_one(address(),
                                   [](const parking_lot::chosen& who) noexcept {
                                     return parking_lot::decision{who.more ? std::uint64_t{9} : 2};
                                   }),
                   "and the other");
      return;
    }
    std::uint64_t token = 0;
    trial::check(park(me, token) == park_result::unparked, "woken");
    // Relaxed: a sum.
    woken.fetch_add(token, order<"parking_test.woken">(relaxed));
  }
  void after() override {
    trial::check(woken.load(order<"parking_test.sum">(relaxed)) == 3, "each once");
    trial::check(lot->waiting() == 0, "nobody waits any more");
  }
};
// Seen to fail, of 1000 seeds: parking.look 122, parking.unpark 122, agent.wake 45, agent.signal 45.
const trial::enrol<in_turn> turns("sync/parking/in_turn", {.iterations = 2'000, .depth = 20'000});

// Woken and interrupted at the same moment.
struct both : parking<3> {
  park_result how = park_result::invalid;
  std::size_t woken = 0;

  void run(unsigned index, agent& me) override {
    if (index == 0) {
      std::uint64_t token = 0;
      how = park(me, token);
    } else if (index == 1) {
      (*joined[0])->interrupt();
    } else {
      change();
      woken = lot->unpark(address(), 1, 5);
    }
  }
  void after() override {
    const bool left = (*joined[0])->clear_interrupt();
    trial::check(left == (how != park_result::interrupted),
                 "an interrupt ends one wait, or the next");
    trial::check((woken == 1) == (how == park_result::unparked), "a wake-up is of who was woken");
  }
};
const trial::enrol<both> at_once("sync/parking/woken_and_interrupted",
                                 {.iterations = 4'000, .depth = 20'000});

}  // namespace
