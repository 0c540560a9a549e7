// SPDX-License-Identifier: BSL-1.0

// luaopen_shoal: joins the world of the agent that spawned this state, or makes a new one.

#include "module.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "share_lua.hpp"

namespace module {

extern const char record_key = 0;

namespace {

const char module_key = 0;

void release_word(void* host, std::uint64_t word, bool is_prototype) {
  state& s = *static_cast<state*>(host);
  if (is_prototype) {
    reinterpret_cast<type_info*>(word)->bound = false;
  } else {
    // Gives a slot of the registry back: no memory, no error, no collection.
    luaL_unref(s.main, LUA_REGISTRYINDEX, reference_of(word));
  }
}

int close_state(lua_State* L) {
  state& s = *static_cast<state*>(lua_touserdata(L, 1));
  if (s.agent == nullptr) return 0;
  s.current = L;
  close_threads(L, s);
  report_failures(s);
  // What finalizers have made since the state began to close has no finalizer of its own; others
  // had one that Lua had no memory to run.
  lua_rawgeti(L, LUA_REGISTRYINDEX, s.proxies);
  if (lua_istable(L, -1)) {
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      auto* one = static_cast<proxy*>(lua_touserdata(L, -1));
      if (one != nullptr) one->held = nullptr;
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
  close_holdings(s);
  while (s.boxes != nullptr) delete_box(s.boxes);
  for (std::uint32_t i = 0; i < s.info_room; ++i) {
    if (s.infos[i] == nullptr) continue;
    for (bridge::object*& held : s.infos[i]->handles) {
      if (held != nullptr) bridge::object_drop(s.agent, held);
      held = nullptr;
    }
  }
  // os.exit(true, true) inside of a hook closes the state below running calls of Shoal: the agent
  // then ends with the process.
  bridge::agent* const leaving = s.agent;
  if (s.depth == 0) bridge::detach(leaving);
  s.agent = nullptr;
  for (std::uint32_t i = 0; i < s.info_room; ++i) {
    if (s.infos[i] == nullptr) continue;
    std::free(s.infos[i]->fields);
    std::free(s.infos[i]->keys);
    std::free(s.infos[i]);
  }
  std::free(s.infos);
  s.infos = nullptr;
  s.info_room = 0;
  return 0;
}

}  // namespace

state* state_or_null(lua_State* L) noexcept {
  auto* s = static_cast<state*>(lua_touserdata(L, lua_upvalueindex(1)));
  return s->agent != nullptr ? s : nullptr;
}

state& state_of(lua_State* L) {
  auto& s = *static_cast<state*>(lua_touserdata(L, lua_upvalueindex(1)));
  if (s.agent == nullptr) luaL_error(L, "shoal is closed in this state");
  if (s.self != nullptr && is_stopped(s.self)) {
    luaL_error(L, "interrupted: the agent that spawned this one has ended");
  }
  s.current = L;
  if (!s.has_spare) make_spare(L, s);
  return s;
}

void raise(lua_State* L, const bridge::message& why) {
  luaL_error(L, "%s", why.text[0] != '\0' ? why.text : "the call failed");
  std::abort();  // never reached
}

int traceback(lua_State* L) {
  lua_settop(L, 1);
  if (lua_tostring(L, 1) == nullptr) {
    if (!luaL_callmeta(L, 1, "__tostring") || lua_type(L, -1) != LUA_TSTRING) {
      lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    }
  }
  lua_pushliteral(L, "\n");
  luaL_traceback(L, L, nullptr, 1);
  lua_concat(L, 3);
  return 1;
}

// Of hooks: an error that comes through several of them has its traceback already.
int hook_traceback(lua_State* L) {
  const char* text = lua_tostring(L, 1);
  if (text != nullptr && std::strstr(text, "\nstack traceback:\n") != nullptr) return 1;
  return traceback(L);
}

bool call_protected(state& s, lua_CFunction function, void* argument, int& top) noexcept {
  lua_State* L = s.current;
  top = lua_gettop(L);
  if (!lua_checkstack(L, 8)) return false;
  lua_pushcfunction(L, hook_traceback);  // light functions: no memory is asked for
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, &s);
  lua_pushlightuserdata(L, argument);
  ++s.depth;
  const int code = lua_pcall(L, 2, 0, top + 1);
  --s.depth;
  s.current = L;
  return code == LUA_OK;
}

void set_functions(lua_State* L, state& s, const luaL_Reg* functions) {
  lua_pushlightuserdata(L, &s);
  luaL_setfuncs(L, functions, 1);
}

void push_meta(lua_State* L, const state& s, meta kind) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, s.metas[static_cast<int>(kind)]);
}

