// SPDX-License-Identifier: BSL-1.0
// What C++ cannot share is not declared as shared.
#include <string>

#include <shoal/shoal.hpp>

using shoal::cell, shoal::static_layout;

struct person {
  shoal::header head;
  cell<std::uint32_t> age, height;
  std::string* name;
  const char* nick;
  long double weight;
  void (*greet)();
  std::uint32_t marks[4];
};
struct named {
  shoal::header head;
  std::string name;
};
struct animal {
  shoal::header head;
  cell<std::uint32_t> legs;
};
struct with_virtual {
  virtual ~with_virtual() = default;
  cell<std::uint32_t> size;
};
struct with_reference {
  shoal::header head;
  std::uint32_t& size;
};
struct with_function {
  shoal::header head;
  std::uint32_t size() const;
};
struct alignas(64) wide {
  shoal::header head;
  cell<std::uint32_t> size;
};
struct huge {
  shoal::header head;
  cell<std::uint32_t> size;
  char more[std::size_t{1} << 24];
};

shoal::type_spec declare() {
#if MISTAKE == 1  // says: each member needs a key
  static const auto wrong = static_layout<&person::age, &person::height>("age");
#endif
#if MISTAKE == 2  // says: each member needs a key
  static const auto wrong = static_layout<&person::age>("age", "height");
#endif
#if MISTAKE == 3  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&person::age, &person::name>("age", "name");
#endif
#if MISTAKE == 4  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&person::nick>("nick");
#endif
#if MISTAKE == 5  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&person::weight>("weight");
#endif
#if MISTAKE == 6  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&person::greet>("greet");
#endif
#if MISTAKE == 7  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&person::marks>("marks");
#endif
#if MISTAKE == 8  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&named::name>("name");
#endif
#if MISTAKE == 9  // says: a shared member is bool, an integer
  static const auto wrong = static_layout<&with_function::size>("size");
#endif
#if MISTAKE == 10  // says: list the members of one struct
  static const auto wrong = static_layout<&person::age, &animal::legs>("age", "legs");
#endif
#if MISTAKE == 11  // says: members have fixed offsets in standard-layout structs only
  static const auto wrong = static_layout<&with_virtual::size>("size");
#endif
#if MISTAKE == 12  // says: cannot create pointer to reference member \
                   // or: cannot form a pointer-to-member
  static const auto wrong = static_layout<&with_reference::size>("size");
#endif
#if MISTAKE == 13  // says: instances are 8-aligned, or 16-aligned
  static const auto wrong = static_layout<&wide::size>("size");
#endif
#if MISTAKE == 14  // says: an instance has at most limits::instance_bytes
  static const auto wrong = static_layout<&huge::size>("size");
#endif
  static const auto right = static_layout<&person::age, &person::height>("age", "height");
  return right.spec("Person");
}
