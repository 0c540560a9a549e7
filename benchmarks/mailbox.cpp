// SPDX-License-Identifier: BSL-1.0
// What does it cost to hand a value from agent to agent through a mailbox?
//
// mailbox/transfer     one agent sends and receives: one value, there and back
// mailbox/1x1          a sender and a receiver, on two cores
// mailbox/2x2          two of each
//
// The floor is the same ring (D. Vyukov's) of plain words by hand, which spins, and yields its core now
// and then, where a mailbox parks. So does who uses boost::lockfree::queue; tbb's bounded queue
// sleeps by itself. How long the threads of 1x1 and 2x2 wait for one another is the machine's affair:
// only the transfer has a limit.

#include <unistd.h>

#include <array>
#include <boost/lockfree/queue.hpp>
#include <boost/version.hpp>
#include <fstream>
#include <memory>

#include "bench.hpp"

#if HAS_TBB
#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/version.h>
#endif

namespace bench {
namespace {

constexpr std::uint32_t places = 256;
constexpr std::size_t times = 64;
constexpr std::size_t values_of_each = 200'000;

[[nodiscard]] std::size_t many() { return smoke ? 64 : values_of_each; }

class ring_by_hand {
 public:
  ring_by_hand() {
    for (std::uint64_t i = 0; i < places; ++i) slots_[i].turn = i;
  }
  SHOAL_INLINE bool push(std::uint64_t value) {
    std::uint64_t at = tail_.load(std::memory_order_relaxed);
    for (;;) {
      slot& to = slots_[at % places];
      const std::uint64_t turn = to.turn.load(std::memory_order_acquire);
      if (turn == at) {
        if (!tail_.compare_exchange_weak(at, at + 1, std::memory_order_relaxed)) continue;
        to.value = value;
        to.turn.store(at + 1, std::memory_order_release);
        return true;
      }
      if (turn < at) return false;
      at = tail_.load(std::memory_order_relaxed);
    }
  }
  SHOAL_INLINE bool pop(std::uint64_t& value) {
    std::uint64_t at = head_.load(std::memory_order_relaxed);
    for (;;) {
      slot& from = slots_[at % places];
      const std::uint64_t turn = from.turn.load(std::memory_order_acquire);
      if (turn == at + 1) {
        if (!head_.compare_exchange_weak(at, at + 1, std::memory_order_relaxed)) continue;
        value = from.value;
        from.turn.store(at + places, std::memory_order_release);
        return true;
      }
      if (turn <= at) return false;
      at = head_.load(std::memory_order_relaxed);
    }
  }

