/**
 * The one door to the telephone network. Nothing reaches a customer but through `placeCalls`: it claims, asks
 * the compliance gate, writes down the answer, and only when all of that is committed asks the switch.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import type { Barring } from "../barring/index.ts";
import type { CallerIds } from "../caller-ids/index.ts";
import { decideCalls, insertDecisions, type Screening } from "../compliance/index.ts";
import { releaseLead } from "../lists/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import { activate, type ActiveCall, type CallPlan, wantsSummary } from "./active-call.ts";
import { heardAfterAnswer, isSorted, mannerOf, newSorting } from "./answer-sorting.ts";
import { affinityOf } from "./affinity.ts";
import type { CallCore } from "./call-core.ts";
import { callStep } from "./call-machine.ts";
import { candidateOf, createVerdicts, eventsOf, finishRefused, type Verdict } from "./door-verdict.ts";
import { insertCalls } from "./queries.ts";
import { appendEvents } from "./queries-steps.ts";
import type { CallRunner } from "./runner.ts";

export interface PlacedCall {
  callId: string;
  allowed: boolean;
  /** The rules that refused. */
  refusedBy: string[];
  retryAt: number | null;
  /** The barring rule, by its name. */
  barredBy: string | null;
}

export interface Door {
  /**
   * `claim` runs first in the door's transaction and says which calls to place; in one of its own while there are
   * services to ask about the numbers, so that nothing is held while they answer. Resolves when all calls are either
   * under way or refused. `callId`: of the one call that an agent waits for meanwhile.
   */
  placeCalls(claim: (tx: Tx) => Promise<CallPlan[]>, callId?: string): Promise<PlacedCall[]>;
  /** The door is being asked for the call of this id. */
  isPlacing(callId: string): boolean;
  /** The number that a call shows. */
  callerIdOf(plan: CallPlan): string | null;
}

export const plannedCore = (plan: CallPlan): CallCore => ({
  state: "planned",
  origin: plan.origin,
  agentUserId: plan.direction === "inbound" ? null : plan.agentUserId,
  wrapUp: wantsSummary(plan),
  message: plan.origin === "agentless",
  heard: false,
  queue: plan.direction === "outbound" && plan.campaign?.abandonment.first === "queue",
  outcome: null,
  abandoned: false,
  endedBy: null,
  talked: false,
  asked: false,
  written: false,
});

export function createDoor(deps: {
  database: Database;
  switch: Switch;
  recordings: Recordings;
  callerIds: CallerIds;
  runner: CallRunner;
  screening: Screening;
  barring: Pick<Barring, "check">;
  /** In the order in which they are tried. */
  trunks: () => readonly TrunkSettings[];
  clock: Clock;
  events: EventBus;
  log: Log;
}): Door {
  const { database, recordings, runner, clock, events, log } = deps;
  const { callerIdOf, verdictsOf } = createVerdicts(deps);

  function originate(call: ActiveCall, { callerId, trunkIds }: Verdict): void {
    const { campaign, phone } = call.plan;
    const isRecorded = campaign?.record ?? call.plan.tellsOfBox === undefined;
    const record = isRecorded ? recordings.prepare(clock.now()) : undefined;
    if (record) call.recording = record;
    if (isSorted(call.plan)) call.sorting = newSorting(call.plan);
    deps.switch.originate({
      legId: call.legId,
      destination: { kind: "trunk", trunkIds, number: phone },
      callerId: callerId ?? undefined,
      ringTimeoutMs: campaign?.ringTimeoutMs ?? 45_000,
      affinity: affinityOf(campaign?.id),
      record,
      ...(call.sorting && {
        detect: {
          early: ["progress", "announcements"],
          answered: heardAfterAnswer,
          manner: mannerOf(call.plan),
        },
      }),
    });
  }

  function start(plan: CallPlan, verdict: Verdict): void {
    const step = callStep(plannedCore(plan), { type: "allowed" });
    if (!("call" in step)) throw new Error("a planned call that was allowed does not dial");
    const call = activate(plan, step.call, clock.now());
    runner.add(call);
    log.info({ callId: call.id, origin: plan.origin, campaignId: plan.campaign?.id }, "call placed");
    originate(call, verdict);
    events.publish("call.changed", { call, from: "planned" });
  }

  /** Claims, asks the gate and writes its answers down, all of it or nothing. */
  function decide(claim: (tx: Tx) => Promise<CallPlan[]>) {
    return database.transact(async (tx) => {
      const plans = await claim(tx);
      const at = clock.now();
      const barred = await deps.barring.check(
        tx,
        plans.map(({ callId, phone, agentUserId, askedBy }) => {
          return { callId, phone, userId: askedBy ?? agentUserId };
        }),
      );
      const decisions = await decideCalls(tx, plans.map(candidateOf), at);
      const gate = new Map(decisions.map((row) => [row.callId, row]));
      const verdicts = await verdictsOf(tx, plans, { gate, barred }, at);
      await insertCalls(
        tx,
        plans.map((plan) => ({ plan, ...verdicts.get(plan.callId)! })),
      );
      await insertDecisions(tx, decisions);
      await appendEvents(
        tx,
        plans.flatMap((plan) => eventsOf(plan, verdicts.get(plan.callId)!)),
      );
      for (const plan of plans) {
        const verdict = verdicts.get(plan.callId)!;
        if (!verdict.allowed) await finishRefused(tx, plan, verdict);
      }
      return { plans, verdicts };
    });
  }

  async function decideAfterScreening(claim: (tx: Tx) => Promise<CallPlan[]>) {
    const plans = await database.transact(claim);
    try {
      await deps.screening.ask(plans.map((plan) => plan.phone));
      return await decide(async () => plans);
    } catch (error) {
      // As if the claim had been undone with the rest.
      await database.transact(async (tx) => {
        for (const { leadId, callId } of plans)
          if (leadId !== null) await releaseLead(tx, { leadId, callId });
      });
      throw error;
    }
  }

  const placing = new Set<string>();

  async function place(claim: (tx: Tx) => Promise<CallPlan[]>): Promise<PlacedCall[]> {
    const screened = await deps.screening.isNeeded();
    const { plans, verdicts } = await (screened ? decideAfterScreening(claim) : decide(claim));
    return plans.map((plan) => {
      const verdict = verdicts.get(plan.callId)!;
      const { allowed, retryAt, refusedBy, barredBy } = verdict;
      if (allowed) start(plan, verdict);
      else {
        log.info({ callId: plan.callId, rules: refusedBy }, "call refused");
        events.publish("call.closed", {
          callId: plan.callId,
          campaignId: plan.campaign?.id ?? null,
          agentUserId: plan.agentUserId,
          outcome: "refused",
        });
      }
      return { callId: plan.callId, allowed, refusedBy, retryAt, barredBy };
    });
  }

  return {
    callerIdOf,
    isPlacing: (callId) => placing.has(callId),
    async placeCalls(claim, callId) {
      if (callId !== undefined) placing.add(callId);
      try {
        return await place(claim);
      } finally {
        if (callId !== undefined) placing.delete(callId);
      }
    },
  };
}
