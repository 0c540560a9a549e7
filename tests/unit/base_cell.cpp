// SPDX-License-Identifier: BSL-1.0

// Words and orders: every width, every order, every operation; never torn, never locked.

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <shoal/base/base.hpp>

using shoal::cell;
using shoal::order;
using shoal::vec128;

namespace {

template <class T>
T first() {
  return static_cast<T>(0x0102030405060708);
}
template <class T>
T second() {
  return static_cast<T>(0xf1f2f3f4f5f6f7f8);
}
template <>
bool first() {
  return true;
}
template <>
bool second() {
  return false;
}
template <>
vec128 first() {
  return {1, 2};
}
template <>
vec128 second() {
  return {3, 4};
}

struct pair_of_halves {
  std::uint16_t low;
  std::uint16_t high;
  friend bool operator==(const pair_of_halves&, const pair_of_halves&) = default;
};
template <>
pair_of_halves first() {
  return {1, 2};
}
template <>
pair_of_halves second() {
  return {3, 4};
}

#define WORDS                                                                               \
  bool, std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, \
      std::uint32_t, std::uint64_t, float, double, vec128, pair_of_halves

template <class Each>
void for_each_load(Each&& each) {
  each(order<"test.load">(shoal::unordered));
  each(order<"test.load">(shoal::relaxed));
  each(order<"test.load">(shoal::acquire));
  each(order<"test.load">(shoal::seq_cst));
}
template <class Each>
void for_each_store(Each&& each) {
  each(order<"test.store">(shoal::unordered));
  each(order<"test.store">(shoal::relaxed));
  each(order<"test.store">(shoal::release));
  each(order<"test.store">(shoal::seq_cst));
}
template <class Each>
void for_each_update(Each&& each) {
  each(order<"test.update">(shoal::unordered));
  each(order<"test.update">(shoal::relaxed));
  each(order<"test.update">(shoal::acquire));
  each(order<"test.update">(shoal::release));
  each(order<"test.update">(shoal::acq_rel));
  each(order<"test.update">(shoal::seq_cst));
}

constexpr auto look = order<"test.look">(shoal::relaxed);

}  // namespace

TEST_CASE_TEMPLATE("a cell is its word: as large, and aligned to its size", T, WORDS) {
  static_assert(sizeof(cell<T>) == sizeof(T));
  static_assert(alignof(cell<T>) == sizeof(T));
  const cell<T> zero;
  CHECK(zero.load(look) == T{});
  const cell<T> given(first<T>());
  CHECK(given.load(look) == first<T>());
}

TEST_CASE_TEMPLATE("a cell holds what was stored, in every order", T, WORDS) {
  cell<T> word;
  for_each_store([&](auto store) {
    for_each_load([&](auto load) {
      word.store(first<T>(), store);
      CHECK(word.load(load) == first<T>());
      word.store(second<T>(), store);
      CHECK(word.load(load) == second<T>());
    });
  });
}

TEST_CASE_TEMPLATE("a cell is exchanged in every order", T, WORDS) {
  cell<T> word;
  for_each_update([&](auto update) {
    word.initialize(first<T>());
    CHECK(word.exchange(second<T>(), update) == first<T>());
    CHECK(word.load(look) == second<T>());
  });
}

TEST_CASE_TEMPLATE("a cell is compared and exchanged in every order", T, WORDS) {
  cell<T> word;
  for_each_update([&](auto success) {
    for_each_load([&](auto failure) {
      if constexpr (shoal::detail::allows_failure(success.value, failure.value)) {
        word.initialize(first<T>());
        T expected = second<T>();
        CHECK_FALSE(word.compare_exchange(expected, second<T>(), success, failure));
        CHECK(expected == first<T>());
        CHECK(word.load(look) == first<T>());
        CHECK(word.compare_exchange(expected, second<T>(), success, failure));
        CHECK(expected == first<T>());
        CHECK(word.load(look) == second<T>());
      }
    });
  });
}

TEST_CASE_TEMPLATE("integer cells add and combine bits, and wrap, in every order", T, std::int8_t,
                   std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t,
                   std::uint32_t, std::uint64_t) {
  using limits = std::numeric_limits<T>;
  for_each_update([](auto update) {
    cell<T> word(T{12});
    CHECK(word.fetch_add(T{5}, update) == T{12});
    CHECK(word.fetch_sub(T{3}, update) == T{17});
    CHECK(word.fetch_and(T{0b0110}, update) == T{14});
    CHECK(word.fetch_or(T{0b1001}, update) == T{6});
    CHECK(word.fetch_xor(T{0b0101}, update) == T{15});
    CHECK(word.load(look) == T{10});
    word.initialize(limits::max());
    CHECK(word.fetch_add(T{1}, update) == limits::max());
    CHECK(word.fetch_sub(T{1}, update) == limits::min());
    CHECK(word.load(look) == limits::max());
  });
}

TEST_CASE_TEMPLATE("floating cells add in every order", T, float, double) {
  for_each_update([](auto update) {
    cell<T> word(T(1.5));
    CHECK(word.fetch_add(T(-0.25), update) == T(1.5));
    CHECK(word.load(look) == T(1.25));
  });
}

