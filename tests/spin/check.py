#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs a Spin model over its whole state space, and shows that it can fail.

A model says itself how it is run, in comments:

    //: holds two -DAGENTS=2                  nothing may be wrong; no state may be left out
    //: holds answered -DANSWERED ltl=answered    the same, and the formula holds for fair schedules
    //: broken claim_once "!(inside[other])"  with -DBROKEN_claim_once Spin must find this error; run
                                              like the first of the above, or with options of its own
    //: unreached "(x==1)"                    this statement is for broken variants only

Every other statement must be reached in one of the runs that hold, by one of the processes.

Usage: check.py [--page PAGE] MODEL    the page's number of states must be about what is found
       check.py --map PAGE MODEL...    the page maps every step of the models, and only to code that
                                       is there
       check.py --self-test            shows that each check can fail
Exits with 77 (skipped) where there is no spin.
"""
import argparse
import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIP_EXIT = 77
DEPTH = 2_000_000
MEGABYTES = 2_000  # of states, at most

sys.path.insert(0, str(ROOT / "tools"))
from lint import code_of  # noqa: E402


class Wrong(Exception):
    pass


@dataclasses.dataclass
class Run:
    name: str
    options: list
    error: str = ""  # what a broken variant must be caught by
    formula: str = ""


def instructions(path):
    """(runs that hold, broken variants, {statement that need not be reached})"""
    holds, broken, unreached = [], [], set()
    for line in re.findall(r"^//: (.*)$", path.read_text(), re.M):
        what, name, *rest = shlex.split(line)
        if what == "unreached":
            unreached.add(name)
            continue
        error = rest.pop(0) if what == "broken" else ""
        formulas = [word[4:] for word in rest if word.startswith("ltl=")]
        run = Run(name, [word for word in rest if word.startswith("-D")], error,
                  formulas[0] if formulas else "")
        if what == "holds":
            holds.append(run)
        elif what == "broken":
            if not rest:
                run.options, run.formula = holds[0].options, holds[0].formula
            broken.append(run)
        else:
            raise Wrong(f"{path.name}: '{line}' says nothing that is known")
    return holds, broken, unreached


def explore(path, run):
    """(what pan prints, the same of a search that goes nowhere)"""
    options = run.options + ([f"-DBROKEN_{run.name}"] if run.error else [])
    with tempfile.TemporaryDirectory() as folder:
        def call(*command):
            return subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)

        made = call("spin", *options, "-a", str(path.resolve()))
        said = [line for line in made.stdout.splitlines() if not line.startswith("ltl ")]
        if made.returncode or said or not os.path.exists(f"{folder}/pan.c"):
            raise Wrong(f"{run.name}: spin says\n" + "\n".join(said))
        # Optimising would take longer than it saves.
        flags = ["-O0", "-w", f"-DMEMLIM={MEGABYTES}"]
        flags += ["-DNFAIR=3"] if run.formula else ["-DSAFETY"]
        compiled = call("cc", *flags, "-o", "pan", "pan.c")
        if compiled.returncode:
            raise Wrong(f"{run.name}: cc says\n{compiled.stdout}")
        search = ["-a", "-f", "-N", run.formula] if run.formula else []
        return (call("./pan", f"-m{DEPTH}", "-w22", *search).stdout,
                "" if run.error else call("./pan", "-m1", "-w10", *search).stdout)


def errors_of(printed):
    found = re.findall(r"^pan:\d+: (.*?)(?: \(at depth \d+\))?$", printed, re.M)
    return [error for error in found if error != "wrote"]


def states_of(name, printed):
    """How many there are; raises where the search is not a whole one without errors."""
    for error in errors_of(printed):
        raise Wrong(f"{name}: {error}")
    for sign in ("max search depth too small", "Search not completed", "out of memory",
                 "Bit statespace", "reached DMEMLIM"):
        if sign in printed:
            raise Wrong(f"{name}: {sign}")
    counted = re.search(r"^\s*(\d+) states, stored", printed, re.M)
    if "Full statespace search" not in printed or "errors: 0" not in printed or not counted:
        raise Wrong(f"{name}: the search did not end\n{printed}")
    return int(counted.group(1))


def unreached_of(printed):
    """{(proctype, state, line, statement)}"""
    left = set()
    for kind, body in re.findall(r"^unreached in (?:proctype )?(\w+)\n((?:\t.*\n)*)", printed, re.M):
        for line, state, statement in re.findall(r'^\t\S+?:(\d+), state (\d+), "(.*)"$', body, re.M):
            left.add((kind, state, int(line), statement))
    return left


def written(page, model):
    """{run: states} as the page has them."""
    section = section_of(page.read_text(), model)
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d,]+) \|$", section, re.M)
    return {name: int(states.replace(",", "")) for name, states in rows}


def check(path, page=None, out=print):
    """Sentences about what is wrong, one at a time."""
    holds, broken, allowed = instructions(path)
    if not holds or not broken:
        yield f"{path.name}: says no runs"
    said = written(page, path.stem) if page else {}
    there, reached = set(), set()
    for run in holds:
        try:
            printed, nowhere = explore(path, run)
            states = states_of(run.name, printed)
        except Wrong as why:
            yield f"{path.name}: {why}"
            continue
        out(f"{path.stem}, {run.name}: {states:,} states, errors: 0")
        if page and abs(said.get(run.name, 0) - states) > states // 10:
            yield f"{page.name}: {path.stem}, {run.name}: {states:,} states"
        left, every = unreached_of(printed), unreached_of(nowhere)
        there |= {one[2:] for one in left}
        reached |= {one[2:] for one in every - left}
    for line, statement in sorted(there - reached):
        if statement not in allowed:
            yield f"{path.name}: nobody reaches, near line {line}: {statement}"
    for run in broken:
        try:
            found = errors_of(explore(path, run)[0])
        except Wrong as why:
            yield f"{path.name}: {why}"
            continue
        if not found:
            yield f"{path.name}: broken {run.name} is not found out"
        elif run.error not in found[0]:
            yield f"{path.name}: broken {run.name}: not {run.error}, but {found[0]}"
        else:
            out(f"{path.stem}, broken {run.name}: {found[0]}")


# ---------------------------------------------------------------------------- the page

def section_of(text, model):
    found = re.search(rf"^## .*`{model}`.*\n((?:(?!## ).*\n)*)", text + "\n", re.M)
    return found.group(1) if found else ""


def included(path):
    return [path.parent / name for name in re.findall(r'^#include "(.*)"$', path.read_text(), re.M)]


def bodies(code, name):
    """The insides of each class or namespace of that name."""
    before = r"(?:(?:alignas\(.*?\)|\w+|\[\[\w+\]\])\s+)*"
    for start in re.finditer(rf"\b(?:class|struct|namespace)\s+{before}{name}\b[^;{{}}()]*\{{", code):
        depth, at = 1, start.end()
        while depth and at < len(code):
            depth += {"{": 1, "}": -1}.get(code[at], 0)
            at += 1
        yield code[start.end():at]


def is_there(symbol, sources, codes):
    """Whether `order<"a.b">`, `a::b` or `a` is in the sources."""
    if symbol.startswith("order<"):
        return any(symbol in text for text in sources)
    owner, _, member = symbol.rpartition("::")
    word = re.compile(rf"(?<!\w){re.escape(member)}(?!\w)")
    if not owner:
        return any(word.search(code) for code in codes)
    outside = re.compile(rf"\b{owner}::{re.escape(member)}(?!\w)")
    return any(outside.search(code) or any(word.search(body) for body in bodies(code, owner))
               for code in codes)


def check_map(page, models, root):
    texts = [path.read_text() for folder in ("include", "lib/shoal")
             for path in sorted((root / folder).rglob("*.[ch]pp"))]
    codes = [code_of(text) for text in texts]
    variants = set()
    parts = {part for model in models for part in included(model)}
    for model in [*sorted(parts), *models]:
        section = section_of(page.read_text(), model.stem)
        if not section:
            yield f"{page.name}: has no section about `{model.stem}`"
            continue
        steps = set(re.findall(r"^inline (\w+)", model.read_text(), re.M))
        # What stands for nothing in the code: ghosts, and the host.
        mapped = {name for line in re.findall(r"^Of the model only: (.*)$", section, re.M)
                  for name in re.findall(r"`(\w+)`", line)}
        for step, code in re.findall(r"^\| `(\w+)` \| (`.*) \|$", section, re.M):
            mapped.add(step)
            for symbol in re.findall(r"`([^`]+)`", code):
                if not is_there(symbol, texts, codes):
                    yield f"{page.name}: {model.stem}, {step}: there is no {symbol}"
        for step in sorted(mapped - steps):
            yield f"{page.name}: {model.stem} has no step {step}"
        for step in sorted(steps - mapped):
            yield f"{page.name}: {model.stem}: does not map {step}"
        _, broken, _ = instructions(model)
        for run in broken:
            variants.add(run.name)
            if f"`{run.name}`" not in section:
                yield f"{page.name}: {model.stem}: does not name the broken variant {run.name}"
    written_down = {name for path in [*parts, *models]
                    for name in re.findall(r"BROKEN_(\w+)", path.read_text())}
    for name in sorted(written_down - variants):
        yield f"no model runs BROKEN_{name}"
    for name in sorted(variants - written_down):
        yield f"nothing becomes different with BROKEN_{name}"


# ---------------------------------------------------------------------------- self-test

GOOD = """//: holds one -DROUNDS=2
//: holds ends -DROUNDS=1 -DENDS ltl=ends
//: broken lost "x==2"
//: broken stuck "invalid end state"
//: broken spins "acceptance cycle" -DROUNDS=1 -DENDS ltl=ends
byte x, done;
inline step() {
#ifdef BROKEN_lost
  byte seen;
  seen = x;
  x = seen + 1
#else
  x++
#endif
}
active [2] proctype p() {
#ifdef BROKEN_stuck
  x == 3;
#endif
#ifdef BROKEN_spins
  do
  :: x = x
  od;
#endif
  step();
  done++
}
active proctype q() {
  done == 2;
  assert(x == 2)
}
#ifdef ENDS
ltl ends { <> (done == 2) }
#endif
"""
PAGE = """## A model: `m`

