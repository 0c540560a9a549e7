// SPDX-License-Identifier: BSL-1.0

// Declarations of any kind against a model that places fields one by one and looks for mistakes in
// the order in which type_space promises to.
//
// The model knows a type as a list of fields with offsets. Same layouts, differences, hashes,
// structural types and what a descriptor says are all checked against it.
//
// Seen to catch: a hole left where a field ends exactly at its end (9665 executions, 29 s); and,
// found here first, a `size` that is too small and passed where the same fields were known (some
// 100,000 executions; corpus/layouts/regression-size-too-small).

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <shoal/type/type.hpp>

#include "fuzz.hpp"

namespace {

using fuzz::source;
using shoal::errc;
using shoal::field_key;
using shoal::field_kind;
using shoal::limits;

struct model_field {
  field_key key = "";
  field_kind kind = field_kind::any;
  bool constant = false;
  std::uint32_t offset = 0;
  std::uint32_t target = 0;  // a type index; 0: any object
  std::uint32_t owner = 0;
};

struct model_type {
  shoal::type made;
  bool is_array = false;
  bool structural = false;
  field_kind element = field_kind::any;
  std::uint32_t element_target = 0;
  int parent = -1;                  // in the list of models
  std::vector<model_field> fields;  // inherited ones first
  std::size_t inherited = 0;
  std::uint32_t size = 0;
  std::uint32_t given_bytes = 0;
  bool given = false;
};

// A spec with what it points to.
struct declaration {
  std::vector<shoal::field_spec> fields;
  std::vector<shoal::behaviour> behaviours;
  shoal::type_spec spec;
  int parent = -1;  // -1: none; -2: one that no struct may extend
};

constexpr std::uint32_t sizes[shoal::field_kind_count] = {8, 8, 1, 1, 2, 4, 8,
                                                          1, 2, 4, 8, 4, 8, 16};
std::uint32_t bytes_of(field_kind kind) { return sizes[static_cast<unsigned>(kind)]; }
bool is_reference(field_kind kind) { return kind == field_kind::any || kind == field_kind::ref; }

const std::string& long_text() {
  static const std::string text(limits::name_bytes + 1, 'n');
  return text;
}

// What is taken, as begin -> end, without overlaps.
struct places {
  std::map<std::uint32_t, std::uint32_t> taken;
  // The end of what lies in [at, at + size), or 0.
  [[nodiscard]] std::uint32_t blocked_until(std::uint32_t at, std::uint32_t size) const {
    auto after = taken.lower_bound(at + size);
    if (after == taken.begin()) return 0;
    --after;
    return after->second > at ? after->second : 0;
  }
};

struct model {
  explicit model(source& from) : in(from) {}

  source& in;
  std::uint32_t header = 8;
  bool has_vec128 = true;
  std::uint32_t room = 0;  // types of our own
  bool has_been_huge = false;
  shoal::type_space* space = nullptr;
  shoal::type foreign;  // of another space
  std::vector<model_type> types;

  // ------------------------------------------------------------------ choices

  field_key choose_key() {
    static constexpr std::string_view names[] = {"a", "b", "c", "x", "y", "next", "", "\xc3\xa9"};
    switch (in.below(8)) {
      case 0:
        return field_key::of_integer(in.below(4));
      case 1:
        return field_key::of_symbol(in.below(4));
      case 2:
        return in.one_in(16) ? field_key(long_text())
                             : field_key(std::string_view(long_text()).substr(0, 60 + in.below(4)));
      default:
        return in.one_of(names);
    }
  }

  shoal::type choose_target() {
    switch (in.below(8)) {
      case 0:
        return foreign;
      case 1:
        return space->at(shoal::builtin::filler);
      case 2:
        return space->at(shoal::builtin::string);
      case 3:
      case 4:
        return types.empty() ? nullptr : types[in.below(static_cast<unsigned>(types.size()))].made;
      default:
        return {};
    }
  }

  std::uint32_t choose_offset(std::uint32_t& next) {
    switch (in.below(8)) {
      case 0:
        return in.take<std::uint32_t>();
      case 1:
        return in.below(64);
      case 2:
        return limits::instance_bytes - in.below(32);
      default: {
        const std::uint32_t at = next + in.below(3);
        next = at + 8;
        return at;
      }
    }
  }

