// SPDX-License-Identifier: BSL-1.0
// Agents attach, enter, leave, answer and detach, again and again, while others stop the world and
// somebody forbids sharing.
//
// Holds: while the world is stopped no agent is in it, and none joins or goes; nobody waits for an
// agent that sleeps, nor for ever; who creates after forbid_sharing has returned is refused.
//
//: holds two       -DAGENTS=2 -DOUTSIDER
//: holds early     -DAGENTS=2 -DOUTSIDER -DEARLY
//: holds three     -DAGENTS=3
//: holds forbids   -DAGENTS=2 -DFORBIDS
//: holds answered  -DAGENTS=1 -DOUTSIDER -DANSWERED ltl=answered
//: broken enter_unasked    "invalid end state"
//: broken leave_unheard    "invalid end state"
//: broken unclaim_unheard  "invalid end state"
//: broken stop_entered     "invalid end state"
//: broken stop_unlocked    "invalid end state"
//: broken attach_unlocked  "inside[slot]"
//: broken detach_unlocked  "attached"
//: broken take_back_unlocked "presence[me]&1"
//: broken looks_once       "inside[slot]"
//: broken sleep_entered    "invalid end state"
//: broken never_polls      "acceptance cycle"  -DAGENTS=1 -DOUTSIDER -DANSWERED ltl=answered
//: broken gate_unlocked    "gate[me]==3"       -DAGENTS=2 -DFORBIDS
//: broken gates_first      "gate[me]==3"       -DAGENTS=2 -DFORBIDS

#define PROCESSES (1 + AGENTS + 1)
#define NOBODY 9
#define OUTSIDE 8
#include "base.pml"
#include "presence.pml"

#define gate_open 1
#define gate_forbidden 3

bool world, agents, waits;  // the cluster's locks
byte slots;                 // of its list
bool wanted;                // ghost: where locks are fair, who stops the world is next
bool taken[AGENTS], living[AGENTS];
byte gate[AGENTS];
byte attached;
bool forbidden;
bool forbids_returned;       // ghost
bool stopping, bell, quiet;  // of the world around: a stop has begun; what agents block on

inline take_slot() {
  atomic {
    me = 0;
    do
    :: me < slots && taken[me] -> me++
    :: else -> break
    od;
    taken[me] = true
  }
  if
  :: me == slots -> slots++
  :: else
  fi
}

inline open_gate() {
#ifndef BROKEN_gate_unlocked
  acquire(waits);
#endif
  seen = (forbidden -> gate_forbidden : gate_open);
  gate[me] = seen;
  seen = 0;
#ifndef BROKEN_gate_unlocked
  release(waits)
#endif
}

inline acquire_in_turn() { atomic { !agents && !wanted -> agents = true } }

inline attach() {
#ifndef BROKEN_attach_unlocked
  acquire_in_turn();
#endif
  take_slot();
  open_gate();
  atomic { living[me] = true; attached++ }
#ifndef BROKEN_attach_unlocked
  release(agents);
#endif
  if
  :: enter(me)
#ifndef ANSWERED
  :: true  // parked
#endif
  fi
}

// By a thread that cannot wait for who waits for others still.
inline take_back() {
#ifndef BROKEN_take_back_unlocked
  acquire(agents);
#endif
  atomic { presence[me] = presence[me] | entered; go_in(me) }
#ifndef BROKEN_take_back_unlocked
  release(agents)
#endif
}

inline detach() {
  if
  :: inside[me]
  :: else -> take_back()
  fi;
  if
  :: poll(me)  // a hook of the detach
  :: true
  fi;
#ifndef BROKEN_detach_unlocked
  acquire_in_turn();
#endif
  leave(me);
  living[me] = false;
  atomic { taken[me] = false; attached--; }
#ifndef BROKEN_detach_unlocked
  release(agents);
#endif
  me = 0
}

inline forbid_sharing() {
#ifdef BROKEN_gates_first
  shut_gates();
  forbidden = true;
#else
  forbidden = true;
  shut_gates();
#endif
  forbids_returned = true
}

