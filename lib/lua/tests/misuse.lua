-- What a program may get wrong must be a Lua error, never the end of the process.
local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

local Point = shoal.struct("Point", {"x:f64", "y:f64", "next"})
local function samples()
  local t = shoal.spawn("")
  t:join()
  return {0, -1, 1.5, 0/0, math.huge, math.maxinteger, math.mininteger, "", "x", ("y"):rep(10000),
          "a\0b", true, false, {}, {1, 2}, print, function() end, coroutine.create(print), io.stdout,
          Point, Point(), shoal.array("any", 2), shoal.array("u8", 0), shoal.thread_local(),
          shoal.thread_bound({}), shoal.thread_bound(print, "dispatch"), shoal.cohort(), t, shoal,
          shoal.mutex(), shoal.condition(), shoal.mailbox(1), shoal.mutex():lock(),
          setmetatable({}, {__index = error, __len = error, __tostring = error})}
end

test("every function takes any arguments and at worst raises an error", function()
  local skip = {spawn = true, serve = true}
  for name, f in pairs(shoal) do
    if type(f) == "function" and not skip[name] then
      pcall(f)
      for _, a in ipairs(samples()) do
        pcall(f, a)
        for _, b in ipairs(samples()) do
          pcall(f, a, b)
          pcall(f, a, b, a, b, a)
        end
      end
      for _ = 1, 3 do pcall(f, nil, nil, nil) end
    end
  end
end)

