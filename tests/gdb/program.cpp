// SPDX-License-Identifier: BSL-1.0
// What gdb shows of it is in session.txt, and of broken contracts in stale.txt.

#include <shoal/shoal.hpp>

extern "C" [[gnu::noinline]] void stop_here() { asm volatile(""); }

int main() {
  shoal::cluster cluster;
  shoal::attachment joined = cluster.attach({.role = "main"}).value();
  shoal::agent& agent = *joined;
  shoal::scope scope(agent);

  // %%SHOAL objects
  const shoal::type shape = agent.declare("Shape", {{"id", shoal::i32, true}}).value();
  const shoal::type point =
      agent
          .declare({.name = "Point",
                    .fields = {{"x", shoal::f64},
                               {"label", shoal::any},
                               {"on", shoal::boolean},
                               shoal::field_spec{"next", shoal::ref}.of_self()},
                    .extends = shape})
          .value();
  const shoal::local p = agent.create(scope, point).value();
  const shoal::local q = agent.create(scope, point).value();
  // %%END
  const shoal::handle kept(agent, p);
  const shoal::weak_handle weak(agent, p);
  const shoal::handle empty;
  const shoal::local text = agent.make_string(scope, "two \"words\"").value();
  const shoal::local array = agent.create_array(scope, shoal::i16, 3).value();
  const shoal::local none = scope.hold(nullptr);
  const shoal::local no_slot;
  const shoal::local of_type =
      agent.make_type_handle(scope, point, shoal::type_rights::construct).value();
  const shoal::local function = agent.make_thread_local_function(scope).value();
  const shoal::local bound =
      agent.make_thread_bound(scope, 0x1234, shoal::bound_policy::dispatch).value();
  const shoal::local lock = shoal::mutex::make(agent, scope).value();
  const shoal::local event = shoal::condition::make(agent, scope).value();
  shoal::unlock_token token;
  if (shoal::mutex::lock(agent, lock, token) != shoal::errc::ok) return 1;
  const shoal::local box = shoal::mailbox::make(agent, scope, 3).value();
  if (shoal::mailbox::send(agent, box, 1) != shoal::errc::ok ||
      shoal::mailbox::close(agent, box) != shoal::errc::ok) {
    return 1;
  }

  agent.store(p, shoal::typed<double>(point, "x").value(), 1.5);
  agent.store(p, shoal::typed<bool>(point, "on").value(), true);
  const auto label = shoal::typed<shoal::value>(point, "label").value();
  const auto next = shoal::typed<shoal::reference>(point, "next").value();
  if (agent.store(p, label, shoal::value(text)) != shoal::errc::ok) return 1;
  if (agent.store(p, next, q) != shoal::errc::ok) return 1;
  if (agent.initialize(p, point.field("id").value(), shoal::datum::of(std::int64_t{7})) !=
          shoal::errc::ok ||
      agent.set(q, point.field("label").value(), shoal::datum::of(std::int64_t{1} << 40)) !=
          shoal::errc::ok) {
    return 1;
  }

  const shoal::value number(1.25);
  const shoal::value integer(-3);
  const shoal::value truth(true);
  const shoal::value object(p);
  const shoal::type no_type;
  const shoal::field where = point.field("x").value();
  const shoal::prototype unbound = agent.prototype_of(p);
  const shoal::result<shoal::type> refused =
      agent.declare("Twice", {{"a", shoal::i8}, {"a", shoal::i8}});
  const shoal::result<int> answer(42);
  const shoal::cell<std::uint32_t> cell(5);
  const shoal::vec128 wide{1, 2};
  const shoal::reference fresh = p;
  const auto* header = static_cast<const shoal::header*>(fresh.address());

  // What is none, and must be said to be.
  const shoal::type gone = agent.declare("Gone", {{"a", shoal::i8}}).value();
  const std::uint32_t gone_index = gone.index();
  cluster.types().retire(gone);
  shoal::header garbage;
  shoal::header of_gone;
  garbage.type_index.set(0xdead'beef);
  of_gone.type_index.set(gone_index);
  const auto* nowhere = reinterpret_cast<const shoal::header*>(std::uintptr_t{0x10});
  const shoal::reference wild(reinterpret_cast<void*>(std::uintptr_t{0x18}));
  shoal::local ended;
  {
    shoal::scope inner(agent);
    ended = inner.hold(p);
  }
  agent.poll();

  stop_here();
  return 0;
}
