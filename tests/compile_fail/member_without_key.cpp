// SPDX-License-Identifier: BSL-1.0
// says: each member needs a key
#include <shoal/shoal.hpp>

struct person {
  std::uint64_t header;
  shoal::cell<std::uint32_t> age, height;
};

shoal::type_spec declare() {
#ifdef MISTAKE
  static const auto wrong = shoal::static_layout<&person::age, &person::height>("age");
  return wrong.spec("Person");
#endif
  static const auto right = shoal::static_layout<&person::age, &person::height>("age", "height");
  return right.spec("Person");
}
