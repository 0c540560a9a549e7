#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Prints what `meson test` with these arguments needs built, as targets of ninja.

Usage: needed.py BUILD [--suite NAME | --no-suite NAME | --setup NAME]...

What the suites need that a setup leaves out is printed as well: it is little. Of tests that need
nothing, build.ninja is printed; of no tests, nothing.
"""
import json
import pathlib
import sys


def main(build, *arguments):
    said = list(zip(arguments[::2], arguments[1::2]))
    wanted = {name for option, name in said if option == "--suite"}
    unwanted = {name for option, name in said if option == "--no-suite"}
    info = pathlib.Path(build, "meson-info")
    files = {}
    for target in json.loads((info / "intro-targets.json").read_text()):
        files[target["id"]] = [str(pathlib.Path(name).relative_to(pathlib.Path(build).resolve()))
                               for name in target["filename"]]
    needed = set()
    for test in json.loads((info / "intro-tests.json").read_text()):
        suites = {suite.split(":")[-1] for suite in test["suite"]}
        if (not wanted or suites & wanted) and not suites & unwanted:
            needed.add("build.ninja")
            needed.update(name for target in test["depends"] for name in files[target])
    print("\n".join(sorted(needed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
