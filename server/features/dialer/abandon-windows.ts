/** How much of the abandoned calls that the law allows is used up, for every campaign that dials ahead of its agents. */
import type { AbandonRule } from "../../../shared/rule-packs.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { measuredFalsePositive } from "../answering/index.ts";
import { type LawWindow, windowAt } from "./abandon-law.ts";
import { assumedFalsePositives, ofcomAbandons, usAbandons } from "./abandon-rules.ts";
import type { DialledCampaign } from "./campaign-cache.ts";
import { type AbandonFigures, abandonFigures, firstPacedCallAt, noFigures } from "./queries-abandons.ts";

export interface AbandonWindows {
  /** Counts anew what is older than some seconds. */
  prepare(entries: readonly DialledCampaign[]): Promise<void>;
  /** Empty: no law, or not counted yet. */
  at(campaignId: number): readonly LawWindow[];
}

const freshMs = 5_000;
const hourMs = 3_600_000;
/** A call is over and settled in so long: what is older is counted once in an hour. */
const settledMs = 2 * hourMs;

interface Known {
  readAt: number;
  windows: LawWindow[];
  /** Settled calls by window. */
  settled: Map<string, { from: number; until: number; figures: AbandonFigures }>;
  error: { readAt: number; share: number };
}

const sum = (a: AbandonFigures, b: AbandonFigures): AbandonFigures => ({
  served: a.served + b.served,
  abandoned: a.abandoned + b.abandoned,
  left: a.left + b.left,
  machines: a.machines + b.machines,
  told: a.told + b.told,
});

export function createAbandonWindows({ db, clock }: { db: Db; clock: Clock }): AbandonWindows {
  const known = new Map<number, Known>();

  async function figuresOf(entry: Known, campaignId: number, key: string, from: number, now: number) {
    let settled = entry.settled.get(key);
    if (settled?.from !== from || now - settled.until > settledMs + hourMs || settled.until > now) {
      const until = Math.max(from, now - settledMs);
      const span = { campaignId, since: new Date(from), until: new Date(until) };
      settled = { from, until, figures: until > from ? await abandonFigures(db, span) : noFigures };
      entry.settled.set(key, settled);
    }
    return sum(settled.figures, await abandonFigures(db, { campaignId, since: new Date(settled.until) }));
  }

  async function falsePositives(entry: Known, campaignId: number, now: number): Promise<number> {
    if (Math.abs(now - entry.error.readAt) > hourMs / 12) {
      const measured = await measuredFalsePositive(db, campaignId, now);
      entry.error = { readAt: now, share: measured ? measured.percent / 100 : assumedFalsePositives };
    }
    return entry.error.share;
  }

  async function count(entry: Known, campaignId: number, law: readonly AbandonRule[], now: number) {
    const isByPeriods = law.some(({ window }) => window === "campaign-periods");
    const firstAt = isByPeriods ? ((await firstPacedCallAt(db, campaignId))?.getTime() ?? null) : null;
    const share = await falsePositives(entry, campaignId, now);
    const windows: LawWindow[] = [];
    for (const rule of law) {
      const { from, to } = windowAt(rule, { now, firstAt });
      const key = `${rule.window} ${rule.windowHours} ${rule.timeZone}`;
      const figures = await figuresOf(entry, campaignId, key, from, now);
      const secondsLeft = (to - now) / 1000;
      const counted = (rule.formula === "ofcom" ? ofcomAbandons : usAbandons)(figures, share);
      const { answers, abandoned: abandons } = counted;
      windows.push({ ceiling: rule.maxShare, answers, abandons, secondsLeft });
    }
    entry.windows = windows;
    entry.readAt = now;
  }

  return {
    async prepare(entries) {
      const now = clock.now();
      const running = new Set(entries.map(({ campaign }) => campaign.id));
      for (const id of known.keys()) if (!running.has(id)) known.delete(id);
      for (const { campaign, abandonLaw } of entries) {
        const isAhead = campaign.mode === "ratio" || campaign.mode === "predictive";
        if (!isAhead || abandonLaw.length === 0) {
          known.delete(campaign.id);
          continue;
        }
        const never = { readAt: -Infinity, share: assumedFalsePositives };
        const entry = known.get(campaign.id) ?? {
          readAt: -Infinity,
          windows: [],
          settled: new Map(),
          error: never,
        };
        known.set(campaign.id, entry);
        if (Math.abs(now - entry.readAt) > freshMs) await count(entry, campaign.id, abandonLaw, now);
      }
    },
    at: (campaignId) => known.get(campaignId)?.windows ?? [],
  };
}
