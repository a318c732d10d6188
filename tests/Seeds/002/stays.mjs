// A device of seed 002 that stays connected until its input ends, for whoever wants to see it from elsewhere.
// usage: node stays.mjs GRPC_ADDRESS DEVICE_ID DEVICE_TOKEN
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { AgentStream, literal } from './stream.mjs';

const [address, device, token] = process.argv.slice(2);

const client = new literal.AgentService(address, grpc.credentials.createInsecure());
const stream = new AgentStream(client, token);
assert.equal((await stream.register(device)).register_response.success, true);
assert.equal((await stream.heartbeat(device)).heartbeat_ack.success, true);
console.log('connected');

for await (const _ of process.stdin);
assert.equal((await stream.heartbeat(device)).heartbeat_ack.success, true);
stream.call.end();
assert.equal((await stream.status('the end')).code, grpc.status.OK);
client.close();
