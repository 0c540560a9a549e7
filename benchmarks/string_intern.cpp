// SPDX-License-Identifier: BSL-1.0
// What does it cost to find an interned string of up to 32 bytes whose hash is known, beside a
// single-threaded hash set of the same texts?
//
// The floor is boost::unordered_flat_set where this Boost has it (1.81), else std::unordered_set;
// its hash is the one that is known, and marked as good enough to be used as it is.

#include <string_view>

#if __has_include(<boost/unordered/unordered_flat_set.hpp>)
#include <boost/unordered/unordered_flat_set.hpp>
#define HAS_FLAT_SET 1
#else
#include <unordered_set>
#define HAS_FLAT_SET 0
#endif

#include "bench.hpp"

namespace bench {
namespace {

constexpr std::size_t string_count = 1024;
constexpr std::size_t look_ups = 4096;

// A text with its hash.
struct known {
  std::string_view text;
  std::uint64_t hash;
  friend bool operator==(const known& a, const known& b) {
    return a.hash == b.hash && a.text == b.text;
  }
};

struct known_hash {
  using is_avalanching = void;
  std::size_t operator()(const known& one) const {
    // 32 bits are known; the set wants 64 good ones.
    return one.hash * 0x9e37'79b9'7f4a'7c15;
  }
};

#if HAS_FLAT_SET
using set = boost::unordered_flat_set<known, known_hash>;
#else
using set = std::unordered_set<known, known_hash>;
#endif

struct strings {
  std::vector<std::string> texts;
  std::vector<known> order;
  set by_hand;

  strings() {
    shoal::agent& agent = the_world().agent;
    shoal::scope scope(agent);
    random next(3);
    texts.reserve(string_count);
    for (std::size_t i = 0; i < string_count; ++i) {
      std::string text = std::to_string(i) + "_identifier_of_some_length_in_source_code";
      text.resize(5 + i % 28);
      texts.push_back(text);
      static_cast<void>(need(agent.intern(scope, std::string_view(texts.back())), "no string"));
      by_hand.insert({texts.back(), hash_of(std::string_view(texts.back()))});
    }
    // What is looked for lies elsewhere than what is found, as in a lexer.
    static std::vector<std::string> sought;
    sought = texts;
    for (std::size_t i = 0; i < look_ups; ++i) {
      const std::string& text = sought[next.below(string_count)];
      order.push_back({text, hash_of(std::string_view(text))});
    }
  }
  static std::uint64_t hash_of(std::string_view text) {
    return shoal::hash_of(shoal::string_view(text));
  }
  static strings& get() {
    static strings only;
    return only;
  }
};

}  // namespace

void register_figures() {
  benchmark::AddCustomContext("intern_floor",
                              HAS_FLAT_SET ? "boost::unordered_flat_set" : "std::unordered_set");
  compare(
      "string/intern_hit", 1.5,
      [](benchmark::State& state) {
        const known* const order = strings::get().order.data();
        const set& all = *opaque(&strings::get().by_hand);
        each(state, look_ups, [=, &all](std::size_t i) {
          const auto found = all.find(order[i]);
          if (found == all.end()) [[unlikely]]
            give_up("not found");
          keep(&*found);
        });
      },
      [](benchmark::State& state) {
        const known* const order = strings::get().order.data();
        shoal::agent& agent = *opaque(&the_world().agent);
        each(state, look_ups, [=, &agent](std::size_t i) {
          const shoal::reference found = agent.find_interned(
              shoal::string_view(order[i].text), static_cast<std::uint32_t>(order[i].hash));
          if (!found) [[unlikely]]
            give_up("not found");
          keep(found.address());
        });
      });
}

}  // namespace bench
