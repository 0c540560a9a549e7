// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// static_layout: the layout of a C++ struct, from pointers to its members.
/// @verbatim
///   struct point { shoal::header head; shoal::cell<double> x, y; };
///   struct node { point base; shoal::cell<shoal::any_word> next; };   // the parent comes first @endverbatim
/// @verbatim
///   auto p = space.declare(shoal::static_layout<&point::x, &point::y>("x", "y").spec("Point"));
///   auto n = space.declare(shoal::static_layout<&node::next>("next").spec("Node", p.value())); @endverbatim
///
/// The offsets are the compiler's, so the layout is a given one and goes through the same checks.
/// Members that are shared while they change are cells; one that C++ declares const is a const
/// field. Members that are not listed are C++'s own: no collector looks at them.
///
/// **Thread safety:** pure functions.
/// <br>**Progress:** wait-free. What is wrong with a layout is said where it is declared.
/// <br>**Layer:** type.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <shoal/type/spec.hpp>

namespace shoal {

/// Members of the kinds any and ref: words that C++ has no type of its own for.
struct any_word {
  std::uint64_t bits = 0;
};
/** Members of the kinds any and ref: words that C++ has no type of its own for. */ struct ref_word {
  std::uint64_t bits = 0;  ///< an address, or 0
};

namespace detail {

template <class T>
struct member_type : std::type_identity<T> {};
template <class T>
struct member_type<cell<T>> : std::type_identity<T> {};
template <class T>
struct member_type<const cell<T>> : std::type_identity<const T> {};
template <class T>
struct member_type<payload<T>> : std::type_identity<T> {};
template <class T>
struct member_type<const payload<T>> : std::type_identity<const T> {};

template <class T>
inline constexpr bool no_kind = false;

template <class T>
consteval field_kind kind_of_member() {
  using enum field_kind;
  if constexpr (std::is_enum_v<T>) {
    return kind_of_member<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, any_word>) {
    return any;
  } else if constexpr (std::is_same_v<T, ref_word>) {
    return ref;
  } else if constexpr (std::is_same_v<T, bool>) {
    return boolean;
  } else if constexpr (std::is_same_v<T, float>) {
    return f32;
  } else if constexpr (std::is_same_v<T, double>) {
    return f64;
  } else if constexpr (std::is_same_v<T, vec128>) {
    return v128;
  } else if constexpr (std::is_integral_v<T> && requires { requires sizeof(T) <= 8; }) {
    constexpr field_kind with_sign[] = {i8, i16, i32, i64};
    constexpr field_kind without[] = {u8, u16, u32, u64};
    constexpr int size = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    return std::is_signed_v<T> ? with_sign[size] : without[size];
  } else {
    static_assert(no_kind<T>,
                  "a shared member is bool, an integer, an enumeration, float, double, vec128, "
                  "any_word or ref_word, or a cell of one of them");
  }
}

template <class Pointer>
struct member_traits;
template <class Struct, class Member>
struct member_traits<Member Struct::*> {
  using owner = Struct;
  using stored = typename member_type<Member>::type;
  static constexpr field_kind kind = kind_of_member<std::remove_cv_t<stored>>();
  static constexpr bool constant = std::is_const_v<stored> || std::is_const_v<Member>;
};

// The struct that the first member belongs to.
template <auto... Members>
struct owner_of;
template <auto First, auto... Rest>
struct owner_of<First, Rest...>
    : std::type_identity<typename member_traits<decltype(First)>::owner> {};

// offsetof for a pointer to member, which the language has only by member name.
template <auto Member>
[[nodiscard]] inline std::uint32_t offset_of() noexcept {
  using owner = typename member_traits<decltype(Member)>::owner;
  // Storage of the right size and alignment; only addresses in it are formed.
  alignas(owner) static constinit unsigned char storage[sizeof(owner)] = {};
  const auto* object = reinterpret_cast<const owner*>(storage);
  const auto begin = reinterpret_cast<std::uintptr_t>(storage);
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(&(object->*Member)) - begin);
}

}  // namespace detail

/// The fields of `Struct` in the order they were listed. A value; spec() is a view of it.
template <class Struct, std::size_t Count>
struct struct_layout {
  field_spec fields[Count];

  // `extends` is the type of the struct's first member, if that is a shared struct too.
  [[nodiscard]] type_spec spec(std::string_view name, type extends = {}) const noexcept {
    return {.name = name,
            .fields = fields,
            .extends = extends,
            .size = static_cast<std::uint32_t>(sizeof(Struct))};
  }
};

/// The keys are as many as the members, in their order.
template <auto... Members, class... Keys>
[[nodiscard]] auto static_layout(const Keys&... keys) noexcept {
  using owner = typename detail::owner_of<Members...>::type;
  static_assert(std::is_standard_layout_v<owner>,
                "members have fixed offsets in standard-layout structs only");
  static_assert((std::is_same_v<owner, typename detail::owner_of<Members>::type> && ...),
                "list the members of one struct; its parent's are inherited");
  static_assert(sizeof...(Keys) == sizeof...(Members), "each member needs a key");
  static_assert(alignof(owner) <= 16, "instances are 8-aligned, or 16-aligned");
  static_assert(sizeof(owner) <= limits::instance_bytes,
                "an instance has at most limits::instance_bytes");
  return struct_layout<owner, sizeof...(Members)>{
      {field_spec{.key = keys,
                  .kind = detail::member_traits<decltype(Members)>::kind,
                  .constant = detail::member_traits<decltype(Members)>::constant,
                  .offset = detail::offset_of<Members>()}...}};
}

}  // namespace shoal
