// SPDX-License-Identifier: BSL-1.0
// Calls both halves of each path of paths.cpp on the same real objects, for count.py, which runs
// this under callgrind and reads there what each call executed.
//
// Each half is called a few times first, so that what happens once has happened, and then `times`
// times from counted_call, which alone is collected.

#include "paths.hpp"

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr int warm_up = 4;
constexpr int times = 4;

[[noreturn]] void give_up(const char* why) {
  std::fprintf(stderr, "count: %s\n", why);
  std::exit(1);
}

template <class T>
T need(shoal::result<T> made, const char* what) {
  if (!made.has_value()) give_up(what);
  return std::move(made).value();
}

}  // namespace

extern "C" {

// None of these belongs to a fast path that is warm.
void barriered_store(context*, std::uint64_t*, std::uint64_t) noexcept { give_up("a barrier"); }
errc barriered_exchange(context*, std::uint64_t*, std::uint64_t, std::uint64_t*) noexcept {
  give_up("a barrier");
}
errc barriered_replace(context*, std::uint64_t*, std::uint64_t*, std::uint64_t) noexcept {
  give_up("a barrier");
}
void shade(context*, std::uint64_t) noexcept { give_up("a barrier"); }
bool same_by_content(std::uint64_t, std::uint64_t) noexcept { give_up("another word"); }
std::uint64_t first_sight(context*, std::uint32_t) noexcept { give_up("a type is unbound"); }
void* next_block(context*, std::size_t, std::uint32_t) noexcept { give_up("no room"); }
void answer(context*) noexcept { give_up("nobody has asked"); }
void wrong_kind() noexcept { give_up("a field of another kind"); }
void wake_or_wait(context*) noexcept { give_up("nobody waits"); }
errc wait_for(context*, mutex_body*) noexcept { give_up("nobody holds it"); }
std::uint64_t* more_slots(context*, std::uint64_t) noexcept { give_up("no slot"); }
handle_by_hand* more_handles(context*) noexcept { give_up("no handle"); }

std::uint64_t bound_function(std::uint64_t argument) noexcept { return argument + 1; }

[[gnu::noinline]] void counted_call(path::call half, data& d) {
  for (int i = 0; i < times; ++i) half(d);
}
}

int main() {
  static shoal::cluster cluster;
  static shoal::attachment here = need(cluster.attach(), "no agent");
  static context by_hand{};
  static data d({*here, by_hand});
  shoal::agent& agent = *here;
  static shoal::scope scope(agent);
  d.scope = &scope;

  // A type with a field of every kind, an object of it, and its prototype.
  std::vector<shoal::field_spec> specs;
  for (std::uint32_t i = 0; i < shoal::field_kind_count; ++i) {
    const auto kind = static_cast<shoal::field_kind>(i);
    specs.push_back({name_of(kind), kind});
  }
  const shoal::type everything =
      need(agent.declare({.name = "Everything", .fields = specs}), "no type");
  // Made by moving a cursor, which one with a v128 is not.
  const shoal::type point =
      need(agent.declare("Point", {{"x", shoal::f64}, {"y", shoal::f64}}), "no type");
  d.type = point.get();
  d.blueprint = shoal::agent::blueprint_of(point);
  d.held = need(agent.create(scope, everything), "no object");
  d.object = d.held.get().address();
  d.instance = need(agent.create(scope, point), "no object").get().address();
  static std::uint64_t prototypes[64];
  for (const shoal::type& each : {everything, point}) {
    if (agent.realm().bind(each, 8) != errc::ok) give_up("no binding");
    prototypes[each.index()] = 8;
  }
  by_hand.prototypes = prototypes;
  for (std::uint32_t i = 0; i < shoal::field_kind_count; ++i) {
    const auto kind = static_cast<shoal::field_kind>(i);
    d.fields[i] = need(everything.field(name_of(kind)), "no field");
    d.arrays[i] = need(agent.create_array(scope, kind, 8), "no array").get().address();
  }
  static type_by_hand* types[64];
  static type_by_hand all_types[64];
  for (const shoal::type& each : {everything, point}) {
    all_types[each.index()] = {each.index(), each->depth, each->ancestors};
    types[each.index()] = &all_types[each.index()];
  }
  by_hand.types = types;

  // Behaviour of this agent's own.
  const auto target = reinterpret_cast<std::uintptr_t>(&bound_function);
  const shoal::local function = need(agent.make_thread_local_function(scope), "no function");
  if (agent.initialize(function.get(), target) != errc::ok) give_up("no binding");
  d.function = function.get().address();
  static std::uint64_t functions[64];
  functions[static_cast<object_header*>(d.function)->word] = target;
  by_hand.functions = functions;
  d.bound = need(agent.make_thread_bound(scope, 8, shoal::bound_policy::error), "no handle")
                .get()
                .address();
  by_hand.identity = agent.identity();
  d.local = need(cluster.locals().make_slot(0), "no slot");
  agent.set(d.local, 8);
  static std::uint64_t locals[64];
  locals[d.local.slot] = 8;
  by_hand.locals = locals;

  // An interned string.
  d.text = "an identifier";
  d.hash = shoal::hash_of(shoal::string_view(d.text));
  static string_table strings{.mask = 15, .slots = {}};
  strings.slots[d.hash & 15] = {
      static_cast<string_body*>(need(agent.intern(scope, d.text), "no string").get().address()),
      d.hash};
  by_hand.strings = &strings;

  // Room for objects, and for what holds them.
  alignas(64) static std::byte room[std::size_t{64} << 10];
  by_hand.cursor = reinterpret_cast<std::uintptr_t>(room);
  by_hand.limit = by_hand.cursor + sizeof room;
  static std::uint64_t slots[128];
  by_hand.top = slots;
  by_hand.end = slots + 127;
  slots[127] = reinterpret_cast<std::uintptr_t>(d.object);
  static handle_by_hand handles[64];
  for (handle_by_hand& each : handles) {
    each.next = by_hand.free_handles;
    by_hand.free_handles = &each;
  }
  d.handle = shoal::handle(agent.context(), shoal::reference(d.object));
  d.lock = need(shoal::mutex::make(agent, scope), "no mutex");
  d.box = need(shoal::mailbox::make(agent, scope, 15), "no mailbox");
  static shoal::received got(scope);
  d.got = &got;
  static ring_slot ring_slots[16];
  for (std::uint64_t i = 0; i < 16; ++i) ring_slots[i].turn = i;
  static ring_body ring{.mask = 15,
                        .slots = ring_slots,
                        .tail = 0,
                        .values_awaited = 0,
                        .head = 0,
                        .room_awaited = 0};
  d.ring = &ring;
  d.weak = shoal::weak_handle(agent.context(), shoal::reference(d.object));
  static handle_by_hand kept{reinterpret_cast<std::uintptr_t>(d.object), nullptr};
  d.by_hand = &kept;
  by_hand.state = 1;

  int paths = 0;
  for (const path* each = path::first; each != nullptr; each = each->next, ++paths) {
    for (const path::call half : {each->shoal, each->floor}) {
      for (int i = 0; i < warm_up; ++i) half(d);
      counted_call(half, d);
    }
  }
  std::printf("%d paths, %d calls each\n", paths, times);
  std::fflush(stdout);
  std::_Exit(paths == 0 ? 1 : 0);  // nothing is taken down
}
