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

#define NOBODY 9
#define PROCESSES (AGENTS + 2)
#include "base.pml"

#define free AGENTS  // no owner
#define signal_id(one) (1 + one)

#ifdef TIMED
#define may_be_over true  // the time of a wait: at any moment
#else
#define may_be_over false
#endif

// How a lock has ended.
#define locked 1
#define timed_out 2
#define interrupted 3

byte owner = free;  // the mutex: two words
bool awaited;
bool buffered[AGENTS];  // an unlocker's owner = free, which nobody else sees yet
bool bucket;  // the lock of the queue
byte queue[AGENTS], waiting;
bool unparked[AGENTS], handed[AGENTS];  // of the node of each
bool attached[AGENTS];
byte signal[AGENTS];
bool interrupt_flag[AGENTS];
byte holder = NOBODY;    // ghosts, from here: who is in the section
bool abandoned;          // the owner has gone with it
bool was_interrupted[AGENTS];
bool has_been_interrupted[AGENTS];

inline lock_fast() {
  atomic {
    if
    :: owner == free -> owner = me; how = locked
    :: else
    fi
  }
}

inline lock_slow() {
  do
  :: how != 0 -> break
  :: else ->
    drain();  // a compare-exchange does, and soon the processor
    atomic { seen = owner }
    if
    :: seen == free ->
      atomic {
        if
        :: owner == free -> owner = me; how = locked
        :: else
        fi
      }
    :: seen != free && !attached[seen] ->
      atomic {
        if
        :: owner == seen ->
          assert(abandoned);
          abandoned = false;
          owner = me;
          how = locked
        :: else
        fi
      }
    :: seen != free && attached[seen] && may_be_over -> how = timed_out
    :: seen != free && attached[seen] -> assert(owner != me); park()
    fi
  od;
  seen = 0
}

inline drain() {
  atomic {
    if
    :: buffered[me] -> buffered[me] = false; owner = free
    :: else
    fi
  }
}

// membarrier: every other thread has had a full fence when it returns.
inline drain_all() {
  d_step {
    at = 0;
    do
    :: at < AGENTS ->
      if
      :: buffered[at] -> buffered[at] = false; owner = free
      :: else
      fi;
      at++
    :: else -> break
    od;
    at = 0
  }
}

inline park() {
  acquire(bucket);
  if
  :: owner != free ->
    d_step {
      unparked[me] = false;
      handed[me] = false;
      queue[waiting] = me;
      waiting++;
#ifndef BROKEN_await_unsaid
      awaited = true
#endif
    }
    release(bucket);
    confirm();
    sleep_until_unparked()
  :: owner == free -> release(bucket)
  fi
}

// Queued up: does whoever has it know, or has it left before?
inline confirm() {
#ifndef BROKEN_fence_forgotten
  drain_all();
#endif
  atomic { seen = owner }
  if
#ifdef BROKEN_park_unchecked
  :: false -> take_out()
  :: true
#else
#ifdef BROKEN_leave_unchecked
  :: seen == free -> take_out(); endless = true
  :: seen != free
#else
  :: seen == free || !attached[seen] -> take_out(); endless = true
  :: seen != free && attached[seen]
#endif
#endif
  fi
}

inline sleep_until_unparked() {
  do
  :: out -> break
  :: else ->
    atomic { true -> was = signal[me] }
    if
    :: unparked[me] -> break
    :: !unparked[me] && may_be_over && !endless ->
      take_out();
      if
      :: out -> how = timed_out; break
      :: else -> endless = true
      fi
    :: !unparked[me] && interrupt_flag[me] && !endless ->
#ifdef BROKEN_interrupt_taken
      interrupt_flag[me] = false;
#endif
      take_out();
      if
      :: out ->
        atomic { interrupt_flag[me] = false; was_interrupted[me] = true; how = interrupted }
        break
      :: else -> endless = true; wait(signal_id(me), signal[me], was)
      fi
    :: !unparked[me] && (endless || !interrupt_flag[me]) -> wait(signal_id(me), signal[me], was)
    fi
  od;
  was = 0;
  endless = false;
  if
#ifndef BROKEN_hand_over_unsaid
  :: how == 0 && !out && handed[me] -> assert(owner == me); how = locked
#endif
  :: else
  fi;
  out = false
}

