/** Cumulative counters of one audio leg, as RTCPeerConnection.getStats gives them (W3C webrtc-stats). */
export interface QualitySample {
  atMs: number;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number;
  /** From the far end's receiver reports; absent until the first came. */
  roundTripMs?: number;
  /** Samples that were made up because nothing was there to play, silence not counted, and all that were played. */
  concealedSamples?: number;
  playedSamples?: number;
  /** How much later than planned this sample was taken, ms. */
  lateMs?: number;
  /** Share of our packets that the far end lost, 0 to 1. */
  lostByFarEnd?: number;
}

export type QualityGrade = "unknown" | "good" | "fair" | "poor";
export type QualityReason = "no-audio" | "loss" | "loss-out" | "jitter" | "delay" | "cpu";

export interface Quality {
  grade: QualityGrade;
  reason: QualityReason | null;
  lossPercent: number;
  lossOutPercent: number;
  jitterMs: number;
  roundTripMs: number | null;
  /** Sound made up although its packets had come in time, per cent: this machine does not keep up. */
  brokenPercent: number;
  lateMs: number;
}

export const qualityUnknown: Quality = {
  grade: "unknown",
  reason: null,
  lossPercent: 0,
  lossOutPercent: 0,
  jitterMs: 0,
  roundTripMs: null,
  brokenPercent: 0,
  lateMs: 0,
};

/**
 * G.711 with loss concealment is clean to about 1 % random loss and annoying from 5 % (ITU-T G.113 App. I);
 * people talk over each other beyond 400 ms there and back (ITU-T G.114: 150–200 ms one way);
 * browsers' jitter buffers hide about 30 ms without added delay. Gaps that the network does not account for, and a page
 * that gets no time to look, are an overloaded computer's.
 */
const jitterFair = 30;
const limits: { reason: QualityReason; fair: number; poor: number; of: (q: Quality) => number }[] = [
  { reason: "loss", fair: 1, poor: 5, of: (q) => q.lossPercent },
  { reason: "loss-out", fair: 1, poor: 5, of: (q) => q.lossOutPercent },
  { reason: "delay", fair: 250, poor: 400, of: (q) => q.roundTripMs ?? 0 },
  { reason: "jitter", fair: jitterFair, poor: 60, of: (q) => q.jitterMs },
  { reason: "cpu", fair: 3, poor: 10, of: (q) => q.brokenPercent },
  { reason: "cpu", fair: 700, poor: 2000, of: (q) => q.lateMs },
];

/** The grade between two samples, and the worst reason for it. */
export function qualityOf(before: QualitySample, now: QualitySample): Quality {
  const received = now.packetsReceived - before.packetsReceived;
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const measured: Quality = {
    grade: "good",
    reason: null,
    lossPercent: received + lost > 0 ? (100 * lost) / (received + lost) : 0,
    lossOutPercent: 100 * (now.lostByFarEnd ?? 0),
    jitterMs: now.jitterMs,
    roundTripMs: now.roundTripMs ?? null,
    brokenPercent: lost > 0 || now.jitterMs > jitterFair ? 0 : brokenBetween(before, now),
    lateMs: now.lateMs ?? 0,
  };
  if (received <= 0) return { ...measured, grade: "poor", reason: "no-audio" };
  for (const grade of ["poor", "fair"] as const) {
    const hit = limits.find((limit) => limit.of(measured) > limit[grade]);
    if (hit) return { ...measured, grade, reason: hit.reason };
  }
  return measured;
}

function brokenBetween(before: QualitySample, now: QualitySample): number {
  const played = (now.playedSamples ?? 0) - (before.playedSamples ?? 0);
  const concealed = (now.concealedSamples ?? 0) - (before.concealedSamples ?? 0);
  return played > 0 ? (100 * Math.max(0, concealed)) / played : 0;
}

/** Picks what we grade out of a stats report; undefined before any audio arrived. */
export function sampleOf(report: Iterable<Record<string, unknown>>, atMs: number): QualitySample | undefined {
  let sample: QualitySample | undefined;
  let remote: Record<string, unknown> | undefined;
  for (const entry of report) {
    if (entry["type"] === "inbound-rtp" && entry["kind"] === "audio") {
      sample = {
        atMs,
        packetsReceived: number(entry["packetsReceived"]),
        packetsLost: number(entry["packetsLost"]),
        jitterMs: 1000 * number(entry["jitter"]),
        concealedSamples: number(entry["concealedSamples"]) - number(entry["silentConcealedSamples"]),
        playedSamples: number(entry["totalSamplesReceived"]),
      };
    }
    if (entry["type"] === "remote-inbound-rtp" && entry["kind"] === "audio") remote = entry;
  }
  if (!sample || !remote) return sample;
  if (typeof remote["roundTripTime"] === "number") sample.roundTripMs = 1000 * remote["roundTripTime"];
  if (typeof remote["fractionLost"] === "number") sample.lostByFarEnd = remote["fractionLost"];
  return sample;
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
