-- Where the leads of each range of a filter's set begin, as `queue_heads` says it of the queue: claims with a filter take
-- a range from its front as well, and what they took stays in its index until the next vacuum. A head may be too low,
-- never too high: who puts leads into a set lowers it, or takes away those of many, in the same transaction, and who finds
-- the heads anew lets nobody put leads in meanwhile. A range without a row begins at its front. Not logged: after a crash
-- there are none.
create unlogged table filter_heads (
  set_id integer not null,
  list_id integer not null,
  time_zone text collate "C" not null,
  priority smallint not null,
  -- The first lead never tried, and when the first of the others falls due; null: there is none.
  fresh_from bigint,
  due_from timestamptz,
  primary key (set_id, list_id, time_zone, priority)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- False: somebody is putting leads into a set; nothing was done.
create function find_filter_heads() returns boolean language plpgsql
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  begin
    -- Against writers, not against claims, which only read.
    lock table filter_heads in share row exclusive mode nowait;
  exception when lock_not_available then
    return false;
  end;
  with heads as materialized (
    select s.set_id, r.list_id, r.time_zone, r.priority, (
        select f.lead_id from filter_queue f
        where f.set_id = s.set_id and f.list_id = r.list_id and f.time_zone = r.time_zone and f.priority = r.priority
          and f.due_at = '-infinity' and f.lead_id >= coalesce(h.fresh_from, 0)
        order by f.due_at, f.lead_id limit 1
      ) as fresh_from, (
        select f.due_at from filter_queue f
        where f.set_id = s.set_id and f.list_id = r.list_id and f.time_zone = r.time_zone and f.priority = r.priority
          and f.due_at > '-infinity' and f.due_at >= coalesce(h.due_from, '-infinity')
        order by f.due_at, f.lead_id limit 1
      ) as due_from
    from filter_set_lists s
      join (
        select c.list_id, c.time_zone, c.priority from lead_counts c
        where c.status = 'ready' and not c.owned group by 1, 2, 3 having sum(c.leads) > 0
      ) as r on r.list_id = s.list_id
      left join filter_heads h on h.set_id = s.set_id and h.list_id = r.list_id and h.time_zone = r.time_zone
        and h.priority = r.priority
  ), gone as (
    delete from filter_heads h where not exists (
      select from heads n where n.set_id = h.set_id and n.list_id = h.list_id and n.time_zone = h.time_zone
        and n.priority = h.priority)
  )
  insert into filter_heads as h (set_id, list_id, time_zone, priority, fresh_from, due_from)
    select set_id, list_id, time_zone, priority, fresh_from, due_from from heads
  on conflict (set_id, list_id, time_zone, priority) do update
    set fresh_from = excluded.fresh_from, due_from = excluded.due_from
    where (h.fresh_from, h.due_from) is distinct from (excluded.fresh_from, excluded.due_from);
  return true;
end $$;

create function lower_filter_heads() returns trigger language plpgsql as $$
declare
  range record;
begin
  -- Taken in any case, so that heads are not found before these leads can be seen.
  lock table filter_heads in row exclusive mode;
  if (select count(*) from (select from added limit 1001) as few) > 1000 then
    delete from filter_heads h using (select distinct set_id, list_id from added) as a
      where h.set_id = a.set_id and h.list_id = a.list_id;
    return null;
  end if;
  -- In one order by all, so that nobody waits in a circle.
  for range in
    select set_id, list_id, time_zone, priority, min(lead_id) filter (where due_at = '-infinity') as fresh_from,
      min(due_at) filter (where due_at > '-infinity') as due_from
    from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
  loop
    update filter_heads h
      set fresh_from = least(h.fresh_from, range.fresh_from), due_from = least(h.due_from, range.due_from)
      where (h.set_id, h.list_id, h.time_zone, h.priority)
          = (range.set_id, range.list_id, range.time_zone, range.priority)
        and (h.fresh_from, h.due_from)
          is distinct from (least(h.fresh_from, range.fresh_from), least(h.due_from, range.due_from));
  end loop;
  return null;
end $$;
create trigger filter_lower_heads after insert on filter_queue referencing new table as added
  for each statement execute function lower_filter_heads();
create trigger filter_lower_heads_of_changed after update on filter_queue referencing new table as added
  for each statement execute function lower_filter_heads();

create or replace function claim_leads(
  list_ids integer[], wanted integer[], caps integer[], zones text[], at timestamptz, max_attempts integer,
  call_ids text[], filter_set integer
) returns table (lead_id bigint, call_id text) language plpgsql rows 50
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  n integer;
  found_n integer;
  taken_n integer := 0;
  given integer[] := array_fill(0, array[cardinality(list_ids)]);
  is_short boolean[] := array_fill(false, array[cardinality(list_ids)]);
begin
  for pass in 1..2 loop
    for i in 1..cardinality(list_ids) loop
      n := least(case pass when 1 then wanted[i] else cardinality(call_ids) end, caps[i] - given[i],
        cardinality(call_ids) - taken_n);
      continue when n <= 0 or is_short[i];
      if filter_set is null then
        return query
          -- The few ranges of the queue that may hold something; one where all leads are claimed costs a look.
          with slots as materialized (
            select n.time_zone, n.priority, r.retry, coalesce(h.due_from, '-infinity') as due_from,
              coalesce(h.fresh_from, 0) as fresh_from
            from (
              select c.time_zone, c.priority from lead_counts c
              where c.list_id = list_ids[i] and c.status = 'ready' and not c.owned and c.time_zone = any(zones)
              group by 1, 2 having sum(c.leads) > 0
            ) as n cross join (values (true), (false)) as r (retry)
              left join queue_heads h on h.list_id = list_ids[i] and h.time_zone = n.time_zone and h.priority = n.priority
            where h.list_id is null or case when r.retry then h.due_from <= at else h.fresh_from is not null end
            order by n.priority desc, r.retry desc, n.time_zone
          ), places as materialized (
            select w.place, row_number() over () as nth from (
              select c.place from slots s cross join lateral (
                select * from (
                  select q.ctid as place from lead_queue q
                  where q.list_id = list_ids[i] and q.time_zone = s.time_zone and q.priority = s.priority
                    and q.owner_user_id is null and q.owner_unit_id is null
                    and s.retry and q.due_at > '-infinity' and q.due_at >= s.due_from and q.due_at <= at and q.attempts < max_attempts
                  order by q.due_at, q.lead_id limit n for update skip locked
                ) as retries
                union all
                select * from (
                  select q.ctid from lead_queue q
                  where q.list_id = list_ids[i] and q.time_zone = s.time_zone and q.priority = s.priority
                    and q.owner_user_id is null and q.owner_unit_id is null
                    and not s.retry and q.due_at = '-infinity' and q.lead_id >= s.fresh_from and q.attempts < max_attempts
                  order by q.due_at, q.lead_id limit n for update skip locked
                ) as fresh
              ) as c limit n
            ) as w
          ), taken as (
            delete from lead_queue q using places p where q.ctid = p.place
            returning q.lead_id, q.list_id, q.time_zone, call_ids[taken_n + p.nth] as call_id
          ), gone as (
            delete from filter_queue f using taken t where f.lead_id = t.lead_id
          )
          insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
          select t.lead_id, t.call_id, t.list_id, false, t.time_zone from taken t
          returning lead_claims.lead_id, lead_claims.call_id;
      else
        return query
          with slots as materialized (
            select n.time_zone, n.priority, r.retry, coalesce(h.due_from, '-infinity') as due_from,
              coalesce(h.fresh_from, 0) as fresh_from
            from (
              select c.time_zone, c.priority from lead_counts c
              where c.list_id = list_ids[i] and c.status = 'ready' and not c.owned and c.time_zone = any(zones)
              group by 1, 2 having sum(c.leads) > 0
            ) as n cross join (values (true), (false)) as r (retry)
              left join filter_heads h on h.set_id = filter_set and h.list_id = list_ids[i]
                and h.time_zone = n.time_zone and h.priority = n.priority
            where h.list_id is null or case when r.retry then h.due_from <= at else h.fresh_from is not null end
            order by n.priority desc, r.retry desc, n.time_zone
          ), places as materialized (
            select w.place, row_number() over () as nth from (
              select c.place from slots s cross join lateral (
                select * from (
                  select q.ctid as place from filter_queue f join lead_queue q on q.lead_id = f.lead_id
                  where f.set_id = filter_set and f.list_id = list_ids[i]
                    and f.time_zone = s.time_zone and f.priority = s.priority
                    and s.retry and f.due_at > '-infinity' and f.due_at >= s.due_from and f.due_at <= at
                    and q.list_id = f.list_id and q.time_zone = f.time_zone and q.due_at <= at
                    and q.owner_user_id is null and q.owner_unit_id is null and q.attempts < max_attempts
                  order by f.due_at, f.lead_id limit n for update of q skip locked
                ) as retries
                union all
                select * from (
                  select q.ctid from filter_queue f join lead_queue q on q.lead_id = f.lead_id
                  where f.set_id = filter_set and f.list_id = list_ids[i]
                    and f.time_zone = s.time_zone and f.priority = s.priority
                    and not s.retry and f.due_at = '-infinity' and f.lead_id >= s.fresh_from
                    and q.list_id = f.list_id and q.time_zone = f.time_zone and q.due_at <= at
                    and q.owner_user_id is null and q.owner_unit_id is null and q.attempts < max_attempts
                  order by f.due_at, f.lead_id limit n for update of q skip locked
                ) as fresh
              ) as c limit n
            ) as w
          ), taken as (
            delete from lead_queue q using places p where q.ctid = p.place
            returning q.lead_id, q.list_id, q.time_zone, call_ids[taken_n + p.nth] as call_id
          ), gone as (
            delete from filter_queue f using taken t where f.lead_id = t.lead_id
          )
          insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
          select t.lead_id, t.call_id, t.list_id, false, t.time_zone from taken t
          returning lead_claims.lead_id, lead_claims.call_id;
      end if;
      get diagnostics found_n = row_count;
      taken_n := taken_n + found_n;
      given[i] := given[i] + found_n;
      is_short[i] := found_n < n;
    end loop;
  end loop;
end $$;
