// SPDX-License-Identifier: BSL-1.0

// Private graphs become shared ones: circles and what is reached twice are kept, and what cannot be
// shared is named by the path to it.

#include <cmath>
#include <deque>
#include <map>

#include "agent_world.hpp"
#include "foreign_encodings.hpp"

using agent_test::integer;
using agent_test::number;
using agent_test::text;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::errc;
using shoal::graph_item;
using shoal::graph_shape;
using shoal::local;
using shoal::reference;
using shoal::scope;

namespace {

// A runtime's private objects: records with named parts, and lists.
struct node {
  shoal::type as;
  std::map<text, graph_item> parts;
  std::deque<graph_item> elements;
  errc no_shape = errc::ok;
};

struct graph {
  std::deque<node> nodes;
  int shapes = 0;

  std::uint64_t add(shoal::type as) {
    nodes.push_back({as, {}, {}});
    return nodes.size();  // no object is number 0
  }
  node& operator[](std::uint64_t identity) { return nodes[identity - 1]; }

  shoal::result<graph_shape> shape_of(std::uint64_t identity) noexcept {
    ++shapes;
    node& it = (*this)[identity];
    if (it.no_shape != errc::ok) return shoal::error(it.no_shape, "a callback has no shape");
    return graph_shape{it.as, it.elements.size()};
  }
  graph_item field_of(std::uint64_t identity, const shoal::field_entry& field) noexcept {
    const auto& parts = (*this)[identity].parts;
    const auto found = parts.find(field.key.what == shoal::field_key::form::name
                                      ? text(field.key.name)
                                      : std::to_string(field.key.number));
    return found == parts.end() ? graph_item::of_leaf({}) : found->second;
  }
  graph_item element_of(std::uint64_t identity, std::uint64_t index) noexcept {
    return (*this)[identity].elements[index];
  }
  void describe(char* out, std::size_t room) noexcept { std::snprintf(out, room, "a function"); }
};
static_assert(shoal::graph_source<graph>);

graph_item leaf(const datum& what) { return graph_item::of_leaf(what); }
graph_item to(std::uint64_t identity) { return graph_item::of_node(identity); }

template <class E = shoal::nan_box>
struct sharing {
  world w;
  agent_test::host its;
  attachment here;
  agent& me = *here;
  scope s{me};
  graph from;
  shoal::type pair = me.declare("Pair", {{"value", shoal::any}, {"next", shoal::any}}).value();
  shoal::type list = me.type_at(shoal::builtin::array_of(shoal::any));

  explicit sharing(std::uint64_t trace_every = agent_test::trace_every())
      : w(shoal::cluster_options{.words = E::data}),
        here((w->debug_trace_every(trace_every), w.attach({.hooks = its.hooks()}))) {}

  shoal::result<local> share(std::uint64_t root) {
    return shoal::share_graph<E>(me, s, from, root);
  }
  datum part(const reference& of, const char* name) {
    return me.template get<E>(of, me.type_of_object(of).field(name).value());
  }
  datum at(const reference& of, std::uint64_t index) {
    shoal::element_place place;
    REQUIRE(me.element(of, index, place) == errc::ok);
    return me.template get<E>(place);
  }
  // The sentence of a graph that cannot be shared.
  text complaint(std::uint64_t root, errc code) {
    const auto refused = share(root);
    REQUIRE_FALSE(refused);
    CHECK(refused.code() == code);
    return refused.error().message();
  }
};

#define ENCODINGS foreign::pointer_box, foreign::low_bits, shoal::nan_box

}  // namespace

