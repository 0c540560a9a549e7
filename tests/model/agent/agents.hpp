// SPDX-License-Identifier: BSL-1.0
#pragma once

// A cluster with an agent for each thread, which the thread enters for its part of the body.

#include <optional>
#include <shoal/agent/agent.hpp>

#include "model.hpp"

namespace trial {

template <unsigned Threads>
struct agents : body {
  static constexpr unsigned threads = Threads;
  shoal::cluster shared{{.limit = 8u << 20, .max_types = 64}};
  std::optional<shoal::attachment> joined[Threads];

  virtual shoal::agent_options options_of(unsigned) { return {}; }
  virtual void run(unsigned index, shoal::agent& me) = 0;

  void before() override {
    for (unsigned i = 0; i < Threads; ++i) {
      shoal::agent_options how = options_of(i);
      how.parked = true;
      joined[i].emplace(shared.attach(how).value());
    }
  }
  void thread(unsigned index) override {
    (*joined[index])->enter();
    run(index, **joined[index]);
    // It may have been detached, or replaced.
    if (shoal::agent* const left = joined[index]->get(); left != nullptr) left->leave();
  }
};

// What a host's word refers to, until the host is told to let go of it.
struct referent {
  explicit referent(std::uint32_t from) { number.set(from); }
  shoal::payload<std::uint32_t> number;

  static std::uint64_t make(std::uint32_t number) {
    return reinterpret_cast<std::uintptr_t>(
        shoal::try_make<referent>(shoal::default_metadata, number));
  }
  static referent& of(std::uint64_t word) { return *reinterpret_cast<referent*>(word); }
  static void release(void*, shoal::agent&, std::uint64_t word, shoal::released) noexcept {
    shoal::destroy(shoal::default_metadata, &of(word));
  }
};

// A host's loop: post_task wakes it, and it serves.
class host_loop {
 public:
  static void post_task(void* self) noexcept {
    auto& me = *static_cast<host_loop*>(self);
    // Relaxed: what there is to do is in the inbox.
    me.work_.fetch_add(1, shoal::order<"host_loop.post">(shoal::relaxed));
    me.work_.wake_all();
  }
  // Until that many have been posted; what has ended meanwhile is let go of.
  void serve(shoal::agent& by, std::uint32_t posts) {
    for (;;) {
      const std::uint32_t seen = work_.load(shoal::order<"host_loop.look">(shoal::relaxed));
      by.serve();
      if (seen >= posts) return;
      const shoal::blocked_region asleep(by);
      work_.wait(seen);
    }
  }

 private:
  shoal::wait_word work_{0};
};

}  // namespace trial
