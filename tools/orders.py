#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The memory orders of the library, read from the code.

An order is written order<"thing.step">(release) where it is used. The comment above says with whom
it pairs and what becomes visible; the other end says the same of its side:

    // Release: pairs with thing.look; the message is read by the poster next.
    word.store(1, order<"thing.end">(release));

    // Success acquire: pairs with thing.end; ... Failure relaxed: looks again.

A test of the model suite names in `.catches` the orders that it must notice when they are weaker.
What no test can notice is in tests/model/explained.txt, with a reason.

What is wrong with names, comments, tests and reasons, tools/lint.py says: ./run lint orders

Usage: orders.py --mutants    each order and the ways in which it can be weaker
       orders.py --write      docs/reference/memory-order.md and its picture
       orders.py --edges MODEL   whether the edges that the comments name are those that tests run
"""
import collections
import dataclasses
import html
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = "docs/reference/memory-order.md"
PICTURE = "docs/reference/memory-order.svg"
EXPLAINED = "tests/model/explained.txt"

SITE = re.compile(r'order<\s*"([^"]+)">\s*\(\s*([^()]*?(?:\{\})?)\s*\)')
ACCESS = re.compile(r"(?<!\w)(load|store|exchange|compare_exchange|fetch_\w+|fence_\w+)\s*"
                    r"(?:<(?:[^<>]|<[^<>]*>)*>\s*)?\(")
BARE = re.compile(r"(?<![\w\"])(?:shoal::)?(relaxed|acquire|release|acq_rel|seq_cst|unordered)\b(?!\s*[:.\w])")
NAME = r"[a-z0-9_]+\.[a-z0-9_]+"
PAIRS = re.compile(rf"[Pp]airs? with ((?:{NAME})(?:(?:, | and | or |, and ){NAME})*)")
HALF = re.compile(r"\b([Rr]elease|[Aa]cquire)(?=:)")
# Words that need another comment beside them.
VAGUE = re.compile(rf"\b[Aa]s (?:in|{NAME}|\w+ does)\b|\b(?:above|below)\b")
WHY_RELAXED = re.compile(r"\b(?:[Rr]elaxed(?:, [\w ]+)?|Failure relaxed): (.*)$")
# What include/shoal/object/access.hpp makes of an order that its caller asks for.
LEAST = {"reference_load": "acquire", "reference_store": "release", "reference_update": "acq_rel"}
# They make orders, or give back what they were asked for.
UNNAMED = tuple("include/shoal/base/" + name for name in (
    "order.hpp", "order_model.hpp", "cell.hpp", "atomic_", "vec128.hpp"))
STRONG = ("acquire", "release", "acq_rel", "seq_cst")


@dataclasses.dataclass
class Place:
    name: str
    order: str  # as asked; "caller's" where the caller of a field access says it
    method: str  # load, store, exchange, compare_exchange, fetch_add, ...
    file: str
    line: int
    comment: str
    failure: bool  # the second order of a compare_exchange
    pairs: list  # of (which half: release, acquire or "" for any; partners; what becomes visible)
    least: str  # of a caller's order, what it is at least; or ""

    @property
    def partners(self):
        return [name for _, names, _ in self.pairs for name in names]

    @property
    def releases(self):
        if self.order == "caller's" and not self.least:
            return self.method != "load" and not self.failure
        return (self.least or self.order) in ("release", "acq_rel", "seq_cst")

    @property
    def acquires(self):
        if self.order == "caller's" and not self.least:
            return self.method != "store"
        return (self.least or self.order) in ("acquire", "acq_rel", "seq_cst")

    @property
    def said_order(self):
        if self.least:
            return "at least " + self.least
        return "as the caller says" if self.order == "caller's" else self.order

    @property
    def why_relaxed(self):
        found = WHY_RELAXED.search(self.comment)
        return found.group(1) if found else ""

    def sees(self, partner, half):
        """What the comment says becomes visible between this half and the partner's other one."""
        return "; ".join(dict.fromkeys(what for which, names, what in self.pairs
                                       if what and partner in names and which in (half, "")))

    @property
    def can_weaken(self):
        return self.order in STRONG or self.order == "caller's"

    @property
    def mutants(self):
        """The weakenings, as --weaken takes them. One that is no weaker where it runs has no effect
        there."""
        if not self.can_weaken:
            return []
        changes = self.method not in ("load", "store") and not self.failure
        halves = [self.name + ":acquire", self.name + ":release"]
        if self.order == "acq_rel":
            return halves  # without both, more fails
        if self.order == "caller's" and changes:
            return [self.name, *halves]
        if self.order == "seq_cst":
            return [self.name, self.name + ":relaxed"]
        return [self.name]


