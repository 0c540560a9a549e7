// SPDX-License-Identifier: BSL-1.0
// A runtime that cannot poll: its agent is parked but for the calls into the library.

#include <shoal/shoal.hpp>

#include <cstdio>

namespace {

// %%SHOAL binding
// What a binding for such a runtime looks like: every function enters, and what stays with the
// script between two calls is a handle.
class binding {
 public:
  explicit binding(shoal::cluster& cluster)
      : joined_(cluster.attach({.role = "script", .parked = true}).value()), agent_(*joined_) {}

  shoal::type declare_point() {
    const shoal::entered here(agent_);
    return agent_.declare("Point", {{"x", shoal::f64}}).value();
  }
  shoal::handle create(const shoal::type& what) {
    const shoal::entered here(agent_);
    shoal::scope scope(agent_);
    return shoal::handle(agent_, agent_.create(scope, what).value());
  }
  void set_x(const shoal::handle& object, double x) {
    const shoal::entered here(agent_);
    const shoal::reference target = object.get(agent_);
    agent_.store(target, shoal::typed<double>(agent_.type_of_object(target), "x").value(), x);
  }
  double get_x(const shoal::handle& object) {
    const shoal::entered here(agent_);
    const shoal::reference target = object.get(agent_);
    return agent_.load(target, shoal::typed<double>(agent_.type_of_object(target), "x").value());
  }
  // A finaliser of the script's.
  void drop(shoal::handle& object) { object.drop_from(agent_); }

 private:
  shoal::attachment joined_;
  shoal::agent& agent_;
};
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  binding script(cluster);
  const shoal::type point = script.declare_point();
  shoal::handle p = script.create(point);
  script.set_x(p, 1.5);
  // Between the calls the agent is parked: this does not wait for the script.
  std::printf("%llu agent, x is %g\n", static_cast<unsigned long long>(cluster.account().agents),
              script.get_x(p));
  const bool right = script.get_x(p) == 1.5;
  script.drop(p);
  return right ? 0 : 1;
}
