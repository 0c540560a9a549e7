// SPDX-License-Identifier: BSL-1.0
// Calls posted to the owner of a handle: run, given up, or ended by the owner's leaving. The owner
// leaves while calls come in, and a stranger takes its slot.
//
// Holds: each dispatch that is posted ends once, and its memory is freed once, after its last use;
// it runs on its owner, at most once; who waits for it is woken, also by an interrupt; agents that
// wait for each other serve each other, or are told that they would wait for ever, which is true of
// all who are told; who sleeps does not hold up who stops the world.
//
//: holds leaving    -DLEAVES -DTIMED
//: holds told       -DDROPPER
//: holds interrupt  -DINTERRUPTED -DUNSERVED
//: holds heard      -DINTERRUPTED
//: holds both_nest  -DPEERS=2 -DNESTS=3 -DCALLS_BACK
//: holds one_nests  -DPEERS=2 -DNESTS=1 -DCALLS_BACK
//: holds none_nest  -DPEERS=2 -DNESTS=0 -DCALLS_BACK
//: holds hidden     -DPEERS=2 -DNESTS=1 -DHIDDEN
//: holds crossed    -DPEERS=2 -DNESTS=3 -DCROSSED
//: holds for_ever   -DPEERS=2 -DNESTS=1 -DCALLS_BACK -DWAITS_ON
//: holds in_turn    -DPEERS=2 -DNESTS=0 -DIN_TURN -DWAITS_ON
//: holds ring       -DPEERS=3 -DNESTS=0
//: holds stopped    -DWORLD
//: broken post_unchecked    "open_for[to]==owner[r]"
//: broken post_unlocked     "open_for[to]==owner[r]"
//: broken close_undrained   "invalid end state"
//: broken close_open        "owner[q]==identity"
//: broken begin_unasked     "endings["
//: broken finish_unasked    "endings["
//: broken end_unasked       "endings["
//: broken wake_first        "invalid end state"
//: broken drop_first        "!(freed["
//: broken signal_late       "invalid end state"
//: broken task_unlocked     "open_for[to]==owner[r]"
//: broken task_untold       "invalid end state"  -DDROPPER
//: broken interrupt_unheard "invalid end state"  -DINTERRUPTED -DUNSERVED
//: broken interrupt_lost    "interrupt_flag["    -DINTERRUPTED
//: broken post_unheard      "invalid end state"  -DPEERS=2 -DNESTS=3 -DCALLS_BACK
//: broken wait_unserving    "invalid end state"  -DPEERS=2 -DNESTS=3
//: broken wait_kept         "told"               -DPEERS=2 -DNESTS=1 -DCALLS_BACK -DWAITS_ON
//: broken wait_hidden       "invalid end state"  -DPEERS=2 -DNESTS=1 -DHIDDEN
//: broken nests_unasked     "told"               -DPEERS=2 -DNESTS=1 -DCALLS_BACK -DWAITS_ON
//: broken running_trusted   "invalid end state"  -DPEERS=2 -DNESTS=3 -DCROSSED
//: broken ended_blamed      "told"               -DPEERS=2 -DNESTS=0 -DIN_TURN -DWAITS_ON
//: broken chain_unseen      "invalid end state"  -DPEERS=2 -DNESTS=0
//: broken chain_unlocked    "invalid end state"  -DPEERS=2 -DNESTS=0
//: broken sleep_entered     "invalid end state"  -DWORLD

#define NOBODY 9
#define OUTSIDE 8
#define NONE 7

#ifdef PEERS
#define AGENTS PEERS
#else
#ifdef WORLD
#define AGENTS 2
#else
#define AGENTS 3
#endif
#endif
#if defined(HIDDEN) || defined(CROSSED)
#define CALLS_BACK
#endif
#ifdef CALLS_BACK
#define REQUESTS 4
#else
#define REQUESTS 3
#endif
#define PROCESSES (AGENTS + REQUESTS + 3)
#include "base.pml"
#ifdef WORLD
#include "presence.pml"
#else
#define enter(me) true
#define leave(me) true
#define poll(me) true
#endif

