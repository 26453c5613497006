import { frameMs } from "./frame.ts";

/** Units are spread over this many slots of a frame, so that hundreds of legs do not all wake at once. */
const slotCount = 5;
const slotMs = frameMs / slotCount;
/** After a longer stall whole frames are skipped rather than sent in a burst. */
const maxLagMs = 200;

export interface TickUnit {
  /** Every 20 ms; `at` is the time it was due, monotonic ms. */
  tick(at: number): void;
  /** So many frames were skipped. */
  skip(frames: number): void;
}

/** The absolute clock of a media process: `next += 4`, whatever the timers do. Stands still while it has no unit. */
export class Ticker {
  readonly #slots = Array.from({ length: slotCount }, () => new Set<TickUnit>());
  #slot = 0;
  #nextAt = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #failed: (unit: TickUnit, error: unknown) => void;

  /** `failed` is told of a unit that threw; the others go on. */
  constructor(failed: (unit: TickUnit, error: unknown) => void) {
    this.#failed = failed;
  }

  add(unit: TickUnit): void {
    if (this.#slots.some((slot) => slot.has(unit))) return;
    this.#slots.toSorted((a, b) => a.size - b.size)[0]!.add(unit);
    if (this.#timer) return;
    this.#nextAt = performance.now() + slotMs;
    this.#timer = setTimeout(this.#run, slotMs);
  }

  remove(unit: TickUnit): void {
    for (const slot of this.#slots) slot.delete(unit);
    if (this.#slots.some((slot) => slot.size > 0)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #run = () => {
    const now = performance.now();
    if (now - this.#nextAt > maxLagMs) this.#skipTo(now);
    while (this.#nextAt <= now) {
      for (const unit of this.#slots[this.#slot]!) this.#tick(unit, this.#nextAt);
      this.#slot = (this.#slot + 1) % slotCount;
      this.#nextAt += slotMs;
    }
    if (this.#timer) this.#timer = setTimeout(this.#run, Math.max(1, this.#nextAt - performance.now()));
  };

  #tick(unit: TickUnit, at: number): void {
    try {
      unit.tick(at);
    } catch (error) {
      this.#failed(unit, error);
    }
  }

  #skipTo(now: number): void {
    const frames = Math.floor((now - this.#nextAt) / frameMs);
    this.#nextAt += frames * frameMs;
    for (const slot of this.#slots) for (const unit of slot) unit.skip(frames);
  }
}
