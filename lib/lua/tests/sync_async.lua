-- Asynchronous waits: what functions are told, by whom, and when; cancelling, errors, deadlines, ends.
local shoal = require "shoal"
local check = require "check"
local test, equal, fails, until_, holder = check.test, check.equal, check.fails, check.until_, check.holder

local Box = shoal.struct("Box", {"guard", "changed", "count:i64", "what", "ratio:f32"})

-- A function that keeps what it is called with, and how often it was.
local function told()
  local it = {calls = 0}
  it.f = function(...)
    it.calls = it.calls + 1
    it.got = table.pack(...)
    if it.keep then return end
    if type(it.got[1]) == "userdata" and tostring(it.got[1]):find("unlock token", 1, true) then
      it.got[1]:unlock()
    end
  end
  it.wait = function() until_(function() return it.calls > 0 end) end
  it.gives = function(...)
    it.wait()
    equal(it.calls, 1)
    local expected = table.pack(...)
    equal(it.got.n, expected.n)
    for i = 1, expected.n do equal(it.got[i], expected[i]) end
  end
  return it
end
local function refused(why, pending, reason)
  equal(pending, nil)
  equal(reason, why)
end

-- ------------------------------------------------------------------ mutexes

test("a free mutex is locked from serve, not before", function()
  local m, it = shoal.mutex(), told()
  it.keep = true
  local p = m:lock_async(it.f)
  equal(tostring(p), "pending wait: pending")
  equal(p:is_over(), false)
  equal(it.calls, 0)
  m:try_lock():unlock()
  assert(shoal.serve() > 0)
  equal(it.calls, 1)
  equal(it.got.n, 1)
  equal(tostring(it.got[1]), "unlock token: locked")
  equal(it.got[1]:was_abandoned(), false)
  equal(p:is_over(), true)
  equal(tostring(p), "pending wait: over")
  fails("deadlock", m.try_lock, m)
  it.got[1]:unlock()
  fails("unlocked already", it.got[1].unlock, it.got[1])
  m:try_lock():unlock()
end)