#define unmade 0
#define posted 1
#define running 2  // what follows are ends
#define ok 3
#define failed 4
#define owner_gone 5
#define interrupted 6
#define timed_out 7
#define cannot_block 8
#define would_deadlock 9
#define has_ended(r) (state[r] > running)

// Requests
byte made;  // so many
byte state[REQUESTS], holders[REQUESTS], owner[REQUESTS], poster[REQUESTS];
bool calls_back[REQUESTS];  // the call posts one itself, to its poster, and waits for it
#ifdef CROSSED
byte first_of[AGENTS];  // what the agent has posted first: what its calls wait for
#endif
bool freed[REQUESTS];       // ghosts, from here
bool returned[REQUESTS];  // what it called back with has ended
byte runs[REQUESTS], endings[REQUESTS];

// Slots. What is done under a lock, with nothing else between, is one step of who finds it free. What is under the inbox's lock: open_for and the inbox itself.
byte identities = AGENTS + 1;
bool inbox_lock[AGENTS];
byte open_for[AGENTS];
chan inbox[AGENTS] = [REQUESTS] of { byte };
byte signal[AGENTS];
bool interrupt_flag[AGENTS];
bool task[AGENTS];  // the host's: it has been told of work
#define signal_id(slot) (10 + slot)

bool waits;  // the lock of the next
byte waits_for[AGENTS] = NONE;

#ifdef NESTS
#define may_nest(slot) ((NESTS >> slot) & 1)
#else
#define may_nest(slot) true
#endif

inline cas(word, from, to_be) {
  atomic {
    seen = word;
    if
    :: seen == from -> word = to_be
    :: else
    fi
  }
}

inline alive(r) { assert(!freed[r]) }

inline wake(slot) {
  signal[slot]++;
  wake_all(signal_id(slot))
}

inline drop(r) {
  atomic {
    alive(r);
    holders[r]--;
    if
    :: holders[r] == 0 -> freed[r] = true
    :: else
    fi
  }
}

inline ended_now(r) {
  endings[r]++;
  assert(endings[r] == 1 && !freed[r])
}

// The ways to end it: each is one compare_exchange.
inline end(r, code) {
#ifdef BROKEN_end_unasked
  atomic { state[r] = code; ended_now(r); how = code }
#else
  atomic {
    cas(state[r], posted, code);
    if
    :: seen == posted -> ended_now(r); how = code
    :: else -> how = seen
    fi
  }
  if
  :: how == running ->
    atomic {
      cas(state[r], running, code);
      if
      :: seen == running -> ended_now(r); how = code
      :: else -> how = seen
      fi
    }
  :: else
  fi
#endif
}

inline end_posted(r, code) {
  atomic {
    cas(state[r], posted, code);
    if
    :: seen == posted -> ended_now(r)
    :: else
    fi
  }
}

inline begin(r) {
#ifdef BROKEN_begin_unasked
  atomic { seen = posted; state[r] = running }
#else
  cas(state[r], posted, running)
#endif
}

inline finish(r, code) {
#ifdef BROKEN_finish_unasked
  atomic { state[r] = code; ended_now(r) }
#else
  atomic {
    cas(state[r], running, code);
    if
    :: seen == running -> ended_now(r)
    :: else
    fi
  }
#endif
}

inline find(identity) {
  to = 0;
  do
  :: to < AGENTS ->
    atomic {
      !inbox_lock[to] ->
      if
      :: open_for[to] == identity -> break
      :: else -> to++
      fi
    }
  :: else -> to = NONE; break
  od
}

