// A client of seed 003's 断线与重连, from its text: 未完成任务自动回收为 queued. usage: node recovery.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, signIn } from '../api.mjs';
import { hire, Page } from './worker.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const page = await Page.open(base, admin);
const done = (what) => console.log(`seed 003: ${what}`);
const task = (id) => call('GET', `/api/tasks/${id}`, { token: admin });
const submit = async (body) => (await call('POST', '/api/tasks', { body: { type: 'chat', input: {}, priority: 0, ...body }, token: admin })).task_id;

const leaseLimit = 60;
const goal = 30;

/** A task that an agent runs. */
async function begun(worker, body) {
  const work = await worker.given(await submit(body));
  worker.say('task/accept', work);
  await eventuallyRunning(work.task_id);
  return work;
}

async function eventuallyRunning(id) {
  const isIt = (frame) => frame.type === 'task/state' && frame.payload.task_id === id && frame.payload.status === 'running';
  await page.frame(isIt, `task/state running of ${id}`);
}

/** The next attempt of what was cut off, and that it was given away in time. */
async function givenAgain(worker, work, cutAt) {
  const anew = await worker.given(work.task_id, leaseLimit);
  const took = (Date.now() - cutAt) / 1000;
  assert.equal(anew.attempt, work.attempt + 1);
  assert.ok(took <= goal, `given again after ${took.toFixed(1)} s, the goal is ${goal}`);
  assert.equal((await task(work.task_id)).status, 'running');
  return { anew, took: took.toFixed(1) };
}

/** It never reads as ended while nobody has it. */
async function staysOpen(id, until) {
  let over = false;
  until.then(() => (over = true), () => (over = true));
  while (!over) {
    assert.match((await task(id)).status, /^(running|queued)$/);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// 支持重连: the socket is cut, the agent is back at once and goes on with what it has.
async function goesOn() {
  const { id, connect } = await hire(base, call, admin);
  const before = await connect();
  const work = await begun(before, { agent_id: id });
  await before.cut();
  const after = await connect();
  after.say('task/progress', work, { seq: 1, kind: 'status', data: { step: 'after the cut' } });
  assert.deepEqual((await page.about('task/progress', work.task_id)).data, { step: 'after the cut' });
  assert.equal((await after.result(work, { text: 'kept' })).accepted, true);
  const { status, result } = await task(work.task_id);
  assert.deepEqual([status, result], ['done', { text: 'kept' }]);
  await after.close();
  done('an agent whose socket was cut goes on where it was');
}

// The agent's process died: it comes back and knows nothing. It gets the task anew.
async function comesBack() {
  const { id, connect } = await hire(base, call, admin);
  const before = await connect();
  const work = await begun(before, { agent_id: id });
  const cutAt = Date.now();
  await before.cut();
  const after = await connect();
  const again = givenAgain(after, work, cutAt);
  await Promise.all([again, staysOpen(work.task_id, again)]);
  const { anew, took } = await again;
  await after.does(anew);
  assert.equal((await task(work.task_id)).status, 'done');
  await after.close();
  done(`an agent that died and came back has the task again after ${took} s`);
}

// The same, but it has other work by now: that must not keep alive what it no longer knows.
async function comesBackToWork() {
  const { id, connect } = await hire(base, call, admin, { concurrency: 2 });
  const before = await connect();
  const lost = await begun(before, { agent_id: id });
  const cutAt = Date.now();
  await before.cut();
  const after = await connect();
  const other = await begun(after, { agent_id: id });
  const { anew, took } = await givenAgain(after, lost, cutAt);
  await after.does(anew);
  assert.equal((await after.result(other, {})).accepted, true);
  await after.close();
  done(`one that has other work by now, too, after ${took} s`);
}

// The agent does not come back: another one with the capability gets the task, and the first one's late result does not count.
async function anotherTakesOver() {
  const capability = `chat-${randomUUID()}`;
  const [lost, heir] = [await hire(base, call, admin, { capabilities: [capability] }), await hire(base, call, admin, { capabilities: [capability] })];
  const dying = await lost.connect();
  const work = await begun(dying, { requires: { capabilities: [capability] } });
  assert.equal(work.agent_id, lost.id);
  const other = await heir.connect();
  const cutAt = Date.now();
  await dying.cut();
  const again = givenAgain(other, work, cutAt);
  await Promise.all([again, staysOpen(work.task_id, again)]);
  const { anew, took } = await again;
  assert.equal(anew.agent_id, heir.id);
  other.say('task/accept', anew);

  const late = await lost.connect();
  assert.equal((await late.result(work, { text: 'late' })).accepted, false);
  assert.equal((await task(work.task_id)).status, 'running');
  assert.equal((await other.result(anew, { text: 'mine' })).accepted, true);
  assert.deepEqual((await task(work.task_id)).result, { text: 'mine' });
  await Promise.all([late.close(), other.close()]);
  done(`another agent takes over after ${took} s, and a late result is refused`);
}

await Promise.all([goesOn(), comesBack(), comesBackToWork(), anotherTakesOver()]);
await page.close();
done('unfinished tasks are given again');
