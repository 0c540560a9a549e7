// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/parking_lot.hpp>

#include <new>

#include "mutexes.hpp"
#include "pending.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::parked;

namespace {

// Nanoseconds that unfairness lasts at most.
#if defined(SHOAL_MODEL)
constexpr std::uint32_t unfair_for = 16;  // by a clock that ticks when it is read
#else
constexpr std::uint32_t unfair_for = 1'000'000;
#endif

// Of one in a bucket whose lock is held.
[[nodiscard]] std::uintptr_t address_of(const parked& one) noexcept {
  // Relaxed: changes under this lock only.
  return one.address.load(order<"parking.queued_address">(relaxed));
}

}  // namespace

// Buckets

void parking_lot::bucket::push(parked& one) noexcept {
  (last != nullptr ? last->next : first) = &one;
  last = &one;
}

void parking_lot::bucket::push_late(parked& one) noexcept {
  parked* before = nullptr;
  for (parked* at = first; at != nullptr && at->is_late; at = at->next) before = at;
  parked*& link = before != nullptr ? before->next : first;
  one.next = link;
  if (link == nullptr) last = &one;
  link = &one;
}

void parking_lot::bucket::unlink(parked* before, parked& one) noexcept {
  (before != nullptr ? before->next : first) = one.next;
  if (last == &one) last = before;
  one.next = nullptr;
}

// Somebody who competes for what is given up may be passed by others for ever; so now and then, up to
// a millisecond apart, it is handed over. Random, so that no program keeps step with it.
bool parking_lot::bucket::is_fair() const noexcept { return deadline::now() >= fair_at; }

void parking_lot::bucket::was_fair() noexcept {
  random ^= random << 13;  // xorshift, G. Marsaglia (2003); never 0
  random ^= random >> 17;
  random ^= random << 5;
  fair_at = deadline::now() + random % unfair_for;
}

// Tables

parking_lot::parking_lot(cluster& in) noexcept : memory_(in.metadata()) {
  left = [](cluster_extension& self, agent& leaving) noexcept {
    detail::abandon_mutexes(static_cast<parking_lot&>(self), leaving);
  };
  forked = [](cluster_extension& self, agent* survivor) noexcept {
    // The threads that waited are gone, with their nodes, and those that held a lock.
    auto& me = static_cast<parking_lot&>(self);
    table& all = me.current();
    for (std::size_t i = 0; i < all.size; ++i) new (&all.buckets[i]) bucket;
    for (std::size_t i = 0; i < all.size; ++i) {
      all.buckets[i].random = static_cast<std::uint32_t>(i + 1);
    }
    new (&me.growing_) lock;
    me.waiting_.initialize(0);
    if (survivor != nullptr) detail::pending_wait::mend(me, *survivor);
  };
  cluster_extension::close = [](cluster_extension& self) noexcept {
    static_cast<parking_lot&>(self).close();
  };
}

parking_lot* parking_lot::of(cluster& in) noexcept {
  if (cluster_extension* const known = in.extension()) return static_cast<parking_lot*>(known);
  const metadata_hook& memory = in.metadata();
  void* const place = memory.allocate(memory.self, sizeof(parking_lot), alignof(parking_lot));
  if (place == nullptr) return nullptr;
  prepare_fence_heavy();
  auto* const fresh = new (place) parking_lot(in);
  table* const first = fresh->make_table(first_size);
  if (first == nullptr) {
    fresh->close();
    return nullptr;
  }
  fresh->table_.initialize(reinterpret_cast<std::uintptr_t>(first));
  auto& kept = static_cast<parking_lot&>(in.extend(*fresh));
  if (&kept != fresh) fresh->close();
  return &kept;
}

parking_lot::table* parking_lot::make_table(std::size_t size) noexcept {
  const std::size_t bytes = sizeof(bucket) * (size + 1);  // the table's own words come first
  static_assert(sizeof(table) <= sizeof(bucket));
  void* const place = memory_.allocate(memory_.self, bytes, alignof(bucket));
  if (place == nullptr) return nullptr;
  auto* const made = new (place) table{size, nullptr, static_cast<bucket*>(place) + 1};
  for (std::size_t i = 0; i < size; ++i) {
    (new (made->buckets + i) bucket)->random = static_cast<std::uint32_t>(i + 1);
  }
  return made;
}

