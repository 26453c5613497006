import { sql } from "kysely";
import type { CollectedLeads } from "../../../shared/collect-leads.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { copiedColumns, copiedValues } from "./copy-leads.ts";
import { compileConditions } from "./filter/compile.ts";
import "./tables.ts";

/** Leads of these statuses are collected, each status a range of `leads_by_status`. */
export const collectedStatuses = ({ stillReady }: CollectedLeads) =>
  stillReady ? (["done", "ready"] as const) : (["done"] as const);

/** Is `leads l` wanted? Of its list and status the caller speaks. */
function wanted({ campaignId, outcomes, conditions }: CollectedLeads, now: number) {
  const byCampaign = sql`exists (select from calls c where c.lead_id = l.id and c.campaign_id = ${campaignId})`;
  return sql`not exists (select from lead_claims c where c.lead_id = l.id and not c.buffered)
    and ${outcomes.length > 0 ? sql`l.last_outcome = any(${[...outcomes]}::text[])` : sql`true`}
    and ${conditions ? compileConditions(conditions, "l", now) : sql`true`}
    and ${campaignId === null ? sql`true` : byCampaign}`;
}

export async function countCollected(
  db: Db,
  collected: CollectedLeads,
  now: number,
): Promise<{ leads: number; numbers: number }> {
  const { rows } = await sql<{ leads: number; numbers: number }>`
    select count(*) as leads, count(distinct l.phone) as numbers from leads l
    where l.list_id = any(${collected.listIds}::integer[])
      and l.status = any(${[...collectedStatuses(collected)]}::text[]) and ${wanted(collected, now)}`.execute(
    db,
  );
  return rows[0]!;
}

export interface CollectStep {
  /** Leads that were wanted, and the last of them; 0: there are no more. */
  seen: number;
  lastId: number | null;
  /** Of the new leads; a number that the list has already is left out. */
  added: number;
  firstNew: number | null;
  lastNew: number | null;
}

/** Copies the next leads of one list and status, in the order of import, after this id. */
export async function collectStep(
  tx: Tx,
  collected: CollectedLeads,
  step: {
    importId: number;
    toListId: number;
    fromListId: number;
    status: string;
    after: number;
    limit: number;
    now: number;
  },
): Promise<CollectStep> {
  const { rows } = await sql<CollectStep>`
    with picked as materialized (
      select l.* from leads l
      where l.list_id = ${step.fromListId} and l.status = ${step.status} and l.id > ${step.after}
        and ${wanted(collected, step.now)}
      order by l.id limit ${step.limit}
    ), added as (
      insert into leads (list_id, import_id, ${copiedColumns})
      select ${step.toListId}, ${step.importId}, ${copiedValues} from picked l order by l.id
      on conflict (phone, list_id) do nothing returning id
    )
    select (select count(*) from picked) as seen, (select max(id) from picked) as "lastId", count(*) as added,
      min(id) as "firstNew", max(id) as "lastNew" from added`.execute(tx);
  return rows[0]!;
}
