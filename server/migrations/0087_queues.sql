-- Queues of callers; shared/queues.ts.
create table queues (
  id integer generated always as identity primary key,
  name text not null,
  strategy text not null,
  answer text not null check (answer in ('auto', 'ring')),
  ring_seconds smallint not null,
  priority smallint not null,
  seniority_seconds integer not null,
  familiar_seconds integer,
  max_length integer,
  max_wait_seconds integer,
  overflow_when_empty boolean not null,
  overflow jsonb not null,
  service_seconds integer not null,
  service_percent smallint not null,
  -- [{"afterSeconds": 30, "levels": 2}]
  relax jsonb not null,
  deleted_at timestamptz
);
create unique index queues_by_name on queues (name) where deleted_at is null;

create table queue_members (
  queue_id integer not null references queues on delete cascade,
  user_id integer not null references users on delete cascade,
  rank smallint not null check (rank between 1 and 9),
  primary key (queue_id, user_id)
);

create table skills (
  id integer generated always as identity primary key,
  name text not null unique
);
create table agent_skills (
  skill_id integer not null references skills on delete cascade,
  user_id integer not null references users on delete cascade,
  level smallint not null check (level between 1 and 10),
  primary key (skill_id, user_id)
);
create table queue_skills (
  queue_id integer not null references queues on delete cascade,
  skill_id integer not null references skills on delete cascade,
  level smallint not null check (level between 1 and 10),
  primary key (queue_id, skill_id)
);

-- A number that was dialled, or a whole trunk, leads to a queue.
create table inbound_routes (
  id integer generated always as identity primary key,
  phone text,
  trunk_id integer references trunks on delete cascade,
  queue_id integer not null references queues on delete cascade,
  check (phone is not null or trunk_id is not null),
  unique nulls not distinct (phone, trunk_id)
);

-- A wait in a queue; one row for each queue that a call came to.
create table queue_visits (
  id bigint generated always as identity primary key,
  call_id text not null references calls on delete cascade,
  queue_id integer not null references queues,
  entered_at timestamptz not null,
  -- Since when the caller waits: earlier than it entered, if it came from another queue.
  since timestamptz not null,
  left_at timestamptz,
  -- answered, abandoned, overflowed, turned-away, lost
  how text,
  -- Why it left unanswered: queue-full, too-long, nobody-here, queue-closed; or where it went.
  detail jsonb not null default '{}',
  agent_user_id integer references users on delete set null,
  -- The queue's at that time: a later change of the threshold does not rewrite the past.
  service_seconds integer not null,
  check ((left_at is null) = (how is null))
);
create index queue_visits_by_time on queue_visits (queue_id, entered_at);
create unique index queue_visits_open on queue_visits (call_id) where left_at is null;

-- 0 is nobody in particular; a caller counts as if they had waited so many times longer.
alter table customers add column vip smallint not null default 0 check (vip between 0 and 9);

insert into pause_reasons (code, label, position) values ('no-answer', 'Did not answer', 90)
  on conflict (code) do nothing;
