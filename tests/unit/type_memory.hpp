// SPDX-License-Identifier: BSL-1.0
#pragma once

// Metadata for tests: counts what is out, and can fail the n-th request from now on.

#include <atomic>
#include <cstddef>

#include <shoal/type/type.hpp>

struct counted_memory {
  std::atomic<long> bytes{0};
  std::atomic<long> blocks{0};
  std::atomic<long> requests{0};
  std::atomic<long> fail_at{0};  // counts down; the request that reaches 0 fails

  shoal::metadata_hook hook() noexcept {
    return {[](void* self, std::size_t size, std::size_t alignment) noexcept -> void* {
              auto& memory = *static_cast<counted_memory*>(self);
              ++memory.requests;
              if (memory.fail_at > 0 && --memory.fail_at == 0) return nullptr;
              memory.bytes += static_cast<long>(size);
              ++memory.blocks;
              return shoal::default_metadata.allocate(nullptr, size, alignment);
            },
            [](void* self, void* place, std::size_t size, std::size_t alignment) noexcept {
              auto& memory = *static_cast<counted_memory*>(self);
              memory.bytes -= static_cast<long>(size);
              --memory.blocks;
              shoal::default_metadata.release(nullptr, place, size, alignment);
            },
            this};
  }
};

// A type space that is open, over memory that must come back.
struct counted_space {
  counted_memory memory;
  shoal::type_space types;

  explicit counted_space(shoal::type_space_options options = {}) noexcept
      : types((options.memory = memory.hook(), options)) {
    opened = types.open() == shoal::errc::ok;
  }
  bool opened = false;
};

inline std::uint32_t offset(shoal::type of, const shoal::field_key& key) {
  return of.field(key).value().offset;
}
