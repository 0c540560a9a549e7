-- SPDX-License-Identifier: BSL-1.0
-- cqueues: threads have nothing in common but a socket, so what they tell each other goes as text
-- through its buffers. Who updates records sends the updates to the one thread that has them.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local cases = require "lua_cases"
local cqueues = require "cqueues"
local thread = require "cqueues.thread"

local function producer_consumer()
  local producer, from = thread.start(function(to, n)
    to:setmode("bf", "bf")
    for i = 1, tonumber(n) do to:write(i .. " " .. 0.5 * i .. "\n") end
    to:flush()
    to:shutdown("w")
  end, tostring(cases.messages))
  from:setmode("bf", "bf")
  local sum, loop = 0.0, cqueues.new()
  loop:wrap(function()
    for line in from:lines("*l") do
      local id, value = line:match("(%S+) (%S+)")
      sum = sum + tonumber(id) + tonumber(value)
    end
  end)
  assert(loop:loop())
  assert(producer:join())
  return sum
end

local function shared_update()
  local records, workers, loop = {}, {}, cqueues.new()
  for i = 1, cases.records do records[i] = 0 end
  for w = 1, 2 do
    local worker, from = thread.start(function(to, n, count, seed)
      to:setmode("bf", "bf")
      math.randomseed(tonumber(seed))
      count = tonumber(count)
      for _ = 1, tonumber(n) do to:write(math.random(count) .. "\n") end
      to:flush()
      to:shutdown("w")
    end, tostring(cases.updates), tostring(cases.records), tostring(w))
    from:setmode("bf", "bf")
    loop:wrap(function()
      for line in from:lines("*l") do
        local which = tonumber(line)
        records[which] = records[which] + 1
      end
    end)
    workers[w] = worker
  end
  assert(loop:loop())
  for _, worker in ipairs(workers) do assert(worker:join()) end
  local sum = 0
  for _, count in ipairs(records) do sum = sum + count end
  return sum
end

cases.run("cqueues", cqueues.VERSION, {
  producer_consumer = producer_consumer, shared_update = shared_update})
