import { sql } from "kysely";
import type { z } from "zod";
import type { Page } from "../../../shared/common.ts";
import {
  type ivrFlowFilter,
  type IvrFlowInput,
  type IvrFlowRow,
  type IvrDocument,
  ivrDocument,
  type IvrVersion,
  type IvrVersionRow,
} from "../../../shared/ivr/flow.ts";
import type { RunningFlow } from "../../../shared/ivr/state.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import { versionedDrafts } from "../../kernel/versioned-drafts.ts";
import "./tables.ts";

export interface StoredFlow extends Omit<IvrFlowRow, "updatedAt"> {
  updatedAt: Date;
  document: IvrDocument;
  revision: number;
}

export const flowDrafts = versionedDrafts({
  drafts: "ivr_flows",
  versions: "ivr_versions",
  owner: "flow_id",
});

/** What was stored before a field came has its default. */
const withDefaults = <Row extends { document: IvrDocument }>(row: Row): Row => ({
  ...row,
  document: ivrDocument.parse(row.document),
});

const selected = sql`
  f.id, f.name, jsonb_array_length(f.draft->'blocks') as blocks,
  case when v.id is null then null else jsonb_build_object('id', v.id, 'number', v.number) end as version,
  v.document is distinct from f.draft as "hasChanges",
  (select coalesce(jsonb_agg(r.phone order by r.phone) filter (where r.phone is not null), '[]')
    from inbound_routes r where r.flow_id = f.id) as numbers,
  f.updated_at as "updatedAt", f.draft as document, f.revision`;
const from = sql`ivr_flows f left join ivr_versions v on v.id = f.version_id`;

/** By name. */
export async function listFlows(
  db: Db,
  { search = "", page, pageSize }: z.infer<typeof ivrFlowFilter>,
): Promise<Page<StoredFlow>> {
  const where = sql`f.archived_at is null and f.name ilike ${`%${escapeLike(search)}%`}`;
  const [{ rows }, count] = await Promise.all([
    sql<StoredFlow>`select ${selected} from ${from} where ${where} order by f.name
      limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db),
    sql<{ total: number }>`select count(*)::integer as total from ivr_flows f where ${where}`.execute(db),
  ]);
  return { items: rows.map(withDefaults), total: count.rows[0]!.total };
}

export async function findFlow(db: Db, id: number): Promise<StoredFlow | undefined> {
  const { rows } = await sql<StoredFlow>`
    select ${selected} from ${from} where f.id = ${id} and f.archived_at is null`.execute(db);
  return rows.map(withDefaults)[0];
}

/** Newest first. */
export async function versionsOf(
  db: Db,
  flowId: number,
): Promise<(Omit<IvrVersionRow, "publishedAt"> & { publishedAt: Date })[]> {
  const { rows } = await sql<Omit<IvrVersionRow, "publishedAt"> & { publishedAt: Date }>`
    select v.id, v.number, v.note, v.published_at as "publishedAt", u.name as "publishedBy"
    from ivr_versions v left join users u on u.id = v.published_by
    where v.flow_id = ${flowId} order by v.number desc`.execute(db);
  return rows;
}

export async function findVersion(db: Db, id: number): Promise<IvrVersion | undefined> {
  const { rows } = await sql<IvrVersion>`
    select id, flow_id as "flowId", number, document from ivr_versions where id = ${id}`.execute(db);
  return rows.map(withDefaults)[0];
}

/** What is in force, by flow. */
export async function flowsInForce(db: Db): Promise<RunningFlow[]> {
  const { rows } = await sql<RunningFlow>`
    select f.id as "flowId", v.id as "versionId", v.document
    from ivr_flows f join ivr_versions v on v.id = f.version_id where f.archived_at is null`.execute(db);
  return rows.map(withDefaults);
}

export async function insertFlow(tx: Tx, input: IvrFlowInput, userId: number | null): Promise<number> {
  const { id } = await tx
    .insertInto("ivr_flows")
    .values({ name: input.name, draft: JSON.stringify(input.document), created_by: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function archiveFlow(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.updateTable("ivr_flows").set({ archived_at: at }).where("id", "=", id).execute();
}
