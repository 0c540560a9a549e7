#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Instructions and bytes of the inlined fast paths, beside the same work by hand.

Usage: size.py [--write]                            the counts, as docs/reference has them
       size.py --code [--cxx COMPILER] [FILE]       the instructions of each extern "C" function;
                                                    FILE is tests/codegen/paths.cpp unless given
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "codegen"))
import check  # noqa: E402
import count  # noqa: E402


def functions(compiler, source):
    """{name: (bytes, [instruction, ...])} of the functions with C names."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = f"{folder}/size.o"
        count.compile_to(compiled, compiler, source, *check.FLAGS, "-ffunction-sections")
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
    parser.add_argument("--write", action="store_true", help="bring the table in the docs up to date")
    parser.add_argument("--cxx", action="append")
    parser.add_argument("--code", action="store_true", help="print the instructions")
    parser.add_argument("file", nargs="?", type=pathlib.Path,
                        default=ROOT / "tests" / "codegen" / "paths.cpp")
    args = parser.parse_args()
    compilers = args.cxx or [c for c in count.COMPILERS if shutil.which(c)]
    if not args.code:
        return count.run(compilers, write=args.write, show=True)
    for compiler in compilers:
        print(f"{compiler}  bytes  instructions")
        for name, (size, code) in functions(compiler, args.file).items():
            print(f"  {name:40} {size:5} {len(code):5}")
            print("".join(f"      {instruction}\n" for instruction in code), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
