// SPDX-License-Identifier: BSL-1.0
// A host whose shared heap takes its pages from jemalloc.
#include <shoal/heap/jemalloc_supply.hpp>
#include <shoal/shoal.hpp>

int main() {
  shoal::cluster cluster({.limit = 64u << 20, .pages = shoal::jemalloc_pages()});
  auto attached = cluster.attach();
  if (!attached.has_value()) return 1;
  shoal::agent& agent = **attached;
  auto declared = agent.declare("Point", {{"x", shoal::f64}});
  if (!declared.has_value()) return 2;
  shoal::scope scope(agent);
  return agent.create(scope, *declared).has_value() ? 0 : 3;
}
