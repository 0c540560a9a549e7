// SPDX-License-Identifier: BSL-1.0
#pragma once

// parking_lot: agents that sleep until somebody wakes those at an address.
//
// What waits needs no memory for it but the word that it waits by: the queues are here, in buckets by
// address, and their nodes on the stacks of those who wait. Every primitive of this floor is a few
// bits and this.
//
// state of a node | who changes it
// ----------------|-----------------------------------------------------------------------------
//  queued         | in the queue of its bucket, under whose lock unpark takes it, or notify moves it, or
//                 | who waits takes it out itself, as its time is over or it is interrupted
//  queued, moved  | in the queue of the mutex that it is to lock: has been notified, and waits on with no
//                 | end but to be unparked
//  queued, taken  | in no queue: unpark alone has it, -> unparked
//  unparked       | who waits goes on; the node may be gone
//
// Who waits is a thread that sleeps, or a task that its agent runs in agent::serve (pending.hpp in
// lib/shoal/sync): of a task, unparked is posted. One that finds in vain what it has waited for queues
// up again, at the front. As nobody knows when an agent serves, and as it may be asleep itself, a task is
// never handed anything over, and holds up no thread behind it: that one is woken with it.
//
// An agent that sleeps here is parked (presence.hpp): nobody who stops the world waits for it. The
// queue of an address is first in, first out. A wait that is unparked and interrupted at the same
// moment is unparked, and the interrupt is for the next wait; one that takes itself out was not
// unparked: neither is lost.
//
// Thread safety: thread-safe. What is called under a bucket's lock (validate, gone, decide, left, plan)
//   may call nothing of Shoal that sleeps.
// Progress: blocking: the locks of buckets, briefly. park waits as long as it is told.
// Layer: sync.
// Follows: F. Pizlo, "Locking in WebKit" (2016), the parking lot; A. d'Antras, parking_lot (Rust), for
//   the buckets' fairness timer and the growth of their table.

#include <cstddef>
#include <cstdint>

#include <shoal/agent/agent.hpp>

namespace shoal::inline SHOAL_ABI {

// How a wait has ended.
enum class park_result : std::uint8_t {
  unparked,     // somebody has woken it
  invalid,      // it was not to wait at all: validate or confirm said so
  timed_out,    // its time was over first
  interrupted,  // agent::interrupt ended it
};

namespace detail {

// What an address is of.
enum class parked_at : std::uint8_t { mutex, condition, location };

// What an agent waits for.
struct park_spot {
  parked_at what;
  std::uintptr_t address;
  std::uintptr_t then = 0;  // of the mutex that it is to lock next; 0: none
  bool is_interruptible = true;
};

// Who waits: on the stack of its thread, or in its task.
struct parked {
  parked(const park_spot& at, agent& by, agent_task* runs = nullptr) noexcept
      : what(at.what),
        then(at.then),
        address(at.address),
        who(by.wakes()),
        task(runs),
        identity(by.short_identity()) {}

  // To wait anew, of a task that is in no queue.
  void aim(const park_spot& at) noexcept {
    what = at.what;
    moved = taken = false;
    then = at.then;
    // Relaxed: changes under the lock of its bucket else, and is in none.
    address.store(at.address, order<"parking.aim">(relaxed));
  }

  enum : std::uint32_t { queued, unparked };

  // Under the lock of its bucket, up to next; next also of who has taken it.
  parked_at what;
  bool moved = false;
  bool taken = false;
  bool is_late = false;  // a task that has come in vain
  std::uintptr_t then;
  parked* next = nullptr;
  cell<std::uintptr_t> address;  // changes under the locks of both buckets
  const waker who;
  agent_task* const task;  // null: a thread sleeps
  const std::uint32_t identity;
  payload<std::uint64_t> token;  // what unpark gives it
  cell<std::uint32_t> state{queued};
};

}  // namespace detail

class parking_lot : private cluster_extension {
 public:
  // The cluster's, made now if there is none. Null: no memory.
  [[nodiscard]] SHOAL_API static parking_lot* of(cluster& in) noexcept;
  // The cluster's; null: nobody has parked yet, and who will sees what was done before this.
  [[nodiscard]] static parking_lot* if_made(cluster& in) noexcept {
    return static_cast<parking_lot*>(in.extension_or_ask());
  }
  // The cluster's. Precondition: it has been made.
  [[nodiscard]] static parking_lot& made(const cluster& in) noexcept {
    return *static_cast<parking_lot*>(in.extension());
  }
  parking_lot(const parking_lot&) = delete;
  parking_lot& operator=(const parking_lot&) = delete;
  // The cluster's, when it goes.
  ~parking_lot() = default;

  // Who is woken, as unpark_one's callback sees it.
  struct chosen {
    std::uint32_t identity;  // short, of the agent; 0: nobody waits there, or tasks alone
    bool more;               // others wait there too
    bool fair;               // it is time to hand over, rather than to let it compete
  };

