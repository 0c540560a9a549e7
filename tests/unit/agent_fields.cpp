// SPDX-License-Identifier: BSL-1.0

// Typed access: every kind, every order, every operation.

#include <cmath>
#include <limits>

#include "agent_world.hpp"

using agent_test::integer;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::field_kind;
using shoal::local;
using shoal::reference;
using shoal::scope;
using shoal::value;

namespace {

// One type with a field of each kind, at 8 and again behind, and an instance.
struct all_kinds {
  world w;
  attachment here = w.attach();
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

  template <class T>
  shoal::typed_field<T> at() {
    return shoal::typed<T>(all, shoal::name_of(shoal::kind_of_type<T>)).value();
  }
};

// Two values of each type that differ in every byte.
template <class T>
struct sample {
  static constexpr T one = static_cast<T>(0x0102030405060708);
  static constexpr T two = static_cast<T>(0xf1f2f3f4f5f6f7f8);
};
template <>
struct sample<bool> {
  static constexpr bool one = true;
  static constexpr bool two = false;
};
template <>
struct sample<float> {
  static constexpr float one = 1.5F;
  static constexpr float two = -0x1.123456p-100F;
};
template <>
struct sample<double> {
  static constexpr double one = 0x1.23456789abcdep100;
  static constexpr double two = -0x1.edcba987654p-200;
};
template <>
struct sample<shoal::vec128> {
  static constexpr shoal::vec128 one{0x0102030405060708, 0x1112131415161718};
  static constexpr shoal::vec128 two{0xf1f2f3f4f5f6f7f8, 0xe1e2e3e4e5e6e7e8};
};

template <class Each>
void for_load_orders(Each&& each) {
  each(shoal::unordered);
  each(shoal::acquire);
  each(shoal::seq_cst);
}
template <class Each>
void for_store_orders(Each&& each) {
  each(shoal::unordered);
  each(shoal::release);
  each(shoal::seq_cst);
}
template <class Each>
void for_update_orders(Each&& each) {
  each(shoal::unordered);
  each(shoal::acquire);
  each(shoal::release);
  each(shoal::acq_rel);
  each(shoal::seq_cst);
}

#define SCALARS                                                                             \
  bool, std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, \
      std::uint32_t, std::uint64_t, float, double, shoal::vec128
#define INTEGERS                                                                      \
  std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, \
      std::uint32_t, std::uint64_t

}  // namespace

TEST_CASE_TEMPLATE("a scalar field holds what was stored, in every order", T, SCALARS) {
  all_kinds k;
  const auto where = k.at<T>();
  CHECK(k.me.load(k.o, where) == T{});
  for_store_orders([&](auto store_order) {
    k.me.store(k.o, where, sample<T>::one, store_order);
    for_load_orders([&](auto order) { CHECK(k.me.load(k.o, where, order) == sample<T>::one); });
    k.me.store(k.o, where, sample<T>::two, store_order);
    for_load_orders([&](auto order) { CHECK(k.me.load(k.o, where, order) == sample<T>::two); });
  });
}

TEST_CASE_TEMPLATE("a scalar field is exchanged in every order", T, SCALARS) {
  all_kinds k;
  const auto where = k.at<T>();
  for_update_orders([&](auto order) {
    k.me.store(k.o, where, sample<T>::one);
    CHECK(k.me.exchange(k.o, where, sample<T>::two, order) == sample<T>::one);
    CHECK(k.me.load(k.o, where) == sample<T>::two);
  });
}

TEST_CASE_TEMPLATE("a scalar field is compared and exchanged in every order", T, SCALARS) {
  all_kinds k;
  const auto where = k.at<T>();
  for_update_orders([&](auto order) {
    k.me.store(k.o, where, sample<T>::one);
    T expected = sample<T>::two;
    CHECK_FALSE(k.me.compare_exchange(k.o, where, expected, sample<T>::two, order));
    CHECK(expected == sample<T>::one);
    CHECK(k.me.compare_exchange(k.o, where, expected, sample<T>::two, order));
    CHECK(k.me.load(k.o, where) == sample<T>::two);
  });
}

