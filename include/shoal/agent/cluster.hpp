// SPDX-License-Identifier: BSL-1.0
#pragma once

// cluster: one shared world. Its types, its shared heap, the list of its agents.
//
// Several different runtimes may be agents of one cluster; all agents share its value encoding.
// A program may have several clusters, which share nothing.
//
// Thread safety: thread-safe unless said otherwise.
// Progress: attach, detach, account and debug_trace_every are blocking: they wait for each other
//   and for who stops the world, as account does. forbid_sharing is blocking, briefly; the rest
//   is wait-free, but for after_fork_child, which is alone. No access of an agent waits for them.
// Layer: agent.
// Follows: ECMAScript's agent cluster.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <shoal/agent/account.hpp>
#include <shoal/agent/agent_hooks.hpp>
#include <shoal/agent/dispatch.hpp>
#include <shoal/agent/extension.hpp>

namespace shoal::inline SHOAL_ABI {

class agent;
class attachment;

// Raised with every change of a layout that compiled code or another library's build relies on.
inline constexpr std::uint32_t layout_version = 1;

// What a cluster is made of. All of it is for good.
struct cluster_options {
  std::size_t limit = ~std::size_t{0};  // bytes of shared objects
  page_supply pages = mmap_pages();
  metadata_hook metadata = default_metadata;
  std::uint32_t max_types = limits::types;
  encoding words = nan_box::data;  // another: calls on `any` fields name it (agent::get)
};

// How an agent joins.
struct agent_options {
  std::string_view role = {};
  agent_hooks hooks = {};
  // A realm of the host's own, instead of a private one. local_hooks says what that asks of release.
  realm* shared_realm = nullptr;
  bool parked = false;    // attach parked: every call enters and leaves (see entered)
  bool may_block = true;  // false: waits answer cannot_block
  bool may_nest = true;   // false: serves no dispatch while it waits for one
  std::uint32_t version = layout_version;
};

namespace detail {
struct agent_slot;
struct world;
}  // namespace detail

class cluster {
 public:
  SHOAL_API explicit cluster(const cluster_options& options = {}) noexcept;
  // Precondition: no agent is attached, no handle is left.
  SHOAL_API ~cluster();
  cluster(const cluster&) = delete;
  cluster& operator=(const cluster&) = delete;

  // errc::ok, or why the cluster is of no use: out_of_memory, or out_of_range (max_types); attach
  // answers the same.
  [[nodiscard]] errc status() const noexcept { return status_; }

  // The calling thread joins, entered unless `parked`. Also in the middle of a collection.
  // Errors: out_of_memory, version_mismatch, forked. Precondition, unless `parked`: the thread has
  // entered no other agent of this cluster; of two, neither could answer for the other.
  [[nodiscard]] SHOAL_API result<attachment> attach(const agent_options& options = {}) noexcept;

  // Its types, what its local contexts share, its heap, its encoding and its memory for metadata.
  [[nodiscard]] type_space& types() noexcept { return types_; }
  [[nodiscard]] const type_space& types() const noexcept { return types_; }
  [[nodiscard]] local_space& locals() noexcept { return locals_; }
  [[nodiscard]] heap& shared() noexcept { return heap_; }
  [[nodiscard]] const encoding& words() const noexcept { return words_; }
  [[nodiscard]] const metadata_hook& metadata() const noexcept { return heap_.metadata(); }

  // From now on creation and sends answer sharing_forbidden, for good.
  SHOAL_API void forbid_sharing() noexcept;
  // Whether it has been called.
  [[nodiscard]] bool is_sharing_forbidden() const noexcept {
    // Relaxed: a latch; nothing is read because of it.
    return forbidden_.load(order<"cluster.forbidden">(relaxed)) != 0;
  }

  // Sums up every agent, each at a moment when it stands still; all zeros in the child of a fork, until
  // after_fork_child. Blocking: an agent that is entered answers at its next safepoint. Precondition:
  // the calling thread has entered no agent of this cluster; an agent calls agent::account_cluster.
  [[nodiscard]] SHOAL_API cluster_account account() noexcept;

  // In the child of a fork: drops all agents but `survivor` (null: all), whose thread this is.
  // Until it is called, calls that can answer an error answer forked. Mutexes that others held are
  // abandoned, and their asynchronous waits are gone; the survivor's go on (async.hpp). Errors: forked,
  // where another thread was changing the cluster's own tables at the moment of the fork; the cluster
  // is then of no further use here.
  [[nodiscard]] SHOAL_API errc after_fork_child(agent* survivor) noexcept;
  // Whether this is the child of a fork, where after_fork_child is still to be called.
  [[nodiscard]] SHOAL_API bool is_forked() const noexcept;

