// SPDX-License-Identifier: BSL-1.0

#include <shoal/agent/agent.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "slot.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define SHOAL_LSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHOAL_LSAN 1
#endif
#endif
#if defined(SHOAL_LSAN)
#include <sanitizer/lsan_interface.h>
#endif

namespace shoal::inline SHOAL_ABI {

using detail::agent_slot;
using detail::map_pages;
using detail::mapping;
using detail::unmap_pages;
using detail::world;

namespace {

[[nodiscard]] std::size_t page_bytes() noexcept {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// Zeroed pages, of which a forked child sees the first zeroed again (Linux 4.14; older kernels
// refuse, and forks go unseen). Null: no memory.
[[nodiscard]] void* map_wiped(std::size_t bytes) noexcept {
  void* const pages = map_pages(bytes, mapping::charged);
  // A checker's pages are not the system's, and nothing forks there.
#if defined(MADV_WIPEONFORK) && !defined(SHOAL_MODEL)
  if (pages != nullptr) static_cast<void>(madvise(pages, page_bytes(), MADV_WIPEONFORK));
#endif
  return pages;
}

[[nodiscard]] std::size_t slot_bytes() noexcept { return page_bytes() + sizeof(agent_slot); }

}  // namespace

detail::agent_slot* detail::agent_slot::try_open(agent_slot* others) noexcept {
  void* pages = map_wiped(slot_bytes());
  if (pages == nullptr) return nullptr;
  auto* slot = new (static_cast<std::byte*>(pages) + page_bytes()) agent_slot(others);
  SHOAL_ASSERT(static_cast<void*>(slot->place) == slot, "an agent finds its gate before it");
  new (&slot->gate()) cell<std::uint32_t>(0);
#if defined(SHOAL_LSAN)
  // LeakSanitizer does not look into mappings for what an agent holds when a process ends early.
  __lsan_register_root_region(slot, sizeof *slot);
#endif
  return slot;
}

void detail::agent_slot::close() noexcept {
  this->~agent_slot();
#if defined(SHOAL_LSAN)
  __lsan_unregister_root_region(this, sizeof *this);
#endif
  unmap_pages(reinterpret_cast<std::byte*>(this) - page_bytes(), slot_bytes());
}

cluster::cluster(const cluster_options& options) noexcept
    : words_(options.words),
      types_(type_space_options{
          .memory = options.metadata, .max_types = options.max_types, .values = &words_}),
      locals_(types_, options.metadata),
      heap_(heap_options{.limit = options.limit,
                         .pages = options.pages,
                         .metadata = options.metadata,
                         .types = &types_,
                         .words = options.words}),
      strings_(options.metadata) {
  void* const page = map_wiped(page_bytes());
  if (page != nullptr) alive_ = new (page) cell<std::uint32_t>(1);
  const errc opened = types_.open();
  if (opened != errc::ok) {
    status_ = opened;
  } else if (!locals_.try_open() || alive_ == nullptr) {
    status_ = errc::out_of_memory;
  }
}

cluster::~cluster() {
  if (is_forked()) {
    types_.abandon();
    heap_.abandon();
  } else {
    SHOAL_ASSERT(attached_ == 0, "detach every agent before its cluster goes");
  }
  if (cluster_extension* const above = extension()) above->close(*above);
  strings_.close();
  agent_slot* slot = world::slots_of(*this);
  while (slot != nullptr) {
    agent_slot* const next = slot->next;
    slot->close();
    slot = next;
  }
  if (alive_ != nullptr) unmap_pages(alive_, page_bytes());
}

bool cluster::is_forked() const noexcept {
  // Relaxed: only this process wrote it, before any agent could attach.
  return alive_ != nullptr && alive_->load(order<"cluster.alive">(relaxed)) == 0;
}

agent_slot* cluster::take_slot() noexcept {
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    if (!slot->taken) {
      slot->taken = true;
      return slot;
    }
  }
  agent_slot* slot = agent_slot::try_open(world::slots_of(*this));
  if (slot == nullptr) return nullptr;
  slot->taken = true;
  // Release: pairs with cluster.slots; the slot was made before.
  slots_.store(reinterpret_cast<std::uintptr_t>(slot), order<"cluster.add_slot">(release));
  return slot;
}

agent_slot* cluster::find(std::uint64_t identity) noexcept {
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    const locked hold(slot->inbox);
    if (slot->open_for == identity) return slot;
  }
  return nullptr;
}

bool cluster::is_attached(std::uint32_t short_identity) const noexcept {
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    // Acquire: pairs with agent.depart; what an agent that is gone has done is read next.
    if (slot->present.load(order<"cluster.is_attached">(acquire)) == short_identity) return true;
  }
  return false;
}

bool cluster::has_left(std::uint32_t short_identity) noexcept {
  // Under the lock under which it has attached: that was before, as what it wrote since was read.
  const locked hold(agents_);
  return !is_attached(short_identity);
}