TEST_CASE("compare_exchange is bitwise: NaN equals itself, and the zeros differ") {
  const double nan = std::bit_cast<double>(std::uint64_t{0x7ff8'0000'0000'1234});
  cell<double> word(nan);
  double expected = nan;
  CHECK(word.compare_exchange(expected, 0.0, look, look));
  expected = -0.0;
  CHECK_FALSE(word.compare_exchange(expected, 1.0, look, look));
}

TEST_CASE_TEMPLATE("no cell needs a lock", T, std::uint8_t, std::uint16_t, std::uint32_t,
                   std::uint64_t, float, double) {
  CHECK(shoal::detail::atomic::lock_free<T>);
}

TEST_CASE_TEMPLATE("updates of many threads all count", T, std::uint8_t, std::uint16_t,
                   std::uint32_t, std::uint64_t, float, double) {
  cell<T> word;
  constexpr int each = 30;  // in all less than a byte holds
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        word.fetch_add(T{1}, order<"test.count">(shoal::unordered));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(word.load(look) == T{4 * each});
}

TEST_CASE("a host names no orders: its accesses take them as they are") {
  shoal::cell<std::uint32_t> word{1};
  CHECK(word.load(shoal::unordered) == 1);
  word.store(2, shoal::release);
  CHECK(word.load(shoal::acquire) == 2);
  CHECK(word.exchange(3, shoal::acq_rel) == 2);
  CHECK(word.fetch_add(1, shoal::relaxed) == 3);
  std::uint32_t seen = 4;
  CHECK(word.compare_exchange(seen, 5, shoal::seq_cst, shoal::relaxed));
  CHECK(word.load(shoal::seq_cst) == 5);
  shoal::cell<double> real{0.5};
  CHECK(real.fetch_add(0.25, shoal::unordered) == 0.5);
}

TEST_CASE("sixteen bytes are read and written at once") {
  if (!shoal::has_vec128()) return;  // declaring such a field is refused then
  cell<vec128> word;
  std::atomic<bool> done{false};
  std::vector<std::thread> writers;
  for (std::uint64_t t = 1; t <= 2; ++t) {
    writers.emplace_back([&, t] {
      for (std::uint64_t i = 0; !done; ++i) {
        const std::uint64_t both = t << 32 | i;
        if (i % 3 == 0) {
          word.store({both, ~both}, order<"test.wide">(shoal::unordered));
        } else if (i % 3 == 1) {
          word.exchange({both, ~both}, order<"test.wide">(shoal::acq_rel));
        } else {
          vec128 seen = word.load(order<"test.wide">(shoal::acquire));
          static_cast<void>(word.compare_exchange(seen, {both, ~both},
                                                  order<"test.wide">(shoal::seq_cst),
                                                  order<"test.wide">(shoal::acquire)));
        }
      }
    });
  }
  bool whole = true;
  for (int i = 0; i < 100'000; ++i) {
    const vec128 seen = word.load(order<"test.wide">(shoal::unordered));
    whole = whole && (seen.high == ~seen.low || (seen.low == 0 && seen.high == 0));
  }
  done = true;
  for (auto& writer : writers) writer.join();
  CHECK(whole);
}

TEST_CASE("exchanges of sixteen bytes lose nothing") {
  cell<vec128> word(vec128{0, ~std::uint64_t{0}});
  std::vector<std::uint64_t> seen[2];
  std::vector<std::thread> threads;
  constexpr std::uint64_t count = 5000;
  for (std::uint64_t t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 1; i <= count; ++i) {
        const std::uint64_t mine = t * count + i;
        seen[t].push_back(
            word.exchange(vec128{mine, ~mine}, order<"test.wide">(shoal::seq_cst)).low);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<bool> once(2 * count + 1);
  once[word.load(look).low] = true;
  bool all = true;
  for (const auto& each : seen) {
    for (const std::uint64_t value : each) {
      all = all && !once[value];
      once[value] = true;
    }
  }
  CHECK(all);
}

TEST_CASE("an order is a constant with a name") {
  constexpr auto at = order<"some.place">(shoal::seq_cst);
  static_assert(decltype(at)::value == shoal::memory_order::seq_cst);
  CHECK(std::string_view(at.name()) == "some.place");
  CHECK(at.native() == boost::memory_order::seq_cst);
  CHECK(order<"x">(shoal::unordered).native() == boost::memory_order::relaxed);
}

TEST_CASE("a cell lies at any aligned address") {
  alignas(16) std::byte memory[64] = {};
  shoal::cell_at<std::uint16_t>(memory + 2).store(0xabcd, look);
  shoal::cell_at<std::uint8_t>(memory + 4).store(0xff, look);
  shoal::cell_at<double>(memory + 8).store(1.5, look);
  const void* const where = memory;
  CHECK(shoal::cell_at<std::uint64_t>(where).load(look) == 0x0000'00ff'abcd'0000);
  CHECK(shoal::cell_at<double>(static_cast<const std::byte*>(where) + 8).load(look) == 1.5);
}