test("every method and operator takes any self", function()
  for _, receiver in ipairs(samples()) do
    local methods = {}
    pcall(function()
      for _, name in ipairs{"join", "wait", "status", "initialize", "is_initialized", "get", "release", "owner", "struct"} do
        local ok, m = pcall(function() return receiver[name] end)
        if ok and type(m) == "function" then methods[#methods + 1] = m end
      end
    end)
    for _, m in ipairs(methods) do
      pcall(m)
      for _, a in ipairs(samples()) do
        pcall(m, a)
        pcall(m, a, 0)
        pcall(m, a, "x", {"y"})
      end
    end
    for _, other in ipairs(samples()) do
      pcall(function() return receiver + other end)
      pcall(function() return receiver .. other end)
      pcall(function() return receiver < other end)
      pcall(function() return receiver == other end)
      pcall(function() return receiver[other] end)
      pcall(function() receiver[other] = other end)
      pcall(function() return #receiver, tostring(receiver) end)
      pcall(function() for k, v in pairs(receiver) do end end)
    end
  end
end)

test("spawn takes any arguments and at worst raises an error", function()
  for _, a in ipairs(samples()) do
    local ok, t = pcall(shoal.spawn, a, 1)
    if ok then pcall(t.join, t) end
    local ok, t = pcall(shoal.spawn, {run = a, role = a})
    if ok then pcall(t.join, t) end
    local ok, t = pcall(shoal.spawn, "return ...", a)
    if ok then pcall(t.join, t) end
  end
end)

test("metatables are out of reach", function()
  for _, v in ipairs{Point, Point(), shoal.array("any", 1), shoal.thread_local(), shoal.thread_bound({}), shoal.cohort(), shoal.spawn(""),
                      shoal.mutex(), shoal.condition(), shoal.mailbox(1), shoal.mutex():lock()} do
    equal(getmetatable(v), false)
    check.fails("", setmetatable, v, {})
    check.fails("", rawset, v, 1, 1)
  end
end)

test("an iterator with the wrong state raises an error", function()
  local p = Point()
  local step = pairs(p)
  fails("", step) fails("", step, 1) fails("", step, Point) fails("", step, p, "nothing") fails("", step, p, 1)
  local a = shoal.array("any", 2)
  local over = pairs(a)
  fails("", over, p) fails("", over, a, "x")
  equal(over(a, -5), nil) equal(over(a, math.maxinteger), nil) equal(over(a, 2), nil)
end)

test("objects are used from coroutines as from anywhere", function()
  local p = Point()
  local shared = coroutine.wrap(function()
    for i = 1, 100 do
      p.x = i
      p.next = coroutine.yield(p)
    end
  end)
  local q = shared()
  for i = 1, 50 do
    assert(rawequal(q, p))
    q = shared(Point{x = i})
    equal(p.next.x, i + 0.0)
  end
  local h = shoal.thread_bound({f = function(self, x) return coroutine.wrap(function() return x + 1 end)() end}, "dispatch")
  local co = coroutine.wrap(function()
    return shoal.spawn(function(h) return h:call("f", 41) end, h):join()
  end)
  equal(co(), 42)
  local yields = shoal.thread_bound({f = function() coroutine.yield(1) end}, "dispatch")
  local ok, why = shoal.spawn(function(h) return pcall(h.call, h, "f") end, yields):join()
  equal(ok, false)
  assert(why:find("yield", 1, true))
end)

test("a collected coroutine leaves no hook behind", function()
  for _ = 1, 20 do
    coroutine.wrap(function() Point{x = 1}.next = Point() end)()
    collectgarbage()
  end
  local h = shoal.thread_bound(function() return 1 end, "dispatch")
  equal(shoal.spawn(function(h) return h:call(nil) end, h):join(), 1)
end)

test("finalizers that use and break shared objects do no harm", function()
  local box = shoal.array("any", 1)
  for i = 1, 50 do
    local p = Point{x = i}
    setmetatable({}, {__gc = function()
      box[1] = p
      Point{next = p}
      if i % 5 == 0 then error("in a finalizer") end
    end})
  end
  io.stderr:flush()
  warn("@off")
  collectgarbage() collectgarbage()
  assert(box[1] and box[1].x)
end)

test("deep recursion in methods and hooks ends as an error", function()
  local R = shoal.struct("R", {"x"})
  function R:down() return 1 + self:down() end
  fails("stack overflow", function() R():down() end)
  function R.__add(a, b) return a + b end
  fails("", function() return R() + R() end)
  local f = shoal.thread_local()
  f:initialize(function() return 1 + f() end)
  fails("", f)
  local h = shoal.thread_bound({}, "dispatch")
  local target = h:get()
  function target:f(other) return other:call("f", h) end
  local ok, why = shoal.spawn(function(h)
    local shoal = require "shoal"
    local mine = {}
    local g = shoal.thread_bound(mine, "dispatch")
    function mine:f(other) return other:call("f", g) end
    return pcall(h.call, h, "f", g)
  end, h):join()
  equal(ok, false)
end)

test("huge and odd declarations are refused or work", function()
  local names = {}
  for i = 1, 65535 do names[i] = "f" .. i .. ":u8" end
  local Huge = shoal.struct("Huge", names)
  local o = Huge()
  o.f65535 = 7
  equal(o.f65535, 7)
  names[65536] = "one"
  names[65537] = "more"
  fails("", shoal.struct, "Huger", names)
  fails("", shoal.struct, ("n"):rep(1 << 20), {"x"})
  fails("", shoal.struct, "N", {("n"):rep(1 << 20)})
  for _, length in ipairs{-1, 1 << 40, "x"} do  -- lists of fields are taken as they are
    equal(#shoal.fields(shoal.struct("N", setmetatable({"x"}, {__len = function() return length end}))), 1)
  end
  local roles = {}
  for i = 1, 100 do roles["r" .. i] = "m" end
  fails("roles", shoal.struct, "N", {}, {behaviour = roles})
  local E = shoal.struct("E", {"a b", "end", "\0", "é"})
  local e = E{["a b"] = 1, ["end"] = 2, ["\0"] = 3, ["é"] = 4}
  equal(e["\0"], 3) equal(e["end"], 2)
end)

test("a full heap is an error and leaves the rest usable", function()
  local ok, why = pcall(function()
    local keep
    while true do keep = shoal.array("any", 1 << 22); keep[1] = "x" end
  end)
  equal(ok, false)
  assert(why:find("out of memory", 1, true), why)
end)

test("the module survives being loaded again", function()
  package.loaded.shoal = nil
  local again = require "shoal"
  assert(again.struct == shoal.struct or again == shoal)
  equal(again.agent().identity, shoal.agent().identity)
end)

test("changing globals and library tables breaks nothing", function()
  local kept = {next = next, type = type, require = require, format = string.format, dump = string.dump}
  next, type, string.format, string.dump = nil, nil, nil, nil
  local ok, why = pcall(function()
    local g = shoal.share{a = {1, 2}}
    assert(g.a[2] == 2)
    assert(shoal.spawn(function() return 1 end):join() == 1)
  end)
  next, type, string.format, string.dump = kept.next, kept.type, kept.format, kept.dump
  assert(ok, why)
  require = nil
  local T = shoal.spawn([[
    package.preload.m = function() return {} end
    return require("shoal").struct("M", {"x"}, {module = "m"})]])
  local ok2 = pcall(function() return T:join()().method end)
  require = kept.require
  equal(ok2, false)
end)

check.finish()
