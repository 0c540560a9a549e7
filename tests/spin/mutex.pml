// SPDX-License-Identifier: BSL-1.0
// A mutex and the parking lot that its agents wait in: locked and unlocked again and again, handed
// over, given up, interrupted, and left by an owner that detaches.
//
// Unlocking is a plain store: it may lie in the unlocker's store buffer while that looks whether anybody
// waits. Who is about to park empties the buffers of all.
//
// Holds: one agent holds it at a time; whoever waits has it at some time, or its wait has ended
// otherwise; of a wake-up and an interrupt at the same moment neither is lost; who takes it over from
// an owner that has gone is told, and nobody else is.
//
//: holds two         -DAGENTS=2 -DROUNDS=3
//: holds early       -DAGENTS=2 -DROUNDS=2 -DEARLY
//: holds three       -DAGENTS=3 -DROUNDS=1
//: holds timed       -DAGENTS=3 -DROUNDS=1 -DTIMED
//: holds interrupted -DAGENTS=3 -DROUNDS=1 -DINTERRUPTED
//: holds leaves      -DAGENTS=3 -DROUNDS=1 -DLEAVES
//: holds refused     -DAGENTS=3 -DROUNDS=1 -DREFUSED
//: broken unlock_unaware     "invalid end state"
//: broken fence_forgotten    "invalid end state"
//: broken await_unsaid       "invalid end state"
//: broken park_unchecked     "invalid end state"
//: broken wake_first         "invalid end state"
//: broken unpark_unheard     "invalid end state"
//: broken hand_over_unsaid   "owner!=me"
//: broken hand_over_taken    "owner==me"
//: broken more_forgotten     "invalid end state"  -DAGENTS=3 -DROUNDS=1
//: broken out_unasked        "owner=="            -DAGENTS=3 -DROUNDS=1 -DTIMED
//: broken interrupt_taken    "interrupt_flag["    -DAGENTS=3 -DROUNDS=1 -DINTERRUPTED
//: broken interrupt_unheard  "invalid end state"  -DAGENTS=3 -DROUNDS=1 -DINTERRUPTED -DSTUCK
//: broken leave_unheard      "invalid end state"  -DAGENTS=3 -DROUNDS=1 -DLEAVES
//: broken leave_unchecked    "invalid end state"  -DAGENTS=3 -DROUNDS=1 -DLEAVES

#define PROCESSES (AGENTS + 2)
#include "base.pml"

#define SPOTS 1
#define is_interruptible true
#ifdef TIMED
#define may_be_over true
#else
#define may_be_over false
#endif
#define may_give_up may_be_over
#include "parking.pml"

byte holder = NOBODY;  // ghosts: who is in the section
bool has_been_interrupted[AGENTS];

inline section() {
  atomic { assert(holder == NOBODY); holder = me }
  atomic { assert(holder == me && owner == me); holder = NOBODY }
}

proctype agent(byte me) {
  byte how, seen, was, at, chain, rounds;
  byte next = NOBODY;
  bool out, has_end, naps;
  do
  :: rounds < ROUNDS ->
    rounds++;
    lock();
    if
    :: how == locked ->
      section();
#ifdef STUCK
      if
      :: me == 0 -> has_been_interrupted[1] && was_interrupted[1]
      :: else
      fi;
#endif
#ifdef LEAVES
      if
      :: me == 0 -> detach(); break
      :: else
      fi;
#endif
      unlock_fast()
    :: else -> how = 0
    fi
  :: else -> break
  od
}

#ifdef INTERRUPTED
proctype interrupter() {
  has_been_interrupted[1] = true;
  interrupt_flag[1] = true;
#ifndef BROKEN_interrupt_unheard
  wake(1)
#endif
}
#endif

init {
  byte i;
  atomic {
    for (i : 0 .. AGENTS - 1) { attached[i] = true; run agent(i) }
#ifdef INTERRUPTED
    run interrupter()
#endif
  }
  _nr_pr == 1;
  assert(waiting[mutex_spot] == 0);
#ifdef INTERRUPTED
  assert(interrupt_flag[1] != was_interrupted[1]);
#endif
#ifdef LEAVES
  assert(owner == free || owner == 0 && abandoned)
#else
  assert(owner == free)
#endif
}
