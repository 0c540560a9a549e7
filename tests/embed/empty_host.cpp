// SPDX-License-Identifier: BSL-1.0
//
// The smallest host: shoal::empty_host as it is. Copy include/shoal/embed/empty_host.hpp to begin
// with, and this to see that it works.

#include <doctest/doctest.h>

#include <cstring>

#include <shoal/shoal.hpp>

TEST_CASE("the empty host attaches, shares an object and leaves nothing behind") {
  shoal::cluster cluster;
  shoal::empty_host host;
  {
    shoal::attachment joined = cluster.attach({.hooks = shoal::hooks_of(host)}).value();
    shoal::agent& agent = *joined;
    const shoal::type point =
        agent.declare("Point", {{"x", shoal::f64}, {"any", shoal::any}}).value();
    shoal::scope scope(agent);
    const shoal::local p = agent.create(scope, point).value();

    SUBCASE("first sight of a type answers that it has no prototype, and asks no more") {
      const shoal::prototype found = agent.prototype_of(p);
      CHECK(!found);
      CHECK(found.code() == shoal::errc::ok);
      CHECK(agent.realm().peek(point.index()) == found);
    }
    SUBCASE("a value of the agent's own is refused, in the host's words") {
      const shoal::datum ours = shoal::datum::of_local(0);
      const shoal::field any = point.field("any").value();
      const shoal::errc done = agent.set(p, any, ours);
      CHECK(done == shoal::errc::unshared_value);
      CHECK(std::strcmp(agent.explain(done, p, any, ours).message(),
                        "field 'any' of Point cannot hold a value of this agent's: "
                        "it is not shared") == 0);
    }
    SUBCASE("a binding is released when the agent leaves") {
      CHECK(agent.realm().bind(point, 1000) == shoal::errc::ok);
      CHECK(agent.account().prototypes == 1);
    }
  }
  CHECK(cluster.account().agents == 0);
  CHECK(cluster.account().sum.prototypes == 0);
}
