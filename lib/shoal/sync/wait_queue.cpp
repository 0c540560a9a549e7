// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/wait_queue.hpp>

#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

errc wait_queue::wait_at(agent& by, std::uintptr_t address, void* self,
                         bool (*is_expected)(void* self) noexcept, deadline until) noexcept {
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it waits");
  if (!by.may_block()) return errc::cannot_block;
  if (address == 0) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  parking_lot* const lot = parking_lot::of(by.cluster());
  if (lot == nullptr) return errc::out_of_memory;
  bool late = false;
  std::uint64_t token = 0;
  const park_result how = lot->park(
      by, {.what = detail::parked_at::location, .address = address},
      [&]() noexcept {
        if (!is_expected(self)) return false;
        late = until.has_passed();
        return !late;
      },
      [](bool) noexcept {}, until, token);
  switch (how) {
    case park_result::unparked:
      return errc::ok;
    case park_result::invalid:
      return late ? errc::timed_out : errc::not_equal;
    case park_result::timed_out:
      return errc::timed_out;
    case park_result::interrupted:
      break;
  }
  return errc::interrupted;
}

// Asynchronous waits

namespace {

using detail::pending_wait;

void run_waiting_at(agent_task& task, agent& by) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  wait.arrived(parking_lot::made(by.cluster()));
  wait.settle(by, errc::ok);
}

bool end_waiting_at(agent_task& task, agent& by, errc how) noexcept {
  auto& wait = static_cast<pending_wait&>(task);
  if (!wait.withdraw(parking_lot::made(by.cluster()), false, [](bool) noexcept {})) return false;
  wait.settle(by, how);
  return true;
}

constexpr pending_wait::kind location_wait{
    {run_waiting_at,
     [](agent_task& task, agent& by) noexcept { return end_waiting_at(task, by, errc::timed_out); },
     [](agent_task& task, agent& by) noexcept { return end_waiting_at(task, by, errc::cancelled); },
     pending_wait::abandon},
    false};

}  // namespace

errc wait_queue::wait_at_async(agent& by, const local& object, std::uintptr_t address, void* asked,
                               bool (*is_expected)(void* asked) noexcept, on_settled done,
                               void* self, deadline until) noexcept {
  SHOAL_ASSERT(done != nullptr, "an asynchronous wait has a function to call");
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it waits");
  if (address == 0) return errc::wrong_type;
  if (by.cluster().is_forked()) return errc::forked;
  errc why;
  pending_wait* const wait = pending_wait::begin(
      location_wait, by, {.what = detail::parked_at::location, .address = address}, object, self,
      until, why);
  if (wait == nullptr) return why;
  wait->settled = done;
  bool late = false;
  const bool waits = wait->queue_up(
      parking_lot::made(by.cluster()),
      [&]() noexcept {
        if (!is_expected(asked)) return false;
        late = until.has_passed();
        return !late;
      },
      []() noexcept { return true; }, [](bool) noexcept {});
  if (waits) return errc::ok;
  wait->forget(by);
  return late ? errc::timed_out : errc::not_equal;
}

std::size_t wait_queue::notify_at(agent& by, std::uintptr_t address, std::size_t n) noexcept {
  if (address == 0 || by.cluster().is_forked()) return 0;
  parking_lot* const lot = parking_lot::if_made(by.cluster());
  return lot == nullptr ? 0 : lot->unpark(address, n, 0);
}

}  // namespace shoal::inline SHOAL_ABI
