// SPDX-License-Identifier: BSL-1.0

// Fields and elements: reading, writing, atomics, iteration; and the operators that methods define.

#include <cstring>

#include "module.hpp"

namespace module {

namespace {

constexpr const char* struct_name = "shared struct";
constexpr const char* array_name = "shared array";

void push_name(lua_State* L, const type_info& info) {
  lua_pushlstring(L, info.facts.name, info.facts.name_size);
}

int no_member(lua_State* L, const type_info& info, int key, const char* what) {
  push_name(L, info);
  const char* holder = lua_tostring(L, -1);
  const char* asked = luaL_tolstring(L, key, nullptr);
  return luaL_error(L, "%s has no %s '%s'", holder, what, asked);
}

int no_member_or_method(lua_State* L, const type_info& info) {
  for (const type_info* at = &info; at != nullptr; at = at->parent) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, at->methods);
    lua_pushnil(L);
    if (lua_next(L, -2) != 0) return no_member(L, info, 2, "field or method");
    lua_pop(L, 1);
  }
  // Who writes methods for the first time expects those of the agent that declared the type.
  push_name(L, info);
  const char* holder = lua_tostring(L, -1);
  return luaL_error(L, "%s has no field or method '%s' (this agent has given it no methods)",
                    holder, luaL_tolstring(L, 2, nullptr));
}

// The index (from 1) that a Lua value names; false: it is no integer.
bool to_index(lua_State* L, int at, lua_Integer& index) {
  int is_integer = 0;
  if (lua_type(L, at) == LUA_TNUMBER) index = lua_tointegerx(L, at, &is_integer);
  return is_integer != 0;
}

// ------------------------------------------------------------------ structs

int struct_index(lua_State* L) {
  state& s = state_of(L);
  const proxy& object = check_proxy(L, s, 1, meta::structure, struct_name);
  const bridge::field* field = find_field(L, s, *object.info, 2);
  if (field == nullptr) {
    if (push_method(L, s, *object.info, 2)) return 1;
    return no_member_or_method(L, *object.info);
  }
  bridge::message why;
  bridge::value found;
  if (bridge::load(s.agent, {object.held, field, 0, 0}, bridge::order::unordered, found, why) !=
      bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, found);
  return 1;
}

int struct_newindex(lua_State* L) {
  state& s = state_of(L);
  const proxy& object = check_proxy(L, s, 1, meta::structure, struct_name);
  const bridge::field* field = find_field(L, s, *object.info, 2);
  if (field == nullptr) return no_member(L, *object.info, 2, "field");
  bridge::value stored;
  to_value(L, s, 3, stored);
  bridge::message why;
  if (bridge::store(s.agent, {object.held, field, 0, 0}, bridge::order::unordered, stored, why) !=
      bridge::ok) {
    raise(L, why);
  }
  return 0;
}

int struct_next(lua_State* L) {
  state& s = state_of(L);
  const proxy& object = check_proxy(L, s, 1, meta::structure, struct_name);
  const type_info& info = *object.info;
  std::uint32_t number = 0;
  if (!lua_isnoneornil(L, 2)) {
    const bridge::field* last = find_field(L, s, info, 2);
    if (last == nullptr) return no_member(L, info, 2, "field");
    number = static_cast<std::uint32_t>(last - info.fields) + 1;
  }
  if (number == info.facts.field_count) return 0;
  lua_pushlstring(L, info.fields[number].name, info.fields[number].name_size);
  bridge::message why;
  bridge::value found;
  if (bridge::load(s.agent, {object.held, &info.fields[number], 0, 0}, bridge::order::unordered,
                   found, why) != bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, found);
  return 2;
}