  void choose_struct(declaration& out) {
    static constexpr std::string_view names[] = {"", "Point", "Node", "T"};
    out.spec.name = in.one_in(64) ? std::string_view(long_text()) : in.one_of(names);
    switch (in.below(8)) {
      case 0:
        out.spec.extends = foreign;
        out.parent = -2;
        break;
      case 1:
        out.spec.extends = space->array_of(field_kind::u8);
        out.parent = -2;
        break;
      case 2:
      case 3:
      case 4:
        if (types.empty()) break;
        out.parent = static_cast<int>(in.below(static_cast<unsigned>(types.size())));
        out.spec.extends = types[static_cast<std::size_t>(out.parent)].made;
        break;
      default:
        break;
    }
    switch (in.below(8)) {
      case 0:
        out.spec.size = in.below(255);
        break;
      case 1:
        out.spec.size = in.take<std::uint32_t>();
        break;
      case 2:
        out.spec.size = limits::instance_bytes - in.below(64);
        break;
      default:
        break;
    }
    const bool given = in.one_in(3);
    std::uint32_t next = 8;
    std::size_t count = in.below(12);
    if (!has_been_huge && in.one_in(128)) {  // all the same but for the key
      has_been_huge = true;
      count = limits::fields - in.below(3) + 1;
    }
    for (std::size_t i = 0; i < count; ++i) {
      shoal::field_spec one{.key = "", .kind = field_kind::any};
      if (i >= 12) {
        one = out.fields.back();
        one.key = field_key::of_integer(1000 + i);
        out.fields.push_back(one);
        continue;
      }
      one.key = choose_key();
      const std::uint8_t kind = in.byte();
      one.kind = static_cast<field_kind>(kind < 240 ? kind % shoal::field_kind_count : kind);
      const std::uint8_t traits = in.byte();
      one.constant = (traits & 1) != 0;
      one.ref_self = (traits & 6) == 6;
      if ((traits & 0x18) == 0x18) one.ref_type = choose_target();
      if (given != (traits >= 250)) one.offset = choose_offset(next);
      out.fields.push_back(one);
    }
    out.spec.fields = out.fields;
    for (unsigned i = in.below(4) == 0 ? in.below(3) : 0; i != 0; --i) {
      out.behaviours.push_back(
          {in.one_of(names), in.one_in(32) ? std::string_view(long_text()) : in.one_of(names)});
    }
    out.spec.behaviours = out.behaviours;
  }

  // ------------------------------------------------------------------ what is due

  [[nodiscard]] bool is_known(shoal::type one) const {
    return one == space->at(shoal::builtin::filler) || one == space->at(shoal::builtin::string) ||
           std::any_of(types.begin(), types.end(),
                       [&](const model_type& each) { return each.made == one; });
  }

  [[nodiscard]] errc kind_error(field_kind kind, shoal::type target, bool self) const {
    if (static_cast<unsigned>(kind) >= shoal::field_kind_count) return errc::bad_kind;
    if (kind == field_kind::v128 && !has_vec128) return errc::unsupported_kind;
    const bool names_one = target || self;
    if (names_one && kind != field_kind::ref) return errc::bad_ref_type;
    if (target && (self || !is_known(target) || target == space->at(shoal::builtin::filler))) {
      return errc::bad_ref_type;
    }
    return errc::ok;
  }

