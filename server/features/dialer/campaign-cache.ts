import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { callableZones, runningCampaigns } from "../campaigns/index.ts";
import { lawfulPace } from "../compliance/index.ts";
import { countLeads } from "../lists/index.ts";

export interface DialledCampaign {
  campaign: CampaignDetail;
  /** Zones with ready leads whose hours are open now. */
  zones: string[];
  /** Leads that are ready in any zone. */
  ready: number;
  /** Nothing was left to claim then; not asked again before `emptyUntil` (ms). */
  emptyUntil: number;
}

export interface CampaignCache extends Disposable {
  /** Running campaigns with what can be dialled, some seconds old at most. */
  running(): Promise<DialledCampaign[]>;
  get(campaignId: number): DialledCampaign | undefined;
}

const freshMs = 2_000;

/** What the dialler needs of the running campaigns, read anew every two seconds and when one changes. */
export function createCampaignCache(deps: { db: Db; clock: Clock; events: EventBus }): CampaignCache {
  const { db, clock, events } = deps;
  let known = new Map<number, DialledCampaign>();
  let readAt = -Infinity;

  async function read(): Promise<void> {
    const now = clock.now();
    const campaigns = await lawfulPace(db, await runningCampaigns(db), now);
    const entries = await Promise.all(
      campaigns.map(async (campaign): Promise<[number, DialledCampaign]> => {
        const [zones, counts] = await Promise.all([
          callableZones(db, campaign, now),
          countLeads(db, campaign.listIds),
        ]);
        const ready = [...counts.values()].reduce((sum, count) => sum + count.ready, 0);
        const emptyUntil = known.get(campaign.id)?.emptyUntil ?? 0;
        return [campaign.id, { campaign, zones, ready, emptyUntil }];
      }),
    );
    known = new Map(entries);
    readAt = now;
  }

  const stop = events.on("campaign.changed", ({ campaignId }) => {
    const entry = known.get(campaignId);
    if (entry) entry.emptyUntil = 0;
    readAt = -Infinity;
  });
  return {
    async running() {
      // A clock that was put back must not freeze what we know.
      if (Math.abs(clock.now() - readAt) > freshMs) await read();
      return [...known.values()];
    },
    get: (campaignId) => known.get(campaignId),
    [Symbol.dispose]: stop,
  };
}
