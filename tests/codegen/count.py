#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts what one call of each inlined fast path executes, beside its floor, under callgrind; and
holds the table in docs/reference/instruction-counts.md.

count.cpp calls both halves of every path of paths.cpp on the same real objects. A count is exact,
the same in every run: instructions from the function's entry to its return, once everything is
warm. What a path calls counts with it, but for what is not Shoal's (UNCOUNTED).

With the compilers that the table names, every figure must be the table's. With any compiler, a path
executes at most what ALLOWED (check.py) says more than its floor, a frame and plain jumps left
aside, and nothing of what the compiler keeps for the unusual.

Usage: count.py [--self-test] [COMPILER...]      g++ and clang++ unless given
       tools/size.py [--write]                  prints the table, and brings it up to date

--self-test: shows that the counts find fast paths that were made worse on purpose.
Exits with 77 (skipped) where there is no valgrind, or none of the compilers, or no x86-64.
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
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "reference" / "instruction-counts.md"
sys.path.insert(0, str(HERE))
import check  # noqa: E402

COMPILERS = ("g++", "clang++")
# What a path calls and does not answer for: the host's own function, and the C library, which
# chooses by the processor.
UNCOUNTED = re.compile(r"bound_function$|_*mem(cmp|eq)")
# What --self-test expects to be counted differently with -DSPOILED. An order alone is no instruction
# more (mov, xchg): check.py finds those.
SPOILED = ["prototype_of", "thread_bound_get"]

# instructions: all of them. work: without frames and plain jumps. used, rest: bytes of code that a
# usual call executes, and that lie there for the others. cold: executes what lies apart.
Half = collections.namedtuple("Half", "instructions work used rest cold")


def version_of(compiler):
    said = subprocess.run([compiler, "-dumpversion"], check=True, capture_output=True, text=True)
    return f"{compiler} {said.stdout.split('.')[0].strip()}"


def compile_to(output, compiler, source, *flags):
    subprocess.run([compiler, "-std=c++20", f"-I{ROOT}/include", f"-I{ROOT}/lib", *flags, "-c",
                    str(source), "-o", output], check=True)


def build_world(compiler, folder):
    """The objects of what is not measured. Any compiler's will do for all of them."""
    built = []
    for source in (ROOT / "lib" / "shoal.cpp", HERE / "count.cpp"):
        built.append(f"{folder}/{source.stem}.o")
        compile_to(built[-1], compiler, source, "-O1", "-DNDEBUG", "-fPIC")
    return built


def measure(compiler, world, folder, spoiled=False):
    """{path: (shoal's Half, the floor's)}"""
    program = f"{folder}/count"
    compile_to(f"{program}-paths.o", compiler, HERE / "paths.cpp", *check.FLAGS,
               *(["-DSPOILED"] if spoiled else []))
    subprocess.run([compiler, "-no-pie", "-pthread", f"{program}-paths.o", *world, "-o", program],
                   check=True)
    said = subprocess.run(
        ["valgrind", "--tool=callgrind", "--toggle-collect=counted_call", "--dump-instr=yes",
         "--dump-line=no", "--compress-pos=no", "--compress-strings=no",
         f"--callgrind-out-file={program}.out", program],
        capture_output=True, text=True)
    if said.returncode != 0:
        sys.exit(f"count.cpp, of {compiler}:\n{said.stdout}{said.stderr}")
    code = disassemble(program)
    executed, called = read_profile(pathlib.Path(f"{program}.out").read_text())
    halves = {name: half(name, code, executed, called) for name in code
              if name.endswith(("_shoal", "_floor"))}
    return {name[:-6]: (found, halves[f"{name[:-6]}_floor"])
            for name, found in sorted(halves.items()) if name.endswith("_shoal")}


