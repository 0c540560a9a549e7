// SPDX-License-Identifier: BSL-1.0

// Agents: spawn and join, thread-local functions, thread-bound handles, dispatch, accounts.

#include <pthread.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <utility>

#include "module.hpp"

namespace module {

extern const char spawn_key = 0;

// What the spawning state and the thread share. Freed by the last of them.
struct thread_record {
  std::atomic<int> holders{2};
  std::atomic<bool> stopped{false};
  bridge::world* world = nullptr;
  std::uint64_t parent = 0;  // identity, to be woken
  bridge::packet* arguments = nullptr;
  char* code = nullptr;  // a file's name, source or a dumped function
  std::size_t code_size = 0;
  enum : std::uint8_t { file, source, function } what = source;
  char* role = nullptr;
  std::size_t role_size = 0;
  char* paths[2] = {};  // package.path and package.cpath

  std::mutex lock;  // of what follows
  std::condition_variable ended;
  bool done = false;
  bool failed = false;
  std::uint64_t identity = 0;  // 0: before it is an agent, and after
  bool interrupted = false;    // before it is one
  bridge::packet* results = nullptr;
  char* error = nullptr;
  std::size_t error_size = 0;

  // The spawning state's.
  pthread_t thread = {};
  thread_record* next = nullptr;
  bool let_go = false;  // its Lua value has been collected
  bool told = false;    // somebody has heard of its error

  ~thread_record() {
    bridge::delete_packet(arguments);
    bridge::delete_packet(results);
    std::free(code);
    std::free(role);
    std::free(paths[0]);
    std::free(paths[1]);
    std::free(error);
    if (world != nullptr) bridge::release(world);
  }
  void drop() noexcept {
    if (holders.fetch_sub(1) == 1) delete this;
  }
  bool is_done() noexcept {
    const std::lock_guard<std::mutex> hold(lock);
    return done;
  }
};

const char* role_of(const thread_record* self, std::size_t& size) noexcept {
  size = self->role_size;
  return self->role;
}
bridge::world* world_of(thread_record* self) noexcept { return self->world; }
bool is_stopped(const thread_record* self) noexcept {
  return self->stopped.load(std::memory_order_relaxed);
}
void note_attached(thread_record* self, std::uint64_t identity) noexcept {
  bool was_interrupted = false;
  {
    const std::lock_guard<std::mutex> hold(self->lock);
    self->identity = identity;
    was_interrupted = std::exchange(self->interrupted, false);
  }
  if (was_interrupted) bridge::interrupt(self->world, identity);
}

namespace {

constexpr const char* thread_name = "agent";
constexpr const char* function_name = "thread-local function";
constexpr const char* bound_name = "thread-bound handle";

char* copy_bytes(const char* bytes, std::size_t size) noexcept {
  auto* copy = static_cast<char*>(std::malloc(size + 1));
  if (copy == nullptr) return nullptr;
  if (size != 0) std::memcpy(copy, bytes, size);
  copy[size] = '\0';
  return copy;
}

// ------------------------------------------------------------------ the thread

// In a spawned state, os.exit ends the process but leaves the other states alone: they run.
int worker_exit(lua_State* L) {
  int code = EXIT_SUCCESS;
  if (lua_isboolean(L, 1)) {
    code = lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE;
  } else {
    code = static_cast<int>(luaL_optinteger(L, 1, EXIT_SUCCESS));
  }
  std::exit(code);
}

// With the record as its one argument; in the new state. Leaves what the chunk returns.
int run_chunk(lua_State* L) {
  auto& record = *static_cast<thread_record*>(lua_touserdata(L, 1));
  luaL_openlibs(L);
  lua_getglobal(L, "package");
  static const char* const names[] = {"path", "cpath"};
  for (int i = 0; i < 2; ++i) {
    if (record.paths[i] == nullptr) continue;
    lua_pushstring(L, record.paths[i]);
    lua_setfield(L, -2, names[i]);
  }
  lua_pop(L, 1);
  lua_getglobal(L, "os");
  lua_pushcfunction(L, worker_exit);
  lua_setfield(L, -2, "exit");
  lua_pop(L, 1);
  lua_pushlightuserdata(L, &record);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &spawn_key);
  luaL_requiref(L, "shoal", luaopen_shoal, 0);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
  state& s = *static_cast<state*>(lua_touserdata(L, -1));
  lua_settop(L, 1);

