// SPDX-License-Identifier: BSL-1.0

// Prototypes of agents: each its own, several realms, one realm for several agents.

#include <atomic>

#include <sys/resource.h>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::local;
using shoal::prototype;
using shoal::released;
using shoal::resolve_answer;
using shoal::resolve_request;
using shoal::scope;

TEST_CASE("each agent has its own prototype of one object") {
  world w;
  host hosts[2];
  attachment agents[] = {w.attach_parked(&hosts[0]), w.attach_parked(&hosts[1])};
  shoal::handle shared;
  for (std::uint64_t i = 0; i < 2; ++i) {
    agent& me = *agents[i];
    const shoal::entered in(me);
    if (i == 0) {
      scope s(me);
      shared = shoal::handle(me, me.create(s, me.declare("Point", {}).value()).value());
    }
    hosts[i].resolve = [i](agent&, const resolve_request&) {
      return resolve_answer::bind(100 + i);
    };
    CHECK(me.prototype_of(shared.get(me)).word() == 100 + i);
    CHECK(me.prototype_of(shared.get(me)).word() == 100 + i);
    CHECK(hosts[i].asked.size() == 1);
  }
  shared.reset();
}

TEST_CASE("an agent with two realms has two prototypes of one object") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  {
    shoal::realm frame(w->locals());
    REQUIRE(frame.open() == errc::ok);
    its.resolve = [&](agent&, const resolve_request& asked) {
      return resolve_answer::bind(&asked.where == &frame ? 200 : 100);
    };
    scope s(me);
    const local p = me.create(s, me.declare("Point", {}).value()).value();
    CHECK(me.prototype_of(p).word() == 100);
    CHECK(frame.prototype_of(me.locals(), p.get().address()).word() == 200);
    CHECK(me.prototype_of(p).word() == 100);
    frame.close(me.locals());
    CHECK(its.times(200, released::prototype) == 1);
  }
  CHECK(its.times(100, released::prototype) == 0);
  here.detach();
  CHECK(its.times(100, released::prototype) == 1);
}

TEST_CASE("agents of two roles load two behaviours for one type") {
  world w;
  attachment here = w.attach();
  const shoal::behaviour behaviours[] = {{"ui", "point.ui"}, {"worker", "point.worker"}};
  const shoal::type point = here->declare({.name = "Point", .behaviours = behaviours}).value();
  here->leave();
  for (const char* role : {"ui", "worker"}) {
    host its;
    agent_test::text loaded;
    its.resolve = [&](agent& by, const resolve_request& asked) {
      CHECK(by.role() == role);
      loaded = asked.behaviour;
      return resolve_answer::bind(100);
    };
    attachment there = w.attach({.role = role, .hooks = its.hooks()});
    scope s(*there);
    CHECK(there->prototype_of(there->create(s, point).value()));
    CHECK(loaded == agent_test::text("point.") + role);
  }
  here->enter();
}

TEST_CASE("a resolver may create, declare and trace, as any code at a safepoint") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  its.resolve = [&](agent& by, const resolve_request& asked) {
    scope inner(by);
    const shoal::type own = by.declare("Own", {{"x", shoal::any}}).value();
    const local made = by.create(inner, own).value();
    static_cast<void>(by.debug_trace());
    CHECK(made.get().type_index() == own.index());
    return resolve_answer::bind(100 + asked.what.index());
  };
  scope s(me);
  const shoal::type point = me.declare("Point", {}).value();
  const local p = me.create(s, point).value();
  CHECK(me.prototype_of(p).word() == 100 + point.index());
}

