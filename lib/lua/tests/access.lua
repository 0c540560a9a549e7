local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

local Cell = shoal.struct("Cell", {"v", "n:i64", "u:u8", "f:f64", "b:bool", "r:self"})

test("load, store and exchange take an order", function()
  local o = Cell()
  for _, order in ipairs{"unordered", "release", "seq_cst"} do shoal.store(o, "n", 1, order) end
  for _, order in ipairs{"unordered", "acquire", "seq_cst"} do equal(shoal.load(o, "n", order), 1) end
  local last
  for _, order in ipairs{"unordered", "acquire", "release", "acq_rel", "seq_cst"} do
    equal(shoal.exchange(o, "v", order, order), last)
    last = order
  end
  fails("there is no order 'relaxed'", shoal.load, o, "n", "relaxed")
  fails("not one of a load", shoal.load, o, "n", "release")
  fails("not one of a store", shoal.store, o, "n", 1, "acquire")
end)

test("compare_exchange stores where it finds what is expected", function()
  local o = Cell{n = 5}
  local done, seen = shoal.compare_exchange(o, "n", 5, 6)
  equal(done, true) equal(seen, 5)
  done, seen = shoal.compare_exchange(o, "n", 5, 7)
  equal(done, false) equal(seen, 6)
  for _, order in ipairs{"unordered", "acquire", "release", "acq_rel", "seq_cst"} do
    equal(shoal.compare_exchange(o, "n", 6, 6, order), true)
  end
end)

test("compare_exchange on any compares by value", function()
  local o = Cell()
  equal(shoal.compare_exchange(o, "v", nil, "text"), true)
  equal(shoal.compare_exchange(o, "v", "te" .. "xt", math.maxinteger), true)
  equal(shoal.compare_exchange(o, "v", math.maxinteger, 0/0), true)
  equal(shoal.compare_exchange(o, "v", 0/0, 1.0), true)
  equal(shoal.compare_exchange(o, "v", 1, 0.0), true)
  equal(shoal.compare_exchange(o, "v", -0.0, 1), false)
  equal(shoal.compare_exchange(o, "v", 0.0, o), true)
  equal(shoal.compare_exchange(o, "v", Cell(), 1), false)
  equal(shoal.compare_exchange(o, "v", o, nil), true)
  equal(o.v, nil)
end)

test("an expectation that cannot be in the field is a miss", function()
  local o = Cell()
  equal(shoal.compare_exchange(o, "n", "text", 1), false)
  equal(shoal.compare_exchange(o, "u", 1000, 1), false)
  equal(shoal.compare_exchange(o, "v", print, 1), false)
  equal(shoal.compare_exchange(o, "r", nil, o), true)
  fails("cannot hold a function", shoal.compare_exchange, o, "v", nil, print)
  fails("out of its range", shoal.compare_exchange, o, "u", 0, 300)
end)

test("add gives what was there and wraps", function()
  local o = Cell{n = math.maxinteger, u = 250}
  equal(shoal.add(o, "n", 1), math.maxinteger)
  equal(o.n, math.mininteger)
  equal(shoal.add(o, "u", 10), 250)
  equal(o.u, 4)
  equal(shoal.add(o, "u", -5), 4)
  equal(o.u, 255)
  equal(shoal.add(o, "f", 0.5), 0.0)
  equal(o.f, 0.5)
  fails("only integer and float fields can be added to", shoal.add, o, "v", 1)
  fails("only integer and float fields can be added to", shoal.add, o, "b", 1)
  fails("cannot hold 0.5", shoal.add, o, "n", 0.5)
  fails("cannot hold a string", shoal.add, o, "n", "1")
end)

test("agents add to one field without losing a count", function()
  local o = Cell()
  local threads = {}
  for i = 1, 4 do
    threads[i] = shoal.spawn(function(o)
      local shoal = require "shoal"
      for _ = 1, 1000 do
        shoal.add(o, "n", 1)
        repeat
          local seen = o.v or 0
        until shoal.compare_exchange(o, "v", o.v and seen, seen + 1)
      end
    end, o)
  end
  for _, t in ipairs(threads) do t:join() end
  equal(o.n, 4000) equal(o.v, 4000)
end)

test("an array has a length and elements from 1", function()
  local a = shoal.array("any", 3)
  equal(#a, 3)
  a[1], a[3] = "one", 3
  equal(a[1], "one") equal(a[2], nil) equal(a[3], 3)
  equal(a[0], nil) equal(a[4], nil) equal(a[-1], nil)
  equal(a[1.0], "one")
end)

test("writing outside of an array is an error", function()
  local a = shoal.array("u8", 2)
  for _, i in ipairs{0, 3, -1, math.maxinteger, math.mininteger} do
    fails("index " .. i .. " is outside of the array of u8: its length is 2", function() a[i] = 1 end)
  end
  fails("array of u8 has no element 'x'", function() a.x = 1 end)
  fails("array of u8 has no element '1.5'", function() return a[1.5] end)
  fails("array of u8 has no element 'nan'", function() return a[math.abs(0/0)] end)
  fails("[2] of array of u8 is u8, and 256 is out of its range", function() a[2] = 256 end)
  fails("[2] of array of u8 cannot hold a table: it is not shared", function() a[2] = {} end)
end)

test("an array is made of a table", function()
  local a = shoal.array("i32", {3, 2, 1})
  local sum = 0
  for i, v in ipairs(a) do sum = sum + i * v end
  equal(sum, 10)
  local seen = {}
  for i, v in pairs(shoal.array("any", {1, nil, "x"})) do seen[#seen + 1] = i .. tostring(v) end
  equal(table.concat(seen, " "), "11 2nil 3x")
  fails("[1] of array of i32 is i32 and cannot hold a string", shoal.array, "i32", {"x"})
end)

test("elements have atomics too", function()
  local a = shoal.array("i64", 2)
  equal(shoal.add(a, 1, 5), 0)
  equal(shoal.exchange(a, 1, 7), 5)
  equal(shoal.compare_exchange(a, 1, 7, 8), true)
  shoal.store(a, 2, -1)
  equal(shoal.load(a, 2), -1)
  fails("outside", shoal.add, a, 3, 1)
  fails("outside", shoal.load, a, 0)
end)

test("arrays of every kind hold their values", function()
  for kind, value in pairs{any = "x", ref = Cell(), bool = true, i8 = -128, i16 = -1, i32 = 1 << 30,
                           i64 = math.mininteger, u8 = 255, u16 = 65535, u32 = 0xffffffff,
                           u64 = -1, f32 = 0.5, f64 = 0.1} do
    local a = shoal.array(kind, 5)
    a[5] = value
    equal(a[5], value)
    equal(tostring(shoal.name(shoal.type_of(a))), "array of " .. kind)
  end
end)

test("a length beyond the heap is out of memory, not the end", function()
  fails("", shoal.array, "u8", math.maxinteger)
  fails("", shoal.array, "any", 1 << 44)
  fails("not negative", shoal.array, "any", -1)
  fails("a length or a table expected", shoal.array, "any", 1.5)
  fails("there is no kind 'int'", shoal.array, "int", 1)
  equal(#shoal.array("any", 0), 0)
end)

check.finish()
