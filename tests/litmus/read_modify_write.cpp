// SPDX-License-Identifier: BSL-1.0
// Read-modify-writes: no update is lost, and each agent learns what it has replaced.
//
//   exchange                       compare_exchange                       add
//   r1 = exchange(x, 1)            r1 = compare_exchange(x, 0 -> 1)       r1 = fetch_add(x, 1)
//   r2 = exchange(x, 2)            r2 = compare_exchange(x, 0 -> 2)       r2 = fetch_add(x, 1)
//
//   shape            | r1, r2, last            | verdict
//   -----------------|-------------------------|----------------------------------------------
//   exchange         | 0, 1, 2   2, 0, 1       | allowed: one after the other
//   compare_exchange | 0, 1, 1   2, 0, 2       | allowed: one wins, the other reads the winner's
//   add              | 0, 1, 2   1, 0, 2       | allowed
//   any              | others                  | forbidden: an update is lost, or read twice
//
// count: each agent raises x from 0 to 2 by compare_exchange until it has; the last is 2, always.
// All kinds that have the operation; unordered, acq_rel and seq_cst.
//
// Atomicity has no order to weaken. Seen to fail: fetch_add as a load and a store, on every kind,
// thousands of times a second.

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Order>
struct updates : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {1, 1};
  static constexpr shoal::order_constant<Order> order{};
  using value = value_of<Kind>;
  using storage = shoal::storage_of<Kind>;

  std::uint32_t exchange(seat& at, unsigned i, unsigned n) {
    const shoal::reference x = at.objects[0][i].get();
    const value next = base::encode(at, n);
    auto& cell = shoal::cell_of<storage>(x.address(), this->field_.offset);
    shoal::unbarriered<> guard;
    if constexpr (Kind == field_kind::any) {
      if ((i & 1) == 0) {
        value old;
        if (at.by.exchange(x, this->field_, next, old, order) != shoal::errc::ok) std::abort();
        return base::decode(at, old);
      }
      std::uint64_t old = 0;
      if (shoal::exchange_any(guard, cell, next.word(), old, order) != shoal::errc::ok) {
        std::abort();
      }
      return base::decode(at, value::of_word(old));
    } else if constexpr (Kind == field_kind::ref) {
      return base::decode(
          at, shoal::reference(shoal::exchange_ref(guard, cell, next.address(), order)));
    } else if constexpr (Kind == field_kind::boolean) {
      return shoal::exchange_scalar(cell, next ? 1 : 0, order);
    } else {
      if ((i & 1) == 0) return base::decode(at, at.by.exchange(x, this->field_, next, order));
      return base::decode(at, shoal::exchange_scalar(cell, next, order));
    }
  }

  // 0: stored; else what was read.
  std::uint32_t replace(seat& at, unsigned i, unsigned from, unsigned n, bool& stored) {
    const shoal::reference x = at.objects[0][i].get();
    value expected = base::encode(at, from);
    const value next = base::encode(at, n);
    auto& cell = shoal::cell_of<storage>(x.address(), this->field_.offset);
    shoal::unbarriered<> guard;
    if constexpr (Kind == field_kind::any) {
      stored = at.by.compare_exchange(x, this->field_, expected, next, order) == shoal::errc::ok;
    } else if constexpr (Kind == field_kind::ref) {
      if ((i & 1) == 0) {
        stored = at.by.compare_exchange(x, this->field_, expected, next, order) == shoal::errc::ok;
      } else {
        void* held = expected.address();
        stored = shoal::compare_exchange_ref(guard, cell, held, next.address(), order);
        expected = shoal::reference(held);
      }
    } else if constexpr (Kind == field_kind::boolean) {
      std::uint8_t held = expected ? 1 : 0;
      stored = shoal::compare_exchange_scalar(cell, held, next ? 1 : 0, order);
      expected = held != 0;
    } else if ((i & 1) == 0) {
      stored = at.by.compare_exchange(x, this->field_, expected, next, order);
    } else {
      stored = shoal::compare_exchange_scalar(cell, expected, next, order);
    }
    return base::decode(at, expected);
  }

  std::uint32_t collect(seat& at, unsigned i) {
    return this->template load<memory_order::unordered>(at, 0, i);
  }
};

template <field_kind Kind, memory_order Order>
struct exchanges : updates<Kind, Order> {
  using updates<Kind, Order>::updates;
  template <unsigned Thread, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    return this->exchange(at, i, Thread + 1);
  }
};

template <field_kind Kind, memory_order Order>
struct compares : updates<Kind, Order> {
  using updates<Kind, Order>::updates;
  template <unsigned Thread, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    bool stored = false;
    const std::uint32_t read = this->replace(at, i, 0, Thread + 1, stored);
    // Stored, it has read the expected 0, and says so; not stored, it has read something else.
    return stored == (read == 0) ? read : garbage;
  }
};

template <field_kind Kind, memory_order Order>
struct counting : updates<Kind, Order> {
  using updates<Kind, Order>::updates;
  template <unsigned, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    unsigned n = 0;
    for (bool stored = false; !stored;) {
      const std::uint32_t read = this->replace(at, i, n, n + 1, stored);
      if (!stored && read == n) return garbage;  // nothing fails spuriously
      n = read;
      if (n > 1) return stored ? 0 : garbage;
    }
    return 0;
  }
};

