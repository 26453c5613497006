-- The organisation as a tree. A person's data scope (own, group, subtree, all) is measured on it.
create table org_units (
  id integer generated always as identity primary key,
  parent_id integer references org_units (id),
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  unique nulls not distinct (parent_id, name)
);

create table users (
  id integer generated always as identity primary key,
  -- Lower case; what a person types to sign in.
  login text not null unique check (login = lower(login) and login <> ''),
  name text not null,
  role text not null check (role in ('administrator', 'manager', 'supervisor', 'agent')),
  org_unit_id integer references org_units (id),
  -- What others dial to reach this person.
  extension text unique check (extension ~ '^[0-9]{2,8}$'),
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  -- argon2id in PHC string format.
  password_hash text not null,
  must_change_password boolean not null default false,
  -- Sessions older than this are void.
  password_changed_at timestamptz not null default now(),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index users_org_unit on users (org_unit_id);

create table sessions (
  -- SHA-256 of the cookie's value: a stolen table signs nobody in.
  token_hash bytea primary key,
  user_id integer not null references users (id) on delete cascade,
  address text not null,
  user_agent text not null default '',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table api_tokens (
  id integer generated always as identity primary key,
  user_id integer not null references users (id) on delete cascade,
  name text not null check (name <> ''),
  token_hash bytea not null unique,
  -- First characters, so that its owner recognises it.
  prefix text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  expires_at timestamptz
);
create index api_tokens_user on api_tokens (user_id);

-- Append-only. Each row's hash covers the one before, so a changed or missing row breaks the chain.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id integer,
  actor text not null,
  address text not null default '',
  action text not null,
  noun text not null,
  noun_id text not null default '',
  -- json, not jsonb: the hash covers the text as written.
  detail json not null default '{}',
  previous_hash bytea not null,
  hash bytea not null unique
);
create index audit_log_noun on audit_log (noun, noun_id);
create index audit_log_actor on audit_log (actor_id, id);
create index audit_log_at on audit_log (at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by integer references users (id) on delete set null
);
