// SPDX-License-Identifier: BSL-1.0
// A condition: agents that hold a mutex wait at it, and are notified by one that holds the mutex, or has
// held it before. Who is notified is woken, or moves into the queue of the mutex.
//
// Holds: a wait that is notified answers so, and no other one; notify answers how many those are; who has
// been notified has the mutex at some time, whoever holds it meanwhile, and if that one detaches.
//
//: holds all         -DAGENTS=3 -DWAITERS=2
//: holds early       -DAGENTS=3 -DWAITERS=2 -DEARLY
//: holds one         -DAGENTS=2 -DWAITERS=1 -DCONTENDED -DTIMED -DREVERSED
//: holds ones        -DAGENTS=3 -DWAITERS=2 -DONES -DTIMED
//: holds reversed    -DAGENTS=3 -DWAITERS=2 -DONES -DREVERSED
//: holds interrupted -DAGENTS=3 -DWAITERS=2 -DINTERRUPTED -DTOGETHER
//: holds leaves      -DAGENTS=3 -DWAITERS=2 -DLEAVES
//: holds left        -DAGENTS=4 -DWAITERS=2 -DLEFT
//: holds refused     -DAGENTS=3 -DWAITERS=2 -DREFUSED
//: holds answered    -DAGENTS=3 -DWAITERS=2 -DANSWERED ltl=answered
//: broken unlock_first       "invalid end state"
//: broken move_unannounced   "invalid end state"
//: broken several_unasked    "invalid end state"
//: broken plan_unfenced      "invalid end state"
//: broken others_left        "invalid end state"
//: broken left_unasked       "invalid end state"  -DAGENTS=3 -DWAITERS=2 -DONES
//: broken left_forgotten     "said["
//: broken out_unasked        "notified"           -DAGENTS=2 -DWAITERS=1 -DTIMED
//: broken moved_ends         "notified"           -DAGENTS=2 -DWAITERS=1 -DTIMED
//: broken address_trusted    "bucket"             -DAGENTS=2 -DWAITERS=1 -DTIMED
//: broken pair_unchecked     "waiting["           -DAGENTS=2 -DWAITERS=1 -DTIMED -DREVERSED
//: broken move_unlocked      "invalid end state"
//: broken relock_unasked     "owner==me"
//: broken relock_gives_up    "owner==me"
//: broken hand_over_unsaid   "owner!=me"
//: broken interrupt_taken    "interrupt_flag["    -DAGENTS=3 -DWAITERS=2 -DINTERRUPTED -DTOGETHER
//: broken leave_unheard      "invalid end state"  -DAGENTS=3 -DWAITERS=2 -DLEAVES
//: broken move_unsaid        "invalid end state"  -DAGENTS=3 -DWAITERS=2 -DLEAVES
//: broken plan_unasked       "invalid end state"  -DAGENTS=4 -DWAITERS=2 -DLEFT
//: broken refusal_unheard    "invalid end state"  -DAGENTS=3 -DWAITERS=2 -DREFUSED

#define PROCESSES (AGENTS + 2)
#include "base.pml"

#ifdef ONES
#define NOTICES 2
#define PER_NOTICE 1
#else
#define NOTICES 1
#define PER_NOTICE 9  // all
#endif

#define SPOTS 2
#define is_interruptible at_condition
#ifdef TIMED
#define may_be_over (at_condition && me == 0)
#else
#define may_be_over false
#endif
#ifdef BROKEN_relock_gives_up
#define may_give_up true
#endif
#include "parking.pml"

#define waited said[condition_spot]
#define several (PER_NOTICE > 1 && waiting[condition_spot] > 1)

// What becomes of those who are notified.
#define wakes_all 1
#define wakes_first 2
#define moves_all 3

bool ready;  // what they wait for, under the mutex
bool notified[AGENTS];  // ghosts, from here
byte answer, ended_ok;  // how many were notified, and have ended so
byte had_it;

// Queued up, then unlocked: who notifies after that finds it.
inline wait_at() {
#ifdef BROKEN_unlock_first
  unlock_fast();
#endif
  atomic {
    acquire(bucket[bucket_of(condition_spot)]);
    push(me, condition_spot);
    waited = true;
    release(bucket[bucket_of(condition_spot)])
  }
#ifndef BROKEN_unlock_first
  unlock_fast();
#endif
  has_end = true;
  at_condition = true;
  sleep_until_unparked();
  atomic {
    at_condition = false;
    assert(notified[me] == (how == 0 || how == locked));
    if
    :: notified[me] -> notified[me] = false; ended_ok++
    :: else
    fi
  }
#ifndef BROKEN_relock_unasked
  if
  :: how == locked
  :: else -> how = 0; lock()
  fi
#endif
}

inline notify() {
  if
  :: waited -> notify_slow()
  :: !waited
  fi
}

inline notify_slow() {
  acquire_pair();
  if
  :: found -> plan_passage(); pass(); unpark_chain()
  :: else
  fi
}

#if defined(TOGETHER) || defined(BROKEN_move_unlocked)
#define acquire_other() skip
#define release_other() skip
#else
#define acquire_other() acquire(bucket[mutex_spot])
#define release_other() release(bucket[mutex_spot])
#endif

