-- What agents say and ask: shared/scripts.ts. The draft is worked on; what calls walk are its published versions.
create table scripts (
  id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('script', 'questionnaire')),
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
create unique index scripts_by_name on scripts (name) where archived_at is null;
create table script_versions (
  id integer generated always as identity primary key,
  script_id integer not null references scripts on delete cascade,
  number integer not null,
  document jsonb not null,
  note text not null default '',
  published_by integer references users on delete set null,
  published_at timestamptz not null,
  unique (script_id, number)
);
alter table scripts add foreign key (version_id) references script_versions deferrable initially deferred;

create function refuse_changed_version() returns trigger language plpgsql as $$
begin
  if new.document is distinct from old.document or new.number <> old.number or new.script_id <> old.script_id then
    raise exception 'A published version of a script never changes.';
  end if;
  return new;
end $$;
create trigger script_versions_stay before update on script_versions
  for each row execute function refuse_changed_version();

alter table campaigns add column script_id integer references scripts;
create index campaigns_by_script on campaigns (script_id) where script_id is not null;

-- Where a call stands in the version it began with; of the call, so that it goes along when another agent takes it.
create table script_walks (
  call_id text primary key references calls on delete cascade,
  script_id integer not null references scripts,
  version_id integer not null references script_versions,
  page_id text not null,
  trail text[] not null default '{}',
  -- Null: no last page was reached; false: one that does not count as complete, such as a refusal.
  complete boolean,
  started_at timestamptz not null,
  updated_at timestamptz not null
);
create index script_walks_by_script on script_walks (script_id, version_id);
create table script_answers (
  call_id text not null references script_walks on delete cascade,
  question text not null,
  value jsonb not null,
  -- False: on a branch that was left again; it does not count.
  on_path boolean not null,
  answered_at timestamptz not null,
  answered_by integer references users on delete set null,
  primary key (call_id, question)
);
