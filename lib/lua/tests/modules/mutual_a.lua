local shoal = require "shoal"
local A = shoal.struct("A", {"x"}, {module = "mutual_a"})
package.loaded.mutual_a = {A = A}
local B = require("mutual_b").B
function A:area() return self.x * self.x end
function A:partner() return B() end
return {A = A}
