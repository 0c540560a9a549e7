-- Calls every function of the module with random values of every kind, from several agents at once.
-- Whatever happens is an error or a result, never the end of the process.
-- usage: fuzz.lua [SEED [ROUNDS]]
local shoal = require "shoal"

local seed = tonumber(arg and arg[1]) or os.time()
local rounds = tonumber(arg and arg[2]) or 20000
print("seed " .. seed)

local function work(seed, rounds, shared, may_spawn)
  local shoal = require "shoal"
  math.randomseed(seed)
  warn("@off")
  local random = math.random
  local function one_of(list) return list[random(#list)] end

  -- What has come out of earlier calls goes into later ones.
  local pool = {}
  local function any() return pool[random(200)] end
  local function keep(...)
    for i = 1, select("#", ...) do
      local v = select(i, ...)
      if type(v) == "userdata" or type(v) == "function" or random(8) == 1 then pool[random(200)] = v end
    end
  end
  local function try(f, ...) keep(pcall(f, ...)) end

  local names = {"a", "b", "n", "u", "f", "s", "k", "v", "m", "__add", "__tostring", "__call", "x y", ""}
  local kinds = {"any", "ref", "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64",
                 "v128", "self", "const", "const i8", "const self", "", " ", "nope"}
  local orders = {"unordered", "acquire", "release", "acq_rel", "seq_cst", "relaxed", 1}
  local sources = {"return ...", "error(...)", "return require('shoal').array('any', {...})",
                   "return table.unpack({...}, 1, 200)", "os = nil", "?"}
  local methods = {"status", "interrupt", "initialize", "is_initialized", "get", "release", "owner", "struct",
                   "m", "a", "n", "try_lock", "unlock", "unlock_fair", "was_abandoned", "notify", "notify_all", "try_send",
                   "try_receive", "close", "is_closed", "capacity", "cancel", "is_over"}
  local numbers = {0/0, math.huge, -math.huge, -0.0, 0.5, 1.0, 255.0, 2^53, 2^63, -2^63, 2^64, 1e300, 5e-324,
                   math.maxinteger, math.mininteger, 1 << 31, 1 << 32, -(1 << 31) - 1, 127, 128, 256, 65536}
  local functions = {tostring, next, string.len, pcall, error, shoal.array, coroutine.yield}

  local value
  local meta = {
    __index = function(t, k) if random(4) == 1 then error(k) end return rawget(t, random(3)) end,
    __len = function() return random(-1, 3) end,
    __tostring = function() if random(2) == 1 then error("in __tostring") end return "fuzzed" end,
    __gc = function()
      local v = any()
      pcall(function() pool[random(200)] = v.a keep(shoal.array("any", 2)) end)
      if random(10) == 1 then
        pcall(coroutine.wrap(function() pool[random(200)] = shoal.array("any", 1) coroutine.yield() end))
      end
      if random(5) == 1 then error("in a finalizer") end
    end,
    __call = function(...) return ... end, __pairs = function(...) return next, ... end, __name = "fuzzed",
    __close = function() end, __eq = function() return true end, __lt = function() return true end,
  }
  local values = {
    function() return random(-3, 5) end, function() return random(0) end,
    function() return one_of(numbers) end, function() return one_of(numbers) end,
    function() return one_of(names) end, function() return one_of(kinds) end,
    function() return one_of(orders) end, function() return one_of(functions) end,
    function() return ("s"):rep(random(100)) end, function() return ("\0\xff"):rep(random(0, 3000)) end,
    function() return "0123456789abcdef" end, function() return random(2) == 1 end, function() end,
    function() return {} end, function() return {value(), value(), value()} end,
    function() return {[one_of(names)] = value(), [one_of(names)] = value()} end,
    function() return setmetatable({value()}, meta) end,
    function() local t = {} t.a, t[1] = t, t return t end,
    function() return function(...) return ... end end,
    function() return load(string.dump(function(...) return ... end, random(2) == 1)) end,
    function() return coroutine.create(function(...) return coroutine.yield(...) end) end,
    function() return one_of{io.stdout, io.stderr} end,
    function() return shared[random(#shared)] end, function() return shoal end,
  }
  function value()
    if random(3) == 1 then return any() end
    return one_of(values)()
  end
  local function arguments()
    local list, n = {}, random(0, 6)
    for i = 1, n do list[i] = value() end
    return table.unpack(list, 1, n)
  end
  local field_makers = {
    function() return one_of(names) .. ":" .. one_of(kinds) end, function() return one_of(names) .. ":" .. one_of(kinds) end,
    function() return one_of(names) end, function() return {one_of(names), one_of(kinds), const = random(2) == 1} end,
    function() return {one_of(names), any()} end, value,
  }
  local function fields()
    local list = {}
    for i = 1, random(0, 6) do list[i] = one_of(field_makers)() end
    return list
  end
  local function options()
    local o = {}
    local function sometimes(name, v) if random(5) == 1 then o[name] = v end end
    sometimes("extends", any())
    sometimes("fresh", true)
    sometimes("module", one_of{"behaviour_default", "behaviour_broken", "nowhere", "fuzzed", value()})
    sometimes("behaviour", {default = "behaviour_default", main = "behaviour_broken", fuzzer = value()})
    sometimes("key", one_of{"one", "two", value()})
    sometimes("cohort", any())
    if random(20) == 1 then pcall(rawset, o, value(), value()) end
    return o
  end
  package.preload.fuzzed = function()
    package.loaded.fuzzed = nil
    if random(3) == 1 then error(value()) end
    if random(3) == 1 then try(shoal.struct, one_of(names), fields(), options()) end
    return one_of{{m = function(...) return ... end}, false, 1, {}}
  end

  local api = {}
  for name, f in pairs(shoal) do
    if type(f) == "function" and name ~= "serve" and name ~= "spawn" and name ~= "interrupt" and name ~= "wait" then api[#api + 1] = f end
  end
  local access = {shoal.load, shoal.store, shoal.exchange, shoal.compare_exchange, shoal.add}
  local act
  local acts = {
    function() try(shoal.struct, one_of(names), fields(), options()) end,
    function() try(shoal.struct, value(), value(), value()) end,
    function()
      local T, given = any(), {}
      for _ = 1, random(0, 3) do given[one_of(names)] = value() end
      try(T, given)
      try(T, arguments())
    end,
    function() local o, k, v = any(), one_of(names), value() try(function() o[k] = v return o[k] end) end,
    function() local o, k, v = any(), value(), value() try(function() o[k] = v return o[k] end) end,
    function() local o, k = any(), value() try(function() return o[k] end) end,
    function() try(one_of(access), any(), one_of(names), value(), value(), one_of(orders)) end,
    function() try(one_of(access), any(), random(-1, 4), value(), value()) end,
    function() try(shoal.array, one_of(kinds), random(0, 5)) end,
    function() try(shoal.array, one_of(kinds), value()) end,
    function() try(shoal.share, value(), value()) end,
    function() try(shoal.thread_bound, value(), one_of{"error", "null", "dispatch", value()}) end,
    function() try(one_of{shoal.cohort, shoal.new_cohort, shoal.thread_local}) end,
    function() local f = shoal.thread_local() pcall(f.initialize, f, value()) keep(f) try(f, arguments()) end,
    function() try(shoal.handle, any(), {construct = random(2) == 1, bind = random(2) == 1}) end,
    function() local v = any() try(function() for k, e in pairs(v) do keep(k, e) end return #v, tostring(v) end) end,
    function()
      local a, b = value(), value()
      for _, operator in ipairs{function() return a + b end, function() return a .. b end, function() return a < b end,
                                function() return a == b end, function() return -a end, function() return ~a end,
                                function() return a // b end, function() return a(b) end} do
        try(operator)
      end
    end,
    function() try(one_of(api), arguments()) end,
    function() local o, name = any(), one_of(methods) try(function(...) return o[name](...) end, o, arguments()) end,
    function()
      local o = any()
      local ok, f = pcall(function() return o[one_of(methods)] end)
      if ok and type(f) == "function" then try(coroutine.wrap(function(...) return f(...) end), value()) end
    end,
    function() local T, k, v = any(), one_of(names), value() pcall(function() T[k] = v end) end,
    function()
      local T, k = any(), one_of(names)
      local function method(self, ...)
        if random(4) == 1 then error(self) end
        if random(4) == 1 then return coroutine.yield(...) end
        return ...
      end
      pcall(function() T[k] = method end)
    end,
    function() local v = value() pcall(function() shared[random(#shared)] = v end) end,
    function() try(one_of{shoal.mutex, shoal.condition, shoal.mailbox}, random(0, 3)) end,
    function() local m, s = any(), random(0, 1) / 1000 try(function() return m:lock(s) end) end,
    function() local c, t, s = any(), any(), random(0, 1) / 1000 try(function() return c:wait(t, s) end) end,
    function()
      local c, t, s = any(), any(), random(0, 1) / 1000
      try(function() return c:wait_for(t, function() act() return random(3) == 1 end, s) end)
    end,
    function() local b, v = any(), value() try(function() return b:send(v, 0.001) end) end,
    function() local b = any() try(function() return b:receive(0.001) end) end,
    function() try(shoal.wait, any(), one_of(names), value(), random(0, 1) / 1000) end,
    function() try(shoal.wait, any(), random(-1, 4), value(), random(0, 1) / 1000) end,
    function()  -- asynchronous waits, whose functions do anything
      local o, a, s = any(), any(), one_of{0, 0.001, 10}
      local function told(...)
        keep(true, ...)
        act()
        if random(4) == 1 then error(...) end
        if random(4) == 1 then coroutine.yield(...) end
        if random(4) == 1 then shoal.serve() end
      end
      local function pick() return random(5) == 1 and value() or told end
      try(one_of{function() return o:lock_async(pick(), s) end, function() return o:wait_async(a, pick(), s) end,
                 function() return o:receive_async(pick(), s) end, function() return o:send_async(a, pick(), s) end,
                 function() return shoal.wait_async(o, one_of(names), value(), pick(), s) end,
                 function() return shoal.wait_async(o, random(-1, 4), value(), pick(), s) end})
    end,
    function() local p = any() pcall(function() return p:cancel() end) end,
    function() local h = any() try(function(...) return h:call_within(0.001, ...) end, one_of{"m", "a", value()}, arguments()) end,
    function() pcall(shoal.serve, random(20) == 1 and 0.001 or 0) end,
    function() if random(20) == 1 then pcall(shoal.interrupt, random(1, 12)) end end,
    function() if random(10) == 1 then collectgarbage(one_of{"collect", "step", "generational", "incremental"}) end end,
    function() if may_spawn and random(15) == 1 then try(shoal.spawn, one_of{one_of(sources), value()}, arguments()) end end,
    function()
      local t = any()
      try(function() if t:wait(0.05) then return t:join() end end)
    end,
    function() if random(10) == 1 then for i = 1, 200 do if random(3) == 1 then pool[i] = nil end end end end,
    function()
      local co = coroutine.wrap(function() act() coroutine.yield() act() end)
      pcall(co)
      if random(2) == 1 then pcall(co) end
    end,
  }
  local depth = 0
  function act()
    if depth > 10 then return end
    depth = depth + 1
    pcall(one_of(acts))
    depth = depth - 1
  end
  for _ = 1, rounds do
    depth = 0
    act()
  end
end

local shared, threads = shoal.array("any", 20), {}
local dumped = string.dump(work)
for i = 1, 3 do
  threads[i] = shoal.spawn({role = "fuzzer", source = [[
    local work, seed, rounds, shared = ...
    return load(work, "work", "b")(seed, rounds, shared, true)]]}, dumped, seed * 10 + i, rounds, shared)
end
work(seed * 10, rounds, shared, true)
for _, t in ipairs(threads) do
  repeat local ok, why = pcall(t.join, t) until ok or t:status() ~= "running"
  while not pcall(shoal.serve) do end  -- errors of functions
  if t:status() == "failed" then t:join() end
end
print("done")
os.exit(true, true)
