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

#endif

#if SHOAL_CHECKS >= 1

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

#endif
