import { randomBytes } from "node:crypto";

/** Randomness as an argument. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Lower-case hexadecimal, `bytes` bytes long. Cryptographic in the product. */
  hex(bytes: number): string;
}

const poolBytes = 8192;
let pool = Buffer.alloc(0);
let used = 0;

/** Bytes from a pool that the system's generator fills: a call of its own for each tag costs 2 µs. None is given twice. */
function take(bytes: number): Buffer {
  if (bytes > poolBytes) return randomBytes(bytes);
  if (used + bytes > pool.length) {
    pool = randomBytes(poolBytes);
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}

export const systemRandom: Random = {
  next: () => take(4).readUInt32LE() / 2 ** 32,
  hex: (bytes) => take(bytes).toString("hex"),
};

/** A repeatable generator (mulberry32), for simulations and tests. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const byte = () =>
    Math.floor(next() * 256)
      .toString(16)
      .padStart(2, "0");
  return { next, hex: (bytes) => Array.from({ length: bytes }, byte).join("") };
}
