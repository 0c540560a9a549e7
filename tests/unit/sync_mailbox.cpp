// SPDX-License-Identifier: BSL-1.0

// Mailboxes: every value arrives once and in order, whoever waits is parked, every way to wait ends,
// and what is in a mailbox is alive for as long as it is in there.

#include <algorithm>
#include <atomic>
#include <limits>

#include "agent_world.hpp"

using agent_test::ending;
using agent_test::in_child;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::blocked_region;
using shoal::deadline;
using shoal::errc;
using shoal::handle;
using shoal::local;
using shoal::mailbox;
using shoal::parking_lot;
using shoal::received;
using shoal::reference;
using shoal::scope;
using shoal::value;

namespace {

constexpr std::int64_t millisecond = 1'000'000;

// A mailbox that threads of their own use.
struct shared_mailbox {
  explicit shared_mailbox(std::uint32_t capacity) : m(mailbox::make(me, in, capacity).value()) {}

  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope in{me};
  local m;
  handle sent{me, m};

  [[nodiscard]] std::size_t waiting() { return parking_lot::made(*w).waiting(); }

  // An agent of another thread does that, with the mailbox.
  template <class Act>
  std::thread on_another(Act act, shoal::agent_options options = {}) {
    return std::thread([this, act, options] {
      attachment there = w.attach(options);
      scope its(*there);
      act(*there, its.hold(sent.get(*there)));
    });
  }
  // Until that many wait; the agent of this thread goes on answering.
  void until_waiting(std::size_t n) {
    while (waiting() != n) me.poll();
  }
  void join(std::thread& other) {
    const blocked_region away(me);
    other.join();
  }
  void fill() {
    for (std::uint32_t i = 0; i < mailbox::capacity(m); ++i) {
      REQUIRE(mailbox::try_send(me, m, static_cast<std::int32_t>(i)) == errc::ok);
    }
  }
  // What comes next, a number.
  std::int32_t next() {
    scope inner(me);
    received got(inner);
    REQUIRE(mailbox::receive(me, m, got) == errc::ok);
    return got.get().as_int32();
  }
};

[[nodiscard]] bool is_gone(shoal::weak_handle& of, agent& by) { return !of.get(by); }

}  // namespace

TEST_CASE(
    "values come out in the order in which they went in, and a mailbox says how many it holds") {
  shared_mailbox s(3);
  CHECK(mailbox::capacity(s.m) == 3);
  CHECK(mailbox::size(s.m) == 0);
  s.fill();
  CHECK(mailbox::size(s.m) == 3);
  CHECK(mailbox::try_send(s.me, s.m, 3) == errc::timed_out);
  for (std::int32_t i = 0; i < 3; ++i) CHECK(s.next() == i);
  CHECK(mailbox::size(s.m) == 0);
  received got(s.in);
  CHECK(mailbox::try_receive(s.me, s.m, got) == errc::timed_out);
}

TEST_CASE("a mailbox holds exactly as many values as it was made for, lap after lap") {
  for (const std::uint32_t capacity : {1u, 2u, 3u, 4u, 5u, 7u, 8u, 31u, 64u, 100u}) {
    CAPTURE(capacity);
    shared_mailbox s(capacity);
    received got(s.in);
    std::int32_t sent = 0;
    std::int32_t expected = 0;
    for (int lap = 0; lap < 50; ++lap) {
      while (mailbox::try_send(s.me, s.m, sent) == errc::ok) ++sent;
      REQUIRE(mailbox::size(s.m) == capacity);
      // Another remainder each time, so that every slot is once the first.
      const std::uint32_t taken = 1 + static_cast<std::uint32_t>(lap) % capacity;
      for (std::uint32_t i = 0; i < taken; ++i) {
        REQUIRE(mailbox::try_receive(s.me, s.m, got) == errc::ok);
        REQUIRE(got.get() == value(expected++));
      }
      REQUIRE(mailbox::size(s.m) == capacity - taken);
    }
    while (mailbox::try_receive(s.me, s.m, got) == errc::ok) ++expected;
    CHECK(sent == expected);
  }
}

