-- Registers of numbers that may not be called: a file of millions, or a service that is asked. A file's numbers lie in a
-- table of their own, register_numbers_<id>_<load>, so that a new file takes the old one's place at once.
create table registers (
  id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('file', 'service')),
  -- The public register it is a copy of (rule packs: registers.key); null: the company's own.
  key text,
  -- null: every campaign.
  campaign_id integer references campaigns on delete cascade,
  when_unknown text not null default 'refuse' check (when_unknown in ('refuse', 'allow')),
  expires_at timestamptz,
  -- Files. `load` numbers the loads; `loaded` is the one in force, 0: none yet.
  load integer not null default 0,
  loaded integer not null default 0,
  loaded_at timestamptz,
  numbers bigint not null default 0,
  invalid bigint not null default 0,
  file_name text,
  state text not null default 'empty' check (state in ('empty', 'loading', 'ready', 'failed')),
  error jsonb,
  -- Services.
  url text,
  auth_header text,
  timeout_ms integer not null default 1500 check (timeout_ms between 100 and 5000),
  cache_minutes integer not null default 60 check (cache_minutes between 0 and 43200),
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
-- What services said, so that a number is asked about once in a while.
create table register_answers (
  register_id integer not null references registers on delete cascade,
  phone bigint not null,
  listed boolean not null,
  asked_at timestamptz not null,
  primary key (register_id, phone)
);
