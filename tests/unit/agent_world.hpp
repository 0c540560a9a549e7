// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of floor 5 share: a cluster over memory that is counted, hosts that note what they
// are told, and children to fork.
//
// With checks=full every cluster traces at every third allocation (SHOAL_TRACE_EVERY=n changes it,
// 0 turns it off), so no test can hold on to an object that nothing roots. Two agents of one thread
// are therefore attached parked, and taken up in turn.

#include <csignal>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <shoal/shoal.hpp>

#include "heap_world.hpp"

// Sanitizers have their own use of the address space, and shadows of what is touched.
#if defined(__SANITIZE_ADDRESS__) || SHOAL_TSAN
#define TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TEST_SANITIZED 1
#endif
#endif
#ifndef TEST_SANITIZED
#define TEST_SANITIZED 0
#endif

namespace agent_test {

using heap_test::counted_memory;

// Text as a field_key, an error message or a JSON has it.
using text = std::string;

[[nodiscard]] inline std::uint64_t trace_every() {
  const char* chosen = std::getenv("SHOAL_TRACE_EVERY");
  return chosen == nullptr ? 3 : std::strtoull(chosen, nullptr, 10);
}

// The hooks of one agent, and what they were told.
struct host {
  std::function<shoal::resolve_answer(shoal::agent&, const shoal::resolve_request&)> resolve;
  std::function<void(shoal::agent&, std::uint64_t, shoal::released)> on_release;
  std::function<void(shoal::agent&, shoal::root_visitor&)> roots;
  std::function<void()> posted;
  std::vector<std::pair<std::uint64_t, shoal::released>> let_go;
  std::vector<std::uint32_t> asked;
  std::thread::id released_on;

  [[nodiscard]] std::size_t times(std::uint64_t word, shoal::released what) const {
    std::size_t count = 0;
    for (const auto& each : let_go) count += each == std::pair(word, what) ? 1 : 0;
    return count;
  }

  shoal::agent_hooks hooks() {
    shoal::agent_hooks these;
    these.self = this;
    these.release = [](void* self, shoal::agent& by, std::uint64_t word,
                       shoal::released what) noexcept {
      auto& me = *static_cast<host*>(self);
      me.let_go.emplace_back(word, what);
      me.released_on = std::this_thread::get_id();
      if (me.on_release) me.on_release(by, word, what);
    };
    these.resolve_prototype = [](void* self, shoal::agent& by,
                                 const shoal::resolve_request& request) noexcept {
      auto& me = *static_cast<host*>(self);
      me.asked.push_back(request.what.index());
      return me.resolve ? me.resolve(by, request) : shoal::resolve_answer::failed();
    };
    these.visit_roots = [](void* self, shoal::agent& by, shoal::root_visitor& visit) noexcept {
      auto& me = *static_cast<host*>(self);
      if (me.roots) me.roots(by, visit);
    };
    these.post_task = [](void* self) noexcept {
      auto& me = *static_cast<host*>(self);
      if (me.posted) me.posted();
    };
    these.describe = [](void*, shoal::agent&, std::uint64_t word, char* out,
                        std::size_t room) noexcept {
      std::snprintf(out, room, "function %llu",
                    static_cast<unsigned long long>(word & shoal::nan_box::payload));
    };
    return these;
  }
};

// A cluster whose memory must all come back.
class world {
 public:
  explicit world(shoal::cluster_options options = {}) {
    options.metadata = metadata.metadata();
    options.pages = pages.pages();
    shared.emplace(options);
    shared->debug_trace_every(trace_every());
  }
  ~world() { close(); }
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  void close() {
    shared.reset();
    CHECK(metadata.bytes == 0);
    CHECK(pages.bytes == 0);
  }

  [[nodiscard]] shoal::attachment attach(const shoal::agent_options& options = {}) {
    return shared->attach(options).value();
  }
  // Of a thread that has others: taken up by `entered`.
  [[nodiscard]] shoal::attachment attach_parked(host* its = nullptr) {
    shoal::agent_options options;
    if (its != nullptr) options.hooks = its->hooks();
    options.parked = true;
    return attach(options);
  }
  shoal::cluster& operator*() { return *shared; }
  shoal::cluster* operator->() { return &*shared; }

  counted_memory metadata;
  counted_memory pages;
  std::optional<shoal::cluster> shared;
};

// A word of the agent's own, which no shared object may hold.
[[nodiscard]] inline shoal::datum unshared(std::uint64_t word) {
  return shoal::decode<shoal::nan_box>(shoal::nan_box::from_local(word));
}

[[nodiscard]] inline shoal::datum integer(std::int64_t number) { return shoal::datum::of(number); }
[[nodiscard]] inline shoal::datum number(double of) { return shoal::datum::of(of); }
[[nodiscard]] inline shoal::datum object(const shoal::reference& of) {
  return shoal::datum::of_object(of.address());
}

// How a child ended: its exit code, or minus the signal that ended it; and what it wrote to stderr.
struct ending {
  int code;
  text errors;
};

// Runs `body` in a child process, which gives up after a minute.
template <class Body>
ending in_child(Body&& body) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::fflush(nullptr);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    for (const int each : {SIGABRT, SIGSEGV, SIGTERM, SIGINT, SIGALRM}) std::signal(each, SIG_DFL);
    dup2(ends[1], 2);
    alarm(60);
    _exit(body());
  }
  ::close(ends[1]);
  ending how{0, {}};
  char part[512];
  for (ssize_t got; (got = read(ends[0], part, sizeof part)) > 0;) {
    how.errors.append(part, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  how.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return how;
}

}  // namespace agent_test

// In a child, where doctest's own checks would go unseen: ends it with the line number.
#define CHILD_CHECK(condition)                                             \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      _exit(1);                                                            \
    }                                                                      \
  } while (false)
