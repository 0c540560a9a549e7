// SPDX-License-Identifier: BSL-1.0
// The locks of V8's shared structs beside ours, as mutex.cpp and waiting.cpp have them: Atomics.Mutex
// locks around a function, and Atomics.Condition waits within one.
//
// measure.mjs says how it is called.
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { measure, now } from "./measure.mjs";

if (!Atomics.Mutex || !Atomics.Condition) throw new Error("Atomics.Mutex is missing");

const { lock } = Atomics.Mutex;
const { wait, notify } = Atomics.Condition;
const times = 64; // as in mutex.cpp
const batch = 10000; // locks of a pass of each of two threads
const longSteps = 100;

// ------------------------------------------------------------------------------------ alone

const own = new Atomics.Mutex();
let count = 0;
const add = () => (count = (count + 1) | 0);

function uncontended(passes) {
  for (let p = 0; p < passes; ++p) for (let i = 0; i < times; ++i) lock(own, add);
  return count;
}

// ------------------------------------------------------------------------------------ two threads

const Table = new SharedStructType(["mutex", "turned", "turn"]);

// Each step waits for the one before, as in mutex.cpp; of 32 bits, which is what JavaScript has.
function work(on, at, steps) {
  let value = on[at];
  for (let i = 0; i < steps; ++i) value = (Math.imul(value, 0x7f4a7c15) + 1) | 0;
  on[at] = value;
}

function contend(steps) {
  return ({ table, numbers }, thread, passes) => {
    const { mutex } = table;
    const shared = 16; // in Int32Array, each on a line of its own
    const mine = 32 + 16 * thread;
    const section = () => work(numbers, shared, steps + 1);
    for (let i = 0; i < passes * batch; ++i) {
      lock(mutex, section);
      work(numbers, mine, steps);
    }
  };
}

function pingPong({ table }, mine, rounds) {
  const { mutex, turned } = table;
  const turn = () => {
    while (table.turn !== mine) wait(turned, mutex);
    table.turn = 1 - mine;
    notify(turned, 1);
  };
  for (let i = 0; i < rounds; ++i) lock(mutex, turn);
}

// What each of two threads does, and how many passes do for its compiler.
const halves = {
  short: { half: contend(0), warm: 5 },
  long: { half: contend(longSteps), warm: 5 },
  pingPong: { half: pingPong, warm: 200 },
};

// This thread and a worker start together and take their own time. numbers: how many are ready, and
// the nanoseconds of a pass on each.
function oneOfTwo({ name, shared, passes }, thread) {
  const { half, warm } = halves[name];
  const { numbers } = shared;
  half(shared, thread, warm);
  Atomics.add(numbers, 0, 1);
  while (Atomics.load(numbers, 0) < 2);
  const start = now();
  half(shared, thread, passes);
  Atomics.store(numbers, 1 + thread, Math.round((now() - start) / passes));
}

function two(name, passes) {
  const table = new Table();
  table.mutex = new Atomics.Mutex();
  table.turned = new Atomics.Condition();
  table.turn = 0;
  const numbers = new Int32Array(new SharedArrayBuffer(64 * 4));
  const job = { name, shared: { table, numbers }, passes };
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  worker.unref();
  oneOfTwo(job, 0);
  while (Atomics.load(numbers, 2) === 0) Atomics.wait(numbers, 2, 0);
  return (numbers[1] + numbers[2]) / 2;
}

// ------------------------------------------------------------------------------------ measuring

function bytesOf(make) {
  const many = 100000;
  const kept = new Array(many).fill(null);
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < many; ++i) kept[i] = make();
  return Math.round((process.memoryUsage().heapUsed - before) / kept.length);
}

function main() {
  const about = process.argv[2] !== "--list" ? [] : [
    { bytes: "mutex", of: "Atomics.Mutex", number: bytesOf(() => new Atomics.Mutex()) },
    { bytes: "condition", of: "Atomics.Condition", number: bytesOf(() => new Atomics.Condition()) },
  ];
  const cases = new Map([["mutex/uncontended/v8", { ops: times, pass: uncontended }]]);
  for (const name of ["short", "long"]) {
    const own = (passes) => two(name, passes);
    cases.set(`mutex/contended/${name}/v8`, { ops: batch, own, passes: 20 });
  }
  cases.set("condition/ping_pong/v8", { ops: 1, own: (rounds) => two("pingPong", rounds), passes: 2000 });
  measure(cases, about);
}

if (isMainThread) {
  main();
} else {
  oneOfTwo(workerData, 1);
  Atomics.notify(workerData.shared.numbers, 2);
}