template <field_kind Kind, memory_order Order>
struct adds : updates<Kind, Order> {
  using updates<Kind, Order>::updates;
  using value = value_of<Kind>;
  template <unsigned, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    const shoal::reference x = at.objects[0][i].get();
    value old;
    if ((i & 1) == 0) {
      old = at.by.fetch_add(x, this->field_, unit, this->order);
    } else {
      old = shoal::fetch_add_scalar(shoal::cell_of<value>(x.address(), this->field_.offset), unit,
                                    this->order);
    }
    return this->decode(at, old);
  }
  static constexpr value unit = static_cast<value>(
      std::is_integral_v<value> ? field_body<Kind, 1>::every_byte : std::uint64_t{1});
};

// Bits that two agents set and clear in one word do not get lost: each works on its own half of x.
template <field_kind Kind, memory_order Order>
struct bits : updates<Kind, Order> {
  using updates<Kind, Order>::updates;
  using value = value_of<Kind>;
  template <unsigned Thread, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    const shoal::reference x = at.objects[0][i].get();
    const auto mine = static_cast<value>(std::uint64_t{Thread + 1} * this->every_byte);
    const auto others = static_cast<value>(~mine);
    const auto half = [mine](value all) { return static_cast<value>(all & mine); };
    bool good = half(at.by.fetch_or(x, this->field_, mine, this->order)) == 0;
    good = good && half(at.by.fetch_and(x, this->field_, others, this->order)) == mine;
    good = good && half(at.by.fetch_xor(x, this->field_, mine, this->order)) == 0;
    good = good && half(at.by.fetch_sub(x, this->field_, mine, this->order)) == mine;
    good = good && half(at.by.fetch_or(x, this->field_, mine, this->order)) == 0;
    return good ? 0 : garbage;
  }
};

// A boolean has 0 and 1 only: both agents set it, and one of them is first.
template <memory_order Order>
struct exchanges_of_booleans : updates<field_kind::boolean, Order> {
  using updates<field_kind::boolean, Order>::updates;
  template <unsigned, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    return this->exchange(at, i, 1);
  }
};
template <memory_order Order>
struct compares_of_booleans : updates<field_kind::boolean, Order> {
  using updates<field_kind::boolean, Order>::updates;
  template <unsigned, class Seat>
  std::uint32_t play(Seat& at, unsigned i) {
    bool stored = false;
    const std::uint32_t read = this->replace(at, i, 0, 1, stored);
    return stored == (read == 0) ? read : garbage;
  }
};

template <template <field_kind, memory_order...> class Body, memory_order Order,
          field_kind... Kinds>
std::vector<session::one_case> listed() {
  return {session::make_case<Body<Kinds, Order>>(shoal::name_of(Kinds))...};
}

template <memory_order Order>
void shapes(session& run) {
  using enum field_kind;
  const std::string order = std::string("/") + litmus::name_of(Order);
  const auto all = [&]<template <field_kind, memory_order...> class Body>() {
    auto cases = listed<Body, Order, any, ref, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64>();
    if (shoal::has_vec128()) cases.push_back(session::make_case<Body<v128, Order>>("v128"));
    return cases;
  };
  run.table("read_modify_write/exchange" + order,
            {{0x012, allowed, "the first came first"},
             {0x201, allowed, "the second came first"},
             {0x001, forbidden, "both replace the first value"},
             {0x002, forbidden, "both replace the first value"},
             {0x211, forbidden, "each replaces the other's"},
             {0x212, forbidden, "each replaces the other's"}},
            all.template operator()<exchanges>());
  run.table("read_modify_write/compare_exchange" + order,
            {{0x011, allowed, "the first wins"},
             {0x202, allowed, "the second wins"},
             {0x001, forbidden, "both win"},
             {0x002, forbidden, "both win"},
             {0x210, forbidden, "nobody wins"}},
            all.template operator()<compares>());
  run.table("read_modify_write/count" + order,
            {{0x002, allowed, "both counted"}, {0x001, forbidden, "one is lost"}},
            all.template operator()<counting>());
  run.table("read_modify_write/boolean" + order,
            {{0x011, allowed, "the first wins"},
             {0x101, allowed, "the second wins"},
             {0x001, forbidden, "both win"},
             {0x111, forbidden, "nobody wins"}},
            {session::make_case<exchanges_of_booleans<Order>>("exchange"),
             session::make_case<compares_of_booleans<Order>>("compare_exchange")});
  run.table("read_modify_write/add" + order,
            {{0x012, allowed, "the first came first"},
             {0x102, allowed, "the second came first"},
             {0x001, forbidden, "one is lost"}},
            listed<adds, Order, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64>());
  run.table("read_modify_write/bits" + order, {{0x003, allowed, "each its own"}},
            listed<bits, Order, i8, i16, i32, i64, u8, u16, u32, u64>());
}

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  using enum memory_order;
  shapes<unordered>(run);
  shapes<acq_rel>(run);
  shapes<seq_cst>(run);
  return run.result();
}
