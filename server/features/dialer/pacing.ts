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
  /** The abandoned calls that the law allows are used up: one line for each free agent, whatever the ratio. */
  lawSpent?: boolean;
  /** Agents of this campaign who are ready now, longest idle first. */
  readyAgents: readonly number[];
  /** Of all its agents those who count for it and no other campaign; absent: all. */
  owned?: ReadonlySet<number>;
  /** Signed in to this campaign, in whatever state. */
  signedIn: number;
  /** Calls of this campaign that were placed and have reached nobody yet, waiting ones among them. */
  linesInFlight: number;
  /** Lines its trunks can take now, channels and calls per second, and its pool of caller IDs can give a number. */
  linesFree: number;
  /** Null: not known to be short of leads or caller IDs. */
  shortOf: "no-leads" | "no-leads-due" | "outside-hours" | "caller-ids" | null;
  trunkUp: boolean;
  /** Agentless mode. */
  agentless?: {
    /** Lines at once. */
    concurrency: number;
    /** Calls that its own calls-per-second limit leaves now. */
    rate: number;
    /** Share of dialled calls that ask for an agent; null: none can. */
    transferShare: number | null;
    /** Of the lines in flight, those that wait for an agent. */
    waiting: number;
  };
  /** Predictive mode: its policy's answer when the agents in `taken` are counted on by other campaigns. */
  predict?: (taken: ReadonlySet<number>) => Prediction;
}

export interface Prediction {
  dials: number;
  limit: Limit;
  /** Held leads to dial first, by the ids of their calls. */
  prefer?: readonly string[];
  /** Ringing calls whose answer would find nobody. */
  giveUp?: readonly string[];
}

const limits = [
  "running", // as many lines as the mode wants
  "no-agents", // nobody signed in
  "agents-busy", // all of them talk, write, rest, or are counted on by another campaign
  "no-leads",
  "no-leads-due", // those that are left wait for their next try
  "outside-hours",
  "caller-ids", // every number of its pool has reached its cap, or rests
  "concurrency", // agentless: as many lines as it may have
  "call-rate", // agentless: as many calls per second as it may place
  "trunk-limit", // its channels are in use
  "rate-limit", // as many calls a second as it takes
  "carrier-refuses", // every call; one is tried now and then
  "carrier-silent", // answered calls without a sound; one is tried now and then
  "learning", // predictive: one line for each free agent until enough is known
  "chance", // predictive: as many lines as the abandon ceiling allows
  "budget", // predictive: the day's abandons are spent, or those of the law (ratio as well): one line for each free agent
  "trunk-down",
  "database-down",
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
  /** Of the leads held for it, those to dial first. */
  prefer?: readonly string[] | undefined;
  /** Ringing calls to give up. */
  giveUp: readonly string[];
}

/** Lines wanted for so many agents. A fraction of a line is not dialled. */
export function linesFor(mode: DialMode, ratio: number, agents: number): number {
  return mode === "ratio" ? Math.floor(agents * Math.max(1, ratio) + 1e-9) : agents;
}

const perAgent = ({ mode, ratio, lawSpent }: PacedCampaign) =>
  mode === "ratio" && !lawSpent ? Math.max(1, ratio) : 1;
const isOwn = (campaign: PacedCampaign, agent: number) => campaign.owned?.has(agent) ?? true;

/** People who will ask for an agent, on the average, when so many lines are in flight. */
const transfersOf = ({ transferShare, waiting }: NonNullable<PacedCampaign["agentless"]>, flying: number) =>
  transferShare === null ? 0 : waiting + transferShare * Math.max(0, flying - waiting);

/** Agents whom its lines in flight will ask for. */
function expectedOf(campaign: PacedCampaign): number {
  const { agentless, linesInFlight } = campaign;
  if (campaign.mode !== "agentless") return linesInFlight / perAgent(campaign);
  return agentless ? transfersOf(agentless, linesInFlight) : 0;
}

/**
 * Agents who are spoken for: each line in flight of any campaign counts on one, before any campaign dials anew. Its own
 * come first, then those who work for few others.
 */
function hold(campaign: PacedCampaign, taken: Set<number>, campaignsOf: (agent: number) => number): number[] {
  const { mode, readyAgents, linesInFlight } = campaign;
  if (mode === "preview" || linesInFlight === 0) return [];
  const free = readyAgents.filter((agent) => !taken.has(agent));
  const rank = (agent: number) => (isOwn(campaign, agent) ? 0 : 1000) + campaignsOf(agent);
  // Most lines of a predictive campaign come to nothing: it holds nobody whom others may dial for.
  const candidates = mode === "predictive" ? free.filter((agent) => isOwn(campaign, agent)) : free;
  const held = candidates.sort((a, b) => rank(a) - rank(b)).slice(0, Math.ceil(expectedOf(campaign) - 1e-9));
  for (const agent of held) taken.add(agent);
  return held;
}

/** Its policy counts on agents who are busy yet; those who are free are not there for campaigns of lower priority. */
function pacePredictive(campaign: PacedCampaign, taken: Set<number>, held: number[]): Paced {
  const short: Limit | null = campaign.trunkUp ? campaign.shortOf : "trunk-down";
  const others = new Set([...taken].filter((agent) => !held.includes(agent)));
  const { dials, limit, prefer, giveUp }: Prediction = short
    ? { dials: 0, limit: short }
    : (campaign.predict?.(others) ?? { dials: 0, limit: "agents-busy" as const });
  const more = campaign.readyAgents
    .filter((agent) => !taken.has(agent) && isOwn(campaign, agent))
    .slice(0, Math.max(0, campaign.linesInFlight + dials - held.length));
  for (const agent of more) taken.add(agent);
  const agents = [...held, ...more];
  return { campaignId: campaign.id, dials, agents, limit, prefer, giveUp: giveUp ?? [] };
}

