import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { throttled } from './throttle';

describe('what is asked for again and again', () => {
  beforeEach(() => { vi.useFakeTimers({ now: 1_000_000 }); });
  afterEach(() => { vi.useRealTimers(); });

  test('is done soon, then once in a while, and the last time is not lost', async () => {
    const run = vi.fn();
    const { call } = throttled(run, 1_000);
    call();
    call();
    await vi.advanceTimersByTimeAsync(60);
    expect(run).toHaveBeenCalledTimes(1);
    call();
    call();
    await vi.advanceTimersByTimeAsync(900);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('is done once at a time, and more rarely the longer it takes', async () => {
    const run = vi.fn(() => new Promise((done) => setTimeout(done, 500)));
    const { call } = throttled(run, 1_000);
    call();
    await vi.advanceTimersByTimeAsync(300);
    call();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('that is given up while it is done is not done again', async () => {
    const run = vi.fn(() => new Promise((done) => setTimeout(done, 500)));
    const { call, cancel } = throttled(run, 1_000);
    call();
    await vi.advanceTimersByTimeAsync(100);
    call();
    cancel();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
