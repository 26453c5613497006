/**
 * Makes what is written agree with what is. At start: closes what a crash left open, with a named cause. While
 * running: every few seconds frees what is stuck, and says why in the call's events. It compares twice before
 * it acts, so that something on its way is not taken for lost.
 */
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import { type AgentRegistry, signEverybodyOut } from "../agents/index.ts";
import { closeCallback, releaseCallbacks } from "../callbacks/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { closeVisit, releaseKeptPlaces } from "../queues/index.ts";
import { claimedLeads, finishLead, giveBackHeld, releaseLead } from "../lists/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { finishLate } from "./finish-call.ts";
import { storedResult } from "./message-result.ts";
import { closeOpenCall, lastSign, markAlive, type OpenCall, openCalls } from "./queries.ts";
import type { CallRunner } from "./runner.ts";
import { stepFacts } from "./step-rules.ts";
import { leadEffect, ownRetry, verdictOf } from "./verdict.ts";

export interface Reconciled {
  calls: number;
  leads: number;
  agents: number;
}

/** When the server was last known to run, or the call to live: at most `everyMs` before the crash. Never after now. */
async function lastSeen(database: Database, now: number, callId: string | null = null): Promise<number> {
  const at = await lastSign(database.db, callId);
  return Math.min(now, at?.getTime() ?? now);
}

async function closeLeftOpen(
  database: Database,
  call: OpenCall,
  { cause, endedAt, now }: { cause: string; endedAt: number; now: number },
): Promise<void> {
  const campaign = call.campaign_id === null ? undefined : await findCampaign(database.db, call.campaign_id);
  const outcome = call.connected_at ? "connected" : "crashed";
  await database.transact(async (tx) => {
    await closeOpenCall(tx, call, { outcome, cause, endedAt: new Date(endedAt), at: new Date(now) });
    await closeVisit(tx, call.id, endedAt, { how: "lost", detail: { cause } });
    if (call.callback_id !== null)
      await closeCallback(
        tx,
        call.callback_id,
        { type: outcome === "connected" ? "reached" : "missed" },
        now,
      );
    // What the agent had written counts, a wish not to be called again above all.
    const byKeys = await storedResult(tx, call.id);
    const verdict = call.draft
      ? await finishLate(tx, call, call.draft, {
          userId: call.agent_user_id,
          now,
          form: campaign?.form ?? [],
        })
      : await verdictOf(tx, byKeys.dispositionId, call.campaign_id);
    if (call.lead_id === null) return;
    const own = ownRetry(verdict);
    await finishLead(tx, {
      leadId: call.lead_id,
      callId: call.id,
      at: endedAt,
      outcome,
      effect: leadEffect(verdict, call.draft, byKeys),
      own,
      dispositionId: verdict.dispositionId,
      dialled: call.dialled_at !== null,
      phone: call.phone,
      ...(await stepFacts(tx, {
        callId: call.id,
        leadId: call.lead_id,
        outcome,
        campaign: campaign ?? null,
        own,
      })),
    });
  });
}

/** Once, before anything is dialled. What the crash cut off ended when the server was last alive. */
export async function reconcileAtStart(
  database: Database,
  clock: Clock,
  log: Log,
  cause = "crashed",
): Promise<Reconciled> {
  const now = clock.now();
  const open = await openCalls(database.db);
  for (const call of open)
    await closeLeftOpen(database, call, { cause, endedAt: await lastSeen(database, now, call.id), now });
  const diedAt = new Date(await lastSeen(database, now));
  await database.transact((tx) => giveBackHeld(tx));
  const claimed = await claimedLeads(database.db);
  const agents = await database.transact(async (tx) => {
    for (const { id, callId } of claimed) await releaseLead(tx, { leadId: id, callId, dueAt: now });
    await releaseCallbacks(tx);
    await releaseKeptPlaces(tx, diedAt);
    return signEverybodyOut(tx, diedAt, cause);
  });
  const found = { calls: open.length, leads: claimed.length, agents: agents.length };
  if (found.calls + found.leads + found.agents > 0)
    log.warn({ ...found, cause }, "closed what was left open");
  return found;
}