namespace {

int no_method(lua_State* L) {
  return luaL_error(L, "%s has no method '%s'", lua_tostring(L, lua_upvalueindex(1)),
                    luaL_tolstring(L, 2, nullptr));
}

}  // namespace

void set_methods(lua_State* L, state& s, meta kind, const luaL_Reg* meta_functions,
                 const luaL_Reg* methods) {
  push_meta(L, s, kind);
  set_functions(L, s, meta_functions);
  lua_createtable(L, 0, 8);
  set_functions(L, s, methods);
  lua_createtable(L, 0, 1);
  lua_getfield(L, -3, "__name");
  lua_pushcclosure(L, no_method, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

void add_methods(lua_State* L, state& s, meta kind, const luaL_Reg* methods) {
  push_meta(L, s, kind);
  lua_getfield(L, -1, "__index");
  set_functions(L, s, methods);
  lua_pop(L, 2);
}

}  // namespace module

using module::state;

extern "C" int luaopen_shoal(lua_State* L) {
  luaL_checkversion(L);
  // Loaded again (package.loaded cleared): the same module, of the same agent.
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &module::module_key) == LUA_TTABLE) return 1;
  lua_pop(L, 1);

  auto* s = new (lua_newuserdatauv(L, sizeof(state), 0)) state();
  for (int& each : s->metas) each = LUA_NOREF;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &module::spawn_key);
  s->self = static_cast<module::thread_record*>(lua_touserdata(L, -1));
  lua_pop(L, 1);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, module::close_state);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);  // from here on it is closed with the Lua state
  lua_rawsetp(L, LUA_REGISTRYINDEX, &module::record_key);
  s->current = L;
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  s->main = lua_tothread(L, -1);
  lua_pop(L, 1);

  bridge::message why;
  s->world =
      s->self != nullptr ? bridge::retain(module::world_of(s->self)) : bridge::open_world(why);
  if (s->world == nullptr) module::raise(L, why);
  std::size_t role_size = 4;
  const char* role = s->self != nullptr ? module::role_of(s->self, role_size) : "main";
  const bridge::agent_hooks hooks = {s, module::release_word, module::resolve_type,
                                     module::run_call, module::settle};
  s->agent = bridge::attach(s->world, role, role_size, hooks, why);
  bridge::release(s->world);  // the agent keeps it
  if (s->agent == nullptr) module::raise(L, why);
  if (s->self != nullptr) module::note_attached(s->self, bridge::identity_of(s->agent));

  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "v");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  s->proxies = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pushboolean(L, 0);
  s->spare = luaL_ref(L, LUA_REGISTRYINDEX);
  module::make_spare(L, *s);
  for (int i = 0; i < static_cast<int>(module::meta::count); ++i) {
    lua_createtable(L, 0, 16);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    s->meta_tables[i] = lua_topointer(L, -1);
    s->metas[i] = luaL_ref(L, LUA_REGISTRYINDEX);
  }

  lua_createtable(L, 0, 32);
  module::open_values(L, *s);
  module::open_types(L, *s);
  module::open_access(L, *s);
  module::open_agents(L, *s);
  module::open_sync(L, *s);
  module::open_async(L, *s);
  int version[3];
  bridge::version(version);
  lua_pushfstring(L, "%d.%d.%d", version[0], version[1], version[2]);
  lua_setfield(L, -2, "_VERSION");
  // The part that is written in Lua gets the table and adds to it.
  if (luaL_loadbufferx(L, module::share_lua, std::strlen(module::share_lua), "=shoal", "t") !=
      LUA_OK) {
    return lua_error(L);
  }
  lua_pushvalue(L, -2);
  lua_call(L, 1, 0);

  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &module::module_key);
  return 1;
}
