// SPDX-License-Identifier: BSL-1.0

// Each allocation of Lua's in turn fails, once or from there on: a Lua error, nothing worse, and the
// state closes with nothing left behind (the heap asserts that with checks). Nor does a finalizer that
// Lua has no memory to run leave anything.
// usage: limited_memory [STEP]

#include <lua.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr const char* program = R"lua(
local shoal = require "shoal"
local s = shoal
local P = shoal.struct("P", {"x", "y:f64", "next:self"}, {module = "m"})
local Q = shoal.struct("Q", {"z"}, {extends = P})
function Q:m() return 1 end
local p = P{x = "text", y = 2}
p.next = P() p.x = Q{z = p} local v = p.x
assert(v:m() == 1 and v.z == p)
local a = shoal.array("any", {1, "x", p, P})
for i, e in ipairs(a) do local s = tostring(e) end
shoal.exchange(a, 1, p) shoal.compare_exchange(a, 1, p, 2)
local f = shoal.thread_local() f:initialize(function(x) return x end) f(1)
local h = shoal.thread_bound({get = function(_, p) return p end}, "dispatch") h:get()
local g = shoal.share{a = {1, 2}, b = "x", c = p}
local t = shoal.spawn("local p, h, P = ... local s = require 'shoal' h:call('get', p) return p, s.array('any', 1), 'str'", p, h, P)
local ok, r1, r2, r3 = pcall(t.join, t)
assert(ok, r1)
local T = shoal.spawn("return require('shoal').struct('Late', {'x'}, {fresh = true, module = 'late'})"):join()
package.preload.late = function() return {m = function() return 2 end} end
T():m()
pcall(shoal.spawn, "", {}) pcall(function() p.x = print end)
shoal.fields(P) shoal.account() for k in pairs(p) do end for k in pairs(P) do end
h:release()
local m, c, b = s.mutex(), s.condition(), s.mailbox(3)
do local t <close> = m:lock() c:wait(t, 0) c:wait_for(t, function() return true end) c:notify() end
m:lock()
p.x = m assert(p.x == m)
b:send(p) b:send(1 << 40) b:send("text") assert(select(2, b:receive()) == p) b:receive() b:try_receive() b:close()
s.wait(p, "y", 3, 0) s.notify(p, "y")
local w, n = s.mailbox(1), 0
local function count() n = n + 1 end
w:receive_async(count) w:send(s.array("i64", 1)) s.serve()
w:receive_async(count) w:send("text") s.serve()
w:send_async(p, count) w:send_async(p, count):cancel() w:send_async(p, count, 0) s.serve()
local l = s.mutex()
l:lock_async(count) s.serve()
c:wait_async(s.mutex():lock(), count) c:notify() s.wait_async(p, "y", 2, count) s.notify(p, "y") s.serve()
assert(n == 7)
w:receive_async(error) s.mutex():lock_async(count)
)lua";

struct limit {
  long left = -1;  // allocations until one fails; negative: none does
  bool for_good = false;
};

void* allocate(void* self, void* block, std::size_t old_size, std::size_t size) {
  auto& limited = *static_cast<limit*>(self);
  if (size == 0) {
    std::free(block);
    return nullptr;
  }
  if (block == nullptr || size > old_size) {
    if (limited.left == 0) {
      if (!limited.for_good) limited.left = -1;
      return nullptr;
    }
    if (limited.left > 0) --limited.left;
  }
  return std::realloc(block, size);
}

// Whether the program came to its end before the allocation that was to fail.
bool run(long fails, bool for_good, bool& ended) {
  limit limited;
  lua_State* L = lua_newstate(allocate, &limited);
  if (L == nullptr) return false;
  luaL_openlibs(L);
  bool fine = luaL_loadstring(L, program) == LUA_OK;
  lua_gc(L, LUA_GCGEN, 0, 0);
  limited = {fails, for_good};
  const int code = lua_pcall(L, 0, 0, 0);
  ended = limited.left > 0;
  limited.left = -1;
  if (ended && code != LUA_OK) fine = false;
  if (!fine) std::fprintf(stderr, "%s\n", luaL_tolstring(L, -1, nullptr));
  lua_close(L);
  return fine;
}

// A collection at each depth of a coroutine's stack, with no memory: where a few slots are free, the
// stack cannot grow for the finalizer, and Lua frees the object without having run it. Between
// them boxes and proxies are made and closed as ever.
constexpr const char* lost_finalizers = R"lua(
local exhaust, restore = ...
local shoal = require "shoal"
local function collect(...)
  exhaust()
  collectgarbage()
  restore()
end
local arguments = {}
for n = 1, 100 do
  arguments[n] = n
  for _ = 1, 3 do shoal.array("any", 1) end
  pcall(shoal.spawn, "", {})  -- leaves a box behind
  shoal.mutex():lock()        -- and a token
  coroutine.wrap(collect)(table.unpack(arguments))
  pcall(shoal.spawn, "", {})
  shoal.array("any", 1)
end
)lua";

int set_memory(lua_State* L) {
  auto* limited = static_cast<limit*>(lua_touserdata(L, lua_upvalueindex(1)));
  const bool exhaust = lua_toboolean(L, lua_upvalueindex(2)) != 0;
  *limited = {exhaust ? 0 : -1, exhaust};
  return 0;
}

bool lose_finalizers() {
  limit limited;
  lua_State* L = lua_newstate(allocate, &limited);
  if (L == nullptr) return false;
  luaL_openlibs(L);
  // Says how many were lost: without one the test shows nothing.
  static int lost;
  lost = 0;
  lua_setwarnf(
      L, [](void*, const char* text, int) { lost += std::strcmp(text, "not enough memory") == 0; },
      nullptr);
  bool fine = luaL_loadstring(L, lost_finalizers) == LUA_OK;
  for (int exhaust = 1; exhaust >= 0; --exhaust) {
    lua_pushlightuserdata(L, &limited);
    lua_pushboolean(L, exhaust);
    lua_pushcclosure(L, set_memory, 2);
  }
  fine = fine && lua_pcall(L, 2, 0, 0) == LUA_OK;
  if (!fine) std::fprintf(stderr, "%s\n", luaL_tolstring(L, -1, nullptr));
  lua_close(L);
  std::printf("%d finalizers lost\n", lost);
  return fine && lost != 0;
}

}  // namespace

int main(int count, char** arguments) {
  const long step = count > 1 ? std::atol(arguments[1]) : 1;
  for (int round = 0; round < 2; ++round) {
    const bool for_good = round == 1;
    long fails = 0;
    for (bool ended = false; !ended; fails += step) {
      if (!run(fails, for_good, ended)) return 1;
    }
    std::printf("%ld allocations failed%s\n", fails / step,
                for_good ? ", each with all after it" : "");
  }
  return lose_finalizers() ? 0 : 1;
}
