import type { StreamCounts } from "./types.ts";
import { sequenceDistance } from "./rtp-packet.ts";

/** What one RTCP report block says about a stream (RFC 3550 §6.4.1). */
export interface ReceptionReport {
  ssrc: number;
  fractionLost: number;
  cumulativeLost: number;
  highestSequence: number;
  jitter: number;
}

/** Reception statistics of the party's stream (RFC 3550 §A.1, A.3, A.8). */
export class RtpReception {
  packets = 0;
  ssrc: number | undefined;
  lastAt: number | undefined;
  /** Of the party's codec, ticks a second. */
  clockRate = 8000;
  #base = 0;
  #highest = 0;
  #received = 0;
  #lostBefore = 0;
  #jitter = 0;
  #transit: number | undefined;
  #expectedPrior = 0;
  #receivedPrior = 0;
  #lossRuns = 0;
  /** Totals at the last `span()`. */
  #told = { packets: 0, lost: 0, lossRuns: 0 };

  /** `at` in ms; `timestamped` is false for packets whose timestamp stands still (DTMF events). */
  take(sequence: number, timestamp: number, ssrc: number, at: number, timestamped: boolean): void {
    this.packets++;
    this.lastAt = at;
    const step = sequenceDistance(this.#highest & 0xffff, sequence);
    // A new source, or a jump no network makes: begin again, keeping what was lost until now.
    if (ssrc !== this.ssrc || step > 3000 || step < -3000) this.#restart(sequence, ssrc);
    else if (step > 0) {
      this.#highest += step;
      if (step > 1) this.#lossRuns++;
    }
    this.#received++;
    if (!timestamped) return;
    const transit = (at * this.clockRate) / 1000 - timestamp;
    if (this.#transit !== undefined) {
      const d = Math.abs((transit - this.#transit) | 0);
      if (d < this.clockRate) this.#jitter += (d - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  get lost(): number {
    return this.#lostBefore + this.#lostNow();
  }

  get jitterMs(): number {
    return Math.round((this.#jitter * 10_000) / this.clockRate) / 10;
  }

  /** The next report block; moves the interval over which the fraction is taken. */
  report(): ReceptionReport | undefined {
    if (this.ssrc === undefined) return undefined;
    const expected = this.#highest - this.#base + 1;
    const expectedInterval = expected - this.#expectedPrior;
    const lostInterval = expectedInterval - (this.#received - this.#receivedPrior);
    this.#expectedPrior = expected;
    this.#receivedPrior = this.#received;
    const fraction = expectedInterval > 0 && lostInterval > 0 ? (lostInterval * 256) / expectedInterval : 0;
    return {
      ssrc: this.ssrc,
      fractionLost: Math.min(255, Math.floor(fraction)),
      cumulativeLost: this.lost,
      highestSequence: this.#highest >>> 0,
      jitter: Math.round(this.#jitter),
    };
  }

  /** What came since the last call. A late packet makes up for its gap, so a span may have fewer losses than runs. */
  span(): Omit<StreamCounts, "discarded"> {
    const now = { packets: this.packets, lost: this.lost, lossRuns: this.#lossRuns };
    const before = this.#told;
    this.#told = now;
    const lost = Math.max(0, now.lost - before.lost);
    return {
      packets: now.packets - before.packets,
      lost,
      lossRuns: Math.min(lost, now.lossRuns - before.lossRuns),
      jitterMs: this.jitterMs,
    };
  }

  #lostNow(): number {
    return this.#received === 0 ? 0 : Math.max(0, this.#highest - this.#base + 1 - this.#received);
  }

  #restart(sequence: number, ssrc: number): void {
    this.#lostBefore += this.#lostNow();
    this.ssrc = ssrc;
    this.#base = this.#highest = sequence;
    this.#received = this.#expectedPrior = this.#receivedPrior = 0;
    this.#transit = undefined;
  }
}
