// What seed 002 leaves open and gRPC itself decides: codes, deadlines, limits, many streams.
// usage: node edges.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD GRPC_ADDRESS
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import grpc from '@grpc/grpc-js';
import { api, enrol, eventually, signIn, within } from '../api.mjs';
import { AgentStream, extended } from './stream.mjs';

const [base, adminEmail, adminPassword, address] = process.argv.slice(2);
const { ABORTED, DEADLINE_EXCEEDED, FAILED_PRECONDITION, OK, PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNAUTHENTICATED, UNIMPLEMENTED } = grpc.status;

const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const run = Date.now();
const device = `edges-${run}`;
const token = await enrol(call, admin, device);
const status = async () => (await call('GET', `/api/v1/devices/${device}`, { token: admin })).status;

const clients = [];
function connect(options = {}) {
  const client = new extended.AgentService(address, grpc.credentials.createInsecure(), options);
  clients.push(client);
  return client;
}
const client = connect();

/** The status of a stream that is expected to end by the server's doing. */
async function ends(stream, code, what) {
  const ended = await stream.status(what);
  assert.equal(ended.code, code, `${what}: ${ended.code} ${ended.details}`);
  assert.ok(ended.details.length > 0, `${what}: the status says nothing`);
  return ended;
}

async function endsWell(stream, what) {
  stream.call.end();
  assert.equal((await stream.status(what)).code, OK, what);
}

async function credentials() {
  await ends(new AgentStream(client), UNAUTHENTICATED, 'no token');
  await ends(new AgentStream(client, 'dt_not-a-token'), UNAUTHENTICATED, 'a wrong token');
  await ends(new AgentStream(client, admin), UNAUTHENTICATED, "a person's token");
}

async function another() {
  const other = `other-${run}`;
  await enrol(call, admin, other);
  const stream = new AgentStream(client, token);
  const { register_response: refused } = await stream.register(other);
  assert.equal(refused.success ?? false, false);
  assert.ok(refused.error.length > 0);
  await ends(stream, PERMISSION_DENIED, 'register for another device');
}

async function tooEarly() {
  const stream = new AgentStream(client, token);
  stream.call.write({ heartbeat: { agent_id: device } });
  await ends(stream, FAILED_PRECONDITION, 'heartbeat before register');
}

async function tooBig() {
  const stream = new AgentStream(client, token);
  await stream.register(device);
  stream.call.write({ metrics: { agent_id: device, metrics: [{ name: 'x'.repeat(5 * 1024 * 1024), value: 1 }] } });
  await ends(stream, RESOURCE_EXHAUSTED, 'a message of 5 MiB');

  // Just below the limit it is read, and at most its content is refused.
  const below = new AgentStream(client, token);
  await below.register(device);
  below.call.write({ register: { agent_id: device, hostname: 'x'.repeat(4 * 1024 * 1024 - 1024) } });
  const answer = await Promise.race([below.next('an answer to 4 MiB less a bit'), below.ended]);
  assert.notEqual(answer.code, RESOURCE_EXHAUSTED);
  below.call.cancel();
}

async function unknownMethod() {
  const method = { ...extended.AgentService.service.Connect, path: '/proto.AgentService/Nothing' };
  const stream = client.makeBidiStreamRequest(method.path, method.requestSerialize, method.responseDeserialize, new grpc.Metadata());
  stream.on('error', () => {});
  const ended = await within(new Promise((resolve) => stream.on('status', resolve)), 'an answer to an unknown method');
  assert.equal(ended.code, UNIMPLEMENTED, ended.details);
}

async function deadlines() {
  const stream = new AgentStream(client, token, { deadline: Date.now() + 1000 });
  await stream.register(device);
  await ends(stream, DEADLINE_EXCEEDED, 'a deadline');

  // The client above has a clock of its own. This one has none, so that it is the server who ends it.
  const session = http2.connect(`http://${address}`);
  const bare = session.request({
    ':method': 'POST', ':path': '/proto.AgentService/Connect', 'content-type': 'application/grpc', te: 'trailers',
    authorization: `Bearer ${token}`, 'grpc-timeout': '500m',
  });
  bare.on('data', () => {});
  let found;
  bare.on('response', (headers) => (found ??= headers['grpc-status']));
  bare.on('trailers', (trailers) => (found ??= trailers['grpc-status']));
  await within(new Promise((resolve) => bare.on('close', resolve)), "the server's end of the deadline", 5);
  session.close();
  assert.equal(Number(found), DEADLINE_EXCEEDED);
}

async function cancel() {
  const stream = new AgentStream(client, token);
  await stream.register(device);
  await eventually(status, (now) => now === 'online', 'online before the cancel');
  stream.call.cancel();
  await eventually(status, (now) => now === 'offline', 'offline after the cancel', 15);
}

async function keepAlive() {
  const pinging = connect({ 'grpc.keepalive_time_ms': 1000, 'grpc.keepalive_timeout_ms': 1000, 'grpc.keepalive_permit_without_calls': 1, 'grpc.use_local_subchannel_pool': 1 });
  const id = `pings-${run}`;
  const stream = new AgentStream(pinging, await enrol(call, admin, id));
  await stream.register(id);
  const silent = new Promise((resolve) => setTimeout(resolve, 4500, 'still there'));
  assert.equal(await Promise.race([silent, stream.ended]), 'still there');
  assert.equal((await stream.heartbeat(id)).heartbeat_ack.success, true);
  await endsWell(stream, 'the end after many pings');
}

async function many() {
  const ids = Array.from({ length: 20 }, (_, i) => `many-${run}-${i}`);
  const streams = await Promise.all(ids.map(async (id) => new AgentStream(client, await enrol(call, admin, id))));
  await Promise.all(streams.map((stream, i) => stream.register(ids[i])));
  for (let beat = 0; beat < 10; beat++) {
    const acks = await Promise.all(streams.map((stream, i) => stream.heartbeat(ids[i])));
    assert.ok(acks.every((ack) => ack.heartbeat_ack.success));
  }
  await Promise.all(streams.map((stream, i) => endsWell(stream, `the end of ${ids[i]}`)));
}

async function replaced() {
  const first = new AgentStream(client, token);
  await first.register(device);
  const second = new AgentStream(client, token);
  await second.register(device);
  const { details } = await ends(first, ABORTED, 'the first of two streams of one device');
  assert.match(details, /newer|replaced/i);
  assert.equal((await second.heartbeat(device)).heartbeat_ack.success, true);
  await endsWell(second, 'the end of the second');
}

async function malformed() {
  const session = http2.connect(`http://${address}`);
  const bare = session.request({
    ':method': 'POST', ':path': '/proto.AgentService/Connect', 'content-type': 'application/grpc', te: 'trailers', authorization: `Bearer ${token}`,
  });
  bare.on('data', () => {});
  let found;
  bare.on('response', (headers) => (found ??= headers['grpc-status']));
  bare.on('trailers', (trailers) => (found ??= trailers['grpc-status']));
  bare.write(Buffer.from([0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff]));
  await within(new Promise((resolve) => bare.on('close', resolve)), 'the answer to bytes that are no message', 5);
  session.close();
  assert.ok(Number(found) > 0, `bytes that are no message ended with ${found}`);
}

for (const edge of [credentials, another, tooEarly, tooBig, unknownMethod, deadlines, cancel, keepAlive, many, replaced, malformed]) {
  await edge();
  console.log(`seed 002: ${edge.name}`);
}
clients.forEach((each) => each.close());
console.log('seed 002: the edges hold');
