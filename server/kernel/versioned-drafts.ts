import { sql } from "kysely";
import type { Db, Tx } from "./db.ts";

/** Who writes into a draft names the revision that they saw. */
export interface DraftChange {
  name: string;
  document: unknown;
  revision: number;
}

export interface NewVersion {
  /** The draft's. */
  id: number;
  document: unknown;
  note: string;
  userId: number | null;
  at: Date;
}

/**
 * Documents with a name, drawn as a draft and put in force as numbered versions. `drafts` has the columns name, draft,
 * revision, version_id, updated_at and archived_at; `versions` has `owner`, number, document, note, published_by and
 * published_at.
 */
export function versionedDrafts(tables: { drafts: string; versions: string; owner: string }) {
  const [drafts, versions] = [sql.table(tables.drafts), sql.table(tables.versions)];
  const owner = sql.ref(tables.owner);
  return {
    async nameTaken(db: Db, name: string, exceptId = 0): Promise<boolean> {
      const { rows } = await sql`
        select from ${drafts} where name = ${name} and archived_at is null and id <> ${exceptId} limit 1`.execute(
        db,
      );
      return rows.length > 0;
    },
    /** One command about a draft at a time; false: there is none. */
    async lock(tx: Tx, id: number): Promise<boolean> {
      const { rows } = await sql`
        select from ${drafts} where id = ${id} and archived_at is null for update`.execute(tx);
      return rows.length > 0;
    },
    /** False: another revision is stored now, and nothing was changed. */
    async change(tx: Tx, id: number, { name, document, revision }: DraftChange): Promise<boolean> {
      const { numAffectedRows } = await sql`
        update ${drafts} set name = ${name}, draft = ${JSON.stringify(document)}::jsonb,
          revision = ${revision + 1}, updated_at = now()
        where id = ${id} and revision = ${revision} and archived_at is null`.execute(tx);
      return numAffectedRows === 1n;
    },
    /** The next version; its id. */
    async insertVersion(tx: Tx, { id, document, note, userId, at }: NewVersion): Promise<number> {
      const { rows } = await sql<{ id: number }>`
        insert into ${versions} (${owner}, number, document, note, published_by, published_at)
        select ${id}, coalesce(max(number), 0) + 1, ${JSON.stringify(document)}::jsonb,
          ${note}, ${userId}::integer, ${at}
        from ${versions} where ${owner} = ${id} returning id`.execute(tx);
      return rows[0]!.id;
    },
    async putInForce(tx: Tx, id: number, versionId: number): Promise<void> {
      await sql`update ${drafts} set version_id = ${versionId}, updated_at = now() where id = ${id}`.execute(
        tx,
      );
    },
  };
}
