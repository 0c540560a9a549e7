// SPDX-License-Identifier: BSL-1.0
// What does it cost to find an agent's own behaviour for a shared object? Objects of 1, 100 and
// 10,000 types in random order, beside a look-up in a table by hand, and beside what a runtime
// without such tables would have: hash maps and tables per thread that are found anew for each
// object, as by code without a context, and one map of all threads under a lock.

#include <pthread.h>
#include <sys/mman.h>

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#if HAS_ABSL
#include <absl/base/config.h>
#include <absl/container/flat_hash_map.h>
#endif
#if HAS_TBB
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/version.h>
#endif
#if __has_include(<boost/unordered/unordered_flat_map.hpp>)
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/version.hpp>
#define HAS_FLAT_MAP 1
#else
#define HAS_FLAT_MAP 0
#endif

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

[[nodiscard]] std::uint32_t index_of(const void* object) {
  return static_cast<const object_header*>(object)->type_index;
}

// Of one thread, and of one number of types at a time.
thread_local std::unordered_map<std::uint32_t, std::uint64_t> std_map_here;
#if HAS_ABSL
thread_local absl::flat_hash_map<std::uint32_t, std::uint64_t> absl_map_here;
#endif
#if HAS_FLAT_MAP
thread_local boost::unordered_flat_map<std::uint32_t, std::uint64_t> boost_map_here;
#endif

// map_here() is the map of this thread.
template <class MapHere>
void peer_map(const std::string& name, const char* which, double limit, objects& (*data)(),
              MapHere map_here) {
  peer(name, which, limit, [=](benchmark::State& state) {
    const objects& here = data();
    std::remove_reference_t<decltype(map_here())> filled;
    filled.reserve(here.types.size());
    // In the order of first sight.
    for (const void* object : here.all) {
      filled.emplace(index_of(object), here.context.table[index_of(object)]);
    }
    map_here() = std::move(filled);
    void* const* const all = here.all.data();
    each(state, object_count, [=](std::size_t i) {
      const auto& map = map_here();
      const auto found = map.find(index_of(all[i]));
      if (found == map.end()) [[unlikely]]
        give_up("a type is unbound");
      keep(found->second);
    });
  });
}

// A table by type index, which `table_here` finds for each object.
using table = std::vector<std::uint64_t>;

[[nodiscard]] table table_of(const objects& here) {
  table made(here.types.back().index() + 1);
  for (const shoal::type& type : here.types) made[type.index()] = here.context.table[type.index()];
  return made;
}

template <class TableHere>
SHOAL_INLINE void look_up_in_tables(benchmark::State& state, const objects& here,
                                    TableHere table_here) {
  void* const* const all = here.all.data();
  each(state, object_count, [=](std::size_t i) {
    const std::uint64_t word = table_here()[index_of(all[i])];
    if (word < 8) [[unlikely]]
      give_up("a type is unbound");
    keep(word);
  });
}

void peer_pthread(const std::string& name, objects& (*data)()) {
  peer(name, "pthread_getspecific", no_limit, [=](benchmark::State& state) {
    pthread_key_t key;
    if (pthread_key_create(&key, nullptr) != 0) give_up("no key");
    const table own = table_of(data());
    if (pthread_setspecific(key, own.data()) != 0) give_up("no value of a key");
    const pthread_key_t known = opaque(key);
    look_up_in_tables(state, data(), [=] {
      return static_cast<const std::uint64_t*>(pthread_getspecific(known));
    });
    pthread_key_delete(key);
  });
}

#if HAS_TBB
void peer_tbb(const std::string& name, objects& (*data)()) {
  peer(name, "tbb_enumerable_thread_specific", no_limit, [=](benchmark::State& state) {
    tbb::enumerable_thread_specific<table> tables;
    tables.local() = table_of(data());
    look_up_in_tables(state, data(), [&tables] { return tables.local().data(); });
  });
}
#endif

// One for all agents: their number is part of the key. Nobody writes meanwhile.
void peer_shared_mutex(const std::string& name, objects& (*data)()) {
  peer(name, "shared_mutex_map", no_limit, [=](benchmark::State& state) {
    const objects& here = data();
    struct {
      std::shared_mutex mutex;
      std::unordered_map<std::uint64_t, std::uint64_t> map;
    } shared;
    const std::uint64_t agent = opaque(std::uint64_t{1} << 32);
    shared.map.reserve(here.types.size());
    for (const void* object : here.all) {
      shared.map.emplace(agent | index_of(object), here.context.table[index_of(object)]);
    }
    void* const* const all = here.all.data();
    each(state, object_count, [=, &shared](std::size_t i) {
      const std::shared_lock lock(shared.mutex);
      const auto found = shared.map.find(agent | index_of(all[i]));
      if (found == shared.map.end()) [[unlikely]]
        give_up("a type is unbound");
      keep(found->second);
    });
  });
}

template <std::size_t TypeCount>
void figure(double map_limit) {
  const std::string name = "prototype/" + std::to_string(TypeCount);
  // Made when the first case runs, and never taken down.
  objects& (*const data)() = []() -> objects& {
    static objects& here = *new objects(TypeCount);
    return here;
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
  peer_map(
      name, "thread_local_map", map_limit, data, []() -> auto& { return std_map_here; });
#if HAS_ABSL
  peer_map(
      name, "thread_local_absl_flat_hash_map", no_limit, data,
      []() -> auto& { return absl_map_here; });
#endif
#if HAS_FLAT_MAP
  peer_map(
      name, "thread_local_boost_flat_map", no_limit, data,
      []() -> auto& { return boost_map_here; });
#endif
#if HAS_TBB
  peer_tbb(name, data);
#endif
  peer_pthread(name, data);
  peer_shared_mutex(name, data);
}

void about_peers() {
  about_peer("std::unordered_map", "libstdc++ " + std::to_string(_GLIBCXX_RELEASE));
#if HAS_ABSL
  about_peer("absl::flat_hash_map", std::to_string(ABSL_LTS_RELEASE_VERSION));
#else
  about_peer("absl::flat_hash_map", not_installed);
#endif
#if HAS_FLAT_MAP
  about_peer("boost::unordered_flat_map", BOOST_LIB_VERSION);
#else
  about_peer("boost::unordered_flat_map", not_installed);
#endif
#if HAS_TBB
  about_peer("tbb::enumerable_thread_specific", TBB_runtime_version());
#else
  about_peer("tbb::enumerable_thread_specific", not_installed);
#endif
}

}  // namespace

void register_figures() {
  about_peers();
  figure<1>(0.35);
  figure<100>(0.35);
  figure<10000>(0.25);
}

}  // namespace bench
