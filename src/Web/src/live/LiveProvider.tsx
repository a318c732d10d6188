import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { api, unwrap } from '../api';
import type { Batch } from './FrameBatch';
import { LiveSocket, type LiveState } from './LiveSocket';

type Listener = (batch: Batch) => void;

interface Live {
  listen: (listener: Listener) => () => void;
  send: (type: string, payload: unknown, id?: string) => boolean;
  watchState: (changed: () => void) => () => void;
  state: () => LiveState;
}

const LiveContext = createContext<Live | null>(null);

/** The tab's one socket, for as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [hub] = useState(createHub);

  useEffect(() => {
    const { socket, stop } = hub.start();
    const hurry = () => {
      if (document.visibilityState === 'visible') {
        socket.hurry();
      }
    };
    window.addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
    return () => {
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
      stop();
    };
  }, [hub]);

  const live = useMemo(() => hub.live, [hub]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function createHub() {
  const listeners = new Set<Listener>();
  const watchers = new Set<() => void>();
  const clientId = crypto.randomUUID();
  let state: LiveState = 'connecting';
  let current: LiveSocket | undefined;

  const live: Live = {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (type, payload, id) => current?.send(type, payload, id) ?? false,
    watchState: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    state: () => state,
  };

  const start = () => {
    const socket = new LiveSocket({
      ticket: async () => (await unwrap(api.POST('/api/v1/auth/ws-ticket'))).ticket,
      url: (ticket) => `${window.location.origin.replace(/^http/, 'ws')}/ws?role=client&client_id=${clientId}&ticket=${encodeURIComponent(ticket)}`,
      deliver: (batch) => {
        listeners.forEach((listener) => {
          listener(batch);
        });
      },
      tell: (next) => {
        state = next;
        watchers.forEach((changed) => {
          changed();
        });
      },
    });
    current = socket;
    return { socket, stop: () => { socket.close(); } };
  };

  return { live, start };
}

function useHub(): Live {
  const live = useContext(LiveContext);
  if (live === null) {
    throw new Error('What is live needs a LiveProvider around it.');
  }
  return live;
}

/** Calls with each batch of frames, ten times a second at most. */
export function useFrames(listener: Listener): void {
  const { listen } = useHub();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      listen((batch) => {
        latest.current(batch);
      }),
    [listen],
  );
}

export function useLiveState(): LiveState {
  const { watchState, state } = useHub();
  return useSyncExternalStore(watchState, state);
}

/** Sends a frame; false where the socket is away just now. */
export function useLiveSend(): Live['send'] {
  return useHub().send;
}
