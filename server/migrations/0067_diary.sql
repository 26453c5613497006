-- waiting -> done | cancelled. Of one person; `appointment` is nobody else's business, `call` is dialled at its time.
create table diary_entries (
  id bigint generated always as identity primary key,
  user_id integer not null references users on delete cascade,
  kind text not null check (kind in ('appointment', 'call')),
  title text not null,
  note text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Of a call; as it is dialled, E.164.
  phone text,
  customer_id integer references customers on delete set null,
  campaign_id integer references campaigns on delete set null,
  time_zone text,
  remind_before_ms integer not null default 300000 check (remind_before_ms between 0 and 86400000),
  -- The reminder rests until then.
  snoozed_until timestamptz,
  reminded_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'cancelled')),
  -- The call that was placed for it.
  call_id text,
  closed_at timestamptz,
  close_reason text,
  created_at timestamptz not null default now(),
  check (ends_at > starts_at),
  check ((kind = 'call') = (phone is not null))
);
create index diary_entries_of_user on diary_entries (user_id, starts_at);
create index diary_entries_open on diary_entries (starts_at) where state = 'waiting';

alter table callbacks add column snoozed_until timestamptz;

-- What people did with an entry or a callback; append-only.
create table diary_history (
  id bigint generated always as identity primary key,
  callback_id bigint references callbacks on delete cascade,
  entry_id bigint references diary_entries on delete cascade,
  at timestamptz not null,
  by_user_id integer references users on delete set null,
  act text not null check (act in ('created', 'changed', 'moved', 'handed', 'snoozed', 'cancelled', 'done')),
  from_user_id integer references users on delete set null,
  to_user_id integer references users on delete set null,
  from_at timestamptz,
  to_at timestamptz,
  why text not null default '',
  check ((callback_id is null) <> (entry_id is null))
);
create index diary_history_of_callback on diary_history (callback_id, id) where callback_id is not null;
create index diary_history_of_entry on diary_history (entry_id, id) where entry_id is not null;
