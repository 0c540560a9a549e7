// SPDX-License-Identifier: BSL-1.0
// Which order a named place runs with. No Relacy here, and no memory of a run.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <shoal/base/order.hpp>

#include "engine/engine.hpp"

namespace engine {

using shoal::memory_order;

namespace {

// A place that has run. A name may stand for several, which ask for different orders.
struct place_record {
  const char* name;
  int asked;
  int in_force;
  bool ran;
};

struct weakening {
  char name[96];
  int to;  // -1: one step
};

constexpr std::size_t room = 4096;
place_record places[room];
std::size_t place_count = 0;
std::uint32_t slots[room * 2];  // hash table over places: index + 1

weakening weakened;
bool any_weakened = false;
bool weakened_has_run = false;

constexpr const char* order_names[] = {"unordered", "relaxed", "acquire",
                                       "release",   "acq_rel", "seq_cst"};

int one_weaker(int order) {
  switch (static_cast<memory_order>(order)) {
    case memory_order::seq_cst:
      return static_cast<int>(memory_order::acq_rel);
    case memory_order::acq_rel:
    case memory_order::acquire:
    case memory_order::release:
      return static_cast<int>(memory_order::relaxed);
    default:
      return order;
  }
}

constexpr std::size_t edge_room = 1024;
edge edges[edge_room];
std::size_t edge_count = 0;

bool is_weaker(int one, int than) {
  const auto rank = [](int order) { return order <= 1 ? 0 : order <= 3 ? 1 : order - 2; };
  return rank(one) < rank(than);
}

int order_now(const char* name, int asked) {
  if (!any_weakened || std::strcmp(weakened.name, name) != 0) return asked;
  if (weakened.to < 0) return one_weaker(asked);
  return is_weaker(weakened.to, asked) ? weakened.to : asked;
}

void update_all() {
  for (std::size_t i = 0; i < place_count; ++i) {
    places[i].in_force = order_now(places[i].name, places[i].asked);
  }
  weakened_has_run = false;
}

}  // namespace

const char* name_of(memory_order order) { return order_names[static_cast<int>(order)]; }

bool weaken(const char* name, std::size_t length, const char* to) {
  weakening one{{}, -1};
  if (length >= sizeof one.name) return false;
  std::memcpy(one.name, name, length);
  for (int i = 0; to != nullptr && i < 6; ++i) {
    if (std::strcmp(to, order_names[i]) == 0) one.to = i;
  }
  if (to != nullptr && one.to < 0) return false;
  weakened = one;
  any_weakened = true;
  update_all();
  return true;
}

void weaken_nothing() {
  any_weakened = false;
  update_all();
}

bool weakened_ran() { return weakened_has_run; }

std::size_t orders_seen(place_seen* into, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < place_count && count < most; ++i) {
    const place_record& one = places[i];
    if (!one.ran) continue;
    into[count++] = {one.name, order_names[one.asked], one_weaker(one.asked) != one.asked};
  }
  return count;
}

void forget_orders() {
  for (std::size_t i = 0; i < place_count; ++i) places[i].ran = false;
}

void see_edge(const char* release, const char* acquire) {
  // A name has one address in a program.
  for (std::size_t i = edge_count; i != 0; --i) {
    if (edges[i - 1].release == release && edges[i - 1].acquire == acquire) return;
  }
  if (edge_count < edge_room) edges[edge_count++] = {release, acquire};
}

std::size_t edges_seen(edge* into, std::size_t most) {
  const std::size_t count = edge_count < most ? edge_count : most;
  for (std::size_t i = 0; i < count; ++i) into[i] = edges[i];
  return count;
}

void forget_edges() { edge_count = 0; }

}  // namespace engine

namespace shoal::inline SHOAL_ABI {
namespace model {

int order_in_force(const char* name, int asked) noexcept {
  using namespace engine;
  // A name has one address in a program.
  std::size_t at = (reinterpret_cast<std::uintptr_t>(name) * 0x9e3779b97f4a7c15 +
                    static_cast<std::size_t>(asked) * 0x517cc1b727220a95) >>
                   40;
  place_record* found = nullptr;
  for (; found == nullptr; ++at) {
    std::uint32_t& slot = slots[at % (room * 2)];
    if (slot == 0) {
      if (place_count == room) {
        std::fprintf(stderr, "more than %zu places have an order\n", room);
        std::abort();
      }
      places[place_count] = {name, asked, order_now(name, asked), false};
      slot = static_cast<std::uint32_t>(++place_count);
    }
    place_record& one = places[slot - 1];
    if (one.name == name && one.asked == asked) found = &one;
  }
  found->ran = true;
  if (found->in_force != found->asked) weakened_has_run = true;
  return found->in_force;
}

}  // namespace model
}  // namespace shoal::inline SHOAL_ABI
