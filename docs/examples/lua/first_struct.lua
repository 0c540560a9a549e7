local shoal = require "shoal"

-- A type with a fixed layout. Its methods belong to this agent.
local Point = shoal.struct("Point", {"x:f64", "y:f64", "next"})
function Point:norm() return math.sqrt(self.x ^ 2 + self.y ^ 2) end

local p = Point{x = 3, y = 4}
print(p:norm())               --> 5.0

-- Another agent: a lua_State on a thread of its own. It sees the same object, not a copy.
local worker = shoal.spawn(function(p, Point)
  function Point:scale(k) self.x, self.y = self.x * k, self.y * k end  -- the worker's own method
  p:scale(2)
  return p
end, p, Point)

local back = worker:join()
assert(rawequal(back, p))     -- the same object is the same Lua value
print(p.x, p.y)               --> 6.0 8.0
