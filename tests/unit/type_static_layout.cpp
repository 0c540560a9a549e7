// SPDX-License-Identifier: BSL-1.0
// Types from C++ structs: offsets and kinds are the compiler's.

#include <doctest/doctest.h>

#include <cstddef>

#include "type_memory.hpp"

using shoal::cell;
using shoal::static_layout;
using shoal::type;

namespace {

struct head {
  std::uint32_t index, word;
};

enum class colour : std::uint8_t { red, green };

struct point {
  head header;
  cell<double> x;
  cell<float> y;
  cell<colour> tint;
  cell<bool> visible;
};

struct node {
  point base;
  cell<shoal::any_word> value;
  cell<shoal::ref_word> next;
  const std::int64_t id = 0;
  const cell<std::uint16_t> generation{0};
  char flag = 0;
  std::uint64_t hidden = 0;
};

struct wide {
  head header;
  cell<shoal::vec128> v;
};

TEST_CASE("offsets, kinds and size are those of the C++ struct") {
  counted_space space;
  const type p = space.types
                     .declare(static_layout<&point::x, &point::y, &point::tint, &point::visible>(
                                  "x", "y", "tint", "visible")
                                  .spec("Point"))
                     .value();
  CHECK(p->size == sizeof(point));
  CHECK(p->given);
  CHECK(offset(p, "x") == offsetof(point, x));
  CHECK(offset(p, "y") == offsetof(point, y));
  CHECK(offset(p, "visible") == offsetof(point, visible));
  CHECK(p.field("x").value().kind == shoal::f64);
  CHECK(p.field("y").value().kind == shoal::f32);
  CHECK(p.field("tint").value().kind == shoal::u8);
  CHECK(p.field("visible").value().kind == shoal::boolean);
}

TEST_CASE("a C++ subtype embeds its parent as its first member") {
  counted_space space;
  const auto points = static_layout<&point::x, &point::y>("x", "y");
  const auto nodes =
      static_layout<&node::value, &node::next, &node::id, &node::generation, &node::flag>(
          "value", "next", "id", "generation", "flag");
  const type p = space.types.declare(points.spec("Point")).value();
  const type n = space.types.declare(nodes.spec("Node", p)).value();
  CHECK(n.is_a(p));
  CHECK(offset(n, "x") == offsetof(node, base) + offsetof(point, x));
  CHECK(offset(n, "value") == offsetof(node, value));
  CHECK(offset(n, "next") == offsetof(node, next));
  CHECK(n.field("value").value().kind == shoal::any);
  CHECK(n.field("next").value().kind == shoal::ref);
  CHECK(n.field("id").value().kind == shoal::i64);
  CHECK(n.field("id").value().constant);
  CHECK(n.field("generation").value().kind == shoal::u16);
  CHECK(n.field("generation").value().constant);
  CHECK(!n.field("value").value().constant);
  CHECK(shoal::size_of(n.field("flag").value().kind) == 1);
  CHECK(n->size == (sizeof(node) + 7) / 8 * 8);
  REQUIRE(n->reference_count == 2);
  CHECK(n->reference_offsets[0] == offsetof(node, value));
}

TEST_CASE("a script's subtype of a C++ type leaves the C++ part alone, unlisted members too") {
  counted_space space;
  const type n = space.types.declare(static_layout<&node::value>("value").spec("Node")).value();
  const type script = space.types.declare("Script", {{"extra", shoal::u8}}, n).value();
  CHECK(offset(script, "extra") >= sizeof(node));
}

TEST_CASE("a subtype that does not embed its parent is refused") {
  counted_space space;
  const type p = space.types.declare(static_layout<&point::x>("x").spec("Point")).value();
  struct other {
    head header;
    cell<double> mine;
  };
  CHECK(space.types.declare(static_layout<&other::mine>("mine").spec("Other", p)).code() ==
        shoal::errc::overlapping_field);
}

TEST_CASE("a struct with 16-byte members is wide") {
  counted_space space({.vec128 = true});
  const type w = space.types.declare(static_layout<&wide::v>("v").spec("W")).value();
  CHECK(w->wide);
  CHECK(offset(w, "v") == 16);
  CHECK(w->size == 32);
}

TEST_CASE("the layout is read at run time from constants, and equal to a computed one") {
  counted_space space;
  shoal::cohort all(space.types);
  struct pair {
    head header;
    cell<double> a;
    cell<std::int32_t> b, c;
  };
  const auto layout = static_layout<&pair::a, &pair::b, &pair::c>("a", "b", "c");
  const type t = all.register_struct("Pair", layout.spec("Pair")).value();
  CHECK(all.register_struct("Pair",
                            {.fields = {{"a", shoal::f64}, {"b", shoal::i32}, {"c", shoal::i32}}})
            .value() == t);
}

}  // namespace
