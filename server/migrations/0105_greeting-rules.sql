-- Which callers hear a greeting of their own, in order (shared/greetings.ts); one row.
create table greeting_rules (
  id boolean primary key default true check (id),
  rules jsonb not null,
  updated_at timestamptz not null,
  updated_by integer references users on delete set null
);
