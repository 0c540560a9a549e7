// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// The model back end of cell.hpp, payload.hpp and memory.hpp: words live in shadows that a checker
/// finds by address.
///
/// A shadow keeps the older values of its word too, and who may still read them. A word is always
/// accessed with one width. What a new shadow begins with:
/// @verbatim
///   initialize          an unreadable value, then this one, stored relaxed by this thread: who has
///                       the address without being synchronised may find nothing, which fails
///   memory of allocate, the bytes that lie there, as if stored relaxed by the thread that called,
///   or after forget     when it called
///   memory of reserve,  the bytes that lie there, which everyone sees
///   and all other
///   released memory     nothing: every access fails @endverbatim
///
/// To give a word a new life (initialize, forget, release) counts as a write that must happen after
/// every access of its old life; where it does not, the run fails.
///
/// tests/model/engine/ defines the functions of namespace model.
///
/// **Thread safety, progress:** those of atomic_product.hpp are what a checker runs against.
/// <br>**Layer:** base, model builds only.

#include <cstddef>
#include <type_traits>

#include <shoal/base/order.hpp>

namespace shoal {
namespace model {

// An order with its name, as a trace shows it.
struct place {
  const char* name;
  memory_order order;
};

template <class O>
[[nodiscard]] place place_of() noexcept {
  return {O::name(), O::native()};
}

// value = value (operation) operand
using operation = void (*)(void* value, const void* operand) noexcept;

void initialize(void* word, std::size_t bytes, const void* value) noexcept;
void load(const void* word, std::size_t bytes, place at, void* value) noexcept;
void store(void* word, std::size_t bytes, place at, const void* value) noexcept;
void modify(void* word, std::size_t bytes, place at, operation change, const void* operand,
            void* before) noexcept;
// Unlike Relacy's own, which reads relaxed when a release exchange fails, and always reads the
// newest value: a compare that fails is a load with the order `failure`, and may read an older one.
[[nodiscard]] bool compare_exchange(void* word, std::size_t bytes, void* expected,
                                    const void* desired, place success, place failure) noexcept;

// The memory from `address` on gets a new life as other words, in the hands of this thread.
void forget(void* address, std::size_t bytes) noexcept;

// Plain words live in real memory; these fail where an access races with another.
void plain_read(const void* word, std::size_t bytes) noexcept;
void plain_write(void* word, std::size_t bytes) noexcept;

// Memory for metadata, at the same addresses in every run, and checked: for use after release,
// release by a thread that another one does not know of yet, wrong sizes and leaks.
[[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment) noexcept;
void release(void* memory, std::size_t bytes) noexcept;

// Zeroed memory, as the system gives it.
[[nodiscard]] void* reserve(std::size_t bytes) noexcept;
void unreserve(void* memory, std::size_t bytes) noexcept;

template <class T>
[[nodiscard]] T read_plain(const T& word) noexcept {
  plain_read(&word, sizeof(T));
  return word;
}

template <class T>
void write_plain(T& word, T value) noexcept {
  plain_write(&word, sizeof(T));
  word = value;
}

}  // namespace model

namespace detail::atomic {

template <class T>
inline constexpr bool lock_free = sizeof(T) == 1 || sizeof(T) == 2 || sizeof(T) == 4 ||
                                  sizeof(T) == 8;

template <class T, class O>
T load(const T& word, O) noexcept {
  std::remove_cv_t<T> value;
  model::load(&word, sizeof(T), model::place_of<O>(), &value);
  return value;
}

template <class T, class O>
void store(T& word, T value, O) noexcept {
  model::store(&word, sizeof(T), model::place_of<O>(), &value);
}

template <class T>
void initialize(T& word, T value) noexcept {
  model::initialize(&word, sizeof(T), &value);
}

inline void forget(void* address, std::size_t bytes) noexcept { model::forget(address, bytes); }

template <class T, class S, class F>
bool compare_exchange(T& word, T& expected, T desired, S, F) noexcept {
  return model::compare_exchange(&word, sizeof(T), &expected, &desired, model::place_of<S>(),
                                 model::place_of<F>());
}

template <class T, class O>
T modify(T& word, T operand, O, model::operation change) noexcept {
  T before;
  model::modify(&word, sizeof(T), model::place_of<O>(), change, &operand, &before);
  return before;
}

template <class T, class O>
T exchange(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = *static_cast<const T*>(from);
  });
}

// Integers wrap, signed ones too.
template <class T>
T wrapping_add(T a, T b) noexcept {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<unsigned long long>(a) + static_cast<unsigned long long>(b));
  } else {
    return a + b;
  }
}
template <class T>
T wrapping_sub(T a, T b) noexcept {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<unsigned long long>(a) - static_cast<unsigned long long>(b));
  } else {
    return a - b;
  }
}

template <class T, class O>
T fetch_add(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = wrapping_add(*static_cast<T*>(to), *static_cast<const T*>(from));
  });
}

template <class T, class O>
T fetch_sub(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = wrapping_sub(*static_cast<T*>(to), *static_cast<const T*>(from));
  });
}

template <class T, class O>
T fetch_and(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = static_cast<T>(*static_cast<T*>(to) & *static_cast<const T*>(from));
  });
}

template <class T, class O>
T fetch_or(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = static_cast<T>(*static_cast<T*>(to) | *static_cast<const T*>(from));
  });
}

template <class T, class O>
T fetch_xor(T& word, T value, O order) noexcept {
  return modify(word, value, order, [](void* to, const void* from) noexcept {
    *static_cast<T*>(to) = static_cast<T>(*static_cast<T*>(to) ^ *static_cast<const T*>(from));
  });
}

}  // namespace detail::atomic
}  // namespace shoal
