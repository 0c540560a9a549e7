// SPDX-License-Identifier: BSL-1.0

// Agent-local slots, the identity of contexts, and what a context lets go of when it closes.

#include <set>
#include <thread>

#include "local_world.hpp"

using local_test::context;
using local_test::object;
using local_test::world;
using shoal::agent_local;
using shoal::errc;
using shoal::released;

TEST_CASE("an agent-local slot has its default on every agent") {
  world w;
  context before(w);
  const agent_local slot = w.locals.make_slot(7).value();
  context after(w);
  CHECK(before.local.get(slot) == 7);
  CHECK(after.local.get(slot) == 7);
}

TEST_CASE("setting an agent-local touches the calling agent only") {
  world w;
  context a(w);
  context b(w);
  const agent_local slot = w.locals.make_slot(7).value();
  a.local.set(slot, 100);
  CHECK(a.local.get(slot) == 100);
  CHECK(b.local.get(slot) == 7);
  a.local.set(slot, 0);
  CHECK(a.local.get(slot) == 0);  // set, to zero
  CHECK(a.local.set_locals() == 1);
  CHECK(b.local.set_locals() == 0);
}

TEST_CASE("slots are separate words") {
  world w;
  context c(w);
  std::vector<agent_local> slots;
  for (std::uint64_t i = 0; i < 1000; ++i) slots.push_back(w.locals.make_slot(i).value());
  for (std::uint64_t i = 0; i < 1000; i += 2) c.local.set(slots[i], i + 5000);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    CHECK(c.local.get(slots[i]) == (i % 2 == 0 ? i + 5000 : i));
  }
}

TEST_CASE("a word that is set over is let go of, once") {
  world w;
  context c(w);
  const agent_local slot = w.locals.make_slot(0).value();
  c.local.set(slot, 100);
  c.local.set(slot, 200);
  c.local.set(slot, 200);
  CHECK(c.its.let_go == std::vector{std::pair(std::uint64_t{100}, released::agent_local)});
}

TEST_CASE("the last slot can be had, and one more is an error") {
  world w;
  agent_local last;
  for (std::uint32_t i = 0; i < shoal::limits::agent_locals; ++i) {
    last = w.locals.make_slot(i).value();
  }
  context c(w);
  c.local.set(last, 100);
  CHECK(c.local.get(last) == 100);
  CHECK(w.locals.make_slot(0).code() == errc::too_many_slots);
  CHECK(w.locals.slots() == shoal::limits::agent_locals);
}

TEST_CASE("slots made by several threads are all different") {
  world w;
  std::vector<std::uint32_t> made[3];
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) mine.push_back(w.locals.make_slot(0).value().slot);
    });
  }
  for (auto& each : threads) each.join();
  std::set<std::uint32_t> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  CHECK(all.size() == 3000);
}

TEST_CASE("a context's identity is never 0 and never used again") {
  world w;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    const context c(w);
    CHECK(c.local.identity() != 0);
    CHECK(seen.insert(c.local.identity()).second);
  }
}

TEST_CASE("a context keeps its own copy of its role") {
  world w;
  std::string role = "worker";
  context c(w, role);
  role = "xxxxxx";
  CHECK(c.local.role() == "worker");
}

TEST_CASE("a context without memory for its role does not open") {
  world w;
  shoal::local_context c(w.locals);
  w.space.memory.fail_at = 1;
  CHECK(c.open("worker", {}) == errc::out_of_memory);
  CHECK_FALSE(c.is_open());
}

TEST_CASE("a context that closes lets go of every word it has, and says what each was") {
  world w;
  local_test::host its;
  shoal::local_context c(w.locals);
  REQUIRE(c.open("", its.hooks()) == errc::ok);
  const agent_local slot = w.locals.make_slot(0).value();
  const agent_local unset = w.locals.make_slot(5).value();
  const agent_local function = w.locals.make_slot(0, released::thread_local_function).value();
  c.set(slot, 100);
  CHECK(c.initialize_binding(function.slot, 200) == errc::ok);
  const std::uint32_t entry = c.own_bound(300).value();
  const std::uint32_t given_back = c.own_bound(400).value();
  CHECK(c.disown_bound(given_back) == 400);
  CHECK(entry != given_back);
  CHECK(c.get(unset) == 5);
  c.close();
  CHECK(its.let_go.size() == 3);
  CHECK(its.times(100, released::agent_local) == 1);
  CHECK(its.times(200, released::thread_local_function) == 1);
  CHECK(its.times(300, released::thread_bound) == 1);
  CHECK_FALSE(c.is_open());
  c.close();  // a second time does nothing
  CHECK(its.let_go.size() == 3);
}

TEST_CASE("what release hooks set while their context closes is let go of too") {
  world w;
  local_test::host its;
  shoal::local_context c(w.locals);
  REQUIRE(c.open("", its.hooks()) == errc::ok);
  const agent_local low = w.locals.make_slot(0).value();
  const agent_local high = w.locals.make_slot(0).value();
  const std::uint32_t freed = c.own_bound(1).value();
  static_cast<void>(c.own_bound(300).value());
  static_cast<void>(c.disown_bound(freed));
  c.set(high, 100);
  its.on_release = [&](auto& where, std::uint64_t word, released) {
    if (word == 100) where.set(low, 101);
    if (word == 101) static_cast<void>(where.own_bound(301).value());
    if (word == 300) static_cast<void>(where.own_bound(302).value());
  };
  c.close();
  for (const std::uint64_t word : {300, 301, 302}) {
    CHECK(its.times(word, released::thread_bound) == 1);
  }
  CHECK(its.times(100, released::agent_local) == 1);
  CHECK(its.times(101, released::agent_local) == 1);
  CHECK(its.let_go.size() == 5);
}

TEST_CASE("a context without a release hook closes quietly") {
  world w;
  shoal::local_context c(w.locals);
  REQUIRE(c.open("", {}) == errc::ok);
  c.set(w.locals.make_slot(0).value(), 100);
  c.close();
  CHECK(c.set_locals() == 0);
}

TEST_CASE("entries of thread-bound words are used again") {
  world w;
  context c(w);
  const std::uint32_t first = c.local.own_bound(100).value();
  const std::uint32_t second = c.local.own_bound(200).value();
  CHECK(c.local.disown_bound(first) == 100);
  CHECK(c.local.own_bound(300).value() == first);
  CHECK(c.local.bound_words() == 2);
  CHECK(c.local.disown_bound(second) == 200);
  CHECK(c.local.bound_words() == 1);
}

TEST_CASE("without memory for a thread-bound word it stays the caller's") {
  world w;
  context c(w);
  w.space.memory.fail_at = 1;
  CHECK(c.local.own_bound(100).code() == errc::out_of_memory);
  CHECK(c.local.bound_words() == 0);
}
