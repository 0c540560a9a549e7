-- SPDX-License-Identifier: BSL-1.0
-- Shoal's Lua module: agents work on the same objects. There are no locks or queues to wait with
-- yet, so a full or empty ring is waited for by looking again, and every 64 looks a tenth of a
-- millisecond later.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local cases = require "lua_cases"
local shoal = require "shoal"

local Message = shoal.struct("Message", {"id:i64", "value:f64"})
local Record = shoal.struct("Record", {"count:i64"})

-- A ring with one writer and one reader. Its objects are used again and again; each agent keeps what
-- stands for them on its side in a table. The cursors, how many were written and read, lie in cache
-- lines of their own.
local function producer_consumer()
  local slots <const>, written <const>, read <const> = 1024, 1, 17
  local ring, cursors = {}, shoal.array("i64", 32)
  for i = 1, slots do ring[i] = Message(0, 0) end
  local producer = shoal.spawn(function(shared, cursors, n)
    local shoal = require "shoal"
    local slots <const>, written <const>, read <const> = 1024, 1, 17
    local load, store, ring, seen = shoal.load, shoal.store, {table.unpack(shared)}, 0
    for i = 1, n do
      local looks = 0
      while i - seen > slots do
        seen, looks = load(cursors, read, "acquire"), looks + 1
        if looks & 63 == 0 then shoal.serve(0.0001) end
      end
      local message = ring[(i & slots - 1) + 1]
      message.id = i
      message.value = 0.5 * i
      store(cursors, written, i, "release")
    end
  end, shoal.array("any", ring), cursors, cases.messages)
  local load, store, seen, sum = shoal.load, shoal.store, 0, 0.0
  for i = 1, cases.messages do
    local looks = 0
    while seen < i do
      seen, looks = load(cursors, written, "acquire"), looks + 1
      if looks & 63 == 0 then shoal.serve(0.0001) end
    end
    local message = ring[(i & slots - 1) + 1]
    sum = sum + message.id + message.value
    store(cursors, read, i, "release")
  end
  producer:join()
  return sum
end

local function shared_update()
  local records = {}
  for i = 1, cases.records do records[i] = Record(0) end
  local shared, workers = shoal.array("any", records), {}
  for w = 1, 2 do
    workers[w] = shoal.spawn(function(shared, n, seed)
      local add = require "shoal".add
      local records = {table.unpack(shared)}
      math.randomseed(seed)
      for _ = 1, n do add(records[math.random(#records)], "count", 1) end
    end, shared, cases.updates, w)
  end
  for _, worker in ipairs(workers) do worker:join() end
  local sum = 0
  for _, record in ipairs(records) do sum = sum + record.count end
  return sum
end

cases.run("shoal", shoal._VERSION, {
  ["lua/producer_consumer/shoal"] = producer_consumer,
  ["lua/shared_update/shoal"] = shared_update,
})
