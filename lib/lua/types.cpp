// SPDX-License-Identifier: BSL-1.0

// Types: declarations, type values, and this agent's behaviour for them.

#include <cstdlib>
#include <cstring>
#include <new>

#include "module.hpp"

namespace module {

namespace {

constexpr const char* type_name = "shared type";

// ------------------------------------------------------------------ declarations

// A field of an option table; raw, so that what has been read before cannot change.
int get_option(lua_State* L, int options, const char* name) {
  lua_pushstring(L, name);
  return lua_rawget(L, options);
}

// Keeps the value at the top of the stack alive in the table at `keep`.
void anchor(lua_State* L, int keep) {
  lua_pushvalue(L, -1);
  lua_rawseti(L, keep, static_cast<lua_Integer>(lua_rawlen(L, keep)) + 1);
}

// One field as text: "x", "x:f64", "x:const i32", "next:self", "next:ref".
void read_kind(lua_State* L, const char* name, const char* text, std::size_t size,
               bridge::field_declaration& out) {
  while (size != 0 && *text == ' ') ++text, --size;
  while (size != 0 && text[size - 1] == ' ') --size;
  if (size >= 5 && std::memcmp(text, "const", 5) == 0 && (size == 5 || text[5] == ' ')) {
    out.constant = true;
    text += 5;
    size -= 5;
    while (size != 0 && *text == ' ') ++text, --size;
  }
  if (size == 0) return;
  if (size == 4 && std::memcmp(text, "self", 4) == 0) {
    out.kind = bridge::kind_ref;
    out.self = true;
    return;
  }
  const int kind = bridge::kind_named(text, size);
  if (kind < 0) {
    lua_pushlstring(L, text, size);
    luaL_error(L,
               "field '%s': there is no kind '%s' (any, ref, self, bool, i8 to u64, f32, f64, "
               "v128)",
               name, lua_tostring(L, -1));
  }
  out.kind = static_cast<std::uint8_t>(kind);
}

// Reads the declaration of the field at the top of the stack. What it points to stays anchored in
// the table at `keep`.
void read_field(lua_State* L, state& s, int number, int keep, bridge::field_declaration& out) {
  out = {};
  if (lua_type(L, -1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(L, -1, &size);
    const auto* colon = static_cast<const char*>(std::memchr(text, ':', size));
    out.name = text;
    out.name_size = colon != nullptr ? static_cast<std::size_t>(colon - text) : size;
    while (out.name_size != 0 && out.name[out.name_size - 1] == ' ') --out.name_size;
    anchor(L, keep);
    if (colon != nullptr) {
      lua_pushlstring(L, out.name, out.name_size);
      read_kind(L, lua_tostring(L, -1), colon + 1,
                size - static_cast<std::size_t>(colon + 1 - text), out);
      lua_pop(L, 1);
    }
    return;
  }
  if (lua_type(L, -1) != LUA_TTABLE) {
    luaL_error(L,
               "field %d: a string such as \"x:f64\" or a table such as {\"next\", Node}, not %s",
               number, words_for(L, -1));
  }
  // {"name", kind or type, const = true}
  const int at = lua_gettop(L);
  lua_rawgeti(L, at, 1);
  if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "field %d: its name must be a string", number);
  out.name = lua_tolstring(L, -1, &out.name_size);
  anchor(L, keep);
  const char* name = lua_tostring(L, -1);
  lua_rawgeti(L, at, 2);
  if (lua_type(L, -1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(L, -1, &size);
    read_kind(L, name, text, size, out);
  } else if (auto* target = static_cast<type_value*>(test(L, s, -1, meta::type))) {
    out.kind = bridge::kind_ref;
    out.ref_type = target->info->facts.what;
  } else if (!lua_isnil(L, -1)) {
    luaL_error(L, "field '%s': its kind must be a string or a type, not %s", name,
               words_for(L, -1));
  }
  get_option(L, at, "const");
  if (lua_toboolean(L, -1)) out.constant = true;
  lua_settop(L, at);
}

// Adds the behaviours that an option names: a module name, or a table from role to module name.
// The names stay anchored in the table at `keep`.
void read_behaviours(lua_State* L, int options, const char* name, int keep, bridge::behaviour* out,
                     std::size_t room, std::size_t& count) {
  const auto add = [&](const char* role, std::size_t role_size, int at) {
    if (lua_type(L, at) != LUA_TSTRING) {
      luaL_error(L, "option '%s': a module name must be a string, not %s", name, words_for(L, at));
    }
    if (count == room)
      luaL_error(L, "option '%s': more than %d roles", name, static_cast<int>(room));
    bridge::behaviour& next = out[count++];
    next.role = role;
    next.role_size = role_size;
    next.name = lua_tolstring(L, at, &next.name_size);
    anchor(L, keep);
  };
  if (get_option(L, options, name) == LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  if (lua_type(L, -1) == LUA_TSTRING) {
    add("", 0, -1);
    lua_pop(L, 1);
    return;
  }
  if (!lua_istable(L, -1)) {
    luaL_error(L, "option '%s' takes a module name or a table from role to module name", name);
  }
  const int table = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, table) != 0) {
    if (lua_type(L, -2) == LUA_TSTRING) {
      std::size_t size = 0;
      const char* role = lua_tolstring(L, -2, &size);
      if (std::strcmp(role, "default") == 0) {
        add("", 0, -1);
      } else {
        add(role, size, -1);
        lua_pushvalue(L, -2);
        anchor(L, keep);
        lua_pop(L, 1);
      }
    } else if (lua_isinteger(L, -2) && lua_tointeger(L, -2) == 1) {
      add("", 0, -1);
    } else {
      luaL_error(L, "option '%s': roles are names", name);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

std::uint64_t hash_declaration(const bridge::declaration& what) noexcept {
  std::uint64_t hash = bridge::hash_of(what.name, what.name_size, what.field_count);
  const auto number = [&](std::uint64_t n) {
    hash = bridge::hash_of(reinterpret_cast<const char*>(&n), sizeof n, hash);
  };
  for (std::size_t i = 0; i < what.field_count; ++i) {
    const bridge::field_declaration& each = what.fields[i];
    hash = bridge::hash_of(each.name, each.name_size, hash);
    number(each.kind | (each.constant ? 256u : 0u) | (each.self ? 512u : 0u));
    if (each.ref_type != nullptr) {
      bridge::type_facts facts;
      bridge::facts_of(each.ref_type, facts);
      hash = bridge::hash_of(facts.name, facts.name_size, hash);
    }
  }
  if (what.extends != nullptr) {
    bridge::type_facts facts;
    bridge::facts_of(what.extends, facts);
    hash = bridge::hash_of(facts.name, facts.name_size, hash);
  }
  return hash;
}

// declare(name, fields, options) with arguments from `base` on, in that cohort (null: the world's,
// by source position unless the options say otherwise).
int declare(lua_State* L, state& s, int base, bridge::cohort* cohort, bool structural) {
  bridge::declaration what = {};
  what.name = luaL_checklstring(L, base, &what.name_size);
  luaL_checktype(L, base + 1, LUA_TTABLE);
  const int options = base + 2;
  if (!lua_isnoneornil(L, options)) luaL_checktype(L, options, LUA_TTABLE);
  lua_settop(L, options);
  luaL_checkstack(L, 24, nullptr);
  lua_createtable(L, 8, 0);  // of the strings that the declaration points into
  const int keep = options + 1;

  bridge::type_key key;
  key.what = structural ? bridge::type_key::structural : bridge::type_key::source;
  bridge::behaviour behaviours[16];
  lua_Debug where = {};
  if (cohort != nullptr) {
    key.what = bridge::type_key::text;
    key.text_key = what.name;
    key.text_size = what.name_size;
  }
  if (lua_istable(L, options)) {
    static const char* const known[] = {"extends", "module", "behaviour", "cohort",
                                        "key",     "fresh",  nullptr};
    lua_pushnil(L);
    while (lua_next(L, options) != 0) {
      bool is_known = false;
      for (int i = 0; known[i] != nullptr && lua_type(L, -2) == LUA_TSTRING; ++i) {
        is_known = is_known || std::strcmp(known[i], lua_tostring(L, -2)) == 0;
      }
      if (!is_known) {
        luaL_error(L, "there is no option '%s' (extends, module, behaviour, cohort, key, fresh)",
                   luaL_tolstring(L, -2, nullptr));
      }
      lua_pop(L, 1);
    }
    get_option(L, options, "extends");
    if (!lua_isnil(L, -1)) {
      auto* parent = static_cast<type_value*>(test(L, s, -1, meta::type));
      if (parent == nullptr) {
        luaL_error(L, "option 'extends' takes a type, not %s", words_for(L, -1));
      }
      what.extends = parent->info->facts.what;
    }
    lua_pop(L, 1);
    get_option(L, options, "cohort");
    if (!lua_isnil(L, -1)) {
      auto** given = static_cast<bridge::cohort**>(test(L, s, -1, meta::cohort));
      if (given == nullptr) {
        luaL_error(L, "option 'cohort' takes a cohort, not %s", words_for(L, -1));
      }
      cohort = *given;
      key.what = bridge::type_key::text;
      key.text_key = what.name;
      key.text_size = what.name_size;
    }
    lua_pop(L, 1);
    get_option(L, options, "key");
    if (!lua_isnil(L, -1)) {
      if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "option 'key' takes a string");
      key.what = bridge::type_key::text;
      key.text_key = lua_tolstring(L, -1, &key.text_size);
      anchor(L, keep);
    }
    lua_pop(L, 1);
    get_option(L, options, "fresh");
    if (lua_toboolean(L, -1)) key.what = bridge::type_key::fresh;
    lua_pop(L, 1);
    read_behaviours(L, options, "module", keep, behaviours, 16, what.behaviour_count);
    read_behaviours(L, options, "behaviour", keep, behaviours, 16, what.behaviour_count);
    what.behaviours = behaviours;
  }

  const std::size_t count = lua_rawlen(L, base + 1);
  if (count > 65536) luaL_error(L, "%s has more fields than a type may have (65536)", what.name);
  lua_pushnil(L);
  while (lua_next(L, base + 1) != 0) {
    const lua_Integer at = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
    if (at < 1 || static_cast<std::size_t>(at) > count) {
      luaL_error(L,
                 "the fields of %s are a list such as {\"x:f64\", \"y:f64\"}, without the key '%s'",
                 what.name, luaL_tolstring(L, -2, nullptr));
    }
    lua_pop(L, 1);
  }
  auto* fields = static_cast<bridge::field_declaration*>(
      lua_newuserdatauv(L, (count + 1) * sizeof(bridge::field_declaration), 0));
  for (std::size_t i = 0; i < count; ++i) {
    lua_rawgeti(L, base + 1, static_cast<lua_Integer>(i + 1));
    read_field(L, s, static_cast<int>(i + 1), keep, fields[i]);
    lua_pop(L, 1);
  }
  what.fields = fields;
  what.field_count = count;

  if (key.what == bridge::type_key::source) {
    key.hash = hash_declaration(what);
    if (lua_getstack(L, 1, &where) != 0 && lua_getinfo(L, "Sl", &where) != 0) {
      key.place = where.source;
      key.place_size = where.srclen;
      key.line = where.currentline < 0 ? 0 : static_cast<std::uint64_t>(where.currentline);
      if (key.place_size > 1024) {  // the chunk is its own text
        lua_pushfstring(L, "=%I",
                        static_cast<LUAI_UACINT>(bridge::hash_of(key.place, key.place_size, 0)));
        key.place = lua_tolstring(L, -1, &key.place_size);
      }
    }
  }
  if (cohort == nullptr) cohort = bridge::world_cohort(s.world);
  bridge::message why;
  const bridge::type* made = nullptr;
  if (bridge::declare(s.agent, cohort, key, what, made, why) != bridge::ok) raise(L, why);
  type_info& info = info_of(L, s, made);
  if (!structural) {
    bind_info(L, s, info);
    info.declared = true;
  }
  push_type(L, s, info, may_construct | may_bind);
  return 1;
}

int struct_(lua_State* L) { return declare(L, state_of(L), 1, nullptr, false); }

// For shoal.share: the type that all tables with these fields have.
int record(lua_State* L) { return declare(L, state_of(L), 1, nullptr, true); }

// ------------------------------------------------------------------ cohorts

int world_cohort(lua_State* L) {
  state& s = state_of(L);
  *static_cast<bridge::cohort**>(new_userdata(L, s, sizeof(void*), meta::cohort)) =
      bridge::world_cohort(s.world);
  return 1;
}

int new_cohort(lua_State* L) {
  state& s = state_of(L);
  auto** place = static_cast<bridge::cohort**>(new_userdata(L, s, sizeof(void*), meta::cohort));
  *place = bridge::new_cohort(s.world);
  if (*place == nullptr) luaL_error(L, "out of memory");
  return 1;
}

int cohort_struct(lua_State* L) {
  state& s = state_of(L);
  bridge::cohort* cohort = *check<bridge::cohort*>(L, s, 1, meta::cohort, "cohort");
  return declare(L, s, 2, cohort, false);
}

int cohort_equal(lua_State* L) {
  state& s = state_of(L);
  auto** a = static_cast<bridge::cohort**>(test(L, s, 1, meta::cohort));
  auto** b = static_cast<bridge::cohort**>(test(L, s, 2, meta::cohort));
  lua_pushboolean(L, a != nullptr && b != nullptr && *a == *b);
  return 1;
}

// ------------------------------------------------------------------ type values

type_value& check_type(lua_State* L, const state& s, int index) {
  return *check<type_value>(L, s, index, meta::type, type_name);
}

void push_name(lua_State* L, const type_info& info) {
  lua_pushlstring(L, info.facts.name, info.facts.name_size);
}

// Type{ x = 1, y = 2 }, Type(1, 2), Type()
int construct(lua_State* L) {
  state& s = state_of(L);
  const type_value& type = check_type(L, s, 1);
  const type_info& info = *type.info;
  push_name(L, info);
  lua_replace(L, 1);  // for sentences; nothing else of the type value is needed
  const char* name = lua_tostring(L, 1);
  if ((type.rights & may_construct) == 0) {
    return luaL_error(L, "this handle to %s does not carry the right to construct", name);
  }
  if (!info.facts.is_struct) return luaL_error(L, "%s is no struct type", name);
  const int given = lua_gettop(L);
  const std::uint32_t room = info.facts.field_count;
  bridge::initial few[16];
  bridge::initial* values = few;
  if (room > 16) {
    values = static_cast<bridge::initial*>(lua_newuserdatauv(L, room * sizeof(bridge::initial), 0));
  }
  std::size_t count = 0;
  const auto put = [&](std::uint32_t number, int at) {
    if (lua_isnil(L, at)) return;
    if (count == room)
      luaL_error(L, "%s has %d field%s, and was given more values", name, static_cast<int>(room),
                 room == 1 ? "" : "s");
    values[count].number = number;
    to_value(L, s, at, values[count++].what);
  };
  if (given == 2 && lua_istable(L, 2)) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, info.members);
    const int members = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, 2) != 0) {
      std::uint32_t number = 0;
      if (lua_type(L, -2) == LUA_TSTRING) {
        lua_pushvalue(L, -2);
        lua_rawget(L, members);
        number = static_cast<std::uint32_t>(lua_tointeger(L, -1));
        lua_pop(L, 1);
      } else if (lua_isinteger(L, -2)) {
        const lua_Integer at = lua_tointeger(L, -2);
        number =
            at >= 1 && at <= static_cast<lua_Integer>(room) ? static_cast<std::uint32_t>(at) : 0;
      }
      if (number == 0) {
        luaL_error(L, "%s has no field '%s'", name, luaL_tolstring(L, -2, nullptr));
      }
      put(number - 1, -1);
      lua_pop(L, 1);
    }
  } else {
    if (given - 1 > static_cast<int>(room)) {
      return luaL_error(L, "%s has %d field%s, and was given %d value%s", name,
                        static_cast<int>(room), room == 1 ? "" : "s", given - 1,
                        given == 2 ? "" : "s");
    }
    for (int i = 2; i <= given; ++i) put(static_cast<std::uint32_t>(i - 2), i);
  }
  bridge::message why;
  bridge::value made;
  if (bridge::create(s.agent, info.facts.what, values, count, made, why) != bridge::ok) {
    raise(L, why);
  }
  push_value(L, s, made);
  return 1;
}

