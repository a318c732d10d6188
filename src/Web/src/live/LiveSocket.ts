import { pauseBefore } from './backoff';
import { FrameBatch, type Batch } from './FrameBatch';
import { readFrame, type Frame } from './frames';

export type LiveState = 'connecting' | 'open' | 'waiting';

export interface LiveSocketOptions {
  /** A one-use ticket; it fails where nobody is signed in or the server is away. */
  ticket: () => Promise<string>;
  url: (ticket: string) => string;
  deliver: (batch: Batch) => void;
  tell: (state: LiveState) => void;
}

/** The server asks for a beat every 30 s: three of them and nothing heard is a cable that was pulled. */
const silence = 95_000;
const greeting = 15_000;

/** One socket that comes back by itself, until it is closed. Each time that it opens `missed` says that something may have happened before. */
export class LiveSocket {
  readonly #options: LiveSocketOptions;
  readonly #batch: FrameBatch;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #closed = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    this.#batch = new FrameBatch(options.deliver);
    void this.#connect();
  }

  /** False where there is no connection; what is to be kept goes by REST. */
  send(type: string, payload: unknown, id: string = crypto.randomUUID()): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify({ id, type, ts: Math.floor(Date.now() / 1000), payload }));
    return true;
  }

  /** Does not wait for the rest of a pause: the network is back, or somebody looks again. */
  hurry(): void {
    if (!this.#closed && this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      void this.#connect();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#batch.end();
    this.#socket?.close();
  }

  async #connect(): Promise<void> {
    this.#options.tell('connecting');
    let ticket: string;
    try {
      ticket = await this.#options.ticket();
    } catch {
      this.#later();
      return;
    }
    if (!this.#isClosed()) {
      this.#open(new WebSocket(this.#options.url(ticket)));
    }
  }

  #open(socket: WebSocket): void {
    this.#socket = socket;
    this.#expect(greeting);
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#expect(silence);
      const frame = typeof data === 'string' ? readFrame(data) : null;
      if (frame !== null) {
        this.#take(frame);
      }
    };
    socket.onclose = () => {
      if (this.#socket === socket) {
        this.#later();
      }
    };
  }

  #take(frame: Frame): void {
    if (frame.type === 'heartbeat') {
      this.send('heartbeat', {});
      return;
    }
    if (frame.type === 'auth/ok') {
      this.#attempt = 0;
      this.#options.tell('open');
      this.#batch.miss();
    }
    this.#batch.add(frame);
  }

  /** Whoever says nothing for so long is not there, whatever the browser believes. */
  #expect(within: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#socket?.close();
      this.#later();
    }, within);
  }

  #later(): void {
    clearTimeout(this.#watch);
    this.#socket = undefined;
    if (this.#isClosed() || this.#timer !== undefined) {
      return;
    }
    this.#options.tell('waiting');
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, pauseBefore(this.#attempt++));
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