void parking_lot::free_table(table* gone) noexcept {
  memory_.release(memory_.self, gone, sizeof(bucket) * (gone->size + 1), alignof(bucket));
}

void parking_lot::close() noexcept {
  // Relaxed: nobody else has it any more, or yet.
  auto* each = reinterpret_cast<table*>(table_.load(order<"parking.close">(relaxed)));
  while (each != nullptr) {
    table* const before = each->before;
    free_table(each);
    each = before;
  }
  const metadata_hook memory = memory_;
  destroy(memory, this);
}

parking_lot::table& parking_lot::current() const noexcept {
  // Acquire: pairs with parking.grow; its buckets were made before.
  return *reinterpret_cast<table*>(table_.load(order<"parking.table">(acquire)));
}

std::size_t parking_lot::index_of(std::uintptr_t address, std::size_t size) noexcept {
  // Fibonacci hashing (D. Knuth, TAOCP 6.4), of which the upper bits are the good ones.
  const auto mixed = static_cast<std::uint64_t>(address) * 0x9e37'79b9'7f4a'7c15;
  return static_cast<std::size_t>(mixed >> 32) & (size - 1);
}

parking_lot::bucket& parking_lot::acquire_bucket(std::uintptr_t address) noexcept {
  for (;;) {
    table& in = current();
    bucket& one = in.buckets[index_of(address, in.size)];
    one.held.acquire();
    // Whoever makes the table grow holds every bucket's lock until the new one is there.
    if (&in == &current()) return one;
    one.held.release();
  }
}

std::size_t parking_lot::buckets() noexcept { return current().size; }

// A table that was large enough once stays so.
void parking_lot::grow() noexcept {
  const locked only_one(growing_);  // asks for metadata while held
  table& old = current();
  if (waiting() <= old.size) return;
  table* const larger = make_table(old.size * 2);
  if (larger == nullptr) return;  // longer queues do as well
  larger->before = &old;
  for (std::size_t i = 0; i < old.size; ++i) old.buckets[i].held.acquire();
  for (std::size_t i = 0; i < old.size; ++i) {
    for (parked* one = old.buckets[i].first; one != nullptr;) {
      parked* const next = one->next;
      one->next = nullptr;
      larger->buckets[index_of(address_of(*one), larger->size)].push(*one);
      one = next;
    }
    old.buckets[i].first = old.buckets[i].last = nullptr;
  }
  // Release: pairs with parking.table; its buckets were made before.
  table_.store(reinterpret_cast<std::uintptr_t>(larger), order<"parking.grow">(release));
  for (std::size_t i = 0; i < old.size; ++i) old.buckets[i].held.release();
}

// Parking

parking_lot::queued parking_lot::queue_up(parked& one, bool in_front,
                                          const callbacks& calls) noexcept {
  {
    // Relaxed: nobody else has it.
    bucket& in = acquire_bucket(one.address.load(order<"parking.own_address">(relaxed)));
    const bool wait = calls.validate(calls.validating);
    if (wait && in_front) in.push_late(one);
    if (wait && !in_front) in.push(one);
    in.held.release();
    if (!wait) return queued::not_at_all;
  }
  // Relaxed: a figure; growing early or late is as right.
  if (waiting_.fetch_add(1, order<"parking.count">(relaxed)) >= current().size) grow();
  if (calls.confirm(calls.confirming)) return queued::there;
  if (take_out(one, false, calls) != way_out::out) return queued::taken;
  uncount();
  return queued::not_at_all;
}

void parking_lot::restore(parked& one) noexcept {
  bucket& in = acquire_bucket(address_of(one));
  one.next = nullptr;
  in.push(one);
  in.held.release();
  // Relaxed: in the child of a fork one thread is left; a figure.
  static_cast<void>(waiting_.fetch_add(1, order<"parking.count_again">(relaxed)));
}

