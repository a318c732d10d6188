// A client of seed 003's 任务调度, from its text. usage: node queue.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, eventually, signIn } from '../api.mjs';
import { hire } from './worker.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const done = (what) => console.log(`seed 003: ${what}`);
const task = (id) => call('GET', `/api/tasks/${id}`, { token: admin });
const submit = async (agentId, more = {}) => {
  const { task_id, status } = await call('POST', '/api/tasks', { body: { agent_id: agentId, type: 'chat', input: { text: '你好' }, priority: 0, ...more }, token: admin });
  assert.equal(status, 'queued');
  return task_id;
};

const chat = await hire(base, call, admin);
const agent = await chat.connect();

// concurrency 上限: one after another. That the other agent got a later task shows that the dispatcher has passed by.
const other = await hire(base, call, admin, { concurrency: 2 });
const wide = await other.connect();
const one = await submit(chat.id);
const holding = await agent.given(one);
agent.say('task/accept', holding);
const [next, both] = [await submit(chat.id), [await submit(other.id), await submit(other.id)]];
const held = await Promise.all(both.map((id) => wide.given(id)));
assert.deepEqual([(await task(next)).status, agent.come((frame) => frame.type === 'task/submit')], ['queued', []]);
await agent.result(holding, {});
await agent.does(await agent.given(next));
for (const each of held) await wide.does(each);
done('an agent is given as many tasks as its concurrency, and then the next');

// 支持优先级: what waits comes in the order of its priority, and of its time.
const blocker = await submit(chat.id);
const blocking = await agent.given(blocker);
agent.say('task/accept', blocking);
const waiting = {};
for (const [name, priority] of [['low', -10], ['normal', 0], ['second', 0], ['urgent', 20]]) waiting[await submit(chat.id, { priority })] = name;
await agent.result(blocking, {});
const order = [];
for (const _ of Object.keys(waiting)) {
  const given = await agent.given();
  order.push(waiting[given.task_id]);
  await agent.does(given);
}
assert.deepEqual(order, ['urgent', 'normal', 'second', 'low']);
done('the more urgent task goes first');

// 延迟: not before its time. A task for an agent that is away waits for it.
const due = Date.now() + 1500;
await agent.does(await agent.given(await submit(chat.id, { not_before: new Date(due).toISOString() })));
assert.ok(Date.now() >= due - 250, 'it was given before its time');
await agent.close();
await eventually(() => call('GET', `/api/agents/${chat.id}`, { token: admin }), (found) => !found.online, 'the agent is offline', 15);
const patient = await submit(chat.id);
await eventually(() => task(patient), (found) => found.status === 'queued', `task ${patient} is queued`);
const back = await chat.connect();
await back.does(await back.given(patient));
done('a task waits for its time, and for its agent');

// 按 capabilities 匹配可用 Agent, 负载均衡. Each has worked before, so both are known to be there.
const capability = `search-${randomUUID()}`;
const team = await Promise.all([1, 2].map(() => hire(base, call, admin, { capabilities: ['chat', capability], concurrency: 2 })));
const workers = await Promise.all(team.map((member) => member.connect()));
for (const [i, { id }] of team.entries()) await workers[i].does(await workers[i].given(await submit(id)));
const routed = [await submit(undefined, { requires: { capabilities: [capability] } }), await submit(undefined, { requires: { capabilities: [capability] } })];
const taken = await Promise.all(workers.map((worker) => worker.given()));
assert.deepEqual(taken.map((each) => each.task_id).sort(), [...routed].sort());
for (const [i, each] of taken.entries()) await workers[i].does(each);
for (const id of routed) assert.equal((await task(id)).status, 'done');
done('tasks go to those who have the capability, to each alike');

for (const socket of [back, wide, ...workers]) await socket.close();
for (const { id } of [chat, other, ...team]) await call('DELETE', `/api/agents/${id}`, { token: admin });
done('its queue works');
