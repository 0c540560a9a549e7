// SPDX-License-Identifier: BSL-1.0
// Message passing: what was written before a release store is seen after the acquire load that
// reads it. Once with cells, where a missing order shows as an old value; once with a plain
// payload, where it shows as a race.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct cells : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint32_t> data{0};
  cell<std::uint32_t> ready{0};

  void thread(unsigned index) override {
    if (index == 0) {
      data.store(1, order<"test.data">(relaxed));
      ready.store(1, order<"test.publish">(release));
    } else if (ready.load(order<"test.observe">(acquire)) == 1) {
      trial::check(data.load(order<"test.data">(relaxed)) == 1, "the message is there");
    }
  }
};
// Seen to fail, of 1000 seeds: test.publish 101, test.observe 101.
const trial::enrol<cells> with_cells("base/message_passing/cells",
                                     {.catches = "test.publish test.observe", .preemptions = 3});

struct plain : trial::body {
  static constexpr unsigned threads = 2;
  payload<std::uint32_t> data;
  cell<std::uint32_t> ready{0};

  void before() override { data.set(0); }
  void thread(unsigned index) override {
    if (index == 0) {
      data.set(1);
      ready.store(1, order<"test.publish">(release));
    } else if (ready.load(order<"test.observe">(acquire)) == 1) {
      trial::check(data.get() == 1, "the message is there");
    }
  }
};
// Seen to fail, of 1000 seeds: test.publish 269, test.observe 269.
const trial::enrol<plain> with_payload("base/message_passing/payload",
                                       {.catches = "test.publish test.observe", .preemptions = 3});

// A third thread in between, which passes the message on by an exchange.
struct relayed : trial::body {
  static constexpr unsigned threads = 3;
  payload<std::uint32_t> data;
  cell<std::uint32_t> ready{0};

  void before() override { data.set(0); }
  void thread(unsigned index) override {
    if (index == 0) {
      data.set(1);
      ready.store(1, order<"test.publish">(release));
    } else if (index == 1) {
      // Of a release sequence: relaxed is enough.
      ready.fetch_add(2, order<"test.relay">(relaxed));
    } else if ((ready.load(order<"test.observe">(acquire)) & 1) == 1) {
      trial::check(data.get() == 1, "the message is there");
    }
  }
};
// Seen to fail, of 1000 seeds: test.publish 270, test.observe 270.
const trial::enrol<relayed> through_another("base/message_passing/relayed",
                                            {.catches = "test.publish test.observe"});

}  // namespace