  int loaded = LUA_OK;
  if (record.what == thread_record::file) {
    loaded = luaL_loadfilex(L, record.code, nullptr);
  } else {
    loaded = luaL_loadbufferx(L, record.code, record.code_size,
                              record.what == thread_record::source ? record.code : "=function",
                              record.what == thread_record::source ? "t" : "b");
  }
  if (loaded != LUA_OK) return lua_error(L);
  std::free(record.code);
  record.code = nullptr;
  const int given = unpack(L, s, record.arguments);
  bridge::delete_packet(record.arguments);
  record.arguments = nullptr;
  lua_call(L, given, LUA_MULTRET);
  record.results = take(pack(L, s, 2, lua_gettop(L), "result"));
  return 0;
}

// Who holds a mutex now has left it in the middle of something: finalizers do not unlock it.
void note_ended(lua_State* L) noexcept {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
  if (auto* s = static_cast<state*>(lua_touserdata(L, -1))) s->has_ended = true;
  lua_pop(L, 1);
}

void* run_thread(void* argument) {
  auto& record = *static_cast<thread_record*>(argument);
  bool failed = true;
  char* error = nullptr;
  std::size_t error_size = 0;
  if (lua_State* L = luaL_newstate()) {
    lua_pushcfunction(L, traceback);
    lua_pushcfunction(L, run_chunk);
    lua_pushlightuserdata(L, &record);
    failed = lua_pcall(L, 1, 0, 1) != LUA_OK;
    if (failed) {
      const char* text =
          lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &error_size) : nullptr;
      error = text != nullptr ? copy_bytes(text, error_size) : nullptr;
    }
    note_ended(L);
    lua_close(L);
  }
  bridge::world* const world = bridge::retain(record.world);
  const std::uint64_t parent = record.parent;
  {
    const std::lock_guard<std::mutex> hold(record.lock);
    record.done = true;
    record.failed = failed;
    record.error = error;
    record.error_size = error_size;
    record.identity = 0;
    record.ended.notify_all();
  }
  record.drop();
  bridge::wake(world, parent);
  bridge::release(world);
  return nullptr;
}

// Takes a record off the spawning state's list.
void unlink(state& s, thread_record* gone) noexcept {
  for (thread_record** each = &s.threads; *each != nullptr; each = &(*each)->next) {
    if (*each != gone) continue;
    *each = gone->next;
    return;
  }
}

// Nobody joined it: its error must not go unheard.
void report(thread_record& record) noexcept {
  if (!record.failed || record.told || record.stopped.load(std::memory_order_relaxed)) return;
  std::fprintf(stderr, "shoal: an agent failed and was not joined: %s\n",
               record.error != nullptr ? record.error : "out of memory");
}

void sweep_threads(state& s) noexcept {
  for (thread_record* each = s.threads; each != nullptr;) {
    thread_record* const next = each->next;
    if (each->let_go && each->is_done()) {
      pthread_join(each->thread, nullptr);
      report(*each);
      unlink(s, each);
      each->drop();
    }
    each = next;
  }
}

// ------------------------------------------------------------------ spawn

// First without a place, to learn the size.
struct dump_target {
  char* to = nullptr;
  std::size_t size = 0;
};
int write_chunk(lua_State*, const void* bytes, std::size_t size, void* to) {
  auto& target = *static_cast<dump_target*>(to);
  if (target.to != nullptr && size != 0) std::memcpy(target.to + target.size, bytes, size);
  target.size += size;
  return 0;
}

