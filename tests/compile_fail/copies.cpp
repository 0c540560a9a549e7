// SPDX-License-Identifier: BSL-1.0
// What stands for a place, a membership or a right is in one place.
#include <memory>
#include <utility>

#include <shoal/shoal.hpp>

void copies(shoal::cluster& cluster, shoal::agent& agent, shoal::scope& scope,
            shoal::handle& handle, shoal::weak_handle& weak, shoal::attachment& attached,
            shoal::dispatch& posted, shoal::entered& entered, shoal::blocked_region& region,
            shoal::type_space& types, shoal::cohort& cohort, shoal::realm& realm, shoal::heap& heap,
            shoal::heap_context& context, shoal::scope_chain& chain, shoal::local_context& locals,
            shoal::result<int>& result, shoal::header& header) {
#if MISTAKE == 1  // says: use of deleted function | implicitly-deleted
  shoal::handle copy(handle);
#endif
#if MISTAKE == 2  // says: use of deleted function | selected implicitly-deleted \
                  // or: cannot be assigned
  handle = handle;
#endif
#if MISTAKE == 3  // says: use of deleted function | call to deleted constructor \
                  // or: implicitly-deleted
  shoal::weak_handle copy(weak);
#endif
#if MISTAKE == 4  // says: use of deleted function | implicitly-deleted
  shoal::attachment copy(attached);
#endif
#if MISTAKE == 5  // says: use of deleted function | selected deleted operator
  attached = std::move(attached);
#endif
#if MISTAKE == 6  // says: use of deleted function | implicitly-deleted
  shoal::dispatch copy(posted);
#endif
#if MISTAKE == 7  // says: use of deleted function | selected deleted operator
  posted = std::move(posted);
#endif
#if MISTAKE == 8  // says: use of deleted function | call to deleted constructor
  shoal::scope copy(scope);
#endif
#if MISTAKE == 9  // says: use of deleted function | call to deleted constructor
  shoal::scope moved(std::move(scope));
#endif
#if MISTAKE == 10  // says: use of deleted function | call to deleted function
  auto longer = std::unique_ptr<shoal::scope>(new shoal::scope(agent));
#endif
#if MISTAKE == 11  // says: use of deleted function | call to deleted function
  auto longer = std::make_unique<shoal::entered>(agent);
#endif
#if MISTAKE == 12  // says: use of deleted function | call to deleted function
  auto* longer = new shoal::blocked_region(agent);
#endif
#if MISTAKE == 13  // says: use of deleted function | call to deleted constructor
  shoal::entered copy(entered);
#endif
#if MISTAKE == 14  // says: use of deleted function | call to deleted constructor
  shoal::blocked_region copy(region);
#endif
#if MISTAKE == 15  // says: use of deleted function | call to deleted constructor
  shoal::cluster copy(cluster);
#endif
#if MISTAKE == 16  // says: use of deleted function | call to deleted constructor
  shoal::agent copy(agent);
#endif
#if MISTAKE == 17  // says: use of deleted function | call to deleted constructor
  shoal::type_space copy(types);
#endif
#if MISTAKE == 18  // says: use of deleted function | call to deleted constructor
  shoal::cohort copy(cohort);
#endif
#if MISTAKE == 19  // says: use of deleted function | call to deleted constructor
  shoal::realm copy(realm);
#endif
#if MISTAKE == 20  // says: use of deleted function | call to deleted constructor
  shoal::heap copy(heap);
#endif
#if MISTAKE == 21  // says: use of deleted function | call to deleted constructor
  shoal::heap_context copy(context);
#endif
#if MISTAKE == 22  // says: use of deleted function | call to deleted constructor
  shoal::scope_chain copy(chain);
#endif
#if MISTAKE == 23  // says: use of deleted function | call to deleted constructor
  shoal::local_context copy(locals);
#endif
#if MISTAKE == 24  // says: use of deleted function | implicitly-deleted
  shoal::result<int> copy(result);
#endif
#if MISTAKE == 25  // says: use of deleted function | implicitly-deleted | selected deleted operator
  result = shoal::result<int>(1);
#endif
#if MISTAKE == 26  // says: use of deleted function | implicitly-deleted
  shoal::header copy(header);
#endif
#if MISTAKE == 27  // says: is private within this context | calling a private constructor
  auto begun = shoal::attachment(&agent);
#endif
#if MISTAKE == 28  // says: is private within this context | is a private member \
                   // or: private destructor
  agent.~agent();
#endif
  shoal::handle moved(std::move(handle));
  const shoal::local held = scope.hold(handle.get(agent));
  const shoal::local same(held);
  static_cast<void>(same);
  shoal::entered inside(agent);
  shoal::scope inner(agent);
}
