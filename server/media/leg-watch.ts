import { RtcpSession } from "./rtcp-session.ts";
import { RtpReception } from "./rtp-reception.ts";
import type { RtpSender } from "./rtp-sender.ts";
import type { LegStats } from "./types.ts";

/** Silence is told after this long unless the leg has its own limit, and again as often as `silentEveryMs`. */
const defaultSilentAfterMs = 3000;
const silentEveryMs = 5000;
/** How often statistics are told. */
const statsEveryMs = 3000;
/** Looks further apart than this: it was we who slept, and the packets of that time wait in the socket. */
const lateLookMs = 900;

type Watched =
  | { type: "first-packet"; at: number }
  | { type: "silent"; sinceMs: number }
  | { type: "flowing" };

/** Keeps the account of a leg's streams: reception, RTCP both ways, silence. Times are monotonic ms unless named epoch. */
export class LegWatch {
  readonly reception = new RtpReception();
  readonly rtcp: RtcpSession;
  readonly #tell: (event: Watched) => void;
  readonly #epoch: () => number;
  #statsAt: number | undefined;
  #spanFrom: number | undefined;
  #lastEpoch: number | undefined;
  #waitingSince: number | undefined;
  #toldAt: number | undefined;
  #lookedAt = 0;
  readonly #silentAfterMs: number;

  constructor(
    tell: (event: Watched) => void,
    epoch: () => number,
    random: () => number,
    silentAfterMs: number = defaultSilentAfterMs,
  ) {
    this.#tell = tell;
    this.#epoch = epoch;
    this.#silentAfterMs = silentAfterMs;
    this.rtcp = new RtcpSession(random, epoch);
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
      this.#waitingSince = undefined;
      return;
    }
    const isLate = at - this.#lookedAt > lateLookMs;
    this.#lookedAt = at;
    if (this.#waitingSince === undefined || isLate) this.#waitingSince = at;
    const since = at - Math.max(this.#waitingSince, this.reception.lastAt ?? 0);
    if (since < this.#silentAfterMs || (this.#toldAt !== undefined && at - this.#toldAt < silentEveryMs))
      return;
    this.#toldAt = at;
    this.#tell({ type: "silent", sinceMs: Math.round(since) });
  }

  /** True once whenever statistics are due. */
  areStatsDue(at: number): boolean {
    this.#spanFrom ??= at;
    const isFirst = this.#statsAt === undefined;
    if (!isFirst && at < this.#statsAt!) return false;
    this.#statsAt = at + statsEveryMs;
    return !isFirst;
  }

  /** Closes the span since the last call. */
  stats(
    sender: RtpSender,
    input: { codec?: string; security?: string; discarded: number; bufferMs: number },
    at: number,
  ): LegStats {
    const { reception, rtcp } = this;
    const out = rtcp.span();
    const spanMs = Math.max(0, Math.round(at - (this.#spanFrom ?? at)));
    this.#spanFrom = at;
    return {
      packetsIn: reception.packets,
      packetsOut: sender.packets,
      lost: reception.lost,
      jitterMs: reception.jitterMs,
      ...(rtcp.roundTripMs !== undefined && { roundTripMs: rtcp.roundTripMs }),
      ...(this.#lastEpoch !== undefined && { lastPacketAt: this.#lastEpoch }),
      ...(input.codec !== undefined && { codec: input.codec }),
      ...(input.security !== undefined && { security: input.security }),
      bufferMs: input.bufferMs,
      recent: { spanMs, in: { ...reception.span(), discarded: input.discarded }, ...(out && { out }) },
    };
  }
}
