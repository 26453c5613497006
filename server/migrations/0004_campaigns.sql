create table campaigns (
  id integer generated always as identity primary key,
  name text not null,
  note text not null default '',
  mode text not null check (mode in ('preview', 'progressive', 'ratio')),
  status text not null default 'draft' check (status in ('draft', 'running', 'paused', 'stopped')),
  priority smallint not null default 5,
  -- Lines per ready agent in ratio mode.
  ratio real not null default 1 check (ratio between 1 and 10),
  caller_id text,
  ring_timeout_ms integer not null default 30000 check (ring_timeout_ms between 15000 and 120000),
  -- Preview: the record dials by itself after this time; null waits for the agent.
  preview_timeout_ms integer,
  wrap_up_limit_ms integer not null default 60000,
  summary_required boolean not null default true,
  -- { monday: [["09:00","20:00"]], … } in the called person's zone; shared/campaigns.ts
  hours jsonb not null,
  -- Attempts: { perLead, perNumberPerDay, minGapMs }
  attempts jsonb not null,
  -- By outcome: { busy: { delayMs, tries }, … }
  retries jsonb not null,
  -- The summary form's own fields: [{ key, label, type, required, options }]
  form jsonb not null default '[]',
  -- Heard by a person who answers when no agent is free within abandonAfterMs.
  abandon_after_ms integer not null default 2000,
  record boolean not null default true,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  deleted_at timestamptz
);
-- A deleted campaign keeps its calls and reports; its name is free again.
create unique index campaigns_by_name on campaigns (name) where deleted_at is null;
-- Lists in the order in which they are dialled.
create table campaign_lists (
  campaign_id integer not null references campaigns on delete cascade,
  list_id integer not null references lists on delete cascade,
  position smallint not null default 0,
  primary key (campaign_id, list_id)
);
create index campaign_lists_by_list on campaign_lists (list_id);
create table campaign_agents (
  campaign_id integer not null references campaigns on delete cascade,
  user_id integer not null references users on delete cascade,
  primary key (campaign_id, user_id)
);
create table campaign_trunks (
  campaign_id integer not null references campaigns on delete cascade,
  trunk_id integer not null references trunks on delete cascade,
  position smallint not null default 0,
  primary key (campaign_id, trunk_id)
);
-- A tree per campaign. `effect`: what choosing it does to the lead.
create table dispositions (
  id integer generated always as identity primary key,
  campaign_id integer not null references campaigns on delete cascade,
  parent_id integer references dispositions on delete cascade,
  position smallint not null default 0,
  label text not null,
  effect text not null default 'done' check (effect in ('done', 'retry', 'callback', 'do-not-call')),
  success boolean not null default false,
  archived boolean not null default false
);
create index dispositions_by_campaign on dispositions (campaign_id, position);
