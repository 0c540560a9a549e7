// SPDX-License-Identifier: BSL-1.0
// Generic access, as an interpreter does it, on fields that others write: what a datum refers to is
// whole, whichever operation found it, and 16 bytes are never torn.

#include <shoal/object/object.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

constexpr std::uint32_t point_type = builtin::first_user;
constexpr std::uint64_t beyond = std::uint64_t{1} << 40;  // no int32: boxed

void* make(std::uint32_t type_index) {
  void* place = default_metadata.allocate(nullptr, 16, 8);
  write_header(place, type_index, 0);
  return place;
}
void* box(std::uint64_t bits, std::uint32_t type_index) noexcept {
  void* made = make(type_index);
  write_boxed_integer(made, bits);
  return made;
}
bool any_object(void*) noexcept { return true; }

// A field of that kind, which begins as null, and at the end releases what it refers to.
template <field_kind Kind>
struct one_field : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint64_t> word{Kind == field_kind::any ? nan_box::data.null : 0};
  unbarriered<> guard;

  [[nodiscard]] datum load() const { return load_generic<nan_box>(&word, Kind); }
  void store(const datum& value) {
    trial::check(store_generic<nan_box>(guard, &word, Kind, value, any_object, box) == errc::ok,
                 "stored");
  }
  void after() override {
    const std::uint64_t left = load_scalar(word);
    if (Kind == field_kind::any && !nan_box::data.is_reference(left)) return;
    const std::uint64_t address = Kind == field_kind::any ? nan_box::data.address_of(left) : left;
    if (address != 0) default_metadata.release(nullptr, reinterpret_cast<void*>(address), 16, 8);
  }
};
void look_at(const datum& found) {
  if (found.what != datum::form::reference) return;
  trial::check(header_of(found.object).type_index.get() == point_type, "the header is there");
}

template <field_kind Kind>
struct loading : one_field<Kind> {
  void thread(unsigned index) override {
    if (index == 0) {
      this->store(datum::of_object(make(point_type)));
    } else {
      look_at(this->load());
    }
  }
};
// Seen to fail, of 1000 seeds: any.store 269, ref.store 269, any.load 269.
const trial::enrol<loading<field_kind::any>> load_any_field("object/generic/any",
                                                            {.catches = "any.store any.load",
                                                             .preemptions = 2});
const trial::enrol<loading<field_kind::ref>> load_ref_field("object/generic/ref",
                                                            {.catches = "ref.store any.load",
                                                             .preemptions = 2});

// A number that is an object: its bits are read with it.
struct boxed : one_field<field_kind::any> {
  void thread(unsigned index) override {
    if (index == 0) {
      store(datum::of(beyond));
    } else if (const datum found = load(); found.what != datum::form::null) {
      trial::check(same_datum(found, datum::of(beyond)), "the number");
    }
  }
};
// Seen to fail, of 1000 seeds: any.store 269, any.load 269.
const trial::enrol<boxed> boxes("object/generic/boxed",
                                {.catches = "any.store any.load", .preemptions = 2});

// What an exchange finds, and what a compare_exchange that misses has seen; also where the field
// could never hold what was expected.
template <field_kind Kind>
struct swapping : one_field<Kind> {
  void thread(unsigned index) override {
    if (index == 0) {
      this->store(datum::of_object(make(point_type)));
      return;
    }
    datum seen;
    const auto compare = [&](const datum& expected) {
      return compare_exchange_generic<nan_box>(this->guard, &this->word, Kind, expected,
                                               datum::null(), seen, any_object, box);
    };
    trial::check(compare(datum::of(vec128{1, 2})) == errc::not_equal, "no vector in it");
    look_at(seen);
    trial::check(compare(datum::of(true)) == errc::not_equal, "nor a truth");
    look_at(seen);
    trial::check(exchange_generic<nan_box>(this->guard, &this->word, Kind, datum::null(), seen,
                                           any_object, box) == errc::ok,
                 "exchanged");
    look_at(seen);
    if (seen.what == datum::form::reference) {
      default_metadata.release(nullptr, seen.object, 16, 8);
    }
  }
};
// Seen to fail, of 1000 seeds: any.store and ref.store 699, any.cas_load and any.load 459,
//   any.exchange and ref.exchange 240.
const trial::enrol<swapping<field_kind::any>> swap_any(
    "object/generic/swap_any", {.catches = "any.store any.cas_load any.exchange"});
const trial::enrol<swapping<field_kind::ref>> swap_ref(
    "object/generic/swap_ref", {.catches = "ref.store any.load ref.exchange"});

// Both halves of a v128 are of one store, in a field and in an array, by whichever access.
struct vectors : trial::body {
  static constexpr unsigned threads = 3;
  struct alignas(16) {
    header head;
    std::uint64_t gap;
    std::byte elements[32];
  } memory;
  unbarriered<> guard;

  void before() override {
    std::memset(memory.elements, 0, sizeof memory.elements);
    write_header(&memory, builtin::array_of(field_kind::v128), 2);
  }
  static datum twice(std::uint64_t half) { return datum::of(vec128{half, half}); }
  static void check(const datum& found) {
    trial::check(found.vector.low == found.vector.high, "not torn");
  }
  void thread(unsigned index) override {
    constexpr auto kind = field_kind::v128;
    const shoal::elements<vec128> all(&memory);
    void* place = &all[1];
    datum seen;
    check(load_generic<nan_box>(place, kind));
    if (index == 0) {
      static_cast<void>(store_generic<nan_box>(guard, place, kind, twice(1), any_object, box));
    } else if (index == 1) {
      const errc swapped = compare_exchange_generic<nan_box>(guard, place, kind, twice(1), twice(2),
                                                             seen, any_object, box);
      trial::check(swapped == errc::ok || swapped == errc::not_equal, "compared");
      check(seen);
    } else {
      static_cast<void>(
          exchange_generic<nan_box>(guard, place, kind, twice(3), seen, any_object, box));
      check(seen);
      copy_scalars(all, 0, all, 1, 1);
    }
    check(load_generic<nan_box>(place, kind));
  }
  void after() override {
    const shoal::elements<vec128> all(&memory);
    for (unsigned i = 0; i < 2; ++i) check(load_generic<nan_box>(&all[i], field_kind::v128));
  }
};
const trial::enrol<vectors> untorn("object/generic/v128", {.preemptions = 1});

}  // namespace
