// SPDX-License-Identifier: BSL-1.0

// Field access of a tier-0 runtime: fields in memory of its own, and guards that note what stores
// ask of them. What agents do with the same functions is in agent_fields.cpp.

#include <cstddef>
#include <vector>

#include <doctest/doctest.h>
#include <shoal/object/object.hpp>

using shoal::cell;
using shoal::datum;
using shoal::errc;
using shoal::field_kind;
using shoal::nan_box;

namespace {

// A guard whose barrier can be turned on.
struct noting {
  bool active = false;
  std::vector<std::uint64_t> shaded;
  static bool shareable(std::uint64_t word) noexcept { return nan_box::shareable(word); }
  [[nodiscard]] bool barrier_active() const noexcept { return active; }
  void shade_value(std::uint64_t word) noexcept { shaded.push_back(word); }
  void shade(void* object) noexcept { shaded.push_back(reinterpret_cast<std::uintptr_t>(object)); }
};
static_assert(shoal::store_guard<noting> && shoal::store_guard<shoal::unbarriered<>>);

constexpr std::uint64_t own = nan_box::from_local(7);
constexpr auto anything = [](std::uint64_t) noexcept { return true; };

void* as_object(std::uint64_t bits) { return reinterpret_cast<void*>(bits); }

struct place {
  alignas(16) std::byte bytes[32] = {};
  cell<std::uint64_t>& word() { return shoal::cell_of<std::uint64_t>(bytes, 8); }
};

}  // namespace

TEST_CASE("without a barrier a store needs no guard but the share check") {
  place p;
  shoal::unbarriered<> guard;
  CHECK(shoal::store_any(guard, p.word(), nan_box::from_int32(7)) == errc::ok);
  CHECK(shoal::store_any(guard, p.word(), own) == errc::unshared_value);
  std::uint64_t old = 0;
  CHECK(shoal::exchange_any(guard, p.word(), own, old) == errc::unshared_value);
  CHECK(shoal::compare_exchange_any(guard, p.word(), anything, own, old) == errc::unshared_value);
  CHECK(shoal::load_any(p.word()) == nan_box::from_int32(7));
}

TEST_CASE("an idle barrier shades nothing") {
  place p;
  noting guard;
  std::uint64_t old = 0;
  void* held = nullptr;
  CHECK(shoal::store_any(guard, p.word(), 8) == errc::ok);
  CHECK(shoal::exchange_any(guard, p.word(), 16, old) == errc::ok);
  CHECK(shoal::compare_exchange_any(guard, p.word(), anything, 24, old) == errc::ok);
  shoal::store_ref(guard, p.word(), as_object(32));
  CHECK(shoal::exchange_ref(guard, p.word(), as_object(40)) == as_object(32));
  CHECK_FALSE(shoal::compare_exchange_ref(guard, p.word(), held, nullptr));
  CHECK(held == as_object(40));
  CHECK(guard.shaded.empty());
}

TEST_CASE("an active barrier shades the new value before, and the old one after") {
  place p;
  noting guard;
  guard.active = true;
  const auto shaded = [&] { return std::exchange(guard.shaded, {}); };
  using words = std::vector<std::uint64_t>;
  CHECK(shoal::store_any(guard, p.word(), 8) == errc::ok);
  CHECK(shaded() == words{8, 0});
  std::uint64_t old = 0;
  CHECK(shoal::exchange_any(guard, p.word(), 16, old) == errc::ok);
  CHECK(shaded() == words{16, 8});
  CHECK(shoal::compare_exchange_any(guard, p.word(), anything, 24, old) == errc::ok);
  CHECK(shaded() == words{24, 16});
  CHECK(shoal::compare_exchange_any(
            guard, p.word(), [](std::uint64_t) noexcept { return false; }, 99, old) ==
        errc::not_equal);
  CHECK(shaded() == words{99});
  shoal::store_ref(guard, p.word(), as_object(32));
  CHECK(shaded() == words{32, 24});
  CHECK(shoal::exchange_ref(guard, p.word(), as_object(40)) == as_object(32));
  CHECK(shaded() == words{40, 32});
  void* held = as_object(40);
  CHECK(shoal::compare_exchange_ref(guard, p.word(), held, as_object(48)));
  CHECK(shaded() == words{48, 40});
  CHECK_FALSE(shoal::compare_exchange_ref(guard, p.word(), held, as_object(56)));
  CHECK(shaded() == words{56});
}

TEST_CASE("what is refused is not shaded") {
  place p;
  noting guard;
  guard.active = true;
  std::uint64_t old = 0;
  CHECK(shoal::store_any(guard, p.word(), own) == errc::unshared_value);
  CHECK(shoal::exchange_any(guard, p.word(), own, old) == errc::unshared_value);
  CHECK(shoal::compare_exchange_any(guard, p.word(), anything, own, old) == errc::unshared_value);
  CHECK(guard.shaded.empty());
  CHECK(shoal::load_any(p.word()) == 0);
}

