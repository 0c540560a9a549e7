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
//  queued         | in the queue of its bucket, under whose lock unpark takes it, or who waits takes
//                 | it out itself, as its time is over or it is interrupted
//  queued, taken  | in no queue: unpark alone has it, -> unparked
//  unparked       | who waits goes on; the node may be gone
//
// An agent that sleeps here is parked (presence.hpp): nobody who stops the world waits for it. The
// queue of an address is first in, first out. A wait that is unparked and interrupted at the same
// moment is unparked, and the interrupt is for the next wait; one that takes itself out was not
// unparked: neither is lost.
//
// Thread safety: thread-safe. What is called under a bucket's lock (validate, left, chosen) may call
//   nothing of Shoal that sleeps.
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
  invalid,      // it was not to wait at all: validate said so
  timed_out,    // its time was over first
  interrupted,  // agent::interrupt ended it
};

namespace detail {

// What an address is of.
enum class parked_at : std::uint8_t { mutex, location };

// Who waits, on its own stack.
struct parked {
  parked(parked_at kind, std::uintptr_t at, agent& by) noexcept
      : what(kind), address(at), who(by.wakes()), identity(by.short_identity()) {}

  enum : std::uint32_t { queued, unparked };

  const parked_at what;
  const std::uintptr_t address;
  parked* next = nullptr;  // under the lock of its bucket, or of who has taken it
  const waker who;
  const std::uint32_t identity;
  payload<std::uint64_t> token;  // what unpark gives it
  cell<std::uint32_t> state{queued};
};

}  // namespace detail

class parking_lot : private cluster_extension {
 public:
  // The cluster's, made now if there is none. Null: no memory.
  [[nodiscard]] SHOAL_API static parking_lot* of(cluster& in) noexcept;
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
    std::uint32_t identity;  // short, of the agent; 0: nobody waits there
    bool more;               // others wait there too
    bool fair;               // it is time to hand over, rather than to let it compete
  };

  // Sleeps at an address. Under the lock of its bucket: validate() says whether to sleep at all;
  // gone(more) is told when the wait takes itself out, and whether others are left at the address.
  // A safepoint. `token` receives what unpark gave. Precondition: the agent is entered.
  template <class Validate, class Gone>
  park_result park(agent& by, detail::parked_at what, std::uintptr_t address, Validate&& validate,
                   Gone&& gone, deadline until, std::uint64_t& token) noexcept {
    const callbacks calls{&validate, &gone,
                          [](void* self) noexcept {
                            return (*static_cast<std::remove_reference_t<Validate>*>(self))();
                          },
                          [](void* self, bool more) noexcept {
                            (*static_cast<std::remove_reference_t<Gone>*>(self))(more);
                          }};
    return park(by, what, address, calls, until, token);
  }

  // Wakes who has waited longest at an address. Under the lock of its bucket, also where nobody
  // waits: decide(chosen) answers what park gives as its token. True: somebody was woken.
  template <class Decide>
  bool unpark_one(std::uintptr_t address, Decide&& decide) noexcept {
    return unpark_one(address, &decide, [](void* self, const chosen& who) noexcept {
      return (*static_cast<std::remove_reference_t<Decide>*>(self))(who);
    });
  }

  // Wakes the first n that wait at an address, in their order, with that token. Answers how many.
  SHOAL_API std::size_t unpark(std::uintptr_t address, std::size_t n, std::uint64_t token) noexcept;

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
    void* leaving;
    bool (*validate)(void* self) noexcept;
    void (*gone)(void* self, bool more) noexcept;
  };
  using decider = std::uint64_t (*)(void* self, const chosen& who) noexcept;

  // On a line of its own, as others work at its neighbours.
  struct alignas(64) bucket {
    lock held;
    std::uint32_t random = 0;  // under the lock, as what follows
    std::int64_t fair_at =
        0;  // from this moment on of the clock, whoever is next is handed over to
    detail::parked* first = nullptr;
    detail::parked* last = nullptr;

    void push(detail::parked& one) noexcept;
    // Takes out what follows `before`; null: the first.
    void unlink(detail::parked* before, detail::parked& one) noexcept;
    [[nodiscard]] bool is_fair() noexcept;
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

  [[nodiscard]] SHOAL_API park_result park(agent& by, detail::parked_at what,
                                           std::uintptr_t address, const callbacks& calls,
                                           deadline until, std::uint64_t& token) noexcept;
  SHOAL_API bool unpark_one(std::uintptr_t address, void* self, decider decide) noexcept;
  SHOAL_API void unpark_if(detail::parked_at what, void* self,
                           bool (*at)(void* self, std::uintptr_t address) noexcept,
                           std::uint64_t token) noexcept;

  [[nodiscard]] static std::size_t index_of(std::uintptr_t address, std::size_t size) noexcept;
  // The table that holds all queues, and the bucket of an address, locked.
  [[nodiscard]] table& current() const noexcept;
  [[nodiscard]] bucket& acquire_bucket(std::uintptr_t address) noexcept;
  void grow() noexcept;
  [[nodiscard]] table* make_table(std::size_t size) noexcept;
  void free_table(table* gone) noexcept;
  // Takes itself out. False: somebody has taken it.
  bool take_out(detail::parked& one, const callbacks& calls) noexcept;
  // Wakes those of a chain that has been taken, in order.
  static void wake(detail::parked* chain, std::uint64_t token) noexcept;
  static void end(detail::parked& one, std::uint64_t token) noexcept;
  void close() noexcept;

  const metadata_hook memory_;
  cell<std::uint64_t> table_{0};
  cell<std::uint64_t> waiting_{0};
  lock growing_;
};

}  // namespace shoal::inline SHOAL_ABI
