// SPDX-License-Identifier: BSL-1.0

// Accounts: what is held and by whom; all zeros once everything is gone; JSON.

#include <atomic>
#include <chrono>
#include <map>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::text;
using agent_test::world;
using shoal::agent;
using shoal::agent_account;
using shoal::attachment;
using shoal::cluster_account;
using shoal::errc;
using shoal::local;
using shoal::scope;
using shoal::type_account;

namespace {

// A reader of just enough JSON: an object of names, numbers, texts and objects.
class json {
 public:
  explicit json(const text& from) : from_(from) {}
  // The members, those of inner objects as "outer.inner"; empty where it is no JSON.
  std::map<text, text> members() {
    std::map<text, text> found;
    if (!read_object(found, "") || at_ != from_.size()) found.clear();
    return found;
  }

 private:
  bool take(char c) { return at_ < from_.size() && from_[at_] == c && ++at_; }
  bool read_text(text& out) {
    if (!take('"')) return false;
    while (at_ < from_.size() && from_[at_] != '"') {
      const auto c = static_cast<unsigned char>(from_[at_]);
      if (c < 0x20 || c > 0x7e) return false;
      if (from_[at_] == '\\') {
        if (from_.compare(at_, 4, "\\u00") != 0) return false;
        out += static_cast<char>(std::stoi(from_.substr(at_ + 4, 2), nullptr, 16));
        at_ += 6;
      } else {
        out += from_[at_++];
      }
    }
    return take('"');
  }
  bool read_object(std::map<text, text>& found, const text& before) {
    if (!take('{')) return false;
    do {
      text name;
      if (!read_text(name) || !take(':')) return false;
      text value;
      if (from_[at_] == '{') {
        if (!read_object(found, before + name + ".")) return false;
        continue;
      }
      if (from_[at_] == '"') {
        if (!read_text(value)) return false;
      } else {
        while (at_ < from_.size() && std::isdigit(static_cast<unsigned char>(from_[at_])) != 0) {
          value += from_[at_++];
        }
        if (value.empty()) return false;
      }
      if (!found.emplace(before + name, value).second) return false;
    } while (take(','));
    return take('}');
  }

  text from_;
  std::size_t at_ = 0;
};

template <class Account>
text json_of(const Account& from) {
  char room[2048];
  const std::size_t length = shoal::to_json(from, room, sizeof room);
  REQUIRE(length < sizeof room);
  CHECK(room[length] == '\0');
  return {room, length};
}

constexpr std::uint64_t most = ~std::uint64_t{0};

}  // namespace

TEST_CASE("an agent's account counts what it holds") {
  world w;
  host its;
  attachment here = w.attach({.hooks = its.hooks()});
  agent& me = *here;
  const agent_account before = me.account();
  CHECK(before.identity == me.identity());
  CHECK(before.prototypes + before.agent_locals + before.scope_slots + before.handles +
            before.thread_bound ==
        0);
  {
    scope s(me);
    const shoal::type point = me.declare("Point", {}).value();
    const local p = me.create(s, point).value();
    const shoal::handle strong(me, p);
    const shoal::weak_handle weak(me, p);
    CHECK(me.realm().bind(point, 100) == errc::ok);
    me.set(w->locals().make_slot(0).value(), 7);
    REQUIRE(me.make_thread_bound(s, 200, shoal::bound_policy::error));
    const agent_account now = me.account();
    CHECK(now.prototypes == 1);
    CHECK(now.agent_locals == 1);
    CHECK(now.scope_slots == 2);
    CHECK(now.handles == 2);
    CHECK(now.thread_bound == 1);
    CHECK(now.bytes_allocated > before.bytes_allocated);
  }
  const agent_account after = me.account();
  CHECK(after.scope_slots == 0);
  CHECK(after.handles == 0);
}

TEST_CASE("a cluster's account is the sum of its agents'") {
  world w;
  attachment agents[3] = {w.attach_parked(), w.attach_parked(), w.attach_parked()};
  const shoal::agent_local slot = w->locals().make_slot(0).value();
  for (attachment& each : agents) {
    const shoal::entered in(*each);
    each->set(slot, 7);
    scope s(*each);
    REQUIRE(each->make_thread_bound(s, 200, shoal::bound_policy::error));
  }
  const cluster_account sum = w->account();
  CHECK(sum.agents == 3);
  CHECK(sum.sum.identity == 0);
  CHECK(sum.sum.agent_locals == 3);
  CHECK(sum.types == 0);
  CHECK(sum.heap_bytes_used > 0);
  CHECK(sum.heap_bytes_reserved >= sum.heap_bytes_used);
}

TEST_CASE("everything is zero once everything is gone") {
  world w;
  for (int round = 0; round < 3; ++round) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] {
        host its;
        attachment here = w.attach({.role = "worker", .hooks = its.hooks()});
        its.resolve = [](agent&, const shoal::resolve_request& asked) {
          return shoal::resolve_answer::bind(100 + asked.what.index());
        };
        std::vector<shoal::handle> kept;
        for (int i = 0; i < 20; ++i) {
          scope s(*here);
          const shoal::type made = here->declare("T", {{"x", shoal::any}}).value();
          const local p = here->create(s, made).value();
          CHECK(here->prototype_of(p));
          kept.emplace_back(*here, p);
          here->set(w->locals().make_slot(0).value(), 9);
          REQUIRE(here->initialize(here->make_thread_local_function(s).value(), 10) == errc::ok);
          REQUIRE(here->make_thread_bound(s, 11, shoal::bound_policy::dispatch));
        }
      });
    }
    for (auto& each : threads) each.join();
    const cluster_account now = w->account();
    CHECK(now.agents == 0);
    CHECK(now.sum.prototypes == 0);
    CHECK(now.sum.agent_locals == 0);
    CHECK(now.sum.scope_slots == 0);
    CHECK(now.sum.handles == 0);
    CHECK(now.sum.thread_bound == 0);
    CHECK(now.orphan_handles == 0);
    CHECK(now.dispatches == 0);
  }
}

