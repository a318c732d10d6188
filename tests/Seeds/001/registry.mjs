// A client of seed 001's registration and discovery, from its text. usage: node registry.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { api, enrol, eventually, signIn } from '../api.mjs';
import { Socket } from '../003/socket.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);

// Token 认证（每个设备一个 token）
const [mac, aws] = await Promise.all(['macbook', 'aws'].map((device) => enrol(call, admin, device)));

// 每个设备的 OpenClaw 启动时向服务器注册: the agent as in the document's register event.
const small = { id: 'xiaoxing-mac', name: '小邢', role: 'DevOps' };
const old = { id: 'laoxing-aws', name: '老邢', role: 'Lead' };
assert.equal((await call('POST', '/api/agents/register', { body: small, token: mac })).id, small.id);
assert.equal((await call('POST', '/api/agents/register', { body: old, token: aws })).id, old.id);
assert.equal((await call('POST', '/api/agents/register', { body: small, token: mac })).id, small.id);

// An id belongs to the device that brought it; nobody registers without a token.
await call('POST', '/api/agents/register', { body: { ...old, name: '小金' }, token: mac, status: 409, code: 3002 });
await call('POST', '/api/agents/register', { body: small, status: 401, code: 1002 });
await call('POST', '/api/agents/register', { body: { name: '小金' }, token: mac, status: 400, code: 1001 });

// 获取在线 Agent 列表: a bare array, found across devices (跨设备互相发现).
const listed = () => call('GET', '/api/agents', { token: mac });
const ids = async () => (await listed()).map((agent) => agent.id);
assert.ok(Array.isArray(await listed()));
assert.ok(!(await ids()).includes(old.id), 'it is not there yet');

const socket = new Socket(base, { role: 'device', device_id: 'aws' }, { Authorization: `Bearer ${aws}` });
await socket.welcomed();
await eventually(ids, (found) => found.includes(old.id), 'laoxing-aws is online', 5);
const seen = (await listed()).find((agent) => agent.id === old.id);
assert.deepEqual([seen.name, seen.role, seen.online], ['老邢', 'Lead', true]);
assert.ok(!(await ids()).includes(small.id), 'xiaoxing-mac is not connected');

// 自动检测离线
await socket.close();
await eventually(ids, (found) => !found.includes(old.id), 'laoxing-aws is offline', 15);
console.log('seed 001: registration and discovery work');
