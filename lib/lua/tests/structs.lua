local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

local Point = shoal.struct("Point", {"x:f64", "y:f64", "next"})
function Point:norm() return math.sqrt(self.x ^ 2 + self.y ^ 2) end

test("a fresh instance has every field nil, 0 or false", function()
  local All = shoal.struct("All", {"a", "r:ref", "b:bool", "i:i8", "u:u64", "f:f32", "d:f64"})
  local o = All()
  equal(o.a, nil) equal(o.r, nil) equal(o.b, false) equal(o.i, 0) equal(o.u, 0)
  equal(o.f, 0.0) equal(o.d, 0.0)
end)

test("a constructor takes names or positions", function()
  local p = Point{x = 1, y = 2}
  equal(p.x, 1.0) equal(p.y, 2.0)
  local q = Point(3, 4, p)
  equal(q.x, 3.0) equal(q.next, p)
  equal(Point{5, 6}.y, 6.0)
  equal(Point(nil, 7).y, 7.0)
end)

test("a method of the type is a method of its instances", function()
  equal(Point(3, 4):norm(), 5.0)
end)

test("the same object is the same Lua value", function()
  local p = Point()
  local q = Point{next = p}
  assert(rawequal(q.next, p) and q.next == p)
  local seen = {[p] = true}
  assert(seen[q.next])
  p = nil
  collectgarbage() collectgarbage()
  assert(seen[q.next])
end)

test("an object that Lua has forgotten comes back as it was", function()
  local holder = Point{next = Point{x = 42}}
  collectgarbage() collectgarbage()
  equal(holder.next.x, 42.0)
end)

test("integers and floats of an any field come back exactly", function()
  local p = Point()
  for _, v in ipairs{0, 1, -1, 1.0, 0.5, 2^53, 2^31, -2^31, 1 << 31, -(1 << 31) - 1,
                     math.maxinteger, math.mininteger, 1e300, -0.0, math.huge, -math.huge} do
    p.next = v
    equal(p.next, v)
  end
  p.next = 0/0
  assert(p.next ~= p.next)
  p.next = -0.0
  equal(1 / p.next, -math.huge)
end)

test("64-bit fields keep every bit", function()
  local Wide = shoal.struct("Wide", {"i:i64", "u:u64"})
  local o = Wide()
  for _, v in ipairs{math.maxinteger, math.mininteger, -1, (1 << 53) + 1} do
    o.i, o.u = v, v
    equal(o.i, v) equal(o.u, v)
  end
  o.u = 2.0^63
  equal(o.u, math.mininteger)
end)

test("a sized field takes numbers that have its value and no others", function()
  local Small = shoal.struct("Small", {"a:u8", "b:i16", "f:f32"})
  local o = Small()
  o.a = 255.0
  equal(o.a, 255)
  fails("field 'a' of Small is u8, and 256 is out of its range", function() o.a = 256 end)
  fails("field 'a' of Small is u8, and -1 is out of its range", function() o.a = -1 end)
  fails("field 'b' of Small is i16 and cannot hold 1.5", function() o.b = 1.5 end)
  fails("field 'b' of Small is i16 and cannot hold a string", function() o.b = "1" end)
  fails("field 'b' of Small is i16 and cannot hold nan", function() o.b = math.abs(0/0) end)
  equal(o.a, 255) equal(o.b, 0)
  o.f = 0.1
  assert(math.abs(o.f - 0.1) < 1e-8 and o.f ~= 0.1)
end)

test("an integer that a double cannot hold is refused by f64", function()
  fails("out of its range", function() Point{x = math.maxinteger} end)
end)

test("strings of any bytes and length are shared by value", function()
  local p = Point()
  for _, s in ipairs{"", "a", "\0\xff\0", ("x"):rep(40), ("x"):rep(41), ("long\0"):rep(100000)} do
    p.next = s
    equal(p.next, s)
  end
end)

test("v128 fields are strings of 16 bytes", function()
  local ok, Vector = pcall(shoal.struct, "Vector", {"v:v128"})
  if not ok then return end
  local o = Vector{v = "0123456789abcdef"}
  equal(o.v, "0123456789abcdef")
  fails("cannot hold a string", function() o.v = "short" end)
end)

test("a const field is set by the constructor only", function()
  local Named = shoal.struct("Named", {"id:const i32", "name:const"})
  local o = Named{id = 7, name = "seven"}
  equal(o.id, 7) equal(o.name, "seven")
  fails("field 'id' of Named is const", function() o.id = 8 end)
  fails("const", shoal.exchange, o, "name", "x")
  fails("const", shoal.compare_exchange, o, "name", "seven", "x")
  fails("const", shoal.add, o, "id", 1)
  equal(o.id, 7)
end)

test("a typed reference takes instances of its type and nil", function()
  local Node = shoal.struct("Node", {"next:self", {"at", Point}})
  local n = Node()
  n.next = Node()
  n.next = nil
  n.at = Point()
  fails("field 'next' of Node takes a Node, not a Point", function() n.next = Point() end)
  fails("field 'at' of Node takes a Point, not a Node", function() n.at = n end)
  fails("field 'at' of Node is ref and cannot hold 1", function() n.at = 1 end)
end)

