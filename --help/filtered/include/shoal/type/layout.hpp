// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Where fields go: the computed layout, and the checks of a given one.
///
/// A computed layout leaves no hole that another order of the type's own fields would fill, and uses
/// the holes and the tail padding of inherited layouts too: a subtype begins with its parent's
/// layout, and nobody reads or writes between fields. The one exception are bytes that another
/// language arranges (given layouts): a C++ assignment to the parent's part may write its padding.
///
/// Fields are placed by falling size, each at the lowest free address. As sizes are powers of two
/// and alignments are sizes, which free place a field takes never changes how many places are left
/// for smaller ones, so lowest first is also smallest in the end.
///
/// **Thread safety:** reentrant.
/// <br>**Progress:** O(n log n) for n fields, inherited ones included.
/// <br>**Layer:** type.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <shoal/type/spec.hpp>

namespace shoal {
namespace detail {

[[nodiscard]] constexpr std::uint32_t round_up(std::uint32_t value, std::uint32_t to) noexcept {
  return (value + to - 1) / to * to;
}

// Ts for the length of one function: a few on the stack, more from the runtime. T: trivial.
template <class T, std::size_t Few = 64>
class scratch {
 public:
  scratch(const metadata_hook& memory, std::size_t size) noexcept : memory_(memory), size_(size) {
    if (size > Few) {
      data_ = static_cast<T*>(memory.allocate(memory.self, size * sizeof(T), alignof(T)));
    }
  }
  ~scratch() {
    if (size_ > Few && data_ != nullptr) {
      memory_.release(memory_.self, data_, size_ * sizeof(T), alignof(T));
    }
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  // Null: no memory.
  [[nodiscard]] T* data() noexcept { return data_; }

 private:
  T few_[Few];
  const metadata_hook& memory_;
  std::size_t size_;
  T* data_ = few_;
};

// Bytes from `begin` to before `end`; of a place that is taken, with the number of its field.
struct byte_range {
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t number;
};

// What a layout is made from. `fields` has the inherited ones first; the others' offsets are
// answered (computed) or checked (given).
struct layout_request {
  std::span<field_entry> fields;
  std::uint32_t inherited;
  std::uint32_t header_bytes;
  std::uint32_t given_bytes;  // of the parent; else 0
  std::uint32_t size;         // of the type, as given; else 0
  std::string_view name;
};

// Places the fields that are not inherited. Answers ok, out_of_memory or too_large.
[[nodiscard]] inline error place_fields(const metadata_hook& memory,
                                        const layout_request& request) noexcept {
  const auto floor = std::max(request.header_bytes, request.given_bytes);
  // The places that are taken, in order of address.
  scratch<byte_range> taken(memory, request.inherited);
  // What is free, before and after the fields of one size. A hole that is filled leaves at most one
  // smaller one at each end; where the fields of a size run out, one more is left.
  const std::size_t holes = 2 * (std::size_t{request.inherited} + 1) + 5;
  scratch<byte_range> one(memory, holes), other(memory, holes);
  if (!taken.data() || !one.data() || !other.data()) return errc::out_of_memory;

  std::size_t used = 0;
  for (std::uint32_t i = 0; i < request.inherited; ++i) {
    const field& where = request.fields[i].where;
    if (where.offset >= floor) {
      taken.data()[used++] = {where.offset, where.offset + size_of(where.kind), i};
    }
  }
  std::sort(taken.data(), taken.data() + used,
            [](const byte_range& a, const byte_range& b) { return a.begin < b.begin; });

  byte_range* free = one.data();
  byte_range* left = other.data();
  std::size_t free_count = 0;
  std::uint32_t end = floor;
  for (std::size_t i = 0; i < used; ++i) {
    if (taken.data()[i].begin > end) free[free_count++] = {end, taken.data()[i].begin, 0};
    end = taken.data()[i].end;
  }
  free[free_count++] = {end, limits::instance_bytes, 0};

  for (std::uint32_t size = 16; size != 0; size /= 2) {
    std::uint32_t next = request.inherited;
    const auto total = static_cast<std::uint32_t>(request.fields.size());
    // The next field of this size, in order of declaration.
    const auto skip = [&] {
      while (next < total && size_of(request.fields[next].where.kind) != size) ++next;
    };
    skip();
    if (next == total) continue;
    std::size_t left_count = 0;
    for (std::size_t i = 0; i < free_count; ++i) {
      const byte_range hole = free[i];
      std::uint32_t at = round_up(hole.begin, size);
      if (next == total || at + size > hole.end) {
        left[left_count++] = hole;
        continue;
      }
      if (at > hole.begin) left[left_count++] = {hole.begin, at, 0};
      for (; next < total && at + size <= hole.end; at += size) {
        request.fields[next++].where.offset = at;
        skip();
      }
      if (at < hole.end) left[left_count++] = {at, hole.end, 0};
    }
    if (next != total) {
      return error(errc::too_large, "%s needs more than the %u bytes of an instance",
                   type_text(request.name).text, limits::instance_bytes)
          .about(next - request.inherited);
    }
    std::swap(free, left);
    free_count = left_count;
  }
  return errc::ok;
}

// Checks offsets as given. Errors: field_in_header, misaligned_field, field_outside,
// overlapping_field, each with the field; out_of_memory.
[[nodiscard]] inline error check_fields(const metadata_hook& memory,
                                        const layout_request& request) noexcept {
  const auto total = static_cast<std::uint32_t>(request.fields.size());
  const type_text type(request.name);
  for (std::uint32_t i = request.inherited; i < total; ++i) {
    const field& where = request.fields[i].where;
    const std::uint32_t size = size_of(where.kind);
    const key_text key(request.fields[i].key);
    const std::uint32_t number = i - request.inherited;
    if (where.offset < request.header_bytes) {
      return error(errc::field_in_header,
                   "field %s of %s is given offset %u, inside the header of %u bytes", key.text,
                   type.text, where.offset, request.header_bytes)
          .about(number);
    }
    if (where.offset % size != 0) {
      return error(errc::misaligned_field,
                   "field %s of %s is given offset %u, but its kind %s needs a multiple of %u",
                   key.text, type.text, where.offset, name_of(where.kind), size)
          .about(number);
    }
    if (where.offset > limits::instance_bytes - size ||
        (request.size != 0 && where.offset + size > request.size)) {
      return error(errc::field_outside,
                   "field %s of %s is given offset %u and needs %u bytes, beyond the %u of an "
                   "instance",
                   key.text, type.text, where.offset, size,
                   request.size != 0 ? request.size : limits::instance_bytes)
          .about(number);
    }
  }

  scratch<byte_range> places(memory, total);
  byte_range* const place = places.data();
  if (place == nullptr) return errc::out_of_memory;
  for (std::uint32_t i = 0; i < total; ++i) {
    const field& where = request.fields[i].where;
    place[i] = {where.offset, where.offset + size_of(where.kind), i};
  }
  std::sort(place, place + total, [](const byte_range& a, const byte_range& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.number < b.number;
  });
  for (std::uint32_t i = 1; i < total; ++i) {
    // Neighbours are enough: the first overlap by address is between two of them.
    if (place[i].begin >= place[i - 1].end) continue;
    const std::uint32_t later = std::max(place[i].number, place[i - 1].number);
    const std::uint32_t earlier = std::min(place[i].number, place[i - 1].number);
    return error(errc::overlapping_field,
                 "field %s of %s is given offset %u, which overlaps %s%s "
                 "at offset %u",
                 key_text(request.fields[later].key).text, type.text,
                 request.fields[later].where.offset,
                 earlier < request.inherited ? "the inherited " : "",
                 key_text(request.fields[earlier].key).text, request.fields[earlier].where.offset)
        .about(later - request.inherited);
  }
  return errc::ok;
}

}  // namespace detail
}  // namespace shoal
