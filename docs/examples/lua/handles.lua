local shoal = require "shoal"

-- A thread-local function: one shared value, and on each agent its own function behind it.
local log = shoal.thread_local()
log:initialize(function(text) print("main: " .. text) end)

-- A thread-bound handle: only this agent sees the table; others may ask it to call a method.
local account = {balance = 0}
function account:deposit(n)
  self.balance = self.balance + n
  return self.balance
end
local handle = shoal.thread_bound(account, "dispatch")

local worker = shoal.spawn(function(log, handle)
  log:initialize(function(text) io.stdout:write("worker: ", text, "\n") end)
  log("depositing")
  return handle:call("deposit", 50)       -- runs on the owner
end, log, handle)

print(worker:join())                      --> 50: join serves such calls while it waits
log("the balance is " .. handle:get().balance)
