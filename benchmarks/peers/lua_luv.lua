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

-- A pipe is the mailbox of all: what is written to it at once, up to 4 KiB, stays together, and all
-- numbers are as long, so whoever reads gets whole ones.
local function transfer(senders, receivers, n, gathered)
  local channel, answers = assert(uv.pipe()), assert(uv.pipe())
  local sending, receiving = {}, {}
  for i = 1, receivers do
    receiving[i] = uv.new_thread(function(from, to, bytes)
      local uv, unpack, sum = require "luv", string.unpack, 0
      repeat
        local text = assert(uv.fs_read(from, 4096, -1))
        for at = 1, #text, bytes do sum = sum + unpack("<i8", text, at) end
      until text == ""
      assert(uv.fs_write(to, string.pack("<i8", sum), -1))
    end, channel.read, answers.write, cases.number_bytes)
  end
  for i = 1, senders do
    sending[i] = uv.new_thread(function(to, n, gathered)
      local uv, pack, concat = require "luv", string.pack, table.concat
      local texts, count = {}, 0
      for i = 1, n do
        count = count + 1
        texts[count] = pack("<i8", i)
        if count == gathered or i == n then
          assert(uv.fs_write(to, concat(texts, "", 1, count), -1))
          count = 0
        end
      end
    end, channel.write, n, gathered)
  end
  for _, thread in ipairs(sending) do thread:join() end
  uv.fs_close(channel.write)
  for _, thread in ipairs(receiving) do thread:join() end
  uv.fs_close(channel.read)
  uv.fs_close(answers.write)
  local sums = uv.fs_read(answers.read, 4096, -1)
  uv.fs_close(answers.read)
  local sum = 0
  for at = 1, #sums, cases.number_bytes do sum = sum + string.unpack("<i8", sums, at) end
  return sum
end

local functions = cases.mailboxes("luv", transfer)
functions["lua/producer_consumer/luv"] = producer_consumer
functions["lua/shared_update/luv"] = shared_update
cases.run("luv", "libuv " .. uv.version_string(), functions)
