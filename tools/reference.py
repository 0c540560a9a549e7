#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the public headers say of themselves: checked, and printed as an index.

A header's first comment has the lines Thread safety, Progress and Layer. Each public name has a
comment: its own, its group's, its section's, or, of what a header is named for, the header's.
Members that every type of their kind has, and names that say all there is, need none. What answers an
errc, an error or a result says which errors.

Usage: reference.py [ROOT]           says what is missing, and whether the index is up to date
       reference.py --write [ROOT]   brings docs/reference/README.md and errors.md up to date
       reference.py --self-test      shows that each check can fail
"""
import pathlib
import re
import sys
import tempfile

import headers

INDEX = "docs/reference/README.md"
ERRORS = "docs/reference/errors.md"
FLOORS = ("base", "type", "object", "local", "heap", "agent", "sync", "embed")
HEAD_LINES = ("Thread safety", "Progress", "Layer")
# Headers that only gather others.
GATHERING = {"shoal.hpp", *(f"{floor}.hpp" for floor in FLOORS)} - {"agent.hpp"}
CONVENTIONAL = {"size", "empty", "data", "begin", "end", "get", "operator*", "operator->",
                "operator[]", "operator==", "operator bool", "operator=", "what", "name"}


def errors_of(text):
    return [one.name for one in headers.read(text).declared
            if one.kind == "enumerator" and one.scope[-1] == "errc"]


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


# --------------------------------------------------------------------- the printed pages


def cell(text):
    """As a table may hold it."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def first_sentence(lines):
    """Of a comment, without its figures; nothing where it begins with one."""
    plain = []
    for line in lines:
        if not line.strip() or re.match(r"  |.* \| |.*---" if plain else r".* \| ", line):
            break
        plain.append(line)
    text = re.sub(r"\s+", " ", " ".join(plain)).strip()
    text = re.sub(r"^[\w<>, ]{1,60}: (?=[a-z])", "", text) if text[:1].islower() else text
    found = re.match(r"(.*?(?:\.(?= [A-Z`\"]|$)|:(?= [A-Z\"]|$)))", text)
    return (found.group(1) if found else text).rstrip(".:,; ")


def precondition(lines):
    """The sentence of a comment that says what must hold before."""
    text = re.sub(r"\s+", " ", " ".join(line for line in lines if " | " not in line)).strip()
    found = re.search(r"\bPreconditions?(?: of [\w ]+)?: .*?\.(?= [A-Z`\"]|$)", text)
    return found.group().rstrip(".") if found else ""


def words_of(one, head):
    said, must = first_sentence(one.comment), precondition(one.comment)
    if said and must and not said.startswith("Precondition"):
        return f"{said}. {must}"
    if said:
        return said
    if one.name in headers.title_names(head):
        return "as above"
    return first_sentence([one.section]) if headers.is_sentence(one.section) else ""


def public_names(read):
    """Declarations that the index names, overloads once; of a class those that have words."""
    seen = set()
    for one in read.declared:
        inside = len(one.scope) > 1
        known = one.full_name in seen
        if not headers.is_public(one) or known or not one.name or one.default:
            continue
        plain = is_plain(one) and not one.comment
        if inside and (one.kind in ("enumerator", "variable", "alias") or plain):
            continue
        if one.kind == "enumerator" or one.name.endswith("_"):
            continue
        seen.add(one.full_name)
        yield one


