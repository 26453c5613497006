-- Addresses of other systems that hear what happens to calls and agents; shared/webhooks.ts.
create table webhooks (
  id integer generated always as identity primary key,
  name text not null,
  url text not null,
  events text[] not null,
  -- 'whsec_' and base64; the one before it signs too until `previous_until`.
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  numbers text not null default 'full' check (numbers in ('full', 'masked')),
  enabled boolean not null default true,
  -- Why it was turned off by itself: 'gone'.
  off_because text,
  -- It hears what happened from here on.
  listening_since timestamptz not null,
  -- Failures in a row of the address itself, since when, and when it is tried again.
  failures integer not null default 0,
  failing_since timestamptz,
  next_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table webhook_events (
  id bigint generated always as identity primary key,
  -- The row that it tells of: call_events or agent_events; 'test' has none.
  source text not null check (source in ('call', 'agent', 'test')),
  source_id bigint,
  type text not null,
  -- Of one call or one agent; events of one subject are sent in order.
  subject text not null,
  at timestamptz not null,
  data jsonb not null,
  unique (source, source_id)
);
create index webhook_events_by_time on webhook_events (at);
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id integer not null references webhooks on delete cascade,
  event_id bigint not null references webhook_events on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- Not before; null: as soon as its webhook may.
  next_at timestamptz,
  tried_at timestamptz,
  -- Of the last attempt: HTTP status, or what went wrong, the begin of the answer, and how long it took.
  status smallint,
  error text,
  answer text,
  took_ms integer,
  unique (webhook_id, event_id)
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, event_id) where state = 'waiting';
create index webhook_deliveries_by_event on webhook_deliveries (event_id);
-- Rows of the sources up to here have been looked at for good.
create table webhook_marks (
  source text primary key,
  looked_to bigint not null
);
insert into webhook_marks (source, looked_to) values ('call', 0), ('agent', 0);
