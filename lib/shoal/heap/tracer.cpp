// SPDX-License-Identifier: BSL-1.0

// The test tracer. Marks iteratively: what is marked and not yet looked into is on a stack, or,
// when the stack has no memory, is grey and found again by walking the heap. Each walk blackens at
// least one grey object, so that ends.

#include <shoal/heap/tracer.hpp>

#include <algorithm>
#include <functional>

#include <shoal/heap/heap_context.hpp>
#include <shoal/heap/instance.hpp>

#include "space.hpp"

namespace shoal::inline SHOAL_ABI {
namespace detail {

// The type that a header names, whatever is in it; null: none.
static const descriptor* type_at(const type_space& types, const void* object) noexcept {
  const std::uint32_t index = header_of(object).type_index.get();
  return index < types.max_types() ? types.at(index).get() : nullptr;
}

class tracer {
 public:
  explicit tracer(heap& traced) noexcept
      : heap_(traced),
        types_(*traced.types()),
        stack_(traced.metadata()),
        places_(traced.metadata()) {}

  trace_statistics trace(const trace_hooks& hooks) noexcept;
  verify_result verify() noexcept;

  void mark(const void* object) noexcept;
  [[nodiscard]] const encoding& words() const noexcept { return heap_.words(); }
  [[nodiscard]] bool is_marked(const void* object) const noexcept {
    return object != nullptr &&
           const_cast<tracer*>(this)->mark_of(object, type_of(object)) != white;
  }

  // Calls each(object, type, bytes) for every object that is not dead. The place that could not be
  // walked past, or null. `each` may turn its object into a filler.
  template <class Each>
  const void* walk(Each&& each) noexcept;
  // Makes walks possible: every hole is under a filler.
  void fill_holes() noexcept {
    for (heap_context* context = heap_.contexts_; context != nullptr; context = context->next_) {
      context->fill_holes();
    }
  }

 private:
  enum : std::uint8_t { white, black, grey };

  [[nodiscard]] const descriptor& type_of(const void* object) const noexcept {
    const descriptor* type = type_at(types_, object);
    SHOAL_ASSERT(type != nullptr, "a root or a field refers to memory that is no object");
    SHOAL_ASSERT(type->what != shape::filler, "a root or a field refers to a dead object");
    return *type;
  }
  [[nodiscard]] std::uint8_t& mark_of(const void* object, const descriptor& type) noexcept {
    // The same object is as large every time, so this is where it was allocated.
    return instance_bytes(type, object) > heap::large_bytes ? large_object::of(object)->mark
                                                            : mark_byte(object);
  }
  void clear_marks() noexcept;
  void mark_roots(const trace_hooks& hooks, trace_statistics& found) noexcept;
  void push(const void* object, std::uint8_t& mark) noexcept;
  void scan(const void* object) noexcept;
  void drain() noexcept;
  void clear_weak(trace_statistics& found) noexcept;
  void sweep(trace_statistics& found) noexcept;
  // Calls each(slot, word) for every slot of every pool.
  template <class Each>
  void for_each_handle(Each&& each) noexcept;
  template <class Each>
  std::uint64_t for_each_scope_slot(Each&& each) noexcept;
  [[nodiscard]] bool is_object(std::uint64_t address) noexcept;

  heap& heap_;
  const type_space& types_;
  bool overflown_ = false;
  std::size_t near_size_ = 0;
  const void* near_[256];       // always there
  buffer<const void*> stack_;   // what does not fit
  buffer<const void*> places_;  // of verify: slabs, then large objects, each sorted
  std::size_t slab_count_ = 0;
};

template <class Each>
const void* tracer::walk(Each&& each) noexcept {
  for (slab* in = heap_.slabs_; in != nullptr; in = in->next.get()) {
    for (std::size_t i = slab::first_block; i < in->taken(); ++i) {
      if (in->blocks[i].begun.get() == 0) continue;
      std::byte* place = in->start_of(i);
      std::byte* const end = place + heap::block_bytes;
      while (place != end) {
        const descriptor* type = type_at(types_, place);
        const std::size_t bytes = type == nullptr ? 0 : instance_bytes(*type, place);
        if (bytes == 0 || bytes > static_cast<std::size_t>(end - place)) {
          if (!heap_.torn_) return place;
          write_filler(place, static_cast<std::size_t>(end - place));
          break;
        }
        if (type->what != shape::filler) each(place, *type, bytes);
        place += bytes;
      }
    }
  }
  for (large_object* large = heap_.large_; large != nullptr; large = large->next.get()) {
    if (large->dead) continue;
    const descriptor* type = type_at(types_, large->object());
    const std::size_t bytes = type == nullptr ? 0 : instance_bytes(*type, large->object());
    if (bytes <= heap::large_bytes || bytes > large->page_bytes.get() - sizeof(large_object)) {
      if (!heap_.torn_) return large->object();
      large->dead = true;
      continue;
    }
    each(static_cast<std::byte*>(large->object()), *type, bytes);
  }
  return nullptr;
}

void tracer::clear_marks() noexcept {
  for (slab* in = heap_.slabs_; in != nullptr; in = in->next.get()) {
    if (in->taken() == slab::first_block) continue;
    std::memset(&mark_byte(in->start_of(slab::first_block)), 0,
                (in->taken() - slab::first_block) * heap::block_bytes / heap::granule_bytes);
  }
  for (large_object* large = heap_.large_; large != nullptr; large = large->next.get())
    large->mark = 0;
}

void tracer::push(const void* object, std::uint8_t& mark) noexcept {
  mark = black;
  if (near_size_ < std::size(near_)) {
    near_[near_size_++] = object;
  } else if (!stack_.try_push(object)) {
    mark = grey;
    overflown_ = true;
  }
}

void tracer::mark(const void* object) noexcept {
  if (object == nullptr) return;
  const descriptor& type = type_of(object);
  std::uint8_t& mark = mark_of(object, type);
  if (mark != white) return;
  if (type.has_references) {
    push(object, mark);
  } else {
    mark = black;
  }
}

void tracer::scan(const void* object) noexcept {
  for_each_reference(type_of(object), heap_.words(), object, [&](std::uint64_t address) {
    mark(reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address)));
  });
}

