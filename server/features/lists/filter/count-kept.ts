import { sql } from "kysely";
import type { z } from "zod";
import type { leadCount, LeadConditions } from "../../../../shared/lead-conditions.ts";
import type { Db } from "../../../kernel/db.ts";
import type { Random } from "../../../kernel/random.ts";
import { countLeads } from "../queries-counts.ts";
import { byPlace, estimateOf, sampleLeads } from "../sample.ts";
import { compileConditions } from "./compile.ts";

/** Up to so many ready leads are counted one by one. */
const sampleSize = 4_000;

/** How many ready leads of these lists the conditions keep: exact for a few thousand, else from a sample. */
export async function countKept(
  db: Db,
  listIds: readonly number[],
  conditions: LeadConditions,
  now: number,
  random: Random,
): Promise<z.infer<typeof leadCount>> {
  const counts = await countLeads(db, listIds);
  const strata = [...counts].map(([listId, n]) => ({
    listId,
    status: "ready" as const,
    leads: n.ready + n.claimed,
  }));
  const kept = sql`${compileConditions(conditions, "l", now)} as kept`;
  const { leads, exact } = await sampleLeads<{ kept: boolean }>(db, strata, sampleSize, random, kept);
  const ready = strata.reduce((sum, stratum) => sum + stratum.leads, 0);
  return {
    ready,
    ...estimateOf(
      ready,
      byPlace(leads, (lead) => lead.kept),
      exact,
    ),
  };
}