TEST_CASE("every kind of value can be sent, and comes out as it went in") {
  shared_mailbox s(2);
  const local text = s.me.make_string(s.in, "text").value();
  const local list = s.me.create_array(s.in, shoal::any, 2).value();
  received got(s.in);
  const value all[] = {value(7),      value(-2.5),        value(true), value(false),
                       value::null(), value::undefined(), value(text), value(list)};
  for (const value& each : all) {
    REQUIRE(mailbox::send(s.me, s.m, each) == errc::ok);
    REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
    CHECK(got.get() == each);
    CHECK(static_cast<bool>(got.object().get()) == each.is_object());
  }
  CHECK(got.object().get() == list.get());
}

TEST_CASE("an unshared value is refused, and nothing changes") {
  shared_mailbox s(1);
  const value word = value::of_word(shoal::nan_box::from_local(5));
  CHECK(mailbox::send(s.me, s.m, word) == errc::unshared_value);
  CHECK(mailbox::try_send(s.me, s.m, word) == errc::unshared_value);
  CHECK(mailbox::size(s.m) == 0);
  s.fill();
  CHECK(mailbox::send(s.me, s.m, word) == errc::unshared_value);
  CHECK(mailbox::size(s.m) == 1);
  CHECK(s.next() == 0);
}

TEST_CASE("what is no mailbox is an error, and so is a capacity that none can have") {
  shared_mailbox s(1);
  received got(s.in);
  const local text = s.me.make_string(s.in, "text").value();
  const local lock = shoal::mutex::make(s.me, s.in).value();
  for (const local& wrong : {local(), s.in.hold(nullptr), text, lock}) {
    CHECK(mailbox::send(s.me, wrong, 1) == errc::wrong_type);
    CHECK(mailbox::try_send(s.me, wrong, 1) == errc::wrong_type);
    CHECK(mailbox::receive(s.me, wrong, got) == errc::wrong_type);
    CHECK(mailbox::try_receive(s.me, wrong, got) == errc::wrong_type);
    CHECK(mailbox::close(s.me, wrong) == errc::wrong_type);
  }
  shoal::unlock_token token;
  CHECK(shoal::mutex::lock(s.me, s.m, token) == errc::wrong_type);
  CHECK(mailbox::make(s.me, s.in, 0).code() == errc::out_of_range);
  CHECK(mailbox::make(s.me, s.in, shoal::limits::mailbox_values + 1).code() == errc::too_large);
  CHECK(mailbox::make(s.me, s.in, std::numeric_limits<std::uint32_t>::max()).code() ==
        errc::too_large);
}

TEST_CASE("only make makes a mailbox, whoever has its type") {
  shared_mailbox s(1);
  const shoal::type what = s.me.type_at(shoal::builtin::mailbox);
  CHECK(s.me.create(s.in, what).code() == errc::wrong_type);
  const local named = s.me.type_of(s.in, s.m).value();
  CHECK(s.me.construct(s.in, named).code() == errc::no_right);
  shoal::element_place place;
  CHECK(s.me.element(s.m, 0, place) == errc::wrong_type);
  CHECK(what.fields().empty());
}

