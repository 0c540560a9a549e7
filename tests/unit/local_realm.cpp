// SPDX-License-Identifier: BSL-1.0

// Prototype tables, first sight, and what a resolver may answer; each with a reserved table and with a
// grown one.

#include <atomic>
#include <thread>

#include "local_world.hpp"

using local_test::context;
using local_test::object;
using local_test::realm;
using local_test::world;
using shoal::errc;
using shoal::prototype;
using shoal::released;
using shoal::resolve_answer;
using shoal::resolve_request;

#define REALM_CASE(name) TEST_CASE_TEMPLATE(name, Table, local_test::reserved, local_test::grown)

REALM_CASE("on first sight of a type its resolver is asked, and never again") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  const object one(point);
  const object other(point);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::bind(100); };
  CHECK(r->peek(point.index()).word() == prototype::unbound_word);
  CHECK(r->prototype_of(c, one.address()).word() == 100);
  CHECK(r->prototype_of(c, one.address()).word() == 100);
  CHECK(r->prototype_of(c, other.address()).word() == 100);
  CHECK(r->peek(point.index()).word() == 100);
  CHECK(c.its.asked == std::vector{point.index()});
}

REALM_CASE("a type that is bound before it is seen asks nobody") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(point, 100) == errc::ok);
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
  CHECK(c.its.asked.empty());
}

REALM_CASE("two realms of one context have two prototypes for one object") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> window(w, c);
  realm<Table> frame(w, c);
  const object p(point);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    return resolve_answer::bind(&asked.where == &window.table ? 100 : 200);
  };
  CHECK(window->prototype_of(c, p.address()).word() == 100);
  CHECK(frame->prototype_of(c, p.address()).word() == 200);
  CHECK(window->prototype_of(c, p.address()).word() == 100);
}

REALM_CASE("two roles get two behaviours, and a third the type's default") {
  world w;
  const shoal::type point =
      w.declare("Point", {{"ui", "point/ui"}, {"worker", "point/worker"}, {"", "point"}});
  const shoal::type plain = w.declare("Plain");
  std::vector<std::string> loaded;
  const auto note = [&](auto& where, const resolve_request& asked) {
    CHECK(asked.role == where.role());
    loaded.emplace_back(asked.behaviour);
    return resolve_answer::bind(100);
  };
  for (const char* role : {"ui", "worker", "other"}) {
    context c(w, role);
    realm<Table> r(w, c);
    c.its.resolve = note;
    CHECK(r->prototype_of(c, object(point).address()));
    CHECK(r->prototype_of(c, object(plain).address()));
  }
  CHECK(loaded == std::vector<std::string>{"point/ui", "", "point/worker", "", "point", ""});
}

REALM_CASE("a resolver is told the type, the realm and the prototype of the parent") {
  world w;
  const shoal::type shape = w.declare("Shape");
  const shoal::type point = w.declare("Point", shape);
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    CHECK(&asked.where == &r.table);
    if (asked.what == shape) {
      CHECK(asked.parent.word() == prototype::unbound_word);
      return resolve_answer::bind(100);
    }
    CHECK(asked.what == point);
    CHECK(asked.parent.word() == 100);
    return resolve_answer::bind(200);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
}

REALM_CASE("a chain of parents is resolved from its root down") {
  world w;
  std::vector<shoal::type> chain;
  std::vector<std::uint32_t> indices;
  for (int i = 0; i < 10; ++i) {
    chain.push_back(w.declare("Link", i == 0 ? shoal::type() : chain.back()));
    indices.push_back(chain.back().index());
  }
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [](auto&, const resolve_request& asked) {
    return resolve_answer::bind(100 + asked.what.index());
  };
  CHECK(r->prototype_of(c, object(chain.back()).address()).word() == 100 + indices.back());
  CHECK(c.its.asked == indices);
}

