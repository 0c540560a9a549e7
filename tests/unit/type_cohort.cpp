// SPDX-License-Identifier: BSL-1.0
// Keyed types: one identity for all who declare alike, and what happens when they do not.

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "type_memory.hpp"

using shoal::any;
using shoal::cohort;
using shoal::errc;
using shoal::f64;
using shoal::field_spec;
using shoal::mismatch_policy;
using shoal::registration_key;
using shoal::type;

namespace {

TEST_CASE("the same key and declaration give the same type, in one cohort") {
  counted_space space;
  cohort one(space.types), other(space.types);
  const type a = one.register_struct("P", {.name = "P", .fields = {{"x", f64}}}).value();
  const type b = one.register_struct("P", {.name = "P", .fields = {{"x", f64}}}).value();
  const type c = other.register_struct("P", {.name = "P", .fields = {{"x", f64}}}).value();
  CHECK(a == b);
  CHECK(a != c);
  CHECK(one.find("P") == a);
  CHECK(!one.find("Q"));
  CHECK(one.count() == 1);
  CHECK(space.types.count() == 2);
}

TEST_CASE("a known type is found without asking for memory") {
  counted_space space;
  cohort all(space.types);
  const auto key = registration_key::of_source("main.lua", 12, "Node", 0x1234);
  const field_spec fields[] = {{"x", f64}, field_spec{"next", shoal::ref}.of_self()};
  const type a = all.register_struct(key, {.name = "Node", .fields = fields}).value();
  const long before = space.memory.requests;
  CHECK(all.register_struct(key, {.name = "Node", .fields = fields}).value() == a);
  CHECK(all.find(key) == a);
  CHECK(space.memory.requests == before);
}

TEST_CASE("every part of a key counts, and so does its form") {
  counted_space space;
  cohort all(space.types);
  const registration_key keys[] = {
      "chunk",
      "name",
      registration_key::of_source("chunk", 1, "name", 7),
      registration_key::of_source("chunk", 2, "name", 7),
      registration_key::of_source("chunk", 1, "name", 8),
      registration_key::of_source("chun", 1, "kname", 7),
      registration_key::of_source("chunk", 1, "", 7),
      registration_key::of_source("", 1, "name", 7),
      registration_key::of_export("chunk", "name"),
      registration_key::of_export("name", "chunk"),
  };
  for (const auto& key : keys) CHECK(all.register_struct(key, {}).has_value());
  CHECK(all.count() == std::size(keys));
  for (const auto& one : keys) {
    for (const auto& other : keys) CHECK((all.find(one) == all.find(other)) == (&one == &other));
  }
}

TEST_CASE("a key's text is copied") {
  counted_space space;
  cohort all(space.types);
  std::string module = "geometry", name = "Point";
  const type t = all.register_struct(registration_key::of_export(module, name), {}).value();
  module = "overwrites";
  CHECK(all.find(registration_key::of_export("geometry", "Point")) == t);
}

TEST_CASE("a type is not registered without a key, nor when its declaration is wrong") {
  counted_space space;
  cohort all(space.types);
  CHECK(all.register_struct("", {}).code() == errc::empty_key);
  CHECK(all.register_struct("T", {.fields = {{"x", f64}, {"x", f64}}}).code() ==
        errc::duplicate_field);
  CHECK(all.count() == 0);
  CHECK(!all.find("T"));
  CHECK(all.register_struct("T", {.fields = {{"x", f64}}}).has_value());
}

TEST_CASE("a size that is too small is an error also where the same fields are known") {
  counted_space space;
  cohort all(space.types);
  const type parent = space.types.declare({.name = "Parent", .size = 64}).value();
  const field_spec own[] = {{"x", f64}};
  const shoal::type_spec as_needed{.name = "Child", .fields = own, .extends = parent};
  REQUIRE(all.register_struct("Child", as_needed));
  REQUIRE(space.types.structural(as_needed));
  for (const std::uint32_t size : {8u, 64u}) {
    shoal::type_spec too_small = as_needed;
    too_small.size = size;
    CHECK(all.register_struct("Child", too_small).code() == errc::field_outside);
    CHECK(space.types.structural(too_small).code() == errc::field_outside);
  }
}

TEST_CASE("a ref to the type by its name is another layout than one to itself, however placed") {
  counted_space space;
  cohort all(space.types);
  const field_spec itself[] = {field_spec{"next", shoal::ref}.of_self()};
  const type node = all.register_struct("Node", {.name = "Node", .fields = itself}).value();
  const field_spec by_name[] = {field_spec{"next", shoal::ref}.of(node)};
  const field_spec by_name_at[] = {field_spec{"next", shoal::ref}.of(node).at(8)};
  CHECK(all.register_struct("Node", {.fields = by_name}).code() == errc::layout_mismatch);
  CHECK(all.register_struct("Node", {.fields = by_name_at}).code() == errc::layout_mismatch);
}

TEST_CASE("another layout under the same key is an error that names the first difference") {
  counted_space space;
  cohort all(space.types);
  const type parent = space.types.declare("Base", {}).value();
  const field_spec fields[] = {{"x", f64}, {"y", shoal::f32}};
  const type known = all.register_struct("P", {.name = "Point", .fields = fields}).value();
  const auto differs = [&](const shoal::type_spec& spec, std::uint32_t field,
                           const char* sentence) {
    auto made = all.register_struct("P", spec);
    REQUIRE(!made);
    CHECK(made.error().code() == errc::layout_mismatch);
    CHECK(made.error().field() == field);
    CHECK(std::string(made.error().message()) == sentence);
  };
  constexpr std::uint32_t none = shoal::error::no_field;
  differs({.name = "Point", .fields = {{"x", f64}, {"y", f64}}}, 1,
          "field 2 is 'y': f64 here, 'y': f32 in the registered type");
  differs({.name = "Point", .fields = {{"y", shoal::f32}, {"x", f64}}}, 0,
          "field 1 is 'y': f32 here, 'x': f64 in the registered type");
  differs({.name = "Point", .fields = {{"x", f64, true}, {"y", shoal::f32}}}, 0,
          "field 1 is 'x': const f64 here, 'x': f64 in the registered type");
  differs({.name = "Point", .fields = {{"x", f64}}}, 1,
          "field 2 is missing here, 'y': f32 in the registered type");
  differs({.name = "Point", .fields = {{"x", f64}, {"y", shoal::f32}, {"z", any}}}, 2,
          "field 3 is 'z': any here, missing in the registered type");
  differs({.name = "Point", .fields = fields, .extends = parent}, none,
          "type 'Point' extends type 'Base' here, nothing in the registered type");
  differs({.name = "Point", .fields = fields, .size = 64}, none,
          "type 'Point' has 64 bytes here, 24 in the registered type");
  differs({.name = "Point", .fields = {{"x", f64, false, 16}, {"y", shoal::f32, false, 8}}}, 0,
          "field 1, 'x': f64, is at offset 16 here, 8 in the registered type");
  auto array = all.register_array("P", {.element = f64});
  REQUIRE(!array);
  CHECK(std::string(array.error().message()) ==
        "type 'array of f64' is an array here, a struct in the registered type");
  // Given as it would be computed: the same layout.
  CHECK(all.register_struct("P", {.fields = {{"x", f64, false, 8}, {"y", shoal::f32, false, 16}}})
            .value() == known);
  CHECK(space.types.end() == known.index() + 1);
}

TEST_CASE("by policy another layout is another identity, on which agents agree too") {
  counted_space space;
  cohort all(space.types, mismatch_policy::separate);
  const type a = all.register_struct("P", {.fields = {{"x", f64}}}).value();
  const type b = all.register_struct("P", {.fields = {{"x", any}}}).value();
  CHECK(a != b);
  CHECK(all.register_struct("P", {.fields = {{"x", f64}}}).value() == a);
  CHECK(all.register_struct("P", {.fields = {{"x", any}}}).value() == b);
  CHECK(all.register_struct("P", {.fields = {{"x", any, false, 8}}}).value() == b);
  CHECK(all.count() == 2);
}

TEST_CASE("a type that is retired leaves its cohort, and its key is free") {
  counted_space space;
  cohort all(space.types);
  const type a = all.register_struct("T", {.fields = {{"x", f64}}}).value();
  space.types.retire(a);
  CHECK(!all.find("T"));
  CHECK(all.count() == 0);
  const type b = all.register_struct("T", {.fields = {{"y", any}}}).value();
  CHECK(a != b);
}

TEST_CASE("types outlive their cohort") {
  counted_space space;
  type t;
  {
    cohort all(space.types);
    t = all.register_struct("T", {.name = "T", .fields = {{"x", f64}}}).value();
  }
  CHECK(space.types.owns(t));
  CHECK(t.has_field("x"));
  space.types.retire(t);
  CHECK(space.types.count() == 0);
}

TEST_CASE("a type that the host's hook no longer holds is replaced") {
  struct collector {
    const shoal::descriptor* dying = nullptr;
    int asked = 0;
  } host;
  counted_space space({.weak = {[](void* self, const shoal::descriptor& found) noexcept {
                                  auto& gc = *static_cast<collector*>(self);
                                  ++gc.asked;
                                  return &found != gc.dying;
                                },
                                &host}});
  type a, b;
  {
    cohort all(space.types);
    a = all.register_struct("T", {.fields = {{"x", f64}}}).value();
    CHECK(host.asked == 0);
    CHECK(all.register_struct("T", {.fields = {{"x", f64}}}).value() == a);
    CHECK(host.asked == 1);
    host.dying = a.get();
    b = all.register_struct("T", {.fields = {{"x", f64}}}).value();
    CHECK(a != b);
    CHECK(all.find("T") == b);
    CHECK(all.count() == 1);
  }
  space.types.retire(a);  // unlisted already, from a cohort that is gone
  const type s = space.types.structural({.fields = {{"x", f64}}}).value();
  host.dying = s.get();
  CHECK(type(space.types.structural({.fields = {{"x", f64}}}).value()) != s);
}

// N agents declare the same types at once, each in its own order.
template <class Register>
void fan_in(counted_space& space, int threads, int keys, Register&& register_one) {
  std::vector<std::vector<type>> seen(static_cast<std::size_t>(threads),
                                      std::vector<type>(static_cast<std::size_t>(keys)));
  std::atomic<int> ready{0};
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      auto& mine = seen[static_cast<std::size_t>(thread)];
      ++ready;
      while (ready.load() < threads) std::this_thread::yield();
      for (int i = 0; i < keys; ++i) {
        // Half go up and half go down, so that both races and hits happen.
        const int key = thread % 2 == 0 ? i : keys - 1 - i;
        mine[static_cast<std::size_t>(key)] = register_one(key);
      }
    });
  }
  for (std::thread& one : running) one.join();
  for (const auto& mine : seen) CHECK(mine == seen[0]);
  for (const type& one : seen[0]) CHECK(space.types.at(one.index()) == one.get());
  CHECK(space.types.count() == static_cast<std::uint32_t>(keys));
  // No index was lost to a race.
  CHECK(space.types.end() == shoal::builtin::first_user + static_cast<std::uint32_t>(keys));
}

