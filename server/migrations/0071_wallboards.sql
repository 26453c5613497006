-- Boards of widgets (shared/wallboards.ts), and the screens on walls that show them by a secret link.
create table wallboards (
  id integer generated always as identity primary key,
  name text not null check (name <> ''),
  -- Whose people it shows: a unit with all below it; null: everybody.
  unit_id integer references org_units (id),
  widgets jsonb not null,
  -- One more with each change, so that two people do not overwrite each other.
  version integer not null default 1,
  updated_at timestamptz not null
);
create table wall_screens (
  id integer generated always as identity primary key,
  name text not null check (name <> ''),
  -- Shown by turns, in this order.
  board_ids integer[] not null,
  -- How long each is shown.
  seconds integer not null check (seconds between 5 and 3600),
  theme text not null check (theme in ('light', 'dark')),
  language text not null check (language in ('zh', 'en')),
  -- SHA-256 of the secret in the link; the secret itself is told once.
  token_hash text not null unique,
  seen_at timestamptz,
  created_at timestamptz not null
);
