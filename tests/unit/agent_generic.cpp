// SPDX-License-Identifier: BSL-1.0

// Generic access: what an interpreter's obj[name] does. Conversions, ranges, SameValue, and what
// goes wrong in words.

#include <cmath>
#include <limits>

#include "agent_world.hpp"

using agent_test::integer;
using agent_test::number;
using agent_test::object;
using agent_test::text;
using agent_test::unshared;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::errc;
using shoal::field_kind;
using shoal::local;
using shoal::scope;

namespace {

constexpr std::int64_t i64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t i64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t u64_max = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t beyond_double = (std::int64_t{1} << 53) + 1;

// An object with a field of each kind, named as the kind.
struct generic {
  world w;
  agent_test::host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  shoal::type all = me.declare("All", {{"any", shoal::any},
                                       {"ref", shoal::ref},
                                       {"bool", shoal::boolean},
                                       {"i8", shoal::i8},
                                       {"i16", shoal::i16},
                                       {"i32", shoal::i32},
                                       {"i64", shoal::i64},
                                       {"u8", shoal::u8},
                                       {"u16", shoal::u16},
                                       {"u32", shoal::u32},
                                       {"u64", shoal::u64},
                                       {"f32", shoal::f32},
                                       {"f64", shoal::f64},
                                       {"v128", shoal::v128}})
                        .value();
  scope s{me};
  local o = me.create(s, all).value();

  [[nodiscard]] shoal::field at(const char* name) const { return all.field(name).value(); }
  errc set(const char* name, const datum& what) { return me.set(o, at(name), what); }
  datum get(const char* name) { return me.get(o, at(name)); }
  // Whether a store and a load give the same value back.
  bool keeps(const char* name, const datum& what) {
    return set(name, what) == errc::ok && shoal::same_datum(get(name), what);
  }
  // Whether a store is refused as `code`, by every way in, with nothing written.
  bool refuses(const char* name, const datum& what, errc code) {
    const datum before = get(name);
    datum seen;
    const bool all_refuse = set(name, what) == code &&
                            me.exchange(o, at(name), what, seen) == code &&
                            me.compare_exchange(o, at(name), before, what, seen) == code;
    return all_refuse && shoal::same_datum(get(name), before);
  }
  // What compare_exchange says when the field holds `held`.
  errc cas(const char* name, const datum& held, const datum& expected) {
    REQUIRE(set(name, held) == errc::ok);
    datum seen;
    const errc done = me.compare_exchange(o, at(name), expected, datum::null(), seen);
    CHECK(shoal::same_datum(seen, held));
    CHECK(shoal::same_datum(get(name), done == errc::ok ? datum::null() : held));
    return done;
  }
};

struct range {
  const char* name;
  std::int64_t least;
  std::int64_t greatest;
};
constexpr range small_integers[] = {
    {"i8", -128, 127},         {"i16", -32768, 32767}, {"i32", -2147483648LL, 2147483647LL},
    {"i64", i64_min, i64_max}, {"u8", 0, 255},         {"u16", 0, 65535},
    {"u32", 0, 4294967295LL},  {"u64", 0, i64_max}};

}  // namespace

TEST_CASE("a fresh object's fields are undefined, null, false and zero") {
  generic g;
  CHECK(g.get("any").what == datum::form::undefined);
  CHECK(g.get("ref").what == datum::form::null);
  CHECK(shoal::same_datum(g.get("bool"), datum::of(false)));
  for (const range& each : small_integers) CHECK(shoal::same_datum(g.get(each.name), integer(0)));
  CHECK(shoal::same_datum(g.get("f32"), number(0)));
  CHECK(shoal::same_datum(g.get("f64"), number(0)));
  CHECK(shoal::same_datum(g.get("v128"), datum::of(shoal::vec128{0, 0})));
}

