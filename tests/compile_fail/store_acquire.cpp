// SPDX-License-Identifier: BSL-1.0
// says: a store is unordered, release or seq_cst
#include <shoal/shoal.hpp>

void write(shoal::agent& agent, const shoal::reference& object, shoal::typed_field<double> x) {
#ifdef MISTAKE
  agent.store(object, x, 1.0, shoal::acquire);
#endif
  agent.store(object, x, 1.0, shoal::release);
}
