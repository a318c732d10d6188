import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema';
import { createSessionFetch, type SessionFetchOptions } from './sessionFetch';

export type Api = Client<paths, 'application/json'>;

export type ClientOptions = Omit<SessionFetchOptions, 'refreshUrl' | 'send'> & {
  baseUrl: string;
  /** Milliseconds until a request counts as lost. */
  patience?: number;
};

export function createApi({ baseUrl, patience = 15_000, ...session }: ClientOptions): Api {
  return createClient<paths>({
    baseUrl,
    headers: { Accept: 'application/json' },
    fetch: createSessionFetch({
      ...session,
      refreshUrl: `${baseUrl}/api/v1/auth/refresh`,
      send: (request) =>
        fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(patience)]) }),
    }),
  });
}
