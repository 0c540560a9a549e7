// SPDX-License-Identifier: BSL-1.0
// Types that die while others look for them, and tables of types that grow: who finds a type finds
// its descriptor whole, alive or not, and one key never has two live identities.

#include <shoal/type/cohort.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

void look_at(type found) {
  trial::check(trial::read(found->size) == 16, "the layout is there");
  trial::check(trial::read(found->fields) != nullptr, "the fields are there");
  trial::read(found->fields[0].where.offset);
}

struct in_cohort : trial::body {
  static constexpr unsigned threads = 2;
  type_space space;
  cohort known{space};

  explicit in_cohort(const type_space_options& options = {.max_types = 64}) : space(options) {}
  void before() override { trial::check(space.open() == errc::ok, "opened"); }
  type declare(std::string_view key) {
    return known.register_struct(key, {.name = "Type", .fields = {{"x", f64}}}).value();
  }
};

// A type is retired and its key given again while the other looks for it.
struct retiring : in_cohort {
  type first;
  type second;

  void before() override {
    in_cohort::before();
    first = declare("Point");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      space.retire(first);
      second = declare("Point");
      look_at(second);
    } else if (const type found = known.find("Point"); found) {
      look_at(found);
    }
  }
  void after() override {
    trial::check(first != second && second.index() != first.index(), "another identity");
    trial::check(known.find("Point") == second && known.count() == 1, "the living one");
  }
};
// Seen to fail, of 1000 seeds: keyed_table.insert 77, keyed_table.find 77.
const trial::enrol<retiring> again("type/retirement/key",
                                   {.catches = "keyed_table.insert keyed_table.find",
                                    .iterations = 4'000});

// A type is retired while the other declares it: who comes too late gets another one.
struct retiring_known : in_cohort {
  type first;
  type got;

  void before() override {
    in_cohort::before();
    first = declare("Point");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      space.retire(first);
    } else {
      got = declare("Point");
      look_at(got);
    }
  }
  void after() override {
    const type listed = known.find("Point");
    trial::check(got == first ? !listed : listed == got, "the living one, if any");
    trial::check(space.count() == (got == first ? 0u : 1u), "counted");
  }
};
const trial::enrol<retiring_known> meanwhile("type/retirement/declared", {.iterations = 4'000});

// The collector has found a type dead. Of two who come for it, one makes the next, for both.
struct dying : in_cohort {
  const descriptor* dead = nullptr;
  type got[threads];

  dying() : in_cohort({.max_types = 64, .weak = {&dying::hold, this}}) {}
  static bool hold(void* self, const descriptor& found) noexcept {
    return static_cast<dying*>(self)->dead != &found;
  }
  void before() override {
    in_cohort::before();
    const type point = declare("Point");
    dead = point.get();
  }
  void thread(unsigned index) override {
    got[index] = declare("Point");
    look_at(got[index]);
  }
  void after() override {
    trial::check(got[0] == got[1] && got[0].get() != dead, "one identity, and a living one");
    trial::check(known.count() == 1 && space.count() == 2, "the dead one is not retired yet");
    space.retire(type(dead));
  }
};
// Seen to fail, of 1000 seeds: keyed_table.insert 214, keyed_table.find 214.
const trial::enrol<dying> succeeding("type/retirement/dying",
                                     {.catches = "keyed_table.insert keyed_table.find",
                                      .iterations = 4'000});

// No index is left but those of the dead: each retires a type and wants another. The dead are freed
// by whoever asks, and only then is their index given again.
struct last_indices : trial::body {
  static constexpr unsigned threads = 2;
  type_space space{{.max_types = builtin::first_user + 2,
                    .quiesce = {[](void*, std::uint64_t&) noexcept { return true; }, nullptr}}};
  type dying[threads];
  type got[threads];

  void before() override {
    trial::check(space.open() == errc::ok, "opened");
    for (type& each : dying) each = space.declare("Dead", {{"x", f64}}).value();
  }
  void thread(unsigned index) override {
    space.retire(dying[index]);
    auto made = space.declare("Next", {{"x", f64}});
    // While the other asks, there may be none yet.
    trial::check(made || made.code() == errc::too_many_types, "an index, or not yet");
    if (made) got[index] = *made;
    if (made) look_at(got[index]);
  }
  void after() override {
    trial::check(got[0] || got[1], "one is served");
    trial::check(got[0] != got[1], "an identity each");
    for (const type& each : got) trial::check(!each || space.at(each.index()) == each, "listed");
  }
};
const trial::enrol<last_indices> reclaiming("type/retirement/last_indices", {.iterations = 4'000});

// The table of a cohort grows while the other looks.
struct growing : in_cohort {
  static constexpr char keys[] = "abcdefghijklm";
  static std::string_view key(unsigned i) { return {&keys[i], 1}; }

  void before() override {
    in_cohort::before();
    for (unsigned i = 0; i < 12; ++i) declare(key(i));
  }
  void thread(unsigned index) override {
    if (index == 0) {
      declare(key(12));
      return;
    }
    for (const unsigned i : {11u, 12u}) {
      const type found = known.find(key(i));
      trial::check(found || i == 12, "what was in stays in");
      if (found) look_at(found);
    }
  }
  void after() override { trial::check(known.count() == 13, "each once"); }
};
// Seen to fail, of 1000 seeds: keyed_table.grow 56, keyed_table.table 56.
const trial::enrol<growing> moving("type/retirement/growth",
                                   {.catches = "keyed_table.grow keyed_table.table",
                                    .iterations = 2'000});

// One layout, one structural type, though both ask for it first.
struct structural : trial::body {
  static constexpr unsigned threads = 2;
  type_space space{{.max_types = 64}};
  type got[threads];

  type ask(std::string_view field) {
    return space.structural({.name = "", .fields = {{field, f64}}}).value();
  }
  // With a type in it, as in in_cohort of registry.cpp.
  void before() override {
    trial::check(space.open() == errc::ok, "opened");
    ask("y");
  }
  void thread(unsigned index) override {
    got[index] = ask("x");
    look_at(got[index]);
  }
  void after() override {
    trial::check(got[0] == got[1], "one identity");
    trial::check(space.count() == 2, "one type more");
  }
};
// Seen to fail, of 1000 seeds: keyed_table.insert 72, keyed_table.find 72.
const trial::enrol<structural> same_layout_twice("type/structural/fan_in",
                                                 {.catches = "keyed_table.insert keyed_table.find",
                                                  .iterations = 4'000});

}  // namespace