TEST_CASE("compare_exchange of any asks for each word that it sees") {
  place p;
  shoal::unbarriered<> guard;
  std::uint64_t seen = 0;
  int asked = 0;
  const auto changing = [&](std::uint64_t word) noexcept {
    // Another agent is faster, once.
    if (asked++ == 0) p.word().store(5, shoal::order<"test.other">(shoal::relaxed));
    return word == 0 || word == 5;
  };
  CHECK(shoal::compare_exchange_any(guard, p.word(), changing, 9, seen) == errc::ok);
  CHECK(asked == 2);
  CHECK(seen == 5);
  CHECK(shoal::load_any(p.word()) == 9);
}

TEST_CASE("references of any order are at least acquired and released") {
  using enum shoal::memory_order;
  namespace detail = shoal::detail;
  CHECK(detail::reference_load<unordered>.value == acquire);
  CHECK(detail::reference_store<unordered>.value == release);
  CHECK(detail::reference_update<unordered>.value == acq_rel);
  CHECK(detail::reference_update<acquire>.value == acq_rel);
  CHECK(detail::reference_load<seq_cst>.value == seq_cst);
  CHECK(detail::reference_store<seq_cst>.value == seq_cst);
  CHECK(detail::reference_update<seq_cst>.value == seq_cst);
  CHECK(detail::failure_of<release>.value == relaxed);
  CHECK(detail::failure_of<acq_rel>.value == acquire);
}

TEST_CASE("generic access works on a runtime's own memory") {
  place p;
  shoal::unbarriered<> guard;
  alignas(8) std::byte box[16] = {};
  const auto boxer = [&](std::uint64_t bits, std::uint32_t type) -> void* {
    shoal::write_header(box, type, 0);
    shoal::write_boxed_integer(box, bits);
    return box;
  };
  const auto no_box = [](std::uint64_t, std::uint32_t) -> void* { return nullptr; };
  const auto any_object = [](void*) { return true; };
  const auto no_object = [](void*) { return false; };
  void* const at = p.bytes + 16;
  const datum large = datum::of(std::int64_t{1} << 40);
  CHECK(shoal::store_generic<nan_box>(guard, at, shoal::any, large, any_object, boxer) == errc::ok);
  CHECK(shoal::same_datum(shoal::load_generic<nan_box>(at, shoal::any), large));
  CHECK(shoal::store_generic<nan_box>(guard, at, shoal::any, large, any_object, no_box) ==
        errc::out_of_memory);
  CHECK(shoal::store_generic<nan_box>(guard, at, shoal::ref, datum::of_object(box), no_object,
                                      boxer) == errc::wrong_type);
  CHECK(shoal::store_generic<nan_box>(guard, at, shoal::ref, datum::of_object(box), any_object,
                                      boxer) == errc::ok);
  CHECK(shoal::load_generic<nan_box>(at, shoal::ref).object == box);
}

TEST_CASE("an object's header says its type and a word, and no more") {
  alignas(8) std::byte object[16] = {};
  shoal::write_header(object, 77, 88);
  CHECK(shoal::header_of(object).type_index.get() == 77);
  CHECK(shoal::header_of(object).word.get() == 88);
  CHECK(shoal::shoal_header::type_index_of(object) == 77);
  CHECK(shoal::cell_of<std::uint64_t>(static_cast<const void*>(object), 8)
            .load(shoal::order<"test.body">(shoal::relaxed)) == 0);
}

TEST_CASE("a value is made from numbers, truths, null and objects") {
  using shoal::value;
  alignas(8) std::byte object[16] = {};
  shoal::write_header(object, shoal::builtin::string, 0);
  const shoal::safepoint_clock clock;
  CHECK(value().is_undefined());
  CHECK(value(nullptr).is_null());
  CHECK(value(shoal::reference()).is_null());
  CHECK(value(true).as_bool());
  CHECK(value(std::int32_t{-7}).as_int32() == -7);
  CHECK(value(0.5).as_double() == 0.5);
  const value text(shoal::reference{object});
  CHECK(text.is_object());
  CHECK(text.as_object(clock).address() == object);
  CHECK((text.word() & nan_box::string_tag) == nan_box::string_tag);
  CHECK(shoal::same_datum(value(0.5).as_datum(), datum::of(0.5)));
  CHECK(value(1.0) != value(std::int32_t{1}));  // bitwise
}

TEST_CASE("a word of the runtime's own that is an immediate passes through") {
  place p;
  shoal::unbarriered<> guard;
  const auto any_object = [](void*) { return true; };
  const auto no_box = [](std::uint64_t, std::uint32_t) -> void* { return nullptr; };
  datum symbol = datum::of_word(4242);
  REQUIRE(nan_box::kind_of(4242) == shoal::value_kind::other);
  CHECK(shoal::store_generic<nan_box>(guard, p.bytes + 8, shoal::any, symbol, any_object, no_box) ==
        errc::ok);
  CHECK(shoal::same_datum(shoal::load_generic<nan_box>(p.bytes + 8, shoal::any), symbol));
  symbol.word = own;  // a lie
  CHECK(shoal::store_generic<nan_box>(guard, p.bytes + 8, shoal::any, symbol, any_object, no_box) ==
        errc::unshared_value);
}
