/** Who may not call what, and when. */
import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { roles } from "./permissions.ts";

export const barringInput = z.object({
  name: z.string().trim().min(1).max(60),
  /** `allow` excepts what fits it from the rules below. */
  action: z.enum(["bar", "allow"]),
  /** Beginnings of E.164 numbers; `+` is every number. */
  prefixes: z
    .array(z.string().regex(/^\+\d{0,14}$/))
    .min(1)
    .max(200),
  /** Whose calls; empty: everybody's, and those that are dialled by themselves. */
  roles: z.array(z.enum(roles)).default([]),
  /** When it holds, by weekday in the company's time zone; null: always. */
  hours: weekHours.nullable().default(null),
  enabled: z.boolean().default(true),
});
export type BarringInput = z.output<typeof barringInput>;
export const barringRule = barringInput.extend({ id: z.number() });
export type BarringRule = z.infer<typeof barringRule>;
/** `GET` and `PUT /api/v1/barring`: all of them in the order in which they are looked at. Needs `settings.manage`. */
export const barringRules = z.object({ items: z.array(barringInput).max(200) });
