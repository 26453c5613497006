alter table campaigns drop constraint campaigns_mode_check;
alter table campaigns
  add constraint campaigns_mode_check check (mode in ('preview', 'progressive', 'ratio', 'predictive')),
  -- Predictive mode: abandoned over live answers of a day, at most.
  add column abandon_ceiling numeric(5, 4) not null default 0.03 check (abandon_ceiling between 0.001 and 0.1);
-- What the predictive policy of a campaign has learned, and its budget of that day, in the company's time zone.
create table pacing_states (
  campaign_id integer primary key references campaigns on delete cascade,
  day date not null,
  state jsonb not null,
  saved_at timestamptz not null
);
