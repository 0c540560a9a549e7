// SPDX-License-Identifier: BSL-1.0
// Mutexes, conditions, wait queues and mailboxes, used at random by agents that come and go.
//
// A round is many short episodes, each with objects of its own. Agents lock, try, wait, notify, send
// and receive, with and without deadlines; interrupt each other, stop the world, detach in the middle,
// some of them with a mutex that they hold or have just been handed. Then they pause: all but those who
// sleep without a deadline are through, so that no later wake-up makes up for one that was lost, and
//   - nobody waits for a mutex, for a value that is in a mailbox, or for room that it has,
//   - whoever was notified has come back.
// Then everything is closed, once, and whoever sleeps has to come back from that alone. Afterwards:
//   - one agent at a time had a mutex, saw what the last one did, and was told if that one had left it,
//   - as many waits ended `ok` as notify has answered,
//   - each value came out of its mailbox once, in its sender's order, or was refused,
//   - nobody waits in the parking lot.
//
// Seen to fail: one wake-up in fifty dropped, an agent that detaches and does not tell who waits for
// its mutexes, a notice that says that nobody is left who waits, a close that wakes no senders ("do not
// come to an end"); a wait that times out though it was notified ("a wake-up has not come", "3 notices,
// 2 waits"), and one that does so once it has moved. Not seen: windows of a few instructions, such as a
// fence that is left out. Those are for the models.

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "stress.hpp"

using namespace shoal;
using stress::worker;

namespace {

constexpr unsigned mutexes = 3;
constexpr unsigned conditions = 2;
constexpr unsigned mailboxes = 3;
constexpr std::uint32_t capacities[mailboxes] = {1, 2, 7};
constexpr unsigned most_values = 1024;  // of a mailbox, in one episode
constexpr std::int32_t closed_word = -1;

// Where agents wait for a word to change.
enum class spot : std::uint8_t { field, element, agent_local };
constexpr unsigned spots = 3;

// What a mutex protects. All but `touches` is plain memory.
struct guarded {
  std::uint64_t begun = 0;
  std::uint64_t ended = 0;
  bool inside = false;
  bool left = false;  // its owner is about to detach
  std::atomic<std::uint64_t> touches{0};
};

// Notices that were given, and waits that they have ended.
struct notices {
  std::atomic<std::uint64_t> given{0};
  std::atomic<std::uint64_t> taken{0};
};

// What has become of each value of a mailbox, and who has sent it: plain, as the mailbox orders it.
struct letters {
  enum : std::uint8_t { unused, underway, received, refused };
  struct origin {
    unsigned sender = 0;
    unsigned number = 0;  // of the sender's into this mailbox
  };
  std::atomic<unsigned> next{0};
  std::vector<std::atomic<std::uint8_t>> states =
      std::vector<std::atomic<std::uint8_t>>(most_values);
  std::vector<origin> origins = std::vector<origin>(most_values);
};

// What an episode is about: all of it, or a few objects that everybody is after.
enum class focus : std::uint8_t { all, mutex, mailbox };

// The objects of an episode.
struct scene {
  focus about = focus::all;
  std::array<handle, mutexes> mutex;
  std::array<handle, conditions> condition;
  std::array<handle, mailboxes> mailbox;
  handle word;   // has the field
  handle array;  // has the element
  std::array<guarded, mutexes> data;
  std::array<notices, conditions> at_condition;
  std::array<notices, spots> at_spot;
  std::array<letters, mailboxes> post;
  std::atomic<int> tickets{0};
  std::atomic<bool> pausing{false};  // nothing new is begun
  std::atomic<bool> closing{false};
  std::atomic<unsigned> senders{0};
};

// What a worker sleeps at without a deadline.
enum class rest : std::uint8_t {
  none,
  notice,  // at a condition or a word
  value,   // of the first mailbox, and so on
  room = value + mailboxes,
  done = room + mailboxes,
};
[[nodiscard]] constexpr rest at_mailbox(rest what, unsigned which) {
  return static_cast<rest>(static_cast<unsigned>(what) + which);
}

struct storm {
  explicit storm(unsigned threads) : rests(threads) {}

