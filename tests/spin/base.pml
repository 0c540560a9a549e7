// SPDX-License-Identifier: BSL-1.0
// What Shoal waits by. A step here is one access of a word, in one order that all see: what a weaker
// order would let through is for the model suite to find.

byte asleep[PROCESSES];  // by process: the word it sleeps on; 0: awake
hidden byte sleeper;

// The compare and the falling asleep are one step, as in the kernel.
inline wait(id, word, expected) {
  if
  :: atomic { word == expected -> asleep[_pid] = id }
#ifdef EARLY
     // A sleep may end for no reason. Not in every run: what a lost wake-up does would go unseen.
     if
     :: asleep[_pid] == 0
     :: asleep[_pid] = 0
     fi
#else
     asleep[_pid] == 0
#endif
  :: else
  fi
}

inline wake_all(id) {
  d_step {
    for (sleeper : 0 .. PROCESSES - 1) {
      if
      :: asleep[sleeper] == id -> asleep[sleeper] = 0
      :: else
      fi
    }
    sleeper = 0
  }
}

// An internal lock is one step each way; tests/model/base has its own states.
inline acquire(lock) { atomic { !lock -> lock = true } }
inline release(lock) { atomic { assert(lock); lock = false } }
