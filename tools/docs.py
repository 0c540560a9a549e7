#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds the docs as HTML: the pages, and the reference of every public name, by Doxygen.

Doxygen reads the files through this program's filter. It makes documentation of our plain comments
(headers.py says whose each is), and of the links between pages links between their HTML.
Lines stay where they are.

Usage: docs.py [--test] [OUT]   builds OUT (build/docs) and checks it; fails on any warning. As a
                                test it is skipped where Doxygen is another than Debian 12's, whose
                                faults it mends
       docs.py --check FOLDER   every link leads to a file and an anchor, every page is reached
       docs.py --filter FILE    prints the file as Doxygen reads it
       docs.py --self-test      shows that each check can fail
"""
import html
import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import headers

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIP_EXIT = 77
DOXYGEN = "1.9.4"
# In the order of the tree at the side.
PAGES = ("README.md", "docs/README.md", "docs/tutorial/*.md", "docs/how-to/*.md",
         "docs/explanation/*.md", "docs/reference/*.md", "docs/**/*.md", "include/shoal/README.md",
         "lib/lua/README.md", "benchmarks/**/*.md", "CONTRIBUTING.md", "CHANGELOG.md")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LINK = re.compile(r"(?<!!)\[((?:[^\]`]|`[^`]*`)*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~)", re.M)

SETTINGS = """
PROJECT_NAME = Shoal
PROJECT_BRIEF = "Shared objects, agent-local behaviour"
FILE_PATTERNS = *.hpp *.md
RECURSIVE = YES
EXCLUDE_PATTERNS = *_model.hpp
EXCLUDE_SYMBOLS = detail detail::* *::detail *::detail::* model model::* *::model *::model::*
MARKDOWN_SUPPORT = YES
TOC_INCLUDE_HEADINGS = 0
JAVADOC_AUTOBRIEF = YES
EXTRACT_ALL = YES
EXTRACT_STATIC = YES
HIDE_SCOPE_NAMES = YES
SORT_MEMBER_DOCS = NO
SORT_BRIEF_DOCS = NO
MACRO_EXPANSION = YES
EXPAND_ONLY_PREDEF = YES
PREDEFINED = SHOAL_API= SHOAL_SLOW= SHOAL_INLINE=inline SHOAL_CHECKS=1 SHOAL_TSAN=0 __x86_64__=1 __linux__=1 __GNUC__=12
SOURCE_BROWSER = YES
STRIP_CODE_COMMENTS = NO
REFERENCES_LINK_SOURCE = YES
GENERATE_LATEX = NO
HAVE_DOT = NO
CLASS_GRAPH = TEXT
GENERATE_TREEVIEW = YES
HTML_DYNAMIC_MENUS = NO
HTML_TIMESTAMP = NO
HTML_COLORSTYLE_HUE = 205
HTML_COLORSTYLE_SAT = 60
SEARCHENGINE = YES
QUIET = YES
WARNINGS = YES
WARN_NO_PARAMDOC = NO
FULL_PATH_NAMES = YES
"""

STYLE = """
body, table, div, p, dl { font-size: 15px; line-height: 1.5; }
div.contents { max-width: 56em; }
div.fragment, pre.fragment { font-size: 13px; line-height: 1.35; }
div.textblock h1 { font-size: 140%; margin-top: 1.4em; }
div.textblock h2 { font-size: 120%; margin-top: 1.2em; }
table.markdownTable th { text-align: left; }
table.markdownTable td, table.markdownTable th { vertical-align: top; }
"""

# --------------------------------------------------------------------- what a page is called


def label(path):
    """Of a file in the tree: the name of its HTML page."""
    return "page_" + re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")


def slug(heading):
    """The anchor that a code-hosting site gives a heading."""
    plain = re.sub(r"`|\*\*|\[([^\]]*)\]\([^)]*\)", lambda m: m.group(1) or "", heading)
    return re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")


def source_page(path):
    """Of a header: where Doxygen shows it."""
    name = path.removeprefix("include/shoal/").split("/")[-1]
    return re.sub(r"[_.]", lambda m: {"_": "__", ".": "_8"}[m.group()], name) + "_source.html"


def address(page, target):
    """Where a link of a page leads in the HTML; None: out of the tree."""
    if "://" in target or target.startswith("mailto:"):
        return None
    path, _, anchor = target.partition("#")
    line = re.fullmatch(r"L(\d+)", anchor)
    where = page if not path else os.path.normpath(os.path.join(os.path.dirname(page), path))
    if where == "README.md":
        file = "index.html"
    elif where.startswith("include/") and where.endswith(".hpp"):
        return source_page(where) + (f"#l{int(line[1]):05}" if line else "")
    else:
        file = label(where) + ".html"
    return file + (f"#{anchor if line else label(where) + '__' + anchor}" if anchor else "")


# --------------------------------------------------------------------- the filter


def filtered_page(path, text):
    out, fence, seen = [], None, set()
    for line in text.splitlines():
        mark = re.match(r"(```|~~~)\s*(\w*)", line)
        if mark and fence is None:
            fence = mark.group(1)
            line = fence + ("{.cpp}" if mark.group(2) == "cpp" else "")
        elif mark and fence == mark.group(1):
            fence = None
        elif fence is None and not line.startswith("    "):
            heading = re.match(r"(#+) (.*?)\s*$", line)
            line = LINK.sub(lambda m: f"[{m.group(1)}]({address(path, m.group(2)) or m.group(2)})",
                            line)
            line = quotable(line)
            line = IMAGE.sub(lambda m: f"![{m[1]}]({os.path.basename(m[2])})", line)
            line = re.sub(r"(?<![\w`])@(?=\w)", r"\\@", line)
            # At the start of a word Doxygen leaves it out.
            line = re.sub(r"(?<![^\s`%])%(?=\w)", "%%", line)
            if heading:
                name = slug(heading.group(2))
                title = re.sub(r"`", "", heading.group(2))
                if heading.group(1) == "#":
                    own = "" if path == "README.md" else f" {{#{label(path)}}}"
                    line = f"# {title}{own}"
                else:
                    while name in seen:
                        name += "-1"
                    seen.add(name)
                    line = f"{heading.group(1)} {title} {{#{label(path)}__{name}}}"
        out.append(line)
    return "\n".join(out) + "\n"


def quotable(text):
    """Code with a single quote in it: Doxygen wants two backquotes around it."""
    return re.sub(r"``[^`]*``|`[^`]*`", lambda m: f"`{m.group()}`" if "'" in m.group()
                  and not m.group().startswith("``") else m.group(), text)


def escaped(text):
    """A comment's words, of which Doxygen shall make nothing else."""
    parts = re.split(r"(``[^`]*``|`[^`]*`)", quotable(text))
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"([\\@<>&#%*|~])", r"\\\1", parts[i]).replace("\\*", "*")
        parts[i] = re.sub(r"(?<![\w])_|_(?![\w])", r"\\_", parts[i])
        parts[i] = re.sub(r"\b(Errors(?: also)?|Preconditions?|Thread safety|Progress|Layer|Follows)"
                          r"((?: of [\w ]+| also|, progress)?):", r"**\1\2:**", parts[i])
    return "".join(parts)


