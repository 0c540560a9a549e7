// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the heap's bodies share: a heap with a few types, and what they do with it.
//
// Thread safety: as the heap's. Layer: tests.

#include <shoal/heap/heap.hpp>
#include <shoal/heap/instance.hpp>

#include "model.hpp"

namespace heap_model {

using namespace shoal;

struct shared_heap : trial::body {
  type_space types{{.max_types = 64}};
  heap all;
  type node;

  explicit shared_heap(std::size_t limit = ~std::size_t{0})
      : all({.limit = limit, .types = &types}) {}

  void before() override {
    trial::check(types.open() == errc::ok, "opened");
    node = types.declare("Node", {{"number", u64}, {"next", ref}, {"untouched", u64}}).value();
  }

  // The fields of a node.
  static cell<std::uint64_t>& number_of(void* object) { return cell_of<std::uint64_t>(object, 8); }
  static cell<std::uint64_t>& next_of(void* object) { return cell_of<std::uint64_t>(object, 16); }
  static cell<std::uint64_t>& untouched_of(void* object) {
    return cell_of<std::uint64_t>(object, 24);
  }

  void* make_node(heap_context& in, std::uint64_t number) const {
    void* made = in.try_allocate(node->size, node.index(), 0);
    if (made != nullptr) store_scalar(number_of(made), number);
    return made;
  }
  // An object of bytes that nobody reads, of at most 8 KiB in all, or a large one.
  static void* make_bytes(heap_context& in, std::uint32_t length) {
    return in.try_allocate(array_bytes(field_kind::u8, length), builtin::array_of(field_kind::u8),
                           length);
  }
  static constexpr std::uint32_t eighth = heap::large_bytes - header_bytes;  // of a block

  void look_at(void* found, std::uint64_t number) const {
    trial::check(found != nullptr, "an object");
    trial::check(load_scalar(number_of(found)) == number, "the field is there");
    trial::check(load_scalar(untouched_of(found)) == 0, "the rest is zero");
    trial::check(header_of(found).type_index.get() == node.index(), "the header is there");
  }
  void verify(std::uint64_t objects) {
    const verify_result found = all.verify();
    trial::check(found.sound(), "a sound heap");
    trial::check(found.objects == objects, "every object once");
  }
};

}  // namespace heap_model