const everyMs = 5_000;
const withLeg = new Set(["dialling", "ringing", "message", "waiting", "connecting", "talking"]);

export function startReconciler(deps: {
  database: Database;
  switch: Pick<Switch, "legs">;
  agents: Pick<AgentRegistry, "get">;
  runner: Pick<CallRunner, "all" | "get" | "note" | "feed" | "forget">;
  /** Steps of this call are being written. */
  isWriting: (callId: string) => boolean;
  conversations: () => Pick<Conversations, "step">;
  /** A customer has nobody left. */
  alone: (call: ActiveCall) => void;
  /** Leads that others hold for a moment: previews, and those that the dialler chooses among. */
  heldCallIds: () => readonly string[];
  clock: Clock;
  log: Log;
}): Timer & { look(): Promise<void> } {
  const { database, agents, runner, clock, log } = deps;
  let suspects = new Set<string>();
  let running = false;

  /** Was it so at the last look already? */
  function twice(key: string, next: Set<string>): boolean {
    if (suspects.has(key)) log.warn({ stuck: key }, "reconciled");
    else next.add(key);
    return suspects.has(key);
  }

  function lookAtCalls(next: Set<string>): void {
    const alive = new Set(deps.switch.legs());
    for (const call of runner.all()) {
      if (call.core.state === "closed" && !deps.isWriting(call.id) && twice(`closed ${call.id}`, next))
        runner.forget(call);
      if (!withLeg.has(call.core.state) || alive.has(call.legId) || isInternal(call)) continue;
      if (!twice(`leg of ${call.id}`, next)) continue;
      runner.note(call, "reconciled", { data: { why: "the switch knows no leg of this call" } });
      runner.feed(call.id, { type: "leg-ended", cause: "error", by: "switch" });
    }
  }

  /** Nobody stays in a conversation that they have left, and no customer in one that all have left. */
  function lookAtParties(next: Set<string>): void {
    for (const call of runner.all()) {
      if (call.core.state !== "talking") continue;
      for (const { id, kind, state } of call.conversation.parties) {
        const isGone =
          kind.type === "agent"
            ? state === "here" && agents.get(kind.userId)?.callId !== call.id
            : kind.type === "outside" && !runner.get(kind.callId);
        if (isGone && twice(`party ${id} of ${call.id}`, next))
          deps
            .conversations()
            .step(
              call,
              { type: "gone", id },
              { type: "reconciled", data: { why: "the party has left", id } },
            );
      }
      const isAlone = call.conversation.parties.length === 1 && call.slot === null && !call.core.endedBy;
      const isTarget = call.plan.forCallId !== undefined && runner.get(call.plan.forCallId);
      if (isAlone && !isTarget && twice(`customer of ${call.id}`, next)) deps.alone(call);
    }
  }

  async function lookAtDatabase(next: Set<string>): Promise<void> {
    const held = new Set(deps.heldCallIds());
    for (const call of await openCalls(database.db)) {
      if (runner.get(call.id)) continue;
      if (twice(`row of ${call.id}`, next))
        await closeLeftOpen(database, call, { cause: "error", endedAt: clock.now(), now: clock.now() });
    }
    for (const { id, callId } of await claimedLeads(database.db)) {
      if (runner.get(callId) || held.has(callId)) continue;
      if (twice(`lead ${id} ${callId}`, next))
        await database.transact((tx) => releaseLead(tx, { leadId: id, callId }));
    }
  }

  async function look(): Promise<void> {
    if (running) return;
    running = true;
    try {
      await database.transact((tx) => markAlive(tx, new Date(clock.now())));
      const next = new Set<string>();
      lookAtCalls(next);
      lookAtParties(next);
      await lookAtDatabase(next);
      suspects = next;
    } catch (error) {
      log.error({ err: error }, "reconciler");
    } finally {
      running = false;
    }
  }

  const timer = clock.every(everyMs, () => void look());
  return { ...timer, look };
}
