import { createApi } from './client';
import { forgetSession } from './csrf';
import { acrossTabs, renewals } from './tabs';

export { ApiError, Code, unwrap } from './envelope';
export type { components } from './schema';

const ended = new BroadcastChannel('agents.session');
const listeners = new Set<() => void>();

/** Tells every tab, this one included, that nobody is signed in any more. */
export function endSession(): void {
  forgetSession();
  ended.postMessage('ended');
  listeners.forEach((listener) => {
    listener();
  });
}

export function onSessionEnded(listener: () => void): void {
  listeners.add(listener);
}

ended.onmessage = () => {
  listeners.forEach((listener) => {
    listener();
  });
};

export const api = createApi({
  baseUrl: window.location.origin,
  cookies: () => document.cookie,
  generation: renewals,
  exclusively: acrossTabs,
  onEnded: endSession,
});
