import type { AuditVerification } from "../../../shared/audit.ts";
import type { Db } from "../../kernel/db.ts";
import { chainHash, chainStart } from "./chain.ts";
import { readChain } from "./queries.ts";

/** Walks the whole chain, 5,000 entries at a time. */
export async function verifyAudit(db: Db): Promise<AuditVerification> {
  let previous: Buffer = chainStart;
  let lastId = 0;
  let entries = 0;
  for (;;) {
    const batch = await readChain(db, lastId, 5_000);
    for (const entry of batch) {
      const whole = entry.previous.equals(previous) && entry.hash.equals(chainHash(previous, entry));
      if (!whole) return { entries, brokenAt: entry.id };
      previous = entry.hash;
      lastId = entry.id;
      entries++;
    }
    if (batch.length === 0) return { entries, brokenAt: null };
  }
}
