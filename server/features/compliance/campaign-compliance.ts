/** What each campaign says about the law: its pack, purpose, consent, and which dispositions rest a number. */
import { sql } from "kysely";
import { campaignCompliance, type CampaignCompliance } from "../../../shared/rule-packs.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export type StoredCompliance = CampaignCompliance & {
  basis: { text: string; byUserId: number | null; at: number } | null;
};

export const defaultCompliance: StoredCompliance = { ...campaignCompliance.parse({}), basis: null };

/** A row of `campaign_compliance`; the time in ms. */
export interface SaidRow {
  campaignId: number;
  rulePack: string | null;
  purpose: CampaignCompliance["purpose"];
  callKind: CampaignCompliance["callKind"];
  perPersonPerDay: number | null;
  consentBasis: string;
  consentBasisBy: number | null;
  consentBasisAt: number | null;
}

/** A query of one value: an array of `SaidRow`. */
export const campaignsSaid = (campaignIds: readonly number[]) => sql<SaidRow[]>`
  select coalesce(json_agg(json_build_object('campaignId', campaign_id, 'rulePack', rule_pack, 'purpose', purpose,
    'callKind', call_kind, 'perPersonPerDay', per_person_per_day, 'consentBasis', consent_basis,
    'consentBasisBy', consent_basis_by,
    'consentBasisAt', floor(extract(epoch from consent_basis_at) * 1000)::bigint)), '[]')
  from campaign_compliance where campaign_id = any(${campaignIds}::integer[])`;

/** By campaign; without their locks, which the gate reads with the calls. A campaign that says nothing is left out. */
export const saidBy = (rows: readonly SaidRow[]): Map<number, StoredCompliance> =>
  new Map(
    rows.map(({ campaignId, consentBasisBy: byUserId, consentBasisAt, ...said }) => {
      const text = said.consentBasis;
      const basis = text === "" ? null : { text, byUserId, at: consentBasisAt ?? 0 };
      return [campaignId, { ...said, locks: [], basis }];
    }),
  );

export async function complianceOf(
  db: Db,
  campaignIds: readonly number[],
): Promise<Map<number, StoredCompliance>> {
  const { rows } = await sql<{ said: SaidRow[] }>`select (${campaignsSaid(campaignIds)}) as said`.execute(db);
  return saidBy(rows[0]!.said);
}

/** All that a campaign says, its locks included. */
export async function readCompliance(db: Db, campaignId: number): Promise<CampaignCompliance> {
  const { basis: _, ...said } = (await complianceOf(db, [campaignId])).get(campaignId) ?? defaultCompliance;
  const locks = await db
    .selectFrom("disposition_locks")
    .select(["disposition_id", "hours", "cause", "everywhere"])
    .where("campaign_id", "=", campaignId)
    .orderBy("disposition_id")
    .execute();
  return {
    ...said,
    locks: locks.map((row) => ({
      dispositionId: row.disposition_id,
      hours: row.hours,
      cause: row.cause,
      everywhere: row.everywhere,
    })),
  };
}

/** Replaces what a campaign says. Whoever changes the basis of consent stands for it from then on. */
export async function writeCompliance(
  tx: Tx,
  campaignId: number,
  said: CampaignCompliance,
  { at, userId }: { at: Date; userId: number | null },
): Promise<void> {
  const before = (await complianceOf(tx, [campaignId])).get(campaignId)?.basis;
  const same = before?.text === said.consentBasis;
  const row = {
    campaign_id: campaignId,
    rule_pack: said.rulePack,
    purpose: said.purpose,
    call_kind: said.callKind,
    per_person_per_day: said.perPersonPerDay,
    consent_basis: said.consentBasis,
    consent_basis_by: same ? (before?.byUserId ?? null) : said.consentBasis === "" ? null : userId,
    consent_basis_at: same && before ? new Date(before.at) : said.consentBasis === "" ? null : at,
  };
  await tx
    .insertInto("campaign_compliance")
    .values(row)
    .onConflict((oc) => oc.column("campaign_id").doUpdateSet(row))
    .execute();
  await tx.deleteFrom("disposition_locks").where("campaign_id", "=", campaignId).execute();
  if (said.locks.length === 0) return;
  await tx
    .insertInto("disposition_locks")
    .values(
      said.locks.map((lock) => ({
        disposition_id: lock.dispositionId,
        campaign_id: campaignId,
        hours: lock.hours,
        cause: lock.cause,
        everywhere: lock.everywhere,
      })),
    )
    .execute();
}
