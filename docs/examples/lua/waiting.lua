-- A field that one agent waits for and another one changes.
local shoal = require "shoal"
local Light = shoal.struct("Light", {"state"})
local light = Light{state = "red"}

local car = shoal.spawn(function(light)
  local shoal = require "shoal"
  while light.state == "red" do
    shoal.wait(light, "state", "red")     -- "ok", or "not_equal" if it has changed meanwhile
  end
  return light.state
end, light)

light.state = "green"                     -- store first, then notify
shoal.notify(light, "state")
print(car:join())                         --> green
