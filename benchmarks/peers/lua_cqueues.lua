-- SPDX-License-Identifier: BSL-1.0
-- cqueues: threads have nothing in common but a socket, so what they tell each other goes as text
-- through its buffers. Who updates records sends the updates to the one thread that has them.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local cases = require "lua_cases"
local cqueues = require "cqueues"
local socket = require "cqueues.socket"
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

-- One pair of sockets is the mailbox of all; each thread gets an end of it through its own. What is
-- written to it at once stays together, and all numbers are as long, so whoever reads gets whole ones.
local function transfer(senders, receivers, n, gathered)
  local here, there = assert(socket.pair("stream"))
  local sending, receiving = {}, {}
  local function start(work, channel_end, ...)
    local worker, con = thread.start(work, ...)
    assert(con:sendfd("end", channel_end))
    return {worker = worker, con = con}
  end
  for i = 1, receivers do
    receiving[i] = start(function(con, bytes)
      local _, from = assert(con:recvfd())
      from:setmode("bf", "bf")
      local unpack, sum = string.unpack, 0
      bytes = tonumber(bytes)
      for text in function() return from:read(bytes) end do sum = sum + unpack("<i8", text) end
      con:write(sum .. "\n")
      con:flush()
    end, here, tostring(cases.number_bytes))
  end
  for i = 1, senders do
    sending[i] = start(function(con, n, gathered)
      local _, to = assert(con:recvfd())
      to:setmode("bf", gathered == "1" and "bn" or "bf")
      local pack = string.pack
      for i = 1, tonumber(n) do assert(to:write(pack("<i8", i))) end
      assert(to:flush())
      to:close()
    end, there, tostring(n), tostring(gathered))
  end
  here:close()
  there:close()
  for _, one in ipairs(sending) do assert(one.worker:join()) end
  local sum = 0
  for _, one in ipairs(receiving) do
    sum = sum + tonumber(one.con:read("*l"))
    assert(one.worker:join())
  end
  return sum
end

local functions = cases.mailboxes("cqueues", transfer)
functions["lua/producer_consumer/cqueues"] = producer_consumer
functions["lua/shared_update/cqueues"] = shared_update
cases.run("cqueues", cqueues.VERSION, functions)
