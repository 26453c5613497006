import type pg from "pg";

export const cities = ["北京", "上海", "广州", "深圳", "成都", "杭州", "武汉", "西安", "苏州", "南京"];

/**
 * Fills five lists with `rows` leads, indexes and triggers put aside as a restore does: three zones, nine priorities,
 * two numbers for each third, a city, retries that are due at `now` and that wait, leads of a named agent, leads that
 * are done. Gives the ids of the lists.
 */
export async function fillLeads(client: pg.PoolClient, rows: number, now: number): Promise<number[]> {
  const lists = await client.query<{ id: number }>(
    "insert into lists (name, country) select 'list ' || n, 'CN' from generate_series(1, 5) n returning id",
  );
  const user = await client.query<{ id: number }>(
    "insert into users (login, name, role, password_hash) values ('ana', 'Ana', 'agent', '') returning id",
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes i
     where tablename in ('leads', 'lead_queue') and not exists (select from pg_constraint where conname = i.indexname)`,
  );
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  await client.query("set session_replication_role = replica");
  await client.query("set maintenance_work_mem = '512MB'");
  await client.query(
    `insert into leads (list_id, phone, more_phones, time_zone, name, status, priority, due_at, attempts, owner_user_id, fields, number_kind)
     select $2 + n % 5, '+86' || (13000000000 + n),
       case when n % 3 = 0 then array['+861082' || lpad((n % 1000000)::text, 6, '0')] else '{}' end,
       (array['Asia/Shanghai', 'Asia/Urumqi', 'America/New_York'])[1 + n / 7 % 3],
       'lead', case when h < 20 then 'done' else 'ready' end, 1 + n / 11 % 9,
       case when h < 70 then '-infinity'::timestamptz
         when h < 95 then to_timestamp($3) + (n % 86400) * interval '1 second'
         else to_timestamp($3) - (n % 3600) * interval '1 second' end,
       case when h >= 70 then 1 else 0 end, case when h = 69 then $4::integer end,
       jsonb_build_object('city', ($5::text[])[1 + n / 3 % 10]), 'mobile'
     from (select n, n % 1000 * 7919 % 100 as h from generate_series(1, $1::integer) n) as numbers`,
    [rows, lists.rows[0]!.id, now / 1000, user.rows[0]!.id, cities],
  );
  for (const { definition } of indexes.rows) await client.query(definition);
  // In the order in which an import of 50,000 rows at a time leaves it.
  await client.query(
    `insert into lead_queue
     select id, list_id, time_zone, priority, due_at, attempts, owner_user_id from leads where status = 'ready'
     order by id / 50000, list_id, time_zone, priority, due_at, id`,
  );
  await client.query(
    `insert into lead_counts select list_id, time_zone, priority, status, owner_user_id is not null, count(*)
     from leads group by 1, 2, 3, 4, 5`,
  );
  await client.query("set session_replication_role = origin");
  await client.query("vacuum analyze leads, lead_queue");
  return lists.rows.map((list) => list.id);
}
