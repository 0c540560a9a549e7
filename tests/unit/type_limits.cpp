// SPDX-License-Identifier: BSL-1.0
// Every limit of floor 1, on both sides of its edge.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "type_memory.hpp"

using shoal::errc;
using shoal::f64;
using shoal::field_key;
using shoal::field_spec;
using shoal::limits;
using shoal::type;

namespace {

std::vector<field_spec> many(std::uint32_t count, std::uint32_t first = 0) {
  std::vector<field_spec> fields;
  for (std::uint32_t i = 0; i < count; ++i) {
    // Kinds of every size in turn, so that placing has work to do.
    const auto kind = static_cast<shoal::field_kind>(i % 13);
    fields.push_back({field_key::of_integer(first + i), kind});
  }
  return fields;
}

static_assert(limits::fields >= 65'535);
static_assert(limits::types == 1u << 20);

TEST_CASE("a type has 65,536 fields and not one more") {
  counted_space space;
  const auto fields = many(limits::fields + 1);
  const std::span<const field_spec> all(fields);
  const type t = space.types.declare("T", all.first(limits::fields)).value();
  CHECK(t.field_count() == limits::fields);
  CHECK(t.field(field_key::of_integer(limits::fields - 1)).value().owner == t.index());
  auto more = space.types.declare("T", all);
  CHECK(more.code() == errc::too_many_fields);
}

TEST_CASE("inherited fields count towards the limit") {
  counted_space space;
  const auto fields = many(limits::fields - 10);
  const auto ten = many(10, limits::fields), eleven = many(11, limits::fields);
  const type base = space.types.declare("Base", fields).value();
  CHECK(space.types.declare("T", eleven, base).code() == errc::too_many_fields);
  const type t = space.types.declare("T", ten, base).value();
  CHECK(t.field_count() == limits::fields);
  CHECK(t.field(field_key::of_integer(0)).value().owner == base.index());
  CHECK(t.field(field_key::of_integer(limits::fields)).value().owner == t.index());
}

TEST_CASE("a given layout of 65,536 fields is checked, down to one overlap") {
  counted_space space;
  std::vector<field_spec> fields;
  for (std::uint32_t i = 0; i < limits::fields; ++i) {
    // Backwards, so that sorting has work to do.
    fields.push_back({field_key::of_integer(i), f64, false, 8 + 8 * (limits::fields - 1 - i)});
  }
  CHECK(space.types.declare("T", fields).has_value());
  fields[40'000].offset = fields[50'000].offset;
  auto bad = space.types.declare("T", fields);
  REQUIRE(!bad);
  CHECK(bad.error().code() == errc::overlapping_field);
  CHECK(bad.error().field() == 50'000);
}

TEST_CASE("types extend each other to the limit of depth") {
  counted_space space;
  type last;
  for (std::uint32_t i = 0; i < limits::depth; ++i)
    last = space.types.declare("T", {}, last).value();
  CHECK(last->depth == limits::depth - 1);
  CHECK(space.types.declare("T", {}, last).code() == errc::bad_parent);
}

TEST_CASE("an instance has 16 MiB and not one byte more") {
  counted_space space;
  constexpr std::uint32_t bytes = limits::instance_bytes;
  const type t = space.types.declare({.name = "T", .size = bytes}).value();
  CHECK(t->size == bytes);
  CHECK(space.types.declare({.name = "T", .size = bytes + 1}).code() == errc::too_large);
  CHECK(space.types.declare("T", {{"last", shoal::i8, false, bytes - 1}}).has_value());
  CHECK(space.types.declare("T", {{"last", shoal::i8, false, bytes}}).code() ==
        errc::field_outside);
  CHECK(space.types.declare("T", {{"x", shoal::i8, false, ~0u - 1}}).code() == errc::field_outside);
  auto full = space.types.declare("T", {{"x", shoal::i8}}, t);
  CHECK(full.code() == errc::too_large);
  const type nearly = space.types.declare({.name = "T", .size = bytes - 8}).value();
  CHECK(space.types.declare("T", {{"a", f64}}, nearly).has_value());
  CHECK(space.types.declare("T", {{"a", f64}, {"b", shoal::i8}}, nearly).code() == errc::too_large);
}

TEST_CASE("names and keys have 65,536 bytes and not one more") {
  counted_space space;
  const std::string fits(limits::name_bytes, 'n'), longer(limits::name_bytes + 1, 'n');
  CHECK(space.types.declare(fits, {{std::string_view(fits), f64}}).has_value());
  CHECK(space.types.declare(longer, {}).code() == errc::too_large);
  auto key = space.types.declare("T", {{"a", f64}, {std::string_view(longer), f64}});
  REQUIRE(!key);
  CHECK(key.error().code() == errc::too_large);
  CHECK(key.error().field() == 1);
  const shoal::behaviour behaviours[] = {{"", longer}};
  CHECK(space.types.declare({.behaviours = behaviours}).code() == errc::too_large);
  shoal::cohort cohort(space.types);
  CHECK(cohort.register_struct(std::string_view(fits), {}).has_value());
  CHECK(cohort.register_struct(std::string_view(longer), {}).code() == errc::too_large);
}

TEST_CASE("a cluster has max_types types, built-in ones included, and not one more") {
  counted_space space({.max_types = shoal::builtin::first_user + 3});
  for (int i = 0; i < 3; ++i) CHECK(space.types.declare("T", {}).has_value());
  auto more = space.types.declare("T", {});
  REQUIRE(!more);
  CHECK(more.error().code() == errc::too_many_types);
  CHECK(std::string(more.error().message()) ==
        "type 'T' has no index left; the cluster's limit is 35 types");
  CHECK(space.types.structural(shoal::type_spec{}).code() == errc::too_many_types);
  shoal::cohort cohort(space.types);
  CHECK(cohort.register_struct("T", {}).code() == errc::too_many_types);
  CHECK(cohort.count() == 0);
  CHECK(space.types.at(space.types.max_types() - 1) != nullptr);
}

TEST_CASE("a cluster can have 2^20 types and no more") {
  counted_space most({.max_types = limits::types});
  REQUIRE(most.opened);
  CHECK(most.types.max_types() == limits::types);
  CHECK(most.types.at(limits::types - 1) == nullptr);
  CHECK(!counted_space({.max_types = limits::types + 1}).opened);
  CHECK(!counted_space({.max_types = shoal::builtin::first_user}).opened);
}

}  // namespace
