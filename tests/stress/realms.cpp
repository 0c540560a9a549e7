// SPDX-License-Identifier: BSL-1.0
// One realm that several agents use: they bind, rebind, unbind and resolve the same types at once.
// Its table is a reserved one or a grown one, as the seed has it.
//
// Afterwards each word came back through a release hook exactly once, whoever bound it and whoever
// replaced it; and the realm counts no binding.
//
// Seen to fail: a resolver's word that came second and is not released ("never released").

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr unsigned types_shared = 12;

struct storm {
  cluster world;
  stress::ledger words;
  realm shared{world.locals()};
  std::vector<type> types;
  std::atomic<std::uint64_t> resolved{0};
};

struct runtime {
  storm& in;
  stress::random random;

  agent_hooks hooks() {
    agent_hooks all;
    all.self = this;
    all.release = [](void* self, agent&, std::uint64_t word, released what) noexcept {
      STRESS_CHECK(what == released::prototype || what == released::refusal, "another word");
      static_cast<runtime*>(self)->in.words.release(word);
    };
    all.resolve_prototype = [](void* self, agent& by, const resolve_request& asked) noexcept {
      auto& me = *static_cast<runtime*>(self);
      me.in.resolved.fetch_add(1, std::memory_order_relaxed);
      // While it is being resolved here, this agent is told so.
      const prototype again = by.realm().prototype_of_type(by.locals(), asked.what.index());
      STRESS_CHECK(again.word() != prototype::unbound_word, "a resolver is asked again");
      const unsigned choice = me.random.below(8);
      if (choice == 0) return resolve_answer::failed();
      if (choice == 1) return resolve_answer::no_prototype();
      const std::uint64_t word = me.in.words.make();
      if (word == 0) return resolve_answer::failed();
      me.in.words.hand_over(word);
      if (choice == 2) return resolve_answer::refuse(word);
      if (choice == 3) {
        // A module that declares its own type binds it itself.
        if (by.realm().bind(asked.what, word) != errc::ok) me.in.words.keep(word);
        return resolve_answer::failed();
      }
      return resolve_answer::bind(word);
    };
    return all;
  }
};

void live_once(storm& in, worker& me) {
  runtime mine{in, stress::random(me.random.next())};
  me.now("attaching");
  attachment joined = in.world
                          .attach({.role = "storm",
                                   .hooks = mine.hooks(),
                                   .shared_realm = &in.shared,
                                   .parked = me.random.one_in(2)})
                          .value();
  agent& by = *joined;
  if (!by.is_entered()) by.enter();
  realm& shared = by.realm();
  const unsigned steps = 1 + me.random.below(500);
  for (unsigned i = 0; i < steps && me.goes_on(); ++i) {
    const type what = in.types[me.random.below(types_shared)];
    const std::uint64_t word = me.random.one_in(3) ? in.words.make() : 0;
    switch (word != 0 ? me.random.below(2) : 2 + me.random.below(8)) {
      case 0:
        me.now("binding");
        in.words.hand_over(word);
        if (shared.bind(what, word) != errc::ok) in.words.keep(word);
        break;
      case 1:
        me.now("rebinding");
        in.words.hand_over(word);
        if (shared.rebind(by.locals(), what, word) != errc::ok) in.words.keep(word);
        break;
      case 2:
        me.now("unbinding");
        shared.unbind(by.locals(), what);
        break;
      case 3:
        me.now("binding none");
        STRESS_CHECK(shared.bind_none(by.locals(), what) == errc::ok, "not settled");
        break;
      case 4:
        static_cast<void>(shared.refusal(what));
        break;
      case 5:
        if (me.random.one_in(20)) static_cast<void>(by.account_cluster());
        break;
      default: {
        me.now("resolving");
        const prototype found = shared.prototype_of_type(by.locals(), what.index());
        STRESS_CHECK(found.word() != prototype::resolving_word, "told of a stranger's resolver");
      }
    }
    by.poll();
  }
  me.now("detaching");
  joined.detach();
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t) {
    storm in;
    const bool grows = stress::random(seed).one_in(2);
    STRESS_CHECK(in.shared.open(grows ? realm_table::grown : realm_table::reserved) == errc::ok,
                 "no room for a realm");
    {
      attachment first = in.world.attach().value();
      for (unsigned i = 0; i < types_shared; ++i) {
        // Some extend others, whose prototype is resolved before theirs.
        const type parent = i % 3 == 0 ? type() : in.types[i - 1];
        char name[8];
        std::snprintf(name, sizeof name, "t%u", i);
        const field_spec fields[] = {{name, i64}};
        in.types.push_back(
            first->declare({.name = name, .fields = fields, .extends = parent}).value());
      }
    }
    stress::run_workers(chosen.threads != 0 ? chosen.threads : 4, seed, [&](worker& me) {
      while (me.goes_on()) live_once(in, me);
    });
    {
      runtime mine{in, stress::random(seed)};
      attachment last =
          in.world.attach({.hooks = mine.hooks(), .shared_realm = &in.shared}).value();
      in.shared.close(last->locals());
      STRESS_CHECK(in.shared.bindings() == 0, "%" PRIu64 " bindings are left",
                   in.shared.bindings());
    }
    in.words.check_all_returned();
    stress::check_empty(in.world);
    std::printf("%s table: %" PRIu64 " words, resolved %" PRIu64 " times, epoch %" PRIu64,
                grows ? "grown" : "reserved", in.words.made(), in.resolved.load(),
                in.shared.epoch());
  });
}
