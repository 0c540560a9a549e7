// SPDX-License-Identifier: BSL-1.0

// Values between Lua and the bridge; proxies; packets.

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "module.hpp"

namespace module {

namespace {

const char* const meta_names[] = {"shared struct",
                                  "shared array",
                                  "thread-local function",
                                  "thread-bound handle",
                                  "mutex",
                                  "condition",
                                  "mailbox",
                                  "shared type",
                                  "cohort",
                                  "agent",
                                  "unlock token",
                                  "pending wait",
                                  "shoal internal"};

meta meta_of(bridge::thing kind) noexcept {
  switch (kind) {
    case bridge::thing::structure:
      return meta::structure;
    case bridge::thing::array:
      return meta::array;
    case bridge::thing::thread_local_function:
      return meta::thread_local_function;
    case bridge::thing::mutex:
      return meta::mutex;
    case bridge::thing::condition:
      return meta::condition;
    case bridge::thing::mailbox:
      return meta::mailbox;
    default:
      return meta::thread_bound;
  }
}

bool known_proxy(lua_State* L, const state& s, std::uint64_t address) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, s.proxies);
  const int found =
      lua_rawgetp(L, -1, reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address)));
  lua_remove(L, -2);
  if (found == LUA_TUSERDATA) return true;
  lua_pop(L, 1);
  return false;
}

// False: no memory.
bool hold(state& s, bridge::object* held, std::uint32_t& number) noexcept {
  if (s.free_holding == s.holdings_room) {
    const std::uint32_t room = s.holdings_room == 0 ? 64 : s.holdings_room * 2;
    auto* grown = static_cast<holding*>(std::realloc(s.holdings, room * sizeof(holding)));
    if (grown == nullptr) return false;
    for (std::uint32_t i = s.holdings_room; i < room; ++i) grown[i] = {nullptr, i + 1};
    s.holdings = grown;
    s.holdings_room = room;
  }
  number = s.free_holding;
  s.free_holding = std::exchange(s.holdings[number], {held, 0}).next;
  return true;
}

void close(state& s, proxy& one) noexcept {
  if (one.held == nullptr) return;
  s.holdings[one.holding] = {nullptr, s.free_holding};
  s.free_holding = one.holding;
  bridge::object_drop(s.agent, std::exchange(one.held, nullptr));
}

int close_proxy(lua_State* L) {
  auto* one = static_cast<proxy*>(lua_touserdata(L, 1));
  // Else the agent has gone, and its handles with it.
  if (state* s = state_or_null(L)) close(*s, *one);
  one->held = nullptr;
  return 0;
}

int close_box(lua_State* L) {
  box* const gone = std::exchange(*static_cast<box**>(lua_touserdata(L, 1)), nullptr);
  if (state_or_null(L) != nullptr) delete_box(gone);  // else the state has done it
  return 0;
}

int can_be_shared(lua_State* L) {
  state& s = state_of(L);
  luaL_checkany(L, 1);
  switch (lua_type(L, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
      lua_pushboolean(L, 1);
      return 1;
    default: {
      const proxy* one = test_proxy(L, s, 1);
      lua_pushboolean(
          L, (one != nullptr && one->held != nullptr) || test(L, s, 1, meta::type) != nullptr);
      return 1;
    }
  }
}

const char* const kind_words[] = {"a shared struct",
                                  "a shared array",
                                  "a thread-local function",
                                  "a thread-bound handle",
                                  "a mutex",
                                  "a condition",
                                  "a mailbox",
                                  "a type",
                                  "a cohort",
                                  "an agent",
                                  "an unlock token",
                                  "a pending wait",
                                  "an internal value"};

// "function" -> "a function": what the demo of an error needs.
int describe(lua_State* L) {
  state_of(L);
  lua_pushstring(L, words_for(L, 1));
  return 1;
}

}  // namespace

const char* words_for(lua_State* L, int index) noexcept {
  switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
      return "nil";
    case LUA_TBOOLEAN:
      return "a boolean";
    case LUA_TNUMBER:
      return "a number";
    case LUA_TSTRING:
      return "a string";
    case LUA_TTABLE:
      return "a table";
    case LUA_TFUNCTION:
      return "a function";
    case LUA_TTHREAD:
      return "a coroutine";
    case LUA_TUSERDATA: {
      const int at = lua_absindex(L, index);
      lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
      const auto* s = static_cast<const state*>(lua_touserdata(L, -1));
      lua_pop(L, 1);
      index = at;
      for (int i = 0; s != nullptr && i < static_cast<int>(meta::count); ++i) {
        const void* const found = test(L, *s, index, static_cast<meta>(i));
        if (found == nullptr) continue;
        const bool is_closed = i < proxy_kinds && static_cast<const proxy*>(found)->held == nullptr;
        return is_closed ? "a closed shared object" : kind_words[i];
      }
      return "a userdata";
    }
    default:
      return "a light userdata";
  }
}

