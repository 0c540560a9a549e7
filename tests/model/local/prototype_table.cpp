// SPDX-License-Identifier: BSL-1.0
// The prototype table of a realm that two agents share: what a binding refers to is seen whole, of
// two who resolve at once one wins, every word is released once, an epoch never vouches for an
// older binding, and of two who make a segment of a grown table both use the first.

#include <shoal/local/local.hpp>
#include <shoal/type/type.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

// What a prototype's word refers to.
struct methods {
  explicit methods(std::uint32_t number) { id.set(number); }
  payload<std::uint32_t> id;
};

std::uint64_t make_methods(std::uint32_t number) {
  return reinterpret_cast<std::uintptr_t>(try_make<methods>(default_metadata, number));
}
std::uint32_t id_of(prototype found) {
  return reinterpret_cast<const methods*>(found.word())->id.get();
}

struct shared_realm : trial::body {
  static constexpr unsigned threads = 2;
  type_space types{{.max_types = 64}};
  local_space space{types};
  local_context contexts[threads] = {local_context(space), local_context(space)};
  realm where{space};
  type point;
  std::uint32_t calls[threads] = {};

  // Each context's hooks know only their own context.
  struct host {
    shared_realm* all;
    std::uint32_t index;
  };
  host hosts[threads] = {{this, 0}, {this, 1}};

  virtual realm_table kind() { return realm_table::reserved; }
  virtual resolve_answer answer(std::uint32_t index) {
    return resolve_answer::bind(make_methods(index + 1));
  }
  static resolve_answer resolve(void* self, local_context&, const resolve_request&) noexcept {
    auto* mine = static_cast<host*>(self);
    ++mine->all->calls[mine->index];
    return mine->all->answer(mine->index);
  }
  static void release_word(void*, local_context&, std::uint64_t word, released) noexcept {
    destroy(default_metadata, reinterpret_cast<methods*>(word));
  }

  void before() override {
    trial::check(types.open() == errc::ok && space.try_open() && where.open(kind()) == errc::ok,
                 "opened");
    point = types.declare("Point", {{"x", f64}}).value();
    for (std::uint32_t i = 0; i < threads; ++i) {
      trial::check(contexts[i].open("", {&hosts[i], release_word, resolve}) == errc::ok, "opened");
    }
  }
  void after() override {
    where.close(contexts[0]);
    for (local_context& context : contexts) context.close();
  }
};

// First sight on both agents at once.
struct first_sight : shared_realm {
  std::uint32_t seen[threads];

