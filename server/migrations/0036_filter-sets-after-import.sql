-- An import is one transaction of many statements; a set that was begun meanwhile has not seen its first ones.
create function note_imported_leads() returns trigger language plpgsql as $$
begin
  insert into filter_work (list_id, from_id, to_id)
    select new.list_id, new.first_lead_id, new.last_lead_id
    where exists (select from filter_set_lists where list_id = new.list_id);
  return null;
end $$;
create trigger import_done after update of state on imports for each row
  when (new.state = 'done' and old.state <> 'done' and new.first_lead_id is not null)
  execute function note_imported_leads();