TEST_CASE("integer fields take what is in their range, and nothing else") {
  generic g;
  for (const range& each : small_integers) {
    CAPTURE(each.name);
    CHECK(g.keeps(each.name, integer(each.least)));
    CHECK(g.keeps(each.name, integer(each.greatest)));
    CHECK(g.keeps(each.name, integer(1)));
    if (each.least > i64_min) {
      CHECK(g.refuses(each.name, integer(each.least - 1), errc::out_of_range));
    }
    if (each.greatest < i64_max) {
      CHECK(g.refuses(each.name, integer(each.greatest + 1), errc::out_of_range));
    }
  }
  CHECK(g.keeps("u64", datum::of(u64_max)));
  CHECK(g.refuses("i64", datum::of(u64_max), errc::out_of_range));
  CHECK(g.refuses("u32", datum::of(u64_max), errc::out_of_range));
}

TEST_CASE("integer fields take doubles with an integer's value") {
  generic g;
  for (const range& each : small_integers) {
    CAPTURE(each.name);
    CHECK(g.set(each.name, number(100.0)) == errc::ok);
    CHECK(shoal::same_datum(g.get(each.name), integer(100)));
    CHECK(g.set(each.name, number(-0.0)) == errc::ok);
    CHECK(shoal::same_datum(g.get(each.name), integer(0)));
    CHECK(g.refuses(each.name, number(1.5), errc::wrong_kind));
    CHECK(g.refuses(each.name, number(std::nan("")), errc::wrong_kind));
    CHECK(g.refuses(each.name, number(HUGE_VAL), errc::wrong_kind));
    CHECK(g.refuses(each.name, number(-HUGE_VAL), errc::wrong_kind));
    CHECK(g.refuses(each.name, number(1e30), errc::out_of_range));
    CHECK(g.refuses(each.name, number(-1e30), errc::out_of_range));
  }
  CHECK(g.set("u64", number(0x1p63)) == errc::ok);
  CHECK(g.get("u64").natural == std::uint64_t{1} << 63);
  CHECK(g.refuses("i64", number(0x1p63), errc::out_of_range));
  CHECK(g.refuses("u64", number(0x1p64), errc::out_of_range));
  CHECK(g.set("i64", number(-0x1p63)) == errc::ok);
}

TEST_CASE("floating fields take numbers, and integers that a double holds") {
  generic g;
  CHECK(g.keeps("f64", number(0.1)));
  CHECK(g.keeps("f64", number(std::nan(""))));
  CHECK(g.keeps("f64", number(-0.0)));
  CHECK(g.set("f64", integer(7)) == errc::ok);
  CHECK(shoal::same_datum(g.get("f64"), number(7.0)));
  CHECK(g.refuses("f64", integer(beyond_double), errc::out_of_range));
  CHECK(g.refuses("f64", integer(i64_max), errc::out_of_range));
  CHECK(g.refuses("f64", datum::of(u64_max), errc::out_of_range));
  CHECK(g.set("f64", integer(i64_min)) == errc::ok);
  CHECK(g.set("f64", datum::of(std::uint64_t{1} << 63)) == errc::ok);
  CHECK(g.set("f32", number(0.1)) == errc::ok);  // rounds
  CHECK(shoal::same_datum(g.get("f32"), number(double{0.1F})));
}

TEST_CASE("a field of one kind refuses the others") {
  generic g;
  const local string = g.me.make_string(g.s, "text").value();
  const datum vector = datum::of(shoal::vec128{1, 2});
  for (const char* each : {"i8", "i64", "u8", "u64", "f32", "f64"}) {
    CAPTURE(each);
    for (const datum& what :
         {datum::of(true), datum::undefined(), datum::null(), object(string), vector}) {
      CHECK(g.refuses(each, what, errc::wrong_kind));
    }
  }
  for (const datum& what : {integer(1), number(1), datum::null(), object(string), vector}) {
    CHECK(g.refuses("bool", what, errc::wrong_kind));
  }
  for (const datum& what : {integer(1), number(1), datum::of(true), vector}) {
    CHECK(g.refuses("ref", what, errc::wrong_kind));
  }
  for (const datum& what : {integer(1), datum::null(), object(string)}) {
    CHECK(g.refuses("v128", what, errc::wrong_kind));
  }
  CHECK(g.refuses("any", vector, errc::wrong_kind));
}

