// SPDX-License-Identifier: BSL-1.0
// What does it cost to make and drop a persistent handle, beside a pop and a push of a free list?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t times = 64;

// What a runtime without Shoal would keep for itself.
struct by_hand_context {
  struct slot {
    std::uint64_t object = 0;
    slot* next = nullptr;
  };
  slot slots[128];
  slot* free = nullptr;

  by_hand_context() {
    for (slot& each : slots) {
      each.next = free;
      free = &each;
    }
  }
};

[[gnu::noinline, gnu::cold]] by_hand_context::slot* more(by_hand_context*) { give_up("no slot"); }

}  // namespace

void register_figures() {
  compare(
      "handle/make_drop", 3,
      [](benchmark::State& state) {
        static by_hand_context own;
        by_hand_context* const context = opaque(&own);
        const auto object = opaque(std::uint64_t{64});
        each(state, times, [=](std::size_t) {
          by_hand_context::slot* slot = context->free;
          if (slot == nullptr) [[unlikely]]
            slot = more(context);
          context->free = slot->next;
          slot->object = object;
          keep(slot);
          forget_memory();
          slot->object = 0;
          slot->next = context->free;
          context->free = slot;
        });
      },
      [](benchmark::State& state) {
        static void* const object =
            the_world().create(the_world().declare("Held", {{"field", shoal::i64}}));
        shoal::agent& agent = *opaque(&the_world().agent);
        shoal::heap_context& context = agent.context();
        each(state, times, [&context](std::size_t) {
          shoal::handle held(context, shoal::reference(object));
          if (!held) [[unlikely]]
            give_up("no handle");
          forget_memory();
          held.drop_from(context);
        });
      });
}

}  // namespace bench
