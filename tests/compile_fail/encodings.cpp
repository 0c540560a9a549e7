// SPDX-License-Identifier: BSL-1.0
// An encoding, and a translation into one, is told what it lacks.
#include <shoal/shoal.hpp>

struct words : shoal::nan_box {};
struct no_shareable {
  static constexpr shoal::encoding data = shoal::nan_box::data;
};
struct doubles_throw : shoal::nan_box {
  static std::uint64_t from_double(double) { return 0; }
};
struct wide_truth : shoal::nan_box {
  static int to_bool(std::uint64_t) noexcept { return 0; }
};
struct data_of_ours : shoal::nan_box {
  static constexpr int data = 0;
};

struct translation {
  using shared = shoal::nan_box;
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return word; }
  static std::uint64_t to_own(std::uint64_t word) noexcept { return word; }
};
struct one_way {
  using shared = shoal::nan_box;
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return word; }
};
struct to_nothing {
  using shared = int;
  static std::uint64_t to_shared(std::uint64_t word) noexcept { return word; }
  static std::uint64_t to_own(std::uint64_t word) noexcept { return word; }
};

void uses(shoal::agent& agent, const shoal::reference& object, const shoal::field& where,
          shoal::typed_field<shoal::value> any) {
#if MISTAKE == 1  // says: E::shareable(word)
  using wrong = shoal::basic_value<no_shareable>;
#endif
#if MISTAKE == 2  // says: doubles_throw::from_double(number)
  using wrong = shoal::basic_value<doubles_throw>;
#endif
#if MISTAKE == 3  // says: E::to_bool(word) | std::same_as<int, _Bool>
  using wrong = shoal::basic_value<wide_truth>;
#endif
#if MISTAKE == 4  // says: E::data | std::convertible_to<const int &, const shoal::encoding &>
  using wrong = shoal::basic_value<data_of_ours>;
#endif
#if MISTAKE == 5  // says: no matching function | no matching member function
  static_cast<void>(agent.get<no_shareable>(object, where));
#endif
#if MISTAKE == 6  // says: T::to_own(word)
  const shoal::translated<one_way> mine(agent);
#endif
#if MISTAKE == 7  // says: value_encoding
  const shoal::translated<to_nothing> mine(agent);
#endif
  // A value of one encoding is none of another.
#if MISTAKE == 8  // says: no matching function | no matching member function | no viable conversion
  static_cast<void>(agent.store(object, any, shoal::basic_value<words>(1.0)));
#endif
#if MISTAKE == 9  // says: no viable conversion | conversion from
  const shoal::typed_field<shoal::basic_value<words>> other = any;
#endif
  static_cast<void>(shoal::basic_value<words>(1.0));
  static_cast<void>(agent.get<words>(object, where));
  const shoal::translated<translation> mine(agent);
  static_cast<void>(mine.load(object, any));
}
