// SPDX-License-Identifier: BSL-1.0

// Thread-local functions and thread-bound handles, as a runtime without Shoal's heap has them.

#include "local_world.hpp"

using local_test::context;
using local_test::object;
using local_test::world;
using shoal::bound_policy;
using shoal::errc;
using shoal::released;

namespace {

object make_function(world& w) {
  const shoal::agent_local slot = w.locals.make_slot(0, released::thread_local_function).value();
  return object(shoal::builtin::thread_local_function, slot.slot);
}

object make_bound(shoal::local_context& owner, std::uint64_t word, bound_policy policy) {
  object made(shoal::builtin::thread_bound, static_cast<std::uint32_t>(policy));
  const std::uint32_t entry = owner.own_bound(word).value();
  shoal::write_thread_bound(made.address(), owner, word, entry);
  owner.set_bound_handle(entry, made.address());
  return made;
}
const object& make_bound(context& owner, std::uint64_t word, bound_policy policy) {
  return owner.handles.emplace_back(make_bound(owner.local, word, policy));
}

int twice(int n) noexcept { return 2 * n; }
int thrice(int n) noexcept { return 3 * n; }

}  // namespace

TEST_CASE("a thread-local function calls the calling agent's own binding") {
  world w;
  context a(w);
  context b(w);
  const object function = make_function(w);
  CHECK(shoal::initialize(a, function.address(), reinterpret_cast<std::uintptr_t>(&twice)) ==
        errc::ok);
  CHECK(shoal::initialize(b, function.address(), reinterpret_cast<std::uintptr_t>(&thrice)) ==
        errc::ok);
  int out = 0;
  CHECK(shoal::call_binding<int(int)>(a.local, function.address(), out, 7) == errc::ok);
  CHECK(out == 14);
  CHECK(shoal::call_binding<int(int)>(b.local, function.address(), out, 7) == errc::ok);
  CHECK(out == 21);
  a.its.let_go.clear();
}

TEST_CASE("a thread-local function may answer nothing") {
  world w;
  context a(w);
  context b(w);
  const object function = make_function(w);
  void (*const set)(int&, int) = [](int& to, int what) { to = what; };
  CHECK(shoal::initialize(a, function.address(), reinterpret_cast<std::uintptr_t>(set)) ==
        errc::ok);
  int out = 0;
  CHECK(shoal::call_binding<void(int&, int)>(a.local, function.address(), out, 7) == errc::ok);
  CHECK(out == 7);
  CHECK(shoal::call_binding<void(int&, int)>(b.local, function.address(), out, 8) ==
        errc::uninitialized);
  CHECK(out == 7);
  a.its.let_go.clear();
}

TEST_CASE("calling a thread-local function where it is not initialised is an error") {
  world w;
  context a(w);
  context b(w);
  const object function = make_function(w);
  CHECK(shoal::initialize(a, function.address(), reinterpret_cast<std::uintptr_t>(&twice)) ==
        errc::ok);
  int out = 5;
  CHECK(shoal::call_binding<int(int)>(b.local, function.address(), out, 7) == errc::uninitialized);
  CHECK(out == 5);
  CHECK(shoal::binding_of(b, function.address()) == 0);
}

TEST_CASE("a thread-local function is initialised once on each agent") {
  world w;
  context a(w);
  const object function = make_function(w);
  CHECK(shoal::initialize(a, function.address(), 100) == errc::ok);
  CHECK(shoal::initialize(a, function.address(), 200) == errc::already_initialized);
  CHECK(shoal::binding_of(a, function.address()) == 100);
}

TEST_CASE("a thread-bound handle shows its target to its owner") {
  world w;
  context owner(w);
  const object& bound = make_bound(owner, 100, bound_policy::error);
  std::uint64_t target = 0;
  CHECK(shoal::bound_get(owner, bound.address(), target) == errc::ok);
  CHECK(target == 100);
  CHECK(shoal::bound_owner(bound.address()) == owner.local.identity());
}