TEST_CASE_TEMPLATE("a graph keeps its circles, and what is reached twice is one object", E,
                   ENCODINGS) {
  sharing<E> g;
  const std::uint64_t a = g.from.add(g.pair);
  const std::uint64_t b = g.from.add(g.pair);
  const std::uint64_t both = g.from.add(g.list);
  g.from[a].parts = {{"value", to(both)}, {"next", to(b)}};
  g.from[b].parts = {{"value", leaf(integer(7))}, {"next", to(a)}};
  g.from[both].elements = {to(a), to(b), to(both), leaf(number(0.5)), to(b)};
  const local root = g.share(a).value();
  static_cast<void>(g.me.debug_trace());
  CHECK(g.from.shapes == 3);  // each was asked about once
  CHECK(root.get().type_index() == g.pair.index());
  void* const shared_b = g.part(root, "next").object;
  void* const shared_both = g.part(root, "value").object;
  CHECK(g.part(reference(shared_b), "next").object == root.get().address());
  CHECK(shoal::same_datum(g.part(reference(shared_b), "value"), integer(7)));
  CHECK(g.at(reference(shared_both), 0).object == root.get().address());
  CHECK(g.at(reference(shared_both), 1).object == shared_b);
  CHECK(g.at(reference(shared_both), 2).object == shared_both);
  CHECK(shoal::same_datum(g.at(reference(shared_both), 3), number(0.5)));
  CHECK(g.at(reference(shared_both), 4).object == shared_b);
}

