import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { CampaignStatus } from "../../../shared/campaigns.ts";
import type { Page } from "../../../shared/common.ts";
import {
  type ScriptDocument,
  type scriptFilter,
  type ScriptInForce,
  type ScriptInput,
  type ScriptKind,
  type ScriptRow,
  type ScriptVersion,
  type ScriptVersionRow,
} from "../../../shared/scripts.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import { versionedDrafts } from "../../kernel/versioned-drafts.ts";
import "./tables.ts";

export interface StoredScript extends Omit<ScriptRow, "updatedAt"> {
  updatedAt: Date;
  document: ScriptDocument;
  revision: number;
}

export const scriptDrafts = versionedDrafts({
  drafts: "scripts",
  versions: "script_versions",
  owner: "script_id",
});

const selected = sql`
  s.id, s.name, s.kind, jsonb_array_length(s.draft->'pages') as pages,
  (select coalesce(sum(jsonb_array_length(p->'questions')), 0)::integer
    from jsonb_array_elements(s.draft->'pages') p) as questions,
  case when v.id is null then null else jsonb_build_object('id', v.id, 'number', v.number) end as version,
  v.document is distinct from s.draft as "hasChanges",
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name), '[]')
    from campaigns c where c.script_id = s.id and c.deleted_at is null) as campaigns,
  s.updated_at as "updatedAt", s.draft as document, s.revision`;
const from = sql`scripts s left join script_versions v on v.id = s.version_id`;

/** By name. */
export async function listScripts(
  db: Db,
  { kind, search, page, pageSize }: z.infer<typeof scriptFilter>,
): Promise<Page<StoredScript>> {
  const conditions: RawBuilder<unknown>[] = [sql`s.archived_at is null`];
  if (kind) conditions.push(sql`s.kind = ${kind}`);
  if (search) conditions.push(sql`s.name ilike ${`%${escapeLike(search)}%`}`);
  const where = sql.join(conditions, sql` and `);
  const [{ rows }, count] = await Promise.all([
    sql<StoredScript>`select ${selected} from ${from} where ${where} order by s.name
      limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db),
    sql<{ total: number }>`select count(*)::integer as total from scripts s where ${where}`.execute(db),
  ]);
  return { items: rows, total: count.rows[0]!.total };
}

export async function findScript(db: Db, id: number): Promise<StoredScript | undefined> {
  const { rows } = await sql<StoredScript>`
    select ${selected} from ${from} where s.id = ${id} and s.archived_at is null`.execute(db);
  return rows[0];
}

/** Newest first. */
export async function versionsOf(
  db: Db,
  scriptId: number,
): Promise<(Omit<ScriptVersionRow, "publishedAt"> & { publishedAt: Date })[]> {
  const { rows } = await sql<Omit<ScriptVersionRow, "publishedAt"> & { publishedAt: Date }>`
    select v.id, v.number, v.note, v.published_at as "publishedAt", u.name as "publishedBy",
      (select count(*)::integer from script_walks w where w.script_id = v.script_id and w.version_id = v.id) as calls
    from script_versions v left join users u on u.id = v.published_by
    where v.script_id = ${scriptId} order by v.number desc`.execute(db);
  return rows;
}

export async function findVersion(db: Db, id: number): Promise<ScriptVersion | undefined> {
  const { rows } = await sql<ScriptVersion>`
    select v.id, v.script_id as "scriptId", s.name, s.kind, v.number, v.document
    from script_versions v join scripts s on s.id = v.script_id where v.id = ${id}`.execute(db);
  return rows[0];
}

export async function insertScript(tx: Tx, input: ScriptInput, userId: number | null): Promise<number> {
  const { name, kind, document } = input;
  const { id } = await tx
    .insertInto("scripts")
    .values({ name, kind, draft: JSON.stringify(document), created_by: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Out of the lists; without any walk the rows go as well. */
export async function removeScript(tx: Tx, id: number, at: Date): Promise<void> {
  await sql`update scripts set archived_at = ${at} where id = ${id}`.execute(tx);
  await sql`update campaigns set script_id = null where script_id = ${id} and deleted_at is not null`.execute(
    tx,
  );
  await sql`delete from scripts s where id = ${id}
    and not exists (select from script_walks w where w.script_id = s.id)`.execute(tx);
}

/** What is in force of these scripts; one that was never published has no entry. */
export async function scriptsInForce(db: Db, ids: readonly number[]): Promise<Map<number, ScriptInForce>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; versionId: number; name: string; kind: ScriptKind }>`
    select id, version_id as "versionId", name, kind from scripts
    where id = any(${[...ids]}::integer[]) and version_id is not null and archived_at is null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function campaignsWithScript(
  db: Db,
  scriptId: number,
): Promise<{ campaignId: number; status: CampaignStatus }[]> {
  const { rows } = await sql<{ campaignId: number; status: CampaignStatus }>`
    select id as "campaignId", status from campaigns
    where script_id = ${scriptId} and deleted_at is null order by id`.execute(db);
  return rows;
}