inline shut_gates() {
  acquire(waits);
  slot = 0;
  do
  :: slot < slots -> gate[slot] = gate_forbidden; slot++
  :: else -> break
  od;
  slot = 0;
  release(waits)
}

inline try_create() { assert(!forbids_returned || gate[me] == gate_forbidden) }

// By an agent: it lies down first, so that another one that stops the world can go on.
inline stop_world() {
  true;  // the call has begun
#ifndef BROKEN_stop_entered
  leave(me);
#endif
#ifndef BROKEN_stop_unlocked
  acquire(world);
#endif
#ifndef BROKEN_stop_entered
  atomic {
#ifndef BROKEN_stop_unlocked
    assert(presence[me] == parked);  // nobody else claims
#endif
    presence[me] = entered;
    go_in(me)
  }
#endif
  claim_others(me)
}

inline claim_others(by) {
  stopping = true;
  do
  :: atomic { slot < slots && slot != by -> skip }
     claim(slot);
     slot++
  :: atomic { slot < slots && slot == by -> slot++ }
  :: else ->
#ifdef ANSWERED
    wanted = true;
#endif
    atomic { !agents -> agents = true; wanted = false }
    look_again(by);
    if
    :: slot == slots -> break
    :: else -> slot = 0; release(agents)
    fi
  od;
  atomic { slot = 0; world_of = by; stopping = false }
}

// Whether one has taken itself back; slot is the first that has.
inline look_again(by) {
  slot = 0;
#ifdef BROKEN_looks_once
  slot = slots
#else
  do
  :: atomic { slot < slots && (slot == by || presence[slot] == claimed) -> slot++ }
  :: else -> break
  od
#endif
}

// What runs while the world is stopped may touch every agent.
inline touch_agents(by) {
  atomic {
    do
    :: slot < slots ->
      assert(slot == by || !inside[slot]);
      was = was + living[slot];
      slot++
    :: else -> break
    od;
    assert(was == attached);
    was = 0;
    slot = 0
  }
}

inline restart_world(by) {
  world_of = NOBODY;
  do
  :: atomic { slot < slots && slot != by -> skip }
     unclaim(slot);
     slot++
  :: atomic { slot < slots && slot == by -> slot++ }
  :: else -> break
  od;
  slot = 0;
  release(agents);
#ifndef BROKEN_stop_unlocked
  release(world)
#endif
}

// A call of the host's that ends when somebody else does something.
inline blocked_region() {
  true;  // the call has begun
#ifndef BROKEN_sleep_entered
  leave(me);
#endif
  atomic { bell || quiet -> bell = false }
#ifndef BROKEN_sleep_entered
  enter(me)
#endif
}

proctype agent() {
  byte me, was, seen, slot;
  do
  :: attach();
    do
    :: inside[me] ->
      if
#ifdef OUTSIDER
       :: blocked_region()
#endif
#ifndef ANSWERED
       :: stop_world(); touch_agents(me); restart_world(me)
#endif
       :: try_create()
       fi;
#ifndef BROKEN_never_polls
       poll(me)
#endif
    :: break
    od;
    detach()
  :: break
  od
}

#ifdef OUTSIDER
// account(), by a thread that is no agent.
proctype outsider() {
  byte was, seen, slot;
  do
  :: acquire(world); claim_others(OUTSIDE); touch_agents(OUTSIDE); restart_world(OUTSIDE);
     bell = true
  :: break
  od;
  quiet = true
}
#endif

#ifdef FORBIDS
proctype forbidder() {
  byte slot;
  forbid_sharing()
}
#endif

init {
  byte i;
  atomic {
    for (i : 1 .. AGENTS) { run agent() }
#ifdef OUTSIDER
    run outsider()
#endif
#ifdef FORBIDS
    run forbidder()
#endif
  }
  _nr_pr == 1;
  assert(attached == 0)
}

#ifdef ANSWERED
ltl answered { [] (stopping -> <> !stopping) }
#endif
