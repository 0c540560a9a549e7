// SPDX-License-Identifier: BSL-1.0

// Values in three encodings, and generic access to fields and elements of every kind, against a
// model that knows numbers as 128-bit integers and doubles and an `any` field as what was put there.
//
// Three parts: words alone (round trips, no two values one word, the collector's masks against the
// policy's own functions); objects and arrays in a cluster of that encoding (store, load, exchange,
// compare_exchange, fetch_add, fill, copy, with what each must convert or refuse); and an agent that
// translates. At the end the world is traced, the heap walked, and every place read once more.
//
// Seen to catch: a share check that knows one of the two unshared tags (27,363 executions, 32 s);
// SameValue that takes the integer 0 for -0.0 (65,653 executions from the kept corpus).

#include <array>
#include <cfenv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <shoal/shoal.hpp>

#include "../unit/foreign_encodings.hpp"
#include "fuzz.hpp"

namespace {

using fuzz::source;
using shoal::datum;
using shoal::errc;
using shoal::field_kind;
using shoal::value_kind;
__extension__ using wide = __int128;

// ------------------------------------------------------------------ words alone

double choose_double(source& in) {
  static constexpr double special[] = {0.0,
                                       -0.0,
                                       1.0,
                                       -1.0,
                                       0.5,
                                       255.0,
                                       256.0,
                                       -128.0,
                                       -129.0,
                                       65536.0,
                                       0x1p31,
                                       -0x1p31,
                                       0x1p32,
                                       0x1p53,
                                       0x1p53 + 2,
                                       0x1p63,
                                       -0x1p63,
                                       0x1.fffffffffffffp62,
                                       0x1p64,
                                       0x1.fffffffffffffp63,
                                       1e300,
                                       -1e300,
                                       5e-324,
                                       0x1.fffffep127,
                                       0x1.ffffffp127,
                                       0x1p-150,
                                       HUGE_VAL,
                                       -HUGE_VAL};
  switch (in.below(4)) {
    case 0:
      return in.take<double>();
    case 1:  // a NaN with any payload, of either sign
      return std::bit_cast<double>(in.take<std::uint64_t>() | 0x7ff0'0000'0000'0001);
    default:
      return in.one_of(special);
  }
}

std::int64_t choose_integer(source& in) {
  static constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t edges[] = {0,
                                           127,
                                           128,
                                           -128,
                                           -129,
                                           255,
                                           256,
                                           32767,
                                           32768,
                                           -32768,
                                           -32769,
                                           65535,
                                           65536,
                                           2147483647,
                                           2147483648,
                                           -2147483648,
                                           -2147483649,
                                           4294967295,
                                           4294967296,
                                           (1LL << 53),
                                           (1LL << 53) + 1,
                                           -(1LL << 53) - 1,
                                           (1LL << 62),
                                           ~least,
                                           ~least - 1,
                                           least,
                                           least + 1};
  return in.one_in(3) ? in.take<std::int64_t>() : in.one_of(edges);
}

template <class E>
constexpr bool may_hold(double number) {
  if constexpr (requires { E::holds_double(number); }) {
    return E::holds_double(number);
  } else {
    return true;
  }
}

bool same_double(double a, double b) {
  return std::isnan(a) ? std::isnan(b)
                       : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// An immediate as a word; nothing: the encoding has none for it.
template <class E>
std::optional<std::uint64_t> choose_immediate(source& in, std::string& said) {
  switch (in.below(6)) {
    case 0:
      said = "undefined";
      return E::data.undefined;
    case 1:
      said = "null";
      return E::data.null;
    case 2: {
      const bool truth = in.flag();
      said = truth ? "true" : "false";
      return E::from_bool(truth);
    }
    case 3: {
      const auto integer = in.take<std::int32_t>();
      said = "int " + std::to_string(integer);
      return E::from_int32(integer);
    }
    case 4: {
      const double number = choose_double(in);
      if (!may_hold<E>(number)) return {};
      char text[64];
      std::snprintf(text, sizeof text, "double %a", std::isnan(number) ? NAN : number);
      said = std::isnan(number) ? "double nan" : text;
      // An encoding that says some doubles as integers means the same value by both.
      if (E::kind_of(E::from_double(number)) == value_kind::int32) {
        said = "int " + std::to_string(E::to_int32(E::from_double(number)));
      }
      return E::from_double(number);
    }
    default: {
      const std::uint64_t address = (in.take<std::uint64_t>() & 0x7fff'ffff'fff8) | 0x1000;
      const bool text = in.flag();
      said = "at " + std::to_string(address);
      const std::uint64_t word = E::from_reference(address, text);
      FUZZ_CHECK(E::data.address_of(word) == address, "the address in a reference");
      // A string's reference is another word than an object's, but both say the address.
      said +=
          E::from_reference(address, true) != E::from_reference(address, false) && text ? "s" : "";
      return word;
    }
  }
}

template <class E>
void check_words(source& in) {
  // Round trips.
  const auto integer = in.take<std::int32_t>();
  FUZZ_CHECK(E::kind_of(E::from_int32(integer)) == value_kind::int32 &&
                 E::to_int32(E::from_int32(integer)) == integer,
             "int32 %d", integer);
  const double number = choose_double(in);
  if (may_hold<E>(number)) {
    const std::uint64_t word = E::from_double(number);
    FUZZ_CHECK(same_double(E::to_double(word), number), "double %a", number);
    FUZZ_CHECK(E::shareable(word) && !E::data.is_reference(word), "a double %a as word %llx",
               number, static_cast<unsigned long long>(word));
  }
  const std::uint64_t own = E::from_local(in.take<std::uint64_t>());
  FUZZ_CHECK(E::kind_of(own) == value_kind::local && !E::shareable(own), "an unshared word");

  // No two values have one word, and a word has one kind by whoever is asked.
  std::string first;
  std::string second;
  const auto a = choose_immediate<E>(in, first);
  const auto b = choose_immediate<E>(in, second);
  if (a && b) {
    FUZZ_CHECK((*a == *b) == (first == second), "%s is %llx, %s is %llx", first.c_str(),
               static_cast<unsigned long long>(*a), second.c_str(),
               static_cast<unsigned long long>(*b));
  }
  for (const std::uint64_t word : {a.value_or(0), b.value_or(0), in.take<std::uint64_t>()}) {
    const value_kind kind = E::kind_of(word);
    FUZZ_CHECK(E::shareable(word) == (kind != value_kind::local), "shareable %llx",
               static_cast<unsigned long long>(word));
    const shoal::encoding& data = E::data;
    // The one reference that is none: a null address, which a collector skips.
    const bool refers = data.is_reference(word) && data.address_of(word) != 0;
    const bool nowhere = kind == value_kind::reference && data.address_of(word) == 0;
    FUZZ_CHECK(refers == (kind == value_kind::reference) || nowhere, "is_reference %llx",
               static_cast<unsigned long long>(word));
    const bool unshared =
        !data.is_reference(word) && (word & data.unshared_mask) == data.unshared_tag;
    FUZZ_CHECK(unshared == (kind == value_kind::local), "unshared by mask %llx",
               static_cast<unsigned long long>(word));
    FUZZ_CHECK((word == data.undefined) == (kind == value_kind::undefined) &&
                   (word == data.null) == (kind == value_kind::null),
               "undefined or null %llx", static_cast<unsigned long long>(word));
    if (kind == value_kind::reference || kind == value_kind::local) continue;
    const datum once = shoal::decode<E>(word);
    std::uint64_t again = 0;
    bool boxed = false;
    const errc done = shoal::encode<E>(once, again, [&](auto...) -> void* {
      boxed = true;
      return nullptr;
    });
    FUZZ_CHECK(done == errc::ok && !boxed, "the immediate %llx does not come back",
               static_cast<unsigned long long>(word));
    FUZZ_CHECK(shoal::same_datum(once, shoal::decode<E>(again)), "%llx comes back as %llx",
               static_cast<unsigned long long>(word), static_cast<unsigned long long>(again));
  }
}

// ------------------------------------------------------------------ the model of a value

struct model_value {
  enum class form { undefined, null, boolean, integer, number, object, vector, word, local };
  form what = form::undefined;
  bool truth = false;
  wide integer = 0;
  double number = 0;
  int object = -1;  // in the list of objects
  shoal::vec128 vector = {0, 0};
  std::uint64_t word = 0;

  static model_value of(wide i) {
    model_value v;
    v.what = form::integer;
    v.integer = i;
    return v;
  }
  static model_value of_double(double d) {
    model_value v;
    v.what = form::number;
    v.number = d;
    return v;
  }
  static model_value with(form f) {
    model_value v;
    v.what = f;
    return v;
  }
};
using form = model_value::form;

struct object {
  shoal::local held;
  shoal::type type;
  std::string text;  // of a string
  bool is_string = false;
};

struct place {
  int holder = 0;
  bool in_array = false;
  std::uint64_t index = 0;
  shoal::field where;
  model_value held;
};

int bits_of(field_kind kind) { return static_cast<int>(shoal::size_of(kind)) * 8; }
bool is_signed(field_kind kind) { return kind >= shoal::i8 && kind <= shoal::i64; }
bool is_floating(field_kind kind) { return kind == shoal::f32 || kind == shoal::f64; }
wide least_of(field_kind kind) { return is_signed(kind) ? -(wide{1} << (bits_of(kind) - 1)) : 0; }
wide greatest_of(field_kind kind) {
  return (wide{1} << (bits_of(kind) - (is_signed(kind) ? 1 : 0))) - 1;
}

// The nearest float, by the C library's reading of the exact text.
double to_float(double number) {
  if (std::isnan(number)) return static_cast<double>(static_cast<float>(number));
  char text[64];
  std::snprintf(text, sizeof text, "%a", number);
  return static_cast<double>(std::strtof(text, nullptr));
}

// ------------------------------------------------------------------ a cluster

template <class E>
class clusters {
 public:
  explicit clusters(source& from)
      : in_(from),
        cluster_(shoal::cluster_options{.limit = 4u << 20, .max_types = 64, .words = E::data}),
        here_(cluster_.attach().value()),
        me_(*here_),
        scope_(me_) {
    base_ = me_.declare("Base", {{"n", shoal::i32}}).value();
    using spec = shoal::field_spec;
    const spec fields[] = {{"any", shoal::any},
                           {"any2", shoal::any},
                           {"ref", shoal::ref},
                           {"bool", shoal::boolean},
                           {"i8", shoal::i8},
                           {"i16", shoal::i16},
                           {"i32", shoal::i32},
                           {"i64", shoal::i64},
                           {"u8", shoal::u8},
                           {"u16", shoal::u16},
                           {"u32", shoal::u32},
                           {"u64", shoal::u64},
                           {"f32", shoal::f32},
                           {"f64", shoal::f64},
                           {"v128", shoal::v128},
                           spec{"base", shoal::ref}.of(base_),
                           spec{"self", shoal::ref}.of_self(),
                           spec{"fixed", shoal::any}.as_const(),
                           spec{"fixed64", shoal::i64}.as_const()};
    all_ = me_.declare({.name = "All", .fields = fields, .extends = base_}).value();
    const shoal::type row = cluster_.types().declare_array(shoal::ref, base_).value();
    for (int i = 0; i < 3; ++i) {
      const shoal::type type = i < 2 ? all_ : base_;
      add(me_.create(scope_, type).value(), type);
    }
    for (const char* text : {"text", "text", ""}) {
      add(me_.make_string(scope_, text).value(), me_.type_at(shoal::builtin::string));
      objects_.back().text = text;
      objects_.back().is_string = true;
    }
    for (std::uint32_t i = 0; i < 2; ++i) {
      const auto kind = static_cast<field_kind>(in_.below(shoal::field_kind_count));
      add(me_.create_array(scope_, kind, 4).value(), cluster_.types().array_of(kind));
      arrays_.push_back(static_cast<int>(objects_.size() - 1));
    }
    add(me_.create_array(scope_, row, 4).value(), row);
    arrays_.push_back(static_cast<int>(objects_.size() - 1));
    for (int i = 0; i < 3; ++i) {
      for (const shoal::field_entry& each : objects_[static_cast<std::size_t>(i)].type.fields()) {
        places_.push_back({i, false, 0, each.where, fresh(each.where.kind)});
      }
    }
    for (const int array : arrays_) {
      const shoal::type type = objects_[static_cast<std::size_t>(array)].type;
      for (std::uint64_t i = 0; i < 4; ++i) {
        const shoal::field where{.kind = type->element, .ref_type = type->ref_type};
        places_.push_back({array, true, i, where, fresh(type->element)});
      }
    }
  }

  void run() {
    check_all("at first");
    for (int steps = 0; !in_.empty() && steps < 60; ++steps) {
      switch (in_.below(8)) {
        case 0:
          bulk();
          break;
        case 1:
          typed_words();
          break;
        case 2:
          outside();
          break;
        default:
          step(places_[in_.below(static_cast<unsigned>(places_.size()))]);
      }
    }
    check_all("at last");
    me_.debug_trace();
    const shoal::verify_result walked = me_.debug_verify();
    FUZZ_CHECK(walked.sound(), "the heap is not sound: %llu broken",
               static_cast<unsigned long long>(walked.broken));
    check_all("after tracing");
  }

 private:
  void add(shoal::local held, shoal::type type) { objects_.push_back({held, type, {}, false}); }

  static model_value fresh(field_kind kind) {
    switch (kind) {
      case field_kind::any:
        return {};
      case field_kind::ref:
        return model_value::with(form::null);
      case field_kind::boolean:
        return model_value::with(form::boolean);
      case field_kind::v128:
        return model_value::with(form::vector);
      default:
        return is_floating(kind) ? model_value::of_double(0) : model_value::of(0);
    }
  }

  // ------------------------------------------------------------------ datums

  model_value choose() {
    model_value v;
    v.what = in_.one_of({form::undefined, form::null, form::boolean, form::integer, form::integer,
                         form::integer, form::number, form::number, form::number, form::object,
                         form::object, form::vector, form::word, form::local});
    v.truth = in_.flag();
    switch (v.what) {
      case form::integer:
        v.integer = choose_integer(in_);
        // One in four: a natural, above every i64 where the bits are those of a negative number.
        if (in_.one_in(4)) v.integer = static_cast<std::uint64_t>(v.integer);
        break;
      case form::number:
        v.number = choose_double(in_);
        break;
      case form::object:
        v.object = static_cast<int>(in_.below(static_cast<unsigned>(objects_.size())));
        break;
      case form::vector:
        v.vector = in_.take<shoal::vec128>();
        break;
      case form::word: {
        // An immediate that means nothing to Shoal, or one that is an agent's own.
        const std::uint64_t word = in_.take<std::uint64_t>();
        const value_kind kind = E::kind_of(word);
        v.word =
            kind == value_kind::other && !E::data.is_reference(word) ? word : E::from_local(word);
        break;
      }
      case form::local:
        v.word = E::from_local(in_.take<std::uint64_t>());
        break;
      default:
        break;
    }
    return v;
  }

  [[nodiscard]] datum to_datum(const model_value& v) const {
    switch (v.what) {
      case form::undefined:
        return datum::undefined();
      case form::null:
        return datum::null();
      case form::boolean:
        return datum::of(v.truth);
      case form::integer:
        return v.integer < 0 ? datum::of(static_cast<std::int64_t>(v.integer))
                             : datum::of(static_cast<std::uint64_t>(v.integer));
      case form::number:
        return datum::of(v.number);
      case form::object:
        return datum::of_object(at(v.object).held.get().address());
      case form::vector:
        return datum::of(v.vector);
      case form::word:
        return datum::of_word(v.word);
      default:
        return datum::of_local(v.word);
    }
  }

  [[nodiscard]] const object& at(int i) const { return objects_[static_cast<std::size_t>(i)]; }

  // SameValue.
  [[nodiscard]] bool same(const model_value& a, const model_value& b) const {
    const auto as_number = [](const model_value& v) { return v.what == form::number; };
    if (a.what == form::integer && b.what == form::integer) return a.integer == b.integer;
    if (as_number(a) && as_number(b)) return same_double(a.number, b.number);
    if (as_number(a) && b.what == form::integer) return same(b, a);
    if (a.what == form::integer && as_number(b)) {
      return std::abs(b.number) <= 0x1p64 &&
             static_cast<double>(static_cast<wide>(b.number)) == b.number &&
             static_cast<wide>(b.number) == a.integer && !(b.number == 0 && std::signbit(b.number));
    }
    if (a.what != b.what) return false;
    switch (a.what) {
      case form::boolean:
        return a.truth == b.truth;
      case form::object:
        return a.object == b.object || (at(a.object).is_string && at(b.object).is_string &&
                                        at(a.object).text == at(b.object).text);
      case form::vector:
        return a.vector == b.vector;
      case form::word:
      case form::local:
        return a.word == b.word;
      default:
        return true;
    }
  }

  // What came out is what the model holds. Bits count where the kind keeps them.
  void expect(const datum& found, const model_value& held, field_kind kind,
              const char* when) const {
    const datum expected = to_datum(held);
    bool right = found.what == expected.what;
    if (right && held.what == form::number) {
      right = same_double(found.number, held.number);
    } else if (right && held.what == form::object) {
      right = found.object == expected.object;
    } else if (right) {
      right = shoal::same_datum(found, expected);
    } else if (kind == field_kind::any && held.what == form::number && may_hold<E>(held.number)) {
      // An encoding that says some doubles as integers.
      right =
          found.what == datum::form::integer && static_cast<double>(found.integer) == held.number;
    }
    FUZZ_CHECK(right, "%s: a field of %s gives %s (%llx), not %s (%llx)", when,
               shoal::name_of(kind), shoal::name_of(found.what),
               static_cast<unsigned long long>(found.word), shoal::name_of(expected.what),
               static_cast<unsigned long long>(expected.word));
  }

  // ------------------------------------------------------------------ what a store must do

  [[nodiscard]] bool may_refer(const shoal::field& where, int to) const {
    if (where.ref_type == 0) return true;
    const shoal::type type = at(to).type;
    return where.ref_type == base_.index() ? type == base_ || type == all_
                                           : where.ref_type == type.index();
  }

  // What the place holds after a store of `given`, or why it is refused.
  errc convert(const model_value& given, const shoal::field& where, model_value& stored,
               bool any_object = false) const {
    const field_kind kind = where.kind;
    stored = given;
    if (given.what == form::local) return errc::unshared_value;
    if (kind == field_kind::any) {
      if (given.what == form::vector) return errc::wrong_kind;
      if (given.what == form::word && E::kind_of(given.word) == value_kind::local) {
        return errc::unshared_value;
      }
      return errc::ok;
    }
    if (kind == field_kind::ref) {
      if (given.what == form::undefined) stored = model_value::with(form::null);
      if (given.what == form::undefined || given.what == form::null) return errc::ok;
      if (given.what != form::object) return errc::wrong_kind;
      return any_object || may_refer(where, given.object) ? errc::ok : errc::wrong_type;
    }
    if (kind == field_kind::boolean) {
      return given.what == form::boolean ? errc::ok : errc::wrong_kind;
    }
    if (kind == field_kind::v128) return given.what == form::vector ? errc::ok : errc::wrong_kind;
    if (is_floating(kind)) {
      double number = given.number;
      if (given.what == form::integer) {
        // Exact, or refused: 64 bits minus the zeros at the end must fit in 53.
        wide digits = given.integer < 0 ? -given.integer : given.integer;
        while (digits != 0 && digits % 2 == 0) digits /= 2;
        if (digits >= wide{1} << 53) return errc::out_of_range;
        number = static_cast<double>(given.integer);
      } else if (given.what != form::number) {
        return errc::wrong_kind;
      }
      stored = model_value::of_double(kind == field_kind::f32 ? to_float(number) : number);
      return errc::ok;
    }
    wide integer = given.integer;
    if (given.what == form::number) {
      if (!std::isfinite(given.number) || given.number != std::floor(given.number)) {
        return errc::wrong_kind;
      }
      if (std::abs(given.number) > 0x1p100) return errc::out_of_range;
      integer = static_cast<wide>(given.number);
    } else if (given.what != form::integer) {
      return errc::wrong_kind;
    }
    if (integer < least_of(kind) || integer > greatest_of(kind)) return errc::out_of_range;
    stored = model_value::of(integer);
    return errc::ok;
  }

  [[nodiscard]] static wide wrap(field_kind kind, wide sum) {
    const wide modulus = wide{1} << bits_of(kind);
    sum = (sum % modulus + modulus) % modulus;
    return sum > greatest_of(kind) ? sum - modulus : sum;
  }

  // ------------------------------------------------------------------ operations

  // The agent's function with the same arguments, on a field or an element.
  template <class F>
  errc on(const place& p, F&& f) {
    if (!p.in_array) return f(at(p.holder).held.get(), p.where);
    shoal::element_place element;
    FUZZ_CHECK(me_.element(at(p.holder).held, p.index, element) == errc::ok, "an element");
    return f(element);
  }
  datum get(const place& p) {
    if (!p.in_array) {
      return in_.flag() ? me_.template get<E>(at(p.holder).held, p.where)
                        : me_.template get<E>(at(p.holder).held, p.where, shoal::seq_cst);
    }
    shoal::element_place element;
    FUZZ_CHECK(me_.element(at(p.holder).held, p.index, element) == errc::ok, "an element");
    return me_.template get<E>(element);
  }

  void step(place& p) {
    const model_value given = choose();
    const datum what = to_datum(given);
    model_value stored;
    const bool constant = p.where.constant;
    const errc fits = constant ? errc::constant_field : convert(given, p.where, stored);
    const field_kind kind = p.where.kind;
    datum old;
    errc done = errc::ok;
    switch (in_.below(4)) {
      case 0: {
        if (in_.flag()) {
          done = on(p, [&](auto... where) { return me_.template set<E>(where..., what); });
        } else {
          done = on(p, [&](auto... where) {
            return me_.template set<E>(where..., what, shoal::seq_cst);
          });
        }
        FUZZ_CHECK(done == fits, "set of %s: %s, not %s", shoal::name_of(kind),
                   shoal::name_of(done), shoal::name_of(fits));
        if (done == errc::ok) p.held = stored;
        break;
      }
      case 1: {
        done = on(p, [&](auto... where) { return me_.template exchange<E>(where..., what, old); });
        FUZZ_CHECK(done == fits, "exchange of %s: %s, not %s", shoal::name_of(kind),
                   shoal::name_of(done), shoal::name_of(fits));
        if (done != errc::ok) break;
        expect(old, p.held, kind, "exchange");
        p.held = stored;
        break;
      }
      case 2: {
        // Mostly what is there, or the same number in its other form.
        model_value expected = in_.flag() ? p.held : choose();
        if (in_.one_in(3)) expected = other_form(p.held);
        model_value wanted;
        const datum asked = to_datum(expected);
        done = on(p, [&](auto... where) {
          return me_.template compare_exchange<E>(where..., asked, what, old);
        });
        errc due = fits;
        if (fits == errc::ok) {
          bool hit;
          if (kind == field_kind::any) {
            hit = same(p.held, expected);
          } else {
            hit = convert(expected, p.where, wanted, true) == errc::ok;
            if (hit && is_floating(kind)) {  // by bits, NaNs too
              hit = std::bit_cast<std::uint64_t>(wanted.number) ==
                    std::bit_cast<std::uint64_t>(p.held.number);
            } else if (hit && kind == field_kind::ref) {
              hit = wanted.what == p.held.what && wanted.object == p.held.object;
            } else if (hit) {
              hit = same(wanted, p.held);
            }
          }
          due = hit ? errc::ok : errc::not_equal;
        }
        FUZZ_CHECK(done == due, "compare_exchange of %s: %s, not %s", shoal::name_of(kind),
                   shoal::name_of(done), shoal::name_of(due));
        if (done == errc::ok || done == errc::not_equal) {
          expect(old, p.held, kind, "compare_exchange");
        }
        if (done == errc::ok) p.held = stored;
        break;
      }
      default: {
        done = on(p, [&](auto... where) { return me_.template fetch_add<E>(where..., what, old); });
        errc due = errc::wrong_kind;
        model_value sum = p.held;
        if (constant) {
          due = errc::constant_field;
        } else if (shoal::is_integer(kind)) {
          due = convert(given, p.where, stored);
          if (given.what == form::local) due = errc::wrong_kind;
          // A negative amount of the same width subtracts.
          const wide least = -(wide{1} << (bits_of(kind) - 1));
          if (due == errc::out_of_range) {
            shoal::field as_signed = p.where;
            as_signed.kind =
                static_cast<field_kind>(static_cast<int>(kind) - (kind >= shoal::u8 ? 4 : 0));
            if (convert(given, as_signed, stored) == errc::ok && stored.integer >= least) {
              due = errc::ok;
            }
          }
          if (due == errc::ok) sum.integer = wrap(kind, sum.integer + stored.integer);
        } else if (is_floating(kind)) {
          due = convert(given, p.where, stored);
          if (given.what == form::local) due = errc::wrong_kind;
          if (due == errc::ok) {
            sum.number = kind == field_kind::f32
                             ? static_cast<double>(static_cast<float>(p.held.number) +
                                                   static_cast<float>(stored.number))
                             : p.held.number + stored.number;
          }
        }
        FUZZ_CHECK(done == due, "fetch_add of %s: %s, not %s", shoal::name_of(kind),
                   shoal::name_of(done), shoal::name_of(due));
        if (done != errc::ok) break;
        expect(old, p.held, kind, "fetch_add");
        p.held = sum;
        // Which of two NaNs an addition gives is the machine's.
        if (std::isnan(sum.number)) p.held.number = get(p).number;
      }
    }
    expect(get(p), p.held, kind, "after an operation");
  }

  // An integer as a double and the other way round, perhaps with the other sign of zero.
  model_value other_form(const model_value& v) {
    if (v.what == form::integer) {
      const auto number = static_cast<double>(v.integer);
      return model_value::of_double(number == 0 && in_.flag() ? -0.0 : number);
    }
    if (v.what == form::number && std::abs(v.number) < 0x1p63) {
      return model_value::of(static_cast<std::int64_t>(v.number));
    }
    return v;
  }

  place& element(int array, std::uint64_t index) {
    for (place& each : places_) {
      if (each.in_array && each.holder == array && each.index == index) return each;
    }
    fuzz::fail(__FILE__, __LINE__, "no such element");
  }

  std::uint64_t choose_index() { return in_.one_in(8) ? in_.take<std::uint64_t>() : in_.below(6); }

  void bulk() {
    const int to = in_.one_of({0, 6, 7, 8});  // a struct, or one of the arrays
    const std::uint64_t start = choose_index();
    const std::uint64_t n = choose_index();
    const bool inside = start <= 4 && n <= 4 - start;
    const shoal::type type = at(to).type;
    if (in_.flag()) {
      const model_value given = choose();
      const datum what = to_datum(given);
      const errc done = me_.template fill<E>(at(to).held, start, n, what);
      model_value stored;
      errc due = to == 0   ? errc::wrong_type
                 : !inside ? errc::out_of_range
                           : convert(given, element(to, 0).where, stored);
      FUZZ_CHECK(done == due, "fill: %s, not %s", shoal::name_of(done), shoal::name_of(due));
      for (std::uint64_t i = 0; done == errc::ok && i < n; ++i)
        element(to, start + i).held = stored;
    } else {
      const int from = in_.one_of({1, 6, 7, 8});
      const std::uint64_t at_there = choose_index();
      const errc done = me_.copy(at(to).held, start, at(from).held, at_there, n);
      const shoal::type source_type = at(from).type;
      errc due = to == 0 || from == 1                          ? errc::wrong_type
                 : type->element != source_type->element       ? errc::wrong_kind
                 : !inside || at_there > 4 || n > 4 - at_there ? errc::out_of_range
                                                               : errc::ok;
      std::vector<model_value> moved;
      for (std::uint64_t i = 0; due == errc::ok && i < n; ++i) {
        moved.push_back(element(from, at_there + i).held);
      }
      for (const model_value& each : moved) {
        if (each.what == form::object && !may_refer(element(to, 0).where, each.object)) {
          due = errc::wrong_type;
        }
      }
      FUZZ_CHECK(done == due, "copy: %s, not %s", shoal::name_of(done), shoal::name_of(due));
      for (std::uint64_t i = 0; done == errc::ok && i < n; ++i) {
        element(to, start + i).held = moved[static_cast<std::size_t>(i)];
      }
    }
    for (const place& each : places_) {
      if (each.in_array) expect(get(each), each.held, each.where.kind, "after a bulk operation");
    }
  }

  // The typed way: words that the fast paths load and store.
  void typed_words() {
    using value = shoal::basic_value<E>;
    place& p = places_[in_.below(static_cast<unsigned>(places_.size()))];
    if (p.in_array) return;
    const auto typed = shoal::typed<value>(p.where);
    const errc due = p.where.kind != field_kind::any ? errc::wrong_kind
                     : p.where.constant              ? errc::constant_field
                                                     : errc::ok;
    FUZZ_CHECK(typed.code() == due, "typed: %s, not %s", shoal::name_of(typed.code()),
               shoal::name_of(due));
    if (!typed) return;
    const std::uint64_t held = me_.load(at(p.holder).held, *typed).word();
    expect(shoal::decode<E>(held), p.held, field_kind::any, "a typed load");
    std::uint64_t word = in_.take<std::uint64_t>();
    const value_kind kind = E::kind_of(word);
    if (kind == value_kind::reference || E::data.is_reference(word)) word = E::data.null;
    // Of doubles and integers the canonical words only: no encoder makes others.
    if (kind == value_kind::float64) word = E::from_double(E::to_double(word));
    if (kind == value_kind::int32) word = E::from_int32(E::to_int32(word));
    const errc done = me_.store(at(p.holder).held, *typed, value::of_word(word));
    const bool unshared = E::kind_of(word) == value_kind::local;
    FUZZ_CHECK(done == (unshared ? errc::unshared_value : errc::ok), "a typed store of %llx: %s",
               static_cast<unsigned long long>(word), shoal::name_of(done));
    const std::uint64_t now = me_.load(at(p.holder).held, *typed).word();
    FUZZ_CHECK(now == (unshared ? held : word), "a typed store of %llx left %llx",
               static_cast<unsigned long long>(word), static_cast<unsigned long long>(now));
    if (unshared) return;
    const datum read = shoal::decode<E>(word);
    p.held = {};
    switch (read.what) {
      case datum::form::null:
        p.held.what = form::null;
        break;
      case datum::form::boolean:
        p.held.what = form::boolean;
        p.held.truth = read.truth;
        break;
      case datum::form::integer:
        p.held = model_value::of(read.integer);
        break;
      case datum::form::number:
        p.held = model_value::of_double(read.number);
        break;
      case datum::form::word:
        p.held.what = form::word;
        p.held.word = read.word;
        break;
      default:
        break;
    }
  }

  void outside() {
    const int i = static_cast<int>(in_.below(static_cast<unsigned>(objects_.size())));
    const std::uint64_t index = choose_index();
    const bool is_array = at(i).type->what == shoal::shape::array;
    shoal::element_place element;
    const errc done = me_.element(at(i).held, index, element);
    const errc due = !is_array ? errc::wrong_type : index < 4 ? errc::ok : errc::out_of_range;
    FUZZ_CHECK(done == due, "element: %s, not %s", shoal::name_of(done), shoal::name_of(due));
    const std::uint64_t length = in_.take<std::uint64_t>();
    const std::uint8_t kind = in_.byte();
    if (length > 1000 && length < 1u << 24) return;  // would fit, and cost time
    const auto made = me_.create_array(scope_, static_cast<field_kind>(kind), length);
    const bool huge = length > 1000;
    if (kind >= shoal::field_kind_count) {
      FUZZ_CHECK(made.code() == errc::bad_kind, "an array of no kind");
    } else if (huge) {
      FUZZ_CHECK(made.code() == errc::too_large || made.code() == errc::out_of_memory,
                 "an array of %llu: %s", static_cast<unsigned long long>(length),
                 shoal::name_of(made.code()));
    } else {
      FUZZ_CHECK(made.code() == errc::ok || made.code() == errc::out_of_memory, "an array: %s",
                 shoal::name_of(made.code()));
      if (made) {
        FUZZ_CHECK(shoal::array_length(made->get().address()) == length, "the length of an array");
      }
    }
  }

  void check_all(const char* when) {
    for (const place& each : places_) expect(get(each), each.held, each.where.kind, when);
  }

  source& in_;
  shoal::cluster cluster_;
  shoal::attachment here_;
  shoal::agent& me_;
  shoal::scope scope_;
  shoal::type base_;
  shoal::type all_;
  std::vector<object> objects_;
  std::vector<int> arrays_;
  std::vector<place> places_;
};

// ------------------------------------------------------------------ an agent that translates

struct pointers_in_nan_boxes {
  using shared = shoal::nan_box;
  using own = foreign::pointer_box;
  template <class From, class To>
  static std::uint64_t turn(std::uint64_t word) noexcept {
    switch (From::kind_of(word)) {
      case value_kind::undefined:
        return To::data.undefined;
      case value_kind::null:
        return To::data.null;
      case value_kind::boolean:
        return To::from_bool(From::to_bool(word));
      case value_kind::int32:
        return To::from_int32(From::to_int32(word));
      case value_kind::float64:
        return To::from_double(From::to_double(word));
      default:
        return To::from_local(word >> 3);
    }
  }
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return turn<own, shared>(word); }
  static std::uint64_t to_own(std::uint64_t word) noexcept { return turn<shared, own>(word); }
};

void check_translated(source& in) {
  using own = foreign::pointer_box;
  shoal::cluster cluster({.limit = 4u << 20, .max_types = 64});
  shoal::attachment here = cluster.attach().value();
  shoal::scope scope(*here);
  const shoal::type node = here->declare("Node", {{"value", shoal::any}}).value();
  const auto where = shoal::typed<shoal::value>(node, "value").value();
  const shoal::local object = here->create(scope, node).value();
  const shoal::translated<pointers_in_nan_boxes> words(*here);
  std::uint64_t held = own::data.undefined;
  // What comes back of a word: itself, but for the words that no encoder of `own` makes.
  const auto canonical = [](std::uint64_t word) {
    switch (own::kind_of(word)) {
      case value_kind::int32:
        return own::from_int32(own::to_int32(word));
      case value_kind::float64:
        return own::from_double(own::to_double(word));
      default:
        return word;
    }
  };
  const auto same = [](std::uint64_t a, std::uint64_t b) {
    const auto number = [](std::uint64_t word) {
      return own::kind_of(word) == value_kind::int32 ? own::to_int32(word) : own::to_double(word);
    };
    const auto is_number = [](std::uint64_t word) {
      return own::kind_of(word) == value_kind::int32 || own::kind_of(word) == value_kind::float64;
    };
    return is_number(a) && is_number(b) ? same_double(number(a), number(b)) : a == b;
  };
  const auto choose = [&] {
    std::string unused;
    const std::uint64_t word =
        in.flag() ? in.take<std::uint64_t>() : choose_immediate<own>(in, unused).value_or(0);
    const value_kind kind = own::kind_of(word);
    return kind == value_kind::reference || kind == value_kind::other ? own::data.null : word;
  };
  for (int steps = 0; !in.empty() && steps < 40; ++steps) {
    const std::uint64_t word = choose();
    const bool refused = own::kind_of(word) == value_kind::local;
    std::uint64_t seen = 0;
    errc done;
    errc due = refused ? errc::unshared_value : errc::ok;
    switch (in.below(3)) {
      case 0:
        done = words.store(object, where, word);
        break;
      case 1:
        done = words.exchange(object, where, word, seen);
        if (done == errc::ok) FUZZ_CHECK(seen == held, "a translated exchange");
        break;
      default: {
        const std::uint64_t expected = in.flag() ? held : choose();
        if (!refused && !same(expected, held)) due = errc::not_equal;
        seen = expected;
        done = words.compare_exchange(object, where, seen, word);
        if (done != errc::unshared_value) FUZZ_CHECK(seen == held, "a translated compare_exchange");
      }
    }
    FUZZ_CHECK(done == due, "translated %llx: %s, not %s", static_cast<unsigned long long>(word),
               shoal::name_of(done), shoal::name_of(due));
    if (done == errc::ok) held = canonical(word);
    FUZZ_CHECK(words.load(object, where) == held, "%llx, not %llx",
               static_cast<unsigned long long>(words.load(object, where)),
               static_cast<unsigned long long>(held));
  }
}

template <class E>
void run(source& in, bool alone) {
  if (alone) {
    while (!in.empty()) check_words<E>(in);
  } else {
    clusters<E>(in).run();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  source in(data, size);
  const unsigned part = in.below(8);
  switch (part) {
    case 0:
    case 1:
      run<shoal::nan_box>(in, part == 0);
      break;
    case 2:
    case 3:
      run<foreign::pointer_box>(in, part == 2);
      break;
    case 4:
    case 5:
      run<foreign::low_bits>(in, part == 4);
      break;
    case 6:
      check_translated(in);
      break;
    default:
      run<shoal::nan_box>(in, false);
  }
  return 0;
}
