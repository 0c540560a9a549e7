#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmark programs of a build one after the other and prints one line per figure.

Usage: bench.py FOLDER [--filter RE] [--json FILE] [--smoke] [--strict] [--benchmark_ARGUMENT...]

A figure is x/floor and x/shoal. Its ratio is the median of Shoal's repetitions to the median of the
floor's, which the program runs interleaved; `spread` is the distance of the quartiles to the median,
the wider of the two halves. A figure over its limit, or too noisy to say, is measured again by
itself, at most twice; the JSON says how often. Of a peer (x/thread_local_map), the ratio is Shoal's
median to the peer's. `flat`: to the same figure with the smallest number in its name.

--smoke     runs every case once, as short as it can, and judges nothing
--strict    fails when a figure stays over its limit
Google Benchmark's own arguments go to the programs. The JSON has one entry per case, with Google Benchmark's names
and the quartiles; times are nanoseconds of one operation.
"""
import argparse
import datetime
import json
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOISY = 0.10  # a spread above it says little
AGAIN = 2


def commit():
    asked = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                           capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else "unknown"


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.M)
    return found.group(1).strip() if found else platform.machine()


def run(program, arguments):
    """What the program wrote as JSON, or None where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.json"
        ran = subprocess.run([str(program), f"--benchmark_out={out}",
                              "--benchmark_out_format=json"] + arguments,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if ran.returncode:
            print(ran.stdout, ran.stderr, f"{program.name} failed", sep="\n", file=sys.stderr)
            return None
        text = out.read_text() if out.exists() else ""
    # A program without a matching case writes nothing.
    return json.loads(text) if text.strip() else {"benchmarks": []}


def cases(part):
    """{name: case} with the medians and quartiles of the repetitions."""
    times, known = {}, {}
    for one in part["benchmarks"]:
        if one.get("run_type") != "iteration":
            continue
        name = re.sub(r"/(iterations:\d+|manual_time|real_time)", "", one["run_name"])
        ops = one.get("ops", 1) or 1
        times.setdefault(name, []).append((one["real_time"] / ops, one["cpu_time"] / ops))
        known[name] = one
    found = {}
    for name, pairs in times.items():
        wall = sorted(pair[0] for pair in pairs)
        quartiles = statistics.quantiles(wall, n=4) if len(wall) > 1 else [wall[0]] * 3
        found[name] = {
            "name": name,
            "run_type": "aggregate",
            "aggregate_name": "median",
            "repetitions": len(wall),
            "real_time": statistics.median(wall),
            "cpu_time": statistics.median(pair[1] for pair in pairs),
            "time_unit": "ns",
            "p25": quartiles[0],
            "p50": statistics.median(wall),
            "p75": quartiles[2],
        }
        for counter in ("limit", "peer_limit", "flat_limit"):
            if counter in known[name]:
                found[name][counter] = known[name][counter]
    return found


def spread(case):
    return max(case["p75"] - case["p50"], case["p50"] - case["p25"]) / case["p50"]


def judge(found):
    """Adds ratio, limit, of and spread to every case."""
    for name, case in found.items():
        figure, half = name.rsplit("/", 1)
        floor, shoal = found.get(f"{figure}/floor"), found.get(f"{figure}/shoal")
        if half in ("floor", "shoal") and floor is not None:
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
            or case.get("flat", 0) > case.get("flat_limit", float("inf")))


def doubtful(case):
    return over(case) or ("limit" in case and case.get("spread", 0) > NOISY)


def line(case):
    words = [case["name"].ljust(40), f"{case['p50']:9.3f} ns",
             f"{case['p25']:9.3f} {case['p75']:9.3f}"]
    if "ratio" in case and not case["name"].endswith("/floor"):
        words.append(f"{case['ratio']:7.3f}")
        words.append(f"{case['limit']:6.2f}" if "limit" in case else "     -")
        words.append(f"{case['spread'] * 100:5.1f} %")
        words.append("over" if case["ratio"] > case.get("limit", float("inf"))
                     else "ok" if "limit" in case else "")
        if "flat" in case:
            words.append(f"flat {case['flat']:.3f} of {case['flat_limit']:.2f}")
        if not case["name"].endswith("/shoal"):
            words.append(f"({case['of']})")
    return "  ".join(words).rstrip()


