// SPDX-License-Identifier: BSL-1.0
// The hash table behind registries: collisions, growth, removal, and look-ups while others write.

#include <doctest/doctest.h>

#include <random>
#include <thread>
#include <vector>

#include "type_memory.hpp"

namespace {

struct entry {
  std::uint64_t key;
  std::uint64_t value;
};
using table = shoal::keyed_table<entry>;

struct keyed {
  std::uint64_t key;
  bool operator()(const entry& one) const noexcept { return one.key == key; }
};

// Few hashes for many keys.
std::uint64_t bad_hash(std::uint64_t key) { return key % 3; }
std::uint64_t good_hash(std::uint64_t key) { return shoal::hash_word(key); }

entry* put(table& in, entry& one, std::uint64_t hash) {
  return in.insert(hash, keyed{one.key}, [&] { return &one; }).entry;
}

TEST_CASE("an empty table finds nothing and needs no memory") {
  counted_memory memory;
  const table empty(memory.hook());
  CHECK(empty.find(0, keyed{0}) == nullptr);
  CHECK(memory.requests == 0);
}

TEST_CASE("what is inserted is found, through many growths") {
  counted_memory memory;
  {
    table all(memory.hook());
    std::vector<entry> entries;
    for (std::uint64_t i = 0; i < 10'000; ++i) entries.push_back({i, i * i});
    for (entry& one : entries) CHECK(put(all, one, good_hash(one.key)) == &one);
    CHECK(all.size() == 10'000);
    for (entry& one : entries) CHECK(all.find(good_hash(one.key), keyed{one.key}) == &one);
    CHECK(all.find(good_hash(10'000), keyed{10'000}) == nullptr);
    std::size_t seen = 0;
    all.for_each([&](const entry&) { ++seen; });
    CHECK(seen == 10'000);
    // Old tables stay: together they are less than the one in force.
    const std::size_t with_old = all.bytes();
    all.trim();
    CHECK(with_old < 2 * all.bytes() + 1024);
    CHECK(static_cast<long>(all.bytes()) == memory.bytes);
  }
  CHECK(memory.blocks == 0);
}

TEST_CASE("keys whose hashes collide are told apart") {
  table all(shoal::default_metadata);
  std::vector<entry> entries;
  for (std::uint64_t i = 0; i < 200; ++i) entries.push_back({i, i});
  for (entry& one : entries) put(all, one, bad_hash(one.key));
  for (entry& one : entries) CHECK(all.find(bad_hash(one.key), keyed{one.key}) == &one);
  for (std::uint64_t i = 0; i < 200; i += 2) CHECK(all.remove(bad_hash(i), &entries[i]));
  for (entry& one : entries) {
    CHECK((all.find(bad_hash(one.key), keyed{one.key}) == &one) == (one.key % 2 == 1));
  }
  CHECK(!all.remove(bad_hash(0), &entries[0]));
  CHECK(all.size() == 100);
}

TEST_CASE("inserting a known key answers the entry that is there, and makes nothing") {
  table all(shoal::default_metadata);
  entry one{1, 1};
  put(all, one, 1);
  const auto again = all.insert(1, keyed{1}, []() -> entry* {
    FAIL("not to be made");
    return nullptr;
  });
  CHECK(again.entry == &one);
  CHECK(!again.is_new);
}

TEST_CASE("a make that answers null inserts nothing") {
  table all(shoal::default_metadata);
  const auto none = all.insert(1, keyed{1}, []() -> entry* { return nullptr; });
  CHECK(none.entry == nullptr);
  CHECK(!none.is_new);
  CHECK(!none.no_memory);
  CHECK(all.size() == 0);
}

TEST_CASE("without memory to grow, inserting says so and the rest stays") {
  counted_memory memory;
  table all(memory.hook());
  std::vector<entry> entries;
  for (std::uint64_t i = 0; i < 1000; ++i) entries.push_back({i, i});
  for (entry& one : entries) {
    memory.fail_at = 1;
    const auto first = all.insert(good_hash(one.key), keyed{one.key}, [&] { return &one; });
    memory.fail_at = 0;
    if (first.no_memory) {
      CHECK(first.entry == nullptr);
      CHECK(all.find(good_hash(one.key), keyed{one.key}) == nullptr);
      put(all, one, good_hash(one.key));
    }
  }
  for (entry& one : entries) CHECK(all.find(good_hash(one.key), keyed{one.key}) == &one);
}

TEST_CASE("coming and going at one size needs no more tables") {
  counted_memory memory;
  table all(memory.hook());
  std::vector<entry> entries;
  for (std::uint64_t i = 0; i < 100'000; ++i) entries.push_back({i, i});
  for (std::uint64_t i = 0; i < 100; ++i) put(all, entries[i], good_hash(i));
  for (std::uint64_t i = 100; i < entries.size(); ++i) {
    CHECK(all.remove(good_hash(i - 100), &entries[i - 100]));
    put(all, entries[i], good_hash(i));
  }
  CHECK(all.size() == 100);
  CHECK(memory.requests < 12);
}

TEST_CASE("random insertions and removals agree with a plain array") {
  table all(shoal::default_metadata);
  constexpr std::uint64_t keys = 300;
  std::vector<entry> entries;
  for (std::uint64_t i = 0; i < keys; ++i) entries.push_back({i, 0});
  std::vector<bool> there(keys);
  std::mt19937_64 random(11);
  for (int step = 0; step < 40'000; ++step) {
    const std::uint64_t key = random() % keys;
    const std::uint64_t hash = key % 2 == 0 ? bad_hash(key) : good_hash(key);
    if (random() % 2 == 0) {
      REQUIRE(put(all, entries[key], hash) == &entries[key]);
      there[key] = true;
    } else {
      REQUIRE(all.remove(hash, &entries[key]) == there[key]);
      there[key] = false;
    }
    const std::uint64_t other = random() % keys;
    const std::uint64_t other_hash = other % 2 == 0 ? bad_hash(other) : good_hash(other);
    REQUIRE((all.find(other_hash, keyed{other}) != nullptr) == there[other]);
  }
}

TEST_CASE("look-ups see every entry that was inserted before, while the table grows") {
  table all(shoal::default_metadata);
  constexpr std::uint64_t count = 20'000;
  std::vector<entry> entries(count);  // written by the inserting thread only before publication
  std::atomic<std::uint64_t> inserted{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&, i] {
      std::mt19937_64 random(static_cast<std::uint64_t>(i));
      for (;;) {
        const std::uint64_t known = inserted.load();
        if (known == count) return;
        if (known == 0) continue;
        const std::uint64_t key = random() % known;
        const entry* found = all.find(good_hash(key), keyed{key});
        if (found == nullptr || found->value != key + 1) ++wrong;
        // What is not there yet may or may not be found; if it is, it is whole.
        const std::uint64_t later = random() % count;
        found = all.find(good_hash(later), keyed{later});
        if (found != nullptr && found->value != later + 1) ++wrong;
      }
    });
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    entries[i] = {i, i + 1};
    put(all, entries[i], good_hash(i));
    inserted = i + 1;
  }
  for (std::thread& one : readers) one.join();
  CHECK(wrong == 0);
}

TEST_CASE("what stays is always found, while neighbours come and go") {
  table all(shoal::default_metadata);
  constexpr std::uint64_t stay = 64, come_and_go = 64;
  std::vector<entry> entries;
  for (std::uint64_t i = 0; i < stay + come_and_go; ++i) entries.push_back({i, i});
  // All in a few clusters, so that the ways of look-ups lead over what is removed.
  const auto hash = [](std::uint64_t key) { return key % 4; };
  for (std::uint64_t i = 0; i < stay + come_and_go; ++i) {
    // Interleaved: the even ones stay.
    put(all, entries[i], hash(i / 2));
  }
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&] {
      while (!done.load()) {
        for (std::uint64_t i = 0; i < stay + come_and_go; i += 2) {
          if (all.find(hash(i / 2), keyed{i}) != &entries[i]) ++wrong;
        }
      }
    });
  }
  std::mt19937_64 random(5);
  for (int step = 0; step < 20'000; ++step) {
    const std::uint64_t i = random() % come_and_go * 2 + 1;
    if (!all.remove(hash(i / 2), &entries[i])) put(all, entries[i], hash(i / 2));
  }
  done = true;
  for (std::thread& one : readers) one.join();
  CHECK(wrong == 0);
}

}  // namespace
