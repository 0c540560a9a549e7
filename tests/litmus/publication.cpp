// SPDX-License-Identifier: BSL-1.0
// Publication: an agent makes something fresh, stores a reference to it, and whoever finds the
// reference sees all of it, also through unordered accesses.
//
//   p = create(..., const field = 7)      r = load(holder)
//   p.set = 5, p.plain = 3                r's header, const, set, plain and untouched fields
//   store(holder, p)
//
//   outcome | verdict
//   --------|-------------------------------------------------------
//   0       | allowed: nothing found yet
//   1       | allowed: found, and everything is there
//   2       | forbidden: the header is missing
//   3       | forbidden: an initialised field is missing
//   4       | forbidden: the const field is missing
//   5       | forbidden: a field that was never written is not zero
//   6       | forbidden: of a string, an array or a descriptor, a part is missing
//
// Ways to publish: fields and elements of `any` and `ref`, in each order, by store, exchange,
// compare_exchange, by a datum and by a bulk copy; ways to find: load, exchange, a compare_exchange
// that fails. What is published: structs, arrays, strings, type handles; and through the library's
// own tables: interned strings, descriptors, and prototypes of a realm that two agents share.
//
// Every case here is also its own plain-payload twin: headers, descriptors, text and the field
// `plain` are accessed plainly, so in a TSan build a missing order is a reported race. x86-64
// itself shows none of the forbidden outcomes when an order is missing (seen: all outcomes stay 0
// or 1).
//
// To show that, this file is built twice more for TSan with the orders themselves weakened to
// relaxed, by name, as in a model build: LITMUS_WEAKEN=1 the publishing side, =2 the finding side.
// Seen by: publication_weakened_1 and _2 (each twin that is listed there is reported), and the
// model (object/publication/*, local/prototype_table, type/registry, type/keyed_table).

#if defined(LITMUS_WEAKEN)
#include <shoal/base/order.hpp>

// Orders of these names are weaker in this program, where they are inlined into it.
namespace shoal::inline SHOAL_ABI {
namespace detail {
#define LITMUS_WEAKER(name, order)                                                                \
  template <memory_order Order>                                                                   \
  struct named_order<order_name{name}, Order> {                                                   \
    static constexpr memory_order value = Order;                                                  \
    static constexpr boost::memory_order native() noexcept { return boost::memory_order::order; } \
  }
#if LITMUS_WEAKEN == 1
LITMUS_WEAKER("any.store", relaxed);
LITMUS_WEAKER("ref.store", relaxed);
LITMUS_WEAKER("any.exchange", relaxed);
LITMUS_WEAKER("ref.exchange", relaxed);
// A success order below the failure order is undefined: only the release goes.
LITMUS_WEAKER("any.cas", acquire);
LITMUS_WEAKER("ref.cas", acquire);
LITMUS_WEAKER("prototype.bind", relaxed);
LITMUS_WEAKER("prototype.replace", relaxed);
LITMUS_WEAKER("type_table.publish", relaxed);
#else
LITMUS_WEAKER("any.load", relaxed);
LITMUS_WEAKER("ref.load", relaxed);
LITMUS_WEAKER("any.exchange", relaxed);
LITMUS_WEAKER("ref.exchange", relaxed);
LITMUS_WEAKER("any.cas_load", relaxed);
LITMUS_WEAKER("ref.cas_missed", relaxed);
LITMUS_WEAKER("prototype.get", relaxed);
LITMUS_WEAKER("type_table.at", relaxed);
LITMUS_WEAKER("keyed_table.find", relaxed);
#endif
#undef LITMUS_WEAKER
}  // namespace detail
}  // namespace shoal::inline SHOAL_ABI
#endif

#include <string_view>

#include "fields.hpp"

using namespace litmus;
using shoal::errc;

