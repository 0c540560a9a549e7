// SPDX-License-Identifier: BSL-1.0

// Thread-bound handles between agents: what others get, and every ending of a dispatch against
// every moment of a detach.
//
// Agents of one thread are parked and taken up in turn, which makes the order of steps certain;
// threads are used where two agents must run at once.

#include <atomic>
#include <optional>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::bound_policy;
using shoal::deadline;
using shoal::dispatch;
using shoal::dispatch_message;
using shoal::entered;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::released;
using shoal::scope;

namespace {

bool add(agent&, std::uint64_t target, dispatch_message& message) noexcept {
  message.words[0] = target + message.words[1];
  return true;
}
bool fail(agent&, std::uint64_t, dispatch_message& message) noexcept {
  message.words[0] = 404;
  return false;
}

// Two agents of this thread, and a handle that belongs to the first.
struct pair_of_agents {
  world w;
  host owners;
  host posters;
  attachment owner = w.attach_parked(&owners);
  attachment poster = w.attach_parked(&posters);
  handle bound;

  explicit pair_of_agents(bound_policy policy = bound_policy::dispatch) {
    const entered in(*owner);
    scope s(*owner);
    bound = handle(*owner, owner->make_thread_bound(s, 100, policy).value());
  }

  shoal::result<dispatch> post(shoal::dispatch_call call = add, std::uint64_t argument = 5) {
    const entered in(*poster);
    dispatch_message message;
    message.words[1] = argument;
    return poster->post(bound.get(*poster), call, std::move(message));
  }
  std::size_t serve() {
    const entered in(*owner);
    return owner->serve();
  }
  errc wait(dispatch& posted, deadline until = deadline::never()) {
    const entered in(*poster);
    return poster->wait_for(posted, until);
  }
};

// An agent on a thread of its own, which serves until it is told to stop.
class server {
 public:
  explicit server(world& w, shoal::agent_options options = {}, bool serves = true)
      : thread_([this, &w, options, serves] {
          attachment here = w.attach(options);
          {
            scope s(*here);
            bound = handle(*here, here->make_thread_bound(s, 100, bound_policy::dispatch).value());
          }
          self = here.get();
          while (!done_) {
            here->poll();
            if (serves) {
              here->serve();
            }
            std::this_thread::yield();
          }
          self = nullptr;
        }) {
    while (self == nullptr) std::this_thread::yield();
  }
  // What it does by then is seen: the thread has ended.
  void stop() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
  }
  // By an agent that is entered, and serves what the other still waits for.
  void stop(agent& by) {
    done_ = true;
    while (self != nullptr) {
      by.poll();
      by.serve();
      std::this_thread::yield();
    }
    stop();
  }
  ~server() { stop(); }

  handle bound;
  std::atomic<agent*> self{nullptr};

 private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace

TEST_CASE("the owner sees the target; others what the policy says") {
  for (const auto& [policy, expected] :
       {std::pair(bound_policy::error, errc::wrong_agent), std::pair(bound_policy::null, errc::ok),
        std::pair(bound_policy::dispatch, errc::wrong_agent)}) {
    pair_of_agents p(policy);
    std::uint64_t target = 7;
    {
      const entered in(*p.owner);
      CHECK(p.owner->bound_target(p.bound.get(*p.owner), target) == errc::ok);
      CHECK(target == 100);
    }
    const entered in(*p.poster);
    CHECK(p.poster->bound_target(p.bound.get(*p.poster), target) == expected);
    CHECK(target == 0);
    p.bound.reset();
  }
}

TEST_CASE("once its owner has gone a handle says so") {
  pair_of_agents p;
  p.owner.detach();
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  const entered in(*p.poster);
  std::uint64_t target = 7;
  CHECK(p.poster->bound_target(p.bound.get(*p.poster), target) == errc::owner_gone);
  CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::owner_gone);
  p.bound.reset();
}

TEST_CASE("a handle does not belong to the next agent in its owner's place") {
  pair_of_agents p;
  p.owner.detach();
  attachment next = p.w.attach_parked();
  {
    const entered in(*next);
    std::uint64_t target = 7;
    CHECK(next->bound_target(p.bound.get(*next), target) == errc::owner_gone);
    CHECK(target == 0);
    CHECK(next->serve() == 0);
  }
  CHECK(p.post().code() == errc::owner_gone);
  p.bound.reset();
}

