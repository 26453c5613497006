import { z } from "zod";
import { instant } from "./common.ts";

/**
 * Ways a call may leave the switch and come back. The first four end at an endpoint of our own on this machine and cost
 * nothing; `trunk` is a call to a number that the administrator set on that trunk.
 */
export const canaryKinds = ["udp", "tcp", "registration", "phone", "trunk"] as const;
export type CanaryKind = (typeof canaryKinds)[number];

/** Why a canary call failed; words under `health.canary.failure.<failure>`. */
export const canaryFailures = [
  "refused", // the call ended before it was answered: detail { cause, sipStatus }
  "no-return", // it went out and did not come back to the switch
  "no-answer", // it came back and was never up
  "silent-there", // the called end heard nothing
  "silent-back", // the calling end heard nothing
  "silent", // neither heard anything
  "late", // audio came later than half a second
  "gaps", // more than a tenth of the audio was missing
  "level", // louder or weaker by more than 3 dB
  "not-ended", // the hang-up of one end did not reach the other
  "error", // the canary itself could not work: detail { reason }
] as const;
export type CanaryFailure = (typeof canaryFailures)[number];

/** One direction as the other end heard it. */
export const canaryAudio = z.object({
  levelDbm0: z.number(),
  /** From asking for the tone until its first frame was heard. */
  delayMs: z.number(),
  /** Audio missing in the window, and the longest hole. */
  lostMs: z.number(),
  longestGapMs: z.number(),
});
export type CanaryAudio = z.infer<typeof canaryAudio>;

export const canaryCall = z.object({
  at: instant,
  failure: z.enum(canaryFailures).nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** From placing the call until it was answered. */
  setupMs: z.number().nullable(),
  there: canaryAudio.nullable(),
  back: canaryAudio.nullable(),
});
export type CanaryCall = z.infer<typeof canaryCall>;

/** One way that is proved again and again; `calls` are those of the last hour, oldest first. */
export const canaryWay = z.object({
  /** The kind, or `trunk-<id>`. */
  key: z.string(),
  kind: z.enum(canaryKinds),
  trunkId: z.number().nullable(),
  /** Name of that trunk. */
  name: z.string().nullable(),
  /** `warning` after one failure, `failed` from the second in a row on. */
  state: z.enum(["waiting", "ok", "warning", "failed"]),
  calls: z.array(canaryCall),
});
export type CanaryWay = z.infer<typeof canaryWay>;

/** `GET /api/v1/health/canary`. */
export const canaryReport = z.object({ ways: z.array(canaryWay) });