def code_files(root):
    for folder in ("include/shoal", "lib/shoal"):
        for path in sorted((root / folder).rglob("*.?pp")):
            if not path.name.endswith("_model.hpp") and path.name != "order.hpp":
                yield path.relative_to(root).as_posix(), path.read_text()


def closing(text, at):
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return len(text)


def uncommented(text):
    return re.sub(r"//[^\n]*", lambda m: " " * len(m.group()), text)


def comment_of(lines, line):
    """The comment that belongs to a statement which `line` (from 0) is part of."""
    trailing = re.search(r"//\s*(.*)$", lines[line])
    if trailing and not lines[line].lstrip().startswith("//"):
        return trailing.group(1)
    at = line
    while at > 0 and not lines[at - 1].lstrip().startswith("//"):
        if line - at > 5 or not lines[at - 1].strip():
            return ""
        at -= 1
    found = []
    while at > 0 and lines[at - 1].lstrip().startswith("//"):
        at -= 1
        found.insert(0, lines[at].lstrip().lstrip("/").strip())
    return " ".join(found)


def part_of(comment, failure, order):
    """Of a comment "Success release: ... Failure acquire: ..." the part for one of the two, and of
    "Release: ... Acquire: ..." all."""
    both = re.match(r"(.*?)(Failure(?: [\w/]+)?: .*)", comment)
    if not both:
        return comment
    return both.group(2) if failure else both.group(1)


def places(files):
    found = []
    for path, text in files:
        lines = text.splitlines()
        code = uncommented(text)
        for match in SITE.finditer(code):
            name, asked = match.groups()
            line = code.count("\n", 0, match.start())
            asked = asked.removeprefix("shoal::")
            order = asked if asked in STRONG or asked == "relaxed" else "caller's"
            method, begin = "", -1
            for access in ACCESS.finditer(code, max(0, match.start() - 600), match.start()):
                if closing(code, access.end() - 1) > match.start():
                    method, begin = access.group(1), access.start()
            failure = method == "compare_exchange" and SITE.search(code, begin, match.start()) is not None
            first = code.count("\n", 0, begin) if begin >= 0 else line
            comment = comment_of(lines, line)
            if not comment or "//" not in lines[line]:
                comment = comment_of(lines, first) or comment
            text_of = part_of(comment, failure, order)
            pairs = []
            for pair in PAIRS.finditer(text_of):
                halves = [half.group().lower() for half in HALF.finditer(text_of, 0, pair.start())]
                rest = re.match(r"[^;:.]*;\s*(.*?)(?:\.(?=\s|$)|$)", text_of[pair.end():])
                pairs.append((halves[-1] if halves else "", re.findall(NAME, pair.group(1)),
                              rest.group(1) if rest else ""))
            least = next((least for word, least in LEAST.items() if word in asked), "")
            found.append(Place(name, order, method, path, line + 1, comment, failure, pairs, least))
    return found


def tests_of(root):
    """{order or mutant: [test, ...]} of the model suite."""
    caught = collections.defaultdict(list)
    for path in sorted((root / "tests/model").rglob("*.cpp")):
        for enrol in re.finditer(r"enrol<.*?;\n", path.read_text(), re.S):
            name, *words = re.findall(r'"([^"]*)"', enrol.group()) or [""]
            for one in "".join(words).split():
                if re.fullmatch(rf"{NAME}(:\w+)?", one):
                    caught[one].append(name)
    return caught


