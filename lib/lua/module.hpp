// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the parts of the Lua module share: the state's record, proxies, and the way of values.
//
// Every function here that takes a lua_State may raise a Lua error, which is a longjmp: no C++
// object with a destructor may be alive across one. Whatever needs an end lives behind the bridge,
// or in a userdata with __gc.

#include <lua.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bridge.hpp"

namespace module {

// What a state knows of a type: its fields by name, and this agent's methods. The word that is
// bound as the type's prototype is the address of this record. Lives as long as the state.
struct type_info {
  bridge::type_facts facts = {};
  type_info* parent = nullptr;
  bridge::field* fields = nullptr;  // [facts.field_count]
  const char** keys = nullptr;      // the same names, as the strings that `members` keeps alive
  bridge::object* handles[4] = {};  // shared type handles, by rights
  int members = LUA_NOREF;          // name -> number of the field, from 1
  int methods = LUA_NOREF;          // name -> value
  int values[4] = {LUA_NOREF, LUA_NOREF, LUA_NOREF, LUA_NOREF};  // what Lua sees, by rights
  bool bound = false;
  bool declared = false;  // by this agent
};

struct thread_record;

// The kinds of userdata of the module.
enum class meta : std::uint8_t {
  structure,
  array,
  thread_local_function,
  thread_bound,
  mutex,
  condition,
  mailbox,
  type,
  cohort,
  thread,
  token,
  pending,
  box,
  count
};
inline constexpr int proxy_kinds = static_cast<int>(meta::type);  // the first ones: shared objects

// What owns a packet while Lua code may fail. Freed by the finalizer of its userdata; but Lua frees a
// userdata also when it had no memory to run the finalizer. So it is no userdata itself, and on a list
// where a state that closes finds those that are left.
struct box {
  bridge::packet* held = nullptr;
  box* next = nullptr;
  box** place = nullptr;  // what points here
};

// A handle that a proxy holds; likewise the state's, where it is found when no finalizer runs.
struct holding {
  bridge::object* held;  // null: free
  std::uint32_t next;    // of a free one: the next free one; room: none
};

struct pending_value;

struct state {
  bridge::world* world = nullptr;
  bridge::agent* agent = nullptr;  // null: closed
  // The coroutine that hooks run on: whoever called. Any step that allocates may run a finalizer,
  // and that another coroutine; so it is set again right before a call that can run a hook.
  lua_State* current = nullptr;
  lua_State* main = nullptr;  // lives as long as the state
  box* boxes = nullptr;
  holding* holdings = nullptr;
  std::uint32_t holdings_room = 0;
  std::uint32_t free_holding = 0;    // holdings_room: none
  thread_record* self = nullptr;     // null: a main state
  thread_record* threads = nullptr;  // spawned here, until they are joined or let go
  type_info** infos = nullptr;       // by type index
  std::uint32_t info_room = 0;
  // Functions of asynchronous waits that have failed, until somebody is told, in their order.
  pending_value* failed = nullptr;
  pending_value* last_failed = nullptr;
  int depth = 0;           // of hooks that are running
  bool has_ended = false;  // what it ran: a lock that is still held is lost
  int spare = LUA_NOREF;   // the next proxy, so that an object is owned before memory is asked for
  bool has_spare = false;
  int proxies = LUA_NOREF;  // address -> proxy, weak
  int metas[static_cast<int>(meta::count)] = {};
  const void* meta_tables[static_cast<int>(meta::count)] = {};  // the same, to be compared
  int load_error = LUA_NOREF;  // why the last behaviour module could not be loaded
};

// A shared object as Lua sees it.
struct proxy {
  bridge::object* held;   // null: closed
  std::uint32_t holding;  // its number
  std::uint64_t address;
  type_info* info;  // of structs and arrays
};
struct type_value {
  type_info* info;
  std::uint32_t rights;
};
inline constexpr std::uint32_t may_construct = 1, may_bind = 2;

// The state of the running function (its first upvalue), ready for use. Errors: closed, stopped.
state& state_of(lua_State* L);
// The same, when it may be closed.
state* state_or_null(lua_State* L) noexcept;

[[noreturn]] void raise(lua_State* L, const bridge::message& why);

// Userdata of one kind; null: it is something else.
void* test(lua_State* L, const state& s, int index, meta kind) noexcept;
template <class T>
T* check(lua_State* L, const state& s, int index, meta kind, const char* name) {
  void* found = test(L, s, index, kind);
  if (found == nullptr) luaL_typeerror(L, index, name);
  return static_cast<T*>(found);
}
// A proxy that is open. Errors: not one, closed.
proxy& check_proxy(lua_State* L, const state& s, int index, meta kind, const char* name);
// Any proxy; null: it is none.
proxy* test_proxy(lua_State* L, const state& s, int index) noexcept;
void* new_userdata(lua_State* L, const state& s, std::size_t size, meta kind);
void make_spare(lua_State* L, state& s);
void close_holdings(state& s) noexcept;

// Values. `to_value` reads a Lua value without changing the stack; what cannot be shared comes out
// as form::unshared with its words. `push_value` consumes the object's handle.
void to_value(lua_State* L, state& s, int index, bridge::value& out);
void push_value(lua_State* L, state& s, bridge::value& what);
int proxy_tostring(lua_State* L);
// As error sentences name it: "a function", "a table", "a Point".
const char* words_for(lua_State* L, int index) noexcept;

// Packets. Leaves a box on the stack, which owns the packet until it is taken out.
// `number` is that of the first, in sentences.
box& pack(lua_State* L, state& s, int first, int last, const char* what, int number = 1);
// The packet is the caller's now.
bridge::packet* take(box& from) noexcept;
void delete_box(box* gone) noexcept;
// Pushes what is in it; answers how many.
int unpack(lua_State* L, state& s, const bridge::packet* from);

// Types
type_info& info_of(lua_State* L, state& s, const bridge::type* what);
// Makes this agent's behaviour of the type known, as what its methods table says.
void bind_info(lua_State* L, state& s, type_info& info);
void push_type(lua_State* L, state& s, type_info& info, std::uint32_t rights);
// Pushes the method for the key at `key`, asking the resolver on first sight; false: none, nothing
// pushed.
bool push_method(lua_State* L, state& s, type_info& info, int key);
// The field of that name; null: none.
const bridge::field* find_field(lua_State* L, const state& s, const type_info& info, int key);
bridge::answer resolve_type(void* host, const bridge::type* what, const char* role,
                            std::size_t role_size, const char* behaviour,
                            std::size_t behaviour_size, std::uint64_t& word);
bool run_call(void* host, std::uint64_t target, bridge::call* asked);

// The field or element that arguments 1 and 2 name.
bridge::place check_place(lua_State* L, state& s);

// A time-out in seconds: none or nil is for ever (-1), below 0 is none at all.
double check_seconds(lua_State* L, int at);

// An unlock token. What is held is on the agent's list, where its end finds it when no finalizer runs.
struct token_value {
  bridge::token* held;  // null: unlocked
  bool abandoned;
};
// One that holds its mutex.
token_value& check_token(lua_State* L, const state& s, int index);
inline constexpr const char *mutex_name = "mutex", *condition_name = "condition",
                            *mailbox_name = "mailbox", *token_name = "unlock token";

// The settled hook: calls the function of an asynchronous wait, and keeps its error.
void settle(void* host, void* what, bridge::settlement& how);
// Of whoever serves, after it: raises the first error that has been kept.
void raise_failure(lua_State* L, state& s);
// Nobody has served since: their errors must not go unheard.
void report_failures(state& s) noexcept;

// Registry references as words of Shoal, which are at least 8.
inline std::uint64_t word_of(int reference) noexcept {
  return (static_cast<std::uint64_t>(static_cast<unsigned>(reference)) << 4) | 8;
}
inline int reference_of(std::uint64_t word) noexcept { return static_cast<int>(word >> 4); }

// Runs a C function on the current lua_State from inside of a hook, with a light pointer as its one
// argument. True: it came back; false: the error, as text with a traceback, is on the stack. Either
// way the caller resets the stack to `top`.
bool call_protected(state& s, lua_CFunction function, void* argument, int& top) noexcept;
int traceback(lua_State* L);  // a message handler

// The parts of the module: each adds its functions to the table on top of the stack, and fills in
// its metatables.
void open_values(lua_State* L, state& s);
void open_types(lua_State* L, state& s);
void open_access(lua_State* L, state& s);
void open_agents(lua_State* L, state& s);
void open_sync(lua_State* L, state& s);
void open_async(lua_State* L, state& s);  // after open_sync
// luaL_setfuncs with the state as the first upvalue.
void set_functions(lua_State* L, state& s, const luaL_Reg* functions);
void push_meta(lua_State* L, const state& s, meta kind);
// Adds to the metatable of a kind, and gives it methods.
void set_methods(lua_State* L, state& s, meta kind, const luaL_Reg* meta_functions,
                 const luaL_Reg* methods);
// More of them.
void add_methods(lua_State* L, state& s, meta kind, const luaL_Reg* methods);

// Waits look up after that many seconds: lua5.4 tells of Ctrl-C by a debug hook, which runs at the next
// call of a function, and raises an error.
inline constexpr double glance_seconds = 0.1;
void glance(lua_State* L);

// Threads
void close_threads(lua_State* L, state& s) noexcept;
const char* role_of(const thread_record* self, std::size_t& size) noexcept;
bridge::world* world_of(thread_record* self) noexcept;
void note_attached(thread_record* self, std::uint64_t identity) noexcept;
bool is_stopped(const thread_record* self) noexcept;
extern const char spawn_key;   // in the registry of a spawned state: its thread_record
extern const char record_key;  // in every state's registry: its record

}  // namespace module

#define SHOAL_LUA_EXPORT __attribute__((visibility("default")))
extern "C" SHOAL_LUA_EXPORT int luaopen_shoal(lua_State* L);
