// SPDX-License-Identifier: BSL-1.0

// Shared arrays: lengths, elements, bulk copy and fill.

#include "agent_world.hpp"

using agent_test::integer;
using agent_test::number;
using agent_test::object;
using agent_test::unshared;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::element_place;
using shoal::errc;
using shoal::field_kind;
using shoal::local;
using shoal::scope;

namespace {

struct arrays {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s{me};

  local make(field_kind kind, std::uint64_t length) {
    return me.create_array(s, kind, length).value();
  }
  datum at(const local& array, std::uint64_t index) {
    element_place place;
    REQUIRE(me.element(array, index, place) == errc::ok);
    return me.get(place);
  }
  errc put(const local& array, std::uint64_t index, const datum& what) {
    element_place place;
    REQUIRE(me.element(array, index, place) == errc::ok);
    return me.set(place, what);
  }
  // Fills an array with 0, 1, 2, ...
  void number_all(const local& array) {
    const std::uint64_t length = shoal::array_length(array.get().address());
    for (std::uint64_t i = 0; i < length; ++i) {
      REQUIRE(put(array, i, integer(static_cast<std::int64_t>(i))) == errc::ok);
    }
  }
};

}  // namespace

TEST_CASE("an array of every kind has its length, zeroed elements and a bound") {
  arrays a;
  for (std::uint32_t i = 0; i < shoal::field_kind_count; ++i) {
    const auto kind = static_cast<field_kind>(i);
    CAPTURE(shoal::name_of(kind));
    for (const std::uint64_t length : {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{5000}}) {
      const local array = a.make(kind, length);
      CHECK(shoal::array_length(array.get().address()) == length);
      const datum first = a.at(array, 0);
      CHECK(shoal::same_datum(first, a.at(array, length - 1)));
      element_place place;
      CHECK(a.me.element(array, length, place) == errc::out_of_range);
      CHECK(a.me.element(array, ~std::uint64_t{0}, place) == errc::out_of_range);
    }
  }
}

TEST_CASE("an element is found in one step, and none beyond the end") {
  arrays a;
  for (const std::uint64_t length : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{7}}) {
    CAPTURE(length);
    void* const small = a.make(shoal::i32, length).get().address();
    void* const wide = a.make(shoal::v128, length).get().address();
    for (std::uint64_t i = 0; i < length; ++i) {
      CHECK(shoal::find_element<std::int32_t>(small, i) ==
            &shoal::elements<std::int32_t>(small)[i]);
      CHECK(shoal::find_element<shoal::vec128>(wide, i) ==
            &shoal::elements<shoal::vec128>(wide)[i]);
    }
    for (const std::uint64_t beyond : {length, length + 1, ~std::uint64_t{0}}) {
      CHECK(shoal::find_element<std::int32_t>(small, beyond) == nullptr);
      CHECK(shoal::find_element<shoal::vec128>(wide, beyond) == nullptr);
    }
  }
}

TEST_CASE("an array of length 0 has no element") {
  arrays a;
  for (const field_kind kind : {shoal::any, shoal::u8, shoal::v128}) {
    const local array = a.make(kind, 0);
    CHECK(shoal::array_length(array.get().address()) == 0);
    element_place place;
    CHECK(a.me.element(array, 0, place) == errc::out_of_range);
    CHECK(a.me.fill(array, 0, 0, datum::undefined()) ==
          (kind == shoal::any ? errc::ok : errc::wrong_kind));
    CHECK(a.me.copy(array, 0, array, 0, 0) == errc::ok);
  }
  static_cast<void>(a.me.debug_trace());
}

