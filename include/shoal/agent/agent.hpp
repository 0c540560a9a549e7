// SPDX-License-Identifier: BSL-1.0
#pragma once

// Floor 5: agents. Joining a cluster, entering and leaving, safepoints, dispatch, interrupts,
// accounting; and the everyday calls on shared objects.
//
// An agent is one thread of execution of a runtime with its own unshared heap. It is used by one
// thread at a time and may move between threads (leave on one, enter on another). Fast paths take
// agent& and touch only what is in it.
//
// A runtime that can poll stays entered and calls poll() often. One that cannot attaches parked and
// puts an `entered` around each call; between calls it holds objects by persistent handles only.
//
// Thread safety: thread-bound, but for identity() and interrupt().
// Progress:
//   accesses                      as access.hpp has them
//   creation                      wait-free but for a hole's end: then the next block, lock-free, or
//                                 from the page supply or a list of the heap, which is locked
//   prototype_of, get, binding    wait-free once bound; before, the resolver runs
//   declare, intern of a new text, post, serve, release_bound    locks, briefly
//   interrupt                     wait-free; calls the kernel
//   poll, enter                   wait-free, unless somebody stops the world: then until it ends
//   wait_for                      waits for the owner of the handle, or its deadline
//   account_cluster, account_types, debug_*    stop the world: wait for each entered agent's poll
// Layer: agent. Includes floors 0 to 4.
// Follows: TC39 proposal-structs in what a program can do; ECMAScript's agent.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <shoal/agent/account.hpp>
#include <shoal/agent/agent_hooks.hpp>
#include <shoal/agent/cluster.hpp>
#include <shoal/agent/dispatch.hpp>
#include <shoal/agent/presence.hpp>

namespace shoal::inline SHOAL_ABI {

// One initial value for create.
struct field_value {
  field where;
  datum what;
};

// An element of an array: where it is, and its kind as a field would say it.
struct element_place {
  void* address = nullptr;
  field where;
};

namespace detail {
// What a typed field that may be stored, and holds no reference, is read as.
template <class T>
inline constexpr bool is_scalar = false;
template <class T>
requires requires { kind_of_type<T>::kind; }
inline constexpr bool is_scalar<T> = !holds_references(kind_of_type<T>::kind);
}  // namespace detail

// One thread of execution, as its cluster knows it. Made by cluster::attach, ended by its
// attachment.
class alignas(64) agent {
 public:
  agent(const agent&) = delete;
  agent& operator=(const agent&) = delete;

  // Who and where

  // The cluster that it has joined.
  [[nodiscard]] shoal::cluster& cluster() const noexcept { return cluster_; }
  // Never reused, never 0.
  [[nodiscard]] std::uint64_t identity() const noexcept { return local_.identity(); }
  // Its lower half, for words that have no more room: never 0, and no other agent has it that is
  // attached at the same time.
  [[nodiscard]] std::uint32_t short_identity() const noexcept {
    return static_cast<std::uint32_t>(identity());
  }
  // The role it has attached with.
  [[nodiscard]] std::string_view role() const noexcept { return local_.role(); }
  // Its parts: of the heap (floor 4), and of floor 3.
  [[nodiscard]] heap_context& context() noexcept { return heap_; }
  // NOLINTNEXTLINE(google-explicit-constructor): shoal::scope scope(agent);
  operator heap_context&() noexcept { return heap_; }
  [[nodiscard]] local_context& locals() noexcept { return local_; }
  // The realm the agent was given, or its own.
  [[nodiscard]] shoal::realm& realm() noexcept { return *realm_; }
  // The agent that a context belongs to. Precondition: it belongs to one.
  [[nodiscard]] static agent& of(const local_context& context) noexcept {
    return *static_cast<agent*>(context.owner());
  }

  // Safepoints

  // A load and a predicted branch. May answer one that stops the world.
  SHOAL_INLINE void poll() noexcept {
    tick();
    if (presence_.is_asked()) [[unlikely]]
      answer_slow();
  }
  // Whether a thread uses it; false in a blocked region.
  [[nodiscard]] bool is_entered() const noexcept { return presence_.is_entered(); }
  // Takes the agent up on this thread, and lays it down. Not nested: see entered.
  void enter() noexcept {
    if (!presence_.try_enter()) [[unlikely]]
      enter_slow();
    tick();
  }
  void leave() noexcept { presence_.leave(); }

  // Types

  // A fresh identity. Errors: those of type_space::declare, sharing_forbidden, forked.
  [[nodiscard]] SHOAL_API result<type> declare(const type_spec& spec) noexcept;
  [[nodiscard]] result<type> declare(std::string_view name, field_list fields) noexcept {
    return declare(type_spec{.name = name, .fields = fields});
  }
  // A type handle to send. Of rights the sender does not want to pass on, none. A safepoint, as all
  // creation is. Errors: out_of_memory, sharing_forbidden, forked. Precondition: a type of this
  // cluster.
  [[nodiscard]] SHOAL_API result<local> make_type_handle(scope& in, const type& what,
                                                         type_rights rights) noexcept;
  // A handle to the type of any object, with neither right. Errors: those of make_type_handle.
  // Precondition: not null.
  [[nodiscard]] SHOAL_API result<local> type_of(scope& in, const reference& object) noexcept;
  // The same type with fewer rights. Errors: not_a_type, those of make_type_handle.
  [[nodiscard]] SHOAL_API result<local> restrict(scope& in, const reference& type_handle,
                                                 type_rights rights) noexcept;
  // Whether two handles are of one type, whatever their rights. Errors: not_a_type.
  [[nodiscard]] SHOAL_API result<bool> same_type(const reference& a,
                                                 const reference& b) const noexcept;
  // The type with that index; null: none has it.
  [[nodiscard]] type type_at(std::uint32_t index) const noexcept { return types().at(index); }
  // The type of an object. Precondition: not null.
  [[nodiscard]] type type_of_object(const reference& object) const noexcept {
    return type_at(object.type_index());
  }
  // The type that a handle names. Errors: not_a_type.
  [[nodiscard]] SHOAL_API result<type> handled(const reference& type_handle) const noexcept;

