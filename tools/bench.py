#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmark programs of a build one after the other and prints one line per figure.

Usage: bench.py FOLDER [--filter RE] [--json FILE] [ARGUMENT...]

Further arguments go to the programs. The JSON is Google Benchmark's, of all programs in one file,
with the commit in its context. Where a figure carries the counters `ratio` (to its floor) and
`limit`, a ratio above its limit is marked, and the command fails.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def commit():
    asked = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                           capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else "unknown"


def line(figure):
    words = [figure["name"].ljust(56), f"{figure.get('real_time', 0):12.3f} "
             f"{figure.get('time_unit', ''):3}"]
    if "ratio" in figure:
        words.append(f"ratio {figure['ratio']:7.3f}")
    if "limit" in figure:
        words.append(f"limit {figure['limit']:7.3f}")
        if over(figure):
            words.append("over")
    return "  ".join(words)


def over(figure):
    return "limit" in figure and figure.get("ratio", 0) > figure["limit"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--filter", default="", metavar="RE")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    args, passed_on = parser.parse_known_args()

    whole, worst = {}, 0
    for program in sorted(p for p in args.folder.glob("bench_*") if p.is_file()):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.json"
            command = [str(program), f"--benchmark_out={out}", "--benchmark_out_format=json"]
            if args.filter:
                command.append(f"--benchmark_filter={args.filter}")
            ran = subprocess.run(command + passed_on, stdout=subprocess.PIPE, text=True)
            if ran.returncode:
                print(ran.stdout, f"{program.name} failed", sep="\n", file=sys.stderr)
                worst = 1
                continue
            text = out.read_text() if out.exists() else ""
        # A program without a matching case writes nothing.
        part = json.loads(text) if text.strip() else {"benchmarks": []}
        whole.setdefault("context", part.get("context"))
        whole.setdefault("benchmarks", []).extend(part["benchmarks"])
        for figure in part["benchmarks"]:
            # Of repetitions, the summary that stands for them.
            if figure.get("run_type") != "aggregate" or figure["aggregate_name"] == "median":
                print(line(figure), flush=True)
            worst |= over(figure)
    if not whole.get("benchmarks"):
        print("no benchmark matches", file=sys.stderr)
        return 1
    if args.json:
        whole["context"] = {**(whole["context"] or {}), "commit": commit()}
        args.json.write_text(json.dumps(whole, indent=1) + "\n")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
