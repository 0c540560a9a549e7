// SPDX-License-Identifier: BSL-1.0
// An answer that must be looked at is not dropped, and a guard is not gone at once.
#include <shoal/shoal.hpp>

void calls(shoal::cluster& cluster, shoal::agent& agent, shoal::scope& scope,
           const shoal::type& type, const shoal::reference& object, const shoal::field& where,
           shoal::typed_field<shoal::value> any, shoal::typed_field<shoal::reference> ref,
           shoal::handle& handle, shoal::dispatch& posted, shoal::realm& realm,
           shoal::type_space& types) {
#if MISTAKE == 1  // says: ignoring return | ignoring returned | ignoring temporary
  cluster.attach();
#endif
#if MISTAKE == 2  // says: ignoring return | ignoring returned | ignoring temporary
  agent.create(scope, type);
#endif
#if MISTAKE == 3  // says: ignoring return | ignoring returned | ignoring temporary
  agent.declare("Point", {{"x", shoal::f64}});
#endif
#if MISTAKE == 4  // says: ignoring return | ignoring returned | ignoring temporary
  agent.store(object, any, 1.0);
#endif
#if MISTAKE == 5  // says: ignoring return | ignoring returned | ignoring temporary
  agent.store(object, ref, nullptr);
#endif
#if MISTAKE == 6  // says: ignoring return | ignoring returned | ignoring temporary
  agent.store(object, where, shoal::value(1.0));
#endif
#if MISTAKE == 7  // says: ignoring return | ignoring returned | ignoring temporary
  agent.set(object, where, {});
#endif
#if MISTAKE == 8  // says: ignoring return | ignoring returned | ignoring temporary
  agent.wait_for(posted);
#endif
#if MISTAKE == 9  // says: ignoring return | ignoring returned | ignoring temporary
  shoal::handle(agent, object);
#endif
#if MISTAKE == 10  // says: ignoring return | ignoring returned | ignoring temporary
  shoal::entered{agent};
#endif
#if MISTAKE == 11  // says: ignoring return | ignoring returned | ignoring temporary
  shoal::blocked_region{agent};
#endif
#if MISTAKE == 12  // says: ignoring return | ignoring returned | ignoring temporary
  shoal::scope{agent};
#endif
#if MISTAKE == 13  // says: ignoring return | ignoring returned | ignoring temporary
  handle.release();
#endif
#if MISTAKE == 14  // says: ignoring return | ignoring returned | ignoring temporary
  realm.bind(type, 8);
#endif
#if MISTAKE == 15  // says: ignoring return | ignoring returned | ignoring temporary
  types.open();
#endif
#if MISTAKE == 16  // says: ignoring return | ignoring returned | ignoring temporary
  cluster.after_fork_child(&agent);
#endif
#if MISTAKE == 17  // says: ignoring return | ignoring returned | ignoring temporary
  agent.initialize(object, 8);
#endif
  const shoal::entered inside(agent);
  const shoal::errc done = agent.store(object, where, shoal::value(1.0));
  agent.store(object, where, 1.0);
  static_cast<void>(agent.set(object, where, shoal::datum::of(done == shoal::errc::ok)));
  static_cast<void>(cluster.attach());
}
