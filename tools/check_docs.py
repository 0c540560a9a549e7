#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Shows that the code in the docs is the code that is compiled and run.

In a page, a fenced block may say where it comes from:

    ```cpp file=docs/examples/first_object.cpp
    ```cpp file=tests/embed/toy_after.cpp region="1 attach"

Without a region the block is the whole file, from its first line that is no comment. In a source a
region is what lies between two marks; the marks of others inside of it are left out:

    // %%SHOAL 1 attach        (or %%WITHOUT 1 attach, in the version before)
    // %%END

Usage: check_docs.py [ROOT]                fails where a block and its file differ, where a block of
                                           C++ or Lua names no file (nor says not-run), and on links
                                           to nothing
       check_docs.py --pair BEFORE AFTER   fails where two sources differ outside of their marks
       check_docs.py --write [ROOT]        brings the blocks up to date
       check_docs.py --self-test           shows that each check can fail

A path of the tree in backquotes must be there, and so must a command or a suite that a page tells the
reader to run. Links lead to every page, from README.md on.
"""
import pathlib
import re
import sys
import tempfile
import textwrap

MARK = re.compile(r"^\s*(?://|--|#) %%(SHOAL|WITHOUT|END)\b ?(.*)$")
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PLACE = re.compile(r"`((?:tests|tools|lib|include|docs|benchmarks)/[\w./-]*)`")
COMMAND = re.compile(r"\./run ([a-z0-9]+)((?: (?:--)?[a-z_]+)*)")
PAGES = ("README.md", "CONTRIBUTING.md", "docs/**/*.md", "include/**/*.md",
         "lib/**/*.md", "benchmarks/**/*.md")
MUST_NAME_A_FILE = {"cpp", "lua"}
# lib/lua/tests/docs/text.lua compares this page with its programs.
CHECKED_ELSEWHERE = {"docs/how-to/from-lua.md"}


class Wrong(Exception):
    pass


def split(text, name):
    """(lines outside of all marks, {region: its lines}); one region may be in several pieces."""
    outside, regions, current = [], {}, None
    for number, line in enumerate(text.splitlines(), 1):
        mark = MARK.match(line)
        if not mark:
            (outside if current is None else regions[current]).append(line)
        elif mark.group(1) == "END":
            if current is None:
                raise Wrong(f"{name}:{number}: %%END ends nothing")
            current = None
        elif current is not None:
            raise Wrong(f"{name}:{number}: the mark '{current}' has no %%END")
        else:
            current = mark.group(2).strip()
            if current in regions:
                raise Wrong(f"{name}:{number}: there are two marks '{current}'")
            regions[current] = []
    if current is not None:
        raise Wrong(f"{name}: the mark '{current}' has no %%END")
    return outside, regions


def whole(text):
    lines = text.splitlines()
    while lines and (not lines[0].strip() or re.match(r"(//|--|#!)", lines[0])):
        lines.pop(0)
    return [line for line in lines if not MARK.match(line)]


def wanted(root, attributes):
    """The lines that a block with these attributes must have; None: it names no file."""
    said = {k: a or b for k, a, b in re.findall(r'(\w+)=(?:"([^"]*)"|(\S+))', attributes)}
    if "file" not in said:
        return None
    path = root / said["file"]
    if not path.is_file():
        raise Wrong(f"there is no {said['file']}")
    text = path.read_text()
    if "region" not in said:
        lines = whole(text)
    else:
        regions = split(text, said["file"])[1]
        if said["region"] not in regions:
            raise Wrong(f"{said['file']} has no region '{said['region']}'")
        lines = regions[said["region"]]
    return textwrap.dedent("\n".join(lines)).strip("\n") + "\n"


def pages(root):
    for pattern in PAGES:
        yield from sorted(root.glob(pattern))


def check(root, write=False):
    """Sentences about what is wrong, one at a time."""
    for page in pages(root):
        name = page.relative_to(root)
        text = page.read_text()

        def block(match):
            language, attributes, code = match.groups()
            line = text[: match.start()].count("\n") + 1
            try:
                code_there = wanted(root, attributes)
            except Wrong as why:
                problems.append(f"{name}:{line}: {why}")
                return match.group()
            if code_there is None:
                if (language in MUST_NAME_A_FILE and "not-run" not in attributes
                        and name.as_posix() not in CHECKED_ELSEWHERE):
                    problems.append(f"{name}:{line}: a block of {language} without file=")
                return match.group()
            if code != code_there and not write:
                problems.append(f"{name}:{line}: the block is not what{attributes} has")
            return f"```{language}{attributes}\n{code_there}```"

        problems = []
        new = FENCE.sub(block, text)
        for match in LINK.finditer(FENCE.sub("", text)):
            target = match.group(1)
            if "://" not in target and not (page.parent / target).exists():
                problems.append(f"{name}: links to {target}, which is not there")
        problems += told(root, name, text)
        yield from problems
        if write and new != text:
            page.write_text(new)
    yield from orphans(root)


def orphans(root):
    """Pages that no way of links leads to from README.md."""
    every, seen, todo = set(pages(root)), set(), [root / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page not in every:
            continue
        seen.add(page)
        for target in LINK.findall(FENCE.sub("", page.read_text())):
            if "://" not in target:
                todo.append((page.parent / target).resolve())
    for page in sorted(every - seen):
        yield f"{page.relative_to(root)}: no link leads there from README.md"


def told(root, name, text):
    """Paths that a page names and commands that it gives, and that are not there."""
    for place in PLACE.findall(FENCE.sub("", text)):
        if not (root / place).exists():
            yield f"{name}: names {place}, which is not there"
    if not (root / "run").exists():
        return
    commands = set(re.findall(r"^run_(\w+)\(\)", (root / "run").read_text(), re.M))
    suites = {suite for build in root.glob("**/meson.build") if "build/" not in build.as_posix()
              for line in re.findall(r"suite: (.*)", build.read_text())
              for suite in re.findall(r"'([\w-]+)'", line)}
    for command, rest in COMMAND.findall(text):
        if command not in commands:
            yield f"{name}: says ./run {command}, which is no command"
        elif command in ("test", "asan", "tsan"):
            for word in rest.split():
                if not word.startswith("--") and word not in suites:
                    yield f"{name}: says ./run {command} {word}, which is no suite"


def pair(before, after):
    """Word by word: how the lines are broken is the formatter's matter."""
    words = [[(word, line) for line in split(path.read_text(), path.name)[0]
              for word in line.split()] for path in (before, after)]
    for (a, in_a), (b, in_b) in zip(*words):
        if a != b:
            yield (f"{before.name} and {after.name} differ outside of their marks:\n"
                   f"  {in_a}\n  {in_b}")
            return
    if len(words[0]) != len(words[1]):
        yield f"{before.name} and {after.name} are not equally long outside of their marks"


