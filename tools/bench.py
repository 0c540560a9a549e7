#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmark programs of a build and sets each figure beside its floor.

Usage: bench.py FOLDER [--filter RE] [--json FILE] [ARGUMENT...]

A figure is a name with cases: name/floor, name/shoal and perhaps name/<peer>. From the repetitions
of one run come median and quartiles of each case in nanoseconds per operation, and the case's
`ratio` to its floor. A figure over its `limit` is marked and fails the command; so does one that
takes more than `peer_limit` times what a peer takes. The JSON keeps Google Benchmark's shape, one
entry per case. Further arguments go to the programs.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def commit():
    asked = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                           capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else "unknown"


def measure(program, arguments):
    """The JSON that the program writes, or None where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.json"
        ran = subprocess.run([str(program), f"--benchmark_out={out}", "--benchmark_out_format=json",
                              *arguments], stdout=subprocess.PIPE, text=True)
        if ran.returncode:
            print(ran.stdout, f"{program.name} failed", sep="\n", file=sys.stderr)
            return None
        text = out.read_text() if out.exists() else ""
    # A program without a matching case writes nothing.
    return json.loads(text) if text.strip() else {"benchmarks": []}


def cases(part):
    """{name: {"times": ns per operation of each repetition, and the counters of limits}}"""
    found = {}
    for run in part["benchmarks"]:
        if run.get("run_type") == "aggregate":
            continue
        if run.get("error_occurred"):
            print(f"{run['name']}: {run.get('error_message')}", file=sys.stderr)
            continue
        # Google Benchmark adds how the case was run to its name.
        name = re.sub(r"/(manual_time|real_time|iterations:\d+|repeats:\d+|threads:\d+)", "",
                      run["name"])
        case = found.setdefault(name, {"times": []})
        scale = NANOSECONDS[run["time_unit"]] / run.get("ops", 1)
        case["times"].append(run["real_time"] * scale)
        for counter in ("limit", "peer_limit"):
            if counter in run:
                case[counter] = run[counter]
    return found


def entries(found):
    """One entry per case, with its ratios."""
    medians = {name: statistics.median(case["times"]) for name, case in found.items()}
    for name, case in found.items():
        times = case["times"]
        quartiles = statistics.quantiles(times, n=4) if len(times) > 1 else [times[0]] * 3
        entry = {"name": name, "run_type": "aggregate", "aggregate_name": "median",
                 "repetitions": len(times), "real_time": medians[name], "time_unit": "ns",
                 "q1": quartiles[0], "q3": quartiles[2]}
        figure, _, _ = name.rpartition("/")
        if medians.get(f"{figure}/floor"):
            entry["ratio"] = medians[name] / medians[f"{figure}/floor"]
        if "limit" in case:
            entry["limit"] = case["limit"]
        if "peer_limit" in case and f"{figure}/shoal" in medians:
            entry["peer_limit"] = case["peer_limit"]
            entry["peer_ratio"] = medians[f"{figure}/shoal"] / medians[name]
        yield entry


def over(entry):
    return (entry.get("ratio", 0) > entry.get("limit", float("inf"))
            or entry.get("peer_ratio", 0) > entry.get("peer_limit", float("inf")))


def line(entry):
    words = [f"{entry['name']:44} {entry['real_time']:10.3f} ns "
             f"({entry['q1']:.3f} to {entry['q3']:.3f})".ljust(80)]
    for ratio, limit, label in (("ratio", "limit", ""), ("peer_ratio", "peer_limit", "shoal / this ")):
        if ratio in entry:
            words.append(f"{label}{entry[ratio]:6.3f}")
        if limit in entry:
            words.append(f"<= {entry[limit]:g}")
    if over(entry):
        words.append("OVER")
    return " ".join(words)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--filter", metavar="RE")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    args, arguments = parser.parse_known_args()
    if args.filter:
        arguments.append(f"--benchmark_filter={args.filter}")

    context, figures, failed = None, [], False
    for program in sorted(p for p in args.folder.glob("bench_*") if p.is_file()):
        part = measure(program, arguments)
        if part is None:
            failed = True
            continue
        context = context or part.get("context")
        for entry in entries(cases(part)):
            figures.append(entry)
            failed |= over(entry)
            print(line(entry), flush=True)
    if not figures:
        print("no benchmark matches", file=sys.stderr)
        return 1
    if args.json:
        for private in ("host_name", "executable"):
            context.pop(private, None)
        whole = {"context": {**context, "commit": commit()}, "benchmarks": figures}
        args.json.write_text(json.dumps(whole, indent=1) + "\n")
    print(f"{len(figures)} cases, {sum(map(over, figures))} over their limits")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
