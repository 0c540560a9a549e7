// SPDX-License-Identifier: BSL-1.0
// What an order buys: an object that is found is initialised, whatever the order; other fields are
// seen when the program asks for it.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <thread>

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);
  const shoal::type box =
      agent.declare("Box", {{"data", shoal::any}, {"size", shoal::i64}, {"ready", shoal::boolean}})
          .value();
  const auto data = shoal::typed<shoal::value>(box, "data").value();
  const auto size = shoal::typed<std::int64_t>(box, "size").value();
  const auto ready = shoal::typed<bool>(box, "ready").value();
  const shoal::local shared = agent.create(scope, box).value();
  const shoal::handle sent(agent, shared);

  bool right = false;
  std::thread reader([&] {
    shoal::attachment other = cluster.attach().value();
    const shoal::handle& it = sent;
    // %%SHOAL read
    // Acquire: pairs with the release store of `ready`; `size` is read next.
    while (!other->load(it.get(*other), ready, shoal::acquire)) other->poll();
    const std::int64_t seen = other->load(it.get(*other), size);
    // Unordered, and yet whatever it refers to is initialised.
    const shoal::value found = other->load(it.get(*other), data);
    const shoal::reference inner = other->object_of(found);
    // %%END
    right = seen == 3 && other->load(inner, size) == 7;
  });

  // %%SHOAL write
  const shoal::local inside = agent.create(scope, box).value();
  agent.store(inside, size, 7);
  if (agent.store(shared, data, shoal::value(inside)) != shoal::errc::ok) return 1;
  agent.store(shared, size, 3);
  agent.store(shared, ready, true, shoal::release);
  // %%END
  {
    const shoal::blocked_region away(agent);
    reader.join();
  }
  std::puts(right ? "seen" : "not seen");
  return right ? 0 : 1;
}
