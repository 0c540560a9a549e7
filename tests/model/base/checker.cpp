// SPDX-License-Identifier: BSL-1.0
// Bodies that are wrong on purpose: each shows that the checker would find such a mistake.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct no_order : trial::body {
  static constexpr unsigned threads = 2;
  cell<cell<int>*> root{nullptr};
  void thread(unsigned index) override {
    if (index == 0) {
      root.store(try_make<cell<int>>(default_metadata, 1), order<"wrong.publish">(relaxed));
    } else if (cell<int>* seen = root.load(order<"wrong.get">(relaxed)); seen != nullptr) {
      static_cast<void>(seen->load(order<"wrong.read">(relaxed)));
    }
  }
  void after() override { destroy(default_metadata, root.load(order<"wrong.get">(relaxed))); }
};
const trial::enrol<no_order> unpublished("checker/unpublished", {.must_fail = "was not published"});

// The word is set between the look and the sleep, and nobody wakes again.
struct lost_wake : trial::body {
  static constexpr unsigned threads = 2;
  wait_word sleepers{0};
  wait_word word{0};
  void thread(unsigned index) override {
    if (index == 0) {
      word.store(1, order<"wrong.set">(seq_cst));
      if (sleepers.load(order<"wrong.look">(seq_cst)) != 0) word.wake_one();
    } else {
      while (word.load(order<"wrong.look">(seq_cst)) == 0) {
        word.wait(0);
        sleepers.store(1, order<"wrong.count">(seq_cst));  // too late
      }
    }
  }
};
const trial::enrol<lost_wake> lost("checker/lost_wake", {.must_fail = "DEADLOCK"});

// A lock that takes the word as "held, nobody sleeps" after a sleep.
struct forgetful_lock : trial::body {
  static constexpr unsigned threads = 3;
  wait_word state{0};
  void acquire_it() {
    std::uint32_t seen = 0;
    while (!state.compare_exchange(seen, 1, order<"wrong.acquire">(acquire),
                                   order<"wrong.busy">(relaxed))) {
      if (seen == 2 || state.compare_exchange(seen, 2, order<"wrong.mark">(relaxed),
                                              order<"wrong.busy">(relaxed))) {
        state.wait(2);
      }
      seen = 0;
    }
  }
  void thread(unsigned) override {
    acquire_it();
    if (state.exchange(0, order<"wrong.release">(release)) == 2) state.wake_one();
  }
};
const trial::enrol<forgetful_lock> forgetful("checker/forgetful_lock", {.must_fail = "DEADLOCK"});

struct racing : trial::body {
  static constexpr unsigned threads = 2;
  payload<int> word;
  void before() override { word.set(0); }
  void thread(unsigned) override { word.set(word.get() + 1); }
};
const trial::enrol<racing> race("checker/race", {.must_fail = "races with"});

// Found in the schedules where the reader is through before the release, too.
struct early_release : trial::body {
  static constexpr unsigned threads = 2;
  cell<cell<int>*> root{nullptr};
  void before() override { root.initialize(try_make<cell<int>>(default_metadata, 1)); }
  void thread(unsigned index) override {
    if (index == 0) {
      destroy(default_metadata, root.exchange(nullptr, order<"wrong.take">(acq_rel)));
    } else if (cell<int>* seen = root.load(order<"wrong.get">(acquire)); seen != nullptr) {
      static_cast<void>(seen->load(order<"wrong.read">(relaxed)));
    }
  }
};
const trial::enrol<early_release> freed("checker/early_release", {.must_fail = "DATA RACE"});

struct late_read : trial::body {
  static constexpr unsigned threads = 2;
  cell<cell<int>*> root{nullptr};
  cell<int> gone{0};
  void before() override { root.initialize(try_make<cell<int>>(default_metadata, 1)); }
  void thread(unsigned index) override {
    if (index == 0) {
      cell<int>* mine = root.load(order<"wrong.get">(acquire));
      destroy(default_metadata, mine);
      gone.store(1, order<"wrong.gone">(release));
    } else if (gone.load(order<"wrong.look">(acquire)) == 1) {
      static_cast<void>(root.load(order<"wrong.get">(acquire))->load(order<"wrong.read">(relaxed)));
    }
  }
  void after() override { static_cast<void>(root); }
};
const trial::enrol<late_read> dangling("checker/use_after_release",
                                       {.must_fail = "released memory"});

struct two_widths : trial::body {
  static constexpr unsigned threads = 2;
  alignas(16) std::byte memory[16];
  void before() override { std::memset(memory, 0, sizeof memory); }
  void thread(unsigned index) override {
    if (index == 0) {
      cell_at<std::uint64_t>(memory).store(1, order<"wrong.store">(relaxed));
    } else {
      static_cast<void>(cell_at<std::uint32_t>(memory + 4).load(order<"wrong.read">(relaxed)));
    }
  }
};
const trial::enrol<two_widths> widths("checker/two_widths", {.must_fail = "mixed accesses"});

struct leak : trial::body {
  static constexpr unsigned threads = 2;
  void thread(unsigned index) override {
    if (index == 0) static_cast<void>(try_make<cell<int>>(default_metadata, 1));
  }
};
const trial::enrol<leak> leaking("checker/leak", {.must_fail = "never released"});

// Waits for what the other one writes without giving it a turn.
struct spinning : trial::body {
  static constexpr unsigned threads = 2;
  cell<int> x{0};
  cell<int> y{0};
  void thread(unsigned index) override {
    cell<int>& mine = index == 0 ? x : y;
    cell<int>& other = index == 0 ? y : x;
    while (other.load(order<"wrong.look">(acquire)) == 0) trial::yield();
    mine.store(1, order<"wrong.set">(release));
  }
};
const trial::enrol<spinning> livelock("checker/livelock", {.must_fail = "LIVELOCK"});

// A compare that fails is a load: it may miss with a value that is no longer the newest.
struct old_miss : trial::body {
  static constexpr unsigned threads = 2;
  cell<int> count{0};
  cell<int> told{0};
  void thread(unsigned index) override {
    if (index == 0) {
      count.store(1, order<"wrong.count">(relaxed));
      count.store(2, order<"wrong.count">(relaxed));
      told.store(1, order<"wrong.tell">(relaxed));
    } else if (told.load(order<"wrong.told">(relaxed)) == 1) {
      int seen = 5;
      static_cast<void>(count.compare_exchange(seen, 6, order<"wrong.swap">(relaxed),
                                               order<"wrong.missed">(relaxed)));
      trial::check(seen == 2, "the newest count");
    }
  }
};
const trial::enrol<old_miss> missing("checker/old_miss", {.must_fail = "the newest count"});

struct contract : trial::body {
  static constexpr unsigned threads = 2;
  void thread(unsigned) override {
    buffer<int> empty(default_metadata);
    static_cast<void>(empty.pop());
  }
};
const trial::enrol<contract> broken("checker/contract", {.must_fail = "pop from an empty buffer"});

}  // namespace
