// A device of seed 000 with its agents: ccc 程序 ←→ 连接中心服务器.
import { randomUUID } from 'node:crypto';
import { enrol } from '../api.mjs';
import { Worker } from '../003/worker.mjs';

/** 设备注册, 员工, and the connection over which tasks come. */
export async function device(base, call, operator, agents, more = {}) {
  const id = `dev-machine-${randomUUID()}`;
  const token = await enrol(call, operator, id, more);
  for (const agent of agents) await call('POST', '/api/v1/agents/register', { body: agent, token });
  const connect = async () => {
    const socket = new Worker(base, { role: 'device', device_id: id }, { Authorization: `Bearer ${token}` });
    await socket.welcomed();
    return socket;
  };
  return { id, token, connect };
}

export const employee = (name, more = {}) => ({ id: `employee-${randomUUID()}`, name, role: name, ...more });