REALM_CASE("a parent that has a prototype is not asked for again") {
  world w;
  const shoal::type shape = w.declare("Shape");
  const shoal::type point = w.declare("Point", shape);
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(shape, 100) == errc::ok);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    CHECK(asked.parent.word() == 100);
    return resolve_answer::bind(200);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
  CHECK(c.its.asked == std::vector{point.index()});
}

REALM_CASE("a child whose parent is refused is told so, and may have a prototype") {
  world w;
  const shoal::type shape = w.declare("Shape");
  const shoal::type point = w.declare("Point", shape);
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    if (asked.what == shape) return resolve_answer::refuse(900);
    CHECK(asked.parent.code() == errc::refused);
    return resolve_answer::bind(200);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
}

REALM_CASE("without a resolver a type stays unbound") {
  world w;
  const shoal::type point = w.declare("Point");
  shoal::local_context bare(w.locals);
  REQUIRE(bare.open("", {}) == errc::ok);
  realm<Table> r(w, bare);
  CHECK(r->prototype_of(bare, object(point).address()).code() == errc::unbound);
  r->close(bare);
  bare.close();
}

REALM_CASE("a refusal is remembered with the host's error") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  {
    realm<Table> r(w, c);
    c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::refuse(900); };
    for (int i = 0; i < 3; ++i) {
      const prototype found = r->prototype_of(c, object(point).address());
      CHECK(found.code() == errc::refused);
      CHECK_FALSE(found);
    }
    CHECK(c.its.asked.size() == 1);
    CHECK(r->refusal(point) == 900);
    CHECK(r->bindings() == 0);
    CHECK(c.its.let_go.empty());
  }
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(c.its.let_go.size() == 1);
}

REALM_CASE("a refusal without an error has nothing to release") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  {
    realm<Table> r(w, c);
    c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::refuse(0); };
    CHECK(r->prototype_of(c, object(point).address()).code() == errc::refused);
    CHECK(r->refusal(point) == 0);
  }
  CHECK(c.its.let_go.empty());
}

REALM_CASE("a refusal ends with unbind or rebind, which let go of its error") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::refuse(900); };
  static_cast<void>(r->prototype_of(c, object(point).address()));
  std::uint64_t epoch = r->epoch();
  r->unbind(c, point);
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(r->epoch() != epoch);
  static_cast<void>(r->prototype_of(c, object(point).address()));
  epoch = r->epoch();
  CHECK(r->rebind(c, point, 100) == errc::ok);
  CHECK(c.its.times(900, released::refusal) == 2);
  CHECK(r->epoch() != epoch);
  CHECK(r->refusal(point) == 0);
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
}

REALM_CASE("a type can be bound over its refusal, whose error is still let go of, once") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  {
    realm<Table> r(w, c);
    std::uint64_t error_word = 900;
    c.its.resolve = [&](auto&, const resolve_request&) {
      return resolve_answer::refuse(error_word);
    };
    static_cast<void>(r->prototype_of(c, object(point).address()));
    const std::uint64_t epoch = r->epoch();
    CHECK(r->bind(point, 100) == errc::ok);
    CHECK(r->epoch() != epoch);
    CHECK(r->refusal(point) == 0);
    CHECK(r->prototype_of(c, object(point).address()).word() == 100);
    r->unbind(c, point);
    error_word = 901;
    CHECK(r->prototype_of(c, object(point).address()).code() == errc::refused);
    CHECK(r->refusal(point) == 901);
  }
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(c.its.times(901, released::refusal) == 1);
  CHECK(c.its.times(100, released::prototype) == 1);
  CHECK(c.its.let_go.size() == 3);
}

REALM_CASE(
    "an error that a binding has come over is let go of when the realm closes at the latest") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  {
    realm<Table> r(w, c);
    c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::refuse(900); };
    static_cast<void>(r->prototype_of(c, object(point).address()));
    CHECK(r->bind(point, 100) == errc::ok);
    CHECK(c.its.let_go.empty());
  }
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(c.its.times(100, released::prototype) == 1);
  CHECK(c.its.let_go.size() == 2);
}

