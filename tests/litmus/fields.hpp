// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the litmus tests of fields share: small numbers as values of every field kind, objects with
// one field of a kind on a cache line of its own, and loops over kinds and orders.
//
// Accesses go through agent.load and agent.store on even instances and through object/access.hpp on
// odd ones, which are the two ways of the public interface.

#include <string>
#include <utility>

#include "litmus.hpp"

namespace litmus {

using shoal::field_kind;
using shoal::memory_order;

// What agent.load gives for a kind.
template <field_kind Kind>
struct field_value_of {
  using type = shoal::storage_of<Kind>;
};
template <>
struct field_value_of<field_kind::any> {
  using type = shoal::value;
};
template <>
struct field_value_of<field_kind::ref> {
  using type = shoal::reference;
};
template <>
struct field_value_of<field_kind::boolean> {
  using type = bool;
};
template <field_kind Kind>
using value_of = typename field_value_of<Kind>::type;

// Small numbers that a boolean can tell apart: 0 and 1.
template <field_kind Kind>
inline constexpr unsigned numbers = Kind == field_kind::boolean ? 2 : 4;

// Instances of objects with a field of some kind on a line of its own: x, y, ...; and the objects
// that stand for 1, 2 and 3 in `ref` fields.
class instances {
 public:
  static constexpr unsigned most_objects = 2;

  instances(session::stage& at, field_kind kind, unsigned objects) : count_(objects) {
    using namespace shoal;
    const type what = at.agent
                          .declare("litmus", {{"f", kind},
                                              {"a", i64},
                                              {"b", i64},
                                              {"c", i64},
                                              {"d", i64},
                                              {"e", i64},
                                              {"g", i64},
                                              {"h", i64},
                                              {"i", i64}})
                          .value();
    offset_ = what.field("f").value().offset;
    for (unsigned i = 0; i < batch_size; ++i) {
      for (unsigned o = 0; o < objects; ++o) {
        objects_[o][i] = at.agent.create(at.scope, what).value().get().address();
      }
    }
    for (unsigned n = 1; n < 4; ++n) {
      named_[n] = at.agent.create(at.scope, what).value().get().address();
    }
  }

  struct seat {
    seat(instances& body, const actor& on) : by(on.agent) {
      for (unsigned o = 0; o < body.count_; ++o) {
        for (unsigned i = 0; i < batch_size; ++i) {
          objects[o].push_back(on.hold(body.objects_[o][i]));
        }
      }
      for (unsigned n = 1; n < 4; ++n) named[n] = on.hold(body.named_[n]);
    }
    shoal::agent& by;
    std::vector<shoal::local> objects[most_objects];
    shoal::local named[4];
  };

 protected:
  std::uint32_t offset_ = 0;

 private:
  const unsigned count_;
  void* objects_[most_objects][batch_size] = {};
  void* named_[4] = {};
};

// A body over them. `Objects` of them each.
template <field_kind Kind, unsigned Objects>
class field_body : public instances {
 public:
  static constexpr std::uint64_t batches = 0;

  explicit field_body(session::stage& at) : instances(at, Kind, Objects), field_{offset_, 0} {
    static_assert(Objects <= most_objects);
  }

  // Not inlined, these two: they would be most of every case.
  [[gnu::noinline]] static value_of<Kind> encode(seat& at, unsigned n) {
    if constexpr (Kind == field_kind::any) {
      // Of several kinds, one of them a reference.
      switch (n) {
        case 0:
          return shoal::value();
        case 1:
          return shoal::value(at.named[1].get());
        case 2:
          return shoal::value(2.5);
        default:
          return shoal::value(std::int32_t{3});
      }
    } else if constexpr (Kind == field_kind::ref) {
      return n == 0 ? shoal::reference() : at.named[n].get();
    } else if constexpr (Kind == field_kind::boolean) {
      return n != 0;
    } else if constexpr (Kind == field_kind::v128) {
      return {n * every_byte, n * every_byte};
    } else if constexpr (std::is_integral_v<value_of<Kind>>) {
      return static_cast<value_of<Kind>>(n * every_byte);
    } else {
      return static_cast<value_of<Kind>>(n);
    }
  }
  [[gnu::noinline]] static std::uint32_t decode(seat& at, const value_of<Kind>& read) {
    for (unsigned n = 0; n < numbers<Kind>; ++n) {
      if (read == encode(at, n)) return n;
    }
    return garbage;
  }