TEST_CASE("only handles that say so can be called, and only handles") {
  pair_of_agents p(bound_policy::error);
  CHECK(p.post().code() == errc::wrong_agent);
  const entered in(*p.poster);
  scope s(*p.poster);
  const local text = p.poster->make_string(s, "text").value();
  CHECK(p.poster->post(text, add, {}).code() == errc::wrong_type);
  CHECK(p.poster->post(nullptr, add, {}).code() == errc::wrong_type);
  CHECK(p.poster->release_bound(text) == errc::wrong_type);
  CHECK(p.poster->release_bound(nullptr) == errc::wrong_type);
  p.bound.reset();
}

TEST_CASE("a dispatch runs on its owner and gives its message back") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  errc how{};
  CHECK_FALSE(posted.has_ended(how));
  CHECK(p.serve() == 1);
  REQUIRE(posted.has_ended(how));
  CHECK(how == errc::ok);
  CHECK(posted.message().words[0] == 105);
  CHECK(p.wait(posted) == errc::ok);  // at once, and again
  CHECK(p.wait(posted) == errc::ok);
  p.bound.reset();
}

TEST_CASE("a call that fails says how in its message") {
  pair_of_agents p;
  dispatch posted = p.post(fail).value();
  CHECK(p.serve() == 1);
  CHECK(p.wait(posted) == errc::dispatch_failed);
  CHECK(posted.message().words[0] == 404);
  p.bound.reset();
}

TEST_CASE("calls run in the order they were posted") {
  pair_of_agents p;
  static std::vector<std::uint64_t> order;
  order.clear();
  std::vector<dispatch> all;
  for (std::uint64_t i = 0; i < 10; ++i) {
    all.push_back(p.post(
                       [](agent&, std::uint64_t, dispatch_message& message) noexcept {
                         order.push_back(message.words[1]);
                         return true;
                       },
                       i)
                      .value());
  }
  CHECK(p.serve() == 10);
  CHECK(order == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  all.clear();
  CHECK(p.w->account().dispatches == 0);
  p.bound.reset();
}

TEST_CASE("the owner's host is told that there is work, once a post") {
  pair_of_agents p;
  int told = 0;
  p.owners.posted = [&] { ++told; };
  dispatch first = p.post().value();
  dispatch second = p.post().value();
  CHECK(told == 2);
  CHECK(p.serve() == 2);
  CHECK(p.serve() == 0);
  p.bound.reset();
}

TEST_CASE("objects of a message are roots until they are taken, both ways") {
  pair_of_agents p;
  std::optional<dispatch> posted;
  {
    const entered in(*p.poster);
    scope s(*p.poster);
    dispatch_message message;
    message.objects[0] = handle(*p.poster, p.poster->make_string(s, "there").value());
    posted.emplace(p.poster
                       ->post(
                           p.bound.get(*p.poster),
                           [](agent& owner, std::uint64_t, dispatch_message& m) noexcept {
                             const bool came = shoal::equal(
                                 shoal::string_at(m.objects[0].get(owner).address()), "there");
                             scope inner(owner);
                             m.objects[1] =
                                 handle(owner, owner.make_string(inner, "and back").value());
                             return came;
                           },
                           std::move(message))
                       .value());
  }
  {
    const entered in(*p.owner);
    static_cast<void>(p.owner->debug_trace());
    CHECK(p.owner->serve() == 1);
    static_cast<void>(p.owner->debug_trace());
  }
  CHECK(p.wait(*posted) == errc::ok);
  {
    const entered in(*p.poster);
    static_cast<void>(p.poster->debug_trace());
    CHECK(shoal::equal(shoal::string_at(posted->message().objects[1].get(*p.poster).address()),
                       "and back"));
  }
  posted.reset();
  p.bound.reset();
}

TEST_CASE("owner detaches before the post: owner_gone") {
  pair_of_agents p;
  p.owner.detach();
  auto posted = p.post();
  CHECK(posted.code() == errc::owner_gone);
  CHECK(p.w->account().dispatches == 0);
  p.bound.reset();
}

TEST_CASE("owner detaches between post and serve: owner_gone") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  p.owner.detach();
  errc how{};
  CHECK(posted.has_ended(how));
  CHECK(how == errc::owner_gone);
  CHECK(p.wait(posted) == errc::owner_gone);
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  p.bound.reset();
}

