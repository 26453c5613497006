-- IVR flows (shared/ivr): the draft is worked on; what callers walk are its published versions.
create table ivr_flows (
  id integer generated always as identity primary key,
  name text not null,
  draft jsonb not null,
  -- Grows with each save: who saves over a newer one is told.
  revision integer not null default 1,
  -- In force; null: never published.
  version_id integer,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Gone from the lists; its versions stay with their calls.
  archived_at timestamptz
);
create unique index ivr_flows_by_name on ivr_flows (name) where archived_at is null;
create table ivr_versions (
  id integer generated always as identity primary key,
  flow_id integer not null references ivr_flows on delete cascade,
  number integer not null,
  document jsonb not null,
  note text not null default '',
  published_by integer references users on delete set null,
  published_at timestamptz not null,
  unique (flow_id, number)
);
alter table ivr_flows add foreign key (version_id) references ivr_versions deferrable initially deferred;

create function refuse_changed_ivr_version() returns trigger language plpgsql as $$
begin
  if new.document is distinct from old.document or new.number <> old.number or new.flow_id <> old.flow_id then
    raise exception 'A published version of an IVR flow never changes.';
  end if;
  return new;
end $$;
create trigger ivr_versions_stay before update on ivr_versions
  for each row execute function refuse_changed_ivr_version();

-- A caller was in a block, and left it by this exit; or their walk ended there.
create table ivr_visits (
  call_id text not null references calls on delete cascade,
  flow_id integer not null references ivr_flows on delete cascade,
  version_id integer not null references ivr_versions on delete cascade,
  block_id text not null,
  entered_at timestamptz not null,
  left_at timestamptz not null,
  exit text not null
);
create index ivr_visits_by_flow on ivr_visits (flow_id, entered_at);
create index ivr_visits_by_call on ivr_visits (call_id);

create table ivr_ratings (
  call_id text not null references calls on delete cascade,
  flow_id integer not null references ivr_flows on delete cascade,
  block_id text not null,
  score smallint not null,
  -- The best.
  scale smallint not null,
  rated_at timestamptz not null
);
create index ivr_ratings_by_call on ivr_ratings (call_id);