void* test(lua_State* L, const state& s, int index, meta kind) noexcept {
  if (lua_type(L, index) != LUA_TUSERDATA || lua_getmetatable(L, index) == 0) return nullptr;
  const bool same = lua_topointer(L, -1) == s.meta_tables[static_cast<int>(kind)];
  lua_pop(L, 1);
  return same ? lua_touserdata(L, index) : nullptr;
}

proxy* test_proxy(lua_State* L, const state& s, int index) noexcept {
  if (lua_type(L, index) != LUA_TUSERDATA || lua_getmetatable(L, index) == 0) return nullptr;
  const void* const found = lua_topointer(L, -1);
  lua_pop(L, 1);
  for (int i = 0; i < proxy_kinds; ++i) {
    if (found == s.meta_tables[i]) return static_cast<proxy*>(lua_touserdata(L, index));
  }
  return nullptr;
}

int proxy_tostring(lua_State* L) {
  state& s = state_of(L);
  const proxy* one = test_proxy(L, s, 1);
  if (one == nullptr) return luaL_typeerror(L, 1, "shared object");
  lua_pushfstring(L, "%s: %p", words_for(L, 1) + 2,
                  reinterpret_cast<void*>(static_cast<std::uintptr_t>(one->address)));
  return 1;
}

proxy& check_proxy(lua_State* L, const state& s, int index, meta kind, const char* name) {
  auto& one = *check<proxy>(L, s, index, kind, name);
  if (one.held == nullptr) luaL_argerror(L, index, "the shared object is closed");
  return one;
}

void* new_userdata(lua_State* L, const state& s, std::size_t size, meta kind) {
  void* made = lua_newuserdatauv(L, size, 0);
  std::memset(made, 0, size);
  push_meta(L, s, kind);
  lua_setmetatable(L, -2);
  return made;
}

void make_spare(lua_State* L, state& s) {
  void* const made = lua_newuserdatauv(L, sizeof(proxy), 0);
  std::memset(made, 0, sizeof(proxy));
  lua_rawseti(L, LUA_REGISTRYINDEX, s.spare);
  s.has_spare = true;
}

void to_value(lua_State* L, state& s, int index, bridge::value& out) {
  out = bridge::value();
  switch (lua_type(L, index)) {
    case LUA_TNIL:
      return;
    case LUA_TBOOLEAN:
      out.what = bridge::form::boolean;
      out.truth = lua_toboolean(L, index) != 0;
      return;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) {
        out.what = bridge::form::integer;
        out.integer = lua_tointeger(L, index);
      } else {
        out.what = bridge::form::number;
        out.number = lua_tonumber(L, index);
      }
      return;
    case LUA_TSTRING:
      out.what = bridge::form::text;
      out.text.bytes = lua_tolstring(L, index, &out.text.size);
      return;
    case LUA_TUSERDATA: {
      out.what = bridge::form::object;
      if (const proxy* one = test_proxy(L, s, index)) {
        if (one->held == nullptr) luaL_error(L, "a shared object was used after it was closed");
        out.ref.held = one->held;
        out.ref.address = one->address;
        return;
      }
      if (auto* type = static_cast<type_value*>(test(L, s, index, meta::type))) {
        bridge::object*& shared = type->info->handles[type->rights];
        if (shared == nullptr) {
          bridge::message why;
          bridge::value made;
          if (bridge::make_type_handle(s.agent, type->info->facts.what, type->rights, made, why) !=
              bridge::ok) {
            raise(L, why);
          }
          shared = made.ref.held;
        }
        out.ref.held = shared;
        out.kind = bridge::thing::type_handle;
        return;
      }
      break;
    }
    default:
      break;
  }
  out.what = bridge::form::unshared;
  out.unshared = words_for(L, index);
}

