import type { DecisionVerification } from "../../../../shared/decisions.ts";
import type { Db } from "../../../kernel/db.ts";
import { chainStart, rowHash, sealHash } from "./chain.ts";
import { findSeal, readDecisions, type Seal, sealCounts, sealsAfter } from "./queries.ts";

type Broken = NonNullable<DecisionVerification["broken"]>;

/** The first decision of a seal that is not as it was sealed. */
async function brokenIn(db: Db, seal: Seal, previous: Buffer): Promise<Broken | null> {
  const { id: sealId, at, decision_ids: ids, row_hashes: hashes } = seal;
  const whole = seal.previous_hash.equals(previous) && seal.hash.equals(sealHash(previous, at, ids, hashes));
  if (!whole) return { sealId, decisionId: null, callId: null, kind: "seal" };
  const rows = await readDecisions(db, ids);
  for (const [i, decisionId] of ids.entries()) {
    const row = rows.get(decisionId);
    if (!row) return { sealId, decisionId, callId: null, kind: "missing" };
    if (!rowHash(row).equals(hashes.subarray(i * 32, i * 32 + 32)))
      return { sealId, decisionId, callId: row.callId, kind: "changed" };
  }
  return null;
}

/** So many seals are looked through for one answer: a second or two. */
export const perStep = 500;
const perRead = 20;

/**
 * Walks the chain of seals and every decision in it, from the seal behind `after` on, `limit` seals at most; stops at the
 * first that is not as it was. With the end of the chain it asks whether every decision is accounted for.
 */
export async function verifyDecisions(
  db: Db,
  { after = 0, limit = Infinity }: { after?: number; limit?: number } = {},
): Promise<DecisionVerification> {
  let previous: Buffer = after === 0 ? chainStart : ((await findSeal(db, after))?.hash ?? chainStart);
  let lastId = after;
  let [seals, verified] = [0, 0];
  let [from, to]: (Date | null)[] = [null, null];
  let broken: Broken | null = null;
  let batch: Seal[];
  do {
    batch = await sealsAfter(db, lastId, Math.min(perRead, limit - seals));
    for (const seal of batch) {
      broken = await brokenIn(db, seal, previous);
      if (broken) break;
      previous = seal.hash;
      lastId = seal.id;
      from ??= seal.at;
      to = seal.at;
      seals++;
      verified += seal.decision_ids.length;
    }
  } while (!broken && batch.length > 0 && seals < limit);
  const isOver = broken !== null || batch.length === 0;
  const isWhole = isOver && !broken;
  const { decisions, sealed, waiting, waitingSince } = await sealCounts(db, { all: isWhole });
  if (isWhole && decisions !== sealed + waiting)
    broken = { sealId: null, decisionId: null, callId: null, kind: "unaccounted" };
  return {
    seals,
    verified,
    sealed,
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
    next: isOver ? null : lastId,
    waiting,
    waitingSince: waitingSince?.toISOString() ?? null,
    head: previous.toString("hex"),
    broken,
  };
}
