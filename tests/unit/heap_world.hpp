// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the heap's tests share: memory that is counted and can be made to fail, and a few types.

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include <shoal/heap/heap.hpp>

namespace heap_test {

// Counts what is out, and fails one request, or every one from there on.
class counted_memory {
 public:
  std::atomic<std::int64_t> bytes{0};
  std::atomic<std::int64_t> requests{0};
  std::atomic<std::int64_t> fail_at{-1};  // counted from 0
  std::atomic<bool> fail_on{false};       // and all that follow

  // Whether this request must fail.
  bool fails() {
    const std::int64_t number = requests++;
    const std::int64_t at = fail_at;
    return at >= 0 && (fail_on ? number >= at : number == at);
  }

  shoal::page_supply pages() {
    return {[](void* self, std::size_t size, std::size_t alignment) noexcept -> void* {
              auto& memory = *static_cast<counted_memory*>(self);
              if (memory.fails()) return nullptr;
              const shoal::page_supply& real = shoal::mmap_pages();
              void* place = real.allocate(real.self, size, alignment);
              if (place != nullptr) memory.bytes += static_cast<std::int64_t>(size);
              return place;
            },
            [](void* self, void* place, std::size_t size, std::size_t alignment) noexcept {
              static_cast<counted_memory*>(self)->bytes -= static_cast<std::int64_t>(size);
              const shoal::page_supply& real = shoal::mmap_pages();
              real.release(real.self, place, size, alignment);
            },
            this};
  }

  shoal::metadata_hook metadata() {
    return {[](void* self, std::size_t size, std::size_t alignment) noexcept -> void* {
              auto& memory = *static_cast<counted_memory*>(self);
              if (memory.fails()) return nullptr;
              const shoal::metadata_hook& real = shoal::default_metadata;
              void* place = real.allocate(real.self, size, alignment);
              if (place != nullptr) memory.bytes += static_cast<std::int64_t>(size);
              return place;
            },
            [](void* self, void* place, std::size_t size, std::size_t alignment) noexcept {
              static_cast<counted_memory*>(self)->bytes -= static_cast<std::int64_t>(size);
              const shoal::metadata_hook& real = shoal::default_metadata;
              real.release(real.self, place, size, alignment);
            },
            this};
  }
};

// A heap with a few types, over memory that is counted.
class world {
 public:
  explicit world(std::size_t limit = ~std::size_t{0}) {
    if (types.open() != shoal::errc::ok) std::abort();
    using shoal::any, shoal::f64, shoal::i64, shoal::ref, shoal::v128;
    node = types.declare("node", {{"next", any}, {"other", any}, {"number", i64}}).value();
    link = types.declare("link", {{"to", ref}}).value();
    point = types.declare("point", {{"x", f64}, {"y", f64}}).value();
    wide = types.declare("wide", {{"lanes", v128}}).value();
    const shoal::heap_options options{
        .limit = limit, .pages = pages.pages(), .metadata = metadata.metadata(), .types = &types};
    heap.emplace(options);
  }
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  counted_memory pages;
  counted_memory metadata;
  shoal::type_space types;
  shoal::type node;   // 32 bytes
  shoal::type link;   // 16
  shoal::type point;  // 24
  shoal::type wide;   // 32, at multiples of 16
  std::optional<shoal::heap> heap;

  // An instance, which nothing holds yet. Null: out of memory.
  static void* make(shoal::heap_context& context, shoal::type what) {
    return what->wide ? context.try_allocate_wide(what->size, what.index(), 0)
                      : context.try_allocate(what->size, what.index(), 0);
  }
  static void* make_array(shoal::heap_context& context, shoal::field_kind kind,
                          std::uint64_t length) {
    const std::uint32_t word = shoal::array_header_word(length);
    const std::uint64_t bytes = shoal::array_bytes(kind, length);
    const std::uint32_t index = shoal::builtin::array_of(kind);
    void* array = shoal::size_of(kind) == 16 ? context.try_allocate_wide(bytes, index, word)
                                             : context.try_allocate(bytes, index, word);
    if (array != nullptr && word == 0) shoal::write_array_length(array, length);
    return array;
  }

  // Fields by key, as words.
  static shoal::cell<std::uint64_t>& field(void* object, shoal::type of, const char* key) {
    return shoal::cell_at<std::uint64_t>(static_cast<std::byte*>(object) +
                                         of.field(key).value().offset);
  }
  void set(void* object, const char* key, const void* to) const {
    const auto address = reinterpret_cast<std::uintptr_t>(to);
    field(object, node, key)
        .store(to == nullptr ? 0 : shoal::nan_box::from_reference(address, false),
               shoal::order<"test.set">(shoal::release));
  }
  void* get(void* object, const char* key) const {
    const std::uint64_t word =
        field(object, node, key).load(shoal::order<"test.get">(shoal::acquire));
    return reinterpret_cast<void*>(
        static_cast<std::uintptr_t>(shoal::nan_box::data.address_of(word)));
  }
};

}  // namespace heap_test
