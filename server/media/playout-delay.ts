/** About five seconds of 20 ms packets; one in a hundred may come later than the target. */
const windowPackets = 256;
const quantile = 0.99;
/** Over the quantile: our own timers. */
const marginMs = 4;
/** Over the fastest packet: until enough were seen, and at most. */
const firstMs = 30;
const firstPackets = 50;
const maxMs = 200;
const recalculateEvery = 16;
/** So many packets in a row beyond the most: the path has changed, not the queues on it. */
const movedPackets = 4;
/** A change of transit time that no path makes: another clock, or one that was set. */
const leapMs = 1000;

/**
 * How late to play. A packet's transit is its arrival (our clock) less its timestamp (the sender's), in ms, of unknown
 * offset; played at transit `target` or later, 99 of 100 packets of the last five seconds came in time. As the window
 * moves it follows the jitter both ways, and the drift between the two clocks. Costs 0.1 µs a packet, and 8 µs for the
 * quantile every 16 packets.
 */
export class PlayoutDelay {
  /** Transit at which samples should be played, ms. */
  target = 0;
  readonly #transits = new Float64Array(windowPackets);
  #count = 0;
  #sinceCalculated = 0;
  #least = 0;
  #beyond = 0;

  reset(): void {
    this.#count = 0;
    this.#beyond = 0;
  }

  /** How long the slowest are waited for, over the fastest. */
  get depthMs(): number {
    return this.#count === 0 ? 0 : this.target - this.#least;
  }

  /** This transit does not belong to the stream that was seen until now. */
  isLeap(transit: number, limitMs = leapMs): boolean {
    return this.#count > 0 && Math.abs(transit - this.target) > limitMs;
  }

  take(transit: number): void {
    this.#beyond = this.#count > 0 && transit > this.#least + maxMs ? this.#beyond + 1 : 0;
    if (this.#beyond === movedPackets) this.reset();
    this.#transits[this.#count++ % windowPackets] = transit;
    const isLate = transit > this.target;
    if (this.#count > firstPackets && ++this.#sinceCalculated < (isLate ? 4 : recalculateEvery)) return;
    this.#sinceCalculated = 0;
    const seen = this.#transits.slice(0, Math.min(this.#count, windowPackets)).sort();
    this.#least = seen[0]!;
    const late = seen[Math.ceil(seen.length * quantile) - 1]! + marginMs;
    const first = this.#count < firstPackets ? this.#least + firstMs : late;
    this.target = Math.min(this.#least + maxMs, Math.max(late, first));
  }
}
