-- SPDX-License-Identifier: BSL-1.0
-- What lua_module.cpp runs for each input.
--
-- Three pools: `objects`, whose fields and elements have a shadow here and are changed by modelled
-- operations only; `wild`, results of calls with any arguments, of which nothing is expected but
-- that an error is a text; and plain values. After each operation all shadows are compared.
local byte, fail = ...
local shoal = require "shoal"
local pack, unpack, mtype, huge = table.pack, table.unpack, math.type, math.huge
local maxint, minint = math.maxinteger, math.mininteger
warn("@off")

local function below(n) return (byte() or 0) % n end
local function one_in(n) return below(n) == n - 1 end
local function one_of(list) return list[below(#list) + 1] end
local function check(ok, ...)
  if ok then return ok end
  local words = pack(...)
  for i = 1, words.n do words[i] = tostring(words[i]) end
  fail(table.concat(words, " "))
end
local function bits(n)
  local x = 0
  for _ = 1, n do x = x << 8 | (byte() or 0) end
  return x
end

local first = byte() or 0
collectgarbage(first % 3 == 0 and "generational" or "incremental")

-- ------------------------------------------------------------------ kinds

local width = {i8 = 8, i16 = 16, i32 = 32, i64 = 64, u8 = 8, u16 = 16, u32 = 32, u64 = 64}
local floating = {f32 = true, f64 = true}
local kinds = {"any", "ref", "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "v128"}
local zeros = ("\0"):rep(16)

local function fresh(kind)
  if kind == "any" or kind == "ref" then return nil end
  if kind == "bool" then return false end
  if kind == "v128" then return zeros end
  if floating[kind] then return 0.0 end
  return 0
end

local function limits(kind)
  local n = width[kind]
  if kind:sub(1, 1) == "i" then return -(1 << (n - 1)), (1 << (n - 1)) - 1 end
  return 0, (1 << n) - 1
end

local function same(a, b)  -- as what comes out: NaN is NaN, zeros have signs, 1 is not 1.0
  if mtype(a) ~= mtype(b) then return false end
  if a ~= a then return b ~= b end
  if mtype(a) == "float" and a == 0 and b == 0 then return 1 / a == 1 / b end
  return rawequal(a, b) or (type(a) == "userdata" and type(b) == "userdata" and a == b)
end

local function same_value(a, b)  -- what compare_exchange of `any` asks
  if type(a) == "number" and type(b) == "number" then
    if a ~= a or b ~= b then return a ~= a and b ~= b end
    if a == 0 and b == 0 then
      local function negative(x) return mtype(x) == "float" and 1 / x < 0 end
      return negative(a) == negative(b)
    end
    return a == b
  end
  return same(a, b)
end

-- ------------------------------------------------------------------ values

local Cohort = shoal.new_cohort()
local is_shared = setmetatable({}, {__mode = "k"})  -- proxies and types: what they are
local closed
do  -- a proxy that was finalized with the table that held it
  local holder = setmetatable({}, {__gc = function(o) closed = o.p end})
  holder.p = shoal.array("u8", 1)
  holder = nil
  collectgarbage() collectgarbage()
end

local objects, types, wild = {}, {}, {}
local function keep_wild(...)
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    local t = type(v)
    if t == "userdata" or t == "function" or t == "table" then wild[below(40) + 1] = v end
  end
end

local integers = {0, 1, -1, 2, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, -32769, 65535, 65536,
                  2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296, 1 << 53, (1 << 53) + 1,
                  -(1 << 53) - 1, maxint, maxint - 1, minint, minint + 1, 1 << 62}
local floats = {0.0, -0.0, 1.0, -1.0, 0.5, 255.0, 256.0, -128.0, -129.0, 65535.0, 2.0 ^ 31, 2.0 ^ 32, 2.0 ^ 53, 2.0 ^ 63,
                -2.0 ^ 63, 2.0 ^ 64, 2.0 ^ 64 - 2.0 ^ 11, 1e300, -1e300, 5e-324, huge, -huge, 0 / 0, -(0 / 0), 3.4e38, 1e39}
local strings = {"", "x", "text", "0123456789abcdef", ("long"):rep(20), "\0\xff", "x\0", ("s"):rep(300)}

local meta = {__index = function(_, k) return k end, __len = function() return 2 end, __tostring = function() return "odd" end,
              __gc = function() end, __call = function(...) return ... end, __close = function() end,
              __pairs = function(t) return next, {}, nil end, __eq = function() return true end}
local loop = {} loop.loop = loop loop[1] = loop
local unshareable = {{}, print, coroutine.create(print), io.stdout, loop, setmetatable({1, "x"}, meta), Cohort}

local function number()
  if one_in(3) then return bits(8) end
  if one_in(2) then return one_of(floats) end
  return one_of(integers)
end

-- Any value, with its shadow: what it is to a store.
local function value()
  local n = below(12)
  if n < 4 then return number() end
  if n == 4 then return nil end
  if n == 5 then return one_in(2) end
  if n < 8 then return one_of(strings) end
  if n < 10 and #objects > 0 then return objects[below(#objects) + 1].o end
  if n == 10 and #types > 0 then return types[below(#types) + 1].T end
  if one_in(6) then return closed end
  return one_of(unshareable)
end

-- ------------------------------------------------------------------ what a store must do

local words = {unshared = "it is not shared", kind = "and cannot hold", range = "is out of its range", const = " is const: ",
               type = " takes a ", closed = "closed", add = "only integer and float"}

local function is_a(model, target)
  while model do
    if model == target then return true end
    model = model.parent
  end
  return false
end

-- true and what is held then; or nil and which error.
local function convert(where, v, any_object)
  local kind, t = where.kind, type(v)
  if rawequal(v, closed) then return nil, "closed" end
  local shape = t == "userdata" and is_shared[v]
  if t == "table" or t == "function" or t == "thread" or (t == "userdata" and not shape) then return nil, "unshared" end
  if kind == "any" then return true, v end
  if kind == "ref" then
    if v == nil then return true, nil end
    if t == "string" or shape then
      if where.target and not any_object and not (shape and shape.fields and is_a(shape, where.target)) then
        return nil, "type"
      end
      return true, v
    end
    return nil, "kind"
  end
  if kind == "bool" then
    if t == "boolean" then return true, v end
    return nil, "kind"
  end
  if kind == "v128" then
    if t == "string" and #v == 16 then return true, v end
    return nil, "kind"
  end
  if t ~= "number" then return nil, "kind" end
  if floating[kind] then
    if mtype(v) == "integer" then
      local f = v + 0.0
      if f >= 2.0 ^ 63 or math.tointeger(f) ~= v then return nil, "range" end
      v = f
    end
    if kind == "f32" then v = string.unpack("<f", (string.pack("<f", v))) end
    return true, v
  end
  if mtype(v) == "float" then
    if v ~= v or v == huge or v == -huge or v ~= math.floor(v) then return nil, "kind" end
    if kind == "u64" and v >= 2.0 ^ 63 then
      if v >= 2.0 ^ 64 then return nil, "range" end
      return true, math.tointeger(v - 2.0 ^ 63) | minint
    end
    v = math.tointeger(v)
    if not v then return nil, "range" end
    if kind == "u64" then
      if v < 0 then return nil, "range" end
      return true, v
    end
  end
  if kind == "u64" or kind == "i64" then return true, v end
  local least, most = limits(kind)
  if v < least or v > most then return nil, "range" end
  return true, v
end

local function expect_error(ok, why, which, ...)
  check(not ok, "no error, but one of", which, "is due:", ...)
  check(type(why) == "string", "an error that is a", type(why), ...)
  check(why:find(words[which] or which, 1, true), "error '" .. why .. "' is not of", which, ...)
end

-- ------------------------------------------------------------------ declarations

local names = {"a", "b", "c", "d", "e", "m", "x y", ""}
local keyed = {}  -- cohort/key -> signature and model

local function declare()
  local fields, own, expected, late = {}, {}, nil, nil
  local parent = one_in(3) and #types > 0 and types[below(#types) + 1] or nil
  local signature, by_name = parent and "of " .. tostring(parent.number) or "of nothing", parent and parent.name or ""
  local seen = {}
  if parent then
    for _, f in ipairs(parent.fields) do seen[f.name] = "which it inherits" end
  end
  for i = 1, below(6) do
    local name = one_of(names)
    local const, kind, target = one_in(5), nil, nil
    local how = below(20)
    if how < 14 then
      kind = kinds[how + 1]
    elseif how == 14 then
      kind, target = "ref", "self"
    elseif how < 18 and #types > 0 then
      kind, target = "ref", types[below(#types) + 1]
    elseif how == 18 then
      kind = one_of{"nope", "i7", "constx", "any any"}
      expected = expected or "there is no kind"
    else
      kind = "any"
    end
    if type(target) == "table" then
      fields[i] = {name, target.T, const = const}
    elseif one_in(3) then
      fields[i] = {name, target or kind, const = const}
    else
      fields[i] = name .. ":" .. (const and "const " or "") .. (target or kind)
    end
    -- Before any key is compared, each is looked at.
    if name == "" then
      late = "has no key"
    elseif seen[name] then
      late = late or seen[name]
    end
    seen[name] = seen[name] or "declares field"
    own[i] = {name = name, kind = kind, const = const, target = target}
    signature = signature .. "," .. name .. " " .. kind .. (const and " const " or " ")
                .. (type(target) == "table" and tostring(target.number) or tostring(target))
    by_name = by_name .. "," .. name .. " " .. kind .. (const and " const " or " ")
              .. (type(target) == "table" and target.name or tostring(target))
  end
  if one_in(30) then
    fields[#fields + 1] = one_of{42, print, true}
    expected = expected or "a string such as"
  end
  local name, options, key = one_of{"A", "B", "Long name"}, {extends = parent and parent.T}, nil
  local way = below(4)
  if way == 0 then
    options.fresh = true
  elseif way == 1 then
    options.key = one_of{"one", "two"}
    key = "world " .. options.key
  elseif way == 2 then
    options.cohort = Cohort
    key = "cohort " .. name
  else
    key = "source " .. name .. by_name
  end
  if one_in(40) then
    options.surprise = true
    expected = "there is no option"
  end
  local ok, made = pcall(shoal.struct, name, fields, options)
  if expected then return expect_error(ok, made, expected, "declaring", signature) end
  if late then
    return expect_error(ok, made, late, "declaring", signature)
  end
  local known = key and keyed[key]
  if known and known.signature ~= signature then
    return expect_error(ok, made, "is declared with another layout elsewhere", signature, "as", known.signature)
  end
  check(ok, made, "declaring", signature)
  if known then return check(made == known.T, "another type for", key) end
  for _, other in ipairs(types) do check(made ~= other.T, "one type twice", signature) end
  local model = {T = made, name = name, parent = parent, signature = signature, number = #types + 1, fields = {}, by_name = {},
                 methods = {}}
  for _, list in ipairs{parent and parent.fields or {}, own} do
    for _, f in ipairs(list) do
      local copy = {name = f.name, kind = f.kind, const = f.const, target = f.target}
      if copy.target == "self" then copy.target = model end
      model.fields[#model.fields + 1] = copy
      model.by_name[copy.name] = copy
    end
  end
  types[#types + 1] = model
  is_shared[made] = {type_value = true}
  if key then keyed[key] = model end
  -- What it says of itself.
  check(shoal.name(made) == name, "the name of", signature)
  local listed = shoal.fields(made)
  check(#listed == #model.fields, "the number of fields of", signature)
  for i, f in ipairs(model.fields) do
    check(listed[i].name == f.name and listed[i].kind == f.kind and listed[i].const == f.const
          and (listed[i].type ~= nil) == (f.target ~= nil), "field", i, "of", signature)
    check(not f.target or listed[i].type == f.target.T, "the target of field", i, "of", signature)
  end
  for _, other in ipairs(types) do
    check(shoal.is_a(made, other.T) == is_a(model, other), "is_a of", signature, "and", other.signature)
    check(shoal.is_a(other.T, made) == is_a(other, model), "is_a of", other.signature, "and", signature)
  end
end

-- ------------------------------------------------------------------ objects

local function add_object(o, shadow)
  for _, other in ipairs(objects) do check(not rawequal(o, other.o), "one object twice") end
  shadow.o = o
  objects[#objects + 1] = shadow
  is_shared[o] = shadow.model or shadow
end

local function construct()
  if #types == 0 or #objects > 12 then return end
  local model = types[below(#types) + 1]
  local shadow, given, due = {model = model, values = {}}, {}, {}
  for _, f in ipairs(model.fields) do shadow.values[f.name] = fresh(f.kind) end
  local by_position = one_in(2)
  local T, right = model.T, true
  if one_in(10) then
    T = shoal.handle(T, {bind = true})
    right = false
  end
  local function put(f, v)
    if v == nil then return end
    local ok, held = convert(f, v)
    if ok then shadow.values[f.name] = held else due[#due + 1] = held end
  end
  local count = #model.fields
  local ok, made
  if by_position then
    count = one_in(10) and count + 1 or below(count + 1)
    for i = 1, count do
      given[i] = value()
      -- One table alone is a list of names.
      if count == 1 and type(given[i]) == "table" then given[i] = 1 end
      if model.fields[i] then put(model.fields[i], given[i]) end
    end
    if count > #model.fields then due = {"was given"} end
    ok, made = pcall(T, unpack(given, 1, count))
  else
    for _, f in ipairs(model.fields) do
      if one_in(2) then
        given[f.name] = value()
        put(f, given[f.name])
      end
    end
    if one_in(20) then
      given.nobody = 1
      due = {"has no field"}
    end
    ok, made = pcall(T, given)
    if due[1] == "has no field" and not ok and rawlen(due) == 1 then
      -- Which of several mistakes is met first is the table's affair.
      check(type(made) == "string", "an error that is a", type(made))
      return
    end
  end
  if not right then return expect_error(ok, made, "does not carry the right to construct") end
  if #due > 0 then
    check(not ok and type(made) == "string", "constructing passes with", due[1])
    local found = false
    for _, which in ipairs(due) do found = found or made:find(words[which] or which, 1, true) end
    return check(found, "error '" .. made .. "' is none of", table.concat(due, ", "))
  end
  check(ok, made)
  check(shoal.type_of(made) == model.T and shoal.is_a(made, model.T), "the type of a new object")
  add_object(made, shadow)
end

local function make_array()
  if #objects > 12 then return end
  local kind = one_of(kinds)
  local shadow = {kind = kind, where = {kind = kind}, values = {}, n = 0}
  local ok, made, due
  if one_in(2) then
    local list = {}
    shadow.n = below(5)
    for i = 1, shadow.n do
      local v = value()
      if v == nil then v = 1 end
      list[i] = v
      local fits, held = convert(shadow.where, v)
      if fits then shadow.values[i] = held else due = due or held end
    end
    ok, made = pcall(shoal.array, kind, list)
  else
    local n = one_in(8) and one_of{-1, 1.5, 2.0 ^ 53, maxint, minint, "4", 1 << 40, 0 / 0, true} or below(5)
    if n == maxint or n == 2.0 ^ 53 or n == 1 << 40 then
      due = n == 1 << 40 and "out of memory" or ""
    elseif mtype(n) ~= "integer" then
      due = "a length or a table expected"
    elseif n < 0 then
      due = "not negative"
    end
    if not due then
      shadow.n = n
      for i = 1, n do shadow.values[i] = fresh(kind) end
    end
    ok, made = pcall(shoal.array, kind, n)
  end
  if due then return expect_error(ok, made, due, "array of", kind) end
  check(ok, made)
  check(#made == shadow.n, "the length of an array")
  add_object(made, shadow)
end

-- A place of a modelled object: the object, the key, where it is, its values; or one that is not there.
local function choose_place()
  if #objects == 0 then return end
  local at = objects[below(#objects) + 1]
  if at.model then
    if #at.model.fields == 0 or one_in(12) then return at, one_of{"nobody", "", 1, 1.5, true, at.o, "x\0"}, nil end
    local f = at.model.fields[below(#at.model.fields) + 1]
    return at, f.name, f
  end
  if at.n == 0 or one_in(10) then
    local key = one_of{0, -1, at.n + 1, maxint, minint, 1.5, "1", true, 0 / 0, 2.0 ^ 63}
    return at, key, nil
  end
  local i = below(at.n) + 1
  return at, one_in(6) and i + 0.0 or i, at.where, i
end

local load_orders = {seq_cst = true, unordered = true, acquire = true}
local store_orders = {seq_cst = true, unordered = true, release = true}
local both_orders = {seq_cst = true, unordered = true, acquire = true, release = true, acq_rel = true}
local order_names = {"seq_cst", "unordered", "acquire", "release", "acq_rel"}
local function choose_order(allowed)
  if one_in(2) then return nil end
  local order = one_in(12) and "relaxed" or one_of(order_names)
  return order, not allowed[order] and (order == "relaxed" and "there is no order" or "is not one of") or nil
end

local function no_place(at, key)
  if at.model then return "has no field" end
  local integral = type(key) == "number" and math.tointeger(key)
  return integral and "outside" or "has no element"
end

local function access()
  local at, key, where, number = choose_place()
  if not at then return end
  local name = number or key
  local how = below(8)
  if how == 0 then  -- read
    local ok, found = pcall(function() return at.o[key] end)
    if where then
      check(ok and same(found, at.values[name]), "reading", key, "gives", found, "not", at.values[name])
    elseif not at.model and no_place(at, key) == "outside" then
      check(ok and found == nil, "reading outside gives", found)
    elseif at.model then
      expect_error(ok, found, "has no field or method", key)
    else
      expect_error(ok, found, "has no element", key)
    end
    return
  elseif how == 1 then
    local order, wrong = choose_order(load_orders)
    local ok, found = pcall(shoal.load, at.o, key, order)
    if not where then
      local due = no_place(at, key)
      return expect_error(ok, found, due == "outside" and wrong or due, key)
    end
    if wrong then return expect_error(ok, found, wrong) end
    check(ok and same(found, at.values[name]), "load of", key, "gives", found, "not", at.values[name])
    check(shoal.wait(at.o, key, at.values[name], 0) == "timed_out", "a wait for", key, "says that it is not", found)
    check(shoal.wait(at.o, key, {}, 0) == "not_equal", "a wait for", key, "says that it is a table")
    return check(shoal.notify(at.o, key) == 0, "somebody waits")
  end
  local v = value()
  local fits, held
  if where then
    fits, held = convert(where, v)
    if where.const and held ~= "closed" then fits, held = nil, "const" end
  end
  local function refused(ok, why, wrong)
    if not where then
      -- A struct's field is looked up first, an element's index last.
      if at.model or no_place(at, key) == "has no element" then return expect_error(ok, why, no_place(at, key)) or true end
      return expect_error(ok, why, wrong or (rawequal(v, closed) and "closed") or "outside") or true
    end
    if wrong then return expect_error(ok, why, wrong) or true end
    if not fits then return expect_error(ok, why, held, key, where.kind) or true end
    check(ok, why, key, where.kind)
  end
  if how == 2 or how == 3 then  -- assign
    local ok, why = pcall(function() at.o[key] = v end)
    if refused(ok, why) then return end
    at.values[name] = held
  elseif how == 4 then
    local order, wrong = choose_order(store_orders)
    local ok, why = pcall(shoal.store, at.o, key, v, order)
    if refused(ok, why, wrong) then return end
    at.values[name] = held
  elseif how == 5 then
    local order, wrong = choose_order(both_orders)
    local ok, old = pcall(shoal.exchange, at.o, key, v, order)
    if refused(ok, old, wrong) then return end
    check(same(old, at.values[name]), "exchange gives", old, "not", at.values[name])
    at.values[name] = held
  elseif how == 6 then
    local order, wrong = choose_order(both_orders)
    local expected = value()
    if one_in(2) then expected = at.values[name] end
    local ok, done, seen = pcall(shoal.compare_exchange, at.o, key, expected, v, order)
    if rawequal(expected, closed) then
      if wrong or not where then return check(not ok and type(done) == "string", "a closed object is compared") end
      return expect_error(ok, done, "closed")
    end
    if refused(ok, done, wrong) then return end
    local before, hit = at.values[name], nil
    check(same(seen, before), "compare_exchange saw", seen, "not", before)
    if where.kind == "any" then
      hit = same_value(before, expected)
    else
      local could, wanted = convert(where, expected, true)
      hit = could and same(wanted, before)
      if where.kind == "ref" and type(before) == "string" and hit then hit = done end  -- by identity
      if hit and before ~= before then hit = done end  -- by bits, which Lua does not show
    end
    check(done == not not hit, "compare_exchange of", where.kind, before, "with", expected, "says", done)
    if done then at.values[name] = held end
  else  -- add
    local order, wrong = choose_order(both_orders)
    local ok, old = pcall(shoal.add, at.o, key, v, order)
    if not where or wrong or held == "closed" or held == "const" then
      refused(ok, old, wrong)
      return
    end
    local kind, before = where.kind, at.values[name]
    if not width[kind] and not floating[kind] then
      check(not ok and type(old) == "string", "adding to", kind)
      return check(old:find(words.kind, 1, true) or old:find(words.add, 1, true), "adding to", kind, ":", old)
    end
    if type(v) ~= "number" then return expect_error(ok, old, "kind", "adding", v) end
    if floating[kind] then
      if not fits then return expect_error(ok, old, held, "adding", v) end
      check(ok and same(old, before), "add gives", old, "not", before)
      local sum = before + held
      at.values[name] = kind == "f32" and string.unpack("<f", (string.pack("<f", sum))) or sum
      return
    end
    local amount = v
    local n = width[kind]
    -- In range as it is, or as a signed number of that width.
    local could, by = convert(where, amount)
    if kind == "u64" and mtype(amount) == "integer" then could, by = true, amount end
    if not could then could, by = convert({kind = "i" .. n}, amount) end
    if not could then
      local _, which = convert(where, amount)
      return expect_error(ok, old, which, "adding", v, "to", kind)
    end
    check(ok and same(old, before), "add gives", old, "not", before)
    local sum = before + by
    if n < 64 then
      sum = sum & ((1 << n) - 1)
      if kind:sub(1, 1) == "i" and sum >= 1 << (n - 1) then sum = sum - (1 << n) end
    end
    at.values[name] = sum
  end
end

-- ------------------------------------------------------------------ the rest of an object

local function walk()
  if #objects == 0 then return end
  local at = objects[below(#objects) + 1]
  local seen = 0
  for k, v in pairs(at.o) do
    seen = seen + 1
    local name = at.model and at.model.fields[seen].name or seen
    check(k == name and same(v, at.values[name]), "pairs gives", k, v)
  end
  check(seen == (at.model and #at.model.fields or at.n), "pairs ends after", seen)
  if not at.model then
    check(#at.o == at.n, "#")
    local list = {unpack(at.o, 1, at.n)}
    for i = 1, at.n do check(same(list[i], at.values[i]), "unpack", i) end
  end
  check(type(tostring(at.o)) == "string" and shoal.can_be_shared(at.o), "tostring")
  local mt = getmetatable(at.o)
  check(mt == false, "a metatable comes out")
end

local function method()
  if #types == 0 then return end
  local model = types[below(#types) + 1]
  local name = one_of{"go", "run", "a", "__len", "__call"}
  local function f(self, ...) return self, select("#", ...) end
  local ok, why = pcall(function() model.T[name] = f end)
  if model.by_name[name] then return expect_error(ok, why, "cannot be a method too") end
  check(ok, why)
  model.methods[name] = f
  for _, at in ipairs(objects) do
    if at.model then
      local found, from = nil, at.model
      if not at.model.by_name[name] then
        while from and not found do found, from = from.methods[name], from.parent end
        local got, it = pcall(function() return at.o[name] end)
        if found then
          check(got and it == found, "a method is", it)
          if name == "go" then
            local self, n = at.o:go(1, nil)
            check(rawequal(self, at.o) and n == 2, "a method is called with", self, n)
          end
        else
          expect_error(got, it, "has no field or method")
        end
      end
    end
  end
end

-- A graph of tables, shared; then compared.
local function share()
  local nodes, bad = {}, nil
  local n = below(5) + 1
  for i = 1, n do nodes[i] = {list = one_in(2)} end
  local tables = {}
  for i = 1, n do tables[i] = {} end
  local function leaf()
    local v = value()
    if type(v) == "table" or rawequal(v, closed) then v = 1 end
    return v
  end
  for i = 1, n do
    local count = below(4)
    for k = 1, count do
      local key = nodes[i].list and k or one_of{"p", "q", "r", "with space"}
      local v
      if one_in(2) then v = tables[below(n) + 1] else v = leaf() end
      if v == nil then v = false end
      local t = type(v)
      tables[i][key] = v
    end
  end
  -- What can be reached decides.
  local reached, queue = {[tables[1]] = true}, {tables[1]}
  while #queue > 0 do
    local t = table.remove(queue)
    for _, v in pairs(t) do
      if type(v) == "table" then
        if not reached[v] then
          reached[v] = true
          queue[#queue + 1] = v
        end
      elseif type(v) == "function" or type(v) == "thread" or (type(v) == "userdata" and not is_shared[v]) then
        bad = true
      end
    end
  end
  local ok, made = pcall(shoal.share, tables[1])
  if bad then return expect_error(ok, made, "cannot be shared") end
  check(ok, made)
  local twin, stack = {[tables[1]] = made}, {tables[1]}
  while #stack > 0 do
    local t = table.remove(stack)
    local o = twin[t]
    local count = 0
    for _ in pairs(o) do count = count + 1 end
    for k, v in pairs(t) do
      count = count - 1
      local found = o[k]
      if type(v) == "table" then
        if twin[v] then
          check(rawequal(twin[v], found), "one table, two objects")
        else
          twin[v] = found
          stack[#stack + 1] = v
        end
      else
        check(same(found, v), "a shared leaf is", found, "not", v)
      end
    end
    check(count == 0, "a shared table has", count, "entries more")
  end
end

-- Mailboxes as queues; a mutex that is held or not.
local boxes, mutex, condition, token = {}, nil, nil, nil
local function sync()
  if one_in(2) then
    if #boxes < 3 then
      local n = below(3) + 1
      boxes[#boxes + 1] = {b = shoal.mailbox(n), n = n, held = 0, values = {}, next = 1}
    end
    local at = boxes[below(#boxes) + 1]
    for _ = 1, below(6) do
      local which = below(8)
      if which < 4 then
        local v = value()
        local fits, held = convert({kind = "any"}, v)
        local ok, sent, why = pcall(at.b.try_send, at.b, v)
        if not fits then
          expect_error(ok, sent, held, "sending")
        elseif at.closed or at.held == at.n then
          check(ok and sent == nil and why == (at.closed and "closed" or "timed_out"), "sending gives", sent, why)
        else
          check(ok and sent == true, "sending gives", sent, why)
          at.values[at.next + at.held], at.held = held, at.held + 1
        end
      elseif which < 7 then
        local ok, found = at.b:receive(0)
        if at.held == 0 then
          check(ok == nil and found == (at.closed and "closed" or "timed_out"), "receiving gives", ok, found)
        else
          check(ok == true and same(found, at.values[at.next]), "receiving gives", found, "not", at.values[at.next])
          at.values[at.next], at.next, at.held = nil, at.next + 1, at.held - 1
        end
      elseif one_in(4) then
        at.b:close()
        at.closed = true
      end
      check(#at.b == at.held and at.b:capacity() == at.n and at.b:is_closed() == not not at.closed, "a mailbox's figures")
    end
    return
  end
  mutex, condition = mutex or shoal.mutex(), condition or shoal.condition()
  local how = below(6)
  if how < 2 then
    local ok, locked = pcall(how == 0 and mutex.lock or mutex.try_lock, mutex)
    if token then return expect_error(ok, locked, "deadlock") end
    check(ok and not locked:was_abandoned(), locked)
    if one_in(3) then
      do local closes <close> = locked end
      return expect_error(false, select(2, pcall(locked.unlock, locked)), "unlocked already")
    end
    token = locked
  elseif not token then
    check(condition:notify() == 0 and condition:notify_all() == 0, "somebody waits")
  elseif how == 2 then
    local ok, why = pcall(condition.wait_for, condition, token, function() error("in a predicate") end)
    expect_error(ok, why, "in a predicate")
  elseif how == 3 then
    local yes, why = condition:wait(token, 0)
    check(yes == nil and why == "timed_out", "a wait gives", yes, why)
    check(condition:wait_for(token, function() return true end) == true, "a true predicate")
  elseif how == 4 then
    token:unlock()
    local ok, why = pcall(token.unlock_fair, token)
    expect_error(ok, why, "unlocked already")
    token = nil
  else  -- forgotten
    token = nil
    collectgarbage()
  end
end

local function handles()
  local how = below(5)
  if how == 0 then
    local f = shoal.thread_local()
    check(not f:is_initialized(), "a new function is initialized")
    local ok, why = pcall(f, 1)
    expect_error(ok, why, "uninitialized")
    ok, why = pcall(f.initialize, f, value())
    if not ok then
      check(type(why) == "string", "initialize:", why)
      f:initialize(function(...) return ... end)
    end
    check(f:is_initialized(), "initialized")
    ok, why = pcall(f.initialize, f, print)
    expect_error(ok, why, "initialized on this agent already")
    keep_wild(f)
  elseif how == 1 then
    local target = value()
    local policy = one_of{"error", "null", "dispatch"}
    local ok, h = pcall(shoal.thread_bound, target, policy)
    if target == nil then return expect_error(ok, h, "nil cannot be bound") end
    check(ok, h)
    check(same(h:get(), target) or rawequal(h:get(), target), "get gives", h:get())
    check(h:owner() == shoal.agent().identity, "the owner")
    if one_in(2) then
      h:release()
      local got, it = pcall(h.get, h)
      check(not got or it == nil, "a released handle gives", it)
    end
    keep_wild(h)
  elseif how == 2 and #types > 0 then
    local model = types[below(#types) + 1]
    local rights = {construct = one_in(2), bind = one_in(2)}
    local T = shoal.handle(model.T, rights)
    check(T == model.T, "a handle is of another type")
    local ok, why = pcall(function() T.wild = 1 end)
    if rights.bind then check(ok, why) else expect_error(ok, why, "does not carry the right to bind") end
    if ok then model.T.wild = nil end
    keep_wild(T)
  elseif how == 3 then
    local mine = shoal.account().agent
    check(mine.identity == shoal.agent().identity and shoal.agent().role == "main", "account")
    check(mine.scope_slots == 0, "scope slots are left:", mine.scope_slots)
  else
    check(shoal.serve() == 0, "serve")
    sync()
  end
end

-- ------------------------------------------------------------------ anything at all

local any_functions = {}
for _, name in ipairs{"struct", "cohort", "new_cohort", "type_of", "is_a", "handle", "fields", "name", "array", "load",
                      "store", "exchange", "compare_exchange", "add", "share", "can_be_shared", "thread_local",
                      "thread_bound", "account", "agent", "interrupt", "mutex", "condition", "notify"} do
  any_functions[#any_functions + 1] = check(shoal[name], "no", name)
end
local method_names = {"get", "call", "release", "owner", "initialize", "is_initialized", "struct", "go", "status", "a",
                      "try_lock", "unlock", "unlock_fair", "was_abandoned", "notify_all", "try_send", "try_receive", "close"}

local depth = 0
local function wild_value()
  local n = below(16)
  if n < 6 then return wild[below(40) + 1] end
  if n == 6 then return one_of(names) end
  if n == 7 then return one_of(kinds) end
  if n == 8 then return one_of(order_names) end
  if n == 9 then return {[one_of(names)] = number(), [one_of(names)] = wild[below(40) + 1]} end
  if n == 10 then return {one_of(names) .. ":" .. one_of(kinds), one_of(names)} end
  if n == 11 then return setmetatable({wild[below(40) + 1], "x"}, meta) end
  if n == 12 then return closed end
  if n == 13 then return function(...) return ... end end
  local v = value()
  return v
end
-- Of a modelled object nothing may change here.
local function is_modelled(v)
  local shape = type(v) == "userdata" and is_shared[v]
  return shape and not shape.type_value
end
local function arguments()
  local list, n = {}, below(6)
  for i = 1, n do
    local v = wild_value()
    if is_modelled(v) then v = wild[1] end
    if is_modelled(v) then v = nil end
    list[i] = v
  end
  return list, n
end
local function anything()
  local list, n = arguments()
  local f
  local how = below(6)
  if how < 3 then
    f = one_of(any_functions)
    if rawequal(f, shoal.array) and mtype(list[2]) == "integer" and list[2] > 1000 then list[2] = 1000 end
  elseif how == 3 then
    local o, name = wild[below(40) + 1], one_of(method_names)
    f = function(...) return o[name](...) end
    table.insert(list, 1, o)
    n = n + 1
  elseif how == 4 then
    local o = wild[below(40) + 1]
    f = function(k, v)
      if v == nil then return o[k] end
      o[k] = v
      return o[k]
    end
    if #types > 0 and one_in(4) then
      f = function(...) return types[1].T(...) end
    end
  else
    local o = wild[below(40) + 1]
    local p = list[1]
    local operator = below(7)
    f = function()
      if operator == 0 then return #o end
      if operator == 1 then return o .. p end
      if operator == 2 then return o < p end
      if operator == 3 then return o == p end
      if operator == 4 then return -o end
      if operator == 5 then return tostring(o) end
      for k, v in pairs(o) do return k, v end
    end
  end
  depth = depth + 1
  local result = pack(pcall(f, unpack(list, 1, n)))
  depth = depth - 1
  if not result[1] then
    -- An error object of the program's own may come through; the module's are texts.
    check(how >= 3 or type(result[2]) == "string" or result[2] == nil, "an error that is a", type(result[2]))
    if type(result[2]) == "string" then
      check(result[2] ~= "" and not result[2]:find("(null)", 1, true), "an error without words:", result[2])
    end
    return
  end
  for i = 2, result.n do
    if not is_modelled(result[i]) then keep_wild(result[i]) end
  end
end

-- ------------------------------------------------------------------ run

local function check_all()
  for i, at in ipairs(objects) do
    if at.model then
      for _, f in ipairs(at.model.fields) do
        local found = at.o[f.name]
        check(same(found, at.values[f.name]), "object", i, f.name, f.kind, "is", found, "not", at.values[f.name])
      end
    else
      for k = 1, at.n do
        local found = at.o[k]
        check(same(found, at.values[k]), "array", i, "[" .. k .. "]", at.kind, "is", found, "not", at.values[k])
      end
    end
  end
end

local acts = {declare, declare, construct, construct, make_array, access, access, access, access, access, walk, method,
              share, handles, anything, anything, anything,
              function() collectgarbage(one_of{"collect", "step"}) end,
              function()  -- the same from a coroutine
                local co = coroutine.wrap(function() access() coroutine.yield() anything() end)
                co() co()
              end}
for _ = 1, 60 do
  local b = byte()
  if not b then break end
  acts[b % #acts + 1]()
  check_all()
end
check_all()