test("a mutex that another agent holds is waited for", function()
  local m, it = shoal.mutex(), told()
  local _, go_on = holder(m)
  m:lock_async(it.f)
  equal(shoal.serve(), 0)
  go_on()
  it.wait()
  equal(#it.got, 1)
end)

test("a mutex that the agent itself holds is told of later", function()
  local m, it = shoal.mutex(), told()
  local t = m:lock()
  m:lock_async(it.f)
  equal(shoal.serve(0.01), 0)
  t:unlock()
  it.wait()
end)

test("a wait for a mutex times out", function()
  local m, it, at_once = shoal.mutex(), told(), told()
  local _, go_on = holder(m)
  local start = os.clock()
  m:lock_async(it.f, 0.02)
  m:lock_async(at_once.f, 0)
  it.gives(nil, "timed_out")
  at_once.gives(nil, "timed_out")
  go_on()
end)

test("serve wakes for a deadline", function()
  local m, it = shoal.mutex(), told()
  local t <close> = m:lock()
  m:lock_async(it.f, 0.02)
  while it.calls == 0 do shoal.serve(math.huge) end
  equal(it.got[2], "timed_out")
end)

test("join and wait of agents serve, and wake for a deadline", function()
  local m, it, other = shoal.mutex(), told(), told()
  local t <close> = m:lock()
  local function sleeper() require("shoal").serve(0.3) end
  m:lock_async(it.f, 0.02)
  shoal.spawn(sleeper):join()
  it.gives(nil, "timed_out")
  m:lock_async(other.f, 0.02)
  shoal.spawn(sleeper):wait(10)
  other.gives(nil, "timed_out")
end)

test("several waits for one mutex have it one after the other", function()
  local m, order = shoal.mutex(), {}
  for i = 1, 5 do
    m:lock_async(function(t)
      order[#order + 1] = i
      t:unlock()
    end)
  end
  until_(function() return #order == 5 end)
  equal(table.concat(order, " "), "1 2 3 4 5")
end)

test("a token that the function leaves is unlocked when it is collected", function()
  local m = shoal.mutex()
  local done
  m:lock_async(function() done = true end)
  until_(function() return done end)
  collectgarbage() collectgarbage()
  m:try_lock():unlock()
end)

test("a mutex that was left locked is told so", function()
  local m, it = shoal.mutex(), told()
  shoal.spawn(function(m) kept = m:lock() end, m):join()
  it.keep = true
  m:lock_async(it.f)
  it.wait()
  equal(it.got[1]:was_abandoned(), true)
  it.got[1]:unlock()
end)

test("a pending wait keeps its function and its mutex", function()
  local got
  do
    local t = shoal.mutex():lock()
    local m = shoal.array("any", 1)
    m[1] = shoal.mutex()
    m[1]:lock_async(function(token) got = token token:unlock() end)
    t:unlock()
  end
  for _ = 1, 5 do collectgarbage() shoal.array("any", 1000) end
  until_(function() return got end)
end)

test("a function may lock the same mutex again, and serve", function()
  local m, inner = shoal.mutex(), told()
  local outer
  m:lock_async(function(t)
    m:lock_async(inner.f)
    shoal.serve()
    outer = inner.calls
    t:unlock()
  end)
  inner.wait()
  equal(outer, 0)
end)

test("what a function is given may be waited for in a coroutine", function()
  local m, box = shoal.mutex(), shoal.mailbox(1)
  local log = {}
  local function await(what, method, ...)
    local co = coroutine.running()
    local arguments = table.pack(...)
    arguments[#arguments + 1] = function(...) assert(coroutine.resume(co, ...)) end
    what[method](what, table.unpack(arguments))
    return coroutine.yield()
  end
  local co = coroutine.create(function()
    do
      local t <close> = await(m, "lock_async")
      log[#log + 1] = tostring(t)
      log[#log + 1] = tostring(await(box, "send_async", "x"))
    end
    local ok, value = await(box, "receive_async")
    log[#log + 1] = value
    m:lock():unlock()
  end)
  assert(coroutine.resume(co))
  until_(function() return coroutine.status(co) == "dead" end)
  equal(table.concat(log, ", "), "unlock token: locked, true, x")
end)

-- ------------------------------------------------------------------ conditions

test("a condition: the token is empty, and a new one is given once it is notified", function()
  local m, c, it = shoal.mutex(), shoal.condition(), told()
  it.keep = true
  local t = m:lock()
  c:wait_async(t, it.f)
  fails("unlocked already", t.unlock, t)
  equal(tostring(t), "unlock token: unlocked")
  equal(shoal.serve(), 0)
  local u = m:lock()
  equal(c:notify(), 1)
  equal(shoal.serve(), 0)
  u:unlock()
  it.wait()
  equal(it.got.n, 2)
  equal(it.got[2], "ok")
  equal(tostring(it.got[1]), "unlock token: locked")
  c:wait_async(it.got[1], it.f)
  equal(c:notify(), 1)
  until_(function() return it.calls == 2 end)
  it.got[1]:unlock()
end)

test("a wait at a condition times out with the mutex held", function()
  local m, c, it = shoal.mutex(), shoal.condition(), told()
  it.keep = true
  c:wait_async(m:lock(), it.f, 0.01)
  it.wait()
  equal(it.got[2], "timed_out")
  fails("deadlock", m.try_lock, m)
  it.got[1]:unlock()
end)

test("a wait at a condition that could not begin leaves the token as it was", function()
  local m, c = shoal.mutex(), shoal.condition()
  local t = m:lock()
  fails("condition expected", c.wait_async, m, t, print)
  fails("function expected", c.wait_async, c, t)
  fails("function expected", c.wait_async, c, t, {})
  fails("number expected", c.wait_async, c, t, print, "soon")
  fails("unlock token expected", c.wait_async, c, c, print)
  equal(tostring(t), "unlock token: locked")
  t:unlock()
  fails("unlocked already", c.wait_async, c, t, print)
end)

test("waits of agents that sleep and of those that do not are one queue", function()
  local m, c, it = shoal.mutex(), shoal.condition(), told()
  local count = shoal.array("i64", 1)
  c:wait_async(m:lock(), it.f)
  local agent = shoal.spawn(function(m, c, count)
    local t <close> = m:lock()
    require("shoal").add(count, 1, 1)
    return c:wait(t)
  end, m, c, count)
  until_(function()
    local t <close> = m:lock()
    return count[1] == 1
  end)
  equal(c:notify(), 1)
  it.wait()
  equal(agent:status(), "running")
  while c:notify() == 0 do shoal.serve(0.001) end
  equal(agent:join(), true)
end)

-- ------------------------------------------------------------------ mailboxes

test("a mailbox: what is in it is received from serve", function()
  local b = shoal.mailbox(8)
  local values = {1, 2.5, "text", ("long"):rep(100), true, b, Box, 1 << 60}
  for _, each in ipairs(values) do b:send(each) end
  for _, each in ipairs(values) do
    local it = told()
    b:receive_async(it.f)
    equal(it.calls, 0)
    it.gives(true, each)
  end
  b:send(nil)
  local it = told()
  b:receive_async(it.f)
  it.gives(true, nil)
end)

test("receivers are told in their order as values come", function()
  local b, got = shoal.mailbox(2), {}
  for i = 1, 3 do b:receive_async(function(ok, value) got[#got + 1] = i .. value end) end
  shoal.spawn(function(b) for _, each in ipairs{"a", "b", "c"} do b:send(each) end end, b):join()
  until_(function() return #got == 3 end)
  equal(table.concat(got, " "), "1a 2b 3c")
end)

test("a receiver times out, and is told that it is closed", function()
  local b, late, closed = shoal.mailbox(1), told(), told()
  b:receive_async(late.f, 0.01)
  late.gives(nil, "timed_out")
  b:receive_async(closed.f)
  b:close()
  closed.gives(nil, "closed")
  local after = told()
  b:receive_async(after.f)
  after.gives(nil, "closed")
end)

test("a sender is told at once of room, later of none", function()
  local b, first, second, late = shoal.mailbox(1), told(), told(), told()
  b:send_async("a", first.f)
  equal(#b, 1)
  equal(first.calls, 0)
  first.gives(true)
  b:send_async("b", second.f)
  b:send_async("c", late.f, 0.01)
  late.gives(nil, "timed_out")
  equal(second.calls, 0)
  local ok, value = b:receive()
  equal(value, "a")
  second.gives(true)
  ok, value = b:receive()
  equal(value, "b")
end)

test("a sender that waits is told that it is closed; one that comes later begins none", function()
  local b, it = shoal.mailbox(1), told()
  b:send(1)
  b:send_async(Box{what = "kept"}, it.f)
  collectgarbage()
  b:close()
  it.gives(nil, "closed")
  refused("closed", b:send_async(2, it.f))
  equal(it.calls, 1)
end)

test("what cannot be shared is refused, and no function kept", function()
  local b, kept = shoal.mailbox(1), setmetatable({}, {__mode = "k"})
  do
    local f = function() return kept end
    kept[f] = true
    fails("a mailbox cannot hold a table", b.send_async, b, {}, f)
    fails("a mailbox cannot hold a function", b.send_async, b, f, f)
  end
  collectgarbage()
  equal(next(kept), nil)
end)

test("values go round through agents that wait without sleeping", function()
  local there, back = shoal.mailbox(2), shoal.mailbox(2)
  local agent = shoal.spawn(function(there, back)
    local shoal = require "shoal"
    local open = true
    local function take(ok, value)
      if not ok then open = false return end
      back:send_async(value + 1, function() there:receive_async(take) end)
    end
    there:receive_async(take)
    while open do shoal.serve(math.huge) end
    return "closed"
  end, there, back)
  local n, done = 0, false
  local function next_one()
    if n >= 300 then done = true return end
    there:send_async(n, function(ok)
      assert(ok)
      back:receive_async(function(ok, value)
        assert(ok)
        n = value
        next_one()
      end)
    end)
  end
  next_one()
  until_(function() return done end)
  equal(n, 300)
  there:close()
  equal(agent:join(), "closed")
end)

-- ------------------------------------------------------------------ fields and elements

test("a field: told when it is notified", function()
  local b, it = Box{what = "red", ratio = 0.1}, told()
  shoal.wait_async(b, "what", "red", it.f)
  equal(shoal.serve(), 0)
  b.what = "green"
  equal(shoal.notify(b, "what"), 1)
  it.gives("ok")
  local late = told()
  shoal.wait_async(b, "what", "green", late.f, 0.01)
  late.gives("timed_out")
  local rounded = told()
  shoal.wait_async(b, "ratio", 0.1, rounded.f)
  shoal.notify(b, "ratio")
  rounded.gives("ok")
  local a, element = shoal.array("any", 2), told()
  shoal.wait_async(a, 2, nil, element.f)
  equal(shoal.notify(a, 1), 0)
  equal(shoal.notify(a, 2), 1)
  element.gives("ok")
end)

test("a field that holds something else begins no wait, nor does a time that has passed", function()
  local b, it = Box{what = "red"}, told()
  refused("not_equal", shoal.wait_async(b, "what", "green", it.f))
  refused("not_equal", shoal.wait_async(b, "what", print, it.f))
  refused("timed_out", shoal.wait_async(b, "what", "red", it.f, 0))
  fails("no field", shoal.wait_async, b, "wat", 1, it.f)
  fails("outside", shoal.wait_async, shoal.array("any", 1), 2, nil, it.f)
  fails("function expected", shoal.wait_async, b, "what", "red")
  equal(shoal.serve(), 0)
  equal(it.calls, 0)
end)

-- ------------------------------------------------------------------ cancelling

test("a cancelled wait calls nothing, and lets go", function()
  local m, c, b, o = shoal.mutex(), shoal.condition(), shoal.mailbox(1), Box{what = 1}
  b:send(1)
  local other = shoal.mailbox(1)
  local t <close> = m:lock()
  local guard = shoal.mutex()
  local kept = setmetatable({}, {__mode = "k"})
  local function f()
    local g = function() error("called") end
    kept[g] = true
    return g
  end
  local waits = {m:lock_async(f()), c:wait_async(guard:lock(), f()), b:send_async(2, f()),
                 other:receive_async(f()), shoal.wait_async(o, "what", 1, f(), 100)}
  equal(#waits, 5)
  for _, each in ipairs(waits) do
    equal(each:cancel(), true)
    equal(each:cancel(), false)
    equal(each:is_over(), true)
  end
  collectgarbage() collectgarbage()
  equal(next(kept), nil)
  guard:try_lock():unlock()
  equal(shoal.serve(), 0)
end)

test("a wait that has been notified is not cancelled", function()
  local b, it = shoal.mailbox(1), told()
  local p = b:receive_async(it.f)
  b:send("x")
  equal(p:cancel(), false)
  it.gives(true, "x")
  equal(p:cancel(), false)
end)

test("functions may cancel other waits, and not their own", function()
  local b, m, own, other = shoal.mailbox(1), shoal.mutex()
  local t <close> = m:lock()
  local results = {}
  local p = m:lock_async(print)
  own = b:receive_async(function()
    results = {own:cancel(), p:cancel(), p:cancel()}
  end)
  b:send(1)
  until_(function() return own:is_over() end)
  equal(results[1], false)
  equal(results[2], true)
  equal(results[3], false)
end)

-- ------------------------------------------------------------------ errors

test("an error of a function is raised by who serves, once, and the others are called", function()
  local b, it = shoal.mailbox(3), told()
  b:receive_async(function() error("on purpose") end)
  b:receive_async(function() error(setmetatable({}, {__tostring = function() return "an object" end})) end)
  b:receive_async(it.f)
  for i = 1, 3 do b:send(i) end
  local ok, why = pcall(function() while true do shoal.serve(1) end end)
  assert(why:find("on purpose", 1, true) and why:find("stack traceback", 1, true), why)
  fails("an object", shoal.serve)
  shoal.serve()
  it.gives(true, 3)
end)

test("join and wait raise it too, and can be called again", function()
  local b = shoal.mailbox(2)
  local agent = shoal.spawn(function() require("shoal").serve(0.1) return "done" end)
  b:receive_async(function() error("first") end)
  b:receive_async(function() error("second") end)
  b:send(1) b:send(2)
  fails("first", agent.join, agent)
  fails("second", agent.wait, agent, 10)
  equal(agent:join(), "done")
end)

test("a call to an owner serves, and leaves the error to the next who serves", function()
  local h = shoal.mailbox(1)
  local agent = shoal.spawn(function(h)
    local shoal = require "shoal"
    h:send(shoal.thread_bound({f = function() shoal.serve(0.05) return "answer" end}, "dispatch"))
    shoal.serve(10)
  end, h)
  local _, bound = h:receive()
  local b = shoal.mailbox(1)
  b:receive_async(function() error("meanwhile") end)
  b:send(1)
  equal(bound:call("f"), "answer")
  fails("meanwhile", function() while true do shoal.serve(1) end end)
  agent:join()
end)

test("a function that fails in odd ways is an error like others", function()
  local b = shoal.mailbox(1)
  local odd = {
    {"nil", function() error() end},
    {"table", function() error({}) end},
    {"yield", function() coroutine.yield() end},
    {"stack overflow", function() local function f() return 1 + f() end f() end},
    {"in __tostring", function() error(setmetatable({}, {__tostring = function() error("in __tostring") end})) end},
    {"not a string", function() error(setmetatable({}, {__tostring = function() return {} end})) end},
  }
  for _, each in ipairs(odd) do
    b:receive_async(each[2])
    b:send(1)
    local ok = pcall(shoal.serve)
    equal(ok, false)
  end
  equal(shoal.serve(), 0)
end)

test("an error in a function leaves its token to the collector", function()
  local m = shoal.mutex()
  m:lock_async(function() error("first") end)
  fails("first", shoal.serve)
  m:lock_async(function(t) local t <close> = t error("second") end)
  collectgarbage() collectgarbage()
  fails("second", shoal.serve, 1)
  m:try_lock():unlock()
end)

-- ------------------------------------------------------------------ hostile use

test("arguments are looked at", function()
  local m, b = shoal.mutex(), shoal.mailbox(1)
  fails("function expected", m.lock_async, m)
  fails("function expected", m.lock_async, m, 1)
  fails("number expected", m.lock_async, m, print, {})
  fails("mutex expected", m.lock_async, b, print)
  fails("mutex expected", m.lock_async)
  fails("mailbox expected", b.receive_async, m, print)
  fails("function expected", b.receive_async, b, 0.1)
  fails("function expected", b.send_async, b, 1)
  local p = m:lock_async(function() end)
  fails("pending wait expected", p.cancel, m)
  fails("pending wait expected", p.cancel)
  fails("pending wait expected", p.is_over, 1)
  fails("a pending wait", shoal.mailbox(1).send, b, p)
  equal(getmetatable(p), false)
  assert(p:cancel() or shoal.serve())
end)

test("odd times", function()
  local m = shoal.mutex()
  local t <close> = m:lock()
  local never, nan, past = m:lock_async(print, math.huge), m:lock_async(type, 0/0), told()
  m:lock_async(past.f, -1)
  past.gives(nil, "timed_out")
  never:cancel()
  if not nan:is_over() then nan:cancel() end
end)

test("a finalizer may begin waits, cancel and serve", function()
  local b, n = shoal.mailbox(1), 0
  for i = 1, 20 do
    setmetatable({}, {__gc = function()
      local p = b:receive_async(function() n = n + 1 end)
      if i % 2 == 0 then p:cancel() end
      shoal.serve()
    end})
    if i % 5 == 0 then collectgarbage() end
  end
  collectgarbage()
  for _ = 1, 10 do b:send(1) until_(function() return #b == 0 end) end
  until_(function() return n == 10 end)
end)

test("a debug hook that uses shoal inside does no harm", function()
  local b, a, got = shoal.mailbox(1), shoal.array("any", {("y"):rep(10000)}), nil
  b:receive_async(function(_, value) got = value end)
  b:send(("x"):rep(100))
  debug.sethook(function() local _ = #a[1] end, "c")
  local ok, why = pcall(shoal.serve)
  debug.sethook()
  assert(ok, why)
  equal(got, ("x"):rep(100))
end)

test("a debug hook that raises keeps no mutex locked", function()
  for n = 2, 12 do
    local m, calls = shoal.mutex(), 0
    m:lock_async(function(t) t:unlock() end)
    debug.sethook(function()
      calls = calls + 1
      if calls == n then debug.sethook() error("in a hook") end
    end, "c")
    pcall(function() shoal.serve() debug.sethook() end)
    debug.sethook()
    while not pcall(shoal.serve) do end
    collectgarbage() collectgarbage()
    m:try_lock():unlock()
  end
end)

test("functions that serve in functions that serve end somewhere", function()
  local b, deep = shoal.mailbox(1), 0
  local function f()
    deep = deep + 1
    if deep > 1000 then return end
    b:receive_async(f)
    b:send(deep)
    shoal.serve()
  end
  b:receive_async(f)
  b:send(0)
  pcall(shoal.serve)
  assert(deep > 10)
  while not pcall(shoal.serve) do end
end)

test("an interrupt ends no asynchronous wait", function()
  local ready = shoal.array("any", 1)
  local agent = shoal.spawn(function(ready)
    local shoal = require "shoal"
    local b, got = shoal.mailbox(1), nil
    b:receive_async(function(_, value) got = value end)
    ready[1] = true
    while pcall(shoal.serve, 10) do end  -- until it is interrupted
    b:send("still")
    shoal.serve()
    return got
  end, ready)
  until_(function() return ready[1] end)
  agent:interrupt()
  equal(agent:join(), "still")
end)

test("many waits", function()
  local b, n = shoal.mailbox(1000), 0
  for i = 1, 1000 do b:receive_async(function(_, value) n = n + value end) end
  for i = 1, 1000 do b:send(i) end
  until_(function() return n == 500500 end)
end)

-- ------------------------------------------------------------------ ends

test("an agent that ends with pending waits calls none of them", function()
  local m, c, b, o = shoal.mutex(), shoal.condition(), shoal.mailbox(1), Box{what = 1}
  local called = shoal.array("any", 1)
  local t = m:lock()
  for _ = 1, 3 do
    shoal.spawn(function(m, c, b, o, called)
      local shoal = require "shoal"
      local function f() called[1] = true end
      local guard = shoal.mutex()
      keep = {m:lock_async(f), c:wait_async(guard:lock(), f, 100), b:receive_async(f),
              shoal.wait_async(o, "what", 1, f)}
      m:lock_async(f)
      local full = shoal.mailbox(1)
      full:send(1)
      full:send_async(guard, f)
    end, m, c, b, o, called):join()
  end
  t:unlock()
  equal(c:notify_all(), 0)
  equal(shoal.notify(o, "what"), 0)
  equal(called[1], nil)
  m:try_lock():unlock()
end)

test("an agent that ends with waits that are about to be told of calls none of them", function()
  local m = shoal.mutex()
  local called = shoal.array("any", 1)
  shoal.spawn(function(m, called)
    local shoal = require "shoal"
    local function f() called[1] = true end
    local b, c = shoal.mailbox(3), shoal.condition()
    m:lock_async(f)
    b:receive_async(f)
    b:send("text")
    b:receive_async(f)
    b:send(b)
    b:send_async(1, f)
    c:wait_async(m:lock(), f)
    c:notify()
  end, m, called):join()
  equal(called[1], nil)
  m:try_lock():unlock()
end)

-- Left as the state of this file closes.
do
  local m, b = shoal.mutex(), shoal.mailbox(1)
  m:lock_async(function() error("called") end)
  b:receive_async(function() error("called") end)
  b:send("text")
end
check.finish()
