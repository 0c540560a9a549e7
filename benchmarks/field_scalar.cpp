// SPDX-License-Identifier: BSL-1.0
// What does a scalar field cost, beside boost::atomic_ref by hand? The bar is the instruction
// sequence (tests/codegen); this is its guard.

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t object_count = 64;
constexpr double scalar_limit = 1.15;

constexpr boost::memory_order native(shoal::memory_order order) {
  switch (order) {
    case shoal::memory_order::acquire:
      return boost::memory_order::acquire;
    case shoal::memory_order::release:
      return boost::memory_order::release;
    case shoal::memory_order::seq_cst:
      return boost::memory_order::seq_cst;
    default:
      return boost::memory_order::relaxed;
  }
}

const char* name_of(shoal::memory_order order) {
  switch (order) {
    case shoal::memory_order::acquire:
      return "acquire";
    case shoal::memory_order::release:
      return "release";
    case shoal::memory_order::seq_cst:
      return "seq_cst";
    default:
      return "unordered";
  }
}

// Objects with one field of the kind.
template <class T>
struct objects {
  std::vector<void*> all;
  shoal::typed_field<T> where;

  objects() {
    const shoal::type type =
        the_world().declare("One", {{"first", shoal::i64}, {"field", shoal::kind_of_type<T>}});
    all = the_world().create(type, object_count);
    where = need(shoal::typed<T>(type, "field"), "no field");
    where.offset = opaque(where.offset);
  }
  static objects& get() {
    static objects only;
    return only;
  }
};

// What a T is stored as.
template <class T>
using word = std::conditional_t<std::is_same_v<T, bool>, std::uint8_t, T>;

template <class T>
SHOAL_INLINE boost::atomic_ref<word<T>> by_hand(void* object, std::uint32_t offset) {
  return boost::atomic_ref<word<T>>(
      *reinterpret_cast<word<T>*>(static_cast<char*>(object) + offset));
}

template <class T, shoal::memory_order O>
void loads(const char* kind) {
  static constexpr shoal::order_constant<O> order{};
  compare(
      std::string("field/") + kind + "/" + name_of(O) + "/load", scalar_limit,
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        void* const* const all = here.all.data();
        const std::uint32_t offset = here.where.offset;
        each(state, object_count, [=](std::size_t i) {
          const word<T> seen = by_hand<T>(all[i], offset).load(native(O));
          keep(static_cast<T>(seen));
        });
      },
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        shoal::agent& agent = the_world().agent;
        void* const* const all = here.all.data();
        const shoal::typed_field<T> where = here.where;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.load(shoal::reference(all[i]), where, order));
        });
      });
}

template <class T, shoal::memory_order O>
void stores(const char* kind) {
  static constexpr shoal::order_constant<O> order{};
  compare(
      std::string("field/") + kind + "/" + name_of(O) + "/store", scalar_limit,
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        void* const* const all = here.all.data();
        const std::uint32_t offset = here.where.offset;
        const T value = opaque(T(1));
        each(state, object_count, [=](std::size_t i) {
          by_hand<T>(all[i], offset).store(static_cast<word<T>>(value), native(O));
        });
      },
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        shoal::agent& agent = the_world().agent;
        void* const* const all = here.all.data();
        const shoal::typed_field<T> where = here.where;
        const T value = opaque(T(1));
        each(state, object_count, [=, &agent](std::size_t i) {
          agent.store(shoal::reference(all[i]), where, value, order);
        });
      });
}

// Section 7 names no limit for these; tests/codegen compares them too.
template <class T>
void updates(const char* kind) {
  const std::string name = std::string("field/") + kind + "/seq_cst/";
  compare(
      name + "exchange", no_limit,
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        void* const* const all = here.all.data();
        const std::uint32_t offset = here.where.offset;
        each(state, object_count, [=](std::size_t i) {
          keep(by_hand<T>(all[i], offset).exchange(T(1), boost::memory_order::seq_cst));
        });
      },
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        shoal::agent& agent = the_world().agent;
        void* const* const all = here.all.data();
        const shoal::typed_field<T> where = here.where;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.exchange(shoal::reference(all[i]), where, T(1), shoal::seq_cst));
        });
      });
  compare(
      name + "add", no_limit,
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        void* const* const all = here.all.data();
        const std::uint32_t offset = here.where.offset;
        each(state, object_count, [=](std::size_t i) {
          keep(by_hand<T>(all[i], offset).fetch_add(T(1), boost::memory_order::seq_cst));
        });
      },
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        shoal::agent& agent = the_world().agent;
        void* const* const all = here.all.data();
        const shoal::typed_field<T> where = here.where;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.fetch_add(shoal::reference(all[i]), where, T(1), shoal::seq_cst));
        });
      });
  compare(
      name + "compare_exchange", no_limit,
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        void* const* const all = here.all.data();
        const std::uint32_t offset = here.where.offset;
        for (void* object : here.all) by_hand<T>(object, offset).store(T(1));
        each(state, object_count, [=](std::size_t i) {
          T expected(1);
          keep(by_hand<T>(all[i], offset)
                   .compare_exchange_strong(expected, T(1), boost::memory_order::seq_cst));
        });
      },
      [](benchmark::State& state) {
        objects<T>& here = objects<T>::get();
        shoal::agent& agent = the_world().agent;
        void* const* const all = here.all.data();
        const shoal::typed_field<T> where = here.where;
        for (void* object : here.all) agent.store(shoal::reference(object), where, T(1));
        each(state, object_count, [=, &agent](std::size_t i) {
          T expected(1);
          keep(agent.compare_exchange(shoal::reference(all[i]), where, expected, T(1),
                                      shoal::seq_cst));
        });
      });
}

template <class T>
void scalar(const char* kind) {
  loads<T, shoal::memory_order::unordered>(kind);
  loads<T, shoal::memory_order::acquire>(kind);
  loads<T, shoal::memory_order::seq_cst>(kind);
  stores<T, shoal::memory_order::unordered>(kind);
  stores<T, shoal::memory_order::release>(kind);
  stores<T, shoal::memory_order::seq_cst>(kind);
}

}  // namespace

void register_figures() {
  scalar<bool>("bool");
  scalar<std::int8_t>("i8");
  scalar<std::int16_t>("i16");
  scalar<std::int32_t>("i32");
  scalar<std::int64_t>("i64");
  scalar<std::uint8_t>("u8");
  scalar<std::uint16_t>("u16");
  scalar<std::uint32_t>("u32");
  scalar<std::uint64_t>("u64");
  scalar<float>("f32");
  scalar<double>("f64");
  updates<std::int32_t>("i32");
  updates<std::int64_t>("i64");
}

}  // namespace bench