REALM_CASE("a release hook may see another type refused in the realm that closes") {
  world w;
  const shoal::type point = w.declare("Point");
  const shoal::type line = w.declare("Line");
  context c(w);
  {
    realm<Table> r(w, c);
    c.its.resolve = [&](auto&, const resolve_request& asked) {
      return resolve_answer::refuse(asked.what == point ? 900 : 901);
    };
    static_cast<void>(r->prototype_of(c, object(point).address()));
    CHECK(r->bind(point, 100) == errc::ok);
    c.its.on_release = [&](auto& where, std::uint64_t word, released) {
      if (word != 900) return;
      CHECK(r->prototype_of(where, object(line).address()).code() == errc::refused);
      CHECK(r->refusal(line) == 901);
    };
  }
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(c.its.times(901, released::refusal) == 1);
  CHECK(c.its.let_go.size() == 3);
}

REALM_CASE("without memory for a refusal's error the type stays unbound and is asked for again") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(w.declare("Other"), 100) == errc::ok);  // a grown table asks for memory here
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::refuse(900); };
  w.space.memory.fail_at = 1;
  CHECK_FALSE(r->prototype_of(c, object(point).address()));
  CHECK(r->peek(point.index()).word() == prototype::unbound_word);
  CHECK(c.its.times(900, released::refusal) == 1);
  CHECK(r->prototype_of(c, object(point).address()).code() == errc::refused);
  CHECK(c.its.asked.size() == 2);
  CHECK(r->refusal(point) == 900);
}

REALM_CASE("no prototype is an answer that is remembered") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::no_prototype(); };
  for (int i = 0; i < 3; ++i) {
    const prototype found = r->prototype_of(c, object(point).address());
    CHECK_FALSE(found);
    CHECK(found.code() == errc::ok);
  }
  CHECK(c.its.asked.size() == 1);
  const std::uint64_t epoch = r->epoch();
  CHECK(r->bind(point, 100) == errc::ok);
  CHECK(r->epoch() != epoch);
}

REALM_CASE("pending leaves the type unbound, and it is asked for again") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::pending(); };
  CHECK(r->prototype_of(c, object(point).address()).code() == errc::pending);
  CHECK(r->prototype_of(c, object(point).address()).code() == errc::pending);
  CHECK(c.its.asked.size() == 2);
  CHECK(r->bind(point, 100) == errc::ok);  // loaded
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
}

REALM_CASE("a resolver that fails leaves the type unbound") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::failed(); };
  CHECK(r->prototype_of(c, object(point).address()).code() == errc::unbound);
  CHECK(r->peek(point.index()).word() == prototype::unbound_word);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::bind(100); };
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
}

REALM_CASE("a binding that a resolver makes itself counts as its answer") {
  const auto answers = {resolve_answer::failed(), resolve_answer::pending(),
                        resolve_answer::no_prototype(), resolve_answer::bind(100)};
  for (const resolve_answer& answer : answers) {
    world w;
    const shoal::type point = w.declare("Point");
    context c(w);
    {
      realm<Table> r(w, c);
      c.its.resolve = [&](auto&, const resolve_request& asked) {
        CHECK(asked.where.bind(asked.what, 100) == errc::ok);
        return answer;
      };
      CHECK(r->prototype_of(c, object(point).address()).word() == 100);
      CHECK(r->bindings() == 1);
      CHECK(c.its.let_go.empty());
    }
    CHECK(c.its.times(100, released::prototype) == 1);
    CHECK(c.its.let_go.size() == 1);
  }
}

REALM_CASE("an answer beside a binding made meanwhile is let go of, once") {
  world w;
  const shoal::type point = w.declare("Point");
  const shoal::type line = w.declare("Line");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto&, const resolve_request& asked) {
    CHECK(asked.where.bind(asked.what, 100 + asked.what.index()) == errc::ok);
    return asked.what == point ? resolve_answer::bind(500) : resolve_answer::refuse(900);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 100 + point.index());
  CHECK(r->prototype_of(c, object(line).address()).word() == 100 + line.index());
  CHECK(c.its.let_go == std::vector{std::pair(std::uint64_t{500}, released::prototype),
                                    std::pair(std::uint64_t{900}, released::refusal)});
}