  // Creation. Objects come out fully initialised: every field undefined, 0 or null, or its given
  // value; storing the reference publishes them. All of it is a safepoint.
  // Errors of all of it: out_of_memory, sharing_forbidden, forked; where it says more, those too.

  // For the floor above: an instance of a builtin type, of that size and with that word in its header,
  // otherwise all zeros. Errors: those of all creation.
  [[nodiscard]] SHOAL_API result<local> make_builtin(scope& in, std::uint32_t type_index,
                                                     std::uint32_t bytes,
                                                     std::uint32_t word = 0) noexcept;

  // What code that makes many instances of one type keeps in registers. Precondition: a struct type.
  [[nodiscard]] static SHOAL_INLINE blueprint blueprint_of(const type& what) noexcept {
    SHOAL_ASSERT(what->what == shape::structure, "create makes instances of struct types");
    return {what->index, what->quick_bytes};
  }
  // Null: an error (create says which).
  [[nodiscard]] SHOAL_INLINE reference try_create(const blueprint& of) noexcept {
    SHOAL_ASSERT_FULL(is_entered(), "an agent is entered while it creates");
    // Relaxed: a latch; nothing is read because of it.
    const std::uint32_t gate = this->gate().load(order<"cluster.gate">(relaxed));
    if (gate == shoal::cluster::gate_open) [[likely]] {
      if (void* object = heap_.try_bump(of.quick_bytes, of.type_index, 0)) [[likely]] {
        return {object, heap_.clock()};
      }
    }
    return try_create_slow(of.type_index);
  }
  // The same. Precondition: a struct type.
  [[nodiscard]] SHOAL_INLINE reference try_create(const type& what) noexcept {
    SHOAL_ASSERT_FULL(is_ours(what), "an object is made of a type of its own cluster");
    return try_create(blueprint_of(what));
  }
  // An instance with every field undefined, 0 or null. Errors: wrong_type (not a struct type).
  [[nodiscard]] SHOAL_INLINE result<local> create(scope& in, const type& what) noexcept {
    if (what && what->what == shape::structure) [[likely]] {
      if (const reference object = try_create(what)) [[likely]] {
        SHOAL_ASSERT_FULL(&in.context().shared() == &heap_.shared(),
                          "an object is held in a scope of its own cluster");
        const local held = in.hold(object);
        if (!held) [[unlikely]] {
          return errc::out_of_memory;
        }
        return held;
      }
    }
    return why_not_created(what);
  }
  // With initial values, `const` fields' among them. Errors: wrong_type, those of set. E: as with
  // set.
  template <value_encoding E = nan_box>
  [[nodiscard]] result<local> create(scope& in, const type& what,
                                     std::span<const field_value> initial) noexcept {
    result<local> made = create(in, what);
    if (!made) return made;
    for (const field_value& each : initial) {
      const errc stored = initialize<E>(made->get(), each.where, each.what);
      if (stored != errc::ok) return explain(stored, made->get(), each.where, each.what);
    }
    return made;
  }
  // By handle. Errors: not_a_type, no_right.
  [[nodiscard]] SHOAL_API result<local> construct(scope& in, const reference& type_handle) noexcept;
  // Sets a field, a `const` one too, of an object that nobody else can see yet. Errors: those of
  // set.
  template <value_encoding E = nan_box>
  [[nodiscard]] errc initialize(const reference& fresh, const field& where,
                                const datum& what) noexcept {
    return store_at<E>(place_of(fresh, where), where, what, unordered);
  }
  // `length` elements, each undefined, 0 or null. Errors: too_large; bad_kind and unsupported_kind
  // by kind; wrong_type (not an array type) by type.
  [[nodiscard]] SHOAL_API result<local> create_array(scope& in, field_kind kind,
                                                     std::uint64_t length) noexcept;
  [[nodiscard]] SHOAL_API result<local> create_array(scope& in, const type& array_type,
                                                     std::uint64_t length) noexcept;
  // A string with a copy of that text. Errors: too_large.
  [[nodiscard]] SHOAL_API result<local> make_string(scope& in, const string_view& text) noexcept;
  // The one string of the cluster with that text. A hit takes no lock, writes nothing shared and is
  // no safepoint. Errors: of a miss, those of make_string; of a hit, out_of_memory (the local).
  [[nodiscard]] SHOAL_API result<local> intern(scope& in, const string_view& text) noexcept;
  // The interned string with that text and hash (hash_of); null: there is none. Wait-free for a
  // given number of strings.
  [[nodiscard]] reference find_interned(const string_view& text, std::uint32_t hash) noexcept {
    header* found = cluster_.strings_.find(
        hash, [&](const header& entry) noexcept { return has_text(&entry, text); });
    return {found, heap_.clock()};
  }

  // The object that a value refers to, as calls take it. Precondition: it refers to one (is_object).
  template <value_encoding E>
  [[nodiscard]] SHOAL_INLINE reference object_of(basic_value<E> from) const noexcept {
    return from.as_object(heap_.clock());
  }

