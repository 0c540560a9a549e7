// SPDX-License-Identifier: BSL-1.0
// Store buffering: each agent writes its own field and then reads the other's.
//
//   x = 1 (S)      y = 1 (S)
//   r1 = y (L)     r2 = x (L)
//
//   r1, r2 | seq_cst stores and loads | any other pair
//   -------|--------------------------|------------------------------------------------
//   0, 1   | allowed                  | allowed
//   1, 0   | allowed                  | allowed
//   1, 1   | allowed                  | allowed
//   0, 0   | forbidden                | interesting: both stores are still on their way
//
// Seen on x86-64 (AMD EPYC, 2 processors): 0, 0 in some 4 of 100 instances for every pair whose
// stores are not seq_cst; never where they are, as a seq_cst store is an exchange there. So a
// seq_cst store that is only a release fails at once, and a seq_cst load that is only an acquire
// does not: x86-64 has one load. Seen by: the model (base/seq_cst.cpp).

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Store, memory_order Load>
struct store_buffering : field_body<Kind, 2> {
  using base = field_body<Kind, 2>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {1, 1};

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    this->template store<Store>(at, Thread, i, 1);
    return this->template load<Load>(at, 1 - Thread, i);
  }
};

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  for_each_order_pair([&]<memory_order Store, memory_order Load>() {
    constexpr bool ordered = Store == memory_order::seq_cst && Load == memory_order::seq_cst;
    const std::vector<outcome> rows{
        {0x01, allowed, "the first came first"},
        {0x10, allowed, "the second came first"},
        {0x11, allowed, "side by side"},
        {0x00, ordered ? forbidden : interesting, "neither sees the other's store"}};
    for (const family on : {family::scalars, family::references}) {
      run.table(title("store_buffering", Store, Load, on), rows,
                cases_of<store_buffering, Store, Load>(on));
    }
  });
  return run.result();
}