namespace {

void must(errc code) {
  if (code == errc::ok) return;
  std::fprintf(stderr, "publication: %s\n", name_of(code));
  std::abort();
}

// A word of an object that both sides access plainly.
std::uint64_t& plain_word(const shoal::reference& object, std::uint32_t offset) {
  return *reinterpret_cast<std::uint64_t*>(static_cast<std::byte*>(object.address()) + offset);
}

// What is made and looked at.

struct fresh_struct {
  explicit fresh_struct(session::stage& at) {
    using namespace shoal;
    what = at.agent
               .declare("fresh", {field_spec{"always", i64}.as_const(),
                                  {"set", i64},
                                  {"plain", u64},
                                  {"zero", u64},
                                  {"link", any},
                                  {"to", ref}})
               .value();
    always = what.field("always").value();
    set = typed<std::int64_t>(what, "set").value();
    plain = what.field("plain").value().offset;
    zero = typed<std::uint64_t>(what, "zero").value();
    link = typed<value>(what, "link").value();
    to = typed<reference>(what, "to").value();
  }
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    const shoal::field_value initial[] = {{always, shoal::datum::of(std::int64_t{7})}};
    shoal::local made = by.create(in, what, initial).value();
    by.store(made, set, 5);
    plain_word(made, plain) = 3;
    return made;
  }
  std::uint32_t look(shoal::agent& by, const shoal::reference& found, unsigned) {
    if (found.type_index() != what.index()) return 2;
    if (by.load(found, set) != 5 || plain_word(found, plain) != 3) return 3;
    if (by.load<std::int64_t>(found, always) != 7) return 4;
    if (by.load(found, zero) != 0 || !by.load(found, link).is_undefined() || by.load(found, to)) {
      return 5;
    }
    return 1;
  }
  shoal::type what;
  shoal::field always;
  shoal::typed_field<std::int64_t> set;
  shoal::typed_field<std::uint64_t> zero;
  shoal::typed_field<shoal::value> link;
  shoal::typed_field<shoal::reference> to;
  std::uint32_t plain = 0;
};

struct fresh_array {
  explicit fresh_array(session::stage&) {}
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned i) {
    shoal::local made = by.create_array(in, shoal::u16, 4 + i % 3).value();
    shoal::store_scalar(shoal::elements<std::uint16_t>(made.get().address())[3], 9);
    return made;
  }
  std::uint32_t look(shoal::agent&, const shoal::reference& found, unsigned i) {
    if (found.type_index() != shoal::builtin::array_of(shoal::u16)) return 2;
    const shoal::elements<std::uint16_t> all(found.address());
    if (all.length() != 4 + i % 3) return 6;
    if (shoal::load_scalar(all[3]) != 9) return 3;
    return shoal::load_scalar(all[0]) == 0 ? 1 : 5;
  }
};

struct fresh_string {
  explicit fresh_string(session::stage&) {}
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    return by.make_string(in, "published").value();
  }
  std::uint32_t look(shoal::agent&, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::string) return 2;
    if (shoal::string_hash_at(found.address()) != shoal::hash_of(shoal::string_view("published")))
      return 6;
    return equal(shoal::string_at(found.address()), "published") ? 1 : 6;
  }
};

// One whose first field is 16 bytes, and lies at a multiple of 16.
struct fresh_vector {
  explicit fresh_vector(session::stage& at) {
    what = at.agent.declare("vector", {{"v", shoal::v128}, {"plain", shoal::u64}}).value();
    v = shoal::typed<shoal::vec128>(what, "v").value();
    plain = what.field("plain").value().offset;
  }
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    shoal::local made = by.create(in, what).value();
    by.store(made, v, shoal::vec128{1, 2});
    plain_word(made, plain) = 3;
    return made;
  }
  std::uint32_t look(shoal::agent& by, const shoal::reference& found, unsigned) {
    if (found.type_index() != what.index()) return 2;
    return by.load(found, v) == shoal::vec128{1, 2} && plain_word(found, plain) == 3 ? 1 : 3;
  }
  shoal::type what;
  shoal::typed_field<shoal::vec128> v;
  std::uint32_t plain = 0;
};

// One over 8 KiB, which has pages of its own.
struct fresh_large {
  static constexpr std::uint64_t length = 10'000;
  explicit fresh_large(session::stage&) {}
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    shoal::local made = by.create_array(in, shoal::u8, length).value();
    plain_word(made, 8) = 9;
    return made;
  }
  std::uint32_t look(shoal::agent&, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::array_of(shoal::u8)) return 2;
    const shoal::elements<std::uint8_t> all(found.address());
    if (all.length() != length) return 6;
    if (plain_word(found, 8) != 9) return 3;
    return shoal::load_scalar(all[length - 1]) == 0 ? 1 : 5;
  }
};

