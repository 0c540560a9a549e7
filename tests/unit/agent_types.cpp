// SPDX-License-Identifier: BSL-1.0

// Type handles and their rights, creation, and sharing that is forbidden.

#include "agent_world.hpp"

using agent_test::integer;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::local;
using shoal::scope;
using shoal::type_rights;

TEST_CASE("a handle constructs only with the right to") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type point = me.declare("Point", {{"x", shoal::f64}}).value();
  for (const type_rights rights : {type_rights::none, type_rights::bind}) {
    const local handle = me.make_type_handle(s, point, rights).value();
    CHECK(me.construct(s, handle).code() == errc::no_right);
  }
  for (const type_rights rights : {type_rights::construct, type_rights::all}) {
    const local handle = me.make_type_handle(s, point, rights).value();
    const local made = me.construct(s, handle).value();
    CHECK(made.get().type_index() == point.index());
  }
}

TEST_CASE("restrict drops rights and never adds one") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type point = me.declare("Point", {}).value();
  for (std::uint32_t held = 0; held < 4; ++held) {
    const local handle = me.make_type_handle(s, point, static_cast<type_rights>(held)).value();
    for (std::uint32_t wanted = 0; wanted < 4; ++wanted) {
      const local less = me.restrict(s, handle, static_cast<type_rights>(wanted)).value();
      CHECK(shoal::rights_of(less.get().address()) == static_cast<type_rights>(held & wanted));
      CHECK(shoal::rights_of(handle.get().address()) == static_cast<type_rights>(held));
      CHECK(me.same_type(less, handle).value());
    }
  }
}

TEST_CASE("same_type compares types, not handles nor their rights") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type a = me.declare("Same", {{"x", shoal::f64}}).value();
  const shoal::type b = me.declare("Same", {{"x", shoal::f64}}).value();
  const local of_a = me.make_type_handle(s, a, type_rights::all).value();
  const local also_a = me.make_type_handle(s, a, type_rights::none).value();
  const local of_b = me.make_type_handle(s, b, type_rights::all).value();
  CHECK(me.same_type(of_a, also_a).value());
  CHECK_FALSE(me.same_type(of_a, of_b).value());
  CHECK(me.handled(of_b).value() == b);
}

TEST_CASE("the type of an instance comes without any right") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type point = me.declare("Point", {}).value();
  const local p = me.create(s, point).value();
  const local handle = me.type_of(s, p).value();
  CHECK(me.handled(handle).value() == point);
  CHECK(me.construct(s, handle).code() == errc::no_right);
  CHECK(me.realm().bind(handle.get(), 100) == errc::no_right);
  CHECK(shoal::rights_of(me.restrict(s, handle, type_rights::all).value().get().address()) ==
        type_rights::none);
  CHECK(me.type_of_object(p) == point);
  const local of_handle = me.type_of(s, handle).value();
  CHECK(me.handled(of_handle).value().index() == shoal::builtin::type_handle);
}

TEST_CASE("a handle to a structural type constructs, and only the host binds") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type point = w->types().structural({.fields = {{"x", shoal::f64}}}).value();
  const local handle = me.make_type_handle(s, point, type_rights::all).value();
  CHECK(me.realm().bind(handle.get(), 100) == errc::no_right);
  const local made = me.construct(s, handle).value();
  CHECK(me.prototype_of(made).code() == errc::unbound);
  CHECK(me.realm().bind(point, 100) == errc::ok);
  CHECK(me.prototype_of(made).word() == 100);
  CHECK(me.realm().bind(handle.get(), 200) == errc::no_right);
  // A subtype of a structural type is what its declarer says.
  const shoal::type sub = me.declare({.name = "Sub", .extends = point}).value();
  const local of_sub = me.make_type_handle(s, sub, type_rights::all).value();
  CHECK(me.realm().bind(of_sub.get(), 300) == errc::ok);
}

