import type pg from "pg";
import { stagingTable } from "./staging.ts";

const chunkRows = 50_000;

export interface WrittenLeads {
  added: number;
  updated: number;
  firstLeadId: number | null;
  lastLeadId: number | null;
}

/**
 * Moves the staged rows into `leads`, first come first; part of the transaction that ends the import. A number that
 * somebody put on the list meanwhile is left alone. `onChunk` is called with the rows behind us after each chunk.
 */
export async function writeLeads(
  client: pg.ClientBase,
  target: { importId: number; listId: number },
  onChunk: (rows: number) => void,
): Promise<WrittenLeads> {
  const table = stagingTable(target.importId);
  // Rows lie in the order of the file, so a block range index of a few pages finds a chunk.
  await client.query(`create index on ${table} using brin (n)`);
  await client.query(`analyze ${table} (n)`);
  const range = await client.query<{ first: number | null; last: number | null }>(
    `select min(n) as first, max(n) as last from ${table}`,
  );
  const { first, last } = range.rows[0]!;
  const written: WrittenLeads = { added: 0, updated: 0, firstLeadId: null, lastLeadId: null };
  if (first === null || last === null) return written;
  for (let from = first; from <= last; from += chunkRows) {
    const until = from + chunkRows;
    const added = await client.query<{ n: number; first: number | null; last: number | null }>(
      `with added as (
        insert into leads (list_id, import_id, customer_id, phone, more_phones, phone_kinds, number_kind, name, time_zone,
          priority, fields)
        select $1, $2, c.customer_id, s.phone, s.more_phones, s.phone_kinds, s.number_kind, s.name, s.time_zone,
          coalesce(s.priority, 5), s.fields
        from ${table} s left join customer_phones c on c.phone = s.phone
        where s.n >= $3 and s.n < $4 and not s.known order by s.n
        on conflict (phone, list_id) do nothing returning id
      ) select count(*) as n, min(id) as first, max(id) as last from added`,
      [target.listId, target.importId, from, until],
    );
    const updated = await client.query(
      `update leads l set name = case when s.name = '' then l.name else s.name end,
        priority = coalesce(s.priority, l.priority), fields = l.fields || s.fields,
        more_phones = case when s.more_phones = '{}' then l.more_phones else s.more_phones end,
        number_kind = case when s.phone_kinds = '{}' then l.number_kind else s.number_kind end,
        phone_kinds = case
          when s.more_phones = '{}' and s.phone_kinds = '{}' then l.phone_kinds
          when s.more_phones = '{}' then s.phone_kinds || l.phone_kinds[2:]
          when s.phone_kinds <> '{}' then s.phone_kinds
          else array(
            select coalesce(l.phone_kinds[array_position(l.phone || l.more_phones, p.phone)], '')
            from unnest(l.phone || s.more_phones) with ordinality as p (phone, n) order by p.n)
          end
      from ${table} s
      where s.n >= $2 and s.n < $3 and s.known and l.list_id = $1 and l.phone = s.phone`,
      [target.listId, from, until],
    );
    const row = added.rows[0]!;
    written.added += row.n;
    written.updated += updated.rowCount ?? 0;
    written.firstLeadId ??= row.first;
    written.lastLeadId = row.last ?? written.lastLeadId;
    onChunk(until);
  }
  return written;
}
