-- Mutexes and unlock tokens, conditions, mailboxes, waiting for fields and elements.
local shoal = require "shoal"
local check = require "check"
local test, equal, fails, until_, holder = check.test, check.equal, check.fails, check.until_, check.holder

local Box = shoal.struct("Box", {"guard", "changed:ref", "count:i64", "what"})

-- Values of calls, for tests of several at once.
local function gives(expected, ...)
  local found = table.pack(...)
  equal(found.n, expected.n)
  for i = 1, found.n do equal(found[i], expected[i]) end
end
local late = table.pack(nil, "timed_out")

local function pause(seconds) shoal.serve(seconds) end

-- Ends the wait that an agent is in, or will be in.
local function stop(agent) repeat agent:interrupt() until agent:wait(0.05) end

-- ------------------------------------------------------------------ mutexes

test("a mutex is locked once, and unlocked by its token", function()
  local m = shoal.mutex()
  local t = m:lock()
  equal(tostring(t), "unlock token: locked")
  equal(t:was_abandoned(), false)
  t:unlock()
  equal(tostring(t), "unlock token: unlocked")
  equal(t:was_abandoned(), false)
  local u = m:try_lock()
  u:unlock_fair()
  m:lock(0):unlock()
  m:lock(1):unlock()
  m:lock(math.huge):unlock()
  m:lock(nil):unlock()
  m:lock(-1):unlock()
  m:lock(0/0):unlock()
end)

test("what has no such method says so", function()
  local m = shoal.mutex()
  local t <close> = m:lock()
  fails("mutex has no method 'unlock'", function() m:unlock() end)
  fails("unlock token has no method 'lock'", function() t:lock() end)
  fails("condition has no method 'lock'", function() return shoal.condition().lock end)
  fails("mailbox has no method '1'", function() return shoal.mailbox(1)[1] end)
  fails("agent has no method", function() return shoal.spawn("")[nil] end)
end)

test("a token that is closed unlocks, also after an error and after it was unlocked", function()
  local m = shoal.mutex()
  do local t <close> = m:lock() end
  do
    local t <close> = m:lock()
    t:unlock()
    m:lock():unlock()
  end
  fails("on purpose", function()
    local t <close> = m:lock()
    error("on purpose")
  end)
  local co = coroutine.wrap(function()
    local t <close> = m:lock()
    coroutine.yield()
  end)
  co()
  fails("deadlock", m.try_lock, m)
  co()
  local broken = coroutine.create(function()
    local t <close> = m:lock()
    coroutine.yield()
  end)
  coroutine.resume(broken)
  coroutine.close(broken)
  local t <close> = m:try_lock()
  assert(t)
end)

test("a token that nobody keeps unlocks when it is collected", function()
  local m = shoal.mutex()
  m:lock()
  collectgarbage() collectgarbage()
  m:try_lock():unlock()
end)

test("a token keeps its mutex", function()
  local t = shoal.mutex():lock()
  collectgarbage() collectgarbage()
  t:unlock()
end)

test("unlocking twice is an error, and so is waiting with such a token", function()
  local t = shoal.mutex():lock()
  t:unlock()
  fails("has been unlocked already", t.unlock, t)
  fails("has been unlocked already", t.unlock_fair, t)
  local c = shoal.condition()
  fails("has been unlocked already", c.wait, c, t, 0)
  fails("has been unlocked already", c.wait_for, c, t, print, 0)
end)

test("locking what one holds is an error, and changes nothing", function()
  local m = shoal.mutex()
  local t <close> = m:lock()
  for _ = 1, 3 do
    fails("deadlock: this agent holds the mutex already", m.lock, m)
    fails("deadlock", m.lock, m, 0.01)
    fails("deadlock", m.try_lock, m)
    fails("deadlock", coroutine.wrap(function() m:lock() end))
  end
  collectgarbage()
  equal(shoal.spawn(function(m) return select(2, m:try_lock()) end, m):join(), "timed_out")
end)

test("a mutex that another agent holds times out", function()
  local m = shoal.mutex()
  local t, go_on = holder(m)
  gives(late, m:try_lock())
  gives(late, m:lock(0))
  gives(late, m:lock(0.01))
  gives(late, m:lock(0.25))  -- longer than a glance
  local u <close> = m:try_lock()  -- nil may be closed
  equal(u, nil)
  go_on()
  m:lock():unlock()
end)