// Replaces the function at `at` by its dump.
void dump_function(lua_State* L, int at) {
  if (lua_iscfunction(L, at)) {
    luaL_error(L, "a C function cannot be sent to another agent: spawn a Lua function");
  }
  for (int i = 1;; ++i) {
    const char* name = lua_getupvalue(L, at, i);
    if (name == nullptr) break;
    lua_pushglobaltable(L);
    const bool is_globals = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    if (is_globals && i == 1) continue;
    if (std::strcmp(name, "_ENV") == 0 || std::strcmp(name, "(no name)") == 0) {
      luaL_error(L,
                 "this function cannot be sent to another agent: it has an environment of its "
                 "own, or uses locals from outside before its globals (pass them as arguments)");
    }
    luaL_error(L,
               "this function cannot be sent to another agent: it uses the local '%s' from "
               "outside (pass it as an argument, or require it inside)",
               name);
  }
  dump_target sized;
  lua_pushvalue(L, at);
  lua_dump(L, write_chunk, &sized, 0);
  dump_target written;
  written.to = static_cast<char*>(lua_newuserdatauv(L, sized.size + 1, 0));
  lua_insert(L, -2);
  lua_dump(L, write_chunk, &written, 0);
  lua_pushlstring(L, written.to, written.size);
  lua_replace(L, at);
  lua_pop(L, 2);
}

void push_thread_value(lua_State* L, state& s, thread_record* record) {
  auto** place = static_cast<thread_record**>(lua_touserdata(L, -1));
  *place = record;
  record->next = s.threads;
  s.threads = record;
}

// spawn(what, ...): what is a file (a string that ends in ".lua"), source (any other string), a
// function, or a table {file = | source = | run =, role =}.
int spawn(lua_State* L) {
  state& s = state_of(L);
  sweep_threads(s);
  luaL_checkany(L, 1);
  const int given = lua_gettop(L);
  luaL_checkstack(L, 16, nullptr);
  lua_pushliteral(L, "");
  const int role_at = given + 1;
  auto kind = thread_record::source;
  if (lua_istable(L, 1)) {
    lua_getfield(L, 1, "role");
    if (!lua_isnil(L, -1)) {
      if (lua_type(L, -1) != LUA_TSTRING) return luaL_error(L, "'role' must be a string");
      lua_replace(L, role_at);
    } else {
      lua_pop(L, 1);
    }
    static const char* const names[] = {"file", "source", "run"};
    int found = 0;
    for (int i = 0; i < 3; ++i) {
      lua_getfield(L, 1, names[i]);
      if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        continue;
      }
      if (lua_type(L, -1) != (i == 2 ? LUA_TFUNCTION : LUA_TSTRING)) {
        return luaL_error(L, "'%s' must be a %s, not %s", names[i], i == 2 ? "function" : "string",
                          words_for(L, -1));
      }
      kind = i == 0   ? thread_record::file
             : i == 1 ? thread_record::source
                      : thread_record::function;
      ++found;
    }
    if (found != 1) return luaL_error(L, "spawn takes one of 'file', 'source' and 'run'");
    lua_replace(L, 1);
  } else if (lua_type(L, 1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(L, 1, &size);
    const bool is_file = size > 4 && std::strcmp(text + size - 4, ".lua") == 0 &&
                         std::memchr(text, '\n', size) == nullptr;
    kind = is_file ? thread_record::file : thread_record::source;
  } else if (lua_isfunction(L, 1)) {
    kind = thread_record::function;
  } else {
    return luaL_argerror(L, 1, "a file, source or a function expected");
  }
  if (kind == thread_record::function) dump_function(L, 1);

  new_userdata(L, s, sizeof(thread_record*), meta::thread);
  const int value = lua_gettop(L);
  lua_getglobal(L, "package");
  if (lua_istable(L, -1)) {
    lua_getfield(L, -1, "path");
    lua_getfield(L, -2, "cpath");
    lua_remove(L, -3);
  } else {
    lua_pop(L, 1);
    lua_pushnil(L);
    lua_pushnil(L);
  }
  box& arguments = pack(L, s, 2, given, "argument");

  // From here to the thread's start nothing raises.
  auto* record = new (std::nothrow) thread_record();
  if (record == nullptr) return luaL_error(L, "out of memory");
  record->world = bridge::retain(s.world);
  record->parent = bridge::identity_of(s.agent);
  record->what = kind;
  const char* code = lua_tolstring(L, 1, &record->code_size);
  record->code = copy_bytes(code, record->code_size);
  const char* role = lua_tolstring(L, role_at, &record->role_size);
  record->role = copy_bytes(role, record->role_size);
  for (int i = 0; i < 2; ++i) {
    std::size_t size = 0;
    const char* path = lua_type(L, value + 1 + i) == LUA_TSTRING
                           ? lua_tolstring(L, value + 1 + i, &size)
                           : nullptr;
    if (path != nullptr) record->paths[i] = copy_bytes(path, size);
  }
  record->arguments = take(arguments);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, std::size_t{8} << 20);
  const bool ready = record->code != nullptr && record->role != nullptr;
  const int failed =
      ready ? pthread_create(&record->thread, &attributes, run_thread, record) : ENOMEM;
  pthread_attr_destroy(&attributes);
  if (failed != 0) {
    delete record;
    return luaL_error(L, "cannot start a thread: %s", std::strerror(failed));
  }
  lua_settop(L, value);
  push_thread_value(L, s, record);
  return 1;
}