  // What is wrong with the declaration, with the number of the field; or the type it makes.
  errc judge(const declaration& d, model_type& made, std::uint32_t& about,
             std::vector<std::uint32_t>& overlapping) const {
    const shoal::type_spec& spec = d.spec;
    const model_type* parent = d.parent >= 0 ? &types[static_cast<std::size_t>(d.parent)] : nullptr;
    if (spec.name.size() > limits::name_bytes) return errc::too_large;
    if (spec.size > limits::instance_bytes) return errc::too_large;
    if (d.parent == -2 || (parent != nullptr && parent->is_array)) return errc::bad_parent;
    const std::size_t inherited = parent != nullptr ? parent->fields.size() : 0;
    if (inherited + d.fields.size() > limits::fields) return errc::too_many_fields;
    for (const shoal::behaviour& each : d.behaviours) {
      if (each.name.size() > limits::name_bytes) return errc::too_large;
    }
    const bool given = !d.fields.empty() && d.fields[0].offset != shoal::computed;
    for (std::size_t i = 0; i < d.fields.size(); ++i) {
      const shoal::field_spec& one = d.fields[i];
      about = static_cast<std::uint32_t>(i);
      if (one.key == field_key("")) return errc::empty_key;
      if (one.key.name.size() > limits::name_bytes) return errc::too_large;
      const errc wrong = kind_error(one.kind, one.ref_type, one.ref_self);
      if (wrong != errc::ok) return wrong;
      if (given != (one.offset != shoal::computed)) return errc::mixed_offsets;
    }

    if (parent != nullptr) made.fields = parent->fields;
    made.inherited = inherited;
    made.parent = d.parent;
    made.given = given;
    std::map<std::pair<int, std::pair<std::uint64_t, std::string_view>>, bool> keys;
    const auto id = [](const field_key& key) {
      return std::make_pair(static_cast<int>(key.what), std::make_pair(key.number, key.name));
    };
    for (const model_field& each : made.fields) keys[id(each.key)] = true;
    for (std::size_t i = 0; i < d.fields.size(); ++i) {
      const shoal::field_spec& one = d.fields[i];
      about = static_cast<std::uint32_t>(i);
      if (const auto found = keys.find(id(one.key)); found != keys.end()) {
        return found->second ? errc::inherited_field : errc::duplicate_field;
      }
      keys[id(one.key)] = false;
      model_field field{one.key, one.kind, one.constant, one.offset, 0, 0};
      field.target = one.ref_self ? ~std::uint32_t{0} : one.ref_type ? one.ref_type.index() : 0;
      made.fields.push_back(field);
    }

    const std::uint32_t floor = std::max(header, parent != nullptr ? parent->given_bytes : 0);
    const errc misplaced =
        given ? check_given(spec, made, about, overlapping) : place(floor, made, about);
    if (misplaced != errc::ok) return misplaced;
    std::uint32_t end = floor;
    bool wide = false;
    for (const model_field& each : made.fields) {
      end = std::max(end, each.offset + bytes_of(each.kind));
      wide = wide || each.kind == field_kind::v128;
    }
    if (spec.size != 0 && spec.size < end) {
      about = shoal::error::no_field;
      return errc::field_outside;
    }
    const std::uint32_t unit = wide ? 16 : 8;
    made.size = (std::max(end, spec.size) + unit - 1) / unit * unit;
    made.given_bytes = spec.size != 0 ? spec.size : given ? end : 0;
    if (parent != nullptr) made.given_bytes = std::max(made.given_bytes, parent->given_bytes);
    about = shoal::error::no_field;
    return types.size() < room ? errc::ok : errc::too_many_types;
  }

  errc check_given(const shoal::type_spec& spec, const model_type& made, std::uint32_t& about,
                   std::vector<std::uint32_t>& overlapping) const {
    for (std::size_t i = made.inherited; i < made.fields.size(); ++i) {
      const model_field& each = made.fields[i];
      about = static_cast<std::uint32_t>(i - made.inherited);
      if (each.offset < header) return errc::field_in_header;
      if (each.offset % bytes_of(each.kind) != 0) return errc::misaligned_field;
      const std::uint64_t end = std::uint64_t{each.offset} + bytes_of(each.kind);
      if (end > limits::instance_bytes || (spec.size != 0 && end > spec.size)) {
        return errc::field_outside;
      }
    }
    // Of many fields neighbours in order of address would do; this is the slow way.
    const std::size_t looked_at = std::min<std::size_t>(made.fields.size(), 200);
    for (std::size_t i = made.inherited; i < made.fields.size(); ++i) {
      const model_field& a = made.fields[i];
      for (std::size_t k = 0; k < (i < looked_at ? i : looked_at); ++k) {
        const model_field& b = made.fields[k];
        if (a.offset < b.offset + bytes_of(b.kind) && b.offset < a.offset + bytes_of(a.kind)) {
          overlapping.push_back(static_cast<std::uint32_t>(i - made.inherited));
          if (k >= made.inherited) {
            overlapping.push_back(static_cast<std::uint32_t>(k - made.inherited));
          }
        }
      }
    }
    return overlapping.empty() ? errc::ok : errc::overlapping_field;
  }

