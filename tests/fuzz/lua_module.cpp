// SPDX-License-Identifier: BSL-1.0

// The Lua module, embedded: each input is a Lua state of its own that runs lua_module.lua, which
// takes its choices from the bytes, calls the module with arguments of every kind, and keeps a
// shadow of every struct and array in tables of its own: the model.
//
// One input in eight runs with an allocator that fails at some point, once or from then on: then
// only what Lua calls "not enough memory" may come out, and everything must be freed.
//
// Seen to catch: an exchange that forgets that its field is const (the first inputs of the corpus;
// from random bytes 120 executions), a constructor that asks for no right (16), an index one beyond
// the length (38); and, found here first, handles that stay behind when Lua has no memory to run a
// finalizer (11 minutes; corpus/lua_module/regression-finalizer-without-memory).

#include <lua.hpp>

#include <string>

#include "fuzz.hpp"

extern "C" int luaopen_shoal(lua_State* L);

namespace {

struct limit {
  long left = -1;  // allocations until one fails; negative: none does
  bool for_good = false;
  bool hit = false;
};

void* allocate(void* self, void* block, std::size_t old_size, std::size_t size) {
  auto& limited = *static_cast<limit*>(self);
  if (size == 0) {
    std::free(block);
    return nullptr;
  }
  if (block == nullptr || size > old_size) {
    if (limited.left == 0) {
      limited.hit = true;
      if (!limited.for_good) limited.left = -1;
      return nullptr;
    }
    if (limited.left > 0) --limited.left;
  }
  return std::realloc(block, size);
}

fuzz::source* bytes = nullptr;
limit* memory = nullptr;
std::string program;  // compiled

// byte() -> 0 to 255; nil: there are no more
int take_byte(lua_State* L) {
  if (bytes->empty()) {
    lua_pushnil(L);
  } else {
    lua_pushinteger(L, bytes->byte());
  }
  return 1;
}

// fail(text): the end, unless memory has failed before: then nothing is expected any more.
int fail(lua_State* L) {
  if (memory->hit) return luaL_error(L, "not enough memory");
  luaL_traceback(L, L, lua_tostring(L, 1), 1);
  fuzz::fail(__FILE__, __LINE__, "%s", lua_tostring(L, -1));
}

int write_chunk(lua_State*, const void* from, std::size_t size, void* to) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
  return 0;
}

int run(lua_State* L) {
  luaL_openlibs(L);
  luaL_requiref(L, "shoal", luaopen_shoal, 0);
  lua_settop(L, 0);
  if (luaL_loadbufferx(L, program.data(), program.size(), "=lua_module.lua", "b") != LUA_OK) {
    return lua_error(L);
  }
  lua_pushcfunction(L, take_byte);
  lua_pushcfunction(L, fail);
  lua_call(L, 2, 0);
  return 0;
}

int say(lua_State* L) {
  luaL_traceback(L, L, luaL_tolstring(L, 1, nullptr), 1);
  return 1;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  setenv("SHOAL_HEAP_LIMIT", "8388608", 1);
  setenv("SHOAL_TRACE_EVERY", "50", 0);  // with full checks
  lua_State* L = luaL_newstate();
  FUZZ_CHECK(luaL_loadfilex(L, FUZZ_LUA_PROGRAM, "t") == LUA_OK, "%s", lua_tostring(L, -1));
  lua_dump(L, write_chunk, &program, 0);
  lua_close(L);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::source in(data, size);
  limit limited;
  const std::uint8_t mode = in.byte();
  if (mode % 8 == 7) {
    limited.left = in.take<std::uint16_t>() % 8192;
    limited.for_good = (mode & 8) != 0;
  }
  bytes = &in;
  memory = &limited;
  lua_State* L = lua_newstate(allocate, &limited);
  if (L == nullptr) return 0;
  lua_pushcfunction(L, say);
  lua_pushcfunction(L, run);
  if (lua_pcall(L, 0, 0, 1) != LUA_OK) {
    FUZZ_CHECK(limited.hit, "%s", lua_tostring(L, -1));
  }
  lua_close(L);
  return 0;
}