// ------------------------------------------------------------------ what a thread value does

thread_record& check_thread(lua_State* L, const state& s, int index) {
  thread_record* record = *check<thread_record*>(L, s, index, meta::thread, thread_name);
  if (record == nullptr) luaL_argerror(L, index, "the agent's value is closed");
  return *record;
}

// Sleeps like bridge::wait, but looks up now and then, and when an asynchronous wait is due.
void sleep_until_woken(lua_State* L, state& s, std::uint32_t ticket, double seconds,
                       const char* doing) {
  double piece = glance_seconds;
  for (const double limit : {seconds, bridge::seconds_to_deadline(s.agent)}) {
    if (limit >= 0 && limit < piece) piece = limit;
  }
  if (bridge::wait(s.agent, ticket, piece) == bridge::woken::interrupted) {
    luaL_error(L, "interrupted while %s", doing);
  }
  glance(L);
}

// Waits for its end, serving what is addressed to this agent. False: the time has passed.
bool wait_for_end(lua_State* L, state& s, thread_record& record, double seconds) {
  const double until = bridge::clock_seconds() + seconds;
  for (;;) {
    const std::uint32_t ticket = bridge::wait_ticket(s.agent);
    if (record.is_done()) return true;
    s.current = L;
    const std::size_t served = bridge::serve(s.agent);
    raise_failure(L, s);
    if (served != 0) continue;
    const double left = seconds < 0 ? -1 : until - bridge::clock_seconds();
    if (seconds >= 0 && left <= 0) return false;
    sleep_until_woken(L, s, ticket, left, "waiting for an agent to end");
    state_of(L);
  }
}

int thread_join(lua_State* L) {
  state& s = state_of(L);
  thread_record& record = check_thread(L, s, 1);
  wait_for_end(L, s, record, -1);
  record.told = true;
  if (record.failed) {
    luaL_where(L, 1);
    lua_pushliteral(L, "an agent failed: ");
    if (record.error != nullptr) {
      lua_pushlstring(L, record.error, record.error_size);
    } else {
      lua_pushliteral(L, "out of memory");
    }
    lua_concat(L, 3);
    return lua_error(L);
  }
  lua_settop(L, 1);
  return unpack(L, s, record.results);
}

int thread_wait(lua_State* L) {
  state& s = state_of(L);
  thread_record& record = check_thread(L, s, 1);
  const double seconds = luaL_checknumber(L, 2);
  lua_pushboolean(L, wait_for_end(L, s, record, seconds >= 0 ? seconds : 0));
  return 1;
}