TEST_CASE("elements of every kind take values to their edge") {
  arrays a;
  const local bytes = a.make(shoal::u8, 3);
  CHECK(a.put(bytes, 1, integer(255)) == errc::ok);
  CHECK(a.put(bytes, 1, integer(256)) == errc::out_of_range);
  CHECK(a.at(bytes, 1).integer == 255);
  CHECK(a.at(bytes, 0).integer == 0);
  CHECK(a.at(bytes, 2).integer == 0);
  const local wide = a.make(shoal::v128, 3);
  CHECK(a.put(wide, 2, datum::of(shoal::vec128{1, 2})) == errc::ok);
  CHECK(a.at(wide, 2).vector == shoal::vec128{1, 2});
  CHECK(wide.get().bits() % 16 == 0);
}

TEST_CASE("only arrays have elements") {
  arrays a;
  const local text = a.me.make_string(a.s, "text").value();
  element_place place;
  CHECK(a.me.element(text, 0, place) == errc::wrong_type);
  CHECK(a.me.element(nullptr, 0, place) == errc::wrong_type);
  const local bytes = a.make(shoal::u8, 1);
  CHECK(a.me.copy(bytes, 0, text, 0, 1) == errc::wrong_type);
  CHECK(a.me.copy(text, 0, bytes, 0, 1) == errc::wrong_type);
  CHECK(a.me.fill(text, 0, 1, integer(0)) == errc::wrong_type);
  const local nothing = a.s.hold(nullptr);
  CHECK(a.me.copy(bytes, 0, nothing, 0, 1) == errc::wrong_type);
  CHECK(a.me.fill(nothing, 0, 1, integer(0)) == errc::wrong_type);
}

TEST_CASE("create_array takes array types and kinds only") {
  arrays a;
  const shoal::type point = a.me.declare("Point", {}).value();
  CHECK(a.me.create_array(a.s, point, 1).code() == errc::wrong_type);
  CHECK(a.me.create_array(a.s, shoal::type(), 1).code() == errc::wrong_type);
  CHECK(a.me.create_array(a.s, static_cast<field_kind>(99), 1).code() == errc::bad_kind);
  const shoal::type array = a.me.type_at(shoal::builtin::array_of(shoal::u8));
  CHECK(a.me.create(a.s, array).code() == errc::wrong_type);
  CHECK(a.me.create(a.s, shoal::type()).code() == errc::wrong_type);
}

TEST_CASE("a length that no machine holds is too large") {
  arrays a;
  CHECK(a.me.create_array(a.s, shoal::u8, ~std::uint64_t{0}).code() == errc::too_large);
  CHECK(a.me.create_array(a.s, shoal::f64, std::uint64_t{1} << 60).code() == errc::too_large);
}

TEST_CASE("an array beyond the heap's limit answers out_of_memory, and the heap goes on") {
  world w({.limit = std::size_t{1} << 20});
  attachment here = w.attach();
  scope s(*here);
  CHECK(here->create_array(s, shoal::u8, std::uint64_t{2} << 20).code() == errc::out_of_memory);
  CHECK(here->create_array(s, shoal::u8, 1000));
}

// Sanitizers keep a shadow of every page that is touched, and their own address space.
#if !TEST_SANITIZED
TEST_CASE("an array may have more than 2^32 elements") {
  world w;
  w->debug_trace_every(0);
  attachment here = w.attach();
  scope s(*here);
  constexpr std::uint64_t length = (std::uint64_t{1} << 32) + 5;
  auto made = here->create_array(s, shoal::u8, length);
  if (made.code() == errc::out_of_memory) return;  // no address space for it here
  const local array = *made;
  CHECK(shoal::array_length(array.get().address()) == length);
  element_place place;
  CHECK(here->element(array, length, place) == errc::out_of_range);
  void* const object = array.get().address();
  CHECK(shoal::find_element<std::uint8_t>(object, length) == nullptr);
  for (const std::uint64_t index :
       {std::uint64_t{0}, length - 1, std::uint64_t{1} << 32, (std::uint64_t{1} << 32) - 1}) {
    REQUIRE(here->element(array, index, place) == errc::ok);
    CHECK(static_cast<void*>(shoal::find_element<std::uint8_t>(object, index)) == place.address);
    CHECK(here->get(place).integer == 0);
    CHECK(here->set(place, integer(200)) == errc::ok);
    CHECK(here->get(place).integer == 200);
  }
  CHECK(here->copy(array, length - 2, array, length - 1, 1) == errc::ok);
  REQUIRE(here->element(array, length - 2, place) == errc::ok);
  CHECK(here->get(place).integer == 200);
  CHECK(here->debug_trace().live_objects == 1);
}
#endif

