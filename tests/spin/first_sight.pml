// SPDX-License-Identifier: BSL-1.0
// First sight: a look-up that finds no prototype asks the runtime's resolver, which may look up and
// bind itself. One realm, used by several agents, one of which clears it at the end.
//
// Holds: of agents that resolve a type at once all get one word; each word that is handed over is
// released once, and none that an inline cache still trusts; a parent is asked about before its
// child; a resolver is not entered again for what it is asked about; its own binding counts as its
// answer; pending is an answer and no state; a refused type has its error. Everything ends.
//
//: holds first     -DTYPES=1 -DWORDS=3 -DOPS=1
//: holds inherits  -DTYPES=2 -DWORDS=2 -DOPS=1 -DONE
//: holds refused   -DTYPES=1 -DWORDS=3 -DOPS=2 -DLOOKS_AT_REFUSAL -DPLAIN
//: holds changed   -DTYPES=1 -DWORDS=3 -DOPS=2 -DCHANGES -DPLAIN
//: holds hooks     -DTYPES=1 -DWORDS=3 -DOPS=1 -DONE -DHOOKS
//: holds shared    -DTYPES=1 -DWORDS=3 -DOPS=1 -DHOOKS -DSHARED -DPLAIN
//: broken unmarked          "!(resolving[" -DTYPES=2 -DWORDS=2 -DOPS=1 -DONE
//: broken bind_unasked      "found==own"
//: broken loser_kept        "kept["
//: broken meanwhile_unseen  "own==0"
//: broken settle_unasked    "found==own"
//: broken pending_kept      "asked"        -DTYPES=1 -DWORDS=1 -DOPS=2 -DPLAIN
//: broken child_first       "parent_asked" -DTYPES=2 -DWORDS=2 -DOPS=1 -DONE
//: broken refused_first     "error!=0"     -DTYPES=1 -DWORDS=3 -DOPS=2 -DLOOKS_AT_REFUSAL -DPLAIN
//: broken all_superseded    "kept[error]"  -DTYPES=1 -DWORDS=3 -DOPS=2 -DCHANGES -DPLAIN
//: broken epoch_late        "kept[cache]"  -DTYPES=1 -DWORDS=3 -DOPS=2 -DCHANGES -DPLAIN
//: broken epoch_unraised    "kept[cache]"  -DTYPES=1 -DWORDS=3 -DOPS=2 -DCHANGES -DPLAIN
//: broken cached_late       "kept[cache]"  -DTYPES=1 -DWORDS=3 -DOPS=2 -DCHANGES -DPLAIN
//: broken cleared_once      "kept["        -DTYPES=1 -DWORDS=3 -DOPS=1 -DONE -DHOOKS -DSHARED
//: broken closed_once       "kept["        -DTYPES=1 -DWORDS=3 -DOPS=1 -DONE -DHOOKS

#ifdef ONE
#define AGENTS 1
#else
#define AGENTS 2
#endif

// What an entry holds, and what a look-up answers.
#define unbound 0
#define refused 1
#define no_prototype 2
#define resolving_word 4  // an answer, never an entry
#define pending_word 5    // likewise
#define first_word 8
#define has_word(word) (word >= first_word)

// What a resolver answers with.
#define does_bind 1
#define does_refuse 2
#define does_none 3
#define is_pending 4
#define has_failed 5

byte entry[TYPES];
byte epoch;
byte bindings;
bool local_set = true;  // an agent-local word, whose release hook may bind too

// The list of refusals. What is done under its lock is one step.
#define nothing 7  // the index of a refusal that has been superseded
byte refusals;
byte refused_type[WORDS + 1], refusal_word[WORDS + 1];

bool resolving[AGENTS * TYPES];  // the frames of a context, by type
byte answer[AGENTS], calls[AGENTS];

byte minted = first_word;
#define last_word (first_word + WORDS)
bool kept[first_word + WORDS + 1];      // ghosts: handed over and not yet released,
bool released[first_word + WORDS + 1];  // and released
bool asked_parent[AGENTS];              // ghost
byte hook_binds;                        // what release hooks may still bind

inline mint(word) { atomic { minted < last_word -> word = minted; minted++ } }
inline hand_over(word) { atomic { assert(!kept[word] && !released[word]); kept[word] = true } }

inline release(word) {
  atomic { assert(kept[word] && !released[word]); kept[word] = false; released[word] = true }
#ifdef HOOKS
  if
  :: atomic { hook_binds > 0 && minted < last_word -> hook_binds--; mint(hooked) }
     install(0, hooked)
  :: true
  fi
#endif
}

// Whether it was bound is in `bound`.
inline install(index, word) {
  atomic {
    seen = entry[index];
    if
    :: has_word(seen) -> bound = false
    :: else -> entry[index] = word; hand_over(word); bound = true
    fi
  }
  if
  :: bound ->
    bindings++;
    if
    :: seen != unbound -> raise_epoch()
    :: else
    fi;
    if
    :: seen == refused -> supersede(index)
    :: else
    fi
  :: else
  fi;
  seen = 0
}