int thread_status(lua_State* L) {
  state& s = state_of(L);
  thread_record& record = check_thread(L, s, 1);
  const std::lock_guard<std::mutex> hold(record.lock);
  lua_pushstring(L, !record.done ? "running" : record.failed ? "failed" : "done");
  return 1;
}

bool interrupt_record(state& s, thread_record& record) noexcept {
  std::uint64_t identity = 0;
  {
    const std::lock_guard<std::mutex> hold(record.lock);
    identity = record.identity;
    if (identity == 0) return record.interrupted = !record.done;
  }
  return bridge::interrupt(s.world, identity);
}

// interrupt(agent or identity): ends the wait it is in, or its next one.
int interrupt(lua_State* L) {
  state& s = state_of(L);
  bool found = false;
  if (test(L, s, 1, meta::thread) != nullptr) {
    found = interrupt_record(s, check_thread(L, s, 1));
  } else {
    const lua_Integer identity = luaL_checkinteger(L, 1);
    found = identity > 0 && bridge::interrupt(s.world, static_cast<std::uint64_t>(identity));
  }
  lua_pushboolean(L, found);
  return 1;
}

int thread_gc(lua_State* L) {
  auto** place = static_cast<thread_record**>(lua_touserdata(L, 1));
  thread_record* record = *place;
  *place = nullptr;
  state* s = state_or_null(L);
  if (record == nullptr || s == nullptr) return 0;  // closed: close_threads has dropped it
  record->let_go = true;
  return 0;
}

int thread_tostring(lua_State* L) {
  state& s = state_of(L);
  thread_record& record = check_thread(L, s, 1);
  lua_pushfstring(L, "agent: %p", static_cast<void*>(&record));
  return 1;
}

// ------------------------------------------------------------------ thread-local functions

int thread_local_(lua_State* L) {
  state& s = state_of(L);
  bridge::message why;
  bridge::value made;
  if (bridge::make_thread_local(s.agent, made, why) != bridge::ok) raise(L, why);
  push_value(L, s, made);
  return 1;
}

int function_initialize(lua_State* L) {
  state& s = state_of(L);
  const proxy& function = check_proxy(L, s, 1, meta::thread_local_function, function_name);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  const int reference = luaL_ref(L, LUA_REGISTRYINDEX);
  const std::uint32_t code = bridge::initialize(s.agent, function.held, word_of(reference));
  if (code != bridge::ok) {
    luaL_unref(L, LUA_REGISTRYINDEX, reference);
    static const std::uint32_t no_memory = bridge::error_of("out_of_memory");
    return luaL_error(L, code == no_memory
                             ? "out of memory"
                             : "this thread-local function is initialized on this agent already");
  }
  return 0;
}

int function_is_initialized(lua_State* L) {
  state& s = state_of(L);
  const proxy& function = check_proxy(L, s, 1, meta::thread_local_function, function_name);
  lua_pushboolean(L, bridge::binding_of(s.agent, function.held) != 0);
  return 1;
}

int call_ended(lua_State* L, int, lua_KContext) { return lua_gettop(L); }

int function_call(lua_State* L) {
  state& s = state_of(L);
  const proxy& function = check_proxy(L, s, 1, meta::thread_local_function, function_name);
  const std::uint64_t word = bridge::binding_of(s.agent, function.held);
  if (word == 0) {
    return luaL_error(L, "this thread-local function is uninitialized on this agent");
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, reference_of(word));
  lua_replace(L, 1);
  lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, call_ended);
  return lua_gettop(L);
}

// ------------------------------------------------------------------ thread-bound handles