def index_page(files):
    out = ["# Reference", "",
           "Every public name, floor by floor, in a sentence; the headers say the rest. As HTML, with a",
           "search and each member: `./run docs`. Printed from the headers by `tools/reference.py --write`.",
           "", "Also here: [errors](errors.md), each with what to do."]
    out += [f"[{files[path].splitlines()[0].lstrip('# ')}]({path.split('/')[-1]})."
            for path in sorted(files) if path.startswith("docs/reference/")]
    for floor in FLOORS:
        paths = [p for p in files if p.startswith(f"include/shoal/{floor}/")]
        if not paths:
            continue
        out += ["", f"## {floor}"]
        gather = headers.read(files.get(f"include/shoal/{floor}/{floor}.hpp", ""))
        said = " ".join(gather.head)
        if floor != "agent" and said:
            out += ["", re.sub(r"^\s*Floor (\d): (.)", lambda m: f"Floor {m[1]}: {m[2]}",
                               said.split(".")[0]).strip() + "."]
        for path in paths:
            read = headers.read(files[path])
            names = list(public_names(read))
            if path.split("/")[-1] in GATHERING or not names:
                continue
            short = path.removeprefix("include/shoal/")
            out += ["", f"[`{short}`](../../{path}): {cell(first_sentence(read.head))}.", "",
                    "| name | |", "|---|---|"]
            rows = []
            for one in names:
                name = f"`{one.full_name.removeprefix('shoal::')}`".replace("|", "\\|")
                words = cell(words_of(one, read.head))
                if rows and rows[-1][1] == words:
                    rows[-1][0].append(name)
                else:
                    rows.append(([name], words))
            out += [f"| {', '.join(names)} | {words} |" for names, words in rows]
    return "\n".join(out) + "\n"


ERRORS_HEAD = """# Errors

Nothing throws. Fast paths answer an `errc`; slow ones a `result`, whose `error` also has a sentence.
A function's comment says which it answers; *who says it* is printed from there, without those who
pass on what others answer. `prototype` answers the four of a missing prototype by `code()`.

| code | means | who says it | what to do |
|---|---|---|---|
"""


def answers_of(files, codes):
    """{code: the functions whose comments name it}"""
    who = {code: [] for code in codes}
    for path, text in files.items():
        if not path.startswith("include/"):
            continue
        for one in headers.read(text).declared:
            asked = one.kind == "function" and headers.is_public(one)
            if not asked or not (answers_errors(one) or one.full_name == "shoal::prototype::code"):
                continue
            words = one.text.split("Errors", 1)[-1]
            shared = headers.is_sentence(one.section) and not re.search(r"\) \w+\(|\berror \w", one.head)
            if shared and ("Errors" not in one.text or "of all" in one.section):
                words += " " + one.section.split("Errors", 1)[-1]
            name = one.full_name.removeprefix("shoal::")
            for code in codes:
                if re.search(rf"\b{code}\b", words) and name not in who[code]:
                    who[code].append(name)
    return who


def errors_page(files, old):
    source = files["include/shoal/base/result.hpp"]
    codes = errors_of(source)
    kept = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]*) \|$", old, re.M))
    means = {one.name: one.text.strip() for one in headers.read(source).declared
             if one.kind == "enumerator" and one.scope[-1] == "errc" and one.own}
    who = answers_of(files, codes)
    rows = []
    for code in codes[1:]:
        of = {}
        for name in who[code]:
            owner, _, member = name.rpartition("::")
            of.setdefault(owner, []).append(member)
        named = "; ".join(f"`{owner}`: " + ", ".join(members) if owner else
                          ", ".join(f"`{member}`" for member in members)
                          for owner, members in of.items())
        rows.append(f"| `{code}` | {means.get(code, '')} | {named} | {kept.get(code, '')} |")
    return ERRORS_HEAD + "\n".join(rows) + "\n"


def printed(root):
    """{path: what it should hold}"""
    files = dict(tree(root))
    for page in (root / "docs/reference").glob("*.md"):
        path = page.relative_to(root).as_posix()
        if path not in (INDEX, ERRORS):
            files[path] = page.read_text()
    errors = root / ERRORS
    return {INDEX: index_page(files),
            ERRORS: errors_page(files, errors.read_text() if errors.exists() else "")}


def check(root):
    files = dict(tree(root))
    codes = errors_of(files["include/shoal/base/result.hpp"])
    for path, text in files.items():
        for line, message in check_header(path, text, codes):
            yield f"{path}:{line}: {message}"
    for path, text in printed(root).items():
        place = root / path
        if not place.exists() or place.read_text() != text:
            yield f"{path}: out of date; tools/reference.py --write"
        for code, todo in re.findall(r"^\| `(\w+)` \|.*\|([^|]*)\|$", text, re.M):
            if path == ERRORS and not todo.strip():
                yield f"{path}: does not say what to do about {code}"


