-- A customer is a person we know; a lead is a place on a list, and becomes a customer's when they talk to us
-- (or at import, when a number is already a customer's). Purchased lists of millions stay out of the address book.
create table customers (
  id bigint generated always as identity primary key,
  name text not null default '',
  organisation text not null default '',
  email text,
  note text not null default '',
  time_zone text,
  fields jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table customer_phones (
  phone text primary key,
  customer_id bigint not null references customers on delete cascade,
  kind text not null default 'other',
  position smallint not null default 0
);
create index customer_phones_by_customer on customer_phones (customer_id, position);

create table lists (
  id integer generated always as identity primary key,
  name text not null,
  note text not null default '',
  country char(2) not null,
  -- The list's own columns: [{ key, label }], in order.
  columns jsonb not null default '[]',
  created_by integer references users,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create table imports (
  id integer generated always as identity primary key,
  list_id integer not null references lists on delete cascade,
  file_name text not null,
  -- uploaded -> previewed -> running -> done | failed | undone | cancelled
  state text not null default 'uploaded',
  path text,
  options jsonb not null default '{}',
  bytes_total bigint not null default 0,
  bytes_done bigint not null default 0,
  rows_read bigint not null default 0,
  rows_added bigint not null default 0,
  rows_duplicate bigint not null default 0,
  rows_invalid bigint not null default 0,
  error_path text,
  error jsonb,
  created_by integer references users,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);

-- status: ready (may be dialled once due), claimed (a call is planned or open), done (nothing more to do),
-- callback (waits for its callbacks row), excluded (by a person, with a reason).
create table leads (
  id bigint generated always as identity primary key,
  list_id integer not null references lists on delete cascade,
  import_id integer references imports on delete set null,
  customer_id bigint references customers on delete set null,
  name text not null default '',
  phone text not null,
  -- Further numbers in order, E.164.
  more_phones text[] not null default '{}',
  time_zone text not null,
  fields jsonb not null default '{}',
  status text not null default 'ready' check (status in ('ready', 'claimed', 'callback', 'done', 'excluded')),
  priority smallint not null default 0,
  due_at timestamptz not null default '-infinity',
  attempts smallint not null default 0,
  last_attempt_at timestamptz,
  -- The last call's outcome (shared/calls.ts) and disposition.
  last_outcome text,
  disposition_id integer,
  owner_user_id integer references users on delete set null,
  claimed_call_id text,
  created_at timestamptz not null default now(),
  unique (list_id, phone)
);
-- Claims walk this in order for each list and each time zone that may be called now.
create index leads_claim on leads (list_id, time_zone, priority desc, due_at, id) where status = 'ready';
create index leads_by_phone on leads (phone);
create index leads_claimed on leads (claimed_call_id) where status = 'claimed';

create table do_not_call (
  id bigint generated always as identity primary key,
  phone text not null,
  -- null: global; else this campaign only.
  campaign_id integer,
  source text not null,
  reason text not null default '',
  expires_at timestamptz,
  created_by integer references users,
  created_at timestamptz not null default now(),
  unique nulls not distinct (phone, campaign_id)
);
