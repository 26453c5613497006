/** The loop of outbound dialling: look, decide, claim, place. */
import { isPacedOrigin } from "../../../shared/calls.ts";
import type { CampaignDetail, DialMode } from "../../../shared/campaigns.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import { type Database, isConnectionLost, type Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { CallerIds } from "../caller-ids/index.ts";
import type { Calls, CallPlan } from "../calls/index.ts";
import { claimForCampaign } from "../campaigns/index.ts";
import { type ClaimedLead, releaseLead, takeHeld } from "../lists/index.ts";
import { isSpent } from "./abandon-law.ts";
import { createAbandonWindows } from "./abandon-windows.ts";
import { createAgentlessPace } from "./agentless.ts";
import { createCallbacks } from "./callbacks.ts";
import { createCampaignCache, type DialledCampaign } from "./campaign-cache.ts";
import "./events.ts";
import { createCarrierHealth } from "./carrier-health.ts";
import { createGivingUp } from "./give-up.ts";
import { pace, type Paced, type PacedCampaign } from "./pacing.ts";
import { type DialerStatus, statusOf } from "./dialer-status.ts";
import { planOf } from "./plan-of.ts";
import { createLeadBuffer } from "./predictive/lead-buffer.ts";
import { createLivePolicies, type Insight } from "./predictive/live-policies.ts";
import type { Previews } from "./previews.ts";
import { createTrunkBudget } from "./trunk-budget.ts";

export interface Dialer extends AsyncDisposable {
  /** What holds this campaign back now; undefined when it is not running. */
  status(campaignId: number): DialerStatus | undefined;
  /** Campaigns that have a status. */
  running(): number[];
  /** What its policy expects, and what is left of its budget; undefined: it has none. */
  insight(campaignId: number): Insight | undefined;
  /** Calls for which leads are held that its policies choose among. */
  heldCallIds(): string[];
  /** Begins to dial. */
  start(): void;
  /** No new calls; resolves when none is being placed any more. */
  stop(): Promise<void>;
  /** One look, for tests and after an event. */
  look(): Promise<void>;
}

const everyMs = 250;
const callbacksEveryMs = 1_000;
/** A list that had nothing to claim is asked again after this, or when the campaign changes. */
const emptyMs = 2_000;
const inFlight = new Set(["planned", "dialling", "ringing", "message", "waiting"]);

