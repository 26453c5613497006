-- One row: when the server was last known to run, so that what a crash cut off ends then and not at the next start.
create table last_alive (
  one boolean primary key default true check (one),
  at timestamptz not null
);
