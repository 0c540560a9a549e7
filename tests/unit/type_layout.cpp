// SPDX-License-Identifier: BSL-1.0
// Where fields go, and what is wrong with layouts that cannot be.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "type_memory.hpp"

using shoal::any;
using shoal::errc;
using shoal::f64;
using shoal::field_kind;
using shoal::field_spec;
using shoal::type;

namespace {

bool says(const shoal::error& why, const char* part) {
  return std::string(why.message()).find(part) != std::string::npos;
}

TEST_CASE("fields are aligned and enumerated in order of declaration") {
  counted_space space;
  REQUIRE(space.opened);
  const type t =
      space.types.declare("T", {{"a", shoal::i8}, {"b", f64}, {"c", shoal::i16}, {"d", any}})
          .value();
  CHECK(t.field_count() == 4);
  CHECK(t.fields()[0].key == shoal::field_key("a"));
  CHECK(t.fields()[3].key == shoal::field_key("d"));
  CHECK(offset(t, "b") == 8);
  CHECK(offset(t, "d") == 16);
  CHECK(offset(t, "c") == 24);
  CHECK(offset(t, "a") == 26);
  CHECK(t->size == 32);
  CHECK(!t->wide);
}

TEST_CASE("a type without fields is its header") {
  counted_space space;
  const type t = space.types.declare("Empty", {}).value();
  CHECK(t->size == 8);
  CHECK(t.field_count() == 0);
  CHECK(t.field("x").code() == errc::unknown_field);
}

TEST_CASE("v128 is 16-aligned and makes the type wide, and the hole before it is used") {
  counted_space space({.vec128 = true});
  const type t = space.types.declare("V", {{"v", shoal::v128}, {"x", f64}}).value();
  CHECK(offset(t, "v") == 16);
  CHECK(offset(t, "x") == 8);
  CHECK(t->size == 32);
  CHECK(t->wide);
  const type sub = space.types.declare("W", {{"y", shoal::u8}}, t).value();
  CHECK(sub->wide);
  CHECK(sub->size == 48);
}

TEST_CASE("a subtype begins with its parent's layout and uses its padding") {
  counted_space space;
  const type base = space.types.declare("Base", {{"a", f64}, {"b", shoal::i8}}).value();
  CHECK(base->size == 24);
  const type sub = space.types.declare("Sub", {{"c", shoal::i32}, {"d", shoal::i16}}, base).value();
  CHECK(offset(sub, "a") == offset(base, "a"));
  CHECK(offset(sub, "b") == offset(base, "b"));
  CHECK(offset(sub, "c") == 20);
  CHECK(offset(sub, "d") == 18);
  CHECK(sub->size == 24);
  CHECK(sub.field("a").value().owner == base.index());
  CHECK(sub.field("c").value().owner == sub.index());
}

TEST_CASE("a computed subtype keeps out of the padding of a given layout") {
  counted_space space;
  const field_spec fields[] = {field_spec{"x", f64}.at(8), field_spec{"y", shoal::i8}.at(16)};
  const type base = space.types.declare({.name = "C", .fields = fields, .size = 24}).value();
  const type sub = space.types.declare("Sub", {{"z", shoal::i8}}, base).value();
  CHECK(offset(sub, "z") == 24);
  const type again = space.types.declare("Again", {{"w", shoal::i8}}, sub).value();
  CHECK(offset(again, "w") == 25);
}

TEST_CASE("the reference offsets are those of any and ref fields, inherited ones too, ascending") {
  counted_space space;
  const type base = space.types.declare("B", {{"i", shoal::i64}, {"a", any}}).value();
  const type sub = space.types.declare("S", {{"f", f64}, {"r", shoal::ref}}, base).value();
  REQUIRE(sub->reference_count == 2);
  CHECK(sub->reference_offsets[0] == offset(sub, "a"));
  CHECK(sub->reference_offsets[1] == offset(sub, "r"));
  CHECK(sub->has_references);
  const type scalar = space.types.declare("N", {{"f", f64}}).value();
  CHECK(!scalar->has_references);
  CHECK(scalar->reference_count == 0);
}

// The least end of any order of the fields, each put at its lowest free place.
std::uint32_t least_end(std::vector<bool> taken, std::vector<std::uint32_t> sizes,
                        std::uint32_t end) {
  std::uint32_t best = ~0u;
  std::sort(sizes.begin(), sizes.end());
  do {
    std::vector<bool> used = taken;
    std::uint32_t last = end;
    for (const std::uint32_t size : sizes) {
      for (std::uint32_t at = 0;; at += size) {
        if (std::any_of(used.begin() + at, used.begin() + at + size, [](bool b) { return b; })) {
          continue;
        }
        std::fill_n(used.begin() + at, size, true);
        last = std::max(last, at + size);
        break;
      }
    }
    best = std::min(best, last);
  } while (std::next_permutation(sizes.begin(), sizes.end()));
  return best;
}

TEST_CASE("no order of a type's own fields would be smaller") {
  counted_space space({.vec128 = true});
  std::mt19937 random(7);
  const field_kind kinds[] = {shoal::i8, shoal::i16, shoal::f32, f64, shoal::v128};
  const std::string names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  for (int round = 0; round < 300; ++round) {
    type parent;
    std::vector<bool> taken(512);
    std::fill_n(taken.begin(), 8, true);
    std::uint32_t end = 8, name = 0;
    for (int level = 0; level < 2; ++level) {
      std::vector<field_spec> fields;
      std::vector<std::uint32_t> sizes;
      for (auto left = random() % 6; left != 0; --left) {
        const field_kind kind = kinds[random() % 5];
        fields.push_back({std::string_view(names[name++]), kind});
        sizes.push_back(shoal::size_of(kind));
      }
      const std::uint32_t best = least_end(taken, sizes, end);
      const type made = space.types.declare({.fields = fields, .extends = parent}).value();
      for (const shoal::field_entry& one :
           made.fields().subspan(parent ? parent.field_count() : 0)) {
        const std::uint32_t size = shoal::size_of(one.where.kind);
        REQUIRE(one.where.offset % size == 0);
        for (std::uint32_t i = 0; i < size; ++i) {
          REQUIRE(!taken[one.where.offset + i]);
          taken[one.where.offset + i] = true;
        }
        end = std::max(end, one.where.offset + size);
      }
      REQUIRE(end == best);
      parent = made;
    }
  }
}

TEST_CASE("a given layout is taken as given") {
  counted_space space;
  const type t = space.types
                     .declare({.name = "G",
                               .fields = {{"b", shoal::i8, false, 31}, {"a", f64, false, 16}},
                               .size = 40})
                     .value();
  CHECK(offset(t, "b") == 31);
  CHECK(offset(t, "a") == 16);
  CHECK(t->size == 40);
  CHECK(t->given);
  const type open = space.types.declare("O", {{"b", shoal::i8, false, 31}}).value();
  CHECK(open->size == 32);
}

TEST_CASE("each kind of bad layout has its own error, which names the field and the type") {
  counted_space space({.vec128 = false});
  const type parent = space.types.declare("Parent", {{"p", f64}}).value();
  const auto fails = [&](const shoal::type_spec& spec, errc code, std::uint32_t field,
                         const char* name) {
    auto made = space.types.declare(spec);
    REQUIRE(!made);
    CHECK(made.error().code() == code);
    CHECK(made.error().field() == field);
    CHECK(says(made.error(), name));
    CHECK(says(made.error(), "'Bad'"));
    INFO(made.error().message());
    CHECK(made.error().message()[0] != '\0');
  };
  fails({.name = "Bad", .fields = {{"a", f64}, {"x", f64}, {"x", any}}}, errc::duplicate_field, 2,
        "'x'");
  fails({.name = "Bad", .fields = {{"a", f64}, {"p", f64}}, .extends = parent},
        errc::inherited_field, 1, "'p'");
  fails({.name = "Bad", .fields = {{"a", f64}, {"", f64}}}, errc::empty_key, 1, "field 2");
  fails({.name = "Bad", .fields = {{"k", static_cast<field_kind>(14)}}}, errc::bad_kind, 0, "'k'");
  fails({.name = "Bad", .fields = {{"v", shoal::v128}}}, errc::unsupported_kind, 0, "'v'");
  fails({.name = "Bad", .fields = {field_spec{"r", f64}.of(parent)}}, errc::bad_ref_type, 0, "'r'");
  fails({.name = "Bad", .fields = {field_spec{"r", any}.of_self()}}, errc::bad_ref_type, 0, "'r'");
  fails({.name = "Bad", .fields = {field_spec{"r", shoal::ref}.of_self().of(parent)}},
        errc::bad_ref_type, 0, "'r'");
  fails({.name = "Bad",
         .fields = {field_spec{"r", shoal::ref}.of(space.types.at(shoal::builtin::filler))}},
        errc::bad_ref_type, 0, "'r'");
  fails({.name = "Bad", .fields = {{"a", f64, false, 8}, {"m", f64, false, 20}}},
        errc::misaligned_field, 1, "'m'");
  fails({.name = "Bad", .fields = {{"a", f64, false, 16}, {"o", shoal::i32, false, 20}}},
        errc::overlapping_field, 1, "'o'");
  fails({.name = "Bad", .fields = {{"o", shoal::i32, false, 12}}, .extends = parent},
        errc::overlapping_field, 0, "the inherited 'p'");
  fails({.name = "Bad", .fields = {{"h", shoal::i32, false, 4}}}, errc::field_in_header, 0, "'h'");
  fails({.name = "Bad", .fields = {{"z", f64, false, 16}}, .size = 20}, errc::field_outside, 0,
        "'z'");
  fails({.name = "Bad", .fields = {{"z", shoal::i8, false, shoal::limits::instance_bytes}}},
        errc::field_outside, 0, "'z'");
  fails({.name = "Bad", .fields = {{"z", f64}}, .size = 12}, errc::field_outside,
        shoal::error::no_field, "16");
  fails({.name = "Bad", .fields = {{"a", f64, false, 8}, {"n", f64}}}, errc::mixed_offsets, 1,
        "'n'");
  fails({.name = "Bad", .fields = {{"a", f64}, {"n", f64, false, 16}}}, errc::mixed_offsets, 1,
        "'n'");
  fails({.name = "Bad", .extends = space.types.at(shoal::builtin::string)}, errc::bad_parent,
        shoal::error::no_field, "'string'");
  const shoal::result<type> array =
      space.types.declare_array({.element = f64, .constant = true, .name = "Bad"});
  CHECK(array.code() == errc::bad_const);
  CHECK(space.types.declare_array(shoal::v128).code() == errc::unsupported_kind);
  CHECK(space.types.declare_array(f64, parent).code() == errc::bad_ref_type);
  // Nothing of all that took an index or is left behind.
  CHECK(space.types.count() == 1);
  CHECK(space.types.end() == parent.index() + 1);
  CHECK(space.memory.blocks == 1);
}

TEST_CASE("a type of another cluster is no parent and no target") {
  counted_space mine, other;
  const type foreign = other.types.declare("F", {{"x", f64}}).value();
  CHECK(mine.types.declare("S", {}, foreign).code() == errc::bad_parent);
  CHECK(mine.types.declare("S", {field_spec{"r", shoal::ref}.of(foreign)}).code() ==
        errc::bad_ref_type);
  const type mine_too = mine.types.declare("F", {{"x", f64}}).value();
  REQUIRE(mine_too.index() == foreign.index());
  CHECK(mine.types.declare("S", {}, foreign).code() == errc::bad_parent);
}

TEST_CASE("an overlap is found behind a field that covers several") {
  counted_space space({.vec128 = true});
  auto made = space.types.declare(
      "T",
      {{"v", shoal::v128, false, 16}, {"a", shoal::i8, false, 8}, {"b", shoal::i8, false, 30}});
  REQUIRE(!made);
  CHECK(made.error().code() == errc::overlapping_field);
  CHECK(made.error().field() == 2);
}

TEST_CASE("a runtime with headers of its own size gets its fields behind them") {
  for (const std::uint32_t header : {0u, 4u, 12u, 16u, 24u}) {
    counted_space space({.header_bytes = header});
    REQUIRE(space.opened);
    const type t = space.types.declare("T", {{"a", f64}, {"b", shoal::i32}}).value();
    CHECK(offset(t, "a") >= header);
    CHECK(offset(t, "b") >= header);
    CHECK(t->size == (header == 4 ? 16 : header == 12 ? 24 : header / 8 * 8 + 16));
    if (header != 0) {
      CHECK(space.types.declare("G", {{"g", shoal::i8, false, header - 1}}).code() ==
            errc::field_in_header);
    }
  }
  CHECK(counted_space({.header_bytes = 4097}).opened == false);
}

TEST_CASE("long names are cut in sentences, between characters") {
  counted_space space;
  std::string name(47, 'n');
  name += "\xc3\xa4\xc3\xb6 and more";
  auto made = space.types.declare(name, {{"", f64}});
  REQUIRE(!made);
  CHECK(says(made.error(), "nnn..."));
  CHECK(!says(made.error(), "\xc3"));
}

}  // namespace
