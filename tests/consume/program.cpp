// SPDX-License-Identifier: BSL-1.0
// A host that links libshoal: what the README shows, with every answer looked at.
#include <cstdint>

#include <shoal/shoal.hpp>

static_assert(SHOAL_VERSION_MAJOR == 0);

#define EXPECT(condition) \
  if (!(condition)) return __LINE__ % 256

int main() {
  shoal::cluster cluster({.limit = 64u << 20});
  auto attached = cluster.attach({.role = "main"});
  EXPECT(attached.has_value());
  shoal::agent& agent = **attached;

  auto declared = agent.declare("Point", {{"x", shoal::f64}, {"next", shoal::any}});
  EXPECT(declared.has_value());
  const shoal::type point = *declared;
  static const char methods[] = "methods";
  const auto behaviour = reinterpret_cast<std::uintptr_t>(methods);
  EXPECT(agent.realm().bind(point, behaviour) == shoal::errc::ok);

  shoal::scope scope(agent);
  auto made = agent.create(scope, point);
  EXPECT(made.has_value());
  auto x = shoal::typed<double>(point, "x");
  EXPECT(x.has_value());
  agent.store(*made, *x, 1.5);
  EXPECT(agent.load(*made, *x, shoal::seq_cst) == 1.5);
  EXPECT(agent.prototype_of(*made).word() == behaviour);
  return 0;
}