int thread_bound(lua_State* L) {
  state& s = state_of(L);
  luaL_checkany(L, 1);
  static const char* const policies[] = {"error", "null", "dispatch", nullptr};
  const int policy = luaL_checkoption(L, 2, "error", policies);
  if (lua_isnil(L, 1)) return luaL_argerror(L, 1, "nil cannot be bound");
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  const int reference = luaL_ref(L, LUA_REGISTRYINDEX);
  bridge::message why;
  bridge::value made;
  if (bridge::make_bound(s.agent, word_of(reference), static_cast<std::uint8_t>(policy), made,
                         why) != bridge::ok) {
    luaL_unref(L, LUA_REGISTRYINDEX, reference);
    raise(L, why);
  }
  push_value(L, s, made);
  return 1;
}

[[noreturn]] void raise_bound(lua_State* L, std::uint32_t code) {
  static const std::uint32_t wrong_agent = bridge::error_of("wrong_agent");
  static const std::uint32_t owner_gone = bridge::error_of("owner_gone");
  bridge::message why;
  why.code = code;
  std::snprintf(why.text, sizeof why.text, "%s",
                code == wrong_agent  ? "wrong agent: what this thread-bound handle is bound to may "
                                       "be had on its owner only"
                : code == owner_gone ? "owner gone: the owner of the thread-bound handle has "
                                       "ended, or the handle was released"
                                     : "the thread-bound handle cannot be used");
  raise(L, why);
}

int bound_get(lua_State* L) {
  state& s = state_of(L);
  const proxy& bound = check_proxy(L, s, 1, meta::thread_bound, bound_name);
  std::uint64_t word = 0;
  const std::uint32_t code = bridge::bound_target(s.agent, bound.held, word);
  if (code != bridge::ok) raise_bound(L, code);
  if (word == 0) {
    lua_pushnil(L);
  } else {
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference_of(word));
  }
  return 1;
}

int bound_release(lua_State* L) {
  state& s = state_of(L);
  const proxy& bound = check_proxy(L, s, 1, meta::thread_bound, bound_name);
  bridge::message why;
  if (bridge::release_bound(s.agent, bound.held, why) != bridge::ok) raise(L, why);
  return 0;
}

int bound_owner(lua_State* L) {
  state& s = state_of(L);
  const proxy& bound = check_proxy(L, s, 1, meta::thread_bound, bound_name);
  lua_pushinteger(L, static_cast<lua_Integer>(bridge::owner_of(s.agent, bound.held)));
  return 1;
}

// target, method, arguments... on the stack from `base` on -> the function and its arguments.
void find_callee(lua_State* L, int base) {
  if (lua_isnil(L, base + 1)) {  // the target itself
    lua_remove(L, base + 1);
    return;
  }
  lua_pushvalue(L, base + 1);
  lua_gettable(L, base);
  if (lua_isnil(L, -1)) {
    luaL_error(L, "the target of the thread-bound handle has no method '%s'",
               luaL_tolstring(L, base + 1, nullptr));
  }
  lua_replace(L, base + 1);
  lua_pushvalue(L, base);  // function, target, arguments
  lua_insert(L, base + 2);
  lua_remove(L, base);
}

struct call_question {
  std::uint64_t target;
  bridge::call* asked;
};