int type_index(lua_State* L) {
  state& s = state_of(L);
  const type_value& type = check_type(L, s, 1);
  luaL_checkany(L, 2);
  if (!type.info->facts.is_struct || !push_method(L, s, *type.info, 2)) lua_pushnil(L);
  return 1;
}

// function Type:method() ... end, or Type.constant = value: this agent's alone.
int type_define(lua_State* L) {
  state& s = state_of(L);
  const type_value& type = check_type(L, s, 1);
  lua_settop(L, 3);
  type_info& info = *type.info;
  push_name(L, info);
  const char* name = lua_tostring(L, -1);
  if ((type.rights & may_bind) == 0) {
    return luaL_error(L, "this handle to %s does not carry the right to bind methods", name);
  }
  if (lua_isnil(L, 2)) return luaL_error(L, "a method of %s needs a name", name);
  if (lua_type(L, 2) == LUA_TNUMBER && lua_tonumber(L, 2) != lua_tonumber(L, 2)) {
    return luaL_error(L, "a method of %s cannot be named NaN", name);
  }
  if (find_field(L, s, info, 2) != nullptr) {
    return luaL_error(L, "'%s' is a field of %s and cannot be a method too", lua_tostring(L, 2),
                      name);
  }
  if (!info.facts.is_struct) return luaL_error(L, "%s is no struct type", name);
  bind_info(L, s, info);
  lua_rawgeti(L, LUA_REGISTRYINDEX, info.methods);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, 3);
  lua_rawset(L, -3);
  return 0;
}

