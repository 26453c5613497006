import type { LegQuality, QualityGrade, QualityReason, StreamQuality } from "../../shared/quality.ts";
import { delayImpairment, equipmentImpairment, equipmentOf, mosOf, rating } from "./e-model.ts";
import type { LegStats } from "./switch.ts";

/** A packet of 20 ms can leave when its last sample was spoken. */
const packetMs = 20;
/** R of "satisfied" and "many users dissatisfied" (ITU-T G.109 Table 1). */
const goodR = 80;
const fairR = 60;

export const gradeOf = (r: number): QualityGrade => (r >= goodR ? "good" : r >= fairR ? "fair" : "poor");

interface Sum {
  packets: number;
  lost: number;
  lossRuns: number;
  discarded: number;
  jitterMs: number;
  spans: number;
}

const nothing = (): Sum => ({ packets: 0, lost: 0, lossRuns: 0, discarded: 0, jitterMs: 0, spans: 0 });

function addTo(sum: Sum, counts: LegStats["recent"]["in"]): void {
  sum.packets += counts.packets;
  sum.lost += counts.lost;
  sum.lossRuns += counts.lossRuns;
  sum.discarded += counts.discarded;
  if (counts.packets === 0) return;
  sum.jitterMs += counts.jitterMs;
  sum.spans += 1;
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Mean burst over the mean of random loss (G.107 §7.5); 1 at least. */
function burstRatioOf({ packets, lost, lossRuns }: Sum): number {
  if (lost === 0 || lossRuns === 0) return 1;
  return Math.max(1, (lost / lossRuns) * (packets / (packets + lost)));
}

/** `delayMs`: one way, but for the jitter buffer of who receives. */
function streamOf(sum: Sum, codec: string | undefined, delayMs: number): StreamQuality | null {
  const sent = sum.packets + sum.lost;
  if (sent === 0) return null;
  const coding = equipmentOf(codec);
  const burstRatio = burstRatioOf(sum);
  const missing = (100 * Math.min(sent, sum.lost + sum.discarded)) / sent;
  const r = rating(coding, { lossPercent: missing, burstRatio, oneWayDelayMs: delayMs });
  const grade = gradeOf(r);
  const spoilt: [number, QualityReason][] = [
    [
      equipmentImpairment(coding, missing, burstRatio) - coding.ie,
      sum.discarded > sum.lost ? "late" : "loss",
    ],
    [delayImpairment(delayMs) - delayImpairment(0), "delay"],
    [coding.ie, "codec"],
  ];
  spoilt.sort(([a], [b]) => b - a);
  return {
    packets: sum.packets,
    lost: sum.lost,
    lossPercent: round((100 * sum.lost) / sent, 2),
    burstRatio: round(burstRatio, 2),
    discarded: sum.discarded,
    jitterMs: round(sum.spans === 0 ? 0 : sum.jitterMs / sum.spans, 1),
    mos: round(mosOf(r), 2),
    grade,
    reason: grade === "good" ? null : spoilt[0]![1],
  };
}

/**
 * Adds up the spans of a leg's statistics and rates them by the E-model. The delay of one way is half the round trip,
 * a packet, and the receiver's jitter buffer: ours as measured, the party's as twice the jitter it reports.
 */
export class QualityTally {
  readonly #in = nothing();
  readonly #out = nothing();
  #last: LegStats | undefined;
  #bufferMs = 0;
  #spans = 0;

  add(stats: LegStats): this {
    this.#last = stats;
    addTo(this.#in, stats.recent.in);
    if (stats.recent.out) addTo(this.#out, stats.recent.out);
    this.#bufferMs += stats.bufferMs;
    this.#spans += 1;
    return this;
  }

  /** Null before anything was counted. */
  quality(): LegQuality | null {
    if (!this.#last) return null;
    const { codec, security, roundTripMs } = this.#last;
    const wayMs = (roundTripMs ?? 0) / 2 + packetMs;
    const theirBufferMs = this.#out.spans === 0 ? 0 : (2 * this.#out.jitterMs) / this.#out.spans + packetMs;
    return {
      codec: codec ?? null,
      security: security ?? null,
      roundTripMs: roundTripMs ?? null,
      in: streamOf(this.#in, codec, wayMs + this.#bufferMs / this.#spans),
      out: streamOf(this.#out, codec, wayMs + theirBufferMs),
    };
  }
}

/** The worst direction of several legs; undefined when none was measured. */
export function worstMos(legs: readonly (LegQuality | null)[]): number | undefined {
  const scores = legs.flatMap((leg) => [leg?.in?.mos, leg?.out?.mos]).filter((mos) => mos !== undefined);
  return scores.length === 0 ? undefined : Math.min(...scores);
}
