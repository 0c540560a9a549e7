local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

test("an agent's results come back from join, every time it is asked", function()
  local t = shoal.spawn("return 1, 1.5, 'text', true, nil, math.maxinteger, nil")
  for _ = 1, 2 do
    local r = table.pack(t:join())
    equal(r.n, 7) equal(r[1], 1) equal(r[2], 1.5) equal(r[3], "text") equal(r[4], true)
    equal(r[5], nil) equal(r[6], math.maxinteger)
  end
  equal(select("#", shoal.spawn(""):join()), 0)
end)

test("arguments arrive as they were", function()
  local T = shoal.struct("Arg", {"x"})
  local o, a, f = T{x = 5}, shoal.array("i32", {1, 2}), shoal.thread_local()
  local h = shoal.thread_bound({}, "null")
  local r = table.pack(shoal.spawn(function(...) return ... end,
                                   o, a, f, h, T, -1, 2^60, "a\0b", false, nil, 1 << 62, nil):join())
  equal(r.n, 12)
  assert(rawequal(r[1], o) and rawequal(r[2], a) and rawequal(r[3], f) and rawequal(r[4], h))
  assert(rawequal(r[5], T))
  equal(r[6], -1) equal(r[7], 2.0^60) equal(r[8], "a\0b") equal(r[9], false) equal(r[11], 1 << 62)
end)

test("many arguments and results go through", function()
  local list = {}
  for i = 1, 20000 do list[i] = i end
  local r = table.pack(shoal.spawn(function(...) return ... end, table.unpack(list)):join())
  equal(r.n, 20000) equal(r[20000], 20000)
end)

test("what cannot be shared is named", function()
  fails("argument #2: a table cannot be shared", shoal.spawn, "", 1, {})
  fails("argument #1: a function cannot be shared", shoal.spawn, "", print)
  fails("result #2: a table cannot be shared", function() shoal.spawn("return 1, {}"):join() end)
end)

test("an error arrives with its traceback", function()
  local t = shoal.spawn("local function deep() error('deep trouble') end deep()")
  for _ = 1, 2 do
    fails("deep trouble", t.join, t)
    fails("stack traceback", t.join, t)
    fails("in local 'deep'", t.join, t)
  end
  equal(t:status(), "failed")
  fails("error object is a table value", function() shoal.spawn("error({})"):join() end)
  fails("custom text", function()
    shoal.spawn("error(setmetatable({}, {__tostring = function() return 'custom text' end}))"):join()
  end)
  fails("unexpected symbol", function() shoal.spawn("?"):join() end)
  fails("nowhere.lua", function() shoal.spawn("nowhere.lua"):join() end)
end)

test("a function with locals from outside is refused by name", function()
  local outside = 1
  fails("it uses the local 'outside' from outside", shoal.spawn, function() return outside end)
  fails("or require it inside", shoal.spawn, function() return shoal.agent() end)
  fails("C function", shoal.spawn, print)
  fails("environment of its own", shoal.spawn, load("return x", "c", "t", {x = 1}))
  fails("a file, source or a function expected", shoal.spawn, 1)
  fails("a file, source or a function expected", shoal.spawn, nil)
  fails("value expected", shoal.spawn)
end)

test("a function without globals can be spawned", function()
  equal(shoal.spawn(function(a, b) return b end, 1, 2):join(), 2)
  equal(shoal.spawn(load(string.dump(function() return type(print) end, true))):join(), "function")
end)

test("a table says what to run and in which role", function()
  equal(shoal.spawn({source = "return require('shoal').agent().role", role = "painter"}):join(), "painter")
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write("return 'from a file', ...")
  file:close()
  local a, b = shoal.spawn({file = name}, 7):join()
  os.remove(name)
  equal(a, "from a file") equal(b, 7)
  fails("one of 'file', 'source' and 'run'", shoal.spawn, {})
  fails("one of 'file', 'source' and 'run'", shoal.spawn, {file = "a", source = "b"})
  fails("'run' must be a function, not a string", shoal.spawn, {run = "x"})
  fails("'role' must be a string", shoal.spawn, {source = "", role = 1})
end)

test("agents have globals of their own", function()
  spilled = 1
  equal(shoal.spawn("local s = spilled; spilled = 2; return s"):join(), nil)
  equal(spilled, 1)
  spilled = nil
end)

