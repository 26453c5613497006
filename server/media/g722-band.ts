/** Scale factors of ITU-T G.722 table 12 (log to linear), 2^11 to 2^12. */
const logToLinear = Int32Array.of(
  2048,
  2093,
  2139,
  2186,
  2233,
  2282,
  2332,
  2383,
  2435,
  2489,
  2543,
  2599,
  2656,
  2714,
  2774,
  2834,
  2896,
  2960,
  3025,
  3091,
  3158,
  3228,
  3298,
  3371,
  3444,
  3520,
  3597,
  3676,
  3756,
  3838,
  3922,
  4008,
);

const saturate = (value: number) => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

/**
 * The adaptive part that coder and decoder of the lower sub-band share (ITU-T G.722 §3.5–3.6): quantiser scale, a predictor
 * of two poles and six zeros. Names are those of the Recommendation.
 */
export class G722Band {
  /** Quantiser scale factor. */
  det = 32;
  /** Predicted signal. */
  s = 0;
  #nb = 0;
  #sz = 0;
  #r1 = 0;
  #p1 = 0;
  #p2 = 0;
  #a1 = 0;
  #a2 = 0;
  readonly #b = new Int32Array(6);
  readonly #d = new Int32Array(6);

  /** Blocks LOGSC and SCALE: `weight` is the code's entry in WL. */
  rescale(weight: number): void {
    const nb = ((this.#nb * 127) >> 7) + weight;
    this.#nb = nb < 0 ? 0 : nb > 18_432 ? 18_432 : nb;
    const linear = logToLinear[(this.#nb >> 6) & 31]!;
    const shift = 8 - (this.#nb >> 11);
    this.det = (shift < 0 ? linear << -shift : linear >> shift) << 2;
  }

  /** Block 4: takes the quantised difference `d`, adapts the predictor and predicts anew. */
  predict(d: number): void {
    const r = saturate(this.s + d);
    const p = saturate(this.#sz + d);
    this.#adaptPoles(p);
    const sz = this.#adaptZeros(d);
    const pole1 = (this.#a1 * saturate(2 * r)) >> 15;
    const pole2 = (this.#a2 * saturate(2 * this.#r1)) >> 15;
    this.#r1 = r;
    this.#p2 = this.#p1;
    this.#p1 = p;
    this.#sz = sz;
    this.s = saturate(saturate(pole1 + pole2) + sz);
  }

  /** UPPOL2 and UPPOL1. */
  #adaptPoles(p: number): void {
    const same1 = p >> 15 === this.#p1 >> 15;
    const same2 = p >> 15 === this.#p2 >> 15;
    const turned = same1 ? -saturate(this.#a1 * 4) : saturate(this.#a1 * 4);
    let a2 = (Math.min(turned, 32_767) >> 7) + (same2 ? 128 : -128) + ((this.#a2 * 32_512) >> 15);
    a2 = a2 > 12_288 ? 12_288 : a2 < -12_288 ? -12_288 : a2;
    const limit = saturate(15_360 - a2);
    const a1 = saturate((same1 ? 192 : -192) + ((this.#a1 * 32_640) >> 15));
    this.#a1 = a1 > limit ? limit : a1 < -limit ? -limit : a1;
    this.#a2 = a2;
  }

  /** UPZERO and FILTEZ; the newest difference is the first. */
  #adaptZeros(d: number): number {
    const b = this.#b;
    const past = this.#d;
    const step = d === 0 ? 0 : 128;
    const sign = d >> 15;
    for (let i = 0; i < 6; i++)
      b[i] = saturate((past[i]! >> 15 === sign ? step : -step) + ((b[i]! * 32_640) >> 15));
    for (let i = 5; i > 0; i--) past[i] = past[i - 1]!;
    past[0] = d;
    let sz = 0;
    for (let i = 5; i >= 0; i--) sz += (saturate(2 * past[i]!) * b[i]!) >> 15;
    return saturate(sz);
  }
}