int run_asked(lua_State* L) {
  state& s = *static_cast<state*>(lua_touserdata(L, 1));
  const auto& asked = *static_cast<call_question*>(lua_touserdata(L, 2));
  lua_settop(L, 0);
  luaL_checkstack(L, 8, nullptr);
  lua_rawgeti(L, LUA_REGISTRYINDEX, reference_of(asked.target));
  unpack(L, s, bridge::call_arguments(asked.asked));
  find_callee(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  bridge::call_answer(asked.asked, take(pack(L, s, 1, lua_gettop(L), "result")));
  return 0;
}

int call_bound(lua_State* L, double seconds) {
  state& s = state_of(L);
  const proxy& bound = check_proxy(L, s, 1, meta::thread_bound, bound_name);
  if (lua_gettop(L) < 2) lua_pushnil(L);
  if (!lua_isnil(L, 2) && !lua_isstring(L, 2)) {
    return luaL_argerror(L, 1, "a method's name expected, or nil for the target itself");
  }
  std::uint64_t word = 0;
  if (bridge::owner_of(s.agent, bound.held) == bridge::identity_of(s.agent)) {
    const std::uint32_t code = bridge::bound_target(s.agent, bound.held, word);
    if (code != bridge::ok) raise_bound(L, code);
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference_of(word));
    lua_replace(L, 1);
    find_callee(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, call_ended);
    return lua_gettop(L);
  }
  box& arguments = pack(L, s, 2, lua_gettop(L), "argument", 0);
  box& answer = pack(L, s, 1, 0, "result");  // empty: frees the results, whatever happens
  bridge::packet* results = nullptr;
  bridge::message why;
  s.current = L;
  const std::uint32_t code =
      bridge::call_bound(s.agent, bound.held, take(arguments), seconds, results, why);
  if (results == nullptr && code != bridge::ok) raise(L, why);
  std::swap(answer.held, results);
  bridge::delete_packet(results);
  if (code == bridge::ok) {
    const int count = answer.held != nullptr ? unpack(L, s, answer.held) : 0;
    bridge::delete_packet(take(answer));
    return count;
  }
  unpack(L, s, answer.held);
  bridge::delete_packet(take(answer));
  return luaL_error(L, "a call to the owner of a thread-bound handle failed: %s",
                    luaL_tolstring(L, -1, nullptr));
}

// h:call(method, ...); with nil for the method the target itself is called.
int bound_call(lua_State* L) { return call_bound(L, -1); }

// h:call_within(seconds, method, ...)
int bound_call_within(lua_State* L) {
  const double seconds = luaL_checknumber(L, 2);
  lua_remove(L, 2);
  return call_bound(L, seconds >= 0 ? seconds : 0);
}

// serve([seconds]): runs what other agents have asked for, and the functions of asynchronous waits that are
// over; waits that long for the first.
int serve(lua_State* L) {
  state& s = state_of(L);
  const double seconds = luaL_optnumber(L, 1, 0);
  const double until = bridge::clock_seconds() + seconds;
  for (;;) {
    const std::uint32_t ticket = bridge::wait_ticket(s.agent);
    s.current = L;
    const std::size_t served = bridge::serve(s.agent);
    raise_failure(L, s);
    const double left = until - bridge::clock_seconds();
    if (served != 0 || !(left > 0)) {
      lua_pushinteger(L, static_cast<lua_Integer>(served));
      return 1;
    }
    sleep_until_woken(L, s, ticket, left, "serving");
    state_of(L);
  }
}

// ------------------------------------------------------------------ accounts

int account(lua_State* L) {
  state& s = state_of(L);
  bridge::accounts all = {};
  bridge::account(s.agent, all);
  const struct {
    const char* name;
    std::uint64_t what;
  } sums[] = {{"agents", all.agents},
              {"types", all.types},
              {"interned_strings", all.interned_strings},
              {"orphan_handles", all.orphan_handles},
              {"dispatches", all.dispatches},
              {"heap_bytes_used", all.heap_bytes_used},
              {"heap_bytes_reserved", all.heap_bytes_reserved},
              {"handles", all.handles},
              {"prototypes", all.prototypes},
              {"thread_bound", all.thread_bound}},
    mine[] = {{"identity", all.mine.identity},
              {"prototypes", all.mine.prototypes},
              {"agent_locals", all.mine.agent_locals},
              {"scope_slots", all.mine.scope_slots},
              {"handles", all.mine.handles},
              {"thread_bound", all.mine.thread_bound},
              {"bytes_allocated", all.mine.bytes_allocated}};
  lua_createtable(L, 0, 12);
  for (const auto& each : sums) {
    lua_pushinteger(L, static_cast<lua_Integer>(each.what));
    lua_setfield(L, -2, each.name);
  }
  lua_createtable(L, 0, 8);
  for (const auto& each : mine) {
    lua_pushinteger(L, static_cast<lua_Integer>(each.what));
    lua_setfield(L, -2, each.name);
  }
  lua_setfield(L, -2, "agent");
  return 1;
}

