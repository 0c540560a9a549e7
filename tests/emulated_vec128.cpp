// SPDX-License-Identifier: BSL-1.0
// For unit tests under an emulator: says that 16 bytes are read and written at once, so that v128
// fields can be declared.

#include <dlfcn.h>
#include <sys/auxv.h>

extern "C" unsigned long getauxval(unsigned long which) noexcept {
  using function = unsigned long(unsigned long);
  static auto* const real = reinterpret_cast<function*>(dlsym(RTLD_NEXT, "getauxval"));
  constexpr unsigned long uscat = 1ul << 25;
  return real(which) | (which == AT_HWCAP ? uscat : 0);
}
