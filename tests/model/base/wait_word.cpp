// SPDX-License-Identifier: BSL-1.0
// Sleeping and waking: a word that is changed and then woken is never slept on for ever, and a
// deadline ends a sleep that nobody else would end.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

// Two sleepers, one who opens the gate.
struct gate : trial::body {
  static constexpr unsigned threads = 3;
  wait_word open{0};
  payload<std::uint32_t> message;

  void before() override { message.set(0); }
  void thread(unsigned index) override {
    if (index == 0) {
      message.set(1);
      // Pairs with gate.look: the message is seen.
      open.store(1, order<"gate.open">(release));
      open.wake_all();
    } else {
      while (open.load(order<"gate.look">(acquire)) == 0) open.wait(0);
      trial::check(message.get() == 1, "the message is there");
    }
  }
};
// Seen to fail, of 1000 seeds: gate.open 1000, gate.look 1000.
const trial::enrol<gate> waking_all("base/wait_word/gate",
                                    {.catches = "gate.open gate.look", .preemptions = 2});

// One token after the other, each with one wake.
struct tokens : trial::body {
  static constexpr unsigned threads = 3;
  wait_word count{0};

  void thread(unsigned index) override {
    if (index == 0) {
      for (int i = 0; i < 2; ++i) {
        count.fetch_add(1, order<"tokens.give">(relaxed));
        count.wake_one();
      }
      return;
    }
    std::uint32_t seen = count.load(order<"tokens.look">(relaxed));
    for (;;) {
      if (seen == 0) {
        count.wait(0);
        seen = count.load(order<"tokens.look">(relaxed));
      } else if (count.compare_exchange(seen, seen - 1, order<"tokens.take">(relaxed),
                                        order<"tokens.missed">(relaxed))) {
        return;
      }
    }
  }
  void after() override {
    trial::check(count.load(order<"tokens.look">(relaxed)) == 0, "each has taken one");
  }
};
const trial::enrol<tokens> waking_one("base/wait_word/tokens", {.preemptions = 2});

// A wait with a deadline comes back, woken or not.
struct limited : trial::body {
  static constexpr unsigned threads = 2;
  wait_word word{0};

  void thread(unsigned index) override {
    if (index == 0) {
      const deadline until = deadline::after(1'000'000);
      bool in_time = true;
      while (in_time && word.load(order<"limited.look">(relaxed)) == 0)
        in_time = word.wait(0, until);
      trial::check(in_time || until.has_passed(), "false is said only after the deadline");
    } else {
      word.store(1, order<"limited.set">(relaxed));
    }
  }
};
const trial::enrol<limited> until_deadline("base/wait_word/deadline", {.iterations = 2'000});

}  // namespace