 private:
  struct alignas(16) slot {
    std::atomic<std::uint64_t> turn;
    std::uint64_t value;
  };
  alignas(64) std::atomic<std::uint64_t> tail_{0};
  alignas(64) std::atomic<std::uint64_t> head_{0};
  alignas(64) std::array<slot, places> slots_;
};

// The other two with the same two functions.
struct boost_queue {
  boost::lockfree::queue<std::uint64_t, boost::lockfree::capacity<places>> queue;
  SHOAL_INLINE bool push(std::uint64_t value) { return queue.bounded_push(value); }
  SHOAL_INLINE bool pop(std::uint64_t& value) { return queue.pop(value); }
};
#if HAS_TBB
struct tbb_queue {
  tbb_queue() { queue.set_capacity(places); }
  oneapi::tbb::concurrent_bounded_queue<std::uint64_t> queue;
  SHOAL_INLINE bool push(std::uint64_t value) {
    queue.push(value);
    return true;
  }
  SHOAL_INLINE bool pop(std::uint64_t& value) {
    queue.pop(value);
    return true;
  }
};
#endif

template <class Act>
SHOAL_INLINE void until_done(Act&& act) {
  for (unsigned tries = 1; !act(); ++tries) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
    if (tries % 64 == 0) std::this_thread::yield();
  }
}

// The first half of the threads sends.
template <class Queue>
void hand_over(benchmark::State& state, int pairs) {
  for (auto _ : state) {
    const auto queue = std::make_unique<Queue>();
    state.SetIterationTime(together(
        2 * pairs, [](int) {},
        [&](int thread) {
          const std::size_t n = many();
          if (thread < pairs) {
            for (std::size_t i = 0; i < n; ++i) until_done([&] { return queue->push(i); });
          } else {
            std::uint64_t value = 0;
            for (std::size_t i = 0; i < n; ++i) until_done([&] { return queue->pop(value); });
            keep(value);
          }
        },
        [](int) {}));
  }
  state.counters["ops"] = static_cast<double>(many() * static_cast<std::size_t>(pairs));
}

void hand_over_shoal(benchmark::State& state, int pairs) {
  for (auto _ : state) {
    shoal::cluster cluster;
    std::vector<shoal::attachment> joined;
    for (int i = 0; i < 2 * pairs; ++i)
      joined.push_back(need(cluster.attach({.parked = true}), "no agent"));
    shoal::handle sent;
    {
      const shoal::entered here(*joined[0]);
      shoal::scope scope(*joined[0]);
      sent = shoal::handle(*joined[0],
                           need(shoal::mailbox::make(*joined[0], scope, places), "no mailbox"));
    }
    const auto of = [&](int thread) -> shoal::attachment& {
      return joined[static_cast<std::size_t>(thread)];
    };
    state.SetIterationTime(together(
        2 * pairs, [&](int thread) { of(thread)->enter(); },
        [&](int thread) {
          shoal::agent& agent = *of(thread);
          shoal::scope scope(agent);
          const shoal::local mailbox = scope.hold(sent.get(agent));
          shoal::received got(scope);
          const std::size_t n = many();
          for (std::size_t i = 0; i < n; ++i) {
            const shoal::errc done =
                thread < pairs ? shoal::mailbox::send(agent, mailbox, static_cast<std::int32_t>(i))
                               : shoal::mailbox::receive(agent, mailbox, got);
            if (done != shoal::errc::ok) give_up("no value");
            agent.poll();
          }
        },
        [&](int thread) { of(thread)->leave(); }));
  }
  state.counters["ops"] = static_cast<double>(many() * static_cast<std::size_t>(pairs));
}

template <class Queue>
void there_and_back(benchmark::State& state) {
  static Queue queue;
  const auto sent = opaque(std::uint64_t{7});
  each(state, times, [&](std::size_t) {
    std::uint64_t value = 0;
    if (!queue.push(sent) || !queue.pop(value)) [[unlikely]]
      give_up("no value");
    keep(value);
  });
}

#if HAS_TBB
// The memory of this process, in bytes.
std::size_t resident() {
  std::size_t all = 0;
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> all >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}
#endif

void about_sizes() {
  const std::string fixed = "mailbox, for itself";
  const std::string each = "mailbox, for each value";
  const auto say = [&](const char* whose, std::size_t small, std::size_t large) {
    const std::size_t of_each = (large - small) / places;
    about_bytes(fixed, whose, small - places * of_each);
    about_bytes(each, whose, of_each);
  };
  say("Shoal", shoal::mailbox_bytes(places), shoal::mailbox_bytes(2 * places));
  say("boost::lockfree::queue", sizeof(boost_queue),
      sizeof(boost::lockfree::queue<std::uint64_t, boost::lockfree::capacity<2 * places>>));
#if HAS_TBB
  // It has an allocator of its own, and takes memory as it fills.
  using queue = oneapi::tbb::concurrent_bounded_queue<std::uint64_t>;
  constexpr std::uint32_t values = 1 << 20;
  const std::size_t before = resident();
  std::vector<queue> empty(1024);
  const std::size_t between = resident();
  for (std::uint32_t i = 0; i < values; ++i) empty[0].push(i);
  about_bytes(fixed, "tbb::concurrent_bounded_queue", (between - before) / empty.size());
  about_bytes(each, "tbb::concurrent_bounded_queue", (resident() - between) / values);
#endif
}

}  // namespace

void register_figures() {
  about_sizes();
  about_peer("boost::lockfree::queue", BOOST_LIB_VERSION);
#if HAS_TBB
  about_peer("tbb::concurrent_bounded_queue", TBB_runtime_version());
#else
  about_peer("tbb::concurrent_bounded_queue", not_installed);
#endif
  const std::string transfer = "mailbox/transfer";
  compare(transfer, 1.2, there_and_back<ring_by_hand>, [](benchmark::State& state) {
    shoal::agent& agent = *opaque(&the_world().agent);
    shoal::scope scope(agent);
    const shoal::local mailbox = need(shoal::mailbox::make(agent, scope, places), "no mailbox");
    shoal::received got(scope);
    const auto sent = opaque(std::int32_t{7});
    each(state, times, [&](std::size_t) {
      if (shoal::mailbox::send(agent, mailbox, sent) != shoal::errc::ok ||
          shoal::mailbox::receive(agent, mailbox, got) != shoal::errc::ok) [[unlikely]]
        give_up("no value");
      keep(got.get().word());
    });
  });
  peer(transfer, "boost_lockfree", 1.0, there_and_back<boost_queue>);
#if HAS_TBB
  peer(transfer, "tbb", no_limit, there_and_back<tbb_queue>);
#endif
  for (const int pairs : {1, 2}) {
    const std::string name = "mailbox/" + std::to_string(pairs) + "x" + std::to_string(pairs);
    compare_timed(
        name, no_limit, 3,
        [pairs](benchmark::State& state) { hand_over<ring_by_hand>(state, pairs); },
        [pairs](benchmark::State& state) { hand_over_shoal(state, pairs); });
    peer_timed(name, "boost_lockfree", 3,
               [pairs](benchmark::State& state) { hand_over<boost_queue>(state, pairs); });
#if HAS_TBB
    peer_timed(name, "tbb", 3,
               [pairs](benchmark::State& state) { hand_over<tbb_queue>(state, pairs); });
#endif
  }
}

}  // namespace bench
