-- Places in queues of callers who hung up to be called back in their turn; shared/kept-places.ts.
create table kept_places (
  id bigint generated always as identity primary key,
  queue_id integer not null references queues,
  -- The call in which it was asked for.
  call_id text not null references calls on delete cascade,
  phone text not null,
  name text not null,
  customer_id integer references customers on delete set null,
  time_zone text not null,
  priority smallint not null,
  -- Since when they wait: what decides their turn.
  since timestamptz not null,
  asked_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'dialling', 'closed')),
  tries smallint not null default 0,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  last_call_id text,
  agent_user_id integer references users on delete set null,
  -- reached, unreached, refused, expired, cancelled, queue-closed
  how text,
  closed_at timestamptz,
  check ((state = 'closed') = (how is not null) and (how is null) = (closed_at is null))
);
-- Nobody is called twice for one queue.
create unique index kept_places_open on kept_places (queue_id, phone) where state <> 'closed';
create index kept_places_by_time on kept_places (asked_at);