int type_equal(lua_State* L) {
  state& s = state_of(L);
  const auto* a = static_cast<type_value*>(test(L, s, 1, meta::type));
  const auto* b = static_cast<type_value*>(test(L, s, 2, meta::type));
  lua_pushboolean(L, a != nullptr && b != nullptr && a->info == b->info);
  return 1;
}

int type_tostring(lua_State* L) {
  state& s = state_of(L);
  push_name(L, *check_type(L, s, 1).info);
  lua_pushfstring(L, "type %s", lua_tostring(L, -1));
  return 1;
}

// pairs(Type): this agent's own methods, inherited ones apart.
int type_pairs(lua_State* L) {
  state& s = state_of(L);
  const type_value& type = check_type(L, s, 1);
  lua_getglobal(L, "next");
  lua_createtable(L, 0, 0);  // a copy: the table itself stays ours
  if (type.info->methods != LUA_NOREF) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, type.info->methods);
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, -5);
    }
    lua_pop(L, 1);
  }
  lua_pushnil(L);
  return 3;
}

// The type of any shared value, by its handle without rights.
int type_of(lua_State* L) {
  state& s = state_of(L);
  luaL_checkany(L, 1);
  const proxy* one = test_proxy(L, s, 1);
  if (one == nullptr || one->info == nullptr) {
    lua_pushnil(L);
    return 1;
  }
  push_type(L, s, *one->info, 0);
  return 1;
}

