local shoal = require "shoal"
package.path = (arg[0]:match("^(.*)/") or ".") .. "/?.lua;" .. package.path  -- agents inherit it

local Shape = require "shape"

-- The worker never mentions the module: it is required when a method is first looked up.
local area = shoal.spawn(function(shape) return shape:area() end, Shape{width = 2, height = 3}):join()
print(area)                   --> 6.0