// r: the request; NONE where the owner has gone.
inline post_request(identity, back) {
  atomic {
    r = made;
    made++;
    state[r] = posted;
    holders[r] = 2;
    owner[r] = identity;
    poster[r] = me;
    calls_back[r] = back
  }
  find(identity);
  if
  :: to != NONE ->
#ifndef BROKEN_post_unlocked
    acquire(inbox_lock[to]);
#endif
    if
#ifdef BROKEN_post_unchecked
    :: true ->
#else
    :: open_for[to] == identity ->
#endif
      inbox[to] ! r;
#ifdef BROKEN_task_unlocked
      release(inbox_lock[to]);
      post_task();
      acquire(inbox_lock[to])
#else
      post_task()
#endif
    :: else -> how = owner_gone
    fi;
#ifndef BROKEN_post_unlocked
    release(inbox_lock[to])
#endif
  :: else -> how = owner_gone
  fi;
  if
  :: how == owner_gone -> discard(r); r = NONE
  :: else ->
#ifndef BROKEN_post_unheard
    wake(to)
#endif
  fi
}

inline discard(r) { atomic { alive(r); state[r] = unmade; freed[r] = true } }

// The host that is told must still be there.
inline post_task() {
  assert(open_for[to] == owner[r]);
#ifndef BROKEN_task_untold
  task[to] = true
#endif
}

inline serve() {
  do
  :: atomic {
      !inbox_lock[me] ->
      if
      :: nempty(inbox[me]) -> inbox[me] ? q
      :: empty(inbox[me]) -> break
      fi
    }
#ifndef BROKEN_wait_kept
    stop_waiting();
#endif
    atomic { alive(q); begin(q) }
    if
    :: seen == posted ->
      call(q);
#ifdef BROKEN_wake_first
      to = poster[q];
      wake(to);
#endif
      finish(q, ok)
    :: else
    fi;
#if defined(BROKEN_wake_first)
    drop(q)
#elif defined(BROKEN_drop_first)
    to = poster[q];
    drop(q);
    alive(q);
    wake(to)
#else
    alive(q);
    to = poster[q];
    wake(to);
    drop(q)
#endif
    q = NONE
  od
}

inline call(r) {
  atomic { runs[r]++; assert(runs[r] == 1 && owner[r] == identity && open_for[me] == identity) }
#ifdef CALLS_BACK
  if
  :: calls_back[r] ->
    run caller(me, identity, poster[r], r);
    returned[r]
  :: else
  fi
#endif
}

// Whether a chain of waits leads back here, in which nobody goes on.
inline look_for_ring(r) {
#ifndef BROKEN_chain_unlocked
  acquire(waits);
#endif
  at = r;
  links = 0;
  do
  :: links == AGENTS || at == NONE -> break
#ifndef BROKEN_ended_blamed
  :: links < AGENTS && at != NONE && has_ended(at) -> break
#endif
  :: else ->
    find(owner[at]);
    if
    :: to == NONE -> break
#if defined(BROKEN_running_trusted)
    :: to != NONE && may_nest(to) -> break
#elif !defined(BROKEN_nests_unasked)
    :: to != NONE && may_nest(to) && state[at] == posted -> break
#endif
    :: else ->
      if
      :: to == me -> code = would_deadlock; break
      :: else -> at = waits_for[to]; links++
      fi
    fi
  od;
#ifdef BROKEN_chain_unseen
  code = 0;
#endif
#ifdef WAITS_ON
  if
  :: code == would_deadlock -> told = true; code = 0
  :: else
  fi;
#endif
  if
  :: code == 0 -> waits_for[me] = r
  :: else
  fi;
  at = 0;
  links = 0;
#ifndef BROKEN_chain_unlocked
  release(waits)
#endif
}

inline stop_waiting() {
  if
  :: waits_for[me] != NONE -> atomic { !waits -> waits_for[me] = NONE }
  :: else
  fi
}

inline take_interrupt() { interrupt_flag[me] = false }

