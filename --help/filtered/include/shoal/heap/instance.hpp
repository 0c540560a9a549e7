// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// What a heap must know of an object: how large it is, and where its references are.
///
/// Both are computed from the header, the descriptor and the body alone, so that a block can be
/// walked from its start, object after object.
///
/// The header is an edge too: an object keeps its type. That edge is not a field and is not visited
/// here; who lets types die must add it.
///
/// **Thread safety:** thread-safe after publication; references are read unordered, one by one.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/object/object.hpp>

namespace shoal {

/// Bytes of an object, header included, in whole granules of 8. Of a filler: what it covers.
/// <br>**Precondition:** `type` is the object's.
[[nodiscard]] inline std::size_t instance_bytes(const descriptor& type,
                                                const void* object) noexcept {
  std::uint64_t bytes = 0;
  switch (type.what) {
    case shape::structure:
      bytes = type.size;
      break;
    case shape::array:
      bytes = array_bytes(type.element, array_length(object));
      break;
    case shape::string: {
      bytes = string_bytes(string_at(object));
      break;
    }
    case shape::boxed_integer:
    case shape::type_handle:
    case shape::thread_local_function:
    case shape::mutex:
    case shape::condition:
      bytes = 16;
      break;
    case shape::thread_bound:
      bytes = 32;
      break;
    case shape::mailbox:
      bytes = mailbox_bytes(header_of(object).word.get());
      break;
    case shape::filler:
      bytes = std::uint64_t{header_of(object).word.get()} * 8;
      break;
  }
  return static_cast<std::size_t>((bytes + 7) & ~std::uint64_t{7});
}

/// Calls visit(address) for each reference in the object's fields or elements that is not null.
/// <br>**Precondition:** `type` is the object's, and it is not a filler.
template <class Visit>
void for_each_reference(const descriptor& type, const encoding& words, const void* object,
                        Visit&& visit) noexcept {
  if (!type.has_references) return;
  // Acquire: pairs with any.store and ref.store; the object that the reference leads to is read
  // next.
  const auto visit_slot = [&](field_kind kind, const std::byte* place) {
    const std::uint64_t word =
        cell_at<std::uint64_t>(place).load(order<"instance.reference">(acquire));
    if (kind == field_kind::ref) {
      if (word != 0) visit(word);
    } else if (words.is_reference(word) && words.address_of(word) != 0) {
      visit(words.address_of(word));
    }
  };
  const auto* bytes = static_cast<const std::byte*>(object);
  if (type.what == shape::structure) {
    for (std::uint32_t i = 0; i < type.field_count; ++i) {
      const field& where = type.fields[i].where;
      if (holds_references(where.kind)) visit_slot(where.kind, bytes + where.offset);
    }
  } else if (type.what == shape::array && holds_references(type.element)) {
    const std::byte* element = bytes + elements_offset(type.element, header_of(object).word.get());
    const std::uint64_t length = array_length(object);
    for (std::uint64_t i = 0; i < length; ++i) visit_slot(type.element, element + i * 8);
  } else if (type.what == shape::mailbox) {
    const detail::ring& ring = detail::ring::at(object);
    for (std::uint64_t i = 0; i < ring.capacity(); ++i) {
      visit_slot(field_kind::any, reinterpret_cast<const std::byte*>(&ring.nth(i).value));
    }
  }
}

}  // namespace shoal