  cluster world{cluster_options{.limit = 256u << 20}};
  type word_type;
  type letter_type;
  typed_field<std::int32_t> word;
  typed_field<std::int64_t> number;
  agent_local slot{};
  std::optional<scene> now;

  std::vector<std::atomic<rest>> rests;  // of each worker
  std::atomic<unsigned> episode{0};
  std::atomic<unsigned> playing{0};
  std::atomic<bool> over{false};

  std::mutex agents_mutex;  // held by who interrupts, and by who detaches
  std::vector<agent*> agents;

  std::atomic<std::uint64_t> locks{0}, left{0}, notified{0}, values{0}, timed_out{0},
      interrupted{0};
};

// A token that is not unlocked by who leaves with it.
class grip {
 public:
  grip() : token_(new (place_) unlock_token) {}
  ~grip() {
    if (!lost_) token_->~unlock_token();
  }
  grip(const grip&) = delete;
  grip& operator=(const grip&) = delete;
  unlock_token& operator*() { return *token_; }
  unlock_token* operator->() { return token_; }
  void lose() { lost_ = true; }

 private:
  alignas(unlock_token) std::byte place_[sizeof(unlock_token)];
  unlock_token* token_;
  bool lost_ = false;
};

// An agent for as long as it is attached.
struct player {
  storm& all;
  scene& in;
  worker& on;
  agent& by;
  const unsigned sender;
  const bool may_block;
  unsigned sent[mailboxes] = {};
  // Of each mailbox and sender, one more than the last number that this agent has received.
  std::vector<unsigned> seen[mailboxes] = {};

