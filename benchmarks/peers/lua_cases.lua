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

local cases = {messages = 200000, updates = 200000, records = 16}

-- What the consumer must get; the floats add up without rounding.
function cases.expected()
  return cases.messages * (cases.messages + 1) // 2 * 1.5
end

-- run(peer, version, {case = function() ... return checksum end})
function cases.run(peer, version, functions)
  io.stdout:setvbuf("line")
  local names = {}
  for name in pairs(functions) do names[#names + 1] = name end
  table.sort(names)
  local function say(...) print(string.format(...)) end
  local function once(name)
    local case, expected, ops = name:match("^lua/([%a_]+)/")
    if case == "producer_consumer" then
      expected, ops = cases.expected(), cases.messages
    else
      expected, ops = 2 * cases.updates, 2 * cases.updates
    end
    say('{"name": "%s", "begin": %d}', name, ops)
    local checksum = functions[case]()
    say('{"name": "%s", "end": true, "checksum": %s}', name, checksum)
    assert(checksum == expected, "not everything arrived")
  end
  if arg[1] == "--list" then
    say('{"peer": "%s", "version": "%s"}', peer, version)
    for _, name in ipairs(names) do say('{"name": "lua/%s/%s"}', name, peer) end
  elseif arg[1] == "--smoke" then
    cases.messages, cases.updates = 2000, 2000
    for _, name in ipairs(names) do once(("lua/%s/%s"):format(name, peer)) end
  else
    for _ = 1, tonumber(arg[1]) do
      for i = 2, #arg do once(arg[i]) end
    end
  end
end

return cases
