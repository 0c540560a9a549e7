// SPDX-License-Identifier: BSL-1.0

// Persistent and weak handles: made by one agent, dropped by any thread, outliving their context.

#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "heap_world.hpp"

using heap_test::world;
using shoal::handle;
using shoal::heap_context;
using shoal::reference;
using shoal::weak_handle;

TEST_CASE("a handle keeps its object, a copy of it is another handle, and a move is not") {
  world w;
  heap_context context(*w.heap);
  void* object = world::make(context, w.node);
  handle first(context, reference(object));
  REQUIRE(first);
  CHECK(first.get(context).address() == object);
  handle second(context, first.get(context));
  CHECK(context.live_handles() == 2);
  handle moved = std::move(first);
  CHECK(context.live_handles() == 2);
  CHECK_FALSE(first);  // NOLINT(bugprone-use-after-move)
  CHECK_FALSE(first.get(context));
  second = std::move(moved);
  CHECK(context.live_handles() == 1);
  CHECK(second.get(context).address() == object);
  second.reset();
  CHECK_FALSE(second);
  CHECK(context.live_handles() == 0);
}

TEST_CASE("a handle to nothing is a handle") {
  world w;
  heap_context context(*w.heap);
  handle nothing(context, nullptr);
  CHECK(nothing);
  CHECK_FALSE(nothing.get(context));
  CHECK(context.live_handles() == 1);
  CHECK(w.heap->trace_stopped_world().handle_roots == 0);
  nothing.drop_from(context);
  nothing.drop_from(context);
  CHECK(context.live_handles() == 0);
}

TEST_CASE("a handle travels as one word") {
  world w;
  heap_context context(*w.heap);
  void* object = world::make(context, w.node);
  void* word = handle(context, reference(object)).release();
  CHECK(context.live_handles() == 1);
  handle again = handle::adopt(word);
  CHECK(again.get(context).address() == object);
  again.drop_from(context);
  CHECK(context.live_handles() == 0);
}

TEST_CASE("slots are used again, whoever dropped them") {
  world w;
  heap_context context(*w.heap);
  heap_context other(*w.heap);
  void* object = world::make(context, w.node);
  std::vector<handle> handles(500);
  std::int64_t bytes = 0;
  for (int round = 0; round < 30; ++round) {
    for (handle& one : handles) one = handle(context, reference(object));
    CHECK(context.live_handles() == 500);
    if (round == 0) bytes = w.metadata.bytes;
    for (std::size_t i = 0; i < handles.size(); ++i) {
      if (i % 3 == 0) handles[i].drop_from(context);
      if (i % 3 == 1) handles[i].drop_from(other);
      if (i % 3 == 2) handles[i].reset();
    }
    CHECK(context.live_handles() == 0);
  }
  CHECK(w.metadata.bytes == bytes);
}

TEST_CASE(
    "handles outlive their context as orphans, which are counted and go one block at a time") {
  world w;
  heap_context survivor(*w.heap);
  std::vector<handle> handles;
  void* object = nullptr;
  {
    heap_context context(*w.heap);
    object = world::make(context, w.node);
    for (int i = 0; i < 1000; ++i) handles.emplace_back(context, reference(object));
    for (int i = 0; i < 300; ++i) handles[static_cast<std::size_t>(i)].reset();
  }
  CHECK(w.heap->contexts() == 1);
  CHECK(w.heap->orphan_handles() == 700);
  const std::size_t bytes = w.heap->orphan_handle_bytes();
  CHECK(w.metadata.bytes == static_cast<std::int64_t>(bytes));
  CHECK(w.heap->trace_stopped_world().handle_roots == 700);
  CHECK(handles.back().get(survivor).address() == object);
  while (handles.size() > 310) {
    handles.back().drop_from(survivor);
    handles.pop_back();
  }
  CHECK(w.heap->orphan_handles() == 10);
  CHECK(w.heap->orphan_handle_bytes() < bytes / 3);
  CHECK(w.heap->is_live_object(object));
  handles.clear();
  CHECK(w.heap->orphan_handles() == 0);
  CHECK(w.heap->orphan_handle_bytes() == 0);
  CHECK(w.metadata.bytes == 0);
  CHECK(w.heap->trace_stopped_world().live_objects == 0);
}

TEST_CASE("a weak handle answers null once its object has been found dead") {
  world w;
  heap_context context(*w.heap);
  void* kept = world::make(context, w.node);
  void* lost = world::make(context, w.node);
  handle strong(context, reference(kept));
  weak_handle first(context, reference(kept));
  weak_handle second(context, reference(lost));
  CHECK(second.get(context).address() == lost);
  const shoal::trace_statistics found = w.heap->trace_stopped_world();
  CHECK(found.weak_cleared == 1);
  CHECK(found.handle_roots == 1);
  CHECK(first.get(context).address() == kept);
  CHECK(second);
  CHECK_FALSE(second.get(context));
  CHECK(context.live_handles() == 3);
  strong.reset();
  CHECK(w.heap->trace_stopped_world().weak_cleared == 1);
  CHECK_FALSE(first.get(context));
}

