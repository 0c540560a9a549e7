// SPDX-License-Identifier: BSL-1.0
// More than two agents: independent reads of independent writes, and a message passed on.
//
//   independent_reads                                   passed_on
//   x = 1 (S)   y = 1 (S)   r1 = x (L)   r3 = y (L)     x = 1 (S)   r1 = x (L)   r2 = y (L)
//                           r2 = y (L)   r4 = x (L)                 y = 1 (S)    r3 = x (L)
//
//   shape             | outcome    | seq_cst   | release, acquire | unordered scalars
//   ------------------|------------|-----------|------------------|------------------
//   independent_reads | 1, 0, 1, 0 | forbidden | interesting      | interesting
//   passed_on         | 1, 1, 0    | forbidden | forbidden        | interesting
//
// In the second the middle agent writes y only after it has read x = 1.
// Every other outcome is allowed. With fewer processors than agents they rarely overlap, and this
// shows little. x86-64 shows neither in any order. Seen by: the model (base/seq_cst.cpp).

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Store, memory_order Load>
struct independent_reads : field_body<Kind, 2> {
  using base = field_body<Kind, 2>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 4;
  static constexpr unsigned digits[] = {2, 2, 0, 0};

  // The readers first: with two processors each shares one with a writer.
  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread >= 2) {
      this->template store<Store>(at, Thread - 2, i, 1);
      return 0;
    } else {
      const std::uint32_t read = this->template load<Load>(at, Thread, i);
      return read << 4 | this->template load<Load>(at, 1 - Thread, i);
    }
  }
};

template <field_kind Kind, memory_order Store, memory_order Load>
struct passed_on : field_body<Kind, 2> {
  using base = field_body<Kind, 2>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 3;
  static constexpr unsigned digits[] = {0, 1, 2};
  enum { x, y };

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      this->template store<Store>(at, x, i, 1);
      return 0;
    } else if constexpr (Thread == 1) {
      const std::uint32_t read = this->template load<Load>(at, x, i);
      if (read == 1) this->template store<Store>(at, y, i, 1);
      return read;
    } else {
      const std::uint32_t read = this->template load<Load>(at, y, i);
      return read << 4 | this->template load<Load>(at, x, i);
    }
  }
};

template <memory_order Store, memory_order Load>
void shapes(session& run) {
  using enum memory_order;
  for (const family on : {family::scalars, family::references}) {
    const bool total = Store == seq_cst && Load == seq_cst;
    const bool ordered = releases(Store, on) && acquires(Load, on);
    std::vector<outcome> four{
        {0x1010, total ? forbidden : interesting, "the readers disagree on which came first"}};
    for (std::uint32_t bits = 0; bits < 16; ++bits) {
      const std::uint32_t id = (bits & 8) << 9 | (bits & 4) << 6 | (bits & 2) << 3 | (bits & 1);
      if (id != 0x1010) four.push_back({id, allowed, ""});
    }
    run.table(title("causality/independent_reads", Store, Load, on), four,
              cases_of<independent_reads, Store, Load>(on));
    run.table(title("causality/passed_on", Store, Load, on),
              {{0x000, allowed, ""},
               {0x001, allowed, ""},
               {0x100, allowed, ""},
               {0x101, allowed, ""},
               {0x111, allowed, "passed on"},
               {0x110, ordered ? forbidden : interesting, "the message without its cause"},
               {0x010, forbidden, "y from nowhere"},
               {0x011, forbidden, "y from nowhere"}},
              cases_of<passed_on, Store, Load>(on));
  }
}

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  using enum memory_order;
  shapes<unordered, unordered>(run);
  shapes<release, acquire>(run);
  shapes<seq_cst, seq_cst>(run);
  return run.result();
}
