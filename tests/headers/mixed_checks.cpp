// SPDX-License-Identifier: BSL-1.0
#include <shoal/base/base.hpp>

int main() {}
