#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Mistakes that must not compile, and the sentence that the compiler must say.

A file holds mistakes, each between lines of its own, numbered from 1:

    #if MISTAKE == 1  // says: a load is unordered, acquire or seq_cst
      agent.load(object, x, shoal::release);
    #endif

Without a mistake the file must compile, so that nothing else is wrong with it. With one it must
not, and one of the compiler's messages must have the sentence: `|` stands between what different
compilers say, and a second line begins with `// or:` (a backslash before it keeps clang-format from
moving it). What a compiler quotes of the source is no message.

Usage: check.py FILE -- COMPILER [ARGUMENT...]
       check.py --self-test -- COMPILER [ARGUMENT...]

Exits with 77 (skipped) where there is no such compiler.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP_EXIT = 77
INCLUDE = re.compile(r"^#include <.+>$", re.M)
MARK = re.compile(r"^#if MISTAKE == (\d+)  // says: (.+(?:\n *// or: .+)?)$", re.M)
BETWEEN = re.compile(r" \| | ?\\?\n *// or: ")


def run(compiler, *arguments):
    """What the compiler says, or None where it compiles."""
    done = subprocess.run([*compiler, *arguments], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})
    return done.stderr if done.returncode else None


def precompile(compiler, text, folder):
    """The compiler with the headers that the text begins with read already: of many compilations
    they are nearly all the work."""
    code = re.sub(r"^//.*\n", "", text, flags=re.M).lstrip()
    if not code.startswith("#include"):
        return compiler
    header = pathlib.Path(folder, "headers.hpp")
    header.write_text("\n".join(INCLUDE.findall(text)) + "\n")
    wrong = run(compiler, "-x", "c++-header", "-o", f"{header}.gch", str(header))
    return compiler if wrong else [*compiler, "-include", str(header)]


def compile_with(compiler, source, mistake):
    return run(compiler, "-fsyntax-only", "-Werror=unused-result", "-Werror=unused-value",
               f"-DMISTAKE={mistake}", source)


def check(compiler, source):
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(source).read_text()
        yield from check_text(precompile(compiler, text, folder), source, text)


def check_text(compiler, source, text):
    """Sentences about what is wrong with the file."""
    mistakes = MARK.findall(text)
    if not mistakes or [int(number) for number, _ in mistakes] != list(range(1, len(mistakes) + 1)):
        yield f"the mistakes are not numbered from 1: {[number for number, _ in mistakes]}"
        return
    said = compile_with(compiler, source, 0)
    if said is not None:
        yield f"fails without a mistake:\n{said}"
        return
    for number, sentences in mistakes:
        said = compile_with(compiler, source, number)
        if said is None:
            yield f"mistake {number} compiles ({sentences})"
        elif not any(sentence in said for sentence in BETWEEN.split(sentences)):
            yield f"mistake {number} does not say: {sentences}\n{said}"


def self_test(compiler):
    good = ('#if MISTAKE == 1  // says: no such thing | not so\nstatic_assert(false, "not so");\n'
            "#endif\n")
    cases = [(good, 0), (good + "int a = b;\n", 1), (good.replace("false", "true"), 1),
             (good.replace("not so", "or so", 1), 1), (good.replace("== 1", "== 2"), 1), ("", 1),
             # A second line; each of its sentences will do, and the one before it.
             (good.replace(" | not so", " \\\n    // or: not so"), 0),
             (good.replace("no such thing | not so", "not so \\\n    // or: no such thing"), 0),
             # What is only quoted has not been said.
             (good.replace('"not so"', '"no"').replace(");", ");  // not so"), 1)]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "source.cpp")
        for text, wrong in cases:
            source.write_text(text)
            found = list(check(compiler, str(source)))
            if len(found) != wrong:
                yield f"{len(found)} findings, not {wrong}, in:\n{text}\n{found}"


def main(what, _, *compiler):
    program = shutil.which(compiler[0])
    if program is None:
        print(f"skipped: there is no {compiler[0]}")
        return SKIP_EXIT
    quotes = "-fno-caret-diagnostics" if "clang" in compiler[0] else "-fno-diagnostics-show-caret"
    compiler = [program, *compiler[1:], "-std=c++20", quotes]
    found = list(self_test(compiler) if what == "--self-test" else check(compiler, what))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
