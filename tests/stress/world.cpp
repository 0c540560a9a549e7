// SPDX-License-Identifier: BSL-1.0
// Everything at once: agents attach, detach and move between threads; declare, create, store, send,
// intern, bind, dispatch, hold, drop, block, trace and account, at random.
//
// Rounds take turns: agents that poll, agents that are parked by default, both; every second one
// with the tracer on (checks=full), so that what no root reaches is scribbled over. Afterwards:
//   - every object that was met had the type, the id and the checksum it was made with,
//   - one identity for each key and each structure, one object for each interned text,
//   - a shared counter holds the sum of what was added,
//   - each call ran once at most, and as often as its ending says; none is left,
//   - each word came back through a release hook exactly once, on the thread its agent was on,
//   - verify() is sound, all accounts are zero, and a trace finds nothing alive.
//
// Seen to fail, with checks=full in the first traced round: a tracer that leaves out the objects of
// handles, or the roots of the hook ("an object of type 1", which is what a scribbled one becomes).

#include <deque>

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr unsigned board_slots = 64;
constexpr unsigned texts = 48;
constexpr unsigned keys = 24;

constexpr std::int64_t checksum(std::int64_t id) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(id) * 0x9e37'79b9'7f4a'7c15 + 1);
}

struct player;

struct storm {
  cluster world{cluster_options{.limit = 192u << 20}};
  stress::ledger words;
  cohort keyed{world.types()};
  type cell_type;
  field id;
  typed_field<std::int64_t> check;
  typed_field<std::int64_t> count;
  typed_field<value> next;
  typed_field<reference> to;
  handle board;    // an array of any
  handle strings;  // an array of any: the interned text of each number, once somebody has met it
  handle counter;  // a cell
  std::vector<agent_local> slots;
  std::atomic<std::int64_t> next_id{1};
  std::atomic<std::int64_t> added{0};
  // How often each call that was posted has run.
  std::vector<std::atomic<std::uint32_t>> runs = std::vector<std::atomic<std::uint32_t>>(1 << 16);
  std::atomic<std::uint32_t> calls{0};
  std::atomic<const descriptor*> of_key[keys] = {};
  std::atomic<const descriptor*> of_structure[keys] = {};

  std::mutex mutex;  // of what follows; nobody is entered while waiting for it
  std::deque<std::unique_ptr<player>> idle;
  std::vector<handle> bag;  // handles that anybody reads and drops
};

// An agent with its runtime.
struct player {
  explicit player(storm& of) : in(of) {}

  storm& in;
  std::thread::id thread;  // it is on
  bool parked = false;
  std::unique_ptr<attachment> joined;
  std::vector<handle> handles;
  std::vector<weak_handle> weak;
  void* secret = nullptr;  // an object that only visit_roots knows
  std::uint32_t draw = 0;  // what the resolver answers next

  agent& by() { return **joined; }

  agent_hooks hooks() {
    agent_hooks all;
    all.self = this;
    all.release = [](void* self, agent&, std::uint64_t word, released) noexcept {
      auto& me = *static_cast<player*>(self);
      STRESS_CHECK(std::this_thread::get_id() == me.thread, "a release hook on a wrong thread");
      me.in.words.release(word);
    };
    all.resolve_prototype = [](void* self, agent&, const resolve_request& asked) noexcept {
      auto& me = *static_cast<player*>(self);
      STRESS_CHECK(std::this_thread::get_id() == me.thread, "a resolver on a wrong thread");
      STRESS_CHECK(asked.what, "a resolver is asked for no type");
      const std::uint32_t choice = me.draw++ % 8;
      if (choice == 5) return resolve_answer::no_prototype();
      if (choice == 6) return resolve_answer::pending();
      if (choice == 7) return resolve_answer::failed();
      const std::uint64_t word = me.in.words.make();
      if (word == 0) return resolve_answer::failed();
      me.in.words.hand_over(word);
      return choice == 4 ? resolve_answer::refuse(word) : resolve_answer::bind(word);
    };
    all.visit_roots = [](void* self, agent&, root_visitor& visit) noexcept {
      visit.visit(static_cast<player*>(self)->secret);
    };
    return all;
  }
};

