// SPDX-License-Identifier: BSL-1.0
// What Shoal calls has the right signature, and throws nothing.
#include <shoal/shoal.hpp>

bool may_throw(shoal::agent&, std::uint64_t, shoal::dispatch_message&);
bool runs(shoal::agent&, std::uint64_t, shoal::dispatch_message&) noexcept;
void release_may_throw(void*, shoal::agent&, std::uint64_t, shoal::released);
void release(void*, shoal::agent&, std::uint64_t, shoal::released) noexcept;
void* allocate_may_throw(void*, std::size_t, std::size_t);

void calls(shoal::agent& agent, const shoal::reference& object, int& answer) {
  shoal::agent_hooks hooks;
  shoal::metadata_hook memory = shoal::default_metadata;
  const auto& context = agent.locals();
  const void* function = object.address();
#if MISTAKE == 1  // says: invalid conversion | no viable conversion | cannot initialize \
                  // or: no matching member function
  static_cast<void>(agent.post(object, may_throw, {}));
#endif
#if MISTAKE == 2  // says: invalid conversion | incompatible function pointer | assigning to
  hooks.release = release_may_throw;
#endif
#if MISTAKE == 3  // says: invalid conversion | cannot convert | assigning to
  hooks.post_task = release;
#endif
#if MISTAKE == 4  // says: invalid conversion | assigning to
  memory.allocate = allocate_may_throw;
#endif
#if MISTAKE == 5  // says: no matching function
  static_cast<void>(shoal::call_binding<int(int)>(context, function, answer, "seven"));
#endif
#if MISTAKE == 6  // says: no matching function
  static_cast<void>(shoal::call_binding<int(int, int)>(context, function, answer, 7));
#endif
#if MISTAKE == 7  // says: no matching function
  static_cast<void>(shoal::call_binding<int>(context, function, answer, 7));
#endif
#if MISTAKE == 8  // says: no matching function
  static_cast<void>(shoal::call_binding<int(int)>(context, function, 7));
#endif
#if MISTAKE == 9  // says: no matching function
  static_cast<void>(shoal::call_binding<const char*(int)>(context, function, answer, 7));
#endif
  hooks.release = release;
  static_cast<void>(agent.post(object, runs, {}));
  static_cast<void>(shoal::call_binding<int(int)>(context, function, answer, 7));
  static_cast<void>(shoal::call_binding<void(int)>(context, function, 7));
  static_cast<void>(memory);
}