  // Fields whose kind was checked when they were looked up (typed). References must be of a type
  // that has the field. O is unordered, acquire, release, acq_rel or seq_cst.

  template <class T, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE std::remove_const_t<T> load(const reference& object,
                                                         typed_field<T> where,
                                                         order_constant<O> o = {}) noexcept {
    using U = std::remove_const_t<T>;
    if constexpr (kind_of_type<U> == field_kind::any) {
      check_words<typename U::encoding_type>();
      return U::of_word(load_any(cell_of<std::uint64_t>(object.address(), where.offset), o));
    } else if constexpr (kind_of_type<U> == field_kind::ref) {
      return reference(load_ref(cell_of<std::uint64_t>(object.address(), where.offset), o),
                       heap_.clock());
    } else if constexpr (kind_of_type<U> == field_kind::boolean) {
      return load_scalar(cell_of<std::uint8_t>(object.address(), where.offset), o) != 0;
    } else {
      return load_scalar(cell_of<U>(object.address(), where.offset), o);
    }
  }

  // Scalars cannot fail. Errors: of `any`, unshared_value; of a typed ref, wrong_type; with nothing
  // written.
  template <class T, memory_order O = memory_order::unordered>
  SHOAL_INLINE void store(const reference& object, typed_field<T> where,
                          std::type_identity_t<T> value, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T>) {
    if constexpr (kind_of_type<T> == field_kind::boolean) {
      store_scalar(cell_of<std::uint8_t>(object.address(), where.offset), value ? 1 : 0, o);
    } else {
      store_scalar(cell_of<T>(object.address(), where.offset), value, o);
    }
  }
  template <value_encoding E, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc store(const reference& object, typed_field<basic_value<E>> where,
                                        std::type_identity_t<basic_value<E>> value,
                                        order_constant<O> o = {}) noexcept {
    check_words<E>();
    guard<E> g{*this};
    return store_any(g, cell_of<std::uint64_t>(object.address(), where.offset), value.word(), o);
  }
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc store(const reference& object, typed_field<reference> where,
                                        const reference& value, order_constant<O> o = {}) noexcept {
    if (where.ref_type != 0 && !may_refer(where.ref_type, value)) [[unlikely]] {
      return errc::wrong_type;
    }
    guard<nan_box> g{*this};
    store_ref(g, cell_of<std::uint64_t>(object.address(), where.offset), value.address(), o);
    return errc::ok;
  }

  // Stores, and answers what was there. Errors: as store.
  template <class T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T exchange(const reference& object, typed_field<T> where,
                          std::type_identity_t<T> value, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T>) {
    if constexpr (kind_of_type<T> == field_kind::boolean) {
      return exchange_scalar(cell_of<std::uint8_t>(object.address(), where.offset), value ? 1 : 0,
                             o) != 0;
    } else {
      return exchange_scalar(cell_of<T>(object.address(), where.offset), value, o);
    }
  }
  template <value_encoding E, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc exchange(const reference& object,
                                           typed_field<basic_value<E>> where,
                                           std::type_identity_t<basic_value<E>> value,
                                           basic_value<E>& old, order_constant<O> o = {}) noexcept {
    check_words<E>();
    guard<E> g{*this};
    std::uint64_t word = 0;
    const errc done = exchange_any(g, cell_of<std::uint64_t>(object.address(), where.offset),
                                   value.word(), word, o);
    old = basic_value<E>::of_word(word);
    return done;
  }
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc exchange(const reference& object, typed_field<reference> where,
                                           const reference& value, reference& old,
                                           order_constant<O> o = {}) noexcept {
    if (where.ref_type != 0 && !may_refer(where.ref_type, value)) [[unlikely]] {
      return errc::wrong_type;
    }
    guard<nan_box> g{*this};
    old = reference(
        exchange_ref(g, cell_of<std::uint64_t>(object.address(), where.offset), value.address(), o),
        heap_.clock());
    return errc::ok;
  }

  // Bitwise on scalars; `expected` receives what was read. True: stored.
  template <class T, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE bool compare_exchange(const reference& object, typed_field<T> where,
                                                   T& expected, std::type_identity_t<T> desired,
                                                   order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T>) {
    if constexpr (kind_of_type<T> == field_kind::boolean) {
      std::uint8_t wanted = expected ? 1 : 0;
      const bool done = compare_exchange_scalar(
          cell_of<std::uint8_t>(object.address(), where.offset), wanted, desired ? 1 : 0, o);
      expected = wanted != 0;
      return done;
    } else {
      return compare_exchange_scalar(cell_of<T>(object.address(), where.offset), expected, desired,
                                     o);
    }
  }
  // By SameValue; `expected` receives what was read. ok, not_equal or unshared_value.
  template <value_encoding E, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc compare_exchange(const reference& object,
                                                   typed_field<basic_value<E>> where,
                                                   basic_value<E>& expected,
                                                   std::type_identity_t<basic_value<E>> desired,
                                                   order_constant<O> o = {}) noexcept {
    check_words<E>();
    guard<E> g{*this};
    const std::uint64_t wanted = expected.word();
    std::uint64_t seen = wanted;
    const errc done = compare_exchange_any(
        g, cell_of<std::uint64_t>(object.address(), where.offset),
        [wanted](std::uint64_t word) noexcept { return same_value<E>(word, wanted); },
        desired.word(), seen, o);
    expected = basic_value<E>::of_word(seen);
    return done;
  }
  // By identity. ok, not_equal or wrong_type; `expected` receives what was read.
  template <memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE errc compare_exchange(const reference& object,
                                                   typed_field<reference> where,
                                                   reference& expected, const reference& desired,
                                                   order_constant<O> o = {}) noexcept {
    if (where.ref_type != 0 && !may_refer(where.ref_type, desired)) [[unlikely]] {
      return errc::wrong_type;
    }
    guard<nan_box> g{*this};
    void* held = expected.address();
    const bool done = compare_exchange_ref(
        g, cell_of<std::uint64_t>(object.address(), where.offset), held, desired.address(), o);
    expected = reference(held, heap_.clock());
    return done ? errc::ok : errc::not_equal;
  }

