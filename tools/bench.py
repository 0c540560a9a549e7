#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmarks of a build, and its peers, and prints one line per case.

Usage: bench.py FOLDER [--filter RE] [--only SOURCE] [--json FILE] [--repetitions N] [--smoke]
                [--strict] [--benchmark_ARGUMENT...]
       bench.py --self-test

A figure is x/floor, x/shoal and x/<peer>. Its ratio is the median of Shoal's repetitions to the
median of the floor's, which one program runs interleaved; `spread` is the distance of the quartiles
to the median, the wider of the two halves. A figure over its limit, or too noisy to say, is measured
again by itself, at most twice; the JSON says how often. Of a peer (x/thread_local_map), the ratio is
Shoal's median to the peer's. `flat`: to the same figure with the smallest number in its name.

A source is a program of the folder (bench_create: `create`) or a script of benchmarks/peers, which
has a runtime of its own: node, node_locks, java, lua_shoal, lua_luv, lua_cqueues. Sources with the
same figures take turns, in three rounds. What is not installed is named and left out.

Some cases tell more: how many `waits` lasted from 2^k to 2^(k+1) ns, by k, in all repetitions; the
`longest` of them (`longest_of_all`: of all repetitions, of which the other is the median); and what the
thread with the `least` and the one with the `most` got, 1 being what each should have.

--only      these sources alone (a regular expression); exits with 77 when they are not there
--smoke     runs every case once, as short as it can, and judges nothing
--strict    fails when a figure stays over its limit
Google Benchmark's own arguments go to the programs. The JSON has one entry per case, with Google
Benchmark's names and the quartiles; times are nanoseconds of one operation.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "benchmarks" / "peers"
NOISY = 0.10  # a spread above it says little
AGAIN = 2
REPETITIONS = 21
ROUNDS = 3
# Twice the work must take longer than this many times the time: else a compiler left some out.
SCALE = 1.5
SKIP_EXIT = 77
LIMITS = ("limit", "peer_limit", "flat_limit", "longest_limit", "least_limit")
LISTS = ("wall", "cpu", "scale", "waits", "longest", "least", "most")  # one entry a repetition


class Failed(Exception):
    pass


def figure_of(name):
    return name.rsplit("/", 1)[0]


def half_of(name):
    return name.rsplit("/", 1)[1]


# ------------------------------------------------------------------------------------- sources
# A source has .name, .cases (their names), and run(wanted, repetitions), which answers
# {name: {"wall": [ns...], "cpu": [ns...], limits...}}.

def plain(name):
    """Without what Google Benchmark adds to a case's name."""
    return re.sub(r"/(iterations:\d+|manual_time|real_time)", "", name)


class Program:
    """A C++ program of Google Benchmark."""

    def __init__(self, path, pattern="", passed_on=()):
        self.path, self.passed_on, self.context = path, list(passed_on), {}
        self.name = path.name.removeprefix("bench_")
        listed = self.call("--benchmark_list_tests", *self.only(pattern)).splitlines()
        self.cases = [plain(line) for line in listed if "/" in line]
        self.pattern = pattern

    @staticmethod
    def only(pattern):
        return [f"--benchmark_filter={pattern}"] if pattern else []

    def call(self, *arguments):
        ran = subprocess.run([str(self.path), *arguments], capture_output=True, text=True)
        if ran.returncode:
            raise Failed(f"{ran.stdout}\n{ran.stderr}\n{self.path.name} failed")
        return ran.stdout

    def smoke(self):
        self.call("--smoke", *self.passed_on)

    def run(self, wanted, repetitions):
        figures = sorted({re.escape(figure_of(name)) for name in wanted})
        # All that was listed is the pattern itself.
        pattern = (self.pattern if set(wanted) == set(self.cases)
                   else f"^({'|'.join(figures)})/")
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.json"
            self.call(f"--benchmark_out={out}", "--benchmark_out_format=json",
                      f"--benchmark_repetitions={repetitions}", *self.only(pattern),
                      *self.passed_on)
            text = out.read_text() if out.exists() else ""
        # A program without a matching case writes nothing.
        part = json.loads(text) if text.strip() else {}
        self.context.update(part.get("context", {}))
        return times(part)


