-- What flows may ask outside: databases of the company, read-only, and hosts within its own network.
create table ivr_databases (
  id integer generated always as identity primary key,
  name text not null unique,
  -- With its password; never shown again.
  url text not null,
  created_at timestamptz not null default now()
);
create table ivr_hosts (
  -- As `host` or `host:port`.
  host text primary key
);

-- Who callers proved to be by keys; the digits stand nowhere.
create table ivr_facts (
  call_id text not null references calls on delete cascade,
  flow_id integer not null references ivr_flows on delete cascade,
  block_id text not null,
  -- identity, phone, order, pin, other
  what text not null,
  ok boolean not null,
  tries smallint not null,
  at timestamptz not null
);
create index ivr_facts_by_call on ivr_facts (call_id);