struct fresh_function {
  explicit fresh_function(session::stage& at)
      : slot(
            shoal::slot_of(at.agent.make_thread_local_function(at.scope).value().get().address())) {
  }
  shoal::local make(shoal::agent&, shoal::scope& in, unsigned) {
    // Slots are never given twice and would run out: the object is made as the agent makes it.
    shoal::heap_context& heap = in.context();
    return in.hold(shoal::reference(heap.try_allocate(shoal::thread_local_function_bytes,
                                                      shoal::builtin::thread_local_function, slot),
                                    heap.clock()));
  }
  std::uint32_t look(shoal::agent& by, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::thread_local_function) return 2;
    return by.binding(found) == 0 && shoal::slot_of(found.address()) == slot ? 1 : 6;
  }
  std::uint32_t slot;
};

struct fresh_bound {
  explicit fresh_bound(session::stage&) {}
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    return by.make_thread_bound(in, 77, shoal::bound_policy::dispatch).value();
  }
  std::uint32_t look(shoal::agent& by, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::thread_bound) return 2;
    std::uint64_t target = 1;
    if (by.bound_target(found, target) != errc::wrong_agent || target != 0) return 6;
    return shoal::bound_owner(found.address()) != 0 &&
                   shoal::policy_of(found.address()) == shoal::bound_policy::dispatch
               ? 1
               : 6;
  }
};

struct fresh_type_handle {
  explicit fresh_type_handle(session::stage& at)
      : what(at.agent.declare("handled", {{"x", shoal::i64}}).value()) {}
  shoal::local make(shoal::agent& by, shoal::scope& in, unsigned) {
    return by.make_type_handle(in, what, shoal::type_rights::all).value();
  }
  std::uint32_t look(shoal::agent& by, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::type_handle) return 2;
    shoal::result<shoal::type> named = by.handled(found);
    return named && *named == what ? 1 : 6;
  }
  shoal::type what;
};

// Where it is published: a struct with an `any` and a `ref`, or an array of either.
struct places {
  explicit places(session::stage& at) {
    using namespace shoal;
    const type what = at.agent.declare("holder", {{"a", any}, {"r", ref}}).value();
    any_field = typed<value>(what, "a").value();
    ref_field = typed<reference>(what, "r").value();
    any_datum = what.field("a").value();
    for (void*& one : holders) one = at.agent.create(at.scope, what).value().get().address();
    anys = at.agent.create_array(at.scope, any, batch_size).value().get().address();
    refs = at.agent.create_array(at.scope, ref, batch_size).value().get().address();
  }
  shoal::typed_field<shoal::value> any_field;
  shoal::typed_field<shoal::reference> ref_field;
  shoal::field any_datum;
  void* holders[batch_size] = {};
  void* anys = nullptr;
  void* refs = nullptr;
};
struct held_places {
  held_places(places& from, const actor& on)
      : at(from), by(on.agent), anys(on.hold(from.anys)), refs(on.hold(from.refs)) {
    for (void* one : from.holders) holders.push_back(on.hold(one));
    copied = on.scope.hold(by.create_array(on.scope, shoal::any, 1).value().get());
  }
  shoal::cell<std::uint64_t>& element(const shoal::local& array, unsigned i) {
    return shoal::elements<std::uint64_t>(array.get().address())[i];
  }
  shoal::reference object_of(const shoal::value& found) {
    return found.is_object() ? by.object_of(found) : shoal::reference();
  }
  shoal::reference object_at(void* address) { return {address, by.context().clock()}; }

  places& at;
  shoal::agent& by;
  shoal::local anys;
  shoal::local refs;
  shoal::local copied;
  std::vector<shoal::local> holders;
  shoal::unbarriered<> guard;
};

// Ways there and back.

template <memory_order Store, memory_order Load>
struct any_field {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    must(p.by.store(p.holders[i].get(), p.at.any_field, shoal::value(what.get()),
                    shoal::order_constant<Store>{}));
  }
  static shoal::reference take(held_places& p, unsigned i) {
    return p.object_of(
        p.by.load(p.holders[i].get(), p.at.any_field, shoal::order_constant<Load>{}));
  }
};
template <memory_order Store, memory_order Load>
struct ref_field {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    must(
        p.by.store(p.holders[i].get(), p.at.ref_field, what.get(), shoal::order_constant<Store>{}));
  }
  static shoal::reference take(held_places& p, unsigned i) {
    return p.by.load(p.holders[i].get(), p.at.ref_field, shoal::order_constant<Load>{});
  }
};
using any_unordered = any_field<memory_order::unordered, memory_order::unordered>;
using ref_unordered = ref_field<memory_order::unordered, memory_order::unordered>;

