-- Programs that mean harm: values that change or run code under the module's hands.
local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

local Point = shoal.struct("Point", {"x", "y:i64"})

test("tables of options that change while they are read do no harm", function()
  for i = 1, 30 do
    local roles = {}
    for k = 1, 10 do roles[("role%d-%d-"):format(k, i) .. ("r"):rep(100)] = ("module%d-"):format(k) .. ("m"):rep(200) end
    local function spoil()
      for r in pairs(roles) do roles[r] = nil end
      collectgarbage() collectgarbage()
    end
    pcall(shoal.struct, "Spoilt", {"x"}, setmetatable({module = roles}, {__index = function(_, name)
      if name == "behaviour" then spoil() end
    end}))
    pcall(shoal.struct, "Spoilt", setmetatable({"x"}, {__len = function() return spoil() or 1 end}), {behaviour = roles})
    pcall(shoal.struct, "Spoilt", {setmetatable({"x" .. i, "any"}, {__index = spoil})}, {behaviour = roles})
  end
end)

test("a finalizer that runs a coroutine does not become the place where calls are answered", function()
  local armed, wrong, answered = false, 0, 0
  local h = shoal.thread_bound({back = function()
    local _, is_main = coroutine.running()
    if not is_main then wrong = wrong + 1 end
    answered = answered + 1
  end}, "dispatch")
  local box = shoal.array("any", 2)
  local t = shoal.spawn(function(box, h)
    local shoal = require "shoal"
    box[1] = shoal.thread_bound({f = function() return h:call("back") end}, "dispatch")
    while not box[2] do shoal.serve(0.01) end
  end, box, h)
  while not box[1] do shoal.serve(0.001) end
  local w = box[1]
  local function body() Point() coroutine.yield() end
  local again = {}
  again.__gc = function(o)
    if armed then coroutine.wrap(body)() end
    setmetatable(o, again)
  end
  for _ = 1, 50 do setmetatable({}, again) end
  collectgarbage("incremental", 10, 100, 4)
  for i = 1, 500 do
    armed = true
    w:call("f", i)
    armed = false
    for _ = 1, 3 do local step = {} end
  end
  collectgarbage("incremental", 200, 100, 13)
  again.__gc = nil
  box[2] = true
  t:join()
  equal(answered, 500) equal(wrong, 0)
end)

test("an object that was finalized with the table that holds it is closed, and says so", function()
  local kept
  local holder = setmetatable({}, {__gc = function(o) kept = o.point end})
  holder.point = Point{x = 1}  -- younger than the table, so finalized before it
  holder = nil
  collectgarbage() collectgarbage()
  fails("closed", function() return kept.x end)
  fails("closed", shoal.spawn, "", kept)
  fails("closed", shoal.share, {kept})
end)

test("keys of any kind are asked for and refused", function()
  local p = Point()
  for _, key in ipairs{0/0, 2^63, -2^63, math.mininteger, 1.5, "", "x\0", ("k"):rep(1e6), true, p, Point, print} do
    fails("has no field", function() return p[key] end)
    fails("has no field", function() p[key] = 1 end)
  end
  fails("has no field", function() p[nil] = 1 end)
  fails("from __tostring", function() return p[setmetatable({}, {__tostring = function() error("from __tostring") end})] end)
  fails("value expected", shoal.load, p)
end)

test("a long line of types is met in another agent", function()
  local T, made = shoal.struct("Line", {"x"}, {module = "behaviour_default"}), 0
  while true do
    local ok, next_type = pcall(shoal.struct, "Line", {}, {extends = T, fresh = true, module = "behaviour_default"})
    if not ok then
      assert(next_type:find("limit", 1, true), next_type)
      break
    end
    T, made = next_type, made + 1
  end
  assert(made > 1000)
  equal(shoal.spawn(function(o) return o:who() end, T()):join(), "default")
end)

test("behaviour modules that misbehave are errors", function()
  local function meet(words, body)
    local T = shoal.spawn(function()
      return require("shoal").struct("Odd", {"x"}, {fresh = true, module = "odd_behaviour"})
    end):join()
    local o = T()
    for _ = 1, 2 do
      package.loaded.odd_behaviour, package.preload.odd_behaviour = nil, body
      fails(words, function() return o:m() end)
      fails(words, coroutine.wrap(function() return o:m() end))
    end
  end
  meet("attempt to yield", function() coroutine.yield() end)
  meet("a table value", function() error({}) end)
  meet("a nil value", function() error() end)
  meet("in __tostring", function() error(setmetatable({}, {__tostring = function() error("in __tostring") end})) end)
  meet("cannot close a running coroutine", function() coroutine.close(coroutine.running()) end)
  meet("no field or method 'm'", function() return 42 end)
  meet("no field or method 'm'", function() return setmetatable({}, {__index = function() return print end}) end)
  meet("stack overflow", function() local function f() return 1 + f() end return f() end)
end)