  // By falling size, each at the lowest free address.
  static errc place(std::uint32_t floor, model_type& made, std::uint32_t& about) {
    places used;
    for (std::size_t i = 0; i < made.inherited; ++i) {
      used.taken[made.fields[i].offset] = made.fields[i].offset + bytes_of(made.fields[i].kind);
    }
    for (std::uint32_t size = 16; size != 0; size /= 2) {
      std::uint32_t at = (floor + size - 1) / size * size;
      for (std::size_t i = made.inherited; i < made.fields.size(); ++i) {
        if (bytes_of(made.fields[i].kind) != size) continue;
        while (const std::uint32_t end = used.blocked_until(at, size)) {
          at = (end + size - 1) / size * size;
        }
        about = static_cast<std::uint32_t>(i - made.inherited);
        if (at + size > limits::instance_bytes) return errc::too_large;
        made.fields[i].offset = at;
        used.taken[at] = at + size;
      }
    }
    return errc::ok;
  }

  // ------------------------------------------------------------------ the same, and different

  static bool same_target(const model_type& in_a, std::uint32_t a, const model_type& in_b,
                          std::uint32_t b) {
    const bool self_a = a == in_a.made.index();
    const bool self_b = b == in_b.made.index();
    return self_a || self_b ? self_a && self_b : a == b;
  }
  static bool alike(const model_type& in_a, const model_field& a, const model_type& in_b,
                    const model_field& b) {
    return a.key == b.key && a.kind == b.kind && a.constant == b.constant &&
           same_target(in_a, a.target, in_b, b.target);
  }

  // How two types differ first: the sentence's beginning, and the field; nothing: they do not.
  struct difference {
    std::string words;
    std::uint32_t field = shoal::error::no_field;
  };
  static std::optional<difference> first_difference(const model_type& a, const model_type& b) {
    if (a.is_array != b.is_array) return difference{a.is_array ? "an array here" : "a struct here"};
    if (a.is_array) {
      if (a.element == b.element && a.element_target == b.element_target) return {};
      return difference{"elements of kind"};
    }
    if (a.parent != b.parent) return difference{"extends"};
    const std::size_t own_a = a.fields.size() - a.inherited;
    const std::size_t own_b = b.fields.size() - b.inherited;
    for (std::size_t i = 0; i < std::min(own_a, own_b); ++i) {
      if (!alike(a, a.fields[a.inherited + i], b, b.fields[b.inherited + i])) {
        return difference{"field " + std::to_string(i + 1) + " is ", static_cast<std::uint32_t>(i)};
      }
    }
    if (own_a != own_b) {
      const std::size_t i = std::min(own_a, own_b);
      return difference{own_a > own_b ? "missing in the registered type" : "is missing here",
                        static_cast<std::uint32_t>(i)};
    }
    for (std::size_t i = 0; i < own_a; ++i) {
      const std::uint32_t at_a = a.fields[a.inherited + i].offset;
      const std::uint32_t at_b = b.fields[b.inherited + i].offset;
      if (at_a != at_b) {
        return difference{"is at offset " + std::to_string(at_a) + " here, " + std::to_string(at_b),
                          static_cast<std::uint32_t>(i)};
      }
    }
    if (a.size != b.size) return difference{"has " + std::to_string(a.size) + " bytes here"};
    return {};
  }

