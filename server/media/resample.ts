import { sampleRate } from "./frame.ts";

/** Zero crossings of the sinc on each side: −6 dB at the lower Nyquist frequency, 50 dB down a quarter above it. */
const lobes = 8;
/** Passes up to 3.6 kHz when the rate falls. */
const cutoff = 0.95;

interface Filter {
  /** Output samples for `down` input samples. */
  up: number;
  down: number;
  half: number;
  /** One row of `2 × half + 1` weights for each phase of the output. */
  taps: Float64Array[];
}
const filters = new Map<number, Filter>();

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function filterFrom(rate: number): Filter {
  const known = filters.get(rate);
  if (known) return known;
  const common = gcd(rate, sampleRate);
  const [up, down] = [sampleRate / common, rate / common];
  const scale = Math.min(1, sampleRate / rate) * cutoff;
  const half = Math.ceil(lobes / scale);
  const taps = Array.from({ length: up }, (_, phase) => {
    const offset = ((phase * down) % up) / up;
    const row = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
      const x = i - half - offset;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * scale) / (Math.PI * x * scale);
      return Math.abs(x) > half ? 0 : sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / half));
    });
    const sum = row.reduce((a, b) => a + b);
    return row.map((weight) => weight / sum);
  });
  const made = { up, down, half, taps };
  filters.set(rate, made);
  return made;
}

/** Samples of any rate as 8 kHz, by a windowed sinc (polyphase); for files, not for the path of a call. */
export function resampleFrom(rate: number, samples: Int16Array): Int16Array {
  if (rate === sampleRate) return samples;
  const { up, down, half, taps } = filterFrom(rate);
  const out = new Int16Array(Math.floor((samples.length * up) / down));
  for (let i = 0; i < out.length; i++) {
    const first = Math.floor((i * down) / up) - half;
    const row = taps[i % up]!;
    let sum = 0;
    for (let t = 0; t < row.length; t++) sum += (samples[first + t] ?? 0) * row[t]!;
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return out;
}
