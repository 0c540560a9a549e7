// SPDX-License-Identifier: BSL-1.0

// Tables that grow in segments: their memory, its refusal, and the entries at their ends.
// local_realm.cpp has what holds for every realm; the memory refused is metadata here, and address
// space in agent_prototypes.cpp.

#include <atomic>
#include <thread>

#include "local_world.hpp"

using local_test::context;
using local_test::grown;
using local_test::object;
using local_test::realm;
using local_test::reserved;
using shoal::errc;
using shoal::prototype;
using shoal::released;
using shoal::resolve_answer;
using shoal::resolve_request;
using shoal::detail::prototype_table;

namespace {

constexpr std::uint32_t segment = prototype_table::segment_entries;

// Whose realms take back what they took, and write nothing into the table they share.
struct world : local_test::world {
  using local_test::world::world;
  ~world() {
    const shoal::cell<std::uint64_t>* entries = locals.unbound_entries();
    std::uint64_t written = 0;
    for (std::uint32_t i = 0; i < space.types.max_types(); ++i) {
      written |= entries[i].load(shoal::order<"test.unbound">(shoal::relaxed));
    }
    CHECK(written == 0);
  }
  // Declares until `index` is given.
  shoal::type declare_up_to(std::uint32_t index) {
    shoal::type last = declare("T");
    while (last.index() < index) last = declare("T");
    REQUIRE(last.index() == index);
    return last;
  }
};

}  // namespace

TEST_CASE("several thousand types in a grown realm are bound, found and let go of once") {
  world w;
  context c(w);
  std::vector<shoal::type> types;
  for (std::uint32_t i = 0; i < 6 * segment; ++i) types.push_back(w.declare("T"));
  const long blocks = w.space.memory.blocks;
  const long bytes = w.space.memory.bytes;
  {
    realm<grown> r(w, c);
    c.its.resolve = [](auto&, const resolve_request& asked) {
      return resolve_answer::bind(1000 + asked.what.index());
    };
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (i % 2 == 0) CHECK(r->bind(types[i], 1000 + types[i].index()) == errc::ok);
    }
    for (const shoal::type& each : types) {
      CHECK(r->prototype_of_type(c, each.index()).word() == 1000 + each.index());
    }
    CHECK(c.its.asked.size() == types.size() / 2);
    CHECK(r->bindings() == types.size());
    CHECK(w.space.memory.blocks == blocks + 1 + 7);  // the directory and the segments
  }
  CHECK(c.its.let_go.size() == types.size());
  CHECK(w.space.memory.blocks == blocks);
  CHECK(w.space.memory.bytes == bytes);
}

TEST_CASE("a grown realm has memory for the types that it binds, and for no others") {
  world w;
  context c(w);
  const shoal::type early = w.declare("Early");
  const shoal::type late = w.declare_up_to(20 * segment);
  const long bytes = w.space.memory.bytes;
  realm<grown> r(w, c);
  const long empty = w.space.memory.bytes;
  CHECK(empty - bytes == w.space.types.max_types() / segment * 8);
  CHECK(r->peek(late.index()) == prototype());
  r->unbind(c, late);
  CHECK(w.space.memory.bytes == empty);
  CHECK(r->prototype_of_type(c, late.index()).code() == errc::unbound);
  CHECK(r->bind(late, 100) == errc::ok);
  CHECK(r->bind(w.declare("Next"), 100) == errc::ok);
  CHECK(r->peek(early.index()) == prototype());
  CHECK(r->peek(late.index()).word() == 100);
}

TEST_CASE("the table that code may inline is of unbound entries in all grown realms") {
  world w;
  context c(w);
  const shoal::type point = w.declare("Point");
  realm<reserved> own(w, c);
  realm<grown> one(w, c);
  realm<grown> other(w, c);
  CHECK(own->table() != w.locals.unbound_entries());
  CHECK(one->table() == w.locals.unbound_entries());
  CHECK(other->table() == w.locals.unbound_entries());
  for (auto* each : {&*own, &*one, &*other}) CHECK(each->bind(point, 100) == errc::ok);
  CHECK(shoal::realm::look_up(own->table(), point.index()).word() == 100);
  CHECK_FALSE(shoal::realm::look_up(one->table(), point.index()));
  CHECK(one->prototype_of_type(c, point.index()).word() == 100);
  CHECK(c.its.asked.empty());
}

TEST_CASE("the last type of a cluster is bound like the others, whatever their number") {
  for (const std::uint32_t max_types : {shoal::builtin::first_user + 1, segment - 1, segment,
                                        segment + 1, 3 * segment, 3 * segment + 1}) {
    CAPTURE(max_types);
    world w({.max_types = max_types});
    context c(w);
    const shoal::type last = w.declare_up_to(max_types - 1);
    CHECK_FALSE(w.space.types.declare({.name = "Beyond"}));
    realm<grown> r(w, c);
    CHECK(r->bind(last, 100) == errc::ok);
    CHECK(r->prototype_of(c, object(last).address()).word() == 100);
  }
}

TEST_CASE(
    "a realm that has no memory to grow says so when it opens, and opens once there is some") {
  world w;
  context c(w);
  shoal::realm r(w.locals);
  w.space.memory.fail_at = 1;
  CHECK(r.open(shoal::realm_table::grown) == errc::out_of_memory);
  CHECK(r.open(shoal::realm_table::grown) == errc::ok);
  CHECK(r.bind(w.declare("Point"), 100) == errc::ok);
  r.close(c);
}