// is_a(object or type, type)
int is_a(lua_State* L) {
  state& s = state_of(L);
  luaL_checkany(L, 1);
  const type_value& super = check_type(L, s, 2);
  const type_info* sub = nullptr;
  if (const proxy* one = test_proxy(L, s, 1)) {
    sub = one->info;
  } else if (const auto* type = static_cast<type_value*>(test(L, s, 1, meta::type))) {
    sub = type->info;
  }
  lua_pushboolean(L, sub != nullptr && bridge::is_a(sub->facts.what, super.info->facts.what));
  return 1;
}

// handle(Type, {construct = true, bind = false}): the same type with fewer rights.
int handle(lua_State* L) {
  state& s = state_of(L);
  const type_value& type = check_type(L, s, 1);
  std::uint32_t rights = type.rights;
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, 2) != 0) {
      const char* right = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
      const bool construct = std::strcmp(right, "construct") == 0;
      if (!construct && std::strcmp(right, "bind") != 0) {
        luaL_error(L, "the rights of a type handle are 'construct' and 'bind'");
      }
      lua_pop(L, 1);
    }
    lua_getfield(L, 2, "construct");
    if (!lua_toboolean(L, -1)) rights &= ~may_construct;
    lua_getfield(L, 2, "bind");
    if (!lua_toboolean(L, -1)) rights &= ~may_bind;
    lua_pop(L, 2);
  }
  push_type(L, s, *type.info, rights);
  return 1;
}