test("a subtype has its parent's fields and methods", function()
  local Point3 = shoal.struct("Point3", {"z:f64"}, {extends = Point})
  local p = Point3{x = 3, y = 4, z = 5}
  equal(p:norm(), 5.0)
  function Point3:norm() return Point.norm(self) + self.z end
  equal(p:norm(), 10.0)
  equal(Point(3, 4):norm(), 5.0)
  assert(shoal.is_a(p, Point) and shoal.is_a(p, Point3) and shoal.is_a(Point3, Point))
  assert(not shoal.is_a(Point(), Point3) and not shoal.is_a("x", Point))
end)

test("pairs goes through the fields in order of declaration", function()
  local names = {}
  for name, value in pairs(Point{x = 1}) do names[#names + 1] = name .. "=" .. tostring(value) end
  equal(table.concat(names, " "), "x=1.0 y=0.0 next=nil")
end)

test("tostring names the type and the object", function()
  local p = Point()
  assert(tostring(p):find("^Point: 0x"))
  equal(tostring(p), tostring(p))
  equal(tostring(Point), "type Point")
end)

test("operators are methods", function()
  local V = shoal.struct("V", {"x:i64"})
  function V.__add(a, b) return V(a.x + (type(b) == "number" and b or b.x)) end
  function V.__lt(a, b) return a.x < b.x end
  function V:__len() return self.x end
  function V:__call(n) return self.x * n end
  function V:__tostring() return "V" .. self.x end
  equal((V(1) + V(2)).x, 3)
  equal((V(1) + 5).x, 6)
  assert(V(1) < V(2))
  equal(#V(9), 9) equal(V(3)(4), 12) equal(tostring(V(5)), "V5")
  fails("V has no method '__mul'", function() return V(1) * 2 end)
end)

test("type_of gives a handle that equals the type and carries no right", function()
  local T = shoal.type_of(Point())
  assert(T == Point and not rawequal(T, Point))
  fails("right to construct", T)
  fails("right to bind", function() T.m = 1 end)
  equal(T.norm, Point.norm)
  equal(shoal.type_of("text"), nil)
end)

test("rights are dropped and never gained", function()
  local H = shoal.handle(Point, {construct = true})
  equal(H(1, 2).y, 2.0)
  fails("right to bind", function() function H:m() end end)
  fails("right to construct", shoal.handle(H, {bind = true}))
  fails("right to construct", shoal.handle(shoal.type_of(Point()), {construct = true, bind = true}))
end)

test("fields says what a type has", function()
  local list = shoal.fields(shoal.struct("F", {"a:const u8", {"p", Point}}))
  equal(#list, 2) equal(list[1].name, "a") equal(list[1].kind, "u8") equal(list[1].const, true)
  assert(list[2].kind == "ref" and list[2].type == Point)
  equal(shoal.name(Point), "Point")
end)

test("errors name the field, the type and what the value is", function()
  local p = Point()
  fails("Point has no field 'z'", function() p.z = 1 end)
  fails("Point has no field or method 'z'", function() return p.z end)
  fails("Point has no field or method '1'", function() return p[1] end)
  fails("field 'next' of Point cannot hold a function: it is not shared", function() p.next = print end)
  fails("field 'next' of Point cannot hold a table", function() p.next = {} end)
  fails("field 'next' of Point cannot hold a coroutine",
        function() p.next = coroutine.create(print) end)
  fails("field 'next' of Point cannot hold a userdata", function() p.next = io.stdout end)
  fails("field 'x' of Point is f64 and cannot hold a boolean", function() p.x = true end)
  fails("field 'x' of Point is f64 and cannot hold nil", function() p.x = nil end)
  fails("field 'x' of Point is f64 and cannot hold a Point", function() p.x = p end)
  fails("Point has no field 'w'", Point, {w = 1})
  fails("Point has 3 fields, and was given 4 values", Point, 1, 2, 3, 4)
  fails("One has 1 field, and was given 2 values", shoal.struct("One", {"x"}), 1, 2)
  fails("'x' is a field of Point", function() Point.x = 1 end)
  equal(p.next, nil)
end)

test("a bad declaration is refused in words", function()
  fails("there is no kind 'f65'", shoal.struct, "A", {"a:f65"})
  fails("declares field 'a' twice", shoal.struct, "A", {"a", "a"})
  fails("'extends' takes a type", shoal.struct, "A", {}, {extends = {}})
  fails("there is no option 'extend'", shoal.struct, "A", {}, {extend = Point})
  fails("'x'", shoal.struct, "A", {"x"}, {extends = Point})
  fails("the fields of A are a list", shoal.struct, "A", {x = "f64"})
  fails("without the key 'extends'", shoal.struct, "A", {"x", extends = Point})
  fails("field 1", shoal.struct, "A", {1})
  fails("field 1", shoal.struct, "A", {""})
end)

test("a module's behaviour is required on the first look-up of a method", function()
  package.preload.late_behaviour = function() return {hello = function(self) return "hello " .. self.name end} end
  local T = shoal.spawn(function()
    return require("shoal").struct("Late", {"name"}, {module = "late_behaviour"})
  end):join()
  local o = T{name = "you"}
  equal(package.loaded.late_behaviour, nil)
  equal(o:hello(), "hello you")
end)

check.finish()
