-- What Lua can do: each check is an assertion, and the last line counts them.
local count = 0
local function check(condition, ...)
  count = count + 1
  assert(condition, ...)
end

-- Numbers: integers of 64 bits that wrap, floats, bits, conversions.
check(math.maxinteger + 1 == math.mininteger)
check(7 // 2 == 3 and -7 // 2 == -4 and -7 % 3 == 2 and 2 ^ 10 == 1024.0)
check(0xFF ~ 0x0F == 0xF0 and 1 << 62 == 4611686018427387904 and ~0 == -1)
check(string.format("%.14g %d %x %q", 0.1, 42, 255, "a\nb") == '0.1 42 ff "a\\\nb"')
check(math.type(1) == "integer" and math.type(1.0) == "float" and tostring(1e15) == "1e+15")
check(tonumber("0x1p4") == 16.0 and tonumber("z", 36) == 35 and tonumber("x") == nil)

-- Text.
check(("stage0 stage3"):gsub("stage(%d)", function(n) return n + 1 end) == "1 4")
check(("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key")
check(utf8.len("äöü") == 3 and utf8.char(8364) == "€")
local packed = string.pack(">I4 z s1", 0xDEADBEEF, "zero", "one")
local number, zero, one = string.unpack(">I4 z s1", packed)
check(number == 0xDEADBEEF and zero == "zero" and one == "one")

-- Tables, metatables, sorting.
local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({ x = a.x + b.x }, Vector) end
Vector.__lt = function(a, b) return a.x < b.x end
Vector.__close = function(v) v.closed = true end
local sum = setmetatable({ x = 1 }, Vector) + setmetatable({ x = 2 }, Vector)
check(sum.x == 3 and setmetatable({ x = 0 }, Vector) < sum)
do
  local closing <close> = sum
end
check(sum.closed)
local sorted = {}
local state = 1
for i = 1, 10000 do
  state = state * 1103515245 + 12345 & 0x7FFFFFFF
  sorted[i] = state
end
table.sort(sorted)
for i = 2, #sorted do
  if sorted[i - 1] > sorted[i] then error("not sorted") end
end
check(#sorted == 10000 and select("#", table.unpack(sorted, 1, 200)) == 200)

-- Closures, coroutines, goto, errors.
local function counter()
  local n = 0
  return function() n = n + 1 return n end
end
local first, second = counter(), counter()
check(first() + first() + second() == 4)
local function permutations(items, n)
  n = n or #items
  if n <= 1 then return coroutine.yield(table.concat(items)) end
  for i = 1, n do
    items[n], items[i] = items[i], items[n]
    permutations(items, n - 1)
    items[n], items[i] = items[i], items[n]
  end
end
local seen, total = {}, 0
for text in coroutine.wrap(function() permutations({ "a", "b", "c", "d" }) end) do
  check(not seen[text])
  seen[text], total = true, total + 1
  if total == 24 then goto done end
end
::done::
check(total == 24)
local good, problem = pcall(function() error({ code = 7 }) end)
check(not good and problem.code == 7)
good, problem = pcall(function() local function f() return f() + 1 end return f() end)
check(not good and tostring(problem):find("stack overflow"))
check(select(2, xpcall(error, function(m) return m .. "!" end, "so")) == "so!")
check(load("return ... * 2")(21) == 42 and load("return +") == nil)

-- Memory is given back.
local weak = setmetatable({}, { __mode = "k" })
local collected = 0
for _ = 1, 1000 do weak[setmetatable({}, { __gc = function() collected = collected + 1 end })] = true end
collectgarbage()
collectgarbage()
check(next(weak) == nil and collected == 1000)

-- Files and the system.
local name = os.tmpname()
local file <const> = assert(io.open(name, "w+"))
file:write("one\n", 2, "\n", 3.5, "\n")
file:seek("set")
check(file:read("l") == "one" and file:read("n") == 2 and file:read("n") == 3.5)
file:close()
check(os.remove(name) and os.date("!%Y-%m-%d", 1) == "1970-01-01" and os.getenv("NOTHING") == nil)
local stream = io.popen("echo from the shell")
check(stream:read("a") == "from the shell\n" and stream:close())

-- Work: the first hundred digits of pi, by a spigot.
local function spigot(limit)
  local length = limit * 10 // 3 + 1
  local a = {}
  for i = 1, length do a[i] = 2 end
  local nines, held, out = 0, 0, {}
  for _ = 1, limit + 1 do
    local carry = 0
    for i = length, 1, -1 do
      local x = 10 * a[i] + carry * i
      a[i] = x % (2 * i - 1)
      carry = x // (2 * i - 1)
    end
    a[1] = carry % 10
    carry = carry // 10
    if carry == 9 then
      nines = nines + 1
    else
      out[#out + 1] = tostring(held + (carry == 10 and 1 or 0))
      out[#out + 1] = (carry == 10 and "0" or "9"):rep(nines)
      held, nines = carry == 10 and 0 or carry, 0
    end
  end
  return table.concat(out)
end
check(spigot(100):sub(2, 51) == "31415926535897932384626433832795028841971693993751")

print(_VERSION .. ": " .. count .. " checks passed")
