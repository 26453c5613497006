/**
 * How many numbers to dial now, for every campaign at once: a snapshot in, numbers and their reasons out. Pure,
 * so that a past day can be replayed with other settings.
 */
import type { CampaignStatus, DialMode } from "../../../shared/campaigns.ts";

export interface PacedCampaign {
  id: number;
  mode: DialMode;
  status: CampaignStatus;
  /** 9 is dialled first. */
  priority: number;
  /** Lines per ready agent, in ratio mode. */
  ratio: number;
  /** Agents of this campaign who are ready now, longest idle first. */
  readyAgents: readonly number[];
  /** Signed in to this campaign, in whatever state. */
  signedIn: number;
  /** Calls of this campaign that were placed and have reached nobody yet, waiting ones among them. */
  linesInFlight: number;
  /** Lines its trunks can take now: channels and calls per second. */
  linesFree: number;
  /** Null: not known to be short of leads. */
  shortOf: "no-leads" | "no-leads-due" | "outside-hours" | null;
  trunkUp: boolean;
  /** Predictive mode: its policy's answer when the agents in `taken` are counted on by other campaigns. */
  predict?: (taken: ReadonlySet<number>) => { dials: number; limit: Limit };
}

const limits = [
  "running", // as many lines as the mode wants
  "no-agents", // nobody signed in
  "agents-busy", // all of them talk, write, rest, or are counted on by another campaign
  "no-leads",
  "no-leads-due", // those that are left wait for their next try
  "outside-hours",
  "trunk-limit",
  "learning", // predictive: one line for each free agent until enough is known
  "chance", // predictive: as many lines as the abandon ceiling allows
  "budget", // predictive: the day's abandons are spent, one line for each free agent
  "trunk-down",
  "paused",
  "stopped",
  "draft",
] as const;
export type Limit = (typeof limits)[number];

export interface Paced {
  campaignId: number;
  /** New calls; previews to offer, in preview mode. */
  dials: number;
  /** Ready agents that these dials count on. */
  agents: number[];
  limit: Limit;
}

/** Lines wanted for so many agents. A fraction of a line is not dialled. */
export function linesFor(mode: DialMode, ratio: number, agents: number): number {
  return mode === "ratio" ? Math.floor(agents * Math.max(1, ratio) + 1e-9) : agents;
}

/** Its policy counts on agents who are busy yet; those who are free are not there for campaigns of lower priority. */
function pacePredictive(campaign: PacedCampaign, taken: Set<number>): Paced {
  const free = campaign.readyAgents.filter((agent) => !taken.has(agent));
  const short: Limit | null = campaign.trunkUp ? campaign.shortOf : "trunk-down";
  const { dials, limit } = short
    ? { dials: 0, limit: short }
    : (campaign.predict?.(taken) ?? { dials: 0, limit: "agents-busy" as const });
  const agents = free.slice(0, campaign.linesInFlight + dials);
  for (const agent of agents) taken.add(agent);
  return { campaignId: campaign.id, dials, agents, limit };
}

function paceOne(campaign: PacedCampaign, taken: Set<number>): Paced {
  const none = (limit: Limit): Paced => ({ campaignId: campaign.id, dials: 0, agents: [], limit });
  if (campaign.status !== "running") return none(campaign.status);
  if (campaign.signedIn === 0) return none("no-agents");
  if (campaign.mode === "predictive") return pacePredictive(campaign, taken);
  if (campaign.readyAgents.length === 0) return none("agents-busy");
  const free = campaign.readyAgents.filter((agent) => !taken.has(agent));
  if (free.length === 0) return none("agents-busy");
  const preview = campaign.mode === "preview";
  if (!preview && !campaign.trunkUp) return none("trunk-down");
  const wanted =
    linesFor(campaign.mode, campaign.ratio, free.length) - (preview ? 0 : campaign.linesInFlight);
  // Lines under way count on agents, too: those are not there for campaigns of lower priority.
  const perAgent = campaign.mode === "ratio" ? Math.max(1, campaign.ratio) : 1;
  const take = (lines: number) => {
    const agents = free.slice(0, Math.ceil(lines / perAgent));
    for (const agent of agents) taken.add(agent);
    return agents;
  };
  const flying = preview ? 0 : campaign.linesInFlight;
  if (campaign.shortOf) {
    take(flying);
    return none(campaign.shortOf);
  }
  const dials = Math.max(0, preview ? wanted : Math.min(wanted, campaign.linesFree));
  const agents = take(flying + dials);
  const short = dials < wanted ? "trunk-limit" : "running";
  return { campaignId: campaign.id, dials, agents, limit: short };
}

/**
 * Campaigns in order of priority share the ready agents: each counts on its own, and what one has counted on is
 * not there for the next. Campaigns of one priority take turns (`turn`, any growing number).
 */
export function pace(campaigns: readonly PacedCampaign[], turn = 0): Paced[] {
  const taken = new Set<number>();
  const shift = campaigns.length === 0 ? 0 : turn % campaigns.length;
  const rotated = [...campaigns.slice(shift), ...campaigns.slice(0, shift)];
  return rotated.sort((a, b) => b.priority - a.priority).map((campaign) => paceOne(campaign, taken));
}
