import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export async function databaseUrls(db: Db): Promise<Map<number, string>> {
  const rows = await db.selectFrom("ivr_databases").select(["id", "url"]).execute();
  return new Map(rows.map((row) => [row.id, row.url]));
}

const part = (text: string | undefined) => decodeURIComponent(text ?? "");

/** Without passwords. */
export async function listDatabases(db: Db) {
  const rows = await db.selectFrom("ivr_databases").select(["id", "name", "url"]).orderBy("name").execute();
  return rows.map(({ id, name, url }) => {
    const at = URL.parse(url);
    return {
      id,
      name,
      host: at?.host ?? "",
      database: part(at?.pathname.slice(1)),
      user: part(at?.username),
    };
  });
}

export async function insertDatabase(tx: Tx, input: { name: string; url: string }): Promise<number> {
  const row = await tx.insertInto("ivr_databases").values(input).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

/** False: there is none. Without `url` it stays where it is. */
export async function updateDatabase(
  tx: Tx,
  id: number,
  { name, url }: { name: string; url?: string | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("ivr_databases")
    .set({ name, ...(url !== undefined && { url }) })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Drafts, and versions in force, of every flow. */
export async function documentsOfFlows(
  db: Db,
): Promise<{ id: number; name: string; documents: IvrDocument[] }[]> {
  const rows = await db
    .selectFrom("ivr_flows as f")
    .leftJoin("ivr_versions as v", "v.id", "f.version_id")
    .select(["f.id", "f.name", "f.draft", "v.document"])
    .where("f.archived_at", "is", null)
    .orderBy("f.name")
    .execute();
  return rows.map(({ id, name, draft, document }) => ({
    id,
    name,
    documents: document ? [draft, document] : [draft],
  }));
}

/** The one of this name, asked there from now on. */
export async function ensureDatabase(tx: Tx, { name, url }: { name: string; url: string }): Promise<number> {
  const known = await tx
    .updateTable("ivr_databases")
    .set({ url })
    .where("name", "=", name)
    .returning("id")
    .executeTakeFirst();
  return known?.id ?? insertDatabase(tx, { name, url });
}

/** False: there is none. */
export async function deleteDatabase(tx: Tx, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("ivr_databases").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function allowedHosts(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("ivr_hosts").select("host").orderBy("host").execute();
  return rows.map((row) => row.host);
}

export async function replaceHosts(tx: Tx, hosts: readonly string[]): Promise<void> {
  await tx.deleteFrom("ivr_hosts").execute();
  const rows = [...new Set(hosts)].map((host) => ({ host }));
  if (rows.length > 0) await tx.insertInto("ivr_hosts").values(rows).execute();
}
