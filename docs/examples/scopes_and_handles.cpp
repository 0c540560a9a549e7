// SPDX-License-Identifier: BSL-1.0
// How unshared code holds shared objects, and what a host that unwinds by longjmp does.

#include <shoal/shoal.hpp>

#include <csetjmp>
#include <cstdio>

namespace {

// %%SHOAL up
// An object that is passed up goes into a local of the outer scope.
shoal::local make_pair(shoal::agent& agent, shoal::scope& outer, const shoal::type& node) {
  const auto next = shoal::typed<shoal::reference>(node, "next").value();
  shoal::local answer = outer.hold(nullptr);
  shoal::scope inner(agent);
  shoal::local first = agent.create(inner, node).value();
  shoal::local second = agent.create(inner, node).value();
  if (agent.store(first, next, second) != shoal::errc::ok) return {};
  answer.set(first);
  return answer;
}
// %%END

// %%SHOAL longjmp
// A language error that unwinds by longjmp runs no destructor. The host takes a mark where it
// catches, and goes back to it.
std::jmp_buf caught;

void run_script(shoal::agent& agent, const shoal::type& node) {
  const shoal::scope skipped(agent);  // its destructor never runs
  shoal::scope* const in = const_cast<shoal::scope*>(&skipped);
  if (!agent.create(*in, node)) std::abort();
  std::longjmp(caught, 1);
}

bool protected_call(shoal::agent& agent, const shoal::type& node) {
  const shoal::scope_mark mark = agent.context().mark();
  if (setjmp(caught) == 0) {
    run_script(agent, node);
    return true;
  }
  agent.context().reset_to(mark);
  return false;
}
// %%END

}  // namespace

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach().value();
  shoal::agent& agent = *joined;
  const shoal::field_spec fields[] = {shoal::field_spec{"next", shoal::ref}.of_self()};
  const shoal::type node = agent.declare({.name = "Node", .fields = fields}).value();

  // %%SHOAL hold
  shoal::handle kept;       // for as long as the host likes, wherever it keeps it
  shoal::weak_handle seen;  // for as long as somebody else keeps the object
  {
    shoal::scope scope(agent);  // for running code
    const shoal::local pair = make_pair(agent, scope, node);
    kept = shoal::handle(agent, pair);
    seen = shoal::weak_handle(agent, pair);
    if (!kept || !seen) return 1;  // no memory for the slot
  }
  agent.poll();  // a safepoint: from here on only what a slot holds is alive
  if (kept.get(agent) != seen.get(agent)) return 1;
  kept.drop_from(agent);  // the fast way, on the agent that made it; its destructor works anywhere
  // %%END

  if (protected_call(agent, node)) return 1;
  std::printf("%zu scope slots are in use\n", agent.context().scope_slots());
  return agent.context().scope_slots() == 0 ? 0 : 1;
}
