-- What supervisors tell agents, and what they did with them that the agents are shown.
create table supervisor_messages (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  from_user_id integer not null references users on delete cascade,
  -- shared/floor.ts MessageAudience
  audience jsonb not null,
  text text not null,
  -- shared/floor.ts SupervisionAct: this tells of an act, `text` is empty then
  act text,
  detail jsonb not null default '{}'
);
create index supervisor_messages_at on supervisor_messages (at);
create index supervisor_messages_from on supervisor_messages (from_user_id, id) where act is null;
create table supervisor_message_recipients (
  message_id bigint not null references supervisor_messages on delete cascade,
  user_id integer not null references users on delete cascade,
  acknowledged_at timestamptz,
  reply text not null default '',
  primary key (message_id, user_id)
);
create index supervisor_messages_unread on supervisor_message_recipients (user_id, message_id) where acknowledged_at is null;
-- How one person looks at the floor: shared/floor.ts FloorPreferences.
create table floor_preferences (
  user_id integer primary key references users on delete cascade,
  value jsonb not null,
  updated_at timestamptz not null
);
