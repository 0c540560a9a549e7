-- How processes, states and agents end. Each case is a program of its own.
local check = require "check"
local test, equal = check.test, check.equal

local function run(program)
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write("local shoal = require 'shoal'\n", program)
  file:close()
  local pipe = io.popen("exec lua5.4 " .. name .. " 2>&1")
  local text = pipe:read("a")
  local ok, how, code = pipe:close()
  os.remove(name)
  return how, code, text
end

local function ends(sentence, program, code, words)
  test(sentence, function()
    local how, found, text = run(program)
    if how ~= "exit" or found ~= code or (words and not text:find(words, 1, true)) or
       text:find("AddressSanitizer", 1, true) or text:find("ThreadSanitizer", 1, true) then
      error(("%s %s: %s"):format(how, found, text))
    end
  end)
end

ends("a program that shares nothing ends", "", 0)
ends("a main state that closes with sleeping agents ends them",
     "for i = 1, 3 do shoal.spawn('require(\"shoal\").serve(math.huge)') end", 0)
ends("a main state that closes with agents that call nothing leaves them behind",
     "shoal.spawn('while true do end')", 0)
ends("a main state that closes with agents in shared objects stops them",
     "shoal.spawn('local shoal = require \"shoal\"; local a = shoal.array(\"i64\", 1); while true do shoal.add(a, 1, 1) end')", 0)
ends("an agent that waits for the closing one is told",
     [[shoal.spawn(function(h) h:call("f") end, shoal.thread_bound({}, "dispatch"))]], 0)
ends("an agent that is only starting when the state closes ends", "for i = 1, 20 do shoal.spawn('') end", 0)
ends("an error of an agent that nobody joins is printed",
     "shoal.spawn('error(\"unheard\")'):wait(10)", 0, "unheard")
ends("os.exit in an agent ends the process with its code",
     "shoal.spawn('os.exit(7)'):join()", 7)
ends("os.exit with close in an agent does too",
     "shoal.spawn('os.exit(true, true)'):join()", 0)
ends("os.exit with close in the main state, with agents",
     "for i = 1, 3 do shoal.spawn('require(\"shoal\").serve(math.huge)') end os.exit(3, true)", 3)
ends("os.exit with close from inside of a dispatched call", [[
  local h = shoal.thread_bound(function() os.exit(4, true) end, "dispatch")
  shoal.spawn(function(h) h:call(nil) end, h):join()]], 4)
ends("os.exit with close from inside of a behaviour module", [[
  package.preload.leaving = function() os.exit(5, true) end
  local T = shoal.spawn(function() return require("shoal").struct("T", {"x"}, {module = "leaving"}) end):join()
  T():method()]], 5)
ends("os.exit with close from inside of the function of an asynchronous wait", [[
  local b, m = shoal.mailbox(2), shoal.mutex()
  m:lock_async(function() error("unheard") end)
  b:receive_async(function() os.exit(8, true) end)
  b:receive_async(print)
  b:send("text") b:send(b)
  shoal.serve(10)]], 8, "the function of an asynchronous wait failed")
ends("a state that closes with asynchronous waits calls none of them", [[
  local b, m, full = shoal.mailbox(2), shoal.mutex(), shoal.mailbox(1)
  full:send(1)
  local function f() print("called") os.exit(9) end
  for _ = 1, 3 do b:receive_async(f) m:lock_async(f) full:send_async(b, f) end
  shoal.condition():wait_async(m:lock(), f)
  b:send("text") b:send(b)
  left = setmetatable({}, {__gc = function() b:receive_async(f) m:lock_async(f) end})]], 0, "")
ends("an error of a function that nobody has heard is printed", [[
  local b = shoal.mailbox(2)
  for _ = 1, 2 do b:receive_async(function(_, what) error(what) end) end
  b:send("first") b:send("second")
  print(select(2, pcall(shoal.serve)):match("first"))]], 0, "second")
ends("finalizers that serve while the state closes", [[
  local b = shoal.mailbox(2)
  b:receive_async(function(_, what) print(what) error("late") end)
  left = setmetatable({}, {__gc = function() b:send("served") shoal.serve() end})]], 0, "served")
ends("os.exit without close, with agents that run",
     "for i = 1, 3 do shoal.spawn('while true do local t = {} end') end os.exit(6)", 6)
ends("an error in the main program", "shoal.spawn('require(\"shoal\").serve(1)') error('main failed')", 1, "main failed")
ends("finalizers that run after shoal has closed get an error", [[
  local last = {}
  local p = shoal.struct("P", {"x"})()
  last = setmetatable({}, {__gc = function() print(pcall(function() return p.x end)) end})
  keep = last]], 0)
ends("finalizers of objects that are older than shoal get an error", [[
  print("loaded")]], 0, "loaded")
ends("a finalizer from before the module was loaded", [[
  -- the module is loaded already: a nested program loads it later
  local name = os.tmpname()
  local f = io.open(name, "w")
  f:write("old = setmetatable({}, {__gc = function() print(pcall(require('shoal').array, 'any', 1)) end}) local s = require 'shoal' keep = s.array('any', 1)")
  f:close()
  local p = io.popen("exec lua5.4 " .. name .. " 2>&1")
  print(p:read("a"))
  assert(p:close())
  os.remove(name)]], 0, "closed")
