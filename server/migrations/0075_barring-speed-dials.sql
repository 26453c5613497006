-- Who may not call what, and when; shared/barring.ts. The first that fits decides.
create table barring_rules (
  id integer generated always as identity primary key,
  position integer not null,
  name text not null,
  -- 'bar', or 'allow': an exception of those below.
  action text not null check (action in ('bar', 'allow')),
  -- Of E.164 numbers; '+' is every number.
  prefixes text[] not null,
  -- Of who calls; empty: everybody, and calls that are dialled by themselves.
  roles text[] not null,
  -- When it holds, in the company's time zone; null: always.
  hours jsonb,
  enabled boolean not null default true
);
-- Numbers behind two digits, a person's own or everybody's; shared/speed-dials.ts.
create table speed_dials (
  -- null: everybody's.
  user_id integer references users on delete cascade,
  code smallint not null check (code between 0 and 99),
  name text not null,
  phone text not null,
  unique nulls not distinct (user_id, code)
);