def times(part):
    found = {}
    for one in part.get("benchmarks", []):
        if one.get("run_type") != "iteration":
            continue
        ops = one.get("ops", 1) or 1
        case = found.setdefault(plain(one["run_name"]), {"wall": [], "cpu": []})
        case["wall"].append(one["real_time"] / ops)
        case["cpu"].append(one["cpu_time"] / ops)
        case.update({key: one[key] for key in LIMITS if key in one})
        for key in ("longest", "least", "most"):
            if key in one:
                case.setdefault(key, []).append(one[key])
        waits = {int(key.removeprefix("waits_")): round(one[key]) for key in one
                 if key.startswith("waits_")}
        if waits:
            case.setdefault("waits", []).append(waits)
    return found


class Script:
    """A peer with a runtime of its own; benchmarks/peers/struct.mjs says how they answer."""

    def __init__(self, name, command, environment=None):
        self.name, self.command = name, command
        self.environment = {**os.environ, **(environment or {})}
        if not shutil.which(command[0]):
            raise Failed(f"{command[0]} is not installed")
        listed = [json.loads(line) for line in self.call("--list").splitlines()]
        self.about = {one["peer"]: one["version"] for one in listed if "peer" in one}
        self.bytes = {f"{one['bytes']}/{one['of']}": one["number"] for one in listed if "bytes" in one}
        self.limits = {one["name"]: one.get("limit") for one in listed if "name" in one}
        self.cases = list(self.limits)

    def call(self, *arguments):
        ran = subprocess.run([*self.command, *arguments], capture_output=True, text=True,
                             env=self.environment)
        if ran.returncode:
            raise Failed(f"{self.name}: {cause(ran.stderr)}")
        return ran.stdout

    def smoke(self):
        self.call("--smoke")

    def run(self, wanted, repetitions):
        command = [*self.command, str(repetitions), *wanted]
        found, began = {}, {}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=self.environment) as running:
            for line in running.stdout:
                now = time.perf_counter_ns()
                one = json.loads(line)
                name = one["name"]
                if "begin" in one:
                    began[name] = (now, one["begin"])
                    continue
                start, ops = began.get(name, (0, 1))
                case = found.setdefault(name, {"wall": [], "scale": []})
                case["wall"].append(one["ns"] if "ns" in one else (now - start) / ops)
                if one.get("scale"):
                    case["scale"].append(one["scale"])
                if self.limits.get(name):
                    case["peer_limit"] = self.limits[name]
            problem = running.stderr.read()
        if running.returncode:
            raise Failed(f"{self.name}: {cause(problem)}")
        return found


