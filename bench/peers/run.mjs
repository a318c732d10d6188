// node run.mjs PEER single|batch|latency COUNT CALLERS: one line of JSON. PostgreSQL by PG*, Redis by REDIS_PORT.
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const [peer, way, count, callers] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5] ?? 32)];
const batchOf = 100;
const warmUp = 500;
const limit = 240_000;

const { open, told } = await import(`./${peer}.mjs`);
const queue = await open();
const began = new Map();
let repeated = 0;
let wanted = 0;
let reached;

const worker = fork(new URL('./worker.mjs', import.meta.url), [peer]);
worker.on('exit', code => fail(`the worker ended with ${code}`));
await new Promise(resolve => worker.on('message', said => {
  if (said.ready) {
    resolve();
  }

  for (const [n, at] of said.came ?? []) {
    repeated += began.has(n) ? 1 : 0;
    began.set(n, BigInt(at));
  }

  if (began.size >= wanted) {
    reached?.();
  }
}));
setTimeout(() => fail(`${began.size} of ${wanted} were worked on within ${limit} ms`), limit).unref();

const payload = n => ({ n, prompt: 'Do nothing, and say so.' });
const now = () => process.hrtime.bigint();
const milliseconds = ticks => Number(ticks) / 1e6;

await submitAll(0, warmUp);
const answer = way === 'latency' ? await latency() : await throughput();
worker.removeAllListeners('exit');
if (repeated > 0) {
  fail(`${repeated} jobs were worked on twice`);
}

console.log(JSON.stringify({ peer, way, count, told, ...answer }));
worker.kill();
await queue.close();
process.exit(0);

async function throughput() {
  const start = now();
  const { submitted, latencies } = await submitAll(warmUp, count, way === 'batch' ? batchOf : 1);
  const took = milliseconds(now() - start);
  return { perSecond: count / took * 1000, submitsPerSecond: count / milliseconds(submitted - start) * 1000, p50: share(latencies, 0.5), p99: share(latencies, 0.99) };
}

/** Until all of them are done, and stored as such. */
async function submitAll(from, many, each = 1) {
  wanted = from + many;
  const all = new Promise(resolve => { reached = resolve; });
  const latencies = [];
  let next = from;
  await Promise.all(Array.from({ length: callers }, async () => {
    while (next < wanted) {
      const numbers = Array.from({ length: Math.min(each, wanted - next) }, () => next++);
      const at = now();
      await (each === 1 ? queue.send(payload(numbers[0])) : queue.sendMany(numbers.map(payload)));
      latencies.push(milliseconds(now() - at));
    }
  }));
  const submitted = now();
  if (began.size < wanted) {
    await all;
  }

  while (await queue.left() > 0) {
    await pause(5);
  }

  return { submitted, latencies };
}

/** One at a time, from the call to the worker's first line. */
async function latency() {
  const latencies = [];
  const start = Date.now();
  for (let n = warmUp; n < warmUp + count && Date.now() - start < 15_000; n++) {
    wanted = n + 1;
    const came = new Promise(resolve => { reached = resolve; });
    const at = now();
    await queue.send(payload(n));
    if (!began.has(n)) {
      await came;
    }

    latencies.push(milliseconds(began.get(n) - at));
    await pause(7);
  }

  return { p50: share(latencies, 0.5), p99: share(latencies, 0.99), samples: latencies.length };
}

function share(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
