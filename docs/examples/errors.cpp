// SPDX-License-Identifier: BSL-1.0
// What is wrong comes back as a code, and as a sentence for the user where one is asked for.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <cstring>

namespace {

// %%SHOAL host
struct host : shoal::empty_host {
  // What the user calls the value that cannot be shared.
  void describe(shoal::agent&, std::uint64_t, char* text, std::size_t room) noexcept {
    std::snprintf(text, room, "a function");
  }
};
// %%END

bool expect(const char* is, const char* wanted) {
  std::printf("%s\n", is);
  return std::strcmp(is, wanted) == 0;
}

}  // namespace

int main() {
  shoal::cluster cluster;
  host mine;
  shoal::attachment joined = cluster.attach({.hooks = shoal::hooks_of(mine)}).value();
  shoal::agent& agent = *joined;
  bool right = true;

  // %%SHOAL declare
  // Slow paths answer a result: a value, or an error with a finished sentence.
  const shoal::result<shoal::type> twice =
      agent.declare("Point", {{"x", shoal::f64}, {"x", shoal::i32}});
  if (twice.code() == shoal::errc::duplicate_field) {
    right = expect(twice.error().message(),
                   "type 'Point' declares field 'x' twice, as fields 1 and 2") &&
            right;
  }
  // %%END

  const shoal::type point =
      agent.declare("Point", {{"n", shoal::i8}, {"next", shoal::any}}).value();
  shoal::scope scope(agent);
  const shoal::local p = agent.create(scope, point).value();

  // %%SHOAL explain
  // Fast paths answer a code. explain makes the sentence, when somebody wants to read it.
  const auto set = [&](const char* name, const shoal::datum& value) -> shoal::error {
    const shoal::result<shoal::field> where = point.field(name);
    if (!where) return where.error();
    const shoal::errc done = agent.set(p, *where, value);
    return done == shoal::errc::ok ? shoal::error(done) : agent.explain(done, p, *where, value);
  };
  // %%END
  const shoal::datum function = shoal::datum::of_local(1);
  right = expect(set("n", shoal::datum::of(1.5)).message(),
                 "field 'n' of Point is i8 and cannot hold a number") &&
          right;
  right = expect(set("n", shoal::datum::of(std::int64_t{1000})).message(),
                 "field 'n' of Point is i8, and the value is out of its range") &&
          right;
  right = expect(set("next", function).message(),
                 "field 'next' of Point cannot hold a function: it is not shared") &&
          right;
  right = expect(set("z", function).message(), "type 'Point' has no field 'z'") && right;
  return right ? 0 : 1;
}
