// An agent that takes tasks, and a page that watches them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Socket } from './socket.mjs';

/** Whoever has a socket over which work comes: an agent's own process, or a device with its agents. */
export class Worker extends Socket {
  /** 任务路由到在线 Agent: this task, or whichever comes next. */
  async given(taskId, seconds) {
    const isIt = (frame) => frame.type === 'task/submit' && (taskId === undefined || frame.payload.task_id === taskId);
    const { payload } = await this.frame(isIt, `task/submit of ${taskId ?? 'any task'}`, seconds);
    assert.ok(Number.isInteger(payload.attempt) && payload.attempt >= 1, `attempt ${payload.attempt}`);
    assert.ok(payload.lease_seconds > 0, `lease_seconds ${payload.lease_seconds}`);
    assert.equal(typeof payload.agent_id, 'string');
    return payload;
  }

  /** The task's id and attempt go back as they came. */
  say(type, { task_id, attempt }, more = {}) {
    return this.send(type, { task_id, attempt, ...more });
  }

  async #acknowledged(type, work, more) {
    this.say(type, work, more);
    const isIt = (frame) => frame.type === 'task/ack' && frame.payload.task_id === work.task_id;
    const { payload } = await this.frame(isIt, `task/ack for the ${type} of ${work.task_id}`);
    if (work.attempt !== undefined) assert.equal(payload.attempt, work.attempt);
    return payload;
  }

  /** Resolves with the acknowledgement. */
  result(work, result, more = {}) {
    return this.#acknowledged('task/result', work, { result, ...more });
  }

  error(work, error, more = {}) {
    return this.#acknowledged('task/error', work, { error, ...more });
  }

  /** From the accept to the acknowledged result. */
  async does(work, result = { text: '好' }) {
    this.say('task/accept', work);
    const { accepted } = await this.result(work, result);
    assert.equal(accepted, true, `the result of ${work.task_id}, attempt ${work.attempt}, is accepted`);
  }
}

/** An agent by REST, with a token for its process. */
export async function hire(base, call, token, more = {}) {
  const secret = `agent-secret-${randomUUID()}`;
  const agent = { name: `worker-${randomUUID().slice(0, 8)}`, type: 'llm', capabilities: ['chat'], concurrency: 1, tags: ['nlp'], meta: {} };
  const { id } = await call('POST', '/api/agents', { body: { ...agent, token: secret, ...more }, token });
  const connect = async () => {
    const worker = new Worker(base, { role: 'agent', agent_id: id, agent_token: secret });
    await worker.welcomed();
    return worker;
  };
  return { id, secret, connect };
}

export class Page extends Socket {
  static async open(base, token, path = '/ws') {
    const page = new Page(base, { role: 'client', token, client_id: randomUUID() }, {}, path);
    await page.welcomed();
    return page;
  }

  about(type, taskId) {
    return this.frame((frame) => frame.type === type && frame.payload.task_id === taskId, `${type} of ${taskId}`).then((frame) => frame.payload);
  }

  /** 状态变更事件: the states of a task until its end, in the words of the document, each once. */
  async states(taskId) {
    const seen = [];
    const events = new Set();
    for (;;) {
      const { status, event_id } = await this.about('task/state', taskId);
      if (event_id && events.has(event_id)) continue;
      events.add(event_id);
      const plain = { assigned: 'running', waiting: 'running', blocked: 'queued', scheduled: 'queued' }[status] ?? status;
      if (seen.at(-1) !== plain) seen.push(plain);
      if (['done', 'failed', 'canceled'].includes(plain)) return seen;
    }
  }
}
