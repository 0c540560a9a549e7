// SPDX-License-Identifier: BSL-1.0

// Scopes, locals and scope chains.

#include <csetjmp>

#include <doctest/doctest.h>

#include "heap_world.hpp"

using heap_test::world;
using shoal::heap_context;
using shoal::local;
using shoal::reference;
using shoal::scope;
using shoal::scope_chain;

TEST_CASE("a local stands for its object until its scope ends") {
  world w;
  heap_context context(*w.heap);
  void* first = world::make(context, w.node);
  void* second = world::make(context, w.node);
  {
    scope outer(context);
    local a = outer.hold(reference(first));
    REQUIRE(a);
    CHECK(a.get().address() == first);
    const reference same = a;
    CHECK(same.address() == first);
    CHECK(same.type_index() == w.node.index());
    {
      scope inner(context);
      local b = inner.hold(a);
      CHECK(context.scope_slots() == 2);
      b.set(reference(second));
      CHECK(b.get().address() == second);
      CHECK(a.get().address() == first);
    }
    CHECK(context.scope_slots() == 1);
  }
  CHECK(context.scope_slots() == 0);
}

TEST_CASE("a local may hold nothing, and a null local answers null") {
  world w;
  heap_context context(*w.heap);
  scope here(context);
  local empty = here.hold(nullptr);
  CHECK(empty);
  CHECK_FALSE(empty.get());
  const local none;
  CHECK_FALSE(none);
  CHECK_FALSE(none.get());
}

TEST_CASE("an object is passed up through a local of the outer scope") {
  world w;
  heap_context context(*w.heap);
  scope outer(context);
  local answer = outer.hold(nullptr);
  {
    scope inner(context);
    local found = inner.hold(reference(world::make(context, w.node)));
    answer.set(found);
  }
  REQUIRE(answer.get());
  CHECK(w.heap->trace_stopped_world().live_objects == 1);
  CHECK(w.heap->is_live_object(answer.get().address()));
}

TEST_CASE("locals keep their slots over many chunks") {
  world w;
  heap_context context(*w.heap);
  constexpr std::size_t many = 10'000;
  {
    scope all(context);
    local locals[many];
    for (std::size_t i = 0; i < many; ++i) {
      locals[i] = all.hold(reference(world::make(context, w.link)));
      REQUIRE(locals[i]);
      CHECK(context.scope_slots() == i + 1);
    }
    const shoal::trace_statistics found = w.heap->trace_stopped_world();
    CHECK(found.scope_roots == many);
    CHECK(found.live_objects == many);
    for (std::size_t i = 1; i < many; ++i) {
      CHECK(locals[i].get().address() != locals[i - 1].get().address());
    }
  }
  CHECK(context.scope_slots() == 0);
  const std::int64_t metadata = w.metadata.bytes;
  {
    scope again(context);
    for (std::size_t i = 0; i < many; ++i) REQUIRE(again.hold(nullptr));
  }
  CHECK(w.metadata.bytes == metadata);  // chunks are kept
  CHECK(w.heap->trace_stopped_world().live_objects == 0);
}

TEST_CASE("scopes that end at a chunk's edge leave the chain as it was") {
  world w;
  heap_context context(*w.heap);
  for (std::size_t before = 0; before < 260; ++before) {
    scope outer(context);
    for (std::size_t i = 0; i < before; ++i) REQUIRE(outer.hold(nullptr));
    for (std::size_t n = 0; n < 3; ++n) {
      scope inner(context);
      for (std::size_t i = 0; i < n * 125; ++i) REQUIRE(inner.hold(nullptr));
      CHECK(context.scope_slots() == before + n * 125);
    }
    CHECK(context.scope_slots() == before);
  }
}

TEST_CASE("a mark brings back what a longjmp has skipped") {
  world w;
  heap_context context(*w.heap);
  scope outer(context);
  local kept = outer.hold(reference(world::make(context, w.node)));
  std::jmp_buf place;
  const shoal::scope_mark mark = context.mark();
  volatile int jumps = 0;
  if (setjmp(place) == 0) {
    scope skipped(context);
    for (int i = 0; i < 300; ++i) static_cast<void>(skipped.hold(nullptr));
    jumps = jumps + 1;
    std::longjmp(place, 1);
  }
  context.reset_to(mark);
  CHECK(jumps == 1);
  CHECK(context.scope_slots() == 1);
  scope after(context);  // the depth is right again
  CHECK(after.hold(kept));
}

TEST_CASE("every chain of a context is a root, whichever is current") {
  world w;
  heap_context context(*w.heap);
  scope outer(context);
  local on_thread = outer.hold(reference(world::make(context, w.node)));
  {
    scope_chain fibre(context);
    scope_chain& before = context.switch_chain(fibre);
    CHECK(&before == &context.own_chain());
    {
      scope inside(context);
      local on_fibre = inside.hold(reference(world::make(context, w.node)));
      context.switch_chain(before);
      // The fibre is suspended in its scope, and the thread goes on in its own.
      scope more(context);
      CHECK(more.hold(nullptr));
      CHECK(context.scope_slots() == 3);
      CHECK(w.heap->trace_stopped_world().live_objects == 2);
      CHECK(w.heap->is_live_object(on_fibre.get().address()));
      CHECK(w.heap->is_live_object(on_thread.get().address()));
    }
  }
  CHECK(context.scope_slots() == 1);
  CHECK(w.heap->trace_stopped_world().dead_objects == 1);
}

TEST_CASE("a slot without memory is a null local, and the scope goes on") {
  world w;
  heap_context context(*w.heap);
  w.metadata.fail_on = true;
  scope here(context);
  w.metadata.fail_at = w.metadata.requests.load();
  CHECK_FALSE(here.hold(nullptr));
  CHECK_FALSE(here.hold(nullptr));
  CHECK(context.scope_slots() == 0);
  w.metadata.fail_at = -1;
  for (int i = 0; i < 125; ++i) REQUIRE(here.hold(nullptr));
  w.metadata.fail_at = w.metadata.requests.load();
  CHECK_FALSE(here.hold(nullptr));
  CHECK(context.scope_slots() == 125);
  w.metadata.fail_at = -1;
  CHECK(here.hold(nullptr));
  CHECK(context.scope_slots() == 126);
}

TEST_CASE("nothing is left of chains when their context is gone") {
  world w;
  {
    heap_context context(*w.heap);
    scope_chain fibre(context);
    scope_chain& before = context.switch_chain(fibre);
    {
      scope here(context);
      for (int i = 0; i < 1000; ++i) REQUIRE(here.hold(nullptr));
    }
    context.switch_chain(before);
    scope here(context);
    for (int i = 0; i < 1000; ++i) REQUIRE(here.hold(nullptr));
    CHECK(w.metadata.bytes > 0);
  }
  CHECK(w.metadata.bytes == 0);
}
