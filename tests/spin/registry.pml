// SPDX-License-Identifier: BSL-1.0
// Many agents register types by key at once, while others look keys up, types die and indices are
// given again.
//
// Holds: equal keys give one identity, and one index; another layout under a known key is an error;
// a key that is there is found, whatever grows or goes meanwhile; who is handed a type finds it by
// its index; no record is used after it was freed, and each is freed or listed in the end; no index
// is given twice, or lost.
//
//: holds fan_in     -DREGISTER=3 -DKEYS=1 -DRECORDS=3
//: holds mismatch   -DREGISTER=2 -DKEYS=1 -DRECORDS=2 -DLAYOUTS=2
//: holds grows      -DREGISTER=2 -DKEYS=3 -DRECORDS=3 -DLOOKS_UP
//: holds dies       -DREGISTER=2 -DKEYS=1 -DRECORDS=3 -DROUNDS=2 -DDIES=1
//: holds passes     -DREGISTER=1 -DKEYS=3 -DRECORDS=3 -DLOOKS_UP -DDIES=2
//: holds full           -DREGISTER=2 -DKEYS=2 -DRECORDS=3 -DDIES=1 -DINDICES=1
//: broken insert_unlooked  "held[other]==0"
//: broken insert_unlocked  "held[other]==0"
//: broken index_early      "given=="
//: broken publish_late     "types[index_of[r]]==r"
//: broken loser_kept       "freed[i]"
//: broken unlike_unseen    "layout[r]==mine"   -DREGISTER=2 -DKEYS=1 -DRECORDS=2 -DLAYOUTS=2
//: broken grown_early      "r==there"              -DREGISTER=2 -DKEYS=3 -DRECORDS=3 -DLOOKS_UP
//: broken old_freed        "!(gone["           -DREGISTER=2 -DKEYS=3 -DRECORDS=3 -DLOOKS_UP
//: broken taken_out        "r==there"              -DREGISTER=1 -DKEYS=3 -DRECORDS=3 -DLOOKS_UP -DDIES=2
//: broken hold_unasked     "!(dying[r])"       -DREGISTER=2 -DKEYS=1 -DRECORDS=3 -DROUNDS=2 -DDIES=1
//: broken retire_listed    "freed["            -DREGISTER=2 -DKEYS=1 -DRECORDS=3 -DROUNDS=2 -DDIES=1
//: broken reclaim_unasked  "freed["            -DREGISTER=2 -DKEYS=1 -DRECORDS=3 -DROUNDS=2 -DDIES=1

#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef LAYOUTS
#define LAYOUTS 1
#endif
#ifndef INDICES
#define INDICES RECORDS
#endif
#define the_reader REGISTER  // after the registrants, by bit
#define the_collector (REGISTER + 1)

#define none 0
#define removed 99

// Records: from 1.
byte records = 1;
byte there;  // the one that is looked up
#define END (RECORDS + 2)
byte key[END], layout[END], index_of[END];
bool listed[END], freed[END];
bool dying[END];  // the collector's
byte held[END];   // ghosts: so many agents use the type;
byte given, adopted;  // so many indices were taken, and types made

// Tables of slots. All keys have one hash, so that every way leads through every other's.
#define TABLES 4
#define SLOTS 4
byte table = TABLES;  // in force; TABLES: none
byte tables;
byte capacity[TABLES];
bool gone[TABLES];
byte slot[TABLES * SLOTS];
byte entries, used;
bool table_lock;

bool membership;

// The table of types, from index 1, and what it keeps under its lock: one step each.
byte types[INDICES + 1];
byte last_index, free_index;
byte next_free[INDICES + 1];
byte retired, asked_about;  // sets of records, by bit
byte busy;                  // agents that may hold a descriptor, by bit
byte awaited;               // those that were busy when a batch was first asked about
bool asking;

#define PROCESSES 1
#include "base.pml"

inline make_record(k, what) {
  atomic {
    r = records;
    records++;
    assert(r < END);
    key[r] = k;
    layout[r] = what
  }
}
inline release_record(one) { atomic { assert(!freed[one] && !listed[one]); freed[one] = true } }

// A hit takes no lock: each slot is a step. Leaves the entry in `found`.
inline find_in(t, k) {
  at = 0;
  do
  :: assert(!gone[t]);
    found = slot[t * SLOTS + at];
    if
    :: found == none -> break
    :: found == removed -> at = (at + 1) % capacity[t]
    :: found != none && found != removed ->
      assert(!freed[found]);
      if
      :: key[found] == k -> break
      :: else -> at = (at + 1) % capacity[t]
      fi
    fi
  od;
  at = 0
}

inline find(k) {
  found = none;
  t = table;
  if
  :: t != TABLES -> find_in(t, k)
  :: else
  fi;
  t = 0
}

inline wanted_capacity() {
  if
  :: table == TABLES -> wanted = 2
  :: table != TABLES && (used + 1) * 4 <= capacity[table] * 3 -> wanted = 0
  :: table != TABLES && (used + 1) * 4 > capacity[table] * 3 ->
    wanted = (entries * 8 < capacity[table] * 3 -> capacity[table] : capacity[table] * 2)
  fi
}

