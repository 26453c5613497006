import { type Selectable, sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { TrunkInput, TrunkRow, TrunkTestRow } from "../../../shared/trunks.ts";
import type { TrunksTable } from "./tables.ts";

/** A trunk as the switch takes it, with its password: never for a page. Same shape as switch/switch.ts TrunkConfig. */
export interface TrunkSettings {
  id: number;
  name: string;
  enabled: boolean;
  host: string;
  port?: number;
  transport: TrunkInput["transport"];
  tlsVerify: boolean;
  tlsCa?: string;
  srtp: TrunkInput["srtp"];
  auth: TrunkInput["auth"];
  username?: string;
  password?: string;
  domain?: string;
  registerExpiresSeconds: number;
  codecs: TrunkInput["codecs"];
  maxChannels: number;
  maxCallsPerSecond: number;
  numberFormat: TrunkInput["numberFormat"];
  dialPrefix: string;
  country: string;
  inboundHosts: string[];
  identityHeader: TrunkInput["identityHeader"];
  diversionHeader: TrunkInput["diversionHeader"];
  trustIdentity: boolean;
  withholdNumber: boolean;
  /** Caller IDs the carrier lets us show, E.164, the first by default. */
  callerIds: string[];
  canaryNumber: string | null;
  canaryMinutes: number;
}

function settingsOf(row: Selectable<TrunksTable>): TrunkSettings {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    host: row.host,
    port: row.port ?? undefined,
    transport: row.transport,
    tlsVerify: row.tls_verify,
    tlsCa: row.tls_ca ?? undefined,
    srtp: row.srtp,
    auth: row.auth,
    username: row.username ?? undefined,
    password: row.password ?? undefined,
    domain: row.domain ?? undefined,
    registerExpiresSeconds: row.register_expires_seconds,
    codecs: row.codecs,
    maxChannels: row.max_channels,
    maxCallsPerSecond: row.max_calls_per_second,
    numberFormat: row.number_format,
    dialPrefix: row.dial_prefix,
    country: row.country,
    inboundHosts: row.inbound_hosts,
    identityHeader: row.identity_header,
    diversionHeader: row.diversion_header,
    trustIdentity: row.trust_identity,
    withholdNumber: row.withhold_number,
    callerIds: row.caller_ids,
    canaryNumber: row.canary_number,
    canaryMinutes: row.canary_minutes,
  };
}

function present(row: Selectable<TrunksTable> & { campaigns: number }): TrunkRow {
  const { password, ...settings } = settingsOf(row);
  return {
    ...settings,
    port: row.port,
    tlsCa: row.tls_ca,
    username: row.username,
    domain: row.domain,
    position: row.position,
    hasPassword: password !== undefined,
    simulated: row.simulated,
    campaigns: row.campaigns,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function columnsOf(input: TrunkInput) {
  return {
    name: input.name,
    enabled: input.enabled,
    host: input.host,
    port: input.port,
    transport: input.transport,
    tls_verify: input.tlsVerify,
    tls_ca: input.tlsCa,
    srtp: input.srtp,
    auth: input.auth,
    username: input.username,
    ...(input.password !== undefined && { password: input.password }),
    domain: input.domain,
    register_expires_seconds: input.registerExpiresSeconds,
    codecs: input.codecs,
    max_channels: input.maxChannels,
    max_calls_per_second: input.maxCallsPerSecond,
    number_format: input.numberFormat,
    dial_prefix: input.dialPrefix,
    country: input.country,
    caller_ids: input.callerIds,
    inbound_hosts: input.inboundHosts,
    identity_header: input.identityHeader,
    diversion_header: input.diversionHeader,
    trust_identity: input.trustIdentity,
    withhold_number: input.withholdNumber,
    canary_number: input.canaryNumber,
    canary_minutes: input.canaryMinutes,
  };
}

/** All of them, disabled ones included, in the order in which they are tried. */
export async function allTrunkSettings(db: Db): Promise<TrunkSettings[]> {
  const rows = await db.selectFrom("trunks").selectAll().orderBy("position").orderBy("id").execute();
  return rows.map(settingsOf);
}

const withUse = (db: Db) =>
  db
    .selectFrom("trunks")
    .selectAll("trunks")
    .select(
      sql<number>`(select count(*) from campaign_trunks u join campaigns c on c.id = u.campaign_id
        where u.trunk_id = trunks.id and c.deleted_at is null)`.as("campaigns"),
    );

export async function listTrunks(db: Db): Promise<TrunkRow[]> {
  const rows = await withUse(db).orderBy("position").orderBy("id").execute();
  return rows.map(present);
}

export async function findTrunk(db: Db, id: number): Promise<TrunkRow | undefined> {
  const row = await withUse(db).where("trunks.id", "=", id).executeTakeFirst();
  return row && present(row);
}

export async function trunkNameTaken(db: Db, name: string, exceptId = 0): Promise<boolean> {
  const row = await db
    .selectFrom("trunks")
    .select("id")
    .where("name", "=", name)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Comes last in order. */
export async function insertTrunk(tx: Tx, input: TrunkInput, simulated = false): Promise<number> {
  const row = await tx
    .insertInto("trunks")
    .values({
      ...columnsOf(input),
      simulated,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from trunks)`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateTrunk(tx: Tx, id: number, input: TrunkInput): Promise<void> {
  await tx
    .updateTable("trunks")
    .set({ ...columnsOf(input), updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

export async function setTrunkEnabled(tx: Tx, id: number, enabled: boolean): Promise<void> {
  await tx
    .updateTable("trunks")
    .set({ enabled, updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

export async function setTrunkOrder(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`update trunks set position = array_position(${ids}::integer[], id) where id = any(${ids}::integer[])`.execute(
    tx,
  );
}

export async function deleteTrunk(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("trunks").where("id", "=", id).execute();
}

/** The simulated trunk's id, if there is one. */
export async function findSimulatedTrunk(db: Db): Promise<number | undefined> {
  const row = await db.selectFrom("trunks").select("id").where("simulated", "=", true).executeTakeFirst();
  return row?.id;
}

export async function insertTrunkTest(
  tx: Tx,
  test: {
    trunkId: number;
    number: string;
    verdict: string;
    result: Record<string, unknown>;
    byUserId: number | null;
  },
): Promise<number> {
  const row = await tx
    .insertInto("trunk_tests")
    .values({
      trunk_id: test.trunkId,
      number: test.number,
      verdict: test.verdict,
      result: JSON.stringify(test.result),
      by_user_id: test.byUserId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The newest `limit` tests. */
export async function listTrunkTests(db: Db, trunkId: number, limit = 50): Promise<TrunkTestRow[]> {
  const { rows } = await sql<Omit<TrunkTestRow, "at"> & { at: Date }>`
    select t.id, t.at, t.number, t.verdict, t.result, u.name as "byUser"
    from trunk_tests t left join users u on u.id = t.by_user_id
    where t.trunk_id = ${trunkId} order by t.at desc, t.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
