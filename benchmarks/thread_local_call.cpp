// SPDX-License-Identifier: BSL-1.0
// What does it cost to call a thread-local function, beside an indirect call through a table in the
// context?

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t function_count = 16;

using function = std::uint64_t (*)(std::uint64_t);

// Two of them, so that the call can't be turned into a direct one.
[[gnu::noinline]] std::uint64_t one(std::uint64_t x) {
  keep(x);
  return x + 1;
}
[[gnu::noinline]] std::uint64_t two(std::uint64_t x) {
  keep(x);
  return x + 2;
}

// What a runtime without Shoal would keep for itself; what is shared is a number.
struct by_hand_context {
  function table[64];
};

struct functions {
  std::vector<void*> shared;
  std::vector<std::uint32_t> numbers;
  by_hand_context context{};

  functions() {
    shoal::agent& agent = the_world().agent;
    shoal::scope scope(agent);
    for (std::size_t i = 0; i < function_count; ++i) {
      const shoal::local made = need(agent.make_thread_local_function(scope), "no function");
      const function target = i % 2 == 0 ? one : two;
      if (agent.initialize(made.get(), reinterpret_cast<std::uintptr_t>(target)) !=
          shoal::errc::ok) {
        give_up("no binding");
      }
      shared.push_back(made.get().address());
      numbers.push_back(static_cast<std::uint32_t>(i));
      context.table[i] = target;
    }
  }
  static functions& get() {
    static functions only;
    return only;
  }
};

}  // namespace

void register_figures() {
  compare(
      "thread_local/call", 1.3,
      [](benchmark::State& state) {
        const std::uint32_t* const numbers = functions::get().numbers.data();
        by_hand_context* const context = opaque(&functions::get().context);
        each(state, function_count, [=](std::size_t i) { keep(context->table[numbers[i]](i)); });
      },
      [](benchmark::State& state) {
        void* const* const shared = functions::get().shared.data();
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, function_count, [=, &agent](std::size_t i) {
          std::uint64_t answer = 0;
          if (shoal::call_binding<std::uint64_t(std::uint64_t)>(
                  agent.locals(), shared[i], answer, i) != shoal::errc::ok) [[unlikely]] {
            give_up("uninitialized");
          }
          keep(answer);
        });
      });
}

}  // namespace bench