TEST_CASE("owner detaches while the poster waits: owner_gone") {
  world w;
  server owner(w, {}, false);
  attachment here = w.attach();
  dispatch posted = here->post(owner.bound.get(*here), add, {}).value();
  std::thread stopper([&] { owner.stop(); });
  CHECK(here->wait_for(posted) == errc::owner_gone);
  {
    const shoal::blocked_region away(*here);
    stopper.join();
  }
  owner.bound.reset();
}

TEST_CASE("owner detaches after the run, before the poster looks: the run counts") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  CHECK(p.serve() == 1);
  p.owner.detach();
  CHECK(p.wait(posted) == errc::ok);
  CHECK(posted.message().words[0] == 105);
  p.bound.reset();
}

TEST_CASE("release hooks of a detach find new posts refused already") {
  pair_of_agents p;
  errc seen{};
  p.owners.on_release = [&](agent&, std::uint64_t, released) { seen = p.post().code(); };
  p.owner.detach();
  CHECK(seen == errc::owner_gone);
  p.bound.reset();
}

TEST_CASE("the handle is released between post and serve: owner_gone, and nothing runs") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  {
    const entered in(*p.owner);
    CHECK(p.owner->release_bound(p.bound.get(*p.owner)) == errc::ok);
    p.owner->serve();
  }
  CHECK(p.wait(posted) == errc::owner_gone);
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  p.bound.reset();
}

TEST_CASE("poster lets go of a dispatch: it runs by itself") {
  pair_of_agents p;
  static int runs;
  runs = 0;
  {
    const auto posted = p.post([](agent&, std::uint64_t, dispatch_message&) noexcept {
      ++runs;
      return true;
    });
    CHECK(posted.has_value());
  }
  CHECK(p.w->account().dispatches == 1);
  CHECK(p.serve() == 1);
  CHECK(runs == 1);
  CHECK(p.w->account().dispatches == 0);
  p.bound.reset();
}

TEST_CASE("poster detaches with a dispatch still posted: it runs, and nobody hears") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  p.poster.detach();
  CHECK(p.serve() == 1);
  errc how{};
  CHECK(posted.has_ended(how));
  CHECK(how == errc::ok);
  p.bound.reset();
}

TEST_CASE("poster and owner detach with a dispatch posted, in either order") {
  for (const bool poster_first : {true, false}) {
    pair_of_agents p;
    dispatch posted = p.post().value();
    (poster_first ? p.poster : p.owner).detach();
    (poster_first ? p.owner : p.poster).detach();
    errc how{};
    CHECK(posted.has_ended(how));
    CHECK(how == errc::owner_gone);
    p.bound.reset();
  }
}

TEST_CASE("a wait that is over time ends as timed_out, and the call never runs") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  CHECK(p.wait(posted, deadline::after(1)) == errc::timed_out);
  CHECK(p.serve() == 0);
  errc how{};
  CHECK(posted.has_ended(how));
  CHECK(how == errc::timed_out);
  CHECK(p.wait(posted) == errc::timed_out);
  p.bound.reset();
}

namespace {
std::atomic<int> stage;
// Begins, and goes on when the test says so.
bool slow(agent& owner, std::uint64_t, dispatch_message& message) noexcept {
  stage = 1;
  const shoal::blocked_region away(owner);
  while (stage != 2) std::this_thread::yield();
  message.words[0] = 1;
  return true;
}
}  // namespace

TEST_CASE("a wait ends over time during the run, whose result is dropped") {
  world w;
  server owner(w);
  attachment here = w.attach();
  stage = 0;
  {
    dispatch posted = here->post(owner.bound.get(*here), slow, {}).value();
    {
      const shoal::blocked_region away(*here);
      while (stage != 1) std::this_thread::yield();
    }
    CHECK(here->wait_for(posted, deadline::after(1)) == errc::timed_out);
    stage = 2;
  }
  owner.stop(*here);
  owner.bound.reset();
  CHECK(here->account_cluster().dispatches == 0);
}

TEST_CASE("poster detaches during the run: the owner finishes and drops the result") {
  world w;
  server owner(w);
  stage = 0;
  {
    attachment here = w.attach();
    dispatch posted = here->post(owner.bound.get(*here), slow, {}).value();
    {
      const shoal::blocked_region away(*here);
      while (stage != 1) std::this_thread::yield();
    }
    CHECK(here->wait_for(posted, deadline::after(1)) == errc::timed_out);
    here.detach();
    stage = 2;
  }
  owner.stop();
  owner.bound.reset();
  CHECK(w->account().dispatches == 0);
}

