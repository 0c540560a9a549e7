-- SPDX-License-Identifier: BSL-1.0
-- libuv for Lua: threads have nothing in common, so what they tell each other goes as text through
-- socket pairs, gathered in buffers. (An async handle keeps only the last of what was sent.) Who
-- updates records sends the updates to the one thread that has them.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local cases = require "lua_cases"
local uv = require "luv"

local buffer_bytes = 4096  -- as cqueues has it

-- Starts function(write, ...) on a thread, and calls line(...) here with what it writes.
local function start(pattern, line, work, ...)
  local ends = assert(uv.socketpair("stream", nil, {nonblock = true}, {nonblock = false}))
  local here = uv.new_pipe()
  assert(here:open(ends[1]))
  local left = ""
  here:read_start(function(problem, chunk)
    assert(not problem, problem)
    if not chunk then return here:close() end
    local text = left .. chunk
    local whole = text:match(".*\n()") or 1
    for a, b in text:sub(1, whole - 1):gmatch(pattern) do line(a, b) end
    left = text:sub(whole)
  end)
  return uv.new_thread(function(work, fd, buffer_bytes, ...)
    local uv = require "luv"
    local gathered, bytes = {}, 0
    local function flush()
      local text, sent = table.concat(gathered), 0
      while sent < #text do sent = sent + assert(uv.fs_write(fd, text:sub(sent + 1), -1)) end
      gathered, bytes = {}, 0
    end
    local function write(text)
      gathered[#gathered + 1] = text
      bytes = bytes + #text
      if bytes >= buffer_bytes then flush() end
    end
    load(work)(write, ...)
    flush()
    uv.fs_close(fd)
  end, string.dump(work), ends[2], buffer_bytes, ...)
end

local function producer_consumer()
  local sum = 0.0
  local producer = start("(%S+) (%S+)\n", function(id, value)
    sum = sum + tonumber(id) + tonumber(value)
  end, function(write, n)
    for i = 1, n do write(i .. " " .. 0.5 * i .. "\n") end
  end, cases.messages)
  uv.run()
  producer:join()
  return sum
end

local function shared_update()
  local records, workers = {}, {}
  for i = 1, cases.records do records[i] = 0 end
  for w = 1, 2 do
    workers[w] = start("(%d+)\n", function(which)
      which = tonumber(which)
      records[which] = records[which] + 1
    end, function(write, n, count, seed)
      math.randomseed(seed)
      for _ = 1, n do write(math.random(count) .. "\n") end
    end, cases.updates, cases.records, w)
  end
  uv.run()
  for _, worker in ipairs(workers) do worker:join() end
  local sum = 0
  for _, count in ipairs(records) do sum = sum + count end
  return sum
end

cases.run("luv", "libuv " .. uv.version_string(), {
  producer_consumer = producer_consumer, shared_update = shared_update})