TEST_CASE("registered from many agents at once, a key has one identity and costs one index") {
  for (const int threads : {2, 4, 8}) {
    counted_space space;
    cohort all(space.types);
    fan_in(space, threads, 500, [&](int key) -> type {
      const std::string name = "T" + std::to_string(key);
      return all
          .register_struct(std::string_view(name),
                           {.name = name, .fields = {{"x", f64}, {std::string_view(name), any}}})
          .value();
    });
    CHECK(all.count() == 500);
    all.close();
    space.types.close();
    CHECK(space.memory.blocks == 0);
  }
}

TEST_CASE("declared by structure from many agents at once, a layout has one identity") {
  counted_space space;
  fan_in(space, 4, 300, [&](int key) -> type {
    const field_spec field[] = {
        {shoal::field_key::of_integer(static_cast<std::uint64_t>(key)), f64}};
    return space.types.structural({.fields = field}).value();
  });
}

TEST_CASE("agents register and retire keys of their own while they share others") {
  counted_space space;
  cohort all(space.types);
  constexpr int threads = 4, rounds = 2000;
  std::atomic<int> wrong{0};
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int round = 0; round < rounds; ++round) {
        const std::string own = "own" + std::to_string(thread);
        const type shared = all.register_struct("shared", {.fields = {{"x", f64}}}).value();
        if (all.find("shared") != shared) ++wrong;
        const type mine =
            all.register_struct(std::string_view(own), {.fields = {{"y", f64}}}).value();
        if (all.find(std::string_view(own)) != mine) ++wrong;
        space.types.retire(mine);
        if (all.find(std::string_view(own))) ++wrong;
      }
    });
  }
  for (std::thread& one : running) one.join();
  CHECK(wrong == 0);
  CHECK(all.count() == 1);
  CHECK(space.types.count() == 1);
}

