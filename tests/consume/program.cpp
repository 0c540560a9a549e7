// SPDX-License-Identifier: BSL-1.0
// A host that links libshoal.
#include <cstdio>

#include <shoal/base/base.hpp>

static_assert(SHOAL_VERSION_MAJOR == 0);

int main() { std::puts("consumed"); }