struct any_element {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::element_place place;
    must(p.by.element(p.anys.get(), i, place));
    must(p.by.set(place, shoal::datum::of_object(what.get().address())));
  }
  static shoal::reference take(held_places& p, unsigned i) {
    return p.object_of(shoal::value::of_word(shoal::load_any(p.element(p.anys, i))));
  }
};
struct ref_element {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::store_ref(p.guard, p.element(p.refs, i), what.get().address());
  }
  static shoal::reference take(held_places& p, unsigned i) {
    shoal::element_place place;
    must(p.by.element(p.refs.get(), i, place));
    const shoal::datum found = p.by.get(place);
    return found.what == shoal::datum::form::reference ? p.object_at(found.object)
                                                       : shoal::reference();
  }
};
struct any_datum {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    must(p.by.set(p.holders[i].get(), p.at.any_datum,
                  shoal::datum::of_object(what.get().address())));
  }
  static shoal::reference take(held_places& p, unsigned i) {
    const shoal::datum found = p.by.get(p.holders[i].get(), p.at.any_datum);
    return found.what == shoal::datum::form::reference ? p.object_at(found.object)
                                                       : shoal::reference();
  }
};
struct copied : any_element {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    must(shoal::store_any(p.guard, p.element(p.copied, 0), shoal::value(what.get()).word()));
    must(p.by.copy(p.anys, i, p.copied, 0, 1));
  }
};
struct any_exchanged : any_unordered {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::value old;
    must(p.by.exchange(p.holders[i].get(), p.at.any_field, shoal::value(what.get()), old));
  }
};
struct any_taken : any_unordered {
  static shoal::reference take(held_places& p, unsigned i) {
    shoal::value old;
    must(p.by.exchange(p.holders[i].get(), p.at.any_field, shoal::value(), old));
    return p.object_of(old);
  }
};
struct ref_exchanged : ref_element {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::exchange_ref(p.guard, p.element(p.refs, i), what.get().address());
  }
};
struct ref_taken : ref_element {
  static shoal::reference take(held_places& p, unsigned i) {
    return p.object_at(shoal::exchange_ref(p.guard, p.element(p.refs, i), nullptr));
  }
};
struct any_compared : any_unordered {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::value expected;
    must(p.by.compare_exchange(p.holders[i].get(), p.at.any_field, expected,
                               shoal::value(what.get())));
  }
};
struct any_missed : any_unordered {
  static shoal::reference take(held_places& p, unsigned i) {
    shoal::value expected(1.5);
    const errc done =
        p.by.compare_exchange(p.holders[i].get(), p.at.any_field, expected, shoal::value(2.5));
    if (done != errc::not_equal) std::abort();
    return p.object_of(expected);
  }
};
struct ref_compared : ref_unordered {
  static void put(held_places& p, unsigned i, const shoal::local& what) {
    shoal::reference expected;
    must(p.by.compare_exchange(p.holders[i].get(), p.at.ref_field, expected, what.get()));
  }
};
struct ref_missed : ref_unordered {
  static shoal::reference take(held_places& p, unsigned i) {
    shoal::reference expected = p.holders[i].get();
    const errc done =
        p.by.compare_exchange(p.holders[i].get(), p.at.ref_field, expected, shoal::reference());
    if (done != errc::not_equal) std::abort();
    return expected;
  }
};

// An integer that is boxed on its way into an `any`.
struct boxed_datum : any_datum {
  static void put(held_places& p, unsigned i, const shoal::local&) {
    must(p.by.set(p.holders[i].get(), p.at.any_datum, shoal::datum::of(std::int64_t{1} << 40)));
  }
  static shoal::reference take(held_places& p, unsigned i) {
    return p.object_of(p.by.load(p.holders[i].get(), p.at.any_field));
  }
};
struct fresh_box {
  explicit fresh_box(session::stage&) {}
  shoal::local make(shoal::agent&, shoal::scope&, unsigned) { return {}; }
  std::uint32_t look(shoal::agent&, const shoal::reference& found, unsigned) {
    if (found.type_index() != shoal::builtin::boxed_i64) return 2;
    return shoal::datum_of_object(found.address()).integer == std::int64_t{1} << 40 ? 1 : 3;
  }
};

