import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { AbandonRule } from "../../../shared/rule-packs.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { callableZonesOf, runningCampaigns } from "../campaigns/index.ts";
import { lawfulPace, lawfulZones } from "../compliance/index.ts";
import { countLeads } from "../lists/index.ts";

export interface DialledCampaign {
  campaign: CampaignDetail;
  /** Shares of abandoned calls that the law keeps low. */
  abandonLaw: readonly AbandonRule[];
  /** Zones with ready leads whose hours, the campaign's and the law's, are open now. */
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
  let changes = 0;

  async function read(): Promise<void> {
    const now = clock.now();
    const begunAt = changes;
    const lawful = await lawfulPace(db, await runningCampaigns(db), now);
    const campaigns = lawful.map(({ campaign }) => campaign);
    const [zones, counts] = await Promise.all([
      callableZonesOf(db, campaigns, now).then((open) => lawfulZones(db, open, now)),
      countLeads(db, [...new Set(campaigns.flatMap(({ listIds }) => listIds))]),
    ]);
    known = new Map(
      lawful.map(({ campaign, abandonLaw }): [number, DialledCampaign] => {
        const { id, listIds } = campaign;
        const ready = listIds.reduce((sum, listId) => sum + counts.get(listId)!.ready, 0);
        const emptyUntil = known.get(id)?.emptyUntil ?? 0;
        return [id, { campaign, abandonLaw, zones: zones.get(id)!, ready, emptyUntil }];
      }),
    );
    // What changed while we read may not be in what was read.
    readAt = changes === begunAt ? now : -Infinity;
  }

  const stop = events.on("campaign.changed", ({ campaignId }) => {
    const entry = known.get(campaignId);
    if (entry) entry.emptyUntil = 0;
    changes++;
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