int agent(lua_State* L) {
  state& s = state_of(L);
  lua_createtable(L, 0, 2);
  lua_pushinteger(L, static_cast<lua_Integer>(bridge::identity_of(s.agent)));
  lua_setfield(L, -2, "identity");
  if (s.self != nullptr) {
    lua_pushlstring(L, s.self->role, s.self->role_size);
  } else {
    lua_pushliteral(L, "main");
  }
  lua_setfield(L, -2, "role");
  return 1;
}

}  // namespace

bool run_call(void* host, std::uint64_t target, bridge::call* asked) {
  state& s = *static_cast<state*>(host);
  lua_State* L = s.current;
  call_question question = {target, asked};
  int top = 0;
  const bool ran = call_protected(s, run_asked, &question, top);
  if (!ran && lua_gettop(L) > top) {
    std::size_t size = 0;
    bridge::value text;
    text.what = bridge::form::text;
    text.text.bytes = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &size) : "an error";
    text.text.size = size;
    if (bridge::packet* results = bridge::new_packet(1)) {
      if (bridge::packet_push(s.agent, results, text)) {
        bridge::call_answer(asked, results);
      } else {
        bridge::delete_packet(results);
      }
    }
  }
  lua_settop(L, top);
  return ran;
}

void close_threads(lua_State*, state& s) noexcept {
  // Those that still run are asked to end: their waits are over, and so is the next call of Shoal.
  // One that calls nothing cannot be stopped; it is left alone and ends with the process.
  for (thread_record* each = s.threads; each != nullptr; each = each->next) {
    if (each->is_done()) continue;
    each->stopped.store(true, std::memory_order_relaxed);
    interrupt_record(s, *each);
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  while (s.threads != nullptr) {
    thread_record& each = *s.threads;
    bool done = false;
    {
      std::unique_lock<std::mutex> hold(each.lock);
      done = each.ended.wait_until(hold, until, [&] { return each.done; });
    }
    if (done) {
      // Its last steps let go of the world: when they are behind it, ours is the last hold.
      pthread_join(each.thread, nullptr);
      report(each);
    } else {
      pthread_detach(each.thread);
    }
    s.threads = each.next;
    each.drop();
  }
}

void open_agents(lua_State* L, state& s) {
  static const luaL_Reg thread_meta[] = {
      {"__gc", thread_gc}, {"__tostring", thread_tostring}, {nullptr, nullptr}};
  static const luaL_Reg thread_methods[] = {{"join", thread_join},
                                            {"wait", thread_wait},
                                            {"status", thread_status},
                                            {"interrupt", interrupt},
                                            {nullptr, nullptr}};
  set_methods(L, s, meta::thread, thread_meta, thread_methods);
  static const luaL_Reg function_meta[] = {
      {"__call", function_call}, {"__tostring", proxy_tostring}, {nullptr, nullptr}};
  static const luaL_Reg function_methods[] = {{"initialize", function_initialize},
                                              {"is_initialized", function_is_initialized},
                                              {nullptr, nullptr}};
  set_methods(L, s, meta::thread_local_function, function_meta, function_methods);
  static const luaL_Reg bound_meta[] = {{"__tostring", proxy_tostring}, {nullptr, nullptr}};
  static const luaL_Reg bound_methods[] = {
      {"get", bound_get},         {"call", bound_call},   {"call_within", bound_call_within},
      {"release", bound_release}, {"owner", bound_owner}, {nullptr, nullptr}};
  set_methods(L, s, meta::thread_bound, bound_meta, bound_methods);
  static const luaL_Reg functions[] = {{"spawn", spawn},
                                       {"interrupt", interrupt},
                                       {"thread_local", thread_local_},
                                       {"thread_bound", thread_bound},
                                       {"serve", serve},
                                       {"account", account},
                                       {"agent", agent},
                                       {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
