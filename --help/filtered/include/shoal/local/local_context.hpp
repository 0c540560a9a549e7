// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// local_context: the part of an agent that floor 3 needs. Its identity, its role, its agent-local
/// words, its hooks.
///
/// A tier-0 runtime makes one per thread of execution and closes it; an agent holds one.
///
/// **Thread safety:** thread-bound, but for identity(): used by one thread at a time, and handed to
/// another thread with whatever ordering the runtime uses for that.
/// <br>**Progress:** wait-free on the fast paths.
/// <br>**Layer:** local.
/// <br>**Follows:** Wasm shared-everything-threads, thread-local globals and functions.

#include <cstdint>
#include <cstring>
#include <string_view>

#include <shoal/local/bound_body.hpp>
#include <shoal/local/local_space.hpp>

namespace shoal {

/** local_context: the part of an agent that floor 3 needs. Its identity, its role, its agent-local words, its hooks.<p>A tier-0 runtime makes one per thread of execution and closes it; an agent holds one.<p>another thread with whatever ordering the runtime uses for that. */ class local_context {
 public:
  /// A type whose resolver is running on this context; a frame of its stack.
  class resolving {
   public:
    resolving(local_context& context, const realm& where, std::uint32_t type_index) noexcept
        : context_(context), outer_(context.resolving_), where_(&where), index_(type_index) {
      context.resolving_ = this;
    }
    ~resolving() { context_.resolving_ = outer_; }
    resolving(const resolving&) = delete;
    resolving& operator=(const resolving&) = delete;

   private:
    friend class local_context;
    local_context& context_;
    const resolving* outer_;
    const realm* where_;
    std::uint32_t index_;
  };

  explicit local_context(local_space& space) noexcept
      : space_(space), role_(space.memory()), bound_(space.memory()) {}
  local_context(const local_context&) = delete;
  local_context& operator=(const local_context&) = delete;
  /// **Precondition:** closed, or never opened.
  ~local_context() {
    SHOAL_ASSERT(!is_open(), "close a context before it goes: its words are to be released");
  }

  /// **Errors:** out_of_memory.
  [[nodiscard]] errc open(std::string_view role, const local_hooks& hooks) noexcept {
    if (!role_.try_reserve(role.size() + 1) || !slots_.try_open(limits::agent_locals)) {
      return errc::out_of_memory;
    }
    for (const char c : role) static_cast<void>(role_.try_push(c));
    hooks_ = hooks;
    identity_ = space_.next_identity();
    return errc::ok;
  }
  /// True between open and close.
  [[nodiscard]] bool is_open() const noexcept { return identity_ != 0; }

  /// Releases every word the context holds; also what its release hooks set meanwhile.
  SHOAL_SLOW void clear() noexcept {
    while (bound_count_ != 0 || set_locals_ != 0) {
      for (std::uint32_t i = 0; i < bound_.size(); ++i) {
        if (!bound_[i].live) continue;
        // Before the hook runs: it and the later ones find that this word is gone.
        if (bound_[i].handle != nullptr) detail::bound_body(bound_[i].handle).forget();
        release(disown_bound(i), released::thread_bound);
      }
      // Slots are given densely and most contexts set few: pages never touched read as zero.
      const std::uint32_t end = space_.slots();
      for (std::uint32_t slot = 0; slot < end && set_locals_ != 0; ++slot) {
        slot_word& mine = slots_[slot];
        if (!mine.set) continue;
        const std::uint64_t word = mine.word;
        mine = {};
        --set_locals_;
        release(word, space_.kind_of(slot));
      }
    }
  }

  /// Clears it; from here on it is of no use. Close its realms first.
  SHOAL_SLOW void close() noexcept {
    if (!is_open()) return;
    clear();
    slots_.close();
    identity_ = 0;
  }

  /// Unique among all contexts of the local space, never reused, never 0 while open.
  [[nodiscard]] SHOAL_INLINE std::uint64_t identity() const noexcept { return identity_; }
  /// What it was opened with, and made with.
  [[nodiscard]] std::string_view role() const noexcept { return {role_.data(), role_.size()}; }
  /** What it was opened with, and made with. */ [[nodiscard]] const local_hooks& hooks() const noexcept { return hooks_; }
  /** What it was opened with, and made with. */ [[nodiscard]] local_space& space() const noexcept { return space_; }

  /// This agent's word of a slot: the one it has set, or the slot's initial one.
  [[nodiscard]] SHOAL_INLINE std::uint64_t get(const agent_local& local) const noexcept {
    const slot_word& mine = slots_[local.slot];
    return mine.set ? mine.word : local.initial;
  }
  /// Sets it, taking the word over; the old one, if set, is released.
  void set(const agent_local& local, std::uint64_t word) noexcept {
    const slot_word old = std::exchange(slots_[local.slot], slot_word{word, 1});
    if (old.set == 0) {
      ++set_locals_;
    } else if (old.word != word) {
      release(old.word, space_.kind_of(local.slot));
    }
  }

  /// The word of a slot that is used as a function: 0 where this agent has not initialised it.
  [[nodiscard]] SHOAL_INLINE std::uint64_t binding(std::uint32_t slot) const noexcept {
    return slots_[slot].word;
  }
  /// **Errors:** already_initialized. **Precondition:** word != 0.
  [[nodiscard]] errc initialize_binding(std::uint32_t slot, std::uint64_t word) noexcept {
    SHOAL_ASSERT(word != 0, "0 is what an uninitialised binding reads as");
    if (slots_[slot].set != 0) return errc::already_initialized;
    slots_[slot] = {word, 1};
    ++set_locals_;
    return errc::ok;
  }

  /// The list of thread-bound words this context owns; see thread_bound.hpp. The entry is announced
  /// before its handle exists, so that making one cannot fail half-way. **Errors:** out_of_memory (the
  /// word stays the caller's).
  [[nodiscard]] result<std::uint32_t> own_bound(std::uint64_t word) noexcept {
    std::uint32_t entry = free_bound_;
    if (entry != no_entry) {
      free_bound_ = bound_[entry].next_free;
    } else {
      entry = static_cast<std::uint32_t>(bound_.size());
      if (!bound_.try_push({})) return errc::out_of_memory;
    }
    bound_[entry] = {word, nullptr, no_entry, true, false};
    ++bound_count_;
    return entry;
  }
  /// The handle that was written with the entry. The context writes to it when it clears: it lives
  /// until the word is released, or bury_bound says that it does not.
  void set_bound_handle(std::uint32_t entry, void* handle) noexcept {
    bound_[entry].handle = handle;
  }
  /// False: what the entry of this handle held has been released already.
  [[nodiscard]] bool owns_bound(std::uint32_t entry, const void* handle) const noexcept {
    return entry < bound_.size() && bound_[entry].live &&
           (bound_[entry].handle == handle || bound_[entry].handle == nullptr);
  }
  /// Gives the word of an entry back, for the caller to release.
  [[nodiscard]] std::uint64_t disown_bound(std::uint32_t entry) noexcept {
    SHOAL_ASSERT(entry < bound_.size() && bound_[entry].live, "a thread-bound word is live");
    const std::uint64_t word = bound_[entry].word;
    bound_[entry] = {0, nullptr, free_bound_, false, false};
    free_bound_ = entry;
    --bound_count_;
    return word;
  }

  /// For a collector that has found handles dead: is_dead(handle) on each. True: there are words to
  /// release, which the owner does with release_dead. Stopped-world.
  template <class IsDead>
  bool bury_bound(IsDead&& is_dead) noexcept {
    bool any = false;
    for (bound_target& target : bound_) {
      if (target.live && target.handle != nullptr && is_dead(target.handle)) {
        target.handle = nullptr;
        target.dead = any = true;
      }
    }
    return any;
  }
  /** For a collector that has found handles dead: is_dead(handle) on each. True: there are words to release, which the owner does with release_dead. Stopped-world. */ void release_dead() noexcept {
    for (std::uint32_t i = 0; i < bound_.size(); ++i) {
      if (bound_[i].live && bound_[i].dead) release(disown_bound(i), released::thread_bound);
    }
  }

  /// Hands a word back to the runtime.
  void release(std::uint64_t word, released what) noexcept {
    if (hooks_.release != nullptr) hooks_.release(hooks_.self, *this, word, what);
  }

  /// In the child of a fork, for a context whose thread is gone, perhaps in the middle of a change:
  /// words are let go of without telling the runtime, which is gone too.
  void abandon() noexcept {
    hooks_ = {};
    bound_count_ = set_locals_ = 0;
    resolving_ = nullptr;
  }

  /// True while the resolver of that type in that realm runs on this context.
  [[nodiscard]] bool is_resolving(const realm& where, std::uint32_t type_index) const noexcept {
    for (const resolving* frame = resolving_; frame != nullptr; frame = frame->outer_) {
      if (frame->where_ == &where && frame->index_ == type_index) return true;
    }
    return false;
  }

  /// True while any does.
  [[nodiscard]] bool is_resolving() const noexcept { return resolving_ != nullptr; }

  /// For accounting.
  [[nodiscard]] std::uint64_t set_locals() const noexcept { return set_locals_; }
  /** For accounting. */ [[nodiscard]] std::uint64_t bound_words() const noexcept { return bound_count_; }

  /// The runtime's own, or the agent's, pointer.
  void set_owner(void* owner) noexcept { owner_ = owner; }
  /** The runtime's own, or the agent's, pointer. */ [[nodiscard]] void* owner() const noexcept { return owner_; }

 private:
  struct slot_word {
    std::uint64_t word = 0;
    std::uint64_t set = 0;
  };
  static constexpr std::uint32_t no_entry = ~std::uint32_t{0};
  struct bound_target {
    std::uint64_t word = 0;
    void* handle = nullptr;
    std::uint32_t next_free = no_entry;
    bool live = false;
    bool dead = false;  // its handle is: to be released by the owner
  };

  reserved_table<slot_word> slots_;  // first: what fast paths load
  std::uint64_t identity_ = 0;
  const resolving* resolving_ = nullptr;
  local_space& space_;
  local_hooks hooks_;
  void* owner_ = nullptr;
  buffer<char> role_;
  buffer<bound_target> bound_;
  std::uint32_t free_bound_ = no_entry;
  std::uint64_t bound_count_ = 0;
  std::uint64_t set_locals_ = 0;
};

}  // namespace shoal
