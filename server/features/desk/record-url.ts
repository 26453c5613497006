import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { DeskLead } from "../../../shared/desk.ts";
import { externalIdOf, fillRecordUrl } from "../../../shared/record-url.ts";
import type { DeskUser } from "./desk-state.ts";

/** Where this record stands in the company's own system, as far as this person may know it. */
export function recordUrlOf(
  campaign: Pick<CampaignDetail, "id" | "recordUrl"> | null,
  lead: DeskLead,
  user: Pick<DeskUser, "seesPhones">,
  call?: { callId: string; data?: Record<string, unknown> },
): string | null {
  if (!campaign?.recordUrl) return null;
  const fields = Object.fromEntries(lead.fields.map(({ key, value }) => [key, value]));
  return fillRecordUrl(campaign.recordUrl, {
    externalId: externalIdOf(fields, call?.data ?? null),
    callId: call?.callId ?? null,
    leadId: lead.leadId,
    customerId: lead.customerId,
    campaignId: campaign.id,
    phone: user.seesPhones ? lead.phone : null,
    name: lead.name,
    fields,
  });
}