  // Sleeps at an address. Under the lock of its bucket, validate() says whether to queue up at all.
  // Then, under no lock and before it sleeps, confirm() says whether to stay: if not it takes itself
  // out, unless somebody is about to wake it. Under the lock again, gone(more) is told when it takes
  // itself out, and whether others are left at the address. A safepoint. `token` receives what unpark
  // gave. Precondition: the agent is entered.
  template <class Validate, class Confirm, class Gone>
  park_result park(agent& by, const detail::park_spot& at, Validate&& validate, Confirm&& confirm,
                   Gone&& gone, deadline until, std::uint64_t& token) noexcept {
    return park(by, at, callbacks_of(validate, confirm, gone), until, token);
  }
  template <class Validate, class Gone>
  park_result park(agent& by, const detail::park_spot& at, Validate&& validate, Gone&& gone,
                   deadline until, std::uint64_t& token) noexcept {
    return park(
        by, at, validate, []() noexcept { return true; }, gone, until, token);
  }

  // The same for a task, which does not sleep: true, it is in the queue, and is posted when it is
  // unparked. False: it was not to wait at all, and nothing is called but validate and perhaps gone.
  template <class Validate, class Confirm, class Gone>
  [[nodiscard]] bool queue_up(detail::parked& one, bool in_front, Validate&& validate,
                              Confirm&& confirm, Gone&& gone) noexcept {
    return queue_up(one, in_front, callbacks_of(validate, confirm, gone)) != queued::not_at_all;
  }
  // True: a task that was in a queue is out of it. False: it has been taken, and is posted or is about
  // to be; or it has been moved, and is left where it is.
  template <class Gone>
  [[nodiscard]] bool withdraw(detail::parked& one, bool also_moved, Gone&& gone) noexcept {
    const auto nothing = []() noexcept { return true; };
    if (take_out(one, also_moved, callbacks_of(nothing, nothing, gone)) != way_out::out)
      return false;
    uncount();
    return true;
  }
  // A task that was in a queue has been run.
  void arrived() noexcept { uncount(); }
  // In the child of a fork, where all queues were emptied: puts a task back, at the end.
  void restore(detail::parked& one) noexcept;

  // What decide has decided: what park gives as its token, and whether that was the fair way.
  struct decision {
    std::uint64_t token;
    bool fair = false;
  };

  // Wakes the thread that has waited longest at an address, and a task of each agent that is before it.
  // Under the lock of its bucket, also where nobody waits: decide(chosen) answers its decision, which is
  // that thread's. True: somebody was woken.
  template <class Decide>
  bool unpark_one(std::uintptr_t address, Decide&& decide) noexcept {
    return unpark_one(address, &decide, [](void* self, const chosen& who) noexcept {
      return (*static_cast<std::remove_reference_t<Decide>*>(self))(who);
    });
  }

  // Wakes the first n that wait at an address, in their order, with that token. Answers how many.
  SHOAL_API std::size_t unpark(std::uintptr_t address, std::size_t n, std::uint64_t token) noexcept;

  // What becomes of those who are notified and have a mutex to lock.
  enum class passage : std::uint8_t {
    wake_all,    // they compete for it
    wake_first,  // the first thread does, with tasks before it, and the others queue up for it
    move_all,    // all queue up for it
  };

  // Notifies the first n that wait at an address, in their order; answers how many. Each is woken, or
  // moves into the queue of the mutex that it is to lock, where it is the same as the first's. Under the
  // locks of both buckets: plan(mutex, several) says which; and then left(more) is told whether others
  // are left at the address, where somebody has gone from there. Who is woken is given `token`.
  template <class Plan, class Left>
  std::size_t notify(std::uintptr_t address, std::size_t n, Plan&& plan, Left&& left,
                     std::uint64_t token) noexcept {
    const notice calls{&plan, &left,
                       [](void* self, std::uintptr_t mutex, bool several) noexcept {
                         return (*static_cast<std::remove_reference_t<Plan>*>(self))(mutex,
                                                                                     several);
                       },
                       [](void* self, bool more) noexcept {
                         (*static_cast<std::remove_reference_t<Left>*>(self))(more);
                       }};
    return notify(address, n, calls, token);
  }

  // Wakes, with that token, all at those addresses of that kind that at(address) accepts, under the
  // lock of a bucket.
  template <class At>
  void unpark_if(detail::parked_at what, At&& at, std::uint64_t token) noexcept {
    unpark_if(
        what, &at,
        [](void* self, std::uintptr_t address) noexcept {
          return (*static_cast<std::remove_reference_t<At>*>(self))(address);
        },
        token);
  }

  // For accounts and tests: agents that wait, and buckets.
  [[nodiscard]] std::size_t waiting() const noexcept {
    // Relaxed: a figure; nothing is read because of it.
    return waiting_.load(order<"parking.waiting">(relaxed));
  }
  [[nodiscard]] SHOAL_API std::size_t buckets() noexcept;

