// SPDX-License-Identifier: BSL-1.0

// Memory that runs out at any request: errors, no leak, no crash, and everything works afterwards.

#include "agent_world.hpp"

using agent_test::counted_memory;
using agent_test::host;
using shoal::agent;
using shoal::attachment;
using shoal::datum;
using shoal::errc;
using shoal::local;
using shoal::scope;

namespace {

bool answer(agent&, std::uint64_t target, shoal::dispatch_message& message) noexcept {
  message.words[0] = target;
  return true;
}

struct closing {
  shoal::realm& shared;
  agent& by;
  ~closing() {
    const shoal::entered in(by);
    shared.close(by.locals());
  }
};

// A private list that becomes shared: each node's element 0 is the next.
struct chain {
  shoal::type as;
  shoal::result<shoal::graph_shape> shape_of(std::uint64_t) noexcept {
    return shoal::graph_shape{as, 2};
  }
  shoal::graph_item field_of(std::uint64_t, const shoal::field_entry&) noexcept { return {}; }
  shoal::graph_item element_of(std::uint64_t node, std::uint64_t index) noexcept {
    if (index == 1) return shoal::graph_item::of_leaf(datum::of(std::int64_t{1} << 50));
    return node < 200 ? shoal::graph_item::of_node(node + 1) : shoal::graph_item::of_node(1);
  }
  void describe(char*, std::size_t) noexcept {}
};

// What must hold when every agent has gone, however far its life went.
void check_nothing_left(shoal::cluster& cluster) {
  const shoal::cluster_account left = cluster.account();
  CHECK(left.agents == 0);
  CHECK(left.dispatches == 0);
  CHECK(left.orphan_handles == 0);
  CHECK(left.sum.prototypes + left.sum.agent_locals + left.sum.scope_slots + left.sum.handles +
            left.sum.thread_bound ==
        0);
}

// The life of a cluster, as far as memory allows. True: to its end. `grows`: the owner's realm does.
bool live(shoal::cluster& cluster, host& its, std::uint64_t& handed, std::uint64_t& back,
          bool grows) {
  if (cluster.status() != errc::ok) return false;
  const auto ran_out = [](errc code) {
    CHECK(code == errc::out_of_memory);
    return false;
  };
  its.resolve = [&](agent&, const shoal::resolve_request& asked) {
    ++handed;
    return asked.what.index() % 2 == 0 ? shoal::resolve_answer::bind(100)
                                       : shoal::resolve_answer::refuse(200);
  };
  its.on_release = [&](agent&, std::uint64_t, shoal::released) { ++back; };
  shoal::realm shared(cluster.locals());
  const errc opened = shared.open(grows ? shoal::realm_table::grown : shoal::realm_table::reserved);
  if (opened != errc::ok) return ran_out(opened);
  auto first = cluster.attach({.role = "a role with a name",
                               .hooks = its.hooks(),
                               .shared_realm = grows ? &shared : nullptr,
                               .parked = true});
  if (!first) return ran_out(first.code());
  attachment owner = std::move(*first);
  auto second = cluster.attach({.role = "poster", .hooks = its.hooks(), .parked = true});
  if (!second) return ran_out(second.code());
  attachment poster = std::move(*second);
  const closing last{shared, *owner};
  shoal::handle bound;
  {
    const shoal::entered in(*owner);
    agent& me = *owner;
    scope s(me);
    auto declared = me.declare("Node", {{"value", shoal::any}, {"next", shoal::ref}});
    if (!declared) return ran_out(declared.code());
    auto another = me.declare({.name = "Sub", .extends = *declared});
    if (!another) return ran_out(another.code());
    for (const shoal::type& each : {*declared, *another}) {
      auto made = me.create(s, each);
      if (!made) return ran_out(made.code());
      const shoal::prototype found = me.prototype_of(*made);
      if (found.code() == errc::out_of_memory) return ran_out(found.code());
      CHECK((found.has_word() || found.code() == errc::refused || found.code() == errc::unbound));
      const errc boxed =
          me.set(*made, declared->field("value").value(), datum::of(std::int64_t{1} << 40));
      if (boxed != errc::ok) return ran_out(boxed);
    }
    auto structural = cluster.types().structural({.name = "S", .fields = {{"x", shoal::f64}}});
    if (!structural) return ran_out(structural.code());
    shoal::cohort keyed(cluster.types());
    for (int i = 0; i < 20; ++i) {
      const std::string key = "key " + std::to_string(i);
      auto known = keyed.register_struct(std::string_view(key),
                                         {.name = key, .fields = {{"x", shoal::any}}});
      if (!known) return ran_out(known.code());
    }
    for (int i = 0; i < 40; ++i) {
      auto name = me.intern(s, std::string_view("name " + std::to_string(i)));
      if (!name) return ran_out(name.code());
    }
    auto large = me.create_array(s, shoal::u8, 100'000);
    if (!large) return ran_out(large.code());
    for (int i = 0; i < 200; ++i) {
      if (!s.hold(*large)) return false;
    }
    auto values = me.create_array(s, shoal::any, 10'000);
    if (!values) return ran_out(values.code());
    const errc filled = me.fill(*values, 0, 10'000, datum::of(std::int64_t{1} << 45));
    if (filled != errc::ok) return ran_out(filled);
    chain private_list{me.type_at(shoal::builtin::array_of(shoal::any))};
    auto graph = shoal::share_graph(me, s, private_list, 1);
    if (!graph) return ran_out(graph.code());
    const shoal::weak_handle weak(me, *graph);
    if (!weak) return false;
    me.set(cluster.locals().make_slot(0).value(), 500);
    ++handed;
    auto function = me.make_thread_local_function(s);
    if (!function) return ran_out(function.code());
    ++handed;
    CHECK(me.initialize(*function, 400) == errc::ok);
    auto thread_bound = me.make_thread_bound(s, 300, shoal::bound_policy::dispatch);
    if (!thread_bound) return ran_out(thread_bound.code());
    ++handed;
    bound = shoal::handle(me, *thread_bound);
    if (!bound) return false;
    auto handle = me.make_type_handle(s, *declared, shoal::type_rights::all);
    if (!handle) return ran_out(handle.code());
  }
  {
    const shoal::entered in(*poster);
    shoal::dispatch_message message;
    scope s(*poster);
    auto text = poster->make_string(s, "argument");
    if (!text) return ran_out(text.code());
    message.objects[0] = shoal::handle(*poster, *text);
    if (!message.objects[0]) return false;
    auto posted = poster->post(bound.get(*poster), answer, std::move(message));
    if (!posted) return ran_out(posted.code());
    const errc released = poster->release_bound(bound.get(*poster));
    if (released != errc::ok) return ran_out(released);
  }
  {
    const shoal::entered in(*owner);
    CHECK(owner->serve() == 2);
    const errc walked =
        owner->account_types([](void*, const shoal::type_account&) noexcept {}, nullptr);
    if (walked != errc::ok) return ran_out(walked);
    static_cast<void>(owner->debug_trace());
  }
  return true;
}

}  // namespace

TEST_CASE("when the n-th request for memory fails the answer is an error, and nothing leaks") {
  for (const int way : {0, 1, 2, 3}) {
    const bool on = way % 2 != 0;
    const bool grows = way >= 2;
    std::int64_t n = 0;
    for (;; ++n) {
      CAPTURE(n);
      CAPTURE(on);
      CAPTURE(grows);
      counted_memory metadata;
      counted_memory pages;
      metadata.fail_at = n;
      metadata.fail_on = on;
      bool whole = false;
      host its;
      std::uint64_t handed = 0;
      std::uint64_t back = 0;
      {
        shoal::cluster cluster({.pages = pages.pages(), .metadata = metadata.metadata()});
        whole = live(cluster, its, handed, back, grows);
        check_nothing_left(cluster);
      }
      CHECK(handed == back);  // every word that was handed over
      CHECK(metadata.bytes == 0);
      CHECK(pages.bytes == 0);
      if (whole && metadata.requests <= n) break;
      REQUIRE(n < 2000);
    }
    CHECK(n > 20);
  }
}

TEST_CASE("when the n-th request for pages fails the answer is an error, and nothing leaks") {
  bool whole = false;
  std::int64_t n = 0;
  for (; !whole; ++n) {
    CAPTURE(n);
    REQUIRE(n < 100);
    counted_memory metadata;
    counted_memory pages;
    pages.fail_at = n;
    host its;
    std::uint64_t handed = 0;
    std::uint64_t back = 0;
    {
      shoal::cluster cluster({.pages = pages.pages(), .metadata = metadata.metadata()});
      whole = live(cluster, its, handed, back, false);
      CHECK(whole == (pages.requests <= n));
      check_nothing_left(cluster);
    }
    CHECK(handed == back);
    CHECK(metadata.bytes == 0);
    CHECK(pages.bytes == 0);
  }
  CHECK(n > 3);
}

TEST_CASE("an agent that had no memory to attach attaches once there is some") {
  for (std::int64_t n = 0;; ++n) {
    counted_memory metadata;
    shoal::cluster cluster({.metadata = metadata.metadata()});
    REQUIRE(cluster.status() == errc::ok);
    metadata.fail_at = metadata.requests + n;
    {
      auto refused = cluster.attach({.role = "role"});
      if (refused) break;
      CHECK(refused.code() == errc::out_of_memory);
    }
    auto attached = cluster.attach({.role = "role"});
    REQUIRE(attached.has_value());
    CHECK(attached->get()->account_cluster().agents == 1);
  }
}