// fields(Type): a list of {name =, kind =, const =, type =}, inherited ones first. The types come
// without rights; for shoal.share, with those that this agent has by its own declaration.
int list_fields(lua_State* L, bool own) {
  state& s = state_of(L);
  const type_info& info = *check_type(L, s, 1).info;
  lua_createtable(L, static_cast<int>(info.facts.field_count), 0);
  for (std::uint32_t i = 0; i < info.facts.field_count; ++i) {
    const bridge::field& each = info.fields[i];
    lua_createtable(L, 0, 4);
    lua_pushlstring(L, each.name, each.name_size);
    lua_setfield(L, -2, "name");
    lua_pushstring(L, bridge::kind_name(each.kind));
    lua_setfield(L, -2, "kind");
    lua_pushboolean(L, each.constant);
    lua_setfield(L, -2, "const");
    if (each.ref_type != 0) {
      type_info& target = info_of(L, s, bridge::type_at(s.agent, each.ref_type));
      push_type(L, s, target, own && target.declared ? may_construct | may_bind : 0);
      lua_setfield(L, -2, "type");
    }
    lua_rawseti(L, -2, static_cast<lua_Integer>(i) + 1);
  }
  return 1;
}
int fields(lua_State* L) { return list_fields(L, false); }
int own_fields(lua_State* L) { return list_fields(L, true); }