  stress::random& random() { return on.random; }
  bool one_in(unsigned n) { return on.random.one_in(n); }
  unsigned below(unsigned n) { return on.random.below(n); }
  // One of the objects that there are so many of.
  unsigned pick(unsigned n) { return in.about == focus::all ? below(n) : 0; }
};

// `patient`: perhaps for ever.
deadline some_deadline(player& me, bool patient) {
  switch (me.below(patient ? 8 : 5)) {
    case 0:
      return deadline::after(me.one_in(2) ? 0 : std::numeric_limits<std::int64_t>::min());
    case 1:
      return deadline::after(1 + me.below(100));
    case 2:
      return deadline::after(me.below(20'000));
    case 3:
      return deadline::after(me.below(200'000));
    case 4:
      return deadline::after(me.below(me.one_in(8) ? 2'000'000 : 50'000));
    default:
      return deadline::never();
  }
}

// Says for a while that a worker sleeps, unless it has a deadline.
class resting {
 public:
  resting(player& me, rest what, deadline until) : at_(me.all.rests[me.on.index]) {
    if (until.is_never()) at_ = what;
  }
  ~resting() { at_ = rest::none; }
  resting(const resting&) = delete;
  resting& operator=(const resting&) = delete;

 private:
  std::atomic<rest>& at_;
};

// Whether a wait may answer that.
void check_answer(player& me, const char* what, errc how, deadline until) {
  switch (how) {
    case errc::ok:
      return;
    case errc::timed_out:
      STRESS_CHECK(!until.is_never(), "%s: a deadline that never comes has come", what);
      ++me.all.timed_out;
      return;
    case errc::interrupted:
      ++me.all.interrupted;
      return;
    case errc::cannot_block:
      STRESS_CHECK(!me.may_block, "%s: an agent may not block that may", what);
      return;
    default:
      stress::fail("%s: %s", what, name_of(how));
  }
}

void stop_the_world(player& me) {
  me.on.now("stopping the world");
  switch (me.below(8)) {
    case 0:
      static_cast<void>(me.by.debug_trace());
      return;
    case 1:
      STRESS_CHECK(me.by.debug_verify().sound(), "the heap is broken");
      return;
    default:
      STRESS_CHECK(me.by.account_cluster().agents != 0, "an agent is not counted");
  }
}

// Mutexes and conditions

void take(guarded& data, const unlock_token& token) {
  STRESS_CHECK(token.was_abandoned() == data.left, "a mutex that was %s says that it was %s",
               data.left ? "left" : "unlocked", data.left ? "unlocked" : "left");
  STRESS_CHECK(data.inside == data.left, "two agents hold a mutex");
  if (data.left) data.ended = data.begun;
  data.left = false;
  STRESS_CHECK(data.begun == data.ended, "what was done under a mutex is not seen");
  data.inside = true;
}
void give_back(guarded& data) {
  STRESS_CHECK(data.inside && !data.left, "two agents held a mutex");
  data.inside = false;
}
// After a wait with the mutex: one that was not begun has not given it up.
void resume(guarded& data, const unlock_token& token, errc how) {
  if (how != errc::cannot_block) return take(data, token);
  STRESS_CHECK(!data.inside, "two agents held a mutex");
  data.inside = true;
}
void touch(player& me, guarded& data) {
  ++data.begun;
  data.touches.fetch_add(1, std::memory_order_relaxed);
  if (me.one_in(4)) {
    for (unsigned i = me.below(200); i != 0; --i) me.by.poll();
  }
  if (me.one_in(50)) {
    const blocked_region away(me.by);
    std::this_thread::sleep_for(std::chrono::microseconds(me.below(100)));
  }
  if (me.one_in(60)) stop_the_world(me);
  ++data.ended;
}

bool lock(player& me, scope& here, unsigned which, bool patient, unlock_token& token) {
  const local m = here.hold(me.in.mutex[which].get(me.by));
  if (me.one_in(4)) {
    me.on.now("trying to lock");
    const errc how = mutex::try_lock(me.by, m, token);
    STRESS_CHECK(how == errc::ok || how == errc::timed_out, "try_lock: %s", name_of(how));
    return how == errc::ok;
  }
  const deadline until = some_deadline(me, patient);
  me.on.now(until.is_never() ? "locking" : "locking until a deadline");
  const errc how = mutex::lock(me.by, m, token, until);
  check_answer(me, "lock", how, until);
  STRESS_CHECK((how == errc::ok) == static_cast<bool>(token), "a token does not say what it holds");
  return how == errc::ok;
}

void notify_at_condition(player& me, scope& here) {
  const unsigned which = me.below(conditions);
  me.on.now("notifying at a condition");
  if (me.one_in(2)) ++me.in.tickets;
  const std::size_t n = me.one_in(4) ? condition::all : me.below(3);
  const result<std::size_t> woken =
      condition::notify(me.by, here.hold(me.in.condition[which].get(me.by)), n);
  STRESS_CHECK(woken && *woken <= n, "notify: more than were to be");
  me.in.at_condition[which].given += *woken;
  me.all.notified += *woken;
}

bool take_ticket(scene& in) {
  int left = in.tickets;
  while (left > 0 && !in.tickets.compare_exchange_weak(left, left - 1)) {
  }
  return left > 0;
}

void wait_at_condition(player& me, scope& here, guarded& data, unlock_token& token) {
  const unsigned which = me.below(conditions);
  const local c = here.hold(me.in.condition[which].get(me.by));
  const bool patient = me.on.index != 0;
  std::atomic<std::uint64_t>& taken = me.in.at_condition[which].taken;
  if (patient && me.one_in(3)) {
    me.on.now("waiting at a condition for a ticket");
    const resting now(me, rest::notice, deadline::never());
    bool first = true;
    bool free = true;
    const errc how = condition::wait_for(me.by, c, token, [&] {
      if (!std::exchange(first, false)) {
        ++taken;
        take(data, token);
      }
      const bool so = me.in.closing || take_ticket(me.in);
      if (!so) give_back(data);
      free = !so;
      return so;
    });
    check_answer(me, "wait_for", how, deadline::never());
    if (free) resume(data, token, how);
  } else {
    // Only who closes everything ends a wait that nobody notifies.
    if (me.in.closing) return;
    const deadline until = some_deadline(me, patient);
    me.on.now(until.is_never() ? "waiting at a condition" : "waiting at a condition, timed");
    const resting now(me, rest::notice, until);
    give_back(data);
    const errc how = condition::wait(me.by, c, token, until);
    check_answer(me, "condition::wait", how, until);
    resume(data, token, how);
    if (how == errc::ok) ++taken;
  }
  STRESS_CHECK(static_cast<bool>(token), "a wait has ended without its mutex");
}

// False: the agent is to leave, with what it holds.
bool use_mutexes(player& me, scope& here) {
  const unsigned which = me.pick(mutexes);
  guarded& data = me.in.data[which];
  grip mine;
  if (!lock(me, here, which, true, *mine)) return true;
  ++me.all.locks;
  take(data, *mine);
  const auto leave = [&](guarded& of, grip& with) {
    ++of.begun;
    of.touches.fetch_add(1, std::memory_order_relaxed);
    of.left = true;
    with.lose();
    ++me.all.left;
    return false;
  };
  // Also one that has just been handed over.
  const bool may_leave = me.on.index != 0;
  if (may_leave && me.one_in(40)) return leave(data, mine);
  touch(me, data);
  switch (me.below(8)) {
    case 0:
    case 1:
      wait_at_condition(me, here, data, *mine);
      touch(me, data);
      break;
    case 2:
      notify_at_condition(me, here);
      break;
    case 3: {
      // Those who hold several take them in order, or do not wait for ever.
      const unsigned other = (which + 1 + me.below(mutexes - 1)) % mutexes;
      grip second;
      if (!lock(me, here, other, other > which, *second)) break;
      take(me.in.data[other], *second);
      touch(me, me.in.data[other]);
      if (may_leave && me.one_in(20)) {
        static_cast<void>(leave(me.in.data[other], second));
        return leave(data, mine);
      }
      give_back(me.in.data[other]);
      if (me.one_in(2)) second->unlock_fair();
      break;
    }
    case 4: {
      unlock_token again;
      const errc how = mutex::try_lock(me.by, here.hold(me.in.mutex[which].get(me.by)), again);
      STRESS_CHECK(how == errc::deadlock, "what one holds is locked again: %s", name_of(how));
      break;
    }
    default:
      break;
  }
  if (may_leave && me.one_in(60)) return leave(data, mine);
  me.on.now("unlocking");
  give_back(data);
  if (me.one_in(3)) mine->unlock_fair();
  return true;
}

// Wait queues

// The word as the agent sees it, and what it becomes, unless it is closed.
std::int32_t look_at(player& me, scope& here, spot where) {
  agent& by = me.by;
  if (where == spot::field) return by.load(me.in.word.get(by), me.all.word, seq_cst);
  element_place at;
  STRESS_CHECK(by.element(here.hold(me.in.array.get(by)), 1, at) == errc::ok, "no element");
  const datum found = by.get(at, seq_cst);
  STRESS_CHECK(found.what == datum::form::integer, "an i32 is read as something else");
  return static_cast<std::int32_t>(found.integer);
}
void change(player& me, scope& here, spot where, std::int32_t seen, std::int32_t to) {
  agent& by = me.by;
  if (where == spot::field) {
    static_cast<void>(by.compare_exchange(me.in.word.get(by), me.all.word, seen, to, seq_cst));
    return;
  }
  element_place at;
  datum was;
  STRESS_CHECK(by.element(here.hold(me.in.array.get(by)), 1, at) == errc::ok, "no element");
  const errc how =
      by.compare_exchange(at, datum::of(std::int64_t{seen}), datum::of(std::int64_t{to}), was);
  STRESS_CHECK(how == errc::ok || how == errc::not_equal, "compare_exchange: %s", name_of(how));
}

std::size_t notify_at(player& me, scope& here, spot where, std::size_t n) {
  agent& by = me.by;
  std::size_t woken = 0;
  if (where == spot::field) {
    woken = wait_queue::notify(by, here.hold(me.in.word.get(by)), me.all.word, n);
  } else if (where == spot::agent_local) {
    woken = wait_queue::notify(by, me.all.slot, n);
  } else {
    element_place at;
    STRESS_CHECK(by.element(here.hold(me.in.array.get(by)), 1, at) == errc::ok, "no element");
    woken = wait_queue::notify(by, at, n);
  }
  STRESS_CHECK(woken <= n, "notify: more than were to be");
  me.in.at_spot[static_cast<unsigned>(where)].given += woken;
  me.all.notified += woken;
  return woken;
}

void change_and_notify(player& me, scope& here) {
  const auto where = static_cast<spot>(me.below(spots));
  me.on.now("changing a word and notifying");
  if (where == spot::agent_local) {
    me.by.set(me.all.slot, me.below(4));
  } else {
    const std::int32_t seen = look_at(me, here, where);
    if (seen != closed_word) change(me, here, where, seen, (seen + 1) & 0xffff);
  }
  static_cast<void>(notify_at(me, here, where, me.one_in(3) ? wait_queue::all : me.below(3)));
}

void wait_for_change(player& me, scope& here) {
  const auto where = static_cast<spot>(me.below(spots));
  agent& by = me.by;
  errc how{};
  // Nobody else changes an agent's own word.
  const deadline until = some_deadline(me, me.on.index != 0 && where != spot::agent_local);
  me.on.now(until.is_never() ? "waiting for a word to change" : "waiting for a word, timed");
  const resting now(me, rest::notice, until);
  if (where == spot::agent_local) {
    how = wait_queue::wait(by, me.all.slot, by.get(me.all.slot) + (me.one_in(8) ? 1 : 0), until);
  } else {
    const std::int32_t seen = look_at(me, here, where);
    if (seen == closed_word) return;
    if (where == spot::field) {
      how = wait_queue::wait(by, here.hold(me.in.word.get(by)), me.all.word, seen, until);
    } else {
      const local array = here.hold(me.in.array.get(by));
      element_place at;
      STRESS_CHECK(by.element(array, 1, at) == errc::ok, "no element");
      how = wait_queue::wait(by, at, datum::of(std::int64_t{seen}), until);
    }
  }
  if (how != errc::not_equal) check_answer(me, "wait_queue::wait", how, until);
  if (how == errc::ok) ++me.in.at_spot[static_cast<unsigned>(where)].taken;
}

// Mailboxes

void send(player& me, scope& here) {
  const unsigned which = me.pick(mailboxes);
  letters& post = me.in.post[which];
  const unsigned id = post.next.fetch_add(1);
  if (id >= most_values) return;
  value what(static_cast<std::int32_t>(id));
  if (me.one_in(3)) {
    const local letter = me.by.create(here, me.all.letter_type).value();
    me.by.store(letter, me.all.number, std::int64_t{id});
    what = value(letter);
  }
  post.origins[id] = {me.sender, me.sent[which]};
  post.states[id] = letters::underway;
  const local box = here.hold(me.in.mailbox[which].get(me.by));
  errc how{};
  if (me.one_in(4)) {
    me.on.now("trying to send");
    how = mailbox::try_send(me.by, box, what);
    STRESS_CHECK(how == errc::ok || how == errc::timed_out || how == errc::closed, "try_send: %s",
                 name_of(how));
  } else {
    const deadline until = some_deadline(me, me.on.index != 0);
    me.on.now(until.is_never() ? "sending" : "sending until a deadline");
    const resting now(me, at_mailbox(rest::room, which), until);
    how = mailbox::send(me.by, box, what, until);
    if (how != errc::closed) check_answer(me, "send", how, until);
  }
  if (how == errc::ok) {
    ++me.sent[which];
    ++me.all.values;
    return;
  }
  const std::uint8_t was = post.states[id].exchange(letters::refused);
  STRESS_CHECK(was == letters::underway, "a value was refused (%s) and received", name_of(how));
}

void check_letter(player& me, unsigned which, const received& got) {
  letters& post = me.in.post[which];
  const value what = got.get();
  std::int64_t id = 0;
  if (what.is_object()) {
    STRESS_CHECK(got.object().get().type_index() == me.all.letter_type.index(),
                 "something else came out of a mailbox");
    id = me.by.load(got.object(), me.all.number);
  } else {
    id = what.as_int32();
  }
  STRESS_CHECK(id >= 0 && id < most_values, "a value came out that was never sent");
  const auto index = static_cast<std::size_t>(id);
  const std::uint8_t was = post.states[index].exchange(letters::received);
  STRESS_CHECK(was == letters::underway, "a value came out in state %d", was);
  const letters::origin from = post.origins[index];
  std::vector<unsigned>& seen = me.seen[which];
  if (seen.size() <= from.sender) seen.resize(from.sender + 1);
  STRESS_CHECK(from.number >= seen[from.sender], "values of one sender came in another order");
  seen[from.sender] = from.number + 1;
}

// False: it is closed and empty.
bool receive(player& me, scope& here, unsigned which, bool patient) {
  const local box = here.hold(me.in.mailbox[which].get(me.by));
  received got(here);
  errc how{};
  if (me.one_in(4)) {
    me.on.now("trying to receive");
    how = mailbox::try_receive(me.by, box, got);
    STRESS_CHECK(how == errc::ok || how == errc::timed_out || how == errc::closed,
                 "try_receive: %s", name_of(how));
  } else {
    const deadline until = some_deadline(me, patient);
    me.on.now(until.is_never() ? "receiving" : "receiving until a deadline");
    const resting now(me, at_mailbox(rest::value, which), until);
    how = mailbox::receive(me.by, box, got, until);
    if (how != errc::closed) check_answer(me, "receive", how, until);
  }
  if (how == errc::ok) check_letter(me, which, got);
  return how != errc::closed;
}

// Lives

// False: the agent is to leave.
bool step(player& me) {
  scope here(me.by);
  unsigned choice = me.below(20);
  if (choice < 18 && me.in.about == focus::mutex) choice = 0;
  if (choice < 18 && me.in.about == focus::mailbox) choice = choice % 2 == 0 ? 13 : 15;
  switch (choice) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      return use_mutexes(me, here);
    case 7:
    case 8:
      notify_at_condition(me, here);
      return true;
    case 9:
    case 10:
      wait_for_change(me, here);
      return true;
    case 11:
    case 12:
      change_and_notify(me, here);
      return true;
    case 13:
    case 14:
      send(me, here);
      return true;
    case 15:
    case 16:
      static_cast<void>(receive(me, here, me.pick(mailboxes), me.on.index != 0));
      return true;
    case 17: {
      me.on.now("interrupting");
      const blocked_region away(me.by);
      const std::lock_guard<std::mutex> hold(me.all.agents_mutex);
      me.all.agents[me.below(static_cast<unsigned>(me.all.agents.size()))]->interrupt();
      return true;
    }
    case 18:
      if (me.one_in(100)) {
        me.on.now("closing a mailbox");
        const unsigned which = me.below(mailboxes);
        const errc how = mailbox::close(me.by, here.hold(me.in.mailbox[which].get(me.by)));
        STRESS_CHECK(how == errc::ok, "close: %s", name_of(how));
      }
      return !me.one_in(10);
    default:
      if (me.one_in(3)) stop_the_world(me);
      return true;
  }
}

// An agent that attaches, takes so many steps, unless it leaves before, and detaches.
template <class Last>
void live(storm& all, worker& on, unsigned steps, Last last) {
  on.now("attaching");
  const bool parked = on.random.one_in(3);
  const bool may_block = on.index == 0 || !on.random.one_in(12);
  attachment joined =
      all.world.attach({.role = "sync", .parked = parked, .may_block = may_block}).value();
  agent& by = *joined;
  scene& in = *all.now;
  player me{.all = all,
            .in = in,
            .on = on,
            .by = by,
            .sender = in.senders.fetch_add(1),
            .may_block = may_block};
  // Who is entered does not wait for a mutex: who holds it may wait for the world that waits for us.
  const auto listed = [&](auto&& change) {
    if (!parked) by.leave();
    {
      const std::lock_guard<std::mutex> hold(all.agents_mutex);
      change();
    }
    if (!parked) by.enter();
  };
  listed([&] { all.agents.push_back(&by); });
  for (unsigned i = 0; i < steps && !in.pausing; ++i) {
    bool goes_on = true;
    if (parked) {
      const entered now(by);
      goes_on = step(me);
    } else {
      goes_on = step(me);
      if (goes_on) by.poll();
    }
    if (!goes_on) break;
  }
  if (parked) {
    const entered now(by);
    last(me);
  } else {
    last(me);
  }
  listed([&] { std::erase(all.agents, &by); });
  on.now("detaching");
  joined.detach();
}

// Episodes

void open(storm& all) {
  scene& in = all.now.emplace();
  attachment first = all.world.attach().value();
  agent& by = *first;
  scope here(by);
  for (handle& each : in.mutex) each = handle(by.context(), mutex::make(by, here).value().get());
  for (handle& each : in.condition) {
    each = handle(by.context(), condition::make(by, here).value().get());
  }
  for (unsigned i = 0; i < mailboxes; ++i) {
    in.mailbox[i] = handle(by.context(), mailbox::make(by, here, capacities[i]).value().get());
  }
  in.word = handle(by.context(), by.create(here, all.word_type).value().get());
  in.array = handle(by.context(), by.create_array(here, i32, 3).value().get());
}

// Whether whoever sleeps has a reason to, and nobody else is left.
bool all_rest(player& me) {
  scene& in = me.in;
  for (unsigned i = 1; i < me.all.rests.size(); ++i) {
    const rest at = me.all.rests[i];
    if (at == rest::none) return false;
    if (at < rest::value || at == rest::done) continue;
    const bool wants_room = at >= rest::room;
    const auto which =
        static_cast<unsigned>(at) - static_cast<unsigned>(wants_room ? rest::room : rest::value);
    const reference box = in.mailbox[which].get(me.by);
    const std::uint32_t reason = wants_room ? capacities[which] : 0;
    if (mailbox::is_closed(box) || mailbox::size(box) != reason) return false;
  }
  const auto has_come = [](const notices& each) { return each.given == each.taken; };
  return std::all_of(in.at_condition.begin(), in.at_condition.end(), has_come) &&
         std::all_of(in.at_spot.begin(), in.at_spot.end(), has_come);
}

// Until all rest, which takes a moment.
void pause(player& me) {
  me.in.pausing = true;
  me.on.now("waiting until all sleep or are through");
  const deadline patience = deadline::after(30'000'000'000);
  while (!all_rest(me)) {
    if (patience.has_passed()) {
      for (std::size_t i = 1; i < me.all.rests.size(); ++i) {
        std::fprintf(stderr, "worker %zu rests at %u\n", i,
                     static_cast<unsigned>(me.all.rests[i].load()));
      }
      stress::fail("a wake-up has not come");
    }
    const blocked_region away(me.by);
    std::this_thread::sleep_for(std::chrono::microseconds(20));
  }
}

// Everything, once: who sleeps wakes, and who comes later does not sleep.
void close(player& me) {
  scene& in = me.in;
  agent& by = me.by;
  in.closing = true;
  for (unsigned i = 0; i < mutexes; ++i) {
    scope here(by);
    const local m = here.hold(in.mutex[i].get(by));
    unlock_token token;
    me.on.now("locking to close a condition");
    while (!token) {
      const errc how = mutex::lock(by, m, token);
      check_answer(me, "lock", how, deadline::never());
    }
    take(in.data[i], token);
    for (unsigned k = 0; k < conditions; ++k) {
      const std::size_t woken =
          condition::notify(by, here.hold(in.condition[k].get(by)), condition::all).value();
      in.at_condition[k].given += woken;
    }
    touch(me, in.data[i]);
    give_back(in.data[i]);
  }
  me.on.now("closing words");
  for (const spot where : {spot::field, spot::element}) {
    scope here(by);
    for (;;) {
      const std::int32_t seen = look_at(me, here, where);
      if (seen == closed_word) break;
      change(me, here, where, seen, closed_word);
    }
    static_cast<void>(notify_at(me, here, where, wait_queue::all));
  }
  me.on.now("closing mailboxes");
  for (unsigned i = 0; i < mailboxes; ++i) {
    scope here(by);
    STRESS_CHECK(mailbox::close(by, here.hold(in.mailbox[i].get(by))) == errc::ok, "close");
  }
}

// When all the others have gone.
void check(storm& all, worker& on) {
  scene& in = *all.now;
  const parking_lot* const lot = parking_lot::if_made(all.world);
  STRESS_CHECK(lot != nullptr && lot->waiting() == 0, "somebody waits still");
  live(all, on, 0, [&](player& me) {
    agent& by = me.by;
    static_cast<void>(by.clear_interrupt());
    for (unsigned i = 0; i < mutexes; ++i) {
      scope here(by);
      unlock_token token;
      const errc how = mutex::try_lock(by, here.hold(in.mutex[i].get(by)), token);
      STRESS_CHECK(how == errc::ok, "a mutex that nobody holds: %s", name_of(how));
      take(in.data[i], token);
      STRESS_CHECK(in.data[i].begun == in.data[i].touches, "%" PRIu64 " of %" PRIu64 " are counted",
                   in.data[i].begun, in.data[i].touches.load());
      give_back(in.data[i]);
    }
    for (const notices& each : in.at_condition) {
      STRESS_CHECK(each.given == each.taken, "a condition: %" PRIu64 " notices, %" PRIu64 " waits",
                   each.given.load(), each.taken.load());
    }
    for (const notices& each : in.at_spot) {
      STRESS_CHECK(each.given == each.taken, "a word: %" PRIu64 " notices, %" PRIu64 " waits",
                   each.given.load(), each.taken.load());
    }
    for (unsigned i = 0; i < mailboxes; ++i) {
      for (bool more = true; more;) {
        scope here(by);
        more = receive(me, here, i, true);
      }
      const letters& post = in.post[i];
      for (const auto& each : post.states) {
        STRESS_CHECK(each != letters::underway, "a value never came out of its mailbox");
      }
    }
    STRESS_CHECK(by.debug_verify().sound(), "the heap is broken");
  });
}

// Of worker 0, which waits for nothing that only others can bring about, and leaves nothing behind.
void lead(storm& all, worker& on, unsigned others) {
  while (on.goes_on()) {
    on.now("opening");
    open(all);
    all.now->about = static_cast<focus>(on.random.below(3));
    all.playing = others;
    for (auto& each : all.rests) each = rest::none;
    ++all.episode;
    all.episode.notify_all();
    live(all, on, 1 + on.random.below(on.random.one_in(6) ? 400 : 30), [](player& me) {
      pause(me);
      close(me);
    });
    on.now("waiting until the others have come back");
    while (all.playing != 0) std::this_thread::sleep_for(std::chrono::microseconds(20));
    check(all, on);
    all.now.reset();
  }
  all.over = true;
  ++all.episode;
  all.episode.notify_all();
}
void follow(storm& all, worker& on) {
  for (unsigned seen = 0;; ++seen) {
    on.now("waiting for an episode");
    all.episode.wait(seen);
    if (all.over) return;
    while (!all.now->pausing) live(all, on, 1 + on.random.below(60), [](player&) {});
    all.rests[on.index] = rest::done;
    --all.playing;
  }
}

}  // namespace

int main(int count, char** arguments) {
  const stress::options chosen(count, arguments);
  return stress::rounds(chosen, [&](std::uint64_t seed, std::uint64_t number) {
    const unsigned threads = chosen.threads != 0 ? chosen.threads : 3 + number % 4;
    storm all(threads);
    const bool traced = number % 3 == 2;
    if (traced) all.world.debug_trace_every(50, seed);
    {
      attachment first = all.world.attach().value();
      all.word_type = first->declare("word", {{"before", i64}, {"word", i32}}).value();
      all.letter_type = first->declare("letter", {{"number", i64}}).value();
      all.word = typed<std::int32_t>(all.word_type, "word").value();
      all.number = typed<std::int64_t>(all.letter_type, "number").value();
      all.slot = all.world.locals().make_slot(0).value();
    }
    stress::run_workers(threads, seed, [&](worker& on) {
      if (on.index == 0) {
        lead(all, on, threads - 1);
      } else {
        follow(all, on);
      }
    });
    stress::check_empty(all.world);
    std::printf("%u agents at once%s: %u episodes, %" PRIu64 " locks, %" PRIu64 " left, %" PRIu64
                " notified, %" PRIu64 " values, %" PRIu64 " timed out, %" PRIu64 " interrupted",
                threads, traced && SHOAL_CHECKS >= 2 ? ", traced" : "", all.episode.load() - 1,
                all.locks.load(), all.left.load(), all.notified.load(), all.values.load(),
                all.timed_out.load(), all.interrupted.load());
  });
}