  template <memory_order O>
  std::uint32_t load(seat& at, unsigned object, unsigned i) {
    constexpr shoal::order_constant<O> order{};
    const shoal::reference from = at.objects[object][i].get();
    if ((i & 1) == 0) return decode(at, at.by.load(from, field_, order));
    const auto& cell = shoal::cell_of<storage>(from.address(), field_.offset);
    if constexpr (Kind == field_kind::any) {
      return decode(at, shoal::value::of_word(shoal::load_any(cell, order)));
    } else if constexpr (Kind == field_kind::ref) {
      return decode(at, shoal::reference(shoal::load_ref(cell, order)));
    } else if constexpr (Kind == field_kind::boolean) {
      return decode(at, shoal::load_scalar(cell, order) != 0);
    } else {
      return decode(at, shoal::load_scalar(cell, order));
    }
  }

  template <memory_order O>
  void store(seat& at, unsigned object, unsigned i, unsigned n) {
    constexpr shoal::order_constant<O> order{};
    const shoal::reference into = at.objects[object][i].get();
    const value_of<Kind> what = encode(at, n);
    if ((i & 1) == 0) {
      if constexpr (shoal::holds_references(Kind)) {
        if (at.by.store(into, field_, what, order) != shoal::errc::ok) std::abort();
      } else {
        at.by.store(into, field_, what, order);
      }
      return;
    }
    auto& cell = shoal::cell_of<storage>(into.address(), field_.offset);
    shoal::unbarriered<> guard;
    if constexpr (Kind == field_kind::any) {
      if (shoal::store_any(guard, cell, what.word(), order) != shoal::errc::ok) std::abort();
    } else if constexpr (Kind == field_kind::ref) {
      shoal::store_ref(guard, cell, what.address(), order);
    } else {
      shoal::store_scalar(cell, static_cast<storage>(what), order);
    }
  }

  void reset(seat& at, unsigned i) {
    for (unsigned o = 0; o < Objects; ++o) store<memory_order::unordered>(at, o, i, 0);
  }

 protected:
  using storage = shoal::storage_of<Kind>;
  static constexpr std::uint64_t every_byte = 0x0101'0101'0101'0101;

  shoal::typed_field<value_of<Kind>> field_;
};

inline const char* name_of(memory_order order) {
  static constexpr const char* names[] = {"unordered", "relaxed", "acquire",
                                          "release",   "acq_rel", "seq_cst"};
  return names[static_cast<int>(order)];
}

// Scalars, and the two kinds whose unordered accesses are release and acquire.
enum class family : std::uint8_t { scalars, references };

// Body<Kind, Orders...> for each kind of a family that this machine has.
template <template <field_kind, memory_order...> class Body, memory_order... Orders>
std::vector<session::one_case> cases_of(family which) {
  std::vector<session::one_case> cases;
  const auto add = [&]<field_kind... Kinds>(std::integer_sequence<field_kind, Kinds...>) {
    (cases.push_back(session::make_case<Body<Kinds, Orders...>>(shoal::name_of(Kinds))), ...);
  };
  if (which == family::references) {
    add(std::integer_sequence<field_kind, field_kind::any, field_kind::ref>());
    return cases;
  }
  using enum field_kind;
  add(std::integer_sequence<field_kind, boolean, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64>());
  if (shoal::has_vec128()) add(std::integer_sequence<field_kind, v128>());
  return cases;
}

// f<Store, Load>() for each pair of a store's and a load's order.
template <class F>
void for_each_order_pair(F&& f) {
  using enum memory_order;
  const auto with = [&]<memory_order Store>() {
    f.template operator()<Store, unordered>();
    f.template operator()<Store, acquire>();
    f.template operator()<Store, seq_cst>();
  };
  with.template operator()<unordered>();
  with.template operator()<release>();
  with.template operator()<seq_cst>();
}

// What an order amounts to on a family: unordered is stronger on `any` and `ref`.
constexpr bool releases(memory_order store, family on) {
  return store != memory_order::unordered || on == family::references;
}
constexpr bool acquires(memory_order load, family on) {
  return load != memory_order::unordered || on == family::references;
}

inline std::string title(const char* shape, memory_order store, memory_order load, family on) {
  return std::string(shape) + "/" + name_of(store) + "-" + name_of(load) +
         (on == family::references ? "/any,ref" : "/scalars");
}

}  // namespace litmus