TEST_CASE("what is no type handle is told so") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const local text = me.make_string(s, "text").value();
  const local handle =
      me.make_type_handle(s, me.declare("T", {}).value(), type_rights::all).value();
  for (const shoal::reference& each : {text.get(), shoal::reference()}) {
    CHECK(me.handled(each).code() == errc::not_a_type);
  }
  CHECK(me.construct(s, text).code() == errc::not_a_type);
  CHECK(me.construct(s, nullptr).code() == errc::not_a_type);
  CHECK(me.restrict(s, text, type_rights::all).code() == errc::not_a_type);
  CHECK(me.same_type(handle, text).code() == errc::not_a_type);
  CHECK(me.same_type(nullptr, handle).code() == errc::not_a_type);
  CHECK(me.realm().bind(text.get(), 100) == errc::not_a_type);
}

TEST_CASE("only struct types are constructed, by handle too") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type strings = me.type_at(shoal::builtin::string);
  CHECK(me.create(s, strings).code() == errc::wrong_type);
  const local handle = me.make_type_handle(s, strings, type_rights::all).value();
  CHECK(me.construct(s, handle).code() == errc::wrong_type);
}

TEST_CASE("a handle is a shared value: another agent constructs and binds with it") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const shoal::type point = here->declare("Point", {{"x", shoal::i32}}).value();
  const shoal::type box = here->declare("Box", {{"it", shoal::any}}).value();
  const local holder = here->create(s, box).value();
  const local handle = here->make_type_handle(s, point, type_rights::all).value();
  REQUIRE(here->set(holder, box.field("it").value(), agent_test::object(handle)) == errc::ok);
  const shoal::handle sent(*here, holder);
  std::thread other([&] {
    attachment there = w.attach();
    scope inner(*there);
    const local got =
        inner.hold(shoal::reference(there->get(sent.get(*there), box.field("it").value()).object));
    CHECK(there->realm().bind(got.get(), 200) == errc::ok);
    CHECK(there->realm().bind(got.get(), 300) == errc::already_bound);
    const local made = there->construct(inner, got).value();
    CHECK(there->prototype_of(made).word() == 200);
  });
  {
    const shoal::blocked_region away(*here);
    other.join();
  }
  CHECK_FALSE(here->prototype_of(here->create(s, point).value()));
}

TEST_CASE("objects come out initialised, of the size of their type") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type wide =
      me.declare("Wide", {{"a", shoal::u8}, {"v", shoal::v128}, {"b", shoal::i64}}).value();
  for (int i = 0; i < 100; ++i) {
    scope each(me);
    const local o = me.create(each, wide).value();
    CHECK(o.get().bits() % 16 == 0);
    CHECK(me.get(o, wide.field("b").value()).integer == 0);
    CHECK(me.get(o, wide.field("v").value()).vector == shoal::vec128{0, 0});
    REQUIRE(me.set(o, wide.field("b").value(), integer(-1)) == errc::ok);
  }
}

TEST_CASE("the heap's limit is an error, and creation goes on after it") {
  world w({.limit = std::size_t{128} << 10});
  w->debug_trace_every(0);
  attachment here = w.attach();
  agent& me = *here;
  const shoal::type node = me.declare("Node", {{"next", shoal::any}}).value();
  std::size_t made = 0;
  for (;; ++made) {
    scope s(me);
    auto one = me.create(s, node);
    if (!one) {
      CHECK(one.code() == errc::out_of_memory);
      break;
    }
  }
  CHECK(made > 1000);
  scope s(me);
  const shoal::type number = me.declare("Number", {{"n", shoal::any}}).value();
  CHECK(me.create(s, number).code() == errc::out_of_memory);
  CHECK_FALSE(me.try_create(number));
  CHECK(me.make_string(s, "text").code() == errc::out_of_memory);
  CHECK(me.make_type_handle(s, number, type_rights::none).code() == errc::out_of_memory);
  CHECK(me.make_thread_local_function(s).code() == errc::out_of_memory);
  CHECK(me.make_thread_bound(s, 100, shoal::bound_policy::error).code() == errc::out_of_memory);
  CHECK(me.account().thread_bound == 0);
}