TEST_CASE("the longest short array and the first long one differ in where elements begin") {
  CHECK(shoal::array_header_word(shoal::longest_short_array) == 0xffff'ffff);
  CHECK(shoal::array_header_word(shoal::longest_short_array + 1) == 0);
  CHECK(shoal::array_bytes(shoal::u8, shoal::longest_short_array) ==
        shoal::longest_short_array + 8);
  CHECK(shoal::array_bytes(shoal::u8, shoal::longest_short_array + 1) ==
        shoal::longest_short_array + 1 + 16);
}

TEST_CASE("elements are exchanged, compared and added to as fields are") {
  arrays a;
  const local numbers = a.make(shoal::i32, 4);
  element_place place;
  REQUIRE(a.me.element(numbers, 2, place) == errc::ok);
  datum seen;
  CHECK(a.me.exchange(place, integer(7), seen) == errc::ok);
  CHECK(seen.integer == 0);
  CHECK(a.me.compare_exchange(place, number(7.0), integer(8), seen) == errc::ok);
  CHECK(a.me.compare_exchange(place, integer(7), integer(9), seen) == errc::not_equal);
  CHECK(seen.integer == 8);
  CHECK(a.me.fetch_add(place, integer(-10), seen) == errc::ok);
  CHECK(a.at(numbers, 2).integer == -2);
  CHECK(a.at(numbers, 1).integer == 0);
  CHECK(a.at(numbers, 3).integer == 0);
  const local values = a.make(shoal::any, 4);
  REQUIRE(a.me.element(values, 1, place) == errc::ok);
  CHECK(a.me.set(place, unshared(1)) == errc::unshared_value);
  CHECK(a.me.exchange(place, unshared(1), seen) == errc::unshared_value);
  CHECK(a.me.compare_exchange(place, datum::undefined(), unshared(1), seen) ==
        errc::unshared_value);
  CHECK(a.at(values, 1).what == datum::form::undefined);
  CHECK(a.me.fetch_add(place, integer(1), seen) == errc::wrong_kind);
}

TEST_CASE("copy moves elements between arrays of one kind") {
  arrays a;
  for (const field_kind kind : {shoal::any, shoal::u16, shoal::i64, shoal::f32}) {
    const local from = a.make(kind, 100);
    const local to = a.make(kind, 100);
    a.number_all(from);
    CHECK(a.me.copy(to, 10, from, 50, 20) == errc::ok);
    for (std::uint64_t i = 10; i < 30; ++i) {
      CHECK(shoal::same_datum(a.at(to, i), a.at(from, i + 40)));
    }
    CHECK_FALSE(shoal::same_datum(a.at(to, 30), a.at(from, 70)));
  }
}

TEST_CASE("an array copies onto itself as if through a third place") {
  arrays a;
  // More than a slice, so that slices overlap too.
  constexpr std::uint64_t length = 3 * shoal::bulk_slice;
  for (const field_kind kind : {shoal::any, shoal::u32}) {
    for (const auto& [to, from, n] :
         {std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>{1, 0, length - 1},
          {0, 1, length - 1},
          {100, 0, 2 * shoal::bulk_slice + 7},
          {0, 100, 2 * shoal::bulk_slice + 7},
          {5, 5, 1000}}) {
      scope inner(a.me);
      const local array = a.me.create_array(inner, kind, length).value();
      a.number_all(array);
      REQUIRE(a.me.copy(array, to, array, from, n) == errc::ok);
      bool right = true;
      for (std::uint64_t i = 0; i < length; ++i) {
        const std::uint64_t expected = i >= to && i < to + n ? i - to + from : i;
        right = right && a.at(array, i).integer == static_cast<std::int64_t>(expected);
      }
      CHECK(right);
    }
  }
}

TEST_CASE("copy keeps to the bounds, and writes nothing beyond them") {
  arrays a;
  const local from = a.make(shoal::u8, 10);
  const local to = a.make(shoal::u8, 5);
  CHECK(a.me.fill(from, 0, 10, integer(1)) == errc::ok);
  CHECK(a.me.copy(to, 0, from, 0, 6) == errc::out_of_range);
  CHECK(a.me.copy(to, 5, from, 0, 1) == errc::out_of_range);
  CHECK(a.me.copy(to, 0, from, 9, 2) == errc::out_of_range);
  CHECK(a.me.copy(to, 0, from, 11, 0) == errc::out_of_range);
  CHECK(a.me.copy(to, 1, from, 0, ~std::uint64_t{0}) == errc::out_of_range);
  CHECK(a.me.copy(to, ~std::uint64_t{0}, from, 0, 1) == errc::out_of_range);
  for (std::uint64_t i = 0; i < 5; ++i) CHECK(a.at(to, i).integer == 0);
  CHECK(a.me.copy(to, 5, from, 10, 0) == errc::ok);
  CHECK(a.me.copy(to, 0, from, 5, 5) == errc::ok);
  CHECK(a.me.copy(to, 0, a.make(shoal::i8, 5), 0, 5) == errc::wrong_kind);
}

TEST_CASE("copy into an array of typed refs looks at every element first") {
  arrays a;
  const shoal::type good = a.me.declare("Good", {}).value();
  const shoal::type sub = a.me.declare({.name = "Sub", .extends = good}).value();
  const shoal::type bad = a.me.declare("Bad", {}).value();
  const shoal::type typed_array(
      a.w->types().declare_array({.element = shoal::ref, .ref_type = good}).value());
  constexpr std::uint64_t length = shoal::bulk_slice + 100;
  const local typed = a.me.create_array(a.s, typed_array, length).value();
  const local loose = a.make(shoal::ref, length);
  const local it = a.me.create(a.s, sub).value();
  const local not_it = a.me.create(a.s, bad).value();
  CHECK(a.me.fill(loose, 0, length, object(it)) == errc::ok);
  CHECK(a.put(loose, length - 1, object(not_it)) == errc::ok);
  CHECK(a.me.copy(typed, 0, loose, 0, length) == errc::wrong_type);
  CHECK(a.at(typed, 0).what == datum::form::null);
  CHECK(a.me.copy(typed, 0, loose, 0, length - 1) == errc::ok);
  CHECK(a.at(typed, length - 2).object == it.get().address());
  CHECK(a.me.copy(loose, 0, typed, 0, length) == errc::ok);
  CHECK(a.me.fill(typed, 0, 1, object(not_it)) == errc::wrong_type);
  CHECK(a.put(typed, 0, object(not_it)) == errc::wrong_type);
  CHECK(a.at(typed, 0).object == it.get().address());
  CHECK(a.me.fill(typed, 0, length, datum::null()) == errc::ok);
}

TEST_CASE("a typed array never holds what another agent slipped into the source meanwhile") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type good = me.declare("Good", {}).value();
  const shoal::type bad = me.declare("Bad", {}).value();
  const shoal::type typed_array(
      w->types().declare_array({.element = shoal::ref, .ref_type = good}).value());
  const local typed = me.create_array(s, typed_array, 200).value();
  const local loose = me.create_array(s, shoal::ref, 200).value();
  const shoal::handle shared(me, loose);
  const shoal::handle fits(me, me.create(s, good).value());
  const shoal::handle does_not(me, me.create(s, bad).value());
  std::atomic<bool> done{false};
  std::thread other([&] {
    attachment there = w.attach();
    for (int i = 0; !done; ++i) {
      element_place place;
      static_cast<void>(there->element(shared.get(*there), 190, place));
      static_cast<void>(there->set(place, object((i % 2 == 0 ? fits : does_not).get(*there))));
      there->poll();
    }
  });
  for (int i = 0; i < 2000; ++i) {
    const errc copied = me.copy(typed, 0, loose, 0, 200);
    CHECK((copied == errc::ok || copied == errc::wrong_type));
    element_place place;
    REQUIRE(me.element(typed, 190, place) == errc::ok);
    const datum seen = me.get(place);
    if (seen.what == datum::form::reference) {
      CHECK(shoal::header_of(seen.object).type_index.get() == good.index());
    }
    me.poll();
  }
  done = true;
  const shoal::blocked_region away(me);
  other.join();
}

