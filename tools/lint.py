#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The rules of the house that a compiler does not check.

Usage: lint.py [CHECK...]    runs the named checks, or all of them; fails when one finds something
       lint.py --list        names the checks
       lint.py --sources     names the files that clang-format keeps
       lint.py --self-test   shows that every check can fail
"""
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import lists  # noqa: E402
import orders  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Which floors each floor may include. heap and local are neighbours: neither knows the other.
BELOW = {"base": set(), "type": {"base"}, "object": {"base", "type"}}
BELOW["local"] = BELOW["heap"] = {"base", "type", "object"}
BELOW["agent"] = BELOW["local"] | {"local", "heap"}
BELOW["sync"] = BELOW["agent"] | {"agent"}
BELOW["embed"] = BELOW["sync"] | {"sync"}

SKIPPED = {".git", "build", "subprojects", "__pycache__", ".cache"}
SKIP_EXIT = 77


def tree(suffixes):
    """Paths (relative, posix) of the tree's files with one of these suffixes; "" is any text."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if SKIPPED & set(parts) or parts[0].startswith("build") or not path.is_file():
            continue
        if not suffixes or path.suffix in suffixes:
            yield path.relative_to(ROOT).as_posix()


def code_of(text):
    """text without comments and without the insides of strings, line numbers kept."""
    token = re.compile(
        r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|R"\((?:.*?)\)"', re.S)

    def blank(match):
        found = match.group()
        if found[0] in "\"'":
            return found[0] * 2
        return "\n" * found.count("\n")

    # A digit separator is no quotation mark.
    return token.sub(blank, re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "", text))


def floor_of(path):
    found = re.match(r"(?:include|lib)/shoal/([a-z]+)/", path)
    return found.group(1) if found else None


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1), found.group(2)


# --------------------------------------------------------------------- checks on one file's text
# Each yields (line, message).

def layers(path, text):
    """A folder includes only folders on lower floors, each through its one header."""
    ours = path.startswith(("include/shoal/", "lib/"))
    if not ours or not path.endswith((".hpp", ".cpp")):
        return
    floor = floor_of(path)
    if floor and floor not in BELOW:
        yield 1, f"{floor} is no floor of the house"
        return
    for number, bracket, name in includes(text):
        target = re.fullmatch(r"shoal/([a-z]+)/([a-z0-9_]+)\.hpp", name)
        if bracket == '"' and path.startswith("include/"):
            yield number, f'"{name}": public headers are included as <shoal/...>'
        if not target:
            if name == "shoal/shoal.hpp" and path.startswith(("include/", "lib/shoal/")):
                yield number, "shoal.hpp is for users; include the floors that are needed"
            continue
        other, header = target.groups()
        if other not in BELOW:
            yield number, f"<{name}>: {other} is no floor of the house"
        elif other == floor:
            if header == floor and path.startswith("include/"):
                yield number, f"<{name}>: siblings include each other directly"
        elif floor and other not in BELOW[floor]:
            yield number, f"<{name}>: {floor} may not know {other}"
        elif header != other and header != "jemalloc_supply":
            yield number, f"<{name}>: other floors are included through <shoal/{other}/{other}.hpp>"


ATOMIC_WORDS = re.compile(
    r"\b(?:std::(?:experimental::)?atomic\w*|boost::atomic\w*|boost::atomics\b|"
    r"(?:std|boost)::memory_order\w*|memory_order_\w+|__atomic_\w+|__sync_\w+|"
    r"std::(?:recursive_|shared_|timed_|recursive_timed_|shared_timed_)?mutex|"
    r"std::condition_variable\w*|std::(?:lock_guard|unique_lock|shared_lock|scoped_lock)|"
    r"std::(?:once_flag|call_once|counting_semaphore|binary_semaphore|latch|barrier)|"
    r"pthread_(?:mutex|cond|rwlock|spin|once)\w*|SYS_futex|__NR_futex|_mm_[lms]fence|"
    r"__builtin_ia32_\w*fence|volatile|asm|__asm__|"
    r"using namespace (?:std|boost)|namespace \w+ = (?:::)?(?:std|boost))\b")
ATOMIC_HEADERS = {"atomic", "mutex", "shared_mutex", "condition_variable", "semaphore", "latch",
                  "barrier", "stdatomic.h", "linux/futex.h"}