// Out of the queue, unless somebody has taken it.
inline take_out() {
  acquire(bucket);
#ifdef BROKEN_out_unasked
  out = true;
#endif
  d_step {
    at = 0;
    do
    :: at < waiting && queue[at] != me -> at++
    :: else -> break
    od;
    if
    :: at < waiting ->
      out = true;
      do
      :: at + 1 < waiting -> queue[at] = queue[at + 1]; at++
      :: else -> break
      od;
      waiting--;
      queue[waiting] = 0;
      if
      :: waiting == 0 -> awaited = false
      :: else
      fi
    :: else
    fi;
    at = 0
  }
  release(bucket)
}

// Its store is seen later than it looks whether anybody waits, unless a fence comes in between.
inline unlock_fast() {
  if
#ifdef BROKEN_unlock_unaware
  :: true -> owner = free
#else
  :: awaited -> unlock_slow()
  :: !awaited ->
    buffered[me] = true;
    if
    :: awaited -> drain(); wake_slow()
    :: !awaited -> drain()
    fi
#endif
  fi;
  how = 0
}

// Fair, or because it was time: it is handed over. Else whoever comes by competes.
inline unlock_slow() {
  acquire(bucket);
  take_first();
  if
#ifdef BROKEN_more_forgotten
  :: atomic { owner = free; awaited = false }
#else
  :: atomic { owner = free; awaited = waiting > 0 }
#endif
  :: next != NOBODY ->
    atomic {
#ifdef BROKEN_hand_over_taken
      owner = free;
#else
      owner = next;
#endif
      awaited = waiting > 0;
      handed[next] = true
    }
  fi;
  release(bucket);
  unpark_next()
}

// It is free already: handed over only if nobody has come by.
inline wake_slow() {
  acquire(bucket);
  take_first();
  atomic {
    awaited = waiting > 0;
    if
    :: true
    :: next != NOBODY && owner == free -> owner = next; handed[next] = true
    fi
  }
  release(bucket);
  unpark_next()
}

inline take_first() {
  d_step {
    next = NOBODY;
    if
    :: waiting > 0 ->
      next = queue[0];
      at = 0;
      do
      :: at + 1 < waiting -> queue[at] = queue[at + 1]; at++
      :: else -> break
      od;
      waiting--;
      queue[waiting] = 0;
      at = 0
    :: else
    fi
  }
}

inline unpark_next() {
  if
  :: next != NOBODY -> unpark()
  :: else
  fi;
  next = NOBODY
}

inline unpark() {
#ifdef BROKEN_wake_first
  wake(next);
  unparked[next] = true
#else
  unparked[next] = true;
#ifndef BROKEN_unpark_unheard
  wake(next)
#endif
#endif
}

inline wake(one) {
  signal[one]++;
  wake_all(signal_id(one))
}

// Gone, with the mutex in its hands: who waits for it looks again.
inline detach() {
  atomic { abandoned = true; attached[me] = false; holder = NOBODY }
  abandon()
}

inline abandon() {
  acquire(bucket);
  if
#ifdef BROKEN_leave_unheard
  :: false ->
#else
  :: owner == me ->
#endif
    do
    :: waiting > 0 ->
      d_step {
        waiting--;
        next = queue[waiting];
        queue[waiting] = 0
      }
      unpark()
    :: else -> break
    od
  :: else
  fi;
  next = NOBODY;
  release(bucket)
}

inline section() {
  atomic { assert(holder == NOBODY); holder = me }
  atomic { assert(holder == me && owner == me); holder = NOBODY }
}

proctype agent(byte me) {
  byte how, seen, was, at, rounds;
  byte next = NOBODY;
  bool out, endless;
  do
  :: rounds < ROUNDS ->
    rounds++;
    lock_fast();
    if
    :: how == 0 -> lock_slow()
    :: else
    fi;
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
  assert(waiting == 0);
#ifdef INTERRUPTED
  assert(interrupt_flag[1] != was_interrupted[1]);
#endif
#ifdef LEAVES
  assert(owner == free || owner == 0 && abandoned)
#else
  assert(owner == free)
#endif
}