inline raise_epoch() {
#ifndef BROKEN_epoch_unraised
  epoch++
#else
  true
#endif
}

inline push_refusal(index, word) {
  atomic {
    refused_type[refusals] = index;
    refusal_word[refusals] = word;
    refusals++
  }
}

// One: another's may be there, of who has refused the type again since.
inline supersede(index) {
  atomic {
    i = 0;
    do
    :: i < refusals && refused_type[i] != index -> i++
    :: i < refusals && refused_type[i] == index ->
      refused_type[i] = nothing;
#ifdef BROKEN_all_superseded
      i++
#else
      break
#endif
    :: i == refusals -> break
    od;
    i = 0
  }
}

// Of any error (which: 0) or of this one. Leaves it in `error`; 0: there is none.
inline take_refusal(index, which) {
  atomic {
    error = 0;
    i = 0;
    do
    :: i < refusals && (refused_type[i] != index || which != 0 && refusal_word[i] != which) -> i++
    :: i < refusals && !(refused_type[i] != index || which != 0 && refusal_word[i] != which) ->
      error = refusal_word[i];
      refusals--;
      refused_type[i] = refused_type[refusals];
      refusal_word[i] = refusal_word[refusals];
      refused_type[refusals] = 0;
      refusal_word[refusals] = 0;
      break
    :: i == refusals -> break
    od;
    i = 0
  }
}

inline release_superseded() {
  do
  :: take_refusal(nothing, 0);
    if
    :: error != 0 -> release(error)
    :: else -> break
    fi
  od
}

inline release_refusals() {
  do
  :: refusals > 0 ->
    atomic {
      refusals--;
      error = refusal_word[refusals];
      refused_type[refusals] = 0;
      refusal_word[refusals] = 0
    }
    release(error)
  :: else -> break
  od;
  error = 0
}

// rebind, bind_none and unbind.
inline replace(index, word) {
  atomic {
    old = entry[index];
    entry[index] = word;
    if
    :: has_word(word) -> hand_over(word)
    :: else
    fi
  }
  if
  :: has_word(word) && !has_word(old) -> bindings++
  :: !has_word(word) && has_word(old) -> bindings--
  :: has_word(word) == has_word(old)
  fi;
#ifdef BROKEN_epoch_late
  if
  :: has_word(old) -> release(old)
  :: else
  fi;
#endif
  if
  :: old != unbound -> raise_epoch()
  :: else
  fi;
  if
  :: old == refused ->
    take_refusal(index, 0);
    if
    :: error != 0 -> release(error)
    :: else
    fi;
    error = 0
  :: else
  fi;
#ifndef BROKEN_epoch_late
  if
  :: has_word(old) -> release(old)
  :: else
  fi;
#endif
  old = 0
}

inline bind_first(index, word) {
#ifdef BROKEN_bind_unasked
  atomic { entry[index] = word; hand_over(word); found = word }
  bindings++
#else
  do
  :: install(index, word);
    if
    :: bound -> found = word; break
    :: else
    fi;
    now = entry[index];
    if
    :: has_word(now) ->
      found = now;
      hand_over(word);
#ifndef BROKEN_loser_kept
      release(word);
#endif
      break
    :: else  // unbound again meanwhile
    fi
  od;
  now = 0
#endif
}

inline settle(index, what) {
  atomic {
    now = entry[index];
    if
#ifdef BROKEN_settle_unasked
    :: true -> entry[index] = what; now = what; bound = true
#else
    :: now == unbound -> entry[index] = what; now = what; bound = true
    :: else -> bound = false
#endif
    fi
  }
}

inline refuse(index, word) {
  hand_over(word);
  release_superseded();
#ifndef BROKEN_refused_first
  push_refusal(index, word);
#endif
  settle(index, refused);
#ifdef BROKEN_refused_first
  push_refusal(index, word);
#endif
  if
  :: bound
  :: else ->
    take_refusal(index, word);
    if
    :: error != 0 -> release(error)
    :: else
    fi
  fi;
  error = 0;
  found = now;
  now = 0
}

// Code that runs on this agent, while the caller does not.
inline nested(index) {
  calls[me] = depth + 1;
  run look_up(me, index, depth + 1);
  calls[me] == depth
}

// The runtime's own: looks up, binds, answers.
inline resolve_prototype(index) {
#ifndef PLAIN
  if
  :: nested(index)
#if TYPES > 1
  :: nested(1 - index)
#endif
  :: true
  fi;
  if
  :: mint(word);
    install(index, word);
    own = (bound -> word : 0);
    word = 0
  :: true
  fi;
#endif
  if
  :: mint(word); what = does_bind
  :: mint(word); what = does_refuse
  :: what = does_none
  :: what = is_pending
  :: what = has_failed
  fi
}

