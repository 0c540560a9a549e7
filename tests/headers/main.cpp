// SPDX-License-Identifier: BSL-1.0
#include <cstring>

const char* unit_first();
const char* unit_second();

int main() { return std::strcmp(unit_first(), unit_second()) != 0 ? 0 : 1; }