inline wait_for(r, timed) {
  how = 0;
  alive(r);
  if
  :: has_ended(r) -> how = state[r]
  :: else ->
    look_for_ring(r);
    do
    :: code == would_deadlock -> break
    :: else ->
#ifndef BROKEN_signal_late
      sig = signal[me];
#endif
      if
      :: has_ended(r) -> how = state[r]; break
      :: else
      fi;
      if
      :: interrupt_flag[me] -> code = interrupted; break
      :: else
      fi;
#ifndef BROKEN_wait_unserving
      if
      :: may_nest(me) -> serve()
      :: else
      fi;
#endif
      if
      :: has_ended(r) -> how = state[r]; break
      :: else
      fi;
#ifndef BROKEN_wait_hidden
      if
      :: waits_for[me] != r -> look_for_ring(r)
      :: else
      fi;
#endif
      if
      :: code == would_deadlock -> break
      :: code == 0 && timed -> code = timed_out; break
      :: code == 0
      fi;
#ifdef BROKEN_signal_late
      sig = signal[me];
#endif
      sleep(timed)
    od;
    sig = 0;
#ifdef BROKEN_interrupt_lost
    if
    :: code == interrupted -> take_interrupt()
    :: else
    fi;
#endif
    if
    :: how == 0 -> end(r, code)
    :: else
    fi;
#ifndef BROKEN_interrupt_lost
    if
    :: how == interrupted -> take_interrupt()
    :: else
    fi;
#endif
    stop_waiting();
    code = 0
  fi;
#ifdef WAITS_ON
  assert(!told || how == would_deadlock);
  told = false;
#endif
  assert(how > running && how == state[r] && !freed[r])
}

inline sleep(timed) {
#ifndef BROKEN_sleep_entered
  leave(me);
#endif
  if
  :: timed -> skip  // by its deadline
#ifdef WAITS_ON
  :: !timed && told ->
    if
    :: signal[me] != sig
    :: timeout -> code = would_deadlock  // nobody can do anything any more
    fi
#endif
  :: else -> wait(signal_id(me), signal[me], sig)
  fi;
#ifndef BROKEN_sleep_entered
  enter(me)
#endif
}

inline interrupt(slot) {
  interrupt_flag[slot] = true;
#ifndef BROKEN_interrupt_unheard
  wake(slot)
#endif
}

inline open() {
  atomic {
    !inbox_lock[me];
    identity = identities;
    identities++;
    open_for[me] = identity;
    interrupt_flag[me] = false
  }
}

inline close() {
  atomic {
    !inbox_lock[me];
#ifndef BROKEN_close_open
    open_for[me] = 0;
#endif
    do
    :: nempty(inbox[me]) -> inbox[me] ? q; waiting ! q
    :: empty(inbox[me]) -> break
    od;
    q = NONE
  }
#ifndef BROKEN_close_undrained
  do
  :: nempty(waiting) ->
    waiting ? q;
    alive(q);
    end_posted(q, owner_gone);
    to = poster[q];
    wake(to);
    drop(q);
    q = NONE
  :: empty(waiting) -> break
  od;
#endif
#ifdef BROKEN_close_open
  open_for[me] = 0;
#endif
  identity = 0
}

#ifdef WAITS_ON
#define LOCALS byte r = NONE, q = NONE, to, at, links, seen, was, how, code, sig; bool told
#else
#define LOCALS byte r = NONE, q = NONE, to, at, links, seen, was, how, code, sig
#endif

// Of processes that have none: a call that serve() runs, and what it waits for, on the same agent.
#ifdef CALLS_BACK
proctype caller(byte me, identity, back_to, of_call) {
  LOCALS;
#ifdef CROSSED
  r = first_of[me];
  if
  :: r != NONE -> wait_for(r, false)
  :: else
  fi;
#else
  post_request(back_to + 1, false);
  if
  :: r != NONE -> wait_for(r, false); drop(r)
  :: else
  fi;
#endif
  assert(waits_for[me] == NONE);
  returned[of_call] = true
}
#endif