test("an agent spawns agents", function()
  equal(shoal.spawn(function(depth)
    local shoal = require "shoal"
    local function body(body, depth)
      local shoal = require "shoal"
      if depth == 0 then return 1 end
      return 1 + shoal.spawn(load(body, "body", "b"), body, depth - 1):join()
    end
    return body(string.dump(body), depth)
  end, 5):join(), 6)
end)

test("wait ends with the agent or with the time", function()
  local h = shoal.thread_bound(function() return 1 end, "dispatch")
  local t = shoal.spawn(function(h) return h:call(nil) end, h)
  equal(t:wait(10), true)
  equal(t:join(), 1)
  local sleeper = shoal.spawn("require('shoal').serve(math.huge)")
  equal(sleeper:wait(0.01), false)
  equal(sleeper:status(), "running")
  repeat sleeper:interrupt() until sleeper:wait(0.05)
  fails("interrupted while serving", sleeper.join, sleeper)
end)

test("an interrupt reaches an agent that has only just been spawned", function()
  for _ = 1, 20 do
    local box = shoal.mailbox(1)
    local t = shoal.spawn("local shoal, box = require 'shoal', ... return box:receive()", box)
    equal(t:interrupt(), true)
    fails("interrupted", t.join, t)
  end
end)

test("interrupt reaches an agent by its identity", function()
  local t = shoal.spawn("local shoal = require 'shoal'; shoal.interrupt(...); shoal.serve(0.2)",
                        shoal.agent().identity)
  fails("interrupted while waiting for an agent to end", t.join, t)
  equal(select("#", t:join()), 0)
  equal(shoal.interrupt(1 << 40), false)
  equal(shoal.interrupt(-1), false)
  equal(t:interrupt(), false)
end)

test("thread-local functions run the caller's own", function()
  local f = shoal.thread_local()
  equal(f:is_initialized(), false)
  fails("uninitialized on this agent", f, 1)
  f:initialize(function(...) return "main", ... end)
  local a, b, c = f(1, nil)
  equal(a, "main") equal(b, 1) equal(c, nil)
  fails("initialized on this agent already", f.initialize, f, print)
  local who, failed = shoal.spawn(function(f)
    local ok, why = pcall(f)
    f:initialize(function() return "worker" end)
    return f(), why
  end, f):join()
  equal(who, "worker")
  assert(failed:find("uninitialized", 1, true))
  equal(f(), "main")
  local T = shoal.struct("Table", {"call"})
  equal(T{call = f}.call(), "main")
end)

test("thread-local functions may yield and fail", function()
  local f = shoal.thread_local()
  f:initialize(function(x) return coroutine.yield(x + 1) end)
  local co = coroutine.wrap(function() return f(1) end)
  equal(co(), 2)
  equal(co("back"), "back")
  local g = shoal.thread_local()
  g:initialize(function() error("inside") end)
  fails("inside", g)
end)

test("a thread-bound handle shows its target to its owner only", function()
  local target = {}
  for _, policy in ipairs{"error", "null", "dispatch"} do
    local h = shoal.thread_bound(target, policy)
    assert(h:get() == target)
    equal(h:owner(), shoal.agent().identity)
    local ok, what = shoal.spawn(function(h) return pcall(h.get, h) end, h):join()
    if policy == "null" then
      equal(ok, true) equal(what, nil)
    else
      equal(ok, false)
      assert(what:find("wrong agent", 1, true), what)
    end
    h:release()
    fails("owner gone", h.get, h)
    fails("released", h.release, h)
  end
  assert(shoal.thread_bound(false):get() == false)
  fails("invalid option", shoal.thread_bound, 1, "maybe")
end)

