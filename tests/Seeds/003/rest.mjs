// A client of seed 003's REST table, from its text alone; auth.mjs has the answers of its auth part.
// usage: node rest.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, signIn, signUp } from '../api.mjs';
import { hire } from './worker.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const done = (what) => console.log(`seed 003: ${what}`);
const wrong = { status: 400, code: 1001 };
const missing = { status: 404, code: 2001 };

// HTTP 接口: all that wants an access token refuses to answer without one, and with one that is none.
const closed = [
  ['POST', '/api/auth/register', { email: 'a@b.com', password: 'p@ss-word', name: 'a' }],
  ['POST', '/api/auth/logout', {}],
  ['GET', '/api/auth/me'],
  ['GET', '/api/agents'],
  ['POST', '/api/agents', { name: 'searcher', type: 'llm' }],
  ['GET', '/api/agents/x'],
  ['PUT', '/api/agents/x', { name: 'finder' }],
  ['DELETE', '/api/agents/x'],
  ['POST', '/api/tasks', { agent_id: 'x', type: 'chat', input: {}, priority: 0 }],
  ['GET', '/api/tasks/x'],
  ['GET', '/api/tasks'],
  ['POST', '/api/tasks/x/cancel', {}],
];
for (const [method, path, body] of closed) {
  for (const token of [undefined, 'not-a-token']) await call(method, path, { body, token, status: 401, code: 1002 });
}
done('nothing is answered without an access token');

// GET /api/agents/:id, PUT with a part of the fields, POST with the least that there can be.
const agent = await hire(base, call, admin, { capabilities: ['chat', 'search'], concurrency: 4, meta: { model: 'x', deep: { n: 1 } } });
const one = (id = agent.id, more = {}) => call('GET', `/api/agents/${id}`, { token: admin, ...more });
const before = await one();
assert.equal(before.id, agent.id);
assert.deepEqual(
  [before.type, before.online, before.tags, before.capabilities, before.concurrency, before.meta],
  ['llm', false, ['nlp'], ['chat', 'search'], 4, { model: 'x', deep: { n: 1 } }],
);
for (const at of [before.created_at, before.updated_at]) assert.ok(Math.abs(Date.now() - Date.parse(at)) < 60_000, `a time: ${at}`);
assert.deepEqual(await call('PUT', `/api/agents/${agent.id}`, { body: { concurrency: 8 }, token: admin }), { updated: true });
const after = await one();
assert.deepEqual([after.name, after.capabilities, after.concurrency], [before.name, ['chat', 'search'], 8]);
assert.ok(!('token' in after) && !JSON.stringify(after).includes(agent.secret), 'the token is not read back');
const least = await call('POST', '/api/agents', { body: { name: 'least' }, token: admin });
assert.deepEqual([(await one(least.id)).capabilities, (await one(least.id)).tags], [[], []]);
assert.deepEqual(await call('DELETE', `/api/agents/${least.id}`, { token: admin }), { deleted: true });
await one(least.id, missing);
await call('PUT', `/api/agents/${least.id}`, { body: { name: 'finder' }, token: admin, ...missing });
await call('DELETE', `/api/agents/${least.id}`, { token: admin, ...missing });
done('an agent is made, read, changed in part and deleted');

// 输入校验
for (const [field, value] of [['name', ''], ['name', 5], ['capabilities', 'chat'], ['concurrency', 0], ['concurrency', 'many'], ['tags', [5]]]) {
  const { errors } = await call('POST', '/api/agents', { body: { name: 'x', [field]: value }, token: admin, ...wrong });
  assert.ok(Object.keys(errors).some((named) => named.startsWith(field)), `${field} is named: ${JSON.stringify(errors)}`);
}
done('wrong fields of an agent are named');

// POST /api/tasks -> { task_id, status: "queued" }; GET -> { task_id, status, result: {}, error: "" }. Nobody is there to take it.
const submit = (body, more = {}) => call('POST', '/api/tasks', { body, token: admin, ...more });
const task = (id, more = {}) => call('GET', `/api/tasks/${id}`, { token: admin, ...more });
const cancel = (id, more = {}) => call('POST', `/api/tasks/${id}/cancel`, { body: {}, token: admin, ...more });
const submitted = await submit({ agent_id: agent.id, type: 'chat', input: { text: '你好', n: 1.5, list: [null, true] }, priority: 0 });
assert.equal(typeof submitted.task_id, 'string');
assert.equal(submitted.status, 'queued');
const queued = await task(submitted.task_id);
assert.deepEqual([queued.task_id, queued.status, queued.result ?? {}, queued.error], [submitted.task_id, 'queued', {}, '']);
assert.deepEqual([queued.agent_id, queued.type, queued.input], [agent.id, 'chat', { text: '你好', n: 1.5, list: [null, true] }]);
assert.deepEqual(await cancel(submitted.task_id), { canceled: true });
assert.equal((await task(submitted.task_id)).status, 'canceled');
await cancel(submitted.task_id, { status: 409, code: 3001 });
done('a task is submitted, read and canceled; an ended one cannot be canceled');

// 资源不存在, 参数错误; what is left out has a default.
for (const id of [randomUUID(), 'no-such-task']) {
  await task(id, missing);
  await cancel(id, missing);
}
for (const [field, value] of [['agent_id', randomUUID()], ['agent_id', 5], ['priority', 'soon'], ['priority', 101], ['priority', 0.5], ['type', 5]]) {
  const { errors } = await submit({ agent_id: agent.id, type: 'chat', input: {}, priority: 0, [field]: value }, wrong);
  assert.ok(field in errors, `${field} is named: ${JSON.stringify(errors)}`);
}
const plain = await submit({ agent_id: agent.id });
assert.equal(plain.status, 'queued');
await cancel(plain.task_id);
done('wrong fields of a task are named, missing ones have defaults');