HEAD_WORD = re.compile(r"^(Thread safety|Progress|Layer|Follows|Errors|Precondition)")


def converted(lines):
    """The lines of a comment as lines of documentation, as many: figures are kept as they stand."""
    out, figure = [], False
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else ""
        indented = re.match(r"   ?\S|    ", line)
        if not figure:
            starts = not indented and (not line.strip() or line.rstrip().endswith(":"))
            text = escaped(line)
            if line.startswith("  ") and not line.strip().startswith("- "):
                text = " " + text.strip()
            if HEAD_WORD.match(line.strip()) and out and out[-1].strip(" /"):
                text = " <br>" + text.lstrip()
            if starts and re.match(r"  \s*\S", after) and not re.match(r"\s*- ", after):
                text += " @verbatim"
                figure = True
            out.append("///" + text)
        else:
            ends = not re.match(r"  ", after)
            out.append("///" + line + (" @endverbatim" if ends else ""))
            figure = not ends
    return out


def in_one_line(lines):
    """The comment as one that fits before a declaration."""
    paragraphs, figure = [[]], False
    for line in lines:
        if not line.strip():
            paragraphs.append([])
        elif re.match(r"  +\S", line) and (figure or not paragraphs[-1]):
            figure = True
        elif not HEAD_WORD.match(line.strip()) or len(paragraphs) == 1:
            figure = False
            paragraphs[-1].append(escaped(line.strip()))
    said = "<p>".join(" ".join(p) for p in paragraphs if p)
    return "/** " + said.replace("*/", "*&zwj;/") + " */ "


