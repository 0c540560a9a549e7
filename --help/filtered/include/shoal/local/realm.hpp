// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// realm: the holder of one prototype table, from type index to a runtime's word.
///
/// Every agent has one and may have more (several global environments in one thread); one realm may
/// also serve several agents at once. The table is address space for every possible type, so a
/// look-up has no bounds test: the object's type index, this realm's entry, one test. Where the
/// system refuses that much, the realm works all the same, on its slow path (prototype_table.hpp).
///
/// On first sight of a type the calling context's resolver is asked. "Unbound" is never remembered.
///
/// **Thread safety:** thread-safe. Of two agents that resolve one type in one realm at once, the first
/// to bind wins, and the other's word is released.
/// <br>**Progress:** look-ups of bound types are wait-free; bind, rebind and unbind are lock-free, but for
/// the list of refusals, which is locked, and the metadata hook, which a grown table asks.
/// <br>**Layer:** local.
/// <br>**Follows:** the agent-local prototypes of TC39 proposal-structs, ATTACHING-BEHAVIOR; first sight is
/// that of Lua Lanes' deep userdata.

#include <cstdint>

#include <shoal/local/local_context.hpp>
#include <shoal/local/prototype_table.hpp>

namespace shoal {

/** realm: the holder of one prototype table, from type index to a runtime's word.<p>Every agent has one and may have more (several global environments in one thread); one realm may also serve several agents at once. The table is address space for every possible type, so a look-up has no bounds test: the object's type index, this realm's entry, one test. Where the system refuses that much, the realm works all the same, on its slow path (prototype_table.hpp).<p>On first sight of a type the calling context's resolver is asked. "Unbound" is never remembered.<p>to bind wins, and the other's word is released. the list of refusals, which is locked, and the metadata hook, which a grown table asks. that of Lua Lanes' deep userdata. */ class realm {
 public:
  explicit realm(const local_space& space) noexcept
      : space_(space), table_(space.memory()), refusals_(space.memory()) {}
  realm(const realm&) = delete;
  realm& operator=(const realm&) = delete;
  /// **Precondition:** closed, or never opened.
  ~realm() {
    SHOAL_ASSERT(bindings() == 0, "close a realm before it goes: its words are to be released");
  }

  /// **Errors:** out_of_memory, where neither the address space (max_types * 8 bytes) can be had nor,
  /// for a grown table, the first metadata (max_types / 64 bytes).
  [[nodiscard]] errc open(realm_table kind = realm_table::reserved) noexcept {
    return table_.try_open(space_, kind) ? errc::ok : errc::out_of_memory;
  }
  /// True where the address space was refused, or not wanted.
  [[nodiscard]] bool is_grown() const noexcept { return table_.is_grown(); }

  /// The prototype of an object's type. First sight runs the resolver of `context`.
  /// May run hooks: a safepoint unless the type is bound.
  template <class Header = shoal_header>
  [[nodiscard]] SHOAL_INLINE prototype prototype_of(local_context& context,
                                                    const void* object) noexcept {
    return prototype_of_type(context, Header::type_index_of(object));
  }
  /** The prototype of an object's type. First sight runs the resolver of `context`. May run hooks: a safepoint unless the type is bound. */ [[nodiscard]] SHOAL_INLINE prototype prototype_of_type(local_context& context,
                                                         std::uint32_t type_index) noexcept {
    SHOAL_ASSERT_FULL(type_index < table_.size(), "a type index is below max_types");
    const prototype found = look_up(table_.data(), type_index);
    if (found.has_word()) [[likely]]
      return found;
    return resolve(context, type_index);
  }

  /// What a look-up that found no word goes on with: first sight, from the root of the inheritance
  /// chain down, so that a parent is always resolved before its child's resolver is asked.
  SHOAL_SLOW prototype resolve(local_context& context, std::uint32_t index) noexcept {
    if (table_.is_grown()) {
      // No first sight, perhaps: all look-ups of a grown realm come here.
      if (const prototype known = peek_grown(index); known.has_word()) return known;
    }
    const descriptor* what = space_.types().at(index).get();
    SHOAL_ASSERT(what != nullptr, "an object of a type that this type space does not have");
    prototype found;
    for (std::uint32_t depth = 0; depth <= what->depth; ++depth) {
      const std::uint32_t ancestor = what->ancestors[depth];
      const prototype known = peek(ancestor);
      found = known.word() == prototype::unbound_word || known.word() == prototype::trapped_word
                  ? ask(context, *space_.types().at(ancestor), found)
                  : known;
      // A child that was bound without its parent would stay so.
      if (found.word() == prototype::out_of_memory_word) break;
    }
    return found;
  }

  /// What the table says now; asks nobody.
  [[nodiscard]] SHOAL_INLINE prototype peek(std::uint32_t type_index) const noexcept {
    SHOAL_ASSERT_FULL(type_index < table_.size(), "a type index is below max_types");
    const prototype found = look_up(table_.data(), type_index);
    return found.has_word() || !table_.is_grown() ? found : peek_grown(type_index);
  }

  /// The table itself, for code that inlines the look-up and saves the way through the realm. It
  /// stays where it is while the realm is open. A word there is the prototype; anything else says
  /// only to ask prototype_of_type, as a grown realm's entries are elsewhere.
  [[nodiscard]] const cell<std::uint64_t>* table() const noexcept { return table_.data(); }
  /** The table itself, for code that inlines the look-up and saves the way through the realm. It stays where it is while the realm is open. A word there is the prototype; anything else says only to ask prototype_of_type, as a grown realm's entries are elsewhere. */ [[nodiscard]] static SHOAL_INLINE prototype look_up(const cell<std::uint64_t>* table,
                                                      std::uint32_t type_index) noexcept {
    // Acquire: pairs with prototype.bind and prototype.replace; what the word refers to was made
    // before, perhaps by another agent of this realm.
    return prototype(table[type_index].load(order<"prototype.get">(acquire)));
  }

  /// Binds a word to a type that has none, and takes the word over. Raises no epoch, as unbound is
  /// never remembered; over a refusal or "no prototype" it does. **Errors:** already_bound,
  /// out_of_memory in a grown realm (the word stays the caller's). **Precondition:** word \>=
  /// prototype::first_word.
  [[nodiscard]] errc bind(const type& what, std::uint64_t word) noexcept {
    SHOAL_ASSERT(word >= prototype::first_word, "words below 8 are states, not prototypes");
    return install(index_of(what), word);
  }

  /// Binds as the holder of a type handle may. **Errors:** not_a_type, no_right (of a structural type
  /// always), and those of bind.
  [[nodiscard]] errc bind(reference handle, std::uint64_t word) noexcept {
    SHOAL_ASSERT(word >= prototype::first_word, "words below 8 are states, not prototypes");
    if (!handle || !is_type_handle(handle.address())) return errc::not_a_type;
    const std::uint32_t index = handled_type(handle.address());
    const type what = space_.types().at(index);
    if (!what) return errc::not_a_type;  // retired
    // Whoever declares a layout has its structural type: how it behaves is for the host to say.
    const bool may = allows(rights_of(handle.address()), type_rights::bind) && !what->structural;
    if (!may) return errc::no_right;
    return install(index, word);
  }

  /// The host's own: binds whatever the entry is, releases what was there, raises the epoch.
  /// <br>**Errors:** out_of_memory in a grown realm (nothing has changed, the word stays the caller's).
  [[nodiscard]] errc rebind(local_context& context, const type& what, std::uint64_t word) noexcept {
    SHOAL_ASSERT(word >= prototype::first_word, "words below 8 are states, not prototypes");
    return put(context, index_of(what), word);
  }
  /// The look-ups that follow answer "no prototype" without asking. **Errors:** as rebind.
  [[nodiscard]] errc bind_none(local_context& context, const type& what) noexcept {
    return put(context, index_of(what), prototype::none_word);
  }
  /// Back to unbound: the next look-up asks again. Of a shared realm another agent may have looked the
  /// old word up just before, here as in rebind and bind_none: see hooks.hpp.
  void unbind(local_context& context, const type& what) noexcept { empty(context, what.index()); }

  /// The host's error for a refused type; 0: none.
  [[nodiscard]] std::uint64_t refusal(const type& what) noexcept {
    if (peek(what.index()).word() != prototype::refused_word) return 0;
    const locked hold(refusal_lock_);
    for (const refused_type& r : refusals_) {
      if (r.index == what.index()) return r.error_word;
    }
    return 0;
  }

  /// Raised by rebind, unbind, bind over a refusal, and the death of a type. An inline cache keeps
  /// (type index, word, epoch), reads the epoch before it looks up, and is good while it is equal.
  [[nodiscard]] SHOAL_INLINE std::uint64_t epoch() const noexcept {
    // Acquire: pairs with prototype.epoch; the entry that the raise announced is read next.
    return epoch_.load(order<"prototype.epoch_get">(acquire));
  }
  /// Voids what inline caches have of this realm.
  void raise_epoch() noexcept {
    // Release: pairs with prototype.epoch_get; the entry was changed before.
    epoch_.fetch_add(1, order<"prototype.epoch">(release));
  }

  /// In the child of a fork: whether a thread that is gone was changing its list of refusals.
  [[nodiscard]] bool is_busy() const noexcept { return refusal_lock_.is_held(); }

  /// Entries with a word.
  [[nodiscard]] std::uint64_t bindings() const noexcept {
    // Relaxed: a statistic; nothing is read because of it.
    return bindings_.load(order<"prototype.count_read">(relaxed));
  }

  /// Unbinds everything, releasing each word on `context`'s thread; also what its release hooks bind
  /// meanwhile.
  SHOAL_SLOW void clear(local_context& context) noexcept {
    // Until there was nothing: the count may be wrong in the child of a fork.
    for (bool any = true; any;) {
      any = false;
      const std::uint32_t end = space_.types().end();
      for (std::uint32_t i = 1; i < end && i < table_.size(); ++i) {
        if (peek(i).word() == prototype::unbound_word) continue;
        empty(context, i);
        any = true;
      }
      if (release_refusals(context)) any = true;
    }
  }

  /// In the child of a fork, for a realm whose only agent's thread is gone, perhaps in the middle of a
  /// change: it is closed, and nobody is told of its words.
  void abandon() noexcept {
    bindings_.initialize(0);
    table_.close();
  }

  /// Clears it. Afterwards the realm may go. **Precondition:** no other context uses it any more.
  SHOAL_SLOW void close(local_context& context) noexcept {
    clear(context);
    table_.close();
  }

 private:
  struct refused_type {
    std::uint32_t index;
    std::uint64_t error_word;
  };

  [[nodiscard]] std::uint32_t index_of(const type& what) const noexcept {
    SHOAL_ASSERT_FULL(what && space_.types().owns(what),
                      "a realm binds types of its own type space");
    return what.index();
  }

  SHOAL_SLOW prototype peek_grown(std::uint32_t index) const noexcept {
    const cell<std::uint64_t>* entry = table_.find(index);
    return entry == nullptr ? prototype() : look_up(entry, 0);
  }

  // Errors: already_bound, to another word; out_of_memory.
  errc install(std::uint32_t index, std::uint64_t word) noexcept {
    cell<std::uint64_t>* entry = table_.obtain(index);
    if (entry == nullptr) return errc::out_of_memory;
    std::uint64_t seen = prototype::unbound_word;
    // Success release: pairs with prototype.get and prototype.replace; what `word` refers to was
    // made before.
    // Failure relaxed: of what is there only whether it has a word is looked at.
    while (!entry->compare_exchange(seen, word, order<"prototype.bind">(release),
                                    order<"prototype.taken">(relaxed))) {
      if (prototype(seen).has_word()) return errc::already_bound;
    }
    // Relaxed: a statistic; nothing is read because of it.
    bindings_.fetch_add(1, order<"prototype.count">(relaxed));
    if (seen != prototype::unbound_word) raise_epoch();
    if (seen == prototype::refused_word) supersede(index);
    return errc::ok;
  }

  errc put(local_context& context, std::uint32_t index, std::uint64_t word) noexcept {
    cell<std::uint64_t>* entry = table_.obtain(index);
    if (entry == nullptr) return errc::out_of_memory;
    replace(context, index, *entry, word);
    return errc::ok;
  }
  void empty(local_context& context, std::uint32_t index) noexcept {
    cell<std::uint64_t>* entry = table_.find(index);
    if (entry != nullptr) replace(context, index, *entry, prototype::unbound_word);
  }

  SHOAL_SLOW void replace(local_context& context, std::uint32_t index, cell<std::uint64_t>& entry,
                          std::uint64_t word) noexcept {
    // Release: pairs with prototype.get and prototype.replace; what the word refers to was made
    // before. Acquire: pairs with prototype.bind and prototype.replace; the old word is released
    // next.
    const std::uint64_t old = entry.exchange(word, order<"prototype.replace">(acq_rel));
    const bool had = prototype(old).has_word();
    const bool has = prototype(word).has_word();
    // Relaxed: a statistic; nothing is read because of it.
    if (has && !had) bindings_.fetch_add(1, order<"prototype.count_replaced">(relaxed));
    if (had && !has) bindings_.fetch_sub(1, order<"prototype.uncount">(relaxed));
    if (old != prototype::unbound_word) raise_epoch();
    if (old == prototype::refused_word) {
      const std::uint64_t error_word = take_refusal(index);
      if (error_word != 0) context.release(error_word, released::refusal);
    }
    if (had && old != word) context.release(old, released::prototype);
  }

  SHOAL_SLOW prototype ask(local_context& context, const descriptor& what,
                           prototype parent) noexcept {
    if (context.hooks().resolve_prototype == nullptr) return prototype();
    if (context.is_resolving(*this, what.index)) return prototype(prototype::resolving_word);
    // Room first, so that whatever the resolver answers can be kept.
    if (table_.obtain(what.index) == nullptr) return prototype(prototype::out_of_memory_word);
    const type asked(&what);
    resolve_answer answer;
    {
      const local_context::resolving frame(context, *this, what.index);
      answer = context.hooks().resolve_prototype(
          context.hooks().self, context,
          {*this, asked, context.role(), asked.behaviour_for(context.role()), parent});
    }
    const bool binds = answer.what == resolve_answer::kind::bind;
    SHOAL_ASSERT(!binds || answer.word >= prototype::first_word,
                 "words below 8 are states, not prototypes");
    if (binds) return bind_first(context, what.index, answer.word);
    const prototype now = peek(what.index);
    if (now.word() != prototype::unbound_word) {
      // Bound meanwhile, by the resolver itself or by another agent of this realm: that counts.
      if (answer.what == resolve_answer::kind::refuse && answer.word != 0) {
        context.release(answer.word, released::refusal);
      }
      return now;
    }
    switch (answer.what) {
      case resolve_answer::kind::refuse:
        return refuse(context, what.index, answer.word);
      case resolve_answer::kind::none: {
        prototype settled;
        static_cast<void>(settle(what.index, prototype::none_word, settled));
        return settled;
      }
      case resolve_answer::kind::pending:
        return prototype(prototype::pending_word);
      default:
        return prototype();
    }
  }

  // Binds the word that a resolver has answered, unless there is one: of the resolver itself, or of
  // another agent of this realm. That counts then, and the answer is let go of.
  SHOAL_SLOW prototype bind_first(local_context& context, std::uint32_t index,
                                  std::uint64_t word) noexcept {
    for (;;) {
      if (install(index, word) == errc::ok) return prototype(word);
      const prototype now = peek(index);
      if (!now.has_word()) continue;  // unbound again meanwhile
      if (now.word() != word) context.release(word, released::prototype);
      return now;
    }
  }

  // Unbound becomes a state, unless somebody was faster (false). `now` is what holds then.
  bool settle(std::uint32_t index, std::uint64_t state, prototype& now) noexcept {
    std::uint64_t seen = prototype::unbound_word;
    // Relaxed, both: nothing is read because of a state. The error of a refusal is found under its
    // lock: who sees the state takes that after refuse() has.
    const bool done = table_.find(index)->compare_exchange(
        seen, state, order<"prototype.settle">(relaxed), order<"prototype.settled">(relaxed));
    now = done ? prototype(state) : peek(index);
    return done;
  }

  // The error is kept before the entry says "refused", so that whoever sees the state finds it.
  SHOAL_SLOW prototype refuse(local_context& context, std::uint32_t index,
                              std::uint64_t error_word) noexcept {
    release_superseded(context);
    bool kept = error_word == 0;  // no error: nothing to keep
    if (!kept) {
      const locked hold(refusal_lock_);  // asks the metadata hook while held
      kept = refusals_.try_push({index, error_word});
    }
    prototype now(prototype::refused_word);
    // Without room for the error the entry stays unbound, and is asked again.
    if (kept && settle(index, prototype::refused_word, now)) return now;
    if (error_word == 0) return now;
    // Who replaced another agent's refusal of this type meanwhile may have let go of this one's error.
    if (kept && take_refusal(index, error_word) == 0) return now;
    context.release(error_word, released::refusal);
    return now;
  }

  // A type has been bound over its refusal, by who may have no context to release the error on. One
  // error goes with each refusal: another's may be here, of who has refused the type again since.
  SHOAL_SLOW void supersede(std::uint32_t index) noexcept {
    const locked hold(refusal_lock_);
    for (refused_type& r : refusals_) {
      if (r.index != index) continue;
      r.index = builtin::none;
      return;
    }
  }
  // Every error that is left, when no entry refers to one any more. True: there was one.
  bool release_refusals(local_context& context) noexcept {
    for (bool any = false;; any = true) {
      std::uint64_t error_word;
      {
        const locked hold(refusal_lock_);
        if (refusals_.empty()) return any;
        error_word = refusals_.pop().error_word;
      }
      context.release(error_word, released::refusal);
    }
  }
  void release_superseded(local_context& context) noexcept {
    while (const std::uint64_t error_word = take_refusal(builtin::none)) {
      context.release(error_word, released::refusal);
    }
  }

  // Removes a type's refusal, of any error or of this one, and answers its error; 0: there is none.
  std::uint64_t take_refusal(std::uint32_t index, std::uint64_t error_word = 0) noexcept {
    const locked hold(refusal_lock_);
    for (refused_type& r : refusals_) {
      if (r.index != index || (error_word != 0 && r.error_word != error_word)) continue;
      const std::uint64_t taken = r.error_word;
      r = refusals_[refusals_.size() - 1];
      static_cast<void>(refusals_.pop());
      return taken;
    }
    return 0;
  }

  const local_space& space_;
  detail::prototype_table table_;
  cell<std::uint64_t> epoch_{0};
  cell<std::uint64_t> bindings_{0};
  lock refusal_lock_;
  buffer<refused_type> refusals_;
};

}  // namespace shoal