inline grow_into() {
  atomic {
    t = tables;
    tables++;
    assert(t < TABLES && wanted <= SLOTS);
    capacity[t] = wanted
  }
#ifdef BROKEN_grown_early
  at = table;
  table = t;
  to = at;
#else
  to = table;
#endif
  atomic {
    from = 0;
    at = 0;
    do
    :: to != TABLES && from < capacity[to] ->
      if
      :: slot[to * SLOTS + from] != none && slot[to * SLOTS + from] != removed ->
        slot[t * SLOTS + at] = slot[to * SLOTS + from];
        at++
      :: else
      fi;
      from++
    :: else -> break
    od;
    used = entries;
    from = 0;
    at = 0
  }
#ifdef BROKEN_old_freed
  if
  :: to != TABLES -> gone[to] = true
  :: else
  fi;
#endif
  table = t;
  t = 0;
  to = 0
}

inline place(one) {
  atomic {
    at = 0;
    do
    :: slot[table * SLOTS + at] != none && slot[table * SLOTS + at] != removed -> at++
    :: else -> break
    od;
    if
    :: slot[table * SLOTS + at] == none -> used++
    :: else
    fi;
    entries++;
    slot[table * SLOTS + at] = one;
    at = 0
  }
}

inline adopt(one) {
  atomic {
    no_index = false;
    if
    :: free_index != none -> index_of[one] = free_index; free_index = next_free[free_index]
    :: free_index == none && last_index < INDICES -> last_index++; index_of[one] = last_index
    :: else -> no_index = true
    fi;
    if
    :: no_index
    :: else -> given++
    fi
  }
}

inline publish(one) {
  atomic { assert(types[index_of[one]] == none); types[index_of[one]] = one; }
}

// keyed_table::insert, with what type_registry::find_or_adopt makes under its lock. Leaves in
// `found` what is in the table then; none: no index was left.
inline insert(one) {
  wanted = 0;
  spare = 0;
  do
  :: true;
#ifndef BROKEN_insert_unlocked
    acquire(table_lock);
#endif
    found = none;
#ifndef BROKEN_insert_unlooked
    if
    :: table != TABLES -> find_in(table, key[one])
    :: else
    fi;
#endif
    if
    :: found != none -> break
    :: else
    fi;
    wanted_capacity();
    if
    :: wanted != 0 && spare == wanted -> grow_into(); wanted = 0
    :: else
    fi;
    if
    :: wanted == 0 ->
      listed[one] = true;
#ifndef BROKEN_index_early
      adopt(one);
#endif
      if
      :: no_index -> listed[one] = false
      :: else ->
        atomic { adopted++; held[one]++ }
#ifndef BROKEN_publish_late
        publish(one);
#endif
        place(one);
#ifdef BROKEN_publish_late
        publish(one);
#endif
        found = one
      fi;
      break
    :: else
    fi;
#ifndef BROKEN_insert_unlocked
    release(table_lock);
#endif
    spare = wanted  // asked for while the lock is not held
  od;
  wanted = 0;
  spare = 0;
#ifndef BROKEN_insert_unlocked
  release(table_lock)
#endif
}

// keyed_table::remove and take_out, which readers see store by store.
inline take_out(one) {
  acquire(table_lock);
  at = 0;
  do
  :: slot[table * SLOTS + at] == none -> break
  :: slot[table * SLOTS + at] == one ->
    entries--;
#ifndef BROKEN_taken_out
    if
    :: slot[table * SLOTS + (at + 1) % capacity[table]] != none ->
      slot[table * SLOTS + at] = removed
    :: else ->
#endif
      do
      :: slot[table * SLOTS + at] = none;
        used--;
        at = (at + capacity[table] - 1) % capacity[table];
        if
        :: slot[table * SLOTS + at] == removed
        :: else -> break
        fi
      od
#ifndef BROKEN_taken_out
    fi
#endif
    break
  :: else -> at = (at + 1) % capacity[table]
  od;
  at = 0;
  release(table_lock)
}

inline remove(one) {
  acquire(membership);
  assert(!freed[one]);
  if
  :: listed[one] -> take_out(one); listed[one] = false
  :: else
  fi;
  release(membership)
}

// The host's weak hook: a type that is dying is not handed out; one that is, does not die.
inline holds(one) {
  atomic {
    assert(!freed[one]);
#ifdef BROKEN_hold_unasked
    alive = true;
    held[one]++
#else
    alive = !dying[one];
    if
    :: alive -> held[one]++
    :: else
    fi
#endif
  }
}

inline find_type(k) {
  do
  :: find(k);
    if
    :: found == none -> break
    :: else ->
      holds(found);
      if
      :: alive -> break
      :: else -> remove(found)
      fi
    fi
  od;
  alive = false
}

// none: too many types.
inline find_or_adopt(one) {
  reclaimed = false;
#ifdef BROKEN_index_early
  adopt(one);
#endif
  do
  :: insert(one);
    if
    :: found == one -> break
    :: found != one && found != none ->
      holds(found);
      if
      :: alive -> break
      :: else -> remove(found)
      fi
    :: found == none ->
      if
      :: reclaimed -> break
      :: else ->
        reclaim(me);
        if
        :: count == 0 -> break
        :: else -> reclaimed = true; count = 0
        fi
      fi
    fi
  od;
  alive = false;
  no_index = false
}

