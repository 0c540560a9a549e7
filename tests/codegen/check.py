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
ALLOWED = {
    "binding": (1, 0, "an entry of the table is 16 bytes: its word, and whether it is set, which a "
                      "word of 0 cannot say"),
    "poll": (1, 1, "the request lies where others may still write it when the agent has gone: one "
                   "load more, of a pointer that never changes"),
    "create": (5, 3, "the floor makes objects of any type; Shoal also asks for the cluster's gate "
                     "(a pointer and a word: sharing forbidden, forked, an encoding whose undefined "
                     "is not 0) and whether the type must be 16-aligned"),
}
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
    paths = sorted({name.rsplit("_", 1)[0] for name in functions})
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