def explained_of(root):
    """{mutant: (reason, sentence)} and {reason: what it means}."""
    path = root / EXPLAINED
    reasons, orders = {}, {}
    for line in path.read_text().splitlines() if path.exists() else []:
        if not line.strip() or line.startswith("#"):
            continue
        head, _, rest = line.partition(" ")
        if head.endswith(":"):
            reasons[head[:-1]] = rest.strip()
        else:
            reason, _, why = rest.strip().partition(" ")
            orders[head] = (reason, why.strip())
    return orders, reasons


def problems(files, caught, explained, reasons):
    """(path, line, message) of everything that is wrong."""
    all_places = places(files)
    by_name = {}
    for place in all_places:
        if place.name in by_name:
            yield place.file, place.line, f"{place.name} is also the name of {by_name[place.name].file}:{by_name[place.name].line}"
        by_name.setdefault(place.name, place)
        if not re.fullmatch(NAME, place.name):
            yield place.file, place.line, f"{place.name}: an order is called thing.step"
        if not place.method:
            yield place.file, place.line, f"{place.name}: belongs to no access"
    edges = edges_of(all_places)
    in_a_row = {place.name for edge in edges.values() for place in edge.ends}
    for edge in edges.values():
        left, right = edge.ends
        for place, other in ((left, right), (right, left)):
            if place.name not in edge.said_by:
                yield other.file, other.line, f"{other.name} pairs with {place.name}, which does not say so"
        if not edge.sees:
            yield left.file, left.line, f"{left.name} to {right.name}: neither comment says what becomes visible"
    for place in all_places:
        bad = False
        for half, partners, _ in place.pairs:
            for partner in partners:
                other = by_name.get(partner)
                if other is None:
                    bad = True
                    yield place.file, place.line, f"{place.name} pairs with {partner}, which is nowhere"
                elif not edges_between(place, half, other):
                    bad = True
                    yield place.file, place.line, f"{place.name} ({place.said_order}) cannot pair with {partner} ({other.said_order})"
        if place.order != "relaxed":
            if place.name not in in_a_row and not bad:
                yield place.file, place.line, f"{place.name} is in no row of {PAGE}: no comment says with whom it pairs"
            elif not place.partners:
                yield place.file, place.line, f"{place.name}: the comment above does not say with whom it pairs"
        elif len(place.why_relaxed.split()) < 3:
            yield place.file, place.line, f"{place.name}: a comment says why relaxed is enough, \"Relaxed: ...\""
        vague = VAGUE.search(place.comment)
        if vague:
            yield place.file, place.line, f"{place.name}: \"{vague.group()}\" cannot be read alone"
        for mutant in place.mutants:
            if not caught.get(mutant) and mutant not in explained:
                yield place.file, place.line, f"no test catches {mutant}, and {EXPLAINED} has no reason"
    known = {mutant for place in all_places for mutant in place.mutants}
    for mutant, (reason, why) in explained.items():
        if mutant not in known:
            yield EXPLAINED, 1, f"{mutant}: no such weakening"
        elif caught.get(mutant):
            yield EXPLAINED, 1, f"{mutant} is explained, and caught by {caught[mutant][0]}"
        if reason not in reasons:
            yield EXPLAINED, 1, f"{mutant}: no reason is called {reason}"
        if not why:
            yield EXPLAINED, 1, f"{mutant}: the reason needs a sentence"
    prefixes = {name.split(".")[0] for name in by_name}
    for mutant in caught:
        if mutant.split(":")[0] not in by_name and mutant.split(".")[0] in prefixes:
            yield "tests/model", 1, f"{caught[mutant][0]} catches {mutant}, which is nowhere"
    for path, text in files:
        code = uncommented(text)
        for access in ACCESS.finditer(code):
            inside = code[access.end():closing(code, access.end() - 1)]
            bare = BARE.search(SITE.sub("", inside))
            if bare and not path.startswith(UNNAMED):
                yield path, code.count("\n", 0, access.start()) + 1, f"{access.group(1)}({bare.group(1)}): an order has a name"