TEST_CASE("without memory for a segment binding fails, and the word stays the caller's") {
  world w;
  context c(w);
  const shoal::type point = w.declare("Point");
  {
    realm<grown> r(w, c);
    const std::uint64_t epoch = r->epoch();
    const auto refuse_once = [&] { w.space.memory.fail_at = 1; };
    refuse_once();
    CHECK(r->bind(point, 100) == errc::out_of_memory);
    refuse_once();
    CHECK(r->rebind(c, point, 100) == errc::out_of_memory);
    refuse_once();
    CHECK(r->bind_none(c, point) == errc::out_of_memory);
    object handle(shoal::builtin::type_handle,
                  static_cast<std::uint32_t>(shoal::type_rights::bind));
    shoal::write_type_handle(handle.address(), point.index());
    refuse_once();
    CHECK(r->bind(handle.get(), 100) == errc::out_of_memory);
    CHECK(r->peek(point.index()) == prototype());
    CHECK(r->bindings() == 0);
    CHECK(r->epoch() == epoch);
    CHECK(c.its.let_go.empty());
    CHECK(r->rebind(c, point, 200) == errc::ok);
    CHECK(r->peek(point.index()).word() == 200);
    // What has its segment needs no memory.
    refuse_once();
    CHECK(r->rebind(c, point, 300) == errc::ok);
    w.space.memory.fail_at = 0;
  }
  CHECK(c.its.times(100, released::prototype) == 0);
  CHECK(c.its.times(200, released::prototype) == 1);
  CHECK(c.its.times(300, released::prototype) == 1);
}

TEST_CASE("without memory for a segment first sight says so, and asks when there is some") {
  world w;
  context c(w);
  const shoal::type shape = w.declare("Shape");
  const shoal::type point = w.declare("Point", shape);
  realm<grown> r(w, c);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    if (asked.what == point) CHECK(asked.parent.word() == 100);
    return resolve_answer::bind(asked.what == point ? 200 : 100);
  };
  w.space.memory.fail_at = 1;
  const prototype found = r->prototype_of(c, object(point).address());
  CHECK_FALSE(found);
  CHECK(found.code() == errc::out_of_memory);
  CHECK(c.its.asked.empty());  // not the child's either, although there is memory for it
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
  CHECK(c.its.asked == std::vector{shape.index(), point.index()});
}

TEST_CASE("a child in a segment of its own is asked for again when its memory was refused") {
  world w;
  context c(w);
  const shoal::type shape = w.declare("Shape");
  w.declare_up_to(2 * segment);
  const shoal::type point = w.declare("Point", shape);
  realm<grown> r(w, c);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::bind(100); };
  w.space.memory.fail_at = 2;
  CHECK(r->prototype_of(c, object(point).address()).code() == errc::out_of_memory);
  CHECK(r->peek(shape.index()).word() == 100);
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
  CHECK(c.its.asked == std::vector{shape.index(), point.index()});
}

TEST_CASE("without a resolver first sight in a grown realm asks for no memory") {
  world w;
  const shoal::type point = w.declare("Point");
  shoal::local_context bare(w.locals);
  REQUIRE(bare.open("", {}) == errc::ok);
  realm<grown> r(w, bare);
  const long requests = w.space.memory.requests;
  CHECK(r->prototype_of(bare, object(point).address()).code() == errc::unbound);
  CHECK(w.space.memory.requests == requests);
  r->close(bare);
  bare.close();
}

TEST_CASE("two agents that bind in a fresh segment at once both find what either has bound") {
  world w;
  context first(w);
  context second(w);
  const shoal::type types[] = {w.declare("A"), w.declare("B"), w.declare("Both")};
  constexpr std::uint32_t rounds = 2000;
  const long blocks = w.space.memory.blocks;
  std::atomic<std::uint32_t> ready{0};
  std::atomic<std::uint32_t> done{0};
  shoal::realm* now = nullptr;
  std::uint32_t won[2] = {};
  const auto race = [&](std::uint32_t number, std::uint32_t round) {
    ++ready;
    while (ready < 2 * (round + 1)) {
    }
    bool right = now->bind(types[number], 100 + number) == errc::ok;
    right = now->peek(types[number].index()).word() == 100 + number && right;
    const errc both = now->bind(types[2], 200 + number);
    if (both == errc::ok) ++won[number];
    right = (both == errc::ok || both == errc::already_bound) && right;
    right = now->peek(types[2].index()).has_word() && right;
    return right;
  };
  std::atomic<std::uint32_t> wrong{0};
  std::thread other([&] {
    for (std::uint32_t i = 0; i < rounds; ++i) {
      if (!race(1, i)) ++wrong;
      ++done;
    }
  });
  for (std::uint32_t i = 0; i < rounds; ++i) {
    realm<grown> r(w, first);
    now = &*r;
    if (!race(0, i)) ++wrong;
    while (done < i + 1) {
    }
    for (std::uint32_t k = 0; k < 2; ++k) {
      CHECK(r->prototype_of_type(second, types[k].index()).word() == 100 + k);
    }
    CHECK(r->bindings() == 3);
    CHECK(w.space.memory.blocks == blocks + 2);  // the directory, and one segment of two
  }
  other.join();
  CHECK(wrong == 0);
  CHECK(won[0] + won[1] == rounds);
  CHECK(first.its.let_go.size() == 3 * rounds);
  CHECK(w.space.memory.blocks == blocks);
}
