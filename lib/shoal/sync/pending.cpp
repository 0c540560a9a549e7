// SPDX-License-Identifier: BSL-1.0

#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::pending_wait;

pending_wait* pending_wait::begin(const kind& what, agent& by, const park_spot& at,
                                  const local& kept, void* self, deadline until,
                                  errc& why) noexcept {
  const metadata_hook& memory = by.cluster().metadata();
  why = errc::out_of_memory;
  if (parking_lot::of(by.cluster()) == nullptr) return nullptr;
  auto* const made = try_make<pending_wait>(memory, what, memory, by, at, self, until);
  if (made == nullptr) return nullptr;
  if (kept.get()) made->object = handle(by, kept);
  if (kept.get() && !made->object) {
    made->free();
    return nullptr;
  }
  if (!by.begin(*made)) {
    why = errc::owner_gone;
    made->free();
    return nullptr;
  }
  why = errc::ok;
  return made;
}

void pending_wait::forget(agent& by) noexcept {
  by.finish(*this);
  free();
}

void pending_wait::free() noexcept {
  const metadata_hook from = memory;
  destroy(from, this);
}

void pending_wait::settle(agent& by, errc how) noexcept {
  settle_by(by, [&]() noexcept { settled(self, by, how); });
}

bool pending_wait::try_lock(agent& by) noexcept {
  const unlock_token::answer had =
      unlock_token::lock(by, *mutex, deadline::never(), unlock_token::patience::tries);
  if (had.code != errc::ok) return false;
  if (by.is_detaching()) {  // nobody would be left to unlock it
    // One that was abandoned stays so, by this agent: the next owner is still to be told.
    if (!had.abandoned) unlock_token::unlock(by, *mutex);
    settle_without_lock(by, errc::cancelled);
    return true;
  }
  settle_by(by, [&]() noexcept {
    unlock_token token;
    token.by_ = &by;
    token.body_ = mutex;
    token.abandoned_ = had.abandoned;
    locked(self, by, outcome, std::move(token));
  });
  return true;
}

void pending_wait::settle_without_lock(agent& by, errc how) noexcept {
  settle_by(by, [&]() noexcept { locked(self, by, how, unlock_token()); });
}

void pending_wait::mend(parking_lot& lot, agent& survivor) noexcept {
  for (agent_task* each = survivor.tasks(); each != nullptr; each = each->later) {
    auto& wait = static_cast<pending_wait&>(*each);
    if (wait.is_queued && !wait.is_posted && !wait.node.taken && !wait.node.moved &&
        !wait.what().looks_again) {
      lot.restore(wait.node);
      continue;
    }
    wait.is_queued = false;
    if (!wait.is_posted) wait.look();
  }
}

std::size_t cancel_waits(agent& by, const void* self) noexcept {
  if (by.cluster().is_forked()) return 0;
  SHOAL_ASSERT_FULL(by.is_entered(), "an agent is entered while it cancels its waits");
  struct request {
    agent& by;
    const void* self;
  } asked{by, self};
  return by.end_tasks(
      [](void* of, agent_task& each) noexcept {
        const auto& what = *static_cast<request*>(of);
        return static_cast<pending_wait&>(each).self == what.self &&
               each.does->cancel(each, what.by);
      },
      &asked);
}

}  // namespace shoal::inline SHOAL_ABI