  // Integers wrap; f32 and f64 add only.
  template <class T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T fetch_add(const reference& object, typed_field<T> where,
                           std::type_identity_t<T> by, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T>&& std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
    return fetch_add_scalar(cell_of<T>(object.address(), where.offset), by, o);
  }
  template <std::integral T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T fetch_sub(const reference& object, typed_field<T> where,
                           std::type_identity_t<T> by, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T> && !std::is_same_v<T, bool>) {
    return fetch_sub_scalar(cell_of<T>(object.address(), where.offset), by, o);
  }
  template <std::integral T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T fetch_and(const reference& object, typed_field<T> where,
                           std::type_identity_t<T> bits, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T> && !std::is_same_v<T, bool>) {
    return fetch_and_scalar(cell_of<T>(object.address(), where.offset), bits, o);
  }
  template <std::integral T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T fetch_or(const reference& object, typed_field<T> where,
                          std::type_identity_t<T> bits, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T> && !std::is_same_v<T, bool>) {
    return fetch_or_scalar(cell_of<T>(object.address(), where.offset), bits, o);
  }
  template <std::integral T, memory_order O = memory_order::unordered>
  SHOAL_INLINE T fetch_xor(const reference& object, typed_field<T> where,
                           std::type_identity_t<T> bits, order_constant<O> o = {}) noexcept
      requires(detail::is_scalar<T> && !std::is_same_v<T, bool>) {
    return fetch_xor_scalar(cell_of<T>(object.address(), where.offset), bits, o);
  }

  // A `field` instead of a typed one: its kind is checked here (checks >= fast).
  template <class T, memory_order O = memory_order::unordered>
  [[nodiscard]] SHOAL_INLINE T load(const reference& object, const field& where,
                                    order_constant<O> o = {}) noexcept {
    SHOAL_ASSERT(where.kind == kind_of_type<T>, "load a field as the type that its kind holds");
    return load(object, typed_field<const T>{where.offset, where.ref_type}, o);
  }
  template <class T, memory_order O = memory_order::unordered>
  SHOAL_INLINE auto store(const reference& object, const field& where, T value,
                          order_constant<O> o = {}) noexcept {
    SHOAL_ASSERT(where.kind == kind_of_type<T>, "store a field as the type that its kind holds");
    SHOAL_ASSERT(!where.constant, "a const field is set at creation only");
    return store(object, typed_field<T>{where.offset, where.ref_type}, value, o);
  }

  // Fields and elements of any kind, as datums: what an interpreter's obj[name] does. `field` must
  // be of the object's type. set may box an integer, and is then a safepoint: hold the object.
  // E must be the cluster's encoding, for `any` fields (checks=full looks). It is a constant of the
  // program, which an agent cannot know: who has chosen another than nan_box names it at each call,
  // or wraps the calls once.
  // Errors: wrong_kind, out_of_range, wrong_type, unshared_value, constant_field; where an integer
  // has to be boxed, out_of_memory, sharing_forbidden and forked.
  // explain() makes a sentence of them. Orders as above.

