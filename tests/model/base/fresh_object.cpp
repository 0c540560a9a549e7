// SPDX-License-Identifier: BSL-1.0
// A new object, filled and then published through a cell: "allocation is publication". Whoever
// finds its address finds it initialised, whether its words were set one by one or zeroed at once.

#include <shoal/base/base.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct node {
  payload<std::uint32_t> kind;
  cell<std::uint32_t> count;
  cell<std::uint64_t> value;
};

struct initialized : trial::body {
  static constexpr unsigned threads = 2;
  cell<node*> root{nullptr};

  void thread(unsigned index) override {
    if (index == 0) {
      node* made = try_make<node>(default_metadata);
      made->kind.set(7);
      made->count.initialize(3);
      made->value.initialize(5);
      // Pairs with fresh.get: the node's words are seen.
      root.store(made, order<"fresh.publish">(release));
    } else if (node* seen = root.load(order<"fresh.get">(acquire)); seen != nullptr) {
      // Cells first: were the payload first, its race would hide what the cells show.
      trial::check(seen->value.load(order<"fresh.value">(relaxed)) == 5, "initialised");
      trial::check(seen->count.fetch_add(1, order<"fresh.count">(relaxed)) == 3, "initialised");
      trial::check(seen->kind.get() == 7, "initialised");
    }
  }
  void after() override { destroy(default_metadata, root.load(order<"fresh.get">(acquire))); }
};
// Seen to fail, of 1000 seeds: fresh.publish 269, fresh.get 269.
const trial::enrol<initialized> set("base/fresh_object/initialized",
                                    {.catches = "fresh.publish fresh.get", .preemptions = 3});

// Cells laid over memory that was zeroed as bytes, as in a heap.
struct zeroed : trial::body {
  static constexpr unsigned threads = 2;
  static constexpr std::size_t bytes = 64;
  cell<std::byte*> root{nullptr};

  void thread(unsigned index) override {
    if (index == 0) {
      auto* made = static_cast<std::byte*>(default_metadata.allocate(nullptr, bytes, 16));
      std::memset(made, 0, bytes);
      root.store(made, order<"fresh.publish">(release));
    } else if (std::byte* seen = root.load(order<"fresh.get">(acquire)); seen != nullptr) {
      trial::check(cell_at<std::uint64_t>(seen + 8).load(order<"fresh.value">(relaxed)) == 0,
                   "zeroed");
    }
  }
  void after() override {
    default_metadata.release(nullptr, root.load(order<"fresh.get">(acquire)), bytes, 16);
  }
};
// Seen to fail, of 1000 seeds: fresh.publish 148, fresh.get 148.
const trial::enrol<zeroed> zero("base/fresh_object/zeroed",
                                {.catches = "fresh.publish fresh.get", .preemptions = 3});

// The second life of a stretch of memory, published again.
struct reused : trial::body {
  static constexpr unsigned threads = 2;
  static constexpr std::size_t bytes = 64;
  std::byte* memory = nullptr;
  cell<std::byte*> root{nullptr};

  void before() override {
    memory = static_cast<std::byte*>(default_metadata.allocate(nullptr, bytes, 16));
    cell_at<std::uint32_t>(memory).initialize(1);
  }
  void thread(unsigned index) override {
    if (index == 0) {
      detail::atomic::forget(memory, bytes);
      cell_at<std::uint64_t>(memory).initialize(2);
      root.store(memory, order<"fresh.publish">(release));
    } else if (std::byte* seen = root.load(order<"fresh.get">(acquire)); seen != nullptr) {
      trial::check(cell_at<std::uint64_t>(seen).load(order<"fresh.value">(relaxed)) == 2,
                   "of the second life");
    }
  }
  void after() override { default_metadata.release(nullptr, memory, bytes, 16); }
};
// Seen to fail, of 1000 seeds: fresh.publish 148, fresh.get 148.
const trial::enrol<reused> again("base/fresh_object/reused",
                                 {.catches = "fresh.publish fresh.get", .preemptions = 3});

// 16 bytes are one word.
struct wide : trial::body {
  static constexpr unsigned threads = 2;
  cell<vec128> word{vec128{0, 0}};

  void thread(unsigned index) override {
    if (index == 0) {
      word.store({1, 1}, order<"wide.store">(relaxed));
      vec128 seen{1, 1};
      static_cast<void>(word.compare_exchange(seen, {2, 2}, order<"wide.swap">(relaxed),
                                              order<"wide.missed">(relaxed)));
    } else {
      const vec128 seen = word.load(order<"wide.load">(relaxed));
      trial::check(seen.low == seen.high, "not torn");
      word.exchange({3, 3}, order<"wide.exchange">(relaxed));
    }
  }
  void after() override {
    const vec128 seen = word.load(order<"wide.load">(relaxed));
    trial::check(seen.low == seen.high, "not torn");
  }
};
const trial::enrol<wide> whole("base/vec128", {.preemptions = 3});

}  // namespace
