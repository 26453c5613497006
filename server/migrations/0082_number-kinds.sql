-- Of what kind a lead's first number is (shared/customers.ts phoneKinds), for filters: as the list says, else as the
-- number itself tells. Imports write it; null: to be found, which is done in small steps beside everything else, so that
-- lists of millions which are here already are filled in without keeping anybody waiting.
alter table leads add column number_kind text collate "C";
create index leads_without_number_kind on leads (id) where number_kind is null;

create function forget_number_kind() returns trigger language plpgsql as $$
begin
  new.number_kind := null;
  return new;
end $$;
create trigger leads_of_another_kind before update of phone, phone_kinds on leads for each row
  when ((old.phone, old.phone_kinds) is distinct from (new.phone, new.phone_kinds)
    and old.number_kind is not distinct from new.number_kind)
  execute function forget_number_kind();

-- A lead that is changed in nothing the queue knows keeps its place there, or has none because a call has it: to look
-- for its claim is not enough, for one that is just being made cannot be seen, and the lead would be claimed twice. Where
-- something has changed, the deletion waits for that claim first, and the next statement sees it.
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
    from new_leads n join old_leads o on o.id = n.id
    where n.status = 'ready' and not exists (select from lead_claims c where c.lead_id = n.id)
      and (o.list_id, o.time_zone, o.priority, o.due_at, o.attempts, o.owner_user_id, o.owner_unit_id, o.status)
        is distinct from
          (n.list_id, n.time_zone, n.priority, n.due_at, n.attempts, n.owner_user_id, n.owner_unit_id, n.status)
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
