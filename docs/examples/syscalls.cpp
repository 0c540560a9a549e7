// SPDX-License-Identifier: BSL-1.0
// A table of host functions that shared code calls, and that each thread fills in for itself.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <thread>

namespace {

// %%SHOAL functions
int print_here(const char* text) { return std::printf("here: %s\n", text); }
int print_there(const char* text) { return std::printf("there: %s\n", text); }

// Code that any agent may run: it knows the shared table, and no agent.
shoal::errc greet(shoal::agent& agent, const shoal::reference& table, int& printed) {
  shoal::element_place place;
  const shoal::errc found = agent.element(table, 0, place);
  if (found != shoal::errc::ok) return found;
  const shoal::reference print(agent.get(place).object);
  // uninitialized: not filled in by this agent
  return agent.call_binding<int(const char*)>(print, printed, "hello");
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  // %%SHOAL table
  const shoal::local table = agent.create_array(scope, shoal::any, 16).value();
  const shoal::local print = agent.make_thread_local_function(scope).value();
  shoal::element_place first;
  if (agent.element(table, 0, first) != shoal::errc::ok) return 1;
  if (agent.set(first, shoal::datum::of_object(print.get().address())) != shoal::errc::ok) return 1;

  int printed = 0;
  if (greet(agent, table, printed) != shoal::errc::uninitialized) return 1;
  const auto word = reinterpret_cast<std::uintptr_t>(&print_here);
  if (agent.initialize(print, word) != shoal::errc::ok) return 1;
  if (agent.initialize(print, word) != shoal::errc::already_initialized) return 1;
  if (greet(agent, table, printed) != shoal::errc::ok) return 1;
  // %%END

  const shoal::handle sent(agent, table);
  bool right = false;
  const shoal::blocked_region away(agent);
  std::thread([&] {
    shoal::attachment other = cluster.attach().value();
    shoal::element_place place;
    if (other->element(sent.get(*other), 0, place) != shoal::errc::ok) return;
    const shoal::reference theirs(other->get(place).object);
    if (other->initialize(theirs, reinterpret_cast<std::uintptr_t>(&print_there)) !=
        shoal::errc::ok) {
      return;
    }
    int there = 0;
    right = greet(*other, sent.get(*other), there) == shoal::errc::ok && there > 0;
  }).join();
  return right && printed > 0 ? 0 : 1;
}
