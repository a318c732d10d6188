import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface TestServer {
  url: string;
  /** "POST /path", in the order of arrival. */
  seen: string[];
  close: () => Promise<void>;
}

/** A real HTTP server on loopback, so that the client is tested with the fetch that it runs on. */
export async function serve(routes: Record<string, Route>): Promise<TestServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`;
    seen.push(name);
    const route = routes[name];
    if (route === undefined) {
      answer(response, 404, { code: 2001, message: 'No such thing' });
    } else {
      route(request, response);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface TestAnswer {
  code: number;
  message?: string;
  data?: unknown;
}

export function answer(
  response: ServerResponse,
  status: number,
  { code, message = 'OK', data = null }: TestAnswer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ code, message, data, request_id: 'req-1' }));
}
