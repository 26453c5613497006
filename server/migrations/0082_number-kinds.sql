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
