#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs a program in gdb to where it stops, and on its core file, and compares what is printed there
with sessions: files of lines `(gdb) COMMAND`, each before what it prints. Addresses may differ.

Usage: check.py PROGRAM LIBRARY-FOLDER SESSION...    the printers are found beside the library
       check.py --write ...                          brings the sessions up to date

Exits with 77 (skipped) where there is no gdb, or it may not trace.
"""
import difflib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP_EXIT = 77
# Where there is memory for objects; small numbers are to be as they are.
ADDRESS = re.compile(r"\b0x[0-9a-f]{8,}\b")


def gdb(printers, *arguments):
    command = ["gdb", "-batch", "-nx", "-iex", "set auto-load safe-path " + (printers or "/nowhere"),
               "-iex", "set debuginfod enabled off", "-ex", "set width 0", *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=100).stdout


def commands_of(sessions):
    arguments = []
    for line in "".join(sessions).splitlines():
        if line.startswith("(gdb) "):
            arguments += ["-ex", f"echo {line}\\n", "-ex", line[len("(gdb) "):]]
    return arguments


def plain(text):
    """The commands and what they printed, without comments."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    begin = next((i for i, line in enumerate(lines) if line.startswith("(gdb) ")), len(lines))
    return [line for line in lines[begin:] if line.strip()]


def differences(what, said, wanted):
    both = [[ADDRESS.sub("0x", line) for line in lines] for lines in (wanted, plain(said))]
    if both[0] != both[1]:
        yield "\n".join(difflib.unified_diff(*both, "wanted", what, n=1, lineterm=""))


def rewrite(paths, said):
    """The sessions with what was printed; comments stay where they were."""
    answers = re.split(r"^(?=\(gdb\) )", "\n".join(plain(said)) + "\n", flags=re.M)[1:]
    for path in paths:
        kept = [line for line in path.read_text().splitlines() if re.match(r"#|\(gdb\) ", line)]
        path.write_text("".join(line + "\n" if line[0] == "#" else answers.pop(0) for line in kept))


def main(arguments):
    write = arguments[0] == "--write"
    program, printers, *sessions = arguments[write:]
    if shutil.which("gdb") is None:
        print("skipped: there is no gdb")
        return SKIP_EXIT
    paths = [pathlib.Path(path) for path in sessions]
    texts = [path.read_text() for path in paths]
    wanted = plain("".join(texts))
    commands = commands_of(texts)
    found = []
    if "supported" in gdb(None, "-ex", "python print(1)"):
        print("skipped: this gdb has no Python")
        return SKIP_EXIT
    with tempfile.TemporaryDirectory() as folder:
        core = pathlib.Path(folder, "core")
        start = [program, "-ex", "break stop_here", "-ex", "run"]
        alive = gdb(printers, *start, "-ex", f"generate-core-file {core}", "-ex", "up", *commands)
        if "Operation not permitted" in alive and not core.exists():
            print("skipped: gdb may not trace here")
            return SKIP_EXIT
        if write:
            rewrite(paths, alive)
            return 0
        found += differences("the running program", alive, wanted)
        dead = gdb(printers, program, core, "-ex", "up", *commands)
        found += differences("its core file", dead, wanted)
        raw = gdb(None, program, core, "-ex", "up", *commands)
        if not list(differences("without the printers", raw, wanted)):
            found.append("the session is the same without the printers")
    for problem in found:
        print(problem)
    return 1 if found or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
