// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine's side that checker.cpp sees: runs, findings, weakened orders.
//
// Layer: tests. The other files here know how Relacy simulates a word.

#include <cstddef>
#include <cstdint>

namespace engine {

inline constexpr unsigned max_threads = 4;

// Around the body of one run, on a fibre of Relacy's context. begin gives the place for the body's
// object. end fails the run where something leaks.
void* begin(std::size_t bytes);
void started();   // the threads run from here
void finished();  // and to here
void end();

// Whether this search picks at random: then sleeps may end for no reason, and released memory is
// used again or not. Otherwise each of these would multiply the schedules.
void set_random(bool random);

// Why the last run failed; empty where it did not, or where Relacy itself has found why.
const char* finding();

// The steps of the last run, the newest last.
void print_trace(std::size_t steps);

// Orders ------------------------------------------------------------------------------------------

// Makes the order `name` weaker from now on; `to` is null or the order to use.
// False: there is no order `to`.
bool weaken(const char* name, std::size_t length, const char* to);
void weaken_nothing();
// Whether a weakened place has run since weaken.
bool weakened_ran();

// What has run since forget_orders.
struct place_seen {
  const char* name;
  const char* order;
  bool weaker_exists;
};
std::size_t orders_seen(place_seen* into, std::size_t room);
void forget_orders();

// Which releases were seen by which acquires since forget_edges: the orders' names.
struct edge {
  const char* release;
  const char* acquire;
};
std::size_t edges_seen(edge* into, std::size_t room);
void forget_edges();

}  // namespace engine
