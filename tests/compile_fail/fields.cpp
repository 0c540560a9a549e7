// SPDX-License-Identifier: BSL-1.0
// A typed field is read and stored as its own type, and a const one is not stored.
#include <string>

#include <shoal/shoal.hpp>

double accesses(shoal::agent& agent, const shoal::reference& object, const shoal::field& where,
                shoal::typed_field<double> x, shoal::typed_field<const double> fixed,
                shoal::typed_field<const shoal::value> fixed_any,
                shoal::typed_field<const shoal::reference> fixed_ref, shoal::typed_field<bool> flag,
                shoal::typed_field<shoal::value> any, shoal::typed_field<shoal::reference> ref,
                shoal::typed_field<std::int32_t> count, void* host_object) {
#if MISTAKE == 1  // says: a field is a value, reference, bool
  return shoal::typed<std::string>(where) ? 1 : 0;
#endif
#if MISTAKE == 2  // says: a field is a value, reference, bool
  return static_cast<double>(agent.load<long double>(object, where));
#endif
#if MISTAKE == 3  // says: a field is a value, reference, bool
  agent.store(object, where, 'x');
#endif
#if MISTAKE == 4  // says: no viable conversion | conversion from
  const shoal::typed_field<float> narrow = x;
#endif
#if MISTAKE == 5  // says: no viable conversion | conversion from
  const shoal::typed_field<double> stored = fixed;
#endif
#if MISTAKE == 6  // says: no matching function | no matching member function
  agent.store(object, fixed, 1.0);
#endif
#if MISTAKE == 7  // says: no matching function | no matching member function
  agent.exchange(object, fixed, 1.0);
#endif
#if MISTAKE == 8  // says: no matching function | no matching member function
  return agent.store(object, fixed_any, 1.0) == shoal::errc::ok;
#endif
#if MISTAKE == 9  // says: no matching function | no matching member function
  return agent.store(object, fixed_ref, nullptr) == shoal::errc::ok;
#endif
#if MISTAKE == 10  // says: no matching function | no matching member function
  agent.fetch_add(object, flag, true);
#endif
#if MISTAKE == 11  // says: no matching function | no matching member function
  agent.fetch_sub(object, x, 1.0);
#endif
#if MISTAKE == 12  // says: no matching function | no matching member function
  agent.fetch_add(object, any, 1.0);
#endif
  // An address of the host's own goes into no field.
#if MISTAKE == 13  // says: use of deleted function | invokes a deleted function
  return agent.store(object, any, host_object) == shoal::errc::ok;
#endif
#if MISTAKE == 14  // says: no matching function | no matching member function
  return agent.store(object, ref, host_object) == shoal::errc::ok;
#endif
#if MISTAKE == 15  // says: a field is a value, reference, bool
  return agent.store(object, where, host_object) == shoal::errc::ok;
#endif
#if MISTAKE == 16  // says: invalid conversion | cannot convert | cannot initialize
  agent.store(object, count, host_object);
#endif
#if MISTAKE == 17  // says: no matching function | no matching member function
  return agent.load(host_object, x);
#endif
  agent.store(object, x, 1.0);
  agent.store(object, flag, true);
  agent.fetch_add(object, x, 1.0);
  agent.fetch_sub(object, count, 1);
  static_cast<void>(agent.store(object, any, object));
  static_cast<void>(agent.store(object, ref, object));
  static_cast<void>(host_object);
  return agent.load(object, fixed) + agent.load(object, fixed_any).as_double() +
         (agent.load(object, fixed_ref) ? 1 : 0) + agent.load<double>(object, where);
}
