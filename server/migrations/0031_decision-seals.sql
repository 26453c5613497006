-- Decisions are sealed in batches, each seal over the one before (server/features/compliance/proof). Who wants to change
-- a decision must change every seal since.
create table unsealed_decisions (decision_id bigint primary key);
insert into unsealed_decisions select id from decisions;
create function queue_for_seal() returns trigger language plpgsql as $$
begin
  insert into unsealed_decisions select id from new_decisions;
  return null;
end $$;
create trigger decisions_added after insert on decisions referencing new table as new_decisions
  for each statement execute function queue_for_seal();
create trigger decisions_unchanged before update on decisions
  for each statement execute function refuse_change();

create table decision_seals (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  decision_ids bigint[] not null,
  -- SHA-256 of each decision, 32 bytes each, in the order of the ids.
  row_hashes bytea not null,
  previous_hash bytea not null,
  hash bytea not null
);
create trigger decision_seals_append_only before update or delete or truncate on decision_seals
  for each statement execute function refuse_change();
