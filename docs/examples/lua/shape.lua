-- shape.lua: a module that declares a type and gives it this agent's methods.
local shoal = require "shoal"
local Shape = shoal.struct("Shape", {"width:f64", "height:f64"}, {module = "shape"})
function Shape:area() return self.width * self.height end
return Shape
