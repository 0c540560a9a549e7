-- Counts the words of every plain text file below a directory, with one agent and with many, in one
-- index that they share.
--
--   lua5.4 index.lua [DIRECTORY [AGENTS]]

local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. package.path  -- agents inherit it

local shoal = require "shoal"
local word_index = require "word_index"

local Progress = shoal.struct("Progress", {"next:i64", "read:i64", "bytes:i64"})

-- This agent's own methods, on the same types that the readers fill in.
function word_index.Index:top(n)
  local all = {}
  for text, count in self:each() do all[#all + 1] = {text, count} end
  table.sort(all, function(a, b)
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[1] < b[1]
  end)
  return table.move(all, 1, math.min(n, #all), 1, {})
end

function word_index.Index:difference(other)
  local counts, left = {}, 0
  for text, count in self:each() do
    if counts[text] then return ("'%s' is there twice"):format(text) end
    counts[text], left = count, left + 1
  end
  for text, count in other:each() do
    if counts[text] ~= count then
      return ("'%s' is counted %s and %d times"):format(text, counts[text] or "no", count)
    end
    left = left - 1
  end
  if left ~= 0 then return left .. " words are missing" end
end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function run(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  pipe:close()
  return text
end

-- Seconds on the wall. Stock Lua only has those of the processor, and whole ones.
local function now()
  local file = io.open("/proc/uptime")
  if not file then return os.time() end
  local seconds = file:read("n")
  file:close()
  return seconds
end

local terminal = os.execute("[ -t 2 ]")

local function list(directories)
  local skipped = {}
  for ending in ("gz xz bz2 zst zip png jpg gif svg ico pdf ps eps html htm css js json xml"):gmatch("%S+") do
    skipped[#skipped + 1] = "! -name '*." .. ending .. "'"
  end
  local files = {}
  for _, directory in ipairs(directories) do
    local found = run(("find %s -type f -size -2048k %s -print0 2>/dev/null"):format(
      quote(directory:gsub("^%-", "./-")), table.concat(skipped, " ")))
    for path in found:gmatch("[^\0]+") do files[#files + 1] = path end
  end
  return files
end

local function count(files, agents)
  local index, progress = word_index.new(), Progress{next = 1}
  local began, readers = now(), {}
  for i = 1, agents do
    readers[i] = shoal.spawn({file = here .. "/reader.lua", role = "reader"}, index, files, progress)
  end
  for _, reader in ipairs(readers) do
    while terminal and not reader:wait(0.1) do
      io.stderr:write(("\r%d agent%s: file %d of %d, %d words \27[K"):format(
        agents, agents == 1 and "" or "s", math.min(progress.next, #files), #files, index.words))
    end
    reader:join()
  end
  if terminal then io.stderr:write("\r\27[K") end
  return index, now() - began, progress
end

local function stop(code, ...)
  io.stderr:write(table.concat{...}, "\n")
  os.exit(code)
end

local agents = tonumber(arg[2] or run("nproc"))
if not arg[2] then agents = math.max(2, agents or 2) end
if arg[1] == "--help" or arg[1] == "-h" or #arg > 2 or math.type(agents) ~= "integer" or agents < 1
  or agents > 1000 then
  stop(2, "usage: demo [DIRECTORY [AGENTS]]    1 to 1000 agents")
end
local directories = {arg[1] or "/usr/share/common-licenses", not arg[1] and "/usr/share/doc" or nil}
if arg[1] and not os.execute("[ -r " .. quote(arg[1]) .. " ]") then
  stop(1, "there is no ", arg[1], ", or it cannot be read")
end

local nothing = "no plain text file below " .. table.concat(directories, ", ")
local files = list(directories)
if #files == 0 then stop(1, nothing) end
files = shoal.share(files)

local one, time_of_one, progress = count(files, 1)
if progress.read == 0 then stop(1, nothing) end
local all, time_of_all
all, time_of_all, progress = count(files, agents)

print(("%d file%s of plain text, %.1f MB, %d different words"):format(
  progress.read, progress.read == 1 and "" or "s", progress.bytes / 1e6, all.words))
for place, word in ipairs(all:top(10)) do
  print(("%4d. %-12s %9d"):format(place, word[1], word[2]))
end
print(("1 agent: %.2f s; %d agents: %.2f s"):format(time_of_one, agents, time_of_all))

local difference = one:difference(all)
if difference then
  print("The two indexes differ: " .. difference)
  os.exit(1)
end
print("The two indexes agree.")