void push_value(lua_State* L, state& s, bridge::value& what) {
  switch (what.what) {
    case bridge::form::boolean:
      lua_pushboolean(L, what.truth);
      return;
    case bridge::form::integer:
      lua_pushinteger(L, what.integer);
      return;
    case bridge::form::number:
      lua_pushnumber(L, what.number);
      return;
    case bridge::form::text:
      lua_pushlstring(L, what.text.bytes, what.text.size);
      return;
    case bridge::form::vector:
      lua_pushlstring(L, reinterpret_cast<const char*>(what.vector), sizeof what.vector);
      return;
    case bridge::form::object:
      break;
    default:
      lua_pushnil(L);
      return;
  }
  bridge::object* const held = what.ref.held;
  if (what.kind == bridge::thing::type_handle) {
    bridge::object_drop(s.agent, held);
    push_type(L, s, info_of(L, s, bridge::type_at(s.agent, what.type_index)), what.rights);
    return;
  }
  if (what.kind == bridge::thing::other) {
    bridge::object_drop(s.agent, held);
    luaL_error(L, "a shared object of a kind that this module does not know");
  }
  if (known_proxy(L, s, what.ref.address)) {
    bridge::object_drop(s.agent, held);
    return;
  }
  std::uint32_t number = 0;
  if (!hold(s, held, number)) {
    bridge::object_drop(s.agent, held);
    luaL_error(L, "out of memory");
  }
  // The spare takes the handle over before anything can fail. There always is one, but where a hook
  // has run out of memory before.
  if (!s.has_spare) make_spare(L, s);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s.spare);
  auto* made = static_cast<proxy*>(lua_touserdata(L, -1));
  made->held = held;
  made->holding = number;
  made->address = what.ref.address;
  push_meta(L, s, meta_of(what.kind));
  lua_setmetatable(L, -2);
  s.has_spare = false;
  if (what.kind == bridge::thing::structure || what.kind == bridge::thing::array) {
    made->info = &info_of(L, s, bridge::type_at(s.agent, what.type_index));
  }
  make_spare(L, s);
  // Finalizers may have run meanwhile, and have met the same object. From here on none runs.
  if (known_proxy(L, s, what.ref.address)) {
    lua_remove(L, -2);
    close(s, *made);
    return;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, s.proxies);
  lua_pushvalue(L, -2);
  lua_rawsetp(L, -2, reinterpret_cast<const void*>(static_cast<std::uintptr_t>(what.ref.address)));
  lua_pop(L, 1);
}

box& pack(lua_State* L, state& s, int first, int last, const char* what, int number) {
  luaL_checkstack(L, 8, "too many values");
  auto** const owner = static_cast<box**>(new_userdata(L, s, sizeof(box*), meta::box));
  *owner = new (std::nothrow) box();
  if (*owner == nullptr) luaL_error(L, "out of memory");
  box& made = **owner;
  made.next = s.boxes;
  made.place = &s.boxes;
  if (made.next != nullptr) made.next->place = &made.next;
  s.boxes = &made;
  const int count = last < first ? 0 : last - first + 1;
  made.held = bridge::new_packet(static_cast<std::size_t>(count));
  if (made.held == nullptr) luaL_error(L, "out of memory");
  for (int i = first; i <= last; ++i) {
    if (auto** cohort = static_cast<bridge::cohort**>(test(L, s, i, meta::cohort))) {
      bridge::packet_push_cohort(made.held, *cohort);
      continue;
    }
    bridge::value each;
    to_value(L, s, i, each);
    if (each.what == bridge::form::unshared) {
      luaL_error(L, "%s #%d: %s cannot be shared", what, i - first + number, each.unshared);
    }
    if (!bridge::packet_push(s.agent, made.held, each)) luaL_error(L, "out of memory");
  }
  return made;
}

bridge::packet* take(box& from) noexcept { return std::exchange(from.held, nullptr); }

void delete_box(box* gone) noexcept {
  if (gone == nullptr) return;
  *gone->place = gone->next;
  if (gone->next != nullptr) gone->next->place = gone->place;
  bridge::delete_packet(gone->held);
  delete gone;
}

void close_holdings(state& s) noexcept {
  for (std::uint32_t i = 0; i < s.holdings_room; ++i) {
    if (s.holdings[i].held != nullptr) bridge::object_drop(s.agent, s.holdings[i].held);
  }
  std::free(s.holdings);
  s.holdings = nullptr;
  s.holdings_room = s.free_holding = 0;
}

int unpack(lua_State* L, state& s, const bridge::packet* from) {
  const auto count = static_cast<int>(bridge::packet_size(from));
  luaL_checkstack(L, count + 8, "too many values");
  if (!s.has_spare) make_spare(L, s);
  for (int i = 0; i < count; ++i) {
    bridge::value each;
    bridge::cohort* cohort = bridge::packet_get(s.agent, from, static_cast<std::size_t>(i), each);
    if (cohort != nullptr) {
      *static_cast<bridge::cohort**>(new_userdata(L, s, sizeof cohort, meta::cohort)) = cohort;
      continue;
    }
    if (each.what == bridge::form::object) {
      each.ref.held = bridge::object_copy(s.agent, each.ref.held);
      if (each.ref.held == nullptr) luaL_error(L, "out of memory");
    }
    push_value(L, s, each);
  }
  return count;
}

void open_values(lua_State* L, state& s) {
  static const luaL_Reg proxy_gc[] = {{"__gc", close_proxy}, {nullptr, nullptr}};
  static const luaL_Reg box_gc[] = {{"__gc", close_box}, {nullptr, nullptr}};
  for (int i = 0; i < static_cast<int>(meta::count); ++i) {
    const auto kind = static_cast<meta>(i);
    push_meta(L, s, kind);
    lua_pushstring(L, meta_names[i]);
    lua_setfield(L, -2, "__name");
    if (i < proxy_kinds) set_functions(L, s, proxy_gc);
    if (kind == meta::box) set_functions(L, s, box_gc);
    lua_pop(L, 1);
  }
  static const luaL_Reg functions[] = {
      {"can_be_shared", can_be_shared}, {"_describe", describe}, {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
