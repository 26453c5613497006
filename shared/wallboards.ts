/** Wallboards: widgets over live counts and the day's figures, for a screen that everybody sees. */
import { z } from "zod";
import { instant, languages } from "./common.ts";
import { kpiNames } from "./kpis.ts";
import { type ReportFigures, reportFigures } from "./reports.ts";

/** What is so now. */
export const wallLive = z.object({
  signedIn: z.number(),
  ready: z.number(),
  /** Their own dial rings, or they look at a record. */
  dialling: z.number(),
  talking: z.number(),
  wrapUp: z.number(),
  paused: z.number(),
  connecting: z.number(),
  linesRinging: z.number(),
  /** Customers who answered and have no agent yet, and since when the first of them. */
  waiting: z.number(),
  waitingSince: instant.nullable(),
  linesTalking: z.number(),
});
export type WallLive = z.infer<typeof wallLive>;
export const agentCounts = [
  "talking",
  "ready",
  "dialling",
  "wrapUp",
  "paused",
  "connecting",
] as const satisfies (keyof WallLive)[];

const named = reportFigures.extend({ id: z.number(), name: z.string() });
/** What was done since midnight of the company's clock, counted as reports count. */
export const wallDay = z.object({
  timeZone: z.string(),
  /** When this was counted. */
  asOf: instant,
  /** The last try to count anew failed. */
  isOld: z.boolean(),
  totals: reportFigures,
  hours: z.array(reportFigures.extend({ hour: z.number() })),
  campaigns: z.array(named),
  agents: z.array(named),
});
export type WallDay = z.infer<typeof wallDay>;

const liveNames = [
  "signedIn",
  "ready",
  "talking",
  "dialling",
  "wrapUp",
  "paused",
  "linesRinging",
  "linesTalking",
  "waiting",
  "longestWait",
] as const;
const dayNames = [
  "attempts",
  "dialled",
  "answered",
  "connected",
  "rightParty",
  "success",
  "abandoned",
] as const;
/** Everything one number can show: live counts, the day's counts, and the indicators of `shared/kpis.ts`. */
export const figureNames = [...liveNames, ...dayNames, ...kpiNames] as const;
export type FigureName = (typeof figureNames)[number];

/** Colours from a value on: `above` the higher the worse, `below` the lower the worse. Null: no such colour. */
const limits = z.object({
  direction: z.enum(["above", "below"]),
  warn: z.number().nullable(),
  bad: z.number().nullable(),
});
export type Limits = z.infer<typeof limits>;
export type Level = "plain" | "good" | "warn" | "bad";

/** The colour of a value in the unit of its figure (a share of 1, ms, a count); plain without limits or value. */
export function levelOf(value: number | null, given: Limits | null): Level {
  if (value === null || !given || (given.warn === null && given.bad === null)) return "plain";
  const past = (limit: number | null) =>
    limit !== null && (given.direction === "above" ? value >= limit : value <= limit);
  return past(given.bad) ? "bad" : past(given.warn) ? "warn" : "good";
}

/** Columns of a board. */
export const wallColumns = 12;
export const wallRows = 8;

const base = {
  id: z.string().min(1).max(40),
  /** Of the board's columns and rows. */
  width: z.int().min(1).max(wallColumns),
  height: z.int().min(1).max(wallRows),
  /** Empty: the widget's own name. */
  title: z.string().trim().max(60).default(""),
};
/** Only this campaign; null: all. */
const campaignId = z.int().positive().nullable().default(null);
export const gaugeFigures = [
  "serviceLevel",
  "abandonRate",
  "occupancy",
  "connectRate",
  "conversion",
] as const;
export const leaderFigures = ["connected", "success", "dialled", "talkMs"] as const;

export const widget = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal("number"),
    campaignId,
    figure: z.enum(figureNames),
    limits: limits.nullable().default(null),
  }),
  z.object({
    ...base,
    type: z.literal("gauge"),
    campaignId,
    figure: z.enum(gaugeFigures),
    limits: limits.nullable().default(null),
  }),
  z.object({ ...base, type: z.literal("states"), campaignId }),
  z.object({ ...base, type: z.literal("campaigns") }),
  z.object({
    ...base,
    type: z.literal("queues"),
    /** Empty: every queue. */
    queueIds: z.array(z.int().positive()).max(50).default([]),
    /** As one group, in one line. */
    together: z.boolean().default(false),
    /** Colours of the longest wait, ms. */
    waitLimits: limits.nullable().default({ direction: "above", warn: 20_000, bad: 60_000 }),
  }),
  z.object({ ...base, type: z.literal("hours"), campaignId }),
  z.object({
    ...base,
    type: z.literal("leaders"),
    campaignId,
    figure: z.enum(leaderFigures),
    count: z.int().min(1).max(20).default(5),
  }),
  z.object({ ...base, type: z.literal("clock") }),
  z.object({ ...base, type: z.literal("text"), text: z.string().max(1000).default("") }),
]);
export type Widget = z.infer<typeof widget>;
export type WidgetType = Widget["type"];
export const widgetTypes = widget.options.map((option) => option.shape.type.value);

