// SPDX-License-Identifier: BSL-1.0
// What a type answers: names, fields by key, ancestry, behaviours.

#include <doctest/doctest.h>

#include <string>

#include "type_memory.hpp"

using shoal::any;
using shoal::errc;
using shoal::f64;
using shoal::field_key;
using shoal::field_spec;
using shoal::type;

namespace {

TEST_CASE("declaring twice gives two identities") {
  counted_space space;
  const type a = space.types.declare("P", {{"x", f64}}).value();
  const type b = space.types.declare("P", {{"x", f64}}).value();
  CHECK(a != b);
  CHECK(a.index() != b.index());
  CHECK(a.index() >= shoal::builtin::first_user);
  CHECK(shoal::same_layout(*a, *b));
  CHECK(space.types.at(a.index()) == a.get());
  CHECK(space.types.owns(a));
  CHECK(space.types.count() == 2);
}

TEST_CASE("names and texts are copied") {
  counted_space space;
  std::string name = "Point", key = "x", role = "ui", module = "point_ui";
  const shoal::behaviour behaviours[] = {{role, module}};
  const field_spec fields[] = {{std::string_view(key), f64}};
  const type t =
      space.types.declare({.name = name, .fields = fields, .behaviours = behaviours}).value();
  name = key = role = module = "gone and overwritten";
  CHECK(t.name() == "Point");
  CHECK(t.has_field("x"));
  CHECK(t.behaviour_for("ui") == "point_ui");
}

TEST_CASE("a std::string is a key like any other text") {
  counted_space space;
  const std::string x = "x";
  const type t = space.types.declare("T", {{x, f64}, {std::string("y"), f64}}).value();
  CHECK(t.field(x).value().offset == t.field("x").value().offset);
  CHECK(t.has_field(std::string("y")));
  CHECK(field_key(x) == field_key(std::string_view("x")));
  shoal::cohort cohort(space.types);
  const type keyed = cohort.register_struct(x, {.name = "K", .fields = {{x, f64}}}).value();
  CHECK(cohort.find("x") == keyed);
}

TEST_CASE("keys are names, integers and symbols, and never mixed up") {
  counted_space space;
  const type t = space.types
                     .declare("T", {{"1", shoal::i8},
                                    {field_key::of_integer(1), shoal::i16},
                                    {field_key::of_symbol(1), shoal::i32},
                                    {field_key::of_integer(0), f64}})
                     .value();
  CHECK(t.field("1").value().kind == shoal::i8);
  CHECK(t.field(field_key::of_integer(1)).value().kind == shoal::i16);
  CHECK(t.field(field_key::of_symbol(1)).value().kind == shoal::i32);
  CHECK(t.field(field_key::of_integer(0)).value().kind == f64);
  CHECK(std::string(t.field(field_key::of_integer(7)).error().message()) ==
        "type 'T' has no field [7]");
  CHECK(std::string(t.field(field_key::of_symbol(31)).error().message()) ==
        "type 'T' has no field symbol 0x1f");
  CHECK(space.types.declare("U", {{field_key::of_symbol(1), f64}, {field_key::of_symbol(1), f64}})
            .code() == errc::duplicate_field);
}

TEST_CASE("a key may hold any bytes") {
  counted_space space;
  using std::string_view;
  const type t =
      space.types.declare("T", {{string_view("a\0b", 3), f64}, {string_view("a\0c", 3), any}})
          .value();
  CHECK(t.field(string_view("a\0c", 3)).value().kind == any);
  CHECK(!t.has_field("a"));
}

TEST_CASE("an unknown field is an error that names it and the type") {
  counted_space space;
  const type t = space.types.declare("Point", {{"x", f64}}).value();
  auto missing = t.field("z");
  REQUIRE(!missing);
  CHECK(missing.error().code() == errc::unknown_field);
  CHECK(std::string(missing.error().message()) == "type 'Point' has no field 'z'");
}

TEST_CASE("is_a follows declared extension, however far, and nothing else") {
  counted_space space;
  const type a = space.types.declare("A", {{"x", f64}}).value();
  const type b = space.types.declare("B", {{"y", f64}}, a).value();
  const type c = space.types.declare("C", {}, b).value();
  const type d = space.types.declare("D", {}, a).value();
  CHECK(c.is_a(a));
  CHECK(c.is_a(b));
  CHECK(c.is_a(c));
  CHECK(!a.is_a(c));
  CHECK(!c.is_a(d));
  CHECK(!d.is_a(b));
  CHECK(c.parent() == b);
  CHECK(!a.parent());
}

TEST_CASE("a ref field names the type it must be, itself included") {
  counted_space space;
  const type leaf = space.types.declare("Leaf", {}).value();
  const type node = space.types
                        .declare("Node", {field_spec{"leaf", shoal::ref}.of(leaf),
                                          field_spec{"next", shoal::ref}.of_self(),
                                          {"whatever", shoal::ref}})
                        .value();
  CHECK(node.field("leaf").value().ref_type == leaf.index());
  CHECK(node.field("next").value().ref_type == node.index());
  CHECK(node.field("whatever").value().ref_type == 0);
  const type sub = space.types.declare("Sub", {}, node).value();
  CHECK(sub.field("next").value().ref_type == node.index());
}

TEST_CASE("const is part of the field") {
  counted_space space;
  const type t =
      space.types
          .declare("T", {{"id", shoal::i64, true}, field_spec{"k", any}.as_const(), {"v", any}})
          .value();
  CHECK(t.field("id").value().constant);
  CHECK(t.field("k").value().constant);
  CHECK(!t.field("v").value().constant);
}

TEST_CASE("a behaviour is the role's, else the default one, else inherited") {
  counted_space space;
  const shoal::behaviour base[] = {{"", "base"}, {"ui", "base_ui"}, {"audio", "base_audio"}};
  const shoal::behaviour only_ui[] = {{"ui", "sub_ui"}};
  const shoal::behaviour only_default[] = {{"", "other"}};
  const type a = space.types.declare({.name = "A", .behaviours = base}).value();
  const type b = space.types.declare({.name = "B", .extends = a, .behaviours = only_ui}).value();
  const type c =
      space.types.declare({.name = "C", .extends = b, .behaviours = only_default}).value();
  CHECK(a.behaviour_for("ui") == "base_ui");
  CHECK(a.behaviour_for("worker") == "base");
  CHECK(b.behaviour_for("ui") == "sub_ui");
  CHECK(b.behaviour_for("audio") == "base_audio");
  CHECK(b.behaviour_for("") == "base");
  CHECK(c.behaviour_for("ui") == "other");
  CHECK(space.types.declare("D", {}).value()->behaviour_count == 0);
  CHECK(type(space.types.declare("D", {}).value()).behaviour_for("ui").empty());
}

TEST_CASE("a space opens with the built-in types at their indices") {
  counted_space space({.vec128 = false});
  CHECK(space.types.at(0) == nullptr);
  CHECK(space.types.at(shoal::builtin::string)->what == shoal::shape::string);
  CHECK(space.types.at(shoal::builtin::boxed_u64)->what == shoal::shape::boxed_integer);
  CHECK(space.types.at(shoal::builtin::type_handle)->what == shoal::shape::type_handle);
  CHECK(space.types.at(shoal::builtin::thread_local_function)->index ==
        shoal::builtin::thread_local_function);
  const type array = space.types.array_of(shoal::u16);
  CHECK(array->element == shoal::u16);
  CHECK(array->what == shoal::shape::array);
  CHECK(array->name == "array of u16");
  CHECK(!array->has_references);
  CHECK(space.types.array_of(any)->has_references);
  CHECK(space.types.array_of(shoal::v128) == nullptr);
  CHECK(type(array).is_a(array));
  CHECK(space.types.count() == 0);
  counted_space wide({.vec128 = true});
  CHECK(wide.types.array_of(shoal::v128)->wide);
  CHECK(space.memory.blocks == 0);
}

TEST_CASE("an array type can name what its elements refer to") {
  counted_space space;
  const type point = space.types.declare("Point", {}).value();
  const type points = space.types.declare_array(shoal::ref, point).value();
  CHECK(points->what == shoal::shape::array);
  CHECK(points->ref_type == point.index());
  CHECK(points.name() == "array of ref");
  CHECK(points.is_a(points));
  CHECK(points != type(space.types.declare_array(shoal::ref, point).value()));
}

}  // namespace
