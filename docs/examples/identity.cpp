// SPDX-License-Identifier: BSL-1.0
// The three ways in which agents agree on a type.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <cstring>

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  // %%SHOAL nominal
  // Declaring alone gives a fresh identity each time.
  const shoal::type one = agent.declare("Point", {{"x", shoal::f64}}).value();
  const shoal::type two = agent.declare("Point", {{"x", shoal::f64}}).value();
  if (one == two) return 1;
  // %%END

  // %%SHOAL handle
  // By handle: a shared value, which one sends like any other. Whoever has it may do what its
  // rights say, and passes it on with as many or fewer.
  const shoal::local all = agent.make_type_handle(scope, one, shoal::type_rights::all).value();
  const shoal::local some = agent.restrict(scope, all, shoal::type_rights::bind).value();
  if (agent.construct(scope, some).code() != shoal::errc::no_right) return 1;
  const shoal::local point = agent.construct(scope, all).value();
  if (agent.realm().bind(some, 1000) != shoal::errc::ok) return 1;
  if (agent.realm().bind(some, 2000) != shoal::errc::already_bound) return 1;
  const shoal::local of_point = agent.type_of(scope, point).value();  // with neither right
  if (!agent.same_type(of_point, all).value()) return 1;
  // %%END

  // %%SHOAL key
  // By key, in a cohort: who evaluates the same declaration gets the same identity, whoever is
  // first. The host makes the cohort and chooses the key; user code sees neither.
  shoal::cohort application(cluster.types());
  const auto key = shoal::registration_key::of_source("geometry.mn", 12, "Point", 0x5eed);
  const shoal::type here =
      application.register_struct(key, {.name = "Point", .fields = {{"x", shoal::f64}}}).value();
  const shoal::type there =
      application.register_struct(key, {.name = "Point", .fields = {{"x", shoal::f64}}}).value();
  const shoal::result<shoal::type> other =
      application.register_struct(key, {.name = "Point", .fields = {{"x", shoal::f32}}});
  if (here != there || other.code() != shoal::errc::layout_mismatch) return 1;
  std::printf("%s\n", other.error().message());
  // %%END
  if (std::strcmp(other.error().message(),
                  "field 1 is 'x': f32 here, 'x': f64 in the registered type") != 0) {
    return 1;
  }

  // %%SHOAL structure
  // By structure: equal layouts are one identity, as in Wasm.
  const shoal::type three =
      cluster.types().structural({.name = "A", .fields = {{"x", shoal::f64}}}).value();
  const shoal::type four =
      cluster.types().structural({.name = "B", .fields = {{"x", shoal::f64}}}).value();
  if (three != four || three == one) return 1;
  // %%END
  return 0;
}
