#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Weakens every named order of the library, one at a time, in one program of the model suite, and
says which test notices. An order is caught when each of its weakenings is.

Usage: mutate.py [--jobs N] [--sample N] --model MODEL [ORDER...]

--sample: only each n-th order, so that N of them run.
ORDER: only orders that begin so.
--model: the model suite's program. Exits with 1 when an order survives.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import orders  # noqa: E402


def weaken(model, mutant):
    """(caught, what was said)"""
    ran = subprocess.run([model, f"--weaken={mutant}", "--caught-by"], capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{model} --weaken={mutant}: {ran.stdout}{ran.stderr}exit status {ran.returncode}")
    return ran.returncode == 0, ran.stdout.strip().replace("\n", " ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("order", nargs="*")
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    places = [p for p in orders.places(orders.code_files(orders.ROOT)) if p.mutants]
    if args.order:
        places = [p for p in places if p.name.startswith(tuple(args.order))]
    if args.sample and args.sample < len(places):
        places = [places[i * len(places) // args.sample] for i in range(args.sample)]
    if not places:
        sys.exit("no order that could be weaker is called so")
    explained, _ = orders.explained_of(orders.ROOT)
    caught = reasoned = survived = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        runs = {m: pool.submit(weaken, args.model, m) for p in places for m in p.mutants}
        for place in places:
            left = []
            for mutant in place.mutants:
                found, said = runs[mutant].result()
                if not found:
                    left.append(mutant)
                    why = explained.get(mutant)
                    said = f"{said}; {why[0]}: {why[1]}" if why else f"SURVIVES ({said})"
                elif mutant in explained:
                    said += f" (and {orders.EXPLAINED} still explains it)"
                print(f"{mutant:34} {place.order:9} {said[:150]}", flush=True)
            if not left:
                caught += 1
            elif all(mutant in explained for mutant in left):
                reasoned += 1
            else:
                survived += 1
    print(f"{len(places)} orders, {caught} caught, {reasoned} explained, {survived} survive")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