// True: made. False: no memory, which the limit allows for.
template <class T>
bool made(const result<T>& from, const char* what) {
  STRESS_CHECK(from || from.code() == errc::out_of_memory, "%s: %s", what,
               from ? "" : from.error().message());
  return static_cast<bool>(from);
}

elements<std::uint64_t> words_of(const reference& array) {
  return elements<std::uint64_t>(array.address());
}

// Looks at whatever an `any` field may hold here.
void check_object(player& me, const reference& object) {
  storm& in = me.in;
  agent& by = me.by();
  const std::uint32_t index = object.type_index();
  if (index == in.cell_type.index()) {
    const auto id = by.load<std::int64_t>(object, in.id);
    STRESS_CHECK(id > 0 && by.load(object, in.check) == checksum(id),
                 "cell %" PRId64 " has another checksum", id);
  } else if (index == builtin::string) {
    const string_view text = string_at(object.address());
    STRESS_CHECK(string_hash_at(object.address()) == hash_of(text), "a string's hash is wrong");
    STRESS_CHECK(text.length() != 0 && text[0] == 't', "a string has another text");
  } else if (index == builtin::array_of(i64)) {
    const elements<std::int64_t> all(object.address());
    const std::int64_t first = load_scalar(all[0]);
    STRESS_CHECK(load_scalar(all[all.length() - 1]) == first, "an array is not filled");
  } else if (index == builtin::thread_bound) {
    std::uint64_t target = 0;
    const errc done = by.bound_target(object, target);
    STRESS_CHECK(target == 0 || (done == errc::ok && in.words.is_handed(target)),
                 "a target that is not there");
  } else if (index == builtin::thread_local_function) {
    const std::uint64_t word = by.binding(object);
    STRESS_CHECK(word == 0 || in.words.is_handed(word), "a binding that is not there");
  } else if (index == builtin::type_handle) {
    STRESS_CHECK(by.handled(object).has_value(), "a handle to no type");
  } else {
    stress::fail("an object of type %u, which nobody makes", index);
  }
}

reference found_in(player& me, std::uint64_t word) {
  const value v = value::of_word(word);
  return v.is_object() ? me.by().object_of(v) : reference();
}

reference on_board(player& me, worker& on) {
  const reference board = me.in.board.get(me.by().context());
  const reference object = found_in(me, load_any(words_of(board)[on.random.below(board_slots)]));
  if (object) check_object(me, object);
  return object;
}

void send(player& me, worker& on, const reference& object) {
  unbarriered<> guard;
  const reference board = me.in.board.get(me.by().context());
  const errc done =
      store_any(guard, words_of(board)[on.random.below(board_slots)], value(object).word());
  STRESS_CHECK(done == errc::ok, "storing: %s", name_of(done));
}

local make_cell(player& me, scope& here) {
  storm& in = me.in;
  const std::int64_t id = in.next_id.fetch_add(1, std::memory_order_relaxed);
  const field_value initial[] = {{in.id, datum::of(id)}};
  result<local> cell = me.by().create(here, in.cell_type, initial);
  if (!made(cell, "create")) return {};
  me.by().store(*cell, in.check, checksum(id));
  return *cell;
}

// A new word in Shoal's hands if `take` accepts it.
template <class Take>
void offer(storm& in, Take&& take) {
  const std::uint64_t word = in.words.make();
  if (word == 0) return;
  in.words.hand_over(word);
  if (!take(word)) in.words.keep(word);
}

void one_identity(std::atomic<const descriptor*>& place, type got, const char* what) {
  const descriptor* first = nullptr;
  if (!place.compare_exchange_strong(first, got.get())) {
    STRESS_CHECK(first == got.get(), "a second identity for one %s", what);
  }
}

void declare_something(player& me, worker& on) {
  storm& in = me.in;
  const unsigned number = on.random.below(keys);
  char name[16];
  std::snprintf(name, sizeof name, "k%u", number);
  const field_spec fields[] = {{"a", number % 2 == 0 ? i64 : any}, {name, f64}, {"c", u8}};
  switch (on.random.below(4)) {
    case 0: {
      result<type> fresh = me.by().declare(name, fields);
      if (made(fresh, "declare")) {
        STRESS_CHECK(me.by().type_at(fresh->index()) == *fresh, "a type is not at its index");
        STRESS_CHECK(fresh->has_field(name), "a type has lost a field");
      }
      return;
    }
    case 1: {
      auto same = in.world.types().structural({.name = name, .fields = fields});
      if (made(same, "structural")) one_identity(in.of_structure[number], *same, "structure");
      return;
    }
    default: {
      result<type> same = in.keyed.register_struct(name, {.name = name, .fields = fields});
      if (made(same, "register")) one_identity(in.of_key[number], *same, "key");
    }
  }
}

