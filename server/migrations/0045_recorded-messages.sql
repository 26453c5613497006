alter table campaigns drop constraint campaigns_mode_check;
alter table campaigns
  add constraint campaigns_mode_check check (mode in ('preview', 'progressive', 'ratio', 'predictive', 'agentless'));

-- What a campaign plays to people: shared/broadcasts.ts. Null: nothing was set.
create table campaign_messages (
  campaign_id integer primary key references campaigns on delete cascade,
  agentless jsonb,
  abandonment jsonb,
  updated_at timestamptz not null default now()
);

-- Prompts that those messages play: none of them can be deleted.
create table campaign_prompts (
  campaign_id integer not null references campaigns on delete cascade,
  prompt_id integer not null references prompts,
  primary key (campaign_id, prompt_id)
);
create index campaign_prompts_by_prompt on campaign_prompts (prompt_id);

-- Reports on messages read these events alone.
create index call_events_messages on call_events (call_id) where type = 'message-ended';
