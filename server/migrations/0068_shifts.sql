-- What a pause counts as: a meeting is work as planned, a break is not.
alter table pause_reasons add column counts_as_work boolean not null default false;
update pause_reasons set counts_as_work = true where code in ('training', 'meeting', 'back-office');

-- The weekly plan of a person or a unit: one row a weekday; a person's own day goes before their unit's.
create table shift_patterns (
  id integer generated always as identity primary key,
  user_id integer references users on delete cascade,
  org_unit_id integer references org_units on delete cascade,
  -- 1 Monday to 7 Sunday
  weekday smallint not null check (weekday between 1 and 7),
  -- HH:MM on the company's clock; an end before the start is on the next day.
  starts text not null,
  ends text not null,
  -- [["12:00", "13:00"]]
  breaks jsonb not null default '[]',
  valid_from date not null,
  valid_to date,
  check ((user_id is null) <> (org_unit_id is null))
);
create index shift_patterns_of on shift_patterns (user_id, org_unit_id, weekday);

-- One day that is different; without times it is free.
create table shift_exceptions (
  id integer generated always as identity primary key,
  user_id integer references users on delete cascade,
  org_unit_id integer references org_units on delete cascade,
  day date not null,
  starts text,
  ends text,
  breaks jsonb not null default '[]',
  note text not null default '',
  check ((user_id is null) <> (org_unit_id is null)),
  check ((starts is null) = (ends is null)),
  unique nulls not distinct (user_id, org_unit_id, day)
);
