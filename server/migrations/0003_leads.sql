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
create index customers_by_name on customers (lower(name) collate "C", id);
create index customers_by_organisation on customers (lower(organisation) collate "C", id);
create table customer_phones (
  phone text collate "C" primary key,
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
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create table imports (
  id integer generated always as identity primary key,
  list_id integer not null references lists on delete cascade,
  file_name text not null,
  format text not null check (format in ('csv', 'xlsx')),
  -- uploaded -> running -> done | failed | cancelled; done -> undone
  state text not null default 'uploaded'
    check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled', 'undone')),
  -- Under the data folder's imports; null once the file is removed.
  path text,
  options jsonb not null default '{}',
  -- How often the job was begun: a file that kills the server does not do so for ever.
  tries smallint not null default 0,
  bytes_total bigint not null default 0,
  bytes_done bigint not null default 0,
  rows_read bigint not null default 0,
  rows_added bigint not null default 0,
  rows_updated bigint not null default 0,
  rows_duplicate bigint not null default 0,
  rows_invalid bigint not null default 0,
  -- Every lead of the import lies in this range of ids, so that undo needs no index of its own.
  first_lead_id bigint,
  last_lead_id bigint,
  error_path text,
  error jsonb,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);
create index imports_by_list on imports (list_id, id desc);

-- status: ready (may be dialled once due), claimed (a call is planned or open), done (nothing more to do),
-- callback (waits for its callbacks row), excluded (by a person, with a reason).
create table leads (
  id bigint generated always as identity primary key,
  -- No foreign keys for these two: only a list without leads can be deleted (deleteEmptyList), and a check per row
  -- is a fifth of an import's time.
  list_id integer not null,
  import_id integer,
  customer_id bigint references customers on delete set null,
  name text not null default '',
  phone text collate "C" not null,
  -- Further numbers in order, E.164.
  more_phones text[] not null default '{}',
  -- Of these, which is dialled next (null: phone), and which the network called invalid.
  next_phone text,
  invalid_phones text[] not null default '{}',
  time_zone text collate "C" not null,
  fields jsonb not null default '{}',
  status text collate "C" not null default 'ready'
    check (status in ('ready', 'claimed', 'callback', 'done', 'excluded')),
  -- Why it is done or excluded: an outcome, `disposition`, `attempts`, or a person's words.
  status_reason text,
  -- 9 is dialled first.
  priority smallint not null default 5 check (priority between 1 and 9),
  -- -infinity: never tried, or at once.
  due_at timestamptz not null default '-infinity',
  attempts smallint not null default 0,
  -- Tries by outcome since the lead was last made ready by a person, for the retry rules: { "busy": 2 }.
  tries jsonb not null default '{}',
  last_attempt_at timestamptz,
  -- The last call's outcome (shared/calls.ts) and disposition.
  last_outcome text,
  disposition_id integer,
  owner_user_id integer references users on delete set null,
  claimed_call_id text,
  created_at timestamptz not null default now(),
  unique (phone, list_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
-- Claims walk a range of this for each list, zone that may be called now, and priority.
create index leads_claim on leads (list_id, time_zone, priority, due_at, id)
  where status = 'ready' and owner_user_id is null;
create index leads_claim_owned on leads (owner_user_id, priority desc, due_at, id)
  where status = 'ready' and owner_user_id is not null;
-- Retries that wait, for "why is this not dialled".
create index leads_retries on leads (list_id, due_at) include (time_zone, owner_user_id)
  where status = 'ready' and due_at > '-infinity';
create index leads_by_status on leads (list_id, status, id);
create index leads_by_name on leads (list_id, name collate "C", id);
create index leads_by_customer on leads (customer_id) where customer_id is not null;
create index leads_claimed on leads (claimed_call_id) where status = 'claimed';

-- How many leads each list has, by what the dialler and the pages ask for. Every change appends differences,
-- so that no two writers wait for one row; `foldLeadCounts` sums them up now and then. The truth is sum(leads).
create table lead_counts (
  list_id integer not null,
  time_zone text collate "C" not null,
  priority smallint not null,
  status text collate "C" not null,
  owned boolean not null,
  leads bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index lead_counts_by_list on lead_counts (list_id);

create function count_leads_added() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null, count(*)
    from new_leads group by 1, 2, 3, 4, 5;
  return null;
end $$;
create function count_leads_removed() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owner_user_id is not null, -count(*)
    from old_leads group by 1, 2, 3, 4, 5;
  return null;
end $$;
create function count_leads_changed() returns trigger language plpgsql as $$
begin
  insert into lead_counts
    select list_id, time_zone, priority, status, owned, sum(n)
    from (
      select list_id, time_zone, priority, status, owner_user_id is not null as owned, 1 as n from new_leads
      union all
      select list_id, time_zone, priority, status, owner_user_id is not null, -1 from old_leads
    ) as changes
    group by 1, 2, 3, 4, 5 having sum(n) <> 0;
  return null;
end $$;
create trigger leads_added after insert on leads referencing new table as new_leads
  for each statement execute function count_leads_added();
create trigger leads_removed after delete on leads referencing old table as old_leads
  for each statement execute function count_leads_removed();
create trigger leads_changed after update on leads referencing old table as old_leads new table as new_leads
  for each statement execute function count_leads_changed();

-- What people and rules did to a lead, for its page. Calls are in `calls`.
create table lead_events (
  id bigint generated always as identity primary key,
  lead_id bigint not null references leads on delete cascade,
  at timestamptz not null,
  -- edited, excluded, activated, assigned, skipped
  type text not null,
  by_user_id integer references users on delete set null,
  data jsonb not null default '{}'
);
create index lead_events_by_lead on lead_events (lead_id, id);

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
