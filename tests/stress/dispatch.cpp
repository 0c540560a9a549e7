// SPDX-License-Identifier: BSL-1.0
// Dispatches between agents that come and go.
//
// Some agents own thread-bound words, serve, wait for each other (nested) and detach at any moment;
// others post calls with timeouts, drop them, and interrupt each other. Afterwards:
//   - each call ran at most once; one that ended `ok` or `dispatch_failed` ran exactly once, and one
//     that ended `owner_gone` without a start never,
//   - each ended once: asked again, it says the same,
//   - each bound word came back through a release hook exactly once, on its owner's thread,
//   - no request, handle or bound word is left.
//
// Seen to fail: dispatch_request::begin with a store for its compare_exchange ("two endings"); a
// would_deadlock that follows a ring of other agents' waits for ever ("do not come to an end").

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr unsigned places = 8;

struct call_record {
  std::atomic<std::uint32_t> runs{0};
  std::atomic<bool> fails{false};
};

struct storm {
  explicit storm(std::uint64_t seed_of) : seed(seed_of) {}

  std::uint64_t seed;
  cluster world{cluster_options{.limit = 256u << 20}};
  type holder;
  stress::ledger words;
  std::vector<call_record> records = std::vector<call_record>(1 << 18);
  std::atomic<std::uint32_t> next_record{0};
  handle board;             // an array of any: where bound handles are left for others
  std::mutex agents_mutex;  // held by who interrupts, and by who detaches
  std::vector<agent*> agents;
  std::atomic<std::uint64_t> ended[64] = {};
};

// The host of one agent.
struct runtime {
  storm& in;
  std::thread::id thread = std::this_thread::get_id();

  agent_hooks hooks() {
    return {.self = this,
            .release = [](void* self, agent&, std::uint64_t word, released what) noexcept {
              auto& me = *static_cast<runtime*>(self);
              STRESS_CHECK(what == released::thread_bound, "released something else");
              STRESS_CHECK(std::this_thread::get_id() == me.thread, "released on a wrong thread");
              me.in.words.release(word);
            }};
  }
};

bool called(agent& owner, std::uint64_t target, dispatch_message& message) noexcept {
  auto& in = *reinterpret_cast<storm*>(message.words[0]);
  call_record& mine = in.records[message.words[1]];
  STRESS_CHECK(mine.runs.fetch_add(1) == 0, "a call ran twice");
  STRESS_CHECK(in.words.is_handed(target), "the target of a running call is gone");
  STRESS_CHECK(owner.is_entered(), "a call runs on an agent that is not entered");
  // Objects come along, and go back.
  if (const reference given = message.objects[0].get(owner.context())) {
    STRESS_CHECK(given.type_index() == in.holder.index(), "an argument is something else");
    scope here(owner);
    const local answer = owner.create(here, in.holder).value();
    message.objects[1] = handle(owner.context(), answer.get());
  }
  message.words[2] = message.words[1] ^ 0x5555;
  owner.poll();
  return !mine.fails.load(std::memory_order_relaxed);
}

void make_bound(storm& in, agent& by, worker& me) {
  const std::uint64_t word = in.words.make();
  if (word == 0) return;
  scope here(by);
  in.words.hand_over(word);
  result<local> bound = by.make_thread_bound(here, word, bound_policy::dispatch);
  if (!bound) {
    in.words.keep(word);
    return;
  }
  const reference board = in.board.get(by.context());
  const elements<std::uint64_t> all(board.address());
  unbarriered<> guard;
  static_cast<void>(store_any(guard, all[me.random.below(places)], value(bound->get()).word()));
}

local find_bound(storm& in, agent& by, scope& here, worker& me) {
  const elements<std::uint64_t> all(in.board.get(by.context()).address());
  const value found = value::of_word(load_any(all[me.random.below(places)]));
  return found.is_object() ? here.hold(by.object_of(found)) : local();
}

