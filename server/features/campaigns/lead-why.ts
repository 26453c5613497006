import type { Db } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { CampaignDetail, FunnelReason, LeadWhy } from "../../../shared/campaigns.ts";
import { nextOpening } from "../../../shared/hours.ts";
import type { LeadStatus } from "../../../shared/lists.ts";
import { leadStatus } from "../lists/index.ts";
import { campaignsOfList } from "./queries.ts";
import { findStartProblems } from "./run-campaign.ts";

interface Lead {
  status: LeadStatus;
  timeZone: string;
  /** ms; -Infinity: at once. */
  dueAt: number;
  ownerUserId: number | null;
}

/** Which of the funnel's reasons is this lead's, and from when (ms) it may be dialled; null: at once, or never. Pure. */
export function reasonOfLead(
  lead: Lead,
  campaign: Pick<CampaignDetail, "hours">,
  now: number,
): { reason: FunnelReason; from: number | null } {
  if (lead.status !== "ready") return { reason: lead.status, from: null };
  if (lead.ownerUserId !== null) return { reason: "owned", from: null };
  const opening = nextOpening(campaign.hours, Math.max(now, lead.dueAt), lead.timeZone);
  if (lead.dueAt > now) return { reason: "due-later", from: opening };
  if (opening !== now) return { reason: "outside-hours", from: opening };
  return { reason: "dialable", from: null };
}

/** For each campaign that has the lead's list. Errors: `not-found`. */
export async function whyNotDialled(db: Db, leadId: number, now: number): Promise<LeadWhy["campaigns"]> {
  const row = await db
    .selectFrom("leads")
    .select(["list_id", leadStatus.as("status"), "time_zone", "due_at", "owner_user_id"])
    .where("id", "=", leadId)
    .executeTakeFirst();
  if (!row) throw notFound("lead", leadId);
  const lead = {
    status: row.status,
    timeZone: row.time_zone,
    dueAt: Number(row.due_at),
    ownerUserId: row.owner_user_id,
  };
  const campaigns = await campaignsOfList(db, row.list_id);
  return Promise.all(
    campaigns.map(async (campaign) => {
      const { reason, from } = reasonOfLead(lead, campaign, now);
      return {
        id: campaign.id,
        name: campaign.name,
        status: campaign.status,
        reason,
        from: from === null ? null : new Date(from).toISOString(),
        problems: await findStartProblems(db, campaign),
      };
    }),
  );
}
