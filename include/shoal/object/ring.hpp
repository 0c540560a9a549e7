// SPDX-License-Identifier: BSL-1.0
#pragma once

// ring: the body of a mailbox, for who walks a heap: how large it is, and where its values are.
// sync/mailbox.hpp says what becomes of it.
//
// offset | what                                        | who writes it
// -------|---------------------------------------------|-----------------------------------------
//   0    | header; its word is the capacity            | nobody, once it is published
//   8    | index mask: 2^n - 1, at least the capacity  | nobody, once it is published
//  80    | tail: the position that is sent to next     | senders; closing
//  88    | values awaited: 1 while some agent waits    | receivers that wait, and who wakes them
// 160    | head: the position that is received from    | receivers
// 168    | room awaited: 1 while some agent waits      | senders that wait, and who wakes them
// 240    | slots, 16 bytes each                        | who has claimed the position
//
// What is between is padding: senders, receivers and what all read are on lines of their own, wherever
// the ring begins.
//
// bit 63 of the tail | higher bits | the bits of the mask | bits of a slot's turn
// -------------------|-------------|----------------------|---------------------------------------
//  closed            | the lap     | the slot             | a position's lap, its other bits 0: the
//                    |             |                      | slot is free for it; and bit 0: full
//
// Positions of 62 bits come back after more sends than there is time for. Zeros are a ring that is
// empty, but for its capacity and mask, and the words of an encoding in which undefined is not 0.
//
// Thread safety: the header and the mask as an object's; cells otherwise.
// Progress: wait-free.
// Layer: object.

#include <bit>
#include <cstddef>
#include <cstdint>

#include <shoal/object/access.hpp>

namespace shoal::inline SHOAL_ABI {

namespace detail {

// One value, and whose turn it is.
struct ring_slot {
  cell<std::uint64_t> turn;
  cell<std::uint64_t> value;  // `any`; undefined while nothing is in it
};

struct ring {
  static constexpr std::uint64_t closed = std::uint64_t{1} << 63;
  static constexpr std::uint64_t full = 1;

  header head_word;
  payload<std::uint64_t> index_mask;
  std::byte before_tail[64];
  cell<std::uint64_t> tail;
  cell<std::uint64_t> values_awaited;
  std::byte before_head[64];
  cell<std::uint64_t> head;
  cell<std::uint64_t> room_awaited;
  std::byte before_slots[64];

  // Precondition: an object that is a mailbox.
  [[nodiscard]] static SHOAL_INLINE ring& at(void* object) noexcept {
    return *static_cast<ring*>(object);
  }
  [[nodiscard]] static SHOAL_INLINE const ring& at(const void* object) noexcept {
    return *static_cast<const ring*>(object);
  }

  [[nodiscard]] SHOAL_INLINE std::uint64_t capacity() const noexcept {
    return head_word.word.get();
  }
  [[nodiscard]] SHOAL_INLINE ring_slot& nth(std::uint64_t index) noexcept {
    return reinterpret_cast<ring_slot*>(this + 1)[index];
  }
  [[nodiscard]] SHOAL_INLINE const ring_slot& nth(std::uint64_t index) const noexcept {
    return reinterpret_cast<const ring_slot*>(this + 1)[index];
  }
  // Where a position is, and what comes after it. Precondition: without `closed`.
  struct place {
    ring_slot& slot;
    std::uint64_t lap;
    std::uint64_t next_lap;
    std::uint64_t next;  // position
  };
  [[nodiscard]] SHOAL_INLINE place place_of(std::uint64_t position) noexcept {
    const std::uint64_t mask = index_mask.get();
    const std::uint64_t index = position & mask;
    const std::uint64_t lap = position - index;
    const std::uint64_t next_lap = lap + mask + 1;
    return {nth(index), lap, next_lap, index + 1 < capacity() ? position + 1 : next_lap};
  }
  // How many positions there are before it, with the same precondition.
  [[nodiscard]] std::uint64_t count_before(std::uint64_t position) const noexcept {
    const std::uint64_t mask = index_mask.get();
    return position / (mask + 1) * capacity() + (position & mask);
  }
};
static_assert(sizeof(ring_slot) == 16 && sizeof(ring) == 240);
static_assert(offsetof(ring, tail) == 80 && offsetof(ring, values_awaited) == 88);
static_assert(offsetof(ring, head) == 160 && offsetof(ring, room_awaited) == 168);

// The mask of that capacity: bit 0 of a lap says whether a slot is full, so that it is at least 1.
[[nodiscard]] constexpr std::uint64_t ring_mask(std::uint32_t capacity) noexcept {
  return std::bit_ceil(std::uint64_t{capacity} + 1) - 1;
}

}  // namespace detail

// Bytes of a mailbox with that capacity.
[[nodiscard]] constexpr std::uint64_t mailbox_bytes(std::uint32_t capacity) noexcept {
  return sizeof(detail::ring) + std::uint64_t{capacity} * sizeof(detail::ring_slot);
}

// Whether it is one, by its header. Precondition: a shared object.
[[nodiscard]] SHOAL_INLINE bool is_mailbox(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::mailbox;
}

}  // namespace shoal::inline SHOAL_ABI