TEST_CASE("the account of each type counts realms that have bound it, instances and bytes") {
  world w;
  attachment other = w.attach_parked();
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const shoal::type point = me.declare("Point", {{"x", shoal::f64}, {"y", shoal::f64}}).value();
  CHECK(me.realm().bind(point, 100) == errc::ok);
  CHECK(other->realm().bind(point, 200) == errc::ok);
  for (int i = 0; i < 3; ++i) REQUIRE(me.create(s, point));
  struct found {
    std::uint32_t wanted;
    int times = 0;
    std::uint64_t prototypes = 0;
    std::uint64_t objects = 0;
    std::uint64_t bytes = 0;
    text name;
  } it{.wanted = point.index(), .name = {}};
  CHECK(me.account_types(
            [](void* self, const type_account& one) noexcept {
              auto& seen = *static_cast<found*>(self);
              if (one.type_index != seen.wanted) return;
              ++seen.times;
              seen.prototypes = one.prototypes;
              seen.objects = one.objects;
              seen.bytes = one.bytes;
              seen.name = one.name;
            },
            &it) == errc::ok);
  CHECK(it.times == 1);
  CHECK(it.name == "Point");
  CHECK(it.prototypes == 2);
  CHECK(it.objects == 3);
  CHECK(it.bytes == 72);
}

TEST_CASE("a realm that several agents share counts once for each type") {
  world w;
  shoal::realm shared(w->locals());
  shoal::realm other(w->locals());
  REQUIRE((shared.open() == errc::ok && other.open() == errc::ok));
  const shoal::agent_options options{.shared_realm = &shared, .parked = true};
  attachment first = w.attach(options);
  attachment second = w.attach(options);
  attachment third = w.attach({.shared_realm = &other, .parked = true});
  attachment own = w.attach();
  const shoal::type point = own->declare("Point", {}).value();
  CHECK(shared.bind(point, 100) == errc::ok);
  CHECK(other.bind(point, 200) == errc::ok);
  CHECK(own->realm().bind(point, 300) == errc::ok);
  static std::uint64_t prototypes;
  prototypes = 0;
  std::uint32_t wanted = point.index();
  CHECK(own->account_types(
            [](void* self, const type_account& one) noexcept {
              if (one.type_index == *static_cast<std::uint32_t*>(self)) prototypes = one.prototypes;
            },
            &wanted) == errc::ok);
  CHECK(prototypes == 3);
  CHECK(own->account_cluster().sum.prototypes == 1);  // the two are their host's own
  shared.close(own->locals());
  other.close(own->locals());
}

TEST_CASE("accounts are JSON") {
  agent_account one;
  one.identity = 1;
  one.prototypes = 2;
  one.agent_locals = 3;
  one.scope_slots = 4;
  one.handles = 5;
  one.thread_bound = 6;
  one.bytes_allocated = most;
  const auto members = json(json_of(one)).members();
  CHECK(members == std::map<text, text>{{"identity", "1"},
                                        {"prototypes", "2"},
                                        {"agent_locals", "3"},
                                        {"scope_slots", "4"},
                                        {"handles", "5"},
                                        {"thread_bound", "6"},
                                        {"bytes_allocated", "18446744073709551615"}});
}

TEST_CASE("a cluster's account is JSON, with the largest numbers too") {
  cluster_account all;
  all.sum = {most, most, most, most, most, most, most};
  all.agents = all.orphan_handles = all.types = all.interned_strings = most;
  all.heap_bytes_used = all.heap_bytes_reserved = all.dispatches = most;
  const auto members = json(json_of(all)).members();
  CHECK(members.size() == 14);
  for (const auto& member : members) {
    CAPTURE(member.first);
    CHECK(member.second == "18446744073709551615");
  }
  CHECK(members.count("sum.thread_bound") == 1);
}

TEST_CASE("a type's account is JSON whatever its name is") {
  type_account one;
  one.name = "a\"b\\c\n\xe9";
  one.objects = most;
  const auto members = json(json_of(one)).members();
  REQUIRE(members.count("name") == 1);
  CHECK(members.at("name") == "a\"b\\c\n\xe9");
  CHECK(members.at("objects") == "18446744073709551615");
}

TEST_CASE("JSON that does not fit is cut, and says how long it is") {
  const agent_account one;
  const text whole = json_of(one);
  char room[16];
  CHECK(shoal::to_json(one, room, sizeof room) == whole.size());
  CHECK(text(room) == whole.substr(0, 15));
  CHECK(shoal::to_json(one, nullptr, 0) == whole.size());
}

TEST_CASE("types are accounted for while another agent is being detached") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  const shoal::type point = me.declare("Point", {}).value();
  std::atomic<bool> leaving{false};
  agent_test::host its;
  its.on_release = [&](agent&, std::uint64_t, shoal::released) {
    leaving = true;  // and the world is asked to stop, which it does when this agent is closed
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  };
  std::thread other([&] {
    attachment there = w.attach({.hooks = its.hooks()});
    CHECK(there->realm().bind(point, 100) == errc::ok);
    there.detach();
  });
  while (!leaving) me.poll();
  CHECK(me.account_types([](void*, const shoal::type_account&) noexcept {}, nullptr) == errc::ok);
  const shoal::blocked_region away(me);
  other.join();
}