REALM_CASE("a look-up from inside the type's own resolver answers resolving, to that caller only") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  realm<Table> other(w, c);
  c.its.resolve = [&](auto& where, const resolve_request& asked) {
    if (&asked.where == &*other) return resolve_answer::bind(200);
    const prototype nested = r->prototype_of(where, object(point).address());
    CHECK(nested.code() == errc::resolving);
    CHECK_FALSE(nested);
    CHECK(r->peek(point.index()).word() == prototype::unbound_word);
    // Another realm is another matter.
    CHECK(other->prototype_of(where, object(point).address()).word() == 200);
    return resolve_answer::bind(100);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
}

REALM_CASE("two types whose resolvers need each other are both bound") {
  world w;
  const shoal::type a = w.declare("A");
  const shoal::type b = w.declare("B");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto& where, const resolve_request& asked) {
    const bool is_a = asked.what == a;
    const prototype needed = r->prototype_of(where, object(is_a ? b : a).address());
    if (is_a) {
      CHECK(needed.word() == 200);
    } else {
      CHECK(needed.code() == errc::resolving);
    }
    return resolve_answer::bind(is_a ? 100 : 200);
  };
  CHECK(r->prototype_of(c, object(a).address()).word() == 100);
  CHECK(r->prototype_of(c, object(b).address()).word() == 200);
  CHECK(c.its.asked == std::vector{a.index(), b.index()});
}

REALM_CASE("another context that asks for a type being resolved is asked itself, not told so") {
  world w;
  const shoal::type point = w.declare("Point");
  context first(w);
  context second(w);
  {
    realm<Table> r(w, first);
    first.its.resolve = [&](auto&, const resolve_request&) {
      const prototype there = r->prototype_of(second, object(point).address());
      CHECK(there.word() == 200);
      return resolve_answer::bind(100);
    };
    second.its.resolve = [&](auto&, const resolve_request&) { return resolve_answer::bind(200); };
    CHECK(r->prototype_of(first, object(point).address()).word() == 200);
    CHECK(first.its.times(100, released::prototype) == 1);  // it came second
  }
  CHECK(first.its.times(200, released::prototype) == 1);
}

REALM_CASE(
    "a parent's resolver may look its child up, whose resolver is told that it is resolving") {
  world w;
  const shoal::type shape = w.declare("Shape");
  const shoal::type point = w.declare("Point", shape);
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto& where, const resolve_request& asked) {
    if (asked.what == point) {
      CHECK(asked.parent.code() == errc::resolving);
      return resolve_answer::bind(200);
    }
    CHECK(r->prototype_of(where, object(point).address()).word() == 200);
    return resolve_answer::bind(100);
  };
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
  CHECK(r->prototype_of(c, object(shape).address()).word() == 100);
  CHECK(c.its.asked == std::vector{shape.index(), point.index()});
}

REALM_CASE("a module that is loaded for one type may declare, bind and use others, however deep") {
  world w;
  context c(w);
  realm<Table> r(w, c);
  std::vector<shoal::type> made{w.declare("Outer")};
  c.its.resolve = [&](auto& where, const resolve_request& asked) {
    if (made.size() < 10) {
      // It loads another module, which declares a type of its own and is resolved right there.
      made.push_back(w.declare("Inner"));
      const shoal::type inner = made.back();
      CHECK(r->prototype_of(where, object(inner).address()).word() == 100 + inner.index());
      CHECK(r->prototype_of(where, object(made.front()).address()).code() == errc::resolving);
    }
    CHECK(r->bind(asked.what, 100 + asked.what.index()) == errc::ok);
    return resolve_answer::failed();  // what it has bound counts
  };
  CHECK(r->prototype_of(c, object(made.front()).address()).word() == 100 + made.front().index());
  CHECK(r->bindings() == 10);
  CHECK(c.its.asked.size() == 10);
}

