local shoal = require "shoal"
local check = require "check"
local test, equal, fails = check.test, check.equal, check.fails

test("the same declaration evaluated again is the same type", function()
  local function declare() return shoal.struct("Again", {"x"}) end
  local A = declare()
  assert(A == declare() and rawequal(A, declare()))
end)

test("another declaration is another type, even with the same words", function()
  local A = shoal.struct("Twin", {"x"})
  local B = shoal.struct("Twin", {"x"})
  assert(A ~= B)
  assert(shoal.struct("P", {"x"}) ~= shoal.struct("Q", {"x"}))
end)

test("a fresh declaration is always another type", function()
  local function declare() return shoal.struct("Fresh", {"x"}, {fresh = true}) end
  assert(declare() ~= declare())
end)

test("the same declaration in many agents at once is one type", function()
  local function worker()
    local shoal = require "shoal"
    local T = shoal.struct("FanIn", {"x:i32", "y"})
    return T, T{x = shoal.agent().identity}
  end
  local before = shoal.account().types
  local threads = {}
  for i = 1, 8 do threads[i] = shoal.spawn(worker) end
  local first
  for _, t in ipairs(threads) do
    local T, object = t:join()
    first = first or T
    assert(T == first and shoal.type_of(object) == first)
  end
  equal(shoal.account().types, before + 1)
end)

test("a cohort gives one type for one name", function()
  local C = shoal.cohort()
  local A = C:struct("cohort/A", {"x:i32"})
  assert(A == C:struct("cohort/A", {"x:i32"}))
  assert(C == shoal.cohort())
  assert(A == shoal.struct("cohort/A", {"x:i32"}, {cohort = C}))
  assert(A == shoal.struct("other", {"x:i32"}, {key = "cohort/A"}))
  local B = shoal.spawn(function() return require("shoal").cohort():struct("cohort/A", {"x:i32"}) end):join()
  assert(A == B)
end)

test("another layout under the same name is refused with the first difference", function()
  local C = shoal.cohort()
  C:struct("cohort/B", {"x:i32", "y"})
  fails("'x'", C.struct, C, "cohort/B", {"x:i64", "y"})
  fails("cohort/B", C.struct, C, "cohort/B", {"x:i32"})
end)

test("two cohorts know nothing of each other, and can be sent", function()
  local C, D = shoal.new_cohort(), shoal.new_cohort()
  assert(C ~= D and C ~= shoal.cohort())
  local A = C:struct("X", {"x"})
  assert(A ~= D:struct("X", {"x"}))
  local B, C2 = shoal.spawn(function(c) return c:struct("X", {"x"}), c end, C):join()
  assert(A == B and C2 == C)
end)

test("a type goes to another agent as its handle", function()
  local Point = shoal.struct("Sent", {"x"})
  local made, T, none = shoal.spawn(function(T, H)
    local shoal = require "shoal"
    function T:double() return self.x * 2 end
    local p = T{x = 21}
    assert(p:double() == 42 and shoal.type_of(p) == T and T == H)
    assert(not pcall(H))
    p.x = p:double()
    return p, T, H
  end, Point, shoal.handle(Point, {})):join()
  equal(made.x, 42)
  assert(T == Point and rawequal(T, Point))
  assert(none == Point and not pcall(none))
  check.fails("no field or method 'double' (this agent has given it no methods)",
              function() return made:double() end)
end)

test("methods belong to one agent", function()
  local function declare()
    return require("shoal").struct("Mine", {"x"})
  end
  local Mine = declare()
  function Mine:who() return "main" end
  local o = Mine()
  local answer = shoal.spawn(function(o, T)
    function T:who() return "worker" end
    return o:who()
  end, o, Mine):join()
  equal(answer, "worker")
  equal(o:who(), "main")
end)

test("a role chooses the behaviour module", function()
  local T = shoal.struct("Roles", {"x"}, {behaviour = {default = "behaviour_default",
                                                       painter = "behaviour_painter"}})
  local function ask(o) return o:who() end
  equal(shoal.spawn({run = ask, role = "painter"}, T()):join(), "painter")
  equal(shoal.spawn({run = ask, role = "other"}, T()):join(), "default")
end)

test("a module that declares the type while it is loaded for it works", function()
  local shape = shoal.spawn(function() return require("mutual_a").A{x = 4} end):join()
  equal(shape:area(), 16)
  equal(shape:partner():name(), "B")
end)

test("a behaviour module that fails leaves the type unbound and says why", function()
  local T = shoal.spawn(function()
    return require("shoal").struct("Broken", {"x"}, {module = "behaviour_broken"})
  end):join()
  local o = T{x = 1}
  fails("the behaviour of Broken could not be loaded", function() o:method() end)
  fails("broken on purpose", function() o:method() end)
  equal(o.x, 1)
  package.loaded.behaviour_broken = nil
  package.preload.behaviour_broken = function() return {method = function() return "mended" end} end
  equal(o:method(), "mended")
end)

test("a behaviour module that says false refuses the type", function()
  local T = shoal.spawn(function()
    return require("shoal").struct("Refused", {"x"}, {module = "behaviour_refused"})
  end):join()
  package.preload.behaviour_refused = function() return false end
  fails("refused", function() T():method() end)
end)

test("a method looked up while its behaviour is loaded says so", function()
  local T = shoal.spawn(function()
    return require("shoal").struct("Loading", {"x"}, {module = "behaviour_loading"})
  end):join()
  local o, inner = T{x = 3}, nil
  package.preload.behaviour_loading = function()
    equal(o.x, 3)  -- fields need no behaviour
    inner = select(2, pcall(function() o:method() end))
    return {method = function() return "loaded" end}
  end
  equal(o:method(), "loaded")
  assert(inner:find("still being loaded", 1, true))
end)

check.finish()
