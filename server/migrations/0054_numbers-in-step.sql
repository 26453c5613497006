-- What is remembered of a number goes with it; of the numbers that stay, it stays.
create function forget_old_numbers() returns trigger language plpgsql as $$
declare
  phones text[] := new.phone || new.more_phones;
begin
  new.invalid_phones := array(select p from unnest(new.invalid_phones) p where p = any (phones));
  new.phone_memory := coalesce(
    (select jsonb_object_agg(key, value) from jsonb_each(new.phone_memory) where key = any (phones)), '{}');
  if new.next_phone <> all (phones) then
    new.next_phone := null;
  end if;
  return new;
end $$;
create trigger leads_renumbered before update of phone, more_phones on leads for each row
  when ((old.phone, old.more_phones) is distinct from (new.phone, new.more_phones))
  execute function forget_old_numbers();
