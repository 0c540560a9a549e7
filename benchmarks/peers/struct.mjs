// SPDX-License-Identifier: BSL-1.0
// The shared structs of V8, beside ours: fields, creation, and behaviour, which they leave to a map.
//
// measure.mjs says how it is called.
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { measure, now, warmUp } from "./measure.mjs";

const objectCount = 64; // as in field_reference.cpp
const batch = 16384; // operations of a pass of creation or look-up

// ------------------------------------------------------------------------------------ fields

const Holder = new SharedStructType(["any", "ref"]);
const make = (n) => Array.from({ length: n }, () => new Holder());
const objects = make(objectCount);
const targets = make(objectCount);
// The mix that the floor stores: numbers, objects, undefined.
const words = objects.map((_, i) => [i, 0.5 * i, undefined, targets[i]][(i * 7) & 3]);

// What a load saw, as an integer, without asking more of it than that it is there.
const seen = (value, i) => (value === undefined ? 1 : i);

const fields = {
  "field/any/unordered/load/v8"(passes) {
    let sum = 0;
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) sum = (sum + seen(objects[i].any, i)) | 0;
    return sum;
  },
  "field/any/unordered/store/v8"(passes) {
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) objects[i].any = words[i];
    return seen(objects[passes % objectCount].any, passes);
  },
  "field/any/seq_cst/load/v8"(passes) {
    let sum = 0;
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) sum = (sum + seen(Atomics.load(objects[i], "any"), i)) | 0;
    return sum;
  },
  "field/any/seq_cst/store/v8"(passes) {
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) Atomics.store(objects[i], "any", words[i]);
    return seen(objects[passes % objectCount].any, passes);
  },
  "field/ref/unordered/load/v8"(passes) {
    let sum = 0;
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) sum = (sum + seen(objects[i].ref, i)) | 0;
    return sum;
  },
  "field/ref/unordered/store/v8"(passes) {
    for (let p = 0; p < passes; ++p)
      for (let i = 0; i < objectCount; ++i) objects[i].ref = targets[i];
    return seen(objects[passes % objectCount].ref, passes);
  },
};

// ------------------------------------------------------------------------------------ creation

// One function for each type, so that each `new` knows its type. The last objects are kept where
// the compiler must assume that somebody looks.
const kept = new Array(1024).fill(null);
function creation(type, kept) {
  return new Function("type", "kept", "batch", `
    return function create(passes) {
      for (let p = 0; p < passes; ++p)
        for (let i = 0; i < batch; ++i) kept[i & 1023] = new type();
      return kept.filter((object) => object !== null).length;
    }`)(type, kept, batch);
}
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
const creations = {};
for (const n of [2, 4, 8]) {
  creations[`create/${n}/v8`] = creation(new SharedStructType(names.slice(0, n)), kept);
}

// Two threads at once: this one and a worker, which start together and take their own time.
// state: how many are ready, and the nanoseconds of a pass on each.
function createHere(passes, state, which) {
  const create = creations["create/2/v8"];
  for (const until = now() + warmUp / 2; now() < until; ) create(2);
  Atomics.add(state, 0, 1);
  while (Atomics.load(state, 0) < 2);
  const start = now();
  create(passes);
  Atomics.store(state, 1 + which, Math.round((now() - start) / passes));
}

function createByTwo(passes) {
  const state = new Int32Array(new SharedArrayBuffer(3 * 4));
  const worker = new Worker(new URL(import.meta.url), { workerData: { state, passes } });
  worker.unref();
  createHere(passes, state, 0);
  while (Atomics.load(state, 2) === 0) Atomics.wait(state, 2, 0);
  return (state[1] + state[2]) / 2;
}

// ------------------------------------------------------------------------------------ behaviour

// A shared struct's prototype is null, so each thread keeps behaviour in a map; what it is looked up
// by is a field, since instances do not say their type.
function lookUp(typeCount) {
  const types = Array.from({ length: typeCount }, () => new SharedStructType(["type", "field"]));
  const map = new Map(types.map((_, index) => [index, { index: index & 3 }]));
  let seed = 88172645463325252n;
  const all = Array.from({ length: batch }, () => {
    seed ^= BigInt.asUintN(64, seed << 13n);
    seed ^= seed >> 7n;
    seed ^= BigInt.asUintN(64, seed << 17n);
    const index = Number((seed >> 16n) % BigInt(typeCount));
    const object = new types[index]();
    object.type = index;
    return object;
  });
  return new Function("map", "all", `
    return function lookUp(passes) {
      let sum = 0;
      for (let p = 0; p < passes; ++p)
        for (let i = 0; i < all.length; ++i) sum = (sum + map.get(all[i].type).index) | 0;
      return sum;
    }`)(map, all);
}

// ------------------------------------------------------------------------------------ measuring

// name -> {ops, pass: function(passes), made when first asked for}
const cases = new Map();
const lazily = (make) => {
  let made;
  return (passes) => (made ??= make())(passes);
};
for (const [name, pass] of Object.entries(fields)) cases.set(name, { ops: objectCount, pass });
for (const [name, pass] of Object.entries(creations)) cases.set(name, { ops: batch, pass });
// Ours creates in at most a tenth of this time.
cases.get("create/2/v8").limit = 0.1;
cases.set("create_by_two/2/v8", { ops: batch, own: createByTwo, passes: 20 });
for (const n of [1, 100, 10000]) {
  cases.set(`prototype/${n}/v8_map`, { ops: batch, pass: lazily(() => lookUp(n)) });
}

if (isMainThread) {
  measure(cases);
} else {
  const { state, passes } = workerData;
  createHere(passes, state, 1);
  Atomics.notify(state, 2);
}
