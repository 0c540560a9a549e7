// SPDX-License-Identifier: BSL-1.0
// Layouts that another language, or C++, knows already.

#include <shoal/shoal.hpp>

#include <cstdint>
#include <cstdio>

namespace {

// %%SHOAL struct
struct sample {  // standard layout; the members that are shared while they change are cells
  shoal::header head;
  shoal::cell<double> level;
  shoal::cell<std::uint32_t> count;
};
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  // %%SHOAL layouts
  const auto members = shoal::static_layout<&sample::level, &sample::count>("level", "count");
  const shoal::type of_cpp = agent.declare(members.spec("Sample")).value();

  // The same by hand, as a foreign runtime or an FFI would say it.
  const shoal::field_spec fields[] = {shoal::field_spec{"level", shoal::f64}.at(8),
                                      shoal::field_spec{"count", shoal::u32}.at(16)};
  const shoal::type by_hand =
      agent.declare({.name = "Sample", .fields = fields, .size = 24}).value();

  const shoal::local p = agent.create(scope, of_cpp).value();
  agent.store(p, shoal::typed<double>(of_cpp, "level").value(), 0.5);
  const auto* seen = static_cast<const sample*>(p.get().address());  // until the next safepoint
  const double level = seen->level.load(shoal::unordered);
  // %%END

  const bool same = of_cpp.field("count").value().offset == by_hand.field("count").value().offset &&
                    of_cpp->size == by_hand->size;

  // %%SHOAL refused
  const shoal::field_spec wrong[] = {shoal::field_spec{"level", shoal::f64}.at(8),
                                     shoal::field_spec{"count", shoal::u32}.at(12)};
  const auto refused = agent.declare({.name = "Sample", .fields = wrong});
  std::puts(refused.error().message());
  // %%END
  return level == 0.5 && same && refused.code() == shoal::errc::overlapping_field ? 0 : 1;
}
