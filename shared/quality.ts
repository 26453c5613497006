import { z } from "zod";
import { instant } from "./common.ts";

/**
 * How a call sounds. `in` is what the party says, as it reached us; `out` what we send, as the party's own RTCP reports
 * tell it (null when it reports nothing). A grade is a range of the E-model's rating R (ITU-T G.107, G.109): good from
 * 80 (MOS 4.03), fair from 60 (MOS 3.10), poor below.
 */
export const qualityGrades = ["good", "fair", "poor"] as const;
export type QualityGrade = (typeof qualityGrades)[number];

/** The grade of a MOS: the same bounds as of R. */
export const gradeOfMos = (mos: number): QualityGrade =>
  mos >= 4.02 ? "good" : mos >= 3.1 ? "fair" : "poor";

/** What spoils the sound most; words under `quality.reason`. */
export const qualityReasons = [
  "loss", // packets lost by the network
  "late", // packets that came too late to be played: jitter
  "delay", // from mouth to ear
  "codec",
] as const;
export type QualityReason = (typeof qualityReasons)[number];

/** Faults of one leg that no figure shows; words under `quality.trouble.<leg>`. */
export const audioTroubles = [
  "no-audio", // no packets come from the party although they should
  "silence", // packets come, with digital silence in them, while the other side talks
  "not-received", // the party says that nothing of ours arrives
] as const;
export type AudioTrouble = (typeof audioTroubles)[number];

export const callLegs = ["customer", "agent"] as const;
export type CallLeg = (typeof callLegs)[number];

export const streamQuality = z.object({
  packets: z.number(),
  lost: z.number(),
  /** Of the packets that were sent, 0 to 100. */
  lossPercent: z.number(),
  /** Mean length of loss bursts over that of random loss (G.107 BurstR); 1 is random. */
  burstRatio: z.number(),
  /** Came too late to be played. */
  discarded: z.number(),
  jitterMs: z.number(),
  /** 1 to 4.5. */
  mos: z.number(),
  grade: z.enum(qualityGrades),
  /** Null when the grade is good. */
  reason: z.enum(qualityReasons).nullable(),
});
export type StreamQuality = z.infer<typeof streamQuality>;

export const legQuality = z.object({
  codec: z.string().nullable(),
  /** The SRTP suite, or `DTLS-SRTP`; null in the clear. */
  security: z.string().nullable(),
  roundTripMs: z.number().nullable(),
  in: streamQuality.nullable(),
  out: streamQuality.nullable(),
});
export type LegQuality = z.infer<typeof legQuality>;

/** Kept with the call; `mos` is that of its worst direction. */
export const callQuality = z.object({
  mos: z.number(),
  customer: legQuality.nullable(),
  agent: legQuality.nullable(),
});
export type CallQuality = z.infer<typeof callQuality>;

export const liveTrouble = z.object({
  leg: z.enum(callLegs),
  trouble: z.enum(audioTroubles),
  since: instant,
});

/** Live topic `quality` (key `me`): the call that the agent is on now, of the last seconds. Absent without a call. */
export const liveQuality = z.object({
  callId: z.string(),
  at: instant,
  customer: legQuality.nullable(),
  agent: legQuality.nullable(),
  /** Those that last now. */
  troubles: z.array(liveTrouble),
});
export type LiveQuality = z.infer<typeof liveQuality>;