type some_type(player& me, worker& on) {
  const descriptor* known = me.in.of_key[on.random.below(keys)].load();
  return known != nullptr ? type(known) : me.in.cell_type;
}

void behave(player& me, worker& on) {
  storm& in = me.in;
  agent& by = me.by();
  const type what = some_type(me, on);
  switch (on.random.below(6)) {
    case 0:
      return offer(in, [&](std::uint64_t word) { return by.realm().bind(what, word) == errc::ok; });
    case 1:
      return offer(in, [&](std::uint64_t word) {
        return by.realm().rebind(by.locals(), what, word) == errc::ok;
      });
    case 2:
      return by.realm().unbind(by.locals(), what);
    case 3:
      STRESS_CHECK(by.realm().bind_none(by.locals(), what) == errc::ok, "not settled");
      return;
    default: {
      const prototype found = by.realm().prototype_of_type(by.locals(), what.index());
      STRESS_CHECK(!found.has_word() || in.words.is_handed(found.word()),
                   "a prototype that was released");
    }
  }
}

void intern_something(player& me, worker& on) {
  agent& by = me.by();
  const unsigned number = on.random.below(texts);
  char text[32];
  std::snprintf(text, sizeof text, "text %u, long enough", number);
  scope here(by);
  result<local> string = by.intern(here, text);
  if (!made(string, "intern")) return;
  check_object(me, string->get());
  STRESS_CHECK(equal(string_at(string->get().address()), text), "interned another text");
  // What is in the array stays alive, so it must be the one string with that text.
  auto& place = words_of(me.in.strings.get(by.context()))[number];
  unbarriered<> guard;
  std::uint64_t seen = 0;
  static_cast<void>(compare_exchange_any(
      guard, place, [](std::uint64_t word) noexcept { return word == nan_box::undefined; },
      value(string->get()).word(), seen));
  const reference kept = found_in(me, load_any(place));
  STRESS_CHECK(kept == string->get(), "a second object for text %u", number);
}

bool called(agent& owner, std::uint64_t target, dispatch_message& message) noexcept {
  auto& in = *reinterpret_cast<storm*>(message.words[0]);
  STRESS_CHECK(in.runs[message.words[1]].fetch_add(1) == 0, "a call ran twice");
  STRESS_CHECK(in.words.is_handed(target), "the target of a running call is gone");
  const reference cell = message.objects[0].get(owner.context());
  STRESS_CHECK(cell.type_index() == in.cell_type.index(), "an argument is something else");
  message.words[2] = static_cast<std::uint64_t>(owner.load(cell, in.check));
  message.objects[1] = handle(owner.context(), in.counter.get(owner.context()));
  return message.words[1] % 8 != 0;
}