def atomics(path, text):
    """Only floor 0 names an atomic type, a lock or a native memory order."""
    if not path.startswith(("include/shoal/", "lib/shoal")) or floor_of(path) == "base":
        return
    for number, line in enumerate(code_of(text).splitlines(), 1):
        for found in ATOMIC_WORDS.finditer(line):
            yield number, f"{found.group()} belongs to include/shoal/base"
    for number, _, name in includes(text):
        if name in ATOMIC_HEADERS or name.startswith("boost/atomic"):
            yield number, f"<{name}> belongs to include/shoal/base"


def heads(path, text):
    """Licence line first; headers have #pragma once."""
    if not path.endswith((".hpp", ".h", ".cpp")):
        return
    if not text.startswith("// SPDX-License-Identifier: BSL-1.0\n"):
        yield 1, "the first line is // SPDX-License-Identifier: BSL-1.0"
    if path.endswith((".hpp", ".h")) and not re.search(r"^#pragma once$", text, re.M):
        yield 1, "no #pragma once"


def locals(path, text):
    """No thread_local: fast paths take the agent."""
    if not path.startswith(("include/", "lib/shoal")):
        return
    for number, line in enumerate(code_of(text).splitlines(), 1):
        if re.search(r"\b(?:thread_local|__thread)\b", line):
            yield number, "thread_local costs a look-up per access in a shared library"


def notes(path, text):
    """What is left to do is an issue, not a comment."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b", line):
            yield number, "left to do"


# --------------------------------------------------------------------- checks on the whole tree
# `files` maps paths to texts. Each yields (path, line, message).

def gathered(files):
    """The one header of a floor reaches all of that floor's headers, and shoal.hpp all floors."""
    apart = {"jemalloc_supply.hpp"}
    for path in files:
        floor = floor_of(path)
        if not floor or not path.startswith("include/") or path.endswith("_model.hpp"):
            continue
        if path.split("/")[-1] in apart:
            continue
        if path not in reached(files, f"include/shoal/{floor}/{floor}.hpp"):
            yield path, 1, f"not reached from <shoal/{floor}/{floor}.hpp>"
    whole = "include/shoal/shoal.hpp"
    if whole in files:
        for floor in BELOW:
            one = f"include/shoal/{floor}/{floor}.hpp"
            if one in files and one not in reached(files, whole):
                yield whole, 1, f"does not reach <shoal/{floor}/{floor}.hpp>"


def reached(files, start):
    seen, todo = set(), [start]
    while todo:
        path = todo.pop()
        if path in seen or path not in files:
            continue
        seen.add(path)
        todo += ["include/" + name for _, _, name in includes(files[path])]
    return seen


def listed(files):
    """Every source, and every public header, is named in a meson.build."""
    builds = {p: t for p, t in files.items() if p.endswith("meson.build")}
    for path in files:
        if not (path.endswith(".cpp") or path.startswith("include/") and path.endswith(".hpp")):
            continue
        folder, parts = "", path.split("/")
        names = set()
        for depth in range(len(parts)):
            build = "/".join(parts[:depth] + ["meson.build"])
            if f"'{'/'.join(parts[depth:])}'" in builds.get(build, ""):
                names.add(build)
        # The one-file build is compiled by the consumer tests, outside of Meson.
        if not names and path != "lib/shoal.cpp":
            yield path, 1, "in no meson.build; ./run lists"


def version(files):
    """meson.build, config.hpp and CHANGELOG.md name one version."""
    declared = re.search(r"version: '([0-9.]+)'", files["meson.build"]).group(1)
    config = files["include/shoal/base/config.hpp"]
    parts = [re.search(rf"SHOAL_VERSION_{p} (\d+)", config) for p in ("MAJOR", "MINOR", "PATCH")]
    header = ".".join(p.group(1) if p else "?" for p in parts)
    if header != declared:
        yield "include/shoal/base/config.hpp", 1, f"says {header}, meson.build {declared}"
    if f"## {declared}" not in files["CHANGELOG.md"]:
        yield "CHANGELOG.md", 1, f"has no section for {declared}"


FILE_CHECKS = {f.__name__: f for f in (layers, atomics, heads, locals, notes)}
TREE_CHECKS = {f.__name__: f for f in (gathered, listed, version)}


def outdated_lists():
    for path, _ in lists.outdated(ROOT):
        yield path.relative_to(ROOT).as_posix(), 1, "lists out of date; ./run lists"


def formatting(sources):
    """clang-format's complaints about these files, as text; None where there is no version 14."""
    tool = shutil.which("clang-format")
    if not tool:
        return None
    said = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    if " 14." not in said:
        return None
    # Compares texts: --dry-run of version 14 also complains where it would change nothing.
    def formatted(paths):
        return subprocess.run([tool, *paths], cwd=ROOT, capture_output=True, text=True).stdout

    if formatted(sources) == "".join((ROOT / p).read_text() for p in sources):
        return ""
    ugly = [p for p in sources if formatted([p]) != (ROOT / p).read_text()]
    return "".join(f"{p}: format: ./run format\n" for p in ugly)


