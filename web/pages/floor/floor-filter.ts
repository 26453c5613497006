import type { AgentState } from "../../../shared/desk.ts";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";

export interface FloorFilter {
  campaignId: number | null;
  state: AgentState | null;
  /** Part of an agent's or customer's name, or of a number. */
  text: string;
}
export const noFilter: FloorFilter = { campaignId: null, state: null, text: "" };

export interface FloorItems {
  agents: LiveAgent[];
  calls: LiveCall[];
  campaigns: LiveCampaign[];
}

/** What needs a supervisor first: states in the order of the page. */
const order: Record<AgentState, number> = {
  talking: 0,
  ringing: 1,
  preview: 2,
  "wrap-up": 3,
  ready: 4,
  connecting: 5,
  paused: 6,
  "signed-out": 7,
};

/** Narrows the floor to a campaign, a state, a text; agents by state then longest first, calls oldest first. */
export function applyFilter(filter: FloorFilter, items: FloorItems): FloorItems {
  const text = filter.text.trim().toLowerCase();
  const has = (...parts: string[]) => text === "" || parts.some((part) => part.toLowerCase().includes(text));
  const { campaignId, state } = filter;
  return {
    campaigns: items.campaigns
      .filter((campaign) => campaignId === null || campaign.campaignId === campaignId)
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
    agents: items.agents
      .filter((agent) => agent.state !== "signed-out")
      .filter((agent) => campaignId === null || agent.campaignIds.includes(campaignId))
      .filter((agent) => state === null || agent.state === state)
      .filter((agent) => has(agent.name))
      .sort((a, b) => order[a.state] - order[b.state] || a.since.localeCompare(b.since)),
    calls: items.calls
      .filter((call) => campaignId === null || call.campaignId === campaignId)
      .filter((call) => has(call.name, call.phone))
      .sort((a, b) => a.since.localeCompare(b.since)),
  };
}

function rank(campaign: LiveCampaign): number {
  return campaign.status === "running" ? 0 : 1;
}
