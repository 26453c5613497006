import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import {
  anyCallbackDue,
  cancelCallback,
  claimCallback,
  type DueCallback,
  returnCallback,
} from "../callbacks/index.ts";
import type { Calls, CallPlan } from "../calls/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { claimLead, isLeadOpen } from "../lists/index.ts";
import { planOf } from "./plan-of.ts";

/** The lead is in another call just now: later. */
const busyMs = 5 * 60_000;

const isReady = ({ state, legUp }: Agent) => state === "ready" && legUp;

/**
 * Dials what was promised: a due callback goes to its agent as soon as they are ready, one for anybody to whoever
 * is ready first. The agent is taken before the call is placed, so that nobody answers into silence.
 */
export function createCallbacks(deps: {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  clock: Clock;
  log: Log;
}): (running: ReadonlySet<number>) => Promise<void> {
  const { database, agents, calls, clock, log } = deps;

  async function planFor(callback: DueCallback, callId: string, agent: Agent): Promise<CallPlan | undefined> {
    const campaign =
      callback.campaignId === null ? null : ((await findCampaign(database.db, callback.campaignId)) ?? null);
    if (callback.leadId === null)
      return {
        callId,
        direction: "outbound",
        origin: "callback",
        phone: callback.phone,
        name: callback.name ?? "",
        timeZone: callback.timeZone ?? "UTC",
        campaign,
        listId: null,
        leadId: null,
        customerId: callback.customerId,
        leadAttempts: 0,
        agentUserId: agent.userId,
        callbackId: callback.id,
      };
    const { leadId } = callback;
    const lead = await database.transact((tx) => claimLead(tx, leadId, callId));
    if (!lead) return undefined;
    const plan = planOf({ ...lead, phone: callback.phone }, campaign, "callback", agent.userId);
    return { ...plan, customerId: callback.customerId ?? lead.customerId, callbackId: callback.id };
  }

  /** In another call it waits; a lead that is gone or excluded ends the promise. */
  async function leadNotFree(callback: DueCallback, giveBack: (dueAt: Date) => Promise<void>): Promise<void> {
    if (callback.leadId !== null && (await isLeadOpen(database.db, callback.leadId)))
      return giveBack(new Date(clock.now() + busyMs));
    const close = { reason: "lead-gone", byUserId: null, at: new Date(clock.now()), dialling: true };
    await database.transact((tx) => cancelCallback(tx, callback.id, close));
  }

  async function place(callback: DueCallback, agent: Agent): Promise<void> {
    const callId = newId(clock.now());
    const giveBack = (dueAt?: Date) => database.transact((tx) => returnCallback(tx, callback.id, dueAt));
    if (!agents.feed(agent.userId, { type: "dial", callId }).ok) return giveBack();
    try {
      const plan = await planFor(callback, callId, agent);
      if (!plan) {
        agents.feed(agent.userId, { type: "call-failed", callId });
        return await leadNotFree(callback, giveBack);
      }
      const [placed] = await calls.placeCalls(async () => [plan], callId);
      if (placed!.allowed) return;
      agents.feed(agent.userId, { type: "call-failed", callId });
      agents.notice(agent.userId, "callback-refused", { rules: placed!.refusedBy, retryAt: placed!.retryAt });
    } catch (error) {
      log.error({ err: error, callbackId: callback.id }, "a callback could not be dialled");
      agents.feed(agent.userId, { type: "call-failed", callId });
      await giveBack(new Date(clock.now() + busyMs));
    }
  }

  return async (running) => {
    const now = new Date(clock.now());
    const userIds = agents.all().flatMap((agent) => (isReady(agent) ? agent.userId : []));
    if (userIds.length === 0) return;
    if (!(await anyCallbackDue(database.db, { userIds, campaignIds: [...running], now }))) return;
    for (const agent of agents.all()) {
      if (!isReady(agent)) continue;
      const campaignIds = agent.campaignIds.filter((id) => running.has(id));
      const callback = await database.transact((tx) =>
        claimCallback(tx, { userId: agent.userId, campaignIds, now }),
      );
      if (callback) await place(callback, agent);
    }
  };
}
