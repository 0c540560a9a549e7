// SPDX-License-Identifier: BSL-1.0

// The test tracer: what is reached stays, everything else is scribbled over, and the heap can still
// be walked.

#include <doctest/doctest.h>

#include <random>
#include <unordered_set>
#include <vector>

#include "heap_world.hpp"

using heap_test::world;
using shoal::handle;
using shoal::heap_context;
using shoal::reference;
using shoal::scope;

namespace {

bool is_scribbled(const void* object, std::size_t bytes) {
  const auto* byte = static_cast<const unsigned char*>(object);
  for (std::size_t i = 8; i < bytes; ++i) {
    if (byte[i] != 0xdb) return false;
  }
  return shoal::header_of(object).type_index.get() == shoal::builtin::filler;
}

}  // namespace

TEST_CASE("what nothing reaches is scribbled over and no longer an object") {
  world w;
  heap_context context(*w.heap);
  void* kept = world::make(context, w.node);
  void* lost = world::make(context, w.node);
  void* after = world::make(context, w.point);
  void* large = world::make_array(context, shoal::any, 5000);
  scope here(context);
  REQUIRE(here.hold(reference(kept)));
  CHECK(w.heap->is_live_object(lost));
  const shoal::trace_statistics found = w.heap->trace_stopped_world();
  CHECK(found.live_objects == 1);
  CHECK(found.live_bytes == 32);
  CHECK(found.dead_objects == 3);
  CHECK(found.dead_bytes == 32 + 24 + 40'008);
  CHECK(found.rescans == 0);
  CHECK(w.heap->is_live_object(kept));
  CHECK(is_scribbled(lost, 32));
  CHECK(is_scribbled(after, 24));
  CHECK(is_scribbled(large, 40'008));
  CHECK_FALSE(w.heap->is_live_object(lost));
  CHECK_FALSE(w.heap->is_live_object(large));
  // A second trace finds nothing new, and allocation goes on behind.
  CHECK(w.heap->trace_stopped_world().dead_objects == 0);
  void* fresh = world::make(context, w.node);
  CHECK(w.get(fresh, "next") == nullptr);
  CHECK(w.heap->verify().objects == 2);
}

TEST_CASE("a cycle lives by one handle and dies with it") {
  world w;
  heap_context context(*w.heap);
  std::vector<void*> ring;
  for (int i = 0; i < 100; ++i) ring.push_back(world::make(context, w.node));
  for (std::size_t i = 0; i < ring.size(); ++i) {
    w.set(ring[i], "next", ring[(i + 1) % ring.size()]);
    w.set(ring[i], "other", ring[i]);
  }
  handle one(context, reference(ring[42]));
  CHECK(w.heap->trace_stopped_world().live_objects == 100);
  CHECK(w.heap->verify().references == 201);
  one.drop_from(context);
  CHECK(w.heap->trace_stopped_world().dead_objects == 100);
}

TEST_CASE("references are found in fields and elements of any and ref, and nowhere else") {
  world w;
  heap_context context(*w.heap);
  std::vector<void*> targets;
  for (int i = 0; i < 6; ++i) targets.push_back(world::make(context, w.point));
  const auto address = [&](std::size_t i) { return reinterpret_cast<std::uintptr_t>(targets[i]); };
  const auto order = shoal::order<"test.set">(shoal::release);
  void* node = world::make(context, w.node);
  void* link = world::make(context, w.link);
  void* anys = world::make_array(context, shoal::any, 3);
  void* refs = world::make_array(context, shoal::ref, 3);
  void* numbers = world::make_array(context, shoal::u64, 3);
  w.set(node, "other", targets[0]);
  world::field(link, w.link, "to").store(address(1), order);
  shoal::elements<std::uint64_t>(anys)[2].store(shoal::nan_box::from_reference(address(2), false),
                                                order);
  shoal::elements<std::uint64_t>(refs)[0].store(address(3), order);
  // These are bits, not references.
  world::field(node, w.node, "number").store(address(4), order);
  shoal::elements<std::uint64_t>(numbers)[1].store(
      shoal::nan_box::from_reference(address(5), false), order);
  scope here(context);
  for (void* root : {node, link, anys, refs, numbers}) REQUIRE(here.hold(reference(root)));
  CHECK(w.heap->trace_stopped_world().live_objects == 9);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    CHECK(w.heap->is_live_object(targets[i]) == (i < 4));
  }
  CHECK(w.heap->verify().sound());
}

TEST_CASE("every shape has the size it was allocated with") {
  world w;
  heap_context context(*w.heap);
  std::vector<handle> all;
  std::size_t bytes = 0;
  const auto keep = [&](void* object, std::size_t size) {
    REQUIRE(object != nullptr);
    all.emplace_back(context, reference(object));
    const shoal::type type = w.types.at(shoal::header_of(object).type_index.get());
    CHECK(shoal::instance_bytes(*type, object) == size);
    bytes += size;
  };
  for (std::uint32_t k = 0; k < shoal::field_kind_count; ++k) {
    const auto kind = static_cast<shoal::field_kind>(k);
    if (w.types.array_of(kind) == nullptr) continue;
    for (const std::uint64_t length : {0ULL, 1ULL, 3ULL, 2000ULL}) {
      const bool far = length == 0 || shoal::size_of(kind) == 16;
      keep(world::make_array(context, kind, length),
           ((far ? 16 : 8) + length * shoal::size_of(kind) + 7) & ~std::size_t{7});
    }
  }
  for (const shoal::string_view text :
       {shoal::string_view(""), shoal::string_view("bytes"), shoal::string_view(u"wide text")}) {
    const std::size_t size = (16 + text.bytes() + 7) & ~std::size_t{7};
    void* string = context.try_allocate(shoal::string_bytes(text), shoal::builtin::string,
                                        shoal::hash_of(text));
    shoal::write_string(string, text);
    keep(string, size);
  }
  keep(context.try_allocate(16, shoal::builtin::boxed_i64, 0), 16);
  keep(context.try_allocate(16, shoal::builtin::boxed_u64, 0), 16);
  keep(context.try_allocate(16, shoal::builtin::type_handle, 3), 16);
  keep(context.try_allocate(16, shoal::builtin::thread_local_function, 0), 16);
  keep(context.try_allocate(32, shoal::builtin::thread_bound, 0), 32);
  keep(world::make(context, w.wide), 32);
  const shoal::trace_statistics found = w.heap->trace_stopped_world();
  CHECK(found.live_objects == all.size());
  CHECK(found.live_bytes == bytes);
  CHECK(found.dead_objects == 0);
  CHECK(w.heap->verify().sound());
}

TEST_CASE("a list of a million objects needs no recursion") {
  world w;
  heap_context context(*w.heap);
  scope here(context);
  shoal::local head = here.hold(nullptr);
  void* last = nullptr;
  for (int i = 0; i < 1'000'000; ++i) {
    void* object = world::make(context, w.node);
    REQUIRE(object != nullptr);
    w.set(object, "next", last);
    last = object;
  }
  head.set(reference(last));
  CHECK(w.heap->trace_stopped_world().live_objects == 1'000'000);
}

TEST_CASE("a mark stack without memory costs walks, not objects") {
  world w;
  heap_context context(*w.heap);
  handle root;
  // A tree of arrays, far wider than what is always there.
  constexpr std::uint64_t width = 700;
  void* top = world::make_array(context, shoal::any, width);
  root = handle(context, reference(top));
  const auto order = shoal::order<"test.set">(shoal::release);
  for (std::uint64_t i = 0; i < width; ++i) {
    void* branch = world::make_array(context, shoal::any, 20);
    shoal::elements<std::uint64_t>(top)[i].store(
        shoal::nan_box::from_reference(reinterpret_cast<std::uintptr_t>(branch), false), order);
    for (std::uint64_t j = 0; j < 20; ++j) {
      void* leaf = world::make(context, w.node);
      void* tip = world::make(context, w.point);
      w.set(leaf, "next", tip);
      shoal::elements<std::uint64_t>(branch)[j].store(
          shoal::nan_box::from_reference(reinterpret_cast<std::uintptr_t>(leaf), false), order);
    }
  }
  constexpr std::uint64_t objects = 1 + width + width * 40;
  CHECK(w.heap->trace_stopped_world().live_objects == objects);
  w.metadata.fail_on = true;
  w.metadata.fail_at = w.metadata.requests.load();
  const shoal::trace_statistics found = w.heap->trace_stopped_world();
  CHECK(found.rescans > 0);
  CHECK(found.live_objects == objects);
  CHECK(found.dead_objects == 0);
  CHECK(w.heap->verify().code == shoal::errc::out_of_memory);
  w.metadata.fail_at = -1;
  CHECK(w.heap->verify().sound());
  root.reset();
  CHECK(w.heap->trace_stopped_world().dead_objects == objects);
}

TEST_CASE("hooks add roots, and learn what is about to die") {
  world w;
  heap_context context(*w.heap);
  struct host {
    void* by_address;
    void* by_value;
    void* weak;
    int seen = 0;
  } mine{world::make(context, w.node), world::make(context, w.node), world::make(context, w.node)};
  shoal::trace_hooks hooks;
  hooks.self = &mine;
  hooks.roots = [](void* self, shoal::root_visitor& visit) noexcept {
    auto& host = *static_cast<struct host*>(self);
    visit.visit(host.by_address);
    visit.visit(nullptr);
    visit.visit_value(
        shoal::nan_box::from_reference(reinterpret_cast<std::uintptr_t>(host.by_value), false));
    visit.visit_value(shoal::nan_box::from_int32(7));
  };
  hooks.weak = [](void* self, const shoal::weak_visitor& marks) noexcept {
    auto& host = *static_cast<struct host*>(self);
    host.seen = (marks.is_marked(host.by_address) ? 1 : 0) + (marks.is_marked(host.weak) ? 2 : 0);
  };
  CHECK(w.heap->trace_stopped_world(hooks).live_objects == 2);
  CHECK(mine.seen == 1);
  CHECK_FALSE(w.heap->is_live_object(mine.weak));
}

TEST_CASE("verification finds a reference to a dead object and one into an object") {
  world w;
  heap_context context(*w.heap);
  void* good = world::make(context, w.node);
  void* lost = world::make(context, w.node);
  handle keep(context, reference(good));
  CHECK(w.heap->trace_stopped_world().dead_objects == 1);
  CHECK(w.heap->verify().sound());
  w.set(good, "next", lost);
  shoal::verify_result found = w.heap->verify();
  CHECK(found.broken == 1);
  CHECK(found.holder == good);
  CHECK(found.target == reinterpret_cast<std::uintptr_t>(lost));
  w.set(good, "next", static_cast<std::byte*>(good) + 8);
  CHECK(w.heap->verify().broken == 1);
  w.set(good, "next", &w);
  CHECK(w.heap->verify().broken == 1);
  w.set(good, "next", nullptr);
  CHECK(w.heap->verify().sound());
}

TEST_CASE("random graphs: exactly what a plain search reaches is live") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    world w;
    heap_context context(*w.heap);
    std::mt19937 random(seed);
    struct entry {
      void* object;
      bool node;
      bool live;
    };
    std::vector<entry> all;
    std::vector<handle> handles;
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < 3000; ++i) {
        const bool node = random() % 3 != 0;
        void* object = node ? world::make(context, w.node)
                            : world::make_array(context, shoal::u8, random() % 12'000);
        REQUIRE(object != nullptr);
        all.push_back({object, node, true});
      }
      for (entry& one : all) {
        if (!one.live || !one.node) continue;
        for (const char* key : {"next", "other"}) {
          const entry& to = all[random() % all.size()];
          if (to.live) w.set(one.object, key, random() % 3 != 0 ? nullptr : to.object);
        }
      }
      if (handles.size() > 20) handles.resize(20);
      for (int i = 0; i < 20; ++i) {
        const entry& one = all[random() % all.size()];
        if (one.live) handles.emplace_back(context, reference(one.object));
      }
      std::vector<const void*> todo;
      std::unordered_set<const void*> reached;
      for (const handle& one : handles) todo.push_back(one.get(context).address());
      while (!todo.empty()) {
        const void* object = todo.back();
        todo.pop_back();
        if (object == nullptr || !reached.insert(object).second) continue;
        if (shoal::header_of(object).type_index.get() != w.node.index()) continue;
        for (const char* key : {"next", "other"}) {
          todo.push_back(w.get(const_cast<void*>(object), key));
        }
      }
      CHECK(w.heap->verify().sound());
      const shoal::trace_statistics found = w.heap->trace_stopped_world();
      CHECK(found.live_objects == reached.size());
      for (const void* object : reached) CHECK(w.heap->is_live_object(object));
      std::size_t live = 0;
      for (entry& one : all) {
        one.live = one.live && w.heap->is_live_object(one.object);
        live += one.live ? 1 : 0;
      }
      CHECK(live == found.live_objects);
      CHECK(w.heap->verify().sound());
    }
  }
}

