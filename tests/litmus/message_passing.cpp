// SPDX-License-Identifier: BSL-1.0
// Message passing: one agent writes a message and then a flag, the other reads the flag and then
// the message.
//
//   x = 1 (unordered)      r1 = flag (L)
//   flag = 1 (S)           r2 = x (unordered)
//
//   r1, r2 | S releases and L acquires | else
//   -------|---------------------------|--------------------------------
//   0, 0   | allowed                   | allowed
//   0, 1   | allowed                   | allowed
//   1, 1   | allowed                   | allowed
//   1, 0   | forbidden                 | interesting: the message is late
//
// On `any` and `ref` fields unordered releases and acquires, so there 1, 0 is always forbidden.
//
// The twins have a plain word as the message. Their weakened form passes an unordered scalar flag;
// on `any` and `ref` it uses a relaxed store of the word, as no public call is that weak.
//
// Weakening a release to relaxed shows nothing here on x86-64, which does not reorder stores.
// Seen by: the model (object/publication/*), and by TSan in each twin.

#include "fields.hpp"

using namespace litmus;

namespace {

template <field_kind Kind, memory_order Store, memory_order Load>
struct message : field_body<Kind, 2> {
  using base = field_body<Kind, 2>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 2};
  enum { x, flag };

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    using enum memory_order;
    if constexpr (Thread == 0) {
      this->template store<unordered>(at, x, i, 1);
      this->template store<Store>(at, flag, i, 1);
      return 0;
    } else {
      const std::uint32_t r1 = this->template load<Load>(at, flag, i);
      const std::uint32_t r2 = this->template load<unordered>(at, x, i);
      return r1 << 4 | r2;
    }
  }
};

std::vector<outcome> rows(bool ordered) {
  return {{0x00, allowed, "nothing sent yet"},
          {0x01, allowed, "the message without the flag"},
          {0x11, allowed, "flag and message"},
          {0x10, ordered ? forbidden : interesting, "the flag without the message"}};
}

// The same with a word of plain memory as the message.
template <field_kind Kind, memory_order Store, memory_order Load, bool Relaxed = false>
struct plain_message : field_body<Kind, 1> {
  using base = field_body<Kind, 1>;
  using base::base;
  using typename base::seat;
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 2};
  enum { flag };

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      plain[i].word = 1;
      if constexpr (Relaxed) {
        const auto what = base::encode(at, 1);
        std::uint64_t word;
        if constexpr (Kind == field_kind::any) word = what.word();
        if constexpr (Kind == field_kind::ref) word = what.bits();
        shoal::cell_of<std::uint64_t>(at.objects[flag][i].get().address(), this->field_.offset)
            .store(word, shoal::order<"litmus.weak">(shoal::relaxed));
      } else {
        this->template store<Store>(at, flag, i, 1);
      }
      return 0;
    } else {
      const std::uint32_t r1 = this->template load<Load>(at, flag, i);
      return r1 == 0 ? 0 : r1 << 4 | plain[i].word;
    }
  }
  void reset(seat& at, unsigned i) {
    plain[i].word = 0;
    base::reset(at, i);
  }

  struct alignas(64) line {
    std::uint32_t word = 0;
  };
  line plain[batch_size];
};

template <field_kind Kind>
void twins(session& run) {
  using enum memory_order;
  const std::vector<outcome> outcomes{{0x00, allowed, "nothing sent yet"},
                                      {0x11, allowed, "flag and message"},
                                      {0x10, forbidden, "the flag without the message"}};
  const char* kind = shoal::name_of(Kind);
  const std::string name = std::string("message_passing/plain/") + kind;
  if constexpr (shoal::holds_references(Kind)) {
    run.twin(name + "/unordered-unordered", outcomes,
             session::make_case<plain_message<Kind, unordered, unordered>>(kind),
             session::make_case<plain_message<Kind, unordered, unordered, true>>(kind));
  } else {
    run.twin(name + "/release-acquire", outcomes,
             session::make_case<plain_message<Kind, release, acquire>>(kind),
             session::make_case<plain_message<Kind, unordered, acquire>>(kind));
    run.twin(name + "/seq_cst-seq_cst", outcomes,
             session::make_case<plain_message<Kind, seq_cst, seq_cst>>(kind),
             session::make_case<plain_message<Kind, seq_cst, unordered>>(kind));
  }
}

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  for_each_order_pair([&]<memory_order Store, memory_order Load>() {
    for (const family on : {family::scalars, family::references}) {
      run.table(title("message_passing", Store, Load, on),
                rows(releases(Store, on) && acquires(Load, on)),
                cases_of<message, Store, Load>(on));
    }
  });
  using enum field_kind;
  twins<any>(run);
  twins<ref>(run);
  twins<boolean>(run);
  twins<i16>(run);
  twins<u32>(run);
  twins<f64>(run);
  if (shoal::has_vec128()) twins<v128>(run);
  return run.result();
}
