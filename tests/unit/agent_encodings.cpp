// SPDX-License-Identifier: BSL-1.0

// Clusters in the words of other runtimes, and an agent that translates.

#include <cmath>
#include <limits>

#include "agent_world.hpp"
#include "foreign_encodings.hpp"

using agent_test::integer;
using agent_test::number;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::errc;
using shoal::local;
using shoal::scope;

namespace {

template <class E>
struct cluster_of {
  world w{shoal::cluster_options{.words = E::data}};
  attachment here = w.attach();
  agent& me = *here;
  shoal::type node = me.declare("Node", {{"value", shoal::any},
                                         {"number", shoal::f64},
                                         {"next", shoal::any},
                                         {"fixed", shoal::any, true},
                                         {"link", shoal::ref}})
                         .value();
  shoal::field value = node.field("value").value();
  shoal::field next = node.field("next").value();
  shoal::typed_field<shoal::basic_value<E>> word =
      shoal::typed<shoal::basic_value<E>>(node, "value").value();
};

}  // namespace

#define FOREIGN foreign::pointer_box, foreign::low_bits, shoal::nan_box

TEST_CASE_TEMPLATE("every any field of a fresh object is undefined, in the cluster's words", E,
                   FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local n = c.me.create(s, c.node).value();
  for (const char* name : {"value", "next", "fixed"}) {
    const shoal::field where = c.node.field(name).value();
    CHECK(c.me.template get<E>(n, where).what == datum::form::undefined);
  }
  CHECK(c.me.template get<E>(n, c.node.field("link").value()).what == datum::form::null);
  CHECK(c.me.template load<shoal::basic_value<E>>(n, c.value).is_undefined());
  const shoal::reference raw = c.me.try_create(c.node);
  CHECK(c.me.load(raw, c.word).word() == E::data.undefined);
}

TEST_CASE_TEMPLATE("every element of a fresh array of any is undefined", E, FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local a = c.me.create_array(s, shoal::any, 100).value();
  for (std::uint64_t i = 0; i < 100; ++i) {
    shoal::element_place place;
    REQUIRE(c.me.element(a, i, place) == errc::ok);
    CHECK(c.me.template get<E>(place).what == datum::form::undefined);
  }
}

TEST_CASE_TEMPLATE("values of every form go in and come out", E, FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local n = c.me.create(s, c.node).value();
  const local text = c.me.make_string(s, "text").value();
  const auto keeps = [&](const datum& what) {
    REQUIRE(c.me.template set<E>(n, c.value, what) == errc::ok);
    static_cast<void>(c.me.debug_trace());
    return shoal::same_datum(c.me.template get<E>(n, c.value), what);
  };
  using doubles = std::numeric_limits<double>;
  for (const double each :
       {0.0, -0.0, 1.0, -1.0, 0.1, doubles::infinity(), -doubles::infinity(), doubles::quiet_NaN(),
        doubles::denorm_min(), doubles::max(), 0x1p31, -0x1p31, 0x1p53, 2147483647.5}) {
    CHECK(keeps(number(each)));
  }
  for (const std::int64_t each :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 31, (std::int64_t{1} << 31) - 1,
        -(std::int64_t{1} << 31), (std::int64_t{1} << 53) + 1,
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    CHECK(keeps(integer(each)));
  }
  CHECK(keeps(datum::of(std::numeric_limits<std::uint64_t>::max())));
  CHECK(keeps(datum::of(true)));
  CHECK(keeps(datum::of(false)));
  CHECK(keeps(datum::null()));
  CHECK(keeps(datum::undefined()));
  CHECK(keeps(agent_test::object(text)));
}