ends("finalizers that make objects while the state closes leave nothing behind", [[
  local P = shoal.struct("P", {"x"})
  keep = setmetatable({}, {__gc = function()
    local p = P{x = shoal.array("any", 3)}
    pcall(shoal.spawn, "", p, {})
    shoal.spawn("return ...", p, shoal.thread_bound({}), shoal.thread_local()):join()
    left = shoal.spawn("return ...", p)
    error("in a finalizer")
  end})]], 0)
ends("Ctrl-C ends a program that waits for an agent", [[
  shoal.spawn('io.popen("kill -INT $PPID"):close() require("shoal").serve(20)'):join()]], 1, "interrupted!")
ends("Ctrl-C ends a program that serves", [[
  shoal.spawn('io.popen("kill -INT $PPID"):close()')
  shoal.serve(20)]], 1, "interrupted!")
ends("agents run without the standard files", [[
  io.stdin:close() io.stdout:close()
  assert(shoal.spawn("return io.read(1)"):join() == nil)]], 0)
ends("agents that end one after the other leave no thread behind", [[
  for i = 1, 300 do assert(shoal.spawn("return ...", i):join() == i) end
  collectgarbage()
  assert(shoal.account().agents == 1)]], 0)
ends("agents of agents that nobody joins", [[
  shoal.spawn("local shoal = require 'shoal'; for i = 1, 3 do shoal.spawn('require(\"shoal\").serve(math.huge)') end"):join()]], 0)
ends("an agent that collects its thread value while it runs", [[
  for i = 1, 20 do shoal.spawn("return 1") collectgarbage() end
  collectgarbage() shoal.spawn(""):join()]], 0)

-- Locks

ends("a main state that closes with a mutex that its agents wait for", [[
  local m = shoal.mutex()
  t = m:lock()
  local ready = shoal.array("i64", 1)
  for i = 1, 3 do shoal.spawn("local m, ready = ... require('shoal').add(ready, 1, 1) kept = m:lock() m:lock()", m, ready) end
  while ready[1] < 3 do shoal.serve(0.001) end]], 0)
ends("a main state that closes with agents that wait at conditions, for mailboxes and for fields", [[
  local m, c, b, a = shoal.mutex(), shoal.condition(), shoal.mailbox(1), shoal.array("i64", 2)
  local held = m:lock()
  for _, source in ipairs{"local m, c = ... local t <close> = m:lock() c:wait(t)",
                          "local m, c = ... local t = m:lock() c:wait_for(t, function() end)",
                          "local _, _, b = ... b:receive()", "local _, _, _, a = ... require('shoal').wait(a, 1, 0)"} do
    shoal.spawn(source, m, c, b, a)
  end
  shoal.serve(0.02)
  held:unlock()
  shoal.serve(0.02)
  held = m:lock()]], 0)
ends("os.exit with close from inside of a predicate", [[
  local m, c = shoal.mutex(), shoal.condition()
  local t <close> = m:lock()
  c:wait_for(t, function() os.exit(4, true) end)]], 4)
ends("os.exit with close while coroutines hold mutexes", [[
  local m = shoal.mutex()
  co = coroutine.wrap(function() local t <close> = m:lock() coroutine.yield() end)
  co()
  local t <close> = shoal.mutex():lock()
  os.exit(0, true)]], 0)
ends("os.exit in an agent that holds a mutex", [[
  local m = shoal.mutex()
  shoal.spawn("local m = ... t = m:lock() os.exit(3)", m):join()]], 3)
ends("tokens that finalizers make and use while the state closes", [[
  local m, c, b = shoal.mutex(), shoal.condition(), shoal.mailbox(1)
  keep = setmetatable({}, {__gc = function()
    left = m:lock()
    print(pcall(c.wait, c, left, 0))
    other = shoal.mutex():lock()
    left:unlock()
    error("in a finalizer")
  end})
  t = shoal.mutex():lock()
  again = setmetatable({}, {__gc = function() print(pcall(t.unlock, t)) end})]], 0, "true")
ends("a finalizer from before the module was loaded finds its token gone", [[
  local name = os.tmpname()
  local f = io.open(name, "w")
  f:write("old = setmetatable({}, {__gc = function() print(pcall(function() local u <close> = t t:unlock() end)) end})",
          " local s = require 'shoal' t = s.mutex():lock()")
  f:close()
  local p = io.popen("exec lua5.4 " .. name .. " 2>&1")
  print(p:read("a"))
  assert(p:close())
  os.remove(name)]], 0, "closed")
for what, waits in pairs{["for a mutex"] = "m:lock()", ["for a value"] = "b:receive()",
                         ["for room"] = "b:send(1) b:send(2)",
                         ["for a predicate"] = "local t <close> = shoal.mutex():lock() c:wait_for(t, function() end)"} do
  ends("Ctrl-C ends a program that waits " .. what, [[
    local m, c, b, ready = shoal.mutex(), shoal.condition(), shoal.mailbox(1), shoal.array("any", 1)
    shoal.spawn("local m, ready = ... local t = m:lock() ready[1] = true require('shoal').serve(20)", m, ready)
    while not ready[1] do shoal.serve(0.001) end
    shoal.spawn('require("shoal").serve(0.05) io.popen("kill -INT $PPID"):close()')
    ]] .. waits, 1, "interrupted!")
end

check.finish()