TEST_CASE("an orphan's weak handle is cleared too") {
  world w;
  weak_handle weak;
  {
    heap_context context(*w.heap);
    weak = weak_handle(context, reference(world::make(context, w.node)));
  }
  CHECK(w.heap->trace_stopped_world().weak_cleared == 1);
  heap_context context(*w.heap);
  CHECK_FALSE(weak.get(context));
  CHECK(w.heap->orphan_handles() == 1);
}

TEST_CASE("a handle without memory is empty, and nothing leaks") {
  for (std::int64_t n = 0; n < 6; ++n) {
    world w;
    {
      heap_context context(*w.heap);
      void* object = world::make(context, w.node);
      w.metadata.fail_at = n;
      std::vector<handle> handles;
      std::size_t failures = 0;
      for (int i = 0; i < 600; ++i) {
        handles.emplace_back(context, reference(object));
        if (!handles.back()) ++failures;
      }
      CHECK(failures == 1);
      CHECK(context.live_handles() == 599);
    }
    CHECK(w.metadata.bytes == 0);
  }
}

TEST_CASE("a dropped handle is shaded while the barrier is active") {
  world w;
  heap_context context(*w.heap);
  handle one(context, reference(world::make(context, w.node)));
  weak_handle weak(context, one.get(context));
  context.set_barrier(true);
  CHECK(weak.get(context));
  CHECK(context.shaded() == 1);
  one.drop_from(context);
  CHECK(context.shaded() == 2);
  context.set_barrier(false);
}

TEST_CASE("threads make handles, hand them on and drop each other's") {
  constexpr int agents = 3;
  constexpr int rounds = 300;
  world w;
  // Each has a mailbox of raw words, one place for each round.
  std::vector<std::vector<std::atomic<void*>>> boxes(agents);
  for (auto& box : boxes) box = std::vector<std::atomic<void*>>(rounds);
  std::atomic<std::size_t> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < agents; ++t) {
    threads.emplace_back([&, t] {
      auto context = std::make_unique<heap_context>(*w.heap);
      auto& mine = boxes[static_cast<std::size_t>(t)];
      auto& next = boxes[static_cast<std::size_t>((t + 1) % agents)];
      for (int i = 0; i < rounds; ++i) {
        void* object = world::make(*context, w.node);
        world::field(object, w.node, "number")
            .store(static_cast<std::uint64_t>(i), shoal::order<"test.number">(shoal::relaxed));
        handle own(*context, reference(object));
        handle sent(*context, reference(object));
        next[static_cast<std::size_t>(i)].store(sent.release());
        void* word = mine[static_cast<std::size_t>(i)].exchange(nullptr);
        if (word != nullptr) {
          handle received = handle::adopt(word);
          const reference there = received.get(*context);
          if (world::field(there.address(), w.node, "number")
                  .load(shoal::order<"test.number">(shoal::relaxed)) !=
              static_cast<std::uint64_t>(i)) {
            ++wrong;
          }
          if (i % 2 == 0) received.drop_from(*context);
        }
        own.drop_from(*context);
        // Contexts come and go while their handles are elsewhere.
        if (i % 50 == 49) context = std::make_unique<heap_context>(*w.heap);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  std::size_t left = 0;
  for (auto& box : boxes) {
    for (auto& place : box) {
      if (void* word = place.load()) {
        ++left;
        handle::adopt(word).reset();
      }
    }
  }
  CHECK(left < agents * rounds);
  CHECK(w.heap->orphan_handles() == 0);
  CHECK(w.heap->orphan_handle_bytes() == 0);
  CHECK(w.metadata.bytes == 0);
}

TEST_CASE("orphans are dropped by several threads while their context closes") {
  for (int round = 0; round < 100; ++round) {
    world w;
    auto context = std::make_unique<heap_context>(*w.heap);
    void* object = world::make(*context, w.node);
    std::vector<handle> first;
    std::vector<handle> second;
    for (int i = 0; i < 150; ++i) {
      first.emplace_back(*context, reference(object));
      second.emplace_back(*context, reference(object));
    }
    std::atomic<int> ready{0};
    const auto drop = [&](std::vector<handle>& all) {
      ++ready;
      while (ready != 3) {
      }
      all.clear();
    };
    std::thread one(drop, std::ref(first));
    std::thread two(drop, std::ref(second));
    ++ready;
    while (ready != 3) {
    }
    context.reset();
    one.join();
    two.join();
    REQUIRE(w.heap->orphan_handles() == 0);
    REQUIRE(w.metadata.bytes == 0);
  }
}
