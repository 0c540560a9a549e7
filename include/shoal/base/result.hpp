// SPDX-License-Identifier: BSL-1.0
#pragma once

// errc, error and result<T>: what comes back when a host must handle something.
//
// The library throws nothing. Fast paths answer with an errc alone; slow paths with a result whose
// error also carries a finished sentence (type, field, key, the first difference of two layouts),
// held inside the error, so that nothing has to outlive anything.
//
// Thread safety: plain values.
// Progress: wait-free; a sentence costs a vsnprintf.
// Layer: base.

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <shoal/base/assert.hpp>

namespace shoal::inline SHOAL_ABI {

// clang-format off

// What there is to tell. docs/reference says for each who answers it, and what to do.
enum class [[nodiscard]] errc : std::uint32_t {
  ok,  // done
  // Resources
  out_of_memory,    // pages, metadata, or the heap's own limit
  too_many_types,   // the cluster's max_types
  too_many_fields,  // limits::fields
  too_large,        // an instance, array or string beyond its limit
  too_many_slots,   // limits::agent_locals
  // Layouts
  duplicate_field,    // the same key twice in one declaration
  inherited_field,    // the key is a field of the parent
  empty_key,          // a field without a key
  bad_parent,         // not a struct type, or of another cluster
  bad_ref_type,       // `ref` to a type that instances cannot have
  bad_kind,           // a number that is no field kind
  bad_const,          // `const` where it cannot hold
  unsupported_kind,   // v128 on a machine without untorn 16-byte accesses
  misaligned_field,   // a given offset that the kind does not allow
  overlapping_field,  // a given offset inside another field
  field_in_header,    // a given offset inside the object header
  field_outside,      // a given offset beyond the given size
  mixed_offsets,      // some fields with given offsets and some without
  unknown_field,      // no field of that name
  // Identity
  layout_mismatch,  // the key is registered with another layout
  no_right,         // the type handle does not carry the right
  already_bound,    // the type has a prototype in this realm
  not_a_type,       // a value that is no type handle
  // Values and access
  unshared_value,  // a reference from shared to unshared
  wrong_kind,      // the value does not fit the field's kind
  wrong_type,      // the object is not of the field's `ref` type, or not of the owner's
  out_of_range,    // an integer beyond the field's kind, or an index beyond the length
  constant_field,  // a store to a `const` field
  not_equal,       // compare_exchange: the field held something else
  // Prototypes
  refused,    // the resolver said no; the host's error is kept beside
  resolving,  // asked for a prototype while it is being resolved
  pending,    // the resolver will bind later
  unbound,    // no resolver, or it has failed
  // Agents
  uninitialized,        // a thread-local function without a binding on this agent
  already_initialized,  // a second binding of a thread-local function on this agent
  wrong_agent,          // a thread-bound handle used off its owner
  owner_gone,           // the owner has detached, or the handle was released
  timed_out,            // a wait that has met its deadline
  interrupted,          // a wait that agent::interrupt has ended
  cancelled,            // an asynchronous wait that its agent has given up, or has left
  cannot_block,         // a wait on an agent that may not block
  would_deadlock,       // a circle of waits in which nobody goes on
  deadlock,             // locking a mutex that the agent holds already
  closed,               // a mailbox that takes no values, or will have none, any more
  dispatch_failed,      // the owner ran the request, and its host reported failure
  sharing_forbidden,    // after cluster::forbid_sharing
  version_mismatch,     // the caller was compiled for another layout of Shoal's tables
  forked,               // a call in a forked child before after_fork_child()
};
// clang-format on

// The last of them: codes are dense from 0.
inline constexpr errc last_errc = errc::forked;

// The errc's own name, as written above.
[[nodiscard]] constexpr const char* name_of(errc code) noexcept;

// A code, and a sentence for people.
class [[nodiscard]] error {
 public:
  static constexpr std::uint32_t no_field = ~std::uint32_t{0};

  // NOLINTNEXTLINE(google-explicit-constructor): `return errc::refused;` reads best
  error(errc code) noexcept : code_(code) {}

  // A sentence in printf's words; what does not fit is cut.
  [[gnu::format(printf, 3, 4)]] error(errc code, const char* format, ...) noexcept : code_(code) {
    std::va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text_, sizeof text_, format, arguments);
    va_end(arguments);
  }

  // The same error, about field number `field` of the declaration.
  [[nodiscard]] error about(std::uint32_t field) const noexcept {
    error copy(*this);
    copy.field_ = field;
    return copy;
  }

  // What kind it is.
  [[nodiscard]] errc code() const noexcept { return code_; }
  // The number of the field in the declaration it concerns, or no_field.
  [[nodiscard]] std::uint32_t field() const noexcept { return field_; }
  // A sentence without a full stop, or the errc's name. Lives as long as the error.
  [[nodiscard]] const char* message() const noexcept {
    return text_[0] != '\0' ? text_ : name_of(code_);
  }