TEST_CASE("an owner told to go during the run finishes it first") {
  world w;
  server owner(w);
  attachment here = w.attach();
  stage = 0;
  dispatch posted = here->post(owner.bound.get(*here), slow, {}).value();
  std::thread stopper([&] {
    while (stage != 1) std::this_thread::yield();
    stage = 2;
    owner.stop();
  });
  CHECK(here->wait_for(posted) == errc::ok);
  CHECK(posted.message().words[0] == 1);
  {
    const shoal::blocked_region away(*here);
    stopper.join();
  }
  owner.bound.reset();
}

TEST_CASE("an interrupt before the wait ends it, and is used up") {
  pair_of_agents p;
  dispatch first = p.post().value();
  p.poster->interrupt();
  CHECK(p.wait(first) == errc::interrupted);
  dispatch second = p.post().value();
  CHECK(p.serve() == 1);  // the first one has ended
  CHECK(p.wait(second) == errc::ok);
  p.bound.reset();
}

TEST_CASE("an interrupt that no wait has seen can be forgotten") {
  pair_of_agents p;
  p.poster->interrupt();
  CHECK(p.poster->clear_interrupt());
  CHECK_FALSE(p.poster->clear_interrupt());
  dispatch posted = p.post().value();
  CHECK(p.wait(posted, deadline::after(1)) == errc::timed_out);
  p.bound.reset();
}

TEST_CASE("a call that has ended is not interrupted, and the interrupt stays") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  CHECK(p.serve() == 1);
  p.poster->interrupt();
  CHECK(p.wait(posted) == errc::ok);
  CHECK(p.poster->clear_interrupt());
  p.bound.reset();
}

TEST_CASE("an interrupt from another thread ends a wait") {
  world w;
  server owner(w, {}, false);
  attachment here = w.attach();
  dispatch posted = here->post(owner.bound.get(*here), add, {}).value();
  std::thread interrupter([&] { here->interrupt(); });
  CHECK(here->wait_for(posted) == errc::interrupted);
  {
    const shoal::blocked_region away(*here);
    interrupter.join();
  }
  owner.stop(*here);
  owner.bound.reset();
}

TEST_CASE("an interrupt does not pass to the next agent in the place") {
  world w;
  attachment here = w.attach_parked();
  here->interrupt();
  here.detach();
  attachment next = w.attach_parked();
  CHECK_FALSE(next->clear_interrupt());
}

TEST_CASE("an agent that may not block gets cannot_block, unless the call has ended") {
  world w;
  server owner(w);
  attachment here = w.attach({.may_block = false});
  dispatch posted = here->post(owner.bound.get(*here), slow, {}).value();
  const errc first = here->wait_for(posted);
  CHECK(first == errc::cannot_block);
  stage = 2;
  dispatch polled = here->post(owner.bound.get(*here), add, {}).value();
  errc how{};
  while (!polled.has_ended(how)) {
    stage = 2;
    here->poll();
  }
  CHECK(how == errc::ok);
  CHECK(here->wait_for(polled) == errc::ok);
  stage = 2;
  owner.stop(*here);
  owner.bound.reset();
}

TEST_CASE("a call to oneself is run by the wait") {
  pair_of_agents p;
  const entered in(*p.owner);
  dispatch_message message;
  message.words[1] = 1;
  dispatch posted = p.owner->post(p.bound.get(*p.owner), add, std::move(message)).value();
  CHECK(p.owner->wait_for(posted) == errc::ok);
  CHECK(posted.message().words[0] == 101);
  p.bound.reset();
}

namespace {

// Arguments: objects[0] is the handle of the agent to call back; words[1] is how often.
bool ping(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  if (message.words[1] == 0) return true;
  scope s(me);
  dispatch_message next;
  next.words[1] = message.words[1] - 1;
  next.objects[0] = handle(me, message.objects[1].get(me));
  next.objects[1] = handle(me, message.objects[0].get(me));
  auto posted = me.post(message.objects[0].get(me), ping, std::move(next));
  if (!posted) return false;
  const errc how = me.wait_for(*posted);
  message.words[0] =
      how == errc::ok ? posted->message().words[0] + 1 : static_cast<std::uint64_t>(how) + 1000;
  return how == errc::ok;
}

}  // namespace

