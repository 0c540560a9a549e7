// SPDX-License-Identifier: BSL-1.0

// checks=full: a raw reference that is used after a safepoint ends the program, with a sentence.

#include "agent_world.hpp"
#include "foreign_encodings.hpp"

using agent_test::ending;
using agent_test::in_child;
using agent_test::text;
using shoal::agent;
using shoal::attachment;
using shoal::local;
using shoal::reference;
using shoal::scope;

#if SHOAL_CHECKS >= 2

namespace {

// What happens to a reference that `step` makes stale.
template <class Step>
ending use_after(Step&& step) {
  return in_child([&] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    agent& me = *here;
    scope s(me);
    const shoal::type point = me.declare("Point", {{"x", shoal::f64}}).value();
    const local p = me.create(s, point).value();
    const reference raw = p;
    static_cast<void>(raw.address());  // still fresh
    step(me, s, point);
    static_cast<void>(raw.address());
    std::_Exit(7);
    return 0;
  });
}

void check_stale(const ending& how) {
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("a raw reference was used after a safepoint") != text::npos);
}

}  // namespace

TEST_CASE("a raw reference is stale after an allocation") {
  check_stale(use_after([](agent& me, scope& s, const shoal::type& point) {
    static_cast<void>(me.create(s, point));
  }));
}

TEST_CASE("a raw reference is stale after a poll") {
  check_stale(use_after([](agent& me, scope&, const shoal::type&) { me.poll(); }));
}

TEST_CASE("a raw reference is stale after a blocked region") {
  check_stale(use_after(
      [](agent& me, scope&, const shoal::type&) { const shoal::blocked_region away(me); }));
}

TEST_CASE("a raw reference is stale after a trace") {
  check_stale(use_after(
      [](agent& me, scope&, const shoal::type&) { static_cast<void>(me.debug_trace()); }));
}

TEST_CASE("a raw reference is stale after a value had to be boxed") {
  check_stale(use_after([](agent& me, scope& s, const shoal::type&) {
    const shoal::type box = me.declare("Box", {{"v", shoal::any}}).value();
    const local b = me.create(s, box).value();
    static_cast<void>(
        me.set(b, box.field("v").value(), agent_test::integer(std::int64_t{1} << 40)));
  }));
}

TEST_CASE("a raw reference stays fresh over what is no safepoint") {
  const ending how = use_after([](agent& me, scope& s, const shoal::type& point) {
    static_cast<void>(me.account());
    static_cast<void>(me.realm().bind(point, 100));
    static_cast<void>(s.hold(nullptr));
  });
  CHECK(how.code == 7);
  CHECK(how.errors == "");
}

TEST_CASE("an access in another encoding than the cluster's ends the program") {
  const auto access = [](auto&& how) {
    return in_child([&] {
      shoal::cluster cluster({.words = foreign::pointer_box::data});
      attachment here = cluster.attach().value();
      scope s(*here);
      const shoal::type box = here->declare("Box", {{"v", shoal::any}, {"x", shoal::f64}}).value();
      const local b = here->create(s, box).value();
      static_cast<void>(here->get(b, box.field("x").value()));  // not encoded
      static_cast<void>(here->get<foreign::pointer_box>(b, box.field("v").value()));
      how(*here, b, box);
      return 7;
    });
  };
  const ending forgotten[] = {
      access([](agent& me, const local& b, const shoal::type& box) {
        static_cast<void>(me.get(b, box.field("v").value()));
      }),
      access([](agent& me, const local& b, const shoal::type& box) {
        static_cast<void>(me.store(b, shoal::typed<shoal::value>(box, "v").value(), 1.0));
      }),
  };
  for (const ending& how : forgotten) {
    CHECK(how.code == -SIGABRT);
    CHECK(how.errors.find("name the cluster's encoding") != text::npos);
  }
}

