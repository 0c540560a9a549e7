// SPDX-License-Identifier: BSL-1.0
// What does it cost to create a shared struct, beside a bump pointer by hand that zeroes?
//
// create/<fields>          one agent; the memory is touched, and small enough for the second cache,
//                          so that instructions are measured and not the machine's memory
// create_held/<fields>     through agent.create: out of line, with a result, held in a scope
// create_fresh/<fields>    memory from the system, touched for the first time
// create_by_two/<fields>   two agents of one cluster on two cores at once, on touched memory;
//                          the floor is two threads

#include <sys/mman.h>

#include <algorithm>
#include <array>

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t slab_bytes = shoal::heap::slab_bytes;
constexpr std::size_t block_bytes = shoal::heap::block_bytes;

// Slabs that have been touched, given out again and again, zeroed where they were used.
class arena {
 public:
  static constexpr std::size_t slab_count = 6;
  static constexpr std::size_t first_block = 8 * block_bytes;  // of objects, in a slab

  arena() {
    void* place = mmap(nullptr, (slab_count + 1) * slab_bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) give_up("no memory");
    const auto at = reinterpret_cast<std::uintptr_t>(place);
    slabs_ = reinterpret_cast<std::byte*>((at + slab_bytes - 1) & ~(slab_bytes - 1));
    std::memset(slabs_, 0, slab_count * slab_bytes);
  }

  // Thread-safe, as a page supply must be: two agents may ask at once.
  [[nodiscard]] shoal::page_supply supply() {
    return {[](void* self, std::size_t bytes, std::size_t) noexcept -> void* {
              auto& here = *static_cast<arena*>(self);
              if (bytes != slab_bytes) return nullptr;
              const std::size_t slab = here.next_.fetch_add(1);
              return slab < slab_count ? here.memory(slab) : nullptr;
            },
            [](void*, void*, std::size_t, std::size_t) noexcept {}, this};
  }
  // As the system would give them: zeroed. Untimed. `bytes` of objects will be used again.
  void zero(std::size_t bytes) {
    if (bytes > slab_bytes - first_block) {
      fill(0);
    } else {
      // The blocks of the marks hold the slab's own record.
      std::memset(memory(0), 0, block_bytes);
      std::memset(memory(0) + first_block, 0, bytes);
    }
    next_.store(0);
  }
  void fill(int with) { std::memset(slabs_, with, slab_count * slab_bytes); }
  [[nodiscard]] std::byte* memory(std::size_t slab) { return slabs_ + slab * slab_bytes; }

  static arena& get() {
    static arena only;
    return only;
  }

 private:
  std::byte* slabs_;
  std::atomic<std::size_t> next_{0};
};

// What a runtime without Shoal would keep for itself: a bump pointer through blocks.
struct by_hand_context {
  std::uintptr_t cursor = 0;
  std::uintptr_t limit = 0;
  std::uintptr_t blocks = 0;
};

[[gnu::noinline, gnu::cold]] bool next_block(by_hand_context& context) {
  context.cursor = context.blocks;
  context.blocks += block_bytes;
  context.limit = context.blocks;
  return true;
}

template <std::size_t Bytes>
SHOAL_INLINE void* create_by_hand(by_hand_context& context, std::uint32_t type_index) {
  if (context.limit - context.cursor < Bytes) [[unlikely]] {
    if (!next_block(context)) return nullptr;
  }
  auto* object = reinterpret_cast<std::uint64_t*>(context.cursor);
  context.cursor += Bytes;
  object[0] = type_index;
  for (std::size_t i = 1; i < Bytes / 8; ++i) object[i] = 0;
  return object;
}

template <std::size_t Bytes>
SHOAL_INLINE void work_by_hand(by_hand_context& context, std::size_t n) {
  by_hand_context& here = *opaque(&context);
  const std::uint32_t type_index = opaque(std::uint32_t{32});
  for (std::size_t i = 0; i < n; ++i) {
    void* object = create_by_hand<Bytes>(here, type_index);
    if (object == nullptr) [[unlikely]]
      give_up("no memory");
    keep(object);
    forget_memory();
  }
}

SHOAL_INLINE void work(shoal::agent& agent, const shoal::type what, std::size_t n) {
  shoal::agent& here = *opaque(&agent);
  // As a runtime's own code would hold it, and as the floor has its size and index.
  const shoal::blueprint point = shoal::agent::blueprint_of(what);
  for (std::size_t i = 0; i < n; ++i) {
    void* object = here.try_create(point).address();
    if (object == nullptr) [[unlikely]]
      give_up("no memory");
    keep(object);
    forget_memory();
  }
}

constexpr int iterations = 40;  // batches a repetition
constexpr int large_iterations = 4;

const char* const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

template <std::size_t Fields>
shoal::type declare(shoal::agent& agent) {
  std::vector<shoal::field_spec> fields;
  for (std::size_t i = 0; i < Fields; ++i) fields.push_back({names[i], shoal::f64});
  return need(agent.declare({.name = "Struct", .fields = fields}), "a type is refused");
}

