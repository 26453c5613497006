/** What each campaign says about the law: its pack, purpose, consent, and which dispositions rest a number. */
import { sql } from "kysely";
import { campaignCompliance, type CampaignCompliance } from "../../../shared/rule-packs.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export type StoredCompliance = CampaignCompliance & {
  basis: { text: string; byUserId: number | null; at: number } | null;
};

export const defaultCompliance: StoredCompliance = { ...campaignCompliance.parse({}), basis: null };

/** By campaign; without their locks, which the gate reads with the calls. A campaign that says nothing is left out. */
export async function complianceOf(
  db: Db,
  campaignIds: readonly number[],
): Promise<Map<number, StoredCompliance>> {
  if (campaignIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("campaign_compliance")
    .selectAll()
    .where("campaign_id", "=", sql<number>`any(${campaignIds}::integer[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.campaign_id,
      {
        rulePack: row.rule_pack,
        purpose: row.purpose,
        callKind: row.call_kind,
        perPersonPerDay: row.per_person_per_day,
        consentBasis: row.consent_basis,
        locks: [],
        basis:
          row.consent_basis === ""
            ? null
            : {
                text: row.consent_basis,
                byUserId: row.consent_basis_by,
                at: row.consent_basis_at?.getTime() ?? 0,
              },
      },
    ]),
  );
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
