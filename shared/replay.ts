import { z } from "zod";

export const replayModes = ["progressive", "ratio", "predictive"] as const;

/** What is played otherwise than it was. */
export const replaySettings = z.object({
  mode: z.enum(replayModes),
  ratio: z.number().min(1).max(10),
  abandonCeiling: z.number().min(0.001).max(0.1),
  ringTimeoutMs: z.number().int().min(15_000).max(120_000),
  /** How long a person who answered waits for an agent. */
  abandonAfterMs: z.number().int().min(500).max(10_000),
  /** Predictive: calls that ring this long and whose answer would find nobody are given up; null: never. */
  cancelAfterMs: z.number().int().min(5_000).max(120_000).nullable(),
  /** So many more, or fewer, than were there, in per cent. */
  agentsPercent: z.number().int().min(10).max(300),
});
export type ReplaySettings = z.infer<typeof replaySettings>;

/** `POST /api/v1/campaigns/:id/replays`; `day` is of the company's calendar. Errors: `replay-no-calls`, `replay-no-agents` 422. */
export const replayInput = z.object({ day: z.iso.date(), settings: replaySettings });

const figures = z.object({
  dials: z.number(),
  answers: z.number(),
  abandons: z.number(),
  /** (talk + wrap-up) / signed in, in per cent. */
  occupancyPct: z.number(),
  /** Abandons over answers, in per cent. */
  abandonPct: z.number(),
  /** From the answer to the agent, of those who met one. */
  waitSeconds: z.number(),
  talks: z.number(),
  agents: z.number(),
});
export type ReplayFigures = z.infer<typeof figures>;
const windowed = figures.extend({ second: z.number() });
export type ReplayWindow = z.infer<typeof windowed>;

export const replayResult = z.object({
  /** When the day's dialling began. */
  from: z.iso.datetime({ offset: true }),
  /** The day as it was; `windows` by half hour, `second` from `from`. */
  actual: z.object({ total: figures, windows: z.array(windowed) }),
  /** Means over the runs, with the interval that nine in ten of them lie in. */
  played: z.object({
    total: figures,
    low: figures,
    high: figures,
    windows: z.array(windowed),
    runs: z.number(),
    /** Calls per run beyond those of the day, drawn from its own half hour. */
    drawn: z.number(),
  }),
});
export type ReplayResult = z.infer<typeof replayResult>;

/** `GET /api/v1/replays/:id`. */
export const replayState = z.object({
  id: z.string(),
  campaignId: z.number(),
  day: z.string(),
  settings: replaySettings,
  state: z.enum(["running", "done", "failed"]),
  /** 0 to 1. */
  progress: z.number(),
  result: replayResult.nullable(),
});
export type ReplayState = z.infer<typeof replayState>;
/** `GET /api/v1/campaigns/:id/replay-days`: the last days with paced calls, the latest first. */
export const replayDay = z.object({ day: z.string(), calls: z.number(), answers: z.number() });