template <std::size_t Fields>
void figures() {
  static constexpr std::size_t bytes = 8 + 8 * Fields;
  const std::string fields = std::to_string(Fields);
  const auto floor = [](benchmark::State& state) {
    for (auto _ : state) {
      // Dirty, as it zeroes itself; in the cache as Shoal's.
      std::memset(arena::get().memory(0), 1, batch(bytes) * bytes + block_bytes);
      by_hand_context context;
      context.blocks = reinterpret_cast<std::uintptr_t>(arena::get().memory(0));
      const auto start = clock::now();
      work_by_hand<bytes>(context, batch(bytes));
      state.SetIterationTime(seconds_since(start));
    }
    state.counters["ops"] = static_cast<double>(batch(bytes));
  };
  compare_timed("create/" + fields, 2, iterations, floor, [](benchmark::State& state) {
    for (auto _ : state) {
      arena::get().zero(batch(bytes) * bytes + block_bytes);
      shoal::cluster cluster({.pages = arena::get().supply()});
      shoal::attachment here = need(cluster.attach(), "no agent");
      const shoal::type what = declare<Fields>(*here);
      const auto start = clock::now();
      work(*here, what, batch(bytes));
      state.SetIterationTime(seconds_since(start));
    }
    state.counters["ops"] = static_cast<double>(batch(bytes));
  });
  if (Fields != 2) return;
  compare_timed("create_held/" + fields, no_limit, iterations, floor, [](benchmark::State& state) {
    for (auto _ : state) {
      arena::get().zero(batch(bytes) * bytes + block_bytes);
      shoal::cluster cluster({.pages = arena::get().supply()});
      shoal::attachment here = need(cluster.attach(), "no agent");
      const shoal::type what = declare<Fields>(*here);
      const auto start = clock::now();
      for (std::size_t i = 0; i < batch(bytes); ++i) {
        shoal::scope scope(*here);
        keep((*here->create(scope, what)).get().address());
        forget_memory();
      }
      state.SetIterationTime(seconds_since(start));
    }
    state.counters["ops"] = static_cast<double>(batch(bytes));
  });
  compare_timed(
      "create_fresh/" + fields, no_limit, iterations,
      [](benchmark::State& state) {
        for (auto _ : state) {
          const std::size_t whole = batch(bytes) * bytes + block_bytes;
          void* place =
              mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          if (place == MAP_FAILED) give_up("no memory");
          by_hand_context context;
          context.blocks = reinterpret_cast<std::uintptr_t>(place);
          const auto start = clock::now();
          work_by_hand<bytes>(context, batch(bytes));
          state.SetIterationTime(seconds_since(start));
          munmap(place, whole);
        }
        state.counters["ops"] = static_cast<double>(batch(bytes));
      },
      [](benchmark::State& state) {
        for (auto _ : state) {
          shoal::cluster cluster;
          shoal::attachment here = need(cluster.attach(), "no agent");
          const shoal::type what = declare<Fields>(*here);
          const auto start = clock::now();
          work(*here, what, batch(bytes));
          state.SetIterationTime(seconds_since(start));
        }
        state.counters["ops"] = static_cast<double>(batch(bytes));
      });
  compare_timed(
      "create_by_two/" + fields, 1.1, large_iterations,
      [](benchmark::State& state) {
        for (auto _ : state) {
          arena::get().fill(1);  // by this core, as Shoal's
          state.SetIterationTime(both([](int) {},
                                      [&](int thread) {
                                        by_hand_context context;
                                        context.blocks =
                                            reinterpret_cast<std::uintptr_t>(arena::get().memory(
                                                2 * static_cast<std::size_t>(thread)));
                                        work_by_hand<bytes>(context, large_batch(bytes));
                                      }));
        }
        state.counters["ops"] = static_cast<double>(large_batch(bytes));
      },
      [](benchmark::State& state) {
        for (auto _ : state) {
          // Blocks go to the two agents in turn.
          arena::get().zero(2 * (large_batch(bytes) * bytes + block_bytes));
          shoal::cluster cluster({.pages = arena::get().supply()});
          const shoal::type what = [&] {
            shoal::attachment first = need(cluster.attach(), "no agent");
            return declare<Fields>(*first);
          }();
          std::array<shoal::agent*, 2> agents{};
          std::vector<shoal::attachment> attached;
          attached.push_back(need(cluster.attach(), "no agent"));
          attached.push_back(need(cluster.attach({.parked = true}), "no agent"));
          agents[0] = attached[0].get();
          agents[1] = attached[1].get();
          state.SetIterationTime(both(
              [&](int thread) {
                if (thread == 1) agents[1]->enter();
              },
              [&](int thread) {
                work(*agents[static_cast<std::size_t>(thread)], what, large_batch(bytes));
                if (thread == 1) agents[1]->leave();
              }));
        }
        state.counters["ops"] = static_cast<double>(large_batch(bytes));
      });
}

}  // namespace

void register_figures() {
  figures<2>();
  figures<4>();
  figures<8>();
}

}  // namespace bench