TEST_CASE("elsewhere a thread-bound handle answers what its policy says") {
  world w;
  context owner(w);
  context other(w);
  const object& strict = make_bound(owner, 100, bound_policy::error);
  const object& quiet = make_bound(owner, 200, bound_policy::null);
  const object& callable = make_bound(owner, 300, bound_policy::dispatch);
  std::uint64_t target = 9;
  CHECK(shoal::bound_get(other, strict.address(), target) == errc::wrong_agent);
  CHECK(target == 0);
  target = 9;
  CHECK(shoal::bound_get(other, quiet.address(), target) == errc::ok);
  CHECK(target == 0);
  CHECK(shoal::bound_get(other, callable.address(), target) == errc::wrong_agent);
}

TEST_CASE("a thread-bound word may be zero") {
  world w;
  context owner(w);
  const object& bound = make_bound(owner, 0, bound_policy::error);
  std::uint64_t target = 9;
  CHECK(shoal::bound_get(owner, bound.address(), target) == errc::ok);
  CHECK(target == 0);
}

TEST_CASE("the owner releases a thread-bound word once") {
  world w;
  context owner(w);
  context other(w);
  const object& bound = make_bound(owner, 100, bound_policy::error);
  CHECK(shoal::bound_release(other, bound.address()) == errc::wrong_agent);
  CHECK(shoal::bound_release(owner, bound.address()) == errc::ok);
  CHECK(owner.its.times(100, released::thread_bound) == 1);
  std::uint64_t target = 9;
  CHECK(shoal::bound_get(owner, bound.address(), target) == errc::owner_gone);
  CHECK(shoal::bound_release(owner, bound.address()) == errc::owner_gone);
  CHECK(owner.its.let_go.size() == 1);
}

TEST_CASE("a release hook may release other words of a context that closes") {
  world w;
  local_test::host its;
  shoal::local_context owner(w.locals);
  REQUIRE(owner.open("", its.hooks()) == errc::ok);
  std::vector<object> handles;
  for (std::uint64_t word : {100, 200, 300}) {
    handles.push_back(make_bound(owner, word, bound_policy::error));
  }
  its.on_release = [&](auto& where, std::uint64_t, released) {
    for (const object& each : handles) {
      static_cast<void>(shoal::bound_release(where, each.address()));
    }
  };
  owner.close();
  CHECK(its.let_go.size() == 3);
  for (std::uint64_t word : {100, 200, 300}) CHECK(its.times(word, released::thread_bound) == 1);
}

TEST_CASE("release hooks of a context that closes find what was released before them gone") {
  world w;
  local_test::host its;
  shoal::local_context owner(w.locals);
  REQUIRE(owner.open("", its.hooks()) == errc::ok);
  std::vector<object> handles;
  for (std::uint64_t word : {100, 200, 300}) {
    handles.push_back(make_bound(owner, word, bound_policy::error));
  }
  its.on_release = [&](auto& where, std::uint64_t, released) {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::uint64_t word = 100 * (i + 1);
      const bool gone = its.times(word, released::thread_bound) != 0;
      std::uint64_t target = 9;
      CHECK(shoal::bound_get(where, handles[i].address(), target) ==
            (gone ? errc::owner_gone : errc::ok));
      CHECK(target == (gone ? 0 : word));
      if (gone) CHECK(shoal::bound_release(where, handles[i].address()) == errc::owner_gone);
    }
  };
  owner.close();
  CHECK(its.let_go.size() == 3);
}

TEST_CASE("words of dead handles are released by their owner") {
  world w;
  context owner(w);
  const object& dead = make_bound(owner, 100, bound_policy::error);
  static_cast<void>(make_bound(owner, 200, bound_policy::error));
  CHECK(owner.local.bury_bound([&](const void* handle) { return handle == dead.address(); }));
  CHECK(owner.its.let_go.empty());
  owner.local.release_dead();
  CHECK(owner.its.let_go == std::vector{std::pair(std::uint64_t{100}, released::thread_bound)});
  owner.local.release_dead();
  CHECK(owner.its.let_go.size() == 1);
  CHECK(owner.local.bound_words() == 1);
  CHECK_FALSE(owner.local.bury_bound([](const void*) { return false; }));
}