def run(names):
    files = {path: (ROOT / path).read_text(errors="replace") for path in tree(())}
    bad = skipped = 0
    for name in names:
        found = []
        if name in FILE_CHECKS:
            found = [(p, *f) for p, t in files.items() for f in FILE_CHECKS[name](p, t)]
        elif name in TREE_CHECKS:
            found = list(TREE_CHECKS[name](files))
            if name == "listed":
                found += list(outdated_lists())
        elif name == "orders":
            found = list(orders.lint())
        elif name == "format":
            said = formatting(list(tree((".hpp", ".cpp", ".h"))))
            if said is None:
                print("format: skipped, there is no clang-format 14", file=sys.stderr)
                skipped += 1
            elif said:
                print(said, end="", file=sys.stderr)
                bad += 1
        else:
            sys.exit(f"no such check: {name}")
        for path, line, message in found:
            print(f"{path}:{line}: {name}: {message}", file=sys.stderr)
        bad += len(found)
    if bad:
        return 1
    return SKIP_EXIT if skipped == len(names) else 0


# --------------------------------------------------------------------- self-test

SPDX = "// SPDX-License-Identifier: BSL-1.0\n"
# check, path, text, how many findings it must have
FILE_CASES = [
    ("layers", "include/shoal/type/a.hpp", "#include <shoal/object/object.hpp>\n", 1),
    ("layers", "include/shoal/type/a.hpp", "#include <shoal/base/base.hpp>\n", 0),
    ("layers", "include/shoal/type/a.hpp", "#include <shoal/base/cell.hpp>\n", 1),
    ("layers", "include/shoal/type/a.hpp", "#include <shoal/type/b.hpp>\n", 0),
    ("layers", "include/shoal/type/a.hpp", "#include <shoal/type/type.hpp>\n", 1),
    ("layers", "lib/shoal/type/a.cpp", "#include <shoal/type/type.hpp>\n", 0),
    ("layers", "include/shoal/heap/a.hpp", "#include <shoal/local/local.hpp>\n", 1),
    ("layers", "include/shoal/local/a.hpp", "#include <shoal/heap/heap.hpp>\n", 1),
    ("layers", "include/shoal/agent/a.hpp", "#include <shoal/heap/heap.hpp>\n", 0),
    ("layers", "lib/shoal/agent/a.cpp", "#include <shoal/embed/embed.hpp>\n", 1),
    ("layers", "include/shoal/embed/a.hpp", "#include <shoal/sync/sync.hpp>\n", 0),
    ("layers", "include/shoal/base/a.hpp", "#include <shoal/shoal.hpp>\n", 1),
    ("layers", "include/shoal/base/a.hpp", '#include "b.hpp"\n', 1),
    ("layers", "include/shoal/shoal.hpp", "#include <shoal/base/base.hpp>\n", 0),
    ("layers", "include/shoal/shoal.hpp", "#include <shoal/base/cell.hpp>\n", 1),
    ("layers", "include/shoal/attic/a.hpp", "", 1),
    ("layers", "lib/lua/a.cpp", "#include <shoal/agent/scope.hpp>\n", 1),
    ("layers", "lib/lua/a.cpp", "#include <shoal/shoal.hpp>\n", 0),
    ("atomics", "include/shoal/type/a.hpp", "std::atomic<int> a;\n", 1),
    ("atomics", "include/shoal/type/a.hpp", "boost::atomic_ref<int> a(b);\n", 1),
    ("atomics", "include/shoal/type/a.hpp", "f(std::memory_order_relaxed);\n", 1),
    ("atomics", "include/shoal/type/a.hpp", "__atomic_load_n(p, 0);\n", 1),
    ("atomics", "lib/shoal/agent/a.cpp", "std::mutex m;\n", 1),
    ("atomics", "lib/shoal/agent/a.cpp", "#include <mutex>\n", 1),
    ("atomics", "lib/shoal.cpp", "std::mutex m;\n", 1),
    ("atomics", "lib/shoal.cpp", "using namespace std;\n", 1),
    ("atomics", "lib/shoal.cpp", "namespace s = std;\n", 1),
    ("atomics", "lib/shoal.cpp", "syscall(__NR_futex, &w);\n", 1),
    ("atomics", "lib/shoal.cpp", 'asm volatile("mfence");\n', 2),
    ("atomics", "lib/shoal.cpp", "int plasma, volatile_memory;\n", 0),
    ("atomics", "include/shoal/base/a.hpp", "std::atomic<int> a;\n", 0),
    ("atomics", "include/shoal/type/a.hpp", "// not std::atomic\n", 0),
    ("atomics", "include/shoal/type/a.hpp", 'f("std::mutex");\n', 0),
    ("atomics", "include/shoal/type/a.hpp", "f(1'000, std::mutex{}, 2'000);\n", 1),
    ("atomics", "tests/unit/a.cpp", "std::atomic<int> a;\n", 0),
    ("heads", "include/shoal/base/a.hpp", SPDX + "#pragma once\n", 0),
    ("heads", "include/shoal/base/a.hpp", SPDX, 1),
    ("heads", "include/shoal/base/a.hpp", "#pragma once\n", 1),
    ("heads", "tests/unit/a.cpp", "int main() {}\n", 1),
    ("heads", "tests/unit/a.cpp", SPDX, 0),
    ("locals", "include/shoal/base/a.hpp", "thread_local int a;\n", 1),
    ("locals", "lib/shoal/base/a.cpp", "static __thread int a;\n", 1),
    ("locals", "include/shoal/base/a.hpp", "class thread_local_function; // thread_local\n", 0),
    ("notes", "lib/shoal/a.cpp", "// TO" "DO: later\n", 1),
    ("notes", "run", "# FIX" "ME\n", 1),
    ("notes", "lib/shoal/a.cpp", "// done\n", 0),
]
BASE = "include/shoal/base/base.hpp"
CONFIG = "".join(f"#define SHOAL_VERSION_{p} {n}\n" for p, n in
                 (("MAJOR", 0), ("MINOR", 1), ("PATCH", 0)))
