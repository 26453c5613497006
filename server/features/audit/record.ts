import type { Tx } from "../../kernel/db.ts";
import { append } from "./queries.ts";

/** Who did it: a signed-in person, or the system itself. A `Principal` fits. */
export interface Actor {
  userId: number | null;
  login: string;
  address: string;
}
export const systemActor: Actor = { userId: null, login: "system", address: "" };

export interface AuditRecord {
  actor: Actor;
  at: Date;
  /** Past tense of what happened, such as `user.created`. */
  action: string;
  noun: string;
  nounId?: string | number;
  /** What changed. Never a password, a token or a key. */
  detail?: Record<string, unknown>;
}

/**
 * Appends to the audit log in the transaction that makes it true. Call it last: other appenders wait until the
 * transaction ends.
 */
export async function recordAudit(
  tx: Tx,
  { actor, at, action, noun, nounId = "", detail = {} }: AuditRecord,
): Promise<void> {
  await append(tx, {
    at,
    actorId: actor.userId,
    actor: actor.login,
    address: actor.address,
    action,
    noun,
    nounId: String(nounId),
    detail: JSON.stringify(detail),
  });
}