  template <value_encoding E = nan_box, memory_order O = memory_order::unordered>
  [[nodiscard]] datum get(const reference& object, const field& where,
                          order_constant<O> o = {}) noexcept {
    check_words<E>(where.kind);
    return load_generic<E>(place_of(object, where), where.kind, o);
  }
  template <value_encoding E = nan_box, memory_order O = memory_order::unordered>
  [[nodiscard]] errc set(const reference& object, const field& where, const datum& what,
                         order_constant<O> o = {}) noexcept {
    if (where.constant) return errc::constant_field;
    return store_at<E>(place_of(object, where), where, what, o);
  }
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc exchange(const reference& object, const field& where, const datum& what,
                              datum& old, order_constant<O> o = {}) noexcept {
    if (where.constant) return errc::constant_field;
    check_words<E>(where.kind);
    guard<E> g{*this};
    return settled(exchange_generic<E>(g, place_of(object, where), where.kind, what, old,
                                       referrer{*this, where.ref_type}, boxer{*this}, o));
  }
  // `seen` receives what was read. Errors: not_equal, those of set.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc compare_exchange(const reference& object, const field& where,
                                      const datum& expected, const datum& desired, datum& seen,
                                      order_constant<O> o = {}) noexcept {
    if (where.constant) return errc::constant_field;
    check_words<E>(where.kind);
    guard<E> g{*this};
    return settled(compare_exchange_generic<E>(g, place_of(object, where), where.kind, expected,
                                               desired, seen, referrer{*this, where.ref_type},
                                               boxer{*this}, o));
  }
  // Integers wrap; a negative amount subtracts, in unsigned fields too. Errors: wrong_kind,
  // out_of_range, constant_field.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc fetch_add(const reference& object, const field& where, const datum& by,
                               datum& old, order_constant<O> o = {}) noexcept {
    if (where.constant) return errc::constant_field;
    return fetch_add_generic<E>(place_of(object, where), where.kind, by, old, o);
  }

  // An array's element as a field of its own, to be used with get, set and the others above.
  // Errors: wrong_type (not an array), out_of_range.
  [[nodiscard]] SHOAL_API errc element(const reference& array, std::uint64_t index,
                                       element_place& place) const noexcept;
  // The same on an element. Errors: as on a field, but for constant_field.
  template <value_encoding E = nan_box, memory_order O = memory_order::unordered>
  [[nodiscard]] datum get(const element_place& place, order_constant<O> o = {}) noexcept {
    check_words<E>(place.where.kind);
    return load_generic<E>(place.address, place.where.kind, o);
  }
  template <value_encoding E = nan_box, memory_order O = memory_order::unordered>
  [[nodiscard]] errc set(const element_place& place, const datum& what,
                         order_constant<O> o = {}) noexcept {
    return store_at<E>(place.address, place.where, what, o);
  }
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc exchange(const element_place& place, const datum& what, datum& old,
                              order_constant<O> o = {}) noexcept {
    check_words<E>(place.where.kind);
    guard<E> g{*this};
    return settled(exchange_generic<E>(g, place.address, place.where.kind, what, old,
                                       referrer{*this, place.where.ref_type}, boxer{*this}, o));
  }
  // `seen` receives what was read. Errors: not_equal, those of set.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc compare_exchange(const element_place& place, const datum& expected,
                                      const datum& desired, datum& seen,
                                      order_constant<O> o = {}) noexcept {
    check_words<E>(place.where.kind);
    guard<E> g{*this};
    return settled(compare_exchange_generic<E>(g, place.address, place.where.kind, expected,
                                               desired, seen, referrer{*this, place.where.ref_type},
                                               boxer{*this}, o));
  }
  // Errors: wrong_kind, out_of_range.
  template <value_encoding E = nan_box, memory_order O = memory_order::seq_cst>
  [[nodiscard]] errc fetch_add(const element_place& place, const datum& by, datum& old,
                               order_constant<O> o = {}) noexcept {
    return fetch_add_generic<E>(place.address, place.where.kind, by, old, o);
  }
  // Copies n elements between arrays of one element kind, each untorn, in slices with a safepoint
  // between them. Errors: wrong_type, wrong_kind, out_of_range; nothing is written then, unless
  // another agent stores objects of a wrong type into the source meanwhile.
  [[nodiscard]] SHOAL_API errc copy(const local& to, std::uint64_t at, const local& from,
                                    std::uint64_t start, std::uint64_t n) noexcept;
  // Stores one value into n elements, in slices with a safepoint between them. Errors: those of
  // set, wrong_type (not an array) and out_of_range; nothing is written then.
  template <value_encoding E = nan_box>
  [[nodiscard]] errc fill(const local& array, std::uint64_t at, std::uint64_t n,
                          const datum& what) noexcept {
    return fill_with(array, at, n, what,
                     [](agent& by, const datum& from, std::uint64_t& word) noexcept {
                       by.check_words<E>();
                       return encode<E>(from, word, boxer{by});
                     });
  }

  // A sentence for an error of the calls above. Precondition: `object` is not null.
  [[nodiscard]] SHOAL_API error explain(errc code, const reference& object, const field& where,
                                        const datum& what) noexcept;
  // A sentence for a value that may not be shared, in the runtime's own words.
  [[nodiscard]] SHOAL_API error explain_unshared(std::uint64_t word) noexcept;

  // Behaviour

  // The prototype of an object's type in the agent's realm. Two loads and a test once bound; a
  // safepoint before. See prototype for what it can answer.
  [[nodiscard]] SHOAL_INLINE prototype prototype_of(const reference& object) noexcept {
    const std::uint32_t index = object.type_index();
    const prototype found = shoal::realm::look_up(prototypes_, index);
    if (found.has_word()) [[likely]]
      return found;
    return realm_->resolve(local_, index);
  }
  // Binds several types at once, as a host's start-up handshake does: words[i] to types[i]. Errors:
  // already_bound, and out_of_memory in a grown realm, with those before it bound, and `bound` of
  // them. Precondition: as many words as types.
  [[nodiscard]] SHOAL_API errc bind_all(std::span<const type> types,
                                        std::span<const std::uint64_t> words,
                                        std::size_t& bound) noexcept;

  // Agent-local words

  // This agent's word of a slot: the one it has set, or the slot's initial one. Setting it takes the
  // word over, and releases the one that it had set before.
  [[nodiscard]] SHOAL_INLINE std::uint64_t get(const agent_local& slot) const noexcept {
    return local_.get(slot);
  }
  void set(const agent_local& slot, std::uint64_t word) noexcept { local_.set(slot, word); }

  // Thread-local functions

  // A fresh function, uninitialised on every agent. Errors: too_many_slots, out_of_memory,
  // sharing_forbidden, forked.
  [[nodiscard]] SHOAL_API result<local> make_thread_local_function(scope& in) noexcept;
  // Sets this agent's binding, once. Errors: wrong_type, already_initialized.
  [[nodiscard]] errc initialize(const reference& function, std::uint64_t word) noexcept {
    if (!function || !is_thread_local_function(function.address())) return errc::wrong_type;
    return local_.initialize_binding(slot_of(function.address()), word);
  }
  // This agent's binding; 0: uninitialised. Precondition: a thread-local function.
  [[nodiscard]] SHOAL_INLINE std::uint64_t binding(const reference& function) const noexcept {
    return binding_of(local_, function.address());
  }
  // Calls a binding that is a pointer to a C++ function: call_binding<int(int)>(function, out, 7), or
  // call_binding<void(int)>(function, 7). `out` receives its result. Errors: uninitialized.
  // Preconditions: a thread-local function; its binding is of this type, and does not throw.
  template <class Function, class... Arguments>
  requires std::is_function_v<Function>
  [[nodiscard]] SHOAL_INLINE errc call_binding(const reference& function,
                                               Arguments&&... arguments) const noexcept {
    return shoal::call_binding<Function>(local_, function.address(),
                                         std::forward<Arguments>(arguments)...);
  }

  // Thread-bound handles

  // A handle over a word of this agent's, which Shoal takes over. Errors: out_of_memory,
  // sharing_forbidden, forked (the word stays the caller's).
  [[nodiscard]] SHOAL_API result<local> make_thread_bound(scope& in, std::uint64_t word,
                                                          bound_policy policy) noexcept;
  // The target, on its owner; after a release, owner_gone. Elsewhere, by policy: ok with 0 (null),
  // or wrong_agent, and owner_gone once the owner has gone. Precondition: a thread-bound handle.
  [[nodiscard]] SHOAL_INLINE errc bound_target(const reference& bound,
                                               std::uint64_t& target) noexcept {
    const errc code = bound_get(local_, bound.address(), target);
    if (code == errc::wrong_agent) [[unlikely]]
      return wrong_agent_slow(bound);
    return code;
  }
  // Lets go of the target; the owner's release hook gets it. From another agent the release is
  // posted to the owner. Errors: wrong_type, owner_gone, out_of_memory, forked.
  [[nodiscard]] SHOAL_API errc release_bound(const reference& bound) noexcept;

  // Dispatch: posts a call to the owner of a handle with policy `dispatch`. The owner runs it in
  // serve(), or while it waits itself. Errors: wrong_type, wrong_agent (another policy),
  // sharing_forbidden, forked; owner_gone and out_of_memory, after which the message may be gone.
  [[nodiscard]] SHOAL_API result<dispatch> post(const reference& bound, dispatch_call call,
                                                dispatch_message&& message) noexcept;
  // Waits for its end, inside a blocked region, serving what is addressed to this agent meanwhile.
  // A safepoint. ok, or: dispatch_failed, owner_gone, timed_out, interrupted, cannot_block,
  // would_deadlock, forked.
  [[nodiscard]] SHOAL_API errc wait_for(dispatch& posted,
                                        deadline until = deadline::never()) noexcept;
  // Runs what is addressed to this agent: calls, and the ends of asynchronous waits, also of those whose
  // deadline has passed. Of waits that end meanwhile the next serve() tells. Nothing in the child of a
  // fork, until after_fork_child. Answers how many of both, with the waits that looked in vain. A
  // safepoint. Precondition: entered.
  SHOAL_API std::size_t serve() noexcept;
  // When to call serve() next, if post_task does not ask for it before: the first deadline of the
  // agent's asynchronous waits. Precondition: entered.
  [[nodiscard]] SHOAL_API deadline next_deadline() const noexcept;

  // From any thread, as long as the agent is attached: ends the wait this agent is in, or else the next
  // one that it would sleep in, with `interrupted`. Who sees that sees what the interrupter did before.
  SHOAL_API void interrupt() noexcept;
  // Forgets an interrupt that no wait has seen. True: there was one.
  SHOAL_API bool clear_interrupt() noexcept;

  // Sleeping, for what waits on behalf of an agent. Between signal() and sleep() a wait looks at what
  // it waits for: a wake-up, an interrupt or a call that is posted in between ends the sleep at once.

  // Who wakes it, from any thread.
  [[nodiscard]] waker wakes() const noexcept { return waker(&slot_); }
  // What sleep() is to be told.
  [[nodiscard]] SHOAL_API std::uint32_t signal() const noexcept;
  // Sleeps in a blocked region until something wakes the agent, or the deadline; perhaps for less. A
  // safepoint.
  SHOAL_API void sleep(std::uint32_t seen, deadline until) noexcept;
  // Whether an interrupt is there, for the wait that sees it to clear.
  [[nodiscard]] SHOAL_API bool is_interrupted() const noexcept;
