-- How a campaign shares its claims between its lists, and when a list has given enough: shared/list-mix.ts.
alter table campaigns
  add column list_mix jsonb not null default '{"order": "in-turn", "lists": []}',
  -- Which leads of its lists the campaign dials; null: all. shared/lead-conditions.ts
  add column lead_filter jsonb;

-- Dials and successes by campaign, list and quarter of an hour. Every call appends a difference, so that no two
-- writers wait for one row; `foldTallies` sums them up now and then.
create table list_tallies (
  campaign_id integer not null,
  list_id integer not null,
  at timestamptz not null,
  dials bigint not null,
  successes bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index list_tallies_by_campaign on list_tallies (campaign_id, at);
insert into list_tallies
  select c.campaign_id, c.list_id, date_bin('15 minutes', c.dialled_at, 'epoch'), count(*),
    count(*) filter (where d.success)
  from calls c left join dispositions d on d.id = c.disposition_id
  where c.dialled_at is not null and c.campaign_id is not null and c.list_id is not null group by 1, 2, 3;

create function tally_dial() returns trigger language plpgsql as $$
begin
  insert into list_tallies
    values (new.campaign_id, new.list_id, date_bin('15 minutes', new.dialled_at, 'epoch'), 1, 0);
  return null;
end $$;
create trigger calls_dialled after update of dialled_at on calls for each row
  when (old.dialled_at is null and new.dialled_at is not null
    and new.campaign_id is not null and new.list_id is not null)
  execute function tally_dial();

create function tally_success() returns trigger language plpgsql as $$
declare
  difference integer;
begin
  select count(*) filter (where id = new.disposition_id) - count(*) filter (where id = old.disposition_id)
    into difference from dispositions where id in (new.disposition_id, old.disposition_id) and success;
  if difference <> 0 then
    insert into list_tallies
      values (new.campaign_id, new.list_id, date_bin('15 minutes', new.dialled_at, 'epoch'), 0, difference);
  end if;
  return null;
end $$;
create trigger calls_disposed after update of disposition_id on calls for each row
  when (new.disposition_id is distinct from old.disposition_id and new.dialled_at is not null
    and new.campaign_id is not null and new.list_id is not null)
  execute function tally_success();

-- A lead may belong to a unit of the organisation: any agent of that unit or one below it dials it, nobody else.
-- No foreign key, as for list_id.
alter table leads add column owner_unit_id integer;
create index leads_by_owner on leads (owner_user_id, id) where owner_user_id is not null;
create index leads_by_owner_unit on leads (owner_unit_id, id) where owner_unit_id is not null;
create function forget_owner_unit() returns trigger language plpgsql as $$
begin
  update leads set owner_unit_id = null where owner_unit_id = old.id;
  return null;
end $$;
create trigger org_unit_removed after delete on org_units for each row execute function forget_owner_unit();

alter table lead_queue add column owner_unit_id integer;
drop index lead_queue_walk;
create index lead_queue_walk on lead_queue (list_id, time_zone, priority, due_at, lead_id)
  where owner_user_id is null and owner_unit_id is null;
create index lead_queue_unit on lead_queue (owner_unit_id, list_id, time_zone, priority, due_at, lead_id)
  where owner_user_id is null and owner_unit_id is not null;

-- The leads that a filter of a running campaign keeps. A new filter is a new set, so that a change takes effect at once
-- and the old set is swept away afterwards. A set is made in steps, list by list and by lead id, and serves from its
-- first step on. What it holds may be out of date: a claim looks at `lead_queue` and asks the filter again.
create table filter_sets (
  id integer generated always as identity primary key,
  -- Null: to be swept away.
  campaign_id integer references campaigns on delete set null,
  lead_filter jsonb not null,
  created_at timestamptz not null default now()
);
create unique index filter_sets_by_campaign on filter_sets (campaign_id);
create table filter_set_lists (
  set_id integer not null references filter_sets on delete cascade,
  list_id integer not null,
  -- Leads up to this id are looked through.
  after_id bigint not null default 0,
  looked bigint not null default 0,
  kept bigint not null default 0,
  done_at timestamptz,
  primary key (list_id, set_id)
);
create table filter_queue (
  lead_id bigint not null,
  set_id integer not null,
  list_id integer not null,
  time_zone text collate "C" not null,
  priority smallint not null,
  due_at timestamptz not null,
  primary key (lead_id, set_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
create index filter_queue_walk on filter_queue (set_id, list_id, time_zone, priority, due_at, lead_id);
-- Leads of filtered lists that came or changed, as ranges of ids, for the sets to look at again.
create table filter_work (
  id bigint generated always as identity primary key,
  list_id integer not null,
  from_id bigint not null,
  to_id bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
-- Filters under a name, to be used again.
create table lead_filters (
  id integer generated always as identity primary key,
  name text not null unique,
  conditions jsonb not null,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now()
);

create or replace function count_leads_added() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null or owner_unit_id is not null, count(*)
    from new_leads group by 1, 2, 3, 4, 5;
  insert into lead_queue
    select id, list_id, time_zone, priority, due_at, attempts, owner_user_id, owner_unit_id from new_leads
    where status = 'ready' order by list_id, time_zone, priority, due_at, id;
  if exists (select from filter_set_lists) then
    insert into filter_work (list_id, from_id, to_id)
      select list_id, min(id), max(id) from new_leads
      where status = 'ready' and list_id in (select list_id from filter_set_lists) group by 1;
  end if;
  return null;
end $$;

create or replace function count_leads_removed() returns trigger language plpgsql as $$
begin
  delete from lead_queue q using old_leads o where q.lead_id = o.id;
  delete from lead_claims c using old_leads o where c.lead_id = o.id;
  if exists (select from filter_set_lists) then
    delete from filter_queue f using old_leads o where f.lead_id = o.id;
  end if;
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null or owner_unit_id is not null, -count(*)
    from old_leads group by 1, 2, 3, 4, 5;
  return null;
end $$;

create or replace function count_leads_changed() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owned, sum(n)
    from (
      select list_id, time_zone, priority, status, owner_user_id is not null or owner_unit_id is not null as owned,
        1 as n from new_leads
      union all
      select list_id, time_zone, priority, status, owner_user_id is not null or owner_unit_id is not null, -1
      from old_leads
    ) as changes
    group by 1, 2, 3, 4, 5 having sum(n) <> 0;
  delete from lead_queue q using old_leads o join new_leads n on n.id = o.id
    where q.lead_id = o.id
      and (q.list_id, q.time_zone, q.priority, q.due_at, q.attempts, q.owner_user_id, q.owner_unit_id, 'ready')
        is distinct from
          (n.list_id, n.time_zone, n.priority, n.due_at, n.attempts, n.owner_user_id, n.owner_unit_id, n.status);
  insert into lead_queue
    select n.id, n.list_id, n.time_zone, n.priority, n.due_at, n.attempts, n.owner_user_id, n.owner_unit_id
    from new_leads n
    where n.status = 'ready' and not exists (select from lead_claims c where c.lead_id = n.id)
    order by 2, 3, 4, 5, 1 on conflict (lead_id) do nothing;
  if exists (select from filter_set_lists) then
    delete from filter_queue f using old_leads o where f.lead_id = o.id;
    -- A few are noted one by one, many as the range they lie in.
    insert into filter_work (list_id, from_id, to_id)
      select list_id, min(id), max(id) from new_leads
      where status = 'ready' and list_id in (select list_id from filter_set_lists)
      group by list_id, case when (select count(*) from new_leads) <= 1000 then id end;
  end if;
  return null;
end $$;

create or replace function queue_again() returns trigger language plpgsql as $$
begin
  insert into lead_queue
    select l.id, l.list_id, l.time_zone, l.priority, l.due_at, l.attempts, l.owner_user_id, l.owner_unit_id
    from old_claims c join leads l on l.id = c.lead_id
    where l.status = 'ready' on conflict (lead_id) do nothing;
  if exists (select from filter_set_lists) then
    insert into filter_work (list_id, from_id, to_id)
      select list_id, lead_id, lead_id from old_claims
      where list_id in (select list_id from filter_set_lists);
  end if;
  return null;
end $$;

-- Takes leads of nobody in particular out of the queue, one for each of `call_ids`. Each list gives up to `wanted`, then
-- the others make up for those that are short, in the order given; no list gives more than its cap. Within a list:
-- priority, retries that are due, then leads never tried. With `filter_set` only leads of that set. A function, so that
-- its plans are made once, for tables of any size. Who claims at the same time gets other leads and waits for nobody.
drop function claim_leads;
create function claim_leads(
  list_ids integer[], wanted integer[], caps integer[], zones text[], at timestamptz, max_attempts integer,
  call_ids text[], filter_set integer
) returns table (lead_id bigint, call_id text) language plpgsql
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
            select n.time_zone, n.priority, r.retry
            from (
              select c.time_zone, c.priority from lead_counts c
              where c.list_id = list_ids[i] and c.status = 'ready' and not c.owned and c.time_zone = any(zones)
              group by 1, 2 having sum(c.leads) > 0
            ) as n cross join (values (true), (false)) as r (retry)
            order by n.priority desc, r.retry desc, n.time_zone
          ), places as materialized (
            select w.place, row_number() over () as nth from (
              select c.place from slots s cross join lateral (
                select * from (
                  select q.ctid as place from lead_queue q
                  where q.list_id = list_ids[i] and q.time_zone = s.time_zone and q.priority = s.priority
                    and q.owner_user_id is null and q.owner_unit_id is null
                    and s.retry and q.due_at > '-infinity' and q.due_at <= at and q.attempts < max_attempts
                  order by q.due_at, q.lead_id limit n for update skip locked
                ) as retries
                union all
                select * from (
                  select q.ctid from lead_queue q
                  where q.list_id = list_ids[i] and q.time_zone = s.time_zone and q.priority = s.priority
                    and q.owner_user_id is null and q.owner_unit_id is null
                    and not s.retry and q.due_at = '-infinity' and q.attempts < max_attempts
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
            select n.time_zone, n.priority, r.retry
            from (
              select c.time_zone, c.priority from lead_counts c
              where c.list_id = list_ids[i] and c.status = 'ready' and not c.owned and c.time_zone = any(zones)
              group by 1, 2 having sum(c.leads) > 0
            ) as n cross join (values (true), (false)) as r (retry)
            order by n.priority desc, r.retry desc, n.time_zone
          ), places as materialized (
            select w.place, row_number() over () as nth from (
              select c.place from slots s cross join lateral (
                select * from (
                  select q.ctid as place from filter_queue f join lead_queue q on q.lead_id = f.lead_id
                  where f.set_id = filter_set and f.list_id = list_ids[i]
                    and f.time_zone = s.time_zone and f.priority = s.priority
                    and s.retry and f.due_at > '-infinity' and f.due_at <= at
                    and q.list_id = f.list_id and q.time_zone = f.time_zone and q.due_at <= at
                    and q.owner_user_id is null and q.owner_unit_id is null and q.attempts < max_attempts
                  order by f.due_at, f.lead_id limit n for update of q skip locked
                ) as retries
                union all
                select * from (
                  select q.ctid from filter_queue f join lead_queue q on q.lead_id = f.lead_id
                  where f.set_id = filter_set and f.list_id = list_ids[i]
                    and f.time_zone = s.time_zone and f.priority = s.priority
                    and not s.retry and f.due_at = '-infinity'
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