  void compare(const model_type& a, const model_type& b) const {
    const auto expected = first_difference(a, b);
    const bool same = shoal::same_layout(*a.made, *b.made);
    FUZZ_CHECK(same == !expected, "types %u and %u: same_layout says %d", a.made.index(),
               b.made.index(), same);
    if (same) FUZZ_CHECK(a.made->layout_hash == b.made->layout_hash, "equal layouts, two hashes");
    const shoal::error said = shoal::first_difference(*a.made, *b.made);
    FUZZ_CHECK((said.code() == errc::ok) == same, "same_layout and first_difference disagree: %s",
               said.message());
    if (same) return;
    FUZZ_CHECK(said.code() == errc::layout_mismatch, "first_difference: %s",
               shoal::name_of(said.code()));
    FUZZ_CHECK(said.field() == expected->field &&
                   std::strstr(said.message(), expected->words.c_str()) != nullptr,
               "'%s' (field %d), not '%s' (field %d)", said.message(),
               static_cast<int>(said.field()), expected->words.c_str(),
               static_cast<int>(expected->field));
    // What differs in what the hash covers must differ in the hash; of 64 bits none collide here.
    const bool by_place = expected->words.find("is at offset") != std::string::npos ||
                          expected->words.find(" bytes here") != std::string::npos;
    if (!by_place && a.is_array == b.is_array) {
      // A type that refers to itself hashes as such, not by its index.
      const auto is_self = [](const model_type& t) {
        return std::any_of(t.fields.begin(), t.fields.end(),
                           [&](const model_field& f) { return f.target == t.made.index(); });
      };
      if (!is_self(a) && !is_self(b)) {
        FUZZ_CHECK(a.made->layout_hash != b.made->layout_hash, "two layouts, one hash: %s",
                   said.message());
      }
    }
  }

  // ------------------------------------------------------------------ what a descriptor says

  void inspect(const model_type& t, std::string_view name) const {
    const shoal::descriptor& d = *t.made;
    FUZZ_CHECK(space->at(d.index) == t.made && space->owns(t.made), "type %u is not found",
               d.index);
    FUZZ_CHECK(d.index >= shoal::builtin::first_user, "index %u", d.index);
    if (t.is_array) {
      FUZZ_CHECK(d.what == shoal::shape::array && d.element == t.element &&
                     d.ref_type == t.element_target && d.wide == (t.element == field_kind::v128) &&
                     d.has_references == is_reference(t.element) && d.field_count == 0,
                 "array of %s", shoal::name_of(t.element));
      return;
    }
    const model_type* parent = t.parent >= 0 ? &types[static_cast<std::size_t>(t.parent)] : nullptr;
    FUZZ_CHECK(d.what == shoal::shape::structure && d.name == name, "shape or name");
    FUZZ_CHECK(d.size == t.size && d.size % 8 == 0, "size %u, not %u", d.size, t.size);
    FUZZ_CHECK(d.given_bytes == t.given_bytes && d.given == t.given, "given bytes %u, not %u",
               d.given_bytes, t.given_bytes);
    FUZZ_CHECK(t.made.parent().get() == (parent != nullptr ? parent->made.get() : nullptr),
               "the parent");
    FUZZ_CHECK(d.field_count == t.fields.size() && d.own_fields == t.fields.size() - t.inherited,
               "%u fields, %u of its own", d.field_count, d.own_fields);
    bool wide = false;
    std::vector<std::uint32_t> references;
    for (std::size_t i = 0; i < t.fields.size(); ++i) {
      const model_field& expected = t.fields[i];
      const shoal::field_entry& found = d.fields[i];
      const shoal::field& where = found.where;
      FUZZ_CHECK(found.key == expected.key && where.kind == expected.kind &&
                     where.constant == expected.constant && where.ref_type == expected.target &&
                     where.owner == expected.owner,
                 "field %zu of %u", i, d.index);
      FUZZ_CHECK(where.offset == expected.offset, "field %zu of %u is at %u, not %u", i, d.index,
                 where.offset, expected.offset);
      FUZZ_CHECK(where.offset % bytes_of(where.kind) == 0 && where.offset >= header &&
                     where.offset + bytes_of(where.kind) <= d.size,
                 "field %zu of %u is out of place at %u", i, d.index, where.offset);
      wide = wide || where.kind == field_kind::v128;
      if (is_reference(where.kind)) references.push_back(where.offset);
      if (i >= 12 && i + 3 < t.fields.size()) continue;
      const shoal::result<shoal::field> by_key = t.made.field(expected.key);
      FUZZ_CHECK(by_key && by_key->offset == where.offset, "field %zu of %u is not found", i,
                 d.index);
    }
    FUZZ_CHECK(t.made.field(field_key::of_integer(77)).code() == errc::unknown_field,
               "a field that is not there is found");
    FUZZ_CHECK(d.wide == wide && (!wide || d.size % 16 == 0), "wide");
    FUZZ_CHECK(
        d.quick_bytes ==
            (!wide && d.size <= limits::quick_bytes ? d.size : shoal::blueprint::never_quick),
        "quick bytes %u", d.quick_bytes);
    std::sort(references.begin(), references.end());
    FUZZ_CHECK(d.has_references == !references.empty() &&
                   std::equal(references.begin(), references.end(), d.reference_offsets,
                              d.reference_offsets + d.reference_count),
               "the map of references");
    // A line of ancestors, and nobody else.
    std::uint32_t depth = 0;
    for (int at = t.parent; at >= 0; at = types[static_cast<std::size_t>(at)].parent) ++depth;
    FUZZ_CHECK(d.depth == depth, "depth %u, not %u", d.depth, depth);
    for (const model_type& each : types) {
      if (each.is_array) continue;
      const model_type* up = &t;
      while (up != nullptr && up->made != each.made) {
        up = up->parent >= 0 ? &types[static_cast<std::size_t>(up->parent)] : nullptr;
      }
      FUZZ_CHECK(t.made.is_a(each.made) == (up != nullptr), "is_a of %u and %u", d.index,
                 each.made.index());
    }
  }

