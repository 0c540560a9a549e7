-- The type of bank.lua, with methods for every agent that requires it.
local shoal = require "shoal"

local Account = shoal.struct("Account", {"id:const i32", "balance:i64"}, {module = "bank_account"})

-- Moves an amount if it is there. The sum over all accounts stays what it was.
function Account:transfer(to, amount)
  local seen, done = self.balance
  repeat
    if seen < amount then return false end
    done, seen = shoal.compare_exchange(self, "balance", seen, seen - amount)
  until done
  shoal.add(to, "balance", amount)
  return true
end

return Account
