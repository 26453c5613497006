import { buildRtcp, type PartyReport, parseRtcp, roundTripMs } from "./rtcp.ts";
import { RtpReception } from "./rtp-reception.ts";
import type { RtpSender } from "./rtp-sender.ts";
import type { LegStats } from "./types.ts";

/** Silence is told after this long, and again as often. */
const silentAfterMs = 3000;
const silentEveryMs = 5000;
/** RTCP and statistics: soon after the start, then as often as RFC 3550 §6.2 advises. */
export const firstReportMs = 1000;
export const reportEveryMs = 5000;

type Watched =
  | { type: "first-packet"; at: number }
  | { type: "silent"; sinceMs: number }
  | { type: "flowing" };

/** Keeps the account of a leg's streams: reception, RTCP both ways, silence. Times are monotonic ms unless named epoch. */
export class LegWatch {
  readonly reception = new RtpReception();
  readonly #tell: (event: Watched) => void;
  readonly #epoch: () => number;
  #report: { shortNtp: number; at: number } | undefined;
  #roundTripMs: number | undefined;
  #lastEpoch: number | undefined;
  #waitingSince: number | undefined;
  #toldAt: number | undefined;

  constructor(tell: (event: Watched) => void, epoch: () => number) {
    this.#tell = tell;
    this.#epoch = epoch;
  }

  packet(): void {
    this.#lastEpoch = this.#epoch();
    if (this.reception.packets === 1) this.#tell({ type: "first-packet", at: this.#lastEpoch });
    if (this.#toldAt === undefined) return;
    this.#toldAt = undefined;
    this.#tell({ type: "flowing" });
  }

  /** `expected`: the party's direction and our connection promise packets. */
  checkSilence(expected: boolean, at: number): void {
    if (!expected) {
      this.#waitingSince = this.#toldAt = undefined;
      return;
    }
    this.#waitingSince ??= at;
    const since = at - Math.max(this.#waitingSince, this.reception.lastAt ?? 0);
    if (since < silentAfterMs || (this.#toldAt !== undefined && at - this.#toldAt < silentEveryMs)) return;
    this.#toldAt = at;
    this.#tell({ type: "silent", sinceMs: Math.round(since) });
  }

  takeRtcp(datagram: Buffer, ourSsrc: number): void {
    const report: PartyReport = parseRtcp(datagram, ourSsrc);
    const now = this.#epoch();
    if (report.lastSenderReport !== undefined) this.#report = { shortNtp: report.lastSenderReport, at: now };
    this.#roundTripMs = roundTripMs(report.about, now) ?? this.#roundTripMs;
  }

  buildRtcp(sender: RtpSender, bye = false): Buffer {
    const from = {
      ssrc: sender.ssrc,
      timestamp: sender.lastTimestamp,
      packets: sender.packets,
      octets: sender.octets,
    };
    return buildRtcp(from, this.reception.report(), this.#report, this.#epoch(), bye);
  }

  stats(sender: RtpSender): LegStats {
    return {
      packetsIn: this.reception.packets,
      packetsOut: sender.packets,
      lost: this.reception.lost,
      jitterMs: this.reception.jitterMs,
      ...(this.#roundTripMs !== undefined && { roundTripMs: this.#roundTripMs }),
      ...(this.#lastEpoch !== undefined && { lastPacketAt: this.#lastEpoch }),
    };
  }
}