TEST_CASE_TEMPLATE("leaves of every form are shared in the cluster's words", E, ENCODINGS) {
  sharing<E> g;
  const local string = g.me.make_string(g.s, "text").value();
  const datum all[] = {datum::undefined(),
                       datum::null(),
                       datum::of(true),
                       integer(-1),
                       integer(std::int64_t{1} << 60),
                       datum::of(~std::uint64_t{0}),
                       number(0.1),
                       number(-0.0),
                       number(std::bit_cast<double>(std::uint64_t{0xfffa'1234'5678'9ab8})),
                       agent_test::object(string)};
  const std::uint64_t root = g.from.add(g.list);
  for (const datum& each : all) g.from[root].elements.push_back(leaf(each));
  const local shared = g.share(root).value();
  static_cast<void>(g.me.debug_trace());
  for (std::size_t i = 0; i < std::size(all); ++i) {
    CAPTURE(i);
    CHECK(shoal::same_datum(g.at(shared, i), all[i]));
  }
  CHECK(g.me.debug_verify().sound());
}

TEST_CASE("a list of 100,000 nodes needs no recursion, and neither does the path to its end") {
  sharing<> g(0);
  constexpr std::uint64_t length = 100'000;
  const std::uint64_t first = g.from.add(g.pair);
  for (std::uint64_t i = 1; i < length; ++i) {
    const std::uint64_t next = g.from.add(g.pair);
    g.from[next - 1].parts = {{"value", leaf(integer(static_cast<std::int64_t>(i)))},
                              {"next", to(next)}};
  }
  node& last = g.from.nodes.back();
  last.parts = {{"next", to(first)}};
  {
    const local root = g.share(first).value();
    reference at = root;
    for (std::uint64_t i = 1; i < length; ++i) {
      if (g.part(at, "value").integer != static_cast<std::int64_t>(i)) FAIL("another value");
      at = reference(g.part(at, "next").object);
    }
    CHECK(g.part(at, "next").object == root.get().address());
  }
  last.parts = {{"value", graph_item::unshareable()}};
  const text why = g.complaint(first, errc::unshared_value);
  CHECK(why.starts_with("....next.next"));
  CHECK(why.ends_with(".next.next.value: a function cannot be shared"));
}

TEST_CASE("what cannot be shared is named by the path to it, in the runtime's own words") {
  sharing<> g;
  const std::uint64_t root = g.from.add(g.pair);
  const std::uint64_t children = g.from.add(g.list);
  const std::uint64_t child = g.from.add(g.pair);
  g.from[root].parts = {{"value", leaf(integer(1))}, {"next", to(children)}};
  g.from[children].elements = {to(root), leaf(datum::null()), to(child)};
  g.from[child].parts = {{"value", graph_item::unshareable()}};
  CHECK(g.complaint(root, errc::unshared_value) ==
        "root.next[2].value: a function cannot be shared");
  g.from[children].elements[1] = graph_item::unshareable();
  CHECK(g.complaint(root, errc::unshared_value) == "root.next[1]: a function cannot be shared");
  g.from[root].parts["value"] = leaf(agent_test::unshared(42));
  CHECK(g.complaint(root, errc::unshared_value) == "root.value: function 42 cannot be shared");
  static_cast<void>(g.me.debug_trace());
}

TEST_CASE("a node without a shape, and one without a name, are named by the path too") {
  sharing<> g;
  const shoal::type numbered =
      g.me.declare("Numbered", {{shoal::field_key::of_integer(17), shoal::any}}).value();
  const std::uint64_t root = g.from.add(numbered);
  const std::uint64_t callback = g.from.add(g.pair);
  g.from[root].parts = {{"17", to(callback)}};
  g.from[callback].no_shape = errc::unshared_value;
  CHECK(g.complaint(root, errc::unshared_value) == "root.17: a callback has no shape");
  CHECK(g.complaint(callback, errc::unshared_value) == "root: a callback has no shape");
}

TEST_CASE("what a field does not take is an error with the path and the field's own reason") {
  sharing<> g;
  const shoal::type strict =
      g.me.declare("Strict", {{"small", shoal::i8},
                              {"fixed", shoal::f64, true},
                              shoal::field_spec{"pair", shoal::ref}.of(g.pair)})
          .value();
  const std::uint64_t root = g.from.add(strict);
  const std::uint64_t pair = g.from.add(g.pair);
  const auto with = [&](const graph_item& small, const graph_item& linked) {
    g.from[root].parts = {{"small", small}, {"fixed", leaf(number(2.5))}, {"pair", linked}};
    return root;
  };
  CHECK(g.complaint(with(leaf(integer(128)), to(pair)), errc::out_of_range) ==
        "root.small: out_of_range");
  CHECK(g.complaint(with(leaf(datum::null()), to(pair)), errc::wrong_kind) ==
        "root.small: wrong_kind");
  CHECK(g.complaint(with(leaf(integer(1)), to(root)), errc::wrong_type) == "root.pair: wrong_type");
  const local shared = g.share(with(leaf(integer(127)), to(pair))).value();
  CHECK(g.part(shared, "small").integer == 127);
  CHECK(g.part(shared, "fixed").number == 2.5);  // const fields are set as at any creation
}

TEST_CASE("long names do not push the reason out of the sentence") {
  sharing<> g;
  const text name(300, 'n');
  const shoal::type wordy = g.me.declare("Wordy", {{std::string_view(name), shoal::any}}).value();
  const std::uint64_t root = g.from.add(wordy);
  const std::uint64_t inner = g.from.add(wordy);
  g.from[root].parts = {{name, to(inner)}};
  g.from[inner].parts = {{name, graph_item::unshareable()}};
  const text why = g.complaint(root, errc::unshared_value);
  CHECK(why.starts_with("....nnn"));
  CHECK(why.ends_with("nnn: a function cannot be shared"));
}

TEST_CASE("sharing that is forbidden shares no graph") {
  sharing<> g;
  const std::uint64_t root = g.from.add(g.pair);
  g.w->forbid_sharing();
  CHECK(g.share(root).code() == errc::sharing_forbidden);
}

TEST_CASE("when the n-th request fails no part of a graph is left") {
  for (const bool of_pages : {false, true}) {
    for (std::int64_t n = 0;; ++n) {
      CAPTURE(n);
      world w;
      w->debug_trace_every(0);
      attachment here = w.attach();
      agent& me = *here;
      graph from;
      const shoal::type pair =
          me.declare("Pair", {{"value", shoal::any}, {"next", shoal::any}}).value();
      std::uint64_t before = from.add(pair);
      const std::uint64_t root = before;
      for (int i = 0; i < 300; ++i) {
        const std::uint64_t next = from.add(pair);
        from[before].parts = {{"value", leaf(integer(std::int64_t{1} << 40))}, {"next", to(next)}};
        before = next;
      }
      from[before].parts = {
          {"next", to(from.add(me.type_at(shoal::builtin::array_of(shoal::u8))))}};
      from.nodes.back().elements.resize(20'000, leaf(integer(1)));
      auto& memory = of_pages ? w.pages : w.metadata;
      memory.fail_at = memory.requests + n;
      bool done = false;
      {
        scope s(me);
        const auto shared = shoal::share_graph(me, s, from, root);
        done = shared.has_value();
        if (!done) CHECK(shared.code() == errc::out_of_memory);
        CHECK(me.account().scope_slots <= 1);
      }
      CHECK(me.debug_trace().live_objects == 0);
      if (done) {
        CHECK(n > (of_pages ? 1 : 5));
        break;
      }
    }
  }
}
