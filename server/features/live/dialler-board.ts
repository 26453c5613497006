/** What the dialler of each running campaign does: memory for what moves, the database for what the rules count. */
import { wallClock } from "../../../shared/hours.ts";
import { upperBound } from "../../../shared/clopper-pearson.ts";
import type { LiveDialler } from "../../../shared/live-dialler.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import { measuredFalsePositive } from "../answering/index.ts";
import type { Calls } from "../calls/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import {
  type AbandonFigures,
  abandonFigures,
  assumedFalsePositives,
  type Dialer,
  ofcomAbandons,
  outlookStepSeconds,
  usAbandons,
} from "../dialer/index.ts";
import { readSettings } from "../settings/index.ts";

export interface DiallerBoard {
  ids(): number[];
  read(campaignId: number): Promise<LiveDialler | undefined>;
}

interface Stored {
  mode: string;
  ceiling: number;
  today: AbandonFigures;
  day: AbandonFigures;
  month: AbandonFigures;
  /** Ofcom's "reasoned estimate": share of the people who answer that is taken for machines. */
  falsePositives: number;
}

const freshMs = 5_000;
const dayMs = 86_400_000;

async function stored(db: Db, campaignId: number, now: number): Promise<Stored | undefined> {
  const campaign = await findCampaign(db, campaignId);
  if (!campaign) return undefined;
  const { timeZone } = await readSettings(db);
  const midnight = now - wallClock(now, timeZone).minute * 60_000 - (now % 60_000);
  const since = (ms: number) => abandonFigures(db, { campaignId, since: new Date(ms) });
  const [today, day, month, measured] = await Promise.all([
    since(midnight),
    since(now - dayMs),
    since(now - 30 * dayMs),
    measuredFalsePositive(db, campaignId, now),
  ]);
  const falsePositives = measured ? measured.percent / 100 : assumedFalsePositives;
  return { mode: campaign.mode, ceiling: campaign.abandonCeiling, today, day, month, falsePositives };
}

const agentsBy = (team: readonly Agent[]) => {
  const count = (...states: Agent["state"][]) => team.filter(({ state }) => states.includes(state)).length;
  return {
    ready: count("ready"),
    dialling: count("ringing", "preview"),
    talking: count("talking"),
    wrapUp: count("wrap-up"),
    paused: count("paused"),
  };
};

export function createDiallerBoard(deps: {
  db: Db;
  agents: AgentRegistry;
  calls: Calls;
  dialer: Dialer;
  clock: Clock;
}): DiallerBoard {
  const { db, agents, calls, dialer, clock } = deps;
  const known = new Map<number, { at: number; value: Promise<Stored | undefined> }>();

  /** Without a database the last figures stand. */
  function figures(campaignId: number): Promise<Stored | undefined> {
    const now = clock.now();
    const before = known.get(campaignId);
    if (before && Math.abs(now - before.at) < freshMs) return before.value;
    const value = stored(db, campaignId, now).catch(() => before?.value);
    known.set(campaignId, { at: now, value });
    return value;
  }

  function linesOf(campaignId: number): LiveDialler["lines"] {
    const lines = { dialling: 0, ringing: 0, waiting: 0, talking: 0 };
    for (const { plan, core } of calls.active()) {
      if (plan.campaign?.id !== campaignId) continue;
      if (core.state === "planned" || core.state === "dialling") lines.dialling++;
      else if (core.state === "ringing") lines.ringing++;
      else if (core.state === "waiting" || core.state === "connecting") lines.waiting++;
      else if (core.state === "talking") lines.talking++;
    }
    return lines;
  }

  function abandonsOf(found: Stored, campaignId: number): LiveDialler["abandons"] {
    const { ceiling, today, day, month, falsePositives } = found;
    const budget = dialer.insight(campaignId)?.budget;
    const answers = budget?.answers ?? today.served + today.abandoned;
    const abandoned = budget?.abandons ?? today.abandoned;
    return {
      ceiling,
      today: { answers, abandoned },
      upper: upperBound(abandoned, answers),
      left: budget?.left ?? null,
      theta: budget?.theta ?? null,
      us: usAbandons(month),
      ofcom: ofcomAbandons(day, falsePositives),
    };
  }

  return {
    ids: () => dialer.running(),
    async read(campaignId) {
      const status = dialer.status(campaignId);
      const found = status && (await figures(campaignId));
      if (!status || !found) return undefined;
      const outlook = dialer.insight(campaignId)?.outlook;
      return {
        campaignId,
        mode: found.mode,
        at: new Date(clock.now()).toISOString(),
        limit: status.limit,
        limitDetail: status.detail,
        agents: agentsBy(agents.all().filter((agent) => agent.campaignIds.includes(campaignId))),
        lines: linesOf(campaignId),
        forecast: outlook ? { stepSeconds: outlookStepSeconds, ...outlook } : null,
        abandons: abandonsOf(found, campaignId),
      };
    },
  };
}

/** A panel is read by people: once a second is enough. */
export const panelEveryMs = 1_000;