def disassemble(program):
    """{function: {address: (instruction, its bytes)}}"""
    text = subprocess.run(["objdump", "-d", "-w", program], check=True, capture_output=True,
                          text=True).stdout
    found = {}
    for name, body in re.findall(r"^\w+ <(\w+_(?:shoal|floor)(?:\.cold)?)>:\n((?:.+\n)+)", text,
                                 re.M):
        found[name] = {int(at, 16): (code.split("#")[0].strip(), len(raw.split()))
                       for at, raw, code in
                       re.findall(r"^\s*(\w+):\t((?:\w\w )+)\s*\t(.+)$", body, re.M)}
    return found


def read_profile(text):
    """{function: {address: how often}}, {function: [(callee, instructions), ...]}"""
    executed = collections.defaultdict(collections.Counter)
    called = collections.defaultdict(list)
    name = callee = None
    is_call = False
    for line in text.splitlines():
        if line.startswith("fn="):
            name = line[3:]
        elif line.startswith("cfn="):
            callee = line[4:]
        elif line.startswith("calls="):
            is_call = True
        elif line.startswith("0x"):
            at, cost = line.split()
            if is_call:
                called[name].append((callee, int(cost)))
            else:
                executed[name][int(at, 16)] += int(cost)
            is_call = False
    return executed, called


def half(name, code, executed, called):
    both = (name, f"{name}.cold")
    own = {at: entry for part in both for at, entry in code.get(part, {}).items()}
    # Outside of its own code is only the way to what it calls in a shared library.
    counts = {at: n for part in both for at, n in executed[part].items() if at in own}
    if not counts:
        sys.exit(f"{name} was not called")
    times = counts.get(min(code[name]), 0)  # as often as its first instruction
    callees = sum(cost for part in both for callee, cost in called[part]
                  if callee not in both and not UNCOUNTED.match(callee))
    total = sum(counts.values()) + callees
    work = callees + sum(n for at, n in counts.items() if not is_frame(own[at][0]))
    if not times or total % times or work % times:
        sys.exit(f"{name}: {times} calls executed {total} instructions, not each the same")
    size = sum(length for text, length in own.values() if not is_padding(text))
    used = sum(own[at][1] for at in counts)
    return Half(total // times, work // times, used, size - used,
                any(at in counts for at in code.get(both[1], {})))


def is_padding(text):
    return text.startswith(("nop", "data16", "cs nop", "xchg   %ax,%ax"))


def is_frame(text):
    name = text.split()[0]
    return (name in ("push", "pop", "jmp") or is_padding(text)
            or name in ("sub", "add") and text.endswith(("%rsp", "%esp")))


def excess(found):
    """What is wrong whatever the table says: {path: message}"""
    wrong = {}
    for path, (shoal, floor) in found.items():
        more = check.ALLOWED.get(path, (0, 0, ""))[0]
        if shoal.work > floor.work + more:
            wrong[path] = (f"executes {shoal.work} instructions besides frame and jumps, by hand "
                           f"{floor.work}; {more} more are allowed")
        elif shoal.cold:
            wrong[path] = "a usual call runs through what the compiler put away as unlikely"
    return wrong


def reason(path, columns):
    """Why Shoal executes more, where it does with one of the compilers."""
    pairs = [found[path] for found in columns.values() if path in found]
    if all(shoal.instructions <= floor.instructions for shoal, floor in pairs):
        return ""
    if any(shoal.work > floor.work for shoal, floor in pairs):
        return check.ALLOWED.get(path, (0, 0, "?"))[2]
    return "a frame or a jump, for the slow half"


def cells(pair):
    shoal, floor = pair
    return [f"{shoal.instructions} / {floor.instructions}",
            f"{shoal.used}+{shoal.rest} / {floor.used}+{floor.rest}"]


HEAD = """# Instruction counts

What one call of each inlined fast path executes, beside the same work written by hand (its floor).
Written by `./run size --write`; the test `codegen/counts` holds it.

Each cell is *Shoal / floor*. **Instructions** are counted under callgrind, on real objects, from the
function's entry to its return, once everything is warm: exact, and the same in every run. **Bytes**
are of the code that such a call executes, + of what else the function holds for unusual cases. The
paths are the functions in `tests/codegen/paths.cpp`, compiled as a release is (`-O3`); in a program
they are inlined, and the return and what moves arguments to their registers is gone from both.

"""


