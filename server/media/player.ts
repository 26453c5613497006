import { dbToGain, frameSamples, mixInto } from "./frame.ts";
import type { PlayOptions } from "./types.ts";

interface Playback {
  id: string;
  samples: Int16Array;
  at: number;
  /** Times still to play after this one. */
  repeats: number;
  gain?: number;
}

/**
 * What is played to one leg. Sounds that replace the room play one after another; one that repeats for ever gives way
 * to the next, or goes on after one that interrupts. Sounds over the room play at once, beside everything.
 */
export class Player {
  #queue: Playback[] = [];
  #overlays: Playback[] = [];
  readonly #ended: (playbackId: string, completed: boolean) => void;

  constructor(ended: (playbackId: string, completed: boolean) => void) {
    this.#ended = ended;
  }

  get busy(): boolean {
    return this.#queue.length > 0 || this.#overlays.length > 0;
  }

  add(id: string, samples: Int16Array, options: PlayOptions): void {
    const repeat = options.repeat ?? 1;
    const repeats = repeat === "forever" ? Infinity : Math.max(1, repeat) - 1;
    const playback: Playback = { id, samples, at: 0, repeats };
    if (options.overRoomDb !== undefined) {
      this.#overlays.push({ ...playback, gain: dbToGain(options.overRoomDb) });
      return;
    }
    if (options.interrupts) return void this.#queue.unshift(playback);
    const current = this.#queue.at(-1);
    this.#queue.push(playback);
    if (current?.repeats === Infinity) this.stop(current.id);
  }

  /** Ends one playback, or all. */
  stop(id?: string): void {
    const stopped = [...this.#queue, ...this.#overlays].filter((p) => id === undefined || p.id === id);
    this.#queue = this.#queue.filter((p) => !stopped.includes(p));
    this.#overlays = this.#overlays.filter((p) => !stopped.includes(p));
    for (const playback of stopped) this.#ended(playback.id, false);
  }

  /** Puts what plays now into `frame`, which holds the room's sound. */
  tick(frame: Int16Array): void {
    if (this.#queue.length > 0) {
      frame.fill(0);
      this.#fill(frame);
    }
    for (const overlay of this.#overlays.slice()) {
      const part = new Int16Array(frameSamples);
      if (this.#read(overlay, part, 0) < frameSamples || this.#isOver(overlay)) this.#finish(overlay);
      mixInto(frame, part, overlay.gain);
    }
  }

  /** Sounds follow each other without a gap, inside a frame if need be. */
  #fill(frame: Int16Array): void {
    let at = 0;
    while (at < frameSamples && this.#queue.length > 0) {
      const current = this.#queue[0]!;
      at += this.#read(current, frame, at);
      if (this.#isOver(current)) this.#finish(current);
    }
  }

  #read(playback: Playback, into: Int16Array, from: number): number {
    let at = from;
    while (at < frameSamples && playback.samples.length > 0) {
      const part = playback.samples.subarray(playback.at, playback.at + frameSamples - at);
      into.set(part, at);
      at += part.length;
      playback.at += part.length;
      if (playback.at < playback.samples.length) break;
      if (playback.repeats === 0) break;
      playback.repeats--;
      playback.at = 0;
    }
    return at - from;
  }

  #isOver(playback: Playback): boolean {
    return playback.samples.length === 0 || playback.at >= playback.samples.length;
  }

  #finish(playback: Playback): void {
    this.#queue = this.#queue.filter((p) => p !== playback);
    this.#overlays = this.#overlays.filter((p) => p !== playback);
    this.#ended(playback.id, true);
  }
}

/** Samples written by a producer, played frame by frame as they come; at most ten seconds wait. */
export class Feed {
  #chunks: Int16Array[] = [];
  #waiting = 0;

  write(samples: Int16Array): void {
    this.#chunks.push(samples);
    this.#waiting += samples.length;
    while (this.#waiting > 80_000) this.#waiting -= this.#chunks.shift()!.length;
  }

  /** Mixes the next frame over `frame`. */
  tick(frame: Int16Array): void {
    const part = new Int16Array(frameSamples);
    let at = 0;
    while (at < frameSamples && this.#chunks.length > 0) {
      const chunk = this.#chunks[0]!;
      const taken = chunk.subarray(0, frameSamples - at);
      part.set(taken, at);
      at += taken.length;
      if (taken.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(taken.length);
    }
    this.#waiting -= at;
    if (at > 0) mixInto(frame, part);
  }
}
