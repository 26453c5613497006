import { sql } from "kysely";
import type { LeadWhy } from "../../../../shared/campaigns.ts";
import { notFound } from "../../../kernel/errors.ts";
import { campaignsOfList, findStartProblems } from "../../campaigns/index.ts";
import { examine, type ExaminedRow, examinedColumns, type WhyParts } from "./examine.ts";

/** For each campaign that has the lead's list. Errors: `not-found`. */
export async function whyNotDialled(
  parts: WhyParts,
  leadId: number,
  now: number,
): Promise<LeadWhy["campaigns"]> {
  const { db } = parts.database;
  const lead = await db.selectFrom("leads").select("list_id").where("id", "=", leadId).executeTakeFirst();
  if (!lead) throw notFound("lead", leadId);
  const answers: LeadWhy["campaigns"] = [];
  for (const campaign of await campaignsOfList(db, lead.list_id)) {
    const { rows } = await sql<ExaminedRow>`
      select ${examinedColumns(campaign, now)} from leads l where l.id = ${leadId}`.execute(db);
    const [why] = await examine(parts, campaign, rows, now);
    if (!why) continue;
    answers.push({
      id: campaign.id,
      name: campaign.name,
      status: campaign.status,
      reason: why.reason,
      from: why.from === null ? null : new Date(why.from).toISOString(),
      refusedBy: why.refusedBy,
      problems: await findStartProblems(db, campaign),
    });
  }
  return answers;
}
