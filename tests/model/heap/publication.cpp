// SPDX-License-Identifier: BSL-1.0
// Allocation is publication: whoever finds a new object by a reference sees its header, what its
// maker has stored and zeroes in the rest, wherever it lies and however it is found.

#include "heap/heap_body.hpp"

using namespace heap_model;

namespace {

// A root object that everybody has.
struct rooted : shared_heap {
  static constexpr unsigned threads = 2;
  heap_context own{all};
  heap_context others{all};
  void* root = nullptr;
  unbarriered<> guard;

  void before() override {
    shared_heap::before();
    root = make_node(own, 0);
  }
};

struct by_field : rooted {
  void thread(unsigned index) override {
    if (index == 0) {
      store_ref(guard, next_of(root), make_node(own, 5));
    } else if (void* found = load_ref(next_of(root)); found != nullptr) {
      look_at(found, 5);
    }
  }
};
// Seen to fail, of 1000 seeds: ref.store 198, ref.load 198.
const trial::enrol<by_field> finding("heap/publication/field",
                                     {.catches = "ref.store ref.load", .preemptions = 2});

// As a collector, or who copies a graph, follows references.
struct by_walk : rooted {
  void thread(unsigned index) override {
    if (index == 0) {
      store_ref(guard, next_of(root), make_node(own, 5));
    } else {
      for_each_reference(*node, nan_box::data, root, [this](std::uint64_t address) {
        look_at(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)), 5);
      });
    }
  }
};
// Seen to fail, of 1000 seeds: ref.store 198, instance.reference 198.
const trial::enrol<by_walk> walking("heap/publication/walk",
                                    {.catches = "ref.store instance.reference", .preemptions = 2});

// In an array of `any`, among values.
struct by_element : rooted {
  void* list = nullptr;

  void before() override {
    rooted::before();
    list = own.try_allocate(array_bytes(field_kind::any, 2), builtin::array_of(field_kind::any), 2);
    static_cast<void>(store_any(guard, elements<std::uint64_t>(list)[0], nan_box::from_int32(1)));
    static_cast<void>(store_any(guard, elements<std::uint64_t>(list)[1], nan_box::from_int32(2)));
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const auto address = reinterpret_cast<std::uintptr_t>(make_node(own, 5));
      static_cast<void>(store_any(guard, elements<std::uint64_t>(list)[1],
                                  nan_box::from_reference(address, false)));
    } else {
      const type array = types.array_of(field_kind::any);
      for_each_reference(*array, nan_box::data, list, [this](std::uint64_t address) {
        look_at(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)), 5);
      });
    }
  }
};
// Seen to fail, of 1000 seeds: any.store 302, instance.reference 302.
const trial::enrol<by_element> walking_an_array("heap/publication/element",
                                                {.catches = "any.store instance.reference",
                                                 .preemptions = 2});

// A large object, whose length is behind its header.
struct long_array : rooted {
  void thread(unsigned index) override {
    if (index == 0) {
      void* made = own.try_allocate(20'000, builtin::array_of(field_kind::u8), 0);
      write_array_length(made, 19'984);
      store_ref(guard, next_of(root), made);
    } else if (void* found = load_ref(next_of(root)); found != nullptr) {
      trial::check(elements<std::uint8_t>(found).length() == 19'984, "the length is there");
    }
  }
  void after() override { store_ref(guard, next_of(root), nullptr); }
};
// Seen to fail, of 1000 seeds: ref.store 117, ref.load 117.
const trial::enrol<long_array> large("heap/publication/large",
                                     {.catches = "ref.store ref.load", .preemptions = 2});

// A node that is passed on by the second agent is as whole for the third: orders add up.
struct passed_on : shared_heap {
  static constexpr unsigned threads = 3;
  heap_context own{all};
  void* roots[2] = {};
  unbarriered<> guard;

  void before() override {
    shared_heap::before();
    for (void*& root : roots) root = make_node(own, 0);
  }
  void thread(unsigned index) override {
    if (index == 0) {
      store_ref(guard, next_of(roots[0]), make_node(own, 5));
    } else if (index == 1) {
      store_ref(guard, next_of(roots[1]), load_ref(next_of(roots[0])));
    } else if (void* found = load_ref(next_of(roots[1])); found != nullptr) {
      look_at(found, 5);
    }
  }
};
// Seen to fail, of 1000 seeds: ref.store 31, ref.load 31.
const trial::enrol<passed_on> relayed("heap/publication/passed_on",
                                      {.catches = "ref.store ref.load"});

// Interning: agents that make the same string at once keep one, whole.
struct interning : shared_heap {
  static constexpr unsigned threads = 2;
  heap_context contexts[threads] = {heap_context(all), heap_context(all)};
  keyed_table<header> strings{default_metadata};
  const header* got[threads];

  static constexpr const char* text = "shoal";
  static constexpr const char* known = "known";

  header* intern(heap_context& in, const char* content) {
    const shoal::string_view units(content);
    const std::uint32_t hash = hash_of(units);
    const auto equal = [&](const header& one) noexcept {
      return string_hash_at(&one) == hash && shoal::equal(string_at(&one), units);
    };
    if (header* found = strings.find(hash, equal)) return found;
    void* made = in.try_allocate(string_bytes(units), builtin::string, hash);
    write_string(made, units);
    return strings.insert(hash, equal, [&] { return static_cast<header*>(made); }).entry;
  }
  // With a string in it: else publishing the first table would publish its first string too.
  void before() override {
    shared_heap::before();
    intern(contexts[0], known);
  }
  void thread(unsigned index) override {
    got[index] = intern(contexts[index], text);
    trial::check(string_at(got[index]).length() == 5, "a whole string");
  }
  void after() override {
    trial::check(got[0] == got[1], "one identity");
    std::size_t count = 0;
    strings.for_each([&](const header& one) { count += string_at(&one).length(); });
    trial::check(count == 10 && strings.size() == 2, "each once");
  }
};
// Seen to fail, of 1000 seeds: keyed_table.insert 86, keyed_table.find 86.
const trial::enrol<interning> same_text("heap/publication/interning",
                                        {.catches = "keyed_table.insert keyed_table.find",
                                         .iterations = 4'000});

}  // namespace