# ------------------------------------------------------------------------------------ the page

@dataclasses.dataclass
class Edge:
    left: Place  # releases
    right: Place  # acquires
    said_by: set  # which of the two name the other

    @property
    def ends(self):
        return self.left, self.right

    @property
    def sees(self):
        said = (self.left.sees(self.right.name, "release"), self.right.sees(self.left.name, "acquire"))
        return "; ".join(dict.fromkeys(what for what in said if what))

    @property
    def is_asked_for(self):
        """Whether there is an order only where the caller asks for one."""
        return any(place.order == "caller's" and not place.least for place in self.ends)


def edges_between(place, half, other):
    """(release, acquire) of what that half of `place` and `other` may be."""
    found = []
    if half != "acquire" and place.releases and other.acquires:
        found.append((place, other))
    if half != "release" and place.acquires and other.releases:
        found.append((other, place))
    return found


def edges_of(all_places):
    """{(release, acquire): Edge} of what the comments of either end say."""
    by_name = {}
    for place in all_places:
        by_name.setdefault(place.name, place)
    edges = {}
    for place in all_places:
        for half, partners, _ in place.pairs:
            for partner in partners:
                if partner not in by_name:
                    continue
                for left, right in edges_between(place, half, by_name[partner]):
                    edge = edges.setdefault((left.name, right.name), Edge(left, right, set()))
                    edge.said_by.add(place.name)
    return edges


def link(place):
    return f"[`{place.name}`](../../{place.file})"


def page(all_places, caught, explained, reasons):
    strong = [p for p in all_places if p.order in STRONG]
    callers = [p for p in all_places if p.order == "caller's"]
    relaxed = [p for p in all_places if p.order == "relaxed"]

    def seen_by(place):
        tests = sorted({test for mutant in place.mutants for test in caught.get(mutant, ())})
        text = ", ".join(f"`{test}`" for test in tests[:3])
        if len(tests) > 3:
            text += f" and {len(tests) - 3} more"
        why = sorted({explained[m][0] for m in place.mutants if m in explained})
        if why:
            text += (", " if text else "") + ", ".join(f"[{w}](#{w})" for w in why)
        return text

    out = ["# Memory orders", "",
           "<!-- Written by ./run orders out of the code; do not edit. -->", "",
           "Every order of the library has a name in the code, `order<\"thing.step\">(release)`. This page is",
           "printed from these names, the comments above them and the tests: the whole graph of who",
           "synchronises with whom. [What an order buys](../explanation/memory-model.md) says what that means;",
           "`./run mutate` weakens each order and says which test catches it.", "",
           "To see an order in the code, search for `order<\"its.name\">`. Under *seen by* stand the tests that",
           "notice when an end is weaker, the left end's, and behind a semicolon the right one's where those are",
           "others; `build/gcc-release/tests/model/model --list` names all tests with what each notices.", "",
           f"{len(all_places)} orders: {len(strong)} that order something and {len(callers)} whose order the caller of a field",
           f"access says, each in one row at least; {len(relaxed)} relaxed.", "",
           "![The synchronisation graph: releases on the left, the acquires that see them on the right](memory-order.svg)",
           "", "Dashed: only where the program's own orders ask for it.", "",
           "## Edges", "",
           "What was written before the left end is seen after the right end, when the right end reads what the",
           "left end wrote. Of fields, any write may pair with any read of the same field; here are the pairs",
           "that the tests run.", ""]
    groups = collections.defaultdict(list)
    for edge in edges_of(all_places).values():
        groups[edge.left.name.split(".")[0]].append(edge)
    for group in sorted(groups):
        out += [f"### {group}", "", "| release | acquire | what becomes visible | seen by |", "|---|---|---|---|"]
        for edge in sorted(groups[group], key=lambda e: (e.left.name, e.right.name)):
            left, right = edge.ends
            tests = [t for t in (seen_by(left), seen_by(right)) if t]
            seen = tests[0] if len(set(tests)) == 1 else "; ".join(tests)
            out.append(f"| {link(left)} {left.said_order} | {link(right)} {right.said_order} | {edge.sees} | {seen} |")
        out.append("")
    out += ["## The caller's orders", "",
            "A field access runs with the order that its caller says: unordered unless said otherwise. Of words",
            "that may be references a load is at least acquire and a store at least release, so that what a",
            "reference leads to is seen initialised.", "",
            "| order | access | is | seen by |", "|---|---|---|---|"]
    for place in sorted(callers, key=lambda p: p.name):
        out.append(f"| {link(place)} | {place.method}{', failed' if place.failure else ''} | {place.said_order} "
                   f"| {seen_by(place)} |")
    out += ["", "## Explained", "",
            "Weakenings that no test notices, each with the reason why it stands all the same." if explained
            else "There is none: a test notices each weakening.", ""]
    for reason in sorted({reason for reason, _ in explained.values()}):
        out += [f"### {reason}", "", reasons[reason], "", "| weakening | why |", "|---|---|"]
        out += [f"| `{mutant}` | {why} |" for mutant, (r, why) in sorted(explained.items()) if r == reason]
        out.append("")
    out += ["## Relaxed", "", "Nothing is read because of these; the comment says why.", "",
            "| order | access | why |", "|---|---|---|"]
    for place in sorted(relaxed, key=lambda p: p.name):
        why = place.why_relaxed.replace("|", "\\|")
        out.append(f"| {link(place)} | {place.method}{', failed' if place.failure else ''} | {why} |")
    return "\n".join(out) + "\n"