def cause(text):
    """The one line that says why."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"rror:|not found|bad option", line)]
    # Without who says so.
    return re.sub(r"^(\S*/\S+: |.*\S:\d+: )*", "", (telling or lines or ["failed"])[0]).rstrip(":")


def scripts(folder, scratch):
    """(name, function that makes the source)."""
    module = folder.parent / "lib" / "lua"

    def java():
        if not shutil.which("javac"):
            raise Failed("javac is not installed")
        compiled = subprocess.run(["javac", "-d", scratch, str(PEERS / "Struct.java")],
                                  capture_output=True, text=True)
        if compiled.returncode:
            raise Failed(f"java: {cause(compiled.stderr)}")
        # A heap of one size, its memory touched, as our own is.
        return Script("java", ["java", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-cp", scratch,
                               "Struct"])

    def lua(which):
        if which == "shoal" and not (module / "shoal.so").exists():
            raise Failed("the Lua module is not built")
        return Script(f"lua_{which}", ["lua5.4", str(PEERS / f"lua_{which}.lua")],
                      {"LUA_CPATH": f"{module}/?.so;;"})

    def node(name, script):
        return Script(name, ["node", "--harmony-struct", str(PEERS / script)])

    yield "node", lambda: node("node", "struct.mjs")
    yield "node_locks", lambda: node("node_locks", "locks.mjs")
    yield "java", java
    for which in ("shoal", "luv", "cqueues"):
        yield f"lua_{which}", lambda which=which: lua(which)


def gather(folder, scratch, only, pattern, passed_on):
    """(sources, notes about what is missing)."""
    sources, notes = [], []
    for path in sorted(p for p in folder.glob("bench_*") if p.is_file()):
        if re.search(only, path.name.removeprefix("bench_")):
            sources.append(Program(path, pattern, passed_on))
    for name, make in scripts(folder, scratch):
        if re.search(only, name):
            try:
                source = make()
            except Failed as why:
                notes.append(str(why))
                continue
            source.cases = [case for case in source.cases if re.search(pattern, case)]
            sources.append(source)
    return sources, notes


def groups(sources):
    """[(source, its cases), ...] per group: one that has Shoal's half, and the peers outside of it
    for the same figures. What is left over is a group of its own."""
    left = {source: list(source.cases) for source in sources}
    for leader in sources:
        if not any(half_of(case) == "shoal" for case in leader.cases):
            continue
        figures = {figure_of(case) for case in leader.cases}
        group = [(leader, left.pop(leader))]
        for other in list(left):
            same = [case for case in left[other] if figure_of(case) in figures]
            if same:
                group.append((other, same))
                left[other] = [case for case in left[other] if case not in same]
        yield group
    for source, cases in left.items():
        if cases:
            yield [(source, cases)]


# ------------------------------------------------------------------------------------- judging

def summary(name, raw):
    """The case with the median and quartiles of its repetitions."""
    wall = sorted(raw["wall"])
    quartiles = statistics.quantiles(wall, n=4) if len(wall) > 1 else [wall[0]] * 3
    case = {
        "name": name,
        "run_type": "aggregate",
        "aggregate_name": "median",
        "repetitions": len(wall),
        "real_time": statistics.median(wall),
        "time_unit": "ns",
        "p25": quartiles[0],
        "p50": statistics.median(wall),
        "p75": quartiles[2],
    }
    if raw.get("cpu"):
        case["cpu_time"] = statistics.median(raw["cpu"])
    if raw.get("scale"):
        case["scale"] = statistics.median(raw["scale"])
    for key in ("longest", "least", "most"):
        if key in raw:
            case[key] = statistics.median(raw[key])
    if "longest" in raw:
        case["longest_of_all"] = max(raw["longest"])
    if "waits" in raw:
        last = max(k for waits in raw["waits"] for k in waits)
        case["waits"] = [sum(waits.get(k, 0) for waits in raw["waits"]) for k in range(last + 1)]
    case.update({key: raw[key] for key in LIMITS if key in raw})
    return case


def waited(case, part):
    """So many nanoseconds, a power of two, are more than this part of the waits lasted."""
    so_far = 0
    for k, number in enumerate(case["waits"]):
        so_far += number
        if so_far >= part * sum(case["waits"]):
            return 2 ** (k + 1)
    return None


def spread(case):
    return max(case["p75"] - case["p50"], case["p50"] - case["p25"]) / case["p50"]


def judge(found):
    """Adds ratio, limit, of and spread to every case."""
    for name, case in found.items():
        figure, half = figure_of(name), half_of(name)
        floor, shoal = found.get(f"{figure}/floor"), found.get(f"{figure}/shoal")
        if half in ("floor", "shoal"):
            if floor is not None:
                case["ratio"] = case["p50"] / floor["p50"]
                case["of"] = "shoal to floor" if half == "shoal" else "itself"
                case["spread"] = max(spread(case), spread(floor))
        elif shoal is not None:
            case["ratio"] = shoal["p50"] / case["p50"]
            case["of"] = f"shoal to {half}"
            case["spread"] = max(spread(case), spread(shoal))
            if "peer_limit" in case:
                case["limit"] = case.pop("peer_limit")
        if "flat_limit" in case:
            smallest = least(found, name)
            if smallest is not None:
                case["flat"] = case["p50"] / smallest["p50"]


def least(found, name):
    """The same figure with the smallest number in its name."""
    pattern = re.compile(re.sub(r"\d+", r"(\\d+)", re.escape(name)) + "$")
    same = [(int(m.group(1)), n) for n in found if (m := pattern.match(n))]
    return found[min(same)[1]] if same else None


def over(case):
    return (case.get("ratio", 0) > case.get("limit", float("inf"))
            or case.get("flat", 0) > case.get("flat_limit", float("inf"))
            or case.get("longest", 0) > case.get("longest_limit", float("inf"))
            or case.get("least", 1) < case.get("least_limit", 0))


def doubtful(case):
    return over(case) or ("limit" in case and case.get("spread", 0) > NOISY)


def measure(group, repetitions, notes):
    """The judged cases of one group, doubtful ones measured again. A peer that fails is noted."""
    group, rounds = list(group), ROUNDS if len(group) > 1 else 1
    raw = {}

    def run(source, cases, times):
        try:
            return source.run(cases, times)
        except Failed as why:
            if source is group[0][0]:
                raise
            notes.append(str(why))
            group.remove(next(one for one in group if one[0] is source))
            return {}

    for _ in range(rounds):
        for source, cases in list(group):
            for name, case in run(source, cases, -(-repetitions // rounds)).items():
                known = raw.setdefault(name, case)
                if known is not case:
                    for key in LISTS:
                        known.get(key, []).extend(case.get(key, []))
    found = {name: summary(name, case) for name, case in raw.items()}
    judge(found)
    for again in range(AGAIN):
        # With what they are compared to: the smallest of a family.
        figures = {figure_of(name) for name, case in found.items() if doubtful(case)}
        figures |= {figure_of(least(found, name)["name"]) for name, case in found.items()
                    if "flat_limit" in case and doubtful(case)}
        if not figures:
            break
        newer = {}
        for source, cases in list(group):
            # Of the peers outside only those that have a limit themselves.
            wanted = [name for name in cases if figure_of(name) in figures
                      and (source is group[0][0] or "limit" in found.get(name, {}))]
            if wanted:
                newer.update(run(source, wanted, repetitions))
        newer = {name: summary(name, case) for name, case in newer.items()}
        judge(newer)
        for figure in {figure_of(name) for name in newer}:
            halves = [name for name in newer if figure_of(name) == figure]
            # A figure is taken whole; the quieter run counts.
            if any(over(found[n]) for n in halves) or (
                    max(newer[n].get("spread", 0) for n in halves)
                    < max(found[n].get("spread", 0) for n in halves)):
                found.update({name: newer[name] for name in halves})
            for name in halves:
                found[name]["measured"] = again + 2
        judge(found)
    return found


def left_out(found):
    """Takes out what a compiler has shortened; says so."""
    for name in [n for n, case in found.items() if case.get("scale", SCALE) < SCALE]:
        scale = found.pop(name)["scale"]
        yield f"{name}: twice the passes take {scale:.2f} times as long"


# ------------------------------------------------------------------------------------- saying

def line(case):
    words = [case["name"].ljust(48), f"{case['p50']:9.3f} ns",
             f"{case['p25']:9.3f} {case['p75']:9.3f}"]
    if "ratio" in case and half_of(case["name"]) != "floor":
        words.append(f"{case['ratio']:7.3f}")
        words.append(f"{case['limit']:6.2f}" if "limit" in case else "     -")
        words.append(f"{case['spread'] * 100:5.1f} %")
        words.append("over" if over(case) else "ok" if "limit" in case else "")
        if "flat" in case:
            words.append(f"flat {case['flat']:.3f} of {case['flat_limit']:.2f}")
        if half_of(case["name"]) != "shoal":
            words.append(f"({case['of']})")
    if "waits" in case:
        words.append(f"waits {waited(case, 0.5)}, {waited(case, 0.99)}, {case['longest']:.0f} ns, "
                     f"shares {case['least']:.2f} to {case['most']:.2f}")
    return "  ".join(words).rstrip()


def natural(name):
    return [int(word) if word.isdigit() else word for word in re.split(r"(\d+)", name)]


def commit():
    asked = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                           capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else "unknown"


def said_in(path, pattern):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(), re.M)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def machine():
    memory = said_in("/proc/meminfo", r"^MemTotal:\s*(\d+) kB$")
    return {
        "processor": said_in("/proc/cpuinfo", r"^model name\s*: (.+)$") or platform.machine(),
        "memory_gib": round(int(memory) / 2**20, 1) if memory else None,
        "virtual": bool(said_in("/proc/cpuinfo", r"^flags\s*:.*\b(hypervisor)\b")),
        "system": f"{platform.system()} {platform.machine()}",
        "kernel": re.match(r"[\d.]*", platform.release()).group().rstrip("."),
        "distribution": said_in("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)'),
    }


def flags(folder):
    """What the programs were compiled with, but for paths and warnings."""
    try:
        commands = json.loads((folder.parent / "compile_commands.json").read_text())
    except OSError:
        return None
    for one in commands:
        if one["file"].endswith("benchmarks/prototype.cpp"):
            return " ".join(word for word in shlex.split(one["command"])
                            if re.match(r"-(O|std|m|DNDEBUG|DSHOAL|flto|falign|fno)", word))
    return None


def write(path, said, found):
    rounded = [{key: round(value, 4) if isinstance(value, float) else value
                for key, value in found[name].items()} for name in sorted(found, key=natural)]
    lines = ",\n".join("  " + json.dumps(case) for case in rounded)
    path.write_text(f'{{\n "context": {json.dumps(said)},\n "benchmarks": [\n{lines}\n ]\n}}\n')


def report_of(sources, notes, folder, began):
    """What the results say about themselves."""
    context, peers, sizes = {}, {}, {}
    for source in sources:
        if isinstance(source, Program):
            context.update(source.context)
        else:
            peers.update(source.about)
            sizes.update(source.bytes)
    sizes.update({key.removeprefix("bytes "): int(value) for key, value in context.items()
                  if key.startswith("bytes ")})
    peers.update({key.removeprefix("peer "): value for key, value in context.items()
                  if key.startswith("peer ")})
    peers.pop("shoal", None)
    said = {key: context[key] for key in ("num_cpus", "mhz_per_cpu", "caches", "load_avg",
                                          "compiler", "checks", "intern_floor") if key in context}
    said.update(machine())
    said.update(flags=flags(folder), date=datetime.date.today().isoformat(), commit=commit(),
                seconds=round(time.monotonic() - began),
                peers={name: peers[name] for name in sorted(peers, key=str.lower)
                       if peers[name] != "not installed"})
    skipped = [f"{name} is not installed" for name, version in peers.items()
               if version == "not installed"]
    said["skipped"] = sorted({*skipped, *notes})
    if sizes:
        said["bytes"] = {name: sizes[name] for name in sorted(sizes, key=str.lower)}
    return said


# ------------------------------------------------------------------------------------- self-test

class Stub:
    """A source with these times, one list per run."""

    def __init__(self, cases, **known):
        self.name, self.runs, self.known = "stub", {n: list(t) for n, t in cases.items()}, known
        self.cases, self.asked = list(cases), []

    def run(self, wanted, repetitions):
        self.asked.append((list(wanted), repetitions))
        if not all(self.runs[name] for name in wanted):
            raise Failed("stub fails")
        return {name: {"wall": list(self.runs[name].pop(0)), **self.known.get(name, {})}
                for name in wanted}


def self_test():
    quiet, slow, wild = [1.0] * 3, [3.0] * 3, [1.0, 2.0, 9.0]
    # Shoal over its limit is measured again, and what is over then stays so.
    limit = {"a/shoal": {"limit": 2.0}}
    late = Stub({"a/floor": [quiet] * 3, "a/shoal": [slow] * 3}, **limit)
    found = measure([(late, late.cases)], 3, [])
    assert over(found["a/shoal"]) and found["a/shoal"]["measured"] == 3 and len(late.asked) == 3
    # A second, quieter look is believed.
    better = Stub({"a/floor": [quiet] * 2, "a/shoal": [wild, quiet]}, **limit)
    found = measure([(better, better.cases)], 3, [])
    assert not over(found["a/shoal"]) and found["a/shoal"]["ratio"] == 1.0
    # Peers take turns with their leader; Shoal's half is compared to theirs.
    leader = Stub({"a/floor": [quiet] * 3, "a/shoal": [quiet] * 3, "b/shoal": [quiet] * 3})
    peer = Stub({"a/v8": [slow] * 9, "c/v8": [slow]}, **{"a/v8": {"peer_limit": 0.1}})
    first, rest = groups([leader, peer])
    assert first == [(leader, leader.cases), (peer, ["a/v8"])] and rest == [(peer, ["c/v8"])]
    leader.runs = {name: runs * 9 for name, runs in leader.runs.items()}
    found = measure(first, 21, [])
    assert leader.asked[0] == (leader.cases, 7) and len(peer.asked) == ROUNDS + AGAIN
    assert over(found["a/v8"]) and abs(found["a/v8"]["ratio"] - 1 / 3) < 1e-9
    assert found["a/v8"]["of"] == "shoal to v8" and "ratio" not in found["b/shoal"]
    # A peer that fails costs its own cases only; a leader that fails, the figure.
    fails, notes = Stub({"a/v8": []}), []
    found = measure([(Stub({"a/shoal": [quiet] * 3}), ["a/shoal"]), (fails, ["a/v8"])], 3, notes)
    assert list(found) == ["a/shoal"] and notes == ["stub fails"]
    try:
        measure([(fails, ["a/v8"])], 3, notes)
    except Failed:
        pass
    else:
        raise AssertionError("a failed leader is no figure")
    # Flat: beside the same figure with the smallest number.
    grows = Stub({"t/1/shoal": [quiet] * 3, "t/100/shoal": [slow] * 3},
                 **{"t/100/shoal": {"flat_limit": 1.5}})
    assert over(measure([(grows, grows.cases)], 3, [])["t/100/shoal"])
    # Waits of all repetitions are one histogram; the longest counts, and who got the least.
    fair = {"waits": [{3: 90}, {3: 8, 6: 2}], "longest": [70, 100], "least": [0.9, 0.9],
            "most": [1.1, 1.1], "longest_limit": 80}
    held = measure([(Stub({"m/shoal": [quiet] * 3}, **{"m/shoal": fair}), ["m/shoal"])], 2, [])
    held = held["m/shoal"]
    assert held["waits"] == [0, 0, 0, 98, 0, 0, 2] and held["longest_of_all"] == 100 and over(held)
    assert (waited(held, 0.5), waited(held, 0.99), waited(held, 1)) == (16, 128, 128)
    assert not over({**held, "longest": 80}) and over({"least": 0.7, "least_limit": 0.8})
    part = {"run_type": "iteration", "run_name": "m/shoal/iterations:1", "real_time": 8, "cpu_time": 8,
            "waits_3": 2.0, "longest": 9.0, "least_limit": 0.8}
    read = times({"benchmarks": [part, part]})["m/shoal"]
    assert read["waits"] == [{3: 2}] * 2 and read["longest"] == [9, 9] and read["least_limit"] == 0.8
    # What a compiler has shortened is left out.
    found = {"a/v8": {"scale": 1.02}, "a/jvm": {"scale": 1.98}, "a/shoal": {}}
    assert len(list(left_out(found))) == 1 and list(found) == ["a/jvm", "a/shoal"]
    assert plain("a/2/shoal/iterations:40/manual_time") == "a/2/shoal"
    assert cause("lua5.4: /x/y.lua:7: module 'luv' not found:\n\tno") == (
        "module 'luv' not found")
    assert cause("/usr/bin/node: bad option: --x") == "bad option: --x"
    # A script that is missing, and one that fails.
    for command in (["no-such-program"], [sys.executable, "-c", "raise SystemExit(1)"]):
        try:
            Script("s", command)
        except Failed:
            continue
        raise AssertionError(command)
    # The results say on what they were measured, and for how long.
    said = report_of([], ["java is not installed"], pathlib.Path("no such folder"), 0)
    for key in ("processor", "memory_gib", "virtual", "system", "kernel", "distribution", "flags",
                "date", "commit", "seconds", "peers", "skipped"):
        assert key in said, key
    assert said["seconds"] > 0 and said["skipped"] == ["java is not installed"]
    # Times by their own clock, and by ours.
    answers = ('import sys, time\n'
               'if sys.argv[1] == "--list": print(\'{"name": "a/v8", "limit": 0.5}\')\n'
               'else: print(\'{"name": "a/v8", "ns": 7, "scale": 2}\\n{"name": "b", "begin": 2}\','
               ' flush=True); time.sleep(0.02); print(\'{"name": "b", "end": true}\')')
    script = Script("s", [sys.executable, "-c", answers])
    found = script.run(["a/v8"], 1)
    assert found["a/v8"] == {"wall": [7], "scale": [2], "peer_limit": 0.5}
    assert 5e6 < found["b"]["wall"][0]
    print("bench.py: judges as it says")
    return 0


# ------------------------------------------------------------------------------------- main

def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--filter", default="", metavar="RE")
    parser.add_argument("--only", default="", metavar="SOURCE")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS, metavar="N")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args, passed_on = parser.parse_known_args()
    for argument in passed_on:
        if not argument.startswith("--benchmark_"):
            parser.error(f"unrecognized argument: {argument}")

    began = time.monotonic()
    if not any(args.folder.glob("bench_*")):
        print(f"no benchmark programs in {args.folder}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        try:
            sources, notes = gather(args.folder.resolve(), scratch, args.only, args.filter,
                                    passed_on)
            if args.smoke:
                for note in sorted(set(notes)):
                    print(f"skipped: {note}")
                for source in sources:
                    source.smoke()
                return 0 if sources else SKIP_EXIT
            return measure_all(args, sources, notes, began)
        except Failed as why:
            print(why, file=sys.stderr)
            return 1


def measure_all(args, sources, notes, began):
    print("case".ljust(48), f"{'median':>9}     {'quartiles':>19}  {'ratio':>7}  {'limit':>6}  "
          f"{'spread':>7}")
    found, failed = {}, False
    for group in groups(sources):
        try:
            part = measure(group, args.repetitions, notes)
        except Failed as why:
            print(why, file=sys.stderr)
            failed = True
            continue
        notes += left_out(part)
        found.update(part)
        for name in sorted(part, key=natural):
            print(line(part[name]), flush=True)
    said = report_of(sources, notes, args.folder.resolve(), began)
    for note in said["skipped"]:
        print(f"skipped: {note}")
    if not found:
        print("no benchmark matches", file=sys.stderr)
        return 1
    late = [name for name, case in found.items() if over(case)]
    limited = sum("limit" in case for case in found.values())
    print(f"{len(found)} cases, {limited} with a limit, {len(late)} over it")
    if args.json:
        write(args.json, said, found)
    return int(failed or (args.strict and bool(late)))


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else main())
