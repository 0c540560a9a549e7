-- A word index that many agents fill at once: a hash table of shared structs that grows without a
-- lock (a split-ordered list: Shalev and Shavit, "Split-Ordered Lists", JACM 2006; nothing is ever
-- removed, so marks are not needed).
--
-- All words are in one list, sorted by their hash with its bits reversed. A bucket is a marker in
-- that list; when the number of buckets doubles, every new bucket's words already follow each other
-- somewhere behind the marker of its parent, and nothing moves. Markers are put in by whoever needs
-- one first.

local shoal = require "shoal"

-- key: the order in the list; odd for words, even for markers.
local Entry = shoal.struct("Entry", {"key:const i64", "text:const", "count:i64", "next:self"},
                           {module = "word_index"})
local Index = shoal.struct("Index", {"first:const", "segments:const", "buckets:i64", "words:i64"},
                           {module = "word_index"})

local reversed_byte = {}
for byte = 0, 255 do
  local r = 0
  for bit = 0, 7 do
    if byte & (1 << bit) ~= 0 then r = r | (0x80 >> bit) end
  end
  reversed_byte[byte] = r
end

local function reverse(bits)
  return reversed_byte[bits & 0xff] << 24 | reversed_byte[bits >> 8 & 0xff] << 16
       | reversed_byte[bits >> 16 & 0xff] << 8 | reversed_byte[bits >> 24]
end

-- FNV-1a, the low half mixed once more.
local function hash_of(text)
  local h = 0x811c9dc5
  for i = 1, #text do h = ((h ~ text:byte(i)) * 0x01000193) & 0xffffffff end
  return (h ~ h >> 15) & 0xffffffff
end

-- The entry with that key and text behind `from`; or nil, the one to insert behind, and the one it
-- must still be followed by.
local function find(from, key, text)
  while true do
    local following = from.next
    if not following then return nil, from, nil end
    local found = following.key
    if found > key then return nil, from, following end
    if found == key and following.text == text then return following end
    from = following
  end
end

-- Finds the entry or puts `make()` there. The second result: whether it was put there now.
local function find_or_insert(from, key, text)
  local fresh
  while true do
    local found, before, after = find(from, key, text)
    if found then return found, false end
    fresh = fresh or Entry{key = key, text = text}
    fresh.next = after  -- nobody else can see it yet
    if shoal.compare_exchange(before, "next", after, fresh) then return fresh, true end
    from = before  -- somebody was faster: look again from here
  end
end

-- Markers never change, so each agent may remember those it has met.
local markers = setmetatable({}, {__mode = "k"})

local function marker(index, bucket)
  local known = markers[index]
  if not known then
    known = {}
    markers[index] = known
  end
  local found = known[bucket]
  if found then return found end
  if bucket == 0 then
    found = index.first
  else
    local bits = 0  -- segment n holds the buckets 2^(n-1) to 2^n - 1
    while bucket >> bits ~= 0 do bits = bits + 1 end
    local start = 1 << (bits - 1)
    local segment = index.segments[bits]
    if not segment then
      shoal.compare_exchange(index.segments, bits, nil, shoal.array("ref", start))
      segment = index.segments[bits]
    end
    found = segment[bucket - start + 1]
    if not found then
      found = find_or_insert(marker(index, bucket - start), reverse(bucket) * 2, nil)
      segment[bucket - start + 1] = found
    end
  end
  known[bucket] = found
  return found
end

local function new()
  return Index{first = Entry{key = 0}, segments = shoal.array("any", 32), buckets = 1}
end

-- Counts `text` n times more. Any agent, at any time.
function Index:add(text, n)
  local hash = hash_of(text)
  local buckets = self.buckets
  local from = marker(self, hash & (buckets - 1))
  local entry, is_new = find_or_insert(from, reverse(hash) * 2 + 1, text)
  shoal.add(entry, "count", n)
  if is_new and shoal.add(self, "words", 1) >= buckets then
    shoal.compare_exchange(self, "buckets", buckets, buckets * 2)
  end
end

-- Iterates over text and count, in no order that means anything.
function Index:each()
  local at = self.first
  return function()
    repeat
      at = at.next
      if not at then return nil end
    until at.key & 1 == 1
    return at.text, at.count
  end
end

return {Entry = Entry, Index = Index, new = new}
