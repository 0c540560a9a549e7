// SPDX-License-Identifier: BSL-1.0
// There are three check levels.
#if MISTAKE == 1  // says: SHOAL_CHECKS is 0 (off), 1 (fast) or 2 (full)
#define SHOAL_CHECKS 3
#endif
#include <shoal/base/config.hpp>