def page(columns):
    """columns: {compiler's version: {path: (Half, Half)}}"""
    title = ["path"] + [f"{name} {what}" for name in columns for what in ("instructions", "bytes")]
    lines = ["| " + " | ".join(title + ["why more"]) + " |", "|---" * (len(title) + 1) + "|"]
    for path in sorted({path for found in columns.values() for path in found}):
        row = [f"`{path}`"]
        for found in columns.values():
            row += cells(found[path]) if path in found else ["", ""]
        lines.append("| " + " | ".join(row + [reason(path, columns)]) + " |")
    more = {name: sum(s.instructions > f.instructions for s, f in found.values())
            for name, found in columns.items()}
    said = ", ".join(f"{more[name]} of {len(found)} with {name}" for name, found in columns.items())
    return HEAD + f"Shoal executes more than its floor in {said}.\n\n" + "\n".join(lines) + "\n"


def read_page(text):
    """{compiler's version: {path: cells}}"""
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("|") and "---" not in line]
    if not rows:
        return {}
    found = {}
    for column in range(1, len(rows[0]) - 1, 2):
        name = rows[0][column].rsplit(" ", 1)[0]
        found[name] = {row[0].strip("`"): row[column:column + 2] for row in rows[1:]}
    return found


def differences(name, found, table):
    """Lines that say where the table is out of date."""
    for path in sorted(found.keys() | table.keys()):
        now = cells(found[path]) if path in found else None
        if now != table.get(path):
            yield f"{path}: {name}: {table.get(path, 'no row')} in the table, {now or 'gone'} now"


def run(compilers, write=False, show=False, self_test=False):
    there = [c for c in compilers if shutil.which(c)]
    if platform.machine() != "x86_64" or not there or not all(
            shutil.which(tool) for tool in ("valgrind", "objdump")):
        print("needs valgrind, objdump, a compiler and x86-64")
        return check.SKIP_EXIT
    if write and tuple(there) != COMPILERS:
        sys.exit(f"the table has columns for {' and '.join(COMPILERS)}: both are needed to write it")
    table = read_page(PAGE.read_text()) if PAGE.is_file() else {}
    wrong, columns = [], {}
    with tempfile.TemporaryDirectory() as folder:
        world = build_world(there[0], folder)
        for compiler in there:
            name = version_of(compiler)
            found = columns[name] = measure(compiler, world, folder)
            wrong += [f"{path}: {name}: {said}" for path, said in excess(found).items()]
            if not write and name in table:
                stale = list(differences(name, found, table[name]))
                wrong += stale + ["./run size --write brings the table up to date"] * bool(stale)
            elif not write:
                print(f"the table says nothing of {name}: compared with the floors only")
            if self_test:
                wrong += missed(name, found, measure(compiler, world, folder, spoiled=True))
    if show:
        print(page(columns)[len(HEAD):], end="")
    for line in wrong:
        print(line)
    for name, found in columns.items():
        print(f"{name}: {len(found)} fast paths counted")
    if wrong or not all(columns.values()):
        return 1
    if write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(columns))
    return 0


def missed(name, found, spoiled):
    """Of the paths that were made worse, those that neither the table nor the floor shows."""
    table = {path: cells(pair) for path, pair in found.items()}
    changed = {line.split(":")[0] for line in differences(name, spoiled, table)}
    noticed = changed & set(excess(spoiled))
    print(f"{name}: spoiled on purpose: {len(SPOILED)}, found: {len(noticed & set(SPOILED))}")
    return [f"{path}: {name}: spoiled and not found" for path in SPOILED if path not in noticed]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("compiler", nargs="*")
    args = parser.parse_args()
    return run(args.compiler or COMPILERS, self_test=args.self_test)


if __name__ == "__main__":
    sys.exit(main())
