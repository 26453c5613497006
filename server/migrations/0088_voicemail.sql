-- Where callers leave messages (shared/voicemail.ts).
create table voicemail_boxes (
  id integer generated always as identity primary key,
  -- Whose own box; null: one that several people look after, by its name.
  user_id integer unique references users on delete cascade,
  name text unique,
  -- Its greeting is <id>.wav in the greetings' folder; null: the one that comes with the system.
  greeting_ms integer,
  longest_seconds smallint not null default 180,
  most_messages smallint not null default 100,
  -- 0: for ever.
  keep_days smallint not null default 0,
  check ((user_id is null) = (name is not null))
);

-- Who looks after a box of several people.
create table voicemail_keepers (
  box_id integer not null references voicemail_boxes on delete cascade,
  user_id integer not null references users on delete cascade,
  primary key (box_id, user_id)
);
create index voicemail_keepers_of_user on voicemail_keepers (user_id);

insert into voicemail_boxes (user_id) select distinct user_id from stored_messages;

-- What callers left; its sound is the recording of the same id.
create table voicemail_messages (
  id text primary key,
  box_id integer not null references voicemail_boxes on delete cascade,
  call_id text not null,
  phone text not null,
  name text not null,
  left_at timestamptz not null,
  heard_at timestamptz,
  deleted_at timestamptz,
  assigned_to integer references users,
  transcript text
);
create index voicemail_messages_of_box on voicemail_messages (box_id, left_at desc) where deleted_at is null;
create index voicemail_messages_of_person on voicemail_messages (assigned_to) where deleted_at is null;
insert into voicemail_messages (id, box_id, call_id, phone, name, left_at, heard_at, deleted_at)
  select m.id, b.id, m.call_id, m.phone, m.name, m.left_at, m.heard_at, m.deleted_at
  from stored_messages m join voicemail_boxes b using (user_id);
drop table stored_messages;