def self_test():
    source = "// a\nint a;\n// %%SHOAL 1 b\n  int b;\n// %%END\nint c;\n"

    def problems(page, code=source):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            (root / "a.cpp").write_text(code)
            (root / "docs").mkdir()
            (root / "docs" / "a.md").write_text("# A\n" if "orphan" in page else "[b](../README.md)")
            page = page.replace("orphan", "") if "orphan" in page else page + "\n[a](docs/a.md)\n"
            (root / "README.md").write_text(page)
            (root / "run").write_text("run_test() {\n}\n")
            (root / "meson.build").write_text("test('a', a, suite: ['unit', 'b'])\n")
            return list(check(root))

    def pairs(before, after):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / name for name in ("before.cpp", "after.cpp")]
            for path, text in zip(paths, (before, after)):
                path.write_text(text)
            try:
                return list(pair(*paths))
            except Wrong as why:
                return [why]

    good = '```cpp file=a.cpp region="1 b"\nint b;\n```\n'
    assert not problems(good)
    assert not problems("```cpp file=a.cpp\nint a;\n  int b;\nint c;\n```\n")
    assert not problems("`a.cpp`, `./run test unit b`, and no `else`\n")
    assert not problems("[here](a.cpp)\n\n```cpp not-run\n[nowhere](b.cpp)\n```\n")
    for bad in (good.replace("int b", "int d"), good.replace("1 b", "2 b"),
                good.replace("a.cpp", "b.cpp"), "```cpp\nint a;\n```\n", "[here](b.cpp)",
                "```lua\nprint(1)\n```\n", "see `tests/a.cpp`", "./run demo", "./run test c", "orphan"):
        assert problems(bad), bad
    assert problems(good, source.replace("// %%END\n", ""))
    before = source.replace("SHOAL", "WITHOUT").replace("int b", "int d")
    assert not pairs(before, source)
    assert pairs(before.replace("int a", "int x"), source)
    assert pairs(before + "int e;\n", source)
    assert pairs(before.replace("// %%END\n", ""), source)
    print("check_docs.py: each check can fail")


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        return self_test()
    try:
        if arguments[:1] == ["--pair"]:
            found = list(pair(*map(pathlib.Path, arguments[1:3])))
        else:
            roots = [a for a in arguments if not a.startswith("--")]
            root = pathlib.Path(roots[0] if roots else pathlib.Path(__file__).parent.parent)
            found = list(check(root.resolve(), "--write" in arguments))
    except Wrong as why:
        found = [why]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
