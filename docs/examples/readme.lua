-- SPDX-License-Identifier: BSL-1.0
-- One object, two agents, each with methods of its own.

local shoal = require "shoal"

local Point = shoal.struct("Point", {"x:f64", "y:f64", "next"})
function Point:norm() return math.sqrt(self.x ^ 2 + self.y ^ 2) end

local p = Point(3, 4)
local worker = shoal.spawn(function(q, Point)  -- another lua_State, in a thread of its own
  function Point:norm() return "the worker's norm" end
  q.x, q.y = 6, 8                              -- the object itself, not a copy of it
  return q:norm()
end, p, Point)
print(worker:join(), p:norm())                 --> the worker's norm   10.0