#if SHOAL_CHECKS >= 2
  // Says that this agent waits, with no deadline, for an object that the agent of that short identity
  // holds; nulls: no more. Who closes a ring of such waits, and of waits for dispatched calls, prints it on
  // stderr: its agents and what they wait for.
  SHOAL_API void note_wait(const void* object, const cell<std::uint32_t>* owner) noexcept;
#endif
  // Whether its detach has begun: it begins no tasks any more.
  [[nodiscard]] SHOAL_API bool is_detaching() const noexcept;
  // Tasks (extension.hpp) of this agent. False: it is detaching.
  [[nodiscard]] SHOAL_API bool begin(agent_task& what) noexcept;
  // It is over; whoever has begun it frees it. Precondition: not posted, or run.
  SHOAL_API void finish(agent_task& what) noexcept;
  // Those begun and not over, the oldest first.
  [[nodiscard]] SHOAL_API agent_task* tasks() const noexcept;
  // Calls end(self, task) of each, the oldest first, but of none begun meanwhile; true: it has ended that.
  // Answers how many. Stops where the process turns out to be the child of a fork.
  SHOAL_API std::size_t end_tasks(bool (*end)(void* self, agent_task& each) noexcept,
                                  void* self) noexcept;
  // Whether the host lets it wait (agent_options::may_block).
  [[nodiscard]] bool may_block() const noexcept { return may_block_; }

  // Accounts

  // Of this agent. Its own realm counts; a shared one does not.
  [[nodiscard]] SHOAL_API agent_account account() noexcept;
  // Of the whole cluster; stops each agent for a moment. All zeros in the child of a fork, until
  // after_fork_child. A safepoint.
  [[nodiscard]] SHOAL_API cluster_account account_cluster() noexcept;

  // Of each type that has a prototype or an instance, builtins included: each(self, account). Walks
  // the whole heap, stopped. Errors: out_of_memory, forked. `each` may call nothing of Shoal.
  [[nodiscard]] SHOAL_API errc account_types(void (*each)(void* self, const type_account&) noexcept,
                                             void* self) noexcept;

  // Stops the world, traces from all roots, and scribbles over what nothing reaches; does nothing in
  // the child of a fork, until after_fork_child. For tests. A safepoint.
  SHOAL_API trace_statistics debug_trace() noexcept;
  // Stops the world and walks the whole heap. For tests. A safepoint.
  SHOAL_API verify_result debug_verify() noexcept;

 private:
  friend class shoal::cluster;
  friend class attachment;
  friend class entered;
  friend class blocked_region;
  friend struct detail::world;

  // What stores ask: the share check of the encoding, and this agent's barrier.
  template <value_encoding E>
  struct guard {
    using by_value = void;
    agent& by;
    [[nodiscard]] SHOAL_INLINE static bool shareable(std::uint64_t word) noexcept {
      return E::shareable(word);
    }
    [[nodiscard]] SHOAL_INLINE bool barrier_active() const noexcept {
      return by.heap_.barrier_active();
    }
    void shade_value(std::uint64_t word) noexcept {
      if (E::data.is_reference(word)) by.heap_.shade(E::data.address_of(word));
    }
    void shade(void* object) noexcept { by.heap_.shade(reinterpret_cast<std::uintptr_t>(object)); }
  };
  // Of words that a shared object holds already, in whatever encoding.
  struct copier {
    agent& by;
    [[nodiscard]] static constexpr bool shareable(std::uint64_t) noexcept { return true; }
    [[nodiscard]] bool barrier_active() const noexcept { return by.heap_.barrier_active(); }
    void shade_value(std::uint64_t word) noexcept {
      const encoding& words = by.cluster_.words();
      if (words.is_reference(word)) by.heap_.shade(words.address_of(word));
    }
    void shade(void* object) noexcept { by.heap_.shade(reinterpret_cast<std::uintptr_t>(object)); }
  };
  struct boxer {
    agent& by;
    void* operator()(std::uint64_t bits, std::uint32_t type_index) const noexcept {
      return by.box(bits, type_index);
    }
  };
  struct referrer {
    agent& by;
    std::uint32_t ref_type;
    bool operator()(void* object) const noexcept {
      return ref_type == 0 || by.may_refer(ref_type, reference(object));
    }
  };

  agent(shoal::cluster& joined, detail::agent_slot& slot, detail::presence& here,
        const agent_options& options) noexcept;
  ~agent();

  SHOAL_INLINE void tick() noexcept {
#if SHOAL_CHECKS >= 2
    heap_.clock().tick();
#endif
  }
  [[nodiscard]] SHOAL_INLINE bool is_forbidden() const noexcept {
    return cluster_.is_sharing_forbidden();
  }
  [[nodiscard]] const type_space& types() const noexcept { return cluster_.types(); }
  [[nodiscard]] static std::byte* bytes_of(const reference& object) noexcept {
    return static_cast<std::byte*>(object.address());
  }
  // Another encoding than the cluster's would make words that everybody else misreads.
  template <value_encoding E>
  SHOAL_INLINE void check_words(field_kind kind = field_kind::any) const noexcept {
    SHOAL_ASSERT_FULL(kind != field_kind::any || E::data == cluster_.words(),
                      "name the cluster's encoding at the call: get<E>, basic_value<E>");
  }
  // Null and retired types are nobody's.
  [[nodiscard]] bool is_ours(const type& what) const noexcept { return what && types().owns(what); }
  // Fields made by hand have no owner.
  [[nodiscard]] bool has_field(const reference& object, const field& where) const noexcept {
    return where.owner == builtin::none ||
           is_a(*types().at(object.type_index()), *types().at(where.owner));
  }
  [[nodiscard]] std::byte* place_of(const reference& object, const field& where) const noexcept {
    SHOAL_ASSERT_FULL(object, "an access names an object, not null");
    SHOAL_ASSERT_FULL(has_field(object, where), "a field is of the object's type");
    return bytes_of(object) + where.offset;
  }
  template <value_encoding E, memory_order O>
  [[nodiscard]] errc store_at(void* place, const field& where, const datum& what,
                              order_constant<O> o) noexcept {
    check_words<E>(where.kind);
    guard<E> g{*this};
    return settled(store_generic<E>(g, place, where.kind, what, referrer{*this, where.ref_type},
                                    boxer{*this}, o));
  }
  [[nodiscard]] SHOAL_INLINE bool may_refer(std::uint32_t ref_type,
                                            const reference& value) const noexcept {
    if (!value) return true;
    const std::uint32_t index = value.type_index();
    return index == ref_type || is_a(*types().at(index), *types().at(ref_type));
  }
  [[nodiscard]] SHOAL_API void* box(std::uint64_t bits, std::uint32_t type_index) noexcept;
  using encoder = errc (*)(agent& by, const datum& from, std::uint64_t& word) noexcept;
  [[nodiscard]] SHOAL_API errc fill_with(const local& array, std::uint64_t at, std::uint64_t n,
                                         const datum& what, encoder encode) noexcept;
  void write_initial_words(void* object, const descriptor& what) noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW reference try_create_slow(std::uint32_t type_index) noexcept;
  SHOAL_API SHOAL_SLOW void answer_slow() noexcept;
  SHOAL_API SHOAL_SLOW void enter_slow() noexcept;
  SHOAL_API SHOAL_SLOW errc wrong_agent_slow(reference bound) noexcept;
  [[nodiscard]] result<local> hold(scope& in, const reference& object) noexcept;
  [[nodiscard]] errc may_share() const noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW errc why_not_created() const noexcept;
  [[nodiscard]] SHOAL_API SHOAL_SLOW error why_not_created(const type& what) const noexcept;
  // What no memory means where boxing may have been forbidden.
  [[nodiscard]] errc settled(errc code) const noexcept {
    return code == errc::out_of_memory ? why_not_created() : code;
  }
  [[nodiscard]] result<detail::dispatch_request*> post_request(const reference& bound,
                                                               dispatch_call call,
                                                               dispatch_message&& message) noexcept;
  bool take_interrupt() noexcept;
  bool would_deadlock(const detail::dispatch_request& request) noexcept;
  void stop_waiting() noexcept;
  std::size_t run_posted() noexcept;
  void cancel_tasks() noexcept;
  errc open(const agent_options& options) noexcept;
  void close() noexcept;
  // The word before the agent: see lib/shoal/agent/slot.hpp.
  [[nodiscard]] SHOAL_INLINE const cell<std::uint32_t>& gate() const noexcept {
    return *reinterpret_cast<const cell<std::uint32_t>*>(reinterpret_cast<std::uintptr_t>(this) -
                                                         sizeof(cell<std::uint32_t>));
  }

  // What compiled code inlines comes first: the allocation cursor, the barrier's flag, the tables.
  heap_context heap_;
  local_context local_;
  const cell<std::uint64_t>* prototypes_ = nullptr;  // the realm's table
  shoal::realm* realm_;
  detail::presence& presence_;
  shoal::cluster& cluster_;
  detail::agent_slot& slot_;
  std::uint32_t entered_depth_ = 0;  // of `entered` guards
  std::uint32_t serving_ = 0;        // calls that serve() is running
  bool may_block_;
  bool may_nest_;
  bool has_initial_words_;  // undefined is not 0
  agent_hooks hooks_;
  shoal::realm own_realm_;
};

