local shoal = require "shoal"
local B = shoal.struct("B", {"x"}, {module = "mutual_b"})
local A = require("mutual_a").A
function B:name() return "B" end
function B:partner() return A() end
return {B = B}
