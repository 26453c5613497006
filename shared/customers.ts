import { z } from "zod";
import { e164, instant, pageQuery } from "./common.ts";

export const phoneKinds = ["mobile", "work", "home", "other"] as const;

/** Body of `POST /api/v1/customers` and `PUT /api/v1/customers/:id`. A number belongs to one customer. */
export const customerInput = z.object({
  name: z.string().trim().max(200).default(""),
  organisation: z.string().trim().max(200).default(""),
  email: z.email().max(254).nullable().default(null),
  note: z.string().max(10_000).default(""),
  timeZone: z.string().max(64).nullable().default(null),
  /** 0 is nobody in particular; in a queue they count as if they had waited so many times longer. */
  vip: z.int().min(0).max(9).default(0),
  fields: z.record(z.string().max(64), z.string().max(4_000)).default({}),
  /** In order of preference. Masked numbers sent back unchanged keep what is stored. */
  phones: z
    .array(z.object({ phone: z.string().min(2).max(30), kind: z.enum(phoneKinds).default("other") }))
    .max(20)
    .default([]),
});
export type CustomerInput = z.infer<typeof customerInput>;

/** `GET /api/v1/customers?search=&page=`; `search`: a number, or the beginning of a name or organisation. */
export const customerFilter = pageQuery.extend({ search: z.string().trim().max(100).optional() });
export type CustomerFilter = z.infer<typeof customerFilter>;

export const customerPhone = z.object({ phone: z.string(), kind: z.enum(phoneKinds) });
export const customerRow = z.object({
  id: z.number(),
  name: z.string(),
  organisation: z.string(),
  email: z.string().nullable(),
  phones: z.array(customerPhone),
  createdAt: instant,
  updatedAt: instant,
});
export type CustomerRow = z.infer<typeof customerRow>;

/** `GET /api/v1/customers/:id`. Its calls: `GET /api/v1/calls?customerId=`. `GET /api/v1/customers/by-phone?phone=` answers the same or 404. */
export const customerDetail = customerRow.extend({
  note: z.string(),
  timeZone: z.string().nullable(),
  vip: z.number(),
  fields: z.record(z.string(), z.string()),
});
export type CustomerDetail = z.infer<typeof customerDetail>;

export const customerByPhone = z.object({ phone: e164 });