TEST_CASE_TEMPLATE("integer fields add, subtract and combine bits in every order", T, INTEGERS) {
  all_kinds k;
  const auto where = k.at<T>();
  for_update_orders([&](auto order) {
    k.me.store(k.o, where, T{100});
    CHECK(k.me.fetch_add(k.o, where, T{5}, order) == T{100});
    CHECK(k.me.fetch_sub(k.o, where, T{10}, order) == T{105});
    CHECK(k.me.load(k.o, where) == T{95});
    k.me.store(k.o, where, T{0b1100});
    CHECK(k.me.fetch_and(k.o, where, T{0b0110}, order) == T{0b1100});
    CHECK(k.me.fetch_or(k.o, where, T{0b0011}, order) == T{0b0100});
    CHECK(k.me.fetch_xor(k.o, where, T{0b0101}, order) == T{0b0111});
    CHECK(k.me.load(k.o, where) == T{0b0010});
  });
}

TEST_CASE_TEMPLATE("integer fields wrap", T, INTEGERS) {
  all_kinds k;
  const auto where = k.at<T>();
  using limits = std::numeric_limits<T>;
  k.me.store(k.o, where, limits::max());
  CHECK(k.me.fetch_add(k.o, where, T{1}) == limits::max());
  CHECK(k.me.load(k.o, where) == limits::min());
  CHECK(k.me.fetch_sub(k.o, where, T{1}) == limits::min());
  CHECK(k.me.load(k.o, where) == limits::max());
}

TEST_CASE_TEMPLATE("floating fields add in every order", T, float, double) {
  all_kinds k;
  const auto where = k.at<T>();
  for_update_orders([&](auto order) {
    k.me.store(k.o, where, T(1.5));
    CHECK(k.me.fetch_add(k.o, where, T(-0.25), order) == T(1.5));
    CHECK(k.me.load(k.o, where) == T(1.25));
  });
}

TEST_CASE("fields of one object do not touch each other") {
  all_kinds k;
  k.me.store(k.o, k.at<std::uint8_t>(), 0xff);
  k.me.store(k.o, k.at<std::int16_t>(), std::int16_t{-1});
  k.me.store(k.o, k.at<float>(), 1.0F);
  CHECK(k.me.load(k.o, k.at<std::int8_t>()) == 0);
  CHECK(k.me.load(k.o, k.at<std::uint16_t>()) == 0);
  CHECK(k.me.load(k.o, k.at<std::int32_t>()) == 0);
  CHECK(k.me.load(k.o, k.at<std::uint8_t>()) == 0xff);
  CHECK(k.me.load(k.o, k.at<bool>()) == false);
  CHECK(k.me.load(k.o, k.at<value>()).is_undefined());
}

