-- A call is written as dialled at once, which no update tells: dials are counted as calls are written.
create function tally_dials_written() returns trigger language plpgsql as $$
begin
  insert into list_tallies
    select campaign_id, list_id, date_bin('15 minutes', dialled_at, 'epoch'), count(*), 0 from new_calls
    where dialled_at is not null and campaign_id is not null and list_id is not null group by 1, 2, 3;
  return null;
end $$;
create trigger calls_written after insert on calls referencing new table as new_calls
  for each statement execute function tally_dials_written();

truncate list_tallies;
insert into list_tallies
  select c.campaign_id, c.list_id, date_bin('15 minutes', c.dialled_at, 'epoch'), count(*),
    count(*) filter (where d.success)
  from calls c left join dispositions d on d.id = c.disposition_id
  where c.dialled_at is not null and c.campaign_id is not null and c.list_id is not null group by 1, 2, 3;

-- A dialler's choice among a few leads: claimed, so that nobody else dials them, and for everybody else still ready.
alter table lead_claims add column buffered boolean not null default false;
create index lead_claims_buffered on lead_claims (call_id) where buffered;
