// SPDX-License-Identifier: BSL-1.0
// A runtime whose words are not its cluster's: they are translated at each load and store.

#include <shoal/shoal.hpp>

#include <cstdio>

namespace {

// %%SHOAL words
// The runtime's words: a number in the upper half, or a pointer to one of its objects, or nothing.
//   nothing 0    number n << 32 | 1    private object p | 2    shared object p | 4
struct words {
  using shared = shoal::nan_box;

  static std::uint64_t to_shared(std::uint64_t own) noexcept {
    switch (own & 7) {
      case 1:
        return shared::from_int32(static_cast<std::int32_t>(own >> 32));
      case 2:
        return shared::from_local(own);  // has no place in a shared object: every store refuses it
      case 4: {
        const shoal::reference object(reinterpret_cast<void*>(own & ~std::uint64_t{7}));
        return shoal::value(object).word();
      }
      default:
        return shared::null;
    }
  }
  static std::uint64_t to_own(std::uint64_t word) noexcept {
    switch (shared::kind_of(word)) {
      case shoal::value_kind::int32:
        return std::uint64_t{static_cast<std::uint32_t>(shared::to_int32(word))} << 32 | 1;
      case shoal::value_kind::reference:
        return shared::data.address_of(word) | 4;
      default:
        return 0;  // what this runtime has no word for
    }
  }
};
static_assert(shoal::word_translation<words>);
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  const shoal::type cell = agent.declare("Cell", {{"it", shoal::any}}).value();
  const auto it = shoal::typed<shoal::value>(cell, "it").value();
  shoal::scope scope(agent);
  const shoal::local p = agent.create(scope, cell).value();

  // %%SHOAL use
  const shoal::translated<words> fields(agent);
  const std::uint64_t seven = std::uint64_t{7} << 32 | 1;
  const std::uint64_t ours = 0x1000 | 2;
  if (fields.store(p, it, seven) != shoal::errc::ok) return 1;
  if (fields.store(p, it, ours) != shoal::errc::unshared_value) return 1;
  if (fields.load(p, it) != seven) return 1;  // what was refused was not written
  // %%END
  if (agent.load(p, it).as_int32() != 7) return 1;
  std::puts("7 here and there");
  return 0;
}
