// SPDX-License-Identifier: BSL-1.0

#include <shoal/agent/agent.hpp>

#include <cstring>

#include "slot.hpp"

namespace shoal::inline SHOAL_ABI {

using detail::agent_slot;
using detail::world;

agent::agent(shoal::cluster& joined, agent_slot& slot, detail::presence& here,
             const agent_options& options) noexcept
    : heap_(joined.shared()),
      local_(joined.locals()),
      realm_(options.shared_realm != nullptr ? options.shared_realm : &own_realm_),
      presence_(here),
      cluster_(joined),
      slot_(slot),
      may_block_(options.may_block),
      may_nest_(options.may_nest),
      has_initial_words_(joined.words().undefined != 0),
      hooks_(options.hooks),
      own_realm_(joined.locals()) {
  local_.set_owner(this);
}

agent::~agent() = default;

errc agent::open(const agent_options& options) noexcept {
  local_hooks below;
  if (hooks_.release != nullptr) {
    below.release = [](void*, local_context& context, std::uint64_t word, released what) noexcept {
      agent& me = of(context);
      me.hooks_.release(me.hooks_.self, me, word, what);
    };
  }
  if (hooks_.resolve_prototype != nullptr) {
    below.resolve_prototype = [](void*, local_context& context,
                                 const resolve_request& asked) noexcept {
      agent& me = of(context);
      me.tick();
      return me.hooks_.resolve_prototype(me.hooks_.self, me, asked);
    };
  }
  if (realm_ == &own_realm_) {
    if (const errc opened = own_realm_.open(); opened != errc::ok) return opened;
  }
  prototypes_ = realm_->table();
  if (const errc opened = local_.open(options.role, below); opened != errc::ok) return opened;
  {
    const locked hold(cluster_.waits_);
    slot_.waits_for = nullptr;
#if SHOAL_CHECKS >= 2
    slot_.waits_owner = nullptr;
#endif
    slot_.may_nest = may_nest_;
  }
  const locked hold(slot_.inbox);
  slot_.open_for = identity();
  // Relaxed: who must see it has the lock under which an agent attaches.
  slot_.present.store(short_identity(), order<"agent.arrive">(relaxed));
  slot_.post_task = hooks_.post_task;
  slot_.host = hooks_.self;
  // Relaxed: nobody interrupts an agent that is only being made.
  slot_.interrupted.store(0, order<"agent.fresh">(relaxed));
  return errc::ok;
}

// Everything of a detach that happens while still attached.
void agent::close() noexcept {
  detail::dispatch_request* waiting;
  {
    const locked hold(slot_.inbox);
    slot_.open_for = 0;
    waiting = std::exchange(slot_.first, nullptr);
    slot_.last = nullptr;
  }
  while (waiting != nullptr) {
    detail::dispatch_request* const next = waiting->next;
    waiting->end_posted(errc::owner_gone);
    waiting->poster->wake();
    waiting->drop();
    waiting = next;
  }
  ++serving_;
  cancel_tasks();
  --serving_;
  // Release hooks are still attached: what they bind and set is released like the rest.
  do {
    if (realm_ == &own_realm_) own_realm_.clear(local_);
    local_.clear();
  } while (own_realm_.bindings() != 0);
  if (realm_ == &own_realm_) own_realm_.close(local_);
  // Release: pairs with cluster.is_attached; what was done under a lock that it leaves held is seen by
  // who takes that over.
  slot_.present.store(0, order<"agent.depart">(release));
  if (cluster_extension* const above = cluster_.extension()) above->left(*above, *this);
  local_.close();
  heap_.close();
}

void agent::answer_slow() noexcept {
  leave();
  enter();
}

void agent::enter_slow() noexcept {
  // In the child of a fork nobody is left who would let go of it.
  if (cluster_.is_forked()) presence_.forget_claim();
  presence_.enter_slow();
}

// Creation

errc agent::may_share() const noexcept {
  if (cluster_.is_forked()) return errc::forked;
  return is_forbidden() ? errc::sharing_forbidden : errc::ok;
}

errc agent::why_not_created() const noexcept {
  const errc allowed = may_share();
  return allowed != errc::ok ? allowed : errc::out_of_memory;
}

result<local> agent::hold(scope& in, const reference& object) noexcept {
  if (!object) return why_not_created();
  SHOAL_ASSERT_FULL(&in.context().shared() == &heap_.shared(),
                    "an object is held in a scope of its own cluster");
  const local held = in.hold(object);
  if (!held) return errc::out_of_memory;
  return held;
}

void agent::write_initial_words(void* object, const descriptor& what) noexcept {
  for (std::uint32_t i = 0; i < what.field_count; ++i) {
    const field& where = what.fields[i].where;
    if (where.kind == field_kind::any) {
      cell_of<std::uint64_t>(object, where.offset).initialize(cluster_.words().undefined);
    }
  }
}

void* agent::box(std::uint64_t bits, std::uint32_t type_index) noexcept {
  if (may_share() != errc::ok) return nullptr;
  void* object = heap_.try_allocate(boxed_integer_bytes, type_index, 0);
  if (object != nullptr) write_boxed_integer(object, bits);
  return object;
}

reference agent::try_create_slow(std::uint32_t type_index) noexcept {
  if (may_share() != errc::ok) return {};
  const type what = types().at(type_index);
  SHOAL_ASSERT(what, "a blueprint is made by blueprint_of, and its type lives");
  const descriptor& d = *what;
  void* object = d.wide ? heap_.try_allocate_wide(d.size, d.index, 0)
                        : heap_.try_allocate_whole(d.size, d.index, 0);
  if (object != nullptr && has_initial_words_) write_initial_words(object, d);
  return {object, heap_.clock()};
}

error agent::why_not_created(const type& what) const noexcept {
  if (!what || what->what != shape::structure) {
    return error(errc::wrong_type, "only struct types have instances that create makes");
  }
  return why_not_created();
}

result<local> agent::construct(scope& in, const reference& type_handle) noexcept {
  const result<type> what = handled(type_handle);
  if (!what) return what.error();
  if (!allows(rights_of(type_handle.address()), type_rights::construct)) {
    return error(errc::no_right, "the handle to this type does not carry the right to construct");
  }
  return create(in, *what);
}

result<local> agent::create_array(scope& in, field_kind kind, std::uint64_t length) noexcept {
  if (!is_kind(kind)) return errc::bad_kind;
  if (kind == field_kind::v128 && !types().supports_vec128()) {
    return error(errc::unsupported_kind, "this machine has no untorn 16-byte accesses");
  }
  return create_array(in, type_at(builtin::array_of(kind)), length);
}

result<local> agent::create_array(scope& in, const type& array_type,
                                  std::uint64_t length) noexcept {
  if (!array_type || array_type->what != shape::array) {
    return error(errc::wrong_type, "create_array makes instances of array types");
  }
  SHOAL_ASSERT_FULL(is_ours(array_type), "an array is made of a type of its own cluster");
  const field_kind kind = array_type->element;
  const std::uint64_t bytes = array_bytes(kind, length);
  if (bytes == 0) return error(errc::too_large, "an array of that length has no place in 64 bits");
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  const std::uint32_t word = array_header_word(length);
  void* object = array_type->wide ? heap_.try_allocate_wide(bytes, array_type.index(), word)
                                  : heap_.try_allocate(bytes, array_type.index(), word);
  if (object == nullptr) return errc::out_of_memory;
  if (word == 0) write_array_length(object, length);
  if (kind == field_kind::any && has_initial_words_) {
    const elements<std::uint64_t> all(object);
    for (std::uint64_t i = 0; i < length; ++i) all[i].initialize(cluster_.words().undefined);
  }
  return hold(in, {object, heap_.clock()});
}

result<local> agent::make_builtin(scope& in, std::uint32_t type_index, std::uint32_t bytes,
                                  std::uint32_t word) noexcept {
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  void* object = type_at(type_index)->wide ? heap_.try_allocate_wide(bytes, type_index, word)
                                           : heap_.try_allocate(bytes, type_index, word);
  return hold(in, {object, heap_.clock()});
}

result<local> agent::make_string(scope& in, const string_view& text) noexcept {
  const std::uint64_t bytes = string_bytes(text);
  if (bytes == 0) return error(errc::too_large, "a string of that length has no place");
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  void* object = heap_.try_allocate(bytes, builtin::string, hash_of(text));
  if (object == nullptr) return errc::out_of_memory;
  write_string(object, text);
  return hold(in, {object, heap_.clock()});
}

result<local> agent::intern(scope& in, const string_view& text) noexcept {
  const std::uint32_t hash = hash_of(text);
  if (const reference found = find_interned(text, hash)) return hold(in, found);
  result<local> made = make_string(in, text);
  if (!made) return made;
  auto* fresh = static_cast<header*>(made->get().address());
  const auto same = [&](const header& entry) noexcept { return has_text(&entry, text); };
  const auto done = cluster_.strings_.insert(hash, same, [fresh]() noexcept { return fresh; });
  if (done.entry == nullptr) return errc::out_of_memory;
  made->set({done.entry, heap_.clock()});
  return made;
}

// Types

result<type> agent::declare(const type_spec& spec) noexcept {
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  return cluster_.types_.declare(spec);
}

result<type> agent::handled(const reference& type_handle) const noexcept {
  if (!type_handle || !is_type_handle(type_handle.address())) {
    return error(errc::not_a_type, "the value is no type handle");
  }
  const type what = type_at(handled_type(type_handle.address()));
  if (!what) return error(errc::not_a_type, "the type of the handle has been retired");
  return what;
}

result<local> agent::make_type_handle(scope& in, const type& what, type_rights rights) noexcept {
  SHOAL_ASSERT(is_ours(what), "a handle names a type of its own cluster");
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  void* object = heap_.try_allocate(type_handle_bytes, builtin::type_handle,
                                    static_cast<std::uint32_t>(rights));
  if (object == nullptr) return errc::out_of_memory;
  write_type_handle(object, what.index());
  return hold(in, {object, heap_.clock()});
}

result<local> agent::type_of(scope& in, const reference& object) noexcept {
  return make_type_handle(in, type_of_object(object), type_rights::none);
}

result<local> agent::restrict(scope& in, const reference& type_handle,
                              type_rights rights) noexcept {
  result<type> what = handled(type_handle);
  if (!what) return what.error();
  return make_type_handle(in, *what, rights & rights_of(type_handle.address()));
}

result<bool> agent::same_type(const reference& a, const reference& b) const noexcept {
  result<type> one = handled(a);
  if (!one) return one.error();
  result<type> other = handled(b);
  if (!other) return other.error();
  return *one == *other;
}

// Elements

errc agent::element(const reference& array, std::uint64_t index,
                    element_place& place) const noexcept {
  if (!array) return errc::wrong_type;
  const descriptor& what = *types().at(array.type_index());
  if (what.what != shape::array) return errc::wrong_type;
  if (index >= array_length(array.address())) return errc::out_of_range;
  const std::uint32_t first = elements_offset(what.element, header_of(array.address()).word.get());
  place.address = bytes_of(array) + first + index * size_of(what.element);
  place.where = field{.offset = 0,
                      .kind = what.element,
                      .constant = false,
                      .owner = what.index,
                      .ref_type = what.ref_type};
  return errc::ok;
}

errc agent::copy(const local& to, std::uint64_t at, const local& from, std::uint64_t start,
                 std::uint64_t n) noexcept {
  if (!to.get() || !from.get()) return errc::wrong_type;
  const descriptor& target = *types().at(to.get().type_index());
  const descriptor& source = *types().at(from.get().type_index());
  if (target.what != shape::array || source.what != shape::array) return errc::wrong_type;
  if (target.element != source.element) return errc::wrong_kind;
  const std::uint64_t room = array_length(to.get().address());
  const std::uint64_t there = array_length(from.get().address());
  if (at > room || n > room - at || start > there || n > there - start) return errc::out_of_range;
  const bool checked = target.ref_type != 0 && source.ref_type != target.ref_type;
  // Every element is looked at before the first is written.
  for (std::uint64_t i = 0; checked && i < n; ++i) {
    const elements<std::uint64_t> each(from.get().address());
    if (!may_refer(target.ref_type, reference(load_ref(each[start + i])))) return errc::wrong_type;
    if (i % bulk_slice == bulk_slice - 1) poll();
  }
  const bool backwards = to.get() == from.get() && at > start;
  for (std::uint64_t done = 0; done < n;) {
    const std::uint64_t slice = n - done < bulk_slice ? n - done : bulk_slice;
    const std::uint64_t skip = backwards ? n - done - slice : done;
    const errc copied = with_kind(target.element, [&]<field_kind Kind>() {
      const elements<storage_of<Kind>> out(to.get().address());
      const elements<storage_of<Kind>> in(from.get().address());
      if constexpr (holds_references(Kind)) {
        copier g{*this};
        for (std::uint64_t k = 0; k < slice; ++k) {
          const std::uint64_t i = skip + (backwards ? slice - 1 - k : k);
          if constexpr (Kind == field_kind::any) {
            // What a shared array holds may be shared.
            static_cast<void>(store_any(g, out[at + i], load_any(in[start + i])));
          } else {
            void* const object = load_ref(in[start + i]);
            // Again: another agent may have stored meanwhile.
            if (checked && !may_refer(target.ref_type, reference(object))) return errc::wrong_type;
            store_ref(g, out[at + i], object);
          }
        }
      } else {
        copy_scalars(out, at + skip, in, start + skip, slice);
      }
      return errc::ok;
    });
    if (copied != errc::ok) return copied;
    done += slice;
    if (done < n) poll();
  }
  return errc::ok;
}

errc agent::fill_with(const local& array, std::uint64_t at, std::uint64_t n, const datum& what,
                      encoder encode) noexcept {
  if (!array.get()) return errc::wrong_type;
  const descriptor& target = *types().at(array.get().type_index());
  if (target.what != shape::array) return errc::wrong_type;
  const std::uint64_t room = array_length(array.get().address());
  if (at > room || n > room - at) return errc::out_of_range;
  return with_kind(target.element, [&]<field_kind Kind>() -> errc {
    storage_of<Kind> stored{};
    errc fits;
    if constexpr (Kind == field_kind::any) {
      fits = settled(encode(*this, what, stored));
    } else {
      fits =
          from_datum<nan_box, Kind>(what, stored, referrer{*this, target.ref_type}, boxer{*this});
    }
    if (fits != errc::ok) return fits;
    scope keep(heap_);
    if constexpr (holds_references(Kind)) {
      // The value, perhaps a fresh box, lives through the safepoints between the slices.
      if (Kind == field_kind::ref || cluster_.words().is_reference(stored)) {
        const local kept = keep.hold(reference(reinterpret_cast<void*>(
            Kind == field_kind::ref ? stored : cluster_.words().address_of(stored))));
        if (!kept) return errc::out_of_memory;
      }
    }
    for (std::uint64_t done = 0; done < n;) {
      const std::uint64_t slice = n - done < bulk_slice ? n - done : bulk_slice;
      const elements<storage_of<Kind>> out(array.get().address());
      if constexpr (holds_references(Kind)) {
        copier g{*this};  // encode has refused what may not be shared
        for (std::uint64_t i = 0; i < slice; ++i) {
          if constexpr (Kind == field_kind::any) {
            static_cast<void>(store_any(g, out[at + done + i], stored));
          } else {
            store_ref(g, out[at + done + i], reinterpret_cast<void*>(stored));
          }
        }
      } else {
        fill_scalars(out, at + done, slice, stored);
      }
      done += slice;
      if (done < n) poll();
    }
    return errc::ok;
  });
}

// Errors in words

error agent::explain_unshared(std::uint64_t word) noexcept {
  char text[96] = "an unshared value";
  if (hooks_.describe != nullptr) {
    hooks_.describe(hooks_.self, *this, word, text, sizeof text);
    text[sizeof text - 1] = '\0';
  }
  return error(errc::unshared_value, "%s cannot be shared", text);
}

error agent::explain(errc code, const reference& object, const field& where,
                     const datum& what) noexcept {
  const type holder = type_of_object(object);
  char name[80] = "an element";
  for (const field_entry& each : holder.fields()) {
    if (each.where.offset != where.offset) continue;
    if (each.key.what == field_key::form::name) {
      std::snprintf(name, sizeof name, "field '%.*s'", static_cast<int>(each.key.name.size()),
                    each.key.name.data());
    } else {
      std::snprintf(name, sizeof name, "field %llu",
                    static_cast<unsigned long long>(each.key.number));
    }
  }
  const int length = static_cast<int>(holder.name().size());
  const char* const of = holder.name().data();
  char value[96];
  std::snprintf(value, sizeof value, "%s", name_of(what.what));
  if (what.what == datum::form::reference) {
    const type held = type_of_object(reference(what.object));
    if (held->what != shape::structure) {
      std::snprintf(value, sizeof value, "%s", name_of(held->what));
    }
  }
  if (what.what == datum::form::local && hooks_.describe != nullptr) {
    hooks_.describe(hooks_.self, *this, what.word, value, sizeof value);
    value[sizeof value - 1] = '\0';
  }
  switch (code) {
    case errc::unshared_value:
      return error(code, "%s of %.*s cannot hold %s: it is not shared", name, length, of, value);
    case errc::wrong_kind:
      return error(code, "%s of %.*s is %s and cannot hold %s", name, length, of,
                   name_of(where.kind), value);
    case errc::out_of_range:
      return error(code, "%s of %.*s is %s, and the value is out of its range", name, length, of,
                   name_of(where.kind));
    case errc::constant_field:
      return error(code, "%s of %.*s is const", name, length, of);
    case errc::wrong_type: {
      const type wanted = where.ref_type != 0 ? type_at(where.ref_type) : type();
      return error(code, "%s of %.*s takes objects of type %.*s only", name, length, of,
                   wanted ? static_cast<int>(wanted.name().size()) : 1,
                   wanted ? wanted.name().data() : "?");
    }
    default:
      return error(code, "%s of %.*s: %s", name, length, of, name_of(code));
  }
}

// Behaviour

errc agent::bind_all(std::span<const type> types, std::span<const std::uint64_t> words,
                     std::size_t& bound) noexcept {
  SHOAL_ASSERT(types.size() == words.size(), "one prototype for each type");
  for (bound = 0; bound < types.size(); ++bound) {
    const errc done = realm_->bind(types[bound], words[bound]);
    if (done != errc::ok) return done;
  }
  return errc::ok;
}

result<local> agent::make_thread_local_function(scope& in) noexcept {
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  result<agent_local> slot = cluster_.locals().make_slot(0, released::thread_local_function);
  if (!slot) return slot.error();
  return hold(in, {heap_.try_allocate(thread_local_function_bytes, builtin::thread_local_function,
                                      slot->slot),
                   heap_.clock()});
}

result<local> agent::make_thread_bound(scope& in, std::uint64_t word,
                                       bound_policy policy) noexcept {
  if (const errc allowed = may_share(); allowed != errc::ok) return allowed;
  result<std::uint32_t> entry = local_.own_bound(word);
  if (!entry) return entry.error();
  void* object = heap_.try_allocate(thread_bound_bytes, builtin::thread_bound,
                                    static_cast<std::uint32_t>(policy));
  if (object == nullptr) {
    static_cast<void>(local_.disown_bound(*entry));
    return errc::out_of_memory;
  }
  write_thread_bound(object, local_, word, *entry);
  const local held = in.hold({object, heap_.clock()});
  if (!held) {
    static_cast<void>(local_.disown_bound(*entry));
    return errc::out_of_memory;
  }
  local_.set_bound_handle(*entry, object);
  return held;
}

// Accounts and tests

agent_account agent::account() noexcept {
  agent_account mine;
  mine.identity = identity();
  mine.prototypes = own_realm_.bindings();
  mine.agent_locals = local_.set_locals();
  mine.scope_slots = heap_.scope_slots();
  mine.handles = heap_.live_handles();
  mine.thread_bound = local_.bound_words();
  mine.bytes_allocated = heap_.bytes_allocated();
  return mine;
}

cluster_account agent::account_cluster() noexcept {
  if (cluster_.is_forked()) return {};
  const world still(cluster_, this);
  return cluster_.account_stopped();
}

errc agent::account_types(void (*each)(void* self, const type_account&) noexcept,
                          void* self) noexcept {
  if (cluster_.is_forked()) return errc::forked;
  const world still(cluster_, this);
  const std::uint32_t end = cluster_.types_.end();
  buffer<type_account> sums(cluster_.metadata());
  if (!sums.try_reserve(end)) return errc::out_of_memory;
  for (std::uint32_t i = 0; i < end; ++i) static_cast<void>(sums.try_push({}));
  cluster_.heap_.for_each_object(
      [](void* to, const void*, const descriptor& what, std::size_t bytes) noexcept {
        type_account& sum = (*static_cast<buffer<type_account>*>(to))[what.index];
        ++sum.objects;
        sum.bytes += bytes;
      },
      &sums);
  const shoal::realm* counted[64];  // shared realms; of more than 64, the rest count once an agent
  std::size_t known = 0;
  world::for_each_agent(cluster_, [&](agent& one) noexcept {
    if (!one.local_.is_open()) return;  // it is being detached: its realm is closed
    if (one.realm_ != &one.own_realm_) {
      for (std::size_t i = 0; i < known; ++i) {
        if (counted[i] == one.realm_) return;
      }
      if (known < 64) counted[known++] = one.realm_;
    }
    for (std::uint32_t i = 1; i < end; ++i) {
      if (one.realm_->peek(i).has_word()) ++sums[i].prototypes;
    }
  });
  for (std::uint32_t i = 1; i < end; ++i) {
    type_account& sum = sums[i];
    const type what = type_at(i);
    if (!what || (sum.objects == 0 && sum.prototypes == 0)) continue;
    sum.type_index = i;
    sum.name = what.name();
    each(self, sum);
  }
  return errc::ok;
}

trace_statistics agent::debug_trace() noexcept {
  if (cluster_.is_forked()) return {};
  const world still(cluster_, this);
  return world::trace(cluster_);
}

verify_result agent::debug_verify() noexcept {
  if (cluster_.is_forked()) return {.code = errc::forked};
  const world still(cluster_, this);
  return cluster_.shared().verify();
}

}  // namespace shoal::inline SHOAL_ABI
