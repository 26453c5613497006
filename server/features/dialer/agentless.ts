/** What agentless campaigns go by: their own calls per second, and how many of their calls ask for an agent. */
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { needsAgents } from "../../../shared/broadcasts.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { CallView } from "../calls/index.ts";
import type { PacedCampaign } from "./pacing.ts";

export interface AgentlessPace extends Disposable {
  /** Undefined for a campaign of another mode, or without a message. */
  at(campaign: CampaignDetail, calls: readonly CallView[], nowMs: number): PacedCampaign["agentless"];
  /** So many were dialled. */
  took(campaignId: number, calls: number): void;
}

/** Before anything is known of a campaign, two of ten calls ask for an agent. */
const prior = { transfers: 2, calls: 10 };

export function createAgentlessPace(events: EventBus): AgentlessPace {
  const buckets = new Map<number, { tokens: number; at: number }>();
  const seen = new Map<number, { transfers: number; calls: number }>();

  const stop = events.on("call.changed", ({ call, from }) => {
    const { campaign, origin } = call.plan;
    if (origin !== "agentless" || !campaign) return;
    const counts = seen.get(campaign.id) ?? { ...prior };
    seen.set(campaign.id, counts);
    const { state } = call.core;
    if (from === "message" && state === "waiting") counts.transfers++;
    if (from !== "closed" && state === "closed") counts.calls++;
  });

  function tokens(id: number, perSecond: number, nowMs: number): number {
    // A burst of a second at most; a rate below one still makes whole calls.
    const most = Math.max(1, perSecond);
    const bucket = buckets.get(id) ?? { tokens: Math.min(1, most), at: nowMs };
    buckets.set(id, bucket);
    bucket.tokens = Math.min(most, bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * perSecond);
    bucket.at = nowMs;
    return Math.floor(bucket.tokens + 1e-9);
  }

  return {
    at(campaign, calls, nowMs) {
      const { agentless, id } = campaign;
      if (campaign.mode !== "agentless" || !agentless) return undefined;
      const { transfers, calls: counted } = seen.get(id) ?? prior;
      const waiting = calls.filter(
        ({ plan, core }) =>
          plan.campaign?.id === id && plan.origin === "agentless" && core.state === "waiting",
      );
      return {
        concurrency: agentless.concurrency,
        rate: tokens(id, agentless.callsPerSecond, nowMs),
        transferShare: needsAgents(agentless) ? Math.min(1, transfers / counted) : null,
        waiting: waiting.length,
      };
    },
    took(id, calls) {
      const bucket = buckets.get(id);
      if (bucket) bucket.tokens -= calls;
    },
    [Symbol.dispose]: stop,
  };
}