| `one` | twice | 14 |
| `ends` | once | 9 |

| `step` | `box::put`, `order<"box.put">` |

`lost`, `stuck`, `spins`
"""
CODE = 'class box {\n  void put() { x.store(1, order<"box.put">(release)); }\n};\n'


def self_test():
    def problems(model=GOOD, page=None):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "m.pml"
            path.write_text(model)
            text = pathlib.Path(folder) / "page.md"
            text.write_text(page or "")
            return list(check(path, text if page else None, out=lambda _: None))

    def map_problems(page=PAGE, code=CODE, model=GOOD):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "include").mkdir()
            (root / "include" / "box.hpp").write_text(code)
            (root / "m.pml").write_text(model)
            (root / "page.md").write_text(page)
            return list(check_map(root / "page.md", [root / "m.pml"], root))

    def expect(found, part):
        assert any(part in one for one in found), (part, found)

    def part(*names):
        """The model with these runs only."""
        return "".join(line for line in GOOD.splitlines(True)
                       if not line.startswith("//: ") or line.split()[2].strip() in names)

    found = problems(page=PAGE)
    assert found == [], found
    small = part("one", "lost")
    expect(problems(small, PAGE.replace("14", "1,400")), "states")
    expect(problems(part("one")), "says no runs")
    expect(problems(part("lost", "one").replace("x == 2)", "x == 1)")), "assertion")
    expect(problems(small.replace("done == 2;", "done == 3;")), "invalid end state")
    expect(problems(part("ends", "lost").replace("<> (done", "[] (done")), "ends: assertion")
    expect(problems(small.replace("ifdef BROKEN_lost", "ifdef NEVER")), "is not found out")
    expect(problems(small.replace('lost "x==2"', 'lost "x==5"')), "not x==5, but")
    expect(problems(small.replace("done == 2;", "if :: x == 3 -> x = 4 :: done == 2 fi;")),
           "nobody reaches")
    expect(problems(small.replace("assert(x == 2)", "assert(x ==)")), "spin says")
    # What is left out is not proved.
    few = "byte n;\nactive proctype long() { do :: n < 200 -> n++ :: else -> break od }\n"
    global DEPTH
    depth, DEPTH = DEPTH, 50
    expect(problems(small + few), "max search depth")
    DEPTH = depth

    assert map_problems() == [], map_problems()
    expect(map_problems(PAGE.replace("box::put", "box::take")), "there is no box::take")
    expect(map_problems(PAGE.replace('"box.put"', '"box.get"')), "there is no order")
    expect(map_problems(code="class box {\n};\nvoid put();\n"), "there is no box::put")
    expect(map_problems(code=CODE.replace("void put", "// put\n  void take")), "there is no box::put")
    expect(map_problems(PAGE.replace("`step`", "`stride`")), "no step stride")
    expect(map_problems(PAGE.replace("| `step`", "`step`")), "does not map step")
    expect(map_problems(PAGE.replace("`stuck`", "")), "does not name the broken variant stuck")
    expect(map_problems(PAGE.replace("`m`", "`n`")), "no section about")
    expect(map_problems(model=GOOD.replace("//: broken stuck", "// broken stuck")),
           "no model runs BROKEN_stuck")
    expect(map_problems(model=GOOD.replace("ifdef BROKEN_stuck", "ifdef STUCK")),
           "nothing becomes different with BROKEN_stuck")
    expect(map_problems(PAGE + "\nOf the model only: `pace`.\n"), "no step pace")
    print("check.py: each check can fail")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=pathlib.Path)
    parser.add_argument("--map", type=pathlib.Path, metavar="PAGE")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("models", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    if not args.map and not shutil.which("spin"):
        print("there is no spin (Debian's package: spin)")
        return SKIP_EXIT
    if args.self_test:
        self_test()
        return 0
    wrong = list(check_map(args.map, args.models, ROOT) if args.map
                 else check(args.models[0], args.page))
    for problem in wrong:
        print(problem, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
