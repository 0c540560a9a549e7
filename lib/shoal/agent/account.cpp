// SPDX-License-Identifier: BSL-1.0

#include <shoal/agent/account.hpp>

#include <cinttypes>
#include <cstdio>

namespace shoal::inline SHOAL_ABI {

namespace {

std::size_t agent_json(const agent_account& from, char* text, std::size_t room) noexcept {
  return static_cast<std::size_t>(
      std::snprintf(text, room,
                    "{\"identity\":%" PRIu64 ",\"prototypes\":%" PRIu64 ",\"agent_locals\":%" PRIu64
                    ",\"scope_slots\":%" PRIu64 ",\"handles\":%" PRIu64 ",\"thread_bound\":%" PRIu64
                    ",\"bytes_allocated\":%" PRIu64 "}",
                    from.identity, from.prototypes, from.agent_locals, from.scope_slots,
                    from.handles, from.thread_bound, from.bytes_allocated));
}

}  // namespace

std::size_t to_json(const agent_account& from, char* text, std::size_t room) noexcept {
  return agent_json(from, text, room);
}

std::size_t to_json(const type_account& from, char* text, std::size_t room) noexcept {
  // A name may hold anything: what JSON does not take as it is becomes \u00xx, a byte at a time.
  char name[256];
  std::size_t length = 0;
  for (const char c : from.name) {
    if (length + 7 > sizeof name) break;
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
      name[length++] = c;
    } else {
      length += static_cast<std::size_t>(
          std::snprintf(name + length, sizeof name - length, "\\u%04x", unsigned{byte}));
    }
  }
  name[length] = '\0';
  return static_cast<std::size_t>(
      std::snprintf(text, room,
                    "{\"type_index\":%" PRIu32 ",\"name\":\"%s\",\"prototypes\":%" PRIu64
                    ",\"objects\":%" PRIu64 ",\"bytes\":%" PRIu64 "}",
                    from.type_index, name, from.prototypes, from.objects, from.bytes));
}

std::size_t to_json(const cluster_account& from, char* text, std::size_t room) noexcept {
  char sum[320];
  agent_json(from.sum, sum, sizeof sum);
  return static_cast<std::size_t>(std::snprintf(
      text, room,
      "{\"agents\":%" PRIu64 ",\"sum\":%s,\"orphan_handles\":%" PRIu64 ",\"types\":%" PRIu64
      ",\"interned_strings\":%" PRIu64 ",\"heap_bytes_used\":%" PRIu64
      ",\"heap_bytes_reserved\":%" PRIu64 ",\"dispatches\":%" PRIu64 "}",
      from.agents, sum, from.orphan_handles, from.types, from.interned_strings,
      from.heap_bytes_used, from.heap_bytes_reserved, from.dispatches));
}

}  // namespace shoal::inline SHOAL_ABI