def measure(program, pattern, arguments):
    """The judged cases of one program, doubtful ones measured again. None: it failed."""
    chosen = [f"--benchmark_filter={pattern}"] if pattern else []
    part = run(program, chosen + arguments)
    if part is None:
        return None, {}
    found = cases(part)
    judge(found)
    for again in range(AGAIN):
        figures = sorted({re.escape(name.rsplit("/", 1)[0]) for name, case in found.items()
                          if doubtful(case)})
        if not figures:
            break
        # With what they are compared to: the smallest of a family.
        figures = sorted(set(figures) | {re.escape(least(found, name)["name"].rsplit("/", 1)[0])
                                         for name, case in found.items()
                                         if "flat_limit" in case and doubtful(case)})
        once_more = run(program, [f"--benchmark_filter=^({'|'.join(figures)})/"] + arguments)
        if once_more is None:
            return None, {}
        newer = cases(once_more)
        judge(newer)
        for figure in {name.rsplit("/", 1)[0] for name in newer}:
            halves = [name for name in newer if name.rsplit("/", 1)[0] == figure]
            # A figure is taken whole; the quieter run counts.
            if any(over(found[n]) for n in halves) or (
                    max(newer[n].get("spread", 0) for n in halves)
                    < max(found[n].get("spread", 0) for n in halves)):
                found.update({name: newer[name] for name in halves})
            for name in halves:
                found[name]["measured"] = again + 2
    return part.get("context"), found


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--filter", default="", metavar="RE")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args, passed_on = parser.parse_known_args()
    for argument in passed_on:
        if not argument.startswith("--benchmark_"):
            parser.error(f"unrecognized argument: {argument}")

    programs = sorted(p for p in args.folder.glob("bench_*") if p.is_file())
    if not programs:
        print(f"no benchmark programs in {args.folder}", file=sys.stderr)
        return 1
    if args.smoke:
        return int(any(run(program, ["--smoke"] + passed_on) is None for program in programs))

    print("figure".ljust(40), f"{'median':>9}     {'quartiles':>19}  {'ratio':>7}  {'limit':>6}  "
          f"{'spread':>7}")
    context, everything, failed = None, {}, False
    for program in programs:
        said, found = measure(program, args.filter, passed_on)
        failed |= said is None and not found
        context = context or said
        for name in sorted(found, key=natural):
            print(line(found[name]), flush=True)
        everything.update(found)
    if not everything:
        print("no benchmark matches", file=sys.stderr)
        return 1
    late = [name for name, case in everything.items() if over(case)]
    limited = sum("limit" in case for case in everything.values())
    print(f"{len(everything)} cases, {limited} with a limit, {len(late)} over it")
    if args.json:
        write(args.json, context or {}, everything)
    return int(failed or (args.strict and bool(late)))


def natural(name):
    return [int(word) if word.isdigit() else word for word in re.split(r"(\d+)", name)]


def write(path, context, everything):
    said = {key: context[key] for key in ("num_cpus", "mhz_per_cpu", "caches", "load_avg",
                                          "compiler", "checks", "intern_floor") if key in context}
    said.update(date=datetime.date.today().isoformat(), processor=processor(), commit=commit(),
                system=f"{platform.system()} {platform.machine()}")
    rounded = [{key: round(value, 4) if isinstance(value, float) else value
                for key, value in everything[name].items()} for name in sorted(everything,
                                                                               key=natural)]
    lines = ",\n".join("  " + json.dumps(case) for case in rounded)
    path.write_text(f'{{\n "context": {json.dumps(said)},\n "benchmarks": [\n{lines}\n ]\n}}\n')


if __name__ == "__main__":
    sys.exit(main())