TEST_CASE("an agent that waits serves the calls that come back to it, however deep") {
  world w;
  server other(w);
  attachment here = w.attach();
  scope s(*here);
  const handle mine(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
  dispatch_message message;
  message.words[1] = 20;
  message.objects[0] = handle(*here, mine.get(*here));
  message.objects[1] = handle(*here, other.bound.get(*here));
  dispatch posted = here->post(other.bound.get(*here), ping, std::move(message)).value();
  CHECK(here->wait_for(posted) == errc::ok);
  CHECK(posted.message().words[0] == 20);
  other.stop(*here);
  other.bound.reset();
}

TEST_CASE("a call back to an agent that waits and cannot nest would deadlock") {
  world w;
  server other(w);
  attachment here = w.attach({.may_nest = false});
  scope s(*here);
  dispatch_message message;
  message.words[1] = 1;
  message.objects[0] =
      handle(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
  message.objects[1] = handle(*here, other.bound.get(*here));
  dispatch posted = here->post(other.bound.get(*here), ping, std::move(message)).value();
  // Whoever closes the circle is told so.
  const errc how = here->wait_for(posted);
  if (how == errc::dispatch_failed) {
    CHECK(posted.message().words[0] == 1000 + static_cast<std::uint64_t>(errc::would_deadlock));
    CHECK(here->serve() == 0);  // what would have deadlocked has ended
  } else {
    CHECK(how == errc::would_deadlock);
  }
  other.stop(*here);
  other.bound.reset();
}

namespace {

// objects[0]: the next in the ring; objects[1]: the one after it. words[1]: how many are left.
bool around(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  if (message.words[1] == 0) {
    message.words[0] = 1;
    return true;
  }
  dispatch_message next;
  next.words[1] = message.words[1] - 1;
  for (std::size_t i = 0; i < 3; ++i) {
    next.objects[i] = handle(me, message.objects[(i + 1) % 3].get(me));
  }
  auto posted = me.post(message.objects[0].get(me), around, std::move(next));
  if (!posted) return false;
  const errc how = me.wait_for(*posted);
  message.words[0] =
      how == errc::ok ? posted->message().words[0] + 1 : static_cast<std::uint64_t>(how) + 1000;
  return how == errc::ok;
}

}  // namespace

TEST_CASE("a ring of three agents that wait for each other runs through, or says why not") {
  for (const bool all_nest : {true, false}) {
    world w;
    server second(w);
    server third(w);
    attachment here = w.attach({.may_nest = all_nest});
    scope s(*here);
    const handle mine(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
    dispatch_message message;
    message.words[1] = 2;
    message.objects[0] = handle(*here, third.bound.get(*here));
    message.objects[1] = handle(*here, mine.get(*here));
    message.objects[2] = handle(*here, second.bound.get(*here));
    dispatch posted = here->post(second.bound.get(*here), around, std::move(message)).value();
    const errc how = here->wait_for(posted);
    if (all_nest) {
      CHECK(how == errc::ok);
      CHECK(posted.message().words[0] == 3);
    } else if (how == errc::dispatch_failed) {
      // The third agent was refused, and the second says that its call failed; or the second was.
      const auto said = static_cast<errc>(posted.message().words[0] - 1000);
      CHECK((said == errc::dispatch_failed || said == errc::would_deadlock));
    } else {
      CHECK(how == errc::would_deadlock);
    }
    second.stop(*here);
    third.stop(*here);
    second.bound.reset();
    third.bound.reset();
  }
}

namespace {
// Calls `slow` on the agent of objects[0], and waits.
bool call_slow(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  auto posted = me.post(message.objects[0].get(me), slow, {});
  return posted.has_value() && me.wait_for(*posted) == errc::ok;
}
// Calls call_slow on the agent of objects[0], with objects[1], and waits.
bool call_back(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  dispatch_message next;
  next.objects[0] = handle(me, message.objects[1].get(me));
  auto posted = me.post(message.objects[0].get(me), call_slow, std::move(next));
  return posted.has_value() && me.wait_for(*posted) == errc::ok;
}
}  // namespace

TEST_CASE("an agent can wait for others that wait for each other") {
  world w;
  server a(w);
  server b(w);
  attachment here = w.attach();
  stage = 0;
  // a waits for b, which waits for a, which serves it: a ring that this agent is not in.
  dispatch_message message;
  message.objects[0] = handle(*here, b.bound.get(*here));
  message.objects[1] = handle(*here, a.bound.get(*here));
  dispatch ring = here->post(a.bound.get(*here), call_back, std::move(message)).value();
  {
    const shoal::blocked_region away(*here);
    while (stage != 1) std::this_thread::yield();
  }
  dispatch late = here->post(a.bound.get(*here), add, {}).value();
  CHECK(here->wait_for(late, deadline::after(1)) == errc::timed_out);
  stage = 2;
  CHECK(here->wait_for(ring) == errc::ok);
  a.stop(*here);
  b.stop(*here);
  a.bound.reset();
  b.bound.reset();
}

namespace {
// Calls `add` on the agent of objects[0], and waits; words[0]: how that went.
bool call_on(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  auto posted = me.post(message.objects[0].get(me), add, {});
  if (!posted) return false;
  message.words[0] = static_cast<std::uint64_t>(me.wait_for(*posted));
  return true;
}
}  // namespace

TEST_CASE("who nests serves the call that comes back from one who does not") {
  world w;
  server other(w, {.may_nest = false});
  attachment here = w.attach();
  scope s(*here);
  dispatch_message message;
  message.objects[0] =
      handle(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
  dispatch posted = here->post(other.bound.get(*here), call_on, std::move(message)).value();
  CHECK(here->wait_for(posted) == errc::ok);
  CHECK(posted.message().words[0] == static_cast<std::uint64_t>(errc::ok));
  other.stop(*here);
  other.bound.reset();
}

namespace {
// Says so, and calls `add` on the agent of objects[0], and waits.
bool say_and_call_on(agent& me, std::uint64_t target, dispatch_message& message) noexcept {
  stage = 3;
  return call_on(me, target, message);
}
}  // namespace

TEST_CASE("a call that runs while its owner waits is worked on, whoever the owner waits for") {
  world w;
  server other(w);
  attachment here = w.attach({.may_nest = false});
  scope s(*here);
  dispatch_message message;
  message.objects[0] =
      handle(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
  stage = 0;
  // The other one waits for this agent, and runs `slow` meanwhile.
  dispatch outer = here->post(other.bound.get(*here), say_and_call_on, std::move(message)).value();
  {
    const shoal::blocked_region away(*here);
    while (stage != 3) std::this_thread::yield();
  }
  dispatch inner = here->post(other.bound.get(*here), slow, {}).value();
  {
    const shoal::blocked_region away(*here);
    while (stage != 1) std::this_thread::yield();
  }
  CHECK(here->wait_for(inner, deadline::after(1)) == errc::timed_out);
  stage = 2;
  errc how{};
  while (!outer.has_ended(how)) {
    here->poll();
    here->serve();
  }
  CHECK(how == errc::ok);
  CHECK(outer.message().words[0] == static_cast<std::uint64_t>(errc::ok));
  other.stop(*here);
  other.bound.reset();
}

namespace {
std::optional<dispatch> crossing;  // posted by the second agent, and run by the first
std::atomic<int> refused;

errc wait_for_a_while(agent& me, dispatch& posted) {
  const errc how = me.wait_for(posted, deadline::after(20'000'000'000));
  refused += how == errc::would_deadlock;
  return how;
}
// On the second agent: waits for what it has posted to the first before.
bool wait_for_crossing(agent& me, std::uint64_t, dispatch_message&) noexcept {
  return wait_for_a_while(me, *crossing) == errc::ok;
}
// On the first: calls that, and waits for it.
bool cross(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  auto posted = me.post(message.objects[0].get(me), wait_for_crossing, {});
  return posted.has_value() && wait_for_a_while(me, *posted) == errc::ok;
}
// On the second.
bool post_crossing(agent& me, std::uint64_t, dispatch_message& message) noexcept {
  dispatch_message next;
  next.objects[0] = handle(me, message.objects[1].get(me));
  auto posted = me.post(message.objects[0].get(me), cross, std::move(next));
  if (!posted) return false;
  crossing.emplace(std::move(*posted));
  return true;
}
}  // namespace

TEST_CASE("two calls that run, each waiting for the other's end, would deadlock whoever nests") {
  world w;
  server second(w);
  attachment here = w.attach();
  scope s(*here);
  refused = 0;
  dispatch_message message;
  message.objects[0] =
      handle(*here, here->make_thread_bound(s, 200, bound_policy::dispatch).value());
  message.objects[1] = handle(*here, second.bound.get(*here));
  dispatch start = here->post(second.bound.get(*here), post_crossing, std::move(message)).value();
  CHECK(here->wait_for(start) == errc::ok);
  errc how{};
  while (!crossing->has_ended(how)) {
    here->poll();
    here->serve();
  }
  CHECK(refused == 1);
  second.stop(*here);
  crossing.reset();
  second.bound.reset();
}

TEST_CASE("a release from elsewhere is posted to the owner, which releases on its own thread") {
  pair_of_agents p;
  {
    const entered in(*p.poster);
    CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::ok);
  }
  CHECK(p.owners.let_go.empty());
  p.serve();
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  CHECK(p.posters.let_go.empty());
  p.serve();
  CHECK(p.owners.let_go.size() == 1);
  CHECK(p.w->account().dispatches == 0);
  p.bound.reset();
}

TEST_CASE("two releases of one handle, from here and there, release once") {
  pair_of_agents p;
  {
    const entered in(*p.poster);
    CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::ok);
    CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::ok);
  }
  p.serve();
  {
    const entered in(*p.owner);
    CHECK(p.owner->release_bound(p.bound.get(*p.owner)) == errc::owner_gone);
  }
  CHECK(p.owners.let_go.size() == 1);
  p.bound.reset();
}

TEST_CASE("a release posted to an owner that detaches happens with the detach, once") {
  pair_of_agents p;
  {
    const entered in(*p.poster);
    CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::ok);
  }
  p.owner.detach();
  CHECK(p.owners.let_go.size() == 1);
  CHECK(p.w->account().dispatches == 0);
  p.bound.reset();
}

TEST_CASE("sharing forbidden refuses calls and lets releases pass") {
  pair_of_agents p;
  p.w->forbid_sharing();
  CHECK(p.post().code() == errc::sharing_forbidden);
  {
    const entered in(*p.poster);
    CHECK(p.poster->release_bound(p.bound.get(*p.poster)) == errc::ok);
  }
  p.serve();
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  p.bound.reset();
}

TEST_CASE("the word of a handle that nothing reaches is released by its owner") {
  pair_of_agents p;
  int told = 0;
  p.owners.posted = [&] { ++told; };
  p.bound.reset();
  {
    const entered in(*p.poster);
    static_cast<void>(p.poster->debug_trace());
  }
  CHECK(told == 1);
  CHECK(p.owners.let_go.empty());
  p.serve();
  CHECK(p.owners.times(100, released::thread_bound) == 1);
  p.owner.detach();
  CHECK(p.owners.let_go.size() == 1);
}

TEST_CASE("a handle in flight keeps its word alive") {
  pair_of_agents p;
  dispatch posted = p.post().value();
  p.bound.reset();
  {
    const entered in(*p.poster);
    static_cast<void>(p.poster->debug_trace());
  }
  CHECK(p.serve() == 1);
  CHECK(p.wait(posted) == errc::ok);
  CHECK(posted.message().words[0] == 105);
}

TEST_CASE("a poster that goes on posting while the owner detaches gets one ending for each") {
  world w;
  for (int round = 0; round < 20; ++round) {
    server owner(w);
    attachment here = w.attach();
    std::thread stopper([&] { owner.stop(); });
    int ran = 0;
    for (;;) {
      auto posted = here->post(owner.bound.get(*here), add, {});
      if (!posted) {
        CHECK(posted.code() == errc::owner_gone);
        break;
      }
      const errc how = here->wait_for(*posted);
      if (how == errc::owner_gone) continue;
      CHECK(how == errc::ok);
      ++ran;
    }
    {
      const shoal::blocked_region away(*here);
      stopper.join();
    }
    owner.bound.reset();
    CHECK(here->account_cluster().dispatches == 0);
  }
}

TEST_CASE("a dispatch has one ending when interrupt, time and owner race for it") {
  world w;
  server owner(w);
  attachment here = w.attach();
  for (int round = 0; round < 300; ++round) {
    dispatch posted = here->post(owner.bound.get(*here), add, {}).value();
    if (round % 3 == 0) here->interrupt();
    const errc how = here->wait_for(posted, deadline::after(round * 200));
    CHECK((how == errc::ok || how == errc::timed_out || how == errc::interrupted));
    errc again{};
    REQUIRE(posted.has_ended(again));
    CHECK(again == how);
    if (how == errc::ok) CHECK(posted.message().words[0] == 100);
    here->clear_interrupt();
  }
  owner.stop(*here);
  owner.bound.reset();
  CHECK(here->account_cluster().dispatches == 0);
}
