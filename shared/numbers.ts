/** Which numbers of ours, dialled from outside, lead where: by rules, the first that fits, else by default. */
import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { e164, instant } from "./common.ts";

/** Where its callers go. A flow that was never published leads nowhere. */
export const numberTarget = z.discriminatedUnion("type", [
  z.object({ type: z.literal("queue"), id: z.int() }),
  z.object({ type: z.literal("flow"), id: z.int() }),
  /** As their direct number: announced to them, forwarded as they wish. */
  z.object({ type: z.literal("agent"), id: z.int() }),
  /** Of a person. */
  z.object({ type: z.literal("voicemail"), id: z.int() }),
  /** A voicemail box of several people. */
  z.object({ type: z.literal("box"), id: z.int() }),
  /** A prompt is said, then we hang up. */
  z.object({ type: z.literal("announcement"), id: z.int() }),
  /** A number outside, through the compliance gate like every call. */
  z.object({ type: z.literal("number"), phone: e164 }),
  /** Not answered: 433 (RFC 5079) for who withholds the number, 603 for others. */
  z.object({ type: z.literal("refuse") }),
]);
export type NumberTarget = z.infer<typeof numberTarget>;
export const numberTargetTypes = [
  "queue",
  "flow",
  "agent",
  "voicemail",
  "box",
  "announcement",
  "number",
  "refuse",
] as const satisfies readonly NumberTarget["type"][];

/** Hours are of the company's clock; a calendar's days off are closed, its days made up for open as it says. */
export const routeTime = z.discriminatedUnion("type", [
  z.object({ type: z.literal("open"), hours: weekHours, calendarId: z.int().nullable().default(null) }),
  z.object({ type: z.literal("closed"), hours: weekHours, calendarId: z.int().nullable().default(null) }),
  /** A day off of the calendar, all day. */
  z.object({ type: z.literal("day-off"), calendarId: z.int() }),
]);
export type RouteTime = z.output<typeof routeTime>;

/** When a rule fits: everything that is set must hold, and of several numbers, lists or regions one. */
export const routeWhen = z.object({
  /** E.164 numbers; one that ends in `*` is the beginning of many. */
  callers: z
    .array(z.string().regex(/^\+\d{1,14}(?:\d|\*)$/))
    .max(5000)
    .default([]),
  /** The caller stands on one of these lists. */
  listIds: z.array(z.int()).max(100).default([]),
  /** ISO 3166-2, by the numbering plan: `CN-GD`. */
  regions: z
    .array(z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/))
    .max(200)
    .default([]),
  /** Withholds the number, or shows it. */
  anonymous: z.boolean().nullable().default(null),
  /** Is a customer, or is none. */
  customer: z.boolean().nullable().default(null),
  /** Of this level at least. */
  vip: z.int().min(1).max(9).nullable().default(null),
  /** A field of the customer's is this, in whatever case it is written. */
  field: z
    .object({ key: z.string().trim().min(1).max(64), is: z.string().trim().max(200) })
    .nullable()
    .default(null),
  time: routeTime.nullable().default(null),
});
export type RouteWhen = z.output<typeof routeWhen>;
export const routeConditions = [
  "callers",
  "listIds",
  "regions",
  "anonymous",
  "customer",
  "vip",
  "field",
  "time",
] as const satisfies readonly (keyof RouteWhen)[];
export type RouteCondition = (typeof routeConditions)[number];

export const routeRule = z.object({
  name: z.string().trim().min(1).max(60),
  when: routeWhen,
  target: numberTarget,
});
export type RouteRule = z.output<typeof routeRule>;

/** `GET` and `PUT /api/v1/inbound-routes`. A number goes before a whole trunk. Errors (422): `inbound-route-repeated`, `inbound-target-unknown`. */
export const inboundRoute = z
  .object({
    /** E.164, that was dialled; null: every number of the trunk. */
    phone: e164.nullable().default(null),
    /** null: of every trunk. */
    trunkId: z.int().nullable().default(null),
    /** In the order in which they are looked at. */
    rules: z.array(routeRule).max(50).default([]),
    /** When no rule fits; null: as the next closest route says, else as a number that leads nowhere. */
    target: numberTarget.nullable(),
  })
  .refine(({ phone, trunkId }) => phone !== null || trunkId !== null, "a number or a trunk")
  .refine(({ rules, target }) => target !== null || rules.length > 0, "a rule or a target");
export type InboundRoute = z.output<typeof inboundRoute>;
export const inboundRoutes = z.object({ items: z.array(inboundRoute).max(2000) });

/** `GET /api/v1/inbound-routes/strays`: numbers that were called in the last 30 days and lead nowhere; the carrier was told 404. */
export const strayNumber = z.object({
  phone: z.string(),
  calls: z.number(),
  lastAt: instant,
});
export type StrayNumber = z.infer<typeof strayNumber>;

/** `POST /api/v1/inbound-routes/test`: what would happen to this caller. */
export const routeQuestion = z.object({
  called: z.string().trim().min(2).max(40),
  trunkId: z.int().nullable().default(null),
  /** As it is written; null: withheld. */
  from: z.string().trim().min(2).max(40).nullable(),
  at: instant,
});
export type RouteQuestion = z.input<typeof routeQuestion>;
export const routeAnswer = z.object({
  called: z.string(),
  caller: z.object({
    phone: z.string().nullable(),
    name: z.string().nullable(),
    vip: z.number(),
    region: z.string().nullable(),
  }),
  /** What was looked at, in order, up to the one that leads; `rule` null: the default of that number or trunk. */
  looked: z.array(
    z.object({
      phone: z.string().nullable(),
      trunkId: z.number().nullable(),
      rule: z.string().nullable(),
      fits: z.boolean(),
      conditions: z.array(z.object({ condition: z.enum(routeConditions), holds: z.boolean() })),
    }),
  ),
  /** null: a number that leads nowhere. */
  target: numberTarget.nullable(),
});
export type RouteAnswer = z.infer<typeof routeAnswer>;