def picture(all_places):
    """Releases on the left, acquires on the right, a box for each protocol."""
    groups = collections.defaultdict(set)
    for names, edge in edges_of(all_places).items():
        groups[names[0].split(".")[0]].add((*names, edge.is_asked_for))
    row, width, top = 20, 640, 8
    parts, y = [], top
    for group in sorted(groups):
        edges = sorted(groups[group])
        lefts = sorted({left for left, _, _ in edges})
        rights = sorted({right for _, right, _ in edges})
        rows = max(len(lefts), len(rights))
        height = rows * row + 26
        parts.append(f'<rect class="box" x="8" y="{y}" width="{width - 16}" height="{height}" rx="6"/>')
        parts.append(f'<text class="group" x="18" y="{y + 16}">{html.escape(group)}</text>')
        at_left = {n: y + 26 + (i + (rows - len(lefts)) / 2) * row + 8 for i, n in enumerate(lefts)}
        at_right = {n: y + 26 + (i + (rows - len(rights)) / 2) * row + 8 for i, n in enumerate(rights)}
        for left, right, asked in edges:
            parts.append(f'<path class="edge{" asked" * asked}" d="M 250 {at_left[left]:.0f} C 310 {at_left[left]:.0f} 330 '
                         f'{at_right[right]:.0f} 386 {at_right[right]:.0f}" marker-end="url(#head)"/>')
        parts += [f'<text x="244" y="{at:.0f}" dy="4" text-anchor="end">{n}</text>' for n, at in at_left.items()]
        parts += [f'<text x="394" y="{at:.0f}" dy="4">{n}</text>' for n, at in at_right.items()]
        y += height + 8
    style = ("text{font:12px monospace;fill:#24292f}.group{font-weight:bold}"
             ".box{fill:none;stroke:#8c959f}.edge{fill:none;stroke:#57606a;stroke-width:1.2}"
             ".asked{stroke-dasharray:4 3}#head path{fill:#57606a}"
             "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.edge{stroke:#9ea7b3}#head path{fill:#9ea7b3}}")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" height="{y}">\n'
            "<!-- SPDX-License-Identifier: BSL-1.0 -->\n"
            f"<style>{style}</style>\n"
            '<defs><marker id="head" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
            '<path d="M0 0L8 4L0 8z"/></marker></defs>\n' + "\n".join(parts) + "\n</svg>\n")


