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
  time_zone text collate "C" not null,
  priority smallint not null,
  owned boolean not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

insert into lead_claims
  select id, coalesce(claimed_call_id, 'unknown-' || id), list_id, time_zone, priority, owner_user_id is not null
  from leads where status = 'claimed';
insert into lead_queue
  select id, list_id, time_zone, priority, due_at, attempts, owner_user_id from leads
  where status = 'ready' order by list_id, time_zone, priority, due_at, id;

drop index leads_claim, leads_claim_owned, leads_retries, leads_claimed;
alter table leads disable trigger leads_changed;
update leads set status = 'ready' where status = 'claimed';
alter table leads enable trigger leads_changed;
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

create function count_claims_added() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owned, sum(n)
    from (
      select list_id, time_zone, priority, owned, 'claimed' as status, 1 as n from new_claims
      union all
      select list_id, time_zone, priority, owned, 'ready', -1 from new_claims
    ) as changes
    group by 1, 2, 3, 4, 5;
  return null;
end $$;

-- Who ends a claim has said in `leads` what comes next.
create function count_claims_removed() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owned, sum(n)
    from (
      select list_id, time_zone, priority, owned, 'claimed' as status, -1 as n from old_claims
      union all
      select list_id, time_zone, priority, owned, 'ready', 1 from old_claims
    ) as changes
    group by 1, 2, 3, 4, 5;
  insert into lead_queue
    select l.id, l.list_id, l.time_zone, l.priority, l.due_at, l.attempts, l.owner_user_id
    from old_claims c join leads l on l.id = c.lead_id
    where l.status = 'ready' on conflict (lead_id) do nothing;
  return null;
end $$;
create trigger claims_added after insert on lead_claims referencing new table as new_claims
  for each statement execute function count_claims_added();
create trigger claims_removed after delete on lead_claims referencing old table as old_claims
  for each statement execute function count_claims_removed();
