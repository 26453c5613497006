-- Numbers that campaigns show by turns. Which trunks may show a number is what those trunks say (trunks.caller_ids).
create table caller_id_pools (
  id integer generated always as identity primary key,
  name text not null unique,
  note text not null default '',
  rotation text not null default 'round-robin' check (rotation in ('round-robin', 'least-used')),
  -- Numbers of the called person's own area first.
  local_presence boolean not null default true,
  -- A person sees the number again that they saw before.
  sticky boolean not null default true,
  -- Calls that may show one number in a clock hour and on a day of the company's; null: no cap.
  max_per_hour integer check (max_per_hour > 0),
  max_per_day integer check (max_per_day > 0),
  -- E.164, shown without a cap when no number of the pool may be; null: the campaign waits.
  fallback text,
  -- The chance of a false alarm in the pool's window that is taken; shared/caller-ids.ts.
  alarm_p real not null default 0.01 check (alarm_p between 0.0001 and 0.2),
  rest_on_alarm boolean not null default false,
  rest_days integer not null default 7 check (rest_days between 1 and 365),
  -- Counts choices, so that numbers take turns.
  turn bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table caller_ids (
  -- E.164. In one pool only.
  number text collate "C" primary key,
  pool_id integer not null references caller_id_pools on delete cascade,
  enabled boolean not null default true,
  -- null: as the pool.
  max_per_hour integer check (max_per_hour > 0),
  max_per_day integer check (max_per_day > 0),
  -- Beginnings of called numbers, E.164, for which it is local beside its own area.
  prefixes text[] not null default '{}',
  rest_until timestamptz,
  -- The pool's turn at which it was chosen last.
  turn bigint not null default 0,
  -- Its answer rate is judged by calls from here on.
  watched_since timestamptz not null default now(),
  -- shared/caller-ids.ts DriftAlarm; null: none.
  alarm jsonb
);
create index caller_ids_by_pool on caller_ids (pool_id);
-- Calls placed with a number of a pool, by clock hour of the company: what caps are held against, written in the
-- transaction that writes the calls.
create table caller_id_uses (
  number text collate "C" not null,
  hour timestamptz not null,
  dials integer not null,
  primary key (number, hour)
);
-- The same hours after the fact, by campaign: calls that say something of the number, and how many were answered.
create table caller_id_hours (
  number text collate "C" not null,
  campaign_id integer not null,
  hour timestamptz not null,
  rated integer not null,
  answered integer not null,
  primary key (number, campaign_id, hour)
);
create index calls_by_caller_id on calls (caller_id, dialled_at)
  where direction = 'outbound' and dialled_at is not null;
alter table campaigns
  add column caller_id_pool_id integer references caller_id_pools on delete set null;
