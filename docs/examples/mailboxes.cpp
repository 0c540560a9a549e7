// SPDX-License-Identifier: BSL-1.0
// A mailbox of orders, and an agent that works them off until it is closed.

#include <shoal/shoal.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <thread>

namespace {

// %%SHOAL receive
// Until the mailbox is closed, and nothing is left in it.
std::int64_t work(shoal::agent& agent, shoal::local orders, const shoal::type& order) {
  const auto amount = shoal::typed<std::int64_t>(order, "amount").value();
  std::int64_t sum = 0;
  shoal::scope scope(agent);
  shoal::received next(scope);  // holds what was received last
  while (shoal::mailbox::receive(agent, orders, next) == shoal::errc::ok) {
    sum += agent.load(next.object(), amount);
    agent.poll();
  }
  return sum;
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);
  const shoal::type order = agent.declare("Order", {{"amount", shoal::i64}}).value();
  const auto amount = shoal::typed<std::int64_t>(order, "amount").value();

  // %%SHOAL make
  const shoal::local orders = shoal::mailbox::make(agent, scope, 100).value();
  // %%END
  const shoal::handle sent(agent, orders);
  std::int64_t sum = 0;
  std::thread worker([&] {
    shoal::attachment there = cluster.attach().value();
    shoal::scope its(*there);
    sum = work(*there, its.hold(sent.get(*there)), order);
  });

  bool right = true;
  for (std::int64_t i = 1; i <= 1000; ++i) {
    // %%SHOAL send
    shoal::scope inner(agent);
    const shoal::local made = agent.create(inner, order).value();
    agent.store(made, amount, i);
    const shoal::errc how = shoal::mailbox::send(agent, orders, shoal::value(made),
                                                 shoal::deadline::after(std::chrono::seconds(10)));
    // %%END
    right &= how == shoal::errc::ok;
  }
  // %%SHOAL close
  right &= shoal::mailbox::close(agent, orders) == shoal::errc::ok;
  // %%END
  {
    const shoal::blocked_region away(agent);
    worker.join();
  }
  std::printf("%lld\n", static_cast<long long>(sum));
  return right && sum == 500'500 ? 0 : 1;
}
