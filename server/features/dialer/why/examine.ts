import { sql } from "kysely";
import type { CampaignDetail } from "../../../../shared/campaigns.ts";
import type { LeadStatus } from "../../../../shared/lists.ts";
import type { Database, Db, Tx } from "../../../kernel/db.ts";
import type { AgentRegistry } from "../../agents/index.ts";
import type { CallerIds } from "../../caller-ids/index.ts";
import { candidateOf } from "../../calls/index.ts";
import { mostAttempts, quotasReachedBy } from "../../campaigns/index.ts";
import { decideCalls } from "../../compliance/index.ts";
import {
  asClaimed,
  claimedColumns,
  type ClaimedRow,
  compileConditions,
  leadStatusOf,
} from "../../lists/index.ts";
import { planOf } from "../plan-of.ts";
import { type Why, whyOf } from "./reasons.ts";

/** What `examine` needs of a lead, with what a claim gives. */
export type ExaminedRow = Omit<ClaimedRow, "call_id"> & {
  status: LeadStatus;
  status_reason: string | null;
  due_at: Date | number;
  owner_unit_id: number | null;
  kept: boolean;
};

export interface Examined extends Why {
  leadId: number;
  listId: number;
  /** Rules of the gate that refuse it now. */
  refusedBy: string[];
}

export interface WhyParts {
  database: Database;
  agents: AgentRegistry;
  callerIds: Pick<CallerIds, "room" | "roomFrom">;
}

/** Columns of `leads l` for `examine`. */
export function examinedColumns(campaign: CampaignDetail, now: number) {
  const kept = campaign.leadFilter ? compileConditions(campaign.leadFilter, "l", now) : sql`true`;
  return sql`${claimedColumns}, ${leadStatusOf("l")} as status, l.status_reason, l.due_at, l.owner_unit_id,
    ${kept} as kept`;
}

/** Agents who are signed in to the campaign, and the units whose leads they may take. */
async function presentIn(db: Db, agents: AgentRegistry, campaignId: number) {
  const userIds = agents.all().flatMap((a) => (a.campaignIds.includes(campaignId) ? a.userId : []));
  const { rows } = await sql<{ unit_id: number }>`
    with recursive up as (
      select org_unit_id as unit_id from users where id = any(${userIds}::integer[]) and org_unit_id is not null
      union select o.parent_id from up join org_units o on o.id = up.unit_id where o.parent_id is not null
    ) select unit_id from up`.execute(db);
  return { users: new Set(userIds), units: new Set(rows.map((row) => row.unit_id)) };
}

/** When the campaign's pool has a number again; null: it has one, or there is no pool. */
async function numbersFrom({ callerIds }: WhyParts, { callerIdPoolId: id, trunkIds }: CampaignDetail) {
  return id === null || (await callerIds.room(id, trunkIds)) > 0 ? null : callerIds.roomFrom(id);
}

/** What the gate would say of these leads now; it holds no numbers and stores nothing. */
async function gateOf(tx: Tx, campaign: CampaignDetail, leads: readonly ExaminedRow[], now: number) {
  const candidates = leads.map((row) => {
    const lead = asClaimed({ ...row, call_id: `why-${row.id}` }, campaign.afterCall.phoneOrder);
    return candidateOf(planOf(lead, campaign, campaign.mode, lead.ownerUserId));
  });
  const rows = await decideCalls(tx, candidates, now, { dry: true });
  return new Map(rows.map((row) => [row.callId, row.decision]));
}

/**
 * Why each of these leads is, or is not, dialled by the campaign now: the claim's conditions, and for those that a claim
 * would take now or later, the gate that every call passes.
 */
export async function examine(
  parts: WhyParts,
  campaign: CampaignDetail,
  leads: readonly ExaminedRow[],
  now: number,
): Promise<Examined[]> {
  const { database, agents } = parts;
  const { db } = database;
  const noNumberUntil = await numbersFrom(parts, campaign);
  const present = await presentIn(db, agents, campaign.id);
  const full = await quotasReachedBy(db, campaign, now);
  const ready = leads.filter((lead) => lead.status === "ready" && lead.kept);
  const gate = await database.transact((tx) => gateOf(tx, campaign, ready, now));
  return leads.map((row) => {
    const decision = gate.get(`why-${row.id}`);
    const refused = (decision?.reasons ?? []).filter((reason) => !reason.allowed);
    const { owner_user_id: user, owner_unit_id: unit } = row;
    const why = whyOf(
      {
        status: row.status,
        statusReason: row.status_reason,
        kept: row.kept,
        quotaReached: user === null && unit === null && full.has(row.list_id),
        attempts: row.attempts,
        maxAttempts: mostAttempts(campaign),
        ownerPresent:
          user !== null ? present.users.has(user) : unit !== null ? present.units.has(unit) : null,
        dueAt: Number(row.due_at),
        refused: refused.map(({ rule, detail }) => ({
          rule: rule === "do-not-call" && detail["source"] === "lock" ? "lock" : rule,
          holiday: Boolean(detail["holiday"]),
        })),
        retryAt: decision?.retryAt ?? null,
        numbersFrom: noNumberUntil,
      },
      now,
    );
    return { leadId: row.id, listId: row.list_id, refusedBy: refused.map(({ rule }) => rule), ...why };
  });
}