  // What the floor above keeps here, its parking lot; null: nothing yet. Not for hosts.
  [[nodiscard]] cluster_extension* extension() const noexcept {
    // Acquire: pairs with cluster.extend and cluster.ask; what it has was made before.
    return reinterpret_cast<cluster_extension*>(
        extension_.load(order<"cluster.extension">(acquire)));
  }
  // Likewise; and where there is none, who keeps one later sees what was done before this.
  [[nodiscard]] cluster_extension* extension_or_ask() noexcept {
    if (cluster_extension* const known = extension()) return known;
    // Acq_rel: pairs with cluster.extend and cluster.extension; what it has was made before, or what was
    // done before this is seen by who keeps one.
    return reinterpret_cast<cluster_extension*>(
        extension_.fetch_or(0, order<"cluster.ask">(acq_rel)));
  }
  // Keeps an extension, unless there is one: answers which is kept. It stays until the cluster closes
  // it. Not for hosts: there is one for each cluster, and floor 6 takes it for its own.
  cluster_extension& extend(cluster_extension& fresh) noexcept {
    std::uint64_t seen = 0;
    // Success acq_rel: pairs with cluster.extension, cluster.extended and cluster.ask; what it has was
    // made before, and what was done before somebody asked in vain is seen next.
    // Failure acquire: pairs with cluster.extend; that of another agent is used next.
    return extension_.compare_exchange(seen, reinterpret_cast<std::uintptr_t>(&fresh),
                                       order<"cluster.extend">(acq_rel),
                                       order<"cluster.extended">(acquire))
               ? fresh
               : *reinterpret_cast<cluster_extension*>(seen);
  }
  // Whether an agent of that agent::short_identity is attached; while its release hooks run it still
  // is. Of one that has attached this moment it may say no.
  [[nodiscard]] SHOAL_API bool is_attached(std::uint32_t short_identity) const noexcept;
  // Whether the agent whose short_identity was read somewhere has left. Who is told so sees what it has
  // done. Takes the lock that attaching takes.
  [[nodiscard]] SHOAL_API bool has_left(std::uint32_t short_identity) noexcept;

  // Test switches: every n-th allocation (drawn from [1, 2n] with a seed) stops the world and
  // traces it. With checks below full they do nothing.
  SHOAL_API void debug_trace_every(std::uint64_t n, std::uint64_t seed = 0) noexcept;

 private:
  friend class agent;
  friend class attachment;
  friend struct detail::world;

  using intern_table = keyed_table<header>;  // of shared strings

  cluster_account account_stopped() noexcept;
  detail::agent_slot* take_slot() noexcept;
  detail::agent_slot* find(std::uint64_t identity) noexcept;
  [[nodiscard]] bool may_have(std::uint64_t identity) const noexcept;

  const encoding words_;
  errc status_ = errc::ok;
  type_space types_;
  local_space locals_;
  heap heap_;
  intern_table strings_;

  // Held by who stops the world; whoever waits for it is parked or no agent.
  lock world_;
  // Of attached_, the trace switches, and who lives in which slot. Held by who attaches or
  // detaches, and through the stop by who has stopped the world: not while that one still waits for
  // agents to answer, so that an agent that is entered may attach others meanwhile.
  lock agents_;
  lock waits_;                    // of agent_slot::waits_for, and of gates; brief
  cell<std::uint64_t> slots_{0};  // all that ever were: an append-only list
  std::uint64_t attached_ = 0;
  cell<std::uint64_t> dispatches_{0};
  cell<std::uint64_t> extension_{0};  // cluster_extension
  cell<std::uint32_t> forbidden_{0};
  std::uint64_t trace_every_ = 0;
  std::uint64_t trace_seed_ = 0;
  // An agent's gate: see lib/shoal/agent/slot.hpp.
  enum : std::uint32_t { gate_forked, gate_open, gate_words, gate_forbidden };
  [[nodiscard]] std::uint32_t right_gate() const noexcept {
    return is_sharing_forbidden() ? gate_forbidden : words_.undefined == 0 ? gate_open : gate_words;
  }
  // 1, in a page of its own that fork wipes. Null: there was no memory.
  cell<std::uint32_t>* alive_ = nullptr;
};

}  // namespace shoal::inline SHOAL_ABI