// Of 2^32 agents that attach one after another two have the same, and not at the same time.
bool cluster::may_have(std::uint64_t identity) const noexcept {
  const auto low = static_cast<std::uint32_t>(identity);
  return low != 0 && (low == identity || !is_attached(low));
}

result<attachment> cluster::attach(const agent_options& options) noexcept {
  if (status_ != errc::ok)
    return error(status_, "the cluster could not open: %s", name_of(status_));
  if (is_forked()) return error(errc::forked, "call after_fork_child() first");
  if (options.version != layout_version) {
    return error(errc::version_mismatch, "built for layout version %u, the library has %u",
                 options.version, layout_version);
  }
  agent* joined;
  {
    const locked hold(agents_);  // asks for metadata while held; nobody on a fast path waits for it
    agent_slot* slot = take_slot();
    if (slot == nullptr) return errc::out_of_memory;
    while (!may_have(locals_.upcoming_identity())) static_cast<void>(locals_.next_identity());
    joined = new (slot->place) agent(*this, *slot, slot->here, options);
    if (const errc opened = joined->open(options); opened != errc::ok) {
      joined->~agent();
      slot->taken = false;
      return error(opened, "no memory for another agent");
    }
    {
      const locked gates(waits_);
      // Relaxed: both under `waits_`, this sees that sharing is forbidden or cluster.shut sees the
      // slot.
      slot->gate().store(right_gate(), order<"cluster.open_gate">(relaxed));
    }
    slot->living = joined;
    ++attached_;
    if (trace_every_ != 0) {
      joined->heap_.set_allocation_hook(
          [](void* self, heap_context&) noexcept { static_cast<agent*>(self)->debug_trace(); },
          joined, trace_every_, trace_seed_ == 0 ? 0 : trace_seed_ + joined->identity());
    }
  }
  if (!options.parked) joined->enter();
  return attachment(joined);
}

void attachment::detach() noexcept {
  if (agent_ == nullptr) return;
  agent& leaving = *std::exchange(agent_, nullptr);
  SHOAL_ASSERT(leaving.serving_ == 0 && !leaving.local_.is_resolving(),
               "an agent is not detached inside a call that it serves or resolves");
  cluster& left = leaving.cluster_;
  // Nothing is taken down in a child that nobody has mended: those who held its locks are gone.
  if (left.is_forked()) return;
  agent_slot& slot = leaving.slot_;
  if (!leaving.is_entered()) {
    // Also where somebody has claimed it who waits for others still.
    const locked hold(left.agents_);
    slot.here.take_back();
  }
  leaving.tick();
  leaving.close();
  const locked hold(left.agents_);
  leaving.leave();
  slot.living = nullptr;
  leaving.~agent();
  slot.taken = false;
  --left.attached_;
}

void cluster::forbid_sharing() noexcept {
  // Relaxed: a latch; nothing is read because of it.
  forbidden_.store(1, order<"cluster.forbid">(relaxed));
  // A thread that is gone may hold the lock; after_fork_child sets the gates.
  if (is_forked()) return;
  const locked gates(waits_);
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    // Relaxed: both under `waits_`, cluster.open_gate sees that sharing is forbidden or this sees
    // the slot.
    slot->gate().store(gate_forbidden, order<"cluster.shut">(relaxed));
  }
}

void cluster::debug_trace_every(std::uint64_t n, std::uint64_t seed) noexcept {
  const locked hold(agents_);
  trace_every_ = n;
  trace_seed_ = seed;
}

cluster_account cluster::account_stopped() noexcept {
  cluster_account sum;
  sum.agents = attached_;
  world::for_each_agent(*this, [&](agent& each) noexcept {
    const agent_account one = each.account();
    sum.sum.prototypes += one.prototypes;
    sum.sum.agent_locals += one.agent_locals;
    sum.sum.scope_slots += one.scope_slots;
    sum.sum.handles += one.handles;
    sum.sum.thread_bound += one.thread_bound;
    sum.sum.bytes_allocated += one.bytes_allocated;
  });
  sum.orphan_handles = heap_.orphan_handles();
  sum.types = types_.count();
  sum.interned_strings = strings_.size();
  sum.heap_bytes_used = heap_.bytes_used();
  sum.heap_bytes_reserved = heap_.bytes_reserved();
  // Relaxed: a statistic; nothing is read because of it.
  sum.dispatches = dispatches_.load(order<"cluster.dispatches">(relaxed));
  return sum;
}

cluster_account cluster::account() noexcept {
  if (is_forked()) return {};
  const world still(*this, nullptr);
  return account_stopped();
}