template <class What, class Way>
struct publication : places {
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 1};
  static constexpr bool trails = true;
  // The heap only grows.
  static constexpr std::uint64_t batches = std::is_same_v<What, fresh_large> ? 40 : 4000;

  explicit publication(session::stage& at) : places(at), what(at) {}
  using seat = held_places;

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      shoal::scope here(at.by);
      Way::put(at, i, what.make(at.by, here, i));
      return 0;
    } else {
      const shoal::reference found = Way::take(at, i);
      return found ? what.look(at.by, found, i) : 0;
    }
  }
  void reset(seat& at, unsigned i) {
    must(at.by.store(at.holders[i].get(), any_field, shoal::value()));
    must(at.by.store(at.holders[i].get(), ref_field, shoal::reference()));
    must(shoal::store_any(at.guard, at.element(at.anys, i), shoal::nan_box::undefined));
    shoal::store_ref(at.guard, at.element(at.refs, i), nullptr);
  }

  What what;
};

// The library's own tables.

// A string that one agent interns is found by the other. The table only grows: few batches.
struct interned {
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 1};
  static constexpr bool trails = true;
  static constexpr std::uint64_t batches = 400;

  explicit interned(session::stage&) { name_all(); }
  struct seat {
    seat(interned&, const actor& on) : by(on.agent) {}
    shoal::agent& by;
  };

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    const std::string_view text(texts[i].text);
    if constexpr (Thread == 0) {
      shoal::scope here(at.by);
      if (!at.by.intern(here, text)) std::abort();
      return 0;
    } else {
      const shoal::reference found = at.by.find_interned(text, texts[i].hash);
      if (!found) return 0;
      if (found.type_index() != shoal::builtin::string) return 2;
      return equal(shoal::string_at(found.address()), text) ? 1 : 6;
    }
  }
  void reset(seat&, unsigned i) {
    if (i + 1 == batch_size) name_all();
  }
  void name_all() {
    for (auto& one : texts) {
      std::snprintf(one.text, sizeof one.text, "interned %u", next++);
      one.hash = shoal::hash_of(shoal::string_view(one.text));
    }
  }

  struct named {
    char text[24];
    std::uint32_t hash;
  };
  named texts[batch_size] = {};
  unsigned next = 0;
};

// A type that one agent declares is found by the other by its index, which it guesses.
struct descriptors {
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 1};
  static constexpr bool trails = true;
  static constexpr std::uint64_t batches = 200;

  explicit descriptors(session::stage& at) : types(at.cluster.types()), first(types.end()) {}
  struct seat {
    seat(descriptors&, const actor&) {}
  };

  template <unsigned Thread>
  std::uint32_t play(seat&, unsigned i) {
    if constexpr (Thread == 0) {
      if (!types.declare("declared", {{"x", shoal::i64}, {"y", shoal::any}})) std::abort();
      return 0;
    } else {
      const shoal::type found = types.at(first + i);
      if (found == nullptr) return 0;
      if (found->index != first + i) return 2;
      if (found->name != "declared" || found->field_count != 2) return 6;
      const shoal::type what(found);
      const shoal::result<shoal::field> y = what.field("y");
      return y && what.fields()[1].where.owner == first + i ? 1 : 6;
    }
  }
  void reset(seat&, unsigned i) {
    if (i + 1 == batch_size) first += batch_size;
  }

  shoal::type_space& types;
  std::uint32_t first;
};

// What one agent binds in a realm is found by the other that uses the realm.
template <bool Rebind>
struct prototypes {
  static constexpr unsigned threads = 2;
  static constexpr unsigned digits[] = {0, 1};
  static constexpr bool trails = true;
  static constexpr std::uint64_t batches = 0;

  explicit prototypes(session::stage& at) : realm(at.cluster.locals()), closes(at.agent) {
    must(realm.open());
    for (unsigned i = 0; i < batch_size; ++i) {
      types[i] = at.agent.declare("behaves", {{"x", shoal::i64}}).value();
      objects[i] = at.agent.create(at.scope, types[i]).value().get().address();
    }
  }
  ~prototypes() { realm.close(closes.locals()); }
  struct seat {
    seat(prototypes& body, const actor& on) : by(on.agent) {
      for (void* one : body.objects) objects.push_back(on.hold(one));
    }
    shoal::agent& by;
    std::vector<shoal::local> objects;
  };