// An agent's membership: ends at the brace. The agent must be entered then, or parked and entered
// by no thread. Leaving is blocking: it waits for who has stopped the world; a release hook that is a
// safepoint, and an asynchronous wait that is being notified at this moment, also for who is about to, so
// that the thread should have entered no other agent then. In the child of a fork that nobody has mended
// it does nothing.
class [[nodiscard]] attachment {
 public:
  attachment(attachment&& from) noexcept : agent_(std::exchange(from.agent_, nullptr)) {}
  attachment& operator=(attachment&&) = delete;
  ~attachment() { detach(); }

  [[nodiscard]] agent& operator*() const noexcept {
    SHOAL_ASSERT_FULL(agent_ != nullptr, "the agent has been detached, or its attachment moved");
    return *agent_;
  }
  [[nodiscard]] agent* operator->() const noexcept { return &**this; }
  [[nodiscard]] agent* get() const noexcept { return agent_; }

  // Leaves the cluster. In order: new dispatches are refused and waiting ones end as owner_gone;
  // the release hooks run, still attached; the heap takes over what is left. A second time does
  // nothing.
  SHOAL_API void detach() noexcept;

 private:
  friend class cluster;
  explicit attachment(agent* joined) noexcept : agent_(joined) {}
  agent* agent_;
};

