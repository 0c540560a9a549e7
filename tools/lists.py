#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Keeps the lists of files in meson.build files and in lib/shoal.cpp.

Meson has no globs, on purpose. A list is marked by a comment, with paths relative to its file:

    # list: unit/**/*.cpp except unit/helper.cpp
    unit_tests = [
      'unit/a.cpp',
    ]

    // list: shoal/**/*.cpp
    #include "shoal/a.cpp"

Usage: lists.py [--write] [ROOT]   without --write, says what is out of date and fails.
"""
import pathlib
import re
import sys

MARK = re.compile(r"^\s*(?:#|//) list: (.+)$")


def wanted(folder, pattern):
    globs, _, excepted = pattern.partition(" except ")
    found = {p for glob in globs.split() for p in folder.glob(glob) if p.is_file()}
    found -= {p for glob in excepted.split() for p in folder.glob(glob)}
    return sorted(p.relative_to(folder).as_posix() for p in found)


def rewrite(text, listing):
    """text with every marked list replaced by what listing(pattern) returns."""
    out, lines, at = [], text.splitlines(), 0
    while at < len(lines):
        line = lines[at]
        out.append(line)
        at += 1
        mark = MARK.match(line)
        if not mark:
            continue
        paths = listing(mark.group(1))
        if line.lstrip().startswith("//"):
            while at < len(lines) and lines[at].startswith("#include"):
                at += 1
            out += [f'#include "{path}"' for path in paths]
        else:
            indent = re.match(r"\s*", lines[at]).group()
            out.append(lines[at])
            at += 1
            while lines[at].strip().rstrip(",") not in ("]", ")"):
                at += 1
            out += [f"{indent}  '{path}'," for path in paths]
    return "\n".join(out) + "\n"


def listing_files(root):
    skipped = {"build", "subprojects", ".git"}
    for path in sorted(root.rglob("meson.build")):
        if not skipped & set(path.relative_to(root).parts[:1]):
            yield path
    single = root / "lib" / "shoal.cpp"
    if single.exists():
        yield single


def outdated(root):
    """(file, new text) for every file whose lists do not match the tree."""
    for path in listing_files(root):
        old = path.read_text()
        new = rewrite(old, lambda pattern: wanted(path.parent, pattern))
        if new != old:
            yield path, new


def main(args):
    write = "--write" in args
    roots = [a for a in args if not a.startswith("-")]
    root = pathlib.Path(roots[0] if roots else pathlib.Path(__file__).parent.parent).resolve()
    bad = 0
    for path, text in outdated(root):
        bad += 1
        if write:
            path.write_text(text)
        print(f"{path.relative_to(root)}: {'updated' if write else 'out of date; ./run lists'}")
    return 1 if bad and not write else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