REALM_CASE("a resolver that fails inside another's leaves only its own type unbound") {
  world w;
  const shoal::type a = w.declare("A");
  const shoal::type b = w.declare("B");
  context c(w);
  realm<Table> r(w, c);
  c.its.resolve = [&](auto& where, const resolve_request& asked) {
    if (asked.what == b) return resolve_answer::failed();
    CHECK(r->prototype_of(where, object(b).address()).code() == errc::unbound);
    return resolve_answer::bind(100);
  };
  CHECK(r->prototype_of(c, object(a).address()).word() == 100);
  CHECK(r->peek(b.index()).word() == prototype::unbound_word);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::bind(200); };
  CHECK(r->prototype_of(c, object(b).address()).word() == 200);
}

REALM_CASE("a second bind answers already_bound, and its word stays the caller's") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  const std::uint64_t epoch = r->epoch();
  CHECK(r->bind(point, 100) == errc::ok);
  CHECK(r->epoch() == epoch);  // unbound is never remembered
  CHECK(r->bind(point, 200) == errc::already_bound);
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
  CHECK(c.its.let_go.empty());
}

REALM_CASE("rebinding lets go of the old word and raises the epoch") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(point, 100) == errc::ok);
  const std::uint64_t epoch = r->epoch();
  CHECK(r->rebind(c, point, 200) == errc::ok);
  CHECK(r->epoch() != epoch);
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
  CHECK(c.its.times(100, released::prototype) == 1);
  CHECK(r->rebind(c, point, 200) == errc::ok);  // the same word: still held
  CHECK(c.its.let_go.size() == 1);
}

REALM_CASE("after unbind the resolver is asked again") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(point, 100) == errc::ok);
  const std::uint64_t epoch = r->epoch();
  r->unbind(c, point);
  CHECK(r->epoch() != epoch);
  CHECK(c.its.times(100, released::prototype) == 1);
  CHECK(r->bindings() == 0);
  c.its.resolve = [](auto&, const resolve_request&) { return resolve_answer::bind(200); };
  CHECK(r->prototype_of(c, object(point).address()).word() == 200);
}

REALM_CASE("bind_none says that there is no prototype") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  CHECK(r->bind(point, 100) == errc::ok);
  CHECK(r->bind_none(c, point) == errc::ok);
  CHECK(c.its.times(100, released::prototype) == 1);
  CHECK(r->prototype_of(c, object(point).address()).word() == prototype::none_word);
  CHECK(c.its.asked.empty());
}

REALM_CASE("a handle binds only with the right to, and only once") {
  world w;
  const shoal::type point = w.declare("Point");
  context c(w);
  realm<Table> r(w, c);
  using shoal::type_rights;
  const auto handle = [&](type_rights rights) {
    object made(shoal::builtin::type_handle, static_cast<std::uint32_t>(rights));
    shoal::write_type_handle(made.address(), point.index());
    return made;
  };
  CHECK(r->bind(shoal::reference(), 100) == errc::not_a_type);
  CHECK(r->bind(object(point).get(), 100) == errc::not_a_type);
  CHECK(r->bind(handle(type_rights::none).get(), 100) == errc::no_right);
  CHECK(r->bind(handle(type_rights::construct).get(), 100) == errc::no_right);
  CHECK(r->bind(handle(type_rights::bind).get(), 100) == errc::ok);
  CHECK(r->bind(handle(type_rights::all).get(), 200) == errc::already_bound);
  CHECK(r->prototype_of(c, object(point).address()).word() == 100);
}

REALM_CASE("a realm that closes lets go of each word once") {
  world w;
  context c(w);
  std::vector<shoal::type> types;
  {
    realm<Table> r(w, c);
    for (std::uint64_t i = 0; i < 100; ++i) {
      types.push_back(w.declare("T"));
      CHECK(r->bind(types.back(), 1000 + i) == errc::ok);
    }
    CHECK(r->bindings() == 100);
  }
  CHECK(c.its.let_go.size() == 100);
  for (std::uint64_t i = 0; i < 100; ++i) CHECK(c.its.times(1000 + i, released::prototype) == 1);
}

