import { sql } from "kysely";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { advisoryLocks, advisoryLockSpaces } from "../../kernel/advisory-locks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { readSettings } from "../settings/index.ts";
import { isPlain, type ListTally, quotasReached } from "./list-mix.ts";
import "./tables.ts";

/** What each list has given to the campaign, in the campaign's order; today is the company's. */
export async function listTallies(
  db: Db,
  campaign: Pick<CampaignDetail, "id" | "listIds">,
  now: number,
): Promise<ListTally[]> {
  const { timeZone } = await readSettings(db);
  const at = new Date(now);
  const { rows } = await sql<ListTally>`
    with tallied as (
      select list_id, sum(dials) as dials, sum(successes) as successes,
        coalesce(sum(dials) filter (where t.at >= date_trunc('day', ${at}::timestamptz, ${timeZone})), 0) as "dialsPerDay",
        coalesce(sum(successes) filter (where t.at >= date_trunc('day', ${at}::timestamptz, ${timeZone})), 0)
          as "successesPerDay",
        coalesce(sum(dials) filter (where t.at >= date_bin('15 minutes', ${at}::timestamptz, 'epoch')), 0) as recent
      from list_tallies t where campaign_id = ${campaign.id} group by 1
    ), held as (
      select c.list_id, count(*) as n from lead_claims c left join calls k on k.id = c.call_id
      where c.list_id = any(${campaign.listIds}::integer[]) and k.dialled_at is null group by 1
    )
    select l.id as "listId", coalesce(t.dials, 0) as dials, coalesce(t."dialsPerDay", 0) as "dialsPerDay",
      coalesce(t.successes, 0) as successes, coalesce(t."successesPerDay", 0) as "successesPerDay",
      coalesce(t.recent, 0) as recent, coalesce(h.n, 0) as held
    from unnest(${campaign.listIds}::integer[]) with ordinality as l (id, place)
      left join tallied t on t.list_id = l.id left join held h on h.list_id = l.id
    order by l.place`.execute(db);
  return rows;
}

/** Lists that give the campaign no more leads, by a quota. */
export async function quotasReachedBy(db: Db, campaign: CampaignDetail, now: number): Promise<Set<number>> {
  if (isPlain(campaign.listMix)) return new Set();
  const tallies = await listTallies(db, campaign, now);
  return new Set(
    tallies.filter((tally) => quotasReached(campaign.listMix, tally).length > 0).map((tally) => tally.listId),
  );
}

/** Claims of one campaign come one after the other from here to the end of the transaction. */
export async function lockClaims(tx: Tx, campaignId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLockSpaces.claims}::integer, ${campaignId}::integer)`.execute(
    tx,
  );
}

/** Sums the differences up. Two at once: the second does nothing. */
export async function foldTallies(tx: Tx): Promise<void> {
  await sql`
    with alone as materialized (select pg_try_advisory_xact_lock(${advisoryLocks.tallies}::bigint) as mine),
    gone as (
      delete from list_tallies t where (select mine from alone) and (campaign_id, list_id, at) in (
        select campaign_id, list_id, at from list_tallies group by 1, 2, 3 having count(*) > 1)
      returning *)
    insert into list_tallies
      select campaign_id, list_id, at, sum(dials), sum(successes) from gone group by 1, 2, 3`.execute(tx);
}
