/**
 * The one door to the telephone network. Nothing reaches a customer but through `placeCalls`: it claims, asks
 * the compliance gate, writes down the answer, and only when all of that is committed asks the switch.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import { type Candidate, type DecisionRow, decideCalls, insertDecisions } from "../compliance/index.ts";
import { mostAttempts } from "../campaigns/index.ts";
import { finishLead } from "../lists/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import { activate, type ActiveCall, type CallPlan, wantsSummary } from "./active-call.ts";
import { affinityOf } from "./affinity.ts";
import { type CallCore, callStep } from "./call-machine.ts";
import { closeCallback, insertCalls } from "./queries.ts";
import { appendEvents, type StepRow } from "./queries-steps.ts";
import type { CallRunner } from "./runner.ts";
import { stepFacts } from "./step-rules.ts";

export interface PlacedCall {
  callId: string;
  allowed: boolean;
  /** The rules that refused. */
  refusedBy: string[];
  retryAt: number | null;
}

export interface Door {
  /**
   * `claim` runs first in the door's transaction and says which calls to place. Answers when all of them are
   * either under way or refused.
   */
  placeCalls(claim: (tx: Tx) => Promise<CallPlan[]>): Promise<PlacedCall[]>;
}

export const plannedCore = (plan: CallPlan): CallCore => ({
  state: "planned",
  origin: plan.origin,
  agentUserId: plan.direction === "outbound" ? plan.agentUserId : null,
  wrapUp: wantsSummary(plan),
  outcome: null,
  abandoned: false,
  endedBy: null,
});

const candidateOf = (plan: CallPlan): Candidate => ({
  callId: plan.callId,
  origin: plan.origin,
  phone: plan.phone,
  timeZone: plan.timeZone,
  campaignId: plan.campaign?.id ?? null,
  leadId: plan.leadId,
  customerId: plan.customerId,
  agentGuaranteed: plan.agentUserId !== null,
  leadAttempts: plan.leadAttempts,
  rules: plan.campaign && {
    hours: plan.campaign.hours,
    limits: { ...plan.campaign.attempts, perLead: mostAttempts(plan.campaign) },
  },
});

const refusedBy = (row: DecisionRow) =>
  row.decision.reasons.filter((reason) => !reason.allowed).map((reason) => reason.rule);

function eventsOf(plan: CallPlan, row: DecisionRow, at: Date): StepRow[] {
  const { allowed } = row.decision;
  const planned: StepRow = {
    callId: plan.callId,
    from: "planned",
    to: "planned",
    columns: {},
    type: "planned",
    at,
    data: { origin: plan.origin, leadId: plan.leadId },
  };
  return [
    planned,
    allowed
      ? { ...planned, type: "allowed", to: "dialling", data: {} }
      : {
          ...planned,
          type: "refused",
          to: "closed",
          data: { rules: refusedBy(row), retryAt: row.decision.retryAt },
        },
  ];
}

async function finishRefused(tx: Tx, plan: CallPlan, row: DecisionRow): Promise<void> {
  const { retryAt } = row.decision;
  if (plan.callbackId !== undefined)
    await closeCallback(tx, plan.callbackId, retryAt === null ? "cancelled" : "waiting", row.facts.at);
  if (plan.leadId === null) return;
  await finishLead(tx, {
    leadId: plan.leadId,
    callId: plan.callId,
    at: row.facts.at,
    outcome: "refused",
    effect: null,
    dispositionId: null,
    dialled: false,
    retryAt,
    phone: plan.phone,
    ...(await stepFacts(tx, { ...plan, leadId: plan.leadId, outcome: "refused" })),
  });
}

export function createDoor(deps: {
  database: Database;
  switch: Switch;
  recordings: Recordings;
  runner: CallRunner;
  /** In the order in which they are tried. */
  trunks: () => readonly TrunkSettings[];
  clock: Clock;
  events: EventBus;
  log: Log;
}): Door {
  const { database, recordings, runner, clock, events, log } = deps;

  const enabledTrunks = () => deps.trunks().filter((trunk) => trunk.enabled);

  /** The campaign's own, else what its first trunk may show; one that the person has not seen, if the plan asks for it. */
  function callerIdOf(plan: CallPlan): string | null {
    const first = plan.campaign?.trunkIds[0] ?? enabledTrunks()[0]?.id;
    const ofTrunk = deps.trunks().find((trunk) => trunk.id === first)?.callerIds ?? [];
    const own = plan.campaign?.callerId;
    const shown = [...(own ? [own] : []), ...ofTrunk];
    return shown.find((number) => !plan.avoidCallerIds?.includes(number)) ?? shown[0] ?? null;
  }

  function originate(call: ActiveCall): void {
    const { campaign, phone } = call.plan;
    const record = !campaign || campaign.record ? recordings.prepare(clock.now()) : undefined;
    if (record) call.recording = record;
    const trunkIds = campaign?.trunkIds.length ? campaign.trunkIds : enabledTrunks().map((trunk) => trunk.id);
    deps.switch.originate({
      legId: call.legId,
      destination: { kind: "trunk", trunkIds, number: phone },
      callerId: callerIdOf(call.plan) ?? undefined,
      ringTimeoutMs: campaign?.ringTimeoutMs ?? 45_000,
      affinity: affinityOf(campaign?.id),
      record,
    });
  }

  function start(plan: CallPlan): void {
    const step = callStep(plannedCore(plan), { type: "allowed" });
    if (!("call" in step)) throw new Error("a planned call that was allowed does not dial");
    const call = activate(plan, step.call, clock.now());
    runner.add(call);
    log.info({ callId: call.id, origin: plan.origin, campaignId: plan.campaign?.id }, "call placed");
    originate(call);
    events.publish("call.changed", { call, from: "planned" });
  }

  return {
    async placeCalls(claim) {
      const { plans, decisions } = await database.transact(async (tx) => {
        const plans = await claim(tx);
        const at = clock.now();
        const decisions = await decideCalls(tx, plans.map(candidateOf), at);
        const byCall = new Map(decisions.map((row) => [row.callId, row]));
        const when = new Date(at);
        await insertCalls(
          tx,
          plans.map((plan) => ({
            plan,
            callerId: callerIdOf(plan),
            allowed: byCall.get(plan.callId)!.decision.allowed,
            at: when,
          })),
        );
        await insertDecisions(tx, decisions);
        await appendEvents(
          tx,
          plans.flatMap((plan) => eventsOf(plan, byCall.get(plan.callId)!, when)),
        );
        for (const plan of plans) {
          const row = byCall.get(plan.callId)!;
          if (!row.decision.allowed) await finishRefused(tx, plan, row);
        }
        return { plans, decisions: byCall };
      });
      return plans.map((plan) => {
        const row = decisions.get(plan.callId)!;
        const { allowed, retryAt } = row.decision;
        if (allowed) start(plan);
        else {
          log.info({ callId: plan.callId, rules: refusedBy(row) }, "call refused by the gate");
          events.publish("call.closed", {
            callId: plan.callId,
            campaignId: plan.campaign?.id ?? null,
            agentUserId: plan.agentUserId,
            outcome: "refused",
          });
        }
        return { callId: plan.callId, allowed, refusedBy: refusedBy(row), retryAt };
      });
    },
  };
}
