#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Bytes and instructions of inlined fast paths: one line per extern "C" function of a file.

Usage: size.py [--cxx COMPILER] [--code] [FILE]      FILE is tests/codegen/paths.cpp unless given
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def functions(compiler, source):
    """{name: (bytes, [instruction, ...])} of the functions with C names."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = f"{folder}/size.o"
        subprocess.run([compiler, "-std=c++20", "-O3", "-DNDEBUG", "-DSHOAL_CHECKS=1",
                        "-fcf-protection=none", "-ffunction-sections", "-fPIC", f"-I{ROOT}/include", "-c",
                        str(source), "-o", compiled], check=True)
        names = subprocess.run(["nm", "-S", "--defined-only", compiled], check=True,
                               capture_output=True, text=True).stdout
        text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", compiled], check=True,
                              capture_output=True, text=True).stdout
    found = {}
    for size, name in re.findall(r"^\w+ (\w+) T ([a-z]\w*)$", names, re.M):
        body = re.search(rf"<{name}>:\n(.*?)(?:\n\n|\Z)", text, re.S).group(1)
        code = [line.split("\t", 1)[1].strip() for line in body.splitlines() if "\t" in line]
        found[name] = (int(size, 16), code)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cxx", action="append")
    parser.add_argument("--code", action="store_true", help="print the instructions too")
    parser.add_argument("file", nargs="?", type=pathlib.Path, default=ROOT / "tests" / "codegen" / "paths.cpp")
    args = parser.parse_args()
    compilers = args.cxx or [c for c in ("g++", "clang++") if shutil.which(c)]
    for compiler in compilers:
        print(f"{compiler}  bytes  instructions")
        for name, (size, code) in functions(compiler, args.file).items():
            print(f"  {name:40} {size:5} {len(code):5}")
            if args.code:
                print("".join(f"      {instruction}\n" for instruction in code), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
