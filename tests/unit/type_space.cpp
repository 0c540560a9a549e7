// SPDX-License-Identifier: BSL-1.0
// The types of a cluster: structural ones, retiring, running out of memory, many threads.

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "type_memory.hpp"

using shoal::any;
using shoal::errc;
using shoal::f64;
using shoal::field_key;
using shoal::field_spec;
using shoal::type;

namespace {

TEST_CASE("equal layouts are one structural type, whatever their names") {
  counted_space space;
  auto& types = space.types;
  const type a = types.structural({.name = "A", .fields = {{"x", f64}, {"y", f64}}}).value();
  const type b = types.structural({.name = "B", .fields = {{"x", f64}, {"y", f64}}}).value();
  CHECK(a == b);
  CHECK(a.name() == "A");
  CHECK(types.count() == 1);
  // Offsets that are given but what would be computed are the same layout.
  const type c =
      types.structural({.fields = {{"x", f64, false, 8}, {"y", f64, false, 16}}}).value();
  CHECK(a == c);
  CHECK(type(types.declare("A", {{"x", f64}, {"y", f64}}).value()) != a);
}

TEST_CASE("names, order, kinds, const, targets, offsets, size and parent tell layouts apart") {
  counted_space space;
  auto& types = space.types;
  const type p = types.declare("P", {}).value(), q = types.declare("Q", {}).value();
  const field_spec next{"n", shoal::ref};
  const type distinct[] = {
      types.structural({.fields = {{"x", f64}, {"n", shoal::ref}}}).value(),
      types.structural({.fields = {{"n", shoal::ref}, {"x", f64}}}).value(),
      types.structural({.fields = {{"z", f64}, {"n", shoal::ref}}}).value(),
      types.structural({.fields = {{"x", shoal::i64}, {"n", shoal::ref}}}).value(),
      types.structural({.fields = {{"x", f64, true}, {"n", shoal::ref}}}).value(),
      types.structural({.fields = {{"x", f64}, next.of(p)}}).value(),
      types.structural({.fields = {{"x", f64}, next.of(q)}}).value(),
      types.structural({.fields = {{"x", f64}, next.of_self()}}).value(),
      types.structural({.fields = {{"x", f64, false, 16}, next.at(8)}}).value(),
      types.structural({.fields = {{"x", f64}, {"n", shoal::ref}}, .size = 64}).value(),
      types.structural({.fields = {{"x", f64}, {"n", shoal::ref}}, .extends = p}).value(),
      types.structural({.fields = {{"x", f64}, {"n", shoal::ref}}, .extends = q}).value(),
  };
  for (const type& one : distinct) {
    for (const type& other : distinct) {
      CHECK((one == other) == (&one == &other));
      CHECK(shoal::same_layout(*one, *other) == (&one == &other));
      CHECK((shoal::first_difference(*one, *other).code() == errc::ok) == (&one == &other));
    }
  }
  CHECK(types.structural({.fields = {{"x", f64}, next.of_self()}}).value() == distinct[7]);
}

TEST_CASE("structural array types are one per element, the built-in one if that will do") {
  counted_space space;
  auto& types = space.types;
  const type p = types.declare("P", {}).value();
  CHECK(types.structural(shoal::array_spec{f64}).value() == types.array_of(f64));
  const type a = types.structural(shoal::array_spec{.element = shoal::ref, .ref_type = p}).value();
  CHECK(a ==
        type(types.structural(shoal::array_spec{.element = shoal::ref, .ref_type = p}).value()));
  CHECK(types.structural(shoal::array_spec{.element = f64, .constant = true}).code() ==
        errc::bad_const);
  CHECK(types.structural(shoal::array_spec{static_cast<shoal::field_kind>(99)}).code() ==
        errc::bad_kind);
}

TEST_CASE("without a quiesce hook no index is used again, and memory comes back at the end") {
  counted_memory memory;
  {
    shoal::type_space types({.memory = memory.hook(), .max_types = shoal::builtin::first_user + 2});
    REQUIRE(types.open() == errc::ok);
    for (int i = 0; i < 2; ++i) {
      const type t = types.declare("T", {{"x", f64}}).value();
      const std::uint32_t index = t.index();
      types.retire(t);
      CHECK(types.at(index) == nullptr);
      CHECK(t.name() == "T");  // readable until it is reclaimed
    }
    CHECK(types.reclaim() == 0);
    CHECK(types.count() == 0);
    CHECK(types.declare("T", {}).code() == errc::too_many_types);
    CHECK(memory.blocks == 2);
  }
  CHECK(memory.blocks == 0);
  CHECK(memory.bytes == 0);
}

struct quiesce_script {
  bool answer = false;
  std::uint64_t rounds = 0;
  std::uint64_t last = 0;