TEST_CASE("a local that is used after its scope ends the program") {
  const ending how = in_child([] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    scope outer(*here);
    local left;
    {
      scope inner(*here);
      left = here->make_string(inner, "text").value();
    }
    static_cast<void>(left.get());
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("a local was used after its scope had ended") != text::npos);
}

TEST_CASE("an object that nothing roots is scribbled over by the tracer") {
  shoal::cluster cluster;
  attachment here = cluster.attach().value();
  agent& me = *here;
  const shoal::type point = me.declare("Point", {{"x", shoal::u64}}).value();
  void* lost = nullptr;
  {
    scope s(me);
    lost = me.create(s, point).value().get().address();
  }
  static_cast<void>(me.debug_trace());
  CHECK(shoal::cell_of<std::uint64_t>(static_cast<const void*>(lost), 8)
            .load(shoal::order<"test.scribbled">(shoal::relaxed)) == 0xdbdb'dbdb'dbdb'dbdb);
}

TEST_CASE("every n-th allocation traces, and a seed draws when") {
  for (const std::uint64_t seed : {0, 17}) {
    shoal::cluster cluster;
    cluster.debug_trace_every(5, seed);
    static int traces;
    traces = 0;
    shoal::agent_hooks hooks;
    hooks.visit_roots = [](void*, agent&, shoal::root_visitor&) noexcept { ++traces; };
    attachment here = cluster.attach({.hooks = hooks}).value();
    const shoal::type point = here->declare("Point", {}).value();
    for (int i = 0; i < 500; ++i) {
      scope s(*here);
      REQUIRE(here->create(s, point));
    }
    CHECK(traces >= 50);
    CHECK(traces <= 250);
    if (seed == 0) CHECK(traces == 100);
  }
}

namespace {

// What a program does with two clusters that share nothing, and a sentence that it ends with.
struct two_clusters {
  shoal::cluster one;
  shoal::cluster other;
  attachment here = one.attach().value();
  attachment there = other.attach().value();
  shoal::type mine = here->declare("Mine", {{"x", shoal::i64}}).value();
  shoal::type older = there->declare("Older", {{"x", shoal::i64}}).value();
  shoal::type foreign = there->declare("Foreign", {{"x", shoal::i64}}).value();
};

template <class Step>
void check_ends(const char* sentence, Step&& step) {
  const ending how = in_child([&] {
    two_clusters world;
    agent& me = *world.here;
    step(world, me);
    std::_Exit(7);
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  INFO(how.errors);
  CHECK(how.errors.find(sentence) != text::npos);
}

}  // namespace

TEST_CASE("types and scopes of another cluster end the program") {
  check_ends("an object is made of a type of its own cluster",
             [](two_clusters& w, agent& me) { static_cast<void>(me.try_create(w.foreign)); });
  check_ends("a handle names a type of its own cluster", [](two_clusters& w, agent& me) {
    scope s(me);
    static_cast<void>(me.make_type_handle(s, w.foreign, shoal::type_rights::all));
  });
  check_ends("an array is made of a type of its own cluster", [](two_clusters& w, agent& me) {
    scope s(me);
    static_cast<void>(me.create_array(s, w.other.types().array_of(shoal::u8), 1));
  });
  check_ends("a realm binds types of its own type space", [](two_clusters& w, agent& me) {
    static_cast<void>(me.realm().bind(w.foreign, 100));
  });
  check_ends("an object is held in a scope of its own cluster", [](two_clusters& w, agent& me) {
    scope s(*w.there);
    static_cast<void>(me.create(s, w.mine));
  });
}

TEST_CASE("an access to null, or by a field of another type, ends the program") {
  check_ends("an access names an object, not null", [](two_clusters& w, agent& me) {
    static_cast<void>(me.get(reference(), w.mine.field("x").value()));
  });
  check_ends("an access names an object, not null", [](two_clusters& w, agent& me) {
    static_cast<void>(me.load<std::int64_t>(reference(), w.mine.field("x").value()));
  });
  check_ends("null has no type",
             [](two_clusters&, agent& me) { static_cast<void>(me.type_of_object(reference())); });
  check_ends("a field is of the object's type", [](two_clusters& w, agent& me) {
    const shoal::type large = me.declare("Large", {{"y", shoal::i64}, {"z", shoal::i64}}).value();
    scope s(me);
    const local small = me.create(s, w.mine).value();
    static_cast<void>(me.set(small, large.field("z").value(), agent_test::integer(1)));
  });
}

TEST_CASE("an agent that is not there ends the program") {
  check_ends("the agent has been detached, or its attachment moved", [](two_clusters& w, agent&) {
    w.here.detach();
    w.here.detach();
    w.here->poll();
  });
  check_ends("an agent is entered while it creates", [](two_clusters& w, agent& me) {
    me.leave();
    static_cast<void>(me.try_create(w.mine));
  });
  check_ends("a blueprint is made by blueprint_of", [](two_clusters&, agent& me) {
    static_cast<void>(me.try_create(shoal::blueprint()));
  });
  check_ends("end every scope before its context closes", [](two_clusters& w, agent& me) {
    const scope s(me);
    w.here.detach();
  });
}

#endif

#if SHOAL_CHECKS >= 1

TEST_CASE("an agent that is detached inside a call that it serves ends the program") {
  const ending how = in_child([] {
    static attachment* serving;
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    serving = &here;
    scope s(*here);
    const local bound = here->make_thread_bound(s, 100, shoal::bound_policy::dispatch).value();
    const auto posted = here->post(bound,
                                   [](agent&, std::uint64_t, shoal::dispatch_message&) noexcept {
                                     serving->detach();
                                     return true;
                                   },
                                   {});
    here->serve();
    return posted ? 0 : 1;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("an agent is not detached inside a call") != text::npos);
}

TEST_CASE("a wait for what another agent has posted ends the program") {
  const ending how = in_child([] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    attachment there = cluster.attach({.parked = true}).value();
    scope s(*here);
    const local bound = here->make_thread_bound(s, 100, shoal::bound_policy::dispatch).value();
    auto posted = here->post(
        bound, [](agent&, std::uint64_t, shoal::dispatch_message&) noexcept { return true; }, {});
    const shoal::entered in(*there);
    return there->wait_for(*posted) == shoal::errc::ok ? 0 : 1;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("an agent waits for what it has posted itself") != text::npos);
}

TEST_CASE("value() of a failed result ends the program with the error's words") {
  const ending how = in_child([] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    const shoal::type point = here->declare("Point", {}).value();
    static_cast<void>(point.field("nowhere").value());
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("unknown_field") != text::npos);
}

TEST_CASE("a cluster that goes before its agents ends the program") {
  const ending how = in_child([] {
    auto* cluster = new shoal::cluster;
    const attachment here = cluster->attach().value();
    delete cluster;
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("detach every agent before its cluster goes") != text::npos);
}

TEST_CASE("a field that is loaded as another type ends the program") {
  const ending how = in_child([] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    scope s(*here);
    const shoal::type point = here->declare("Point", {{"x", shoal::f64}}).value();
    const local p = here->create(s, point).value();
    static_cast<void>(here->load<std::int32_t>(p, point.field("x").value()));
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("load a field as the type that its kind holds") != text::npos);
}

#if SHOAL_CHECKS >= 2

TEST_CASE("an entered agent's thread that asks for the cluster's account is told whom to ask") {
  const ending how = in_child([] {
    shoal::cluster cluster;
    attachment here = cluster.attach().value();
    static_cast<void>(here->account_cluster());
    {
      const shoal::blocked_region away(*here);
      static_cast<void>(cluster.account());
    }
    static_cast<void>(cluster.account());
    return 0;
  });
  CHECK(how.code == -SIGABRT);
  CHECK(how.errors.find("account_cluster() of the agent") != text::npos);
}

#endif

#endif
