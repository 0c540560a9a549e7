// SPDX-License-Identifier: BSL-1.0
// A window that only its own thread may touch: others hold a thread-bound handle to it, and post
// calls that the owner's event loop runs.

#include <shoal/shoal.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

namespace {

struct window {
  int width = 0;
};

// %%SHOAL loop
class event_loop : public shoal::empty_host {
 public:
  // On the thread that posts, with the agent's inbox locked: it wakes the loop, and does no more.
  void post_task() noexcept {
    const std::lock_guard hold(mutex_);
    woken_ = true;
    changed_.notify_one();
  }

  // The owner's thread: sleeps parked, so that nobody waits for it, and serves what has come.
  void run_once(shoal::agent& agent) {
    {
      const shoal::blocked_region asleep(agent);
      std::unique_lock hold(mutex_);
      changed_.wait(hold, [this] { return woken_; });
      woken_ = false;
    }
    agent.serve();
  }

  void release(shoal::agent&, std::uint64_t word, shoal::released what) noexcept {
    if (what == shoal::released::thread_bound) delete reinterpret_cast<window*>(word);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
};
// %%END

// %%SHOAL call
// Runs on the owner, with the target. What it puts into the message comes back.
bool resize(shoal::agent&, std::uint64_t target, shoal::dispatch_message& message) noexcept {
  auto* const it = reinterpret_cast<window*>(target);
  it->width += static_cast<int>(message.words[0]);
  message.words[0] = static_cast<std::uint64_t>(it->width);
  return it->width < 1000;  // false: dispatch_failed
}

shoal::errc resize_from_elsewhere(shoal::agent& agent, const shoal::reference& handle, int by,
                                  int& width) {
  shoal::dispatch_message message;
  message.words[0] = static_cast<std::uint64_t>(by);
  shoal::result<shoal::dispatch> posted = agent.post(handle, resize, std::move(message));
  if (!posted) return posted.code();
  const shoal::errc how = agent.wait_for(*posted, shoal::deadline::after(std::chrono::seconds(10)));
  if (how == shoal::errc::ok) width = static_cast<int>(posted->message().words[0]);
  return how;
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  event_loop loop;
  shoal::attachment joined = cluster.attach({.role = "ui", .hooks = shoal::hooks_of(loop)}).value();
  shoal::agent& ui = *joined;
  shoal::scope scope(ui);

  // %%SHOAL make
  const shoal::local handle =
      ui.make_thread_bound(scope, reinterpret_cast<std::uintptr_t>(new window),
                           shoal::bound_policy::dispatch)
          .value();
  std::uint64_t target = 0;
  if (ui.bound_target(handle, target) != shoal::errc::ok) return 1;  // here it is ours
  // %%END

  const shoal::handle sent(ui, handle);
  int width = 0;
  shoal::errc off_thread = shoal::errc::ok;
  shoal::errc how = shoal::errc::timed_out;
  std::thread worker([&] {
    shoal::attachment other = cluster.attach({.role = "worker"}).value();
    std::uint64_t nothing = 0;
    off_thread = other->bound_target(sent.get(*other), nothing);
    how = resize_from_elsewhere(*other, sent.get(*other), 640, width);
  });
  loop.run_once(ui);
  {
    const shoal::blocked_region away(ui);
    worker.join();
  }
  std::printf("%s off its thread; %s, and %d wide, by a call\n", shoal::name_of(off_thread),
              shoal::name_of(how), width);
  return off_thread == shoal::errc::wrong_agent && how == shoal::errc::ok && width == 640 ? 0 : 1;
}
