// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The test tracer's words: what a host adds to a trace, and what a trace and a verification answer.
///
/// Until the collector exists, heap::trace_stopped_world() plays its part in tests: it marks what
/// scopes, handles and hooks reach, and scribbles over the rest, so that code that held on to an
/// object by anything else fails at once. It frees nothing. The collector keeps these hooks.
///
/// **Thread safety:** stopped-world; every function is called on the thread that traces.
/// <br>**Progress:** waits for nobody; visiting may ask the metadata hook for room, and does without.
/// <br>**Layer:** heap.

#include <cstddef>
#include <cstdint>

#include <shoal/object/object.hpp>

namespace shoal {

namespace detail {
class tracer;
}

/// Takes roots that no scope or handle holds: arguments in flight, tables of a runtime's own.
class root_visitor {
 public:
  /// An object's address, or null.
  SHOAL_API void visit(const void* object) noexcept;
  /// A value in the cluster's encoding.
  SHOAL_API void visit_value(std::uint64_t word) noexcept;

 private:
  friend class detail::tracer;
  explicit root_visitor(detail::tracer& by) noexcept : by_(by) {}
  detail::tracer& by_;
};

/// Asks what was reached, for tables that do not keep their entries alive (interned strings, owners
/// of thread-bound words). Valid after marking; what is not marked is about to be scribbled over.
class weak_visitor {
 public:
  /// Whether this trace has reached it.
  [[nodiscard]] SHOAL_API bool is_marked(const void* object) const noexcept;

 private:
  friend class detail::tracer;
  explicit weak_visitor(const detail::tracer& by) noexcept : by_(by) {}
  const detail::tracer& by_;
};

/// Called with no lock of the heap held. Null: nothing to add.
struct trace_hooks {
  void (*roots)(void* self, root_visitor& visit) noexcept = nullptr;
  void (*weak)(void* self, const weak_visitor& marks) noexcept = nullptr;
  void* self = nullptr;
};

/// What one trace has found.
struct trace_statistics {
  std::uint64_t live_objects = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t dead_objects = 0;  ///< found dead by this trace
  std::uint64_t dead_bytes = 0;
  std::uint64_t scope_roots = 0;   ///< slots that held an object
  std::uint64_t handle_roots = 0;  ///< orphans included
  std::uint64_t weak_cleared = 0;
  std::uint64_t rescans = 0;  ///< walks that made up for a mark stack without memory
};

/// What verify() found. `broken` counts references to anything but the start of a live object, and
/// places where the heap could not be walked; `holder` and `target` are of the first one.
struct verify_result {
  errc code = errc::ok;  ///< out_of_memory: nothing was verified
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
  std::uint64_t references = 0;
  std::uint64_t broken = 0;
  const void* holder = nullptr;  ///< null: a root
  std::uint64_t target = 0;

  /// Whether it was looked at, and nothing is broken.
  [[nodiscard]] bool sound() const noexcept { return code == errc::ok && broken == 0; }
};

}  // namespace shoal
