-- An agent with an event loop: it begins waits, and is told of their ends by serve.
local shoal = require "shoal"
local Till = shoal.struct("Till", {"guard", "total:i64"})
local till, orders = Till{guard = shoal.mutex()}, shoal.mailbox(4)

local customer = shoal.spawn(function(orders)
  for price = 1, 3 do orders:send(price) end
  orders:close()
end, orders)

local is_open = true
local function take(ok, price)
  if not ok then is_open = false return end           -- "closed"
  till.guard:lock_async(function(token)
    local t <close> = token                           -- unlocks as the function returns
    till.total = till.total + price
    orders:receive_async(take)                        -- the next one
  end)
end

orders:receive_async(take)
while is_open do shoal.serve(1) end                   -- the loop
print(till.total)                                     --> 6

-- A wait that has an end, and one that nobody wants any more.
local quiet = shoal.mailbox(1)
local pending = quiet:receive_async(print)
quiet:receive_async(function(ok, why) print(ok, why) end, 0.05)   --> nil timed_out
print(pending:cancel())                               --> true
while shoal.serve(1) == 0 do end

-- In a coroutine, a wait reads as one that sleeps.
local function await(object, method, ...)
  local co, arguments = coroutine.running(), table.pack(...)
  arguments[#arguments + 1] = function(...) assert(coroutine.resume(co, ...)) end
  assert(object[method](object, table.unpack(arguments)))
  return coroutine.yield()
end
coroutine.wrap(function()
  print(await(quiet, "send_async", "hello"))          --> true
  print(await(quiet, "receive_async"))                --> true hello
end)()
while shoal.serve(0.1) ~= 0 do end
customer:join()
