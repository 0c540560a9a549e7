// SPDX-License-Identifier: BSL-1.0
// A mutex that lies in a shared object, and two agents that want it.

#include <shoal/shoal.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <thread>

namespace {

// %%SHOAL section
// Both fields change together, or a reader could see one without the other.
shoal::errc deposit(shoal::agent& agent, shoal::local account, const shoal::type& type) {
  const auto guard = shoal::typed<shoal::reference>(type, "guard").value();
  const auto balance = shoal::typed<std::int64_t>(type, "balance").value();
  const auto entries = shoal::typed<std::int64_t>(type, "entries").value();

  shoal::scope scope(agent);
  const shoal::local mutex = scope.hold(agent.load(account, guard));
  shoal::unlock_token token;
  const shoal::errc locked =
      shoal::mutex::lock(agent, mutex, token, shoal::deadline::after(std::chrono::seconds(1)));
  if (locked != shoal::errc::ok) return locked;  // timed_out, interrupted, deadlock, ...
  if (token.was_abandoned()) {  // its last owner went in the middle: make the two agree
    agent.store(account, entries, agent.load(account, balance) / 10);
  }
  agent.store(account, balance, agent.load(account, balance) + 10);
  agent.store(account, entries, agent.load(account, entries) + 1);
  return shoal::errc::ok;  // the token unlocks
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  // %%SHOAL make
  const shoal::type type =
      agent
          .declare("Account",
                   {{"guard", shoal::ref}, {"balance", shoal::i64}, {"entries", shoal::i64}})
          .value();
  const shoal::local account = agent.create(scope, type).value();
  const shoal::local mutex = shoal::mutex::make(agent, scope).value();
  const auto guard = shoal::typed<shoal::reference>(type, "guard").value();
  if (agent.store(account, guard, mutex) != shoal::errc::ok) return 1;
  // %%END

  const shoal::handle sent(agent, account);
  constexpr int times = 1000;
  bool right = true;
  bool right_there = true;
  std::thread other([&] {
    shoal::attachment there = cluster.attach().value();
    shoal::scope its(*there);
    const shoal::local same = its.hold(sent.get(*there));
    for (int i = 0; i < times; ++i) right_there &= deposit(*there, same, type) == shoal::errc::ok;
  });
  for (int i = 0; i < times; ++i) right &= deposit(agent, account, type) == shoal::errc::ok;
  {
    const shoal::blocked_region away(agent);
    other.join();
  }
  const std::int64_t balance =
      agent.load(account, shoal::typed<std::int64_t>(type, "balance").value());
  std::printf("%lld\n", static_cast<long long>(balance));
  return right && right_there && balance == 2 * times * 10 ? 0 : 1;
}
