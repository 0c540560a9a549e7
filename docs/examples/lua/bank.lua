-- Four agents move money between the same accounts, without locks. Nothing is lost.
local shoal = require "shoal"
package.path = (arg[0]:match("^(.*)/") or ".") .. "/?.lua;" .. package.path  -- agents inherit it

local Account = require "bank_account"

local accounts = {}
for i = 1, 10 do accounts[i] = Account{id = i, balance = 1000} end
accounts = shoal.array("ref", accounts)

local agents = {}
for i = 1, 4 do
  agents[i] = shoal.spawn(function(accounts, seed)
    math.randomseed(seed)
    for _ = 1, 10000 do
      local from, to = accounts[math.random(#accounts)], accounts[math.random(#accounts)]
      from:transfer(to, math.random(50))
    end
  end, accounts, i)
end
for _, agent in ipairs(agents) do agent:join() end

local sum = 0
for _, account in ipairs(accounts) do sum = sum + account.balance end
print(sum)                    --> 10000
assert(sum == 10000)