test("a call is dispatched to the owner, with arguments, results and errors", function()
  local T = shoal.struct("Arg2", {"x"})
  local log = {}
  local h = shoal.thread_bound({
    add = function(self, a, b) log[#log + 1] = a return a + b, "ok", nil end,
    make = function(self, x) return T{x = x} end,
    fail = function() error("on purpose") end,
    unshared = function() return {} end,
  }, "dispatch")
  local function ask(h)
    local sum, text = h:call("add", 2, 3)
    return sum, text, h:call("make", "made").x, select(2, pcall(h.call, h, "fail")),
           select(2, pcall(h.call, h, "nothing")), select(2, pcall(h.call, h, "unshared")),
           select(2, pcall(h.call, h, "add", {}))
  end
  local sum, text, made, failed, nothing, unshared, argument = shoal.spawn(ask, h):join()
  equal(sum, 5) equal(text, "ok") equal(made, "made") equal(#log, 1)
  assert(failed:find("on purpose", 1, true) and failed:find("traceback", 1, true))
  assert(nothing:find("has no method 'nothing'", 1, true))
  assert(unshared:find("result #1: a table cannot be shared", 1, true))
  assert(argument:find("argument #1: a table cannot be shared", 1, true), argument)
  equal(h:call("add", 4, 5), 9)  -- on the owner itself
end)

test("only handles with the policy dispatch can be called from elsewhere", function()
  local h = shoal.thread_bound(print, "error")
  fails("does not allow calls", function()
    shoal.spawn(function(h) return h:call(nil) end, h):join()
  end)
end)

test("serve answers the calls of other agents", function()
  local box = shoal.array("any", 1)
  local t = shoal.spawn(function(box)
    local shoal = require "shoal"
    box[1] = shoal.thread_bound({ping = function() return "pong" end}, "dispatch")
    local served = 0
    while served < 3 do served = served + shoal.serve(10) end
    return served
  end, box)
  while not box[1] do end
  local h = box[1]
  equal(h:call("ping"), "pong") equal(h:call("ping"), "pong") equal(h:call("ping"), "pong")
  equal(t:join(), 3)
  fails("owner", h.call, h, "ping")
  fails("owner gone", h.get, h)
  fails("gone", h.release, h)
  equal(shoal.serve(), 0)
  equal(shoal.serve(0.01), 0)
end)

test("agents call each other in a ring while they wait", function()
  local h = shoal.thread_bound({}, "dispatch")
  local target = h:get()
  function target:bounce(other, n)
    if n == 0 then return 0 end
    return 1 + other:call("bounce", h, n - 1)
  end
  equal(shoal.spawn(function(h)
    local shoal = require "shoal"
    local mine = {}
    local g = shoal.thread_bound(mine, "dispatch")
    function mine:bounce(other, n)
      if n == 0 then return 0 end
      return 1 + other:call("bounce", g, n - 1)
    end
    return h:call("bounce", g, 10)
  end, h):join(), 10)
end)

test("a call ends in time when nobody answers", function()
  local box = shoal.array("any", 2)
  local t = shoal.spawn(function(box)
    local shoal = require "shoal"
    box[1] = shoal.thread_bound(print, "dispatch")
    while not box[2] do end
  end, box)
  while not box[1] do end
  fails("in time", box[1].call_within, box[1], 0.01, nil)
  fails("in time", box[1].call_within, box[1], 0/0, nil)
  box[2] = true
  t:join()
end)

test("an agent that ends lets go of what it was asked", function()
  local box = shoal.array("any", 2)
  local t = shoal.spawn(function(box)
    local shoal = require "shoal"
    box[1] = shoal.thread_bound(print, "dispatch")
    local until_ = os.clock() + 0.2
    while os.clock() < until_ do end
  end, box)
  while not box[1] do end
  fails("owner", box[1].call, box[1], nil)
  t:join()
end)

test("modules are found where the spawning agent finds them", function()
  equal(shoal.spawn("return require('behaviour_default').who()"):join(), "default")
end)

test("accounts count, and go back to where they were", function()
  local function settle()
    collectgarbage() collectgarbage()
    return shoal.account()
  end
  local before = settle()
  do
    local T = shoal.struct("Counted", {"x"})
    local keep = {}
    for i = 1, 100 do keep[i] = T{x = i} end
    local now = shoal.account()
    assert(now.handles >= before.handles + 100 and now.types == before.types + 1)
    equal(now.agent.identity, shoal.agent().identity)
    local h = shoal.thread_bound({}, "dispatch")
    equal(shoal.account().thread_bound, before.thread_bound + 1)
    shoal.spawn(function(h) h:release() end, h):join()
    shoal.serve()
  end
  local after = settle()
  equal(after.handles + after.orphan_handles, before.handles + before.orphan_handles)
  assert(after.thread_bound <= before.thread_bound)  -- a trace may have found older ones dead
  equal(after.agents, 1)
  equal(after.dispatches, 0)
end)

check.finish()
