-- Recordings whose files are to go: those of messages that were deleted, by themselves or with their box. Their rows stay.
alter table recordings add column erase_at timestamptz;
create index on recordings (erase_at) where erase_at is not null and state <> 'deleted';

create function erase_message_recording() returns trigger language plpgsql as $$
begin
  update recordings set erase_at = now() where id = old.id and erase_at is null;
  return null;
end $$;
create trigger erase_deleted after update of deleted_at on voicemail_messages
  for each row when (old.deleted_at is null and new.deleted_at is not null) execute function erase_message_recording();
create trigger erase_removed after delete on voicemail_messages
  for each row when (old.deleted_at is null) execute function erase_message_recording();
