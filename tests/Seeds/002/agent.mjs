// A client of seed 002, from its text alone: its YAML, its .proto files, its messages.
// usage: node agent.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD GRPC_ADDRESS
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import YAML from 'yaml';
import { api, enrol, eventually, signIn } from '../api.mjs';
import { AgentStream, extended, literal, now } from './stream.mjs';

const [base, adminEmail, adminPassword, address] = process.argv.slice(2);

// LoadConfig: what the document's test expects of its file. Only the port is another one here.
const config = YAML.parse(readFileSync(new URL('config.yaml', import.meta.url), 'utf8'));
assert.equal(config.server.address, 'localhost:9090');
assert.equal(config.server.tls, false);
assert.equal(config.agent.id, 'test-agent');
assert.equal(config.agent.collect_interval, 30);

const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const token = await enrol(call, admin, config.agent.id);
const device = () => call('GET', `/api/v1/devices/${config.agent.id}`, { token: admin });

// insecure.NewCredentials(): clear text HTTP/2. Register, then heartbeats.
const client = new literal.AgentService(address, grpc.credentials.createInsecure());
const stream = new AgentStream(client, token);
const { register_response: registered } = await stream.register(config.agent.id);
assert.equal(registered.success, true);
assert.equal(registered.message, 'Agent registered successfully');
assert.ok(!registered.error);
for (let i = 0; i < 3; i++) {
  const { heartbeat_ack: ack } = await stream.heartbeat(config.agent.id);
  assert.equal(ack.success, true);
}

const online = await eventually(device, (d) => d.status === 'online', 'the device is online');
assert.ok(Date.now() - Date.parse(online.last_seen) < 60_000, `last seen ${online.last_seen}`);

// agent shutting down: client.Close()
stream.call.end();
assert.equal((await stream.status('the end')).code, grpc.status.OK);
await eventually(device, (d) => d.status === 'offline', 'the device is offline', 15);
client.close();

// Beyond the document, which defines MetricBatch but carries it nowhere.
const metering = new extended.AgentService(address, grpc.credentials.createInsecure());
const metrics = new AgentStream(metering, token);
await metrics.register(config.agent.id);
metrics.call.write({
  metrics: {
    agent_id: config.agent.id,
    metrics: [
      { name: 'cpu', value: 0.25, timestamp: now(), labels: { core: '0' } },
      { name: 'memory', value: 1 << 30, timestamp: now(), labels: {} },
    ],
  },
});
// A batch has no answer; that the stream goes on is one.
assert.equal((await metrics.heartbeat(config.agent.id)).heartbeat_ack.success, true);
const from = new Date(Date.now() - 600_000).toISOString();
const series = await eventually(
  () => call('GET', `/api/v1/devices/${config.agent.id}/metrics?name=cpu&from=${from}`, { token: admin }),
  (found) => found.items.length > 0,
  'the figures can be asked for',
);
assert.equal(series.items.at(-1).last, 0.25);
metrics.call.end();
assert.equal((await metrics.status('the end')).code, grpc.status.OK);
metering.close();
console.log('seed 002: the agent registers, beats and measures');