void post_one(storm& in, agent& by, worker& me) {
  scope here(by);
  const local bound = find_bound(in, by, here, me);
  if (!bound) return;
  const std::uint32_t number = in.next_record.fetch_add(1);
  if (number >= in.records.size()) {
    in.next_record.store(static_cast<std::uint32_t>(in.records.size()));
    return;
  }
  call_record& record = in.records[number];
  record.fails.store(me.random.one_in(8), std::memory_order_relaxed);
  dispatch_message message;
  message.words[0] = reinterpret_cast<std::uintptr_t>(&in);
  message.words[1] = number;
  const bool with_object = me.random.one_in(2);
  if (with_object) {
    const local given = by.create(here, in.holder).value();
    message.objects[0] = handle(by.context(), given.get());
  }
  result<dispatch> posted = by.post(bound.get(), called, std::move(message));
  if (!posted) {
    STRESS_CHECK(posted.code() == errc::owner_gone, "posting: %s", posted.error().message());
    STRESS_CHECK(record.runs.load() == 0, "a call that was refused ran");
    ++in.ended[static_cast<unsigned>(errc::owner_gone)];
    return;
  }
  if (me.random.one_in(6)) return;  // nobody waits for it
  const std::int64_t patience = me.random.one_in(3) ? me.random.below(50'000) : 20'000'000;
  const errc how = by.wait_for(*posted, deadline::after(patience));
  ++in.ended[static_cast<unsigned>(how)];
  errc again;
  STRESS_CHECK(posted->has_ended(again) && again == how, "a dispatch has two endings: %s and %s",
               name_of(how), name_of(again));
  switch (how) {
    case errc::ok:
    case errc::dispatch_failed:
      STRESS_CHECK(record.runs.load() == 1, "%s, and it ran %u times", name_of(how),
                   record.runs.load());
      STRESS_CHECK(record.fails.load() == (how == errc::dispatch_failed), "a wrong ending");
      STRESS_CHECK(posted->message().words[2] == (number ^ 0x5555U), "the answer is missing");
      if (with_object) {
        const reference answer = posted->message().objects[1].get(by.context());
        STRESS_CHECK(answer && answer.type_index() == in.holder.index(), "no object came back");
      }
      break;
    case errc::owner_gone:
      STRESS_CHECK(record.runs.load() == 0, "%s, and it ran", name_of(how));
      break;
    case errc::timed_out:
    case errc::interrupted:
    case errc::cannot_block:
    case errc::would_deadlock:
      break;  // it may have been running already
    default:
      stress::fail("a dispatch ended as %s", name_of(how));
  }
}

void release_one(storm& in, agent& by, worker& me) {
  scope here(by);
  const local bound = find_bound(in, by, here, me);
  if (!bound) return;
  const errc done = by.release_bound(bound.get());
  STRESS_CHECK(done == errc::ok || done == errc::owner_gone, "release_bound: %s", name_of(done));
}

void look_at_one(storm& in, agent& by, worker& me) {
  scope here(by);
  const local bound = find_bound(in, by, here, me);
  if (!bound) return;
  std::uint64_t target = 0;
  const errc done = by.bound_target(bound.get(), target);
  if (done == errc::ok) {
    STRESS_CHECK(in.words.is_handed(target), "an owner sees a target that it has released");
    STRESS_CHECK(bound_owner(bound.get().address()) == by.identity(), "a stranger sees a target");
  } else {
    STRESS_CHECK(done == errc::wrong_agent || done == errc::owner_gone, "bound_target: %s",
                 name_of(done));
    STRESS_CHECK(target == 0, "a target comes with an error");
  }
}

void live_once(storm& in, worker& me) {
  runtime mine{in};
  const bool parked = me.random.one_in(3);
  const bool may_nest = !me.random.one_in(4);
  const bool may_block = !me.random.one_in(10);
  me.now("attaching");
  attachment joined = in.world
                          .attach({.role = "storm",
                                   .hooks = mine.hooks(),
                                   .parked = parked,
                                   .may_block = may_block,
                                   .may_nest = may_nest})
                          .value();
  agent& by = *joined;
  // Who is entered does not wait for a mutex: who holds it may wait for the world that waits for us.
  const auto listed = [&](auto&& change) {
    const auto changing = [&] {
      const std::lock_guard<std::mutex> hold(in.agents_mutex);
      change();
    };
    if (parked) return changing();
    const blocked_region away(by);
    changing();
  };
  listed([&] { in.agents.push_back(&by); });
  const auto act = [&](unsigned what) {
    switch (what) {
      case 0:
      case 1:
        me.now("making a bound handle");
        return make_bound(in, by, me);
      case 2:
      case 3:
      case 4:
      case 5:
        me.now("posting");
        return post_one(in, by, me);
      case 6:
        me.now("releasing");
        return release_one(in, by, me);
      case 7:
        me.now("looking");
        return look_at_one(in, by, me);
      case 8:
      case 9:
      case 10:
        me.now("serving");
        by.serve();
        return;
      case 11: {
        me.now("blocked");
        const blocked_region away(by);
        std::this_thread::sleep_for(std::chrono::microseconds(me.random.below(300)));
        return;
      }
      case 12: {
        me.now("interrupting");
        const blocked_region away(by);
        const std::lock_guard<std::mutex> hold(in.agents_mutex);
        in.agents[me.random.below(static_cast<unsigned>(in.agents.size()))]->interrupt();
        return;
      }
      case 13:
        if (!me.random.one_in(8)) return;
        me.now("tracing or verifying");
        if (me.random.one_in(2)) {
          by.debug_trace();
        } else {
          STRESS_CHECK(by.debug_verify().sound(), "the heap is broken");
        }
        return;
      default:
        me.now("accounting");
        static_cast<void>(by.account_cluster());
    }
  };
  const unsigned steps = 1 + me.random.below(200);
  for (unsigned i = 0; i < steps && me.goes_on(); ++i) {
    if (parked) {
      const entered now(by);
      act(me.random.below(15));
    } else {
      act(me.random.below(15));
      by.poll();
    }
  }
  listed([&] { std::erase(in.agents, &by); });
  me.now("detaching");
  joined.detach();
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t number) {
    storm in(seed);
    // Every third round with the tracer on (checks=full).
    if (number % 3 == 2) in.world.debug_trace_every(50, seed);
    {
      attachment first = in.world.attach().value();
      scope here(*first);
      in.holder = first->declare("holder", {{"next", any}, {"n", i64}}).value();
      in.board = handle(first->context(), first->create_array(here, any, places).value().get());
    }
    stress::run_workers(chosen.threads != 0 ? chosen.threads : 4, seed, [&](worker& me) {
      while (me.goes_on()) live_once(in, me);
    });
    in.board.reset();
    in.words.check_all_returned();
    stress::check_empty(in.world);
    std::printf("%u calls", in.next_record.load());
    for (unsigned i = 0; i < 64; ++i) {
      if (in.ended[i] != 0) {
        std::printf(", %" PRIu64 " %s", in.ended[i].load(), name_of(static_cast<errc>(i)));
      }
    }
  });
}
