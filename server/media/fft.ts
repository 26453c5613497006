/** Power spectrum of real samples by a radix-2 FFT of a fixed size (Cooley–Tukey); tables are made once. */
export class PowerSpectrum {
  readonly size: number;
  readonly #window: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #order: Uint32Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** Bins 0 … size/2 − 1, each `rate / size` Hz wide. */
  readonly power: Float64Array;

  /** `size` is a power of two. Samples are weighted by a Hann window. */
  constructor(size: number) {
    this.size = size;
    const half = size / 2;
    this.#window = Float64Array.from(
      { length: size },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size),
    );
    this.#cos = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sin = Float64Array.from({ length: half }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
    const bits = Math.log2(size);
    this.#order = Uint32Array.from({ length: size }, (_, i) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
    this.power = new Float64Array(half);
  }

  /** Fills `power` from `size` samples. */
  of(samples: ArrayLike<number>): Float64Array {
    const [re, im, { size }] = [this.#re, this.#im, this];
    for (let i = 0; i < size; i++) {
      const from = this.#order[i]!;
      re[i] = samples[from]! * this.#window[from]!;
      im[i] = 0;
    }
    for (let span = 1; span < size; span *= 2) this.#butterflies(span);
    for (let i = 0; i < size / 2; i++) this.power[i] = re[i]! * re[i]! + im[i]! * im[i]!;
    return this.power;
  }

  #butterflies(span: number): void {
    const [re, im] = [this.#re, this.#im];
    const step = this.size / (2 * span);
    for (let start = 0; start < this.size; start += 2 * span)
      for (let k = 0; k < span; k++) {
        const c = this.#cos[k * step]!;
        const s = this.#sin[k * step]!;
        const a = start + k;
        const b = a + span;
        const tr = re[b]! * c - im[b]! * s;
        const ti = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - tr;
        im[b] = im[a]! - ti;
        re[a] = re[a]! + tr;
        im[a] = im[a]! + ti;
      }
  }
}
