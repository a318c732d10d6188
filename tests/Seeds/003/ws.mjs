// A client of seed 003's agents and /ws, from its text alone. usage: node ws.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { api, eventually, signIn } from '../api.mjs';
import { Socket } from './socket.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);

// WebSocket 握手: GET /ws?role=client&token=<ACCESS_TOKEN>, 首帧 heartbeat; and the header way.
const byQuery = new Socket(base, { role: 'client', token: admin, client_id: 'seed-003-a' });
await byQuery.welcomed();
const page = new Socket(base, { role: 'client', client_id: 'seed-003-b' }, { Authorization: `Bearer ${admin}` });
await page.welcomed();
await page.of('agent/list');
await byQuery.close();

// 创建 Agent 配置: -> { id }; token 仅可写不可读.
const secret = `agent-secret-${Date.now()}`;
const { id } = await call('POST', '/api/agents', {
  body: { name: 'searcher', type: 'llm', capabilities: ['chat', 'search'], concurrency: 4, token: secret, tags: ['nlp'], meta: {} },
  token: admin,
  status: 201,
});
assert.equal(typeof id, 'string');
const listed = async () => (await call('GET', '/api/agents', { token: admin })).find((agent) => agent.id === id);
const { name, type, online, tags, capabilities, concurrency } = await listed();
assert.deepEqual(
  { name, type, online, tags, capabilities, concurrency },
  { name: 'searcher', type: 'llm', online: false, tags: ['nlp'], capabilities: ['chat', 'search'], concurrency: 4 },
);
assert.ok(!JSON.stringify(await call('GET', `/api/agents/${id}`, { token: admin })).includes(secret));

// role=agent：Agent 进程接入，需提供 agent_token 与 agent_id.
const agent = new Socket(base, { role: 'agent', agent_id: id, agent_token: secret });
await agent.welcomed();
await page.frame((frame) => JSON.stringify(frame.payload).includes(id) && !/offline/.test(JSON.stringify(frame.payload)), 'the page hears that the agent is there');
await eventually(listed, (found) => found.online === true, 'online: true', 5);

// heartbeat（服务端下发心跳间隔，客户端回传）: sent back as it came.
agent.send('heartbeat', { interval: 30 });

// agent/status（在线/离线、资源占用）
const aboutIt = (status) => (frame) => frame.type === 'agent/status' && frame.payload.agent_id === id && frame.payload.status === status;
agent.send('agent/status', { agent_id: id, status: 'busy', cpu: 0.5, memory: 1 << 28 });
await page.frame(aboutIt('busy'), 'the page hears that it is busy');
await eventually(listed, (found) => found.online && found.status === 'busy', 'busy in the list', 5);
agent.send('agent/status', { agent_id: id, status: 'idle' });
await page.frame(aboutIt('idle'), 'the page hears that it is idle');

// Who joins late is told at once who is there.
const late = new Socket(base, { role: 'client', token: admin, client_id: 'seed-003-c' });
await late.welcomed();
assert.ok((await late.of('agent/list')).payload.agents.some((there) => there.id === id));
await late.close();

// 断线
assert.equal((await agent.close()).code, 1000);
await page.frame(aboutIt('offline'), 'the page hears that it is gone', 15);
await eventually(listed, (found) => found.online === false, 'online: false', 5);

// 更新, 删除
assert.deepEqual(await call('PUT', `/api/agents/${id}`, { body: { name: 'finder', capabilities: ['chat'], concurrency: 8 }, token: admin }), { updated: true });
assert.deepEqual([(await listed()).name, (await listed()).concurrency], ['finder', 8]);

// A wrong credential: auth/error, and the close code says so.
await new Socket(base, { role: 'client', token: 'not-a-token' }).refused(4401);
await new Socket(base, { role: 'client' }).refused(4401);
await new Socket(base, { role: 'agent', agent_id: id, agent_token: 'not its token' }).refused(4401);
assert.deepEqual(await call('DELETE', `/api/agents/${id}`, { token: admin }), { deleted: true });
await new Socket(base, { role: 'agent', agent_id: id, agent_token: secret }).refused(4401);

await page.close();
console.log('seed 003: agents and sockets work');