export function createDialer(deps: {
  database: Database;
  agents: AgentRegistry;
  /** Callers of queues do not need this agent. */
  isSpare: (userId: number) => boolean;
  calls: Calls;
  previews: Previews;
  callerIds: Pick<CallerIds, "room">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Dialer {
  const { database, agents, isSpare, calls, previews, clock, events, log } = deps;
  const cache = createCampaignCache({ db: database.db, clock, events });
  const carriers = createCarrierHealth({ clock, events });
  const budget = createTrunkBudget(carriers);
  const dialCallbacks = createCallbacks({ database, agents, calls, clock, log });
  const agentless = createAgentlessPace(events);
  const givingUp = createGivingUp({ calls, agents, clock, events });
  const policies = createLivePolicies({ database, agents, isSpare, calls, givingUp, clock, events, log });
  const buffer = createLeadBuffer({ database, clock, events });
  const abandons = createAbandonWindows({ db: database.db, clock });
  const statuses = new Map<number, DialerStatus>();
  /** Calls that a campaign's pool of caller IDs can give a number now; campaigns without a pool are absent. */
  let rooms = new Map<number, number>();
  let callbacksAt = -Infinity;
  let turn = 0;
  let started: Timer | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  function shortOf(entry: DialledCampaign): PacedCampaign["shortOf"] {
    if (entry.zones.length === 0) return entry.ready > 0 ? "outside-hours" : "no-leads";
    if (rooms.get(entry.campaign.id) === 0) return "caller-ids";
    if (buffer.of(entry.campaign.id).length > 0) return null;
    const leftMs = entry.emptyUntil - clock.now();
    if (leftMs <= 0 || leftMs > emptyMs) return null;
    return entry.ready > 0 ? "no-leads-due" : "no-leads";
  }

  /** A predictive campaign that could dial now. */
  function choosesLeads(entry: DialledCampaign, lines: ReturnType<typeof budget.at>): boolean {
    const { id, mode, trunkIds } = entry.campaign;
    const isStaffed = agents.all().some((agent) => agent.campaignIds.includes(id));
    return mode === "predictive" && isStaffed && lines.free(trunkIds).up && !shortOf(entry);
  }

  async function roomsOf(entries: DialledCampaign[]): Promise<typeof rooms> {
    const found = new Map<number, number>();
    for (const { campaign } of entries) {
      const { callerIdPoolId: poolId, trunkIds } = campaign;
      if (poolId !== null) found.set(campaign.id, await deps.callerIds.room(poolId, trunkIds));
    }
    return found;
  }

  /** Lines of each campaign that have reached nobody yet. */
  function linesInFlight(): Map<number, { campaign: CampaignDetail; lines: number }> {
    const flying = new Map<number, { campaign: CampaignDetail; lines: number }>();
    for (const call of calls.active()) {
      const { campaign, origin } = call.plan;
      const own = isPacedOrigin(origin) || origin === "agentless";
      if (!campaign || !own || !inFlight.has(call.core.state)) continue;
      if (call.core.abandoned || givingUp.wasGivenUp(call.id)) continue;
      flying.set(campaign.id, { campaign, lines: (flying.get(campaign.id)?.lines ?? 0) + 1 });
    }
    return flying;
  }

  function snapshot(entries: DialledCampaign[], lines: ReturnType<typeof budget.at>): PacedCampaign[] {
    const flying = linesInFlight();
    const all = agents.all();
    const dialling = entries.filter((entry) => !shortOf(entry) && lines.free(entry.campaign.trunkIds).up);
    const shares = policies.share(dialling.map((entry) => entry.campaign));
    const paced = (campaign: CampaignDetail) => ({
      id: campaign.id,
      mode: campaign.mode,
      priority: campaign.priority,
      ratio: campaign.ratio,
      lawSpent: abandons.at(campaign.id).some(isSpent),
      readyAgents: agents
        .ready(campaign.id)
        .map((agent) => agent.userId)
        .filter(isSpare),
      signedIn: all.filter((agent) => agent.campaignIds.includes(campaign.id)).length,
      linesInFlight: flying.get(campaign.id)?.lines ?? 0,
    });
    const running = entries.map((entry): PacedCampaign => {
      const { campaign } = entry;
      const trunks = lines.free(campaign.trunkIds);
      const linesFree = Math.min(trunks.lines, rooms.get(campaign.id) ?? Infinity);
      const share = shares.get(campaign.id) ?? [];
      return {
        ...paced(campaign),
        status: campaign.status,
        owned: new Set(share.map((agent) => agent.userId)),
        linesFree,
        agentless: agentless.at(campaign, calls.active(), clock.now()),
        shortOf: shortOf(entry),
        trunkUp: trunks.up,
        predict: (taken) =>
          policies.decide(entry, {
            agents: share.filter((agent) => !taken.has(agent.userId)),
            linesFree,
            leads: buffer.of(campaign.id),
            law: abandons.at(campaign.id),
          }),
      };
    });
    const ids = new Set(entries.map((entry) => entry.campaign.id));
    // What still rings for a campaign that was paused holds its agents, too.
    const pausing = [...flying.values()]
      .filter(({ campaign }) => !ids.has(campaign.id))
      .map(({ campaign }): PacedCampaign => {
        return { ...paced(campaign), status: "paused", linesFree: 0, shortOf: null, trunkUp: true };
      });
    return [...running, ...pausing];
  }

  /** Leads assigned to an agent come to that agent alone, who is taken for the call at once. */
  async function planClaimed(tx: Tx, entry: DialledCampaign, leads: ClaimedLead[], taken: string[]) {
    const plans: CallPlan[] = [];
    const mode = entry.campaign.mode as Exclude<DialMode, "preview">;
    for (const lead of leads) {
      const owner = lead.ownerUserId;
      const free = owner === null || agents.feed(owner, { type: "dial", callId: lead.callId }).ok;
      if (!free) await releaseLead(tx, { leadId: lead.id, callId: lead.callId });
      else plans.push(planOf(lead, entry.campaign, mode, owner));
      if (free && owner !== null) taken.push(lead.callId);
    }
    return plans;
  }

  function letGo(userIds: Iterable<number>, callId: string): void {
    for (const userId of userIds)
      if (agents.get(userId)?.callId === callId) agents.feed(userId, { type: "call-failed", callId });
  }

  /** Assigned leads, then those that were held and chosen, then the next ones. */
  async function leadsFor(tx: Tx, { campaign, zones }: DialledCampaign, paced: Paced) {
    const claim = { count: paced.dials, now: clock.now(), zones, ownerUserIds: paced.agents };
    if (buffer.of(campaign.id).length === 0) return claimForCampaign(tx, campaign, claim);
    const assigned = await claimForCampaign(tx, campaign, { ...claim, assignedOnly: true });
    const held = buffer.take(campaign.id, paced.prefer ?? [], paced.dials - assigned.length);
    const leads = [
      ...assigned,
      ...(await takeHeld(tx, held, { phoneOrder: campaign.afterCall.phoneOrder, now: claim.now })),
    ];
    const rest = { ...claim, count: paced.dials - leads.length, ownerUserIds: [] };
    return rest.count > 0 ? [...leads, ...(await claimForCampaign(tx, campaign, rest))] : leads;
  }

  async function dial(entry: DialledCampaign, paced: Paced): Promise<void> {
    const { campaign } = entry;
    const taken: string[] = [];
    let claimed = 0;
    const owners = paced.agents;
    try {
      const placed = await calls.placeCalls(async (tx) => {
        const begun = performance.now();
        const leads = await leadsFor(tx, entry, paced);
        claimed = leads.length;
        events.publish("dialer.claimed", { leads: claimed, ms: performance.now() - begun });
        return planClaimed(tx, entry, leads, taken);
      });
      for (const { callId, allowed } of placed) if (!allowed) letGo(owners, callId);
    } catch (error) {
      for (const callId of taken) letGo(owners, callId);
      throw error;
    }
    agentless.took(campaign.id, claimed);
    if (claimed < paced.dials) entry.emptyUntil = clock.now() + emptyMs;
  }

  async function offerPreviews(entry: DialledCampaign, paced: Paced): Promise<void> {
    for (const userId of paced.agents) {
      if (await previews.offer(userId, entry.campaign, entry.zones)) continue;
      entry.emptyUntil = clock.now() + emptyMs;
      return;
    }
  }

  async function lookOnce(): Promise<void> {
    givingUp.giveUpStranded();
    const entries = await cache.running();
    if (Math.abs(clock.now() - callbacksAt) >= callbacksEveryMs) {
      callbacksAt = clock.now();
      await dialCallbacks(new Set(entries.map((entry) => entry.campaign.id)));
    }
    rooms = await roomsOf(entries);
    await abandons.prepare(entries);
    await policies.prepare(entries.map((entry) => entry.campaign));
    const lines = budget.at(clock.now(), calls.trunks(), calls.trunkStatus());
    await buffer.keep(entries.filter((entry) => choosesLeads(entry, lines)));
    const paced = pace(snapshot(entries, lines), turn++);
    const before = new Set(statuses.keys());
    for (const decision of paced) {
      const entry = entries.find((e) => e.campaign.id === decision.campaignId);
      if (!entry) continue;
      before.delete(decision.campaignId);
      statuses.set(decision.campaignId, statusOf(entry, decision, lines.free(entry.campaign.trunkIds)));
      givingUp.giveUp(decision.giveUp);
      if (decision.dials === 0) continue;
      if (entry.campaign.mode === "preview") {
        await offerPreviews(entry, decision);
        continue;
      }
      // Another campaign may have taken lines of the same trunk.
      const dials = Math.min(decision.dials, lines.free(entry.campaign.trunkIds).lines);
      lines.take(entry.campaign.trunkIds, dials);
      if (dials > 0) await dial(entry, { ...decision, dials });
    }
    for (const id of before) statuses.delete(id);
    events.publish("dialer.looked", { campaignIds: [...statuses.keys()] });
  }

  /** Without the database nothing is dialled: no claim, no gate, no record. What rings and talks goes on. */
  function stumbled(error: unknown): void {
    log.error({ err: error }, "the dialler stumbled");
    if (!isConnectionLost(error)) return;
    for (const id of statuses.keys()) statuses.set(id, { limit: "database-down", detail: {} });
    events.publish("dialer.looked", { campaignIds: [...statuses.keys()] });
  }

  async function run(): Promise<void> {
    again = false;
    await lookOnce().catch(stumbled);
    if (again && started) return run();
    looking = undefined;
  }

  function look(): Promise<void> {
    if (looking) again = true;
    return (looking ??= run());
  }

  const wake = () => void (started && look());
  const stops = [
    events.on("agent.changed", ({ from, agent }) => {
      if (agent.state === "ready" && from !== "ready") wake();
    }),
    events.on("call.closed", wake),
    events.on("campaign.changed", wake),
  ];

  async function stop(): Promise<void> {
    started?.cancel();
    started = undefined;
    await looking;
    await policies
      .save()
      .catch((error: unknown) =>
        log.error({ err: error }, "what the dialler has learned could not be stored"),
      );
    await buffer.giveBack().catch((error: unknown) => {
      log.error({ err: error }, "leads that were held stay so until the next start");
    });
  }

  return {
    status: (campaignId) => statuses.get(campaignId),
    running: () => [...statuses.keys()],
    insight: (campaignId) => policies.insight(campaignId),
    heldCallIds: () => buffer.callIds(),
    start() {
      started ??= clock.every(everyMs, () => void look());
    },
    stop,
    look,
    async [Symbol.asyncDispose]() {
      for (const off of stops) off();
      await stop();
      policies[Symbol.dispose]();
      buffer[Symbol.dispose]();
      givingUp[Symbol.dispose]();
      agentless[Symbol.dispose]();
      carriers[Symbol.dispose]();
      cache[Symbol.dispose]();
    },
  };
}