// 队列模型: 支持优先级与延迟. 幂等: 去重键或强制新建.
const later = await submit({ agent_id: agent.id, type: 'chat', input: {}, not_before: new Date(Date.now() + 3600_000).toISOString() });
assert.deepEqual([later.status, (await task(later.task_id)).status], ['queued', 'queued']);
const same = { agent_id: agent.id, type: 'chat', input: {}, dedup_key: randomUUID() };
const first = await submit(same);
assert.equal((await submit(same)).task_id, first.task_id);
const forced = await submit({ ...same, dedup_key: undefined });
assert.notEqual(forced.task_id, first.task_id);
const headers = { 'Idempotency-Key': randomUUID() };
const [once, again] = [await submit({ agent_id: agent.id }, { headers }), await submit({ agent_id: agent.id }, { headers })];
assert.equal(again.task_id, once.task_id);
await submit({ agent_id: agent.id, type: 'other' }, { headers, status: 409, code: 3002 });
for (const { task_id } of [later, first, forced, once]) await cancel(task_id);
done('tasks wait for their time, and are made once by their key');

// 任务列表与过滤: status, agent_id, type, page, page_size -> { items, total }
const [mine, other] = [await hire(base, call, admin), await hire(base, call, admin)];
const made = [];
for (const type of ['chat', 'chat', 'chat', 'search', 'search']) made.push((await submit({ agent_id: mine.id, type, input: {} })).task_id);
const others = (await submit({ agent_id: other.id, type: 'chat', input: {} })).task_id;
await cancel(made[0]);
const list = async (query, token = admin) => {
  const answer = await call('GET', `/api/tasks?${new URLSearchParams(query)}`, { token });
  assert.ok(Number.isInteger(answer.total) && answer.total >= answer.items.length);
  return { ids: answer.items.map((item) => item.task_id), ...answer };
};
const sorted = (ids) => [...ids].sort();
const all = await list({ agent_id: mine.id });
assert.deepEqual([sorted(all.ids), all.total], [sorted(made), 5]);
for (const item of all.items) {
  assert.equal(item.agent_id, mine.id);
  assert.equal(item.status, item.task_id === made[0] ? 'canceled' : 'queued');
}
assert.deepEqual(sorted((await list({ agent_id: mine.id, type: 'search' })).ids), sorted(made.slice(3)));
assert.deepEqual((await list({ agent_id: mine.id, status: 'canceled' })).ids, [made[0]]);
assert.deepEqual((await list({ agent_id: mine.id, status: 'queued', type: 'chat' })).total, 2);
assert.deepEqual((await list({ agent_id: mine.id, status: 'done' })).items, []);
assert.deepEqual((await list({ agent_id: other.id })).ids, [others]);
const pages = await Promise.all([1, 2, 3, 4].map((page) => list({ agent_id: mine.id, page, page_size: 2 })));
assert.deepEqual(pages.map((page) => page.ids.length), [2, 2, 1, 0]);
assert.deepEqual(pages.map((page) => page.total), [5, 5, 5, 5]);
assert.deepEqual(sorted(pages.flatMap((page) => page.ids)), sorted(made));
await call('GET', '/api/tasks?page=x', { token: admin, ...wrong });
await call('GET', '/api/tasks?status=nonsense', { token: admin, ...wrong });
done('tasks are listed by status, agent and type, page by page');

// 权限模型: user 只能操作自身任务与查看公开 Agent; admin 所有任务.
const [anna, bert] = [await signUp(call, admin, 'seed-003-anna'), await signUp(call, admin, 'seed-003-bert')];
const hidden = await hire(base, call, admin, { visibility: 'private' });
const hers = (await call('POST', '/api/tasks', { body: { agent_id: mine.id, type: 'chat', input: {} }, token: anna })).task_id;
assert.equal((await task(hers, { token: anna })).status, 'queued');
assert.deepEqual((await list({}, anna)).ids, [hers]);
assert.deepEqual((await list({}, bert)).ids, []);
await task(hers, { token: bert, ...missing });
await cancel(hers, { token: bert, ...missing });
await task(others, { token: anna, ...missing });
assert.ok((await list({ agent_id: mine.id })).ids.includes(hers), 'an admin sees all tasks');
assert.ok((await call('GET', '/api/agents', { token: anna })).some((seen) => seen.id === mine.id));
await one(hidden.id, { token: anna, ...missing });
await submit({ agent_id: hidden.id }, { token: anna, ...wrong });
await call('POST', '/api/agents', { body: { name: 'x' }, token: anna, status: 403, code: 1003 });
await call('PUT', `/api/agents/${mine.id}`, { body: { name: 'x' }, token: anna, status: 403, code: 1003 });
await call('DELETE', `/api/agents/${mine.id}`, { token: anna, status: 403, code: 1003 });
assert.deepEqual(await cancel(hers, { token: anna }), { canceled: true });
done('a user has his own tasks and sees public agents, an admin all');

for (const id of [...made.slice(1), others]) await cancel(id);
for (const { id } of [agent, mine, other, hidden]) await call('DELETE', `/api/agents/${id}`, { token: admin });
done('its REST table works');