TEST_CASE("a box that has no memory is an error, and nothing is written") {
  world w({.limit = std::size_t{64} << 10});
  w->debug_trace_every(0);
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type node = me.declare("Node", {{"n", shoal::any}}).value();
  const shoal::field n = node.field("n").value();
  const local o = me.create(s, node).value();
  REQUIRE(me.set(o, n, integer(1)) == errc::ok);
  while (me.try_create(node)) {
  }
  const shoal::datum large = integer(std::int64_t{1} << 40);
  shoal::datum seen;
  CHECK(me.set(o, n, large) == errc::out_of_memory);
  CHECK(me.exchange(o, n, large, seen) == errc::out_of_memory);
  CHECK(me.compare_exchange(o, n, integer(1), large, seen) == errc::out_of_memory);
  CHECK(me.get(o, n).integer == 1);
}

TEST_CASE("sharing that is forbidden answers so, everywhere and for good") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type node = me.declare("Node", {{"n", shoal::any}}).value();
  const shoal::type array = me.type_at(shoal::builtin::array_of(shoal::u8));
  const shoal::field n = node.field("n").value();
  const local o = me.create(s, node).value();
  const local handle = me.make_type_handle(s, node, type_rights::all).value();
  const local numbers = me.create_array(s, shoal::any, 3).value();
  CHECK_FALSE(w->is_sharing_forbidden());
  w->forbid_sharing();
  w->forbid_sharing();
  CHECK(w->is_sharing_forbidden());
  const errc forbidden = errc::sharing_forbidden;
  const shoal::field_value initial[] = {{n, integer(1)}};
  CHECK(me.declare("New", {}).code() == forbidden);
  CHECK(me.create(s, node).code() == forbidden);
  CHECK(me.create(s, node, initial).code() == forbidden);
  CHECK_FALSE(me.try_create(node));
  CHECK(me.construct(s, handle).code() == forbidden);
  CHECK(me.create_array(s, shoal::u8, 1).code() == forbidden);
  CHECK(me.create_array(s, array, 1).code() == forbidden);
  CHECK(me.make_string(s, "text").code() == forbidden);
  CHECK(me.make_type_handle(s, node, type_rights::none).code() == forbidden);
  CHECK(me.type_of(s, o).code() == forbidden);
  CHECK(me.restrict(s, handle, type_rights::none).code() == forbidden);
  CHECK(me.make_thread_local_function(s).code() == forbidden);
  CHECK(me.make_thread_bound(s, 100, shoal::bound_policy::error).code() == forbidden);
  const shoal::datum large = integer(std::int64_t{1} << 40);
  shoal::datum seen;
  CHECK(me.set(o, n, large) == forbidden);  // would make a box
  CHECK(me.exchange(o, n, large, seen) == forbidden);
  CHECK(me.compare_exchange(o, n, shoal::datum::undefined(), large, seen) == forbidden);
  CHECK(me.fill(numbers, 0, 3, large) == forbidden);
  CHECK(me.set(o, n, integer(7)) == errc::ok);  // what is shared already goes on
  CHECK(me.get(o, n).integer == 7);
  std::thread other([&] {
    attachment there = w.attach();
    scope inner(*there);
    CHECK(there->create(inner, node).code() == forbidden);
  });
  const shoal::blocked_region away(me);
  other.join();
}

TEST_CASE("a handle whose type has been retired names no type") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type gone = me.declare("Gone", {}).value();
  const local handle = me.make_type_handle(s, gone, shoal::type_rights::all).value();
  w->types().retire(gone);
  CHECK(me.handled(handle).code() == errc::not_a_type);
  CHECK(me.construct(s, handle).code() == errc::not_a_type);
  CHECK(me.restrict(s, handle, shoal::type_rights::none).code() == errc::not_a_type);
  CHECK(me.same_type(handle, handle).code() == errc::not_a_type);
  CHECK(me.realm().bind(handle, 100) == errc::not_a_type);
}
