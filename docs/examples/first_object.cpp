// SPDX-License-Identifier: BSL-1.0
// The first lines of a host: one shared world, one agent, one type with this agent's behaviour.

#include <shoal/shoal.hpp>

int main() {
  shoal::cluster cluster({.limit = 64u << 20});                         // one shared world
  shoal::attachment joined = cluster.attach({.role = "main"}).value();  // this thread joins
  shoal::agent& agent = *joined;                                        // and leaves at the brace

  shoal::type point = agent.declare("Point", {{"x", shoal::f64}, {"next", shoal::any}}).value();
  static const char methods[] = "my methods";
  const auto behaviour = reinterpret_cast<std::uintptr_t>(methods);       // any word of the host's
  if (agent.realm().bind(point, behaviour) != shoal::errc::ok) return 1;  // this agent's alone

  shoal::scope scope(agent);
  shoal::local p = agent.create(scope, point).value();  // published: safe to hand to any agent
  const auto x = shoal::typed<double>(point, "x").value();
  agent.store(p, x, 1.0);  // unordered: may race, never tears
  const double seen = agent.load(p, x, shoal::seq_cst);
  const shoal::prototype found = agent.prototype_of(p);  // two loads and a test
  return seen == 1.0 && found.word() == behaviour ? 0 : 1;
}
