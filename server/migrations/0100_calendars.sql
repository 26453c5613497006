-- Days off and days made up for them, by name, for whatever asks for opening hours.
create table calendars (
  id integer generated always as identity primary key,
  name text not null unique,
  -- [{ from, to, name, kind: off | work, hoursOf }] (shared/calendars.ts)
  days jsonb not null default '[]'
);
