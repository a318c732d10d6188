// A client of seed 000's 岗位 (posts), from its text. usage: node posts.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, signIn, signUp } from '../api.mjs';
import { device } from './ccc.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const me = (await call('GET', '/api/v1/auth/me', { token: admin })).id;
const done = (what) => console.log(`seed 000: ${what}`);
const get = (path) => call('GET', `/api/v1/${path}`, { token: admin });
const post = (path, body, more = {}) => call('POST', `/api/v1/${path}`, { body, token: admin, ...more });

// 创建岗位: 名称, 技能集, 提供商配置, 系统提示词, 资源限制.
const name = `DevOps 工程师 ${randomUUID()}`;
const template = {
  role_prompt: '你是一名 DevOps 工程师',
  skills: ['shell', 'git'],
  provider: { name: 'claude', model: 'sonnet' },
  limits: { memory_mb: 512, cpu: 0.5, timeout: 600 },
};
const description = '部署和监控';
const { id, version } = await post('posts', { name, description, template });
assert.equal(typeof id, 'string');
assert.equal(version, 1);
await post('posts', { description }, { status: 400, code: 1001 });
done('a post is made');

// 岗位详情, 列出岗位: the columns of the document's table.
const inList = (await get(`posts?q=${encodeURIComponent(name)}`)).items.find((listed) => listed.id === id);
const details = await get(`posts/${id}`);
for (const seen of [inList, details]) {
  assert.deepEqual([seen.name, seen.description, seen.created_by], [name, description, me]);
  assert.ok(Math.abs(Date.now() - Date.parse(seen.created_at)) < 60_000);
}
for (const [part, value] of Object.entries(template)) assert.deepEqual(details.template[part], value, part);
await call('GET', `/api/v1/posts/${randomUUID()}`, { token: admin, status: 404, code: 2001 });
done('posts are listed, and one is read');

// 批量创建员工: AI员工 are copies of the post, on devices.
const [left, right] = [await device(base, call, admin, []), await device(base, call, admin, [])];
const [a, b] = [await left.connect(), await right.connect()];
const { agents } = await post(`posts/${id}/agents`, { devices: [left.id, right.id], name_pattern: 'devops-{n}' });
assert.equal(agents.length, 2);
assert.equal(new Set(agents.map((agent) => agent.name)).size, 2);
const made = await Promise.all(agents.map((agent) => get(`agents/${agent.id}`)));
for (const [i, agent] of made.entries()) assert.deepEqual([agent.name, agent.post_id], [agents[i].name, id]);
assert.deepEqual(made.map((agent) => agent.device_id).sort(), [left.id, right.id].sort());
const { agents: three } = await post(`posts/${id}/agents`, { count: 3, name_pattern: 'extra-{n}' });
assert.equal(three.length, 3);
const ofPost = await get(`agents?post_id=${id}`);
assert.deepEqual(ofPost.items.map((agent) => agent.id).sort(), [...agents, ...three].map((agent) => agent.id).sort());
for (const extra of three) await call('DELETE', `/api/v1/agents/${extra.id}`, { token: admin });
await post(`posts/${randomUUID()}/agents`, { count: 1 }, { status: 404, code: 2001 });
await post(`posts/${id}/agents`, { count: 0 }, { status: 400, code: 1001 });
done('employees are made in bulk');

// 创建任务（自动分配）: to one of the post's employees; Task { PostID, AgentID, Prompt }.
// Each has worked before, so both are known to be there.
for (const agent of made) {
  const machine = agent.device_id === left.id ? a : b;
  await machine.does(await machine.given((await post(`agents/${agent.id}/tasks`, { prompt: '你好' })).task_id));
}
const given = [];
for (let i = 0; i < 2; i++) given.push((await post('tasks', { post_id: id, prompt: '检查磁盘' })).task_id);
const works = await Promise.all([a.given(), b.given()]);
assert.deepEqual(works.map((work) => work.task_id).sort(), [...given].sort());
await Promise.all([a.does(works[0]), b.does(works[1])]);
for (const work of works) {
  const task = await get(`tasks/${work.task_id}`);
  assert.deepEqual([task.post_id, task.agent_id, task.status], [id, work.agent_id, 'done']);
  assert.ok(agents.some((agent) => agent.id === work.agent_id));
}
done('a task for a post goes to one of its employees');

// RBAC
const user = await signUp(call, admin, 'seed-000-emil');
for (const [path, body] of [['posts', { name, description, template }], [`posts/${id}/agents`, { count: 1 }]]) {
  await post(path, body, { token: user, status: 403, code: 1003 });
  await post(path, body, { token: undefined, status: 401, code: 1002 });
}
await call('GET', '/api/v1/posts', { status: 401, code: 1002 });
await call('GET', `/api/v1/posts/${id}`, { status: 401, code: 1002 });
done('only operators make posts');

await Promise.all([a.close(), b.close()]);
done('posts work');