int name(lua_State* L) {
  state& s = state_of(L);
  push_name(L, *check_type(L, s, 1).info);
  return 1;
}

// ------------------------------------------------------------------ first sight

struct resolve_question {
  const bridge::type* what;
  const char* behaviour;
  std::size_t behaviour_size;
  type_info* info;
  bool refused;
};

int load_behaviour(lua_State* L) {
  state& s = *static_cast<state*>(lua_touserdata(L, 1));
  auto& asked = *static_cast<resolve_question*>(lua_touserdata(L, 2));
  luaL_checkstack(L, 16, nullptr);
  type_info& info = info_of(L, s, asked.what);
  asked.info = &info;
  if (asked.behaviour_size == 0) return 0;
  lua_getglobal(L, "require");
  lua_pushlstring(L, asked.behaviour, asked.behaviour_size);
  lua_call(L, 1, 1);
  if (lua_isboolean(L, -1) && !lua_toboolean(L, -1)) {
    asked.refused = !info.bound;
    return 0;
  }
  if (info.bound || !lua_istable(L, -1)) return 0;
  // The module does not declare the type: the functions that it exports are the methods.
  const int exported = lua_gettop(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, info.methods);
  lua_pushnil(L);
  while (lua_next(L, exported) != 0) {
    if (lua_type(L, -2) == LUA_TSTRING && lua_isfunction(L, -1)) {
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, exported + 1);
    } else {
      lua_pop(L, 1);
    }
  }
  return 0;
}

}  // namespace

