// SPDX-License-Identifier: BSL-1.0
// says: a load is unordered, acquire or seq_cst
#include <shoal/shoal.hpp>

double read(shoal::agent& agent, const shoal::reference& object, shoal::typed_field<double> x) {
#ifdef MISTAKE
  return agent.load(object, x, shoal::release);
#endif
  return agent.load(object, x, shoal::acquire);
}
