// SPDX-License-Identifier: BSL-1.0
#pragma once

// seeded_scheduler: Relacy's random scheduler, with seeds that differ in how often they switch.
//
// Relacy's own picks a thread anew at every step, so that a thread of ten steps is always through
// before one of a hundred. Here half of the seeds do so, and the others let a thread run for a
// stretch: some 4 to 256 steps.
//
// Thread safety: thread-bound.

#include <cstdint>

#include "engine/relacy.hpp"

namespace engine {

template <rl::thread_id_t Threads>
class seeded_scheduler
    : public rl::scheduler<seeded_scheduler<Threads>, rl::scheduler_thread_info, Threads> {
  using base = rl::scheduler<seeded_scheduler<Threads>, rl::scheduler_thread_info, Threads>;

 public:
  using typename base::shared_context_t;
  using typename base::thread_info_t;
  struct task_t {};

  seeded_scheduler(rl::test_params& params, shared_context_t& context, rl::thread_id_t dynamic)
      : base(params, context, dynamic) {}

  rl::thread_id_t iteration_begin_impl() {
    state_ = this->iter_;
    const std::uint64_t kind = next();
    stretch_ = kind % 2 == 0 ? 1 : std::uint64_t{4} << (kind / 2 % 7);
    patience_ = std::uint64_t{4} << (kind / 16 % 5);
    return this->running_threads[static_cast<std::size_t>(next() % Threads)];
  }

  bool iteration_end_impl() { return this->iter_ == this->params_.iteration_count; }

  rl::thread_id_t schedule_impl(rl::unpark_reason& reason, unsigned yielded) {
    const auto running = static_cast<std::uint64_t>(this->running_threads_count);
    const auto timed = static_cast<std::uint64_t>(this->timed_thread_count_);
    if (timed != 0) {
      const std::uint64_t which = next() % (running != 0 ? timed * patience_ : timed);
      if (which < timed) {
        reason = rl::unpark_reason_timeout;
        return unpark(this->timed_threads_[which]);
      }
    }
    const auto spurious = static_cast<std::uint64_t>(this->spurious_thread_count_);
    if (spurious != 0 && running != 0) {
      const std::uint64_t which = next() % (spurious * patience_ * 2);
      if (which < spurious) {
        reason = rl::unpark_reason_spurious;
        return unpark(this->spurious_threads_[which]);
      }
    }
    reason = rl::unpark_reason_normal;
    if (yielded == 0 && this->thread_->state_ == rl::thread_state_running &&
        next() % stretch_ != 0) {
      return this->thread_->index_;
    }
    return this->running_threads[static_cast<std::size_t>(next() % running)];
  }

  unsigned rand_impl(unsigned limit, rl::sched_type) {
    return static_cast<unsigned>(next() % limit);
  }

  rl::iteration_t iteration_count_impl() { return this->params_.iteration_count; }
  void get_state_impl(std::ostream&) {}
  void set_state_impl(std::istream&) {}
  void on_thread_block(rl::thread_id_t, bool) {}

 private:
  rl::thread_id_t unpark(thread_info_t* thread) {
    const rl::thread_id_t index = thread->index_;
    this->unpark_thread(index);
    return index;
  }

  // splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_ = 0;
  std::uint64_t stretch_ = 1;
  std::uint64_t patience_ = 4;
};

}  // namespace engine
