-- Agents that spawn, declare, send, bind, dispatch, lock, wait and interrupt at random, then a whole count.
-- usage: stress.lua [SEED [ROUNDS]]
local shoal = require "shoal"

local seed = tonumber(arg and arg[1]) or os.time()
local rounds = tonumber(arg and arg[2]) or 1500
print("seed " .. seed)

local World = shoal.struct("World", {"slots", "handles", "functions", "adds:i64", "done:i64",
                                      "guard", "changed", "box", "left:i64", "right:i64",
                                      "second", "stirred", "low:i64", "high:i64", "sent:i64", "got:i64"})

local function work(world, seed, rounds, depth)
  local shoal = require "shoal"
  math.randomseed(seed)
  local cohort = shoal.cohort()
  local slots, handles, functions = world.slots, world.handles, world.functions
  local me = shoal.agent().identity
  local types, mine, children, kept = {}, {}, {}, {}
  local target = {
    add = function(_, n) shoal.add(world, "adds", n) return me end,
    fail = function() error("meant to") end,
    again = function(_, n)
      local h = handles[math.random(#handles)]
      if n > 0 and h then return select(2, pcall(h.call_within, h, 0.01, "again", n - 1)) end
      return n
    end,
  }
  local added, outstanding = 0, 0  -- of asynchronous waits: pending ones
  local function change(token, left, right)
    local n = world[left]
    assert(n == world[right] and not token:was_abandoned())
    world[left] = n + 1
    if math.random() < 0.2 then collectgarbage("step", 10) end
    world[right] = n + 1
  end
  local function serve(seconds)
    local ok, why = pcall(shoal.serve, seconds)
    assert(ok or why:find("interrupted", 1, true), why)
  end
  local acts = {
    function()  -- declare: the same few types everywhere
      local n = math.random(8)
      local T = cohort:struct("stress/" .. n, {"value", "link", "n:i64", "k:const u8"})
      function T:get() return self.n * n end
      types[n] = T
    end,
    function()  -- make and publish
      local n, T = next(types)
      if not T then return end
      slots[math.random(#slots)] = T{value = "v" .. math.random(100), n = n, k = n,
                                     link = slots[math.random(#slots)]}
    end,
    function()  -- read through whatever is there
      local at = slots[math.random(#slots)]
      for _ = 1, 5 do
        if at == nil then return end
        local T = shoal.type_of(at)
        local n = tonumber(shoal.name(T):match("%d+$"))
        assert(at.n == n and at.k == n)
        if types[n] then assert(at:get() == n * n) end
        assert(at.value:sub(1, 1) == "v")
        at = at.link
      end
    end,
    function()  -- take and put
      local i = math.random(#slots)
      local o = shoal.exchange(slots, i, nil)
      if o then shoal.compare_exchange(slots, math.random(#slots), nil, o) end
    end,
    function()  -- cut a chain, so that it does not grow for ever
      local o = slots[math.random(#slots)]
      if o then o.link = nil end
    end,
    function()  -- bind
      local h = shoal.thread_bound(target, "dispatch")
      mine[#mine + 1] = h
      handles[math.random(#handles)] = h
    end,
    function()  -- release, here or from elsewhere
      local h = math.random() < 0.5 and table.remove(mine) or handles[math.random(#handles)]
      if h then pcall(h.release, h) end
    end,
    function()  -- dispatch
      local h = handles[math.random(#handles)]
      if not h then return end
      local ok, who = pcall(h.call_within, h, 0.02, "add", 1)
      if ok then assert(who == h:owner()) added = added + 1 end
      pcall(h.call_within, h, 0.01, math.random() < 0.5 and "fail" or "nothing")
    end,
    function()
      local h = handles[math.random(#handles)]
      if h then pcall(h.call_within, h, 0.02, "again", 3) end
    end,
    function()  -- thread-local functions
      local i = math.random(#functions)
      local f = functions[i]
      if not f then
        if math.random() < 0.1 then functions[i] = shoal.thread_local() end
      elseif f:is_initialized() then
        assert(f() == me)
      else
        f:initialize(function() return me end)
      end
    end,
    function()  -- two fields that change together
      local ok, t = pcall(world.guard.lock, world.guard, math.random() < 0.9 and 0.02 or 0)
      if not ok or not t then return end  -- interrupted, or late
      local token <close> = t
      change(t, "left", "right")
      if math.random() < 0.3 then
        pcall(world.changed.wait, world.changed, t, 0.001)
        assert(world.left == world.right)
      end
      if math.random() < 0.5 then world.changed:notify(math.random(3)) end
      if math.random() < 0.2 then t:unlock_fair() end
    end,
    function()  -- send and receive
      local value = math.random() < 0.5 and slots[math.random(#slots)] or math.random(1 << 60)
      local ok, sent = pcall(world.box.send, world.box, value, 0.001)
      if ok and sent then shoal.add(world, "sent", 1) end
      local ok, got = pcall(world.box.receive, world.box, 0.001)
      if ok and got then shoal.add(world, "got", 1) end
    end,
    function()  -- two others, without sleeping
      outstanding = outstanding + 1
      local function unlock(t)
        outstanding = outstanding - 1
        assert(world.low == world.high)
        if math.random() < 0.5 then world.stirred:notify(math.random(3)) end
        if math.random() < 0.2 then t:unlock_fair() else t:unlock() end
      end
      world.second:lock_async(function(t)
        if not t then outstanding = outstanding - 1 return end
        change(t, "low", "high")
        if math.random() < 0.5 then unlock(t) else world.stirred:wait_async(t, unlock, 0.001) end
      end, 0.02)
    end,
    function()
      outstanding = outstanding + 2
      local value = math.random() < 0.5 and slots[math.random(#slots)] or math.random(1 << 60)
      world.box:send_async(value, function(ok)
        outstanding = outstanding - 1
        if ok then shoal.add(world, "sent", 1) end
      end, 0.001)
      world.box:receive_async(function(ok)
        outstanding = outstanding - 1
        if ok then shoal.add(world, "got", 1) end
      end, 0.001)
    end,
    function()
      outstanding = outstanding + 1
      local function told() outstanding = outstanding - 1 end
      local p = shoal.wait_async(world, "sent", world.sent, told, 0.001)
      if not p or math.random() < 0.2 and p:cancel() then told() end
    end,
    function()  -- wait for a field, and end such waits
      pcall(shoal.wait, world, "sent", world.sent, 0.001)
      shoal.notify(world, "sent", math.random(2))
    end,
    function() serve(math.random() < 0.1 and 0.001 or 0) end,
    function() if math.random() < 0.1 then shoal.interrupt(math.random(me + 3)) end end,
    function() kept[math.random(20)] = slots[math.random(#slots)] end,
    function() if math.random() < 0.2 then collectgarbage("step", 100) end end,
    function()
      kept[21] = shoal.share{list = {math.random(), "x"}, name = {deep = {}}}
      assert(kept[21].list[2] == "x")
    end,
    function()
      if depth > 0 and math.random() < 0.05 and #children < 3 then
        children[#children + 1] = shoal.spawn(SOURCE, SOURCE, world, math.random(1 << 40),
                                              rounds // 4, depth - 1)
      end
    end,
  }
  for _ = 1, rounds do acts[math.random(#acts)]() end
  while outstanding > 0 do serve(0.01) end
  for _, child in ipairs(children) do
    for try = 1, 1000 do
      local ok, why = pcall(child.join, child)
      if ok then break end
      assert(tostring(why):find("interrupted", 1, true), why)
    end
  end
  shoal.add(world, "done", 1)
  return added
end

-- The text that an agent runs hands itself on, so that children spawn children.
local source = ("local dumped = %q\n"):format(string.dump(work)) .. [[
SOURCE = ...
return load(dumped, "work", "b")(select(2, ...))]]

local function settle()
  collectgarbage() collectgarbage()
  for _ = 1, 3 do shoal.serve() end
  return shoal.account()
end

local before = settle()
do
  local world = World{slots = shoal.array("any", 50), handles = shoal.array("any", 10),
                      functions = shoal.array("any", 5), guard = shoal.mutex(), changed = shoal.condition(),
                      second = shoal.mutex(), stirred = shoal.condition(),
                      box = shoal.mailbox(3)}
  local threads = {}
  for i = 1, 4 do threads[i] = shoal.spawn(source, source, world, seed + i, rounds, 2) end
  for _, t in ipairs(threads) do
    while true do
      local ok, why = pcall(t.join, t)
      if ok then break end
      if not tostring(why):find("interrupted while waiting for an agent", 1, true) then error(why, 0) end
    end
  end
  print(("%d agents ended, %d calls ran"):format(world.done, world.adds))
  assert(world.done >= 4)
  assert(world.left == world.right and world.left > 0)
  assert(world.low == world.high and world.low > 0)
  assert(world.sent - world.got == #world.box)
  world.guard:try_lock():unlock()
  world.second:try_lock():unlock()
end
local after = settle()
for _, what in ipairs{"agents", "dispatches", "thread_bound", "orphan_handles"} do
  if after[what] ~= before[what] then
    error(("%s: %d before, %d after"):format(what, before[what], after[what]))
  end
end
assert(after.handles <= before.handles + 2, after.handles)
print("all is as it was")
os.exit(true, true)
