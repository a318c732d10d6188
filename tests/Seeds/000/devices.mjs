// A client of seed 000's devices, from its text. usage: node devices.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { api, signIn } from '../api.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);

// ccc generate-token: 连接 token
const { token } = await call('POST', '/api/v1/devices/tokens', { body: {}, token: admin, status: 201 });

// DeviceRegisterRequest: Token, DeviceID, Hostname, IP, OS, Capabilities
const device_id = `dev-machine-${Date.now()}`;
const request = { token, device_id, hostname: 'dev-machine', ip: '192.168.1.7', os: 'linux', capabilities: ['claude', 'opencode', 'codex'] };
const registered = await call('POST', '/api/v1/devices/register', { body: request });
assert.equal(registered.device_id, device_id);
assert.ok(registered.device_token.length >= 20);
assert.equal(registered.heartbeat_interval, 30);

// 列出设备, 设备详情: the columns of the document's table.
const listed = await call('GET', `/api/v1/devices?q=${device_id}`, { token: admin });
assert.ok(listed.total >= 1);
const inList = listed.items.find((device) => device.id === device_id);
const details = await call('GET', `/api/v1/devices/${device_id}`, { token: admin });
for (const device of [inList, details]) {
  assert.equal(device.hostname, 'dev-machine');
  assert.equal(device.ip_address, '192.168.1.7');
  assert.equal(device.os, 'linux');
  assert.equal(device.status, 'offline');
  assert.deepEqual(device.capabilities, ['claude', 'opencode', 'codex']);
  assert.ok(Math.abs(Date.now() - Date.parse(device.created_at)) < 60_000);
}

// A token that is used up lets nobody else in, and one that never was lets in nobody.
await call('POST', '/api/v1/devices/register', { body: { ...request, device_id: `${device_id}-b` }, status: 401, code: 1002 });
await call('POST', '/api/v1/devices/register', { body: { ...request, token: 'xxx' }, status: 401, code: 1002 });
await call('GET', '/api/v1/devices', { status: 401, code: 1002 });
await call('GET', `/api/v1/devices/${device_id}-b`, { token: admin, status: 404, code: 2001 });
console.log('seed 000: devices enrol and are listed');
