import type { DecisionVerification } from "../../../../shared/decisions.ts";
import type { Db } from "../../../kernel/db.ts";
import { chainStart, rowHash, sealHash } from "./chain.ts";
import { readDecisions, type Seal, sealCounts, sealsAfter } from "./queries.ts";

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

/** Walks the whole chain of seals and every decision in it; stops at the first that is not as it was. */
export async function verifyDecisions(db: Db): Promise<DecisionVerification> {
  let previous: Buffer = chainStart;
  let lastId = 0;
  let seals = 0;
  let verified = 0;
  let broken: Broken | null = null;
  for (;;) {
    const batch = await sealsAfter(db, lastId, 20);
    for (const seal of batch) {
      broken = await brokenIn(db, seal, previous);
      if (broken) break;
      previous = seal.hash;
      lastId = seal.id;
      seals++;
      verified += seal.decision_ids.length;
    }
    if (broken || batch.length === 0) break;
  }
  const { decisions, sealed, waiting, waitingSince } = await sealCounts(db);
  if (!broken && decisions !== sealed + waiting)
    broken = { sealId: null, decisionId: null, callId: null, kind: "unaccounted" };
  return {
    seals,
    verified,
    waiting,
    waitingSince: waitingSince?.toISOString() ?? null,
    head: previous.toString("hex"),
    broken,
  };
}