/** As many lines and calls per second as it may have, but no more people asking for an agent than agents are free. */
function paceAgentless(campaign: PacedCampaign, taken: Set<number>, held: number[]): Paced {
  const { id: campaignId, agentless, linesInFlight: flying, linesFree } = campaign;
  const of = (dials: number, limit: Limit): Paced => ({ campaignId, dials, agents: [], limit, giveUp: [] });
  if (!agentless) return of(0, "stopped");
  const { concurrency, rate, transferShare, waiting } = agentless;
  const wanted = concurrency - flying;
  const bounds: [number, Limit][] = [
    [wanted, "concurrency"],
    [linesFree, "trunk-limit"],
    [rate, "call-rate"],
  ];
  const free = campaign.readyAgents.filter((agent) => !taken.has(agent));
  if (transferShare !== null) {
    if (campaign.signedIn === 0) return of(0, "no-agents");
    const lines = (held.length + free.length - waiting) / transferShare - (flying - waiting);
    bounds.unshift([Math.floor(lines + 1e-9), "agents-busy"]);
  }
  const [least, reason] = bounds.reduce((least, bound) => (bound[0] < least[0] ? bound : least));
  const short: Limit | null = campaign.trunkUp ? campaign.shortOf : "trunk-down";
  const dials = short ? 0 : Math.max(0, least);
  const expected = Math.ceil(transfersOf(agentless, flying + dials) - 1e-9);
  for (const agent of free.slice(0, Math.max(0, expected - held.length))) taken.add(agent);
  return of(dials, short ?? (least === wanted && wanted > 0 ? "running" : reason));
}

function paceOne(
  campaign: PacedCampaign,
  taken: Set<number>,
  held: number[],
  may: (agent: number) => boolean,
): Paced {
  const { id: campaignId, mode, linesInFlight } = campaign;
  const none = (limit: Limit): Paced => ({ campaignId, dials: 0, agents: held, limit, giveUp: [] });
  if (campaign.status !== "running") return none(campaign.status);
  if (mode === "agentless") return paceAgentless(campaign, taken, held);
  if (campaign.signedIn === 0) return none("no-agents");
  if (mode === "predictive") return pacePredictive(campaign, taken, held);
  if (campaign.readyAgents.length === 0) return none("agents-busy");
  const free = campaign.readyAgents.filter((agent) => !taken.has(agent) && may(agent));
  const preview = mode === "preview";
  if (!preview && !campaign.trunkUp) return none("trunk-down");
  // What cannot dial counts on nobody: that it cannot is the reason, not that its agents count for others.
  if (campaign.shortOf) return none(campaign.shortOf);
  if (free.length + held.length === 0) return none("agents-busy");
  const flying = preview ? 0 : linesInFlight;
  const wanted = Math.max(0, linesFor(mode, perAgent(campaign), held.length + free.length) - flying);
  const dials = preview ? wanted : Math.min(wanted, campaign.linesFree);
  const backed = dials === 0 ? 0 : Math.ceil((flying + dials) / perAgent(campaign)) - held.length;
  const agents = free.slice(0, Math.max(0, backed));
  for (const agent of agents) taken.add(agent);
  const isSpent = mode === "ratio" && campaign.lawSpent;
  const limit = dials < wanted ? "trunk-limit" : isSpent ? "budget" : "running";
  return { campaignId, dials, agents: [...held, ...agents], limit, giveUp: [] };
}

/** Free agents whom the campaign they count for does not need now. */
function paceLeftOver(campaign: PacedCampaign, paced: Paced, taken: Set<number>): Paced {
  const full = !["running", "budget", "agents-busy"].includes(paced.limit);
  if (campaign.mode === "predictive" || campaign.mode === "agentless" || full) return paced;
  const flying = campaign.linesInFlight + paced.dials;
  const linesFree = campaign.linesFree - paced.dials;
  const held = campaign.mode === "preview" ? [] : paced.agents;
  const more = paceOne({ ...campaign, linesInFlight: flying, linesFree }, taken, held, () => true);
  if (more.dials === 0) return paced;
  const agents = campaign.mode === "preview" ? [...paced.agents, ...more.agents] : more.agents;
  return { ...more, dials: paced.dials + more.dials, agents };
}

/**
 * Campaigns in order of priority share the ready agents; no two ever dial for one of them. Lines in flight hold theirs
 * first; then each campaign dials for those who count for it (`owned`), then for those who are left over. Campaigns of
 * one priority take turns (`turn`, any growing number).
 */
export function pace(campaigns: readonly PacedCampaign[], turn = 0): Paced[] {
  const taken = new Set<number>();
  const shift = campaigns.length === 0 ? 0 : turn % campaigns.length;
  const rotated = [...campaigns.slice(shift), ...campaigns.slice(0, shift)];
  const order = rotated.sort((a, b) => b.priority - a.priority);
  const counts = new Map<number, number>();
  for (const { readyAgents } of order)
    for (const agent of readyAgents) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  const held = order.map((campaign) => hold(campaign, taken, (agent) => counts.get(agent) ?? 0));
  const own = order.map((campaign, i) =>
    paceOne(campaign, taken, held[i]!, (agent) => isOwn(campaign, agent)),
  );
  return order.map((campaign, i) => paceLeftOver(campaign, own[i]!, taken));
}