TEST_CASE("a mailbox that the heap has no room for is an error") {
  world w({.limit = 4u << 20});
  const attachment here = w.attach();
  scope in(*here);
  CHECK(mailbox::make(*here, in, shoal::limits::mailbox_values).code() == errc::out_of_memory);
  const local m = mailbox::make(*here, in, 10'000).value();
  CHECK(mailbox::capacity(m) == 10'000);
  CHECK(here->debug_verify().sound());
}

TEST_CASE("a host that has forbidden sharing makes no mailbox") {
  shared_mailbox s(1);
  s.w->forbid_sharing();
  CHECK(mailbox::make(s.me, s.in, 1).code() == errc::sharing_forbidden);
}

TEST_CASE("a mailbox is a shared object: it lies in fields, and is traced") {
  shared_mailbox s(2);
  const shoal::type box = s.me.declare("Box", {{"a", shoal::any}, {"r", shoal::ref}}).value();
  const local p = s.me.create(s.in, box).value();
  const auto a = shoal::typed<value>(box, "a").value();
  const auto r = shoal::typed<reference>(box, "r").value();
  REQUIRE(s.me.store(p, a, value(s.m)) == errc::ok);
  REQUIRE(s.me.store(p, r, s.m) == errc::ok);
  static_cast<void>(s.me.debug_trace());
  const local found = s.in.hold(s.me.load(p, r));
  CHECK(found.get() == s.m.get());
  CHECK(s.me.type_of_object(found).name() == "mailbox");
  CHECK(s.me.type_of_object(found)->what == shoal::shape::mailbox);
  CHECK(shoal::name_of(shoal::shape::mailbox) == std::string("a mailbox"));
  CHECK(s.me.debug_verify().sound());
  struct seen {
    std::uint64_t mailboxes = 0;
    std::uint64_t bytes = 0;
  } counted;
  REQUIRE(s.me.account_types(
              [](void* self, const shoal::type_account& each) noexcept {
                if (each.type_index != shoal::builtin::mailbox) return;
                static_cast<seen*>(self)->mailboxes = each.objects;
                static_cast<seen*>(self)->bytes = each.bytes;
              },
              &counted) == errc::ok);
  CHECK(counted.mailboxes == 1);
  CHECK(counted.bytes == shoal::mailbox_bytes(2));
}

TEST_CASE("what is in a mailbox is alive, and what was received is not held by its slot") {
  shared_mailbox s(3);
  shoal::weak_handle text;
  {
    scope inner(s.me);
    const local made = s.me.make_string(inner, "text").value();
    text = shoal::weak_handle(s.me, made);
    REQUIRE(mailbox::send(s.me, s.m, value(made)) == errc::ok);
  }
  static_cast<void>(s.me.debug_trace());
  CHECK_FALSE(is_gone(text, s.me));
  {
    scope inner(s.me);
    received got(inner);
    REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
    static_cast<void>(s.me.debug_trace());
    CHECK(got.object().get() == text.get(s.me));
    CHECK(got.get().as_object(s.me.context().clock()) == got.object().get());
  }
  static_cast<void>(s.me.debug_trace());
  CHECK(is_gone(text, s.me));
  CHECK(s.me.debug_verify().sound());
}

TEST_CASE("a place for values holds the last one only") {
  shared_mailbox s(2);
  received got(s.in);
  shoal::weak_handle first;
  {
    scope inner(s.me);
    const local made = s.me.make_string(inner, "first").value();
    first = shoal::weak_handle(s.me, made);
    REQUIRE(mailbox::send(s.me, s.m, value(made)) == errc::ok);
  }
  REQUIRE(mailbox::send(s.me, s.m, 2) == errc::ok);
  REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
  static_cast<void>(s.me.debug_trace());
  CHECK_FALSE(is_gone(first, s.me));
  REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
  CHECK_FALSE(got.object().get());
  static_cast<void>(s.me.debug_trace());
  CHECK(is_gone(first, s.me));
}

TEST_CASE("a mailbox that was sent through itself is collected") {
  shared_mailbox s(1);
  shoal::weak_handle box;
  {
    scope inner(s.me);
    const local made = mailbox::make(s.me, inner, 2).value();
    box = shoal::weak_handle(s.me, made);
    REQUIRE(mailbox::send(s.me, made, value(made)) == errc::ok);
    REQUIRE(mailbox::send(s.me, made, value(s.m)) == errc::ok);
    static_cast<void>(s.me.debug_trace());
    CHECK_FALSE(is_gone(box, s.me));
  }
  static_cast<void>(s.me.debug_trace());
  CHECK(is_gone(box, s.me));
  CHECK(s.me.debug_verify().sound());
}

TEST_CASE("with the barrier on, what goes in and what comes out are shaded") {
  shared_mailbox s(1);
  received got(s.in);
  const local text = s.me.make_string(s.in, "text").value();
  s.me.context().set_barrier(true);
  const std::uint64_t before = s.me.context().shaded();
  REQUIRE(mailbox::send(s.me, s.m, value(text)) == errc::ok);
  CHECK(s.me.context().shaded() == before + 1);
  REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
  CHECK(s.me.context().shaded() == before + 2);
  s.me.context().set_barrier(false);
  CHECK(got.object().get() == text.get());
}

TEST_CASE("a large mailbox is a large object, and its values are traced") {
  shared_mailbox s(20'000);
  for (int i = 0; i < 20'000; ++i) {
    scope inner(s.me);
    if (i % 100 != 0) {
      REQUIRE(mailbox::send(s.me, s.m, i) == errc::ok);
      continue;
    }
    const local made = s.me.make_string(inner, "text").value();
    REQUIRE(mailbox::send(s.me, s.m, value(made)) == errc::ok);
  }
  static_cast<void>(s.me.debug_trace());
  CHECK(s.me.debug_verify().sound());
  received got(s.in);
  for (int i = 0; i < 20'000; ++i) {
    REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
    if (i % 100 != 0) {
      REQUIRE(got.get() == value(i));
    } else {
      REQUIRE(shoal::has_text(got.object().get().address(), "text"));
    }
  }
}

TEST_CASE("nothing is sent into a closed mailbox, and what is left in it is received") {
  shared_mailbox s(3);
  received got(s.in);
  REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
  REQUIRE(mailbox::send(s.me, s.m, 2) == errc::ok);
  CHECK_FALSE(mailbox::is_closed(s.m));
  CHECK(mailbox::close(s.me, s.m) == errc::ok);
  CHECK(mailbox::is_closed(s.m));
  CHECK(mailbox::send(s.me, s.m, 3) == errc::closed);
  CHECK(mailbox::try_send(s.me, s.m, 3) == errc::closed);
  CHECK(mailbox::send(s.me, s.m, value::of_word(shoal::nan_box::from_local(5))) ==
        errc::unshared_value);
  CHECK(mailbox::size(s.m) == 2);
  CHECK(s.next() == 1);
  CHECK(mailbox::close(s.me, s.m) == errc::ok);
  CHECK(s.next() == 2);
  CHECK(mailbox::receive(s.me, s.m, got) == errc::closed);
  CHECK(mailbox::try_receive(s.me, s.m, got) == errc::closed);
  CHECK(mailbox::receive(s.me, s.m, got, deadline::after(0)) == errc::closed);
  CHECK(mailbox::size(s.m) == 0);
}

TEST_CASE("a full mailbox that is closed refuses values at once, and a full lap is received") {
  for (const std::uint32_t capacity : {1u, 4u}) {
    shared_mailbox s(capacity);
    s.fill();
    CHECK(mailbox::close(s.me, s.m) == errc::ok);
    CHECK(mailbox::send(s.me, s.m, 3) == errc::closed);
    for (std::uint32_t i = 0; i < capacity; ++i) CHECK(s.next() == static_cast<std::int32_t>(i));
    received got(s.in);
    CHECK(mailbox::receive(s.me, s.m, got) == errc::closed);
  }
}

TEST_CASE("waiting ends at its deadline, and a value or room that is there needs none") {
  shared_mailbox s(1);
  received got(s.in);
  for (const std::int64_t past : {std::int64_t{0}, std::int64_t{-5}}) {
    CHECK(mailbox::receive(s.me, s.m, got, deadline::after(past)) == errc::timed_out);
    CHECK(mailbox::send(s.me, s.m, 1, deadline::after(past)) == errc::ok);
    CHECK(mailbox::send(s.me, s.m, 2, deadline::after(past)) == errc::timed_out);
    CHECK(mailbox::receive(s.me, s.m, got, deadline::after(past)) == errc::ok);
  }
  std::int64_t began = deadline::now();
  CHECK(mailbox::receive(s.me, s.m, got, deadline::after(20 * millisecond)) == errc::timed_out);
  CHECK(deadline::now() - began >= 20 * millisecond);
  REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
  began = deadline::now();
  CHECK(mailbox::send(s.me, s.m, 2, deadline::after(20 * millisecond)) == errc::timed_out);
  CHECK(deadline::now() - began >= 20 * millisecond);
  CHECK(mailbox::size(s.m) == 1);
  CHECK(s.waiting() == 0);
}

TEST_CASE(
    "an agent that may not block sends and receives what it can, and is told where it cannot") {
  shared_mailbox s(1);
  std::thread other = s.on_another(
      [](agent& by, const local& m) {
        scope in(by);
        received got(in);
        CHECK(mailbox::receive(by, m, got) == errc::cannot_block);
        CHECK(mailbox::try_receive(by, m, got) == errc::timed_out);
        CHECK(mailbox::receive(by, m, got, deadline::after(0)) == errc::timed_out);
        CHECK(mailbox::send(by, m, 1) == errc::ok);
        CHECK(mailbox::send(by, m, 2) == errc::cannot_block);
        CHECK(mailbox::try_send(by, m, 2) == errc::timed_out);
        CHECK(mailbox::receive(by, m, got) == errc::ok);
        CHECK(got.get() == value(1));
      },
      {.may_block = false});
  s.join(other);
}

TEST_CASE("a value that comes wakes who waits for one, and room who waits for room") {
  shared_mailbox s(1);
  std::thread receiver = s.on_another([](agent& by, const local& m) {
    scope in(by);
    received got(in);
    CHECK(mailbox::receive(by, m, got) == errc::ok);
    CHECK(got.get() == value(5));
  });
  s.until_waiting(1);
  REQUIRE(mailbox::send(s.me, s.m, 5) == errc::ok);
  s.join(receiver);
  REQUIRE(mailbox::send(s.me, s.m, 6) == errc::ok);
  std::thread sender =
      s.on_another([](agent& by, const local& m) { CHECK(mailbox::send(by, m, 7) == errc::ok); });
  s.until_waiting(1);
  CHECK(s.next() == 6);
  s.join(sender);
  CHECK(s.next() == 7);
  CHECK(s.waiting() == 0);
}

TEST_CASE("an object that a sender waits with is alive, and the receiver has it") {
  shared_mailbox s(1);
  s.fill();
  std::thread sender = s.on_another([](agent& by, const local& m) {
    value text;
    {
      scope inner(by);
      text = value(by.make_string(inner, "text that waits").value());
    }
    // Nothing but the call holds it from here on.
    CHECK(mailbox::send(by, m, text) == errc::ok);
  });
  s.until_waiting(1);
  static_cast<void>(s.me.debug_trace());
  CHECK(s.next() == 0);
  s.join(sender);
  received got(s.in);
  REQUIRE(mailbox::receive(s.me, s.m, got) == errc::ok);
  static_cast<void>(s.me.debug_trace());
  CHECK(shoal::has_text(got.object().get().address(), "text that waits"));
}

TEST_CASE("an agent that waits is parked: who stops the world does not wait for it") {
  shared_mailbox s(1);
  std::thread receiver = s.on_another([](agent& by, const local& m) {
    scope in(by);
    received got(in);
    CHECK(mailbox::receive(by, m, got) == errc::ok);
  });
  s.until_waiting(1);
  for (int i = 0; i < 100; ++i) CHECK(s.me.account_cluster().agents == 2);
  REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
  s.join(receiver);
}

TEST_CASE("an interrupt ends a wait in a mailbox, once") {
  shared_mailbox s(1);
  for (const bool sends : {false, true}) {
    CAPTURE(sends);
    if (sends) s.fill();
    std::atomic<agent*> waits{nullptr};
    std::thread other = s.on_another([&](agent& by, const local& m) {
      scope in(by);
      received got(in);
      waits = &by;
      const auto act = [&] {
        return sends ? mailbox::send(by, m, 5) : mailbox::receive(by, m, got);
      };
      CHECK(act() == errc::interrupted);
      CHECK_FALSE(by.clear_interrupt());
      CHECK(act() == errc::ok);
    });
    s.until_waiting(1);
    waits.load()->interrupt();
    while (waits.load()->is_interrupted()) s.me.poll();
    if (sends) {
      CHECK(s.next() == 0);
      s.join(other);
      CHECK(s.next() == 5);
    } else {
      REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
      s.join(other);
    }
    CHECK(mailbox::size(s.m) == 0);
  }
}

TEST_CASE("closing wakes all that wait, for values and for room") {
  constexpr int agents = 6;
  shared_mailbox empty(2);
  std::vector<std::thread> others;
  for (int i = 0; i < agents; ++i) {
    others.push_back(empty.on_another([](agent& by, const local& m) {
      scope in(by);
      received got(in);
      CHECK(mailbox::receive(by, m, got) == errc::closed);
    }));
  }
  empty.until_waiting(agents);
  CHECK(mailbox::close(empty.me, empty.m) == errc::ok);
  for (std::thread& each : others) empty.join(each);
  CHECK(empty.waiting() == 0);

  shared_mailbox full(2);
  full.fill();
  others.clear();
  for (int i = 0; i < agents; ++i) {
    others.push_back(full.on_another(
        [](agent& by, const local& m) { CHECK(mailbox::send(by, m, 9) == errc::closed); }));
  }
  full.until_waiting(agents);
  CHECK(mailbox::close(full.me, full.m) == errc::ok);
  for (std::thread& each : others) full.join(each);
  CHECK(full.waiting() == 0);
  CHECK(full.next() == 0);
  CHECK(full.next() == 1);
}

namespace {

// So many senders and receivers of so many values each; everything arrives once, and that of each
// sender in its order. What a sender sends is an array of its number and a count, or a number.
void transfer(std::uint32_t capacity, int senders, int receivers, int values, bool objects,
              bool traces) {
  CAPTURE(capacity);
  CAPTURE(senders);
  CAPTURE(receivers);
  shared_mailbox s(capacity);
  std::vector<std::vector<std::int32_t>> got(static_cast<std::size_t>(receivers));
  std::vector<std::thread> sending;
  std::vector<std::thread> receiving;
  for (int r = 0; r < receivers; ++r) {
    receiving.push_back(s.on_another([&, r](agent& by, const local& m) {
      scope in(by);
      received each(in);
      errc how;
      while ((how = mailbox::receive(by, m, each)) == errc::ok) {
        const value what = each.get();
        got[static_cast<std::size_t>(r)].push_back(
            what.is_int32() ? what.as_int32()
                            : shoal::elements<std::int32_t>(each.object().get().address())[0].load(
                                  shoal::unordered));
        by.poll();
      }
      CHECK(how == errc::closed);
    }));
  }
  for (int p = 0; p < senders; ++p) {
    sending.push_back(s.on_another([=](agent& by, const local& m) {
      for (int i = 0; i < values; ++i) {
        scope in(by);
        const std::int32_t number = p * values + i;
        value what = number;
        if (objects && i % 8 == 0) {
          const local made = by.create_array(in, shoal::i32, 1).value();
          shoal::element_place first;
          REQUIRE(by.element(made, 0, first) == errc::ok);
          REQUIRE(by.set(first, shoal::datum::of(std::int64_t{number})) == errc::ok);
          what = value(made);
        }
        CHECK(mailbox::send(by, m, what) == errc::ok);
        by.poll();
      }
    }));
  }
  if (traces) {
    for (int i = 0; i < 100; ++i) static_cast<void>(s.me.debug_trace());
  }
  for (std::thread& each : sending) s.join(each);
  CHECK(mailbox::close(s.me, s.m) == errc::ok);
  for (std::thread& each : receiving) s.join(each);
  std::vector<int> times(static_cast<std::size_t>(senders * values), 0);
  for (const std::vector<std::int32_t>& those : got) {
    std::vector<std::int32_t> last(static_cast<std::size_t>(senders), -1);
    for (const std::int32_t each : those) {
      ++times[static_cast<std::size_t>(each)];
      std::int32_t& before = last[static_cast<std::size_t>(each / values)];
      CHECK(each > before);
      before = each;
    }
  }
  CHECK(std::count(times.begin(), times.end(), 1) == senders * values);
  CHECK(s.waiting() == 0);
  CHECK(mailbox::size(s.m) == 0);
  CHECK(s.me.debug_verify().sound());
}

}  // namespace

TEST_CASE("every value arrives once and in its sender's order, whoever sends and receives") {
  transfer(1, 1, 1, 2'000, true, false);
  transfer(1, 2, 2, 1'000, true, false);
  transfer(3, 4, 4, 1'000, true, false);
  transfer(64, 3, 1, 3'000, true, false);
  transfer(64, 1, 3, 3'000, true, false);
}

TEST_CASE("values arrive while the world is stopped again and again") {
  transfer(2, 2, 2, 1'500, true, true);
  transfer(16, 3, 3, 1'500, true, true);
}

TEST_CASE("waits that time out and are woken at the same moment lose no value") {
  shared_mailbox s(1);
  constexpr int values = 1'500;
  std::atomic<int> sent{0};
  std::atomic<int> had{0};
  std::vector<std::thread> others;
  for (int i = 0; i < 2; ++i) {
    others.push_back(s.on_another([&, i](agent& by, const local& m) {
      for (int k = 0; k < values; ++k) {
        const errc how = mailbox::send(by, m, k, deadline::after((k * 7 + i) % 30 * 1000));
        CHECK((how == errc::ok || how == errc::timed_out));
        if (how == errc::ok) ++sent;
      }
    }));
    others.push_back(s.on_another([&, i](agent& by, const local& m) {
      scope in(by);
      received got(in);
      for (int k = 0; k < values; ++k) {
        const errc how = mailbox::receive(by, m, got, deadline::after((k * 5 + i) % 30 * 1000));
        CHECK((how == errc::ok || how == errc::timed_out));
        if (how == errc::ok) ++had;
      }
    }));
  }
  for (std::thread& each : others) s.join(each);
  CHECK(sent - had == static_cast<int>(mailbox::size(s.m)));
  CHECK(s.waiting() == 0);
  received got(s.in);
  const int left = sent - had;
  for (int i = 0; i < left; ++i) CHECK(mailbox::try_receive(s.me, s.m, got) == errc::ok);
  CHECK(mailbox::try_receive(s.me, s.m, got) == errc::timed_out);
}

TEST_CASE("a place for values without memory is told, and nothing is received") {
  shared_mailbox s(1);
  s.fill();
  s.w.metadata.fail_on = true;
  s.w.metadata.fail_at = 0;
  {
    scope inner(s.me);
    // Whatever is left of the chain's chunk.
    for (int i = 0; i < 100'000 && inner.hold(nullptr); ++i) {
    }
    received got(inner);
    CHECK_FALSE(got);
    CHECK(mailbox::receive(s.me, s.m, got) == errc::out_of_memory);
    CHECK(mailbox::try_receive(s.me, s.m, got) == errc::out_of_memory);
    CHECK(mailbox::send(s.me, s.m, value(s.m), deadline::after(millisecond)) ==
          errc::out_of_memory);
  }
  s.w.metadata.fail_at = -1;
  CHECK(mailbox::size(s.m) == 1);
  CHECK(s.next() == 0);
}

TEST_CASE("in the child of a fork a mailbox is used by who is left, and nobody waits in it") {
  shared_mailbox s(2);
  std::thread waiter = s.on_another([](agent& by, const local& m) {
    scope in(by);
    received got(in);
    CHECK(mailbox::receive(by, m, got) == errc::ok);
  });
  s.until_waiting(1);
  const ending how = in_child([&] {
    CHILD_CHECK(s.w->after_fork_child(&s.me) == errc::ok);
    CHILD_CHECK(s.waiting() == 0);
    received got(s.in);
    CHILD_CHECK(mailbox::send(s.me, s.m, 4) == errc::ok);
    CHILD_CHECK(mailbox::send(s.me, s.m, 5) == errc::ok);
    CHILD_CHECK(mailbox::send(s.me, s.m, 6, deadline::after(millisecond)) == errc::timed_out);
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::ok && got.get() == value(4));
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::ok && got.get() == value(5));
    CHILD_CHECK(mailbox::receive(s.me, s.m, got, deadline::after(millisecond)) == errc::timed_out);
    CHILD_CHECK(mailbox::close(s.me, s.m) == errc::ok);
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::closed);
    return 0;
  });
  CHECK(how.errors == "");
  CHECK(how.code == 0);
  REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
  s.join(waiter);
}

TEST_CASE("in a child that nobody has mended what would wait says forked") {
  shared_mailbox s(1);
  std::thread waiter = s.on_another([](agent& by, const local& m) {
    scope in(by);
    received got(in);
    CHECK(mailbox::receive(by, m, got) == errc::ok);
  });
  s.until_waiting(1);
  received got(s.in);
  const ending how = in_child([&] {
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::forked);
    CHILD_CHECK(mailbox::try_receive(s.me, s.m, got) == errc::timed_out);
    CHILD_CHECK(mailbox::send(s.me, s.m, 1) == errc::ok);
    CHILD_CHECK(mailbox::send(s.me, s.m, 2) == errc::forked);
    CHILD_CHECK(mailbox::try_send(s.me, s.m, 2) == errc::timed_out);
    CHILD_CHECK(mailbox::make(s.me, s.in, 1).code() == errc::forked);
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::ok && got.get() == value(1));
    CHILD_CHECK(mailbox::close(s.me, s.m) == errc::ok);
    CHILD_CHECK(mailbox::receive(s.me, s.m, got) == errc::closed);
    return 0;
  });
  CHECK(how.errors == "");
  CHECK(how.code == 0);
  REQUIRE(mailbox::send(s.me, s.m, 1) == errc::ok);
  s.join(waiter);
}
