import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface KeyOfRequest {
  userId: number;
  key: string;
  requestHash: Buffer;
  at: Date;
}

/** True: the key is this request's now. A key whose request was lost (older than `lostBefore`, no answer) is free again. */
export async function takeKey(tx: Tx, { userId, key, requestHash, at }: KeyOfRequest, lostBefore: Date) {
  const row = { user_id: userId, key, request_hash: requestHash, status: null, body: null, at };
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto("idempotency_keys")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["user_id", "key"])
        .doUpdateSet({ at })
        .where("idempotency_keys.status", "is", null)
        .where("idempotency_keys.at", "<", lostBefore)
        .whereRef("idempotency_keys.request_hash", "=", "excluded.request_hash"),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

export function findKey(db: Db, userId: number, key: string) {
  return db
    .selectFrom("idempotency_keys")
    .select(["request_hash", "status", "body"])
    .where("user_id", "=", userId)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function keepAnswer(
  tx: Tx,
  { userId, key }: Pick<KeyOfRequest, "userId" | "key">,
  answer: { status: number; body: string | null },
): Promise<void> {
  await tx
    .updateTable("idempotency_keys")
    .set(answer)
    .where("user_id", "=", userId)
    .where("key", "=", key)
    .execute();
}

export async function freeKey(tx: Tx, { userId, key }: Pick<KeyOfRequest, "userId" | "key">): Promise<void> {
  await tx.deleteFrom("idempotency_keys").where("user_id", "=", userId).where("key", "=", key).execute();
}

export async function deleteOldKeys(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom("idempotency_keys").where("at", "<", before).execute();
}