 private:
  errc code_;
  std::uint32_t field_ = no_field;
  char text_[248] = {};
};

namespace detail {
[[noreturn]] SHOAL_SLOW inline void no_value(const error& why) noexcept {
#if defined(SHOAL_MODEL)
  model::contract_broken("value() of a failed result", why.message(), __FILE__, __LINE__);
#else
  std::fprintf(stderr, "shoal: value() of a failed result: %s: %s\n", name_of(why.code()),
               why.message());
  std::fflush(stderr);
  std::abort();
#endif
}
}  // namespace detail

// A T, or why there is none.
template <class T>
class [[nodiscard]] result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor)
  result(T value) noexcept : has_value_(true) { new (&value_) T(std::move(value)); }
  // NOLINTNEXTLINE(google-explicit-constructor)
  result(const error& why) noexcept : has_value_(false) { new (&error_) class error(why); }
  // NOLINTNEXTLINE(google-explicit-constructor)
  result(errc code) noexcept : has_value_(false) { new (&error_) class error(code); }
  result(result&& from) noexcept : has_value_(from.has_value_) {
    if (has_value_) {
      new (&value_) T(std::move(from.value_));
    } else {
      new (&error_) class error(from.error_);
    }
  }
  result& operator=(result&&) = delete;
  ~result() {
    if (has_value_) value_.~T();
  }

  // Whether there is a value.
  [[nodiscard]] bool has_value() const noexcept { return has_value_; }
  explicit operator bool() const noexcept { return has_value_; }

  // The value. Without one the program ends with the error's message, whatever the check level.
  [[nodiscard]] T& value() & noexcept {
    if (!has_value_) detail::no_value(error_);
    return value_;
  }
  [[nodiscard]] const T& value() const& noexcept {
    if (!has_value_) detail::no_value(error_);
    return value_;
  }
  [[nodiscard]] T value() && noexcept {
    if (!has_value_) detail::no_value(error_);
    return std::move(value_);
  }
  // Precondition: has_value().
  [[nodiscard]] T& operator*() & noexcept {
    SHOAL_ASSERT(has_value_, "look whether the result has a value first");
    return value_;
  }
  [[nodiscard]] const T& operator*() const& noexcept {
    SHOAL_ASSERT(has_value_, "look whether the result has a value first");
    return value_;
  }
  [[nodiscard]] T operator*() && noexcept {
    SHOAL_ASSERT(has_value_, "look whether the result has a value first");
    return std::move(value_);
  }
  [[nodiscard]] T* operator->() noexcept {
    SHOAL_ASSERT(has_value_, "look whether the result has a value first");
    return &value_;
  }
  [[nodiscard]] const T* operator->() const noexcept {
    SHOAL_ASSERT(has_value_, "look whether the result has a value first");
    return &value_;
  }

  // errc::ok where there is a value.
  [[nodiscard]] errc code() const noexcept { return has_value_ ? errc::ok : error_.code(); }
  // Precondition: no value.
  [[nodiscard]] const class error& error() const noexcept {
    SHOAL_ASSERT(!has_value_, "a result with a value has no error");
    return error_;
  }

 private:
  union {
    T value_;
    class error error_;
  };
  bool has_value_;
};

// As announced above.
constexpr const char* name_of(errc code) noexcept {
  constexpr const char* names[] = {
      "ok",
      "out_of_memory",
      "too_many_types",
      "too_many_fields",
      "too_large",
      "too_many_slots",
      "duplicate_field",
      "inherited_field",
      "empty_key",
      "bad_parent",
      "bad_ref_type",
      "bad_kind",
      "bad_const",
      "unsupported_kind",
      "misaligned_field",
      "overlapping_field",
      "field_in_header",
      "field_outside",
      "mixed_offsets",
      "unknown_field",
      "layout_mismatch",
      "no_right",
      "already_bound",
      "not_a_type",
      "unshared_value",
      "wrong_kind",
      "wrong_type",
      "out_of_range",
      "constant_field",
      "not_equal",
      "refused",
      "resolving",
      "pending",
      "unbound",
      "uninitialized",
      "already_initialized",
      "wrong_agent",
      "owner_gone",
      "timed_out",
      "interrupted",
      "cancelled",
      "cannot_block",
      "would_deadlock",
      "deadlock",
      "closed",
      "dispatch_failed",
      "sharing_forbidden",
      "version_mismatch",
      "forked",
  };
  static_assert(sizeof names / sizeof names[0] == static_cast<std::size_t>(last_errc) + 1);
  return static_cast<std::size_t>(code) < sizeof names / sizeof names[0]
             ? names[static_cast<std::size_t>(code)]
             : "unknown";
}

}  // namespace shoal::inline SHOAL_ABI
