// A client of seed 000's WS /api/v1/agents/{id}/ws, from its text. usage: node watch.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, signIn, signUp } from '../api.mjs';
import { hire, Page, Worker } from '../003/worker.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const done = (what) => console.log(`seed 000: ${what}`);
const channel = (id) => `/api/v1/agents/${id}/ws`;
const give = async (id, prompt) => (await call('POST', `/api/v1/agents/${id}/tasks`, { body: { prompt }, token: admin })).task_id;

// Who watches an employee sees it come.
const [watched, other] = [await hire(base, call, admin, { concurrency: 2 }), await hire(base, call, admin)];
const page = await Page.open(base, admin, channel(watched.id));
const there = (frame) => frame.type === 'agent/status' && frame.payload.agent_id === watched.id && frame.payload.status !== 'offline';
const agent = new Worker(base, { agent_token: watched.secret }, {}, channel(watched.id));
await agent.welcomed();
await page.frame(there, 'the employee is there');
const elsewhere = await other.connect();
done('an employee has a channel, for itself and for who watches it');

// 实时通信: its tasks' states and what it says while it works; nothing of others.
const foreign = await give(other.id, '别的事');
await elsewhere.does(await elsewhere.given(foreign));
const task = await give(watched.id, '写一个函数');
const work = await agent.given(task);
assert.deepEqual([work.agent_id, work.prompt], [watched.id, '写一个函数']);
agent.say('task/accept', work);
agent.say('task/progress', work, { seq: 1, kind: 'tool', data: { name: 'edit', file: 'a.go' }, percent: 50 });
const heard = await page.about('task/progress', task);
assert.deepEqual([heard.kind, heard.data, heard.percent], ['tool', { name: 'edit', file: 'a.go' }, 50]);
// What streams may be joined on its way, and is whole.
const words = ['func ', 'add', '() {}'];
for (const [i, data] of words.entries()) agent.say('task/progress', work, { seq: i + 2, kind: 'text', data });
for (let text = ''; text !== words.join(''); ) {
  const { kind, data } = await page.about('task/progress', task);
  text += data.text ?? data;
  assert.ok(kind === 'text' && words.join('').startsWith(text), `what came of the text is ${text}`);
}
assert.equal((await agent.result(work, { text: 'func add() {}' })).accepted, true);
assert.deepEqual(await page.states(task), ['queued', 'running', 'done']);
assert.deepEqual(page.come((frame) => frame.payload.task_id === foreign || frame.payload.agent_id === other.id), []);
done('who watches sees states and progress of this employee alone');

// Talking to it: a task by the same socket.
const ref = page.send('task/submit', { agent_id: watched.id, prompt: '现在做什么' });
const { payload: answer } = await page.frame((frame) => frame.type === 'task/state' && frame.payload.ref === ref, 'the answer to task/submit');
const asked = await agent.given(answer.task_id);
assert.equal(asked.prompt, '现在做什么');
await agent.does(asked);
assert.equal((await page.states(answer.task_id)).at(-1), 'done');
done('who watches gives it a task');

// 授权: a user watches a public employee, and hears of his own tasks alone.
const user = await signUp(call, admin, 'seed-000-dora');
const hers = await Page.open(base, user, channel(watched.id));
const notHers = await give(watched.id, '给管理员');
await agent.does(await agent.given(notHers));
const own = (await call('POST', `/api/v1/agents/${watched.id}/tasks`, { body: { prompt: '给用户' }, token: user })).task_id;
await agent.does(await agent.given(own));
assert.deepEqual(await hers.states(own), ['queued', 'running', 'done']);
assert.deepEqual(hers.come((frame) => frame.payload.task_id === notHers), []);
const hidden = await hire(base, call, admin, { visibility: 'private' });
for (const [token, id, code] of [[user, hidden.id, 4403], [admin, randomUUID(), 4403], ['not-a-token', watched.id, 4401], [undefined, watched.id, 4401]]) {
  await new Worker(base, token ? { token } : {}, {}, channel(id)).refused(code);
}
done('nobody watches what is not his to see');

await agent.close();
await page.frame((frame) => frame.type === 'agent/status' && frame.payload.status === 'offline', 'the employee is gone', 15);
for (const socket of [page, hers, elsewhere]) await socket.close();
for (const { id } of [watched, other, hidden]) await call('DELETE', `/api/v1/agents/${id}`, { token: admin });
done('watching an employee works');
