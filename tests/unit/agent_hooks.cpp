// SPDX-License-Identifier: BSL-1.0

// Hooks run with no lock of Shoal held: whatever a hook does, it does not wait for its caller. Each
// here does what takes the locks: it attaches an agent, stops the world, declares, registers,
// interns, makes slots and handles, binds, posts.

#include <atomic>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::local;
using shoal::released;
using shoal::resolve_answer;
using shoal::resolve_request;
using shoal::scope;

namespace {

struct busy_hooks {
  world w;
  shoal::cohort keyed{w->types()};
  host its;
  std::thread::id thread = std::this_thread::get_id();
  int done = 0;
  bool inside = false;

  // By an agent that is entered.
  void do_everything(agent& me) {
    CHECK(std::this_thread::get_id() == thread);
    CHECK(me.is_entered());
    if (std::exchange(inside, true)) return;  // hooks of what a hook does
    ++done;
    scope s(me);
    const auto name = "made " + std::to_string(done);
    CHECK(me.declare(name, {}).has_value());
    CHECK(keyed.register_struct(std::string_view(name), {.name = name}).has_value());
    CHECK(w->types().structural({.fields = {{std::string_view(name), shoal::any}}}).has_value());
    CHECK(me.intern(s, std::string_view(name)).has_value());
    CHECK(w->locals().make_slot(0).has_value());
    const shoal::handle kept(me, me.make_string(s, std::string_view(name)).value());
    const shoal::weak_handle weak(me, kept.get(me));
    attachment other = w.attach_parked();
    CHECK(me.account_cluster().agents >= 2);
    static_cast<void>(me.debug_trace());
    CHECK(me.account_types([](void*, const shoal::type_account&) noexcept {}, nullptr) == errc::ok);
    const local bound = me.make_thread_bound(s, 9000, shoal::bound_policy::dispatch).value();
    auto posted = me.post(
        bound, [](agent&, std::uint64_t, shoal::dispatch_message&) noexcept { return true; }, {});
    if (posted) {
      CHECK(me.wait_for(*posted) == errc::ok);
    } else {
      CHECK(posted.code() == errc::owner_gone);  // it is detaching
    }
    CHECK(me.release_bound(bound) == errc::ok);
    const shoal::type fresh = me.declare("Fresh", {}).value();
    CHECK(me.realm().bind(fresh, 8000) == errc::ok);
    CHECK(me.realm().rebind(me.locals(), fresh, 8008) == errc::ok);
    me.realm().unbind(me.locals(), fresh);
    const shoal::type refused = me.declare("Refused inside", {}).value();
    static_cast<void>(me.realm().prototype_of_type(me.locals(), refused.index()));
    static_cast<void>(me.realm().refusal(refused));
    inside = false;
  }
};

}  // namespace

TEST_CASE("release hooks, for words of every sort, may do anything") {
  busy_hooks b;
  attachment here = b.w.attach({.hooks = b.its.hooks()});
  agent& me = *here;
  b.its.resolve = [&](agent& by, const resolve_request& asked) {
    b.do_everything(by);
    return asked.what.name() == "Refused"          ? resolve_answer::refuse(600)
           : asked.what.name() == "Refused inside" ? resolve_answer::refuse(8016)
                                                   : resolve_answer::bind(100);
  };
  b.its.on_release = [&](agent& by, std::uint64_t word, released) {
    if (word != 8016) b.do_everything(by);  // which leaves one such error each time
  };
  {
    scope s(me);
    const shoal::agent_local slot = b.w->locals().make_slot(0).value();
    me.set(slot, 200);
    me.set(slot, 208);  // over the old one
    REQUIRE(me.initialize(me.make_thread_local_function(s).value(), 300) == errc::ok);
    const local bound = me.make_thread_bound(s, 400, shoal::bound_policy::error).value();
    CHECK(me.release_bound(bound) == errc::ok);
    static_cast<void>(me.make_thread_bound(s, 408, shoal::bound_policy::error));
    const shoal::type point = me.declare("Point", {}).value();
    const shoal::type refused = me.declare("Refused", {}).value();
    CHECK(me.prototype_of(me.create(s, point).value()).word() == 100);
    CHECK(me.prototype_of(me.create(s, refused).value()).code() == errc::refused);
    CHECK(me.realm().rebind(me.locals(), point, 108) == errc::ok);
    me.realm().unbind(me.locals(), refused);
    CHECK(me.prototype_of(me.create(s, refused).value()).code() == errc::refused);
  }
  static_cast<void>(me.debug_trace());
  static_cast<void>(me.serve());  // what a dead handle held
  {
    scope s(me);
    const shoal::type late = me.declare("Refused", {}).value();
    CHECK(me.prototype_of(me.create(s, late).value()).code() == errc::refused);
    CHECK(me.realm().bind(late, 116) == errc::ok);  // its error is let go of by the detach
  }
  here.detach();
  const std::pair<std::uint64_t, released> words[] = {{200, released::agent_local},
                                                      {208, released::agent_local},
                                                      {300, released::thread_local_function},
                                                      {400, released::thread_bound},
                                                      {408, released::thread_bound},
                                                      {100, released::prototype},
                                                      {108, released::prototype},
                                                      {116, released::prototype}};
  for (const auto& each : words) {
    CAPTURE(each.first);
    CHECK(b.its.times(each.first, each.second) == 1);
  }
  CHECK(b.its.times(600, released::refusal) == 3);
  CHECK(b.done >= 12);
}

TEST_CASE("describe may do anything but describe") {
  busy_hooks b;
  struct wordy {
    busy_hooks& in;
    int asked = 0;
  } its{b};
  shoal::agent_hooks hooks;
  hooks.self = &its;
  hooks.describe = [](void* self, agent& by, std::uint64_t, char* out, std::size_t room) noexcept {
    auto& me = *static_cast<wordy*>(self);
    ++me.asked;
    me.in.do_everything(by);
    std::snprintf(out, room, "a closure");
  };
  attachment here = b.w.attach({.hooks = hooks});
  scope s(*here);
  const shoal::type node = here->declare("Node", {{"it", shoal::any}}).value();
  const shoal::field it = node.field("it").value();
  const shoal::field_value initial[] = {{it, agent_test::unshared(1)}};
  const auto refused = here->create(s, node, initial);
  REQUIRE_FALSE(refused);
  CHECK(agent_test::text(refused.error().message()) ==
        "field 'it' of Node cannot hold a closure: it is not shared");
  CHECK(agent_test::text(here->explain_unshared(1).message()) == "a closure cannot be shared");
  CHECK(its.asked == 2);
  CHECK(b.done == 2);
}

TEST_CASE("a call that is served may do anything, serving included") {
  busy_hooks b;
  attachment here = b.w.attach({.hooks = b.its.hooks()});
  agent& me = *here;
  static busy_hooks* in;
  in = &b;
  scope s(me);
  const local bound = me.make_thread_bound(s, 100, shoal::bound_policy::dispatch).value();
  std::vector<shoal::dispatch> all;
  for (int i = 0; i < 3; ++i) {
    all.push_back(me.post(bound,
                          [](agent& by, std::uint64_t, shoal::dispatch_message&) noexcept {
                            in->do_everything(by);
                            by.serve();
                            return true;
                          },
                          {})
                      .value());
  }
  // Each serves the rest.
  CHECK(me.serve() == 1);
  CHECK(b.done >= 1);
  for (shoal::dispatch& each : all) CHECK(me.wait_for(each) == errc::ok);
}
