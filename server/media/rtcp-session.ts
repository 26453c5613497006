import { buildRtcp, parseRtcp, type PartyBlock, roundTripMs } from "./rtcp.ts";
import type { RtpReception } from "./rtp-reception.ts";
import type { RtpSender } from "./rtp-sender.ts";
import type { StreamCounts } from "./types.ts";

/** Minimum interval of RFC 3550 §6.2; two members of a call never need more. */
const intervalMs = 5000;
/** e − 3/2: makes up for what the randomised timer would otherwise shorten (§6.3.1). */
const compensation = Math.E - 1.5;
/** So many packets sent between two reports that know of none of them: nothing arrives. */
const unheardPackets = 50;

/**
 * RTCP of one leg: when our reports are due (randomised, half the interval for the first, §6.3), what goes into them,
 * and what the party's tell. Times are monotonic ms unless named epoch.
 */
export class RtcpSession {
  /** Undefined until the party has answered one of our sender reports. */
  roundTripMs: number | undefined;
  /** The party's reports say that nothing new of ours came, though we sent. */
  unreceived = false;
  /** A report without a block about us means that nothing came. Browsers write one; some gateways never do. */
  absenceTells = false;
  /** The party said BYE: its stream is over. */
  bye = false;
  readonly #random: () => number;
  readonly #epoch: () => number;
  #dueAt: number | undefined;
  #partySr: { shortNtp: number; at: number } | undefined;
  #last: PartyBlock | undefined;
  /** What we had sent, and what the party had received, at the report judged last. */
  #judged: { sent: number; highest: number | undefined } = { sent: 0, highest: undefined };
  /** The party's latest block about us since then. */
  #told: PartyBlock | undefined;
  /** Times in a row that none had come. */
  #absent = 0;
  #sentAtOurs: [lastButOne: number, last: number] = [-1, -1];
  #out: StreamCounts | undefined;

  constructor(random: () => number, epoch: () => number) {
    this.#random = random;
    this.#epoch = epoch;
  }

  /** True once whenever a report is due. */
  isDue(at: number): boolean {
    const isFirst = this.#dueAt === undefined;
    this.#dueAt ??= at + this.#interval(intervalMs / 2);
    if (isFirst || at < this.#dueAt) return false;
    this.#dueAt = at + this.#interval(intervalMs);
    return true;
  }

  #interval(mean: number): number {
    return (mean * (0.5 + this.#random())) / compensation;
  }

  build(sender: RtpSender, reception: RtpReception, at: number, bye = false): Buffer {
    const { ssrc, packets, octets } = sender;
    const active = packets > this.#sentAtOurs[0];
    this.#sentAtOurs = [this.#sentAtOurs[1], packets];
    const from = { ssrc, timestamp: sender.clockAt(at), packets, octets, active };
    return buildRtcp(from, reception.report(), this.#partySr, this.#epoch(), bye);
  }

  /** A compound packet of the party. `clockRate` is that of our stream. */
  take(datagram: Buffer, sender: RtpSender, clockRate: number): void {
    const report = parseRtcp(datagram, sender.ssrc);
    const now = this.#epoch();
    this.bye = report.bye;
    if (report.lastSenderReport !== undefined) this.#partySr = { shortNtp: report.lastSenderReport, at: now };
    this.roundTripMs = roundTripMs(report.about, now) ?? this.roundTripMs;
    if (!report.reports) return;
    this.#judge(report.about, sender.packets);
    if (report.about) this.#count(report.about, clockRate, sender.packets);
  }

  /** What the party's reports since the last call say of our stream; undefined when none came. */
  span(): StreamCounts | undefined {
    const out = this.#out;
    this.#out = undefined;
    return out;
  }

  get #mayTell(): boolean {
    return this.absenceTells || this.#last !== undefined;
  }

  #judge(about: PartyBlock | undefined, sent: number): void {
    // A browser tells of what it sends and of what it receives in packets of their own.
    this.#told = about ?? this.#told;
    if (sent - this.#judged.sent < unheardPackets) return;
    const told = this.#told?.highestSequence;
    const { highest } = this.#judged;
    this.#judged = { sent, highest: told ?? highest };
    this.#told = undefined;
    this.#absent = told !== undefined || !this.#mayTell ? 0 : this.#absent + 1;
    // The first reports may have been on their way before our first packet.
    const isAbsent = this.#absent >= (this.#last ? 2 : 3);
    this.unreceived = isAbsent || (told !== undefined && told === highest);
  }

  /** The difference to the report before, or to the beginning; one that counts backwards begins anew. */
  #count(about: PartyBlock, clockRate: number, sent: number): void {
    const before = this.#last;
    this.#last = about;
    const expected = before ? (about.highestSequence - before.highestSequence) | 0 : sent;
    const lost = Math.min(expected, Math.max(0, about.cumulativeLost - (before?.cumulativeLost ?? 0)));
    if (expected < 0) return;
    this.#out = {
      packets: (this.#out?.packets ?? 0) + expected - lost,
      lost: (this.#out?.lost ?? 0) + lost,
      // A report does not tell how the losses lie; they count as random.
      lossRuns: (this.#out?.lossRuns ?? 0) + lost,
      discarded: 0,
      jitterMs: Math.round((about.jitter * 10_000) / clockRate) / 10,
    };
  }
}