park_result parking_lot::park(agent& by, const detail::park_spot& at, const callbacks& calls,
                              deadline until, std::uint64_t& token) noexcept {
  parked me(at, by);
  const queued there = queue_up(me, false, calls);
  if (there == queued::not_at_all) return park_result::invalid;
  bool has_end = there == queued::there;  // of its own
  park_result how = park_result::unparked;
  while (how == park_result::unparked) {
    const std::uint32_t seen = by.signal();
    // Acquire: pairs with parking.unpark; the token, and what was done before it, is read next.
    const std::uint32_t state = me.state.load(order<"parking.look">(acquire));
    if (state == parked::unparked) break;
    if (has_end) {
      const bool interrupted = at.is_interruptible && by.is_interrupted();
      if (interrupted || until.has_passed()) {
        if (take_out(me, false, calls) == way_out::out) {
          if (interrupted) static_cast<void>(by.clear_interrupt());
          how = interrupted ? park_result::interrupted : park_result::timed_out;
          continue;
        }
        has_end = false;  // to be unparked, whatever else there is
      }
    }
    by.sleep(seen, has_end ? until : deadline::never());
  }
  uncount();
  if (how == park_result::unparked) token = me.token.get();
  return how;
}

parking_lot::bucket& parking_lot::acquire_bucket_of(const parked& one) noexcept {
  for (;;) {
    // Relaxed, both: the second is ordered by the lock under which it changes.
    const std::uintptr_t at = one.address.load(order<"parking.address">(relaxed));
    bucket& in = acquire_bucket(at);
    if (one.address.load(order<"parking.address_still">(relaxed)) == at) return in;
    in.held.release();
  }
}

parking_lot::way_out parking_lot::take_out(parked& one, bool also_moved,
                                           const callbacks& calls) noexcept {
  bucket& in = acquire_bucket_of(one);
  bool found = false;
  bool more = false;
  parked* before = nullptr;
  const std::uintptr_t address = address_of(one);
  for (parked *at = in.first, *previous = nullptr; at != nullptr; previous = at, at = at->next) {
    if (at == &one) {
      found = true;
      before = previous;
    } else if (address_of(*at) == address) {
      more = true;
    }
  }
  const way_out how = !found                     ? way_out::taken
                      : one.moved && !also_moved ? way_out::moved
                                                 : way_out::out;
  if (how == way_out::out) {
    in.unlink(before, one);
    calls.gone(calls.leaving, more);
  }
  in.held.release();
  return how;
}

void parking_lot::take(parked& one, std::uint64_t token) noexcept {
  one.taken = true;
  one.token.set(token);
}

void parking_lot::end(parked& one) noexcept {
  const waker who = one.who;
  if (one.task != nullptr) {  // the lock of its agent's inbox orders what follows
    who.post(*one.task);
    return;
  }
  // Release: pairs with parking.look; the token, and what was done before, is read next. The node may
  // be gone from here on.
  one.state.store(parked::unparked, order<"parking.unpark">(release));
  who.wake();
}

void parking_lot::wake(parked* chain) noexcept {
  while (chain != nullptr) {
    parked* const next = chain->next;
    end(*chain);
    chain = next;
  }
}

bool parking_lot::unpark_one(std::uintptr_t address, void* self, decider decide) noexcept {
  bucket& in = acquire_bucket(address);
  parked* chain = nullptr;
  parked** end_of_chain = &chain;
  const auto has_one_of = [&chain](std::uint32_t identity) noexcept {
    const parked* one = chain;
    while (one != nullptr && one->identity != identity) one = one->next;
    return one != nullptr;
  };
  parked* thread = nullptr;
  parked* before = nullptr;
  bool more = false;
  for (parked* at = in.first; at != nullptr && !(more && thread != nullptr);) {
    parked* const next = at->next;
    if (address_of(*at) != address) {
      before = at;
    } else if (thread != nullptr || (at->task != nullptr && has_one_of(at->identity))) {
      more = true;
      before = at;
    } else {
      in.unlink(before, *at);
      if (at->task != nullptr) {
        take(*at, detail::woken);
        *end_of_chain = at;
        end_of_chain = &at->next;
      } else {
        thread = at;
      }
    }
    at = next;
  }
  const std::uint32_t identity = thread != nullptr ? thread->identity : 0;
  const decision made = decide(self, {identity, more, thread != nullptr && in.is_fair()});
  if (thread != nullptr) {
    if (made.fair) in.was_fair();
    take(*thread, made.token);
    *end_of_chain = thread;
  }
  in.held.release();
  wake(chain);
  return chain != nullptr;
}

