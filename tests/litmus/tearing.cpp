// SPDX-License-Identifier: BSL-1.0
// No field ever tears, and none disturbs its neighbour.
//
//   whole                                 neighbours
//   r = x    x = 1    x = 2               a[j] = 1    a[j + 1] = 1    last = a[j], a[j + 1]
//   12 times x = 3    x = 3               (fields of one object, elements of one array)
//            6 times  6 times
//
//   shape      | outcome | verdict
//   -----------|---------|--------------------------------------------------
//   whole      | 0       | allowed: each read is a value that was written
//              | 1       | forbidden: a mixture
//   neighbours | 1, 1    | allowed
//              | others  | forbidden: a store of one has rewritten the other
//
// The values differ in every byte (integers, v128), or in kind (any: undefined, a reference, a
// double, an int32). All kinds, all orders of stores and loads that differ in code.
//
// Seen to fail: v128 loads as two of 8 bytes, some 400 mixtures a second here; stores as two of 8
// bytes, 1 or 2 a second (they leave the store buffer one right after the other).

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Store, memory_order Load>
struct whole : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 3;
  // The reader is thread 0, so that it has a processor to itself where there are two.
  static constexpr unsigned digits[] = {1, 0, 0};

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    // Many accesses each: the moment in which a split one would show is short.
    if constexpr (Thread == 0) {
      bool torn = false;
      for (unsigned k = 0; k < 12; ++k) torn |= this->template load<Load>(at, 0, i) == garbage;
      return torn ? 1 : 0;
    } else {
      for (unsigned k = 0; k < 6; ++k) {
        this->template store<Store>(at, 0, i, numbers<Kind> == 2 ? 1 : Thread);
        this->template store<Store>(at, 0, i, numbers<Kind> == 2 ? 0 : 3);
      }
      return 0;
    }
  }
};

// Two agents only: the writer and the reader meet far more often.
template <field_kind Kind, memory_order Store, memory_order Load>
struct whole_of_two : whole<Kind, Store, Load> {
  using base = whole<Kind, Store, Load>;
  using base::base;
  static constexpr unsigned threads = 2;
};

// Pairs of neighbours: fields of one object, or elements of one array.
template <field_kind Kind, memory_order...>
struct neighbours {
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 0};
  static constexpr std::uint64_t batches = 0;
  using storage = shoal::storage_of<Kind>;

  explicit neighbours(session::stage& at) {
    const shoal::type what = at.agent.declare("pair", {{"a", Kind}, {"b", Kind}}).value();
    a = what.field("a").value();
    b = what.field("b").value();
    for (void*& pair : pairs) pair = at.agent.create(at.scope, what).value().get().address();
    array = at.agent.create_array(at.scope, Kind, 2 * batch_size).value().get().address();
  }
  struct seat {
    seat(neighbours& body, const actor& on) : by(on.agent), array(on.hold(body.array)) {
      for (void* pair : body.pairs) pairs.push_back(on.hold(pair));
    }
    shoal::agent& by;
    std::vector<shoal::local> pairs;
    shoal::local array;
  };

  // Every byte 1, or none.
  static storage ones() {
    storage value{};
    if constexpr (Kind == field_kind::boolean) {
      value = 1;
    } else if constexpr (Kind == field_kind::any) {
      value = shoal::nan_box::from_double(1.5);
    } else {
      std::memset(static_cast<void*>(&value), 1, sizeof value);
    }
    return value;
  }
  shoal::cell<storage>& cell(seat& at, unsigned which, unsigned i) {
    if ((i & 1) != 0) return shoal::elements<storage>(at.array.get().address())[2 * i + which];
    return shoal::cell_of<storage>(at.pairs[i].get().address(), which == 0 ? a.offset : b.offset);
  }

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    shoal::store_scalar(cell(at, Thread, i), ones());
    return 0;
  }
  std::uint32_t collect(seat& at, unsigned i) {
    const storage first = shoal::load_scalar(cell(at, 0, i));
    const storage second = shoal::load_scalar(cell(at, 1, i));
    return (first == ones() ? 1U : 0U) | (second == ones() ? 2U : 0U);
  }
  void reset(seat& at, unsigned i) {
    shoal::store_scalar(cell(at, 0, i), storage{});
    shoal::store_scalar(cell(at, 1, i), storage{});
  }

  shoal::field a;
  shoal::field b;
  void* pairs[batch_size] = {};
  void* array = nullptr;
};

template <memory_order Store, memory_order Load>
void shapes(session& run) {
  const std::vector<outcome> rows{{0, allowed, "a value that was written"},
                                  {1, forbidden, "a mixture"}};
  for (const family on : {family::scalars, family::references}) {
    run.table(title("tearing/whole", Store, Load, on), rows, cases_of<whole, Store, Load>(on));
    run.table(title("tearing/whole_of_two", Store, Load, on), rows,
              cases_of<whole_of_two, Store, Load>(on));
  }
  if (!shoal::has_vec128()) return;
  // By itself, as it is the one that the machine must be asked about.
  run.table(title("tearing/v128", Store, Load, family::scalars), rows,
            {session::make_case<whole_of_two<field_kind::v128, Store, Load>>("v128"),
             session::make_case<whole<field_kind::v128, Store, Load>>("v128, three agents")});
}

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  using enum memory_order;
  shapes<unordered, unordered>(run);
  shapes<release, acquire>(run);
  shapes<seq_cst, seq_cst>(run);
  run.table("tearing/neighbours/scalars",
            {{3, allowed, "both"},
             {0, forbidden, "neither"},
             {1, forbidden, "the second is lost"},
             {2, forbidden, "the first is lost"}},
            cases_of<neighbours>(family::scalars));
  return run.result();
}
