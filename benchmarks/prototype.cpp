// SPDX-License-Identifier: BSL-1.0
// What does it cost to find an agent's own behaviour for a shared object? Objects of 1, 100 and
// 10,000 types in random order, beside a look-up in a table by hand, and beside the hash map that a
// runtime without such tables would keep per thread.

#include <sys/mman.h>

#include <unordered_map>

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t object_count = 16384;

// What a runtime without Shoal would keep for itself.
struct by_hand_context {
  std::uint64_t* table;
};

struct object_header {
  std::uint32_t type_index;
  std::uint32_t word;
};

[[gnu::noinline, gnu::cold]] std::uint64_t first_sight(by_hand_context*, std::uint32_t) {
  give_up("a type is unbound");
}

struct objects {
  std::vector<void*> all;
  std::vector<shoal::type> types;
  by_hand_context context;

  explicit objects(std::size_t type_count) {
    void* const table =
        mmap(nullptr, shoal::limits::types * sizeof(std::uint64_t), PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (table == MAP_FAILED) give_up("no address space");
    context.table = static_cast<std::uint64_t*>(table);
    for (std::size_t i = 0; i < type_count; ++i) {
      const shoal::type type = the_world().declare("Some", {{"field", shoal::i64}});
      types.push_back(type);
      const std::uint64_t word = 8 * (i + 1);
      if (the_world().agent.realm().bind(type, word) != shoal::errc::ok) give_up("no binding");
      context.table[type.index()] = word;
    }
    random next(type_count);
    for (std::size_t i = 0; i < object_count; ++i) {
      all.push_back(the_world().create(types[next.below(type_count)]));
    }
  }
};

std::unordered_map<std::uint32_t, std::uint64_t>& map_of(const objects& here) {
  // One per number of types; which one is not part of what is measured.
  thread_local std::unordered_map<const objects*, std::unordered_map<std::uint32_t, std::uint64_t>>
      maps;
  auto& map = maps[&here];
  if (map.empty()) {
    for (const shoal::type& type : here.types) {
      map.emplace(type.index(), here.context.table[type.index()]);
    }
  }
  return map;
}

// What the peer looks up in, found anew for each object as code without a context must.
thread_local std::unordered_map<std::uint32_t, std::uint64_t> prototypes_here;

void figure(std::size_t type_count, double map_limit) {
  const std::string name = "prototype/" + std::to_string(type_count);
  // Made when the first case runs, and never taken down.
  const auto data = [type_count]() -> objects& {
    static auto& made = *new std::unordered_map<std::size_t, objects*>;
    objects*& here = made[type_count];
    if (here == nullptr) here = new objects(type_count);
    return *here;
  };
  compare(
      name, 1.15,
      [=](benchmark::State& state) {
        void* const* const all = data().all.data();
        by_hand_context* const context = opaque(&data().context);
        each(state, object_count, [=](std::size_t i) {
          const std::uint32_t index = static_cast<const object_header*>(all[i])->type_index;
          std::uint64_t word = context->table[index];
          if (word < 8) [[unlikely]]
            word = first_sight(context, index);
          keep(word);
        });
      },
      [=](benchmark::State& state) {
        void* const* const all = data().all.data();
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, object_count, [=, &agent](std::size_t i) {
          keep(agent.prototype_of(shoal::reference(all[i])).word());
        });
      });
  peer(name, "thread_local_map", map_limit, [=](benchmark::State& state) {
    void* const* const all = data().all.data();
    prototypes_here = map_of(data());
    each(state, object_count, [=](std::size_t i) {
      const auto found =
          prototypes_here.find(static_cast<const object_header*>(all[i])->type_index);
      if (found == prototypes_here.end()) give_up("a type is unbound");
      keep(found->second);
    });
  });
}

}  // namespace

void register_figures() {
  figure(1, 0.35);
  figure(100, 0.35);
  figure(10000, 0.25);
}

}  // namespace bench