def filtered_header(path, text):
    read = headers.read(text)
    lines = text.split("\n")

    def cut(first, count):
        return [re.sub(r"^\s*//", "", line) for line in lines[first - 1:first - 1 + count]]

    def put(first, count):
        new = converted(cut(first, count))
        for i, line in enumerate(new):
            indent = re.match(r"\s*", lines[first - 1 + i]).group()
            lines[first - 1 + i] = indent + line

    before = {}
    titles = headers.title_names(read.head)
    for one in read.declared:
        if not headers.is_public(one):
            continue
        if one.above:
            put(one.above, one.line - one.above if one.kind != "macro" else one.line - one.above)
        elif one.own:
            for number in range(one.line, one.end + 1):
                at = re.search(r"(?<!/)// (?!/)", lines[number - 1])
                if at:
                    code, said = lines[number - 1][:at.start()], lines[number - 1][at.end():]
                    lines[number - 1] = f"{code}///< {escaped(said)}"
            follow = one.end
            while follow < len(lines) and re.match(r"\s*//", lines[follow]) and len(
                    one.comment) > follow - one.end + 1:
                lines[follow] = re.sub(r"//", "///<", lines[follow], 1)
                follow += 1
        elif one.comment and not one.name.startswith("~"):
            before.setdefault(one.line, in_one_line(one.comment))
        elif one.name not in titles and headers.is_sentence(one.section) and one.kind in (
                "function", "variable", "alias") and not one.default:
            before.setdefault(one.line, in_one_line([one.section]))
        elif one.name in titles and one.kind in ("class", "enum", "concept", "macro", "variable"):
            before.setdefault(one.line, in_one_line(read.head))
    if read.head_line:
        count = len(read.head)
        put(read.head_line, count)
        lines[read.head_line - 2] = "/// @file"
    for number, said in before.items():
        line = lines[number - 1]
        indent = re.match(r"\s*", line).group()
        if "///<" not in line:
            lines[number - 1] = indent + said + line.lstrip()
    # A constraint behind a function's head keeps Doxygen from seeing the next comment.
    for i, line in enumerate(lines):
        if clause := re.match(r"\s*(requires\(.*\)) \{$", line):
            at = max(j for j in range(i) if re.match(r"(?:\s*|.*\*/ )template <", lines[j]))
            lines[at] += " " + clause.group(1)
            lines[i] = "{"
    text = "\n".join(lines)
    return re.sub(r"namespace shoal::inline SHOAL_ABI", "namespace shoal", text)


def filtered(path):
    """Of a path in the tree: its text as Doxygen shall read it."""
    text = (ROOT / path).read_text()
    return (filtered_page if path.endswith(".md") else filtered_header)(path, text)


def write_filter(out):
    """A filter that answers what is written here at once: a program each would cost most of the
    time."""
    headers_here = (p.relative_to(ROOT).as_posix() for p in (ROOT / "include").rglob("*.hpp"))
    for path in (*pages(), *headers_here):
        place = out / "filtered" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(filtered(path))
    script = out / "filter"
    script.write_text(f'''#!/bin/sh
made="{out}/filtered/${{1#"{ROOT}/"}}"
if [ -f "$made" ]; then exec cat "$made"; else exec cat "$1"; fi
''')
    script.chmod(0o755)
    return script


# --------------------------------------------------------------------- building


def pages():
    """Each once."""
    return list(dict.fromkeys(path.relative_to(ROOT).as_posix() for pattern in PAGES
                              for path in sorted(ROOT.glob(pattern))))


def linked(kind):
    """Files of the tree that pages link to, or show as images."""
    for page in pages():
        fence = False
        for line in (ROOT / page).read_text().splitlines():
            if FENCE.match(line):
                fence = not fence
            for _, target in [] if fence else kind.findall(line):
                path = target.partition("#")[0]
                if path and "://" not in target:
                    yield os.path.normpath(os.path.join(os.path.dirname(page), path))


def linked_sources():
    """Those that are neither pages nor headers."""
    known = set(pages())
    return sorted({where for where in linked(LINK) if where not in known
                   and not (where.startswith("include/") and where.endswith(".hpp"))})


def write_sources(folder):
    """A page for each of them, as Doxygen shows headers only."""
    folder.mkdir(parents=True)
    paths = linked_sources()
    parts = "".join(f"- @subpage {label(path)}\n" for path in paths)
    (folder / "sources.md").write_text(f"# Programs and sources {{#sources}}\n\n{parts}")
    for path in paths:
        place = ROOT / path
        if place.is_dir():
            listed = sorted(p.relative_to(ROOT).as_posix() for p in place.rglob("*") if p.is_file())
            body = "\n".join(f"- {p}" for p in listed) + "\n"
        else:
            lines = html.escape(place.read_text(), quote=False).splitlines()
            shown = "\n".join(f'<a id="L{i}"></a>{line}' for i, line in enumerate(lines, 1))
            body = f'@htmlonly\n<pre class="fragment">{shown}</pre>\n@endhtmlonly\n'
        (folder / f"{label(path)}.md").write_text(f"# {path} {{#{label(path)}}}\n\n{body}")


