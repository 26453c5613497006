/** What the door says to a call: the gate's answer and the barring rules', and the number that it shows. */
import type { Tx } from "../../kernel/db.ts";
import { closeCallback } from "../callbacks/index.ts";
import type { CallerIds } from "../caller-ids/index.ts";
import { mostAttempts } from "../campaigns/index.ts";
import type { Candidate, DecisionRow } from "../compliance/index.ts";
import { finishLead } from "../lists/index.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import type { CallPlan } from "./active-call.ts";
import type { StepRow } from "./queries-steps.ts";
import { stepFacts } from "./step-rules.ts";

/** A planned call as the gate is asked about it. */
export const candidateOf = (plan: CallPlan): Candidate => ({
  callId: plan.callId,
  origin: plan.origin,
  phone: plan.phone,
  timeZone: plan.timeZone,
  campaignId: plan.campaign?.id ?? null,
  leadId: plan.leadId,
  customerId: plan.customerId,
  agentGuaranteed: plan.agentUserId !== null,
  leadAttempts: plan.leadAttempts,
  atAnyHour: plan.atAnyHour ?? false,
  rules: plan.campaign && {
    hours: plan.campaign.hours,
    limits: { ...plan.campaign.attempts, perLead: mostAttempts(plan.campaign) },
  },
});

const refusedBy = (row: DecisionRow) =>
  row.decision.reasons.filter((reason) => !reason.allowed).map((reason) => reason.rule);

/** What the door says to a call: the gate's answer, and the number it shows over which trunks. */
export interface Verdict {
  at: Date;
  allowed: boolean;
  refusedBy: string[];
  retryAt: number | null;
  barredBy: string | null;
  callerId: string | null;
  /** In order. */
  trunkIds: number[];
  /** Why this number of a pool; null: of no pool. */
  why: string | null;
}

export function eventsOf(plan: CallPlan, verdict: Verdict): StepRow[] {
  const { allowed, at, callerId, why } = verdict;
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
      ? { ...planned, type: "allowed", to: "dialling", data: why === null ? {} : { callerId, why } }
      : {
          ...planned,
          type: "refused",
          to: "closed",
          data: {
            rules: verdict.refusedBy,
            retryAt: verdict.retryAt,
            ...(verdict.barredBy !== null && { barredBy: verdict.barredBy }),
          },
        },
  ];
}

export async function finishRefused(tx: Tx, plan: CallPlan, { retryAt, at }: Verdict): Promise<void> {
  if (plan.callbackId !== undefined)
    await closeCallback(tx, plan.callbackId, { type: "refused", retryAt }, at.getTime());
  if (plan.leadId === null) return;
  await finishLead(tx, {
    leadId: plan.leadId,
    callId: plan.callId,
    at: at.getTime(),
    outcome: "refused",
    effect: null,
    dispositionId: null,
    dialled: false,
    retryAt,
    phone: plan.phone,
    ...(await stepFacts(tx, { ...plan, leadId: plan.leadId, outcome: "refused" })),
  });
}

export function createVerdicts(deps: {
  callerIds: CallerIds;
  /** In the order in which they are tried. */
  trunks: () => readonly TrunkSettings[];
}) {
  const enabledTrunks = () => deps.trunks().filter((trunk) => trunk.enabled);

  const trunksOf = ({ campaign }: CallPlan): number[] =>
    campaign?.trunkIds.length ? campaign.trunkIds : enabledTrunks().map((trunk) => trunk.id);

  /** Without a pool: the campaign's own, else what its first trunk may show; if the plan asks so, one not seen yet. */
  function callerIdOf(plan: CallPlan): string | null {
    const [first] = trunksOf(plan);
    const ofTrunk = deps.trunks().find((trunk) => trunk.id === first)?.callerIds ?? [];
    const own = plan.campaign?.callerId;
    const shown = [...(own ? [own] : []), ...ofTrunk];
    return shown.find((number) => !plan.avoidCallerIds?.includes(number)) ?? shown[0] ?? null;
  }

  /** The gate's answers, and for calls it allows a number of their campaign's pool; with none left they wait. */
  async function verdictsOf(
    tx: Tx,
    plans: readonly CallPlan[],
    { gate, barred }: { gate: ReadonlyMap<string, DecisionRow>; barred: ReadonlyMap<string, string> },
    now: number,
  ): Promise<Map<string, Verdict>> {
    const asked = plans.flatMap((plan) => {
      const { callId, phone, leadId, avoidCallerIds: avoid = [] } = plan;
      const poolId = plan.campaign?.callerIdPoolId ?? null;
      if (poolId === null || barred.has(callId) || !gate.get(callId)!.decision.allowed) return [];
      return [{ callId, phone, leadId, avoid, poolId, trunkIds: trunksOf(plan) }];
    });
    const choices = await deps.callerIds.choose(tx, asked, now);
    const verdicts = plans.map((plan): [string, Verdict] => {
      const row = gate.get(plan.callId)!;
      const { allowed, retryAt } = row.decision;
      const barredBy = barred.get(plan.callId) ?? null;
      const base = { at: new Date(now), allowed, refusedBy: refusedBy(row), retryAt, why: null, barredBy };
      const nothing = { allowed: false, callerId: null, trunkIds: [] };
      // Our own rules stand before the law's.
      if (barredBy !== null)
        return [plan.callId, { ...base, ...nothing, refusedBy: ["barred"], retryAt: null }];
      const choice = choices.get(plan.callId);
      if (!choice) return [plan.callId, { ...base, callerId: callerIdOf(plan), trunkIds: trunksOf(plan) }];
      if (!choice.chosen)
        return [plan.callId, { ...base, ...nothing, refusedBy: ["caller-ids"], retryAt: choice.retryAt }];
      const { number: callerId, trunkIds, why } = choice.chosen;
      return [plan.callId, { ...base, callerId, trunkIds, why }];
    });
    const shown = verdicts.flatMap(([, { allowed, callerId }]) => (allowed && callerId ? [callerId] : []));
    await deps.callerIds.count(tx, shown, now);
    return new Map(verdicts);
  }

  return { callerIdOf, verdictsOf };
}
