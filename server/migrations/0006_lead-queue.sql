-- A lead may be ready and stand in the queue, or be claimed by a call and stand in lead_claims; leads.status says
-- `ready` for both. A claim takes narrow rows out of the queue, which touches no index, and leaves the wide ones of
-- `leads` alone.
create table lead_queue (
  lead_id bigint primary key,
  list_id integer not null,
  time_zone text collate "C" not null,
  priority smallint not null,
  due_at timestamptz not null,
  attempts smallint not null,
  owner_user_id integer
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- No foreign key: it would lock the lead's row for each claim.
create table lead_claims (
  lead_id bigint primary key,
  call_id text not null unique,
  list_id integer not null,
  owned boolean not null,
  time_zone text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

insert into lead_claims
  select id, coalesce(claimed_call_id, 'unknown-' || id), list_id, owner_user_id is not null, time_zone
  from leads where status = 'claimed';
insert into lead_queue
  select id, list_id, time_zone, priority, due_at, attempts, owner_user_id from leads
  where status = 'ready' order by list_id, time_zone, priority, due_at, id;

drop index leads_claim, leads_claim_owned, leads_retries, leads_claimed;
alter table leads disable trigger leads_changed;
update leads set status = 'ready' where status = 'claimed';
alter table leads enable trigger leads_changed;
update lead_counts set status = 'ready' where status = 'claimed';
alter table leads drop column claimed_call_id, drop constraint leads_status_check;
alter table leads add constraint leads_status_check check (status in ('ready', 'callback', 'done', 'excluded'));

-- Claims walk a range of this for each list, zone that may be called now, and priority.
create index lead_queue_walk on lead_queue (list_id, time_zone, priority, due_at, lead_id)
  where owner_user_id is null;
create index lead_queue_owned on lead_queue (owner_user_id, priority desc, due_at, lead_id)
  where owner_user_id is not null;
-- Retries that wait, for "why is this not dialled".
create index lead_queue_retries on lead_queue (list_id, due_at) include (time_zone, owner_user_id)
  where due_at > '-infinity';

-- In the order of the walk, so that leads that are claimed together lie together.
create or replace function count_leads_added() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null, count(*)
    from new_leads group by 1, 2, 3, 4, 5;
  insert into lead_queue
    select id, list_id, time_zone, priority, due_at, attempts, owner_user_id from new_leads
    where status = 'ready' order by list_id, time_zone, priority, due_at, id;
  return null;
end $$;

create or replace function count_leads_removed() returns trigger language plpgsql as $$
begin
  delete from lead_queue q using old_leads o where q.lead_id = o.id;
  delete from lead_claims c using old_leads o where c.lead_id = o.id;
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null, -count(*)
    from old_leads group by 1, 2, 3, 4, 5;
  return null;
end $$;

create or replace function count_leads_changed() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owned, sum(n)
    from (
      select list_id, time_zone, priority, status, owner_user_id is not null as owned, 1 as n from new_leads
      union all
      select list_id, time_zone, priority, status, owner_user_id is not null, -1 from old_leads
    ) as changes
    group by 1, 2, 3, 4, 5 having sum(n) <> 0;
  delete from lead_queue q using old_leads o join new_leads n on n.id = o.id
    where q.lead_id = o.id
      and (q.list_id, q.time_zone, q.priority, q.due_at, q.attempts, q.owner_user_id, 'ready')
        is distinct from (n.list_id, n.time_zone, n.priority, n.due_at, n.attempts, n.owner_user_id, n.status);
  insert into lead_queue
    select n.id, n.list_id, n.time_zone, n.priority, n.due_at, n.attempts, n.owner_user_id from new_leads n
    where n.status = 'ready' and not exists (select from lead_claims c where c.lead_id = n.id)
    order by 2, 3, 4, 5, 1 on conflict (lead_id) do nothing;
  return null;
end $$;

-- Who ends a claim has said in `leads` what comes next.
create function queue_again() returns trigger language plpgsql as $$
begin
  insert into lead_queue
    select l.id, l.list_id, l.time_zone, l.priority, l.due_at, l.attempts, l.owner_user_id
    from old_claims c join leads l on l.id = c.lead_id
    where l.status = 'ready' on conflict (lead_id) do nothing;
  return null;
end $$;
create trigger claims_removed after delete on lead_claims referencing old table as old_claims
  for each statement execute function queue_again();

-- Takes leads of nobody in particular out of the queue, one for each of `call_ids`, in dialling order: by list, priority,
-- retries that are due, then leads never tried. A function, so that its plans are made once. Who claims at the same time
-- gets other leads and waits for nobody.
create function claim_leads(
  list_ids integer[], zones text[], at timestamptz, max_attempts integer, call_ids text[]
) returns table (lead_id bigint, call_id text) language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    -- The few ranges of the queue that may hold something; one where all leads are claimed costs a look.
    with slots as materialized (
      select n.list_id, n.time_zone, n.priority, r.retry
      from (
        select c.list_id, c.time_zone, c.priority from lead_counts c
        where c.list_id = any(list_ids) and c.status = 'ready' and not c.owned and c.time_zone = any(zones)
        group by 1, 2, 3 having sum(c.leads) > 0
      ) as n cross join (values (true), (false)) as r (retry)
      order by array_position(list_ids, n.list_id), n.priority desc, r.retry desc, n.time_zone
    ), places as materialized (
      select w.place, row_number() over () as n from (
        select c.place from slots s cross join lateral (
          select * from (
            select q.ctid as place from lead_queue q
            where q.list_id = s.list_id and q.time_zone = s.time_zone and q.priority = s.priority
              and q.owner_user_id is null and s.retry and q.due_at > '-infinity' and q.due_at <= at
              and q.attempts < max_attempts
            order by q.due_at, q.lead_id limit cardinality(call_ids) for update skip locked
          ) as retries
          union all
          select * from (
            select q.ctid from lead_queue q
            where q.list_id = s.list_id and q.time_zone = s.time_zone and q.priority = s.priority
              and q.owner_user_id is null and not s.retry and q.due_at = '-infinity'
              and q.attempts < max_attempts
            order by q.due_at, q.lead_id limit cardinality(call_ids) for update skip locked
          ) as fresh
        ) as c limit cardinality(call_ids)
      ) as w
    ), taken as (
      delete from lead_queue q using places p where q.ctid = p.place
      returning q.lead_id, q.list_id, q.owner_user_id, q.time_zone, call_ids[p.n] as call_id
    )
    insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
    select t.lead_id, t.call_id, t.list_id, t.owner_user_id is not null, t.time_zone from taken t
    returning lead_claims.lead_id, lead_claims.call_id;
end $$;
