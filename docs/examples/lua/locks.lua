-- Accounts whose fields change together, and who waits for money.
local shoal = require "shoal"
local Account = shoal.struct("Account", {"guard:ref", "changed:ref", "balance:i64", "entries:i64"})

local account = Account{guard = shoal.mutex(), changed = shoal.condition()}

local function deposit(account, n)
  local token <close> = account.guard:lock()    -- unlocks at the end of the block, also after an error
  account.balance = account.balance + n
  account.entries = account.entries + 1
  account.changed:notify_all()
end

local agents = {}
for i = 1, 4 do agents[i] = shoal.spawn(deposit, account, 25) end

do
  local token <close> = assert(account.guard:lock(10))   -- nil, "timed_out" after ten seconds
  account.changed:wait_for(token, function() return account.balance >= 100 end)
  print(account.balance, account.entries)       --> 100 4
end
for _, agent in ipairs(agents) do agent:join() end

-- An agent that ends while it holds a mutex leaves it abandoned.
shoal.spawn(function(account)
  lost = account.guard:lock()
  account.balance = account.balance - 10        -- and no entry
end, account):join()
local token <close> = account.guard:lock()
if token:was_abandoned() then account.entries = account.entries + 1 end
assert(account.balance == 90 and account.entries == 5)