// NaNs whose bits, taken as a word, would be a reference, or an agent's own, in one encoding or
// another.
namespace {
std::vector<double> nans_that_look_like(const shoal::reference& object) {
  std::vector<double> all;
  for (const std::uint64_t sign : {std::uint64_t{0}, std::uint64_t{1} << 63}) {
    for (std::uint64_t top = 0; top < 16; ++top) {
      for (const std::uint64_t tag : {0, 1, 3, 4}) {
        const std::uint64_t payload = (object.bits() & 0x0000'ffff'ffff'ffff) | tag;
        all.push_back(std::bit_cast<double>(sign | 0x7ff0'0000'0000'0000 | top << 48 | payload));
      }
    }
  }
  return all;
}
}  // namespace

TEST_CASE_TEMPLATE("no NaN becomes a reference, whatever its bits and by whatever way", E,
                   FOREIGN) {
  cluster_of<E> c;
  agent& me = c.me;
  scope s(me);
  const local n = me.create(s, c.node).value();
  const local values = me.create_array(s, shoal::any, 3).value();
  const local doubles = me.create_array(s, shoal::f64, 3).value();
  const auto raw = shoal::typed<double>(c.node, "number").value();
  const shoal::field number_field = c.node.field("number").value();
  shoal::element_place any_place;
  shoal::element_place double_place;
  REQUIRE(me.element(values, 1, any_place) == errc::ok);
  REQUIRE(me.element(doubles, 1, double_place) == errc::ok);
  datum seen;
  const auto is_nan = [](const datum& what) {
    return what.what == datum::form::number && std::isnan(what.number);
  };
  const auto empty = [&] {
    REQUIRE(me.template set<E>(n, c.value, datum::undefined()) == errc::ok);
    REQUIRE(me.template set<E>(any_place, datum::undefined()) == errc::ok);
  };
  for (const double each : nans_that_look_like(n)) {
    // Into an f64 from outside, as its owner may; and from there into any.
    me.store(n, raw, each);
    shoal::store_scalar(shoal::elements<double>(doubles.get().address())[1], each);
    for (const datum& from :
         {me.template get<E>(n, number_field), me.template get<E>(double_place), number(each)}) {
      empty();
      REQUIRE(me.template set<E>(n, c.value, from) == errc::ok);
      CHECK(is_nan(me.template get<E>(n, c.value)));
      REQUIRE(me.template exchange<E>(n, c.value, from, seen) == errc::ok);
      CHECK(is_nan(seen));
      REQUIRE(me.template compare_exchange<E>(n, c.value, from, from, seen) == errc::ok);
      CHECK(is_nan(me.template get<E>(n, c.value)));
      REQUIRE(me.template set<E>(any_place, from) == errc::ok);
      REQUIRE(me.template exchange<E>(any_place, from, seen) == errc::ok);
      CHECK(is_nan(seen));
      REQUIRE(me.template fill<E>(values, 0, 3, from) == errc::ok);
      CHECK(is_nan(me.template get<E>(any_place)));
      scope inner(me);
      const shoal::field_value initial[] = {{c.next, from}};
      const local made = me.template create<E>(inner, c.node, initial).value();
      CHECK(is_nan(me.template get<E>(made, c.next)));
    }
    empty();
    if constexpr (!std::is_same_v<E, foreign::low_bits>) {  // which has no words for doubles
      REQUIRE(me.store(n, c.word, shoal::basic_value<E>(each)) == errc::ok);
      CHECK(is_nan(me.template get<E>(n, c.value)));
    }
  }
  me.store(n, raw, 0.0);
  CHECK(me.debug_verify().sound());
}

TEST_CASE_TEMPLATE("a word of an agent's own is refused by whatever way, with nothing written", E,
                   FOREIGN) {
  cluster_of<E> c;
  agent& me = c.me;
  scope s(me);
  const local n = me.create(s, c.node).value();
  using value = shoal::basic_value<E>;
  const value own = value::of_word(E::from_local(77));
  const datum own_datum = shoal::decode<E>(own.word());
  REQUIRE(own_datum.what == datum::form::local);
  CHECK(me.store(n, c.word, value(std::int32_t{5})) == errc::ok);
  CHECK(me.store(n, c.word, own) == errc::unshared_value);
  CHECK(me.store(n, c.value, own) == errc::unshared_value);
  CHECK(me.store(n, c.word, own, shoal::seq_cst) == errc::unshared_value);
  value old;
  CHECK(me.exchange(n, c.word, own, old) == errc::unshared_value);
  value expected(std::int32_t{5});
  CHECK(me.compare_exchange(n, c.word, expected, own) == errc::unshared_value);
  datum seen;
  const shoal::field link = c.node.field("link").value();
  for (const shoal::field& where : {c.value, link, c.node.field("number").value()}) {
    const datum before = me.template get<E>(n, where);
    CHECK(me.template set<E>(n, where, own_datum) == errc::unshared_value);
    CHECK(me.template exchange<E>(n, where, own_datum, seen) == errc::unshared_value);
    CHECK(me.template compare_exchange<E>(n, where, before, own_datum, seen) ==
          errc::unshared_value);
    CHECK(me.template initialise<E>(n, where, own_datum) == errc::unshared_value);
    CHECK(shoal::same_datum(me.template get<E>(n, where), before));
  }
  CHECK(me.load(n, c.word) == value(std::int32_t{5}));
  for (const shoal::field_kind kind : {shoal::any, shoal::ref, shoal::i32}) {
    const local array = me.create_array(s, kind, 3).value();
    shoal::element_place place;
    REQUIRE(me.element(array, 1, place) == errc::ok);
    const datum before = me.template get<E>(place);
    CHECK(me.template set<E>(place, own_datum) == errc::unshared_value);
    CHECK(me.template exchange<E>(place, own_datum, seen) == errc::unshared_value);
    CHECK(me.template compare_exchange<E>(place, before, own_datum, seen) == errc::unshared_value);
    CHECK(me.template fill<E>(array, 0, 3, own_datum) == errc::unshared_value);
    for (std::uint64_t i = 0; i < 3; ++i) {
      REQUIRE(me.element(array, i, place) == errc::ok);
      CHECK(shoal::same_datum(me.template get<E>(place), before));
    }
  }
  const shoal::field_value initial[] = {{c.next, integer(1)}, {c.value, own_datum}};
  const auto refused = me.template create<E>(s, c.node, initial);
  REQUIRE_FALSE(refused);
  CHECK(refused.code() == errc::unshared_value);
  CHECK(agent_test::text(refused.error().message()) ==
        "field 'value' of Node cannot hold an unshared value: it is not shared");
}

TEST_CASE_TEMPLATE("compare_exchange is by value", E, FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local n = c.me.create(s, c.node).value();
  datum seen;
  REQUIRE(c.me.template set<E>(n, c.value, integer(7)) == errc::ok);
  CHECK(c.me.template compare_exchange<E>(n, c.value, number(7.0), number(1.5), seen) == errc::ok);
  CHECK(shoal::same_datum(seen, integer(7)));
  CHECK(c.me.template compare_exchange<E>(n, c.value, number(2.5), integer(0), seen) ==
        errc::not_equal);
  CHECK(shoal::same_datum(seen, number(1.5)));
  CHECK(c.me.template compare_exchange<E>(n, c.value, number(1.5), integer(0), seen) == errc::ok);
  CHECK(c.me.template compare_exchange<E>(n, c.value, number(-0.0), integer(1), seen) ==
        errc::not_equal);
  datum old;
  CHECK(c.me.template exchange<E>(n, c.value, datum::null(), old) == errc::ok);
  CHECK(shoal::same_datum(old, integer(0)));
}

TEST_CASE_TEMPLATE("create and fill write the cluster's words", E, FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local text = c.me.make_string(s, "text").value();
  const shoal::field fixed = c.node.field("fixed").value();
  const shoal::field_value initial[] = {{c.value, number(0.5)}, {fixed, agent_test::object(text)}};
  const local n = c.me.template create<E>(s, c.node, initial).value();
  CHECK(shoal::same_datum(c.me.template get<E>(n, c.value), number(0.5)));
  CHECK(c.me.template get<E>(n, fixed).object == text.get().address());
  CHECK(c.me.template get<E>(n, c.next).what == datum::form::undefined);
  const local a = c.me.create_array(s, shoal::any, 10'000).value();
  CHECK(c.me.template fill<E>(a, 1, 9'999, integer(std::int64_t{1} << 40)) == errc::ok);
  static_cast<void>(c.me.debug_trace());
  shoal::element_place place;
  REQUIRE(c.me.element(a, 9'999, place) == errc::ok);
  CHECK(shoal::same_datum(c.me.template get<E>(place), integer(std::int64_t{1} << 40)));
  REQUIRE(c.me.element(a, 0, place) == errc::ok);
  CHECK(c.me.template get<E>(place).what == datum::form::undefined);
}

TEST_CASE_TEMPLATE("the tracer follows the cluster's references", E, FOREIGN) {
  cluster_of<E> c;
  scope s(c.me);
  const local head = c.me.create(s, c.node).value();
  {
    scope inner(c.me);
    local at = inner.hold(head);
    for (std::int64_t i = 0; i < 50; ++i) {
      scope each(c.me);
      const local fresh = c.me.create(each, c.node).value();
      REQUIRE(c.me.template set<E>(fresh, c.value, integer(i)) == errc::ok);
      REQUIRE(c.me.template set<E>(at, c.next, agent_test::object(fresh)) == errc::ok);
      at.set(fresh);
    }
  }
  CHECK(c.me.debug_trace().live_objects == 51);
  CHECK(c.me.debug_verify().sound());
  local at = s.hold(head);
  for (std::int64_t i = 0; i < 50; ++i) {
    const datum next = c.me.template get<E>(at, c.next);
    REQUIRE(next.what == datum::form::reference);
    at.set(shoal::reference(next.object));
    CHECK(shoal::same_datum(c.me.template get<E>(at, c.value), integer(i)));
  }
}

// An agent whose runtime has pointer_box words, in a cluster of nan_box words.
namespace {
struct pointer_box_in_nan_box {
  using shared = shoal::nan_box;
  using own = foreign::pointer_box;
  template <class From, class To>
  static constexpr std::uint64_t turn(std::uint64_t word) noexcept {
    switch (From::kind_of(word)) {
      case shoal::value_kind::undefined:
        return To::data.undefined;
      case shoal::value_kind::null:
        return To::data.null;
      case shoal::value_kind::boolean:
        return To::from_bool(From::to_bool(word));
      case shoal::value_kind::int32:
        return To::from_int32(From::to_int32(word));
      case shoal::value_kind::float64:
        return To::from_double(From::to_double(word));
      case shoal::value_kind::reference:
        return To::from_reference(
            From::data.address_of(word),
            shoal::header_of(reinterpret_cast<const void*>(From::data.address_of(word)))
                    .type_index.get() == shoal::builtin::string);
      default:
        return To::from_local(word >> 3);
    }
  }
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return turn<own, shared>(word); }
  static std::uint64_t to_own(std::uint64_t word) noexcept { return turn<shared, own>(word); }
};
}  // namespace

TEST_CASE("an agent of another runtime translates at every load and store") {
  world w;
  attachment here = w.attach_parked();
  attachment there = w.attach_parked();
  using own = foreign::pointer_box;
  shoal::type node;
  shoal::typed_field<shoal::value> value;
  shoal::handle kept;
  {
    const shoal::entered in(*here);
    node = here->declare("Node", {{"value", shoal::any}}).value();
    value = shoal::typed<shoal::value>(node, "value").value();
    scope s(*here);
    kept = shoal::handle(*here, here->create(s, node).value());
  }
  {
    const shoal::entered in(*there);
    const shoal::translated<pointer_box_in_nan_box> words(*there);
    scope s(*there);
    const local n = s.hold(kept.get(*there));
    CHECK(words.load(n, value) == own::data.undefined);
    for (const std::uint64_t word :
         {own::from_int32(-5), own::from_double(0.5), own::from_bool(true), own::data.null,
          own::from_double(-0.0), own::from_reference(n.get().bits(), false)}) {
      CHECK(words.store(n, value, word) == errc::ok);
      CHECK(words.load(n, value) == word);
    }
    CHECK(words.store(n, value, own::from_int32(7)) == errc::ok);
    CHECK(words.store(n, value, own::from_local(9)) == errc::unshared_value);
    std::uint64_t expected = own::from_double(7.0);
    CHECK(words.compare_exchange(n, value, expected, own::from_int32(8)) == errc::ok);
    CHECK(expected == own::from_int32(7));
    expected = own::from_local(9);
    CHECK(words.compare_exchange(n, value, expected, own::from_int32(9)) == errc::not_equal);
    std::uint64_t old = 0;
    CHECK(words.exchange(n, value, own::from_int32(40), old) == errc::ok);
    CHECK(old == own::from_int32(8));
  }
  const shoal::entered in(*here);
  CHECK(here->load(kept.get(*here), value) == shoal::value(std::int32_t{40}));
  kept.reset();
}

TEST_CASE("an agent that translates reaches arrays, graphs and every other kind by datums") {
  world w;
  attachment there = w.attach();
  agent& me = *there;
  using own = foreign::pointer_box;
  using shared = shoal::nan_box;
  scope s(me);
  // Its own words on either side; between them the cluster's.
  const auto in = [](std::uint64_t word) { return shoal::decode<own>(word); };
  const auto out = [](const datum& what) {
    std::uint64_t word = 0;
    const errc done = shoal::encode<own>(what, word, [](auto...) { return nullptr; });
    return done == errc::ok ? word : own::from_local(0);
  };
  const local text = me.make_string(s, "text").value();
  const std::uint64_t words[] = {own::data.undefined,
                                 own::data.null,
                                 own::from_bool(true),
                                 own::from_int32(-7),
                                 own::from_double(0.25),
                                 own::from_double(std::nan("")),
                                 own::from_reference(text.get().bits(), true)};
  const local array = me.create_array(s, shoal::any, 4).value();
  shoal::element_place place;
  datum seen;
  for (const std::uint64_t word : words) {
    REQUIRE(me.element(array, 2, place) == errc::ok);
    REQUIRE(me.set(place, in(word)) == errc::ok);
    CHECK(out(me.get(place)) == word);
    REQUIRE(me.exchange(place, datum::null(), seen) == errc::ok);
    CHECK(out(seen) == word);
    REQUIRE(me.compare_exchange(place, datum::null(), in(word), seen) == errc::ok);
    REQUIRE(me.fill(array, 0, 4, in(word)) == errc::ok);
    REQUIRE(me.element(array, 3, place) == errc::ok);
    CHECK(out(me.get(place)) == word);
    // What is stored is in the cluster's words.
    std::uint64_t expected = 0;
    REQUIRE(shoal::encode<shared>(in(word), expected, [](auto...) { return nullptr; }) == errc::ok);
    CHECK(shoal::load_any(shoal::elements<std::uint64_t>(array.get().address())[0]) == expected);
  }
  CHECK(me.set(place, in(own::from_local(9))) == errc::unshared_value);
  CHECK(me.fill(array, 0, 4, in(own::from_local(9))) == errc::unshared_value);

  struct list {
    shoal::type as;
    std::span<const std::uint64_t> words;
    shoal::result<shoal::graph_shape> shape_of(std::uint64_t) noexcept {
      return shoal::graph_shape{as, words.size() + 1};
    }
    shoal::graph_item field_of(std::uint64_t, const shoal::field_entry&) noexcept { return {}; }
    shoal::graph_item element_of(std::uint64_t node, std::uint64_t index) noexcept {
      if (index == words.size()) return shoal::graph_item::of_node(node);
      return shoal::graph_item::of_leaf(shoal::decode<own>(words[index]));
    }
    void describe(char*, std::size_t) noexcept {}
  } from{me.type_of_object(array), words};
  const local graph = shoal::share_graph(me, s, from, 1).value();
  for (std::size_t i = 0; i < std::size(words); ++i) {
    REQUIRE(me.element(graph, i, place) == errc::ok);
    CHECK(out(me.get(place)) == words[i]);
  }
  REQUIRE(me.element(graph, std::size(words), place) == errc::ok);
  CHECK(me.get(place).object == graph.get().address());
}
