// SPDX-License-Identifier: BSL-1.0
// A condition: agents that hold a mutex wait at it, and are notified by one that holds the mutex, or has
// held it before. Who is notified is woken, or moves into the queue of the mutex.
//
// Holds: a wait that is notified answers so, and no other one; notify answers how many those are; who has
// been notified has the mutex at some time, whoever holds it meanwhile, and if that one detaches.
//
//: holds one          -DAGENTS=2 -DWAITERS=1
//: holds all          -DAGENTS=3 -DWAITERS=2
//: broken x "y"

#define PROCESSES (AGENTS + 2)
#include "base.pml"

#ifndef NOTICES
#define NOTICES 1     // how often
#define PER_NOTICE 9  // how many at once
#endif

#define SPOTS 2
#define is_interruptible at_condition
#ifdef TIMED
#define may_be_over at_condition
#else
#define may_be_over false
#endif
#ifdef BROKEN_relock_gives_up
#define may_give_up true
#endif
#include "parking.pml"

#define waited said[condition_spot]

#define wake_those 1
#define wake_first 2
#define move_those 3

bool ready;  // what they wait for, under the mutex
bool notified[AGENTS];  // ghosts, from here
byte answered, ended_ok;

// Queued up, then unlocked: who notifies after that finds it.
inline wait_at() {
#ifdef BROKEN_unlock_first
  unlock_fast();
#endif
  acquire(bucket[bucket_of(condition_spot)]);
  d_step {
    unparked[me] = false;
    handed[me] = false;
    moved[me] = false;
    push(me, condition_spot);
    waited = true
  }
  release(bucket[bucket_of(condition_spot)]);
#ifndef BROKEN_unlock_first
  unlock_fast();
#endif
  has_end = true;
  at_condition = true;
  sleep_until_unparked();
  at_condition = false;
  atomic {
    assert(notified[me] == (how == 0 || how == locked));
    if
    :: notified[me] -> ended_ok++
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
  :: found ->
    plan_passage();
    pass();
    release(bucket[bucket_of(condition_spot)]);
    release_other();
    found = false;
    unpark_chain()
  :: else
  fi
}

#ifdef TOGETHER
inline acquire_pair() {
  acquire(bucket[0]);
  if
  :: waiting[condition_spot] == 0 -> release(bucket[0])
  :: waiting[condition_spot] > 0 -> found = true
  fi
}
inline release_other() { skip }
#else
inline release_other() { release(bucket[mutex_spot]) }
#ifdef REVERSED
// The mutex's comes first.
inline acquire_pair() {
  do
  :: true ->
    acquire(bucket[condition_spot]);
    if
    :: waiting[condition_spot] == 0 -> release(bucket[condition_spot]); break
    :: waiting[condition_spot] > 0 ->
      release(bucket[condition_spot]);
      acquire(bucket[mutex_spot]);
      acquire(bucket[condition_spot]);
      if
#ifdef BROKEN_pair_unchecked
      :: found = true; break
#else
      :: waiting[condition_spot] > 0 -> found = true; break
      :: waiting[condition_spot] == 0 ->
        release(bucket[condition_spot]);
        release(bucket[mutex_spot])
#endif
      fi
    fi
  od
}
#else
inline acquire_pair() {
  acquire(bucket[condition_spot]);
  if
  :: waiting[condition_spot] == 0 -> release(bucket[condition_spot])
  :: waiting[condition_spot] > 0 -> acquire(bucket[mutex_spot]); found = true
  fi
}
#endif
#endif

#define several (PER_NOTICE > 1 && waiting[condition_spot] > 1)

// What becomes of them, under both locks. Where some move, whoever has the mutex, or is the first to have
// it, will see that it is awaited.
inline plan_passage() {
  assert(waiting[condition_spot] > 0);
  atomic { seen = owner }
  if
  :: seen == me -> say_awaited(); passage = move_those
#ifdef BROKEN_several_unasked
  :: seen == free -> passage = wake_first
  :: seen != me && seen != free ->
#else
  :: seen == free && !several -> passage = wake_first
  :: seen != me && !(seen == free && !several) ->
#endif
    say_awaited();
#ifdef REFUSED
#ifdef BROKEN_refusal_unheard
    atomic { seen = owner }
    passage = (seen != free && attached[seen] -> move_those : wake_first)
#else
    passage = wake_those
#endif
#else
#ifndef BROKEN_plan_unfenced
    drain_all();
#endif
    atomic { seen = owner }
#ifdef BROKEN_plan_unasked
    passage = (seen != free -> move_those : wake_first)
#else
    if
    :: seen != free && attached[seen] -> passage = move_those
    :: seen == free || !attached[seen] -> passage = wake_first
    fi
#endif
#endif
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

inline pass() {
  d_step {
    count = 0;
    do
    :: count < PER_NOTICE && waiting[condition_spot] > 0 ->
      take_first(condition_spot);
      notified[next] = true;
      if
      :: passage == move_those || passage == wake_first && count > 0 ->
        moved[next] = true;
        push(next, mutex_spot)
      :: else -> chain = chain | (1 << next)
      fi;
      count++
    :: else -> break
    od;
    answered = answered + count;
    count = 0;
    passage = 0;
    next = NOBODY;
    waited = waiting[condition_spot] > 0
  }
}

inline wait_until_ready() {
  if
  :: !ready -> wait_at()
  :: ready
  fi
}

// Not one that is waited for: mutex.pml has that.
inline lock_first() {
#ifdef CONTENDED
  lock()
#else
  atomic {
    if
    :: owner == free
#ifdef LEAVES
    :: owner != free && !attached[owner] -> abandoned = false
#endif
    fi;
    owner = me;
    how = locked
  }
#endif
}

inline unlock_or_leave() {
#ifdef LEAVES
  if
  :: detach()
  :: unlock_fast()
  fi
#else
  unlock_fast()
#endif
}

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
#ifdef OUTSIDE
  // It knows without the mutex that they wait.
  waiting[condition_spot] == WAITERS;
#else
  lock();
  section();
  ready = true;
#endif
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
  :: how == locked -> unlock_or_leave()
  :: else
  fi
}

proctype other(byte me) {
  agent_variables;
  lock();
  section();
  unlock_or_leave()
}

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
#ifdef OTHER
    run other(WAITERS + 1);
#endif
#ifdef INTERRUPTED
    run interrupter()
#endif
  }
  _nr_pr == 1;
  assert(waiting[mutex_spot] == 0 && waiting[condition_spot] == 0 && !waited);
  assert(answered == ended_ok);
#ifdef INTERRUPTED
  assert(interrupt_flag[0] != was_interrupted[0]);
#endif
  assert(owner == free || abandoned && !attached[owner])
}