test("behaviours that need each other without end are an error", function()
  local types = shoal.array("any", 300)
  for i = 1, 300 do types[i] = shoal.struct("Chain", {"x"}, {fresh = true, module = "chain" .. i})() end
  local ok, why = shoal.spawn(function(all)
    for i = 1, 300 do
      package.preload["chain" .. i] = function()
        if all[i + 1] then all[i + 1]:go() end
        return {go = function() return i end}
      end
    end
    return pcall(function() return all[1]:go() end)
  end, types):join()
  equal(ok, false)
  assert(why:find("C stack overflow", 1, true), why)
  assert(#why < 20000, #why)  -- one traceback, not one for each
end)

test("errors of every kind come back from join", function()
  local function ending(source, words)
    local t = shoal.spawn(source)
    fails(words, t.join, t)
    fails("stack traceback", t.join, t)
  end
  ending("error(nil)", "a nil value")
  ending("error(42)", "42")
  ending("error('a\\0b')", "a\0b")
  ending("error(require('shoal').struct('E', {'x'})())", "E: 0x")
  ending("error(require('shoal').struct('E', {'x'}))", "type E")
  ending("error(io.stdout)", "file (")
  ending("error(setmetatable({}, {__tostring = function() return {} end}))", "a table value")
  ending("error(setmetatable({}, {__tostring = function() error('inner') end}))", "inner")
  ending("local function f() return 1 + f() end f()", "stack overflow")
  ending("coroutine.yield()", "outside a coroutine")
  ending("return require('shoal').spawn('')", "an agent cannot be shared")
  ending("return io.stdout", "a userdata cannot be shared")
  ending("\27Lua", "binary chunk")
  ending("goto nowhere", "no visible label")
end)

test("agents 50 deep answer and fail", function()
  local source = [[
    local source, n = ...
    if n == 0 then return BOTTOM end
    return 1 + require("shoal").spawn(source, source, n - 1):join()]]
  local good = source:gsub("BOTTOM", "0")
  equal(shoal.spawn(good, good, 50):join(), 50)
  local bad = source:gsub("return BOTTOM", "error('at the bottom')")
  fails("at the bottom", function() shoal.spawn(bad, bad, 50):join() end)
end)

test("a circle of agents that wait for each other can be interrupted", function()
  local w
  local h = shoal.thread_bound({join = function() return w:join() end}, "dispatch")
  local waker = shoal.spawn(function(id)
    local shoal = require "shoal"
    shoal.serve(0.2)
    shoal.interrupt(id)
  end, shoal.agent().identity)
  w = shoal.spawn(function(h) return h:call("join") end, h)
  fails("interrupted", w.join, w)
  waker:join()
end)

test("operators and calls of a handle's target may yield", function()
  local V = shoal.struct("V", {"x"})
  function V:__call(n) return coroutine.yield(n) end
  function V.__add(a, b) return coroutine.yield("sum") end
  local v = V()
  local h = shoal.thread_bound({f = function(_, n) return coroutine.yield(n) end}, "dispatch")
  local co = coroutine.wrap(function() return v(1), v + v, h:call("f", 3) end)
  equal(co(), 1) equal(co("a"), "sum") equal(co("b"), 3)
  local a, b, c = co("c")
  equal(a, "a") equal(b, "b") equal(c, "c")
end)

test("lengths and indices of any kind are refused or work", function()
  for _, kind in ipairs{"u8", "any", "f64"} do
    for _, length in ipairs{-1, 1.5, 2^53, 2^63, 1e300, 0/0, math.mininteger, math.maxinteger, "10", true} do
      fails("", shoal.array, kind, length)
    end
  end
  local a = shoal.array("any", 3)
  for _, i in ipairs{0, -1, 4, 2^53, -2^63, math.mininteger, math.maxinteger} do
    equal(a[i], nil)
    fails("outside", function() a[i] = 1 end)
    fails("outside", shoal.load, a, i)
  end
  for _, i in ipairs{1.5, 2^63, 0/0, "1", true, a} do fails("no element", function() return a[i] end) end
end)

test("methods of mutexes, conditions, mailboxes and tokens take any self and any arguments, and at worst raise an error", function()
  local t = shoal.mutex():lock()
  local old = shoal.mutex():lock()
  old:unlock()
  local closed = {}
  do
    local keep = setmetatable({}, {__gc = function(o) closed[1], closed[2], closed[3], closed[4] = o.m, o.c, o.b, o.t end})
    keep.m, keep.c, keep.b = shoal.mutex(), shoal.condition(), shoal.mailbox(1)
    keep.t = shoal.mutex():lock()
    keep = nil
    collectgarbage() collectgarbage()
  end
  fails("closed", closed[1].lock, closed[1])
  fails("closed", closed[2].notify, closed[2])
  fails("closed", closed[3].receive, closed[3])
  fails("has been unlocked already", closed[4].unlock, closed[4])
  local receivers = {shoal.mutex(), shoal.condition(), shoal.mailbox(1), t, old, closed[1], closed[2], closed[3],
                     closed[4], Point(), Point, shoal.array("any", 1), {}, "x", -1, type, io.stdout, false,
                     shoal.mutex():lock_async(type)}
  local methods = {}
  for _, receiver in ipairs(receivers) do
    for _, name in ipairs{"lock", "try_lock", "unlock", "unlock_fair", "was_abandoned", "wait", "wait_for", "notify",
                          "notify_all", "send", "try_send", "receive", "try_receive", "close", "is_closed", "capacity", "lock_async",
                          "wait_async", "send_async", "receive_async", "cancel", "is_over"} do
      local ok, m = pcall(function() return receiver[name] end)
      if ok and type(m) == "function" then methods[#methods + 1] = m end
    end
  end
  for _, m in ipairs(methods) do
    pcall(m)
    for _, a in ipairs(receivers) do
      pcall(m, a, 0)
      for _, b in ipairs(receivers) do
        pcall(m, a, b, 0)
        pcall(m, a, b, type, 0)
        pcall(m, a, type, b)
      end
    end
  end
  for _, r in ipairs(receivers) do
    pcall(function() return tostring(r), #r end)
    pcall(function() r.x = 1 end)
    pcall(function() return r.x end)
    pcall(function() local c <close> = r end)
    pcall(function() for k in pairs(r) do end end)
  end
  for _ = 1, 100 do pcall(shoal.serve) end
  fails("mutex expected", shoal.mutex().lock, shoal.condition())
  fails("unlock token expected", shoal.condition().wait, shoal.condition(), shoal.mutex())
end)

check.finish()
