// SPDX-License-Identifier: BSL-1.0

// Shared strings on the heap, and interning: one object for one text, from any number of threads.

#include <atomic>

#include "agent_world.hpp"

using agent_test::host;
using agent_test::world;
using shoal::agent;
using shoal::attachment;
using shoal::errc;
using shoal::local;
using shoal::reference;
using shoal::scope;
using shoal::string_form;
using shoal::string_view;

namespace {

string_view text_of(const reference& string) { return shoal::string_at(string.address()); }

}  // namespace

TEST_CASE("a string keeps its units and its form") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const string_view latin(string_form::latin1, "na\xefve", 5);
  const char16_t lone[] = {0xd800, u'x', 0xdc00};
  const string_view wide(string_form::utf16, lone, 3);
  for (const string_view& each : {string_view("bytes \xff\x00 too"), latin, wide, string_view(""),
                                  string_view(string_form::utf16, nullptr, 0)}) {
    const local made = here->make_string(s, each).value();
    CHECK(made.get().type_index() == shoal::builtin::string);
    CHECK(text_of(made).form() == each.form());
    CHECK(text_of(made).length() == each.length());
    CHECK(shoal::equal(text_of(made), each));
    CHECK(shoal::string_hash_at(made.get().address()) == shoal::hash_of(each));
  }
}

TEST_CASE("long strings are strings") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const std::string narrow(3'000'000, 'n');
  std::u16string wide(2'000'000, u'w');
  wide.back() = 0x4e00;
  const local a = here->make_string(s, std::string_view(narrow)).value();
  const local b = here->intern(s, std::u16string_view(wide)).value();
  CHECK(text_of(a).length() == narrow.size());
  CHECK(shoal::equal(text_of(b), std::u16string_view(wide)));
  CHECK(here->intern(s, std::u16string_view(wide)).value().get() == b.get());
}

TEST_CASE("a string that no heap holds is too large") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const string_view endless(string_form::bytes, "", std::uint64_t{1} << 60);
  CHECK(here->make_string(s, endless).code() == errc::too_large);
}

TEST_CASE("interning gives one object for one text, whatever its form") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const local bytes = here->intern(s, "same").value();
  const local wide = here->intern(s, std::u16string_view(u"same")).value();
  const local latin = here->intern(s, string_view(string_form::latin1, "same", 4)).value();
  const local other = here->intern(s, "other").value();
  CHECK(bytes.get() == wide.get());
  CHECK(bytes.get() == latin.get());
  CHECK_FALSE(bytes.get() == other.get());
  CHECK(here->account_cluster().interned_strings == 2);
  const local made = here->make_string(s, "same").value();
  CHECK_FALSE(made.get() == bytes.get());
}

TEST_CASE("bytes and text that only look alike are interned apart") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const local bytes = here->intern(s, "\xe9").value();
  const local text = here->intern(s, string_view(string_form::latin1, "\xe9", 1)).value();
  CHECK_FALSE(bytes.get() == text.get());
  CHECK(here->intern(s, std::u16string_view(u"\u00e9")).value().get() == text.get());
  CHECK(here->intern(s, "\xe9").value().get() == bytes.get());
}

TEST_CASE("an interned string is found by its hash, and what was not interned is not") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const string_view name("name");
  CHECK_FALSE(here->find_interned(name, shoal::hash_of(name)));
  const local made = here->intern(s, name).value();
  CHECK(here->find_interned(name, shoal::hash_of(name)) == made.get());
  CHECK_FALSE(here->find_interned(name, shoal::hash_of(name) + 1));
}

TEST_CASE("many strings are interned, and each is found again") {
  world w;
  w->debug_trace_every(0);
  attachment here = w.attach();
  scope s(*here);
  std::vector<shoal::handle> kept;
  constexpr int many = 5000;
  for (int i = 0; i < many; ++i) {
    scope each(*here);
    kept.emplace_back(*here, here->intern(each, std::string_view(std::to_string(i))).value());
  }
  CHECK(here->account_cluster().interned_strings == many);
  for (int i = 0; i < many; ++i) {
    scope each(*here);
    const local again = here->intern(each, std::string_view(std::to_string(i))).value();
    CHECK(again.get() == kept[static_cast<std::size_t>(i)].get(*here));
  }
}

TEST_CASE("interned strings that nothing reaches leave the table, and can be interned again") {
  world w;
  attachment here = w.attach();
  agent& me = *here;
  scope s(me);
  const local kept = me.intern(s, "kept").value();
  {
    scope inner(me);
    for (int i = 0; i < 300; ++i) {
      scope each(me);
      REQUIRE(me.intern(each, std::string_view("lost " + std::to_string(i))));
    }
  }
  static_cast<void>(me.debug_trace());
  CHECK(me.account_cluster().interned_strings == 1);
  CHECK(me.intern(s, "kept").value().get() == kept.get());
  for (int i = 0; i < 300; ++i) {
    scope each(me);
    const std::string name = "lost " + std::to_string(i);
    const local again = me.intern(each, std::string_view(name)).value();
    CHECK(shoal::equal(text_of(again), std::string_view(name)));
  }
}

TEST_CASE("threads that intern the same texts at once get the same objects") {
  world w;
  constexpr std::size_t texts = 200;
  constexpr std::size_t threads = 4;
  std::vector<shoal::handle> made[threads];
  std::atomic<std::size_t> ready{0};
  std::vector<std::thread> running;
  for (std::size_t t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      attachment here = w.attach();
      ++ready;
      while (ready < threads) here->poll();
      for (std::size_t i = 0; i < texts; ++i) {
        scope s(*here);
        const std::string name = "text " + std::to_string(i);
        made[t].emplace_back(*here, here->intern(s, std::string_view(name)).value());
      }
    });
  }
  for (auto& each : running) each.join();
  attachment here = w.attach();
  for (std::size_t i = 0; i < texts; ++i) {
    for (std::size_t t = 1; t < threads; ++t) {
      CHECK(made[t][i].get(*here) == made[0][i].get(*here));
    }
  }
  CHECK(here->account_cluster().interned_strings == texts);
  for (auto& mine : made) mine.clear();
}

TEST_CASE("a look-up by one agent finds what another is interning") {
  world w;
  std::atomic<int> written{0};
  attachment here = w.attach();
  std::vector<shoal::handle> kept;
  std::thread other([&] {
    attachment there = w.attach();
    for (int i = 0; i < 500; ++i) {
      scope s(*there);
      kept.emplace_back(*there,
                        there->intern(s, std::string_view("name " + std::to_string(i))).value());
      written = i + 1;
    }
    there->leave();
    while (written < 1000) std::this_thread::yield();
    there->enter();
  });
  for (int seen = 0; seen < 500;) {
    here->poll();
    for (const int end = written; seen < end; ++seen) {
      const std::string name = "name " + std::to_string(seen);
      const string_view view{std::string_view(name)};
      const reference found = here->find_interned(view, shoal::hash_of(view));
      REQUIRE(found);
      CHECK(shoal::equal(text_of(found), view));
    }
  }
  written = 1000;
  {
    const shoal::blocked_region away(*here);
    other.join();
  }
  kept.clear();
}

TEST_CASE("sharing forbidden leaves what is interned to be found, and makes nothing new") {
  world w;
  attachment here = w.attach();
  scope s(*here);
  const local known = here->intern(s, "known").value();
  w->forbid_sharing();
  CHECK(here->intern(s, "known").value().get() == known.get());
  CHECK(here->intern(s, "new").code() == errc::sharing_forbidden);
  CHECK(here->make_string(s, "new").code() == errc::sharing_forbidden);
}
