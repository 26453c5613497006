import type { Database } from "../../server/kernel/db.ts";

/**
 * Statements of 50,000 new leads in one transaction, as the last step of an import is, until `end`, which gives how many
 * came a second.
 */
export function importing(
  database: Database,
  listId: number,
): AsyncDisposable & { end: () => Promise<number> } {
  const over = new AbortController();
  const begun = performance.now();
  async function add(): Promise<number> {
    const client = await database.pool.connect();
    let added = 0;
    try {
      await client.query("begin");
      while (!over.signal.aborted) {
        const result = await client.query(
          `insert into leads (list_id, phone, more_phones, time_zone, name, fields, number_kind)
           select $1, '+8615' || lpad(($2::bigint + n)::text, 9, '0'),
             case when n % 3 = 0 then array['+8610' || lpad((80000000 + n)::text, 8, '0')] else '{}' end,
             'Asia/Shanghai', 'lead', '{"city": "北京"}', 'mobile'
           from generate_series(1, 50000) n`,
          [listId, added],
        );
        added += result.rowCount ?? 0;
      }
      await client.query("commit");
    } finally {
      client.release();
    }
    return added / ((performance.now() - begun) / 1000);
  }
  const adding = add();
  const end = () => {
    over.abort();
    return adding;
  };
  return { end, [Symbol.asyncDispose]: async () => void (await end()) };
}