  // ------------------------------------------------------------------ operations

  // The structural type with the layout of that one; null: none.
  [[nodiscard]] const model_type* find_structural(model_type candidate) const {
    for (const model_type& each : types) {
      if (!each.structural) continue;
      // As if it were declared there already: a reference to itself is one to that type.
      candidate.made = each.made;
      model_type seen = candidate;
      for (model_field& field : seen.fields) {
        if (field.target == ~std::uint32_t{0}) field.target = each.made.index();
      }
      // `seen` borrows the index of `each`; a field of either that names the type itself is alike.
      if (!first_difference(seen, each)) return &each;
    }
    return nullptr;
  }

  void adopt(model_type made, shoal::type found, std::string_view name) {
    made.made = found;
    for (std::size_t i = made.inherited; i < made.fields.size(); ++i) {
      made.fields[i].owner = found.index();
      if (made.fields[i].target == ~std::uint32_t{0}) made.fields[i].target = found.index();
      // The spec's text is gone soon; the descriptor's copy stays.
      made.fields[i].key = found->fields[i].key;
    }
    for (const model_type& each : types) {
      FUZZ_CHECK(each.made != found, "type %u was given out twice", found.index());
    }
    types.push_back(std::move(made));
    inspect(types.back(), name);
    for (const model_type& each : types) {
      compare(types.back(), each);
      compare(each, types.back());
    }
  }

