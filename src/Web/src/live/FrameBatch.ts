import type { Frame } from './frames';

const every = 100;
const most = 20_000;

export interface Batch {
  frames: readonly Frame[];
  /** There was more than could be kept, or the socket was not there: what is shown has to be asked for anew. */
  missed: boolean;
}

/** Gathers what comes for a moment, so that a thousand frames are one change of the page. */
export class FrameBatch {
  readonly #deliver: (batch: Batch) => void;
  #frames: Frame[] = [];
  #missed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (batch: Batch) => void) {
    this.#deliver = deliver;
  }

  add(frame: Frame): void {
    if (this.#frames.length >= most) {
      this.#frames = [];
      this.#missed = true;
    }
    this.#frames.push(frame);
    this.#wake();
  }

  miss(): void {
    this.#missed = true;
    this.#wake();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#frames = [];
    this.#missed = false;
  }

  #wake(): void {
    this.#timer ??= setTimeout(() => {
      const batch = { frames: this.#frames, missed: this.#missed };
      this.end();
      this.#deliver(batch);
    }, every);
  }
}
