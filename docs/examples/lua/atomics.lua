local shoal = require "shoal"
local Counter = shoal.struct("Counter", {"hits:i64", "longest"})

local function visit(counter, words)
  local shoal = require "shoal"
  for word in words:gmatch("%a+") do
    shoal.add(counter, "hits", 1)
    local seen, done = counter.longest
    while #word > #(seen or "") and not done do
      done, seen = shoal.compare_exchange(counter, "longest", seen, word)
    end
  end
end

local counter, threads = Counter(), {}
for _, text in ipairs{"the quick brown fox", "jumps over", "the extraordinarily lazy dog"} do
  threads[#threads + 1] = shoal.spawn(visit, counter, text)
end
for _, thread in ipairs(threads) do thread:join() end
print(counter.hits, counter.longest)   --> 10 extraordinarily
