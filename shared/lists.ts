import { z } from "zod";
import { changeOf } from "./change-of.ts";
import { country, instant, pageQuery } from "./common.ts";
import { outcomes } from "./calls.ts";
import { phoneKinds } from "./customers.ts";

/** A column of the list itself, shown on the desk in this order. */
export const listColumn = z.object({ key: z.string().min(1).max(64), label: z.string().min(1).max(100) });
export type ListColumn = z.infer<typeof listColumn>;

/** Body of `POST /api/v1/lists` and `PUT /api/v1/lists/:id`. `country`: of numbers written without `+`. */
export const listInput = z.object({
  name: z.string().trim().min(1).max(100),
  note: z.string().max(2_000).default(""),
  country,
  columns: z.array(listColumn).max(200).default([]),
});
export type ListInput = z.infer<typeof listInput>;

export const leadStatuses = ["ready", "claimed", "callback", "done", "excluded"] as const;
export type LeadStatus = (typeof leadStatuses)[number];
export const leadCounts = z.object({
  total: z.number(),
  ready: z.number(),
  claimed: z.number(),
  callback: z.number(),
  done: z.number(),
  excluded: z.number(),
});
export type LeadCounts = z.infer<typeof leadCounts>;

/** `GET /api/v1/lists?search=&archived=true|false`. `POST /api/v1/lists/:id/archived {archived}`; `DELETE` removes an unused list. */
export const listFilter = pageQuery.extend({
  search: z.string().trim().max(100).optional(),
  archived: z.stringbool().default(false),
});
export const listRow = listInput.extend({
  id: z.number(),
  leads: leadCounts,
  createdAt: instant,
  archivedAt: instant.nullable(),
});
export type ListRow = z.infer<typeof listRow>;
export const listArchived = z.object({ archived: z.boolean() });

/** `GET /api/v1/leads`. `search`: a number (whole or its beginning) or the beginning of a name. */
export const leadFilter = pageQuery.extend({
  page: z.coerce.number().int().min(1).max(200).default(1),
  listId: z.coerce.number().int().optional(),
  importId: z.coerce.number().int().optional(),
  status: z.enum(leadStatuses).optional(),
  outcome: z.enum(outcomes).optional(),
  ownerUserId: z.coerce.number().int().optional(),
  search: z.string().trim().max(100).optional(),
});
export type LeadFilter = z.infer<typeof leadFilter>;

export const leadRow = z.object({
  id: z.number(),
  listId: z.number(),
  listName: z.string(),
  name: z.string(),
  /** Masked for who lacks `phones.see`. */
  phone: z.string(),
  morePhones: z.array(z.string()),
  timeZone: z.string(),
  status: z.enum(leadStatuses),
  priority: z.number(),
  /** null: at once. */
  dueAt: instant.nullable(),
  attempts: z.number(),
  lastAttemptAt: instant.nullable(),
  lastOutcome: z.enum(outcomes).nullable(),
  ownerUserId: z.number().nullable(),
});
export type LeadRow = z.infer<typeof leadRow>;

/** `GET /api/v1/leads/:id`. Its calls: `GET /api/v1/calls?leadId=`. */
export const leadDetail = leadRow.extend({
  fields: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  customerId: z.number().nullable(),
  importId: z.number().nullable(),
  /** In the order of phone, morePhones. `givenUp`: not dialled until it is revived. `last`: how it answered last, how
   * often in a row, and when (ms). */
  numbers: z.array(
    z.object({
      phone: z.string(),
      kind: z.enum(phoneKinds),
      givenUp: z.boolean(),
      last: z.object({ outcome: z.enum(outcomes), inRow: z.number(), at: z.number() }).nullable(),
    }),
  ),
  /** The lead that this one was copied of, with its calls and history; null: none, or it is gone. */
  origin: z.object({ id: z.number(), listId: z.number(), listName: z.string() }).nullable(),
  dispositionId: z.number().nullable(),
  statusReason: z.string().nullable(),
  createdAt: instant,
  /** What people and rules did to this lead, oldest first. */
  history: z.array(
    z.object({
      at: instant,
      type: z.string(),
      byUser: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type LeadDetail = z.infer<typeof leadDetail>;

/** `POST /api/v1/leads`: one lead by hand. `phone` in the list's national form or E.164. */
export const leadInput = z.object({
  listId: z.number().int(),
  name: z.string().trim().max(200).default(""),
  phone: z.string().min(2).max(40),
  morePhones: z.array(z.string().min(2).max(40)).max(9).default([]),
  /** In the order of phone, morePhones; where one is missing, the number itself tells. */
  phoneKinds: z.array(z.enum(phoneKinds)).max(10).default([]),
  timeZone: z.string().max(64).nullable().default(null),
  priority: z.number().int().min(1).max(9).default(5),
  fields: z.record(z.string().max(64), z.string().max(4_000)).default({}),
});
/** `PATCH /api/v1/leads/:id`. A masked number cannot be sent. */
export const leadChange = changeOf(
  leadInput
    .omit({ listId: true })
    .extend({ ownerUserId: z.number().int().nullable(), dueAt: instant.nullable() }),
);
export type LeadChange = z.infer<typeof leadChange>;
/** `POST /api/v1/leads/:id/numbers/:position/revive`: the number is dialled again; 0 is `phone`. */
export const numberParams = z.object({
  id: z.coerce.number().int(),
  position: z.coerce.number().int().min(0).max(9),
});
/** `POST /api/v1/leads/:id/exclude`. `POST /api/v1/leads/:id/activate` (no body) makes it ready again. */
export const leadExclusion = z.object({ reason: z.string().trim().min(1).max(200) });
