import type { Queues } from "../queues/index.ts";
import { type ActiveCall, wantsSummary } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

/**
 * A caller, and whoever is called back who kept a place, is handled as the queue says that they come to first: with its
 * campaign's script, form, dispositions and wrap-up. Whom a campaign called, as they were called.
 */
export function handleAs(
  { queues, runner }: { queues: Pick<Queues, "campaignOf">; runner: Pick<CallRunner, "note"> },
  call: ActiveCall,
  queueId: number,
): void {
  const { plan, core } = call;
  const campaign = queues.campaignOf(queueId);
  if (!campaign || (plan.direction !== "inbound" && !plan.keptPlace) || core.talked) return;
  if (plan.campaign?.id === campaign.id) return;
  plan.campaign = campaign;
  call.core = { ...core, wrapUp: wantsSummary(plan) };
  runner.note(call, null, { columns: { campaign_id: campaign.id } });
}
