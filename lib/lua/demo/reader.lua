-- One agent of the demo: takes the next file until none is left, and adds its words to the index.

local shoal = require "shoal"
local Index = require("word_index").Index

local index, files, progress = ...

-- Methods belong to the agent that defines them: only readers have this one.
function Index:read(path)
  local file = io.open(path, "rb")
  if not file then return 0 end
  local text = file:read("a") or ""
  file:close()
  if text:find("\0", 1, true) then return 0 end  -- not text
  local counts = {}
  for word in text:lower():gmatch("%a[%a']+") do counts[word] = (counts[word] or 0) + 1 end
  for word, n in pairs(counts) do self:add(word, n) end
  return #text
end

while true do
  local number = shoal.add(progress, "next", 1)
  if number > #files then break end
  local bytes = index:read(files[number])
  shoal.add(progress, "bytes", bytes)
  if bytes > 0 then shoal.add(progress, "read", 1) end
end