  void thread(unsigned index) override {
    const prototype found = where.prototype_of_type(contexts[index], point.index());
    trial::check(found.has_word(), "resolved");
    seen[index] = id_of(found);
    trial::check(id_of(where.prototype_of_type(contexts[index], point.index())) == seen[index],
                 "bound for good");
  }
  void after() override {
    trial::check(seen[0] == seen[1], "one prototype per realm");
    trial::check(calls[0] <= 1 && calls[1] <= 1, "asked once at most");
    trial::check(where.bindings() == 1, "one binding");
    shared_realm::after();
  }
};
// Seen to fail, of 1000 seeds: prototype.bind 1000, prototype.get 1000.
const trial::enrol<first_sight> resolving("local/prototype/first_sight",
                                          {.catches = "prototype.bind prototype.get",
                                           .iterations = 4'000});

// One agent binds, the other only looks.
struct binding : shared_realm {
  void thread(unsigned index) override {
    if (index == 0) {
      trial::check(where.bind(point, make_methods(7)) == errc::ok, "bound");
    } else if (const prototype found = where.peek(point.index()); found.has_word()) {
      trial::check(id_of(found) == 7, "a whole prototype");
    }
  }
};
// Seen to fail, of 1000 seeds: prototype.bind 245, prototype.get 245.
const trial::enrol<binding> looking("local/prototype/bind",
                                    {.catches = "prototype.bind prototype.get",
                                     .iterations = 4'000});

// Both bind: one is told so, and keeps its word.
struct two_binds : shared_realm {
  void thread(unsigned index) override {
    const std::uint64_t mine = make_methods(index);
    if (where.bind(point, mine) == errc::ok) return;
    release_word(nullptr, contexts[index], mine, released::prototype);
    trial::check(id_of(where.peek(point.index())) == 1 - index, "the other's");
  }
};
// Seen to fail, of 1000 seeds: prototype.bind 1000, prototype.get 1000.
const trial::enrol<two_binds> both("local/prototype/two_binds",
                                   {.catches = "prototype.bind prototype.get",
                                    .iterations = 4'000});

// One binds while the other rebinds, which releases what it replaces and publishes its own.
struct rebinding : shared_realm {
  void thread(unsigned index) override {
    const std::uint64_t mine = make_methods(index);
    if (index == 1) {
      trial::check(where.rebind(contexts[1], point, mine) == errc::ok, "rebound");
    } else if (where.bind(point, mine) != errc::ok) {
      release_word(nullptr, contexts[0], mine, released::prototype);
      trial::check(id_of(where.peek(point.index())) == 1, "the other's");
    }
  }
  void after() override {
    trial::check(id_of(where.peek(point.index())) == 1 && where.bindings() == 1, "rebound");
    shared_realm::after();
  }
};
// Seen to fail, of 1000 seeds: prototype.bind 523, prototype.get 477, prototype.replace:acquire
//   477, prototype.replace:release 523.
const trial::enrol<rebinding> replacing("local/prototype/rebind",
                                        {.catches = "prototype.bind prototype.get "
                                                    "prototype.replace:acquire "
                                                    "prototype.replace:release",
                                         .iterations = 4'000});

// Both resolvers refuse: both agents see a refusal, and each error is released once.
struct refusal : shared_realm {
  resolve_answer answer(std::uint32_t index) override {
    return resolve_answer::refuse(make_methods(index + 1));
  }
  void thread(unsigned index) override {
    trial::check(where.prototype_of_type(contexts[index], point.index()).code() == errc::refused,
                 "refused");
    trial::check(where.refusal(point) != 0, "who sees a refusal finds its error");
  }
};
const trial::enrol<refusal> refusing("local/prototype/refusal", {.iterations = 4'000});

// One resolver says that there is no prototype while the other agent binds one, which counts.
struct settling : shared_realm {
  resolve_answer answer(std::uint32_t) override { return resolve_answer::no_prototype(); }
  void thread(unsigned index) override {
    if (index == 1) {
      trial::check(where.bind(point, make_methods(7)) == errc::ok, "bound");
      return;
    }
    const prototype found = where.prototype_of_type(contexts[0], point.index());
    trial::check(found.code() == errc::ok, "none, or the other's");
    if (found.has_word()) trial::check(id_of(found) == 7, "a whole prototype");
  }
  void after() override {
    trial::check(id_of(where.peek(point.index())) == 7 && where.bindings() == 1, "bound");
    shared_realm::after();
  }
};
// Seen to fail, of 1000 seeds: prototype.bind 758, prototype.get 758.
const trial::enrol<settling> settled("local/prototype/settling",
                                     {.catches = "prototype.bind prototype.get",
                                      .iterations = 4'000});

// One binds over a refusal while the other unbinds and refuses again: the new refusal has an error.
struct superseding : refusal {
  void before() override {
    shared_realm::before();
    trial::check(where.prototype_of_type(contexts[0], point.index()).code() == errc::refused,
                 "refused");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const std::uint64_t mine = make_methods(7);
      if (where.bind(point, mine) != errc::ok) {
        release_word(nullptr, contexts[0], mine, released::prototype);
      }
    } else {
      where.unbind(contexts[1], point);
      static_cast<void>(where.prototype_of_type(contexts[1], point.index()));
    }
  }
  void after() override {
    const bool refused = where.peek(point.index()).code() == errc::refused;
    trial::check(!refused || where.refusal(point) != 0, "who sees a refusal finds its error");
    shared_realm::after();
  }
};
// Seen to fail where binding took away every error of the type.
const trial::enrol<superseding> again("local/prototype/superseding", {.iterations = 4'000});

// An inline cache: the epoch, then the look-up. While the epoch is the same, so is the binding.
// The word is a number here: the old one would be released while the other agent looks at it.
struct epochs : shared_realm {
  std::uint64_t cached_epoch = 0;
  std::uint64_t cached = 0;

  static void ignore(void*, local_context&, std::uint64_t, released) noexcept {}
  void before() override {
    trial::check(types.open() == errc::ok && space.try_open() && where.open() == errc::ok,
                 "opened");
    point = types.declare("Point", {{"x", f64}}).value();
    for (local_context& context : contexts) {
      trial::check(context.open("", {nullptr, ignore, nullptr}) == errc::ok, "opened");
    }
    trial::check(where.bind(point, 100) == errc::ok, "bound");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      trial::check(where.rebind(contexts[0], point, 200) == errc::ok, "rebound");
    } else {
      cached_epoch = where.epoch();
      cached = where.peek(point.index()).word();
    }
  }
  void after() override {
    trial::check(cached_epoch != where.epoch() || cached == where.peek(point.index()).word(),
                 "a cache with the epoch of now has the binding of now");
    shared_realm::after();
  }
};
// Seen to fail, of 1000 seeds: prototype.epoch 101, prototype.epoch_get 101.
const trial::enrol<epochs> caching("local/prototype/epoch",
                                   {.catches = "prototype.epoch prototype.epoch_get",
                                    .iterations = 4'000});

// Both agents bind a type of their own, in one segment that nobody has made yet.
struct growing : shared_realm {
  type mine[threads];

  realm_table kind() override { return realm_table::grown; }
  void before() override {
    shared_realm::before();
    for (type& each : mine) each = types.declare("Mine", {{"x", f64}}).value();
  }
  void thread(unsigned index) override {
    trial::check(where.bind(mine[index], make_methods(index)) == errc::ok, "bound");
    trial::check(id_of(where.peek(mine[index].index())) == index, "found again");
  }
  void after() override {
    for (std::uint32_t i = 0; i < threads; ++i) {
      trial::check(id_of(where.peek(mine[i].index())) == i, "in the segment that counts");
    }
    shared_realm::after();
  }
};
// Seen to fail, of 1000 seeds: prototype_table.publish 502, prototype_table.segment 203,
//   prototype_table.taken 299.
const trial::enrol<growing> two_segments("local/prototype/grow",
                                         {.catches = "prototype_table.publish "
                                                     "prototype_table.segment "
                                                     "prototype_table.taken",
                                          .iterations = 4'000});

// As binding and first_sight, where the segment is made meanwhile.
struct growing_binding : binding {
  realm_table kind() override { return realm_table::grown; }
};
// Seen to fail, of 1000 seeds: prototype_table.publish 77, prototype_table.segment 77.
const trial::enrol<growing_binding> looking_grown("local/prototype/grow_bind",
                                                  {.catches = "prototype_table.publish "
                                                              "prototype_table.segment",
                                                   .iterations = 4'000});
struct growing_sight : first_sight {
  realm_table kind() override { return realm_table::grown; }
};
// Seen to fail, of 1000 seeds: prototype_table.publish 283, prototype_table.segment 186.
const trial::enrol<growing_sight> resolving_grown("local/prototype/grow_first_sight",
                                                  {.catches = "prototype_table.publish "
                                                              "prototype_table.segment",
                                                   .iterations = 4'000});

}  // namespace
