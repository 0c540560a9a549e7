-- The Lua code of the how-to is in the examples, word for word. usage: text.lua ROOT
local root = arg[1]

local function read(path)
  local file = assert(io.open(root .. "/" .. path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local howto = read("docs/how-to/from-lua.md")
local examples = {}
for name in howto:gmatch("%(%.%./examples/lua/([%w_]+%.lua)%)") do
  examples[name] = read("docs/examples/lua/" .. name)
end

local count = 0
for code in howto:gmatch("\n```lua\n(.-)```\n") do
  count = count + 1
  local found = false
  for _, text in pairs(examples) do found = found or text:find(code, 1, true) ~= nil end
  if not found then
    io.stderr:write("not in docs/examples/lua:\n", code)
    os.exit(1)
  end
end
print(count .. " pieces of code")
os.exit(count >= 4)
