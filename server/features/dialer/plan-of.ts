import type { CallOrigin } from "../../../shared/calls.ts";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { CallPlan } from "../calls/index.ts";
import type { ClaimedLead } from "../lists/index.ts";

/** A claimed lead as a call of its campaign. */
export function planOf(
  lead: ClaimedLead,
  campaign: CampaignDetail | null,
  origin: CallOrigin,
  agentUserId: number | null,
): CallPlan {
  return {
    callId: lead.callId,
    direction: "outbound",
    origin,
    phone: lead.phone,
    name: lead.name,
    timeZone: lead.timeZone,
    campaign,
    listId: lead.listId,
    leadId: lead.id,
    customerId: lead.customerId,
    leadAttempts: lead.attempts,
    leadLastOutcome: lead.lastOutcome,
    agentUserId,
    avoidCallerIds: lead.avoidCallerIds,
    phoneKind: lead.kinds[lead.phones.indexOf(lead.phone)],
  };
}
