#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the page of figures from what bench.py --json left.

Usage: figures.py FOLDER FILE...    FOLDER/figures.md and FOLDER/figures/*.svg, of one FILE for each
                                    compiler, all of one machine
       figures.py --self-test
"""
import json
import pathlib
import re
import statistics
import sys
import tempfile
import textwrap
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bench  # noqa: E402
import plot  # noqa: E402
from bench import figure_of, half_of, natural  # noqa: E402
from plot import duration, number  # noqa: E402

# (title, which cases, [(plot, its cases)], text). The text is parts, each with the peers that it is
# about; a part stands where one of them was measured, or where it is about none.
SECTIONS = [
    ("Behaviour of an object", r"^prototype/", [("prototype", r"^prototype/")], [
        ("", """\
An agent's own behaviour for an object, of 1, 100 and 10,000 types in random order. By hand: the same
table look-up, written down."""),
        (r"thread_local_|pthread_|tbb_", """\
The maps and tables of the C++ peers belong to one thread, and are found anew for each object, as code
without a context must."""),
        (r"shared_mutex_map", "`shared_mutex_map` is one for all threads."),
        (r"v8_map", """\
`v8_map`: a shared struct of V8 has no prototype and does not say its type, so a JavaScript `Map` is
asked for a number that each object carries."""),
        (r"jvm_", """\
`jvm_ClassValue` is one for all threads, `jvm_thread_local_HashMap` one per thread."""),
    ]),
    ("Creation", r"^create", [("create", r"^create")], [
        ("", """\
Structs of 2, 4 and 8 fields of 8 bytes; `create_by_two`: two threads at once. By hand: a bump pointer
that zeroes. Both of these stay within memory that the second cache holds, and nothing is freed while
time is taken (`create_by_two`: more than the cores' own caches hold; `create_fresh`: memory that is
touched for the first time)."""),
        (r"glibc_malloc|jemalloc", "The same holds of the `malloc` peers."),
        ("", "Shoal has no collector yet, so its times hold none."),
        (r"v8|jvm|boehm", """\
Those of peers that have one do, and their heaps are larger than the caches."""),
        (r"v8|jvm", "All objects die young, which suits V8 and the JVM."),
    ]),
    ("Fields", r"^field/", [("field-i64", r"^field/i64/"), ("field-any-ref", r"^field/(any|ref)/")], [
        ("", """\
One load or store of each of 64 objects in turn; by hand: `boost::atomic_ref`, and for `any` and `ref`
also the test of the value and of the barrier's flag."""),
        (r"v8", """\
`v8`: the fields of shared structs, which are all `any`, and `Atomics` for `seq_cst`; it keeps doubles
in boxes, and stores of them make one."""),
        (r"jvm", """\
`jvm`: `VarHandle` in opaque, acquire, release and volatile mode; `jvm_plain`: a plain access, which the
compiler may move."""),
        ("", "The loop around is part of each figure."),
        (r"jvm", "HotSpot unrolls its own, ours let every operation stand alone."),
    ]),
    ("Mutexes", r"^mutex/", [("mutex", r"^mutex/(uncontended|contended)/")], [
        ("", """\
A lock and unlock: alone, with another agent that wants the mutex as well, and (`fairness`) as often as
two or four can within a fifth of a second. A `long` section, as those of `fairness` are, takes some
hundred nanoseconds, and as long passes before the next; a `short` one adds to a counter. By hand: a
compare-exchange, a store and a load; beside others, the floor is `std::mutex`."""),
        (r"v8", """\
`v8`: `Atomics.Mutex`, which locks around a function; its steps are of 32 bits."""),
    ]),
    ("Waiting", r"^(condition|wait_queue)/", [("waiting", r"")], [
        ("", """\
Two agents hand the turn to one another, and sleep in between: there and back. The floor is
`std::mutex` with `std::condition_variable`; of the wait queue, the futex by hand."""),
        (r"v8", "`v8`: `Atomics.Condition` with `Atomics.Mutex`."),
    ]),
    ("Mailboxes", r"^mailbox/", [("mailbox", r"^mailbox/")], [
        ("", """\
A value through a mailbox of 256: sent and received by one agent (`transfer`), and from so many senders
to so many receivers; 1,000 ns are a million values a second. The floor is the same ring by hand, which
spins and yields where a mailbox parks; so does who uses `boost::lockfree::queue`."""),
        (r"luv|cqueues", """\
`luv`, `cqueues`: threads of Lua that share a pipe and a pair of sockets; a value is a number of 8
bytes, written by itself or (`_buffered`) with 511 others. Lua's own work and the threads' starts and
ends are within."""),
    ]),
    ("Threads of Lua", r"^lua/", [("lua", r"^lua/")], [
        ("", """\
Stock Lua 5.4. `producer_consumer`: one thread hands messages, a number and a float each, to another.
`shared_update`: two threads count in the same 16 records. With Shoal's module the objects are the
same; as there is nothing to wait with yet, a thread whose turn it is not looks again, and sleeps a
tenth of a millisecond after 64 looks."""),
        (r"luv|cqueues", """\
The threads of the peers have nothing in common but sockets: messages are text, gathered in buffers of
4 KiB, and one thread has the records."""),
        ("", "Time of one message or update, threads' starts and ends within."),
    ]),
    ("All else", r"", [("else", r"")], [
        ("", """\
Calls of thread-local functions, thread-bound and persistent handles, safepoints, interned strings, and
keyed registration of known types by two agents at once (`registry_hot`: of the same few of them)."""),
    ]),
]

WAITS = """\
How long each wait took, of all repetitions; the height is logarithmic, so that one wait in a million
can be seen. In the table, the longest wait and the shares are medians of the repetitions; a share of
100% is what each thread should have. More threads than cores wait for the system's scheduler too."""
BYTES = "What comes from an allocator is measured, the rest is as declared."

NAMED = 8  # of the noisy ones


class Wrong(Exception):
    pass


def load(paths):
    """[(short name, context, {name: case})]"""
    runs = []
    for path in paths:
        said = json.loads(pathlib.Path(path).read_text())
        context = said["context"]
        runs.append((context["compiler"].split()[0], context,
                     {case["name"]: case for case in said["benchmarks"]}))
    if len({run[1]["processor"] for run in runs}) > 1:
        raise Wrong("the results are of different machines")
    if len({run[0] for run in runs}) < len(runs):
        raise Wrong("two results of one compiler")
    return runs


def ordered(names):
    """By figure; in it the floor, Shoal, and the peers."""
    rank = {"floor": 0, "shoal": 1}
    return sorted(names, key=lambda n: (natural(figure_of(n)), rank.get(half_of(n), 2), n))


def role(name):
    half = half_of(name)
    return half if half in ("floor", "shoal") else "peer"


# ------------------------------------------------------------------------------------- sentences

def beside(case):
    """What Shoal is compared to in this case, as words."""
    return "the floor" if role(case["name"]) == "shoal" else f"`{half_of(case['name'])}`"


def late(runs):
    for compiler, _, cases in runs:
        for name in sorted(cases, key=natural):
            case = cases[name]
            if not bench.over(case):
                continue
            words = f"`{figure_of(name)}` with {compiler}: "
            if case.get("longest", 0) > case.get("longest_limit", float("inf")):
                words += (f"the longest wait is {duration(case['longest'])}, at most "
                          f"{duration(case['longest_limit'])} is wanted")
            elif case.get("least", 1) < case.get("least_limit", 0):
                words += (f"one agent gets {number(case['least'])} of its share, at least "
                          f"{number(case['least_limit'])} is wanted")
            elif case.get("ratio", 0) > case.get("limit", float("inf")):
                words += (f"{number(case['ratio'])} times {beside(case)}, at most "
                          f"{number(case['limit'])} is wanted")
                floor = cases.get(f"{figure_of(name)}/floor")
                if role(name) == "peer" and floor:
                    words += f" (by hand: {number(floor['p50'] / case['p50'])})"
            else:
                words += (f"{number(case['flat'])} times what the smallest of the family takes, at "
                          f"most {number(case['flat_limit'])} is wanted")
            yield words + "."


def noisy(runs):
    for compiler, _, cases in runs:
        found = [case for case in cases.values()
                 if "limit" in case and case["spread"] > bench.NOISY]
        found.sort(key=lambda case: (-case["spread"], natural(case["name"])))
        words = [f"`{case['name']}` ({case['spread']:.0%})" for case in found[:NAMED]]
        if len(found) > NAMED:
            words.append(f"and {len(found) - NAMED} more")
        if found:
            yield f"With {compiler}: {', '.join(words)}."


def peers_of(names):
    """Those beside which there are cases."""
    return sorted({half_of(name) for name in names if role(name) == "peer"})


def about(parts, names):
    """The text of a section with these cases."""
    peers = peers_of(names)
    said = [words for which, words in parts
            if not which or any(re.match(which, peer) for peer in peers)]
    return textwrap.fill(" ".join(said), 104, break_long_words=False, break_on_hyphens=False)


def ahead(runs):
    """Peers that are faster than Shoal, and by more than both spreads."""
    for compiler, _, cases in runs:
        for name in sorted(cases, key=natural):
            shoal = cases.get(f"{figure_of(name)}/shoal")
            if role(name) == "peer" and shoal and cases[name]["p75"] < shoal["p25"]:
                yield (f"`{name}`, {compiler}: {number(cases[name]['p50'])} ns, Shoal "
                       f"{number(shoal['p50'])}.")


def spreads(runs):
    every = sorted(bench.spread(case) for _, _, cases in runs for case in cases.values())
    tenths = statistics.quantiles(every, n=10) if len(every) > 1 else every * 9
    return (f"of half of the cases the quartiles lie within {tenths[4]:.1%} of the median, of nine "
            f"in ten within {tenths[8]:.0%}")


def listed(title, sentences):
    sentences = list(sentences)
    if not sentences:
        return [f"**{title}:** none.", ""]
    return [f"**{title}:**", "", *(f"* {words}" for words in sentences), ""]


def cache(one):
    size = one["size"] / 1024
    words = f"L{one['level']} {one['type'].lower()} "
    words += f"{size / 1024:g} MiB" if size >= 1024 else f"{size:g} KiB"
    return words + (f" for {one['num_sharing']} cores" if one["num_sharing"] > 1 else "")


def machine(runs):
    context = runs[0][1]
    cores = context["num_cpus"]
    peers, skipped = {}, []
    for _, one, _ in runs:
        peers.update(one.get("peers", {}))
        skipped += [note for note in one.get("skipped", []) if note not in skipped]
    rows = [
        ("processor", f"{context['processor']}, {cores} core{'s' * (cores > 1)}"
                      + (", in a virtual machine" if context.get("virtual") else "")),
        ("caches", ", ".join(cache(one) for one in context["caches"])),
    ]
    # What a result does not say is left out.
    if context.get("memory_gib"):
        rows.append(("memory", f"{context['memory_gib']:g} GiB"))
    kernel = f"{context['system'].split()[0]} {context.get('kernel') or ''}".rstrip()
    rows.append(("system", ", ".join(filter(None, (context.get("distribution"), kernel)))))
    for _, one, _ in runs:
        flags = f": `{one['flags']}`" if one.get("flags") else ""
        rows.append(("compiler", one["compiler"].strip() + flags))
    if "intern_floor" in context:
        rows.append(("floor of string/intern_hit", context["intern_floor"]))
    rows += [(name, version) for name, version in sorted(peers.items(), key=lambda p: p[0].lower())]
    rows += [("left out", note) for note in skipped]
    for compiler, one, cases in runs:
        said = [one["date"]]
        if one.get("commit", "unknown") != "unknown":
            said.append(f"commit {one['commit']}")
        said.append(f"{len(cases)} cases")
        if one.get("seconds"):
            minutes = max(1, round(one["seconds"] / 60))
            said.append(f"{minutes} minute{'s' * (minutes > 1)}")
        if one.get("load_avg"):
            said.append(f"load {number(one['load_avg'][0])}")
        rows.append((f"run, {compiler}", ", ".join(said)))
    return [f"| {name} | {words} |" for name, words in rows]


# ------------------------------------------------------------------------------------- page

def cell(case):
    if case is None:
        return ["", ""]
    ratio = number(case["ratio"]) if "ratio" in case and role(case["name"]) != "floor" else ""
    if "flat" in case:
        ratio += f" flat {number(case['flat'])}"
    return [f"{number(case['p50'])} ({number(case['p25'])} to {number(case['p75'])})", ratio.strip()]


def verdict(found):
    limited = [(compiler, case) for compiler, case in found
               if case and ("limit" in case or "flat" in case or "longest_limit" in case)]
    bad = [compiler for compiler, case in limited if bench.over(case)]
    if bad:
        return "**over** with " + " and ".join(bad)
    return "ok" if limited else ""


def limit_of(found):
    for _, case in found:
        if case and "limit" in case:
            return number(case["limit"])
        if case and "flat_limit" in case:
            return f"flat {number(case['flat_limit'])}"
        if case and "longest_limit" in case:
            return f"longest {duration(case['longest_limit'])}"
    return ""


def table(runs, names):
    heads = ["case"]
    for compiler, _, _ in runs:
        heads += [f"ns, {compiler}", "ratio"]
    yield "| " + " | ".join(heads + ["limit", ""]) + " |"
    yield "|---" * (len(heads) + 2) + "|"
    for name in names:
        found = [(compiler, cases.get(name)) for compiler, _, cases in runs]
        cells = [words for _, case in found for words in cell(case)]
        yield "| " + " | ".join([f"`{name}`", *cells, limit_of(found), verdict(found)]) + " |"


def held(runs, names):
    """(cases whose waits are known, their table)"""
    of = [name for name in names if any("waits" in cases.get(name, ()) for _, _, cases in runs)]
    rows = ["| case | of | half wait at most | 99 of 100 | longest wait | of all repetitions "
            "| least share | largest share |", "|---" * 8 + "|"]
    for name in of:
        for compiler, _, cases in runs:
            if "waits" not in cases.get(name, ()):
                continue
            case = cases[name]
            times = [bench.waited(case, 0.5), bench.waited(case, 0.99), case["longest"],
                     case["longest_of_all"]]
            cells = [f"`{name}`", compiler, *map(duration, times),
                     *(f"{case[key]:.0%}" for key in ("least", "most"))]
            rows.append("| " + " | ".join(cells) + " |")
    return of, rows


def sizes(runs):
    """{what: {whose: bytes}}"""
    found = {}
    for _, context, _ in runs:
        for name, number_of in context.get("bytes", {}).items():
            what, whose = name.split("/", 1)
            found.setdefault(what, {})[whose] = number_of
    return found


def drawn(runs, names):
    """The figures of a plot: those with peers, if there are any."""
    figures = {}
    for name in names:
        figures.setdefault(figure_of(name), []).append(name)
    with_peers = {f for f, all_of in figures.items() if any(role(n) == "peer" for n in all_of)}
    for figure in sorted(with_peers or figures, key=natural):
        rows = []
        for name in figures[figure]:
            times = [(c["p25"], c["p50"], c["p75"]) if (c := cases.get(name)) else None
                     for _, _, cases in runs]
            rows.append((half_of(name), role(name), times))
        yield figure, rows


def page(runs):
    """(text, {name of an SVG: its text})"""
    every = {name for _, _, cases in runs for name in cases}
    counts = [case["repetitions"] for _, _, cases in runs for case in cases.values()]
    peers = peers_of(every)
    out = [
        "# Figures",
        "",
        textwrap.fill(
            "Written by `./run bench --report`, which measures all of this in one go: each case "
            f"{min(counts)} times, those of one figure in turns, and takes the median. Times are "
            "nanoseconds of one operation, quartiles in brackets. A ratio is Shoal's time to that of "
            "the floor (the same work by hand, in C++) in Shoal's own line"
            + (", and Shoal's to the peer's in a peer's line" if peers else "")
            + ": below 1, Shoal is faster. Compare ratios rather than times.",
            104, break_long_words=False, break_on_hyphens=False),
        "",
    ]
    if min(counts) < bench.REPETITIONS:
        out += [f"**A quick run of {min(counts)} repetitions, not {bench.REPETITIONS}: it shows that "
                "all runs, not how fast.**", ""]
    out += listed("Over their limit", late(runs))
    out += listed(f"Too noisy to say (quartiles over {bench.NOISY:.0%} from the median)",
                  noisy(runs))
    if peers:
        measured = ", ".join(f"`{peer}`" for peer in peers)
        out += [f"Peers that were measured: {measured}.", ""]
        out += listed("Peers that are faster than Shoal", ahead(runs))
    else:
        out += ["No peers were measured.", ""]
    out += ["Spread: " + spreads(runs) + ".", "", "| what | which |", "|---|---|", *machine(runs), ""]
    plots, left = {}, set(every)
    for title, which, its_plots, parts in SECTIONS:
        names = ordered(name for name in left if re.search(which, name))
        left -= set(names)
        if not names:
            continue
        out += [f"## {title}", "", about(parts, names), ""]
        for plot_name, of in its_plots:
            figures = list(drawn(runs, [name for name in names if re.search(of, name)]))
            if figures:
                plots[plot_name] = plot.bars(title, figures, [run[0] for run in runs])
                out += [f"![{title}: {plot_name}](figures/{plot_name}.svg)", ""]
        out += [*table(runs, names), ""]
        of, rows = held(runs, names)
        if of:
            plot_name = f"{its_plots[0][0]}-waits"
            figures = {}
            for name in of:
                waits = [(case["waits"], case["longest_of_all"]) if "waits" in case else None
                         for case in (cases.get(name, {}) for _, _, cases in runs)]
                figures.setdefault(figure_of(name), []).append((half_of(name), role(name), waits))
            plots[plot_name] = plot.waits(f"{title}: waits", list(figures.items()),
                                          [run[0] for run in runs])
            out += [textwrap.fill(WAITS, 104, break_long_words=False, break_on_hyphens=False), "",
                    f"![{title}: waits](figures/{plot_name}.svg)", "", *rows, ""]
    every_size = sizes(runs)
    if every_size:
        out += ["## Bytes", "", BYTES, "", "| of each | bytes |", "|---|---|"]
        for what, of in sorted(every_size.items()):
            order = sorted(of, key=lambda whose: (whose != "Shoal", whose.lower()))
            out.append(f"| {what} | {', '.join(f'{whose} {of[whose]:,}' for whose in order)} |")
        out.append("")
    return "\n".join(out).rstrip() + "\n", plots


def write(folder, runs):
    text, plots = page(runs)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for old in (folder / "figures").glob("*.svg"):
        if old.stem not in plots:
            old.unlink()
    for name, svg in plots.items():
        (folder / "figures" / f"{name}.svg").write_text(svg)
    (folder / "figures.md").write_text(text)


# ------------------------------------------------------------------------------------- self-test

def made_up(compiler, shoal, **more):
    cases = {}
    for name, middle, limit in (("create/2/floor", 2, None), ("create/2/shoal", shoal, 2),
                                ("create/2/v8", 100, 0.1), ("create/2/jvm", 1, None)):
        cases[name] = {"name": name, "repetitions": 21, "p25": middle * 0.95, "p50": middle,
                       "p75": middle * 1.05}
        if limit:
            cases[name]["limit" if name.endswith("shoal") else "peer_limit"] = limit
    bench.judge(cases)
    context = {"processor": "Some", "num_cpus": 2, "caches": [], "system": "Linux x",
               "compiler": f"{compiler} 1.0", "date": "2000-01-01", "commit": "abc",
               "load_avg": [0.5], "peers": {"V8": "1"}, "skipped": ["java is not installed"], **more}
    return {"context": context, "benchmarks": list(cases.values())}


def self_test():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def written(*results):
            paths = []
            for index, one in enumerate(results):
                paths.append(folder / f"{index}.json")
                paths[-1].write_text(json.dumps(one))
            write(folder, load(paths))
            return (folder / "figures.md").read_text(), {
                path.stem: path.read_text() for path in (folder / "figures").glob("*.svg")}

        text, plots = written(made_up("gcc", 3), made_up("clang", 5))
        assert (text, plots) == written(made_up("gcc", 3), made_up("clang", 5))
        assert "`create/2` with clang: 2.5 times the floor, at most 2 is wanted." in text
        assert "with gcc: " not in text and "**over** with clang" in text
        assert "`create/2/jvm`, gcc: 1 ns, Shoal 3." in text and "java is not installed" in text
        assert "| `create/2/v8` | 100 (95 to 105) | 0.03 | 100 (95 to 105) | 0.05 | 0.1 | ok |" in text
        assert "quick run" not in text and "Too noisy" in text
        # A limit beside a peer, and what the floor would have.
        assert "`create/2` with gcc: 0.3 times `v8`, at most 0.1 is wanted (by hand: 0.02)." in (
            written(made_up("gcc", 30))[0])
        assert "Peers that were measured: `jvm`, `v8`." in text and "which suits V8" in text
        assert "`malloc` peers" not in text and "1 minute," not in text and "unknown" not in text
        # What was not measured is not spoken of, and what is not known is left out.
        alone = made_up("gcc", 3)
        alone["benchmarks"] = [case for case in alone["benchmarks"]
                               if role(case["name"]) != "peer"]
        alone["context"].update(peers={}, load_avg=None, commit="unknown", memory_gib=None)
        text = written(alone)[0]
        assert "No peers were measured." in text and "faster than Shoal" not in text
        assert not re.search(r"V8|JVM|jvm|peer's|unknown|None|minute|load \d|memory \|", text), text
        known = made_up("gcc", 3, memory_gib=23.5, flags="-O3", seconds=614, kernel="6.1",
                        distribution="Debian")
        text = written(known)[0]
        for row in ("| memory | 23.5 GiB |", "| system | Debian, Linux 6.1 |",
                    "| compiler | gcc 1.0: `-O3` |",
                    "| run, gcc | 2000-01-01, commit abc, 4 cases, 10 minutes, load 0.5 |"):
            assert row in text, (row, text)
        quick = made_up("gcc", 3)
        for case in quick["benchmarks"]:
            case["repetitions"] = 2
        assert "A quick run of 2 repetitions" in written(quick)[0]
        for results in ([made_up("gcc", 3)] * 2,
                        [made_up("gcc", 3), made_up("clang", 3, processor="Other")]):
            try:
                written(*results)
            except Wrong:
                continue
            raise AssertionError("results that do not belong together")

        # Waits have a plot and a table, and bytes a table; without them, none is there.
        fair = made_up("gcc", 3, bytes={"mutex/std::mutex": 40, "mutex/Shoal": 16})
        for case in fair["benchmarks"]:
            case["name"] = case["name"].replace("create/2", "mutex/fairness/2")
            if case["name"].endswith(("floor", "shoal")):
                case.update(waits=[0] * 6 + [980, 0, 0, 20], longest=900, longest_of_all=1000,
                            least=0.7, most=1.3)
        with_limit = next(case for case in fair["benchmarks"] if case["name"].endswith("shoal"))
        with_limit.update(longest_limit=500, least_limit=0.6)
        said, waits = written(fair)
        assert ("`mutex/fairness/2` with gcc: the longest wait is 900 ns, at most 500 ns is wanted."
                in said)
        assert ("| `mutex/fairness/2/shoal` | gcc | 128 ns | 1.02 us | 900 ns | 1 us | 70% | 130% |"
                in said)
        assert "| mutex | Shoal 16, std::mutex 40 |" in said and "## Bytes" not in text
        with_limit["longest_limit"] = 1000
        with_limit["least_limit"] = 0.8
        assert "one agent gets 0.7 of its share, at least 0.8 is wanted." in written(fair)[0]
        columns = [one for one in xml.etree.ElementTree.fromstring(waits["mutex-waits"]).iter()
                   if one.get("class") in ("floor run0", "shoal run0")]
        assert len(columns) == 4, len(columns)
        high, low = [float(one.get("height")) for one in columns[:2]]
        assert high > low > 0 and "mutex-waits" not in plots

    assert set(plots) == {"create"} and "logarithmic" in plots["create"]
    drawing = xml.etree.ElementTree.fromstring(plots["create"])
    floor, shoal, jvm, v8 = [float(one.get("width")) for one in drawing.iter()
                             if one.get("x") == "250" and one.get("class").endswith("run0")]
    assert 0 < jvm < floor < shoal < v8
    linear = plot.bars("t", [("f", [("a", "floor", [(1, 1, 1)]), ("b", "peer", [(2, 2, 3)])])], ["r"])
    assert "logarithmic" not in linear
    drawing = xml.etree.ElementTree.fromstring(linear)
    a, b = [float(one.get("width")) for one in drawing.iter() if one.get("x") == "250"]
    assert abs(b - 2 * a) < 0.2, (a, b)
    print("figures.py: says what the results say")
    return 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 1
    try:
        folder = pathlib.Path(arguments[0])
        write(folder, load(arguments[1:]))
        print(f"{folder / 'figures.md'}")
    except (Wrong, OSError, KeyError, ValueError) as why:
        print(f"figures.py: {why!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
