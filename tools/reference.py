#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the public headers say of themselves: checked, and printed as an index.

A header's first comment has the lines Thread safety, Progress and Layer. Each public name has a
comment: its own, its group's, its section's, or, of what a header is named for, the header's.
Members that every type of their kind has, and names that say all there is, need none. What answers an
errc, an error or a result says which errors.

Usage: reference.py [ROOT]           says what is missing, and whether the index is up to date
       reference.py --write [ROOT]   brings docs/reference/README.md up to date
       reference.py --self-test      shows that each check can fail
"""
import pathlib
import re
import sys

import headers

INDEX = "docs/reference/README.md"
FLOORS = ("base", "type", "object", "local", "heap", "agent", "sync", "embed")
HEAD_LINES = ("Thread safety", "Progress", "Layer")
# Headers that only gather others.
GATHERING = {"shoal.hpp", *(f"{floor}.hpp" for floor in FLOORS)} - {"agent.hpp"}
CONVENTIONAL = {"size", "empty", "data", "begin", "end", "get", "operator*", "operator->",
                "operator[]", "operator==", "operator bool", "operator=", "what", "name"}


def errors_of(text):
    return re.findall(r"^  (\w+),", re.search(r"enum class errc.*?\{(.*?)\};", text, re.S)[1], re.M)


def is_plain(one):
    """Declarations that need no words of their own."""
    if one.default or one.kind in ("enumerator", "using"):
        return True
    if one.kind in ("class", "enum") and (not one.name or len(one.scope) > 1):
        return True  # a part of the class around it
    if one.kind in ("variable", "alias") and one.scope and one.scope[-1] != "shoal":
        return True
    if one.kind == "function" and one.scope and one.scope[-1] != "shoal":
        last = one.scope[-1]
        return one.name in CONVENTIONAL or one.name in (last, "~" + last)
    return one.kind == "macro" and one.name.endswith("_")


def check_header(path, text, codes):
    """(line, what is wrong) of one header."""
    read = headers.read(text)
    head, declared = read.head, read.declared
    name = path.split("/")[-1]
    if name in GATHERING:
        return
    said = "\n".join(head)
    for line in HEAD_LINES:
        if not re.search(rf"\b{line}\b[^:\n]*:", said, re.I):
            yield 1, f"the first comment does not say: {line}"
    titles = headers.title_names(head)
    seen = set()
    for one in declared:
        if not headers.is_public(one):
            continue
        comments = [one.text] + ([one.section] if headers.is_sentence(one.section) else [])
        documented = any(comments) or one.name in titles or is_plain(one) or one.name in seen
        if documented:
            seen.add(one.name) if one.kind in ("class", "macro") else None
        else:
            yield one.line, f"{one.kind} {one.full_name} has no comment"
        if one.kind == "function" and not one.default and answers_errors(one):
            words = " ".join(comments + ([said] if one.name in titles else []))
            if not says_errors(words, codes):
                yield one.line, f"{one.full_name} does not say its errors"


def answers_errors(one):
    before = one.head.split(one.name + "(")[0]
    before = re.sub(r"\[\[\w+\]\]|template <.*?> |SHOAL_\w+|static|inline|constexpr|friend", " ", before)
    if re.search(r"\benum\b", before):
        return False
    return bool(re.match(r"\s*(?:template <.*> )?\s*(?:requires.*)?\s*(?:errc|(?:class )?error|result<.*>)\s*$",
                         before)) and one.scope[-1:] not in (("error",), ("result",), ("prototype",))


def says_errors(words, codes):
    if re.search(r"\b[Ee]rrors\b", words) or re.search(r"\bthose of\b", words):
        return True
    return any(re.search(rf"\b{code}\b", words) for code in codes)


def tree(root):
    base = root / "include" / "shoal"
    for path in sorted(base.rglob("*.hpp")):
        if not path.name.endswith("_model.hpp"):
            yield path.relative_to(root).as_posix(), path.read_text()


def check(root):
    codes = errors_of((root / "include/shoal/base/result.hpp").read_text())
    for path, text in tree(root):
        for line, message in check_header(path, text, codes):
            yield f"{path}:{line}: {message}"


def main(args):
    root = pathlib.Path(__file__).parent.parent
    found = list(check(root))
    print("\n".join(found))
    print(len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
