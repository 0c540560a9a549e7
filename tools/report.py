#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Adds up what `meson test` recorded: seconds and budget per suite, then `N passed, N failed`.

Usage: report.py RUNS    one line per build in RUNS: name, 1 if it compiled, seconds it took
Fails when anything failed or when no test ran.
"""
import json
import pathlib
import re
import sys

# Seconds that a suite may take in one build, on two cores. Over budget is said, not failed:
# machines differ. Those of ONCE run in one build only.
BUDGETS = {
    "build": 150,
    "headers": 2,
    "unit": 20,
    "litmus": 30,
    "stress": 40,
    "model": 100,
    "spin": 120,
    "embed": 5,
    "compile_fail": 100,
    "codegen": 30,
    "gdb": 10,
    "consume": 150,
    "docs": 5,
    "lua": 30,
    "bench-smoke": 30,
    "lint": 10,
    "fuzz": 10,
}
ONCE = {"codegen", "compile_fail", "consume", "lint", "spin"}
DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")
GOOD = {"OK", "EXPECTEDFAIL"}


def cases(test):
    """(passed, failed) of one recorded test: doctest's own counts where it printed them."""
    good = test["result"] in GOOD
    counted = DOCTEST.search(test.get("stdout") or "")
    if not counted:
        return (1, 0) if good else (0, 1)
    passed, failed = int(counted.group(2)), int(counted.group(3))
    # A program that dies after its summary has failed all the same.
    return (passed, failed) if good else (passed, max(failed, 1))


def name_of(test):
    """(suite, name): the log says "shoal:suite / name"."""
    suites, _, name = test["name"].rpartition(" / ")
    return (suites.split(":")[-1].split("+")[0] or name.split("/")[0]), name


def main(path):
    runs = [line.split() for line in pathlib.Path(path).read_text().splitlines()]
    seconds, totals, notes = {}, [0, 0], []
    for name, built, took in runs:
        seconds.setdefault("build", {})[name] = float(took)
        if built != "1":
            totals[1] += 1
            notes.append(f"failed: {name}: did not compile")
            continue
        logs = sorted(pathlib.Path(path).parent.glob(f"{name}/meson-logs/run*.json"))
        lines = [line for log in logs for line in log.read_text().splitlines()]
        for line in lines:
            test = json.loads(line)
            suite, test_name = name_of(test)
            column = seconds.setdefault(suite, {})
            column[name] = column.get(name, 0) + float(test["duration"])
            label = f"{name}: {test_name}"
            if test["result"] == "SKIP":
                notes.append(f"skipped: {label}")
                continue
            passed, failed = cases(test)
            totals[0] += passed
            totals[1] += failed
            if failed:
                notes.append(f"failed: {label} ({test['result'].lower()})")
            elif not passed:
                totals[1] += 1
                notes.append(f"failed: {label}: holds no test case")
        if not logs:
            totals[1] += 1
            notes.append(f"failed: {name}: the test runner left no results")

    names = [run[0] for run in runs]
    print()
    print("seconds".ljust(14) + "".join(name.rjust(13) for name in names + ["total", "budget"]))
    order = list(BUDGETS) + sorted(set(seconds) - set(BUDGETS))
    for suite in [s for s in order if s in seconds]:
        column = seconds[suite]
        total = sum(column.values())
        budget = BUDGETS.get(suite, 0) * (1 if suite in ONCE else len(names))
        cells = [f"{column[name]:.1f}" if name in column else "" for name in names]
        over = "  over" if total > budget else ""
        print(suite.ljust(14) + "".join(c.rjust(13) for c in cells + [f"{total:.1f}", f"{budget}"])
              + over)
    print()
    for note in sorted(notes):
        print(note)
    if totals == [0, 0]:
        print("no test ran")
    print(f"{totals[0]} passed, {totals[1]} failed")
    return 0 if totals[0] and not totals[1] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
