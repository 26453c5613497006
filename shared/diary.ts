import { z } from "zod";
import { instant } from "./common.ts";

/** A promise to a customer, a call to be placed at a time, a time that is somebody's own. Words under `diary.kind.<name>`. */
export const diaryKinds = ["callback", "call", "appointment"] as const;
export type DiaryKind = (typeof diaryKinds)[number];

export const diaryItem = z.object({
  kind: z.enum(diaryKinds),
  id: z.number(),
  /** As agreed; an appointment's begin. */
  startsAt: instant,
  endsAt: instant,
  /** Who is called, or what an appointment is about; empty for another's appointment. */
  title: z.string(),
  note: z.string(),
  /** Masked for who may not see numbers. */
  phone: z.string().nullable(),
  customerId: z.number().nullable(),
  leadId: z.number().nullable(),
  campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
  /** null: anybody of the campaign. */
  agent: z.object({ id: z.number(), name: z.string() }).nullable(),
  /** The customer's; null: there is none, or it is unknown. */
  timeZone: z.string().nullable(),
  /** To be called, and its time is over; an appointment just is over. */
  overdue: z.boolean(),
  state: z.enum(["waiting", "dialling", "done", "cancelled"]),
  closeReason: z.string().nullable(),
  snoozedUntil: instant.nullable(),
  /** What was said when it was handed over last. */
  handedOver: z.string().nullable(),
});
export type DiaryItem = z.infer<typeof diaryItem>;

/** `GET /api/v1/diary`: what lies between the two instants, and of one's own what is overdue from before. */
export const diaryQuery = z.object({
  from: instant,
  to: instant,
  /** `team`: that of everybody whom a supervisor sees; of the own campaigns for an agent. */
  whose: z.enum(["mine", "team"]).default("mine"),
  userId: z.coerce.number().int().optional(),
});
export type DiaryQuery = z.infer<typeof diaryQuery>;
/** `GET /api/v1/diary/next`: what comes next for oneself, overdue first. */
export const diaryNext = z.object({ item: diaryItem.nullable() });
export const diaryItems = z.object({ items: z.array(diaryItem) });

const span = z.object({ startsAt: instant, endsAt: instant });
const text = {
  title: z.string().trim().min(1).max(200),
  note: z.string().max(5_000),
  remindBeforeMs: z.number().int().min(0).max(86_400_000),
};
/** `POST /api/v1/diary/entries`. A call says whom; `phone` as typed. */
export const diaryEntryInput = span.extend({
  kind: z.enum(["call", "appointment"]),
  title: text.title,
  note: text.note.default(""),
  remindBeforeMs: text.remindBeforeMs.default(300_000),
  phone: z.string().min(2).max(30).optional(),
  customerId: z.number().int().optional(),
  campaignId: z.number().int().optional(),
});
export type DiaryEntryInput = z.infer<typeof diaryEntryInput>;

/** `/api/v1/diary/callback/:id`, `/api/v1/diary/entry/:id`. */
export const diaryParam = z.object({ noun: z.enum(["callback", "entry"]), id: z.coerce.number().int() });
/** `PATCH`: a callback takes a time and a note; an entry all of it. */
export const diaryChange = span.extend(text).partial();
export type DiaryChange = z.infer<typeof diaryChange>;
/** `POST …/snooze`; `opening`: tomorrow when the campaign opens, or at nine. */
export const snoozeMinutes = [5, 15, 60] as const;
export const diarySnooze = z.object({ for: z.union([z.literal(snoozeMinutes), z.literal("opening")]) });
export type DiarySnooze = z.infer<typeof diarySnooze>;
/** `POST …/hand-over`: to a colleague, or with null to the campaign's team. */
export const diaryHandOver = z.object({
  userId: z.number().int().nullable(),
  why: z.string().trim().min(1).max(500),
});
export type DiaryHandOver = z.infer<typeof diaryHandOver>;
export const diaryCancel = z.object({ reason: z.string().trim().max(200).default("") });

/** `GET …/history`. Words under `diary.act.<name>`. */
export const diaryActs = ["created", "changed", "moved", "handed", "snoozed", "cancelled", "done"] as const;
export type DiaryAct = (typeof diaryActs)[number];
export const diaryHistory = z.object({
  items: z.array(
    z.object({
      at: instant,
      by: z.string().nullable(),
      act: z.enum(diaryActs),
      fromAgent: z.string().nullable(),
      toAgent: z.string().nullable(),
      fromAt: instant.nullable(),
      toAt: instant.nullable(),
      why: z.string(),
    }),
  ),
});
export const diaryColleagues = z.object({ items: z.array(z.object({ id: z.number(), name: z.string() })) });
