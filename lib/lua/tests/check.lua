-- A handful of assertions. Every test is a sentence and a function; the file ends with finish().

local check = {}
local ran, failed = 0, 0

function check.test(sentence, body)
  ran = ran + 1
  local ok, why = xpcall(body, debug.traceback)
  if not ok then
    failed = failed + 1
    io.stderr:write("FAILED: ", sentence, "\n  ", tostring(why):gsub("\n", "\n  "), "\n")
  end
  collectgarbage()
end

local function show(value) return type(value) == "string" and ("%q"):format(value) or tostring(value) end

function check.equal(found, expected)
  if found ~= expected or math.type(found) ~= math.type(expected) then
    error(("found %s, expected %s"):format(show(found), show(expected)), 2)
  end
end

-- The call fails, and its message contains `words`.
function check.fails(words, f, ...)
  local ok, why = pcall(f, ...)
  if ok then error("expected an error: " .. words, 2) end
  if not tostring(why):find(words, 1, true) then
    error(("the error is %s, expected %s"):format(show(why), show(words)), 2)
  end
end

function check.until_(what) while not what() do require "shoal".serve(0.001) end end

-- Another agent that holds the mutex, and what ends that.
function check.holder(mutex)
  local shoal = require "shoal"
  local state = shoal.array("any", 2)
  local agent = shoal.spawn(function(mutex, state)
    local shoal = require "shoal"
    local token <close> = mutex:lock()
    state[1] = true
    while not state[2] do shoal.serve(0.001) end
  end, mutex, state)
  check.until_(function() return state[1] end)
  return agent, function() state[2] = true agent:join() end
end

function check.finish()
  print(("%d tests, %d failed"):format(ran, failed))
  if failed > 0 then os.exit(1) end
  -- Everything lets go before the state closes, so that leaks show.
  os.exit(true, true)
end

return check
