import { sql } from "kysely";
import type { AuditEntry, AuditQuery } from "../../../shared/audit.ts";
import type { Page } from "../../../shared/common.ts";
import { advisoryLocks } from "../../kernel/advisory-locks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { type ChainedEntry, chainHash, chainStart } from "./chain.ts";
import "./tables.ts";

export async function append(tx: Tx, entry: ChainedEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.auditChain}::bigint)`.execute(tx);
  const last = await tx
    .selectFrom("audit_log")
    .select("hash")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const previous = last?.hash ?? chainStart;
  const { actorId, nounId, ...rest } = entry;
  await tx
    .insertInto("audit_log")
    .values({
      ...rest,
      actor_id: actorId,
      noun_id: nounId,
      previous_hash: previous,
      hash: chainHash(previous, entry),
    })
    .execute();
}

export async function findEntries(db: Db, query: AuditQuery): Promise<Page<AuditEntry>> {
  let found = db.selectFrom("audit_log");
  if (query.noun) found = found.where("noun", "=", query.noun);
  if (query.nounId) found = found.where("noun_id", "=", query.nounId);
  if (query.action) found = found.where("action", "=", query.action);
  if (query.actorId) found = found.where("actor_id", "=", query.actorId);
  if (query.from) found = found.where("at", ">=", new Date(query.from));
  if (query.to) found = found.where("at", "<", new Date(query.to));
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy("id", "desc")
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
    .execute();
  const items = rows.map(({ id, at, actor_id, actor, address, action, noun, noun_id, detail }) => ({
    id,
    at: at.toISOString(),
    actorId: actor_id,
    actor,
    address,
    action,
    noun,
    nounId: noun_id,
    detail,
  }));
  return { items, total };
}

export type StoredEntry = ChainedEntry & { id: number; previous: Buffer; hash: Buffer };

/** Entries after `afterId` in order, `detail` as the text that was hashed. */
export async function readChain(db: Db, afterId: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db
    .selectFrom("audit_log")
    .select([
      "id",
      "at",
      "actor_id",
      "actor",
      "address",
      "action",
      "noun",
      "noun_id",
      "previous_hash",
      "hash",
    ])
    .select(sql<string>`detail::text`.as("text"))
    .where("id", ">", afterId)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ actor_id, noun_id, previous_hash, text, ...row }) => ({
    ...row,
    actorId: actor_id,
    nounId: noun_id,
    previous: previous_hash,
    detail: text,
  }));
}
