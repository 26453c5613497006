import type { Tx } from "../../kernel/db.ts";
import { addDoNotCall } from "../compliance/index.ts";

/** Nobody dials these numbers until then (ms): a do-not-call entry that expires, which the gate respects. */
export async function lockNumbers(
  tx: Tx,
  lock: { phones: readonly string[]; until: number; reason: string; userId: number | null },
): Promise<void> {
  await addDoNotCall(
    tx,
    lock.phones.map((phone) => ({
      phone,
      campaignId: null,
      source: "lock",
      reason: lock.reason,
      expiresAt: new Date(lock.until),
      createdBy: lock.userId,
    })),
  );
}
