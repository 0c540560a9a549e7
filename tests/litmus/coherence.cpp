// SPDX-License-Identifier: BSL-1.0
// Coherence: on one field all agents agree on the order of the writes, whatever the orders are.
//
//   read_read               write_write           write_read            read_write
//   x = 1    r1 = x         x = 1    x = 3        x = 1     x = 2       r1 = x    x = 2
//   x = 2    r2 = x         x = 2                 r1 = x                x = 1
//
//   shape       | outcome       | forbidden
//   ------------|---------------|--------------------------------------------------------------
//   read_read   | r1, r2        | a later read of an older value: 1, 0   2, 0   2, 1
//   write_write | last          | 0 and 1: an agent's own later write came first
//   write_read  | r1, last      | 0, _ : its own write is not seen; 2, 1: an old write comes after
//   read_write  | r1, last      | 1, _ : a read of a write to come; 2, 2: likewise
//
// A boolean field plays the first two shapes with the values 0 and 1.
//
// Nothing weaker than unordered exists to be caught: a plain access that the compiler hoists or
// repeats would be (V8's shared structs had that), and seq_cst against unordered differs in none.

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Store, memory_order Load>
struct read_read : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 2};

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      this->template store<Store>(at, 0, i, 1);
      if constexpr (numbers < Kind >> 2) this->template store<Store>(at, 0, i, 2);
      return 0;
    } else {
      const std::uint32_t r1 = this->template load<Load>(at, 0, i);
      return r1 << 4 | this->template load<Load>(at, 0, i);
    }
  }
};

template <field_kind Kind, memory_order Store, memory_order Load>
struct write_write : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 0};
  static constexpr bool two = numbers<Kind> == 2;

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      this->template store<Store>(at, 0, i, two ? 0 : 1);
      this->template store<Store>(at, 0, i, two ? 1 : 2);
    } else {
      this->template store<Store>(at, 0, i, two ? 1 : 3);
    }
    return 0;
  }
  std::uint32_t collect(seat& at, unsigned i) {
    const std::uint32_t last = this->template load<Load>(at, 0, i);
    return two && last == 1 ? 2 : last;
  }
};

template <field_kind Kind, memory_order Store, memory_order Load>
struct write_read : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {1, 0};

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    this->template store<Store>(at, 0, i, Thread == 0 || numbers<Kind> == 2 ? 1 : 2);
    if constexpr (Thread == 0) return this->template load<Load>(at, 0, i);
    return 0;
  }
  std::uint32_t collect(seat& at, unsigned i) { return this->template load<Load>(at, 0, i); }
};

template <field_kind Kind, memory_order Store, memory_order Load>
struct read_write : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {1, 0};

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    std::uint32_t read = 0;
    if constexpr (Thread == 0) read = this->template load<Load>(at, 0, i);
    // A boolean has one value only: what it reads may then be either's.
    this->template store<Store>(at, 0, i, Thread == 0 || numbers<Kind> == 2 ? 1 : 2);
    return numbers<Kind> == 2 ? 0 : read;
  }
  std::uint32_t collect(seat& at, unsigned i) { return this->template load<Load>(at, 0, i); }
};

template <memory_order Store, memory_order Load>
void shapes(session& run) {
  for (const family on : {family::scalars, family::references}) {
    run.table(title("coherence/read_read", Store, Load, on),
              {{0x00, allowed, "before"},
               {0x01, allowed, ""},
               {0x02, allowed, ""},
               {0x11, allowed, ""},
               {0x12, allowed, ""},
               {0x22, allowed, "after"},
               {0x10, forbidden, "back to the start"},
               {0x20, forbidden, "back to the start"},
               {0x21, forbidden, "back to the first write"}},
              cases_of<read_read, Store, Load>(on));
    run.table(title("coherence/write_write", Store, Load, on),
              {{0x2, allowed, "the first agent was last"},
               {0x3, allowed, "the second agent was last"},
               {0x0, forbidden, "no write"},
               {0x1, forbidden, "a write overtook the one before"}},
              cases_of<write_write, Store, Load>(on));
    run.table(title("coherence/write_read", Store, Load, on),
              {{0x11, allowed, "the first was last"},
               {0x12, allowed, "the second was last"},
               {0x22, allowed, "the second was between"},
               {0x01, forbidden, "its own write is not seen"},
               {0x02, forbidden, "its own write is not seen"},
               {0x21, forbidden, "the write it had read was before its own"}},
              cases_of<write_read, Store, Load>(on));
    run.table(title("coherence/read_write", Store, Load, on),
              {{0x01, allowed, "the first was last"},
               {0x02, allowed, "the second was last"},
               {0x21, allowed, "one after the other"},
               {0x11, forbidden, "reads what it writes later"},
               {0x12, forbidden, "reads what it writes later"},
               {0x22, forbidden, "the write it had read comes after its own"}},
              cases_of<read_write, Store, Load>(on));
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
