import { csrfToken } from './csrf';

/** Changes whenever the access cookie was renewed, in this tab or in another. */
export interface Generation {
  current(): string;
  advance(): void;
}

export interface SessionFetchOptions {
  refreshUrl: string;
  send: (request: Request) => Promise<Response>;
  cookies: () => string;
  generation: Generation;
  /** Runs one after another across all tabs: a refresh token that is used twice may look like theft. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  onEnded: () => void;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const withoutSession = /\/auth\/(login|refresh|logout)$/;

/** A fetch that proves where unsafe requests come from and renews the session once when it has run out. */
export function createSessionFetch(options: SessionFetchOptions): (request: Request) => Promise<Response> {
  const { send, generation, exclusively, onEnded } = options;
  let renewal: Promise<Response | null> | null = null;

  function prove(request: Request): Request {
    const token = safeMethods.has(request.method) ? undefined : csrfToken(options.cookies());
    if (token !== undefined) {
      request.headers.set('X-CSRF-Token', token);
    }
    return request;
  }

  /** Null when the session is good again, else the answer that says why not. */
  async function renew(before: string): Promise<Response | null> {
    // Somebody else was here since the call went out: its cookie was old, not the session.
    if (generation.current() !== before) {
      return null;
    }
    const request = new Request(options.refreshUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    const answer = await send(prove(request));
    if (!answer.ok) {
      return answer;
    }
    generation.advance();
    return null;
  }

  return async function sessionFetch(request) {
    const before = generation.current();
    const again = request.clone();
    const answer = await send(prove(request));
    if (answer.status !== 401 || withoutSession.test(new URL(request.url).pathname)) {
      return answer;
    }

    renewal ??= exclusively(() => renew(before)).finally(() => (renewal = null));
    const refused = await renewal;
    if (refused?.status === 401 || refused?.status === 403) {
      onEnded();
      return answer;
    }
    if (refused !== null) {
      // The part that renews is down or busy: that is what happened, and it does not end the session.
      return refused.clone();
    }

    const second = await send(prove(again));
    if (second.status === 401) {
      onEnded();
    }
    return second;
  };
}
