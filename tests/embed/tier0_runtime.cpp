// SPDX-License-Identifier: BSL-1.0
//
// A runtime that takes floors 0 to 3 only: it has a shared heap, object headers, threads and words
// of its own. Header-only, and compiled without exceptions and RTTI. docs/how-to/ says more.
//
// Its objects begin with 16 bytes of its own; its collector (a bag that frees everything at the
// end) needs no barrier. Its words are tagged in the low bits.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <shoal/local/local.hpp>

namespace {

#define EXPECT(condition)                                                  \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                        \
    }                                                                      \
  } while (false)

// %%SHOAL 1 header
// What every object of this runtime begins with, and the policy by which Shoal finds the type index
// in it.
struct object_header {
  std::uint64_t collector_bits;
  std::uint32_t hash;
  std::uint32_t shared_type;
};
struct header_policy {
  static std::uint32_t type_index_of(const void* object) noexcept {
    return static_cast<const object_header*>(object)->shared_type;
  }
};
// %%END

// %%SHOAL 2 words
// bits 2..0 | meaning
// ----------|-----------------------------------------------------------
//   000     | int32, in the upper half
//   001     | a shared object's address + 1
//   010     | undefined 2, null 10, false 18, true 26
//   011     | a double without its three lowest bits: this runtime's numbers
//   101     | an object of one thread's own; never in a shared field
struct tagged {
  static constexpr shoal::encoding data{.reference_mask = 7,
                                        .reference_tag = 1,
                                        .address_mask = ~std::uint64_t{7},
                                        .unshared_mask = 7,
                                        .unshared_tag = 5,
                                        .undefined = 2,
                                        .null = 10};
  static constexpr bool shareable(std::uint64_t word) noexcept { return (word & 7) != 5; }
  static constexpr shoal::value_kind kind_of(std::uint64_t word) noexcept {
    using enum shoal::value_kind;
    switch (word & 7) {
      case 0:
        return int32;
      case 1:
        return reference;
      case 2:
        return word == 2 ? undefined : word == 10 ? null : boolean;
      case 3:
        return float64;
      case 5:
        return local;
      default:
        return other;
    }
  }
  static constexpr std::uint64_t from_double(double number) noexcept {
    const std::uint64_t bits =
        number != number ? shoal::canonical_nan : std::bit_cast<std::uint64_t>(number);
    return (bits & ~std::uint64_t{7}) | 3;
  }
  static constexpr std::uint64_t from_int32(std::int32_t integer) noexcept {
    return std::uint64_t{static_cast<std::uint32_t>(integer)} << 32;
  }
  static constexpr std::uint64_t from_bool(bool truth) noexcept { return truth ? 26 : 18; }
  static constexpr std::uint64_t from_reference(std::uint64_t address, bool) noexcept {
    return address | 1;
  }
  static constexpr double to_double(std::uint64_t word) noexcept {
    return std::bit_cast<double>(word & ~std::uint64_t{7});
  }
  static constexpr std::int32_t to_int32(std::uint64_t word) noexcept {
    return static_cast<std::int32_t>(word >> 32);
  }
  static constexpr bool to_bool(std::uint64_t word) noexcept { return word == 26; }
};
static_assert(shoal::value_encoding<tagged>);
// %%END

// %%SHOAL 3 memory
// Metadata comes from the runtime, which counts it.
std::atomic<std::int64_t> metadata_bytes{0};

constexpr shoal::metadata_hook counted{
    [](void*, std::size_t bytes, std::size_t alignment) noexcept -> void* {
      metadata_bytes += static_cast<std::int64_t>(bytes);
      return std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    },
    [](void*, void* memory, std::size_t bytes, std::size_t) noexcept {
      metadata_bytes -= static_cast<std::int64_t>(bytes);
      std::free(memory);
    }};
// %%END

class isolate;

// What the runtime's threads share.
class runtime {
 public:
  // %%SHOAL 4 open
  runtime() noexcept
      : types_({.memory = counted,
                .max_types = 1000,
                .header_bytes = sizeof(object_header),
                .values = &tagged::data,
                .quiesce = {has_passed, this}}),
        locals_(types_, counted) {
    EXPECT(types_.open() == shoal::errc::ok);
    EXPECT(locals_.try_open());
  }
  // %%END