/**
 * `GET` and `POST /api/v1/wallboards`, `GET`, `PUT` and `DELETE /api/v1/wallboards/:id`; looking needs `live.see`,
 * changing `agents.supervise`. Error 409: `wallboard-changed`, somebody else saved another version meanwhile.
 */
export const wallboardInput = z.object({
  name: z.string().trim().min(1).max(80),
  /** A unit with all below it; null: everybody, for who sees everybody. */
  unitId: z.int().positive().nullable(),
  widgets: z
    .array(widget)
    .max(40)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { message: "two of one id" }),
});
export type WallboardInput = z.infer<typeof wallboardInput>;
export const wallboardChange = wallboardInput.extend({ version: z.int() });
export const wallboardRow = wallboardChange.extend({ id: z.number(), updatedAt: instant });
export type WallboardRow = z.infer<typeof wallboardRow>;

/**
 * `GET` and `POST /api/v1/wall-screens`, `PUT` and `DELETE /api/v1/wall-screens/:id`, `POST /:id/link`: a new secret,
 * after which the old link shows nothing. The link is `/wall#<token>`.
 */
export const screenInput = z.object({
  name: z.string().trim().min(1).max(80),
  boardIds: z.array(z.int().positive()).min(1).max(20),
  seconds: z.int().min(5).max(3600).default(20),
  theme: z.enum(["light", "dark"]).default("dark"),
  language: z.enum(languages).default("zh"),
});
export type ScreenInput = z.infer<typeof screenInput>;
export const screenRow = screenInput.extend({ id: z.number(), seenAt: instant.nullable() });
export type ScreenRow = z.infer<typeof screenRow>;
export const screenLink = z.object({ id: z.number(), token: z.string() });

/** What a screen is told of itself. */
export interface WallScreen {
  name: string;
  seconds: number;
  theme: "light" | "dark";
  language: (typeof languages)[number];
  boards: Pick<WallboardRow, "id" | "name" | "unitId" | "widgets">[];
}

/**
 * First message on `GET /api/v1/wall` (WebSocket, no login) and `GET /api/v1/wall-preview` (signed in); then as on
 * `/api/v1/live`, with the topics `screen` (key `me`: WallScreen), `wall-live` and `wall-day` (keys of `wallKey`), and
 * `wall-queues` (LiveQueue by queue id, for who has the key `queues`).
 * A token that holds no more is refused as `screen-revoked`.
 */
export const wallOpen = z.object({ type: z.literal("open"), token: z.string().max(200) });
export const previewOpen = z.object({ type: z.literal("open"), keys: z.array(z.string().max(30)).max(50) });

/** Where a widget's figures are: those of a unit (0: everybody) and a campaign (0: all). */
export const wallKey = (unitId: number | null, campaignId: number | null): string =>
  `${unitId ?? 0}:${campaignId ?? 0}`;

export function parseWallKey(key: string): { unitId: number | null; campaignId: number | null } | undefined {
  const [, unit, campaign] = /^(\d{1,9}):(\d{1,9})$/.exec(key) ?? [];
  if (unit === undefined || campaign === undefined) return undefined;
  return { unitId: Number(unit) || null, campaignId: Number(campaign) || null };
}

/** Who has it sees the queues, which are of no unit. */
export const queuesKey = "queues";

/** The keys that a board's widgets need. */
export const keysOf = ({ unitId, widgets }: Pick<WallboardInput, "unitId" | "widgets">): string[] => [
  ...new Set(
    widgets.map((one) =>
      one.type === "queues" ? queuesKey : wallKey(unitId, "campaignId" in one ? one.campaignId : null),
    ),
  ),
];

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
  (names as readonly string[]).includes(name);

/** Which of the two topics a figure comes from. */
export const isLiveFigure = (name: FigureName): boolean => isOneOf(liveNames, name);

/** A live figure; the longest wait in ms of `now`. */
export function liveFigure(name: FigureName, live: WallLive, now: number): number | null {
  if (!isOneOf(liveNames, name)) return null;
  if (name === "longestWait")
    return live.waitingSince === null ? 0 : Math.max(0, now - Date.parse(live.waitingSince));
  return live[name];
}

/** A plain count of the day; indicators come from `kpiOf`. */
export const dayCount = (name: FigureName, figures: ReportFigures): number | null =>
  isOneOf(dayNames, name) ? figures[name] : null;
