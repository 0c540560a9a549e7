local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

test("what may be shared already is given back", function()
  for _, v in ipairs{1, 1.5, "text", true} do equal(shoal.share(v), v) end
  equal(shoal.share(nil), nil)
  local a = shoal.array("any", 1)
  assert(rawequal(shoal.share(a), a))
end)

test("lists become arrays and records become structs", function()
  local g = shoal.share{name = "g", list = {10, "x", {deep = true}}, empty = {}}
  equal(g.name, "g") equal(#g.list, 3) equal(g.list[1], 10) equal(g.list[3].deep, true)
  equal(#g.empty, 0)
  assert(shoal.can_be_shared(g))
end)

test("records with the same names have one type, in every agent", function()
  local a, b = shoal.share{x = 1, y = 2}, shoal.share{y = "a", x = "b"}
  assert(shoal.type_of(a) == shoal.type_of(b))
  local c = shoal.spawn("return require('shoal').share{y = 1, x = 1}"):join()
  assert(shoal.type_of(a) == shoal.type_of(c))
  assert(shoal.type_of(a) ~= shoal.type_of(shoal.share{x = 1}))
end)

test("cycles and shared nodes stay as they are", function()
  local node = {value = 1}
  local root = {left = node, right = node}
  root.self, node.up = root, {root, node}
  local g = shoal.share(root)
  assert(g.self == g and g.left == g.right and g.left.up[1] == g and g.left.up[2] == g.left)
end)

test("a declared type takes the table's place", function()
  local Tree = shoal.struct("Tree", {"value", "left:self", "right:self"})
  function Tree:sum()
    return self.value + (self.left and self.left:sum() or 0) + (self.right and self.right:sum() or 0)
  end
  local t = shoal.share({value = 1, left = {value = 2}, right = {value = 3, left = {value = 4}}}, Tree)
  equal(t:sum(), 10)
  local class = {__shoal = Tree}
  local u = shoal.share{setmetatable({value = 5}, class)}
  equal(u[1]:sum(), 5)
end)

test("the error names the path to the culprit", function()
  fails("root.children[3].callback: a function cannot be shared",
        shoal.share, {children = {{}, {}, {callback = print}}})
  fails("root: a function cannot be shared", shoal.share, print)
  fails('root["a b"][1]: a coroutine cannot be shared', shoal.share, {["a b"] = {coroutine.create(print)}})
  fails("root.x: a userdata cannot be shared", shoal.share, {x = io.stdout})
  fails("root: a table with both names and numbers", shoal.share, {1, a = 2})
  fails("root.t: a table with the key [1.5]", shoal.share, {t = {[1.5] = 1}})
  fails("root: a table with the key [a boolean]", shoal.share, {[true] = 1})
  local P = shoal.struct("P", {"x:u8", {"p", shoal.struct("Q", {"y"})}})
  fails("root.z: P has no such field", shoal.share, {z = 1}, P)
  fails("root.x: field 'x' of P is u8, and 256 is out of its range", shoal.share, {x = 256}, P)
  fails("root.p.w: Q has no such field", shoal.share, {p = {w = 1}}, P)
  fails("root: its type is a number, not a type", shoal.share, {}, 1)
end)

test("const fields are set at once, children first", function()
  local Const = shoal.struct("Const", {"name:const", "child:const"})
  local g = shoal.share({name = "outer", child = setmetatable({name = "inner"}, {__shoal = Const})}, Const)
  equal(g.child.name, "inner")
  local loop = setmetatable({}, {__shoal = Const})
  loop.child = loop
  fails("a cycle through const fields", shoal.share, loop)
end)

test("const fields are set in any order of discovery", function()
  local Const = shoal.struct("Late", {"name:const", "child:const"})
  local root, last = {}, nil
  for i = 1, 5000 do
    last = setmetatable({name = i, child = last}, {__shoal = Const})
    root[i] = last
  end
  local g = shoal.share(root)
  equal(g[5000].child, g[4999])
  equal(g[1].child, nil)
  local a, b = setmetatable({name = "a"}, {__shoal = Const}), setmetatable({name = "b"}, {__shoal = Const})
  local both = shoal.share(setmetatable({name = {a, b, a}, child = a}, {__shoal = Const}))
  assert(both.child == both.name[1] and both.name[3] == both.child)
  a.child, b.child = b, a
  fails("a cycle through const fields", shoal.share, {x = {a}})
end)

test("a long path is cut in its middle", function()
  local list = {f = print}
  for i = 1, 3000 do list = {next = list} end
  local ok, why = pcall(shoal.share, list)
  assert(not ok and #why < 400 and why:find("root.next.next", 1, true) and why:find("(2961 more)", 1, true), why)
  assert(why:find(".next.f: a function cannot be shared", 1, true), why)
end)

test("depth does not matter", function()
  local list = nil
  for i = 1, 20000 do list = {next = list or false, i = i} end
  local g, n = shoal.share(list), 0
  while g do g, n = g.next, n + 1 end
  equal(n, 20000)
end)

test("nothing is made when something cannot be shared", function()
  local before = shoal.account().agent.bytes_allocated
  fails("cannot be shared", shoal.share, {{}, {}, {f = print}})
  equal(shoal.account().agent.bytes_allocated, before)
end)

test("can_be_shared answers for every kind of value", function()
  local T = shoal.struct("T", {})
  for _, v in ipairs{1, "x", true, T, T(), shoal.array("any", 0), shoal.thread_local(), shoal.thread_bound({})} do
    equal(shoal.can_be_shared(v), true)
  end
  equal(shoal.can_be_shared(nil), true)
  for _, v in ipairs{{}, print, io.stdout, coroutine.create(print), shoal.spawn("")} do
    equal(shoal.can_be_shared(v), false)
  end
end)

check.finish()