std::size_t parking_lot::unpark(std::uintptr_t address, std::size_t n,
                                std::uint64_t token) noexcept {
  bucket& in = acquire_bucket(address);
  parked* chain = nullptr;
  parked** end_of_chain = &chain;
  std::size_t count = 0;
  parked* before = nullptr;
  for (parked* at = in.first; at != nullptr && count < n;) {
    parked* const next = at->next;
    if (address_of(*at) != address) {
      before = at;
    } else {
      in.unlink(before, *at);
      take(*at, token);
      *end_of_chain = at;
      end_of_chain = &at->next;
      ++count;
    }
    at = next;
  }
  in.held.release();
  wake(chain);
  return count;
}

struct parking_lot::pair {
  bucket* from;
  bucket* to;
  parked* first;
};

parking_lot::pair parking_lot::acquire_pair(std::uintptr_t from) noexcept {
  const auto first_at = [from](const bucket& in) noexcept {
    parked* one = in.first;
    while (one != nullptr && address_of(*one) != from) one = one->next;
    return one;
  };
  for (;;) {
    table& in = current();
    bucket* const one = &in.buckets[index_of(from, in.size)];
    one->held.acquire();
    if (&in != &current()) {
      one->held.release();
      continue;
    }
    parked* first = first_at(*one);
    if (first == nullptr) {
      one->held.release();
      return {nullptr, nullptr, nullptr};
    }
    bucket* const other = &in.buckets[index_of(first->then, in.size)];
    if (other == one) return {one, one, first};
    if (one < other) {  // the order in which grow takes them
      other->held.acquire();
      return {one, other, first};
    }
    const std::uintptr_t then = first->then;
    one->held.release();
    other->held.acquire();
    one->held.acquire();
    first = first_at(*one);
    if (&in == &current() && first != nullptr && first->then == then) return {one, other, first};
    one->held.release();
    other->held.release();
  }
}

std::size_t parking_lot::notify(std::uintptr_t address, std::size_t n, const notice& calls,
                                std::uint64_t token) noexcept {
  if (n == 0) return 0;
  const pair both = acquire_pair(address);
  if (both.first == nullptr) return 0;
  const std::uintptr_t mutex = both.first->then;
  bool several = false;
  for (parked* at = both.first->next; n > 1 && at != nullptr && !several; at = at->next) {
    several = address_of(*at) == address;
  }
  const passage how = calls.plan(calls.planning, mutex, several);
  parked* chain = nullptr;
  parked** end_of_chain = &chain;
  std::size_t count = 0;
  bool more = false;
  bool has_thread = false;  // of those that are woken and are to lock that mutex
  parked* before = nullptr;
  // Who moves within a bucket is met again, at its new address.
  for (parked* at = both.from->first; at != nullptr && !more;) {
    parked* const next = at->next;
    if (address_of(*at) != address) {
      before = at;
    } else if (count == n) {
      more = true;
    } else {
      both.from->unlink(before, *at);
      if (at->then == mutex &&
          (how == passage::move_all || (how == passage::wake_first && has_thread))) {
        at->what = detail::parked_at::mutex;
        at->moved = true;
        // Relaxed: who looks has one of the two locks, or looks again.
        at->address.store(mutex, order<"parking.move">(relaxed));
        both.to->push(*at);
      } else {
        has_thread = has_thread || (at->task == nullptr && at->then == mutex);
        take(*at, token);
        *end_of_chain = at;
        end_of_chain = &at->next;
      }
      ++count;
    }
    at = next;
  }
  calls.left(calls.leaving, more);
  both.from->held.release();
  if (both.to != both.from) both.to->held.release();
  wake(chain);
  return count;
}

void parking_lot::unpark_if(detail::parked_at what, void* self,
                            bool (*at)(void* self, std::uintptr_t address) noexcept,
                            std::uint64_t token) noexcept {
  // Woken once nothing is locked: of a task the host is called.
  parked* chain = nullptr;
  parked** end_of_chain = &chain;
  growing_.acquire();
  table& all = current();
  for (std::size_t i = 0; i < all.size; ++i) {
    bucket& in = all.buckets[i];
    in.held.acquire();
    parked* before = nullptr;
    for (parked* one = in.first; one != nullptr;) {
      parked* const next = one->next;
      if (one->what != what || !at(self, address_of(*one))) {
        before = one;
      } else {
        in.unlink(before, *one);
        take(*one, token);
        *end_of_chain = one;
        end_of_chain = &one->next;
      }
      one = next;
    }
    in.held.release();
  }
  growing_.release();
  wake(chain);
}

}  // namespace shoal::inline SHOAL_ABI