void tracer::drain() noexcept {
  while (near_size_ != 0 || !stack_.empty()) {
    scan(near_size_ != 0 ? near_[--near_size_] : stack_.pop());
  }
}

template <class Each>
void tracer::for_each_handle(Each&& each) noexcept {
  const auto visit = [&](handle_pool* pool) {
    for (handle_block* block = pool->blocks_; block != nullptr; block = block->next) {
      for (handle_slot& slot : block->slots) {
        // Relaxed: the world is stopped, so what the agents wrote is visible; who still drops writes
        // no object's address.
        each(slot, slot.word.load(order<"handle.scan">(relaxed)));
      }
    }
  };
  for (heap_context* context = heap_.contexts_; context != nullptr; context = context->next_) {
    if (context->handles_ != nullptr) visit(context->handles_);
  }
  // Threads that are no agents still drop orphans. This holder may ask for metadata: marking does.
  locked held(heap_.lock_);
  for (handle_pool* pool = heap_.orphans_; pool != nullptr; pool = pool->next_) visit(pool);
}

template <class Each>
std::uint64_t tracer::for_each_scope_slot(Each&& each) noexcept {
  std::uint64_t held = 0;
  for (heap_context* context = heap_.contexts_; context != nullptr; context = context->next_) {
    for (scope_chain* chain = context->chains_; chain != nullptr; chain = chain->next_) {
      const std::uint64_t* end = chain->top_;
      for (scope_chunk* chunk = chain->chunk_; chunk != nullptr; chunk = chunk->previous) {
        for (const std::uint64_t* slot = chunk->slots; slot != end; ++slot) {
          if (*slot == 0) continue;
          ++held;
          each(*slot);
        }
        if (chunk->previous != nullptr) end = chunk->previous->slots + scope_chunk::slot_count;
      }
    }
  }
  return held;
}

void tracer::mark_roots(const trace_hooks& hooks, trace_statistics& found) noexcept {
  const auto mark_address = [&](std::uint64_t address) {
    mark(reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address)));
  };
  found.scope_roots = for_each_scope_slot(mark_address);
  for_each_handle([&](handle_slot&, std::uint64_t word) {
    if (handle_slot::state_of(word) != slot_state::strong || word == 0) return;
    ++found.handle_roots;
    mark_address(word);
  });
  if (hooks.roots == nullptr) return;
  root_visitor visitor(*this);
  hooks.roots(hooks.self, visitor);
}

void tracer::clear_weak(trace_statistics& found) noexcept {
  for_each_handle([&](handle_slot& slot, std::uint64_t word) {
    const auto* object =
        reinterpret_cast<const void*>(static_cast<std::uintptr_t>(handle_slot::address_of(word)));
    if (handle_slot::state_of(word) != slot_state::weak || object == nullptr || is_marked(object)) {
      return;
    }
    // Relaxed, both: who fails here was dropped meanwhile, and what a get finds from now on is null,
    // behind which nothing is read.
    const bool cleared = slot.word.compare_exchange(
        word, static_cast<std::uint64_t>(slot_state::weak), order<"handle.clear">(relaxed),
        order<"handle.clear_lost">(relaxed));
    if (cleared) ++found.weak_cleared;
  });
}

void tracer::sweep(trace_statistics& found) noexcept {
  constexpr int scribble = 0xdb;
  constexpr std::size_t most = std::size_t{1} << 20;  // enough to be noticed
  const void* stuck = walk([&](std::byte* object, const descriptor& type, std::size_t bytes) {
    if (mark_of(object, type) != white) {
      ++found.live_objects;
      found.live_bytes += bytes;
      return;
    }
    ++found.dead_objects;
    found.dead_bytes += bytes;
    if (bytes > heap::large_bytes) large_object::of(object)->dead = true;
    std::memset(object + header_bytes, scribble, std::min(bytes, most) - header_bytes);
    write_filler(object, bytes);
  });
  SHOAL_ASSERT(stuck == nullptr, "every object of the heap has a type and a length");
}

