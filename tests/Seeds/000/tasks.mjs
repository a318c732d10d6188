// A client of seed 000's tasks, sessions and groups, from its text. usage: node tasks.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, eventually, signIn } from '../api.mjs';
import { device, employee } from './ccc.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const me = (await call('GET', '/api/v1/auth/me', { token: admin })).id;
const done = (what) => console.log(`seed 000: ${what}`);
const get = (path) => call('GET', `/api/v1/${path}`, { token: admin });
const post = async (path, body) => {
  const { task_id, status } = await call('POST', `/api/v1/${path}`, { body, token: admin });
  assert.equal(status, 'queued');
  return task_id;
};

// 设备 A, 设备 B, each with a ccc that runs one employee.
const skill = `devops-${randomUUID()}`;
const [small, old] = [employee('小邢', { capabilities: [skill] }), employee('老邢', { capabilities: [skill] })];
const [machineA, machineB] = [await device(base, call, admin, [small]), await device(base, call, admin, [old])];

// 分配任务: TaskAssignment { TaskID, AgentID, Prompt, Options }. 如何处理设备离线情况: it waits for the device.
const prompt = '给登录页面写测试';
const assigned = await post(`agents/${small.id}/tasks`, { type: '测试', prompt, priority: 'high' });
assert.equal((await get(`tasks/${assigned}`)).status, 'queued');
const a = await machineA.connect();
const work = await a.given(assigned);
assert.deepEqual([work.agent_id, work.prompt, work.type], [small.id, prompt, '测试']);
assert.ok('options' in work, 'RunOptions');
await a.does(work, { files: 3 });
const { post_id, agent_id, device_id, status, priority, result, created_by, created_at, ...more } = await get(`tasks/${assigned}`);
assert.deepEqual(
  { post_id, agent_id, device_id, prompt: more.prompt, status, priority, result, created_by },
  { post_id: null, agent_id: small.id, device_id: machineA.id, prompt, status: 'done', priority: 10, result: { files: 3 }, created_by: me },
);
assert.ok(Math.abs(Date.now() - Date.parse(created_at)) < 60_000);
done('a task is given to an employee, and done on its device');

// 任务列表: the employee's own, with the columns of the document's table.
const others = await post(`agents/${old.id}/tasks`, { prompt, priority: 'low' });
const listed = await get(`agents/${small.id}/tasks`);
assert.deepEqual([listed.total, listed.items.map((task) => task.task_id)], [1, [assigned]]);
const [row] = listed.items;
assert.deepEqual([row.agent_id, row.prompt, row.status, row.priority, row.created_by, row.created_at], [small.id, prompt, 'done', 10, me, created_at]);
assert.deepEqual((await get(`agents/${old.id}/tasks`)).items.map((task) => task.status), ['queued']);
await call('GET', `/api/v1/agents/${randomUUID()}/tasks`, { token: admin, status: 404, code: 2001 });
await call('POST', `/api/v1/agents/${randomUUID()}/tasks`, { body: { prompt }, token: admin, status: 404, code: 2001 });
await call('POST', `/api/v1/agents/${small.id}/tasks`, { body: { prompt, priority: '紧' }, token: admin, status: 400, code: 1001 });
await call('GET', `/api/v1/agents/${small.id}/tasks`, { status: 401, code: 1002 });
await call('POST', `/api/v1/agents/${small.id}/tasks`, { body: { prompt }, status: 401, code: 1002 });
done('an employee has a list of tasks');

// 优先级: 紧急、高、中、低
const b = await machineB.connect();
const first = await b.given(others);
b.say('task/accept', first);
const named = {};
for (const name of ['low', 'medium', 'high', 'urgent']) named[await post(`agents/${old.id}/tasks`, { prompt: name, priority: name })] = name;
await b.result(first, {});
const order = [];
for (const _ of Object.keys(named)) {
  const next = await b.given();
  order.push(named[next.task_id]);
  await b.does(next);
}
assert.deepEqual(order, ['urgent', 'high', 'medium', 'low']);
done('the urgent ones go first');

