# SPDX-License-Identifier: BSL-1.0
"""Shoal's types in gdb: an object under its type's name with its fields, a type with its layout.

Everything is read from memory, nothing is called, so it works on core files too. Of an object only
the index of its type is known; the types are those of the cluster that a handle or the variables of
the selected thread's frames lead to, the innermost first, or of $shoal, if it is set:

    (gdb) set $shoal = &cluster     (a cluster, an agent or a type_space, or a pointer to one)
    (gdb) print *(shoal::header*) address

docs/how-to/debug.md says how gdb finds this file.
"""
import re
import struct

import gdb
import gdb.printing

KINDS = ["any", "ref", "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64",
         "v128"]
FORMATS = ["Q", "Q", "B", "b", "h", "i", "q", "B", "H", "I", "Q", "f", "d", "QQ"]
(STRUCTURE, ARRAY, STRING, BOXED, TYPE_HANDLE, THREAD_LOCAL_FUNCTION, THREAD_BOUND, MUTEX, CONDITION,
 MAILBOX, FILLER) = range(11)
FIRST_TYPES, MOST_TYPES = 32, 1 << 20
LONGEST_NAME = 200
DEAD_SLOT = 0xdbdb_dbdb_dbdb_dbdb


class Odd(Exception):
    """What is wrong with what was to be shown."""


def read(address, layout):
    layout = "<" + layout
    try:
        memory = gdb.selected_inferior().read_memory(int(address), struct.calcsize(layout))
    except (gdb.MemoryError, OverflowError):
        raise Odd(f"no memory at {int(address):#x}") from None
    found = struct.unpack(layout, memory.tobytes())
    return found[0] if len(found) == 1 else found


def units_shown(count):
    most = gdb.parameter("print elements")
    return count if not most else min(count, most)


def text_of(data, count, shown):
    text = data.replace("\\", "\\\\").replace('"', '\\"')
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return f'"{text}"' + ("..." if shown < count else "")


def text_of_view(view):
    """The bytes of a std::string_view, of whatever standard library."""
    parts = [view[field] for field in view.type.strip_typedefs().fields()
             if hasattr(field, "bitpos")]  # a static member has none
    pointer = next(p for p in parts if p.type.strip_typedefs().code == gdb.TYPE_CODE_PTR)
    length = int(next(p for p in parts if p.type.strip_typedefs().code != gdb.TYPE_CODE_PTR))
    if length == 0:
        return ""
    shown = min(length, LONGEST_NAME)
    data = read(pointer, f"{shown}s").decode("utf-8", "backslashreplace")
    return data + ("..." if shown < length else "")


def shape_name(value):
    """What our type is called without its namespaces and arguments; None: it is not ours."""
    found = re.match(r"^shoal::(?:v\d+_\w+::)?((?:detail::)?\w+)(?:<.*>)?$",
                     str(value.type.unqualified().strip_typedefs()))
    return found.group(1) if found else None


# ------------------------------------------------------------------------ types of a cluster

class Descriptor:
    def __init__(self, value):
        self.value = value
        self.index = int(value["index"])
        self.shape = int(value["what"])
        self.kind = int(value["element"])
        self.name = text_of_view(value["name"]) or f"unnamed type #{self.index}"

    def entries(self):
        for i in range(int(self.value["field_count"])):
            entry = self.value["fields"][i]
            yield key_text(entry["key"]), entry["where"]


class Types:
    """The table of a type_space."""

    def __init__(self, space):
        table = space["types_"]["types_"]
        self.data, self.entries = int(table["data_"]), int(table["entries_"])
        self.encoding = space["options_"]["values"].dereference()
        self.descriptor = gdb.lookup_type(re.sub(r"type_space$", "descriptor",
                                                 str(space.type.unqualified().strip_typedefs())))
        # A variable may be of a space that is not open, or not even made.
        if not self.data or not FIRST_TYPES < self.entries <= MOST_TYPES or self.at(1).index != 1:
            raise Odd("no open type space")

    def at(self, index):
        if not 0 < index < self.entries:
            raise Odd(f"no object: type index {index}")
        address = read(self.data + 8 * index, "Q")
        if not address:
            raise Odd(f"type #{index}, which there is not, or which has been retired")
        found = Descriptor(gdb.Value(address).cast(self.descriptor.pointer()).dereference())
        if found.index != index:
            raise Odd(f"type #{index}, whose descriptor says #{found.index}")
        return found


