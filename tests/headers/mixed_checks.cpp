// SPDX-License-Identifier: BSL-1.0
#include <shoal/shoal.hpp>

int main() {
  shoal::cluster cluster;
  return cluster.status() == shoal::errc::ok ? 0 : 1;
}
