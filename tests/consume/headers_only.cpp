// SPDX-License-Identifier: BSL-1.0
// A runtime with a heap and threads of its own: it takes floors 0 to 3, which are headers.
#include <cstdint>
#include <cstdlib>

#include <shoal/local/local.hpp>

namespace {

int failed_at(int line) { return line < 256 ? line : 255; }

}  // namespace

#define EXPECT(condition) \
  if (!(condition)) return failed_at(__LINE__)

int main() {
  shoal::type_space types;
  EXPECT(types.open() == shoal::errc::ok);
  auto declared = types.declare("Point", {{"x", shoal::f64}, {"y", shoal::f64}});
  EXPECT(declared);
  const shoal::type point = *declared;

  shoal::local_space locals(types);
  shoal::local_context context(locals);
  EXPECT(context.open("main", {}) == shoal::errc::ok);
  shoal::realm realm(locals);
  EXPECT(realm.open() == shoal::errc::ok);

  // The runtime's own allocation; Shoal only asks for the header.
  void* object = std::calloc(1, point->size);
  EXPECT(object != nullptr);
  shoal::write_header(object, point.index(), 0);

  static const int methods = 0;
  const auto word = reinterpret_cast<std::uint64_t>(&methods);
  EXPECT(realm.bind(point, word) == shoal::errc::ok);
  EXPECT(realm.prototype_of(context, object).word() == word);

  const shoal::field y = point.field("y").value();
  auto& place = shoal::cell_of<double>(object, y.offset);
  shoal::store_scalar(place, 2.5, shoal::release);
  EXPECT(shoal::load_scalar(place, shoal::acquire) == 2.5);

  std::free(object);
  realm.close(context);
  context.close();
  return 0;
}