// Takes a parked agent up for a block, once however deeply nested. For runtimes that cannot poll.
// Both ends are as agent::enter and leave.
class [[nodiscard]] entered {
 public:
  [[nodiscard]] explicit SHOAL_INLINE entered(agent& by) noexcept : agent_(by) {
    if (agent_.entered_depth_++ == 0) agent_.enter();
  }
  SHOAL_INLINE ~entered() {
    if (--agent_.entered_depth_ == 0) agent_.leave();
  }
  entered(const entered&) = delete;
  entered& operator=(const entered&) = delete;
  static void* operator new(std::size_t) = delete;  // for a block, as said

 private:
  agent& agent_;
};

// A stretch in which an entered agent touches no shared object and need not answer: around blocking
// calls of the host, and around a hook's own code in a runtime that is parked by default.
class [[nodiscard]] blocked_region {
 public:
  [[nodiscard]] explicit blocked_region(agent& by) noexcept
      : agent_(by), depth_(std::exchange(by.entered_depth_, 0)) {
    agent_.leave();
  }
  ~blocked_region() {
    agent_.enter();
    agent_.entered_depth_ = depth_;
  }
  blocked_region(const blocked_region&) = delete;
  blocked_region& operator=(const blocked_region&) = delete;
  static void* operator new(std::size_t) = delete;

 private:
  agent& agent_;
  std::uint32_t depth_;
};

}  // namespace shoal::inline SHOAL_ABI
