// SPDX-License-Identifier: BSL-1.0

// Agent-local words and thread-local functions of agents.

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::local;
using shoal::released;
using shoal::scope;

TEST_CASE("an agent-local word is the calling agent's own") {
  world w;
  const shoal::agent_local slot = w->locals().make_slot(5).value();
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  here->set(slot, 100);
  std::thread other([&] {
    attachment there = w.attach();
    CHECK(there->get(slot) == 5);
    there->set(slot, 200);
    CHECK(there->get(slot) == 200);
  });
  {
    const shoal::blocked_region away(*here);
    other.join();
  }
  CHECK(here->get(slot) == 100);
  CHECK(here->account().agent_locals == 1);
  here.detach();
  CHECK(its.let_go == std::vector{std::pair(std::uint64_t{100}, released::agent_local)});
}

TEST_CASE("a new agent in an old one's place starts from the defaults") {
  world w;
  const shoal::agent_local slot = w->locals().make_slot(5).value();
  attachment first = w.attach();
  first->set(slot, 100);
  first.detach();
  attachment second = w.attach();
  CHECK(second->get(slot) == 5);
}

TEST_CASE("a thread-local function is one shared value and each agent's own binding") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  scope s(me);
  const shoal::type table =
      me.declare("Table", {{"call", shoal::any}, {"ref", shoal::ref}}).value();
  const local holder = me.create(s, table).value();
  const local function = me.make_thread_local_function(s).value();
  CHECK(me.binding(function) == 0);
  CHECK(me.initialize(function, 100) == errc::ok);
  CHECK(me.initialize(function, 300) == errc::already_initialized);
  REQUIRE(me.set(holder, table.field("call").value(), agent_test::object(function)) == errc::ok);
  REQUIRE(me.set(holder, table.field("ref").value(), agent_test::object(function)) == errc::ok);
  const shoal::handle sent(me, holder);
  host others;
  std::thread other([&] {
    attachment there = w.attach({.hooks = others.hooks()});
    scope inner(*there);
    const local got = inner.hold(
        shoal::reference(there->get(sent.get(*there), table.field("call").value()).object));
    CHECK(there->binding(got) == 0);  // uninitialised here
    CHECK(there->initialize(got, 200) == errc::ok);
    CHECK(there->binding(got) == 200);
  });
  {
    const shoal::blocked_region away(me);
    other.join();
  }
  CHECK(me.binding(function) == 100);
  CHECK(others.let_go ==
        std::vector{std::pair(std::uint64_t{200}, released::thread_local_function)});
  CHECK(its.let_go.empty());
}

TEST_CASE("thread-local functions are separate") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  std::vector<shoal::handle> functions;
  for (std::uint64_t i = 0; i < 100; ++i) {
    scope each(me);
    const local one = me.make_thread_local_function(each).value();
    REQUIRE(me.initialize(one, 1000 + i) == errc::ok);
    functions.emplace_back(me, one);
  }
  for (std::uint64_t i = 0; i < 100; ++i) {
    CHECK(me.binding(functions[i].get(me)) == 1000 + i);
  }
  CHECK(me.account().agent_locals == 100);
}

TEST_CASE("only thread-local functions are initialised") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const local text = here->make_string(s, "text").value();
  CHECK(here->initialize(text, 100) == errc::wrong_type);
  CHECK(here->initialize(nullptr, 100) == errc::wrong_type);
}

TEST_CASE("shared code calls each agent's own C++ function") {
  world w;
  attachment agents[] = {w.attach_parked(), w.attach_parked()};
  int (*const functions[])(int) = {[](int n) { return n + 1; }, [](int n) { return n * 10; }};
  shoal::handle function;
  {
    const shoal::entered in(*agents[0]);
    scope s(*agents[0]);
    function = shoal::handle(*agents[0], agents[0]->make_thread_local_function(s).value());
  }
  const auto shared_code = [&](agent& me, int& out) {
    return me.call_binding<int(int)>(function.get(me), out, 7);
  };
  for (std::size_t i = 0; i < 2; ++i) {
    agent& me = *agents[i];
    const shoal::entered in(me);
    int out = 0;
    CHECK(shared_code(me, out) == errc::uninitialized);
    REQUIRE(me.initialize(function.get(me), reinterpret_cast<std::uintptr_t>(functions[i])) ==
            errc::ok);
    CHECK(shared_code(me, out) == errc::ok);
    CHECK(out == (i == 0 ? 8 : 70));
  }
  function.reset();
}