bridge::answer resolve_type(void* host, const bridge::type* what, const char*, std::size_t,
                            const char* behaviour, std::size_t behaviour_size,
                            std::uint64_t& word) {
  state& s = *static_cast<state*>(host);
  lua_State* L = s.current;
  resolve_question asked = {what, behaviour, behaviour_size, nullptr, false};
  int top = 0;
  const bool ran = call_protected(s, load_behaviour, &asked, top);
  if (!ran) {
    // Kept for whoever asked: a slot that exists already, so no memory is needed.
    if (lua_gettop(L) > top) lua_rawseti(L, LUA_REGISTRYINDEX, s.load_error);
    lua_settop(L, top);
    return bridge::answer::failed;
  }
  lua_settop(L, top);
  if (asked.refused) return bridge::answer::refuse;
  asked.info->bound = true;
  word = reinterpret_cast<std::uintptr_t>(asked.info);
  return bridge::answer::bind;
}

type_info& info_of(lua_State* L, state& s, const bridge::type* what) {
  bridge::type_facts facts;
  bridge::facts_of(what, facts);
  if (facts.index >= s.info_room) {
    std::uint32_t room = s.info_room == 0 ? 256 : s.info_room;
    while (room <= facts.index) room *= 2;
    auto** grown = static_cast<type_info**>(std::realloc(s.infos, room * sizeof(type_info*)));
    if (grown == nullptr) luaL_error(L, "out of memory");
    std::memset(grown + s.info_room, 0, (room - s.info_room) * sizeof(type_info*));
    s.infos = grown;
    s.info_room = room;
  }
  type_info*& place = s.infos[facts.index];
  if (place != nullptr && place->members != LUA_NOREF) return *place;
  luaL_checkstack(L, 8, nullptr);
  type_info* parent = facts.parent != nullptr ? &info_of(L, s, facts.parent) : nullptr;
  if (s.infos[facts.index] == nullptr) {
    void* memory = std::malloc(sizeof(type_info));
    if (memory == nullptr) luaL_error(L, "out of memory");
    s.infos[facts.index] = new (memory) type_info();
  }
  type_info& info = *s.infos[facts.index];
  info.facts = facts;
  info.parent = parent;
  if (info.fields == nullptr) {
    info.fields =
        static_cast<bridge::field*>(std::malloc((facts.field_count + 1) * sizeof(bridge::field)));
    if (info.fields == nullptr) luaL_error(L, "out of memory");
    for (std::uint32_t i = 0; i < facts.field_count; ++i) {
      bridge::field_of(what, i, info.fields[i]);
    }
  }
  if (info.keys == nullptr) {
    info.keys = static_cast<const char**>(std::calloc(facts.field_count + 1, sizeof(char*)));
    if (info.keys == nullptr) luaL_error(L, "out of memory");
  }
  if (info.methods == LUA_NOREF) {
    lua_createtable(L, 0, 0);
    info.methods = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  // Last: where it is there, all is.
  lua_createtable(L, 0, static_cast<int>(facts.field_count));
  for (std::uint32_t i = 0; i < facts.field_count; ++i) {
    info.keys[i] = lua_pushlstring(L, info.fields[i].name, info.fields[i].name_size);
    lua_pushinteger(L, static_cast<lua_Integer>(i) + 1);
    lua_rawset(L, -3);
  }
  info.members = luaL_ref(L, LUA_REGISTRYINDEX);
  return info;
}

void bind_info(lua_State* L, state& s, type_info& info) {
  static_cast<void>(L);
  if (info.bound) return;
  // Already bound is as good: the word is the same.
  static_cast<void>(
      bridge::bind(s.agent, info.facts.what, reinterpret_cast<std::uintptr_t>(&info)));
  info.bound = true;
}

void push_type(lua_State* L, state& s, type_info& info, std::uint32_t rights) {
  int& value = info.values[rights & 3];
  if (value == LUA_NOREF) {
    auto* made = static_cast<type_value*>(new_userdata(L, s, sizeof(type_value), meta::type));
    made->info = &info;
    made->rights = rights & 3;
    const int made_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    value = made_ref;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, value);
}

const bridge::field* find_field(lua_State* L, const state&, const type_info& info, int key) {
  if (lua_type(L, key) != LUA_TSTRING) return nullptr;
  // Usual strings are interned: the same text has the same address.
  const char* const text = lua_tostring(L, key);
  constexpr std::uint32_t few = 16;
  for (std::uint32_t i = 0; i < info.facts.field_count && i < few; ++i) {
    if (info.keys[i] == text) return &info.fields[i];
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, info.members);
  lua_pushvalue(L, key);
  lua_rawget(L, -2);
  const lua_Integer number = lua_tointeger(L, -1);
  lua_pop(L, 2);
  return number != 0 ? &info.fields[number - 1] : nullptr;
}

bool push_method(lua_State* L, state& s, type_info& info, int key) {
  bridge::message why;
  // What is bound here is the record itself, always.
  auto word = info.bound ? reinterpret_cast<std::uint64_t>(&info) : 0;
  s.current = L;
  if (!info.bound && bridge::prototype_of(s.agent, info.facts.index, word, why) != bridge::ok) {
    static const std::uint32_t unbound = bridge::error_of("unbound");
    if (why.code == unbound && lua_rawgeti(L, LUA_REGISTRYINDEX, s.load_error) == LUA_TSTRING) {
      lua_pushboolean(L, 0);
      lua_rawseti(L, LUA_REGISTRYINDEX, s.load_error);
      push_name(L, info);
      luaL_error(L, "the behaviour of %s could not be loaded: %s", lua_tostring(L, -1),
                 lua_tostring(L, -2));
    }
    raise(L, why);
  }
  for (auto* at = reinterpret_cast<type_info*>(word); at != nullptr; at = at->parent) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, at->methods);
    lua_pushvalue(L, key);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (!lua_isnil(L, -1)) return true;
    lua_pop(L, 1);
  }
  return false;
}

void open_types(lua_State* L, state& s) {
  lua_pushboolean(L, 0);
  s.load_error = luaL_ref(L, LUA_REGISTRYINDEX);
  static const luaL_Reg type_meta[] = {
      {"__call", construct}, {"__index", type_index},       {"__newindex", type_define},
      {"__eq", type_equal},  {"__tostring", type_tostring}, {"__pairs", type_pairs},
      {nullptr, nullptr}};
  push_meta(L, s, meta::type);
  set_functions(L, s, type_meta);
  lua_pop(L, 1);
  static const luaL_Reg cohort_methods[] = {{"struct", cohort_struct}, {nullptr, nullptr}};
  static const luaL_Reg cohort_meta[] = {{"__eq", cohort_equal}, {nullptr, nullptr}};
  push_meta(L, s, meta::cohort);
  set_functions(L, s, cohort_meta);
  lua_createtable(L, 0, 1);
  set_functions(L, s, cohort_methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  static const luaL_Reg functions[] = {
      {"struct", struct_},        {"_record", record},  {"cohort", world_cohort},
      {"new_cohort", new_cohort}, {"type_of", type_of}, {"is_a", is_a},
      {"handle", handle},         {"fields", fields},   {"name", name},
      {"_fields", own_fields},    {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
