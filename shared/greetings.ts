import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { languages } from "./common.ts";
import { speech } from "./ivr/block-parts.ts";

/** Where callers hear a personal greeting, before what everybody hears there. Flows have theirs in the greeting block. */
export const greetingPlaces = ["queue", "voicemail"] as const;
export type GreetingPlace = (typeof greetingPlaces)[number];

/** What must hold, all of it. */
export const greetingWhen = z.object({
  /** Only of customers: of this one, or of everybody we know. */
  customer: z.union([z.literal("any"), z.literal("known"), z.number().int().positive()]).default("any"),
  /** In which they are spoken to; null: either. */
  language: z.enum(languages).nullable().default(null),
  /** This VIP level or above. */
  vipFrom: z.number().int().min(0).max(9).default(0),
  /** By the company's clock; null: at any time. */
  hours: weekHours.nullable().default(null),
  /** A callback is promised to them. */
  hasAppointment: z.boolean().default(false),
  /** One of their fields, such as an order's state: it has this value, or with an empty value any. */
  field: z
    .object({ name: z.string().trim().min(1).max(64), value: z.string().trim().max(200) })
    .nullable()
    .default(null),
});
export type GreetingWhen = z.output<typeof greetingWhen>;

export const greetingRule = z.object({
  name: z.string().trim().min(1).max(100),
  on: z.boolean().default(true),
  where: z.array(z.enum(greetingPlaces)).min(1),
  when: greetingWhen.prefault({}),
  /** With `greetingVariables` and `customer.<field>`. */
  says: speech,
});
export type GreetingRule = z.output<typeof greetingRule>;

/** `GET`, `PUT /api/v1/greetings`: the first rule that holds is heard. */
export const greetingRules = z.object({ rules: z.array(greetingRule).max(100) });
export type GreetingRules = z.output<typeof greetingRules>;

/** `appointment.day` and `.time` of the next promised callback by the company's clock; empty where there is none. */
export const greetingVariables = [
  "customer.name",
  "customer.organisation",
  "company.name",
  "appointment.day",
  "appointment.time",
] as const;