trace_statistics tracer::trace(const trace_hooks& hooks) noexcept {
  trace_statistics found;
  fill_holes();
  clear_marks();
  mark_roots(hooks, found);
  drain();
  while (overflown_) {
    overflown_ = false;
    ++found.rescans;
    walk([&](const std::byte* object, const descriptor& type, std::size_t) {
      std::uint8_t& mark = mark_of(object, type);
      if (mark != grey) return;
      mark = black;
      scan(object);
      drain();
    });
  }
  if (hooks.weak != nullptr) hooks.weak(hooks.self, weak_visitor(*this));
  clear_weak(found);
  sweep(found);
  return found;
}

bool tracer::is_object(std::uint64_t address) noexcept {
  if (address % heap::granule_bytes != 0) return false;
  const auto* object = reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address));
  const void** const slabs = places_.begin();
  const void** const large = slabs + slab_count_;
  const void** const end = places_.end();
  if (std::binary_search(large, end, object, std::less<>())) return true;
  slab* const in = slab::of(object);
  if (!std::binary_search(slabs, large, static_cast<const void*>(in), std::less<>())) return false;
  const std::size_t index = (address & (heap::slab_bytes - 1)) / heap::block_bytes;
  return index >= slab::first_block && index < in->taken() && mark_byte(object) != white;
}

verify_result tracer::verify() noexcept {
  verify_result found;
  fill_holes();
  clear_marks();
  const auto note = [&](const void* place) {
    if (places_.try_push(place)) return;
    found.code = errc::out_of_memory;
  };
  for (slab* in = heap_.slabs_; in != nullptr; in = in->next.get()) note(in);
  slab_count_ = places_.size();
  for (large_object* large = heap_.large_; large != nullptr; large = large->next.get()) {
    if (!large->dead) note(large->object());
  }
  if (found.code != errc::ok) return found;
  std::sort(places_.begin(), places_.begin() + slab_count_, std::less<>());
  std::sort(places_.begin() + slab_count_, places_.end(), std::less<>());

  // First the starts of all objects, then what refers to them.
  const void* stuck = walk([&](std::byte* object, const descriptor& type, std::size_t bytes) {
    mark_of(object, type) = black;
    ++found.objects;
    found.bytes += bytes;
  });
  const auto check = [&](const void* holder, std::uint64_t address) {
    ++found.references;
    if (is_object(address) || found.broken++ != 0) return;
    found.holder = holder;
    found.target = address;
  };
  if (stuck != nullptr) {
    ++found.broken;
    found.holder = stuck;
  }
  walk([&](const std::byte* object, const descriptor& type, std::size_t) {
    for_each_reference(type, heap_.words(), object,
                       [&](std::uint64_t address) { check(object, address); });
  });
  for_each_scope_slot([&](std::uint64_t address) { check(nullptr, address); });
  for_each_handle([&](handle_slot&, std::uint64_t word) {
    const slot_state state = handle_slot::state_of(word);
    if (state != slot_state::strong && state != slot_state::weak) return;
    if (handle_slot::address_of(word) != 0) check(nullptr, handle_slot::address_of(word));
  });
  return found;
}

}  // namespace detail

void root_visitor::visit(const void* object) noexcept { by_.mark(object); }

void root_visitor::visit_value(std::uint64_t word) noexcept {
  if (!by_.words().is_reference(word)) return;
  by_.mark(
      reinterpret_cast<const void*>(static_cast<std::uintptr_t>(by_.words().address_of(word))));
}

bool weak_visitor::is_marked(const void* object) const noexcept { return by_.is_marked(object); }

bool heap::is_live_object(const void* object) const noexcept {
  if (object == nullptr || reinterpret_cast<std::uintptr_t>(object) % granule_bytes != 0) {
    return false;
  }
  const std::uint32_t index = header_of(object).type_index.get();
  if (index == builtin::none || index == builtin::filler) return false;
  return types() == nullptr || detail::type_at(*types(), object) != nullptr;
}

trace_statistics heap::trace_stopped_world(const trace_hooks& hooks) noexcept {
  SHOAL_ASSERT(types() != nullptr, "a trace needs the types of the heap");
  return detail::tracer(*this).trace(hooks);
}

verify_result heap::verify() noexcept {
  SHOAL_ASSERT(types() != nullptr, "a verification needs the types of the heap");
  return detail::tracer(*this).verify();
}

void heap::for_each_object(void (*each)(void* self, const void* object, const descriptor& type,
                                        std::size_t bytes) noexcept,
                           void* self) noexcept {
  SHOAL_ASSERT(types() != nullptr, "a walk needs the types of the heap");
  detail::tracer tracer(*this);
  tracer.fill_holes();
  tracer.walk([&](const std::byte* object, const descriptor& type, std::size_t bytes) {
    each(self, object, type, bytes);
  });
}

}  // namespace shoal::inline SHOAL_ABI
