import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { LeadDraft } from "./row-to-lead.ts";

/** Rows of a running import: unlogged, so that they cost no write-ahead log, and gone after a crash as they should be. */
export const stagingTable = (importId: number) => `import_rows_${importId}`;

const specials: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const special = /[\\\t\n\r]/;
const escape = (text: string) =>
  special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => specials[character]!) : text;

/** A line of COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
export function copyLine(row: number, lead: LeadDraft, isKnown: boolean): string {
  const more = lead.morePhones.length === 0 ? "{}" : `{${lead.morePhones.join(",")}}`;
  const kinds = `{${lead.phoneKinds.map((kind) => `"${kind}"`).join(",")}}`;
  const priority = lead.priority === null ? "\\N" : String(lead.priority);
  return `${row}\t${lead.phone}\t${more}\t${kinds}\t${lead.numberKind}\t${escape(lead.name)}\t${escape(lead.timeZone)}\t${priority}\t${escape(JSON.stringify(lead.fields))}\t${isKnown ? "t" : "f"}\n`;
}

export async function makeStaging(client: pg.ClientBase, importId: number): Promise<void> {
  const table = stagingTable(importId);
  await client.query(`drop table if exists ${table}`);
  await client.query(`create unlogged table ${table} (
    n integer not null, phone text collate "C" not null, more_phones text[] not null, phone_kinds text[] not null,
    number_kind text not null,    name text not null, time_zone text not null, priority smallint, fields jsonb not null, known boolean not null
  ) with (autovacuum_enabled = off)`);
}

export interface StagingWriter {
  /** Resolves when there is room for more. */
  write(lines: string): Promise<void>;
  end(): Promise<void>;
}

/** Opens a COPY into the staging table; the client serves nothing else until `end`. */
export function copyIntoStaging(client: pg.ClientBase, importId: number): StagingWriter {
  const stream = client.query(copyFrom(`copy ${stagingTable(importId)} from stdin`));
  const done = finished(stream);
  // Told by write or end; without a handler it would be unhandled in between.
  done.catch(() => undefined);
  return {
    async write(lines) {
      if (!stream.write(lines)) await Promise.race([once(stream, "drain"), done]);
    },
    async end() {
      stream.end();
      await done;
    },
  };
}
