// What the clients have in common: the REST envelope, and a wait with a limit.
import assert from 'node:assert/strict';

/** Calls that answer with the whole envelope. */
export function envelopes(base) {
  return async function call(method, path, { body, token, headers = {}, status, code = 0 } = {}) {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    // Done is 200, 201 or 202, as it fits.
    assert.ok(status === undefined ? response.ok : response.status === status, `${method} ${path}: ${response.status} ${text}`);
    const answer = JSON.parse(text);
    assert.equal(answer.code, code, `${method} ${path}: ${text}`);
    assert.deepEqual(Object.keys(answer).sort(), ['code', 'data', 'message', 'request_id'], `${method} ${path}: ${text}`);
    if (code === 0) assert.equal(answer.message, 'OK');
    return answer;
  };
}

/** Calls that answer with the envelope's data. */
export function api(base) {
  const call = envelopes(base);
  return async (...request) => (await call(...request)).data;
}

export async function signIn(call, email, password) {
  return (await call('POST', '/api/auth/login', { body: { email, password } })).access_token;
}

/** A person with the role `user`, signed in. */
export async function signUp(call, admin, name) {
  const email = `${name}-${Date.now()}@example.com`;
  await call('POST', '/api/auth/register', { body: { email, password: 'p@ss-word', name: `${name}-${Date.now()}` }, token: admin });
  return signIn(call, email, 'p@ss-word');
}

/** A device with a token of its own, which an operator let in. Enrolled before under this id, it is enrolled anew. */
export async function enrol(call, operator, deviceId, more = {}) {
  const { token } = await call('POST', '/api/v1/devices/tokens', { body: { device_id: deviceId }, token: operator, status: 201 });
  const device = { token, device_id: deviceId, hostname: `${deviceId}-host`, os: 'linux', arch: 'amd64', capabilities: [], ...more };
  return (await call('POST', '/api/v1/devices/register', { body: device })).device_token;
}

/** What `read` answers once `holds` does, asked again and again for at most `seconds`. */
export async function eventually(read, holds, what, seconds = 10) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    assert.ok(Date.now() < deadline, `not within ${seconds} s: ${what}; the last was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The promise's value, or a failure that says what did not come. */
export async function within(promise, what, seconds = 10) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${seconds} s: ${what}`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