errc cluster::after_fork_child(agent* survivor) noexcept {
  // What a thread that is gone was in the middle of changing cannot be mended.
  // Who was about to stop the world has changed nothing yet; who had stopped it holds agents_ too.
  bool busy = agents_.is_held() || waits_.is_held() || types_.is_busy() || heap_.is_busy() ||
              strings_.is_busy();
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    busy = busy || slot->inbox.is_held();
    if (slot->living != nullptr) busy = busy || slot->living->realm_->is_busy();
  }
  if (busy) {
    types_.abandon();
    return errc::forked;
  }
  new (&world_) lock;
  // Nobody else will drop the halves of posters that are gone.
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    for (detail::dispatch_request* const list : {slot->first, slot->serving}) {
      for (detail::dispatch_request* each = list; each != nullptr; each = each->next) {
        const bool is_survivors = survivor != nullptr && each->poster == &survivor->slot_;
        if (!is_survivors && each->is_held_twice()) each->drop();
      }
    }
  }
  alive_->initialize(1);
  if (cluster_extension* const above = extension()) above->forked(*above, survivor);
  for (agent_slot* slot = world::slots_of(*this); slot != nullptr; slot = slot->next) {
    slot->gate().initialize(right_gate());
    // Who asked is gone; also of a slot that nobody lives in.
    if (survivor != nullptr && slot->living == survivor) {
      slot->here.forget_claim();
      continue;
    }
    new (&slot->here) detail::presence();
    if (slot->living == nullptr) continue;
    // What its runtime held is gone with its thread: no hook runs, as it would on the wrong one. What
    // the thread was in the middle of changing is forgotten, not finished.
    slot->living->hooks_ = {};
    slot->living->local_.abandon();
    slot->living->own_realm_.abandon();
    slot->living->heap_.abandon();
    slot->first_task = slot->last_task = nullptr;
    slot->posted_tasks = 0;
    for (agent_task* task = std::exchange(slot->tasks, nullptr); task != nullptr;) {
      agent_task* const later = task->later;
      task->does->abandon(*task);
      task = later;
    }
    slot->tasks_end = &slot->tasks;
    for (detail::dispatch_request* request = std::exchange(slot->serving, nullptr);
         request != nullptr;) {
      detail::dispatch_request* const next = request->next;
      request->orphan();
      request->drop();
      request = next;
    }
    slot->living->close();
    slot->living->~agent();
    slot->living = nullptr;
    slot->taken = false;
    --attached_;
  }
  return errc::ok;
}

namespace detail {

agent_slot* world::slots_of(const cluster& of) noexcept {
  // Acquire: pairs with cluster.add_slot; the slots in the list are read next.
  return reinterpret_cast<agent_slot*>(of.slots_.load(order<"cluster.slots">(acquire)));
}

world::world(cluster& stopped, agent* by) noexcept : cluster_(stopped), by_(by) {
  if (by_ != nullptr) by_->leave();  // so that another one that stops the world can go on
  cluster_.world_.acquire();
  if (by_ != nullptr) by_->presence_.enter();
  for (;;) {
    // Slots that nobody lives in as well: whoever moves in finds itself claimed.
    bool all = true;
    for (agent_slot* slot = slots_of(cluster_); slot != nullptr; slot = slot->next) {
      if (!is_by(*slot)) slot->here.claim();
    }
    cluster_.agents_.acquire();
    for (agent_slot* slot = slots_of(cluster_); slot != nullptr; slot = slot->next) {
      all = all && (is_by(*slot) || slot->here.is_claimed());
    }
    if (all) return;
    cluster_.agents_.release();  // one has attached in a new slot, or taken itself back to detach
  }
}

world::~world() {
  for (agent_slot* slot = slots_of(cluster_); slot != nullptr; slot = slot->next) {
    if (!is_by(*slot)) slot->here.unclaim();
  }
  cluster_.agents_.release();
  cluster_.world_.release();
  if (by_ != nullptr) by_->tick();
}

bool world::is_by(const agent_slot& slot) const noexcept {
  return by_ != nullptr && &by_->slot_ == &slot;
}

trace_statistics world::trace(cluster& of) noexcept {
  trace_hooks hooks;
  hooks.self = &of;
  hooks.roots = [](void* self, root_visitor& visit) noexcept {
    for_each_agent(*static_cast<cluster*>(self), [&](agent& each) noexcept {
      if (each.hooks_.visit_roots != nullptr) {
        each.hooks_.visit_roots(each.hooks_.self, each, visit);
      }
    });
  };
  hooks.weak = [](void* self, const weak_visitor& marks) noexcept {
    auto& traced = *static_cast<cluster*>(self);
    // Interned strings that nothing reaches leave the table, a handful at a time.
    for (bool more = true; more;) {
      header* dead[64];
      std::size_t count = 0;
      traced.strings_.for_each([&](header& entry) noexcept {
        if (count < 64 && !marks.is_marked(&entry)) dead[count++] = &entry;
      });
      for (std::size_t i = 0; i < count; ++i) traced.strings_.remove(dead[i]->word.get(), dead[i]);
      more = count == 64;
    }
    for_each_agent(traced, [&](agent& each) noexcept {
      const bool any = each.local_.bury_bound(
          [&](const void* bound) noexcept { return !marks.is_marked(bound); });
      if (any) {
        each.slot_.wake();
        if (each.hooks_.post_task != nullptr) each.hooks_.post_task(each.hooks_.self);
      }
    });
  };
  return of.heap_.trace_stopped_world(hooks);
}

}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