def space_of(value):
    """The type_space that one of our things leads to, or None."""
    if value.type.strip_typedefs().code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
        value = value.referenced_value()
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR:
        if not int(value):
            return None
        value = value.dereference()
    name = shape_name(value)
    if name == "type_space":
        return value
    if name == "cluster":
        return value["types_"]
    if name == "agent":
        return value["cluster_"].referenced_value()["types_"]
    if name == "attachment":
        return space_of(value["agent_"])
    if name in ("entered", "blocked_region"):
        return space_of(value["agent_"])
    if name == "heap":
        return space_of(value["options_"]["types"])
    if name == "heap_context":
        return space_of(value["heap_"])
    if name == "scope":
        return space_of(value["chain_"].referenced_value()["context_"])
    if name in ("local_context", "realm", "cohort"):
        return space_of(value["space_"])
    if name == "local_space":
        return space_of(value["types_"])
    if name in ("handle", "weak_handle"):
        slot = value["slot_"]
        if not int(slot):
            return None
        blocks = gdb.lookup_type(str(slot.type.target().unqualified()).replace("slot", "block"))
        slots = next(f.bitpos // 8 for f in blocks.fields() if f.name == "slots")
        block = int(slot) - int(slot["index"]) * slot.type.target().sizeof - slots
        pool = gdb.Value(block).cast(blocks.pointer())["pool"]
        return space_of(pool["heap_"])
    if name in ("local", "reference") and any(f.name == "clock_" for f in value.type.fields()):
        clock = value["clock_"]
        if not int(clock):
            return None
        name = str(clock.type.target().unqualified()).replace("safepoint_clock", "heap_context")
        context = gdb.lookup_type(name)
        offset = next(f.bitpos // 8 for f in context.fields() if f.name == "clock_")
        return space_of(gdb.Value(int(clock) - offset).cast(context.pointer()))
    return None


def try_types(value):
    try:
        space = space_of(value)
        return None if space is None else Types(space)
    except (gdb.error, Odd, KeyError, StopIteration):
        return None


def types_in_frames():
    try:
        frame = gdb.selected_frame()
    except gdb.error:
        return
    while frame is not None:
        try:
            block = frame.block()
        except RuntimeError:
            block = None
        while block is not None:
            for symbol in block:
                if symbol.is_variable or symbol.is_argument:
                    try:
                        found = try_types(symbol.value(frame))
                    except (gdb.error, TypeError):
                        continue
                    if found:
                        yield found
            block = block.superblock
        frame = frame.older()


known_types = []


def forget(*_):
    known_types.clear()


for event in ("stop", "cont", "exited", "new_objfile", "clear_objfiles"):
    getattr(gdb.events, event).connect(forget)


def types_for(value=None):
    """The types that an object found through `value` is of, as far as one can tell."""
    found = None if value is None else try_types(value)
    if found:
        return found
    chosen = gdb.convenience_variable("shoal")
    if chosen is not None and chosen.type.code != gdb.TYPE_CODE_VOID:
        found = try_types(chosen)
        if found is None:
            raise Odd("$shoal is no open cluster")
        return found
    if not known_types:
        known_types.extend(types for types, _ in zip(types_in_frames(), range(1)))
    if not known_types:
        raise Odd("types unknown: set $shoal = &cluster")
    return known_types[0]


# ------------------------------------------------------------------------ words and objects

def key_text(key):
    form = int(key["what"])
    if form == 0:
        return text_of_view(key["name"])
    number = int(key["number"])
    return f"[{number}]" if form == 1 else f"symbol {number:#x}"


def short_object(address, types):
    """An object that another one refers to: what it is, without its fields."""
    if not address:
        return "null"
    try:
        index, _ = read(address, "II")
        found = types.at(index)
        if found.shape in (STRING, BOXED):
            return object_text(address, types)
        return f"{found.name} {address:#x}"
    except Odd as why:
        return f"{address:#x} <{why}>"


NAN_BOX = (0xfffe << 48, 2 << 48, (1 << 48) - 1)


def word_text(word, types):
    """An `any` word. Of an encoding that is not nan_box only references can be told."""
    mask, tag, of_address = NAN_BOX
    if types is not None:
        mask, tag, of_address = (int(types.encoding[name]) for name in
                                 ("reference_mask", "reference_tag", "address_mask"))
    if word & mask == tag:
        address = word & of_address
        return short_object(address, types) if types is not None else f"object {address:#x}"
    if types is not None and word == int(types.encoding["undefined"]):
        return "undefined"
    if types is not None and word == int(types.encoding["null"]):
        return "null"
    if (mask, tag, of_address) != NAN_BOX:
        return f"word {word:#x}"
    if word < 4:
        return ["undefined", "null", "false", "true"][word]
    top = word >> 48
    if top >= 6:
        return repr(struct.unpack("<d", struct.pack("<Q", word - (6 << 48)))[0])
    if top == 1:
        return str(struct.unpack("<i", struct.pack("<I", word & 0xffff_ffff))[0])
    return f"unshared {word & of_address:#x}" if top in (4, 5) else f"word {word:#x}"


def stored_text(kind, address, types):
    if kind >= len(KINDS):
        return f"<kind {kind}, which is none>"
    stored = read(address, FORMATS[kind])
    name = KINDS[kind]
    if name == "any":
        return word_text(stored, types)
    if name == "ref":
        return short_object(stored, types)
    if name == "bool":
        return "true" if stored else "false"
    if name == "v128":
        return f"{stored[1]:#018x}{stored[0]:016x}"
    return repr(stored)


def string_text(address):
    meta = read(address + 8, "Q")
    length, form = meta & ((1 << 60) - 1), meta >> 60 & 3
    shown = units_shown(length)
    data = read(address + 16, f"{shown * (2 if form == 2 else 1)}s") if shown else b""
    names = {0: "utf-8", 1: "latin-1", 2: "utf-16-le"}
    return text_of(data.decode(names.get(form, "latin-1"), "backslashreplace"), length, shown)


def array_text(address, word, what, types):
    length = word or read(address + 8, "Q")
    wide = KINDS[what.kind:what.kind + 1] == ["v128"]
    begin = address + (16 if word == 0 or wide else 8)
    size = struct.calcsize("<" + FORMATS[what.kind]) if what.kind < len(FORMATS) else 1
    shown = units_shown(length)
    each = [stored_text(what.kind, begin + i * size, types) for i in range(shown)]
    return f"{what.name} [{length}] {{{', '.join(each)}{'...' if shown < length else ''}}}"


def rights_text(rights):
    return ", ".join(name for bit, name in ((1, "construct"), (2, "bind")) if rights & bit) or "none"


def mutex_text(address):
    owner, awaited = read(address + 8, "II")
    held = f"held by agent {owner}" if owner else "free"
    return f"mutex, {held}{', awaited' if awaited else ''}"


def mailbox_text(address, capacity):
    mask, tail, head = (read(address + at, "Q") for at in (8, 80, 160))
    closed, tail = tail >> 63, tail & (1 << 63) - 1
    laps = (tail // (mask + 1) - head // (mask + 1)) * capacity
    size = laps + (tail & mask) - (head & mask)
    return f"mailbox, {size} of {capacity}{', closed' if closed else ''}"


def object_text(address, types):
    if not address:
        return "null"
    index, word = read(address, "II")
    what = types.at(index)
    if what.shape == STRUCTURE:
        fields = []
        for key, where in what.entries():
            try:
                said = stored_text(int(where["kind"]), address + int(where["offset"]), types)
            except Odd as why:
                said = f"<{why}>"
            fields.append(f"{key} = {said}")
        return f"{what.name} {{{', '.join(fields)}}}"
    if what.shape == ARRAY:
        return array_text(address, word, what, types)
    if what.shape == STRING:
        return string_text(address)
    if what.shape == BOXED:
        return stored_text(what.kind, address + 8, types)
    if what.shape == TYPE_HANDLE:
        return f"type handle of {types.at(read(address + 8, 'Q')).name} ({rights_text(word)})"
    if what.shape == THREAD_LOCAL_FUNCTION:
        return f"thread-local function, slot {word}"
    if what.shape == THREAD_BOUND:
        owner, target = read(address + 8, "QQ")
        policy = ["error", "null", "dispatch"][word] if word < 3 else str(word)
        return f"thread-bound handle of agent {owner} ({policy}), target {target:#x}"
    if what.shape == MUTEX:
        return mutex_text(address)
    if what.shape == CONDITION:
        return "condition" + (", waited at" if read(address + 8, "I") else "")
    if what.shape == MAILBOX:
        return mailbox_text(address, word)
    raise Odd(f"no object: a filler of {word * 8} bytes")


def type_text(identity):
    what = Descriptor(identity)
    said = f"{what.name} #{what.index}"
    if what.shape == ARRAY:
        return f"{said}, array of {KINDS[what.kind]}"
    if what.shape != STRUCTURE:
        return said
    parent = identity["parent"]
    if int(parent):
        said += f" extends {Descriptor(parent.dereference()).name}"
    fields = []
    for key, where in what.entries():
        target = int(where["ref_type"])
        if target:
            try:
                of = f" {what.name if target == what.index else types_for().at(target).name}"
            except Odd:
                of = f" #{target}"
        else:
            of = ""
        const = "const " if where["constant"] else ""
        fields.append(f"{key}: {const}{KINDS[int(where['kind'])]}{of} @{int(where['offset'])}")
    return f"{said}, {int(identity['size'])} bytes {{{', '.join(fields)}}}"


# ------------------------------------------------------------------------ printers

def said_or_odd(say):
    """A printer whose troubles are what it prints."""
    class Printer:
        def __init__(self, value):
            self.value = value

        def to_string(self):
            try:
                return say(self.value)
            except Odd as why:
                return f"<{why}>"
            except (gdb.error, IndexError, KeyError, StopIteration, UnicodeError) as why:
                return f"<not to be read: {why}>"

    return Printer


def header_text(value):
    if value.address is None:
        raise Odd("a header that is in no memory")
    return object_text(int(value.address), types_for(value))


def reference_text(value):
    address = int(value["address_"])
    stale = ""
    if any(f.name == "clock_" for f in value.type.fields()) and address and int(value["clock_"]):
        if int(value["clock_"]["count_"]) != int(value["stamp_"]):
            stale = "<stale: from before the agent's last safepoint> "
    return stale + (object_text(address, types_for(value)) if address else "null")


def local_text(value):
    slot = int(value["slot_"])
    if not slot:
        return "no slot"
    word = read(slot, "Q")
    if word == DEAD_SLOT:
        raise Odd("its scope has ended")
    return object_text(word, types_for(value)) if word else "null"


def handle_text(value):
    slot = int(value["slot_"])
    if not slot:
        return "empty"
    word = read(slot, "Q")
    state, address = word & 7, word & ~7
    if state > 1:
        raise Odd("dropped")
    if not address:
        return "null" if state == 0 else "null: its object has been found dead"
    return object_text(address, types_for(value))


def identity_text(value):
    identity = value["identity_"]
    return type_text(identity.dereference()) if int(identity) else "no type"


def field_text(value):
    const = "const " if value["constant"] else ""
    return f"{const}{KINDS[int(value['kind'])]} @{int(value['offset'])} of #{int(value['owner'])}"


def value_text(value):
    try:
        types = types_for()
    except Odd:
        types = None
    if not str(value.type.strip_typedefs()).endswith("nan_box>") and types is None:
        return f"word {int(value['word_']):#x}"
    return word_text(int(value["word_"]), types)


def prototype_text(value):
    word = int(value["word_"])
    states = ["unbound", "refused", "no prototype", "trapped", "resolving", "pending",
              "out of memory", "reserved"]
    return states[word] if word < 8 else f"{word:#x}"


def error_text(value):
    code = str(value["code_"]).split("::")[-1]
    sentence = value["text_"].string()
    return f"{code}: {sentence}" if sentence else code


def result_text(value):
    return value["value_"].format_string() if value["has_value_"] else error_text(value["error_"])


def content_text(value):
    return value["word_"].format_string()


PRINTERS = {
    "header": header_text,
    "reference": reference_text,
    "local": local_text,
    "handle": handle_text,
    "weak_handle": handle_text,
    "type": identity_text,
    "descriptor": type_text,
    "field": field_text,
    "field_key": key_text,
    "basic_value": value_text,
    "prototype": prototype_text,
    "error": error_text,
    "result": result_text,
    "cell": content_text,
    "payload": content_text,
    "wait_word": content_text,
    "vec128": lambda value: f"{int(value['high']):#018x}{int(value['low']):016x}",
}


class Printers(gdb.printing.PrettyPrinter):
    def __init__(self):
        super().__init__("shoal")
        self.made = {name: said_or_odd(say) for name, say in PRINTERS.items()}

    def __call__(self, value):
        printer = self.made.get(shape_name(value))
        return printer(value) if printer else None


gdb.printing.register_pretty_printer(None, Printers(), replace=True)