TEST_CASE("scalars compare bitwise: a NaN equals itself, and the zeros differ") {
  all_kinds k;
  const auto where = k.at<double>();
  const double nan = std::bit_cast<double>(std::uint64_t{0x7ff8'0000'0000'1234});
  k.me.store(k.o, where, nan);
  double expected = nan;
  CHECK(k.me.compare_exchange(k.o, where, expected, 0.0));
  expected = -0.0;
  CHECK_FALSE(k.me.compare_exchange(k.o, where, expected, 1.0));
  CHECK_FALSE(std::signbit(expected));
}

TEST_CASE("a NaN keeps its bits in an f64 field") {
  all_kinds k;
  for (const std::uint64_t bits :
       {std::uint64_t{0x7ff8'0000'0000'1234}, std::uint64_t{0xfff2'5678'0000'0001}}) {
    k.me.store(k.o, k.at<double>(), std::bit_cast<double>(bits));
    CHECK(std::bit_cast<std::uint64_t>(k.me.load(k.o, k.at<double>())) == bits);
  }
}

TEST_CASE("a boolean field is 0 or 1 whatever byte lies there") {
  all_kinds k;
  const auto where = k.at<bool>();
  k.me.store(k.o, where, true);
  auto& byte = shoal::cell_of<std::uint8_t>(k.o.get().address(), where.offset);
  CHECK(byte.load(shoal::order<"test.byte">(shoal::relaxed)) == 1);
  byte.store(0x40, shoal::order<"test.byte">(shoal::relaxed));
  CHECK(k.me.load(k.o, where) == true);
}

TEST_CASE("any fields load, store, exchange and compare in every order") {
  all_kinds k;
  const auto where = k.at<value>();
  for_update_orders([&](auto order) {
    CHECK(k.me.store(k.o, where, value(1.5)) == errc::ok);
    value old;
    CHECK(k.me.exchange(k.o, where, value(std::int32_t{7}), old, order) == errc::ok);
    CHECK(old == value(1.5));
    value expected(7.0);  // by value, not by word
    CHECK(k.me.compare_exchange(k.o, where, expected, value(true), order) == errc::ok);
    CHECK(expected == value(std::int32_t{7}));
    CHECK(k.me.compare_exchange(k.o, where, expected, value(false), order) == errc::not_equal);
    CHECK(expected == value(true));
  });
  for_store_orders([&](auto order) {
    CHECK(k.me.store(k.o, where, value(nullptr), order) == errc::ok);
    for_load_orders([&](auto load) { CHECK(k.me.load(k.o, where, load).is_null()); });
  });
}

TEST_CASE("ref fields load, store, exchange and compare in every order") {
  all_kinds k;
  const auto where = k.at<reference>();
  const local a = k.me.make_string(k.s, "a").value();
  const local b = k.me.make_string(k.s, "b").value();
  CHECK_FALSE(k.me.load(k.o, where));
  for_store_orders([&](auto order) {
    CHECK(k.me.store(k.o, where, a, order) == errc::ok);
    for_load_orders([&](auto load) { CHECK(k.me.load(k.o, where, load) == a.get()); });
  });
  for_update_orders([&](auto order) {
    CHECK(k.me.store(k.o, where, a) == errc::ok);
    reference old;
    CHECK(k.me.exchange(k.o, where, b, old, order) == errc::ok);
    CHECK(old == a.get());
    reference expected = a;
    CHECK(k.me.compare_exchange(k.o, where, expected, nullptr, order) == errc::not_equal);
    CHECK(expected == b.get());
    CHECK(k.me.compare_exchange(k.o, where, expected, nullptr, order) == errc::ok);
    CHECK_FALSE(k.me.load(k.o, where));
  });
}

TEST_CASE("a typed ref takes its type, its subtypes and null, on every way in") {
  all_kinds k;
  const shoal::type base = k.me.declare("Base", {}).value();
  const shoal::type sub = k.me.declare({.name = "Sub", .extends = base}).value();
  const shoal::type other = k.me.declare("Other", {}).value();
  const shoal::type holder =
      k.me.declare("Holder", {shoal::field_spec{"it", shoal::ref}.of(base)}).value();
  const local h = k.me.create(k.s, holder).value();
  const local good = k.me.create(k.s, sub).value();
  const local exact = k.me.create(k.s, base).value();
  const local bad = k.me.create(k.s, other).value();
  const auto it = shoal::typed<reference>(holder, "it").value();
  const shoal::field where = holder.field("it").value();

  CHECK(k.me.store(h, it, good) == errc::ok);
  CHECK(k.me.store(h, it, bad) == errc::wrong_type);
  reference old;
  CHECK(k.me.exchange(h, it, bad, old) == errc::wrong_type);
  reference expected = good;
  CHECK(k.me.compare_exchange(h, it, expected, bad) == errc::wrong_type);
  CHECK(k.me.set(h, where, agent_test::object(bad)) == errc::wrong_type);
  shoal::datum seen;
  CHECK(k.me.exchange(h, where, agent_test::object(bad), seen) == errc::wrong_type);
  CHECK(k.me.compare_exchange(h, where, agent_test::object(good), agent_test::object(bad), seen) ==
        errc::wrong_type);
  const shoal::field_value initial[] = {{where, agent_test::object(bad)}};
  CHECK(k.me.create(k.s, holder, initial).code() == errc::wrong_type);
  CHECK(k.me.load(h, it) == good.get());

  CHECK(k.me.exchange(h, it, exact, old) == errc::ok);
  CHECK(old == good.get());
  CHECK(k.me.store(h, it, nullptr) == errc::ok);
  CHECK(k.me.set(h, where, shoal::datum::null()) == errc::ok);
  CHECK(k.me.set(h, where, agent_test::object(good)) == errc::ok);
}

TEST_CASE("a field is asked for as the type that it holds") {
  all_kinds k;
  CHECK(shoal::typed<double>(k.all, "i32").code() == errc::wrong_kind);
  CHECK(shoal::typed<std::int32_t>(k.all, "u32").code() == errc::wrong_kind);
  CHECK(shoal::typed<double>(k.all, "nowhere").code() == errc::unknown_field);
  const agent_test::text message = shoal::typed<double>(k.all, "i32").error().message();
  CHECK(message.find("i32") != agent_test::text::npos);
  CHECK(message.find("f64") != agent_test::text::npos);
}

namespace {
template <class T>
concept storable = requires(agent& me, const reference& o, shoal::typed_field<T> where) {
  me.store(o, where, T{});
};
template <class T>
concept exchangeable = requires(agent& me, const reference& o, shoal::typed_field<T> where) {
  me.exchange(o, where, T{});
};
template <class T>
concept addable = requires(agent& me, const reference& o, shoal::typed_field<T> where) {
  me.fetch_add(o, where, T{});
};
template <class T>
concept maskable = requires(agent& me, const reference& o, shoal::typed_field<T> where) {
  me.fetch_or(o, where, T{});
};
}  // namespace

TEST_CASE("a const field can be read as const T, and not stored") {
  all_kinds k;
  const shoal::type fixed = k.me.declare("Fixed", {{"x", shoal::f64, true}}).value();
  const shoal::field where = fixed.field("x").value();
  CHECK(shoal::typed<double>(where).code() == errc::constant_field);
  const auto x = shoal::typed<const double>(where).value();
  const shoal::field_value initial[] = {{where, agent_test::number(2.5)}};
  const local f = k.me.create(k.s, fixed, initial).value();
  CHECK(k.me.load(f, x) == 2.5);
  static_assert(storable<double> && !storable<const double>);
  static_assert(exchangeable<double> && !exchangeable<const double>);
  static_assert(addable<double> && !addable<const double> && !addable<bool> &&
                !addable<shoal::vec128>);
  static_assert(maskable<std::uint8_t> && !maskable<bool> && !maskable<double> &&
                !maskable<const std::uint8_t>);
  CHECK(k.me.set(f, where, agent_test::number(3.0)) == errc::constant_field);
  shoal::datum old;
  CHECK(k.me.exchange(f, where, agent_test::number(3.0), old) == errc::constant_field);
  CHECK(k.me.compare_exchange(f, where, agent_test::number(2.5), agent_test::number(3.0), old) ==
        errc::constant_field);
  CHECK(k.me.fetch_add(f, where, agent_test::number(3.0), old) == errc::constant_field);
  CHECK(k.me.load(f, x) == 2.5);
}

TEST_CASE("a word of the agent's own is refused by every typed store, with nothing written") {
  all_kinds k;
  const auto where = k.at<value>();
  const value own = value::of_word(shoal::nan_box::from_local(0x1234));
  CHECK(k.me.store(k.o, where, value(1.0)) == errc::ok);
  for_store_orders(
      [&](auto order) { CHECK(k.me.store(k.o, where, own, order) == errc::unshared_value); });
  value old(2.0);
  CHECK(k.me.exchange(k.o, where, own, old) == errc::unshared_value);
  value expected(1.0);
  CHECK(k.me.compare_exchange(k.o, where, expected, own) == errc::unshared_value);
  CHECK(expected == value(1.0));
  CHECK(k.me.load(k.o, where) == value(1.0));
}

TEST_CASE("while the barrier is on every reference store shades new and old") {
  all_kinds k;
  const auto any = k.at<value>();
  const auto ref = k.at<reference>();
  const local a = k.me.make_string(k.s, "a").value();
  const local b = k.me.make_string(k.s, "b").value();
  CHECK(k.me.store(k.o, any, value(a.get())) == errc::ok);
  CHECK(k.me.store(k.o, ref, a) == errc::ok);
  const auto shades = [&](auto&& act) {
    const std::uint64_t before = k.me.context().shaded();
    k.me.context().set_barrier(true);
    act();
    k.me.context().set_barrier(false);
    return k.me.context().shaded() - before;
  };
  CHECK(shades([&] { CHECK(k.me.store(k.o, any, value(b.get())) == errc::ok); }) == 2);
  CHECK(shades([&] { CHECK(k.me.store(k.o, any, value(1.0)) == errc::ok); }) == 1);
  CHECK(shades([&] { CHECK(k.me.store(k.o, any, value(2.0)) == errc::ok); }) == 0);
  CHECK(shades([&] { CHECK(k.me.store(k.o, ref, b) == errc::ok); }) == 2);
  CHECK(shades([&] { CHECK(k.me.store(k.o, ref, nullptr) == errc::ok); }) == 1);
  value old;
  CHECK(shades([&] { CHECK(k.me.exchange(k.o, any, value(a.get()), old) == errc::ok); }) == 1);
  CHECK(shades([&] { CHECK(k.me.exchange(k.o, any, value(b.get()), old) == errc::ok); }) == 2);
  value expected(b.get());
  CHECK(shades([&] {
          CHECK(k.me.compare_exchange(k.o, any, expected, value(a.get())) == errc::ok);
        }) == 2);
  expected = value(b.get());
  CHECK(shades([&] {  // what misses shades what it would have stored
          CHECK(k.me.compare_exchange(k.o, any, expected, value(b.get())) == errc::not_equal);
        }) == 1);
  reference before;
  CHECK(shades([&] { CHECK(k.me.exchange(k.o, ref, a, before) == errc::ok); }) == 1);
  CHECK(shades([&] { CHECK(k.me.exchange(k.o, ref, b, before) == errc::ok); }) == 2);
  reference held = b;
  CHECK(shades([&] { CHECK(k.me.compare_exchange(k.o, ref, held, a) == errc::ok); }) == 2);
  CHECK(shades([&] { static_cast<void>(k.me.load(k.o, ref)); }) == 0);
}

TEST_CASE("fields of several threads add up") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const shoal::type counter =
      here->declare("Counter", {{"n", shoal::u16}, {"m", shoal::u16}, {"sum", shoal::f64}}).value();
  const local c = here->create(s, counter).value();
  const shoal::handle shared(*here, c);
  const auto n = shoal::typed<std::uint16_t>(counter, "n").value();
  const auto m = shoal::typed<std::uint16_t>(counter, "m").value();
  const auto sum = shoal::typed<double>(counter, "sum").value();
  std::thread other([&] {
    attachment there = w.attach();
    for (int i = 0; i < 20'000; ++i) {
      const reference at = shared.get(*there);
      there->fetch_add(at, m, std::uint16_t{1});  // beside n, in the same word
      there->fetch_add(at, sum, 0.5);
    }
  });
  for (int i = 0; i < 20'000; ++i) {
    here->fetch_add(c, n, std::uint16_t{1});
    here->fetch_add(c, sum, 0.5);
  }
  {
    const shoal::blocked_region away(*here);
    other.join();
  }
  CHECK(here->load(c, n) == 20'000);
  CHECK(here->load(c, m) == 20'000);
  CHECK(here->load(c, sum) == 20'000.0);
}
