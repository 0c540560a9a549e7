// SPDX-License-Identifier: BSL-1.0
// What does an object cost from an allocator that knows nothing of it? The peers of create.cpp: the
// same sizes, zeroed, with the same header, in batches of which nothing is freed while time is
// taken. Where each object went is written down, to free it after; Boehm's are forgotten instead,
// and collecting them is part of its time.
//
// jemalloc takes the place of malloc in a program that is linked with it, so there are two programs
// of this file: with HAS_JEMALLOC, malloc is jemalloc's, without it glibc's.

#include <gnu/libc-version.h>

#if HAS_JEMALLOC
#include <jemalloc/jemalloc.h>
#endif
#if HAS_BOEHM
#define GC_THREADS
#include <gc/gc.h>
#endif

#include "bench.hpp"

namespace bench {
namespace {

constexpr int iterations = 40;  // batches a repetition
constexpr int large_iterations = 4;

// Where this thread's objects are. In memory that is touched already.
struct placed {
  std::vector<void*> objects;
  explicit placed(std::size_t n) : objects(n, this) {}
};

struct from_malloc {
#if HAS_JEMALLOC
  static constexpr char name[] = "jemalloc";
#else
  static constexpr char name[] = "glibc_malloc";
#endif
  static void join() {}
  static void leave() {}
  template <std::size_t Bytes>
  static SHOAL_INLINE void* create(std::uint64_t type_index) {
    auto* object = static_cast<std::uint64_t*>(std::malloc(Bytes));
    if (object == nullptr) [[unlikely]]
      give_up("no memory");
    object[0] = type_index;
    for (std::size_t i = 1; i < Bytes / 8; ++i) object[i] = 0;
    return object;
  }
  template <std::size_t Bytes>
  static SHOAL_INLINE void work(placed& to) {
    const auto type_index = opaque(std::uint64_t{32});
    for (void*& place : to.objects) {
      place = create<Bytes>(type_index);
      forget_memory();
    }
  }
  static void after(placed& used) {
    for (void*& object : used.objects) std::free(object);
  }
};

#if HAS_BOEHM
struct from_boehm {
  static constexpr char name[] = "boehm";
  static void join() {
    GC_stack_base base;
    GC_get_stack_base(&base);
    GC_register_my_thread(&base);
  }
  static void leave() { GC_unregister_my_thread(); }
  template <std::size_t Bytes>
  static SHOAL_INLINE void work(placed& to) {
    const auto type_index = opaque(std::uint64_t{32});
    for (std::size_t i = 0; i < to.objects.size(); ++i) {
      // Zeroed already.
      auto* object = static_cast<std::uint64_t*>(GC_MALLOC(Bytes));
      if (object == nullptr) [[unlikely]]
        give_up("no memory");
      object[0] = type_index;
      keep(object);
      forget_memory();
    }
  }
  static void after(placed&) {}
};
#endif

template <class From, std::size_t Fields>
void figures() {
  static constexpr std::size_t bytes = 8 + 8 * Fields;
  const std::string fields = std::to_string(Fields);
  peer_timed("create/" + fields, From::name, iterations, [](benchmark::State& state) {
    placed here(batch(bytes));
    for (auto _ : state) {
      const auto start = clock::now();
      From::template work<bytes>(here);
      state.SetIterationTime(seconds_since(start));
      From::after(here);
    }
    state.counters["ops"] = static_cast<double>(batch(bytes));
  });
  if (Fields != 2) return;
  peer_timed("create_by_two/" + fields, From::name, large_iterations, [](benchmark::State& state) {
    placed both_of[] = {placed(large_batch(bytes)), placed(large_batch(bytes))};
    for (auto _ : state) {
      state.SetIterationTime(both(
          [](int thread) {
            if (thread == 1) From::join();
          },
          [&](int thread) { From::template work<bytes>(both_of[thread]); },
          [](int thread) {
            if (thread == 1) From::leave();
          }));
      for (placed& each : both_of) From::after(each);
    }
    state.counters["ops"] = static_cast<double>(large_batch(bytes));
  });
}

template <class From>
void all_figures() {
  figures<From, 2>();
  figures<From, 4>();
  figures<From, 8>();
}

}  // namespace

void register_figures() {
  all_figures<from_malloc>();
#if HAS_JEMALLOC
  const std::string version = JEMALLOC_VERSION;
  about_peer("jemalloc", version.substr(0, version.find('-')));
#else
  about_peer("glibc malloc", gnu_get_libc_version());
#if HAS_BOEHM
  GC_INIT();
  GC_allow_register_threads();
  const unsigned version = GC_get_version();
  about_peer("Boehm", std::to_string(version >> 16) + '.' + std::to_string(version >> 8 & 255) +
                          '.' + std::to_string(version & 255));
  all_figures<from_boehm>();
#else
  about_peer("Boehm", not_installed);
#endif
#endif
}

}  // namespace bench
