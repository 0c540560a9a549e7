// SPDX-License-Identifier: BSL-1.0
// A mutex, the parking lot's queues, and how an agent waits in one and is woken. Whoever includes it
// says how many SPOTS agents wait at, which waits may_be_over at any moment, and which is_interruptible.
// With -DREFUSED the kernel refuses to put fences into others.

#define NOBODY 9
#define free AGENTS  // no owner
#define signal_id(one) (1 + one)

// Where agents wait.
#define mutex_spot 0
#define condition_spot 1
#ifdef TOGETHER
#define bucket_of(where) 0
#else
#define bucket_of(where) (where)
#endif
#define awaited said[mutex_spot]

// How a lock has ended.
#define locked 1
#define timed_out 2
#define interrupted 3

#ifdef REFUSED
bool is_refused = true;
#else
bool is_refused;
#endif
byte owner = free;  // the mutex: two words
bool said[SPOTS];   // the other one, and a condition's: somebody waits
bool buffered[AGENTS];  // an unlocker's owner = free, which nobody else sees yet
bool bucket[SPOTS];  // the locks of the queues
byte queue[SPOTS * AGENTS], waiting[SPOTS];
byte spot[AGENTS];  // of the node of each, as what follows
bool moved[AGENTS], unparked[AGENTS], handed[AGENTS];
bool attached[AGENTS];
byte signal[AGENTS];
bool interrupt_flag[AGENTS];
bool abandoned;  // ghosts, from here: the owner has gone with it
bool was_interrupted[AGENTS];

inline lock() {
  lock_fast();
  if
  :: how == 0 -> lock_slow()
  :: else
  fi
}

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
  :: atomic { how == 0 -> seen = owner }
    if
    :: atomic {
         seen == free ->
         if
         :: owner == free -> owner = me; how = locked
         :: else
         fi
       }
    :: atomic {
         seen != free && !attached[seen] ->
         if
         :: owner == seen ->
           assert(abandoned);
           abandoned = false;
           owner = me;
           how = locked
         :: else
         fi
       }
#ifdef may_give_up
    :: seen != free && attached[seen] && may_give_up -> how = timed_out
#endif
    :: seen != free && attached[seen] -> assert(owner != me); park()
    fi
  od;
  naps = false;
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

// Under the lock of the queue.
inline push(one, where) {
  queue[where * AGENTS + waiting[where]] = one;
  waiting[where]++;
  spot[one] = where
}

inline take_first(where) {
  next = queue[where * AGENTS];
  at = 0;
  do
  :: at + 1 < waiting[where] ->
    queue[where * AGENTS + at] = queue[where * AGENTS + at + 1];
    at++
  :: else -> break
  od;
  waiting[where]--;
  queue[where * AGENTS + waiting[where]] = 0;
  at = 0
}

inline park() {
  atomic { acquire(bucket[bucket_of(mutex_spot)]); seen = owner }
  atomic {
    if
    :: seen != free ->
      push(me, mutex_spot);
#ifndef BROKEN_await_unsaid
      awaited = true
#endif
    :: seen == free
    fi;
    release(bucket[bucket_of(mutex_spot)])
  }
  if
  :: seen != free -> has_end = true; confirm(); sleep_until_unparked()
  :: seen == free
  fi
}

// Queued up: does whoever has it know, or has it left before? Where the kernel refuses to ask, it looks
// again, now and then.
inline confirm() {
  if
  :: is_refused && !naps -> naps = true; take_out(); has_end = false
  :: atomic { !is_refused || naps -> announce() }
    look_again()
  fi
}

inline announce() {
#ifdef BROKEN_fence_forgotten
  skip
#else
  if
  :: !is_refused -> drain_all()
  :: else
  fi
#endif
}

inline look_again() {
  atomic { seen = owner }
  if
#ifdef BROKEN_park_unchecked
  :: false -> take_out()
  :: true
#else
#ifdef BROKEN_leave_unchecked
  :: seen == free -> take_out(); has_end = false
  :: seen != free
#else
  :: seen == free || !attached[seen] -> take_out(); has_end = false
  :: seen != free && attached[seen]
#endif
#endif
  fi
}

