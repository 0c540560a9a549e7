// SPDX-License-Identifier: BSL-1.0

#include <shoal/sync/parking_lot.hpp>

#include <new>

#include "mutexes.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::parked;

namespace {

// Nanoseconds that unfairness lasts at most.
#if defined(SHOAL_MODEL)
constexpr std::uint32_t unfair_for = 16;  // by a clock that ticks when it is read
#else
constexpr std::uint32_t unfair_for = 1'000'000;
#endif

}  // namespace

// Buckets

void parking_lot::bucket::push(parked& one) noexcept {
  (last != nullptr ? last->next : first) = &one;
  last = &one;
}

void parking_lot::bucket::unlink(parked* before, parked& one) noexcept {
  (before != nullptr ? before->next : first) = one.next;
  if (last == &one) last = before;
  one.next = nullptr;
}

// Somebody who competes for what is given up may be passed by others for ever; so now and then, up to
// a millisecond apart, it is handed over. Random, so that no program keeps step with it.
bool parking_lot::bucket::is_fair() noexcept {
  const std::int64_t now = deadline::now();
  if (now < fair_at) return false;
  random ^= random << 13;  // xorshift, G. Marsaglia (2003); never 0
  random ^= random >> 17;
  random ^= random << 5;
  fair_at = now + random % unfair_for;
  return true;
}

// Tables

parking_lot::parking_lot(cluster& in) noexcept : memory_(in.metadata()) {
  left = [](cluster_extension& self, agent& leaving) noexcept {
    detail::abandon_mutexes(static_cast<parking_lot&>(self), leaving);
  };
  forked = [](cluster_extension& self) noexcept {
    // The threads that waited are gone, with their nodes, and those that held a lock.
    auto& me = static_cast<parking_lot&>(self);
    table& all = me.current();
    for (std::size_t i = 0; i < all.size; ++i) new (&all.buckets[i]) bucket;
    for (std::size_t i = 0; i < all.size; ++i) {
      all.buckets[i].random = static_cast<std::uint32_t>(i + 1);
    }
    new (&me.growing_) lock;
    me.waiting_.initialize(0);
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

// At most as many wait as there are agents: a table that was large enough once stays so.
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
      larger->buckets[index_of(one->address, larger->size)].push(*one);
      one = next;
    }
    old.buckets[i].first = old.buckets[i].last = nullptr;
  }
  // Release: pairs with parking.table; its buckets were made before.
  table_.store(reinterpret_cast<std::uintptr_t>(larger), order<"parking.grow">(release));
  for (std::size_t i = 0; i < old.size; ++i) old.buckets[i].held.release();
}

// Parking

park_result parking_lot::park(agent& by, detail::parked_at what, std::uintptr_t address,
                              const callbacks& calls, deadline until,
                              std::uint64_t& token) noexcept {
  parked me(what, address, by);
  {
    bucket& in = acquire_bucket(address);
    const bool wait = calls.validate(calls.validating);
    if (wait) in.push(me);
    in.held.release();
    if (!wait) return park_result::invalid;
  }
  // Relaxed: a figure; growing early or late is as right.
  if (waiting_.fetch_add(1, order<"parking.count">(relaxed)) >= current().size) grow();
  park_result how = park_result::unparked;
  for (;;) {
    const std::uint32_t seen = by.signal();
    // Acquire: pairs with parking.unpark; the token, and what was done before it, is read next.
    const std::uint32_t state = me.state.load(order<"parking.look">(acquire));
    if (state == parked::unparked) break;
    const bool interrupted = by.is_interrupted();
    // Looked at once: between two looks it may pass, and who is still in the queue would sleep for ever.
    const bool over = interrupted || until.has_passed();
    if (over && take_out(me, calls)) {
      if (interrupted) static_cast<void>(by.clear_interrupt());
      how = interrupted ? park_result::interrupted : park_result::timed_out;
      break;
    }
    // Taken: to be unparked any moment, whatever else there is.
    by.sleep(seen, over ? deadline::never() : until);
  }
  // Relaxed: a figure, for parking.waiting.
  waiting_.fetch_sub(1, order<"parking.uncount">(relaxed));
  if (how == park_result::unparked) token = me.token.get();
  return how;
}

bool parking_lot::take_out(parked& one, const callbacks& calls) noexcept {
  bucket& in = acquire_bucket(one.address);
  bool found = false;
  bool more = false;
  parked* before = nullptr;
  for (parked *at = in.first, *previous = nullptr; at != nullptr; previous = at, at = at->next) {
    if (at == &one) {
      found = true;
      before = previous;
    } else if (at->address == one.address) {
      more = true;
    }
  }
  if (found) {
    in.unlink(before, one);
    calls.gone(calls.leaving, more);
  }
  in.held.release();
  return found;
}

void parking_lot::end(parked& one, std::uint64_t token) noexcept {
  const waker who = one.who;
  one.token.set(token);
  // Release: pairs with parking.look; the token, and what was done before, is read next. The node may
  // be gone from here on.
  one.state.store(parked::unparked, order<"parking.unpark">(release));
  who.wake();
}

void parking_lot::wake(parked* chain, std::uint64_t token) noexcept {
  while (chain != nullptr) {
    parked* const next = chain->next;
    end(*chain, token);
    chain = next;
  }
}

bool parking_lot::unpark_one(std::uintptr_t address, void* self, decider decide) noexcept {
  bucket& in = acquire_bucket(address);
  parked* found = nullptr;
  parked* before = nullptr;
  bool more = false;
  for (parked *at = in.first, *previous = nullptr; at != nullptr; previous = at, at = at->next) {
    if (at->address != address) continue;
    if (found != nullptr) {
      more = true;
      break;
    }
    found = at;
    before = previous;
  }
  std::uint64_t token;
  if (found == nullptr) {
    static_cast<void>(decide(self, {0, false, false}));
  } else {
    in.unlink(before, *found);
    token = decide(self, {found->identity, more, in.is_fair()});
  }
  in.held.release();
  if (found == nullptr) return false;
  end(*found, token);
  return true;
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
    if (at->address != address) {
      before = at;
    } else {
      in.unlink(before, *at);
      *end_of_chain = at;
      end_of_chain = &at->next;
      ++count;
    }
    at = next;
  }
  in.held.release();
  wake(chain, token);
  return count;
}

void parking_lot::unpark_if(detail::parked_at what, void* self,
                            bool (*at)(void* self, std::uintptr_t address) noexcept,
                            std::uint64_t token) noexcept {
  const locked no_growth(growing_);
  table& all = current();
  for (std::size_t i = 0; i < all.size; ++i) {
    bucket& in = all.buckets[i];
    in.held.acquire();
    parked* chain = nullptr;
    parked** end_of_chain = &chain;
    parked* before = nullptr;
    for (parked* one = in.first; one != nullptr;) {
      parked* const next = one->next;
      if (one->what != what || !at(self, one->address)) {
        before = one;
      } else {
        in.unlink(before, *one);
        *end_of_chain = one;
        end_of_chain = &one->next;
      }
      one = next;
    }
    in.held.release();
    wake(chain, token);
  }
}

}  // namespace shoal::inline SHOAL_ABI