TEST_CASE("bind_all sets several types up at once, and stops at one that is bound") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  std::vector<shoal::type> types;
  const std::uint64_t words[] = {100, 200, 300};
  for (int i = 0; i < 3; ++i) types.push_back(me.declare("T", {}).value());
  std::size_t bound = 9;
  SUBCASE("all") {
    CHECK(me.bind_all(types, words, bound) == errc::ok);
    CHECK(bound == 3);
    CHECK(me.account().prototypes == 3);
    CHECK(me.realm().peek(types[2].index()).word() == 300);
  }
  SUBCASE("not the last") {
    CHECK(me.realm().bind(types[1], 999) == errc::ok);
    CHECK(me.bind_all(types, words, bound) == errc::already_bound);
    CHECK(bound == 1);
    CHECK(me.realm().peek(types[0].index()).word() == 100);
    CHECK(me.realm().peek(types[2].index()).word() == prototype::unbound_word);
  }
  CHECK(its.asked.empty());
  here.detach();
  CHECK(its.times(100, released::prototype) == 1);
}

TEST_CASE("detach lets go of each prototype and each refusal once, on the agent's thread") {
  world w;
  host its;
  std::thread other([&] {
    attachment here = w.attach({.hooks = its.hooks()});
    its.resolve = [](agent&, const resolve_request& asked) {
      return asked.what.index() % 2 == 0 ? resolve_answer::bind(1000 + asked.what.index())
                                         : resolve_answer::refuse(2000 + asked.what.index());
    };
    for (int i = 0; i < 10; ++i) {
      scope s(*here);
      static_cast<void>(
          here->prototype_of(here->create(s, here->declare("T", {}).value()).value()));
    }
    CHECK(its.let_go.empty());
    here.detach();
    CHECK(its.released_on == std::this_thread::get_id());
  });
  other.join();
  CHECK(its.let_go.size() == 10);
  for (const std::uint32_t index : its.asked) {
    CHECK(its.times((index % 2 == 0 ? 1000 : 2000) + index,
                    index % 2 == 0 ? released::prototype : released::refusal) == 1);
  }
}

TEST_CASE("a release hook may look prototypes up while its agent detaches") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  shoal::handle p;
  {
    scope s(me);
    p = shoal::handle(me, me.create(s, me.declare("Point", {}).value()).value());
  }
  const shoal::agent_local slot = w->locals().make_slot(0).value();
  me.set(slot, 500);
  its.resolve = [](agent&, const resolve_request&) { return resolve_answer::bind(100); };
  its.on_release = [&](agent& by, std::uint64_t word, released) {
    if (word == 500) CHECK(by.prototype_of(p.get(by)).word() == 100);
  };
  here.detach();
  CHECK(its.times(500, released::agent_local) == 1);
  CHECK(its.times(100, released::prototype) == 1);
  p.reset();
}

TEST_CASE("one realm serves two agents, which race to resolve: losers' words go back once") {
  world w;
  host hosts[2];
  shoal::realm shared(w->locals());
  REQUIRE(shared.open() == errc::ok);
  attachment closer = w.attach_parked();
  constexpr std::uint32_t rounds = 300;
  std::vector<shoal::type> types;
  for (std::uint32_t i = 0; i < rounds; ++i) {
    types.push_back(shoal::type(w->types().declare("T", {}).value()));
  }
  std::atomic<std::uint32_t> at{0};
  const auto race = [&](std::uint64_t number) {
    attachment here = w.attach({.hooks = hosts[number].hooks(), .shared_realm = &shared});
    CHECK(&here->realm() == &shared);
    hosts[number].resolve = [number](agent&, const resolve_request& asked) {
      return resolve_answer::bind((number + 1) * 1'000'000 + asked.what.index());
    };
    for (std::uint32_t i = 0; i < rounds; ++i) {
      scope s(*here);
      const local p = here->create(s, types[i]).value();
      ++at;
      while (at < 2 * (i + 1)) here->poll();
      const prototype found = here->prototype_of(p);
      CHECK(found.has_word());
      CHECK(here->prototype_of(p) == found);
    }
    CHECK(here->account().prototypes == 0);  // the realm is not its own
  };
  std::thread other([&] { race(1); });
  race(0);
  other.join();
  CHECK(shared.bindings() == rounds);
  std::size_t lost = 0;
  for (const host& each : hosts) {
    for (const auto& [word, what] : each.let_go) {
      CHECK(what == released::prototype);
      CHECK(each.times(word, what) == 1);
      ++lost;
    }
  }
  CHECK(hosts[0].asked.size() + hosts[1].asked.size() == rounds + lost);
  const shoal::entered in(*closer);
  shared.close(closer->locals());
}

