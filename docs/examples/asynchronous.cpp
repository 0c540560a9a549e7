// SPDX-License-Identifier: BSL-1.0
// An agent with an event loop, which may not sleep in a lock: it begins waits, and is told of their ends.

#include <shoal/shoal.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <thread>

namespace {

// %%SHOAL loop
// The runtime's loop: sleeps until there is something for the agent, or a deadline of its waits.
class event_loop : public shoal::empty_host {
 public:
  // From any thread, also from within a call of this agent's; calls nothing of Shoal.
  void post_task() noexcept {
    const std::scoped_lock hold(held_);
    asked_ = true;
    changed_.notify_one();
  }
  // One turn: whatever has ended is told from within serve.
  void turn(shoal::agent& agent) {
    const shoal::deadline next = agent.next_deadline();
    {
      const shoal::blocked_region away(agent);  // nobody who stops the world waits for it
      std::unique_lock hold(held_);
      const auto asked = [&] { return asked_; };
      if (next.is_never()) {
        changed_.wait(hold, asked);
      } else {
        changed_.wait_for(hold, std::chrono::nanoseconds(next.remaining()), asked);
      }
      asked_ = false;  // before serve, so that nothing is missed
    }
    agent.serve();
  }

 private:
  std::mutex held_;
  std::condition_variable changed_;
  bool asked_ = false;
};
// %%END

// %%SHOAL state
// What a wait is about, while it is pending: the runtime's promise, say.
struct deposit {
  shoal::handle account;
  shoal::handle changed;  // a condition
  shoal::typed_field<std::int64_t> balance;
  std::int64_t amount = 0;
  bool is_over = false;
  shoal::errc how = shoal::errc::ok;
};
// %%END

// %%SHOAL lock
// Called by serve, once.
void on_locked(void* self, shoal::agent& agent, shoal::errc how,
               shoal::unlock_token&& token) noexcept {
  auto& the = *static_cast<deposit*>(self);
  the.is_over = true;
  the.how = how;  // ok, timed_out, cancelled
  if (how != shoal::errc::ok) return;
  shoal::scope scope(agent);
  const shoal::local account = scope.hold(the.account.get(agent));
  agent.store(account, the.balance, agent.load(account, the.balance) + the.amount);
  the.how = shoal::condition::notify(agent, scope.hold(the.changed.get(agent))).code();
  token.unlock();  // or moved away, to hold the mutex for longer
}
// %%END

// %%SHOAL condition
// Begun by lock_async: looks with the mutex held, and waits on until there is enough.
struct watch {
  const deposit& of;
  std::int64_t enough;
  bool is_over = false;
  shoal::errc how = shoal::errc::ok;
};
void on_changed(void* self, shoal::agent& agent, shoal::errc how,
                shoal::unlock_token&& token) noexcept {
  auto& the = *static_cast<watch*>(self);
  shoal::scope scope(agent);
  if (how == shoal::errc::ok &&
      agent.load(the.of.account.get(agent), the.of.balance) < the.enough) {
    const shoal::local changed = scope.hold(the.of.changed.get(agent));
    how = shoal::condition::wait_async(agent, changed, token, on_changed, self);
    if (how == shoal::errc::ok) return;  // it is told again
  }
  the.is_over = true;
  the.how = how;
}
// %%END

// %%SHOAL receive
struct reader {
  shoal::handle orders;
  std::int64_t sum = 0;
  bool is_over = false;
};
void on_received(void* self, shoal::agent& agent, shoal::errc how, shoal::received& got) noexcept {
  auto& the = *static_cast<reader*>(self);
  if (how == shoal::errc::ok) {
    the.sum += got.get().as_int32();
    // The next one. Who may not be told again, as its agent goes, is not begun: owner_gone.
    shoal::scope scope(agent);
    how =
        shoal::mailbox::receive_async(agent, scope.hold(the.orders.get(agent)), on_received, self);
  }
  the.is_over = how != shoal::errc::ok;  // closed
}
// %%END

// %%SHOAL given_up
struct idle {
  shoal::errc how = shoal::errc::ok;
};
void on_field(void* self, shoal::agent&, shoal::errc how) noexcept {
  static_cast<idle*>(self)->how = how;
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  event_loop loop;
  deposit mine;  // before the attachment, as detaching tells what is left
  watch watches{mine, 10};
  reader reads;
  idle gives_up;
  shoal::attachment joined =
      cluster.attach({.hooks = shoal::hooks_of(loop), .may_block = false}).value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);
  const shoal::type type = agent.declare("Account", {{"balance", shoal::i64}}).value();
  const shoal::local account = agent.create(scope, type).value();
  const shoal::local mutex = shoal::mutex::make(agent, scope).value();
  const shoal::local orders = shoal::mailbox::make(agent, scope, 4).value();
  const shoal::handle sent[] = {{agent, account}, {agent, mutex}, {agent, orders}};
  mine.account = shoal::handle(agent, account);
  mine.changed = shoal::handle(agent, shoal::condition::make(agent, scope).value());
  mine.balance = shoal::typed<std::int64_t>(type, "balance").value();
  mine.amount = 10;
  reads.orders = shoal::handle(agent, orders);

  std::thread other([&] {
    shoal::attachment there = cluster.attach().value();
    shoal::scope its(*there);
    const shoal::local same = its.hold(sent[1].get(*there));
    shoal::unlock_token token;
    if (shoal::mutex::lock(*there, same, token) != shoal::errc::ok) return;
    const shoal::local to = its.hold(sent[2].get(*there));
    for (int i = 1; i <= 100; ++i) {
      if (shoal::mailbox::send(*there, to, i) != shoal::errc::ok) return;
    }
    token.unlock();
    static_cast<void>(shoal::mailbox::close(*there, to));
  });

  // %%SHOAL begin
  shoal::errc begun = shoal::mutex::lock_async(agent, mutex, on_changed, &watches);
  if (begun == shoal::errc::ok) {
    begun = shoal::mutex::lock_async(agent, mutex, on_locked, &mine,
                                     shoal::deadline::after(std::chrono::seconds(10)));
  }
  if (begun == shoal::errc::ok) {
    begun = shoal::mailbox::receive_async(agent, orders, on_received, &reads);
  }
  const auto is_over = [&] { return watches.is_over && mine.is_over && reads.is_over; };
  while (begun == shoal::errc::ok && !is_over()) loop.turn(agent);
  // %%END
  // %%SHOAL cancel
  // Until it is no longer 10; nobody will change it, so it is given up: on_field is told `cancelled`
  // before cancel_waits returns, which answers how many it has ended.
  if (begun == shoal::errc::ok) {
    begun = shoal::wait_queue::wait_async(agent, account, mine.balance, 10, on_field, &gives_up);
  }
  const std::size_t ended = shoal::cancel_waits(agent, &gives_up);
  // %%END
  {
    const shoal::blocked_region away(agent);
    other.join();
  }
  const std::int64_t balance = agent.load(account, mine.balance);
  std::printf("%lld %lld\n", static_cast<long long>(balance), static_cast<long long>(reads.sum));
  const bool right = begun == shoal::errc::ok && mine.how == shoal::errc::ok &&
                     watches.how == shoal::errc::ok && ended == 1 &&
                     gives_up.how == shoal::errc::cancelled;
  return right && balance == 10 && reads.sum == 5050 ? 0 : 1;
}