  template <unsigned Thread>
  std::uint32_t play(seat& at, unsigned i) {
    if constexpr (Thread == 0) {
      methods[i].code = 11;
      const auto word = reinterpret_cast<std::uintptr_t>(&methods[i]);
      if constexpr (Rebind) {
        must(realm.rebind(at.by.locals(), types[i], word));
      } else {
        must(realm.bind(types[i], word));
      }
      return 0;
    } else {
      const shoal::prototype found =
          realm.prototype_of(at.by.locals(), at.objects[i].get().address());
      if (!found.has_word()) return 0;
      return reinterpret_cast<const behaviour*>(found.word())->code == 11 ? 1 : 6;
    }
  }
  void reset(seat& at, unsigned i) {
    realm.unbind(at.by.locals(), types[i]);
    methods[i].code = 0;
  }

  struct alignas(64) behaviour {
    std::uint64_t code = 0;
  };
  shoal::realm realm;
  shoal::agent& closes;
  shoal::type types[batch_size];
  void* objects[batch_size] = {};
  behaviour methods[batch_size];
};

const std::vector<outcome> outcomes{{0, allowed, "nothing found yet"},
                                    {1, allowed, "found whole"},
                                    {2, forbidden, "the header is missing"},
                                    {3, forbidden, "an initialised field is missing"},
                                    {4, forbidden, "the const field is missing"},
                                    {5, forbidden, "an untouched field is not zero"},
                                    {6, forbidden, "a part is missing"}};

// Whose order is inlined into this file and so can be weakened in it.
enum side : unsigned { neither = 0, put = 1, take = 2, both = 3 };

#if defined(LITMUS_WEAKEN)
constexpr unsigned weakened = LITMUS_WEAKEN;
#else
constexpr unsigned weakened = 0;
#endif

template <class Body>
void publish(session& run, const char* name, side ours = both) {
  const std::string full = std::string("publication/") + name;
  const auto one = session::make_case<Body>(name);
  if constexpr (weakened == 0) {
    run.table(full, outcomes, {one});
  } else if ((ours & weakened) != 0) {
    run.only_weakened(full, one);
  }
}

}  // namespace

int main(int count, char** arguments) {
  session run(count, arguments);
  using enum memory_order;
  publish<publication<fresh_struct, any_unordered>>(run, "any/unordered");
  publish<publication<fresh_struct, any_field<release, acquire>>>(run, "any/release-acquire");
  publish<publication<fresh_struct, any_field<seq_cst, seq_cst>>>(run, "any/seq_cst");
  publish<publication<fresh_struct, ref_unordered>>(run, "ref/unordered");
  publish<publication<fresh_struct, ref_field<release, acquire>>>(run, "ref/release-acquire");
  publish<publication<fresh_struct, ref_field<seq_cst, seq_cst>>>(run, "ref/seq_cst");
  publish<publication<fresh_struct, any_element>>(run, "any/element");
  publish<publication<fresh_struct, ref_element>>(run, "ref/element");
  publish<publication<fresh_struct, any_datum>>(run, "any/datum");
  publish<publication<fresh_struct, copied>>(run, "any/copied", take);
  publish<publication<fresh_struct, any_exchanged>>(run, "any/exchanged");
  publish<publication<fresh_struct, any_taken>>(run, "any/taken");
  publish<publication<fresh_struct, ref_exchanged>>(run, "ref/exchanged");
  publish<publication<fresh_struct, ref_taken>>(run, "ref/taken");
  publish<publication<fresh_struct, any_compared>>(run, "any/compared");
  publish<publication<fresh_struct, any_missed>>(run, "any/missed");
  publish<publication<fresh_struct, ref_compared>>(run, "ref/compared");
  publish<publication<fresh_struct, ref_missed>>(run, "ref/missed");
  publish<publication<fresh_array, any_unordered>>(run, "array");
  publish<publication<fresh_string, any_unordered>>(run, "string");
  if (shoal::has_vec128()) publish<publication<fresh_vector, ref_unordered>>(run, "vector");
  publish<publication<fresh_large, ref_unordered>>(run, "large");
  publish<publication<fresh_box, boxed_datum>>(run, "boxed");
  publish<publication<fresh_type_handle, any_unordered>>(run, "type_handle");
  publish<publication<fresh_function, any_unordered>>(run, "thread_local_function");
  publish<publication<fresh_bound, any_unordered>>(run, "thread_bound");
  publish<interned>(run, "interned", take);
  publish<descriptors>(run, "descriptor");
  publish<prototypes<false>>(run, "prototype/bind");
  publish<prototypes<true>>(run, "prototype/rebind");
  return run.result();
}
