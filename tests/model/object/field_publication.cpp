// SPDX-License-Identifier: BSL-1.0
// "What a reference points to is always seen initialised", also through an unordered access: that
// is why unordered means release and acquire on `ref` and `any` fields.

#include <shoal/object/object.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

constexpr std::uint32_t point_type = builtin::first_user;
constexpr std::uint32_t point_bytes = 24;  // header, u64 at 8, any at 16
constexpr std::uint64_t content = 0x5;

// An object as a runtime makes it: filled before anybody can see it.
void* make_point() {
  void* place = default_metadata.allocate(nullptr, point_bytes, 8);
  write_header(place, point_type, 0);
  cell_of<std::uint64_t>(place, 8).initialize(content);
  cell_of<std::uint64_t>(place, 16).initialize(0);
  return place;
}
void release_point(const void* point) {
  if (point != nullptr) default_metadata.release(nullptr, const_cast<void*>(point), point_bytes, 8);
}
// Fields first: the race on a header's payload would hide what cells alone show.
void look_at(const void* point) {
  trial::check(load_scalar(cell_of<std::uint64_t>(point, 8)) == content, "the field is there");
  trial::check(header_of(point).type_index.get() == point_type, "the header is there");
}

struct by_ref : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint64_t> field_word{0};
  unbarriered<> guard;

  void thread(unsigned index) override {
    if (index == 0) {
      store_ref(guard, field_word, make_point());
    } else if (const void* point = load_ref(field_word); point != nullptr) {
      look_at(point);
    }
  }
  void after() override { release_point(load_ref(field_word)); }
};
// Seen to fail, of 1000 seeds: ref.store 269, ref.load 269.
const trial::enrol<by_ref> ref_store("object/publication/ref",
                                     {.catches = "ref.store ref.load", .preemptions = 2});

struct by_any : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint64_t> field_word{0};
  unbarriered<> guard;

  static const void* object_in(std::uint64_t word) {
    return nan_box::data.is_reference(word)
               ? reinterpret_cast<const void*>(nan_box::data.address_of(word))
               : nullptr;
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const auto address = reinterpret_cast<std::uintptr_t>(make_point());
      trial::check(
          store_any(guard, field_word, nan_box::from_reference(address, false)) == errc::ok,
          "may be shared");
    } else if (const void* point = object_in(load_any(field_word)); point != nullptr) {
      look_at(point);
    }
  }
  void after() override { release_point(object_in(load_any(field_word))); }
};
// Seen to fail, of 1000 seeds: any.store 269, any.load 269.
const trial::enrol<by_any> any_store("object/publication/any",
                                     {.catches = "any.store any.load", .preemptions = 2});

// Passed on by exchange: each gets an object, or null, whole.
struct by_exchange : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint64_t> field_word{0};
  unbarriered<> guard;

  void thread(unsigned) override {
    const void* old = exchange_ref(guard, field_word, make_point());
    if (old != nullptr) look_at(old);
    release_point(old);
  }
  void after() override { release_point(load_ref(field_word)); }
};
// Seen to fail, of 1000 seeds: ref.exchange 1000.
const trial::enrol<by_exchange> ref_exchange("object/publication/ref_exchange",
                                             {.catches = "ref.exchange", .preemptions = 2});

// Of two who replace null, one wins, and the other uses the winner's.
struct by_compare : trial::body {
  static constexpr unsigned threads = 2;
  cell<std::uint64_t> field_word{0};
  unbarriered<> guard;

  void thread(unsigned) override {
    void* mine = make_point();
    void* expected = nullptr;
    if (compare_exchange_ref(guard, field_word, expected, mine)) return;
    look_at(expected);
    release_point(mine);
  }
  void after() override { release_point(load_ref(field_word)); }
};
// Seen to fail, of 1000 seeds: ref.cas 1000, ref.cas_missed 1000.
const trial::enrol<by_compare> ref_compare("object/publication/ref_compare_exchange",
                                           {.catches = "ref.cas ref.cas_missed", .preemptions = 2});

}  // namespace
