// Two agents of seed 001 on two devices: registration and tasks. usage: node network.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, enrol, eventually, signIn, within } from '../api.mjs';
import { Agent } from './agent.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const run = randomUUID().slice(0, 8);
const done = (what) => console.log(`seed 001: ${what}`);

// Token 认证（每个设备一个 token）
const [mac, aws] = await Promise.all(['macbook', 'aws'].map((device) => enrol(call, admin, `${device}-${run}`)));
const small = { id: `xiaoxing-${run}`, name: `小邢-${run}`, role: 'DevOps' };
const old = { id: `laoxing-${run}`, name: `老邢-${run}`, role: 'Lead', capabilities: ['deploy'] };

// Agent 可以跨设备互相发现: who comes is told who is there, and who is there is told who comes.
const lao = await Agent.start(base, aws, old);
const xiao = await Agent.start(base, mac, small);
const seen = xiao.list.agents.find((agent) => agent.id === old.id);
assert.deepEqual([seen.name, seen.role, seen.online], [old.name, old.role, true]);
await lao.hears(small.id, true);
const online = async () => (await call('GET', '/api/agents', { token: mac })).filter((agent) => agent.online).map((agent) => agent.id);
await eventually(online, (ids) => ids.includes(small.id) && ids.includes(old.id), 'both are in GET /api/agents', 5);
done('agents register and discover each other');

// { "type": "heartbeat" } has no answer, nor has anything an error.
xiao.say({ type: 'heartbeat' });
xiao.say({ type: 'heartbeat', timestamp: new Date().toISOString() });

// An id belongs to the device that brought it, and one connection is one agent.
const thief = new Agent(base, mac, old);
await within(thief.opened, 'the socket');
thief.say({ type: 'register', agent: old });
assert.match((await thief.of('error')).message, new RegExp(old.id));
thief.say({ type: 'register', agent: { ...small, id: `xiaojin-${run}` } });
await thief.of('agent_list');
thief.say({ type: 'register', agent: small });
assert.equal((await thief.of('error')).code, 3002);
await thief.close();
await lao.hears(`xiaojin-${run}`, false, 15);

// Token 认证: without a token, or with a wrong one, nobody comes in.
for (const token of ['', 'wrong']) {
  const stranger = new Agent(base, token, small);
  await stranger.of('error');
  assert.equal((await within(stranger.closed, 'the close')).code, 4401);
}
done('devices keep their agents');

// 跨设备指派任务: one device's agent gives the other's a task, and its state is known everywhere.
const submitted = await call('POST', '/api/tasks', { body: { agent_id: old.id, type: 'deploy', input: { text: '部署' } }, token: admin });
const { task } = await lao.of('task_assigned');
assert.deepEqual([task.task_id, task.agent_id, task.type, task.input], [submitted.task_id, old.id, 'deploy', { text: '部署' }]);
const found = () => call('GET', `/api/tasks/${submitted.task_id}`, { token: admin });
lao.say({ type: 'task_accept', task_id: task.task_id });
await eventually(async () => (await call('GET', `/api/v1/tasks/${submitted.task_id}`, { token: admin })).status, (status) => status === 'running', 'the task is running');
lao.say({ type: 'task_progress', task_id: task.task_id, seq: 1, kind: 'text', data: '正在部署', percent: 50 });
lao.say({ type: 'task_result', task_id: task.task_id, result: { text: '好了' } });
const update = await lao.of('task_update');
assert.deepEqual([update.task_id, update.attempt, update.status], [task.task_id, 1, 'stored']);
assert.deepEqual([(await found()).status, (await found()).result], ['done', { text: '好了' }]);
lao.say({ type: 'task_result', task_id: task.task_id, result: { text: 'again' } });
assert.deepEqual([(await lao.of('task_update')).status, (await found()).result], ['refused', { text: '好了' }]);
const tasks = await call('GET', `/api/tasks?agent_id=${old.id}`, { token: admin });
assert.ok(tasks.items.some((each) => each.task_id === submitted.task_id), 'it is in GET /api/tasks');
done('a task goes to an agent on another device and comes back');

// Who has no capabilities is given none; what is to end is told.
const waiting = await call('POST', '/api/tasks', { body: { agent_id: small.id, type: 'chat', input: {} }, token: admin });
const why = await call('GET', `/api/v1/tasks/${waiting.task_id}/explain`, { token: admin });
assert.equal(why.agents.find((agent) => agent.agent_id === small.id).reason, 'no_task_channel');
xiao.say({ type: 'register', agent: { ...small, accept_tasks: true } });
assert.equal((await xiao.of('task_assigned')).task.task_id, waiting.task_id);
xiao.say({ type: 'task_accept', task_id: waiting.task_id, attempt: 1 });
await eventually(async () => (await call('GET', `/api/v1/tasks/${waiting.task_id}`, { token: admin })).status, (status) => status === 'running', 'the task is running');
await call('POST', `/api/tasks/${waiting.task_id}/cancel`, { token: admin });
assert.equal((await xiao.of('task_update')).status, 'canceled');
xiao.say({ type: 'task_error', task_id: waiting.task_id, error: '停了', kind: 'canceled' });
await xiao.of('task_update');
done('tasks go to those alone who take them');

// 自动检测离线, 断线自动重连: the newest connection of an agent counts.
const again = await Agent.start(base, mac, small);
assert.equal((await within(xiao.closed, 'the end of the former')).code, 4409);
await again.cut();
await lao.hears(small.id, false, 15);
await lao.close();
console.log('seed 001: its network works');