inline sleep_until_unparked() {
  do
  :: out -> break
  :: atomic { !out -> was = signal[me] }
    if
    :: unparked[me] -> break
    :: !unparked[me] && has_end && may_be_over ->
      take_out();
      if
      :: out -> how = timed_out; break
      :: else -> has_end = false
      fi
    :: !unparked[me] && has_end && naps ->  // it ends in any case
      take_out();
      if
      :: out -> break
      :: else -> has_end = false
      fi
    :: !unparked[me] && has_end && is_interruptible && interrupt_flag[me] ->
#ifdef BROKEN_interrupt_taken
      interrupt_flag[me] = false;
#endif
      take_out();
      if
      :: out ->
        atomic { interrupt_flag[me] = false; was_interrupted[me] = true; how = interrupted }
        break
      :: else -> has_end = false; wait(signal_id(me), signal[me], was)
      fi
    :: !unparked[me] && !(has_end && (naps || is_interruptible && interrupt_flag[me])) ->
      wait(signal_id(me), signal[me], was)
    fi
  od;
  atomic {
    was = 0;
    has_end = false;
    if
#ifndef BROKEN_hand_over_unsaid
    :: how == 0 && !out && handed[me] -> assert(owner == me); how = locked
#endif
    :: else
    fi;
    out = false;
    // What is over makes no states.
    unparked[me] = false;
    handed[me] = false;
    moved[me] = false
  }
}

#if SPOTS == 1
inline acquire_bucket_of() { acquire(bucket[0]) }
#else
// It may be moved meanwhile.
inline acquire_bucket_of() {
  do
  :: true ->
    at = spot[me];
    acquire(bucket[bucket_of(at)]);
    if
#ifdef BROKEN_address_trusted
    :: true -> break
#else
    :: spot[me] == at -> break
    :: else -> release(bucket[bucket_of(at)])
#endif
    fi
  od;
  at = 0
}
#endif

// Out of the queue, unless somebody has taken it, or moved it.
inline take_out() {
  acquire_bucket_of();
  atomic {
#ifdef BROKEN_out_unasked
    out = true;
#endif
    d_step {
      at = 0;
      do
      :: at < waiting[spot[me]] && queue[spot[me] * AGENTS + at] != me -> at++
      :: else -> break
      od;
      if
#ifdef BROKEN_moved_ends
      :: at < waiting[spot[me]] ->
#else
      :: at < waiting[spot[me]] && !moved[me] ->
#endif
        out = true;
        do
        :: at + 1 < waiting[spot[me]] ->
          queue[spot[me] * AGENTS + at] = queue[spot[me] * AGENTS + at + 1];
          at++
        :: else -> break
        od;
        waiting[spot[me]]--;
        queue[spot[me] * AGENTS + waiting[spot[me]]] = 0;
        if
        :: waiting[spot[me]] == 0 -> said[spot[me]] = false
        :: else
        fi
      :: else
      fi;
      at = 0
    };
    release(bucket[bucket_of(spot[me])])
  }
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
  atomic {
    acquire(bucket[bucket_of(mutex_spot)]);
    find_next();
    if
    :: owner = free
    :: next != NOBODY ->
#ifdef BROKEN_hand_over_taken
      owner = free;
#else
      owner = next;
#endif
      handed[next] = true
    fi;
#ifdef BROKEN_more_forgotten
    awaited = false;
#else
    awaited = waiting[mutex_spot] > 0;
#endif
    release(bucket[bucket_of(mutex_spot)])
  }
  unpark_next()
}

// It is free already: handed over only if nobody has come by.
inline wake_slow() {
  atomic {
    acquire(bucket[bucket_of(mutex_spot)]);
    find_next();
    awaited = waiting[mutex_spot] > 0;
    if
    :: true
    :: next != NOBODY && owner == free -> owner = next; handed[next] = true
    fi;
    release(bucket[bucket_of(mutex_spot)])
  }
  unpark_next()
}

inline find_next() {
  d_step {
    next = NOBODY;
    if
    :: waiting[mutex_spot] > 0 -> take_first(mutex_spot)
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

// Who has been taken out of a queue: a bit each.
inline unpark_chain() {
  do
  :: chain == 0 -> break
  :: d_step {
      chain != 0 ->
      next = 0;
      do
      :: chain & (1 << next) -> break
      :: else -> next++
      od;
      chain = chain - (1 << next)
    }
    unpark()
  od;
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
  atomic {
    signal[one]++;
    wake_all(signal_id(one))
  }
}

// Gone, with the mutex in its hands: who waits for it looks again.
inline detach() {
  atomic { abandoned = true; attached[me] = false }
  abandon()
}

inline abandon() {
  atomic {
    acquire(bucket[bucket_of(mutex_spot)]);
    if
#ifdef BROKEN_leave_unheard
    :: false ->
#else
    :: owner == me ->
#endif
      d_step {
        do
#ifdef BROKEN_move_unsaid
        :: waiting[mutex_spot] > 0 && !moved[queue[0]] ->
#else
        :: waiting[mutex_spot] > 0 ->
#endif
          take_first(mutex_spot);
          chain = chain | (1 << next)
        :: else -> break
        od;
        next = NOBODY
      }
    :: else
    fi;
    release(bucket[bucket_of(mutex_spot)])
  }
  unpark_chain()
}
