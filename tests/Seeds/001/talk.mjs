// Two agents of seed 001 talk in a group; one goes away and comes back. usage: node talk.mjs BASE_URL ADMIN_EMAIL ADMIN_PASSWORD
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { api, enrol, eventually, signIn } from '../api.mjs';
import { Agent } from './agent.mjs';

const [base, adminEmail, adminPassword] = process.argv.slice(2);
const call = api(base);
const admin = await signIn(call, adminEmail, adminPassword);
const run = randomUUID().slice(0, 8);
const group = `dev-team-${run}`;
const done = (what) => console.log(`seed 001: ${what}`);

const [mac, aws] = await Promise.all(['macbook', 'aws'].map((device) => enrol(call, admin, `${device}-${run}`)));
const small = { id: `xiaoxing-${run}`, name: `小邢${run}`, role: 'DevOps' };
const old = { id: `laoxing-${run}`, name: `老邢${run}`, role: 'Lead' };
const lao = await Agent.start(base, aws, old);
let xiao = await Agent.start(base, mac, small);

// 实时群聊: a group that nobody made yet is there from the first join on.
lao.say({ type: 'join_group', group_id: group });
xiao.say({ type: 'join_group', group_id: group });
const names = async () => {
  const groups = await call('GET', '/api/groups', { token: mac });
  return (groups.items ?? groups).map((each) => each.id);
};
await eventually(names, (ids) => ids.includes(group), 'the group is in GET /api/groups');
await eventually(
  async () => (await call('GET', `/api/v1/groups/${group}/members`, { token: admin })).items.map((member) => member.id).sort(),
  (members) => members.includes(small.id) && members.includes(old.id),
  'both have joined',
);

// 消息广播到所有在线 Agent, not back to who said it. @Agent名 is a mention as well.
xiao.say({ type: 'message', group_id: group, content: `Hello @${old.name}`, timestamp: new Date().toISOString() });
const [hello] = await lao.messages(group, 1);
assert.deepEqual([hello.from, hello.from_id, hello.content], [small.name, small.id, `Hello @${old.name}`]);
assert.ok(Number.isInteger(hello.seq) && Math.abs(Date.now() - Date.parse(hello.timestamp)) < 60_000, JSON.stringify(hello));
const mention = await lao.of('mention');
assert.deepEqual([mention.from, mention.content, mention.group_id], [small.name, `Hello @${old.name}`, group]);
lao.say({ type: 'message', group_id: group, content: 'Hi' });
assert.equal((await xiao.messages(group, 1))[0].content, 'Hi');
assert.deepEqual(xiao.come((frame) => frame.type === 'message'), [], 'what it said itself does not come back');
done('agents talk across devices, and a mention is told');

// 离线消息存储，上线后推送. What it has had before, it has acknowledged by the pong of its socket.
await new Promise((resolve) => setTimeout(resolve, 3_000));
await xiao.close();
const missed = [1, 2, 3].map((n) => `number ${n}`);
for (const content of missed) lao.say({ type: 'message', group_id: group, content });
lao.say({ type: 'message', group_id: group, content: `@${small.name} Please help` });
const sent = [...missed, `@${small.name} Please help`];
const history = async () => (await call('GET', `/api/groups/${group}/messages`, { token: mac })).items.map((message) => message.content);
await eventually(history, (all) => all.includes(sent.at(-1)), 'all is stored');

// 收件箱系统（未读消息）
const inbox = (await call('GET', `/api/agents/${small.id}/inbox`, { token: mac })).items;
assert.deepEqual(inbox.filter((entry) => !entry.read).map((entry) => [entry.from, entry.content]), [[old.name, sent.at(-1)]]);

xiao = await Agent.start(base, mac, small);
const come = await xiao.messages(group, sent.length);
assert.deepEqual(come.map((message) => message.content), sent);
assert.deepEqual(come.map((message) => message.seq), come.map((_, n) => come[0].seq + n));
assert.equal((await xiao.of('mention')).content, sent.at(-1));
done('what was said meanwhile comes in its order');

// By REST: said for one of the device's agents, and it comes to the others like any other.
const { id, seq } = await call('POST', `/api/groups/${group}/messages`, { body: { content: 'by REST', agent_id: old.id }, token: aws });
const [rest] = await xiao.messages(group, 1);
assert.deepEqual([rest.id, rest.seq, rest.content, rest.from_id], [id, seq, 'by REST', old.id]);
assert.deepEqual(xiao.come((frame) => frame.type === 'message' || frame.type === 'mention'), [], 'each came once');
assert.deepEqual([...new Set(lao.come((frame) => frame.type === 'message').map((message) => message.content))], [], 'its own do not come back');
assert.deepEqual(lao.come((frame) => frame.type === 'error').concat(xiao.come((frame) => frame.type === 'error')), []);
await Promise.all([lao.close(), xiao.close()]);
console.log('seed 001: its groups work');