TEST_CASE("fill writes a value of every form, converted once") {
  arrays a;
  const std::uint64_t length = 2 * shoal::bulk_slice + 3;
  const local values = a.make(shoal::any, length);
  const local text = a.me.make_string(a.s, "text").value();
  for (const datum& what :
       {integer(7), number(0.5), datum::of(true), datum::null(), object(text),
        integer(std::int64_t{1} << 60), datum::of(~std::uint64_t{0}), datum::undefined()}) {
    REQUIRE(a.me.fill(values, 0, length, what) == errc::ok);
    static_cast<void>(a.me.debug_trace());
    CHECK(shoal::same_datum(a.at(values, 0), what));
    CHECK(shoal::same_datum(a.at(values, length - 1), what));
  }
  const std::uint64_t before = a.me.debug_trace().live_objects;
  CHECK(a.me.fill(values, 0, length, integer(std::int64_t{1} << 60)) == errc::ok);
  CHECK(a.me.debug_trace().live_objects == before + 1);  // one box for all
}

TEST_CASE("fill keeps to bounds and kinds, and writes nothing where it fails") {
  arrays a;
  const local bytes = a.make(shoal::u8, 10);
  CHECK(a.me.fill(bytes, 2, 3, integer(9)) == errc::ok);
  for (std::uint64_t i = 0; i < 10; ++i) {
    CHECK(a.at(bytes, i).integer == (i >= 2 && i < 5 ? 9 : 0));
  }
  CHECK(a.me.fill(bytes, 5, 6, integer(1)) == errc::out_of_range);
  CHECK(a.me.fill(bytes, 11, 0, integer(1)) == errc::out_of_range);
  CHECK(a.me.fill(bytes, 1, ~std::uint64_t{0}, integer(1)) == errc::out_of_range);
  CHECK(a.me.fill(bytes, 0, 10, integer(256)) == errc::out_of_range);
  CHECK(a.me.fill(bytes, 0, 10, datum::null()) == errc::wrong_kind);
  const local values = a.make(shoal::any, 10);
  CHECK(a.me.fill(values, 0, 10, unshared(7)) == errc::unshared_value);
  CHECK(a.at(values, 0).what == datum::form::undefined);
  CHECK(a.at(bytes, 0).integer == 0);
}

TEST_CASE("bulk operations answer who stops the world between slices") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const local array = me.create_array(s, shoal::any, 50 * shoal::bulk_slice).value();
  std::atomic<bool> done{false};
  std::thread other([&] {
    while (!done) static_cast<void>(w->account());
  });
  for (int i = 0; i < 5; ++i) {
    CHECK(me.fill(array, 0, 50 * shoal::bulk_slice, integer(i)) == errc::ok);
    CHECK(me.copy(array, 1, array, 0, 50 * shoal::bulk_slice - 1) == errc::ok);
  }
  done = true;
  const shoal::blocked_region away(me);
  other.join();
}
