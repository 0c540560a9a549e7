// SPDX-License-Identifier: BSL-1.0
// Orders are constants, and each access has those that make sense for it.
#include <atomic>

#include <shoal/shoal.hpp>

double accesses(shoal::agent& agent, const shoal::reference& object, const shoal::field& field,
                shoal::typed_field<double> x, shoal::typed_field<shoal::value> any,
                shoal::typed_field<shoal::reference> ref, shoal::memory_order chosen) {
#if MISTAKE == 1  // says: a load is unordered, acquire or seq_cst
  return agent.load(object, x, shoal::release);
#endif
#if MISTAKE == 2  // says: a load is unordered, acquire or seq_cst
  return agent.load(object, x, shoal::acq_rel);
#endif
#if MISTAKE == 3  // says: a store is unordered, release or seq_cst
  agent.store(object, x, 1.0, shoal::acquire);
#endif
#if MISTAKE == 4  // says: a store is unordered, release or seq_cst
  agent.store(object, field, 1.0, shoal::acq_rel);
#endif
#if MISTAKE == 5  // says: no matching function | no matching member function
  return agent.load(object, x, chosen);
#endif
#if MISTAKE == 6  // says: no matching function | no matching member function
  agent.store(object, x, 1.0, chosen);
#endif
#if MISTAKE == 7  // says: no matching function | no matching member function
  return agent.load(object, x, std::memory_order_acquire);
#endif
  // What is at least acquire or release by itself is checked all the same.
#if MISTAKE == 8  // says: a load is unordered, acquire or seq_cst
  return agent.load(object, any, shoal::release).as_double();
#endif
#if MISTAKE == 9  // says: a load is unordered, acquire or seq_cst
  return agent.load(object, ref, shoal::acq_rel) ? 1 : 0;
#endif
#if MISTAKE == 10  // says: a store is unordered, release or seq_cst
  return agent.store(object, any, 1.0, shoal::acquire) == shoal::errc::ok ? 1 : 0;
#endif
#if MISTAKE == 11  // says: a store is unordered, release or seq_cst
  return agent.store(object, ref, nullptr, shoal::acquire) == shoal::errc::ok ? 1 : 0;
#endif
#if MISTAKE == 12  // says: a load is unordered, acquire or seq_cst
  return agent.get(object, field, shoal::release).number;
#endif
#if MISTAKE == 13  // says: a store is unordered, release or seq_cst
  return agent.set(object, field, {}, shoal::acquire) == shoal::errc::ok ? 1 : 0;
#endif
  agent.store(object, x, 1.0, shoal::release);
  static_cast<void>(agent.store(object, any, 1.0, shoal::seq_cst));
  static_cast<void>(agent.store(object, ref, nullptr, shoal::release));
  static_cast<void>(agent.set(object, field, {}, shoal::seq_cst));
  static_cast<void>(chosen);
  return agent.load(object, x, shoal::acquire) + agent.load(object, any).as_double();
}