VERSIONS = {"meson.build": "version: '0.1.0',", "include/shoal/base/config.hpp": CONFIG,
            "CHANGELOG.md": "## 0.1.0\n"}
TREE_CASES = [
    ("gathered", {BASE: "#include <shoal/base/a.hpp>\n", "include/shoal/base/a.hpp": ""}, 0),
    ("gathered", {BASE: "", "include/shoal/base/a.hpp": ""}, 1),
    ("gathered", {BASE: "", "include/shoal/shoal.hpp": ""}, 1),
    ("listed", {"meson.build": "", "tests/a.cpp": ""}, 1),
    ("listed", {"tests/meson.build": "'a.cpp'", "tests/a.cpp": ""}, 0),
    ("listed", {"meson.build": "'tests/b.cpp'", "tests/a.cpp": ""}, 1),
    ("listed", {"include/meson.build": "", "include/shoal/base/a.hpp": ""}, 1),
    ("version", VERSIONS, 0),
    ("version", {**VERSIONS, "meson.build": "version: '0.2.0',"}, 2),
]
LIST = "f(\n  # list: *.cpp\n  [\n    'gone.cpp',\n  ],\n  x,\n)\n"


def self_test():
    wrong = []
    for name, path, text, count in FILE_CASES:
        found = list(FILE_CHECKS[name](path, text))
        if len(found) != count:
            wrong.append(f"{name} on {path} {text!r}: {found}, not {count}")
    for name, files, count in TREE_CASES:
        found = list(TREE_CHECKS[name](files))
        if len(found) != count:
            wrong.append(f"{name} on {sorted(files)}: {found}, not {count}")
    if lists.rewrite(LIST, lambda pattern: ["new.cpp"]) != LIST.replace("gone", "new"):
        wrong.append("lists: a file that is gone stays")
    if lists.rewrite(LIST, lambda pattern: ["gone.cpp"]) != LIST:
        wrong.append("lists: a list that is right changes")
    if formatting([]) is not None:
        ugly = ROOT / "build" / "lint_self_test.cpp"
        ugly.parent.mkdir(exist_ok=True)
        ugly.write_text("int  main( ){return 0 ;}\n")
        if not formatting([str(ugly)]):
            wrong.append("format: an ugly file passes")
        ugly.unlink()
    wrong += orders.self_test_failures()
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(FILE_CASES) + len(TREE_CASES) + 2} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


def main(args):
    every = [*FILE_CHECKS, *TREE_CHECKS, "orders", "format"]
    if "--self-test" in args:
        return self_test()
    if "--list" in args or "--sources" in args:
        print("\n".join(every if "--list" in args else tree((".hpp", ".cpp", ".h"))))
        return 0
    return run(args or every)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
