#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A file that must not compile, and the sentence the compiler must say.

The file holds the mistake between #ifdef MISTAKE and #endif, and a line `// says: <sentence>`.
Without MISTAKE it must compile, so that nothing else is wrong with it.

Usage: check.py FILE COMPILER...
"""
import re
import subprocess
import sys


def main(source, *compiler):
    text = open(source).read()
    sentence = re.search(r"^// says: (.+)$", text, re.M).group(1)
    command = [*compiler, "-fsyntax-only", "-x", "c++", source]
    right = subprocess.run(command, capture_output=True, text=True)
    if right.returncode:
        print(f"fails without the mistake:\n{right.stderr}")
        return 1
    wrong = subprocess.run([*command, "-DMISTAKE"], capture_output=True, text=True)
    if not wrong.returncode:
        print("the mistake compiles")
        return 1
    if sentence not in wrong.stderr:
        print(f"does not say: {sentence}\n{wrong.stderr}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
