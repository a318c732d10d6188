// A client of seed 003's sign-in, from its text alone. usage: node auth.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { envelopes } from '../api.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);

const send = envelopes(base);
const call = (method, path, more) => send(method, path, { status: 200, ...more });

// 登录: { email, password } -> { access_token, expires_in: 3600, refresh_token }
const admin = (await call('POST', '/api/auth/login', { body: { email: adminEmail, password: adminPassword } })).data;
assert.equal(admin.expires_in, 3600);
assert.equal(typeof admin.refresh_token, 'string');

// 用户注册（仅开发或管理员允许）: -> { user_id }
const email = `seed-003-${Date.now()}@example.com`;
await call('POST', '/api/auth/register', { body: { email, password: 'p@ss-word', name: '小邢' + Date.now() }, status: 401, code: 1002 });
const registered = await call('POST', '/api/auth/register', {
  body: { email, password: 'p@ss-word', name: '小邢' + Date.now() },
  token: admin.access_token,
});
assert.equal(typeof registered.data.user_id, 'string');

// 用户名/邮箱登录, then /me: { id, email, name, roles }
const user = (await call('POST', '/api/auth/login', { body: { email, password: 'p@ss-word' } })).data;
const me = (await call('GET', '/api/auth/me', { token: user.access_token })).data;
assert.deepEqual([me.id, me.email, me.roles], [registered.data.user_id, email, ['user']]);
assert.match(me.name, /^小邢/);

// 刷新令牌: { refresh_token } -> { access_token, expires_in }; the client keeps the refresh token that it has.
for (let i = 0; i < 3; i++) {
  const refreshed = (await call('POST', '/api/auth/refresh', { body: { refresh_token: user.refresh_token } })).data;
  assert.equal(refreshed.expires_in, 3600);
  await call('GET', '/api/auth/me', { token: refreshed.access_token });
}

// 参数错误 1001, 未认证 1002, 权限不足 1003, 资源不存在 2001; X-Request-ID is taken over.
await call('POST', '/api/auth/login', { body: { email: 5 }, status: 400, code: 1001 });
await call('POST', '/api/auth/login', { body: { email, password: 'not it' }, status: 401, code: 1002 });
await call('GET', '/api/auth/me', { status: 401, code: 1002 });
await call('POST', '/api/auth/register', { body: { email: 'x' + email, password: 'p@ss-word' }, token: user.access_token, status: 403, code: 1003 });
await call('GET', '/api/nothing', { token: user.access_token, status: 404, code: 2001 });
assert.equal((await call('GET', '/api/auth/me', { token: user.access_token, headers: { 'X-Request-ID': 'seed-003' } })).request_id, 'seed-003');

// 注销: {} with the Bearer header -> {}; afterwards both tokens are dead.
assert.deepEqual((await call('POST', '/api/auth/logout', { body: {}, token: user.access_token })).data, {});
await call('POST', '/api/auth/refresh', { body: { refresh_token: user.refresh_token }, status: 401, code: 1002 });
const deadline = Date.now() + 5000;
for (;;) {
  const response = await fetch(base + '/api/auth/me', { headers: { Authorization: `Bearer ${user.access_token}` } });
  if (response.status === 401) break;
  assert.ok(Date.now() < deadline, 'the access token still works 5 s after logging out');
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log('seed 003: sign-in works');