def compare_edges(all_places, model):
    """Holds the comments against what the model suite sees: which release each acquire reads from."""
    ran = subprocess.run([model, "--edges"], capture_output=True, text=True, check=True)
    seen = collections.defaultdict(set)
    for line in ran.stdout.splitlines():
        release, acquire, test = line.split()
        seen[release, acquire].add(test)
    by_name = {place.name: place for place in all_places}
    said = set(edges_of(all_places))
    bad = 0
    for (release, acquire), tests in sorted(seen.items()):
        left, right = by_name.get(release), by_name.get(acquire)
        if left is None or right is None or (release, acquire) in said:
            continue  # a test's own, or written down
        print(f"{left.file}:{left.line}: {release} is seen by {acquire} ({right.file}:{right.line}) in "
              f"{min(tests)}, and no comment says so", file=sys.stderr)
        bad += 1
    for release, acquire in sorted(said - set(seen)):
        print(f"{by_name[release].file}:{by_name[release].line}: no test sees {release} by {acquire}",
              file=sys.stderr)
        bad += 1
    print(f"{len(said)} edges, {bad} wrong")
    return 1 if bad else 0


# ------------------------------------------------------------------------------------ self-test

def self_test_failures():
    good = ("// Release: pairs with a.look; the box is read.\nw.store(1, order<\"a.end\">(release));\n\n"
            "// Acquire: pairs with a.end.\nw.load(order<\"a.look\">(acquire));\n")
    tests = {"a.end": ["t"], "a.look": ["t"]}
    cases = [
        ("good", good, tests, {}, 0),
        ("not caught", good, {"a.end": ["t"]}, {}, 1),
        ("explained", good, {"a.end": ["t"]}, {"a.look": ("why", "so")}, 0),
        ("explained without a sentence", good, {"a.end": ["t"]}, {"a.look": ("why", "")}, 1),
        ("explained by no reason", good, {"a.end": ["t"]}, {"a.look": ("what", "so")}, 1),
        ("explained and caught", good, tests, {"a.look": ("why", "so")}, 1),
        ("one end", good.replace("pairs with a.end", "none"), tests, {}, 2),
        ("a partner that is nowhere", good.replace("with a.end", "with a.gone"), tests, {}, 2),
        ("two releases", good.replace("(acquire)", "(release)"), tests, {}, 2),
        ("one name twice", good + "// Relaxed: so it is.\nw.load(order<\"a.look\">(relaxed));\n", tests, {}, 1),
        ("relaxed and silent", good + "\n\nw.load(order<\"a.peek\">(relaxed));\n", tests, {}, 1),
        ("no name", good + "w.load(relaxed);\n", tests, {}, 1),
        ("no name behind a space", good + "w.load (relaxed);\n", tests, {}, 1),
        ("no name, a template", good + "w.template load<decltype(relaxed)>(relaxed);\n", tests, {}, 1),
        ("no name among two", good + "w.compare_exchange(a, b, order<\"a.cas\">(relaxed), // Relaxed: so it is\n relaxed);\n", tests, {}, 1),
        ("relaxed for a reason", good + "\n\n// Relaxed: only a figure.\nw.load(order<\"a.peek\">(relaxed));\n", tests, {}, 0),
        ("relaxed as another", good + "\n\n// Relaxed: a figure, as a.end.\nw.load(order<\"a.peek\">(relaxed));\n", tests, {}, 1),
        ("relaxed as what stands above", good + "\n\n// Relaxed: a figure, as above.\nw.load(order<\"a.peek\">(relaxed));\n", tests, {}, 1),
        ("relaxed in a word", good + "\n\n// Relaxed: alone.\nw.load(order<\"a.peek\">(relaxed));\n", tests, {}, 1),
        ("nothing becomes visible", good.replace("; the box is read", ""), tests, {}, 1),
        ("in no row", good + "\n\n// Acquire: stands alone.\nw.load(order<\"a.more\">(acquire));\n",
         {**tests, "a.more": ["t"]}, {}, 1),
        ("a caller's order", good + "\n\n// Acquire: pairs with a.put; it is read.\nw.load(order<\"a.get\">(reference_load<O>));\n\n"
         "// Release: pairs with a.get.\nw.store(1, order<\"a.put\">(reference_store<O>));\n",
         {**tests, "a.get": ["t"], "a.put": ["t"]}, {}, 0),
        ("a caller's order in no row", good + "\n\n// A load.\nw.load(order<\"a.get\">(O{}));\n", {**tests, "a.get": ["t"]}, {}, 1),
        ("a caller's order that only one end names", good + "\n\n// Acquire: pairs with a.end; it is read.\n"
         "w.load(order<\"a.get\">(reference_load<O>));\n", {**tests, "a.get": ["t"]}, {}, 1),
        ("a half that cannot pair", good.replace("Release: pairs with a.look", "Pairs with a.look; it is read. Acquire: pairs with a.look"), tests, {}, 1),
        ("a test of nothing", good, {**tests, "a.went": ["t"]}, {}, 1),
    ]
    wrong = []
    for what, text, caught, explained, count in cases:
        found = list(problems([("include/shoal/type/a.hpp", text)], caught, explained, {"why": "because"}))
        if len(found) != count:
            wrong.append(f"{what}: {found}, not {count}")
    halves = places([("a", "// Acquire: pairs with a.b.\nw.exchange(1, order<\"a.x\">(acq_rel));")])[0].mutants
    if halves != ["a.x:acquire", "a.x:release"]:
        wrong.append(f"the halves of acq_rel: {halves}")
    both = places([("a", "// Release: pairs with a.x; it was made. Acquire: pairs with a.x; it is followed.\n"
                         "w.exchange(1, order<\"a.x\">(reference_update<O>));\n\n"
                         "// Pairs with a.x; it is read.\nw.load(order<\"a.get\">(O{}));")])
    edges = edges_of(both)
    if sorted(edges) != [("a.x", "a.get"), ("a.x", "a.x")]:
        wrong.append(f"the edges of a caller's orders: {sorted(edges)}")
    if edges["a.x", "a.x"].sees != "it was made; it is followed" or edges["a.x", "a.get"].sees != "it is read":
        wrong.append("what becomes visible belongs to one half")
    if edges["a.x", "a.x"].is_asked_for or not edges["a.x", "a.get"].is_asked_for:
        wrong.append("an edge is dashed where its order is asked for")
    shown = page(both, {}, {}, {})
    if "at least acq_rel | [`a.get`](../../a) as the caller says | it is read |" not in shown:
        wrong.append("a row says what an order is at least")
    if 'edge asked' not in picture(both):
        wrong.append("the picture has the edges of a caller's orders")
    return wrong


# ------------------------------------------------------------------------------------ commands

def written(all_places):
    """{path: text} of what --write writes."""
    explained, reasons = explained_of(ROOT)
    return {PAGE: page(all_places, tests_of(ROOT), explained, reasons), PICTURE: picture(all_places)}


def lint():
    """(path, line, message) of everything that is wrong, for tools/lint.py."""
    files = list(code_files(ROOT))
    yield from problems(files, tests_of(ROOT), *explained_of(ROOT))
    for path, text in written(places(files)).items():
        if not (ROOT / path).exists() or (ROOT / path).read_text() != text:
            yield path, 1, "out of date; ./run orders"


def main(args):
    all_places = places(code_files(ROOT))
    if len(args) == 2 and args[0] == "--edges":
        return compare_edges(all_places, args[1])
    if args == ["--mutants"]:
        for place in all_places:
            if place.mutants:
                print(place.name, *place.mutants)
        return 0
    if args == ["--write"]:
        for path, text in written(all_places).items():
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text)
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
