// SPDX-License-Identifier: BSL-1.0

// Every ending of a dispatch, against every step at which its poster and its owner detach.
//
// Both agents are of this thread, parked and taken up in turn: while one waits or runs a call, the
// other is taken up from inside, so that each step is reached with certainty.

#include <atomic>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::blocked_region;
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

constexpr errc endings[] = {
    errc::ok,          errc::dispatch_failed, errc::owner_gone,    errc::timed_out,
    errc::interrupted, errc::cannot_block,    errc::would_deadlock};

// When something happens. The owner detaches between `late` and `last`, unless its detach is the
// ending.
enum class moment { early, running, late, last };
constexpr moment moments[] = {moment::early, moment::running, moment::late, moment::last};

struct plan {
  errc ending;
  bool runs;             // the owner has begun when the call ends
  moment poster_leaves;  // detaches
  moment dropped;        // the poster's dispatch

  [[nodiscard]] bool is_by_poster() const {
    return ending != errc::ok && ending != errc::dispatch_failed && ending != errc::owner_gone;
  }
  // A poster that has gone, or has let go of its call, ends nothing; and only a call that runs has
  // a moment in which it is running.
  [[nodiscard]] bool is_possible() const {
    if ((ending == errc::ok || ending == errc::dispatch_failed) && !runs) return false;
    if (ending == errc::owner_gone && runs) return false;
    for (const moment each : {poster_leaves, dropped}) {
      if (each == moment::early && is_by_poster()) return false;
      if (each == moment::running && !runs) return false;
    }
    return true;
  }
};

// An owner, and a poster who may wait or nest only where the ending to come allows it. Each has a
// handle that the other can call.
struct meeting {
  plan to;
  world w;
  host owners;
  host posters;
  attachment owner;
  attachment poster;
  handle bound;
  handle back;
  std::optional<dispatch> posted;
  int runs = 0;
  std::function<void()> during;  // a run; no agent is entered

  explicit meeting(const plan& planned)
      : to(planned),
        owner(w.attach({.hooks = owners.hooks(),
                        .parked = true,
                        .may_nest = planned.ending != errc::would_deadlock})),
        poster(w.attach({.hooks = posters.hooks(),
                         .parked = true,
                         .may_block = planned.ending != errc::cannot_block,
                         .may_nest = planned.ending != errc::would_deadlock})),
        bound(make_bound(*owner, 100)),
        back(make_bound(*poster, 200)) {
    posted.emplace(post(*poster, bound));
  }

  static handle make_bound(agent& by, std::uint64_t word) {
    const entered in(by);
    scope s(by);
    return handle(by, by.make_thread_bound(s, word, bound_policy::dispatch).value());
  }
  dispatch post(agent& by, const handle& whom) {
    const entered in(by);
    scope s(by);
    dispatch_message message;
    message.words[0] = reinterpret_cast<std::uintptr_t>(this);
    message.objects[0] = handle(by, by.make_string(s, "an argument").value());
    return by.post(whom.get(by), run, std::move(message)).value();
  }
  static bool run(agent& here, std::uint64_t, dispatch_message& message) noexcept {
    auto& me = *reinterpret_cast<meeting*>(message.words[0]);
    ++me.runs;
    {
      scope s(here);
      message.objects[1] = handle(here, here.make_string(s, "an answer").value());
    }
    if (me.during) {
      const blocked_region away(here);
      me.during();
    }
    return me.to.ending != errc::dispatch_failed;
  }
  void serve(std::size_t calls) {
    const entered in(*owner);
    CHECK(owner->serve() == calls);
  }
  errc wait() {
    const entered in(*poster);
    if (to.ending == errc::interrupted) poster->interrupt();
    return poster->wait_for(*posted,
                            to.ending == errc::timed_out ? deadline::after(1) : deadline::never());
  }

  void happen(moment now) {
    if (to.dropped == now) posted.reset();
    if (to.poster_leaves == now) poster.detach();
  }
  void end_by_poster() {
    CHECK(wait() == to.ending);
    if (to.runs) happen(moment::running);
  }
  void end() {
    if (to.ending == errc::owner_gone) {
      owner.detach();
    } else if (to.ending == errc::would_deadlock) {
      // The poster waits for an owner who waits for it already: before it begins the call, or inside
      // of it. On another thread, as an owner who runs a call does not wait.
      dispatch called_back = post(*owner, back);
      std::atomic<bool> waits{false};
      errc how{};
      during = [&] {
        const entered in(*owner);
        waits = true;
        how = owner->wait_for(called_back);
      };
      std::thread other([&] {
        if (to.runs) {
          serve(1);
        } else {
          during();
        }
      });
      while (!waits || owner->is_entered()) std::this_thread::yield();
      end_by_poster();
      owner->interrupt();
      other.join();
      const bool gone = to.runs && to.poster_leaves == moment::running;
      CHECK(how == (gone ? errc::owner_gone : errc::interrupted));
    } else if (!to.runs) {
      end_by_poster();
      serve(0);
    } else {
      during = [this] {
        to.ending == errc::ok || to.ending == errc::dispatch_failed ? happen(moment::running)
                                                                    : end_by_poster();
      };
      serve(1);
    }
    during = nullptr;
  }
  // It has ended as planned, and says so whoever has gone meanwhile.
  void check_ending() {
    if (!posted) return;
    errc how{};
    REQUIRE(posted->has_ended(how));
    CHECK(how == to.ending);
    if (poster.get() == nullptr) return;
    const entered in(*poster);
    CHECK(poster->wait_for(*posted) == to.ending);
  }
};