  void declare_struct() {
    declaration d;
    choose_struct(d);
    const bool structural = in.flag();
    model_type made;
    std::uint32_t about = shoal::error::no_field;
    std::vector<std::uint32_t> overlapping;
    errc due = judge(d, made, about, overlapping);
    const auto answer = structural ? space->structural(d.spec) : space->declare(d.spec);
    made.structural = structural;
    if (structural) {
      // What is found needs no index; and the names of the first declaration stand.
      declaration plain;
      plain.fields = d.fields;
      plain.spec = d.spec;
      plain.parent = d.parent;
      plain.spec.name = {};
      plain.spec.behaviours = {};
      model_type bare;
      std::uint32_t unused = 0;
      std::vector<std::uint32_t> none;
      const errc bare_due = judge(plain, bare, unused, none);
      if (bare_due == errc::ok || bare_due == errc::too_many_types) {
        const model_type* known = find_structural(bare);
        if (known != nullptr && (due == errc::ok || due == errc::too_many_types)) {
          FUZZ_CHECK(answer && *answer == known->made, "the structural type is another one: %s",
                     answer ? "found" : answer.error().message());
          return;
        }
        if (known != nullptr && answer) {  // the names alone were wrong
          FUZZ_CHECK(*answer == known->made, "the structural type is another one");
          return;
        }
      }
    }
    FUZZ_CHECK(answer.code() == due, "%s, not %s: %s", shoal::name_of(answer.code()),
               shoal::name_of(due), answer ? "" : answer.error().message());
    if (!answer) {
      const std::uint32_t field = answer.error().field();
      if (due == errc::overlapping_field) {
        if (d.fields.size() < 100) {
          FUZZ_CHECK(std::find(overlapping.begin(), overlapping.end(), field) != overlapping.end(),
                     "field %u overlaps nothing", field);
        }
      } else if (due == errc::bad_kind || due == errc::empty_key || due == errc::duplicate_field ||
                 due == errc::inherited_field || due == errc::misaligned_field ||
                 due == errc::field_in_header || due == errc::field_outside ||
                 due == errc::mixed_offsets || due == errc::bad_ref_type ||
                 due == errc::unsupported_kind) {
        FUZZ_CHECK(field == about, "%s about field %d, not %d", shoal::name_of(due),
                   static_cast<int>(field), static_cast<int>(about));
      }
      FUZZ_CHECK(answer.error().message()[0] != '\0', "an error without words");
      return;
    }
    adopt(std::move(made), *answer, d.spec.name);
  }

  void declare_array() {
    const std::uint8_t kind = in.byte();
    shoal::array_spec spec{
        .element = static_cast<field_kind>(kind < 240 ? kind % shoal::field_kind_count : kind)};
    if (in.flag()) spec.ref_type = choose_target();
    spec.constant = in.one_in(16);
    if (in.one_in(16)) spec.name = in.flag() ? std::string_view(long_text()) : "Row";
    const bool structural = in.flag();
    errc due = spec.name.size() > limits::name_bytes ? errc::too_large
               : spec.constant                       ? errc::bad_const
                               : kind_error(spec.element, spec.ref_type, false);
    const auto answer = structural ? space->structural(spec) : space->declare_array(spec);
    model_type made;
    made.is_array = true;
    made.structural = structural;
    made.element = spec.element;
    made.element_target = spec.ref_type ? spec.ref_type.index() : 0;
    if (structural && (due == errc::ok || due == errc::too_large)) {
      if (!spec.ref_type && kind_error(spec.element, {}, false) == errc::ok && !spec.constant) {
        FUZZ_CHECK(answer && *answer == space->array_of(spec.element),
                   "an array type of all is another one");
        return;
      }
      for (const model_type& each : types) {
        if (!each.structural || !each.is_array || first_difference(made, each)) continue;
        if (due != errc::ok && !answer) break;
        FUZZ_CHECK(answer && *answer == each.made, "the structural array is another one");
        return;
      }
    }
    if (due == errc::ok && types.size() >= room) due = errc::too_many_types;
    FUZZ_CHECK(answer.code() == due, "array: %s, not %s", shoal::name_of(answer.code()),
               shoal::name_of(due));
    if (answer) adopt(std::move(made), *answer, {});
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  source in(data, size);
  static constexpr std::uint32_t headers[] = {8, 16, 0, 9, 12, 24, 4096, 4097};
  model m(in);
  m.header = in.one_of(headers);
  m.has_vec128 = !in.one_in(8);
  m.room = in.below(32);
  shoal::type_space other;
  FUZZ_CHECK(other.open() == errc::ok, "the other space");
  m.foreign = other.declare("Foreign", {}).value();
  shoal::type_space space({.max_types = shoal::builtin::first_user + m.room,
                           .header_bytes = m.header,
                           .vec128 = m.has_vec128});
  const bool opens = m.room != 0 && m.header <= shoal::type_space::greatest_header;
  FUZZ_CHECK((space.open() == errc::ok) == opens, "open, header %u", m.header);
  if (!opens) return 0;
  m.space = &space;
  for (int steps = 0; !in.empty() && steps < 40; ++steps) {
    if (in.one_in(6)) {
      m.declare_array();
    } else {
      m.declare_struct();
    }
    FUZZ_CHECK(space.count() == m.types.size(), "%u types, not %zu", space.count(), m.types.size());
  }
  return 0;
}
