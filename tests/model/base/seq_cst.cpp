// SPDX-License-Identifier: BSL-1.0
// What only seq_cst gives: store buffering (one of two threads sees the other's store), and two
// readers who agree on the order of two writers.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct store_buffering : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint32_t> x{0};
  cell<std::uint32_t> y{0};
  std::uint32_t seen[2];

  void thread(unsigned index) override {
    if (index == 0) {
      // Pairs with sb.store_y and sb.load_x: not both loads before both stores.
      x.store(1, order<"sb.store_x">(seq_cst));
      seen[0] = y.load(order<"sb.load_y">(seq_cst));
    } else {
      y.store(1, order<"sb.store_y">(seq_cst));
      seen[1] = x.load(order<"sb.load_x">(seq_cst));
    }
  }
  void after() override { trial::check(seen[0] + seen[1] != 0, "one sees the other's store"); }
};
// Seen to fail, of 1000 seeds: sb.store_x 203, sb.load_y 185, sb.store_y 185, sb.load_x 203.
const trial::enrol<store_buffering> buffering(
    "base/seq_cst/store_buffering",
    {.catches = "sb.store_x sb.load_y sb.store_y sb.load_x", .preemptions = 3});

// The same with an exchange, as locks and flags are often taken.
struct exchanges : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint32_t> x{0};
  cell<std::uint32_t> y{0};
  std::uint32_t seen[2];

  void thread(unsigned index) override {
    if (index == 0) {
      x.exchange(1, order<"sb.exchange_x">(seq_cst));
      seen[0] = y.load(order<"sb.load_y">(seq_cst));
    } else {
      y.exchange(1, order<"sb.exchange_y">(seq_cst));
      seen[1] = x.load(order<"sb.load_x">(seq_cst));
    }
  }
  void after() override { trial::check(seen[0] + seen[1] != 0, "one sees the other's store"); }
};
// Seen to fail, of 1000 seeds: sb.exchange_x 203, sb.load_y 185, sb.exchange_y 185, sb.load_x 203.
const trial::enrol<exchanges> exchanging(
    "base/seq_cst/exchange_buffering",
    {.catches = "sb.exchange_x sb.load_y sb.exchange_y sb.load_x", .preemptions = 3});

struct independent_reads : trial::body {
  static constexpr unsigned threads = 4;
  cell<std::uint32_t> x{0};
  cell<std::uint32_t> y{0};
  std::uint32_t first[2] = {};
  std::uint32_t second[2] = {};

  void thread(unsigned index) override {
    if (index == 0) {
      x.store(1, order<"iriw.store">(seq_cst));
    } else if (index == 1) {
      y.store(1, order<"iriw.store">(seq_cst));
    } else {
      // Pairs with the other reader's: both see the stores in one order.
      first[index - 2] = (index == 2 ? x : y).load(order<"iriw.first">(seq_cst));
      second[index - 2] = (index == 2 ? y : x).load(order<"iriw.second">(seq_cst));
    }
  }
  void after() override {
    trial::check(!(first[0] == 1 && second[0] == 0 && first[1] == 1 && second[1] == 0),
                 "the readers agree which store was first");
  }
};
// Seen to fail, of 1000 seeds: iriw.store 25, iriw.second 75.
const trial::enrol<independent_reads> reading("base/seq_cst/independent_reads",
                                              {.catches = "iriw.store iriw.second"});

}  // namespace