TEST_CASE("agents that share a grown realm find its prototypes, which are counted once") {
  world w;
  host hosts[2];
  shoal::realm shared(w->locals());
  REQUIRE(shared.open(shoal::realm_table::grown) == errc::ok);
  {
    shoal::attachment agents[] = {
        w.attach({.hooks = hosts[0].hooks(), .shared_realm = &shared, .parked = true}),
        w.attach({.hooks = hosts[1].hooks(), .shared_realm = &shared, .parked = true})};
    hosts[0].resolve = [](agent&, const resolve_request&) { return resolve_answer::bind(100); };
    shoal::handle object;
    for (const attachment& each : agents) {
      agent& me = *each;
      const shoal::entered in(me);
      if (!object) {
        scope s(me);
        object = shoal::handle(me, me.create(s, me.declare("Point", {}).value()).value());
      }
      CHECK(me.prototype_of(object.get(me)).word() == 100);
      std::uint64_t counted = 0;
      CHECK(me.account_types(
                [](void* self, const shoal::type_account& one) noexcept {
                  *static_cast<std::uint64_t*>(self) += one.prototypes;
                },
                &counted) == errc::ok);
      CHECK(counted == 1);
    }
    object.reset();
    CHECK(hosts[0].asked.size() == 1);
    CHECK(hosts[1].asked.empty());
    const shoal::entered in(*agents[1]);
    shared.close(agents[1]->locals());
    CHECK(hosts[1].times(100, released::prototype) == 1);
  }
}

// Sanitizers reserve too much address space themselves.
#if !TEST_SANITIZED
TEST_CASE("without address space for its realm an agent has one that grows") {
  const agent_test::ending how = agent_test::in_child([] {
    shoal::cluster cluster;
    CHILD_CHECK(cluster.status() == errc::ok);
    shoal::realm first(cluster.locals());
    // Whoever is here before has a realm and a page, which are as large as what is refused.
    attachment early = cluster.attach({.parked = true}).value();
    const shoal::handle point = [&] {
      const shoal::entered in(*early);
      scope s(*early);
      return shoal::handle(*early, early->create(s, early->declare("P", {}).value()).value());
    }();
    CHILD_CHECK(!early->realm().is_grown());
    // Less than the table of one more realm.
    std::FILE* status = std::fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    CHILD_CHECK(status != nullptr && std::fscanf(status, "%lu", &pages) == 1);
    std::fclose(status);
    rlimit limit{};
    limit.rlim_cur = limit.rlim_max = pages * 4096 + (std::size_t{4} << 20);
    CHILD_CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
    CHILD_CHECK(first.open() == errc::ok);
    CHILD_CHECK(first.is_grown());
    host its;
    its.resolve = [](agent&, const resolve_request&) { return resolve_answer::bind(100); };
    {
      attachment late = cluster.attach({.hooks = its.hooks()}).value();
      agent& me = *late;
      CHILD_CHECK(me.realm().is_grown());
      CHILD_CHECK(first.prototype_of(me.locals(), point.get(me).address()).word() == 100);
      CHILD_CHECK(me.prototype_of(point.get(me)).word() == 100);
      CHILD_CHECK(me.prototype_of(point.get(me)).word() == 100);
      CHILD_CHECK(its.asked.size() == 2);
      CHILD_CHECK(me.account().prototypes == 1);
      first.close(me.locals());
    }
    CHILD_CHECK(its.times(100, released::prototype) == 2);
    CHILD_CHECK(cluster.account().agents == 1);
    // The cluster's own tables are needed as they are.
    shoal::cluster second;
    CHILD_CHECK(second.status() == errc::out_of_memory);
    CHILD_CHECK(second.attach().code() == errc::out_of_memory);
    return 0;
  });
  CHECK(how.errors == "");
  CHECK(how.code == 0);
}
#endif