 private:
  struct callbacks {
    void* validating;
    void* confirming;
    void* leaving;
    bool (*validate)(void* self) noexcept;
    bool (*confirm)(void* self) noexcept;
    void (*gone)(void* self, bool more) noexcept;
  };
  template <class Validate, class Confirm, class Gone>
  [[nodiscard]] static callbacks callbacks_of(Validate& validate, Confirm& confirm,
                                              Gone& gone) noexcept {
    return {erased(validate),
            erased(confirm),
            erased(gone),
            [](void* self) noexcept { return (*static_cast<Validate*>(self))(); },
            [](void* self) noexcept { return (*static_cast<Confirm*>(self))(); },
            [](void* self, bool more) noexcept { (*static_cast<Gone*>(self))(more); }};
  }
  template <class Callable>
  [[nodiscard]] static void* erased(Callable& what) noexcept {
    return const_cast<std::remove_const_t<Callable>*>(&what);
  }
  struct notice {
    void* planning;
    void* leaving;
    passage (*plan)(void* self, std::uintptr_t mutex, bool several) noexcept;
    void (*left)(void* self, bool more) noexcept;
  };
  using decider = decision (*)(void* self, const chosen& who) noexcept;

  // On a line of its own, as others work at its neighbours.
  struct alignas(64) bucket {
    lock held;
    std::uint32_t random = 0;  // under the lock, as what follows
    std::int64_t fair_at =
        0;  // from this moment on of the clock, whoever is next is handed over to
    detail::parked* first = nullptr;
    detail::parked* last = nullptr;

    void push(detail::parked& one) noexcept;
    // In front, but behind others that are late.
    void push_late(detail::parked& one) noexcept;
    // Takes out what follows `before`; null: the first.
    void unlink(detail::parked* before, detail::parked& one) noexcept;
    [[nodiscard]] bool is_fair() const noexcept;
    void was_fair() noexcept;
  };
  struct table {
    std::size_t size;  // a power of two
    table* before;     // outgrown; agents may still look at it
    bucket* buckets;
  };
#if defined(SHOAL_MODEL)
  static constexpr std::size_t first_size = 2;  // so that tables grow
#else
  static constexpr std::size_t first_size = 16;
#endif

  explicit parking_lot(cluster& in) noexcept;

  [[nodiscard]] SHOAL_API park_result park(agent& by, const detail::park_spot& at,
                                           const callbacks& calls, deadline until,
                                           std::uint64_t& token) noexcept;
  SHOAL_API std::size_t notify(std::uintptr_t address, std::size_t n, const notice& calls,
                               std::uint64_t token) noexcept;
  SHOAL_API bool unpark_one(std::uintptr_t address, void* self, decider decide) noexcept;
  SHOAL_API void unpark_if(detail::parked_at what, void* self,
                           bool (*at)(void* self, std::uintptr_t address) noexcept,
                           std::uint64_t token) noexcept;

  [[nodiscard]] static std::size_t index_of(std::uintptr_t address, std::size_t size) noexcept;
  // The table that holds all queues, and the bucket of an address, locked.
  [[nodiscard]] table& current() const noexcept;
  [[nodiscard]] bucket& acquire_bucket(std::uintptr_t address) noexcept;
  // The bucket that one who waits is in, or was last, locked.
  [[nodiscard]] bucket& acquire_bucket_of(const detail::parked& one) noexcept;
  // Both buckets, locked, and who waits at `from` and has that to lock; null: nobody, and no lock.
  struct pair;
  [[nodiscard]] pair acquire_pair(std::uintptr_t from) noexcept;
  void grow() noexcept;
  [[nodiscard]] table* make_table(std::size_t size) noexcept;
  void free_table(table* gone) noexcept;
  // not_at_all: validate or confirm said so, and it is in no queue. taken: confirm said so, but it
  // has been notified meanwhile.
  enum class queued : std::uint8_t { there, taken, not_at_all };
  [[nodiscard]] SHOAL_API queued queue_up(detail::parked& one, bool in_front,
                                          const callbacks& calls) noexcept;
  void uncount() noexcept {
    // Relaxed: a figure, for parking.waiting.
    waiting_.fetch_sub(1, order<"parking.uncount">(relaxed));
  }
  // Takes itself out, if nobody has taken it, or moved it where that is to stay.
  enum class way_out : std::uint8_t { out, taken, moved };
  [[nodiscard]] SHOAL_API way_out take_out(detail::parked& one, bool also_moved,
                                           const callbacks& calls) noexcept;
  // Under the lock of its bucket, of one that was unlinked: what it is to be given.
  static void take(detail::parked& one, std::uint64_t token) noexcept;
  // Wakes those of a chain that has been taken, in order.
  static void wake(detail::parked* chain) noexcept;
  static void end(detail::parked& one) noexcept;
  void close() noexcept;

  const metadata_hook memory_;
  cell<std::uint64_t> table_{0};
  cell<std::uint64_t> waiting_{0};
  lock growing_;
};

}  // namespace shoal::inline SHOAL_ABI