// Calls whoever owns `bound`: an agent that serves, one that is busy, one that nobody takes up, one
// that goes.
void call(player& me, worker& on, const reference& bound) {
  storm& in = me.in;
  agent& by = me.by();
  const std::uint32_t number = in.calls.fetch_add(1);
  if (number >= in.runs.size()) {
    in.calls.store(static_cast<std::uint32_t>(in.runs.size()));
    return;
  }
  scope here(by);
  const local target = here.hold(bound);
  const local cell = make_cell(me, here);
  if (!target || !cell) return;
  const std::int64_t sum = by.load(cell, in.check);
  dispatch_message message;
  message.words[0] = reinterpret_cast<std::uintptr_t>(&in);
  message.words[1] = number;
  message.objects[0] = handle(by.context(), cell.get());
  result<dispatch> posted = by.post(target.get(), called, std::move(message));
  if (!posted) {
    STRESS_CHECK(posted.code() == errc::owner_gone || posted.code() == errc::wrong_agent,
                 "posting: %s", posted.error().message());
    return;
  }
  if (on.random.one_in(4)) return;  // nobody hears of its end
  if (on.random.one_in(8)) by.interrupt();
  const errc how = by.wait_for(*posted, deadline::after(on.random.below(200'000)));
  errc again{};
  STRESS_CHECK(posted->has_ended(again) && again == how, "two endings: %s and %s", name_of(how),
               name_of(again));
  const std::uint32_t ran = in.runs[number].load();
  switch (how) {
    case errc::ok:
    case errc::dispatch_failed:
      STRESS_CHECK(ran == 1, "%s, and it ran %u times", name_of(how), ran);
      STRESS_CHECK((how == errc::ok) == (number % 8 != 0), "a wrong ending");
      STRESS_CHECK(posted->message().words[2] == static_cast<std::uint64_t>(sum), "another answer");
      STRESS_CHECK(posted->message().objects[1].get(by.context()) == in.counter.get(by.context()),
                   "another object came back");
      break;
    case errc::owner_gone:
      STRESS_CHECK(ran == 0, "%s, and it ran", name_of(how));
      break;
    default:
      STRESS_CHECK(how == errc::timed_out || how == errc::interrupted, "it ended as %s",
                   name_of(how));
  }
}

void use_handles(player& me, worker& on) {
  storm& in = me.in;
  agent& by = me.by();
  switch (on.random.below(6)) {
    case 0:
      if (const reference object = on_board(me, on)) {
        me.handles.emplace_back(by.context(), object);
        me.weak.emplace_back(by.context(), object);
      }
      break;
    case 1:
      for (const handle& one : me.handles) {
        if (const reference object = one.get(by.context())) check_object(me, object);
      }
      break;
    case 2:
      for (const weak_handle& one : me.weak) {
        if (const reference object = one.get(by.context())) check_object(me, object);
      }
      break;
    case 3: {
      // For others to read and to drop, or from others.
      handle taken;
      {
        const blocked_region away(by);
        const std::lock_guard<std::mutex> hold(in.mutex);
        if (!me.handles.empty() && in.bag.size() < 200) {
          in.bag.push_back(std::move(me.handles.back()));
          me.handles.pop_back();
        }
        if (!in.bag.empty() && on.random.one_in(2)) {
          const unsigned which = on.random.below(static_cast<unsigned>(in.bag.size()));
          std::swap(in.bag[which], in.bag.back());
          taken = std::move(in.bag.back());
          in.bag.pop_back();
        }
      }
      if (const reference object = taken.get(by.context())) check_object(me, object);
      if (on.random.one_in(2)) taken.drop_from(by.context());
      break;
    }
    default:
      if (me.handles.size() > 30) {
        for (handle& one : me.handles) one.drop_from(by.context());
        me.handles.clear();
        me.weak.clear();
      }
  }
}

void use_arrays(player& me, worker& on) {
  agent& by = me.by();
  scope here(by);
  const std::uint64_t length = 1 + on.random.below(on.random.one_in(20) ? 4000 : 12);
  result<local> array = by.create_array(here, i64, length);
  if (!made(array, "create_array")) return;
  const errc filled = by.fill(*array, 0, length, datum::of(std::int64_t{on.random.below(100)}));
  STRESS_CHECK(filled == errc::ok, "fill: %s", name_of(filled));
  result<local> twin = by.create_array(here, i64, length);
  if (!made(twin, "create_array")) return;
  const errc done = by.copy(*twin, 0, *array, 0, length);
  STRESS_CHECK(done == errc::ok, "copy: %s", name_of(done));
  send(me, on, twin->get());
}

void step(player& me, worker& on) {
  storm& in = me.in;
  agent& by = me.by();
  switch (on.random.below(20)) {
    case 0:
    case 1:
    case 2: {
      on.now("creating");
      scope here(by);
      const local cell = make_cell(me, here);
      if (!cell) return;
      if (const reference other = on_board(me, on)) {
        STRESS_CHECK(by.store(cell.get(), in.next, value(other)) == errc::ok, "store any");
        STRESS_CHECK(by.store(cell.get(), in.to, other) == errc::ok, "store ref");
      }
      return send(me, on, cell.get());
    }
    case 3:
    case 4:
    case 5: {
      on.now("following");
      reference at = on_board(me, on);
      for (int i = 0; i < 5 && at && at.type_index() == in.cell_type.index(); ++i) {
        at = on.random.one_in(2) ? by.load(at, in.to) : found_in(me, by.load(at, in.next).word());
        if (at) check_object(me, at);
      }
      return;
    }
    case 6: {
      on.now("exchanging");
      scope here(by);
      const local cell = make_cell(me, here);
      const reference at = on_board(me, on);
      if (!cell || !at || at.type_index() != in.cell_type.index()) return;
      value old;
      STRESS_CHECK(by.exchange(at, in.next, value(cell.get()), old) == errc::ok, "exchange");
      if (const reference was = found_in(me, old.word())) check_object(me, was);
      const errc done = by.compare_exchange(at, in.next, old, value());
      STRESS_CHECK(done == errc::ok || done == errc::not_equal, "compare_exchange");
      return;
    }
    case 7:
      on.now("adding");
      by.fetch_add(in.counter.get(by.context()), in.count, 3);
      in.added.fetch_add(3, std::memory_order_relaxed);
      return;
    case 8:
      on.now("declaring");
      return declare_something(me, on);
    case 9:
    case 10:
      on.now("binding");
      return behave(me, on);
    case 11:
      on.now("interning");
      return intern_something(me, on);
    case 12:
    case 13:
      on.now("handles");
      return use_handles(me, on);
    case 14:
      on.now("arrays");
      return use_arrays(me, on);
    case 15: {
      on.now("local words");
      if (on.random.one_in(2)) {
        return offer(in, [&](std::uint64_t word) {
          by.set(in.slots[on.random.below(static_cast<unsigned>(in.slots.size()))], word);
          return true;
        });
      }
      const reference at = on_board(me, on);
      if (at && at.type_index() == builtin::thread_local_function) {
        return offer(in, [&](std::uint64_t word) { return by.initialize(at, word) == errc::ok; });
      }
      scope here(by);
      result<local> function = by.make_thread_local_function(here);
      if (made(function, "make_thread_local_function")) send(me, on, function->get());
      return;
    }
    case 16: {
      on.now("bound words");
      const reference at = on_board(me, on);
      const bool is_bound = at && at.type_index() == builtin::thread_bound;
      if (is_bound && on.random.one_in(2)) return call(me, on, at);
      if (is_bound && on.random.one_in(2)) {
        scope here(by);
        const errc done = by.release_bound(here.hold(at).get());
        STRESS_CHECK(done == errc::ok || done == errc::owner_gone || done == errc::out_of_memory,
                     "release_bound: %s", name_of(done));
        return;
      }
      return offer(in, [&](std::uint64_t word) {
        scope here(by);
        const unsigned policy = on.random.below(6);
        result<local> bound = by.make_thread_bound(here, word,
                                                   policy == 0   ? bound_policy::error
                                                   : policy == 1 ? bound_policy::null
                                                                 : bound_policy::dispatch);
        if (!made(bound, "make_thread_bound")) return false;
        send(me, on, bound->get());
        return true;
      });
    }
    case 17: {
      on.now("serving, blocked");
      by.serve();
      const blocked_region away(by);
      if (on.random.one_in(4)) {
        std::this_thread::sleep_for(std::chrono::microseconds(on.random.below(100)));
      }
      return;
    }
    case 18: {
      on.now("a secret");
      if (me.secret != nullptr) check_object(me, reference(me.secret));
      scope here(by);
      if (const local cell = make_cell(me, here)) me.secret = cell.get().address();
      return;
    }
    default:
      if (!on.random.one_in(20)) return;
      switch (on.random.below(4)) {
        case 0:
          on.now("tracing");
          static_cast<void>(by.debug_trace());
          return;
        case 1: {
          on.now("verifying");
          const verify_result sound = by.debug_verify();
          STRESS_CHECK(sound.sound(), "%" PRIu64 " broken references", sound.broken);
          return;
        }
        case 2: {
          on.now("sending a type");
          scope here(by);
          result<local> type_handle =
              by.make_type_handle(here, some_type(me, on), type_rights::construct);
          if (made(type_handle, "make_type_handle")) send(me, on, type_handle->get());
          return;
        }
        default: {
          on.now("accounting");
          const cluster_account sum = by.account_cluster();
          STRESS_CHECK(sum.agents != 0, "an agent is not counted");
        }
      }
  }
}

// Takes an agent of the pool, or a new one; plays it for a while; puts it back, or detaches it.
void live(storm& in, worker& on, unsigned habit) {
  std::unique_ptr<player> me;
  on.now("taking an agent up");
  {
    const std::lock_guard<std::mutex> hold(in.mutex);
    if (!in.idle.empty() && !on.random.one_in(4)) {
      me = std::move(in.idle.front());
      in.idle.pop_front();
    }
  }
  if (me == nullptr) {
    me = std::make_unique<player>(in);
    me->thread = std::this_thread::get_id();
    me->parked = habit == 1 || (habit == 2 && on.random.one_in(2));
    me->joined = std::make_unique<attachment>(
        in.world.attach({.role = "storm", .hooks = me->hooks(), .parked = true}).value());
  }
  me->thread = std::this_thread::get_id();
  const unsigned steps = 1 + on.random.below(400);
  if (!me->parked) me->by().enter();
  for (unsigned i = 0; i < steps && on.goes_on(); ++i) {
    if (me->parked) {
      const entered now(me->by());
      step(*me, on);
    } else {
      step(*me, on);
      me->by().poll();
    }
  }
  on.now("laying an agent down");
  if (!me->parked) me->by().leave();
  if (on.goes_on() && !on.random.one_in(3)) {
    const std::lock_guard<std::mutex> hold(in.mutex);
    in.idle.push_back(std::move(me));
    return;
  }
  on.now("detaching");
  if (on.random.one_in(2)) me->handles.clear();  // before, or as orphans after
  me->joined->detach();
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t number) {
    storm in;
    static constexpr const char* habits[] = {"polling", "parked by default", "mixed"};
    const unsigned habit = static_cast<unsigned>(number % 3);
    const bool traced = number % 2 == 1;
    if (traced) in.world.debug_trace_every(200, seed + 1);
    {
      attachment first = in.world.attach().value();
      scope here(*first);
      in.cell_type = first
                         ->declare("cell", {field_spec{"id", i64}.as_const(),
                                            {"check", i64},
                                            {"next", any},
                                            {"to", ref},
                                            {"count", i64}})
                         .value();
      in.id = in.cell_type.field("id").value();
      in.check = typed<std::int64_t>(in.cell_type, "check").value();
      in.count = typed<std::int64_t>(in.cell_type, "count").value();
      in.next = typed<value>(in.cell_type, "next").value();
      in.to = typed<reference>(in.cell_type, "to").value();
      in.board =
          handle(first->context(), first->create_array(here, any, board_slots).value().get());
      in.strings = handle(first->context(), first->create_array(here, any, texts).value().get());
      in.counter = handle(first->context(), first->create(here, in.cell_type).value().get());
      for (int i = 0; i < 4; ++i) in.slots.push_back(in.world.locals().make_slot(0).value());
    }
    stress::run_workers(chosen.threads != 0 ? chosen.threads : 4, seed, [&](worker& on) {
      while (on.goes_on()) live(in, on, habit);
      // A thread that is no agent asks too.
      if (on.index == 0) static_cast<void>(in.world.account());
    });
    for (auto& left : in.idle) {
      left->thread = std::this_thread::get_id();
      left->joined->detach();
    }
    in.idle.clear();
    in.bag.clear();
    std::int64_t counted = 0;
    {
      attachment last = in.world.attach().value();
      counted = last->load(in.counter.get(last->context()), in.count);
    }
    STRESS_CHECK(counted == in.added.load(), "%" PRId64 " counted of %" PRId64, counted,
                 in.added.load());
    in.board.reset();
    in.strings.reset();
    in.counter.reset();
    in.words.check_all_returned();
    stress::check_empty(in.world);
    std::printf("%s%s: %" PRId64 " cells, %u types, %" PRIu64 " words, %u calls", habits[habit],
                traced && SHOAL_CHECKS >= 2 ? ", traced" : "", in.next_id.load() - 1,
                in.world.types().count(), in.words.made(), in.calls.load());
  });
}