# --------------------------------------------------------------------- self-test

RESULT = """// SPDX
#pragma once

// errc: codes.
//
// Thread safety: values.
// Progress: none.
// Layer: base.

namespace shoal {
// The codes.
enum class errc : int {
  ok,
  bad,  // it is not good
};
}
"""
GOOD = """// SPDX
#pragma once

// thing: one thing.
//
// Thread safety: none.
// Progress: wait-free.
// Layer: base.

namespace shoal {
class thing {
 public:
  thing() noexcept;
  // Does it. Errors: bad.
  errc act() noexcept;
  // These count.
  int one() const;
  int two() const { return f({1, 2}); }
 private:
  int hidden();
};
namespace detail {
int inner();
}
}
"""


def self_test():
    def found(text):
        return [message for _, message in check_header("include/shoal/base/a.hpp", text, ["bad"])]

    assert not found(GOOD), found(GOOD)
    for bad, why in ((GOOD.replace("// Progress: wait-free.\n", ""), "Progress"),
                     (GOOD.replace("// Layer: base.\n", ""), "Layer"),
                     (GOOD.replace("  // These count.\n", "\n"), "one has no comment"),
                     (GOOD.replace("int two", "\n  int two"), "two has no comment"),
                     (GOOD.replace(" Errors: bad.", ""), "act does not say its errors"),
                     (GOOD.replace("thing: one", "it is one"), "class shoal::thing has no comment"),
                     (GOOD.replace("namespace detail", "namespace other"), "inner has no comment"),
                     (GOOD.replace(" private:\n", "\n"), "hidden has no comment"),
                     (GOOD.replace("  // These count.\n", "  int x = 0;  // x\n"), "one has no"),
                     (GOOD.replace("  // These count.\n  int one() const;",
                                   "  template <class T>\n  T one() requires(true) { f(); }\n"),
                      "two has no comment")):
        assert [m for m in found(bad) if why in m], (why, found(bad))
    files = {"include/shoal/base/a.hpp": GOOD, "include/shoal/base/result.hpp": RESULT}
    page = errors_page(files, "")
    assert "| `bad` | it is not good | `thing`: act |  |" in page, page
    page = errors_page(files, page.replace("|  |", "| fix it |"))
    assert "| fix it |" in page, page
    index = index_page(files)
    assert "| `thing::act` | Does it |" in index and "hidden" not in index, index
    for comment, said in (("Does it. Precondition: a is one. Blocking.", "Does it. Precondition: a is one"),
                          ("Does it: one of a, b, ...", "Does it: one of a, b"),
                          ("Precondition of both: a is one.", "Precondition of both: a is one"),
                          ("Does it. `a` is one.", "Does it"),
                          ("debug: `a` is one. Two.", "debug: `a` is one")):
        text = GOOD.replace("Does it. Errors: bad.", comment)
        row = f"| `thing::act` | {said} |"
        assert row in index_page({**files, "include/shoal/base/a.hpp": text}), (comment, said)
    text = GOOD.replace("class thing", "// a | b\n// --|--\n// 1 | 2\nclass thing")
    assert "| `thing` | as above |" in index_page({**files, "include/shoal/base/a.hpp": text})
    for name in ("operator|", "operator||"):
        text = GOOD.replace("int one()", f"int {name}(int)")
        row = "| `thing::" + name.replace("|", "\\|") + "`"
        assert row in index_page({**files, "include/shoal/base/a.hpp": text}), name
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in {**files, INDEX: index}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        (root / ERRORS).write_text(page)
        assert [m for m in check(root)] == [], list(check(root))
        (root / ERRORS).write_text(errors_page(files, ""))
        assert "what to do about bad" in "".join(check(root))
        (root / INDEX).write_text("old")
        assert "out of date" in "".join(check(root))
    print("reference.py: each check can fail")
    return 0


def main(args):
    if args[:1] == ["--self-test"]:
        return self_test()
    roots = [a for a in args if not a.startswith("--")]
    root = pathlib.Path(roots[0] if roots else pathlib.Path(__file__).parent.parent).resolve()
    if "--write" in args:
        for path, text in printed(root).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
    found = list(check(root))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
