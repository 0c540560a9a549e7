// SPDX-License-Identifier: BSL-1.0
#pragma once

// shoal.share: a private graph of tables as a shared one. Written in Lua, and compiled in.
//
// Three passes without recursion, so that depth does not matter: look at everything (errors come
// before anything is made), make the objects, fill them in. Cycles and shared nodes stay as they
// are.

namespace module {

inline constexpr const char* share_lua = R"lua(
local shoal = ...
local describe, record, own_fields = shoal._describe, shoal._record, shoal._fields
shoal._describe, shoal._record, shoal._fields = nil, nil, nil
local array, can_be_shared, name_of = shoal.array, shoal.can_be_shared, shoal.name
local error, getmetatable, next, pcall, rawget, rawlen, rawset, tostring, type =
  error, getmetatable, next, pcall, rawget, rawlen, rawset, tostring, type
local format, find, gsub, sort, concat, math_type =
  string.format, string.find, string.gsub, table.sort, table.concat, math.type

local function step(key)
  if type(key) == "number" then return "[" .. key .. "]" end
  if type(key) ~= "string" then return "[" .. describe(key) .. "]" end
  if find(key, "^[%a_][%w_]*$") then return "." .. key end
  return "[" .. format("%q", key) .. "]"
end

local function path(node, key)
  local steps = {}
  if key ~= nil then steps[1] = step(key) end
  while node.parent do
    steps[#steps + 1] = step(node.key)
    node = node.parent
  end
  local text, last = {"root"}, #steps
  for i = last, 1, -1 do
    if last > 40 and i == last - 20 then text[#text + 1] = format(" (%d more) ", last - 40) end
    if last <= 40 or i > last - 20 or i <= 20 then text[#text + 1] = steps[i] end
  end
  return concat(text)
end

local function fail(node, key, what)
  error(format("%s: %s", path(node, key), (gsub(tostring(what), "^shoal:%d+: ", ""))), 0)
end

-- What the table becomes: node.type and node.known (field by name), or an array.
local function classify(node)
  local t = node.table
  local as = node.as
  local mt = getmetatable(t)
  if as == nil and type(mt) == "table" then as = rawget(mt, "__shoal") end
  if as ~= nil then
    local ok, fields = pcall(own_fields, as)
    if not ok then fail(node, nil, "its type is " .. describe(as) .. ", not a type") end
    node.type, node.known = as, {}
    for i = 1, #fields do node.known[fields[i].name] = fields[i] end
    for key in next, t do
      if type(key) ~= "string" or not node.known[key] then
        fail(node, key, name_of(as) .. " has no such field")
      end
    end
    return
  end
  local length, names = rawlen(t), {}
  local numbered = 0
  for key in next, t do
    if type(key) == "string" then
      names[#names + 1] = key
    elseif math_type(key) == "integer" and key >= 1 and key <= length then
      numbered = numbered + 1
    else
      fail(node, nil, "a table with the key " .. step(key) .. " cannot be shared: give it a type, "
                      .. "or keys that are all names or all 1 to n")
    end
  end
  if #names == 0 then
    node.length = length
    return
  end
  if numbered ~= 0 then
    fail(node, nil, "a table with both names and numbers for keys cannot be shared")
  end
  sort(names)
  local fields = {}
  for i = 1, #names do fields[i] = {names[i]} end
  local ok, made = pcall(record, "record", fields)
  if not ok then fail(node, nil, made) end
  node.type, node.known = made, {}
  for i = 1, #names do node.known[names[i]] = {} end
end

local function share(value, as)
  if can_be_shared(value) then return value end
  if type(value) ~= "table" then error("root: " .. describe(value) .. " cannot be shared", 0) end
  local root = {table = value, as = as}
  local nodes, node_of = {root}, {[value] = root}

  -- Look at everything.
  local at = 1
  while at <= #nodes do
    local node = nodes[at]
    classify(node)
    for key, each in next, node.table do
      if type(each) == "table" then
        if not node_of[each] then
          local child = {table = each, parent = node, key = key,
                         as = node.known and node.known[key].type}
          node_of[each] = child
          nodes[#nodes + 1] = child
        end
      elseif not can_be_shared(each) then
        fail(node, key, describe(each) .. " cannot be shared")
      end
    end
    at = at + 1
  end

  -- Make the objects. A const field is set at once, so what it refers to comes first: what a node
  -- waits for is put on top of it.
  local stack, top = {}, 0
  for i = #nodes, 1, -1 do
    if not nodes[i].object then stack[1], top = nodes[i], 1 end
    while top > 0 do
      local node = stack[top]
      local initial, waits = {}, false
      if node.type and not node.object then
        for key, each in next, node.table do
          if node.known[key].const then
            local child = node_of[each]
            if child and not child.object then
              if child.begun then
                fail(child, nil, "a cycle through const fields cannot be shared")
              end
              waits, top = true, top + 1
              stack[top] = child
            end
            initial[key] = child and child.object or each
          end
        end
      end
      node.begun = waits
      if not waits then
        if not node.object then
          local ok, made
          if node.type then
            ok, made = pcall(node.type, initial)
          else
            ok, made = pcall(array, "any", node.length)
          end
          if not ok then fail(node, nil, made) end
          node.object = made
        end
        stack[top], top = nil, top - 1
      end
    end
  end

  -- Fill them in.
  local node, key
  local function fill()
    for i = 1, #nodes do
      node = nodes[i]
      local object, known = node.object, node.known
      for k, each in next, node.table do
        key = k
        if not (known and known[k].const) then
          local child = node_of[each]
          object[k] = child and child.object or each
        end
      end
    end
  end
  local ok, why = pcall(fill)
  if not ok then fail(node, key, why) end
  return root.object
end

-- share(value [, type]): a value that may be shared already is given back as it is.
function shoal.share(value, as)
  local ok, made = pcall(share, value, as)
  if not ok then error(made, 2) end
  return made
end
)lua";

}  // namespace module
