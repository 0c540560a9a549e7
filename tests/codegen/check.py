#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compares the instructions of each inlined fast path with its floor, written by hand beside it.

Of a function only the way is looked at that is taken when nothing is unusual: from its entry to the
return, along the fall-through of every conditional jump (the compilers put what is unlikely out of
the way). Registers are renamed in the order they appear, displacements and labels are left out, and
instructions that do the same on aligned data count as one (movaps, movups). What remains must be
the same, in any order (the compilers schedule as they like), or differ by what ALLOWED says and for
the reason it says.

Usage: check.py [--self-test] [--show PATH] --include DIR... -- COMPILER [ARGUMENT...]

--self-test: shows that the comparison finds fast paths that were made worse on purpose.
Exits with 77 (skipped) where there is no objdump, or no x86-64.
"""
import argparse
import collections
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIP_EXIT = 77

# Those of a release, except what only adds to every function's entry.
FLAGS = ["-O3", "-DNDEBUG", "-fcf-protection=none", "-fno-stack-protector", "-fPIC"]

# Path: (instructions more than the floor, at most; loads and stores of memory more; the reason).
ELEMENT = (2, 0, "a long array's elements lie elsewhere, so the address is made before it is used")
REPLACE = (2, 0, "registers saved for the calls that a barrier takes")
EXCHANGE = (1, 0, "the old word by way of a register that the barrier's way shares")
ALLOWED = {
    "agent_local_get": (5, 1, "the agent's own word, or else what every agent's is at first"),
    "allocate": (3, 0, "whether the object is a large one, which has pages of its own"),
    "allocate_whole": (4, 0, "whether the object is a large one, which has pages of its own"),
    "allocate_wide": (4, 0, "whether the object is a large one, which has pages of its own"),
    "binding": (1, 0, "an entry of the table is 16 bytes: its word, and whether it is set, which a "
                      "word of 0 cannot say"),
    "blocked_region": (6, 9, "how deep `entered` guards are nested is put aside, and an agent finds "
                             "its state through a pointer: others may write there when it has gone"),
    "compare_exchange_any_seq_cst": REPLACE,
    "compare_exchange_translated": REPLACE,
    "compare_exchange_ref_seq_cst": (5, 0, "what a barrier shades, before and after, is kept in "
                                           "registers that are saved; the answer is made of a bool"),
    "create": (4, 2, "whether it is a struct type (checks=fast), and the cluster's gate: sharing "
                     "forbidden, forked, an encoding whose undefined is not 0"),
    "create_blueprint": (4, 1, "the cluster's gate: sharing forbidden, forked, an encoding whose "
                               "undefined is not 0"),
    "create_held": (12, 7, "the gate, whether it is a struct type, and a result that may be an "
                           "error with its text"),
    "element_load_any": ELEMENT,
    "element_load_f64": ELEMENT,
    "element_load_i32": ELEMENT,
    "element_store_f64": ELEMENT,
    "element_store_i32": ELEMENT,
    "entered": (2, 0, "an agent finds its state through a pointer: others may write there when it "
                      "has gone"),
    "entered_again": (1, 0, "a register saved for the way that enters"),
    "exchange_any_seq_cst": EXCHANGE,
    "exchange_ref_seq_cst": EXCHANGE,
    "exchange_translated": EXCHANGE,
    "exchange_v128_seq_cst": (0, 1, ""),  # clang: a register less, a move of memory more
    "find_interned": (16, 0, "a text may have another form than the string, the table may be empty, "
                             "and strings may have been removed from it"),
    "handle_drop": (12, 3, "any agent may drop a handle, so its pool is looked up, in its block; "
                           "and the barrier"),
    "handle_get": (2, 0, "an empty handle answers null"),
    "handle_make": (4, 1, "the slots' pool outlives the agent: one load more, and whether there is "
                          "one; a free slot's link has its state in the low bits"),
    "local_get": (3, 0, "a null local answers null"),
    "local_set": (2, 0, "a null local is a broken contract, found with checks=fast"),
    "mailbox": (55, 9, "in and out: whether the local is null, or holds null, or what is no mailbox, and "
                       "whether it is closed; any capacity, not powers of two alone; what comes out "
                       "is kept, and held by a scope's slot if it is an object"),
    "mutex": (14, 4, "whether the local is null, or holds null, or what is no mutex; and before it "
                     "unlocks, whether it is time to hand over"),
    "poll": (1, 1, "the request lies where others may still write it when the agent has gone: one "
                   "load more, of a pointer that never changes"),
    "realm_peek": (4, 1, "where there is no word: whether the realm's table is a grown one, which has "
                         "it elsewhere"),
    "scope_hold": (6, 3, "slots come in chunks, and an agent may have several chains: a pointer, "
                         "whether the scope ends in the chunk it began in, and a null local"),
    "store_ref_typed": (5, 3, "whether the field names a type at all; and the look at the types' "
                              "depths, where they differ, stands in line"),
    "thread_local_call": (4, 0, "an uninitialised function is an error, and an entry is 16 bytes"),
    "type_of_object": (1, 1, "the table of types is the cluster's: one load more, of a pointer that "
                             "never changes"),
    "weak_handle_get": (3, 0, "an empty handle answers null, and a weak slot's word has a bit that "
                              "says so"),
}
# Not compared, as their usual way is no straight line: they are counted.
COUNTED = {"compare_exchange_any_seq_cst", "compare_exchange_translated", "entered",
           "entered_again", "find_interned", "mutex"}
# What --self-test expects to be found in paths.cpp with -DSPOILED.
SPOILED = ["store_i32_unordered", "store_f64_unordered", "store_bool_unordered", "prototype_of",
           "thread_bound_get"]

SAME = {"movaps": "movdqa", "movups": "movdqa", "movdqu": "movdqa", "movapd": "movdqa",
        "movabs": "mov"}
REGISTERS = {}
for number, names in enumerate(
        ["rax eax ax al", "rbx ebx bx bl", "rcx ecx cx cl", "rdx edx dx dl", "rsi esi si sil",
         "rdi edi di dil", "rbp ebp bp bpl", "rsp esp sp spl"]
        + [f"r{n} r{n}d r{n}w r{n}b" for n in range(8, 16)]):
    for size, name in zip("qdwb", names.split()):
        REGISTERS[name] = (f"g{number}", size)
for number in range(32):
    REGISTERS[f"xmm{number}"] = (f"x{number}", "x")


def disassemble(command, spoiled):
    """{function: [(address, instruction), ...]}"""
    with tempfile.TemporaryDirectory() as folder:
        compiled = f"{folder}/paths.o"
        subprocess.run(command + ["-std=c++20"] + FLAGS + (["-DSPOILED"] if spoiled else [])
                       + ["-c", str(HERE / "paths.cpp"), "-o", compiled], check=True)
        text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", compiled], check=True,
                              capture_output=True, text=True).stdout
    found = {}
    for name, body in re.findall(r"^\w+ <(\w+)>:\n((?:.+\n)+)", text, re.M):
        if not name.endswith(("_shoal", "_floor")):
            continue
        found[name] = [(int(at, 16), code.split("#")[0].strip()) for at, code in
                       re.findall(r"^\s*(\w+):\t(.+)$", body, re.M)]
    return found


def usual_way(code):
    """The instructions from the entry to the return, unlikely jumps not taken."""
    index = {at: i for i, (at, _) in enumerate(code)}
    i, way, seen = 0, [], set()
    while i < len(code) and i not in seen:
        seen.add(i)
        text = code[i][1]
        name = text.split()[0]
        if name == "jmp":
            target = re.match(r"jmp\s+(\w+) <", text)
            target = index.get(int(target.group(1), 16)) if target else None
            if target is None or target in seen:
                return way
            i = target
            continue
        if name.startswith("nop") or text.startswith(("data16", "cs nop", "xchg   %ax,%ax")):
            i += 1
            continue
        way.append(text)
        if name == "ret":
            return way
        i += 1
    return way


def normalise(way):
    """[(instruction, touches memory), ...] with registers renamed and displacements left out."""
    names = {}

    def register(match):
        found = REGISTERS.get(match.group(1))
        if found is None:
            return match.group()
        name = names.setdefault(found[0], f"{found[0][0]}{len(names)}")
        return f"%{name}{found[1]}"

    out = []
    for text in way:
        name, _, operands = text.partition(" ")
        operands = operands.strip()
        if name in ("push", "pop") or re.search(r"%[re]sp\b", operands) and name in ("sub", "add"):
            # A frame, which the function has for its slow half and the loop it is inlined into has
            # anyway.
            continue
        if name.startswith("j"):
            out.append((f"{name} away", False))
            continue
        memory = "(" in operands and not name.startswith("lea")
        operands = re.sub(r"(-?0x[0-9a-f]+)?\(", "D(", operands)
        operands = re.sub(r"%(\w+)", register, operands)
        out.append((f"{SAME.get(name, name)} {operands}".strip(), memory))
    return out


# Without registers, for comparing in any order: what is done to what kind of operand.
def shape(instruction):
    return re.sub(r"%[gx]\d+", "%", instruction)


def compare(path, shoal, floor):
    """None, or what is wrong."""
    ours, theirs = normalise(usual_way(shoal)), normalise(usual_way(floor))
    if not theirs or not ours:
        return "no instructions found"
    if ours == theirs:
        return None
    counted = collections.Counter(shape(i) for i, _ in ours)
    if counted == collections.Counter(shape(i) for i, _ in theirs):
        return None
    more, memory, _ = ALLOWED.get(path, (0, 0, ""))
    longer = len(ours) - len(theirs)
    touches = sum(m for _, m in ours) - sum(m for _, m in theirs)
    if path in ALLOWED and longer <= more and touches <= memory:
        return None
    # Another addressing mode or another compare for the same: as long, and as much memory.
    if longer <= 0 and touches <= 0 and locked(ours) == locked(theirs):
        return None
    return (f"{len(ours)} instructions, {len(theirs)} by hand; "
            f"{touches:+} that touch memory")


def locked(code):
    """The instructions that order memory."""
    return [shape(i) for i, _ in code if re.match(r"lock|xchg|mfence|\w*fence", i)]


def listing(name, code):
    return "\n".join([f"  {name}:"] + [f"    {i}" for i, _ in normalise(usual_way(code))])


def check(functions, verbose=True):
    """The paths that are not what they should be."""
    paths = sorted({name.rsplit("_", 1)[0] for name in functions} - COUNTED)
    wrong = []
    for path in paths:
        shoal, floor = functions.get(f"{path}_shoal"), functions.get(f"{path}_floor")
        said = ("has only one half" if shoal is None or floor is None
                else compare(path, shoal, floor))
        if said is None:
            continue
        wrong.append(path)
        if verbose:
            print(f"{path}: {said}")
            if shoal and floor:
                print(listing("shoal", shoal), listing("by hand", floor), sep="\n")
    return paths, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--show", action="append", default=[], metavar="PATH")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("compiler", nargs="+")
    args = parser.parse_args()
    if not shutil.which("objdump") or platform.machine() != "x86_64":
        print("needs objdump and x86-64")
        return SKIP_EXIT
    if not shutil.which(args.compiler[0]):
        print(f"there is no {args.compiler[0]}")
        return SKIP_EXIT
    command = args.compiler + [f"-I{folder}" for folder in args.include]
    functions = disassemble(command, False)
    for path in args.show:
        for half in ("shoal", "floor"):
            print(listing(f"{path}_{half}", functions[f"{path}_{half}"]))
    paths, wrong = check(functions)
    print(f"{len(paths)} fast paths, {len(wrong)} with more than is allowed")
    if args.self_test:
        _, found = check(disassemble(command, True), verbose=False)
        missed = sorted(set(SPOILED) - set(found))
        print(f"spoiled on purpose: {len(SPOILED)}, found: {len(SPOILED) - len(missed)}")
        for path in missed:
            print(f"{path}: spoiled and not found")
        wrong += missed
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
