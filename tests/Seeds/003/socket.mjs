// A WebSocket of /ws whose frames are waited for.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { within } from '../api.mjs';

export class Socket {
  #frames = [];
  #waiting = [];

  constructor(base, query, headers = {}, path = '/ws') {
    this.ws = new WebSocket(`${base.replace(/^http/, 'ws')}${path}?${new URLSearchParams(query)}`, { headers });
    this.ws.on('message', (data, isBinary) => {
      assert.equal(isBinary, false);
      this.#take(JSON.parse(data.toString()));
    });
    this.opened = new Promise((resolve, reject) => this.ws.on('open', resolve).on('error', reject));
    this.opened.catch(() => {});
    this.closed = new Promise((resolve) => this.ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  }

  #take(frame) {
    const i = this.#waiting.findIndex((waits) => waits.matches(frame));
    if (i < 0) this.#frames.push(frame);
    else this.#waiting.splice(i, 1)[0].resolve(frame);
  }

  /** The first frame that has come or comes and that matches; the others stay. */
  frame(matches, what, seconds = 10) {
    const i = this.#frames.findIndex(matches);
    if (i >= 0) return Promise.resolve(this.#frames.splice(i, 1)[0]);
    const came = new Promise((resolve) => this.#waiting.push({ matches, resolve }));
    return within(came, what, seconds);
  }

  /** What has come so far and was not asked for yet. */
  come(matches) {
    return this.#frames.filter(matches);
  }

  next(what) {
    return this.frame(() => true, what);
  }

  of(type, seconds) {
    return this.frame((frame) => frame.type === type, `a frame of type ${type}`, seconds);
  }

  send(type, payload) {
    const id = randomUUID();
    this.ws.send(JSON.stringify({ id, type, ts: Math.floor(Date.now() / 1000), payload }));
    return id;
  }

  /** As when a cable is pulled: no closing handshake. */
  cut() {
    this.ws.terminate();
    return within(this.closed, 'the end of the socket');
  }

  close() {
    this.ws.close(1000);
    return within(this.closed, 'the close');
  }

  /** 首帧: the heartbeat's interval, and then auth/ok. */
  async welcomed() {
    const first = await this.next('the first frame');
    assert.equal(first.type, 'heartbeat');
    assert.deepEqual(first.payload, { interval: 30 });
    for (const field of ['id', 'type', 'ts', 'payload']) assert.ok(field in first, `the first frame has no ${field}`);
    assert.equal(typeof first.id, 'string');
    assert.ok(Number.isInteger(first.ts) && Math.abs(Date.now() / 1000 - first.ts) < 10, `ts ${first.ts} is in seconds`);
    const second = await this.next('the second frame');
    assert.equal(second.type, 'auth/ok');
    assert.equal(typeof second.payload.connection_id, 'string');
    return second.payload;
  }

  async refused(code) {
    const error = await this.of('auth/error');
    assert.ok(error.payload.message.length > 0);
    assert.equal((await within(this.closed, 'the close')).code, code);
  }
}
