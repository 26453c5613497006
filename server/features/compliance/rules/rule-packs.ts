/** The packs that come with the system and the company's own, and which of them a call is under. */
import { type RulePack, rulePack, type RulePackInput, type RuleSet } from "../../../../shared/rule-packs.ts";
import { packProblemsOf } from "./check-pack.ts";
import { cn20261 } from "./packs/cn-2026-1.ts";
import { cn } from "./packs/cn.ts";
import { eu20262 } from "./packs/eu-2026-2.ts";
import { eu } from "./packs/eu.ts";
import { gb20261 } from "./packs/gb-2026-1.ts";
import { gb } from "./packs/gb.ts";
import { none } from "./packs/none.ts";
import { us20261 } from "./packs/us-2026-1.ts";
import { us } from "./packs/us.ts";
import { emptyRules, together } from "./rule-set.ts";

/** In `decisions.facts`: with it a decision finds its rules again. */
export interface PackRef {
  id: string;
  version: string;
  regions: string[];
}

function load(input: RulePackInput): RulePack {
  const pack = rulePack.parse(input);
  const problems = packProblemsOf(pack);
  if (problems.length > 0)
    throw new Error(`rule pack ${pack.id} ${pack.version}: ${JSON.stringify(problems)}`);
  return pack;
}

/** All versions of all packs that come with the system. */
export const builtInPacks: readonly RulePack[] = [
  ...none,
  ...cn20261,
  ...cn,
  ...us20261,
  ...us,
  ...gb20261,
  ...gb,
  ...eu20262,
  ...eu,
].map(load);

/** The version of a pack that holds at `at` (ms); undefined: no such pack, or none yet. */
export function packAt(packs: readonly RulePack[], id: string, at: number): RulePack | undefined {
  const day = new Date(at).toISOString().slice(0, 10);
  return packs
    .filter((pack) => pack.id === id && pack.validFrom <= day)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
    .at(-1);
}

/** `by-number`: the pack of each number's country and no other. */
export const byNumber = "by-number";

/** What is known of where a person is. `places`: codes and names of regions as an address has them. */
export interface Place {
  /** E.164. */
  phone: string;
  country: string;
  places: readonly string[];
}

const plain = (text: string) => text.trim().toLowerCase();

function regionsOf(pack: RulePack, { phone, country, places }: Place): string[] {
  const digits = phone.slice(1);
  const named = new Set(places.map(plain));
  return Object.entries(pack.regions)
    .filter(([code, { prefixes, name }]) => {
      if (code === country || prefixes.some((prefix) => digits.startsWith(prefix))) return true;
      const words = [code, name.zh, name.en, ...(code.includes("-") ? [code.split("-")[1]!] : [])];
      return words.some((word) => named.has(plain(word)));
    })
    .map(([code]) => code);
}

/**
 * The packs of a call: the one that was chosen, and that of the number's country, so that a choice makes it stricter
 * and never looser. `none` is no law at all, by somebody's decision.
 */
export function packsOf(packs: readonly RulePack[], choice: string, place: Place, at: number): PackRef[] {
  const ofCountry = packs.find((pack) => pack.countries.includes(place.country))?.id;
  const ids = choice === byNumber ? [ofCountry] : choice === "none" ? ["none"] : [choice, ofCountry];
  return [...new Set(ids)].flatMap((id) => {
    const pack = id === undefined ? undefined : packAt(packs, id, at);
    return pack ? [{ id: pack.id, version: pack.version, regions: regionsOf(pack, place) }] : [];
  });
}

/** The rules of these packs together. Throws when a version is unknown, for then nobody can say what was right. */
export function rulesOf(packs: readonly RulePack[], refs: readonly PackRef[]): RuleSet {
  return together(
    refs.flatMap(({ id, version, regions }) => {
      const pack = packs.find((p) => p.id === id && p.version === version);
      if (!pack) throw new Error(`rule pack ${id} ${version} is unknown`);
      return [pack.rules, ...regions.map((code) => ({ ...emptyRules, ...pack.regions[code]?.rules }))];
    }),
  );
}
