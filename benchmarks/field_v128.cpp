// SPDX-License-Identifier: BSL-1.0
// What does an untorn 16-byte field cost, beside an aligned AVX move by hand?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t object_count = 64;

struct objects {
  std::vector<void*> all;
  shoal::typed_field<shoal::vec128> where;

  objects() {
    const shoal::type type = the_world().declare("Wide", {{"field", shoal::v128}});
    all = the_world().create(type, object_count);
    where = need(shoal::typed<shoal::vec128>(type, "field"), "no field");
    where.offset = opaque(where.offset);
  }
  static objects& get() {
    static objects only;
    return only;
  }
};

SHOAL_INLINE shoal::vec128& place(void* object, std::uint32_t offset) {
  return *reinterpret_cast<shoal::vec128*>(static_cast<char*>(object) + offset);
}

}  // namespace

void register_figures() {
  if (!shoal::has_vec128()) return;
  compare(
      "field/v128/unordered/load", 1.2,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint32_t offset = objects::get().where.offset;
        each(state, object_count, [=](std::size_t i) {
          xmm bits;
          asm volatile("vmovdqa %1, %0" : "=x"(bits) : "m"(place(all[i], offset)));
          keep(bits);
        });
      },
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const auto where = objects::get().where;
        shoal::agent& agent = the_world().agent;
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.load(shoal::reference(all[i]), where, shoal::unordered));
        });
      });
  compare(
      "field/v128/unordered/store", 1.2,
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const std::uint32_t offset = objects::get().where.offset;
        const xmm bits = opaque(xmm{1, 2});
        each(state, object_count, [=](std::size_t i) {
          asm volatile("vmovdqa %1, %0" : "=m"(place(all[i], offset)) : "x"(bits));
        });
      },
      [](benchmark::State& state) {
        void* const* const all = objects::get().all.data();
        const auto where = objects::get().where;
        shoal::agent& agent = the_world().agent;
        const shoal::vec128 value{opaque(std::uint64_t{1}), opaque(std::uint64_t{2})};
        each(state, object_count, [=, &agent](std::size_t i) {
          agent.store(shoal::reference(all[i]), where, value, shoal::unordered);
        });
      });
}

}  // namespace bench
