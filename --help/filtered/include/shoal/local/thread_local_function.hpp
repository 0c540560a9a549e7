// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Thread-local functions: one shared handle, and on each agent its own binding behind it. The
/// "syscall table" of shared code.
///
/// offset \| what
/// -------\|----------------------------------------
/// 0    \| header; its word is the agent-local slot
/// 8    \| 0
///
/// The binding is a word of the runtime's: a C++ function pointer, or whatever its interpreter
/// calls. It is set once per agent; calling it elsewhere is the error `uninitialized`.
///
/// **Thread safety:** the object is thread-safe; bindings are thread-bound.
/// <br>**Progress:** wait-free.
/// <br>**Layer:** local.
/// <br>**Follows:** Wasm shared-everything-threads, thread-local functions.

#include <cstdint>
#include <type_traits>
#include <utility>

#include <shoal/local/local_context.hpp>

namespace shoal {

/// Bytes of a handle.
inline constexpr std::uint32_t thread_local_function_bytes = 16;

/// By its header. **Precondition:** a shared object.
[[nodiscard]] inline bool is_thread_local_function(const void* object) noexcept {
  return header_of(object).type_index.get() == builtin::thread_local_function;
}

/// **Precondition of all below:** the object is a thread-local function.
[[nodiscard]] SHOAL_INLINE std::uint32_t slot_of(const void* object) noexcept {
  return header_of(object).word.get();
}

/// The calling agent's binding; 0: uninitialised.
[[nodiscard]] SHOAL_INLINE std::uint64_t binding_of(const local_context& context,
                                                    const void* object) noexcept {
  return context.binding(slot_of(object));
}

/// **Errors:** already_initialized. **Precondition:** word != 0.
[[nodiscard]] inline errc initialize(local_context& context, const void* object,
                                     std::uint64_t word) noexcept {
  return context.initialize_binding(slot_of(object), word);
}

/// Calls a binding that is a pointer to a C++ function of that type: call_binding\<int(int)\>(context,
/// object, out, 7). `out` receives its result. **Errors:** uninitialized. **Precondition:** the binding is of
/// this type, and does not throw.
template <class Function, class... Arguments>
requires std::is_function_v<Function>
[[nodiscard]] SHOAL_INLINE errc call_binding(const local_context& context, const void* object,
                                             std::invoke_result_t<Function*, Arguments...>& out,
                                             Arguments&&... arguments) noexcept {
  const std::uint64_t word = binding_of(context, object);
  if (word == 0) [[unlikely]]
    return errc::uninitialized;
  out = reinterpret_cast<Function*>(word)(std::forward<Arguments>(arguments)...);
  return errc::ok;
}

/// The same for a function that answers nothing: call_binding\<void(int)\>(context, object, 7). **Errors:**
/// uninitialized.
template <class Function, class... Arguments>
requires std::is_function_v<Function> &&
    std::is_void_v<std::invoke_result_t<Function*, Arguments...>>
[[nodiscard]] SHOAL_INLINE errc call_binding(const local_context& context, const void* object,
                                             Arguments&&... arguments) noexcept {
  const std::uint64_t word = binding_of(context, object);
  if (word == 0) [[unlikely]]
    return errc::uninitialized;
  reinterpret_cast<Function*>(word)(std::forward<Arguments>(arguments)...);
  return errc::ok;
}

}  // namespace shoal