TEST_CASE("a space is busy while one of its cohorts changes, and only then") {
  // A table that turns out not to be needed, as another agent has made one meanwhile, is given back
  // while the cohort's lock is held.
  struct nested {
    shoal::type_space* space = nullptr;
    cohort* meanwhile = nullptr;
    int busy = 0, calls = 0;
  } seen;
  const shoal::metadata_hook memory{
      [](void* self, std::size_t size, std::size_t alignment) noexcept -> void* {
        auto& me = *static_cast<nested*>(self);
        if (cohort* const all = size > 256 ? std::exchange(me.meanwhile, nullptr) : nullptr) {
          CHECK_FALSE(me.space->is_busy());
          CHECK(all->register_struct("B", {.name = "B"}).has_value());
        }
        return shoal::default_metadata.allocate(nullptr, size, alignment);
      },
      [](void* self, void* place, std::size_t size, std::size_t alignment) noexcept {
        auto& me = *static_cast<nested*>(self);
        ++me.calls;
        me.busy += me.space->is_busy();
        shoal::default_metadata.release(nullptr, place, size, alignment);
      },
      &seen};
  shoal::type_space space({.memory = memory});
  seen.space = &space;
  REQUIRE(space.open() == errc::ok);
  {
    cohort first(space), all(space), last(space);
    seen.meanwhile = &all;
    CHECK(all.register_struct("A", {.name = "A"}).has_value());
    CHECK(seen.calls == 1);
    CHECK(seen.busy == 1);
    CHECK(all.count() == 2);
    CHECK_FALSE(space.is_busy());
  }
  {
    cohort next(space);  // where the others were
    CHECK(next.register_struct("A", {.name = "A"}).has_value());
  }
  CHECK_FALSE(space.is_busy());
}

}  // namespace