int struct_pairs(lua_State* L) {
  check_proxy(L, state_of(L), 1, meta::structure, struct_name);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

int default_tostring(lua_State* L, const proxy& object) {
  push_name(L, *object.info);
  lua_pushfstring(L, "%s: %p", lua_tostring(L, -1),
                  reinterpret_cast<void*>(static_cast<std::uintptr_t>(object.address)));
  return 1;
}

int operator_ended(lua_State* L, int, lua_KContext) { return lua_gettop(L); }

// Operators are methods by their metamethod's name, as in `function Point.__add(a, b)`.
int struct_operator(lua_State* L) {
  state& s = state_of(L);
  const char* event = lua_tostring(L, lua_upvalueindex(2));
  const int given = lua_gettop(L);
  luaL_checkstack(L, given + 4, nullptr);
  for (int i = 1; i <= 2 && i <= given; ++i) {
    const auto* object = static_cast<proxy*>(test(L, s, i, meta::structure));
    if (object == nullptr || object->held == nullptr) continue;
    if (!push_method(L, s, *object->info, lua_upvalueindex(2))) {
      if (std::strcmp(event, "__tostring") == 0) return default_tostring(L, *object);
      continue;
    }
    lua_insert(L, 1);
    lua_callk(L, given, LUA_MULTRET, 0, operator_ended);
    return lua_gettop(L);
  }
  const auto* object = static_cast<proxy*>(test(L, s, 1, meta::structure));
  if (object == nullptr) object = static_cast<proxy*>(test(L, s, 2, meta::structure));
  if (object == nullptr || object->held == nullptr) {
    return luaL_error(L, "a shared object was used after it was closed");
  }
  push_name(L, *object->info);
  return luaL_error(L, "%s has no method '%s'", lua_tostring(L, -1), event);
}

const char* const operators[] = {"__tostring", "__len",  "__call",   "__add",  "__sub",
                                 "__mul",      "__div",  "__mod",    "__pow",  "__unm",
                                 "__idiv",     "__band", "__bor",    "__bxor", "__shl",
                                 "__shr",      "__bnot", "__concat", "__lt",   "__le"};

// ------------------------------------------------------------------ arrays

int array_index(lua_State* L) {
  state& s = state_of(L);
  const proxy& array = check_proxy(L, s, 1, meta::array, array_name);
  lua_Integer index = 0;
  if (!to_index(L, 2, index)) return no_member(L, *array.info, 2, "element");
  // Outside there is nil, as in a table; so ipairs ends.
  bridge::message why;
  bridge::value found;
  if (bridge::load_element(s.agent,
                           {array.held, nullptr, static_cast<std::uint64_t>(index) - 1, index},
                           found, why) != bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, found);
  return 1;
}

int array_newindex(lua_State* L) {
  state& s = state_of(L);
  const proxy& array = check_proxy(L, s, 1, meta::array, array_name);
  lua_Integer index = 0;
  if (!to_index(L, 2, index)) return no_member(L, *array.info, 2, "element");
  bridge::value stored;
  to_value(L, s, 3, stored);
  bridge::message why;
  if (bridge::store(s.agent, {array.held, nullptr, static_cast<std::uint64_t>(index) - 1, index},
                    bridge::order::unordered, stored, why) != bridge::ok) {
    raise(L, why);
  }
  return 0;
}

int array_len(lua_State* L) {
  state& s = state_of(L);
  const proxy& array = check_proxy(L, s, 1, meta::array, array_name);
  lua_pushinteger(L, static_cast<lua_Integer>(bridge::length_of(s.agent, array.held)));
  return 1;
}

int array_next(lua_State* L) {
  state& s = state_of(L);
  const proxy& array = check_proxy(L, s, 1, meta::array, array_name);
  const lua_Integer last = luaL_optinteger(L, 2, 0);
  const std::uint64_t length = bridge::length_of(s.agent, array.held);
  if (last < 0 || static_cast<std::uint64_t>(last) >= length) return 0;
  lua_pushinteger(L, last + 1);
  bridge::message why;
  bridge::value found;
  if (bridge::load(s.agent, {array.held, nullptr, static_cast<std::uint64_t>(last), last + 1},
                   bridge::order::unordered, found, why) != bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, found);
  return 2;
}

int array_pairs(lua_State* L) {
  check_proxy(L, state_of(L), 1, meta::array, array_name);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

int array_tostring(lua_State* L) {
  state& s = state_of(L);
  return default_tostring(L, check_proxy(L, s, 1, meta::array, array_name));
}

// array(kind, length) or array(kind, table)
int array(lua_State* L) {
  state& s = state_of(L);
  std::size_t size = 0;
  const char* name = luaL_checklstring(L, 1, &size);
  const int kind = bridge::kind_named(name, size);
  if (kind < 0) {
    return luaL_error(L, "there is no kind '%s' (any, ref, bool, i8 to u64, f32, f64, v128)", name);
  }
  lua_Integer length = 0;
  const bool from_table = lua_istable(L, 2);
  if (from_table) {
    length = static_cast<lua_Integer>(lua_rawlen(L, 2));
  } else {
    luaL_argcheck(L, to_index(L, 2, length), 2, "a length or a table expected");
    luaL_argcheck(L, length >= 0, 2, "a length is not negative");
  }
  lua_settop(L, 2);
  bridge::message why;
  bridge::value made;
  if (bridge::create_array(s.agent, static_cast<std::uint8_t>(kind),
                           static_cast<std::uint64_t>(length), made, why) != bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, made);
  const proxy& fresh = check_proxy(L, s, 3, meta::array, array_name);
  for (lua_Integer i = 1; from_table && i <= length; ++i) {
    lua_rawgeti(L, 2, i);
    bridge::value each;
    to_value(L, s, -1, each);
    if (each.what != bridge::form::nil || kind == bridge::kind_any) {
      if (bridge::store(s.agent, {fresh.held, nullptr, static_cast<std::uint64_t>(i) - 1, i},
                        bridge::order::unordered, each, why) != bridge::ok) {
        raise(L, why);
      }
    }
    lua_settop(L, 3);
  }
  return 1;
}

// ------------------------------------------------------------------ atomics

enum : unsigned { for_load = 1, for_store = 2, for_both = 4 };

bridge::order check_order(lua_State* L, int at, unsigned use) {
  static const struct {
    const char* name;
    bridge::order is;
    unsigned uses;
  } orders[] = {{"seq_cst", bridge::order::seq_cst, for_load | for_store | for_both},
                {"unordered", bridge::order::unordered, for_load | for_store | for_both},
                {"acquire", bridge::order::acquire, for_load | for_both},
                {"release", bridge::order::release, for_store | for_both},
                {"acq_rel", bridge::order::acq_rel, for_both}};
  const char* name = luaL_optstring(L, at, "seq_cst");
  for (const auto& each : orders) {
    if (std::strcmp(each.name, name) != 0) continue;
    if ((each.uses & use) == 0) {
      luaL_error(L, "the order '%s' is not one of %s", name,
                 use == for_load ? "a load" : "a store");
    }
    return each.is;
  }
  luaL_error(L, "there is no order '%s' (unordered, acquire, release, acq_rel, seq_cst)", name);
  return bridge::order::seq_cst;
}

int load(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  const bridge::order order = check_order(L, 3, for_load);
  bridge::message why;
  bridge::value found;
  if (bridge::load(s.agent, at, order, found, why) != bridge::ok) raise(L, why);
  push_value(L, s, found);
  return 1;
}

int store(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checkany(L, 3);
  const bridge::order order = check_order(L, 4, for_store);
  bridge::value stored;
  to_value(L, s, 3, stored);
  bridge::message why;
  if (bridge::store(s.agent, at, order, stored, why) != bridge::ok) raise(L, why);
  return 0;
}

int exchange(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checkany(L, 3);
  const bridge::order order = check_order(L, 4, for_both);
  bridge::value stored;
  to_value(L, s, 3, stored);
  bridge::message why;
  bridge::value old;
  if (bridge::exchange(s.agent, at, order, stored, old, why) != bridge::ok) raise(L, why);
  push_value(L, s, old);
  return 1;
}

// compare_exchange(object, field, expected, desired) -> whether it was stored, what was there
int compare_exchange(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checkany(L, 4);
  const bridge::order order = check_order(L, 5, for_both);
  bridge::value expected;
  bridge::value desired;
  to_value(L, s, 3, expected);
  to_value(L, s, 4, desired);
  bridge::message why;
  bridge::value seen;
  bool done = false;
  if (bridge::compare_exchange(s.agent, at, order, expected, desired, seen, done, why) !=
      bridge::ok) {
    raise(L, why);
  }
  lua_pushboolean(L, done);
  push_value(L, s, seen);
  return 2;
}

// add(object, field, amount) -> what was there before
int add(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checkany(L, 3);
  const bridge::order order = check_order(L, 4, for_both);
  bridge::value amount;
  to_value(L, s, 3, amount);
  bridge::message why;
  bridge::value old;
  if (bridge::add(s.agent, at, order, amount, old, why) != bridge::ok) raise(L, why);
  push_value(L, s, old);
  return 1;
}

// Functions of a metatable with a second upvalue: the iterator of __pairs.
void set_pairs(lua_State* L, state& s, lua_CFunction pairs, lua_CFunction next) {
  lua_pushlightuserdata(L, &s);
  lua_pushlightuserdata(L, &s);
  lua_pushcclosure(L, next, 1);
  lua_pushcclosure(L, pairs, 2);
  lua_setfield(L, -2, "__pairs");
}

}  // namespace

bridge::place check_place(lua_State* L, state& s) {
  if (test(L, s, 1, meta::array) != nullptr) {
    const proxy& array = check_proxy(L, s, 1, meta::array, array_name);
    lua_Integer index = 0;
    if (!to_index(L, 2, index)) no_member(L, *array.info, 2, "element");
    return {array.held, nullptr, static_cast<std::uint64_t>(index) - 1, index};
  }
  const proxy& object = check_proxy(L, s, 1, meta::structure, "shared struct or array");
  luaL_checkany(L, 2);
  const bridge::field* field = find_field(L, s, *object.info, 2);
  if (field == nullptr) no_member(L, *object.info, 2, "field");
  return {object.held, field, 0, 0};
}

void open_access(lua_State* L, state& s) {
  static const luaL_Reg struct_meta[] = {
      {"__index", struct_index}, {"__newindex", struct_newindex}, {nullptr, nullptr}};
  push_meta(L, s, meta::structure);
  set_functions(L, s, struct_meta);
  set_pairs(L, s, struct_pairs, struct_next);
  for (const char* event : operators) {
    lua_pushlightuserdata(L, &s);
    lua_pushstring(L, event);
    lua_pushcclosure(L, struct_operator, 2);
    lua_setfield(L, -2, event);
  }
  lua_pop(L, 1);
  static const luaL_Reg array_meta[] = {{"__index", array_index},
                                        {"__newindex", array_newindex},
                                        {"__len", array_len},
                                        {"__tostring", array_tostring},
                                        {nullptr, nullptr}};
  push_meta(L, s, meta::array);
  set_functions(L, s, array_meta);
  set_pairs(L, s, array_pairs, array_next);
  lua_pop(L, 1);
  static const luaL_Reg functions[] = {{"array", array},
                                       {"load", load},
                                       {"store", store},
                                       {"exchange", exchange},
                                       {"compare_exchange", compare_exchange},
                                       {"add", add},
                                       {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
