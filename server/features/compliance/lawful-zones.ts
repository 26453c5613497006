/** Zones that the law closes, so that the dialler claims no leads there which the gate then refuses one by one. */
import type { CallPurpose, RulePack } from "../../../shared/rule-packs.ts";
import type { Db } from "../../kernel/db.ts";
import { zonesOfCountry } from "../../kernel/phone-zone.ts";
import { readSettings } from "../settings/index.ts";
import { complianceOf, defaultCompliance } from "./campaign-compliance.ts";
import { ownPacks } from "./queries-facts.ts";
import { isOpenAt } from "./rules/opening.ts";
import { builtInPacks, byNumber, packAt } from "./rules/rule-packs.ts";

/**
 * Is the zone closed at `at` (ms) for everybody by the hours of the chosen pack? Hours that a person's own consent
 * lifts close none. With the pack of each number's country, the zone tells the country. Pure.
 */
export function isClosedByLaw(
  packs: readonly RulePack[],
  { choice, purpose }: { choice: string; purpose: CallPurpose },
  timeZone: string,
  at: number,
): boolean {
  const hasZone = (pack: RulePack) =>
    pack.countries.some((country) => zonesOfCountry(country).includes(timeZone));
  const ids = choice === byNumber ? new Set(packs.filter(hasZone).map(({ id }) => id)) : [choice];
  return [...ids]
    .flatMap((id) => packAt(packs, id, at)?.rules.hours ?? [])
    .filter((rule) => rule.purposes.includes(purpose) && !rule.unlessConsent)
    .some(({ week, closedOn }) => !isOpenAt({ week, closedOn, timeZone }, at));
}

/** For each campaign those of its zones that the law does not close at `at` (ms). */
export async function lawfulZones(
  db: Db,
  zonesOf: ReadonlyMap<number, readonly string[]>,
  at: number,
): Promise<Map<number, string[]>> {
  const said = await complianceOf(db, [...zonesOf.keys()]);
  const { rulePack } = await readSettings(db);
  const packs = [...builtInPacks, ...(await ownPacks(db))];
  return new Map(
    [...zonesOf].map(([campaignId, zones]) => {
      const { rulePack: own, purpose } = said.get(campaignId) ?? defaultCompliance;
      const law = { choice: own ?? rulePack, purpose };
      return [campaignId, zones.filter((zone) => !isClosedByLaw(packs, law, zone, at))];
    }),
  );
}
