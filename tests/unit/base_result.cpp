// SPDX-License-Identifier: BSL-1.0

// result and error, the nothrow buffer, and tables in reserved address space.

#include <memory>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>
#include <shoal/base/base.hpp>

using shoal::errc;
using shoal::error;
using shoal::result;

TEST_CASE("a result has a value or says why not") {
  result<int> good = 7;
  CHECK(good.has_value());
  CHECK(good.code() == errc::ok);
  CHECK(good.value() == 7);
  CHECK(*good == 7);
  result<int> bad = errc::refused;
  CHECK_FALSE(bad);
  CHECK(bad.code() == errc::refused);
  CHECK(bad.error().code() == errc::refused);
}

TEST_CASE("a const result shows its value, and gives it to nobody") {
  const result<std::unique_ptr<int>> held = std::make_unique<int>(7);
  static_assert(std::is_same_v<decltype(held.value()), const std::unique_ptr<int>&>);
  static_assert(std::is_same_v<decltype(*held), const std::unique_ptr<int>&>);
  CHECK(*held.value() == 7);
  CHECK(**held == 7);
  CHECK(*held->get() == 7);
}

TEST_CASE("a result moves what it holds") {
  result<std::unique_ptr<int>> one = std::make_unique<int>(7);
  result<std::unique_ptr<int>> two = std::move(one);
  const std::unique_ptr<int> held = std::move(two).value();
  CHECK(*held == 7);
}

TEST_CASE("an error without a sentence says its code's name") {
  CHECK(std::string(error(errc::unshared_value).message()) == "unshared_value");
}

TEST_CASE("an error keeps its own sentence, and cuts what does not fit") {
  const error why = [] {
    const std::string text = "of the callee";
    return error(errc::wrong_kind, "%s, %d", text.c_str(), 7);
  }();
  CHECK(std::string(why.message()) == "of the callee, 7");
  const std::string long_text(1000, 'x');
  const error cut(errc::wrong_kind, "%s", long_text.c_str());
  CHECK(std::string(cut.message()) == std::string(247, 'x'));
}

TEST_CASE("an error may be about a field") {
  const error why(errc::duplicate_field, "twice");
  CHECK(why.field() == error::no_field);
  CHECK(why.about(3).field() == 3);
  CHECK(std::string(why.about(3).message()) == "twice");
}

TEST_CASE("every code has a name of its own") {
  for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(errc::forked); ++i) {
    const std::string name = shoal::name_of(static_cast<errc>(i));
    CHECK(name != "unknown");
    for (std::uint32_t j = 0; j < i; ++j) CHECK(name != shoal::name_of(static_cast<errc>(j)));
  }
  CHECK(std::string(shoal::name_of(errc::would_deadlock)) == "would_deadlock");
  CHECK(std::string(shoal::name_of(errc::version_mismatch)) == "version_mismatch");
  CHECK(std::string(shoal::name_of(static_cast<errc>(9999))) == "unknown");
}

namespace {
struct failing {
  long out = 0;
  bool fails = false;
  shoal::metadata_hook hook() {
    return {[](void* self, std::size_t size, std::size_t alignment) noexcept -> void* {
              auto& me = *static_cast<failing*>(self);
              if (me.fails) return nullptr;
              ++me.out;
              return shoal::default_metadata.allocate(nullptr, size, alignment);
            },
            [](void* self, void* place, std::size_t size, std::size_t alignment) noexcept {
              --static_cast<failing*>(self)->out;
              shoal::default_metadata.release(nullptr, place, size, alignment);
            },
            this};
  }
};
}  // namespace

TEST_CASE("a buffer grows, and stays as it was where there is no memory to") {
  failing memory;
  {
    shoal::buffer<std::unique_ptr<int>> buffer(memory.hook());
    for (int i = 0; i < 8; ++i) REQUIRE(buffer.try_push(std::make_unique<int>(i)));
    memory.fails = true;
    CHECK_FALSE(buffer.try_push(std::make_unique<int>(8)));
    CHECK(buffer.size() == 8);
    CHECK(*buffer[7] == 7);
    memory.fails = false;
    REQUIRE(buffer.try_push(std::make_unique<int>(8)));
    for (int i = 0; i < 9; ++i) CHECK(*buffer[static_cast<std::size_t>(i)] == i);
    CHECK(*buffer.pop() == 8);
    CHECK(buffer.size() == 8);
    shoal::buffer<std::unique_ptr<int>> moved = std::move(buffer);
    CHECK(moved.size() == 8);
    moved.clear();
    CHECK(moved.empty());
  }
  CHECK(memory.out == 0);
}

TEST_CASE("a buffer that could never fit is refused") {
  failing memory;
  shoal::buffer<std::uint64_t> buffer(memory.hook());
  CHECK_FALSE(buffer.try_reserve(SIZE_MAX / 4));
  CHECK(buffer.try_reserve(0));
  CHECK(memory.out == 0);
}

TEST_CASE("try_make answers null where there is no memory") {
  failing memory;
  memory.fails = true;
  CHECK(shoal::try_make<int>(memory.hook(), 7) == nullptr);
  memory.fails = false;
  int* made = shoal::try_make<int>(memory.hook(), 7);
  REQUIRE(made != nullptr);
  CHECK(*made == 7);
  shoal::destroy(memory.hook(), made);
  shoal::destroy(memory.hook(), static_cast<int*>(nullptr));
  CHECK(memory.out == 0);
}

TEST_CASE("a reserved table is zero to its end, and costs no memory until it is touched") {
  shoal::reserved_table<std::uint64_t> table;
  REQUIRE(table.try_open(std::size_t{1} << 24));
  CHECK(table.entries() == std::size_t{1} << 24);
  CHECK(table[0] == 0);
  CHECK(table[(std::size_t{1} << 24) - 1] == 0);
  table[12345] = 7;
  CHECK(table[12345] == 7);
  table.close();
  CHECK(table.data() == nullptr);
  REQUIRE(table.try_open(8));
  CHECK(table[0] == 0);
}

TEST_CASE("a reserved table that the system refuses is not open") {
  shoal::reserved_table<std::uint64_t> table;
  CHECK_FALSE(table.try_open(std::size_t{1} << 60));
  CHECK(table.data() == nullptr);
}