TEST_CASE("booleans, vectors and references come out as they went in") {
  generic g;
  const local string = g.me.make_string(g.s, "text").value();
  CHECK(g.keeps("bool", datum::of(true)));
  CHECK(g.keeps("bool", datum::of(false)));
  CHECK(g.keeps("v128", datum::of(shoal::vec128{u64_max, 5})));
  CHECK(g.keeps("ref", object(string)));
  CHECK(g.keeps("ref", datum::null()));
  CHECK(g.set("ref", datum::undefined()) == errc::ok);
  CHECK(g.get("ref").what == datum::form::null);
  CHECK(g.keeps("any", object(string)));
  CHECK(g.keeps("any", datum::of(true)));
  CHECK(g.keeps("any", datum::null()));
  CHECK(g.keeps("any", datum::undefined()));
}

TEST_CASE("integers of 64 bits pass through any fields without loss") {
  generic g;
  for (const std::int64_t each :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{2147483647}, std::int64_t{2147483648},
        std::int64_t{-2147483648LL}, std::int64_t{-2147483649LL}, beyond_double, -beyond_double,
        i64_min, i64_max}) {
    REQUIRE(g.set("any", integer(each)) == errc::ok);
    static_cast<void>(g.me.debug_trace());
    const datum seen = g.get("any");
    CHECK(seen.what == datum::form::integer);
    CHECK(seen.integer == each);
  }
  for (const std::uint64_t each : {u64_max, std::uint64_t{1} << 63}) {
    REQUIRE(g.set("any", datum::of(each)) == errc::ok);
    const datum seen = g.get("any");
    CHECK(seen.what == datum::form::natural);
    CHECK(seen.natural == each);
  }
}

TEST_CASE("a word of the agent's own is refused by every kind and every way in") {
  generic g;
  for (const shoal::field_entry& each : g.all.fields()) {
    const text name(each.key.name);
    CAPTURE(name);
    CHECK(g.refuses(name.c_str(), unshared(7), errc::unshared_value));
  }
}