  shoal::quiesce_hook hook() noexcept {
    return {[](void* self, std::uint64_t& round) noexcept {
              auto& script = *static_cast<quiesce_script*>(self);
              if (round == 0) round = ++script.rounds;
              script.last = round;
              return script.answer;
            },
            this};
  }
};

TEST_CASE("an index is used again only after the hook has said that nobody holds it") {
  quiesce_script script;
  counted_space space({.max_types = shoal::builtin::first_user + 2, .quiesce = script.hook()});
  auto& types = space.types;
  const type a = types.declare("A", {}).value();
  const type b = types.declare("B", {}).value();
  const std::uint32_t index = a.index();
  types.retire(a);
  CHECK(types.declare("C", {}).code() == errc::too_many_types);
  CHECK(script.rounds == 1);
  // Retired while round 1 is open: it waits for a round of its own.
  types.retire(b);
  CHECK(types.reclaim() == 0);
  CHECK(script.rounds == 1);
  CHECK(script.last == 1);
  script.answer = true;
  CHECK(types.reclaim() == 1);
  const type c = types.declare("C", {}).value();
  CHECK(c.index() == index);
  CHECK(types.at(index)->name == "C");
  // Full again: declaring asks by itself, and gets what `b` had.
  CHECK(types.declare("D", {}).has_value());
  CHECK(script.rounds == 2);
  CHECK(types.count() == 2);
  CHECK(types.reclaim() == 0);
  CHECK(space.memory.blocks == 2);
}

TEST_CASE("a structural type that is retired is made anew") {
  quiesce_script script{.answer = true};
  counted_space space({.quiesce = script.hook()});
  const type a = space.types.structural({.name = "A", .fields = {{"x", f64}}}).value();
  space.types.retire(a);
  const type b = space.types.structural({.name = "B", .fields = {{"x", f64}}}).value();
  CHECK(a != b);
  CHECK(b.name() == "B");
  CHECK(space.types.reclaim() == 1);
  CHECK(space.types.count() == 1);
}

// What a host does, each step at most once more if it ran out of memory.
void declare_all_sorts(counted_space& space) {
  auto& types = space.types;
  const auto again = [](auto&& step) {
    auto first = step();
    if (first) return *first;
    REQUIRE(first.error().code() == errc::out_of_memory);
    return step().value();
  };
  std::vector<field_spec> many, given;
  for (std::uint32_t i = 0; i < 100; ++i) {
    many.push_back({field_key::of_integer(i), shoal::i16});
    given.push_back({field_key::of_integer(i), shoal::i8, false, 8 + i});
  }
  const type base = again([&] { return types.declare("Base", many); });
  const type sub = again([&] { return types.declare("Sub", {{"x", f64}, {"y", any}}, base); });
  CHECK(sub.field_count() == 102);
  again([&] { return types.declare("Given", given); });
  again([&] { return types.declare_array(shoal::ref, base); });
  shoal::cohort cohort(types);
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto key = shoal::registration_key::of_source("chunk", i, "T", 0);
    const field_spec field[] = {{field_key::of_integer(i), any}};
    const type one = again([&] { return cohort.register_struct(key, {.fields = field}); });
    CHECK(one == again([&] { return cohort.register_struct(key, {.fields = field}); }));
    const field_spec other[] = {{field_key::of_integer(i), f64}};
    auto mismatch = cohort.register_struct(key, {.fields = other});
    if (mismatch.code() == errc::out_of_memory) {
      CHECK(cohort.register_struct(key, {.fields = other}).code() == errc::layout_mismatch);
    } else {
      CHECK(mismatch.code() == errc::layout_mismatch);
    }
    const type same = again([&] { return types.structural({.fields = field}); });
    CHECK(same == type(again([&] { return types.structural({.fields = field}); })));
  }
  CHECK(types.count() == 44);
  CHECK(types.end() == shoal::builtin::first_user + 44);
}

TEST_CASE("every request for memory can fail: nothing is lost, and the same call works again") {
  long n = 0;
  for (bool failed = true; failed;) {
    counted_space space;
    REQUIRE(space.opened);
    space.memory.fail_at = ++n;
    declare_all_sorts(space);
    failed = space.memory.fail_at == 0;
    space.types.close();
    CHECK(space.memory.blocks == 0);
    CHECK(space.memory.bytes == 0);
  }
  CHECK(n > 50);
}

TEST_CASE("bytes are counted, and zero when everything is gone") {
  quiesce_script script{.answer = true};
  counted_space space({.quiesce = script.hook()});
  CHECK(space.types.bytes() == 0);
  const type t = space.types.declare("T", {{"x", f64}}).value();
  CHECK(static_cast<long>(space.types.bytes()) == space.memory.bytes);
  space.types.retire(t);
  CHECK(space.types.bytes() != 0);
  space.types.reclaim();
  CHECK(space.types.bytes() == 0);
}

TEST_CASE("threads declare, look up, retire and reclaim at once") {
  quiesce_script script{.answer = true};
  counted_space space({.max_types = 200, .quiesce = script.hook()});
  auto& types = space.types;
  constexpr int threads = 4, rounds = 400;
  std::atomic<int> wrong{0};
  {
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        const std::string name = "T" + std::to_string(thread);
        type mine[8];
        for (int round = 0; round < rounds; ++round) {
          type& slot = mine[round % 8];
          if (slot) types.retire(slot);
          auto made = types.declare(name, {{"x", f64}, field_spec{"next", shoal::ref}.of_self()});
          if (!made) {
            slot = nullptr;
            wrong += made.code() != errc::too_many_types;
            continue;
          }
          slot = *made;
          wrong += types.at(slot.index()) != slot.get();
          wrong += slot.name() != name;
          wrong += slot.field("next").value().ref_type != slot.index();
          if (round % 16 == 0) types.reclaim();
        }
        for (const type& one : mine) {
          if (one) types.retire(one);
        }
      });
    }
    for (std::thread& one : running) one.join();
  }
  CHECK(wrong == 0);
  CHECK(types.count() == 0);
  types.reclaim();
  types.reclaim();
  CHECK(space.memory.blocks == 0);
}

}  // namespace