TEST_CASE("a trace before every allocation spares what locals hold") {
  world w;
  heap_context context(*w.heap);
  const auto trace = [](void* self, heap_context&) {
    static_cast<void>(static_cast<world*>(self)->heap->trace_stopped_world());
  };
  context.set_allocation_hook(trace, &w, 1);
  scope outer(context);
  shoal::local head = outer.hold(nullptr);
  for (int i = 0; i < 200; ++i) {
    scope inner(context);
    shoal::local fresh = inner.hold(reference(world::make(context, w.node), context.clock()));
    REQUIRE(world::make(context, w.point) != nullptr);  // garbage
    w.set(fresh.get().address(), "next", head.get().address());
    head.set(fresh);
  }
  context.set_allocation_hook(nullptr, nullptr, 0);
  int length = 0;
  for (void* at = head.get().address(); at != nullptr; at = w.get(at, "next")) ++length;
  CHECK(length == 200);
  const shoal::trace_statistics found = w.heap->trace_stopped_world();
  CHECK(found.live_objects == 200);
#if SHOAL_CHECKS >= 2
  CHECK(found.dead_objects == 1);
#else
  CHECK(found.dead_objects == 200);
#endif
}

TEST_CASE("nothing is left when a traced world closes") {
  world w;
  {
    heap_context context(*w.heap);
    for (int i = 0; i < 1000; ++i) {
      handle one(context, reference(world::make(context, w.node)));
      if (i % 100 == 0) static_cast<void>(w.heap->trace_stopped_world());
    }
    CHECK(w.heap->verify().sound());
  }
  CHECK(w.metadata.bytes == 0);
  w.heap.reset();
  CHECK(w.pages.bytes == 0);
}
