#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A file built with one check level must not link with a libshoal built with another.

Usage: mixed_checks.py LIBSHOAL LEVEL SOURCE INCLUDE COMPILER...
"""
import pathlib
import subprocess
import sys
import tempfile


def main(library, level, source, include, *compiler):
    folder = pathlib.Path(library).parent
    with tempfile.TemporaryDirectory() as work:
        for tried in ("0", "1", "2"):
            ran = subprocess.run(
                [*compiler, "-std=c++20", f"-DSHOAL_CHECKS={tried}", f"-I{include}", source,
                 "-o", f"{work}/program", library, f"-Wl,-rpath,{folder}", "-pthread"],
                capture_output=True, text=True)
            if tried == level:
                if ran.returncode:
                    print(f"the library's own level does not link:\n{ran.stderr}")
                    return 1
            elif not ran.returncode:
                print(f"SHOAL_CHECKS={tried} links with a library of level {level}")
                return 1
            elif "undefined reference" not in ran.stderr:
                print(f"fails, but not for the namespace:\n{ran.stderr}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
