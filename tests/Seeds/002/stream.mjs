// AgentService.Connect as an agent of the platform sees it, by way of the .proto files.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { within } from '../api.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** `proto` as in the document; `extended` is looked through first and carries metrics. */
export function load(...folders) {
  const definition = protoLoader.loadSync('proto/agent.proto', {
    keepCase: true, longs: Number, defaults: false, oneofs: true, includeDirs: folders.map((folder) => here + folder),
  });
  return grpc.loadPackageDefinition(definition).proto;
}

export const literal = load('.');
export const extended = load('extended', '.');

export function now() {
  return { seconds: Math.floor(Date.now() / 1000), nanos: (Date.now() % 1000) * 1e6 };
}

export class AgentStream {
  #came = [];
  #waiting = [];

  constructor(client, token, { deadline } = {}) {
    const metadata = new grpc.Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    this.call = client.Connect(metadata, deadline === undefined ? {} : { deadline });
    this.call.on('data', (message) => {
      const waits = this.#waiting.shift();
      if (waits) waits(message);
      else this.#came.push(message);
    });
    this.call.on('error', () => {}); // the status says it as well
    this.ended = new Promise((resolve) => this.call.on('status', resolve));
  }

  /** The next message, or a failure that says with what status the stream ended in its place. */
  async next(what) {
    if (this.#came.length > 0) return this.#came.shift();
    const message = new Promise((resolve) => this.#waiting.push(resolve));
    const ended = this.ended.then((status) => {
      throw new Error(`${what}: the stream ended with ${status.code} ${status.details}`);
    });
    return within(Promise.race([message, ended]), what);
  }

  status(what) {
    return within(this.ended, what);
  }

  register(agentId, more = {}) {
    this.call.write({ register: { agent_id: agentId, hostname: 'test-host', ip: '192.168.1.100', os: 'linux', arch: 'amd64', version: '1.0.0', ...more } });
    return this.next(`register_response to ${agentId}`);
  }

  heartbeat(agentId) {
    this.call.write({ heartbeat: { agent_id: agentId, timestamp: now() } });
    return this.next(`heartbeat_ack to ${agentId}`);
  }
}
