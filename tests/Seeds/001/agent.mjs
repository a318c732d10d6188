// An agent of seed 001 on /ws/network: frames as the document shows them, the device's token in the address.
import assert from 'node:assert/strict';
import { within } from '../api.mjs';
import { Socket } from '../003/socket.mjs';

export class Agent extends Socket {
  constructor(base, token, about) {
    super(base, { token }, {}, '/ws/network');
    this.about = about;
  }

  /** 每个设备的 OpenClaw 启动时向服务器注册. Resolves with the first agent_list. */
  static async start(base, token, about) {
    const agent = new Agent(base, token, about);
    await within(agent.opened, `the socket of ${about.id}`);
    agent.say({ type: 'register', agent: about });
    agent.list = await agent.of('agent_list');
    assert.ok(Array.isArray(agent.list.agents));
    return agent;
  }

  say(event) {
    this.ws.send(JSON.stringify(event));
  }

  /** 消息 of a group, in the order in which they come. */
  async messages(groupId, count) {
    const come = [];
    while (come.length < count) {
      come.push(await this.frame((frame) => frame.type === 'message' && frame.group_id === groupId, `message ${come.length + 1} of ${count} in ${groupId}`));
    }
    return come;
  }

  /** An agent_list, the first or one of changes, that says this of an agent. */
  hears(id, online, seconds = 10) {
    const says = (frame) => frame.type === 'agent_list' && frame.agents.some((agent) => agent.id === id && agent.online === online);
    return this.frame(says, `that ${id} is ${online ? 'online' : 'offline'}`, seconds);
  }
}