test("a mutex is waited for", function()
  local m, total = shoal.mutex(), Box()
  local agents = {}
  for i = 1, 4 do
    agents[i] = shoal.spawn(function(m, total)
      for i = 1, 500 do
        local t <close> = m:lock()
        total.count = total.count + 1
        if i % 3 == 0 then t:unlock_fair() end
      end
    end, m, total)
  end
  for _, t in ipairs(agents) do t:join() end
  equal(total.count, 2000)
end)

test("a mutex is a value like any other", function()
  local m, c, b = shoal.mutex(), shoal.condition(), shoal.mailbox(1)
  local o = Box{guard = m, changed = c, what = b}
  assert(rawequal(o.guard, m) and rawequal(o.changed, c) and rawequal(o.what, b))
  local a = shoal.array("ref", {m, c, b})
  assert(a[1] == m and a[2] == c and a[3] == b)
  for _, v in ipairs(a) do
    assert(shoal.can_be_shared(v))
    assert(shoal.spawn("return ...", v):join() == v)
    equal(getmetatable(v), false)
  end
  assert(tostring(m):find("^mutex: 0x") and tostring(c):find("^condition: 0x") and tostring(b):find("^mailbox: 0x"))
  assert(shoal.share{guard = m}.guard == m)
  m, c, b = nil, nil, nil
  collectgarbage() collectgarbage()
  o.guard:lock():unlock()
  equal(o.changed:notify(), 0)
  equal(#o.what, 0)
  fails("a Box, not a mutex", function()
    shoal.struct("Picky", {{"b", Box}}, {fresh = true})().b = o.guard
  end)
end)

test("a token belongs to its agent", function()
  local t <close> = shoal.mutex():lock()
  equal(shoal.can_be_shared(t), false)
  fails("argument #1: an unlock token cannot be shared", shoal.spawn, "", t)
  fails("cannot hold an unlock token: it is not shared", function() Box().what = t end)
  fails("root.t: an unlock token cannot be shared", shoal.share, {t = t})
  equal(getmetatable(t), false)
  fails("", setmetatable, t, {})
  local b = shoal.mailbox(1)
  fails("a mailbox cannot hold an unlock token: it is not shared", b.send, b, t)
end)

test("an agent that ends with a mutex leaves it abandoned, and the next one is told", function()
  for _, ending in ipairs{"", "error('on the way')"} do
    local m = shoal.mutex()
    local a = shoal.spawn("local m = ... kept = m:lock() " .. ending, m)
    pcall(a.join, a)
    local t = m:lock()
    equal(t:was_abandoned(), true)
    t:unlock()
    equal(t:was_abandoned(), true)  -- as it was then
    equal(m:lock():was_abandoned(), false)
    collectgarbage()
  end
  local m = shoal.mutex()
  fails("on the way", function()
    shoal.spawn("local m = ... local t <close> = m:lock() error('on the way')", m):join()
  end)
  equal(m:lock():was_abandoned(), false)
end)

test("a finalizer of an ending agent may still unlock", function()
  local m = shoal.mutex()
  shoal.spawn([[
    local m = ...
    local t = m:lock()
    kept = setmetatable({}, {__gc = function() t:unlock() end})]], m):join()
  equal(m:lock():was_abandoned(), false)
end)

test("an interrupt ends the wait for a mutex", function()
  local m = shoal.mutex()
  local t, go_on = holder(m)
  local w = shoal.spawn(function(m) m:lock() end, m)
  pause(0.01)
  stop(w)
  fails("interrupted while waiting for a mutex", w.join, w)
  -- One that comes before the wait ends it, and is over with it.
  shoal.interrupt(shoal.agent().identity)
  fails("interrupted", m.lock, m)
  pause(0.001)
  gives(late, m:lock(0.001))
  go_on()
  m:lock():unlock()
end)

-- ------------------------------------------------------------------ conditions

test("a condition is waited at, and notified", function()
  local o = Box{guard = shoal.mutex(), changed = shoal.condition()}
  local agents = {}
  for i = 1, 3 do
    agents[i] = shoal.spawn(function(o)
      local t <close> = o.guard:lock()
      o.count = o.count + 1
      assert(o.changed:wait(t) == true)
      o.count = o.count - 1
    end, o)
  end
  until_(function() return o.count == 3 end)
  local t = o.guard:lock()
  equal(o.changed:notify(0), 0)
  equal(o.changed:notify(), 1)
  t:unlock()
  until_(function() return o.count == 2 end)
  t = o.guard:lock()
  equal(o.changed:notify(1), 1)
  equal(o.changed:notify_all(), 1)
  equal(o.changed:notify_all(), 0)
  equal(o.changed:notify(math.maxinteger), 0)
  t:unlock()
  for _, a in ipairs(agents) do a:join() end
  equal(o.count, 0)
  fails("not negative", o.changed.notify, o.changed, -1)
end)

test("a wait at a condition times out, with the mutex held", function()
  local m, c = shoal.mutex(), shoal.condition()
  local t <close> = m:lock()
  gives(late, c:wait(t, 0))
  gives(late, c:wait(t, 0.01))
  gives(late, c:wait(t, -1))
  fails("deadlock", m.lock, m)
  t:unlock()
end)

test("wait_for waits until its predicate is true", function()
  local o = Box{guard = shoal.mutex(), changed = shoal.condition()}
  local a = shoal.spawn(function(o)
    for i = 1, 20 do
      local t <close> = o.guard:lock()
      o.count = i
      o.changed:notify_all()
    end
  end, o)
  local t = o.guard:lock()
  gives(table.pack(true), o.changed:wait_for(t, function() return o.count == 20 end))
  gives(table.pack(true), o.changed:wait_for(t, function() return 0 end, 0))
  local asked = 0
  gives(late, o.changed:wait_for(t, function() asked = asked + 1 end, 0.25))
  assert(asked >= 2)
  gives(late, o.changed:wait_for(t, function() return false end, 0))
  t:unlock()
  a:join()
end)

test("a predicate that raises leaves the token as it was", function()
  local m, c = shoal.mutex(), shoal.condition()
  local t = m:lock()
  local thrown = {}
  local ok, why = pcall(c.wait_for, c, t, function() error(thrown) end)
  assert(not ok and why == thrown)
  local asked = 0
  fails("later", c.wait_for, c, t, function() asked = asked + 1 if asked == 2 then error("later") end end, 0.01)
  fails("yield", coroutine.wrap(function() c:wait_for(t, coroutine.yield) end))
  fails("deadlock", m.lock, m)
  t:unlock()
  m:lock():unlock()
end)

test("a predicate that unlocks the token is an error", function()
  local m, c = shoal.mutex(), shoal.condition()
  local t = m:lock()
  fails("has been unlocked already", c.wait_for, c, t, function() t:unlock() return true end)
  t = m:lock()
  fails("has been unlocked already", c.wait_for, c, t, function() t:unlock() end)
  t = m:lock()
  equal(c:wait_for(t, function() return c:wait_for(t, function() return true end) end), true)  -- it may wait itself
  t:unlock()
end)

test("an interrupt ends a wait at a condition, with the mutex held", function()
  local o = Box{guard = shoal.mutex(), changed = shoal.condition()}
  local a = shoal.spawn(function(o)
    local t = o.guard:lock()
    o.count = 1
    local ok, why = pcall(o.changed.wait, o.changed, t)
    t:unlock()
    return ok, why
  end, o)
  until_(function() return o.count == 1 end)
  o.guard:lock():unlock()
  stop(a)
  local ok, why = a:join()
  equal(ok, false)
  assert(why:find("interrupted while waiting at a condition", 1, true), why)
end)

test("who waits at a condition is told that the mutex was abandoned", function()
  local o = Box{guard = shoal.mutex(), changed = shoal.condition()}
  local a = shoal.spawn(function(o)
    local t <close> = o.guard:lock()
    o.count = 1
    o.changed:wait(t)
    return t:was_abandoned()
  end, o)
  until_(function() return o.count == 1 end)
  shoal.spawn("local o = ... kept = o.guard:lock() o.changed:notify()", o):join()
  equal(a:join(), true)
end)

-- ------------------------------------------------------------------ mailboxes

test("a mailbox hands values over in their order, nil among them", function()
  local p = Box()
  local values = table.pack(nil, false, true, 0, -1, 1.5, -0.0, 0/0, math.huge, 1 << 31, 1 << 53, math.maxinteger,
                            math.mininteger, 2^53, "", "x", "a\0b", ("long "):rep(1000), p, Box, shoal.array("any", 1),
                            shoal.mutex(), shoal.condition(), shoal.mailbox(1), shoal.thread_local(), shoal.thread_bound({}))
  local b = shoal.mailbox(values.n)
  equal(b:capacity(), values.n)
  for i = 1, values.n do gives(table.pack(true), b:send(values[i])) end
  equal(#b, values.n)
  gives(late, b:try_send(1))
  gives(late, b:send(1, 0.01))
  gives(late, b:send(1, 0.25))
  collectgarbage() collectgarbage()
  for i = 1, values.n do
    local ok, value = b:receive()
    equal(ok, true)
    if values[i] ~= values[i] then assert(value ~= value) else equal(value, values[i]) end
    if value == 0 and math.type(value) == "float" then equal(1 / value, -math.huge) end
  end
  equal(#b, 0)
  gives(late, b:try_receive())
  gives(late, b:receive(0))
  gives(late, b:receive(0.01))
  gives(late, b:receive(0.25))
end)

test("a closed mailbox takes nothing, gives what is left, and then says so", function()
  local b = shoal.mailbox(2)
  local closed = table.pack(nil, "closed")
  b:send("left")
  equal(b:is_closed(), false)
  b:close()
  equal(b:is_closed(), true)
  gives(closed, b:send(1))
  gives(closed, b:send(1, 0))
  gives(closed, b:try_send(1))
  equal(#b, 1)
  gives(table.pack(true, "left"), b:try_receive())
  gives(closed, b:receive())
  gives(closed, b:receive(0.01))
  gives(closed, b:try_receive())
  b:close()
end)

test("agents send to agents", function()
  local jobs, done = shoal.mailbox(3), shoal.mailbox(3)
  local workers = {}
  for i = 1, 3 do
    workers[i] = shoal.spawn(function(jobs, done)
      for _, job in function() return jobs:receive() end do done:send(job * 2) end
    end, jobs, done)
  end
  local feeder = shoal.spawn(function(jobs)
    for i = 1, 1000 do jobs:send(i) end
    jobs:close()
  end, jobs)
  local sum = 0
  for _ = 1, 1000 do sum = sum + select(2, done:receive()) end
  equal(sum, 1001000)
  feeder:join()
  for _, w in ipairs(workers) do w:join() end
end)

test("what cannot be shared cannot be sent", function()
  local b = shoal.mailbox(1)
  for words, v in pairs{["a table"] = {}, ["a function"] = print, ["a coroutine"] = coroutine.create(print),
                        ["a userdata"] = io.stdout, ["an agent"] = shoal.spawn("")} do
    fails("a mailbox cannot hold " .. words .. ": it is not shared", b.send, b, v)
    fails("a mailbox cannot hold " .. words, b.try_send, b, v)
  end
  fails("value expected", b.send, b)
  equal(#b, 0)
end)

test("a mailbox holds 1 to 2^24 values", function()
  for _, n in ipairs{0, -1, math.mininteger} do fails("at least one value", shoal.mailbox, n) end
  for _, n in ipairs{1 << 25, 1 << 32, (1 << 32) + 1, math.maxinteger} do fails("at most", shoal.mailbox, n) end
  fails("number expected", shoal.mailbox)
  fails("integer", shoal.mailbox, 1.5)
  equal(shoal.mailbox(1.0):capacity(), 1)
end)

test("an interrupt ends sending and receiving", function()
  local b = shoal.mailbox(1)
  local w = shoal.spawn("(...):receive()", b)
  pause(0.01)
  stop(w)
  fails("interrupted while receiving from a mailbox", w.join, w)
  b:send(1)
  w = shoal.spawn("(...):send(2)", b)
  pause(0.01)
  stop(w)
  fails("interrupted while sending to a mailbox", w.join, w)
  gives(table.pack(true, 1), b:receive())
  equal(#b, 0)
end)

test("an object in a mailbox is kept, and let go of once it was received", function()
  local b = shoal.mailbox(4)
  b:send(Box{what = "kept"})
  b:send(b)  -- a cycle
  collectgarbage() collectgarbage()
  equal(select(2, b:receive()).what, "kept")
  assert(select(2, b:receive()) == b)
end)

-- ------------------------------------------------------------------ fields and elements

test("a field is waited for until it is notified", function()
  local o = Box()
  local function ask(o)
    local shoal = require "shoal"
    local answers = ""
    while o.count < 3 do answers = answers .. shoal.wait(o, "count", o.count) .. " " end
    return answers
  end
  local agents = {shoal.spawn(ask, o), shoal.spawn(ask, o)}
  local woken = 0
  for i = 1, 3 do
    pause(0.01)
    o.count = i
    woken = woken + shoal.notify(o, "count")
  end
  local answers = agents[1]:join() .. agents[2]:join()
  for answer in answers:gmatch("%S+") do assert(answer == "ok" or answer == "not_equal") end
  equal(select(2, answers:gsub("ok", "")), woken)
  equal(shoal.notify(o, "count"), 0)
end)

test("a wait says how it ended", function()
  local a = shoal.array("i32", 2)
  equal(shoal.wait(a, 1, 1), "not_equal")
  equal(shoal.wait(a, 1, 0, 0), "timed_out")
  equal(shoal.wait(a, 2, 0, 0.01), "timed_out")
  equal(shoal.wait(a, 2, 0.0, 0), "timed_out")
  local t = shoal.spawn("return require('shoal').wait(..., 2, 0)", a)
  until_(function() return shoal.notify(a, 2, 1) == 1 end)
  equal(t:join(), "ok")
  t = shoal.spawn("return require('shoal').wait(..., 2, 0)", a)
  pause(0.01)
  stop(t)
  fails("interrupted while waiting for a change", t.join, t)
  equal(shoal.notify(a, 1, 0), 0)
end)

test("what is expected is compared by value, for every kind", function()
  local p, m = Box(), shoal.mutex()
  local cases = {
    any = {nil, false, true, 1, -1, 1.5, 0/0, math.maxinteger, "", "text", ("long "):rep(100), p, Box, m},
    ref = {nil, p, m}, bool = {true, false}, i8 = {-128, 0}, u16 = {65535}, i64 = {math.mininteger, 1 << 60},
    u64 = {-1, 1}, f32 = {0.1, 1.5, 0/0, 1, (1 << 24) + 1}, f64 = {0.1, 1}, v128 = {"0123456789abcdef"},
  }
  for kind, values in pairs(cases) do
    local a = shoal.array(kind, 1)
    for i = 1, 14 do
      local v = values[i]
      if v ~= nil or kind == "any" or kind == "ref" then
        a[1] = v
        equal(shoal.wait(a, 1, v, 0), "timed_out")
      end
    end
    equal(shoal.wait(a, 1, {}, 0), "not_equal")
    equal(shoal.wait(a, 1, print), "not_equal")
    equal(shoal.wait(a, 1, shoal.array("any", 0)), "not_equal")
  end
end)

test("a place that is not there cannot be waited for", function()
  local o, a = Box(), shoal.array("any", 2)
  fails("Box has no field 'nothing'", shoal.wait, o, "nothing", 1)
  fails("Box has no field 'nothing'", shoal.notify, o, "nothing")
  for _, i in ipairs{0, 3, -1, math.maxinteger, math.mininteger} do
    fails("outside", shoal.wait, a, i, 1)
    fails("outside", shoal.notify, a, i)
  end
  fails("no element", shoal.wait, a, "x", 1)
  fails("shared struct or array expected", shoal.wait, shoal.mutex(), 1, 1)
  fails("shared struct or array expected", shoal.notify, {}, 1)
  fails("value expected", shoal.wait, o, "count")
  fails("number expected", shoal.wait, o, "count", 1, "soon")
  fails("not negative", shoal.notify, o, "count", -1)
end)

-- ------------------------------------------------------------------ hostile use

test("finalizers that lock, send and wait do no harm", function()
  local m, c, b = shoal.mutex(), shoal.condition(), shoal.mailbox(10)
  local ran = 0
  local meta = {__gc = function()
    ran = ran + 1
    local t = m:try_lock()
    c:notify()
    b:try_send(Box())
    b:try_receive()
    c:wait(t, 0)
    c:wait_for(t, function() return ran % 2 == 0 end, 0)
    if ran % 2 == 0 then t:unlock() else kept = t end
    if ran % 2 == 1 then kept:unlock() end
    if ran % 5 == 0 then error("in a finalizer") end
  end}
  warn("@off")
  for _ = 1, 100 do setmetatable({}, meta) end
  collectgarbage()
  warn("@on")
  equal(ran, 100)
  m:lock():unlock()
end)

test("a token in the middle of a wait belongs to it", function()
  -- A predicate that collects, and that runs other waits, finds all as it was.
  local m, c = shoal.mutex(), shoal.condition()
  local t = m:lock()
  local asked = 0
  gives(late, c:wait_for(t, function()
    asked = asked + 1
    collectgarbage()
    local other <close> = shoal.mutex():lock()
    return c:wait(t, 0)
  end, 0.01))
  t:unlock()
end)

test("many tokens at once", function()
  local mutexes, tokens = {}, {}
  for i = 1, 1000 do
    mutexes[i] = shoal.mutex()
    tokens[i] = mutexes[i]:lock()
  end
  for i = 1, 1000, 2 do tokens[i]:unlock() end
  tokens = nil
  collectgarbage() collectgarbage()
  for i = 1, 1000 do mutexes[i]:try_lock():unlock() end
end)

check.finish()
