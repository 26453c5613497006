-- What becomes of calls that are for one person; shared/forwarding.ts.
create table forwarding (
  user_id integer primary key references users on delete cascade,
  -- E.164; who calls this number of ours calls this person.
  direct_number text unique,
  do_not_disturb boolean not null default false,
  -- {"type": "voicemail"}, {"type": "agent", "userId": 1} or {"type": "number", "phone": "…"}; null: not forwarded.
  always jsonb,
  busy jsonb,
  no_answer jsonb,
  out_of_hours jsonb,
  no_answer_seconds smallint not null default 20,
  -- By weekday, in the company's time zone; null: always reachable.
  hours jsonb,
  updated_at timestamptz not null
);
-- What callers left for a person; its sound is the recording of the same id.
create table stored_messages (
  id text primary key,
  user_id integer not null references users on delete cascade,
  call_id text not null,
  phone text not null,
  name text not null,
  left_at timestamptz not null,
  heard_at timestamptz,
  deleted_at timestamptz
);
create index stored_messages_of_user on stored_messages (user_id, left_at desc) where deleted_at is null;
