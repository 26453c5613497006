import { z } from "zod";
import { outcomes } from "./calls.ts";
import { phoneKinds } from "./customers.ts";

export type PhoneKind = (typeof phoneKinds)[number];

/** When the next try is made; words under `retry.when.<name>`. All of them within the campaign's hours where the person is. */
export const retryTimes = [
  "delay", // after the delay
  "other-daypart", // after the delay, in another part of the day than those tried
  "best-time", // after the delay, at the hour of the coming days at which most people answer
  "opening", // so many days later, when the hours begin
  "clock", // so many days later, at a time on the wall
] as const;
export type RetryTime = (typeof retryTimes)[number];

/** What becomes of the lead when the tries are used up. */
export const exhaustedActions = ["done", "list", "lock"] as const;

export const retryRule = z.object({
  delayMs: z.number().int().min(0),
  tries: z.number().int().min(1).max(50),
  /** No limit but the law's: neither `tries` nor the campaign's attempts for each lead end it. */
  untilReached: z.boolean().optional(),
  when: z.enum(retryTimes).optional(),
  /** For `opening` and `clock`; default 1, which is tomorrow. */
  days: z.number().int().min(0).max(30).optional(),
  /** For `clock`, where the person is; default 10:00. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  /** Which number; default the next one, round and round. */
  number: z.enum(["next", "same"]).optional(),
  /** Shows a number the person has not seen in this round of tries. */
  otherCallerId: z.boolean().optional(),
  /** Default `done`. */
  usedUp: z.enum(exhaustedActions).optional(),
  /** For `list`: the lead is copied there. */
  listId: z.number().int().nullable().optional(),
  /** For `lock`: nobody dials the lead's numbers for so long. */
  lockDays: z.number().int().min(1).max(3_650).optional(),
});
export type RetryRule = z.infer<typeof retryRule>;

/** What to do after an outcome; absent means the lead is done. */
export const retryRules = z.partialRecord(z.enum(outcomes), retryRule);
export type RetryRules = z.infer<typeof retryRules>;

/** What else a campaign says about the time after a call. */
export const afterCall = z.object({
  /** Which of a lead's numbers is dialled first; kinds that are not named follow in the list's order. */
  phoneOrder: z.array(z.enum(phoneKinds)).max(4).default([]),
  /** The agent is reminded of a callback so long before. */
  remindBeforeMs: z.number().int().min(0).max(86_400_000).default(300_000),
  /** A callback whose agent does not come goes to the whole team so long after its time; null: never. */
  toTeamAfterMs: z.number().int().min(60_000).nullable().default(900_000),
  /** And to the supervisors so long after its time; null: never. */
  toSupervisorsAfterMs: z.number().int().min(60_000).nullable().default(3_600_000),
});
export type AfterCall = z.infer<typeof afterCall>;

/** An hour of the week where the person is: 0 is Monday 00:00, 167 Sunday 23:00. */
export const slotOf = (weekday: number, hour: number) => weekday * 24 + hour;