  shoal::type_space& types() noexcept { return types_; }
  shoal::local_space& locals() noexcept { return locals_; }

  // %%SHOAL 5 allocate
  // The runtime's own allocation and initialisation: Shoal only says how large, and where.
  void* allocate(const shoal::type& what) noexcept {
    void* const object = std::calloc(1, what->size);
    EXPECT(object != nullptr);
    static_cast<object_header*>(object)->shared_type = what.index();
    for (const shoal::field_entry& each : what.fields()) {
      if (each.where.kind != shoal::any) continue;
      shoal::cell_of<std::uint64_t>(object, each.where.offset).initialize(tagged::data.undefined);
    }
    return object;
  }
  // %%END

  // %%SHOAL 8 retire
  // A type has no instance left. Its index may come back for another type: so each isolate first
  // takes its own prototype out, and lets go of every field and index of it, at its next safepoint.
  void retire(const shoal::type& dead) noexcept {
    types_.retire(dead);
    dying_.store(dead.get());
  }
  const shoal::descriptor* dying() const noexcept { return dying_.load(); }
  std::uint64_t epoch() const noexcept { return epoch_.load(); }

 private:
  static bool has_passed(void* self, std::uint64_t& round) noexcept;
  // %%END

 public:
  std::atomic<isolate*> isolates[2] = {};

 private:
  shoal::type_space types_;
  shoal::local_space locals_;
  std::atomic<const shoal::descriptor*> dying_{nullptr};
  std::atomic<std::uint64_t> epoch_{1};
};

// A thread of the runtime, with behaviour of its own.
class isolate {
 public:
  // %%SHOAL 6 isolate
  isolate(runtime& of, const char* role, std::size_t number) noexcept
      : runtime_(of), number_(number), context_(of.locals()), realm_(of.locals()) {
    EXPECT(context_.open(role, {this, release, resolve}) == shoal::errc::ok);
    EXPECT(realm_.open() == shoal::errc::ok);
    runtime_.isolates[number_].store(this);
  }
  ~isolate() {
    runtime_.isolates[number_].store(nullptr);
    realm_.close(context_);  // the hook gets every word back
    context_.close();
  }

  // The fast path of a method call: two loads and a test, by this runtime's own header.
  shoal::prototype prototype_of(const void* object) noexcept {
    return realm_.prototype_of<header_policy>(context_, object);
  }
  // %%END

  // %%SHOAL 7 store
  // Stores check what may be shared, and have no barrier: this heap needs none.
  static shoal::errc store(void* object, const shoal::field& where, std::uint64_t word) noexcept {
    shoal::unbarriered<tagged> guard;
    return shoal::store_any(guard, shoal::cell_of<std::uint64_t>(object, where.offset), word);
  }
  static std::uint64_t load(const void* object, const shoal::field& where) noexcept {
    return shoal::load_any(shoal::cell_of<std::uint64_t>(object, where.offset));
  }
  // %%END

  // %%SHOAL 8 safepoint
  void safepoint() noexcept {
    const std::uint64_t now = runtime_.epoch();
    if (now == seen_.load()) return;
    if (const shoal::type dead = runtime_.dying()) realm_.unbind(context_, dead);
    seen_.store(now);
  }
  std::uint64_t seen() const noexcept { return seen_.load(); }
  // %%END

  shoal::local_context& context() noexcept { return context_; }
  shoal::realm& realm() noexcept { return realm_; }
  int resolved = 0;
  int released = 0;

 private:
  static shoal::resolve_answer resolve(void* self, shoal::local_context& context,
                                       const shoal::resolve_request& asked) noexcept {
    ++static_cast<isolate*>(self)->resolved;
    EXPECT(asked.behaviour == "points");
    // A table of methods would be here; any word from 8 on will do.
    return shoal::resolve_answer::bind(1000 + context.identity());
  }
  static void release(void* self, shoal::local_context&, std::uint64_t word,
                      shoal::released) noexcept {
    EXPECT(word >= shoal::prototype::first_word);
    ++static_cast<isolate*>(self)->released;
  }