REALM_CASE("what release hooks bind while their realm closes is let go of too") {
  world w;
  const shoal::type first = w.declare("First");
  const shoal::type second = w.declare("Second");
  context c(w);
  {
    realm<Table> r(w, c);
    CHECK(r->bind(second, 200) == errc::ok);
    c.its.on_release = [&](auto&, std::uint64_t word, released) {
      if (word == 200) CHECK(r->bind(first, 100) == errc::ok);
    };
  }
  CHECK(c.its.times(200, released::prototype) == 1);
  CHECK(c.its.times(100, released::prototype) == 1);
}

REALM_CASE("of two contexts that resolve one type in one realm the first counts") {
  world w;
  context first(w);
  context second(w);
  std::vector<shoal::type> types;
  constexpr std::uint32_t rounds = 2000;
  for (std::uint32_t i = 0; i < rounds; ++i) types.push_back(w.declare("Raced"));
  std::uint64_t lost = 0;
  {
    realm<Table> r(w, first);
    std::atomic<std::uint32_t> at{0};
    std::vector<std::uint64_t> seen[2];
    const auto race = [&](context& c, std::uint64_t number) {
      c.its.resolve = [&, number](auto&, const resolve_request& asked) {
        return resolve_answer::bind((number + 1) * 1'000'000 + asked.what.index());
      };
      for (std::uint32_t i = 0; i < rounds; ++i) {
        ++at;
        while (at < 2 * (i + 1)) {
        }
        seen[number].push_back(r->prototype_of_type(c, types[i].index()).word());
      }
    };
    std::thread other([&] { race(second, 1); });
    race(first, 0);
    other.join();
    CHECK(seen[0] == seen[1]);  // both agree on every winner
    CHECK(r->bindings() == rounds);
    for (std::uint32_t i = 0; i < rounds; ++i) {
      const std::uint64_t winner = seen[0][i];
      const std::uint64_t a = 1'000'000 + types[i].index();
      const std::uint64_t b = 2'000'000 + types[i].index();
      CHECK((winner == a || winner == b));
    }
    lost = first.its.let_go.size() + second.its.let_go.size();
    CHECK(first.its.asked.size() + second.its.asked.size() == rounds + lost);
    for (const auto& each : first.its.let_go) {
      CHECK(first.its.times(each.first, released::prototype) == 1);
    }
    for (const auto& each : second.its.let_go) {
      CHECK(second.its.times(each.first, released::prototype) == 1);
    }
  }
  CHECK(first.its.let_go.size() + second.its.let_go.size() == rounds + lost);
}

REALM_CASE("contexts that refuse one type in one realm at once keep one error") {
  world w;
  context first(w);
  context second(w);
  constexpr std::uint32_t rounds = 500;
  std::vector<shoal::type> types;
  for (std::uint32_t i = 0; i < rounds; ++i) types.push_back(w.declare("Raced"));
  {
    realm<Table> r(w, first);
    std::atomic<std::uint32_t> at{0};
    const auto race = [&](context& c, std::uint64_t number) {
      c.its.resolve = [&, number](auto&, const resolve_request& asked) {
        return resolve_answer::refuse((number + 1) * 1'000'000 + asked.what.index());
      };
      for (std::uint32_t i = 0; i < rounds; ++i) {
        ++at;
        while (at < 2 * (i + 1)) {
        }
        CHECK(r->prototype_of_type(c, types[i].index()).code() == errc::refused);
      }
    };
    std::thread other([&] { race(second, 1); });
    race(first, 0);
    other.join();
    for (const shoal::type& each : types) {
      const std::uint64_t kept = r->refusal(each);
      CHECK((kept == 1'000'000 + each.index() || kept == 2'000'000 + each.index()));
    }
  }
  CHECK(first.its.let_go.size() + second.its.let_go.size() ==
        first.its.asked.size() + second.its.asked.size());
}
