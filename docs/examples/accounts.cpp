// SPDX-License-Identifier: BSL-1.0
// What is held, by whom, and what would still be there after a collection.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <utility>

int main() {
  shoal::cluster cluster;
  shoal::handle parting;
  {
    shoal::attachment joined = cluster.attach({.role = "main"}).value();
    shoal::agent& agent = *joined;
    const shoal::type point = agent.declare("Point", {{"x", shoal::f64}}).value();
    shoal::scope scope(agent);
    parting = shoal::handle(agent, agent.create(scope, point).value());

    // %%SHOAL prototypes
    if (agent.realm().bind(point, 1000) != shoal::errc::ok) return 1;
    if (agent.account().prototypes != 1) return 1;
    agent.realm().unbind(agent.locals(), point);  // the host knows that the type is over
    if (agent.account().prototypes != 0) return 1;
    // %%END

    // %%SHOAL types
    // Stops the world and walks the heap: which types have how many instances, and how large.
    const shoal::errc counted = agent.account_types(
        [](void*, const shoal::type_account& one) noexcept {
          char text[512];
          if (shoal::to_json(one, text, sizeof text) < sizeof text) std::printf("%s\n", text);
        },
        nullptr);
    // %%END
    if (counted != shoal::errc::ok) return 1;

    // %%SHOAL dead
    // What nothing reaches is overwritten, not freed: for tests.
    for (int i = 0; i < 10; ++i) {
      shoal::scope inner(agent);
      if (!agent.create(inner, point)) return 1;
    }
    const shoal::trace_statistics found = agent.debug_trace();
    if (found.dead_objects != 10 || found.handle_roots != 1) return 1;
    // %%END
  }
  // %%SHOAL left
  // All agents have left. A handle that one of them made is still held: an orphan.
  shoal::cluster_account left = cluster.account();
  if (left.agents != 0 || left.orphan_handles != 1) return 1;
  if (cluster.shared().orphan_handle_bytes() == 0) return 1;
  parting.reset();
  left = cluster.account();
  if (left.orphan_handles != 0 || left.types != 1 || left.heap_bytes_used == 0) return 1;
  // %%END
  return 0;
}
