-- Sounds that the company uploaded: music on hold, recorded parts of prompts. Files are in the sounds folder, <id>.wav.
create table sounds (
  id integer generated always as identity primary key,
  name text not null unique,
  duration_ms integer not null,
  bytes integer not null,
  created_by integer references users,
  created_at timestamptz not null default now()
);

-- What is said to people: parts one after another (shared/sounds.ts).
create table prompts (
  id integer generated always as identity primary key,
  name text not null unique,
  language text not null check (language in ('zh', 'en')),
  parts jsonb not null,
  created_by integer references users,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