def build(out):
    if not shutil.which("doxygen"):
        print("there is no doxygen", file=sys.stderr)
        return SKIP_EXIT
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    write_sources(out / "sources")
    (out / "style.css").write_text(STYLE)
    version = re.search(r"version: '([0-9.]+)'", (ROOT / "meson.build").read_text()).group(1)
    settings = SETTINGS + f"""
PROJECT_NUMBER = {version}
OUTPUT_DIRECTORY = {out}
INPUT = {' '.join(str(ROOT / page) for page in pages())} {ROOT}/include/shoal {out}/sources
USE_MDFILE_AS_MAINPAGE = {ROOT}/README.md
STRIP_FROM_PATH = {ROOT}/include {ROOT} {out}
STRIP_FROM_INC_PATH = {ROOT}/include
INPUT_FILTER = {write_filter(out)}
HTML_EXTRA_STYLESHEET = {out}/style.css
IMAGE_PATH = {' '.join(sorted({str((ROOT / path).parent) for path in linked(IMAGE)}))}
WARN_LOGFILE = {out}/warnings
"""
    (out / "Doxyfile").write_text(settings)
    done = subprocess.run(["doxygen", out / "Doxyfile"], cwd=ROOT, stdin=subprocess.DEVNULL)
    said = (out / "warnings").read_text().strip()
    if said:
        print(said.replace(f"{ROOT}/", ""), file=sys.stderr)
    mend(out / "html")
    wrong = list(check(out / "html"))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if done.returncode or said or wrong else 0


# --------------------------------------------------------------------- checking


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.anchors, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name in ("href", "src") and value:
                self.links.append(value)


def page_of_file(path):
    """The HTML page of a file of Markdown, by so much of its path as Doxygen says."""
    for page in pages():
        if f"/{page}".endswith(f"/{path}"):
            return address("", page)
    return path.removesuffix(".md") + ".html"  # of a source: named for its page


def mend(folder):
    """What Doxygen 1.9.4 links to wrongly: the tree at the side has a namespace's members in their
    file's page, and a class whose nested classes are all private a link to their list. And it makes
    a page about each file of Markdown, beside the file as a page."""
    parsed = {p.name: Page(p.read_text()) for p in folder.glob("*.html")}
    places = {anchor: name for name, page in parsed.items() for anchor in page.anchors}

    def moved(match):
        name, anchor = match.group(2), match.group(3)
        if name in parsed and anchor not in parsed[name].anchors and anchor in places:
            return f"{match.group(1)}{places[anchor]}#{anchor}"
        return match.group()

    for path in folder.glob("*.js"):
        path.write_text(re.sub(r"""(["'])([\w.\-]+\.html)#(\w+)""", moved, path.read_text()))
    for name, page in parsed.items():
        if "#nested-classes" in page.links and "nested-classes" not in page.anchors:
            path = folder / name
            path.write_text(re.sub(r'<a href="#nested-classes">[^<]*</a>(?: &#124;)?', "",
                                   path.read_text()))
    instead = {}
    for name in parsed:
        if name.endswith("_8md.html"):
            (folder / name).unlink()
            path = re.sub(r"_(?:8|2|_)", lambda m: {"_8": ".", "_2": "/", "__": "_"}[m.group()],
                          name.removesuffix(".html"))
            instead[name] = page_of_file(path)
    for path in (*folder.glob("*.html"), *folder.glob("search/*.js")):
        old = path.read_text()
        new = re.sub(r"[\w.\-]+_8md\.html", lambda m: instead.get(m.group(), m.group()), old)
        if new != old:
            path.write_text(new)


# What scripts of Doxygen's link to: the tree at the side, and the search.
SCRIPTED = re.compile(r"""["'](?:\.\./)?([\w.\-]+\.html(?:#[\w\-.:]*)?)["']""")


