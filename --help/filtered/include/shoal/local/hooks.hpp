// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// local_hooks: what floor 3 asks of the runtime about its own, unshared words.
///
/// Plain function pointers, so that C and several runtimes in one process can offer them; a C++ host
/// writes a class and takes hooks_of(host) from embed/.
///
/// Every hook runs on the context's own thread, at a safepoint, with no lock of Shoal held, and
/// never unwinds through Shoal.
///
/// **Thread safety:** plain values; the hooks are thread-bound to their context.
/// <br>**Progress:** wait-free; a hook takes the time it takes.
/// <br>**Layer:** local.

#include <cstdint>
#include <string_view>

#include <shoal/object/object.hpp>

namespace shoal {

class local_context;
class realm;

/// A runtime's opaque word for behaviour, or the state of an entry that has none.
///
/// word     \| meaning
/// ---------\|-------------------------------------------------------------------------------
/// 0      \| unbound: nobody has said anything, or the resolver has failed
/// 1      \| refused: the resolver said no; realm::refusal has the host's error
/// 2      \| no prototype
/// 3      \| trapped: treated as unbound by the fast path (reserved for collectors)
/// 4      \| resolving: asked for from inside its own resolver (an answer, never an entry)
/// 5      \| pending: the resolver will bind later (an answer; the entry stays unbound)
/// 6      \| out of memory: no room for the entry (an answer; the entry stays unbound)
/// 7      \| reserved
/// other  \| the runtime's word
class prototype {
 public:
  enum : std::uint64_t {
    unbound_word,
    refused_word,
    none_word,
    trapped_word,
    resolving_word,
    pending_word,
    out_of_memory_word,
    first_word = 8
  };

  constexpr prototype() noexcept = default;
  explicit constexpr prototype(std::uint64_t word) noexcept : word_(word) {}

  /// True where the runtime's word is here.
  [[nodiscard]] constexpr bool has_word() const noexcept { return word_ >= first_word; }
  /** True where the runtime's word is here. */ explicit constexpr operator bool() const noexcept { return has_word(); }
  /// The runtime's word, or the state.
  [[nodiscard]] constexpr std::uint64_t word() const noexcept { return word_; }
  /// errc::ok for a word and for "no prototype"; else refused, resolving, pending, out_of_memory or
  /// unbound.
  [[nodiscard]] constexpr errc code() const noexcept {
    if (has_word() || word_ == none_word) return errc::ok;
    return word_ == refused_word         ? errc::refused
           : word_ == resolving_word     ? errc::resolving
           : word_ == pending_word       ? errc::pending
           : word_ == out_of_memory_word ? errc::out_of_memory
                                         : errc::unbound;
  }

  friend constexpr bool operator==(prototype, prototype) = default;

 private:
  std::uint64_t word_ = unbound_word;
};

/// What a resolver is asked on first sight of a type.
struct resolve_request {
  realm& where;
  type what;
  std::string_view role;       ///< the asking context's
  std::string_view behaviour;  ///< the name the type declares for that role; empty: none
  prototype parent;            ///< of the type's parent, resolved before; unbound where it has none
};

/// What it answers. A bound word is handed over: the release hook gets it back.
struct resolve_answer {
  enum class kind : std::uint8_t { bind, refuse, none, pending, failed };
  kind what = kind::failed;
  std::uint64_t word = 0;  ///< bind: the prototype's word; refuse: the host's error

  /// The answers. failed: as if nobody had been asked; the next look-up asks again.
  [[nodiscard]] static resolve_answer bind(std::uint64_t word) noexcept {
    return {kind::bind, word};
  }
  /** The answers. failed: as if nobody had been asked; the next look-up asks again. */ [[nodiscard]] static resolve_answer refuse(std::uint64_t error_word) noexcept {
    return {kind::refuse, error_word};
  }
  /** The answers. failed: as if nobody had been asked; the next look-up asks again. */ [[nodiscard]] static resolve_answer no_prototype() noexcept { return {kind::none, 0}; }
  /** The answers. failed: as if nobody had been asked; the next look-up asks again. */ [[nodiscard]] static resolve_answer pending() noexcept { return {kind::pending, 0}; }
  /** The answers. failed: as if nobody had been asked; the next look-up asks again. */ [[nodiscard]] static resolve_answer failed() noexcept { return {}; }
};

/// What a released word was.
enum class released : std::uint8_t {
  prototype,
  refusal,
  agent_local,
  thread_local_function,
  thread_bound,
};

/// What a runtime is asked for and told; any member may be null. `release`: Shoal lets go of a word,
/// once for each word handed over. A prototype of a realm that several contexts use may be in use by
/// another of them, which looked it up just before: the runtime frees it when none can hold it any
/// more, as its threads reclaim whatever they share (a count, a collector, a grace period), not in the
/// hook.
struct local_hooks {
  void* self = nullptr;
  void (*release)(void* self, local_context&, std::uint64_t word, released what) noexcept = nullptr;
  resolve_answer (*resolve_prototype)(void* self, local_context&,
                                      const resolve_request&) noexcept = nullptr;
};

}  // namespace shoal