TEST_CASE("compare_exchange on any compares numbers by value") {
  generic g;
  const datum nan_a = number(std::bit_cast<double>(std::uint64_t{0x7ff8'0000'0000'0001}));
  const datum nan_b = number(std::bit_cast<double>(std::uint64_t{0xfff8'0000'0000'0002}));
  struct row {
    datum held;
    datum expected;
    bool same;
  };
  const row table[] = {
      {integer(3), integer(3), true},
      {integer(3), number(3.0), true},
      {number(3.0), integer(3), true},
      {number(3.5), integer(3), false},
      {integer(0), number(0.0), true},
      {integer(0), number(-0.0), false},
      {number(0.0), number(-0.0), false},
      {number(-0.0), number(-0.0), true},
      {number(-0.0), integer(0), false},
      {nan_a, nan_b, true},
      {nan_a, number(0.0), false},
      {integer(i64_max), integer(i64_max), true},
      {integer(i64_max), integer(i64_max - 1), false},
      {integer(i64_max), number(0x1p63), false},
      {integer(i64_min), number(-0x1p63), true},
      {number(-0x1p63), integer(i64_min), true},
      {integer(beyond_double), number(0x1p53), false},
      {integer(beyond_double - 1), number(0x1p53), true},
      {datum::of(u64_max), datum::of(u64_max), true},
      {datum::of(u64_max), integer(-1), false},
      {datum::of(u64_max), number(0x1p64), false},
      {datum::of(std::uint64_t{1} << 63), number(0x1p63), true},
      {integer(1), datum::of(true), false},
      {datum::of(true), datum::of(true), true},
      {datum::of(true), datum::of(false), false},
      {datum::null(), datum::undefined(), false},
      {datum::undefined(), datum::undefined(), true},
      {datum::undefined(), integer(0), false},
      {number(HUGE_VAL), number(HUGE_VAL), true},
      {number(HUGE_VAL), number(-HUGE_VAL), false},
  };
  for (std::size_t i = 0; i < std::size(table); ++i) {
    CAPTURE(i);
    CHECK(g.cas("any", table[i].held, table[i].expected) ==
          (table[i].same ? errc::ok : errc::not_equal));
  }
}

TEST_CASE("compare_exchange on any compares strings by content, whatever their form") {
  generic g;
  const auto make = [&](const shoal::string_view& units) {
    return g.me.make_string(g.s, units).value();
  };
  const shoal::string_view latin(shoal::string_form::latin1, "na\xefve", 5);
  const local bytes = make("plain");
  const local wide = make(std::u16string_view(u"plain"));
  const local other = make("plaid");
  const local latin1 = make(latin);
  const local latin1_wide = make(std::u16string_view(u"na\u00efve"));
  const local same_bytes = make("na\xefve");
  CHECK(g.cas("any", object(bytes), object(wide)) == errc::ok);
  CHECK(g.cas("any", object(wide), object(bytes)) == errc::ok);
  CHECK(g.cas("any", object(bytes), object(other)) == errc::not_equal);
  CHECK(g.cas("any", object(latin1), object(latin1_wide)) == errc::ok);
  CHECK(g.cas("any", object(latin1), object(same_bytes)) == errc::not_equal);  // not ASCII
  CHECK(g.cas("any", object(bytes), object(make("plain"))) == errc::ok);
  CHECK(g.cas("any", object(make("")), object(make(std::u16string_view()))) == errc::ok);
}

TEST_CASE("compare_exchange on any compares other objects by identity") {
  generic g;
  const shoal::type empty = g.me.declare("Empty", {}).value();
  const local a = g.me.create(g.s, empty).value();
  const local b = g.me.create(g.s, empty).value();
  CHECK(g.cas("any", object(a), object(a)) == errc::ok);
  CHECK(g.cas("any", object(a), object(b)) == errc::not_equal);
}

TEST_CASE("an expected value that the field could not hold misses") {
  generic g;
  datum seen;
  REQUIRE(g.set("any", integer(1)) == errc::ok);
  REQUIRE(g.set("i8", integer(1)) == errc::ok);
  REQUIRE(g.set("f64", number(1)) == errc::ok);
  const auto misses = [&](const char* name, const datum& expected, const datum& desired) {
    const datum before = g.get(name);
    const errc done = g.me.compare_exchange(g.o, g.at(name), expected, desired, seen);
    return done == errc::not_equal && shoal::same_datum(seen, before) &&
           shoal::same_datum(g.get(name), before);
  };
  CHECK(misses("any", unshared(1), integer(2)));
  CHECK(misses("any", datum::of(shoal::vec128{1, 0}), integer(2)));
  CHECK(misses("i8", integer(257), integer(2)));
  CHECK(misses("i8", number(1.5), integer(2)));
  CHECK(misses("i8", datum::undefined(), integer(2)));
  CHECK(misses("i8", unshared(1), integer(2)));
  CHECK(misses("f64", integer(beyond_double), number(2)));
  CHECK(misses("bool", integer(0), datum::of(true)));
  CHECK(misses("ref", integer(0), datum::null()));
  CHECK(misses("v128", integer(0), datum::of(shoal::vec128{1, 0})));
}

TEST_CASE("compare_exchange on scalars converts the expected value, and compares bits") {
  generic g;
  datum seen;
  REQUIRE(g.set("i8", integer(1)) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("i8"), number(1.0), integer(2), seen) == errc::ok);
  REQUIRE(g.set("f32", number(0.1)) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("f32"), number(0.1), number(2), seen) == errc::ok);
  REQUIRE(g.set("f64", number(0.0)) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("f64"), number(-0.0), number(2), seen) == errc::not_equal);
  CHECK(g.me.compare_exchange(g.o, g.at("f64"), integer(0), number(2), seen) == errc::ok);
  REQUIRE(g.set("bool", datum::of(true)) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("bool"), datum::of(true), datum::of(false), seen) ==
        errc::ok);
  REQUIRE(g.set("v128", datum::of(shoal::vec128{1, 2})) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("v128"), datum::of(shoal::vec128{1, 2}),
                              datum::of(shoal::vec128{3, 4}), seen) == errc::ok);
  CHECK(shoal::same_datum(g.get("v128"), datum::of(shoal::vec128{3, 4})));
  const local string = g.me.make_string(g.s, "text").value();
  CHECK(g.me.compare_exchange(g.o, g.at("ref"), datum::null(), object(string), seen) == errc::ok);
  CHECK(g.me.compare_exchange(g.o, g.at("ref"), object(string), datum::null(), seen) == errc::ok);
  CHECK(seen.object == string.get().address());
}

TEST_CASE("exchange gives back what was there, for every kind") {
  generic g;
  const auto exchanged = [&](const char* name, const datum& what) {
    const datum before = g.get(name);
    datum old;
    return g.me.exchange(g.o, g.at(name), what, old) == errc::ok &&
           shoal::same_datum(old, before) && shoal::same_datum(g.get(name), what);
  };
  for (const range& each : small_integers) {
    CHECK(exchanged(each.name, integer(each.greatest)));
    CHECK(exchanged(each.name, integer(each.least)));
  }
  CHECK(exchanged("f32", number(1.5)));
  CHECK(exchanged("f64", number(0.1)));
  CHECK(exchanged("bool", datum::of(true)));
  CHECK(exchanged("v128", datum::of(shoal::vec128{1, 2})));
  CHECK(exchanged("any", integer(i64_min)));
  CHECK(exchanged("any", number(2.5)));
  const local string = g.me.make_string(g.s, "text").value();
  CHECK(exchanged("ref", object(string)));
  CHECK(exchanged("ref", datum::null()));
}

TEST_CASE("fetch_add adds to every number field, and wraps integers") {
  generic g;
  datum old;
  for (const range& each : small_integers) {
    CAPTURE(each.name);
    const shoal::field where = g.at(each.name);
    REQUIRE(g.set(each.name, integer(5)) == errc::ok);
    CHECK(g.me.fetch_add(g.o, where, integer(3), old) == errc::ok);
    CHECK(shoal::same_datum(old, integer(5)));
    CHECK(g.me.fetch_add(g.o, where, integer(-7), old) == errc::ok);  // unsigned ones too
    CHECK(shoal::same_datum(g.get(each.name), integer(1)));
    CHECK(g.me.fetch_add(g.o, where, number(-1.0), old) == errc::ok);
    CHECK(shoal::same_datum(g.get(each.name), integer(0)));
    if (each.greatest == i64_max) continue;
    REQUIRE(g.set(each.name, integer(each.greatest)) == errc::ok);
    CHECK(g.me.fetch_add(g.o, where, integer(1), old) == errc::ok);
    CHECK(shoal::same_datum(g.get(each.name), integer(each.least)));
    CHECK(g.me.fetch_add(g.o, where, integer(-1), old) == errc::ok);
    CHECK(shoal::same_datum(g.get(each.name), integer(each.greatest)));
    CHECK(g.me.fetch_add(g.o, where, integer(each.greatest + 1), old) == errc::out_of_range);
  }
  REQUIRE(g.set("u64", datum::of(u64_max)) == errc::ok);
  CHECK(g.me.fetch_add(g.o, g.at("u64"), datum::of(u64_max), old) == errc::ok);
  CHECK(g.get("u64").natural == u64_max - 1);
  REQUIRE(g.set("i64", integer(i64_max)) == errc::ok);
  CHECK(g.me.fetch_add(g.o, g.at("i64"), integer(1), old) == errc::ok);
  CHECK(g.get("i64").integer == i64_min);
  for (const char* each : {"f32", "f64"}) {
    REQUIRE(g.set(each, number(0.5)) == errc::ok);
    CHECK(g.me.fetch_add(g.o, g.at(each), integer(2), old) == errc::ok);
    CHECK(g.me.fetch_add(g.o, g.at(each), number(-0.25), old) == errc::ok);
    CHECK(shoal::same_datum(old, number(2.5)));
    CHECK(shoal::same_datum(g.get(each), number(2.25)));
  }
  for (const char* each : {"any", "ref", "bool", "v128"}) {
    CHECK(g.me.fetch_add(g.o, g.at(each), integer(1), old) == errc::wrong_kind);
  }
  CHECK(g.me.fetch_add(g.o, g.at("i32"), datum::of(true), old) == errc::wrong_kind);
}

TEST_CASE("const fields are set at creation only") {
  generic g;
  const shoal::type fixed =
      g.me.declare("Fixed", {{"a", shoal::any, true}, {"n", shoal::i32, true}}).value();
  const shoal::field a = fixed.field("a").value();
  const shoal::field n = fixed.field("n").value();
  const shoal::field_value initial[] = {{a, integer(i64_max)}, {n, integer(7)}};
  const local f = g.me.create(g.s, fixed, initial).value();
  datum seen;
  CHECK(g.me.set(f, a, integer(1)) == errc::constant_field);
  CHECK(g.me.exchange(f, n, integer(1), seen) == errc::constant_field);
  CHECK(g.me.compare_exchange(f, n, integer(7), integer(1), seen) == errc::constant_field);
  CHECK(g.me.fetch_add(f, n, integer(1), seen) == errc::constant_field);
  CHECK(g.me.get(f, a).integer == i64_max);
  CHECK(g.me.get(f, n).integer == 7);
}

TEST_CASE("creation with initial values that do not fit makes nothing, and says why") {
  generic g;
  const shoal::field_value bad[] = {{g.at("i32"), integer(1)}, {g.at("i8"), integer(300)}};
  auto made = g.me.create(g.s, g.all, bad);
  CHECK(made.code() == errc::out_of_range);
  CHECK(text(made.error().message()).find("'i8'") != text::npos);
  const shoal::field_value own[] = {{g.at("any"), unshared(7)}};
  CHECK(g.me.create(g.s, g.all, own).code() == errc::unshared_value);
}

TEST_CASE("explain names the field, the type and what the value is") {
  generic g;
  const auto sentence = [&](errc code, const char* name, const datum& what) {
    return text(g.me.explain(code, g.o, g.at(name), what).message());
  };
  CHECK(sentence(errc::unshared_value, "any", unshared(7)) ==
        "field 'any' of All cannot hold function 7: it is not shared");
  CHECK(sentence(errc::wrong_kind, "i8", datum::of(true)) ==
        "field 'i8' of All is i8 and cannot hold a boolean");
  CHECK(sentence(errc::wrong_kind, "i8", agent_test::object(g.me.make_string(g.s, "7").value())) ==
        "field 'i8' of All is i8 and cannot hold a string");
  CHECK(sentence(errc::wrong_kind, "i8", agent_test::object(g.o)) ==
        "field 'i8' of All is i8 and cannot hold a shared object");
  CHECK(sentence(errc::out_of_range, "u16", integer(70'000)) ==
        "field 'u16' of All is u16, and the value is out of its range");
  CHECK(sentence(errc::constant_field, "f64", number(1)) == "field 'f64' of All is const");
  CHECK(g.me.explain(errc::wrong_kind, g.o, g.at("i8"), {}).code() == errc::wrong_kind);
}

TEST_CASE("explain names the type that a ref takes") {
  generic g;
  const shoal::type holder =
      g.me.declare("Holder", {shoal::field_spec{"it", shoal::ref}.of(g.all)}).value();
  const local h = g.me.create(g.s, holder).value();
  CHECK(text(g.me.explain(errc::wrong_type, h, holder.field("it").value(), {}).message()) ==
        "field 'it' of Holder takes objects of type All only");
}

TEST_CASE("a value that may not be shared is described in the runtime's own words") {
  generic g;
  const shoal::error why = g.me.explain_unshared(shoal::nan_box::from_local(42));
  CHECK(why.code() == errc::unshared_value);
  CHECK(text(why.message()) == "function 42 cannot be shared");
}

TEST_CASE("without words of the runtime's own the message is still a sentence") {
  world w;
  attachment here = w.attach();
  CHECK(text(here->explain_unshared(shoal::nan_box::from_local(42)).message()) ==
        "an unshared value cannot be shared");
}
