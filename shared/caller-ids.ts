import { z } from "zod";
import { e164, instant } from "./common.ts";

/** `round-robin`: the number that waited longest; `least-used`: the one that was shown least today, by its cap. */
export const rotations = ["round-robin", "least-used"] as const;
export type Rotation = (typeof rotations)[number];

const cap = z.number().int().min(1).max(100_000).nullable().default(null);
const prefix = z.string().regex(/^\+[1-9]\d{0,13}$/);

export const callerIdInput = z.object({
  number: e164,
  enabled: z.boolean().default(true),
  /** Null: as the pool. */
  maxPerHour: cap,
  maxPerDay: cap,
  /** Beginnings of called numbers, E.164, for which it is local beside its own area. */
  prefixes: z.array(prefix).max(200).default([]),
});
export type CallerIdInput = z.input<typeof callerIdInput>;

/** Body of `POST /api/v1/caller-id-pools` and `PUT /api/v1/caller-id-pools/:id`; numbers that are left out go. */
export const callerIdPoolInput = z.object({
  name: z.string().trim().min(1).max(100),
  note: z.string().max(2000).default(""),
  rotation: z.enum(rotations).default("round-robin"),
  /** Numbers of the called person's own area first. */
  localPresence: z.boolean().default(true),
  /** A person sees the number again that they saw before. */
  sticky: z.boolean().default(true),
  /** Calls that may show one number in a clock hour and on a day of the company's; null: no cap. */
  maxPerHour: cap,
  maxPerDay: cap,
  /** Shown without a cap when no number of the pool may be; null: the campaign waits. */
  fallback: e164.nullable().default(null),
  /** The chance of a false alarm, for all numbers of the pool together, that is taken. */
  alarmP: z.number().min(0.0001).max(0.2).default(0.01),
  /** A number under alarm rests by itself, for `restDays`. */
  restOnAlarm: z.boolean().default(false),
  restDays: z.number().int().min(1).max(365).default(7),
  numbers: z.array(callerIdInput).max(1_000).default([]),
});
export type CallerIdPoolInput = z.output<typeof callerIdPoolInput>;

/**
 * What the watch over answer rates says of a number (dialling's share of answers, against the other numbers of its
 * pool in the same hours of the same campaigns).
 */
export const drift = z.object({
  /** The statistic: cumulated log likelihood ratio, in nats, of odds of an answer that are halved against unchanged. */
  statistic: z.number(),
  /** Bound of the chance that a sound number comes that far in so many hours, Holm's correction applied. */
  p: z.number(),
  /** Hours of a campaign in which it could be compared. */
  blocks: z.number(),
  /** Calls since the statistic left zero, answers, and answers expected of the other numbers' rates. */
  calls: z.number(),
  answered: z.number(),
  expected: z.number(),
  since: instant.nullable(),
});
export type Drift = z.infer<typeof drift>;
export const driftAlarm = drift.extend({ at: instant });
export type DriftAlarm = z.infer<typeof driftAlarm>;

/** In this order of precedence. Words under `callerIds.status.<name>`. */
export const callerIdStatuses = [
  "off",
  "no-trunk", // no enabled trunk may show it
  "resting",
  "day-cap",
  "hour-cap",
  "alarm",
  "ready",
] as const;
export type CallerIdStatus = (typeof callerIdStatuses)[number];

export const callerIdRow = callerIdInput.extend({
  status: z.enum(callerIdStatuses),
  restUntil: instant.nullable(),
  /** Of those that may show it; disabled ones included. */
  trunks: z.array(z.object({ id: z.number(), name: z.string(), enabled: z.boolean() })),
  /** ISO 3166-1, and the area as the numbering plan has it, where we know one. */
  country: z.string().nullable(),
  area: z.string().nullable(),
  usedThisHour: z.number(),
  usedToday: z.number(),
  capPerHour: z.number().nullable(),
  capPerDay: z.number().nullable(),
  /** Of the last 14 days of the company, today last: calls that say something of the number, and answers. */
  days: z.array(z.object({ day: z.string(), rated: z.number(), answered: z.number() })),
  drift: drift.nullable(),
  alarm: driftAlarm.nullable(),
});
export type CallerIdRow = z.infer<typeof callerIdRow>;

const poolFacts = callerIdPoolInput.omit({ numbers: true }).extend({
  id: z.number(),
  campaigns: z.array(z.object({ id: z.number(), name: z.string() })),
});
/** `GET /api/v1/caller-id-pools`. */
export const callerIdPoolRow = poolFacts.extend({
  numbers: z.number(),
  ready: z.number(),
  resting: z.number(),
  alarms: z.number(),
  usedToday: z.number(),
  /** Calls its numbers may show yet today; null: no cap. */
  leftToday: z.number().nullable(),
});
export type CallerIdPoolRow = z.infer<typeof callerIdPoolRow>;
/** `GET /api/v1/caller-id-pools/:id`. */
export const callerIdPoolDetail = poolFacts.extend({ numbers: z.array(callerIdRow) });
export type CallerIdPoolDetail = z.infer<typeof callerIdPoolDetail>;

/** `POST /api/v1/caller-ids/:number/rest`: `days` 0 ends the rest; `/judge-anew` clears the alarm. */
export const callerIdRest = z.object({ days: z.number().int().min(0).max(365) });
export const callerIdParam = z.object({ number: e164 });

/** Of a campaign. */
export const campaignCallerIds = z.object({
  /** Null: `callerId`, or the trunk's first. */
  callerIdPoolId: z.number().int().nullable().default(null),
});