#ifdef PEERS
proctype peer(byte me) {
  LOCALS;
  byte identity = me + 1;
  chan waiting = [REQUESTS] of { byte };
#ifdef HIDDEN
  // One calls what calls back, then something else, and waits for the first; the other one serves.
  byte first = NONE;
  if
  :: me == 1 ->
    post_request(1, true);
    first = r;
    how = 0;
    post_request(1, false);
    if
    :: r != NONE -> drop(r)
    :: else
    fi;
    r = first
  :: else
  fi;
#else
#ifdef IN_TURN
  // One serves before it calls.
  do
  :: me == 1 -> serve()
  :: break
  od;
#endif
  if
#ifdef CALLS_BACK
  :: post_request((me + 1) % PEERS + 1, true)
#endif
#ifndef CROSSED
  :: post_request((me + 1) % PEERS + 1, false)
#if PEERS == 2
  :: true
#endif
#endif
  fi;
#endif
#ifdef CROSSED
  // Each waits in what it serves.
  first_of[me] = r;
  how = 0;
  do
  :: serve()
  :: break
  od;
  if
  :: r != NONE -> drop(r)
  :: else
  fi;
#else
  if
  :: r != NONE -> wait_for(r, false); drop(r)
#if PEERS == 2 && !defined(HIDDEN)
  :: r != NONE -> drop(r)
#endif
  :: r == NONE
  fi;
#endif
  r = NONE;
  how = 0;
#if PEERS == 2 && !defined(CROSSED)
  do
  :: serve()
  :: break
  od;
#endif
  close()
}
#else

byte posters, gone;  // so many there are, and have left
#ifdef INTERRUPTED
byte interrupts;  // that waits have ended by
#endif

// Slot 0. Its handle is the one that all have.
proctype owning() {
  LOCALS;
  byte me, identity = 1;
  chan waiting = [REQUESTS] of { byte };
  enter(me);
#if defined(LEAVES)
  do
  :: serve()
  :: break
  od;
  close();
  open();
  do
  :: serve()
  :: break
  od;
#elif defined(UNSERVED)
  gone == posters;
  serve();
#else
  // A host's loop, which serves when it is told.
  do
  :: leave(me);
    if
    :: atomic { task[me] -> task[me] = false } enter(me); serve()
    :: gone == posters && !task[me] -> enter(me); break
    fi
  od;
#endif
  close();
  leave(me)
}

#define POSTER LOCALS; byte identity = me + 1; chan waiting = [REQUESTS] of { byte }

proctype waiter(byte me) {
  POSTER;
  enter(me);
  post_request(1, false);
  if
  :: r != NONE -> wait_for(r, false); drop(r)
  :: else
  fi;
#ifdef INTERRUPTED
  interrupts = interrupts + (how == interrupted);
#endif
  close();
  leave(me);
  gone++
}

#ifdef TIMED
proctype timed_waiter(byte me) {
  POSTER;
  post_request(1, false);
  if
  :: r != NONE -> wait_for(r, true); drop(r)
  :: else
  fi;
  close();
  gone++
}
#endif

#ifdef DROPPER
proctype dropper(byte me) {
  POSTER;
  post_request(1, false);
  if
  :: r != NONE -> drop(r)
  :: else
  fi;
  close();
  gone++
}
#endif

#ifdef INTERRUPTED
proctype interrupter() { interrupt(1) }
#endif

#ifdef WORLD
// account(): stops the world once.
proctype outsider() {
  byte seen;
  claim(0);
  claim(1);
  world_of = OUTSIDE;
  assert(!inside[0] && !inside[1]);
  world_of = NOBODY;
  unclaim(0);
  unclaim(1)
}
#endif
#endif

init {
  byte i;
  atomic {
    for (i : 0 .. AGENTS - 1) { open_for[i] = i + 1 }
#ifdef PEERS
    for (i : 0 .. AGENTS - 1) { run peer(i) }
#else
    run owning();
    run waiter(1);
    posters = 1;
#ifdef TIMED
    run timed_waiter(2);
    posters++;
#endif
#ifdef DROPPER
    run dropper(2);
    posters++;
#endif
#ifdef INTERRUPTED
    run interrupter();
#endif
#ifdef WORLD
    run outsider();
#endif
#endif
  }
  _nr_pr == 1;
  atomic {
    for (i : 0 .. REQUESTS - 1) {
      assert(i >= made || freed[i] && (state[i] == unmade || endings[i] == 1))
    }
    for (i : 0 .. AGENTS - 1) { assert(empty(inbox[i]) && waits_for[i] == NONE) }
#ifdef INTERRUPTED
    assert(interrupt_flag[1] + interrupts == 1);  // no interrupt is lost
#endif
  }
}
