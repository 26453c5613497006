-- A SIP trunk: how calls reach a carrier. Columns follow switch/switch.ts TrunkConfig.
create table trunks (
  id integer generated always as identity primary key,
  name text not null unique,
  enabled boolean not null default true,
  position integer not null default 0,
  host text not null,
  port integer not null default 5060,
  transport text not null default 'udp' check (transport in ('udp', 'tcp')),
  auth text not null default 'ip' check (auth in ('ip', 'registration', 'digest')),
  username text,
  password text,
  domain text,
  register_expires_seconds integer not null default 300,
  codecs text[] not null default '{PCMA,PCMU}',
  max_channels integer not null default 30 check (max_channels > 0),
  max_calls_per_second real not null default 10 check (max_calls_per_second > 0),
  number_format text not null default 'e164' check (number_format in ('e164', 'digits', 'national')),
  dial_prefix text not null default '',
  country char(2) not null,
  caller_ids text[] not null default '{}',
  inbound_hosts text[] not null default '{}',
  simulated boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table trunk_tests (
  id integer generated always as identity primary key,
  trunk_id integer not null references trunks on delete cascade,
  at timestamptz not null default now(),
  number text not null,
  verdict text not null,
  result jsonb not null,
  by_user_id integer references users on delete set null
);
create index trunk_tests_by_trunk on trunk_tests (trunk_id, at desc);