// Leaves in `r` the type of the key; none: an error.
inline register_struct(k, mine) {
  busy = busy | (1 << me);
  find_type(k);
  if
  :: found != none && layout[found] == mine -> r = found
  :: else ->
    if
    :: found != none -> let_go(found)
    :: else
    fi;
    make_record(k, mine);
    find_or_adopt(r);
    if
    :: found == r
    :: else ->
#ifndef BROKEN_loser_kept
      release_record(r);
#endif
      r = found;
#ifndef BROKEN_unlike_unseen
      if
      :: r != none && layout[r] != mine -> let_go(r); r = none
      :: else
      fi
#endif
    fi
  fi;
  found = none
}

inline let_go(one) { atomic { assert(held[one] > 0); held[one]-- } }

inline retire(one) {
#ifndef BROKEN_retire_listed
  remove(one);
#else
  listed[one] = false;
#endif
  types[index_of[one]] = none;
  retired = retired | (1 << one)
}

// Frees what was retired, if the host's quiesce hook says that every agent has since held nothing.
inline reclaim(by) {
  atomic {
    count = 0;
    asks = false;
    if
    :: asking || asked_about == 0 && retired == 0
    :: else ->
      if
      :: asked_about == 0 -> asked_about = retired; retired = 0; awaited = busy
      :: else
      fi;
      asking = true;
      asks = true
    fi
  }
  if
  :: asks ->
    atomic {
      asking = false;
      asks = false;
#ifdef BROKEN_reclaim_unasked
      if
      :: true ->
#else
      if
      :: (awaited & ~(1 << by)) == 0 ->
#endif
        from = 1;
        do
        :: from < END ->
          if
          :: asked_about & (1 << from) ->
            assert(!listed[from] && !freed[from]);
            freed[from] = true;
            next_free[index_of[from]] = free_index;
            free_index = index_of[from];
            count++
          :: else
          fi;
          from++
        :: else -> break
        od;
        from = 0;
        asked_about = 0
      :: else
      fi
    }
  :: else
  fi
}

// Of all types that are in use, no other has this key.
inline is_alone() {
  atomic {
    other = 1;
    do
    :: other < END -> assert(other == r || held[other] == 0 || key[other] != key[r]); other++
    :: else -> break
    od;
    other = 0
  }
}

#define LOCALS byte r, found, t, at, wanted, spare, from, to, count, other; bool no_index, alive, reclaimed, asks

proctype registrant(byte me) {
  LOCALS;
  byte round, k, mine;
  do
  :: round < ROUNDS ->
    round++;
    select(k : 0 .. KEYS - 1);
    select(mine : 0 .. LAYOUTS - 1);
    register_struct(k, mine);
    if
    :: r != none ->
      is_alone();
      assert(key[r] == k && layout[r] == mine && !freed[r]);
      assert(!dying[r] && types[index_of[r]] == r);
      let_go(r)
    :: else
    fi;
    atomic {
      r = none;
      k = 0;
      mine = 0;
      busy = busy & ~(1 << me);
      awaited = awaited & ~(1 << me)
    }
  :: else -> break
  od
}

#ifdef LOOKS_UP
// cohort::find, of a key that is there all the time.
proctype reader() {
  LOCALS;
  busy = busy | (1 << the_reader);
  find_type(0);
  r = found;
  assert(r == there);
  let_go(r);
  atomic {
    r = none;
    found = none;
    busy = busy & ~(1 << the_reader);
    awaited = awaited & ~(1 << the_reader)
  }
}
#endif

#ifdef DIES
// A collector that finds types dead, and a host that retires them.
proctype collector() {
  LOCALS;
  byte deaths;
  do
  :: deaths < DIES ->
    deaths++;
    atomic {
      r = 1;
      do
      :: r < END && (!listed[r] || types[index_of[r]] != r || dying[r] || held[r] > 0) -> r++
      :: else -> break
      od;
      if
      :: r < END -> dying[r] = true
      :: else -> r = none
      fi
    }
    if
    :: r != none -> retire(r)
    :: else
    fi;
    reclaim(the_collector)
  :: else -> break
  od
}
#endif

init {
  LOCALS;
  byte i;
  atomic {
#ifdef LOOKS_UP
#ifdef DIES
    // In the way of the next: it may die.
    make_record(1, 0);
    insert(r);
    let_go(r);
#endif
    make_record(0, 0);
    insert(r);
    there = r;
#endif
    for (i : 0 .. REGISTER - 1) { run registrant(i) }
#ifdef LOOKS_UP
    run reader();
#endif
#ifdef DIES
    run collector();
#endif
  }
  _nr_pr == 1;
  assert(given == adopted);
  i = 1;
  do
  :: i < records -> assert(freed[i] || types[index_of[i]] == i || (retired | asked_about) & (1 << i)); i++
  :: else -> break
  od
}