// 状态: 待处理、进行中、已完成、失败
const broken = await post(`agents/${old.id}/tasks`, { type: '部署', prompt });
const failing = await b.given(broken);
b.say('task/accept', failing);
await eventually(() => get(`tasks/${broken}`), (task) => task.status === 'running', 'the task runs');
await b.error(failing, '没有权限', { kind: 'failed', retryable: false });
const failed = await get(`tasks/${broken}`);
assert.deepEqual([failed.status, failed.error], ['failed', { kind: 'failed', message: '没有权限' }]);
done('a task fails with its reason');

// 创建任务（自动分配）; 如何实现 AI 员工的负载均衡: each gets one.
const auto = [await post('tasks', { prompt, requires: { capabilities: [skill] } }), await post('tasks', { prompt, requires: { capabilities: [skill] } })];
const got = await Promise.all([a.given(), b.given()]);
assert.deepEqual(got.map((each) => each.task_id).sort(), auto.sort());
assert.deepEqual(got.map((each) => each.agent_id), [small.id, old.id]);
await Promise.all([a.does(got[0]), b.does(got[1])]);
done('a task without an employee finds one');

// 会话历史: sessions (id, agent_id, messages, created_at). A later task goes on with one.
const talk = await post(`agents/${small.id}/tasks`, { prompt: '你好吗' });
const asked = await a.given(talk);
a.say('task/accept', asked);
a.say('task/progress', asked, { seq: 1, kind: 'text', data: '我很' });
a.say('task/progress', asked, { seq: 2, kind: 'text', data: '好' });
await a.result(asked, { text: '我很好' }, { session_id: 'cli-session-1', usage: { input_tokens: 3, output_tokens: 2 } });
const { session_id } = await eventually(() => get(`tasks/${talk}`), (task) => typeof task.session_id === 'string', 'the task has a session');
const sessions = await eventually(() => get(`agents/${small.id}/sessions`), (list) => list.items.some((one) => one.id === session_id), 'the session is listed');
const listedSession = sessions.items.find((one) => one.id === session_id);
assert.equal(listedSession.agent_id, small.id);
assert.ok(Math.abs(Date.now() - Date.parse(listedSession.created_at)) < 60_000);
const session = await eventually(() => get(`sessions/${session_id}`), (one) => JSON.stringify(one.messages).includes('好'), 'the session has what was said');
assert.ok(Array.isArray(session.messages) && JSON.stringify(session.messages).includes('你好吗'), 'and what was asked');
assert.ok((await get(`agents/${old.id}/sessions`)).items.every((one) => one.id !== session_id));
const goingOn = await a.given(await post(`agents/${small.id}/tasks`, { prompt: '还有呢', session_id }));
assert.equal(typeof goingOn.session_id, 'string');
await a.does(goingOn);
await call('GET', `/api/v1/agents/${small.id}/sessions`, { status: 401, code: 1002 });
done('an employee has a history of sessions');

// 创建群组任务: 可以拉群，多个 AI 员工协作. Nobody has what it requires, so that it waits for its group.
const together = await post('tasks', { prompt: '一起写文档', requires: { capabilities: [randomUUID()] } });
await call('POST', `/api/v1/tasks/${together}/group`, { body: { agents: [small.id, old.id], strategy: 'all' }, token: admin });
const shares = await Promise.all([a.given(), b.given()]);
assert.deepEqual(shares.map((share) => share.agent_id), [small.id, old.id]);
for (const share of shares) {
  assert.ok(share.prompt.includes('一起写文档'));
  assert.equal((await get(`tasks/${share.task_id}`)).parent_id, together);
}
assert.equal(typeof (await get(`tasks/${together}`)).group_id, 'string');
await Promise.all([a.does(shares[0], { text: '第一章' }), b.does(shares[1], { text: '第二章' })]);
const joined = await eventually(() => get(`tasks/${together}`), (task) => task.status === 'done', 'the group is done');
for (const part of ['第一章', '第二章']) assert.ok(JSON.stringify(joined.result).includes(part), `${part} is in ${JSON.stringify(joined.result)}`);
await call('POST', `/api/v1/tasks/${randomUUID()}/group`, { body: { agents: [small.id], strategy: 'all' }, token: admin, status: 404, code: 2001 });
await call('POST', `/api/v1/tasks/${together}/group`, { body: { agents: [small.id], strategy: 'all' }, status: 401, code: 1002 });
done('a group works on one task');

await Promise.all([a.close(), b.close()]);
done('tasks, sessions and groups work');
