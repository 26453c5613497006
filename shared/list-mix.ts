import { z } from "zod";

/** How a campaign goes through its lists: one after the other in their order, or mixed by weight. */
export const listOrders = ["in-turn", "mix"] as const;

const limit = z.number().int().min(1).max(100_000_000).nullable().default(null);
/** A list gives no more leads to the campaign when one of these is reached; days are the company's. */
export const listQuota = z.object({
  dials: limit,
  dialsPerDay: limit,
  /** Calls whose disposition is a success; calls under way then may still become one. */
  successes: limit,
  successesPerDay: limit,
});
export type ListQuota = z.infer<typeof listQuota>;
export const quotaKinds = ["dials", "dialsPerDay", "successes", "successesPerDay"] as const;
export type QuotaKind = (typeof quotaKinds)[number];
export const noQuota: ListQuota = { dials: null, dialsPerDay: null, successes: null, successesPerDay: null };

/** Part of a campaign. A list without an entry has weight 1 and no quota. */
export const listMix = z.object({
  order: z.enum(listOrders).default("in-turn"),
  lists: z
    .array(
      z.object({
        listId: z.number().int(),
        /** Of 7 and 3, each ten claims take seven and three leads; when one list is short, the others make up. */
        weight: z.number().int().min(1).max(100).default(1),
        quota: listQuota.default(noQuota),
      }),
    )
    .max(500)
    .default([]),
});
export type ListMix = z.infer<typeof listMix>;
export const plainMix: ListMix = { order: "in-turn", lists: [] };

/** `GET /api/v1/campaigns/:id/list-mix`: how far each list of the campaign is, in its order. */
export const listMixState = z.object({
  lists: z.array(
    z.object({
      listId: z.number(),
      name: z.string(),
      weight: z.number(),
      quota: listQuota,
      dials: z.number(),
      dialsPerDay: z.number(),
      successes: z.number(),
      successesPerDay: z.number(),
      /** Quotas that are reached: the list gives no leads. */
      reached: z.array(z.enum(quotaKinds)),
    }),
  ),
});
export type ListMixState = z.infer<typeof listMixState>;
