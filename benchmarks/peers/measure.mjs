// SPDX-License-Identifier: BSL-1.0
// What struct.mjs and locks.mjs share: how long a case takes, and how they answer tools/bench.py.
//
// node --harmony-struct struct.mjs --list                  the cases, and which version this is
// node --harmony-struct struct.mjs REPETITIONS CASE...     one line per case and repetition
// node --harmony-struct struct.mjs --smoke                 every case once
//
// Lines are JSON; tools/bench.py reads them. A case runs `passes` times over its operations and
// answers a sum that depends on each. Is its time not in proportion to its passes, the compiler has
// taken work away: `scale` says so.

const minimum = 0.01e9; // ns of a repetition
export const warmUp = 0.25e9; // ns of a case before it counts
const most = 2 ** 26; // passes; what has so many of them done at once does nothing

export const now = () => Number(process.hrtime.bigint());

let checksum = 0;
function time(one, passes) {
  const start = now();
  checksum = (checksum + one.pass(passes)) | 0;
  return now() - start;
}

function prepare(one) {
  if (one.own) return;
  const until = now() + warmUp;
  while (now() < until) time(one, 2);
  one.scale = 1;
  for (one.passes = 1; time(one, one.passes) < minimum; one.passes *= 2) {
    if (one.passes === most) return;
  }
  const least = (passes) => Math.min(...Array.from({ length: 5 }, () => time(one, passes)));
  // Seldom, others disturb all five.
  for (let again = 0; again < 3 && one.scale < 1.6; ++again) {
    one.scale = least(2 * one.passes) / least(one.passes);
  }
}

function say(line) {
  console.log(JSON.stringify(line));
}

// Answers process.argv. cases: name -> {ops, pass} or, of those that take their time themselves,
// {ops, own, passes}: function(passes), which answers nanoseconds of a pass, and how many. A case may
// have a limit. about: more lines that tell of the peer.
export function measure(cases, about = []) {
  const [first, ...chosen] = process.argv.slice(2);
  if (first === "--list") {
    say({ peer: "V8", version: `${process.versions.v8}, node ${process.version} --harmony-struct` });
    for (const line of about) say(line);
    for (const [name, { limit }] of cases) say({ name, limit });
  } else if (first === "--smoke") {
    for (const [name, one] of cases) say({ name, ns: one.own ? one.own(1) : time(one, 1), checksum });
  } else {
    for (const name of chosen) prepare(cases.get(name));
    for (let repetition = 0; repetition < Number(first); ++repetition) {
      for (const name of chosen) {
        const one = cases.get(name);
        const ns = one.own ? one.own(one.passes) : time(one, one.passes) / one.passes;
        say({ name, ns: ns / one.ops, scale: one.scale, checksum });
      }
    }
  }
}
