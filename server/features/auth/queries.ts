import type { Selectable } from "kysely";
import type { TokenScope } from "../../../shared/auth.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { ApiTokensTable } from "./tables.ts";

const person = [
  "users.id as userId",
  "users.login",
  "users.name",
  "users.role",
  "users.org_unit_id as orgUnitId",
  "users.extension",
  "users.locale",
  "users.must_change_password as mustChangePassword",
] as const;

export async function insertSession(
  tx: Tx,
  session: {
    tokenHash: Buffer;
    userId: number;
    address: string;
    userAgent: string;
    at: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto("sessions")
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      address: session.address,
      user_agent: session.userAgent.slice(0, 300),
      created_at: session.at,
      seen_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** The active person of a session that has not expired and is not older than the person's password. */
export function findSession(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .select(person)
    .select(["sessions.created_at as createdAt", "sessions.seen_at as seenAt"])
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", now)
    .where("users.active", "=", true)
    .whereRef("sessions.created_at", ">=", "users.password_changed_at")
    .executeTakeFirst();
}

export async function touchSession(tx: Tx, tokenHash: Buffer, seenAt: Date, expiresAt: Date): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ seen_at: seenAt, expires_at: expiresAt })
    .where("token_hash", "=", tokenHash)
    .execute();
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom("sessions").where("token_hash", "=", tokenHash).execute();
}

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom("sessions").where("expires_at", "<=", now).execute();
}

export function findTokenOwner(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom("api_tokens")
    .innerJoin("users", "users.id", "api_tokens.user_id")
    .select(person)
    .select(["api_tokens.id as tokenId", "api_tokens.used_at as usedAt", "api_tokens.scope as tokenScope"])
    .where("token_hash", "=", tokenHash)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .where("users.active", "=", true)
    .executeTakeFirst();
}

export async function touchToken(tx: Tx, id: number, usedAt: Date): Promise<void> {
  await tx.updateTable("api_tokens").set({ used_at: usedAt }).where("id", "=", id).execute();
}

export function listTokens(db: Db, userId: number): Promise<Selectable<ApiTokensTable>[]> {
  return db.selectFrom("api_tokens").selectAll().where("user_id", "=", userId).orderBy("id").execute();
}

export function insertToken(
  tx: Tx,
  token: {
    userId: number;
    name: string;
    scope: TokenScope;
    tokenHash: Buffer;
    prefix: string;
    at: Date;
    expiresAt: Date | null;
  },
): Promise<Selectable<ApiTokensTable>> {
  return tx
    .insertInto("api_tokens")
    .values({
      user_id: token.userId,
      name: token.name,
      scope: token.scope,
      token_hash: token.tokenHash,
      prefix: token.prefix,
      created_at: token.at,
      used_at: null,
      expires_at: token.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Returns the name of the token that is gone; undefined when the person has none of that id. */
export async function deleteToken(tx: Tx, userId: number, id: number): Promise<string | undefined> {
  const gone = await tx
    .deleteFrom("api_tokens")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returning("name")
    .executeTakeFirst();
  return gone?.name;
}