def check(folder):
    """Sentences about links to nothing, and pages that nothing leads to."""
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    parsed = {name: Page((folder / name).read_text()) for name in files if name.endswith(".html")}
    leads = {}
    if "index.html" not in parsed:
        yield "there is no index.html"
        return

    def wrong(name, link):
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc or link.startswith("javascript:"):
            return None
        path = urllib.parse.unquote(parts.path)
        where = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
        if where not in files:
            return f"{name}: links to {link}, and there is no such file"
        leads.setdefault(name, set()).add(where)
        anchor = urllib.parse.unquote(parts.fragment)
        if anchor and where in parsed and anchor not in parsed[where].anchors:
            return f"{name}: links to {link}, and there is no such place in it"
        return None

    for name in sorted(parsed):
        for link in parsed[name].links:
            if said := wrong(name, link):
                yield said
    for name in sorted(files):
        if name.endswith(".js"):
            for link in sorted(set(SCRIPTED.findall((folder / name).read_text()))):
                path, _, anchor = link.partition("#")
                if path not in files:
                    yield f"{name}: links to {link}, and there is no such file"
                elif anchor and anchor not in parsed[path].anchors:
                    yield f"{name}: links to {link}, and there is no such place in it"
    reached, todo = set(), ["index.html"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += leads.get(name, ())
    for name in sorted(set(parsed) - reached):
        if not name.startswith("search/"):
            yield f"{name}: no link leads there from index.html"


def self_test():
    def problems(pages):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in pages.items():
                (pathlib.Path(folder) / name).write_text(text)
            return list(check(pathlib.Path(folder)))

    good = {"index.html": '<a href="b.html#x">b</a><a href="https://a.b/c">c</a>',
            "b.html": '<p id="x">x</p><a href="index.html">a</a>', "s.js": "['x','b.html#x']"}
    assert not problems(good), problems(good)
    for bad in ({**good, "b.html": "<p>x</p>"}, {"index.html": good["index.html"]},
                {**good, "c.html": "alone"}, {"b.html": "x"}, {**good, "s.js": "'b.html#y'"},
                {**good, "s.js": '"c.html"'},
                {**good, "b.html": good["b.html"] + '<img src="gone.png">'}):
        assert problems(bad), bad

    assert address("docs/a/b.md", "../c.md#to-do") == "page_docs_c_md.html#page_docs_c_md__to-do"
    assert address("docs/a.md", "../README.md") == "index.html"
    assert address("README.md", "https://a.b") is None
    assert address("docs/a.md", "../lib/b.cpp#L7") == "page_lib_b_cpp.html#L7"
    assert address("README.md", "include/shoal/a/b_c.hpp#L7") == "b__c_8hpp_source.html#l00007"
    assert slug("Which declarations are the `same` type?") == "which-declarations-are-the-same-type"
    page = filtered_page("docs/a.md", "# A\n\n## The b\n[c](#the-b)\n\n```cpp file=x\n[c](d)\n```\n")
    assert page.split("\n")[2:4] == ["## The b {#page_docs_a_md__the-b}",
                                     "[c](page_docs_a_md.html#page_docs_a_md__the-b)"], page
    assert "```{.cpp}\n[c](d)\n```" in page, page
    header = ("// SPDX\n#pragma once\n\n// a: one.\n//\n// Layer: base.\n\nnamespace shoal {\n"
              "// Does <b>. Errors: none.\nvoid f();\nvoid g();\nint h;  // beside\n}\n")
    assert quotable("`f('a')` of a's `b`") == "``f('a')`` of a's `b`"
    said = filtered_header("include/shoal/base/a.hpp", header)
    assert said.count("\n") == header.count("\n")
    for part in ("/// @file\n/// a: one.", "/// Does \\<b\\>. **Errors:** none.\nvoid f();",
                 "*/ void g();", "int h;  ///< beside"):
        assert part in said, said
    print("docs.py: each check can fail")
    return 0


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        return self_test()
    if arguments[:1] == ["--filter"]:
        path = pathlib.Path(arguments[1]).resolve().relative_to(ROOT)
        sys.stdout.write(filtered(path.as_posix()))
        return 0
    if arguments[:1] == ["--check"]:
        wrong = list(check(pathlib.Path(arguments[1])))
        print("\n".join(wrong), file=sys.stderr)
        return 1 if wrong else 0
    if arguments[:1] == ["--test"]:
        arguments = arguments[1:]
        said = subprocess.run(["doxygen", "--version"], capture_output=True, text=True).stdout \
            if shutil.which("doxygen") else "none"
        if not said.startswith(DOXYGEN):
            print(f"Doxygen {said.strip()}: only {DOXYGEN} is tried", file=sys.stderr)
            return SKIP_EXIT
    out = pathlib.Path(arguments[0] if arguments else ROOT / "build" / "docs").resolve()
    return build(out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
