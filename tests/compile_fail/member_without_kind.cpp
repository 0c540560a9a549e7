// SPDX-License-Identifier: BSL-1.0
// says: a shared member is bool, an integer
#include <string>

#include <shoal/shoal.hpp>

struct person {
  std::uint64_t header;
  shoal::cell<std::uint32_t> age;
  std::string* name;
};

shoal::type_spec declare() {
#ifdef MISTAKE
  static const auto wrong = shoal::static_layout<&person::age, &person::name>("age", "name");
  return wrong.spec("Person");
#endif
  static const auto right = shoal::static_layout<&person::age>("age");
  return right.spec("Person");
}
