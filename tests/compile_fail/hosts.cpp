// SPDX-License-Identifier: BSL-1.0
// A host that lacks a hook, or has one that would never be called, is told which.
#include <shoal/shoal.hpp>

using shoal::agent, shoal::resolve_answer, shoal::resolve_request;

// Adds to the two hooks that a host must have.
struct host {
  void release(agent&, std::uint64_t, shoal::released) noexcept {}
  resolve_answer resolve_prototype(agent&, const resolve_request&) noexcept { return {}; }
};
struct no_release {
  resolve_answer resolve_prototype(agent&, const resolve_request&) noexcept { return {}; }
};
struct no_resolver {
  void release(agent&, std::uint64_t, shoal::released) noexcept {}
};
struct other_answer : no_resolver {
  bool resolve_prototype(agent&, const resolve_request&) noexcept { return true; }
};
struct release_throws : no_release {
  void release(agent&, std::uint64_t, shoal::released) {}
};
struct roots_throw : host {
  void visit_roots(agent&, shoal::root_visitor&) {}
};
struct roots_of_nobody : host {
  void visit_roots(shoal::root_visitor&) noexcept {}
};
struct task_of_agent : host {
  void post_task(agent&) noexcept {}
};
struct describes_briefly : host {
  void describe(agent&, std::uint64_t) noexcept {}
};

struct source {
  shoal::result<shoal::graph_shape> shape_of(std::uint64_t) noexcept {
    return shoal::graph_shape{};
  }
  shoal::graph_item field_of(std::uint64_t, const shoal::field_entry&) noexcept { return {}; }
  shoal::graph_item element_of(std::uint64_t, std::uint64_t) noexcept { return {}; }
  void describe(char*, std::size_t) noexcept {}
};
struct no_elements {
  shoal::result<shoal::graph_shape> shape_of(std::uint64_t) noexcept {
    return shoal::graph_shape{};
  }
  shoal::graph_item field_of(std::uint64_t, const shoal::field_entry&) noexcept { return {}; }
  void describe(char*, std::size_t) noexcept {}
};

struct guard {
  static bool shareable(std::uint64_t) noexcept { return true; }
  static bool barrier_active() noexcept { return false; }
  static void shade_value(std::uint64_t) noexcept {}
  static void shade(void*) noexcept {}
};
struct guard_without_shade {
  static bool shareable(std::uint64_t) noexcept { return true; }
  static bool barrier_active() noexcept { return false; }
  static void shade_value(std::uint64_t) noexcept {}
};

void attach(agent& by, shoal::scope& in, shoal::cell<std::uint64_t>& word) {
#if MISTAKE == 1  // says: it.release(of, word, what)
  no_release mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 2  // says: it.resolve_prototype(of, asked)
  no_resolver mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 3  // says: it.resolve_prototype(of, asked) | resolve_answer>
  other_answer mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 4  // says: release(of, word, what)' may throw \
                  // or: release((* & of), word, what)' is not 'noexcept'
  release_throws mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 5  // says: visit_roots is called as void visit_roots(agent&, root_visitor&) noexcept
  roots_throw mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 6  // says: visit_roots is called as void visit_roots(agent&, root_visitor&) noexcept
  roots_of_nobody mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 7  // says: post_task is called as void post_task() noexcept
  task_of_agent mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 8  // says: describe is called as void describe(agent&, std::uint64_t word, char*
  describes_briefly mine;
  static_cast<void>(shoal::hooks_of(mine));
#endif
#if MISTAKE == 9  // says: cannot bind non-const lvalue | no matching function
  static_cast<void>(shoal::hooks_of(host{}));
#endif
#if MISTAKE == 10  // says: source.element_of(node, index)
  no_elements mine;
  static_cast<void>(shoal::share_graph(by, in, mine, 1));
#endif
#if MISTAKE == 11  // says: guard.shade(address)
  guard_without_shade mine;
  static_cast<void>(shoal::store_any(mine, word, 1));
#endif
  shoal::empty_host empty;
  static_cast<void>(shoal::hooks_of(empty));
  host small;
  static_cast<void>(shoal::hooks_of(small));
  source graph;
  static_cast<void>(shoal::share_graph(by, in, graph, 1));
  guard all;
  static_cast<void>(shoal::store_any(all, word, 1));
}
