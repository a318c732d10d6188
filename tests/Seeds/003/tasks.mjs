// A client of seed 003's tasks over /ws, from its text. usage: node tasks.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, eventually, signIn, signUp } from '../api.mjs';
import { hire, Page } from './worker.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const page = await Page.open(base, admin);
const done = (what) => console.log(`seed 003: ${what}`);
const task = (id, prefix = '/api') => call('GET', `${prefix}/tasks/${id}`, { token: admin });
const becomes = (id, status, prefix) => eventually(() => task(id, prefix), (found) => found.status === status, `task ${id} is ${status}`);
const cancel = (id) => call('POST', `/api/tasks/${id}/cancel`, { token: admin });
const submit = async (agentId, more = {}) => {
  const { task_id, status } = await call('POST', '/api/tasks', { body: { agent_id: agentId, type: 'chat', input: { text: '你好' }, priority: 0, ...more }, token: admin });
  assert.equal(status, 'queued');
  return task_id;
};

// task/submit, task/accept, task/progress（流式）, task/result.
const chat = await hire(base, call, admin);
const agent = await chat.connect();
const first = await submit(chat.id);
const work = await agent.given(first);
assert.deepEqual([work.agent_id, work.type, work.input], [chat.id, 'chat', { text: '你好' }]);
assert.deepEqual([(await task(first)).status, (await task(first, '/api/v1')).status], ['running', 'assigned']);
agent.say('task/accept', work);
await becomes(first, 'running', '/api/v1');
const steps = [1, 2, 3].map((seq) => ({ seq, kind: 'status', data: { step: seq }, percent: seq * 30 }));
for (const step of steps) agent.say('task/progress', work, step);
for (const { kind, data, percent } of steps) {
  const heard = await page.about('task/progress', first);
  assert.deepEqual([heard.kind, heard.data, heard.percent, heard.agent_id], [kind, data, percent, chat.id]);
}
const midway = await task(first);
assert.deepEqual([midway.status, midway.result ?? {}, midway.error], ['running', {}, '']);
assert.equal((await agent.result(work, { text: '好', tokens: 2 })).accepted, true);
const ended = await task(first);
assert.deepEqual([ended.task_id, ended.status, ended.result, ended.error], [first, 'done', { text: '好', tokens: 2 }, '']);
assert.deepEqual(await page.states(first), ['queued', 'running', 'done']);
assert.ok((await call('GET', `/api/tasks?status=done&agent_id=${chat.id}`, { token: admin })).items.some((item) => item.task_id === first));
done('a task is submitted, accepted, followed and done');

// A result that comes again changes nothing.
assert.equal((await agent.result(work, { text: 'another' })).accepted, false);
assert.deepEqual((await task(first)).result, { text: '好', tokens: 2 });
done('a second result is refused');

// task/error（失败）: error is a string; one that may be tried again is.
const hopeless = await submit(chat.id);
const failing = await agent.given(hopeless);
agent.say('task/accept', failing);
assert.equal((await agent.error(failing, '模型没有回答', { kind: 'failed', retryable: false })).accepted, true);
const failed = await task(hopeless);
assert.deepEqual([failed.status, failed.result ?? {}, failed.error], ['failed', {}, '模型没有回答']);
assert.equal((await task(hopeless, '/api/v1')).error.message, '模型没有回答');
assert.deepEqual(await page.states(hopeless), ['queued', 'running', 'failed']);
const again = await submit(chat.id);
const once = await agent.given(again);
agent.say('task/accept', once);
assert.equal((await agent.error(once, 'not now', { kind: 'crashed', retryable: true })).accepted, true);
const twice = await agent.given(again);
assert.equal(twice.attempt, once.attempt + 1);
await agent.does(twice);
assert.equal((await task(again)).status, 'done');
done('a task fails with its error, or is tried again');

// The document's messages have no attempt: an agent that knows only the task's id is understood.
const bare = await submit(chat.id);
const { task_id } = await agent.given(bare);
agent.send('task/accept', { task_id });
agent.send('task/progress', { task_id, data: { text: '…' } });
assert.equal((await page.about('task/progress', bare)).data.text, '…');
assert.equal((await agent.result({ task_id }, {})).accepted, true);
assert.deepEqual([(await task(bare)).status, (await task(bare)).result], ['done', {}]);
done('an agent needs to know no more than the id of a task');

// task/submit（客户端→服务端→Agent）
const ref = page.send('task/submit', { agent_id: chat.id, type: 'chat', input: { text: 'by socket' }, priority: 0 });
const { payload: answer } = await page.frame((frame) => frame.type === 'task/state' && frame.payload.ref === ref, 'the answer to task/submit');
assert.equal(answer.status, 'queued');
const bySocket = await agent.given(answer.task_id);
assert.deepEqual(bySocket.input, { text: 'by socket' });
await agent.does(bySocket);
assert.equal((await page.states(answer.task_id)).at(-1), 'done');
const bad = page.send('task/submit', { agent_id: randomUUID(), type: 'chat', input: {} });
const { payload: refusal } = await page.frame((frame) => frame.type === 'error' && frame.payload.ref === bad, 'the refusal of task/submit');
assert.equal(refusal.code, 1001);
assert.match(refusal.message, /agent_id/);
done('a page submits by its socket');

// 取消任务: one that waits, and one that runs; its late result does not count, and the place is free again.
const running = await submit(chat.id);
const canceled = await agent.given(running);
agent.say('task/accept', canceled);
const behind = await submit(chat.id);
assert.deepEqual(await cancel(behind), { canceled: true });
assert.deepEqual(await cancel(running), { canceled: true });
const { payload: stop } = await agent.of('task/cancel');
assert.deepEqual([stop.task_id, stop.attempt], [running, canceled.attempt]);
assert.equal((await agent.result(canceled, { text: 'too late' })).accepted, false);
for (const id of [behind, running]) assert.equal((await task(id)).status, 'canceled');
assert.equal((await page.states(running)).at(-1), 'canceled');
await agent.does(await agent.given(await submit(chat.id)));
assert.deepEqual(agent.come((frame) => frame.type === 'task/submit' && frame.payload.task_id === behind), []);
done('a task is canceled, waiting or running');

// user: 只能操作自身任务. His page hears of his tasks alone.
const user = await signUp(call, admin, 'seed-003-clara');
const hers = await Page.open(base, user);
const foreign = await submit(chat.id);
await agent.does(await agent.given(foreign));
const own = (await call('POST', '/api/tasks', { body: { agent_id: chat.id, type: 'chat', input: {}, priority: 0 }, token: user })).task_id;
await agent.does(await agent.given(own));
assert.deepEqual(await hers.states(own), ['queued', 'running', 'done']);
assert.deepEqual(hers.come((frame) => frame.payload.task_id === foreign), []);
assert.deepEqual((await page.states(own)).at(-1), 'done');
done('a user hears of his own tasks, an admin of all');

for (const socket of [page, hers, agent]) await socket.close();
await call('DELETE', `/api/agents/${chat.id}`, { token: admin });
done('its task flow works');