inline ask(index) {
  if
#ifndef BROKEN_unmarked
  :: resolving[me * TYPES + index] -> found = resolving_word
#endif
  :: else ->
    assert(!resolving[me * TYPES + index]);
    assert(index == 0 || parent_asked);
    resolving[me * TYPES + index] = true;
    asked = true;
    resolve_prototype(index);
    resolving[me * TYPES + index] = false;
    if
    :: what == does_bind -> bind_first(index, word)
    :: else ->
#ifndef BROKEN_meanwhile_unseen
      now = entry[index];
#endif
      if
      :: now != unbound ->
        found = now;
        if
        :: what == does_refuse -> hand_over(word); release(word)
        :: else
        fi
      :: now == unbound && what == does_refuse -> refuse(index, word)
      :: now == unbound && what == does_none -> settle(index, no_prototype); found = now
      :: now == unbound && what == is_pending ->
        found = pending_word;
#ifdef BROKEN_pending_kept
        settle(index, pending_word)
#endif
      :: now == unbound && what == has_failed -> found = unbound
      fi
    fi;
#ifndef CHANGES
    assert(own == 0 || found == own);
#endif
    own = 0;
    what = 0;
    word = 0;
    now = 0
  fi
}

#define LOCALS byte found, now, old, seen, error, word, own, what, i, hooked; bool bound, asked

// A look-up that has found no word, from the root of the inheritance chain down.
proctype look_up(byte me, index, depth) {
  LOCALS;
  byte ancestor;
  bool parent_asked;
#ifdef BROKEN_child_first
  ancestor = index;
#endif
  do
  :: ancestor <= index ->
    found = entry[ancestor];
    if
    :: found == unbound -> ask(ancestor)
    :: else
    fi;
    parent_asked = true;
    ancestor++
  :: else -> break
  od;
  assert(found != pending_word || asked);
  answer[me] = found;
  calls[me] = depth - 1
}

inline prototype_of(index) {
#ifndef BROKEN_cached_late
  got = epoch;
#endif
  found = entry[index];
  if
  :: has_word(found)
  :: else -> nested(index); found = answer[me]
  fi;
#ifdef BROKEN_cached_late
  got = epoch;
#endif
  if
  :: has_word(found) -> cache = found; cache_epoch = got
  :: else
  fi;
#ifndef CHANGES
  assert(!has_word(found) || kept[found] && found == entry[index]);
#endif
  got = 0;
  found = 0;
  answer[me] = 0
}

// An inline cache that is hit: its word is called.
inline use_cache() {
  atomic {
    assert(cache == 0 || epoch != cache_epoch || kept[cache]);
  }
}

// Who sees that a type is refused finds its error.
inline refusal(index) {
  if
  :: entry[index] == refused -> find_refusal(index)
  :: else
  fi
}

inline find_refusal(index) {
  atomic {
    error = 0;
    i = 0;
    do
    :: i < refusals && refused_type[i] != index -> i++
    :: i < refusals && refused_type[i] == index -> error = refusal_word[i]; break
    :: i == refusals -> break
    od;
    i = 0;
    assert(error != 0 && kept[error] || entry[index] != refused);
    error = 0
  }
}

// realm::clear; what release hooks bind meanwhile goes too.
inline clear() {
  do
  :: true ->
    index = 0;
    do
    :: index < TYPES ->
      if
      :: entry[index] != unbound -> replace(index, unbound)
      :: else
      fi;
      index++
    :: else -> break
    od;
    release_refusals();
#ifndef BROKEN_cleared_once
    if
    :: bindings == 0 -> break
    :: else
    fi
#else
    break
#endif
  od
}

inline clear_locals() {
  if
  :: local_set -> local_set = false; hand_over(last_word); release(last_word)
  :: else
  fi
}

proctype agent(byte me) {
  LOCALS;
  byte depth, ops, index, cache, cache_epoch, got;
  do
  :: ops < OPS ->
    ops++;
    if
    :: atomic { index = 0 }
#if TYPES > 1
    :: atomic { index = 1 }
#endif
    fi;
    if
    :: prototype_of(index)
#ifdef LOOKS_AT_REFUSAL
    :: refusal(index)
#endif
#ifdef CHANGES
    :: mint(word); replace(index, word)
    :: replace(index, unbound)
    :: replace(index, no_prototype)
    :: mint(word); install(index, word)
#endif
    fi;
    word = 0;
    use_cache()
  :: else -> break
  od
}

init {
  LOCALS;
  byte index;
  atomic {
    for (i : 0 .. AGENTS - 1) { run agent(i) }
    i = 0
  }
  _nr_pr == 1;
  // Nobody uses it any more.
  index = 0;
  do
  :: index < TYPES -> refusal(index); index++
  :: else -> break
  od;
  hook_binds = 2;
#ifdef SHARED
  clear();
#else
  do
  :: clear();
    clear_locals();
#ifndef BROKEN_closed_once
    if
    :: bindings == 0 -> break
    :: else
    fi
#else
    break
#endif
  od;
#endif
  for (i : first_word .. last_word) { assert(!kept[i]) }
}
