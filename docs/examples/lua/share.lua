local shoal = require "shoal"

local settings = {name = "demo", sizes = {10, 20, 30}}
settings.defaults = settings                       -- cycles stay cycles
local shared = shoal.share(settings)
assert(shared.defaults == shared and shared.sizes[2] == 20)

print(pcall(shoal.share, {children = {{}, {}, {callback = print}}}))
--> false  root.children[3].callback: a function cannot be shared
