// SPDX-License-Identifier: BSL-1.0
// The fan-in case: agents start together and register the same keys, structures and texts, each in
// an order of its own.
//
// Afterwards there is one type index for each key and each structure, as many types as there are of
// them and no more (who loses the race costs no index), and one object for each text; a key with
// another layout was refused with layout_mismatch, from whatever agent.
//
// Seen to fail: keyed_table::insert without its second look under the lock ("another layout: ok").

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr unsigned keys = 300;

struct storm {
  cluster world;
  cohort keyed{world.types()};
  std::atomic<unsigned> ready{0};
  std::vector<std::vector<std::uint32_t>> seen;  // of each agent: by key, structure, array
  std::vector<std::vector<handle>> strings;
};

struct declaration {
  char name[16];
  field_spec fields[3];

  explicit declaration(unsigned number) : fields{{"a", i64}, {"b", any}, {"c", f32}} {
    std::snprintf(name, sizeof name, "k%u", number);
    fields[1].key = name;
    fields[2].kind = number % 2 == 0 ? f32 : u16;
  }
};

void act(storm& in, worker& me, unsigned agents) {
  me.now("attaching");
  attachment joined = in.world.attach({.role = "fan"}).value();
  agent& by = *joined;
  auto& seen = in.seen[me.index];
  auto& strings = in.strings[me.index];
  seen.assign(3 * keys, 0);
  strings.resize(keys);
  std::vector<unsigned> order(keys);
  for (unsigned i = 0; i < keys; ++i) order[i] = i;
  for (unsigned i = keys; i > 1; --i) std::swap(order[i - 1], order[me.random.below(i)]);
  // Half of them go in the same order, where the races are.
  if (me.index % 2 == 0) {
    for (unsigned i = 0; i < keys; ++i) order[i] = i;
  }
  in.ready.fetch_add(1);
  while (in.ready.load() < agents) std::this_thread::yield();
  for (const unsigned i : order) {
    me.now("registering");
    const declaration one(i);
    const registration_key key = registration_key::of_source("chunk", i, one.name, i * 7);
    const type_spec spec{.name = one.name, .fields = one.fields};
    seen[i] = in.keyed.register_struct(key, spec).value().index();
    seen[keys + i] = type(in.world.types().structural(spec).value()).index();
    const type target = by.type_at(seen[i]);
    seen[2 * keys + i] =
        type(in.world.types().structural(array_spec{.element = ref, .ref_type = target}).value())
            .index();
    if (me.random.one_in(4)) {
      const declaration other(i + 1);
      const result<type> wrong =
          in.keyed.register_struct(key, {.name = one.name, .fields = other.fields});
      STRESS_CHECK(wrong.code() == errc::layout_mismatch, "another layout: %s",
                   name_of(wrong.code()));
    }
    me.now("interning");
    scope here(by);
    strings[i] = handle(by.context(), by.intern(here, one.name).value().get());
    by.poll();
  }
  me.now("detaching");
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  const unsigned agents = chosen.threads != 0 ? chosen.threads : 4;
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t) {
    storm in;
    in.seen.resize(agents);
    in.strings.resize(agents);
    stress::run_workers(
        agents, seed, [&](worker& me) { act(in, me, agents); }, 0.01);
    STRESS_CHECK(in.world.types().count() == 3 * keys, "%u types of %u", in.world.types().count(),
                 3 * keys);
    {
      attachment last = in.world.attach().value();
      for (unsigned a = 0; a < agents; ++a) {
        STRESS_CHECK(in.seen[a] == in.seen[0], "agents disagree about a type");
        for (unsigned i = 0; i < keys; ++i) {
          STRESS_CHECK(
              in.strings[a][i].get(last->context()) == in.strings[0][i].get(last->context()),
              "agents disagree about a string");
        }
      }
      STRESS_CHECK(last->account_cluster().interned_strings == keys, "strings are counted wrong");
    }
    in.strings.clear();
    in.keyed.close();
    stress::check_empty(in.world);
    std::printf("%u agents, %u types", agents, in.world.types().count());
  });
}
