import { sql } from "kysely";
import type { RegisterInput } from "../../../../shared/registers.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import type { RegisterFact } from "../facts.ts";
import "./tables.ts";

/** The table of one load of a register's file. Whole numbers only, for it goes into statements as it stands. */
export const registerTable = (id: number, load: number) =>
  `register_numbers_${Math.trunc(id)}_${Math.trunc(load)}`;
const bigintOf = (phone: string) => phone.replaceAll(/\D/g, "");

export type StoredRegister = Awaited<ReturnType<typeof listRegisters>>[number];

export async function listRegisters(db: Db) {
  return db
    .selectFrom("registers")
    .leftJoin("campaigns", "campaigns.id", "registers.campaign_id")
    .leftJoin("users", "users.id", "registers.created_by")
    .selectAll("registers")
    .select(["campaigns.name as campaign_name", "users.name as created_by_name"])
    .where("registers.removed_at", "is", null)
    .orderBy("registers.id")
    .execute();
}

export async function findRegister(db: Db, id: number) {
  return db
    .selectFrom("registers")
    .selectAll()
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

const columnsOf = (input: RegisterInput) => ({
  name: input.name,
  key: input.key,
  campaign_id: input.campaignId,
  when_unknown: input.whenUnknown,
  expires_at: input.expiresAt === null ? null : new Date(input.expiresAt),
  url: input.url,
  timeout_ms: input.timeoutMs,
  cache_minutes: input.cacheMinutes,
});

export async function insertRegister(tx: Tx, input: RegisterInput, userId: number | null): Promise<number> {
  const row = await tx
    .insertInto("registers")
    .values({ ...columnsOf(input), kind: input.kind, auth_header: input.authorization, created_by: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateRegister(tx: Tx, id: number, input: RegisterInput): Promise<void> {
  const secret = input.authorization === null ? {} : { auth_header: input.authorization };
  await tx
    .updateTable("registers")
    .set({ ...columnsOf(input), ...secret })
    .where("id", "=", id)
    .execute();
}

/** It binds nobody from now on; decisions that named it keep its name. */
export async function removeRegister(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.updateTable("registers").set({ removed_at: at }).where("id", "=", id).execute();
}

/** Begins a load; undefined: one is under way. */
export async function beginLoad(tx: Tx, id: number, fileName: string): Promise<number | undefined> {
  const row = await tx
    .updateTable("registers")
    .set((eb) => ({ state: "loading", load: eb("load", "+", 1), file_name: fileName, error: null }))
    .where("id", "=", id)
    .where("state", "!=", "loading")
    .returning("load")
    .executeTakeFirst();
  return row?.load;
}

export async function endLoad(
  tx: Tx,
  id: number,
  load: number,
  { numbers, invalid, at }: { numbers: number; invalid: number; at: Date },
): Promise<void> {
  await tx
    .updateTable("registers")
    .set({ state: "ready", loaded: load, loaded_at: at, numbers, invalid })
    .where("id", "=", id)
    .execute();
}

/** What was loaded before stays in force. */
export async function failLoad(tx: Tx, id: number, code: string, reason: string): Promise<void> {
  await tx
    .updateTable("registers")
    .set({ state: "failed", error: JSON.stringify({ code, detail: { reason } }) })
    .where("id", "=", id)
    .execute();
}

/** Loads that the end of the last server cut off. */
export async function failInterrupted(tx: Tx): Promise<void> {
  const error = JSON.stringify({ code: "register-interrupted", detail: {} });
  await tx.updateTable("registers").set({ state: "failed", error }).where("state", "=", "loading").execute();
}

/** Tables of older loads than the last two: the last but one may still be read by a decision under way. */
export async function dropOldLoads(db: Db, id: number, loaded: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema()
      and tablename ~ ${`^register_numbers_${Math.trunc(id)}_[0-9]+$`}`.execute(db);
  for (const { name } of rows)
    if (Number(name.split("_").at(-1)) < loaded - 1)
      await sql.raw(`drop table if exists ${name}`).execute(db);
}

/** A register that binds, as the gate needs it. */
export interface RegisterInForce {
  id: number;
  name: string;
  kind: "file" | "service";
  key: string | null;
  campaignId: number | null;
  whenUnknown: "refuse" | "allow";
  /** ms, as `loadedAt` is. */
  expiresAt: number | null;
  loaded: number;
  loadedAt: number | null;
  cacheMinutes: number;
}

/** A query of one value: an array of `RegisterInForce`. */
export const registersInForce = sql`
  select coalesce(json_agg(json_build_object('id', id, 'name', name, 'kind', kind, 'key', key,
    'campaignId', campaign_id, 'whenUnknown', when_unknown, 'loaded', loaded, 'cacheMinutes', cache_minutes,
    'expiresAt', floor(extract(epoch from expires_at) * 1000)::bigint,
    'loadedAt', floor(extract(epoch from loaded_at) * 1000)::bigint) order by id), '[]')
  from registers where removed_at is null`;

export interface ListedNumber {
  registerId: number;
  listed: boolean;
  /** ms; null: a file's. */
  askedAt: number | null;
}

/**
 * A query of `register_id` and `phone` (digits as a number): which of these numbers the loaded files list. Its text is
 * the same for all registers and loads.
 */
export function listedNumbers(registers: readonly RegisterInForce[], phones: readonly string[]) {
  const files = registers.filter((row) => row.kind === "file" && row.loaded > 0);
  return sql`select register_id, phone from listed_numbers(${files.map((row) => row.id)}::integer[],
    ${files.map((row) => row.loaded)}::integer[], ${phones.map(bigintOf)}::bigint[])`;
}

/**
 * A query of one value, an array of `ListedNumber`: what loaded files list and services said of number `p`; `listed` is a
 * table of `listedNumbers`.
 */
export function listedJson(registers: readonly RegisterInForce[]) {
  const services = registers.filter((row) => row.kind === "service").map((row) => row.id);
  const phone = sql`ltrim(p.phone, '+')::bigint`;
  return sql`
    select coalesce(json_agg(json_build_object('registerId', register_id, 'listed', listed,
      'askedAt', floor(extract(epoch from asked_at) * 1000)::bigint)), '[]')
    from (
      select register_id, true as listed, null::timestamptz as asked_at from listed where listed.phone = ${phone}
      union all
      select register_id, listed, asked_at from register_answers
      where register_id = any(${services}::integer[]) and phone = ${phone}
    ) as said`;
}

/** What every register says of a number; one whose cache ran out says nothing. */
export function registerFacts(
  registers: readonly RegisterInForce[],
  listed: readonly ListedNumber[],
  at: number,
): { fact: RegisterFact; campaignId: number | null }[] {
  return registers.map((row) => {
    const found = listed.find(({ registerId }) => registerId === row.id);
    const askedAt = found?.askedAt ?? null;
    // An answer serves for a minute at least, so that the call it was asked for is decided on it.
    const cacheMs = Math.max(row.cacheMinutes, 1) * 60_000;
    const known = row.kind === "file" ? row.loaded > 0 : askedAt !== null && askedAt > at - cacheMs;
    const fact: RegisterFact = {
      id: row.id,
      name: row.name,
      kind: row.kind,
      key: row.key,
      scope: row.campaignId === null ? "global" : "campaign",
      listed: known ? (found?.listed ?? false) : null,
      asOf: row.kind === "file" ? row.loadedAt : askedAt,
      expiresAt: row.expiresAt,
      whenUnknown: row.whenUnknown,
    };
    return { fact, campaignId: row.campaignId };
  });
}

/** What every register says of one number now, for people to read. */
export async function registersOnNumber(db: Db, phone: string, at: number) {
  const inForce = await sql<{
    registers: RegisterInForce[];
  }>`select (${registersInForce}) as registers`.execute(db);
  const { registers } = inForce.rows[0]!;
  const { rows } = await sql<{ listed: ListedNumber[] }>`
    with listed as materialized (${listedNumbers(registers, [phone])})
    select (${listedJson(registers)}) as listed from (select ${phone}::text as phone) as p`.execute(db);
  return registerFacts(registers, rows[0]!.listed, at);
}

export async function services(db: Db) {
  return db
    .selectFrom("registers")
    .select(["id", "url", "auth_header", "timeout_ms", "cache_minutes"])
    .where("kind", "=", "service")
    .where("removed_at", "is", null)
    .execute();
}

/** The numbers that this service said nothing about since `since`. */
export async function unanswered(
  db: Db,
  registerId: number,
  phones: readonly string[],
  since: Date,
): Promise<string[]> {
  const { rows } = await sql<{ phone: string }>`
    select p.phone from unnest(${phones}::text[]) as p (phone) where not exists (
      select from register_answers a
      where a.register_id = ${registerId} and a.phone = ltrim(p.phone, '+')::bigint and a.asked_at > ${since}
    )`.execute(db);
  return rows.map((row) => row.phone);
}

export async function saveAnswers(
  tx: Tx,
  registerId: number,
  answers: readonly { phone: string; listed: boolean }[],
  at: Date,
): Promise<void> {
  await sql`
    insert into register_answers (register_id, phone, listed, asked_at)
    select ${registerId}, p.phone::bigint, p.listed, ${at}
    from unnest(${answers.map((a) => bigintOf(a.phone))}::text[], ${answers.map((a) => a.listed)}::boolean[])
      as p (phone, listed) order by 2
    on conflict (register_id, phone) do update set listed = excluded.listed, asked_at = excluded.asked_at
    `.execute(tx);
}

/** What nobody needs any more: answers older than two caches. */
export async function forgetAnswers(tx: Tx, at: Date): Promise<void> {
  await sql`
    delete from register_answers a using registers r
    where r.id = a.register_id and a.asked_at < ${at}::timestamptz - make_interval(mins => 2 * r.cache_minutes + 10)
    `.execute(tx);
}
