import type { TapFrame } from "./types.ts";

/** Frames a slow consumer may leave waiting: ten seconds; then the oldest go. */
const maxWaiting = 500;

interface Stream {
  push(frame: TapFrame): void;
  end(): void;
}

/** The streams of audio that consumers read in this process. */
export class Taps {
  readonly #streams = new Map<string, Stream>();

  deliver(tapId: string, frame: TapFrame): void {
    this.#streams.get(tapId)?.push(frame);
  }

  end(tapId: string): void {
    this.#streams.get(tapId)?.end();
  }

  /** `closed` runs once, whoever ends the stream. */
  open(tapId: string, closed: () => void): AsyncIterableIterator<TapFrame, undefined> {
    const frames: TapFrame[] = [];
    let waiting: ((result: IteratorResult<TapFrame, undefined>) => void) | undefined;
    const done = { done: true as const, value: undefined };
    const end = () => {
      if (!this.#streams.delete(tapId)) return;
      closed();
      waiting?.(done);
      waiting = undefined;
    };
    const push = (frame: TapFrame) => {
      if (waiting) {
        waiting({ done: false, value: frame });
        waiting = undefined;
        return;
      }
      frames.push(frame);
      if (frames.length > maxWaiting) frames.shift();
    };
    this.#streams.set(tapId, { push, end });
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => {
        const frame = frames.shift();
        if (frame) return Promise.resolve({ done: false, value: frame });
        if (!this.#streams.has(tapId)) return Promise.resolve(done);
        return new Promise((resolve) => (waiting = resolve));
      },
      return: () => {
        end();
        return Promise.resolve(done);
      },
    };
  }
}