// The locks of both queues, if anybody waits.
#ifndef REVERSED
inline acquire_pair() {
  acquire(bucket[bucket_of(condition_spot)]);
  if
  :: waiting[condition_spot] > 0 -> acquire_other(); found = true
  :: waiting[condition_spot] == 0 -> release(bucket[bucket_of(condition_spot)])
  fi
}
#else
// The mutex's comes first.
inline acquire_pair() {
  do
  :: true ->
    atomic {
      acquire(bucket[condition_spot]);
      found = waiting[condition_spot] > 0;
      release(bucket[condition_spot])
    }
    if
    :: !found -> break
    :: found ->
      acquire(bucket[mutex_spot]);
      acquire(bucket[condition_spot]);
      if
#ifdef BROKEN_pair_unchecked
      :: true -> break
#else
      :: waiting[condition_spot] > 0 -> break
      :: waiting[condition_spot] == 0 ->
        release(bucket[condition_spot]);
        release(bucket[mutex_spot])
#endif
      fi
    fi
  od
}
#endif

// What becomes of them. Where some move, whoever has the mutex, or is the first to have it, will see
// that it is awaited.
inline plan_passage() {
  atomic { assert(waiting[condition_spot] > 0); seen = owner }
  if
  :: seen == me -> say_awaited(); passage = moves_all
#ifdef BROKEN_several_unasked
  :: seen == free -> passage = wakes_first
  :: seen != me && seen != free ->
#else
  :: seen == free && !several -> passage = wakes_first
  :: seen != me && (seen != free || several) ->
#endif
    say_awaited();
    if
#ifndef BROKEN_refusal_unheard
    :: is_refused -> passage = wakes_all
#endif
    :: atomic {
#ifdef BROKEN_refusal_unheard
         true
#else
         !is_refused
#endif
#ifndef BROKEN_plan_unfenced
         -> announce()
#endif
       }
      atomic { seen = owner }
      atomic {
        if
#ifdef BROKEN_plan_unasked
        :: seen != free -> passage = moves_all
        :: seen == free -> passage = wakes_first
#else
        :: seen != free && attached[seen] -> passage = moves_all
        :: seen == free || !attached[seen] -> passage = wakes_first
#endif
        fi
      }
    fi
  fi;
  seen = 0
}

inline say_awaited() {
#ifdef BROKEN_move_unannounced
  skip
#else
  awaited = true
#endif
}

// Under both locks still: each is woken, or moved.
inline pass() {
  atomic {
    d_step {
      do
      :: count < PER_NOTICE && waiting[condition_spot] > 0 ->
        take_first(condition_spot);
        notified[next] = true;
        if
        :: passage == moves_all || passage == wakes_first && count > 0 ->
#ifdef BROKEN_others_left
          push(next, condition_spot);
          break
#else
          moved[next] = true;
          push(next, mutex_spot)
#endif
        :: else -> chain = chain | (1 << next)
        fi;
        count++
      :: else -> break
      od;
      answer = answer + count;
      count = 0;
      passage = 0;
      next = NOBODY;
#ifdef BROKEN_left_unasked
      waited = false
#else
#ifndef BROKEN_left_forgotten
      waited = waiting[condition_spot] > 0
#endif
#endif
    }
    found = false;
    release(bucket[bucket_of(condition_spot)]);
    release_other()
  }
}

// It has the mutex. Had another one it too, one of them would find out here, at some moment.
inline section() { atomic { assert(owner == me); had_it++ } }

inline wait_until_ready() {
  if
  :: !ready -> wait_at()
  :: ready
  fi
}

#ifdef CONTENDED
inline lock_first() { lock() }
#else
// Not one that is waited for: mutex.pml has that.
inline lock_first() {
  atomic {
    if
    :: owner == free
    :: owner != free && !attached[owner] -> abandoned = false
    fi;
    owner = me;
    how = locked
  }
}
#endif

#ifdef LEFT
// It knows without the mutex that they wait.
inline begin_notices() { waiting[condition_spot] == WAITERS }
#else
inline begin_notices() {
  lock_first();
  atomic { section(); ready = true }
}
#endif

#ifdef LEAVES
#define may_leave true
#else
#define may_leave false
#endif

#define agent_variables \
  byte how, seen, was, at, chain; \
  byte next = NOBODY; \
  bool out, has_end, at_condition, naps

proctype waiter(byte me) {
  agent_variables;
  lock_first();
  wait_until_ready();
  section();
  unlock_fast()
}

proctype notifier(byte me) {
  agent_variables;
  byte passage, count, notices;
  bool found;
  begin_notices();
  do
  :: notices < NOTICES ->
    if
    :: how == locked -> unlock_fast()
    :: true
    fi;
    notify();
    notices++
  :: else -> break
  od;
  if
  :: how == locked -> unlock_fast()
  :: how == locked && may_leave -> detach()
  :: else
  fi
}

#ifdef LEFT
proctype leaver(byte me) {
  agent_variables;
  lock_first();
  detach()
}
#endif

#ifdef INTERRUPTED
proctype interrupter() {
  interrupt_flag[0] = true;
  wake(0)
}
#endif

init {
  byte i;
  atomic {
    for (i : 0 .. AGENTS - 1) { attached[i] = true }
    for (i : 0 .. WAITERS - 1) { run waiter(i) }
    run notifier(WAITERS);
#ifdef LEFT
    run leaver(WAITERS + 1);
#endif
#ifdef INTERRUPTED
    run interrupter()
#endif
  }
  _nr_pr == 1;
  assert(waiting[mutex_spot] == 0 && waiting[condition_spot] == 0 && !waited);
  assert(answer == ended_ok);
#ifdef INTERRUPTED
  assert(interrupt_flag[0] != was_interrupted[0]);
#endif
  assert(owner == free || abandoned && !attached[owner])
}

#ifdef ANSWERED
ltl answered { <> (had_it == AGENTS) }
#endif
