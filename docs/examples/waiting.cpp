// SPDX-License-Identifier: BSL-1.0
// An agent that waits for work, by a condition and by the field itself.

#include <shoal/shoal.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <thread>

namespace {

struct job_list {
  shoal::type type;
  shoal::typed_field<shoal::reference> guard;
  shoal::typed_field<shoal::reference> changed;
  shoal::typed_field<std::int32_t> jobs;
  shoal::typed_field<std::int32_t> stage;
};

// %%SHOAL wait
// Takes a job, and waits for one.
shoal::errc take(shoal::agent& agent, shoal::local list, const job_list& of) {
  shoal::scope scope(agent);
  const shoal::local mutex = scope.hold(agent.load(list, of.guard));
  const shoal::local changed = scope.hold(agent.load(list, of.changed));
  shoal::unlock_token token;
  if (const shoal::errc how = shoal::mutex::lock(agent, mutex, token); how != shoal::errc::ok)
    return how;
  const shoal::errc how = shoal::condition::wait_for(
      agent, changed, token, [&] { return agent.load(list, of.jobs) > 0; },
      shoal::deadline::after(std::chrono::seconds(10)));
  if (how == shoal::errc::ok) agent.fetch_sub(list, of.jobs, 1);
  return how;  // the token holds the mutex whatever it is, and unlocks
}
// %%END

// %%SHOAL notify
// One more job, and whoever waits for it goes on once the mutex is free.
shoal::errc give(shoal::agent& agent, shoal::local list, const job_list& of) {
  shoal::scope scope(agent);
  const shoal::local mutex = scope.hold(agent.load(list, of.guard));
  const shoal::local changed = scope.hold(agent.load(list, of.changed));
  shoal::unlock_token token;
  if (const shoal::errc how = shoal::mutex::lock(agent, mutex, token); how != shoal::errc::ok)
    return how;
  agent.fetch_add(list, of.jobs, 1);
  return shoal::condition::notify(agent, changed).code();
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  job_list of;
  of.type = agent
                .declare("Jobs", {{"guard", shoal::ref},
                                  {"changed", shoal::ref},
                                  {"jobs", shoal::i32},
                                  {"stage", shoal::i32}})
                .value();
  of.guard = shoal::typed<shoal::reference>(of.type, "guard").value();
  of.changed = shoal::typed<shoal::reference>(of.type, "changed").value();
  of.jobs = shoal::typed<std::int32_t>(of.type, "jobs").value();
  of.stage = shoal::typed<std::int32_t>(of.type, "stage").value();
  const shoal::local list = agent.create(scope, of.type).value();
  if (agent.store(list, of.guard, shoal::mutex::make(agent, scope).value()) != shoal::errc::ok ||
      agent.store(list, of.changed, shoal::condition::make(agent, scope).value()) !=
          shoal::errc::ok) {
    return 1;
  }

  const shoal::handle sent(agent, list);
  constexpr int times = 100;
  int taken = 0;
  std::thread other([&] {
    shoal::attachment there = cluster.attach().value();
    shoal::scope its(*there);
    const shoal::local same = its.hold(sent.get(*there));
    for (int i = 0; i < times; ++i) taken += take(*there, same, of) == shoal::errc::ok ? 1 : 0;
    // %%SHOAL field
    // All is done: whoever waits for another stage looks again.
    there->store(same, of.stage, 1, shoal::seq_cst);
    shoal::wait_queue::notify(*there, same, of.stage);
    // %%END
  });
  bool right = true;
  for (int i = 0; i < times; ++i) right &= give(agent, list, of) == shoal::errc::ok;
  // %%SHOAL stage
  // While the stage is 0; ok: notified; not_equal: it was over already.
  const shoal::errc how = shoal::wait_queue::wait(agent, list, of.stage, 0);
  // %%END
  right &= how == shoal::errc::ok || how == shoal::errc::not_equal;
  {
    const shoal::blocked_region away(agent);
    other.join();
  }
  std::printf("%d\n", taken);
  return right && taken == times ? 0 : 1;
}