  runtime& runtime_;
  const std::size_t number_;
  shoal::local_context context_;
  shoal::realm realm_;
  std::atomic<std::uint64_t> seen_{1};
};

// %%SHOAL 8 quiesce
// Shoal asks whether every isolate has itself been at a safepoint since a batch of types was
// retired. `round` is ours to note the moment with; it is 0 when a batch is new.
bool runtime::has_passed(void* self, std::uint64_t& round) noexcept {
  auto& me = *static_cast<runtime*>(self);
  if (round == 0) round = ++me.epoch_;
  for (const auto& place : me.isolates) {
    const isolate* const one = place.load();
    if (one != nullptr && one->seen() < round) return false;
  }
  return true;
}
// %%END

void test() {
  runtime rt;
  // %%SHOAL 4 declare
  const shoal::behaviour methods[] = {{.role = "", .name = "points"}};
  const shoal::type point =
      rt.types()
          .declare({.name = "Point",
                    .fields = {{"x", shoal::f64}, {"y", shoal::f64}, {"next", shoal::any}},
                    .behaviours = methods})
          .value();
  // %%END
  const shoal::field x = point.field("x").value();
  const shoal::field next = point.field("next").value();
  EXPECT(x.offset == sizeof(object_header) && point->size == sizeof(object_header) + 24);
  const std::uint32_t index = point.index();
  const shoal::agent_local counter = rt.locals().make_slot(0).value();

  void* const shared = rt.allocate(point);
  void* const other = rt.allocate(point);
  isolate main(rt, "main", 0);
  EXPECT(isolate::load(shared, next) == tagged::data.undefined);

  // Refused, with nothing written; and what may be shared.
  EXPECT(isolate::store(shared, next, 0x5005) == shoal::errc::unshared_value);
  EXPECT(isolate::load(shared, next) == tagged::data.undefined);
  shoal::store_scalar(shoal::cell_of<double>(other, x.offset), 2.5);
  const auto address = reinterpret_cast<std::uintptr_t>(other);
  EXPECT(isolate::store(shared, next, tagged::from_reference(address, false)) == shoal::errc::ok);

  // Two isolates, two prototypes for one object; words of their own in one slot.
  std::atomic<int> phase{0};
  const auto reach = [&phase](int wanted) {
    while (phase.load() < wanted) std::this_thread::yield();
  };
  std::thread thread([&] {
    isolate worker(rt, "worker", 1);
    const auto* found =
        reinterpret_cast<const void*>(tagged::data.address_of(isolate::load(shared, next)));
    EXPECT(shoal::load_scalar(shoal::cell_of<double>(found, x.offset)) == 2.5);
    const shoal::prototype mine = worker.prototype_of(found);
    EXPECT(mine.word() == 1000 + worker.context().identity());
    EXPECT(worker.prototype_of(shared) == mine && worker.resolved == 1);
    worker.context().set(counter, 80);
    phase = 1;
    reach(2);
    worker.safepoint();
    EXPECT(worker.released == 1);
    EXPECT(worker.context().get(counter) == 80);
    phase = 3;
    reach(4);
  });
  EXPECT(main.prototype_of(shared).word() == 1000 + main.context().identity());
  EXPECT(main.context().get(counter) == 0);
  reach(1);

  // %%SHOAL 8 use
  // The collector has found no Point any more.
  std::free(shared);
  std::free(other);
  rt.retire(point);
  EXPECT(rt.types().reclaim() == 0);  // nobody has been at a safepoint since
  main.safepoint();
  EXPECT(rt.types().reclaim() == 0);  // the worker has not
  phase = 2;
  reach(3);
  EXPECT(rt.types().reclaim() == 1);
  // %%END
  // The index is used again, and no isolate has a prototype for what it was.
  EXPECT(rt.types().declare("Line", {{"from", shoal::any}}).value()->index == index);
  EXPECT(main.realm().peek(index) == shoal::prototype());
  phase = 4;
  thread.join();
  EXPECT(main.released == 1);
}

}  // namespace

int main() {
  test();
  // Everything is given back.
  EXPECT(metadata_bytes == 0);
  return 0;
}
