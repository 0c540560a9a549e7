// SPDX-License-Identifier: BSL-1.0
// presence.hpp: how an agent is in the world, and how others hold it out of it.

#define parked 0
#define entered 1
#define asked 2
#define claimed 2
#define presence_id(one) (1 + one)  // what sleepers call its word

byte presence[AGENTS];
bool inside[AGENTS];     // ghost: the agent may touch what is its own, or shared
byte world_of = NOBODY;  // ghost: who has stopped the world

inline go_in(me) {
  assert(world_of == NOBODY || world_of == me);
  inside[me] = true
}

inline enter(me) {
  if
  :: atomic { presence[me] == parked -> presence[me] = entered; go_in(me) }
  :: else -> enter_slow(me)
  fi
}

inline enter_slow(me) {
  do
  :: atomic { presence[me] == parked -> presence[me] = entered; go_in(me) } break
#ifdef BROKEN_enter_unasked
  :: atomic { presence[me] == claimed -> presence[me] = entered; go_in(me) } break
#endif
  :: else -> wait(presence_id(me), presence[me], claimed)
  od
}

inline leave(me) {
  inside[me] = false;
  atomic {
    assert(presence[me] & entered);
    was = presence[me];
    presence[me] = presence[me] - entered
  }
#ifndef BROKEN_leave_unheard
  if
  :: was != entered -> wake_all(presence_id(me))
  :: else
  fi;
#endif
  was = 0
}

inline answer_slow(me) {
  leave(me);
  enter(me)
}

inline poll(me) {
  if
  :: presence[me] & asked -> answer_slow(me)
  :: else
  fi
}

inline claim(other) {
  atomic { presence[other] = presence[other] | asked; seen = presence[other] }
  do
  :: seen == claimed -> break
  :: else ->
    wait(presence_id(other), presence[other], seen);
    seen = presence[other]
  od;
  seen = 0
}

inline unclaim(other) {
  presence[other] = parked;
#ifndef BROKEN_unclaim_unheard
  wake_all(presence_id(other))
#endif
}