void check_nothing_left(world& w) {
  const shoal::cluster_account left = w->account();
  CHECK(left.agents == 0);
  CHECK(left.dispatches == 0);
  CHECK(left.orphan_handles == 0);
  CHECK(left.sum.handles + left.sum.scope_slots + left.sum.thread_bound == 0);
  attachment last = w.attach();
  CHECK(last->debug_trace().live_objects == 0);
}

}  // namespace

TEST_CASE("a dispatch ends once, whoever detaches or lets go of it at whatever step") {
  int plans = 0;
  for (const errc ending : endings) {
    for (const bool runs : {false, true}) {
      for (const moment poster_leaves : moments) {
        for (const moment dropped : moments) {
          const plan one{ending, runs, poster_leaves, dropped};
          if (!one.is_possible()) continue;
          CAPTURE(shoal::name_of(ending));
          CAPTURE(runs);
          CAPTURE(static_cast<int>(poster_leaves));
          CAPTURE(static_cast<int>(dropped));
          ++plans;
          meeting m(one);
          m.happen(moment::early);
          m.end();
          m.check_ending();
          m.happen(moment::late);
          m.check_ending();
          m.owner.detach();
          m.check_ending();
          m.happen(moment::last);
          m.check_ending();
          m.poster.detach();
          m.posted.reset();
          CHECK(m.runs == (runs ? 1 : 0));
          CHECK(m.owners.times(100, released::thread_bound) == 1);
          CHECK(m.posters.times(200, released::thread_bound) == 1);
          m.bound.reset();
          m.back.reset();
          check_nothing_left(m.w);
        }
      }
    }
  }
  CHECK(plans == 2 * 16 + 9 + 4 * (4 + 9));
}

TEST_CASE("a call that waits for its own end would deadlock, and finishes") {
  meeting m({errc::ok, true, moment::last, moment::last});
  handle own = meeting::make_bound(*m.owner, 300);
  static dispatch* mine;
  static errc seen;
  dispatch posted = [&] {
    const entered in(*m.owner);
    return m.owner
        ->post(own.get(*m.owner),
               [](agent& here, std::uint64_t, dispatch_message&) noexcept {
                 seen = here.wait_for(*mine);
                 return true;
               },
               {})
        .value();
  }();
  mine = &posted;
  m.serve(2);
  CHECK(seen == errc::would_deadlock);
  errc how{};
  CHECK(posted.has_ended(how));
  CHECK(how == errc::would_deadlock);
  m.bound.reset();
  m.back.reset();
  own.reset();
}

TEST_CASE("an agent that cannot nest runs nothing while it waits, not even its own call") {
  meeting m({errc::would_deadlock, false, moment::last, moment::last});
  handle own = meeting::make_bound(*m.poster, 300);
  dispatch from_other = m.post(*m.owner, m.back);
  dispatch to_itself = m.post(*m.poster, own);
  {
    const entered in(*m.poster);
    CHECK(m.poster->wait_for(to_itself) == errc::would_deadlock);
    CHECK(m.runs == 0);
    CHECK(m.poster->serve() == 1);  // the other's, when it is asked to
  }
  CHECK(m.runs == 1);
  errc how{};
  CHECK(from_other.has_ended(how));
  CHECK(how == errc::ok);
  m.bound.reset();
  m.back.reset();
  own.reset();
}

TEST_CASE("release hooks of a detach may still call others and wait for them") {
  meeting m({errc::ok, true, moment::last, moment::last});
  errc how{};
  m.owners.on_release = [&](agent& leaving, std::uint64_t word, released) {
    if (word != 100) return;
    // Its own callers have been told already.
    errc ended{};
    CHECK(m.posted->has_ended(ended));
    CHECK(ended == errc::owner_gone);
    scope s(leaving);
    dispatch_message message;
    message.words[0] = reinterpret_cast<std::uintptr_t>(&m);
    dispatch last = leaving.post(m.back.get(leaving), meeting::run, std::move(message)).value();
    {
      const blocked_region away(leaving);
      const entered in(*m.poster);
      CHECK(m.poster->serve() == 1);
    }
    how = leaving.wait_for(last);
  };
  m.owner.detach();
  CHECK(how == errc::ok);
  m.poster.detach();
  m.posted.reset();
  m.bound.reset();
  m.back.reset();
  check_nothing_left(m.w);
}
