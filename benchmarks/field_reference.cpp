// SPDX-License-Identifier: BSL-1.0
// What do the share check and the idle write barrier of a reference store cost, beside the same
// tests written by hand? And a load of a reference, beside boost::atomic_ref?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t object_count = 64;
constexpr double load_limit = 1.15;
constexpr double store_limit = 1.5;

// What a runtime without Shoal would keep for itself.
struct by_hand_context {
  std::uintptr_t cursor = 0;
  std::uintptr_t limit = 0;
  bool barrier = false;
};

constexpr std::uint64_t tag_pair = 0xfffe'0000'0000'0000;
constexpr std::uint64_t local_tag = 0x0004'0000'0000'0000;

[[gnu::noinline, gnu::cold]] void barriered_store(std::uint64_t* place, std::uint64_t word) {
  boost::atomic_ref<std::uint64_t>(*place).exchange(word);
}

struct objects {
  std::vector<void*> all;
  std::vector<std::uint64_t> words;  // to be stored: numbers, objects, undefined
  std::vector<void*> targets;
  shoal::typed_field<shoal::value> any;
  shoal::typed_field<shoal::reference> ref;
  shoal::typed_field<shoal::reference> node;  // of this very type only
  by_hand_context context;

  objects() {
    const shoal::type type =
        the_world().declare("Holder", {{"any", shoal::any},
                                       {"ref", shoal::ref},
                                       shoal::field_spec{"node", shoal::ref}.of_self()});
    all = the_world().create(type, object_count);
    targets = the_world().create(type, object_count);
    random next(7);
    for (std::size_t i = 0; i < object_count; ++i) {
      const shoal::value values[] = {shoal::value(static_cast<std::int32_t>(i)),
                                     shoal::value(0.5 * static_cast<double>(i)), shoal::value(),
                                     shoal::value(shoal::reference(targets[i]))};
      words.push_back(values[next.below(4)].word());
    }
    any = need(shoal::typed<shoal::value>(type, "any"), "no field");
    ref = need(shoal::typed<shoal::reference>(type, "ref"), "no field");
    node = need(shoal::typed<shoal::reference>(type, "node"), "no field");
    any.offset = opaque(any.offset);
    ref.offset = opaque(ref.offset);
    ref.ref_type = opaque(ref.ref_type);
    node.offset = opaque(node.offset);
    node.ref_type = opaque(node.ref_type);
  }
  static objects& get() {
    static objects only;
    return only;
  }
};

SHOAL_INLINE std::uint64_t& place(void* object, std::uint32_t offset) {
  return *reinterpret_cast<std::uint64_t*>(static_cast<char*>(object) + offset);
}

template <shoal::memory_order O>
constexpr boost::memory_order for_loads =
    O == shoal::memory_order::seq_cst ? boost::memory_order::seq_cst : boost::memory_order::acquire;
template <shoal::memory_order O>
constexpr boost::memory_order for_stores =
    O == shoal::memory_order::seq_cst ? boost::memory_order::seq_cst : boost::memory_order::release;

template <shoal::memory_order O>
void loads(const std::string& order_name) {
  static constexpr shoal::order_constant<O> order{};
  compare(
      "field/any/" + order_name + "/load", load_limit,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint32_t offset = objects::get().any.offset;
        each(state, object_count, [=](std::size_t i) {
          keep(boost::atomic_ref<std::uint64_t>(place(all[i], offset)).load(for_loads<O>));
        });
      },
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const auto where = objects::get().any;
        shoal::agent& agent = the_world().agent;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.load(shoal::reference(all[i]), where, order).word());
        });
      });
  compare(
      "field/ref/" + order_name + "/load", load_limit,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint32_t offset = objects::get().ref.offset;
        each(state, object_count, [=](std::size_t i) {
          keep(boost::atomic_ref<std::uint64_t>(place(all[i], offset)).load(for_loads<O>));
        });
      },
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const auto where = objects::get().ref;
        shoal::agent& agent = the_world().agent;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.load(shoal::reference(all[i]), where, order).address());
        });
      });
}

// The floor of a ref store: its flag test alone, as its value can't be anything unshared.
template <shoal::memory_order O>
void floor_of_ref(benchmark::State& state) {
  void* const* const all = objects::get().all.data();
  void* const* const targets = objects::get().targets.data();
  const std::uint32_t offset = objects::get().ref.offset;
  by_hand_context* const context = opaque(&objects::get().context);
  each(state, object_count, [=](std::size_t i) {
    std::uint64_t& field = place(all[i], offset);
    const auto word = reinterpret_cast<std::uintptr_t>(targets[i]);
    if (context->barrier) [[unlikely]] {
      barriered_store(&field, word);
    } else {
      boost::atomic_ref<std::uint64_t>(field).store(word, for_stores<O>);
    }
  });
}

template <shoal::memory_order O>
void stores(const std::string& order_name) {
  static constexpr shoal::order_constant<O> order{};
  compare(
      "field/any/" + order_name + "/store", store_limit,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint64_t* const words = objects::get().words.data();
        const std::uint32_t offset = objects::get().any.offset;
        by_hand_context* const context = opaque(&objects::get().context);
        each(state, object_count, [=](std::size_t i) {
          const std::uint64_t word = words[i];
          std::uint64_t& field = place(all[i], offset);
          shoal::errc answer = shoal::errc::ok;
          if ((word & tag_pair) == local_tag) [[unlikely]] {
            answer = shoal::errc::unshared_value;
          } else if (context->barrier) [[unlikely]] {
            barriered_store(&field, word);
          } else {
            boost::atomic_ref<std::uint64_t>(field).store(word, for_stores<O>);
          }
          keep(answer);
        });
      },
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint64_t* const words = objects::get().words.data();
        const auto where = objects::get().any;
        shoal::agent& agent = the_world().agent;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(
              agent.store(shoal::reference(all[i]), where, shoal::value::of_word(words[i]), order));
        });
      });
  compare(
      "field/ref/" + order_name + "/store", store_limit, floor_of_ref<O>,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        void* const* const targets = objects::get().targets.data();
        const auto where = objects::get().ref;
        shoal::agent& agent = the_world().agent;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.store(shoal::reference(all[i]), where, shoal::reference(targets[i]), order));
        });
      });
}

// A field that takes objects of one type only also asks for the value's type. No limit is named.
void typed_store() {
  static constexpr auto order = shoal::memory_order::unordered;
  compare("field/ref_of_type/unordered/store", no_limit, floor_of_ref<order>,
          [](benchmark::State& state) {
            void* const* const all = objects::get().all.data();
            void* const* const targets = objects::get().targets.data();
            const auto where = objects::get().node;
            shoal::agent& agent = the_world().agent;
            each(state, object_count, [=, &agent](std::size_t i) {
              keep(agent.store(shoal::reference(all[i]), where, shoal::reference(targets[i])));
            });
          });
}

}  // namespace

void register_figures() {
  loads<shoal::memory_order::unordered>("unordered");
  loads<shoal::memory_order::acquire>("acquire");
  loads<shoal::memory_order::seq_cst>("seq_cst");
  stores<shoal::memory_order::unordered>("unordered");
  stores<shoal::memory_order::release>("release");
  stores<shoal::memory_order::seq_cst>("seq_cst");
  typed_store();
}

}  // namespace bench
