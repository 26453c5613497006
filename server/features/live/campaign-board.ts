import type { LiveCampaign } from "../../../shared/live.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type Db, isConnectionLost } from "../../kernel/db.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Dialer } from "../dialer/index.ts";
import { readSettings } from "../settings/index.ts";
import { boardCampaigns, dayFigures, readyLeads } from "./queries.ts";

export interface CampaignBoard {
  /** Every campaign that has been started, or of them the one; what is counted is a second or two old. */
  read(campaignId?: number): Promise<Map<number, LiveCampaign>>;
}

const freshMs = 1_500;
const ringing = new Set(["planned", "dialling", "ringing", "waiting", "connecting"]);
const busy = new Set(["ringing", "talking", "wrap-up", "preview"]);

async function stored(db: Db, now: Date) {
  const { timeZone } = await readSettings(db);
  const [campaigns, figures, ready] = await Promise.all([
    boardCampaigns(db),
    dayFigures(db, timeZone, now),
    readyLeads(db),
  ]);
  return { campaigns, figures, ready };
}

export function createCampaignBoard(deps: {
  db: Db;
  agents: AgentRegistry;
  calls: Calls;
  dialer: Dialer;
  clock: Clock;
}): CampaignBoard {
  const { db, agents, calls, dialer, clock } = deps;
  let known: ReturnType<typeof stored> | undefined;
  let readAt = -Infinity;

  function linesOf() {
    const lines = new Map<number, { ringing: number; talking: number }>();
    for (const { plan, core } of calls.active()) {
      if (!plan.campaign) continue;
      const line = lines.get(plan.campaign.id) ?? { ringing: 0, talking: 0 };
      if (ringing.has(core.state)) line.ringing++;
      else if (core.state === "talking") line.talking++;
      lines.set(plan.campaign.id, line);
    }
    return lines;
  }

  return {
    async read(campaignId) {
      const now = clock.now();
      if (!known || Math.abs(now - readAt) > freshMs) {
        const before = known;
        // Without a database the last figures stand.
        known = stored(db, new Date(now)).catch((error: unknown) => {
          if (before && isConnectionLost(error)) return before;
          known = undefined;
          throw error;
        });
        readAt = now;
      }
      const { campaigns, figures, ready } = await known;
      const lines = linesOf();
      const people = agents.all();
      const wanted = campaignId === undefined ? campaigns : campaigns.filter(({ id }) => id === campaignId);
      return new Map(
        wanted.map(({ id, name, mode, status }) => {
          const own = people.filter((agent) => agent.campaignIds.includes(id));
          const day = figures.get(id);
          const limit = dialer.status(id);
          const board: LiveCampaign = {
            campaignId: id,
            name,
            mode,
            status,
            agentsReady: own.filter((agent) => agent.state === "ready").length,
            agentsBusy: own.filter((agent) => busy.has(agent.state)).length,
            agentsPaused: own.filter((agent) => agent.state === "paused").length,
            linesRinging: lines.get(id)?.ringing ?? 0,
            linesTalking: lines.get(id)?.talking ?? 0,
            callsToday: day?.calls ?? 0,
            connectedToday: day?.connected ?? 0,
            abandonedToday: day?.abandoned ?? 0,
            leadsReady: ready.get(id) ?? 0,
            limit: status === "running" ? (limit?.limit ?? "running") : status,
            limitDetail: limit?.detail ?? {},
          };
          return [id, board];
        }),
      );
    },
  };
}
