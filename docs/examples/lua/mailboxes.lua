-- A line of work: jobs go out, results come back.
local shoal = require "shoal"
local jobs, results = shoal.mailbox(8), shoal.mailbox(8)

local workers = {}
for i = 1, 3 do
  workers[i] = shoal.spawn(function(jobs, results)
    local ok, text = jobs:receive()
    while ok do                                 -- nil, "closed" once it is closed and empty
      results:send(#text)
      ok, text = jobs:receive()
    end
  end, jobs, results)
end

local sum = 0
for _, text in ipairs{"the", "quick", "brown", "fox", "jumps"} do jobs:send(text) end
jobs:close()
for _ = 1, 5 do
  local ok, length = assert(results:receive(10))
  sum = sum + length
end
for _, worker in ipairs(workers) do worker:join() end
print(sum)                                      --> 21
assert(sum == 21)
