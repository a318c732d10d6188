import { afterEach, describe, expect, test } from 'vitest';
import { createApi, type Api } from './client';
import { ApiError, Code, unwrap } from './envelope';
import { answer, serve, type Route, type TestServer } from './testServer';

const me = { id: '1', email: 'ada@localhost', name: 'Ada', roles: ['admin'] };
const getMe = 'GET /api/v1/auth/me';
const getHealth = 'GET /api/v1/system/health';
const refresh = 'POST /api/v1/auth/refresh';
const logout = 'POST /api/v1/auth/logout';

let server: TestServer | undefined;
let ended = 0;

afterEach(async () => {
  await server?.close();
  server = undefined;
  ended = 0;
});

async function client(routes: Record<string, Route>, cookies = '', patience = 5000): Promise<Api> {
  server = await serve(routes);
  let renewed = 0;
  return createApi({
    baseUrl: server.url,
    patience,
    cookies: () => cookies,
    generation: { current: () => String(renewed), advance: () => (renewed += 1) },
    exclusively: (work) => work(),
    onEnded: () => (ended += 1),
  });
}

async function failure(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

/** A session whose access has run out until somebody renews it. */
function expiring(renew: Route): Record<string, Route> {
  let good = false;
  return {
    [getMe]: (_, response) => {
      answer(response, good ? 200 : 401, good ? { code: 0, data: me } : { code: 1002 });
    },
    [refresh]: (request, response) => {
      good = true;
      renew(request, response);
    },
  };
}

const renewed: Route = (_, response) => {
  answer(response, 200, { code: 0, data: { expires_in: 3600 } });
};

describe('the envelope', () => {
  test('a good answer is its data', async () => {
    const api = await client({ [getMe]: (_, response) => { answer(response, 200, { code: 0, data: me }); } });
    expect(await unwrap(api.GET('/api/v1/auth/me'))).toEqual(me);
  });

  test('an error keeps code, message, request id and what is wrong with each field', async () => {
    const data = { errors: { email: ['is required'] } };
    const api = await client({
      'POST /api/v1/auth/login': (_, response) => { answer(response, 400, { code: 1001, message: 'Wrong', data }); },
    });
    const error = await failure(unwrap(api.POST('/api/v1/auth/login', { body: { email: '', password: '' } })));
    expect(error).toMatchObject({ code: 1001, message: 'Wrong', requestId: 'req-1', fields: data.errors });
  });

  test('too many requests says how long to wait', async () => {
    const api = await client({
      [getHealth]: (_, response) => { answer(response, 429, { code: 1004 }, { 'Retry-After': '42' }); },
    });
    const error = await failure(unwrap(api.GET('/api/v1/system/health')));
    expect(error).toMatchObject({ code: Code.tooMany, retryAfter: 42 });
    expect(error.retryAt).toBeGreaterThan(Date.now() + 40_000);
  });

  test('an error code in a 200 is an error', async () => {
    const api = await client({ [getMe]: (_, response) => { answer(response, 200, { code: 5000 }); } });
    expect((await failure(unwrap(api.GET('/api/v1/auth/me')))).code).toBe(5000);
  });

  test.each([200, 502])('%i with a page of a proxy is told apart from our own answers', async (status) => {
    const api = await client({
      [getMe]: (_, response) => {
        response.writeHead(status, { 'Content-Type': 'text/html', 'X-Request-ID': 'edge-7' }).end('<h1>Hello</h1>');
      },
    });
    expect((await failure(unwrap(api.GET('/api/v1/auth/me')))).code).toBe(Code.unreadable);
  });

  test('nobody there, and nobody who answers in time, is unreachable', async () => {
    const api = await client({ [getMe]: () => undefined }, '', 50);
    expect((await failure(unwrap(api.GET('/api/v1/auth/me')))).code).toBe(Code.unreachable);
    await server?.close();
    expect((await failure(unwrap(api.GET('/api/v1/auth/me')))).code).toBe(Code.unreachable);
    server = undefined;
  });

  test('a call that its page gave up stays an abort', async () => {
    const api = await client({ [getMe]: () => undefined });
    const page = new AbortController();
    const call = unwrap(api.GET('/api/v1/auth/me', { signal: page.signal }));
    page.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the session', () => {
  test('unsafe methods prove where they come from, safe ones do not', async () => {
    const tokens: unknown[] = [];
    const note: Route = (request, response) => {
      tokens.push(request.headers['x-csrf-token']);
      answer(response, 200, { code: 0 });
    };
    const api = await client({ [getMe]: note, [logout]: note }, 'theme=dark; agents_csrf=a%3Db; x=1');
    await unwrap(api.GET('/api/v1/auth/me'));
    await unwrap(api.POST('/api/v1/auth/logout'));
    expect(tokens).toEqual([undefined, 'a=b']);
  });

  test('calls that find it run out at the same time renew it once, and all succeed', async () => {
    const api = await client(expiring(renewed));
    const answers = await Promise.all(Array.from({ length: 8 }, () => unwrap(api.GET('/api/v1/auth/me'))));
    expect(answers).toHaveLength(8);
    expect(server?.seen.filter((call) => call === refresh)).toHaveLength(1);
    expect(ended).toBe(0);
  });

  test('a call that was under way while another renewed it only tries again', async () => {
    let release = (): void => undefined;
    const routes = expiring(renewed);
    let late = true;
    const api = await client({
      ...routes,
      [getHealth]: (_, response) => {
        if (late) {
          late = false;
          release = () => { answer(response, 401, { code: 1002 }); };
          void unwrap(api.GET('/api/v1/auth/me')).then(() => { release(); });
        } else {
          answer(response, 200, { code: 0, data: { items: [], total: 0 } });
        }
      },
    });
    expect(await unwrap(api.GET('/api/v1/system/health'))).toEqual({ items: [], total: 0 });
    expect(server?.seen.filter((call) => call === refresh)).toHaveLength(1);
  });

  test.each([401, 403])('it ends when renewing is refused with %i', async (status) => {
    const api = await client({
      [getMe]: (_, response) => { answer(response, 401, { code: 1002 }); },
      [refresh]: (_, response) => { answer(response, status, { code: status === 401 ? 1002 : 1003 }); },
    });
    expect((await failure(unwrap(api.GET('/api/v1/auth/me')))).code).toBe(Code.notSignedIn);
    expect(ended).toBe(1);
  });

  test('it does not end because the part that renews it is down', async () => {
    const api = await client({
      [getMe]: (_, response) => { answer(response, 401, { code: 1002 }); },
      [refresh]: (_, response) => { answer(response, 503, { code: 5003 }); },
    });
    const [one, two] = await Promise.all([
      failure(unwrap(api.GET('/api/v1/auth/me'))),
      failure(unwrap(api.GET('/api/v1/auth/me'))),
    ]);
    expect([one.code, two.code]).toEqual([Code.unavailable, Code.unavailable]);
    expect(ended).toBe(0);
  });

  test('a wrong password is no session that ran out', async () => {
    const api = await client({
      'POST /api/v1/auth/login': (_, response) => { answer(response, 401, { code: 1002 }); },
    });
    await failure(unwrap(api.POST('/api/v1/auth/login', { body: { email: 'a', password: 'b' } })));
    expect(server?.seen).toEqual(['POST /api/v1/auth/login']);
    expect(ended).toBe(0);
  });

  test('the body goes along when a call is tried again', async () => {
    const bodies: string[] = [];
    let good = false;
    const api = await client({
      'POST /api/v1/system/echo': (request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          bodies.push(body);
          answer(response, good ? 200 : 401, { code: good ? 0 : 1002 });
        });
      },
      [refresh]: (request, response) => {
        good = true;
        renewed(request, response);
      },
    });
    // No such route in the document: only the way of the body matters here.
    const call = api.POST as unknown as (path: string, init: { body: unknown }) => ReturnType<typeof api.POST<'/api/v1/auth/logout', object>>;
    await unwrap(call('/api/v1/system/echo', { body: { text: 'again' } }));
    expect(bodies).toEqual(['{"text":"again"}', '{"text":"again"}']);
  });
});
