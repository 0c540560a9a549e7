-- SPDX-License-Identifier: BSL-1.0
-- What the lua_*.lua share: the size of their cases, and how they answer tools/bench.py.
--
-- lua5.4 lua_luv.lua --list                  the cases, and which version this is
-- lua5.4 lua_luv.lua REPETITIONS CASE...     two lines per case and repetition
-- lua5.4 lua_luv.lua --smoke                 every case once, with little to do
--
-- Lua has no clock of wall time, and its libraries have one each. So the time is that of bench.py
-- between two lines that are written when a case begins and ends. The starts and ends of threads
-- are within.
--
-- lua/producer_consumer   one thread makes messages, a number and a float each, another adds them up
-- lua/shared_update       two threads count at random in the same 16 records
-- mailbox/PxC             P threads send so many numbers each, C take what comes and add it up; with
--                         `_buffered` they are gathered before they are sent

local cases = {messages = 200000, updates = 200000, records = 16, number_bytes = 8}

-- What the consumer must get; the floats add up without rounding.
function cases.expected()
  return cases.messages * (cases.messages + 1) // 2 * 1.5
end

-- How many each sender sends. One by one takes long.
local function to_send(name)
  return name:match("_buffered$") and cases.messages or cases.messages // 10
end

-- {name = function}: the mailboxes of a peer. transfer(senders, receivers, n, gathered) answers the sum
-- of what was received; each sender sends n numbers, and writes so many of them at a time.
function cases.mailboxes(peer, transfer)
  local functions, buffer_bytes = {}, 4096
  for _, n in ipairs {1, 2} do
    local name = ("mailbox/%dx%d/%s"):format(n, n, peer)
    for name, gathered in pairs {[name] = 1, [name .. "_buffered"] = buffer_bytes // cases.number_bytes} do
      functions[name] = function() return transfer(n, n, to_send(name), gathered) end
    end
  end
  return functions
end

-- run(peer, version, {name = function() ... return checksum end})
function cases.run(peer, version, functions)
  io.stdout:setvbuf("line")
  local names = {}
  for name in pairs(functions) do names[#names + 1] = name end
  table.sort(names)
  local function say(...) print(string.format(...)) end
  local function once(name)
    local figure = name:match("^(.*)/")
    local senders = figure:match("^mailbox/(%d+)x")
    local expected, ops
    if senders then
      ops = to_send(name) * senders
      expected = ops * (to_send(name) + 1) // 2
    elseif figure == "lua/producer_consumer" then
      expected, ops = cases.expected(), cases.messages
    else
      expected, ops = 2 * cases.updates, 2 * cases.updates
    end
    say('{"name": "%s", "begin": %d}', name, ops)
    local checksum = functions[name]()
    say('{"name": "%s", "end": true, "checksum": %s}', name, checksum)
    assert(checksum == expected, "not everything arrived")
  end
  if arg[1] == "--list" then
    say('{"peer": "%s", "version": "%s"}', peer, version)
    for _, name in ipairs(names) do say('{"name": "%s"}', name) end
  elseif arg[1] == "--smoke" then
    cases.messages, cases.updates = 2000, 2000
    for _, name in ipairs(names) do once(name) end
  else
    for _ = 1, tonumber(arg[1]) do
      for i = 2, #arg do once(arg[i]) end
    end
  end
end

return cases
