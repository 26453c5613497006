import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { type Actor, recordAudit } from "./record.ts";

/** Acts on things of one kind, each in one transaction with its line in the audit log, `script.changed`; the thing's id. */
export function auditedActs(
  { database, clock }: { database: Database; clock: Clock },
  { noun, prefix }: { noun: string; prefix: string },
) {
  return (
    actor: Actor,
    action: "created" | "changed" | "deleted" | "published" | "restored",
    work: (tx: Tx, at: Date) => Promise<number>,
    detail: Record<string, unknown> = {},
  ): Promise<number> =>
    database.transact(async (tx) => {
      const at = new Date(clock.now());
      const nounId = await work(tx, at);
      await recordAudit(tx, { actor, at, action: `${prefix}.${action}`, noun, nounId, detail });
      return nounId;
    });
}
